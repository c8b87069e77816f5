"""The base of a percentage: the figure that it is a part of."""

from nlp.analysis import Figure, Resolution, Span
from nlp.resolution.reading import Reading, has, phrases, words

# Between a percentage and its base.
OF = phrases("dari | dari total | dari sekitar | dari jumlah | dari seluruh | dari keseluruhan | of | of the | out of")
# Before a base that opens the sentence.
FROM = ("dari", "dari total", "dari sekitar", "of", "out of")
# What points back to the number of the sentence before.
BACKWARD = phrases(
    """
    di antaranya | diantaranya | dari jumlah itu | dari jumlah tersebut | dari total itu | dari total tersebut |
    dari angka itu | dari angka tersebut | jumlah itu | jumlah tersebut | of these | of them
    """
)
_COUNTED = frozenset({"count", "amount"})
_LONGEST_LINK = 6
_REACH = 30


def resolve_base(reading: Reading, number: int, at: int) -> Resolution | None:
    """The base of figure `number` in sentence `at`, if it is a part of a number that is told."""
    figure, told = reading.figures[number], reading.sentences[at]
    if figure.unit not in ("percent", "ratio") or figure.kind not in ("share", "level"):
        return None
    base = _behind(reading, number) or _ahead(reading, number, told.figures)
    if base is not None:
        return Resolution("base", base.surface, "pair", _span(base))
    if at and has(told.words, BACKWARD) and reading.sentences[at - 1].span.field == figure.field:
        counted = [reading.figures[n] for n in reading.sentences[at - 1].figures if reading.figures[n].kind in _COUNTED]
        if len(counted) == 1:
            return Resolution("base", counted[0].surface, "previous_sentence", _span(counted[0]))
    return None


def _behind(reading: Reading, number: int) -> Figure | None:
    """`68,05 persen dari 61,08 juta peserta`, `10,2 persen atau 400 orang dari 4.000`."""
    figure = reading.figures[number]
    for other in reading.figures[number + 1 : number + 3]:
        if other.sentence != figure.sentence or other.kind not in _COUNTED:
            return None
        gap = words(
            _text(reading, figure)[
                other.start - _REACH if other.start - figure.end > _REACH else figure.end : other.start
            ]
        )
        if len(gap.split()) <= _LONGEST_LINK and any(gap.endswith(f" {phrase} ") for phrase in OF):
            return other
    return None


def _ahead(reading: Reading, number: int, stated: tuple[int, ...]) -> Figure | None:
    """`Dari 92 juta pekerja, 35 persen …`: the first figure of the sentence."""
    first, figure = reading.figures[stated[0]], reading.figures[number]
    if first is figure or first.kind not in _COUNTED:
        return None
    opening = words(_text(reading, first)[max(first.sentence.start, first.start - _REACH) : first.start])
    return first if any(opening.endswith(f" {phrase} ") for phrase in FROM) else None


def _text(reading: Reading, figure: Figure) -> str:
    return reading.title if figure.field == "title" else reading.text


def _span(figure: Figure) -> Span:
    return Span(figure.field, figure.start, figure.end, figure.surface)
