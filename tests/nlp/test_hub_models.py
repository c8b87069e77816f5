"""Models by configuration, through transformers and torch: tiny real ones, built here; skipped without torch."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.analyser import Analyser
from nlp.analysis import ArticleText
from nlp.choice import NAMES, ModelChoice, ModelError
from nlp.components.entities import SpacyRecogniser
from nlp.sentiment import Passage, load_sentiment
from tests.nlp.builders import PIPELINE, the_agency

ROOT = Path(__file__).parents[2]
TEXT = "BPJS Ketenagakerjaan membayar santunan kepada Wulan Pratiwi."


def write_transformer(folder: Path, kind: str, labels: dict[int, str]) -> Path:
    """A BERT of one layer with random weights and a vocabulary of a few words."""
    torch = pytest.importorskip("torch", reason="models of a hub need the extra torch")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertForTokenClassification,
        PreTrainedTokenizerFast,
    )

    words = ["[PAD]", "[UNK]", "bpjs", "ketenagakerjaan", "santunan", "wulan", "pratiwi", "membayar"]
    backend = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    backend.normalizer = normalizers.Lowercase()
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    PreTrainedTokenizerFast(
        tokenizer_object=backend, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, num_labels=len(labels), id2label=labels,
        label2id={name: at for at, name in labels.items()},
    )  # fmt: skip
    model = (BertForSequenceClassification if kind == "tone" else BertForTokenClassification)(config)
    with torch.no_grad():  # the bias decides, so that the answer is known
        model.classifier.bias[:] = torch.tensor([9.0 if at == 0 else 0.0 for at in range(len(labels))])
    model.save_pretrained(folder)
    return folder


def test_a_transformers_folder_without_onnx_tells_the_tone(tmp_path: Path) -> None:
    folder = write_transformer(tmp_path / "tone", "tone", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
    labels = {"LABEL_0": "negative", "LABEL_1": "neutral", "LABEL_2": "positive"}
    model = load_sentiment(str(folder), "BPJS Ketenagakerjaan", labels)
    (scores,) = model.classify([Passage("[AGENSI] membayar santunan", "lead", True)])
    assert scores.negative > 0.9
    assert scores.positive + scores.neutral + scores.negative == pytest.approx(1.0, abs=1e-4)
    assert str(folder) in model.version


def test_labels_of_a_hub_model_must_be_mapped(tmp_path: Path) -> None:
    folder = write_transformer(tmp_path / "tone", "tone", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
    with pytest.raises(ModelError, match=r"LABEL_0.*label map"):
        load_sentiment(str(folder), "BPJS Ketenagakerjaan")


def test_a_transformers_folder_recognises_names(tmp_path: Path) -> None:
    folder = write_transformer(tmp_path / "names", "names", {0: "B-Person", 1: "O"})
    analyser = Analyser(the_agency(), ModelChoice(names=str(folder), names_labels={"Person": "PER"}))
    (analysis,) = analyser.analyse([ArticleText("a", TEXT)])
    assert "PER" in {entity.label for entity in analysis.entities}


def test_both_models_can_be_replaced_at_once(tmp_path: Path) -> None:
    tone = write_transformer(tmp_path / "tone", "tone", {0: "positive", 1: "neutral", 2: "negative"})
    analyser = Analyser(the_agency(), ModelChoice(sentiment=str(tone)))
    (analysis,) = analyser.analyse([ArticleText("a", TEXT)])
    assert analysis.sentiment.label == "positive"
    assert analyser.version.startswith(str(tone))


def test_a_name_that_is_no_model_is_refused_with_the_reason() -> None:
    pytest.importorskip("torch", reason="models of a hub need the extra torch")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Analyser(the_agency(), ModelChoice(names="/nowhere/at/all"))


def test_without_torch_the_message_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from nlp.choice import ModelError\n"
        "from nlp.transformers_pipeline import load_pipeline\n"
        "try:\n    load_pipeline('text-classification', 'some/model')\n"
        "except ModelError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "uv pip install" in done.stdout
    assert "ONNX" in done.stdout


def test_a_spacy_pipeline_by_its_folder_recognises_names() -> None:
    recogniser = SpacyRecogniser(PIPELINE, NAMES, {"PER": "PER"})
    doc = PIPELINE.make_doc("Santunan diterima Bupati Hendy Siswanto.")
    recogniser.recognise([doc])
    assert {entity.label_ for entity in doc.ents} <= {"PER"}


def test_a_spacy_pipeline_without_a_recogniser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("id").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no part called ner"):
        SpacyRecogniser(PIPELINE, tmp_path / "blank", {})
    assert json.loads((tmp_path / "blank" / "meta.json").read_text())["lang"] == "id"
