"""Training the recogniser of names: persons, organisations and places of three Indonesian data sets, joined."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import fix_random_seed

from nlp.tokenizer import PRESS_TOKENIZER

Split = Literal["train", "dev", "test"]
Tagged = list[tuple[str, str]]  # a sentence: (word, BIO tag)

SETS = ("idner", "nergrit", "nerugm")

_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "ORGANISATION": "ORG",
    "ORGANIZATION": "ORG",
    "LOC": "LOC",
    "PLACE": "LOC",
    "LOCATION": "LOC",
}
# NERUGM comes in five folds of the same sentences; the first is used.
_FILES: dict[str, dict[Split, str]] = {
    "idner": {"train": "train.txt", "dev": "dev.txt", "test": "test.txt"},
    "nergrit": {"train": "train_preprocess.txt", "dev": "valid_preprocess.txt", "test": "test_preprocess.txt"},
    "nerugm": {"train": "train.01.tsv", "dev": "dev.01.tsv", "test": "test.01.tsv"},
}
_CLOSING = frozenset(".,;:!?)]}%”’")
_OPENING = frozenset("([{“‘")


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long to train, and from which start."""

    epochs: int = 12
    batch_words: int = 1_500
    rate: float = 1e-3
    dropout: float = 0.2
    seed: int = 7


def read_tagged(folder: Path, name: str, split: Split) -> list[Tagged]:
    """The sentences of a set; tags other than person, organisation and place become O."""
    sentences: list[Tagged] = []
    sentence: Tagged = []
    for line in (folder / name / _FILES[name][split]).read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) < 2:
            if sentence:
                sentences.append(sentence)
                sentence = []
            continue
        prefix, _, kind = fields[-1].partition("-")
        sentence.append((fields[0], f"{prefix}-{_LABELS[kind]}" if kind in _LABELS else "O"))
    return [*sentences, sentence] if sentence else sentences


def as_docs(nlp: Language, sentences: Sequence[Tagged]) -> Iterator[Doc]:
    """The sentences as print has them, spaces put back, read by this project's tokenizer."""
    for sentence in sentences:
        text, places = _joined([word for word, _ in sentence])
        doc = nlp.make_doc(text)
        found: list[Span] = []
        for begin, end, label in _entities([tag for _, tag in sentence]):
            span = doc.char_span(places[begin][0], places[end - 1][1], label=label, alignment_mode="expand")
            if span is not None and not (found and found[-1].end > span.start):
                found.append(span)
        doc.ents = found
        yield doc


def blank_pipeline() -> Language:
    """An empty pipeline behind the tokenizer and the sentence boundaries of this project."""
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": PRESS_TOKENIZER}}})
    nlp.add_pipe("press_sentences")
    return nlp


def train_names(
    folder: Path, config: dict[str, Any], schedule: Schedule, say: Callable[[str], None], sets: Sequence[str] = SETS
) -> Language:
    """The pipeline whose F1 on the development sentences was best."""
    fix_random_seed(schedule.seed)
    nlp = blank_pipeline()
    nlp.add_pipe("ner", config=config)
    train = [
        Example(nlp.make_doc(doc.text), doc)
        for name in sets
        for doc in as_docs(nlp, read_tagged(folder, name, "train"))
    ]
    dev = [doc for name in sets for doc in as_docs(nlp, read_tagged(folder, name, "dev"))]
    optimiser = nlp.initialize(lambda: train)
    random = Random(schedule.seed)  # noqa: S311  an order of sentences is no secret
    best, kept = -1.0, b""
    steps = 0
    total = schedule.epochs * sum(len(example.reference) for example in train) / schedule.batch_words
    for epoch in range(schedule.epochs):
        random.shuffle(train)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(train, schedule.batch_words):
            optimiser.learn_rate = schedule.rate * min(1.0, (steps + 1) / 100) * max(0.02, 1 - steps / total)
            nlp.update(batch, drop=schedule.dropout, sgd=optimiser, losses=losses)
            steps += 1
        scores = score(nlp, dev)
        say(f"epoch {epoch + 1}: loss {losses['ner']:.0f}, F1 on the development sentences {scores['ents_f']:.3f}")
        if scores["ents_f"] > best:
            best, kept = scores["ents_f"], nlp.to_bytes(exclude=["tokenizer"])
    nlp.from_bytes(kept, exclude=["tokenizer"])
    return nlp


def score(nlp: Language, docs: Sequence[Doc]) -> dict[str, Any]:
    """spaCy's entity scores: ents_p, ents_r, ents_f and per type."""
    examples = [
        Example(predicted, reference)
        for predicted, reference in zip(nlp.pipe(nlp.make_doc(doc.text) for doc in docs), docs, strict=True)
    ]
    return dict(Scorer.score_spans(examples, "ents"))


def _joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence's text and where each word stands in it."""
    text = ""
    places: list[tuple[int, int]] = []
    quotes = 0
    glue = True
    for word in words:
        closes = word[0] in _CLOSING or (word == '"' and quotes % 2 == 1)
        if not glue and not closes:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        glue = word in _OPENING or (word == '"' and quotes % 2 == 0)
        quotes += word == '"'
    return text, places


def _entities(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    begin, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if label and (prefix != "I" or kind != label):
            yield begin, index, label
            label = ""
        if prefix == "B" or (prefix == "I" and not label):
            begin, label = index, kind
