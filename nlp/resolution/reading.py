"""An article as the rules of resolution read it: its sentences, what each states and which places it names."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nlp.analysis import Entity, Field, Figure, Quote, Region, Span
from nlp.components.regions import DATELINE_LIMIT, dateline_length, is_place_of_speech
from nlp.gazetteer import Gazetteer, Match
from nlp.links import LinkLines

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()]")
_BREAK = re.compile(r"\n")
_BEFORE_A_PLACE = 100
MOST_NAMES = 300  # of one article that are told apart; a page with more is a list


@dataclass(frozen=True, slots=True)
class Named:
    """A listed region at its place. `stage` tells that it is only where somebody spoke or the report was filed."""

    span: Span
    region: Region
    stage: bool


@dataclass(frozen=True)
class Told:
    """A sentence. `paragraph` counts lines of the text; the title is -1. `figures` are numbers of the article's."""

    span: Span
    paragraph: int
    figures: tuple[int, ...]
    places: tuple[Named, ...]

    @cached_property
    def words(self) -> str:
        """The sentence's words, as `words` gives them."""
        return words(self.span.text)

    @cached_property
    def listed(self) -> tuple[Match, ...]:
        """The listed regions that it names, also where the article is about none of them."""
        return tuple(Gazetteer.load().find(self.span.text))


@dataclass(frozen=True)
class Reading:
    """All that the rules look at.

    `sentences` are in reading order, the title first, without blank and link lines; `named` are the article's regions
    wherever they are named, in that order too.
    """

    title: str
    text: str
    published: date | None
    figures: Sequence[Figure]
    regions: Sequence[Region]
    quotes: Sequence[Quote]
    entities: Sequence[Entity]
    named: tuple[Named, ...]
    sentences: tuple[Told, ...]

    def field(self, name: Field) -> str:
        """The title or the text."""
        return self.title if name == "title" else self.text

    def before(self, at: int) -> Told | None:
        """The sentence directly before, None at the beginning of the text and in the title."""
        if at == 0 or self.sentences[at - 1].span.field != self.sentences[at].span.field:
            return None
        return self.sentences[at - 1]

    def sentence_at(self, place: Span) -> Told | None:
        """The sentence of the text in which a place lies."""
        at = bisect_right(self._starts, place.start) - 1
        told = self._of_text[at] if at >= 0 and place.field == "text" else None
        return told if told is not None and place.end <= told.span.end else None

    def quote_around(self, figure: Figure) -> Quote | None:
        """The quotation that the figure stands in."""
        starts, quotes = self._quotes[figure.field]
        at = bisect_right(starts, figure.start) - 1
        return quotes[at] if at >= 0 and figure.end <= quotes[at].end else None

    @cached_property
    def opening(self) -> str:
        """The words of the title and the lead."""
        return words(f"{self.title}. {self.text[: self.lead_end]}")

    @cached_property
    def lead_end(self) -> int:
        """Where the first two paragraphs end."""
        end = -1
        for _ in range(_LEAD_PARAGRAPHS):
            end = self.text.find("\n", end + 1)
            if end < 0:
                return len(self.text)
        return end

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes of the article's regions by their names as written, lower case."""
        found: dict[str, str] = {}
        for region in self.regions:
            for span in region.spans:
                found.setdefault(span.text.casefold(), region.code)
        return found

    @cached_property
    def places(self) -> dict[tuple[str, str], tuple[Span, ...]]:
        """Where entities are named, by label and name."""
        found: dict[tuple[str, str], list[Span]] = {}
        for it in self.entities:
            found.setdefault((it.label, it.text), []).append(Span(it.field, it.start, it.end, it.text))
        return {key: tuple(spans) for key, spans in found.items()}

    @cached_property
    def persons(self) -> dict[str, frozenset[str]]:
        """The full names of persons by each word of them."""
        found: dict[str, set[str]] = {}
        for name in [name for label, name in self.places if label == "PER"][:MOST_NAMES]:
            for word in set(name.split()):
                found.setdefault(word, set()).add(name)
        return {word: frozenset(names) for word, names in found.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The office of each speaker whose office is told."""
        found: dict[str, str] = {}
        for quote in self.quotes:
            if quote.speaker and quote.speaker_title:
                found.setdefault(quote.speaker, quote.speaker_title)
        return found

    @cached_property
    def _of_text(self) -> list[Told]:
        return [told for told in self.sentences if told.span.field == "text"]

    @cached_property
    def _starts(self) -> list[int]:
        return [told.span.start for told in self._of_text]

    @cached_property
    def _quotes(self) -> dict[Field, tuple[list[int], list[Quote]]]:
        result: dict[Field, tuple[list[int], list[Quote]]] = {"title": ([], []), "text": ([], [])}
        for quote in sorted(self.quotes, key=lambda quote: quote.start):
            starts, quotes = result[quote.field]
            starts.append(quote.start)
            quotes.append(quote)
        return result


_LEAD_PARAGRAPHS = 2


def read_article(
    title: str,
    text: str,
    published: date | None,
    sentences: Iterable[Span],
    figures: Sequence[Figure],
    regions: Sequence[Region],
    quotes: Sequence[Quote],
    entities: Sequence[Entity],
) -> Reading:
    """The article with its figures and places gathered by sentence; `sentences` in reading order."""
    breaks = [found.start() for found in _BREAK.finditer(text)]
    links = LinkLines(text)
    stated: dict[tuple[Field, int], list[int]] = {}
    for number, figure in enumerate(figures):
        stated.setdefault((figure.sentence.field, figure.sentence.start), []).append(number)
    named = _named(title, text, regions)
    at = 0
    told: list[Told] = []
    for span in sentences:
        own = tuple(stated.get((span.field, span.start), ()))
        if not own and (not span.text.strip() or (span.field == "text" and span.start in links)):
            continue
        while at < len(named) and _is_before(named[at].span, span):
            at += 1
        first = at
        while at < len(named) and named[at].span.field == span.field and named[at].span.start < span.end:
            at += 1
        paragraph = -1 if span.field == "title" else bisect_left(breaks, span.start)
        told.append(Told(span, paragraph, own, named[first:at]))
    return Reading(title, text, published, figures, regions, quotes, entities, named, tuple(told))


def _is_before(place: Span, sentence: Span) -> bool:
    if place.field != sentence.field:
        return place.field == "title"
    return place.start < sentence.start


def _named(title: str, text: str, regions: Sequence[Region]) -> tuple[Named, ...]:
    dateline = dateline_length(text[:DATELINE_LIMIT])
    found = []
    for region in regions:
        for span in region.spans:
            before = text[max(span.start - _BEFORE_A_PLACE, 0) : span.start]
            stage = span.field == "text" and (
                span.start < dateline or is_place_of_speech(text, span.end, region.code, before)
            )
            found.append(Named(span, region, stage))
    return tuple(sorted(found, key=lambda it: (it.span.field == "text", it.span.start)))


def words(text: str) -> str:
    """The words and marks of a text in lower case, a blank around each, so that phrases are found by `in`."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table that a bar separates, in the form in which `words` holds them."""
    return tuple(f" {' '.join(phrase.split())} " for phrase in table.split("|"))


def has(text: str, table: Iterable[str]) -> bool:
    """Whether one of the phrases stands in what `words` made."""
    return any(phrase in text for phrase in table)


def span_of(figure: Figure) -> Span:
    """The figure's place."""
    return Span(figure.field, figure.start, figure.end, figure.surface)
