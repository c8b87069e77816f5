"""The reader from passages to packaged weights: fine-tuning, decisions learnt on unseen writers, export."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc
from transformers import BertForTokenClassification, PreTrainedTokenizerFast

from nlp.analysis import AgencyProfile, ArticleText
from nlp.cards import CARD
from nlp.components.reader import notice
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from nlp.reader.decisions import FEATURES, FILE, Decision, Decisions
from nlp.reader.encoder import Pieces
from nlp.reader.ngrams import Ngrams
from nlp.reader.questions import ALERTS, QUESTIONS
from nlp.reader.window import MarkedSentence, marked_sentences
from nlp.training.finetuning import Schedule, examples, finetune, new_reader, predict
from nlp.training.ngrams import train_ngrams
from nlp.training.passages import Passage, alerts_of, answers
from nlp.training.scores import f1

Say = Callable[[str], None]
BEFORE_READER = "regions"  # what the reader needs of the pipeline is done before this part

# What each question's decision may rest on besides the answers of encoder and n-grams to that same question.
_BESIDES: dict[str, tuple[str, ...]] = {
    "relevance": ("rules:relevance", "rules:named"),
    "tone": (),
    "topic": (),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Passages as the pipeline sees them, in one order."""

    passages: Sequence[Passage]
    docs: Sequence[Doc]
    sentences: Sequence[Sequence[MarkedSentence]]

    def chosen(self, indices: Sequence[int]) -> "Prepared":
        """Those at the indices."""
        return Prepared(
            [self.passages[i] for i in indices], [self.docs[i] for i in indices], [self.sentences[i] for i in indices]
        )


def prepare(passages: Sequence[Passage], profile: AgencyProfile) -> Prepared:
    """The passages with mentions, sentences and rules' evidence."""
    pipeline = build_pipeline(profile, until=BEFORE_READER)
    docs = [pipeline(make_doc(pipeline, ArticleText(it.id, it.text, it.title))) for it in passages]
    return Prepared(passages, docs, [marked_sentences(doc) for doc in docs])


def train_encoder(
    encoder: str, tokenizer: PreTrainedTokenizerFast, train: Prepared, schedule: Schedule, say: Say
) -> BertForTokenClassification:
    """The encoder, fine-tuned on the passages."""
    pieces = Pieces(tokenizer.backend_tokenizer)
    model = new_reader(encoder, schedule)
    finetune(model, examples(train.passages, train.sentences, pieces), pieces, schedule, say)
    return model


def outputs_of(
    model: BertForTokenClassification, tokenizer: PreTrainedTokenizerFast, prepared: Prepared
) -> NDArray[np.float32]:
    """The mean outputs per passage, shape (passages, outputs)."""
    pieces = Pieces(tokenizer.backend_tokenizer)
    windows = [example.window for example in examples(prepared.passages, prepared.sentences, pieces)]
    return predict(model, windows, pieces.padding)


def features_of(prepared: Prepared, outputs: NDArray[np.float32], ngrams: Ngrams) -> NDArray[np.float64]:
    """What is noticed of each passage, shape (passages, features)."""
    told = zip(prepared.docs, prepared.sentences, outputs, strict=True)
    return np.stack(
        [notice(doc, np.concatenate([row, ngrams.shares(some).sum(axis=0)])[np.newaxis]) for doc, some, row in told]
    )


def features_unseen(
    encoder: str,
    tokenizer: PreTrainedTokenizerFast,
    prepared: Prepared,
    writers: Sequence[str],
    schedule: Schedule,
    say: Say,
) -> tuple[Prepared, NDArray[np.float64]]:
    """The passages of these writers, and their features by an encoder and n-grams that were trained without them."""
    there = [i for i, passage in enumerate(prepared.passages) if passage.writer in writers]
    here = [i for i, passage in enumerate(prepared.passages) if passage.writer not in writers]
    say(f"training without {', '.join(writers)}")
    seen, unseen = prepared.chosen(here), prepared.chosen(there)
    model = train_encoder(encoder, tokenizer, seen, schedule, say)
    ngrams = train_ngrams(seen.passages, seen.sentences)
    return unseen, features_of(unseen, outputs_of(model, tokenizer, unseen), ngrams)


