"""`named_entities`: persons, organisations and places by a trained recogniser, in `doc.ents`.

The shipped one is the spaCy pipeline `id_pantau_news`; a configured one is another spaCy pipeline with an "ner" part,
or any token classifier for `transformers`. Articles that have nothing to do with the agency are passed by.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch

from nlp.choice import NAMES, ModelError

LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "ORGANISATION": "ORG",
    "ORGANIZATION": "ORG",
    "NOR": "ORG",
    "LOC": "LOC",
    "LOCATION": "LOC",
    "PLACE": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
}
"""What common recognisers call a person, an organisation and a place."""

_EMBEDDING = ("tok2vec", "transformer")  # parts that an "ner" may draw on


class Recogniser(Protocol):
    """Sets `doc.ents`; `version` changes with the weights."""

    version: str

    def recognise(self, docs: list[Doc]) -> None:
        """Sets the entities of each Doc, labelled PER, ORG or LOC."""


@Language.factory(
    "named_entities",
    assigns=["doc.ents"],
    requires=["doc._.relevance_evidence"],
    default_config={"names_model": "", "names_labels": {}},
)
def create_named_entities(nlp: Language, name: str, names_model: str, names_labels: dict[str, str]) -> "NamedEntities":
    """The component with the recogniser of that name; ModelError where it cannot be used."""
    labels = {**LABELS, **names_labels}
    if (Path(names_model) / "meta.json").is_file():
        return NamedEntities(SpacyRecogniser(nlp, Path(names_model), labels))
    if names_model == str(NAMES):
        raise ModelError(f"{names_model} is missing; `make train` makes it")
    return NamedEntities(TransformersRecogniser(names_model, labels))


class NamedEntities:
    """Recognises names in the articles that concern the agency."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    @property
    def version(self) -> str:
        """The recogniser's version."""
        return self._recogniser.version

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its entities."""
        if doc._.relevance_evidence.is_worth_reading:
            self._recogniser.recognise([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """The Docs with their entities, recognised together."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self._recogniser.recognise([doc for doc in docs if doc._.relevance_evidence.is_worth_reading])
            yield from docs


class SpacyRecogniser:
    """The "ner" part of a spaCy pipeline; it must share this project's tokenizer or read plain words well."""

    def __init__(self, nlp: Language, folder: Path, labels: Mapping[str, str]) -> None:
        source = spacy.load(folder, vocab=nlp.vocab)
        if "ner" not in source.pipe_names:
            raise ModelError(f"{folder} has no part called ner; name a spaCy pipeline that recognises entities")
        self._ner: Any = source.get_pipe("ner")
        self._before: list[Any] = [source.get_pipe(name) for name in source.pipe_names if name in _EMBEDDING]
        self._labels = labels
        meta = source.meta
        self.version = f"{meta['name']}-{meta['version']}-{_digest(folder / 'ner')}"

    def recognise(self, docs: list[Doc]) -> None:
        """Sets the entities of each Doc."""
        stream: Iterable[Doc] = docs
        for part in self._before:
            stream = part.pipe(stream)
        for doc in self._ner.pipe(stream, batch_size=32):
            doc.ents = _known(doc, doc.ents, self._labels)


class TransformersRecogniser:
    """A token classifier of a hub or a folder, run by transformers and torch."""

    def __init__(self, model: str, labels: Mapping[str, str]) -> None:
        from nlp.transformers_pipeline import load_pipeline, version_of

        self._pipeline = load_pipeline("token-classification", model, aggregation_strategy="simple")
        self._labels = labels
        self.version = version_of(model, self._pipeline)

    def recognise(self, docs: list[Doc]) -> None:
        """Sets the entities of each Doc."""
        if not docs:
            return
        for doc, found in zip(docs, self._pipeline([doc.text for doc in docs]), strict=True):
            spans = [
                doc.char_span(row["start"], row["end"], label=row["entity_group"], alignment_mode="expand")
                for row in found
            ]
            doc.ents = _known(doc, [span for span in spans if span is not None], self._labels)


def _known(doc: Doc, spans: Iterable[Span], labels: Mapping[str, str]) -> list[Span]:
    """The spans whose label means a person, an organisation or a place, none overlapping."""
    return filter_spans(
        [Span(doc, span.start, span.end, labels[span.label_]) for span in spans if span.label_ in labels]
    )


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
