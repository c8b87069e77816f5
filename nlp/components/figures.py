"""The spaCy component `stated_figures`: every sentence's stated figures, at their place in the title or the text."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Figure, Region, Span
from nlp.document import body_start, locator, published_day, text_of
from nlp.figures.extract import StatedFigure, read_figures, worth_reading
from nlp.stretches import sentence_bounds


@Language.factory("stated_figures", assigns=["doc._.figures"])
def create_stated_figures(nlp: Language, name: str) -> "StatedFigures":
    """The component under its registered name."""
    return StatedFigures()


class StatedFigures:
    """Sets `doc._.figures` from its sentences and `doc._.article.published`.

    Its places are those of the article's regions; where it is about none, all that `regions` found; where that has not
    run, what the gazetteer finds in each sentence.
    """

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its figures, in text order."""
        published = published_day(doc._.article)
        places = sorted(_places(doc, doc._.regions)) if doc._.regions else doc._.places
        text = text_of(doc)
        figures: list[Figure] = []
        place = locator(doc)
        for start, end in sentence_bounds(doc):
            told = worth_reading(text[start:end])
            if not told:
                continue
            named = None if places is None else _within(places, start, end)
            stated = read_figures(told, published, named)
            if stated:
                whole = place(start, end)
                figures += [
                    _placed(figure, place(start + figure.start, start + figure.end), whole) for figure in stated
                ]
        doc._.figures = tuple(figures)
        return doc


def _places(doc: Doc, regions: tuple[Region, ...]) -> Iterator[tuple[int, int]]:
    offset = body_start(doc)
    for region in regions:
        for span in region.spans:
            shift = 0 if span.field == "title" else offset
            yield span.start + shift, span.end + shift


def _within(places: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The spans inside [start, end), counted from `start`; looked up because a long text has many of both."""
    first, last = bisect_left(places, (start, start)), bisect_left(places, (end, end))
    return [(a - start, b - start) for a, b in places[first:last] if b <= end]


# What a figure takes over from its sentence as it is; copying it deeply would cost a tenth of reading it.
_SLOTS = StatedFigure._fields[2:]


def _placed(stated: StatedFigure, place: Span, sentence: Span) -> Figure:
    slots: dict[str, Any] = dict(zip(_SLOTS, stated[2:], strict=True))
    return Figure(field=place.field, start=place.start, end=place.end, sentence=sentence, **slots)
