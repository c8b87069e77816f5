"""A real model, small enough to be built here: its logits are sums of what each known word says."""

import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from nlp.choice import ModelError
from nlp.components.sentiment import AgencySentiment
from nlp.sentiment import LexiconSentiment, Passage, load_sentiment
from nlp.sentiment.onnx import BATCH, OnnxSentiment
from tests.nlp.agency import a_doc, analysed, pipeline

POSITIVE_WORD, NEGATIVE_WORD = "santunan", "antrean"
NAMES = {0: "positive", 1: "neutral", 2: "negative"}


def write_model(path: Path, id2label: dict[int, str] | None = None, **config: Any) -> Path:
    """A directory with a tokenizer, a configuration and a graph whose bias is neutral."""
    path.mkdir(exist_ok=True)
    vocabulary = {"[PAD]": 0, "[UNK]": 1, POSITIVE_WORD: 2, NEGATIVE_WORD: 3}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(path / "tokenizer.json"))
    labels = {str(key): name for key, name in (id2label or NAMES).items()}
    (path / "config.json").write_text(
        json.dumps(
            {"model_type": "bert", "id2label": labels, "pad_token_id": 0, "max_position_embeddings": 64, **config}
        )
    )
    onnx.save(_graph(), path / "model.onnx")
    return path


def _graph() -> onnx.ModelProto:
    says = np.zeros((4, 3), dtype=np.float32)
    says[2, 0] = says[3, 2] = 6.0
    tables = [
        numpy_helper.from_array(says, "says"),
        numpy_helper.from_array(np.array([0.0, 2.0, 0.0], dtype=np.float32), "bias"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "over_words"),
    ]
    nodes = [
        helper.make_node("Gather", ["says", "input_ids"], ["words"]),
        helper.make_node("ReduceSum", ["words", "over_words"], ["sums"], keepdims=0),
        helper.make_node("Add", ["sums", "bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])],
        tables,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


@pytest.fixture
def model_path(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


def a_passage(text: str, title: str = "") -> Passage:
    return Passage(text, "lead", True, title)


def test_the_lexicon_can_judge_alone() -> None:
    assert isinstance(load_sentiment("lexicon", "BPJS Ketenagakerjaan"), LexiconSentiment)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("BPJS Ketenagakerjaan membawa santunan.", "positive"),
        ("Di BPJS Ketenagakerjaan ada antrean.", "negative"),
        ("BPJS Ketenagakerjaan berdiri di sana.", "neutral"),
        ("BPJS Ketenagakerjaan : santunan dan antrean.", "neutral"),
    ],
)
def test_an_article_gets_the_models_label_and_its_evidence(model_path: Path, text: str, label: str) -> None:
    nlp = pipeline()
    nlp.add_pipe("agency_sentiment", config={"model": str(model_path)})
    sentiment = analysed(nlp, text)._.sentiment
    assert sentiment.label == label
    assert [span.text for span in sentiment.evidence] == ([] if label == "neutral" else [text])


def test_labels_without_meaning_are_read_through_the_map(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
    labels = {"LABEL_0": "negative", "LABEL_1": "neutral", "LABEL_2": "positive"}
    component = AgencySentiment(load_sentiment(str(path), "BPJS Ketenagakerjaan", labels))
    doc = component(a_doc(pipeline(), "BPJS Ketenagakerjaan membawa santunan."))
    assert doc._.sentiment.label == "negative"


def test_the_order_of_labels_is_that_of_their_numbers(tmp_path: Path) -> None:
    model = OnnxSentiment(write_model(tmp_path / "m", {2: "positive", 0: "negative", 1: "neutral"}))
    (scores,) = model.classify([a_passage(POSITIVE_WORD)])
    assert scores.negative > 0.9


def test_outputs_with_the_same_tone_are_added(tmp_path: Path) -> None:
    model = OnnxSentiment(write_model(tmp_path / "m", {0: "positive", 1: "positif", 2: "negative"}))
    (scores,) = model.classify([a_passage("kantor")])
    assert scores.neutral == 0.0
    assert scores.positive + scores.negative == pytest.approx(1.0)
    assert scores.positive > 0.8


def test_batches_keep_the_order_whatever_their_lengths(model_path: Path) -> None:
    passages = [
        a_passage(" ".join([POSITIVE_WORD if number % 3 == 0 else NEGATIVE_WORD] * (1 + number % 5)))
        for number in range(2 * BATCH + 3)
    ]
    scores = OnnxSentiment(model_path).classify(passages)
    assert [each.positive > each.negative for each in scores] == [number % 3 == 0 for number in range(len(passages))]


def test_a_passage_is_cut_at_the_models_length(model_path: Path) -> None:
    (scores,) = OnnxSentiment(model_path).classify([a_passage("kantor " * 500 + NEGATIVE_WORD)])
    assert scores.neutral > scores.negative


def test_the_headline_is_part_of_what_is_judged(model_path: Path) -> None:
    plain, under_headline = OnnxSentiment(model_path).classify(
        [a_passage("kantor"), a_passage("kantor", title=NEGATIVE_WORD)]
    )
    assert under_headline.negative > plain.negative


def test_no_passages_need_no_model(model_path: Path) -> None:
    (model_path / "model.onnx").write_bytes(b"broken")
    assert OnnxSentiment(model_path).classify([]) == []


def test_the_version_changes_with_the_weights_and_the_map(model_path: Path) -> None:
    before = OnnxSentiment(model_path).version
    assert before == OnnxSentiment(model_path).version
    assert OnnxSentiment(model_path, {"positive": "negative", "negative": "positive"}).version != before
    (model_path / "model.onnx").write_bytes((model_path / "model.onnx").read_bytes() + b"\0")
    assert OnnxSentiment(model_path).version != before


def test_a_loaded_model_can_be_handed_to_a_worker_process(model_path: Path) -> None:
    model = OnnxSentiment(model_path)
    expected = model.classify([a_passage(POSITIVE_WORD)])
    assert pickle.loads(pickle.dumps(model)).classify([a_passage(POSITIVE_WORD)]) == expected


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx"])
def test_a_missing_file_is_named(model_path: Path, name: str) -> None:
    (model_path / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_sentiment(str(model_path), "BPJS Ketenagakerjaan")


def test_unknown_labels_are_refused_with_advice(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m", {0: "LABEL_0", 1: "neutral", 2: "negative"})
    with pytest.raises(ModelError, match=r"LABEL_0.*label map.*LABEL_0 = \"positive\""):
        load_sentiment(str(path), "BPJS Ketenagakerjaan")


def test_a_map_to_something_else_than_a_tone_is_refused(model_path: Path) -> None:
    with pytest.raises(ModelError, match="positive"):
        load_sentiment(str(model_path), "BPJS Ketenagakerjaan", {"positive": "joyful"})


@pytest.mark.parametrize("config", ["{", "[]", '{"id2label": {}}', '{"id2label": {"x": "positive"}}'])
def test_a_broken_configuration_is_refused(model_path: Path, config: str) -> None:
    (model_path / "config.json").write_text(config)
    with pytest.raises(ModelError, match=r"config\.json|id2label"):
        load_sentiment(str(model_path), "BPJS Ketenagakerjaan")


def test_a_model_that_answers_with_another_number_of_labels_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "m", {0: "positive", 1: "negative"})
    with pytest.raises(ModelError, match="2 labels"):
        OnnxSentiment(path).classify([a_passage("kantor")])
