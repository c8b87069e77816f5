"""`names`: persons, organisations and places that the article names, each person with the fullest form of the name.

The rules come first: they prefer silence to a guess. Where they are silent, what the recogniser found is taken
(`doc.ents`), unless it is a name of the agency or of a body taken for it.

A person is read from an attribution, after a title ("Bupati Sadewo") or an honourific ("Hj. Siti"), and before an age
("Darwis (57)"); an organisation from its first word ("Dinas Sosial", "PT Maju"). Places come from `doc._.places`.
A headline in title case hides where a name ends, so it only repeats names that the text has.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Entity
from nlp.attribution import attributions
from nlp.document import body_start, locate, text_of
from nlp.linking import NameForms, Seats
from nlp.naming.organisations import is_known_organisation, organisation_end
from nlp.naming.persons import name_end, skip_honourifics
from nlp.naming.sources import PERSON_NOUNS, described_person, may_open_naming, source_at
from nlp.naming.titles import title_end
from nlp.naming.vocabulary import LONGEST_NAME, NOT_NAMES
from nlp.naming.words import Token, word_set, words
from nlp.stretches import sentences

MOST_NAMESAKES = 20  # names with the same first word that are looked for again

_INTRODUCED = word_set("terdakwa tersangka saksi korban pelapor terlapor penggugat tergugat pasien bernama")
"""Words after which two capitalised ones are a person."""
_NO_PERSONS = NOT_NAMES | PERSON_NOUNS

Label = Literal["PER", "ORG", "LOC"]
Place = tuple[int, int, Label]


@Language.component("names", assigns=["doc._.entities"], requires=["token.is_sent_start"])
def names(doc: Doc) -> Doc:
    """The Doc with its entities, in its order, none overlapping."""
    text, offset = text_of(doc), body_start(doc)
    found: list[Place] = []
    seats = Seats(text)
    for start, end in sentences(doc):
        if start >= offset:
            found += [(start + begin, start + stop, label) for begin, stop, label in _names_in(text[start:end], seats)]
    found += _repeated(text, found)
    found += [(start, end, "LOC") for start, end in doc._.places or ()]
    kept = _without_overlap(found)
    taken = [(start, end) for start, end, _ in kept]
    kept = sorted([*kept, *(place for place in _recognised(doc) if _is_free(place[0], place[1], taken))])
    forms = NameForms(text[start:end] for start, end, label in kept if label == "PER")
    doc._.entities = tuple(_entity(doc, forms, *place) for place in kept)
    return doc


def _entity(doc: Doc, forms: NameForms, start: int, end: int, label: Label) -> Entity:
    span = locate(doc, start, end)
    return Entity(
        span.field, span.start, span.end, span.text, label, forms.full(span.text) if label == "PER" else span.text
    )


def _recognised(doc: Doc) -> Iterator[Place]:
    """What the recogniser found, names of the agency and its look-alikes left out."""
    offset = body_start(doc)
    shifts = {"title": 0, "text": offset}
    taken = [(m.start + shifts[m.field], m.end + shifts[m.field]) for m in doc._.mentions]
    for entity in doc.ents:
        start, end = entity.start_char, entity.end_char
        crosses = start < offset <= end or "\n" in entity.text
        no_name = entity.label_ == "PER" and entity.text.casefold() in _NO_PERSONS
        if not crosses and not no_name and _is_free(start, end, taken):
            yield start, end, cast("Label", entity.label_)


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether [start, end) overlaps none of these ranges, which are in order and do not overlap each other."""
    at = bisect_right(taken, start, key=lambda place: place[0])
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end)


def _names_in(sentence: str, seats: Seats) -> Iterator[Place]:
    for attribution in attributions(sentence):
        if attribution.kind == "person":
            seat = seats.before_name(attribution.speaker_title, attribution.speaker)
            yield attribution.speaker_start + _behind(seat), attribution.speaker_end, "PER"
        elif attribution.kind == "organisation":
            yield attribution.speaker_start, attribution.speaker_end, "ORG"
    tokens = words(sentence)
    for index, token in enumerate(tokens):
        if not may_open_naming(token) and token.lower not in _INTRODUCED and token.text != "(":
            continue
        if title_end(tokens, index) is not None:
            source = source_at(sentence, tokens, index)
            if source is not None and source[0].kind == "person":
                seat = seats.before_name(source[0].title, source[0].name)
                yield source[0].name_start + _behind(seat), source[0].name_end, "PER"
        yield from _introduced_at(sentence, tokens, index)
        begin = skip_honourifics(tokens, index)
        stop = name_end(sentence, tokens, begin) if begin > index else None
        if stop is None and token.text == "(" and _is_age(tokens, index):
            begin, stop = _name_before(sentence, tokens, index), index
        if stop is not None and begin < stop:
            yield tokens[begin].start, tokens[stop - 1].end, "PER"
        organisation = organisation_end(tokens, index) if is_known_organisation(token) else None
        if organisation is not None:
            yield token.start, tokens[organisation - 1].end, "ORG"


def _introduced_at(sentence: str, tokens: Sequence[Token], index: int) -> Iterator[Place]:
    """The person after "terdakwa" or "bernama", or after a description: "istrinya, Ribka"."""
    word = tokens[index].lower
    begin = skip_honourifics(tokens, index + 1)
    end = name_end(sentence, tokens, begin) if word in _INTRODUCED else None
    if end is not None and end > begin + 1:
        yield tokens[begin].start, tokens[end - 1].end, "PER"
    described = described_person(sentence, tokens, index) if word.removesuffix("nya") in PERSON_NOUNS else None
    if described is not None:
        yield described[0].name_start, described[0].name_end, "PER"


def _behind(seat: str) -> int:
    """How many characters after the begin of a seat the name begins."""
    return len(seat) + 1 if seat else 0


def _is_age(tokens: Sequence[Token], index: int) -> bool:
    """Whether "(57)" or "(57 tahun)" stands here."""
    inside = [token.text for token in tokens[index + 1 : index + 4]]
    years = inside[0] if inside else ""
    closed = inside[1:2] == [")"] or inside[1:] in (["tahun", ")"], ["thn", ")"])
    return years.isdecimal() and len(years) <= 2 and closed


def _name_before(sentence: str, tokens: Sequence[Token], index: int) -> int:
    """Where the longest name that ends before this word begins; the word itself if there is none."""
    for begin in range(max(0, index - LONGEST_NAME), index):
        if name_end(sentence, tokens, begin) == index:
            return begin
    return index


def _repeated(text: str, found: Sequence[Place]) -> Iterator[Place]:
    """Further places where a name of two words or more stands, in the headline too."""
    by_first_word: dict[str, set[tuple[str, Label]]] = {}
    for start, end, label in found:
        surface = text[start:end]
        same_start = by_first_word.setdefault(surface.split(" ", 1)[0], set())
        if " " in surface and len(same_start) < MOST_NAMESAKES:
            same_start.add((surface, label))
    for token in words(text):
        for surface, label in by_first_word.get(token.text, ()):
            end = token.start + len(surface)
            if text.startswith(surface, token.start) and not text[end : end + 1].isalnum():
                yield token.start, end, label


def _without_overlap(found: Sequence[Place]) -> list[Place]:
    """The places in order; of two that overlap the earlier, then the longer."""
    kept: list[Place] = []
    for place in sorted(set(found), key=lambda place: (place[0], -place[1], place[2])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
