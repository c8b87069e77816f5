"""An article as the rules of resolution read it: its figures by sentence, the sentences by paragraph."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nlp.analysis import Entity, Field, Figure, Quote, Region, Span

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()]")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that states figures. `paragraph` counts lines of the text; the title is -1.

    `places` are the regions that the sentence names, with the place of each.
    """

    span: Span
    paragraph: int
    figures: tuple[int, ...]
    words: str
    places: tuple[tuple[Span, Region], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules look at. `sentences` are in reading order, the title first; figures are told by number."""

    title: str
    text: str
    figures: Sequence[Figure]
    regions: Sequence[Region]
    quotes: Sequence[Quote]
    entities: Sequence[Entity]
    sentences: tuple[Told, ...]

    def sentence_of(self, number: int) -> int:
        """Which of the sentences states the figure."""
        return next(at for at, told in enumerate(self.sentences) if number in told.figures)


def read_article(
    title: str,
    text: str,
    figures: Sequence[Figure],
    regions: Sequence[Region],
    quotes: Sequence[Quote],
    entities: Sequence[Entity],
) -> Reading:
    """The article, its figures gathered by sentence."""
    breaks = [at for at, character in enumerate(text) if character == "\n"]
    named = sorted(
        ((span, region) for region in regions for span in region.spans), key=lambda pair: (pair[0].field, pair[0].start)
    )
    numbers = range(len(figures))
    sentences = []
    for _, group in groupby(numbers, key=lambda number: (figures[number].field, figures[number].sentence.start)):
        stated = tuple(group)
        span = figures[stated[0]].sentence
        places = tuple(pair for pair in named if pair[0].field == span.field and span.start <= pair[0].start < span.end)
        sentences.append(Told(span, _paragraph(span, breaks), stated, words(span.text), places))
    return Reading(title, text, figures, regions, quotes, entities, tuple(sentences))


def _paragraph(span: Span, breaks: Sequence[int]) -> int:
    return -1 if span.field == "title" else sum(at < span.start for at in breaks)


def words(text: str) -> str:
    """The words and marks of a text in lower case, a blank around each, so that phrases are found by `in`."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def has(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in what `words` made."""
    return any(f" {phrase} " in text for phrase in phrases)


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table that a bar separates."""
    return tuple(" ".join(phrase.split()) for phrase in table.split("|"))


def place_in(field: Field, start: int, end: int, reading: Reading) -> Span:
    """The characters [start, end) of the title or the text as a span."""
    return Span(field, start, end, (reading.title if field == "title" else reading.text)[start:end])