def fit_decisions(passages: Sequence[Passage], features: NDArray[np.float64]) -> Decisions:
    """One regularised logistic regression per question, on features of passages that the encoder has not seen."""
    relevant = np.asarray([passage.relevance == "relevant" for passage in passages])
    gold = answers(passages)
    by_question: dict[str, Decision] = {}
    for question, besides in _BESIDES.items():
        rows = np.ones(len(passages), dtype=bool) if question == "relevance" else relevant
        used = [*_own_features(question), *(FEATURES.index(name) for name in besides)]
        by_question[question] = _fitted(question, features[rows], gold[question][rows], used)
    told = alerts_of(passages)
    by_question["alert"] = _fitted_alerts(features[relevant], told[relevant])
    probabilities = by_question["alert"].probabilities(features[relevant])
    alert_from = {code: _best_threshold(told[relevant][:, at], probabilities[:, at]) for at, code in enumerate(ALERTS)}
    return Decisions(by_question, alert_from)


def export(
    model: BertForTokenClassification,
    tokenizer: PreTrainedTokenizerFast,
    ngrams: Ngrams,
    decisions: Decisions,
    folder: Path,
) -> None:
    """The transformers folder in half precision, its int8 ONNX twin, and the decisions; replaces what was there."""
    part = empty_part(folder)
    export_onnx(model, part)
    ngrams.save(part)
    tokenizer.save_pretrained(part)
    half = BertForTokenClassification(model.config).half()
    half.load_state_dict({name: weight.half() for name, weight in model.state_dict().items()})
    half.save_pretrained(part)
    (part / FILE).write_text(json.dumps(decisions.to_json(), indent=1) + "\n", encoding="utf-8")
    put_in_place(part, folder)


def empty_part(folder: Path) -> Path:
    """Where the folder's next content is written to; what was left there is gone."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    return part


def put_in_place(part: Path, folder: Path) -> None:
    """Replaces the folder by its next content; the card stays until the new one is measured."""
    for card in (CARD, "README.md", "reliability.svg"):
        if (folder / card).is_file():
            shutil.copy(folder / card, part / card)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def export_onnx(model: BertForTokenClassification, folder: Path, keep_full: bool = False) -> None:
    """`model.onnx` with int8 weights (dynamic quantisation); with `keep_full` also `model.fp32.onnx`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    sample = torch.ones((2, 8), dtype=torch.int64)
    full = folder / "model.fp32.onnx"
    torch.onnx.export(
        model.eval(),
        (sample, sample, torch.zeros_like(sample)),
        str(full),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in (*names, "logits")},
        dynamo=False,
    )
    quantize_dynamic(str(full), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    if not keep_full:
        full.unlink()


def _fitted(question: str, features: NDArray[np.float64], gold: NDArray[np.int64], used: Sequence[int]) -> Decision:
    model = LogisticRegression(C=1.0, max_iter=2_000, class_weight="balanced" if question == "tone" else None)
    model.fit(features[:, used], gold)
    weights = np.zeros((len(QUESTIONS[question]), len(FEATURES)))
    bias = np.full(len(QUESTIONS[question]), -20.0)  # an answer that never occurs
    for row, answer in enumerate(model.classes_):
        weights[answer, used] = model.coef_[row]
        bias[answer] = model.intercept_[row]
    return Decision(QUESTIONS[question], weights, bias)


def _fitted_alerts(features: NDArray[np.float64], told: NDArray[np.bool_]) -> Decision:
    weights = np.zeros((len(ALERTS), len(FEATURES)))
    bias = np.zeros(len(ALERTS))
    for at, code in enumerate(ALERTS):
        own = (f"alert:{code}", f"ngrams:alert:{code}")
        used = [*(FEATURES.index(name) for name in own), *_own_features("tone")]
        model = LogisticRegression(C=1.0, max_iter=2_000).fit(features[:, used], told[:, at])
        weights[at, used] = model.coef_[0]
        bias[at] = model.intercept_[0]
    return Decision(ALERTS, weights, bias, several=True)


def _own_features(question: str) -> list[int]:
    """What encoder and n-grams answer to the question."""
    names = [f"{question}:{answer}" for answer in QUESTIONS[question]]
    return [FEATURES.index(name) for voice in ("", "ngrams:") for name in (f"{voice}{it}" for it in names)]


def _best_threshold(told: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> float:
    candidates = np.arange(0.2, 0.81, 0.05)
    scores = [f1(told.astype(np.int64), (probabilities >= at).astype(np.int64), 1) for at in candidates]
    # Of thresholds that are as good as each other the middle one is the safest.
    best = [at for at, score in zip(candidates, scores, strict=True) if score >= max(scores) - 0.002]
    return round(float(best[len(best) // 2]), 2)
