"""The period of a figure whose sentence tells none: carried from the sentence before, or from where it is restated.

A wrong period is worse than none: a sentence with any word of the calendar, of another time or of an aim gets nothing.
"""

from collections.abc import Mapping

from nlp.analysis import Figure, Resolution, Span
from nlp.figures.lexicon import tokenise
from nlp.figures.periods import MONTHS, QUARTER_WORDS, WEEKDAYS, find_periods
from nlp.resolution.continuation import continues, is_of_one_tally
from nlp.resolution.reading import Reading, Told, has, phrases, words

# What turns to another time, or tells of no time at all.
TURNING = phrases(
    """
    sebelumnya | dahulu | dulu | ke depan | mendatang | nantinya | kini | saat ini | sekarang | hari ini | selama ini |
    setiap tahun | setiap bulan | per bulan | tiap bulan | per tahun | setahun | sebulan | sejak | pernah | semula |
    awalnya | berikutnya | selanjutnya | kemarin | lusa | tadi | nanti | rencananya | akan | currently | previously |
    now | today | since | every year | per month
    """
)
CALENDAR = frozenset({*MONTHS, *QUARTER_WORDS, *WEEKDAYS, "tahun", "bulan", "pekan", "year", "month", "lebaran"}) - {
    "may",
    "mar",
    "jum",
    "tw",
}
"""Words of dates; a sentence that has one tells its own time, read or not."""
# A sentence without figures dates the next one only where both speak of one of these.
TOPICS = phrases("klaim | iuran | peserta | kepesertaan | cakupan | santunan | tunggakan | piutang | beasiswa | claims")

_UNDATED = frozenset({"rule", "target", "rank"})
_LONGEST_CHAIN = 3
_MOST_ROUNDED = 0.02  # of the value

Carried = tuple[str, Span, int]
"""A period that the sentence before handed on, where it was read, and how many sentences ago."""


def resolve_period(reading: Reading, number: int, at: int, carried: Mapping[int, Carried]) -> Resolution | None:
    """The period of figure `number` in sentence `at`; `carried` are those of earlier figures, by number."""
    figure = reading.figures[number]
    if figure.period is not None or figure.kind in _UNDATED or "hypothetical" in figure.tags:
        return None
    restated = _restated(reading, figure)
    if restated is not None and restated.period is not None:
        origin = "headline" if restated.field == "title" else "article"
        return Resolution("period", restated.period, origin, restated.sentence)
    handed = carry(reading, number, at, carried)
    return Resolution("period", handed[0], "previous_sentence", handed[1]) if handed is not None else None


def carry(reading: Reading, number: int, at: int, carried: Mapping[int, Carried]) -> Carried | None:
    """What the sentence before hands on to figure `number` of sentence `at`."""
    told, before = reading.sentences[at], reading.before(at)
    if before is None or told.paragraph - before.paragraph > 1 or _tells_its_own_time(reading, told):
        return None
    if not before.figures:
        return _dated_by(reading, before, told)
    dated = [(n, _period_of(reading, n, before, carried)) for n in before.figures]
    found = [(n, period) for n, period in dated if period is not None]
    if len({period[0] for _, period in found}) != 1:
        return None
    pointed = continues(told.words)
    figure, others = reading.figures[number], [reading.figures[n] for n, _ in found]
    near = told.paragraph == before.paragraph and is_of_one_tally(figure, others)
    elsewhere = figure.region is not None and all(other.region != figure.region for other in others)
    if not pointed and (elsewhere or not near):
        return None
    value, source, steps = found[0][1]
    return (value, source, steps + 1) if steps < _LONGEST_CHAIN else None


def _period_of(reading: Reading, number: int, before: Told, carried: Mapping[int, Carried]) -> Carried | None:
    figure = reading.figures[number]
    if figure.period is not None:
        return None if figure.kind in _UNDATED else (figure.period, before.span, 0)
    return carried.get(number)


def _tells_its_own_time(reading: Reading, told: Told) -> bool:
    if any(reading.figures[n].period for n in told.figures) or has(told.words, TURNING):
        return True
    return not CALENDAR.isdisjoint(told.words.split())


def _dated_by(reading: Reading, before: Told, told: Told) -> Carried | None:
    """`Klaim itu dibayarkan dari Januari sampai September.`: the time of the figures in the sentence after it."""
    if before.paragraph != told.paragraph:
        return None
    found = find_periods(tokenise(before.span.text), reading.published)
    if len(found) != 1 or found[0].iso is None or not (found[0].as_of or "/" in found[0].iso):
        return None
    both = f"{before.span.text} ".lower()
    if not any(f" {topic} " in told.words and topic in both for topic in TOPICS):
        return None
    return found[0].iso, before.span, 1


def _restated(reading: Reading, figure: Figure) -> Figure | None:
    """The same figure with a period: of the headline in the text, or of the text in the headline."""
    others = [reading.figures[n] for n in (_titled(reading) if figure.field == "text" else _of_text(reading))]
    same = [other for other in others if other.period and other.kind == figure.kind and _is_same(figure, other)]
    if len({other.period for other in same}) != 1:
        return None
    # What is only nearly the number of the headline may be that of another time.
    nearly = same[0].value != figure.value
    return None if nearly and has(words(figure.sentence.text), TURNING) else same[0]


def _titled(reading: Reading) -> tuple[int, ...]:
    first = reading.sentences[0]
    return first.figures if first.span.field == "title" else ()


_MOST_COMPARED = 40  # of the text with one of the headline; what follows restates nothing


def _of_text(reading: Reading) -> list[int]:
    first = len(_titled(reading))
    return list(range(first, min(len(reading.figures), first + _MOST_COMPARED)))


def _is_same(figure: Figure, other: Figure) -> bool:
    if figure.unit != other.unit or figure.direction != other.direction or not is_of_one_tally(figure, [other]):
        return False
    titled, detailed = (figure, other) if figure.field == "title" else (other, figure)
    if isinstance(titled.value, tuple) or isinstance(detailed.value, tuple):
        return titled.value == detailed.value
    return titled.value == detailed.value or _is_rounded(titled.value, detailed.value)


def _is_rounded(short: float, exact: float) -> bool:
    """`Rp90 miliar` in the headline for `Rp90,4 miliar`: the same to the last digit that is printed."""
    step = 1.0
    while short and step < short and short % (step * 10) == 0:
        step *= 10
    return step > 1 and abs(short - exact) <= min(step / 2, abs(exact) * _MOST_ROUNDED)
