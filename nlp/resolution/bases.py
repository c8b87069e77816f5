"""The base of a percentage: the figure that it is a part of."""

from nlp.analysis import Figure, Resolution
from nlp.resolution.reading import Reading, Told, has, phrases, span_of, words

# Between a percentage and its base.
OF = phrases(
    """
    dari | dari total | dari sekitar | dari jumlah | dari seluruh | dari keseluruhan | dari sebanyak | dari potensi |
    of | of the | out of | of some | of about
    """
)
# Before a base that opens the sentence.
FROM = phrases(
    """
    dari | dari total | dari sekitar | dari seluruh | dari sebanyak | dari keseluruhan | dari potensi | of | out of |
    of the
    """
)
# Right behind a percentage of what was counted before.
AMONG = phrases("di antaranya | diantaranya | dari jumlah itu | dari jumlah tersebut | of them | of these")
# What points back to the number of the sentence before, also from another paragraph.
BACKWARD = phrases(
    """
    dari jumlah itu | dari jumlah tersebut | dari jumlah ini | dari total itu | dari total tersebut |
    dari angka itu | dari angka tersebut | of that number
    """
)
_COUNTED = frozenset({"count", "amount"})
_PARTS = frozenset({"share", "level", "target"})
_LONGEST_LINK = 6
_REACH = 30


def resolve_base(reading: Reading, number: int, at: int) -> Resolution | None:
    """The base of figure `number` in sentence `at`, if it is a part of a number that is told."""
    figure, told = reading.figures[number], reading.sentences[at]
    if figure.unit not in ("percent", "ratio") or figure.kind not in _PARTS:
        return None
    among = _is_among(reading, figure)
    base = _behind(reading, number) or _opening(reading, number, told) or (_just_before(reading, number, among))
    if base is not None:
        return Resolution("base", base.surface, "pair", span_of(base))
    before = reading.before(at)
    if before is None or not (has(told.words, BACKWARD) or (among and before.paragraph == told.paragraph)):
        return None
    counted = [reading.figures[n] for n in before.figures if reading.figures[n].kind in _COUNTED]
    if len(counted) != 1:
        return None
    return Resolution("base", counted[0].surface, "previous_sentence", span_of(counted[0]))


def _is_among(reading: Reading, figure: Figure) -> bool:
    """`40 persen di antaranya`, `separuhnya`."""
    if "suffix_nya" in figure.tags or figure.surface.lower().endswith("nya"):
        return True
    behind = words(reading.field(figure.field)[figure.end : figure.end + _REACH])
    return any(behind.startswith(phrase) for phrase in AMONG)


def _behind(reading: Reading, number: int) -> Figure | None:
    """`68,05 persen dari 61,08 juta peserta`, `10,2 persen atau 400 orang dari 4.000`."""
    figure = reading.figures[number]
    for other in reading.figures[number + 1 : number + 3]:
        if other.sentence != figure.sentence or other.kind not in _COUNTED:
            return None
        gap = words(reading.field(figure.field)[max(figure.end, other.start - _REACH) : other.start])
        if len(gap.split()) <= _LONGEST_LINK and any(gap.endswith(phrase) for phrase in OF):
            return other
    return None


def _opening(reading: Reading, number: int, told: Told) -> Figure | None:
    """`Dari 92 juta pekerja, 35 persen …`: the first figure of the sentence."""
    first = reading.figures[told.figures[0]]
    if told.figures[0] == number or first.kind not in _COUNTED:
        return None
    opening = words(reading.field(first.field)[max(told.span.start, first.start - _REACH) : first.start])
    return first if any(opening.endswith(phrase) for phrase in FROM) else None


def _just_before(reading: Reading, number: int, among: bool) -> Figure | None:
    """`1.400 orang terdaftar, 45 persen di antaranya nelayan`."""
    if not among or number == 0:
        return None
    other = reading.figures[number - 1]
    return other if other.sentence == reading.figures[number].sentence and other.kind in _COUNTED else None
