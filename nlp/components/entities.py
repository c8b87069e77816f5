"""`named_entities`: persons, organisations and places by a trained recogniser, in `doc.ents`.

The shipped one is the spaCy pipeline `id_pantau_news`; a configured one is another spaCy pipeline with an "ner" part,
or any token classifier for `transformers`. Articles that have nothing to do with the agency are passed by.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, minibatch
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from nlp.choice import NAMES, ModelError
from nlp.document import body_start, text_of
from nlp.naming.persons import PASSIVE
from nlp.naming.vocabulary import NOT_NAMES

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

_FORMS_OF_ADDRESS = frozenset({"Pak", "Bu", "Bapak", "Ibu"})
_EMBEDDING = ("tok2vec", "transformer")  # parts that an "ner" may draw on


class Recogniser(Protocol):
    """Sets `doc.ents`; `version` changes with the weights."""

    version: str

    def recognise(self, docs: list[Doc]) -> None:
        """Sets the entities of each Doc, labelled PER, ORG or LOC."""


@Language.factory(
    "named_entities",
    assigns=["doc.ents"],
    requires=["doc._.relevance_evidence", "doc._.mentions", "doc._.places", "token.is_sent_start"],
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
        # NumPy's matrix products take a third of the time of BLIS's, which thinc would take; on one core, for articles
        # are spread over processes, and threads would only wait for each other.
        self._threads = ThreadpoolController()
        with use_ops("numpy", use_blis=False):
            source = spacy.load(folder, vocab=nlp.vocab)
        if "ner" not in source.pipe_names:
            raise ModelError(f"{folder} has no part called ner; name a spaCy pipeline that recognises entities")
        self._ner: Any = source.get_pipe("ner")
        self._before: list[Any] = [source.get_pipe(name) for name in source.pipe_names if name in _EMBEDDING]
        self._labels = labels
        meta = source.meta
        self.version = f"{meta['name']}-{meta['version']}-{_digest(folder / 'ner')}"

    def recognise(self, docs: list[Doc]) -> None:
        """Sets the entities of each Doc; sentences in which no unknown name can stand are left out."""
        excerpts = [_excerpt(doc) for doc in docs]
        stream: Iterable[Doc] = [excerpt.doc for excerpt in excerpts]
        for part in self._before:
            stream = part.pipe(stream)
        with self._threads.limit(limits=1, user_api="blas"):
            recognised = list(self._ner.pipe(stream, batch_size=32))
        for doc, excerpt, read in zip(docs, excerpts, recognised, strict=True):
            at = excerpt.tokens
            found = [Span(doc, at[name.start], at[name.end - 1] + 1, label=name.label_) for name in read.ents]
            doc.ents = _known(doc, found, self._labels)


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


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """The part of a Doc that the recogniser reads: which tokens, as a Doc of their own."""

    tokens: Sequence[int]
    doc: Doc


def _excerpt(doc: Doc) -> _Excerpt:
    """The sentences that may hold a name which neither the profile nor the gazetteer tells.

    Such a sentence has a capital where the language asks for none; at its beginning it counts only where the same
    word has one elsewhere too.
    """
    # A Token is made anew each time it is asked for; four numbers each are quicker for thousands of them.
    table = doc.to_array(["IDX", "LENGTH", "SPACY", "SENT_START"]).astype("int64").tolist()
    text = text_of(doc)
    words = [text[start : start + length] for start, length, _, _ in table]
    begins = [start for start, _, _, _ in table]
    opens = [at for at, row in enumerate(table) if row[3] == 1 or at == 0]
    known = _known_tokens(doc, begins)
    sentences = list(pairwise([*opens, len(words)]))
    capitals = [[at for at in range(*bounds) if _may_be_name(words[at]) and at not in known] for bounds in sentences]
    inside = {words[at] for (begin, _), some in zip(sentences, capitals, strict=True) for at in some if at > begin}
    chosen = [
        at
        for bounds, some in zip(sentences, capitals, strict=True)
        if any(words[at] in inside for at in some)
        for at in range(*bounds)
    ]
    return _Excerpt(
        chosen,
        Doc(
            doc.vocab,
            words=[words[at] for at in chosen],
            spaces=[bool(table[at][2]) for at in chosen],
            sent_starts=[table[at][3] == 1 for at in chosen],
        ),
    )


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() and word.casefold() not in NOT_NAMES


def _known_tokens(doc: Doc, begins: Sequence[int]) -> set[int]:
    """The tokens that the agency's mentions and the gazetteer's places cover; `begins` is where each token begins."""
    offset = body_start(doc)
    covered = [(m.start + (offset if m.field == "text" else 0), len(m.text)) for m in doc._.mentions]
    covered += [(start, end - start) for start, end in doc._.places or ()]
    return {
        at for start, length in covered for at in range(bisect_left(begins, start), bisect_left(begins, start + length))
    }


def _known(doc: Doc, spans: Iterable[Span], labels: Mapping[str, str]) -> list[Span]:
    """The spans whose label means a person, an organisation or a place, none overlapping."""
    labelled = [Span(doc, span.start, span.end, labels[span.label_]) for span in spans if span.label_ in labels]
    return filter_spans([_as_addressed(span) if span.label_ == "PER" else span for span in labelled])


def _as_addressed(person: Span) -> Span:
    """The person behind a form of address or a verb: "Wajah Pak Sapri" and "Dijelaskan Sapri" are Sapri."""
    forms = [
        at
        for at in range(person.start, person.end - 1)
        if person.doc[at].text in _FORMS_OF_ADDRESS or PASSIVE.fullmatch(person.doc[at].lower_)
    ]
    return Span(person.doc, forms[-1] + 1, person.end, person.label_) if forms else person


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
