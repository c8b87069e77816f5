"""An article's title and text cut into segments at the places that the analysis names.

Offsets may nest, overlap, reach beyond the text or be plainly wrong: every segment only knows which layers cover it,
and a template writes one element a segment, so that the markup is well-formed whatever was stored.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from nlp.analysis import Analysis, Field, Figure

LONGEST_SHOWN = 40_000
"""Characters of a text that a page shows; the rest is a click away at the outlet."""

LONGEST_TITLE = 400

MOST_FIGURES = 200

MOST_LAYERS = 600
"""Places that are marked in one field; a real article has some dozens."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same layers. `opens` is set on a figure's first segment, which carries its anchor."""

    text: str
    figure: int | None = None
    opens: bool = False
    closes: bool = False
    mention: str | None = None
    quote: bool = False
    evidence: bool = False

    @property
    def classes(self) -> str:
        """The names of its layers, as class names."""
        layers = {
            "figure": self.figure is not None,
            "evidence": self.evidence,
            "quote": self.quote,
            "mention": self.mention is not None,
        }
        return " ".join(name for name, present in layers.items() if present)


@dataclass(frozen=True, slots=True)
class _Layer:
    start: int
    end: int
    kind: str
    value: str = ""
    number: int = 0


def figure_anchor(sentence: str, surface: str) -> str:
    """The name of a figure's place, the same for the article's page and for the table of figures."""
    return "angka-" + hashlib.blake2b(f"{sentence}\n{surface}".encode(), digest_size=6).hexdigest()


def anchors(figures: Iterable[Figure]) -> list[str]:
    """The figures' anchors in order, told apart where a sentence states the same words twice."""
    seen: Counter[str] = Counter()
    names = []
    for figure in figures:
        name = figure_anchor(figure.sentence.text, figure.surface)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def shown_figures(analysis: Analysis) -> tuple[Figure, ...]:
    """The figures that the page lists, in reading order: the title's first."""
    return tuple(sorted(analysis.figures, key=reading_order)[:MOST_FIGURES])


def reading_order(figure: Figure) -> tuple[bool, int]:
    """Where a figure stands among those of its article: the title's first."""
    return (figure.field != "title", figure.start)


def title_segments(title: str, analysis: Analysis) -> list[Segment]:
    """The title with its figures and mentions marked, cut where no honest title goes on."""
    return list(_segments(title, 0, min(len(title), LONGEST_TITLE), _layers(analysis, "title")))


def paragraphs(text: str, analysis: Analysis) -> list[list[Segment]]:
    """The text's paragraphs with figures, mentions, quotes and evidence marked; empty lines are left out."""
    layers = _layers(analysis, "text")
    shown: list[list[Segment]] = []
    start = 0
    for line in text[:LONGEST_SHOWN].split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [layer for layer in layers if layer.start < end and layer.end > start]
            shown.append(list(_segments(text, start, end, inside)))
        start = end + 1
    return shown


def _layers(analysis: Analysis, field: Field) -> list[_Layer]:
    figures = (
        _Layer(figure.start, figure.end, "figure", number=number)
        for number, figure in enumerate(shown_figures(analysis), start=1)
        if figure.field == field
    )
    mentions = (
        _Layer(mention.start, mention.end, "mention", mention.kind)
        for mention in analysis.mentions
        if mention.field == field and mention.kind != "lookalike"
    )
    quotes = (_Layer(quote.start, quote.end, "quote") for quote in analysis.quotes if quote.field == field)
    evidence = (_Layer(span.start, span.end, "evidence") for span in analysis.sentiment.evidence if span.field == field)
    sound = (layer for layer in (*figures, *mentions, *quotes, *evidence) if 0 <= layer.start < layer.end)
    return list(islice(sound, MOST_LAYERS))


def _segments(text: str, start: int, end: int, layers: Iterable[_Layer]) -> Iterator[Segment]:
    """The characters [start, end) cut at every edge of a layer."""
    inside = [layer for layer in layers if layer.start < end and layer.end > start]
    edges = {start, end}
    for layer in inside:
        edges |= {max(layer.start, start), min(layer.end, end)}
    for first, last in pairwise(sorted(edges)):
        yield _segment(
            text[first:last], first, last, [layer for layer in inside if layer.start < last and layer.end > first]
        )


def _segment(text: str, first: int, last: int, covering: list[_Layer]) -> Segment:
    kinds = {layer.kind for layer in covering}
    figure = min((layer for layer in covering if layer.kind == "figure"), key=lambda layer: layer.start, default=None)
    return Segment(
        text=text,
        figure=figure.number if figure is not None else None,
        opens=figure is not None and figure.start == first,
        closes=figure is not None and figure.end == last,
        mention=next((layer.value for layer in covering if layer.kind == "mention"), None),
        quote="quote" in kinds,
        evidence="evidence" in kinds,
    )
