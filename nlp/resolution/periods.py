"""The period of a figure whose sentence tells none: carried from the sentence before, or from where it is restated.

A wrong period is worse than none: a sentence with any word of the calendar, of another time or of an aim gets nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nlp.analysis import Figure, Origin, Resolution, Span
from nlp.figures.lexicon import tokenise
from nlp.figures.periods import MONTHS, QUARTER_WORDS, WEEKDAYS, find_periods
from nlp.resolution.continuation import continues, is_of_one_tally, points_back
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
_LONGEST_CHAIN = 3  # sentences that a period is handed on
_LONGEST_SENTENCE = 1_000
_MOST_ROUNDED = 0.02  # of the value

_MOST_COMPARED = 40  # figures of the text with one of the headline; what follows restates nothing


@dataclass(frozen=True, slots=True)
class _Handed:
    """A period that is handed on from sentence to sentence: where it was read, and how many sentences ago."""

    period: str
    source: Span
    steps: int = 0


class Periods:
    """The periods of an article's figures, told sentence by sentence: one can be handed on to the next."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._handed: dict[int, _Handed] = {}
        self._timed: dict[int, bool] = {}

    def resolve(self, number: int, at: int) -> Resolution | None:
        """The period of figure `number` in sentence `at`. Sentences are to be asked in their order."""
        figure, told = self._reading.figures[number], self._reading.sentences[at]
        if figure.kind in _UNDATED or "hypothetical" in figure.tags:
            return None
        if figure.period is not None:
            self._handed[number] = _Handed(figure.period, told.span)
            return None
        handed = self._from_before(figure, at)
        restated = _restated(self._reading, figure)
        if restated is not None and restated.period is not None:
            self._handed[number] = _Handed(restated.period, restated.sentence)
            origin: Origin = "headline" if restated.field == "title" else "article"
            return Resolution("period", restated.period, origin, restated.sentence)
        if handed is None:
            return None
        self._handed[number] = handed
        return Resolution("period", handed.period, "previous_sentence", handed.source)

    def _from_before(self, figure: Figure, at: int) -> _Handed | None:
        """What the sentence before hands on."""
        told, before = self._reading.sentences[at], self._reading.before(at)
        if before is None or self._tells_its_own_time(at):
            return None
        if told.paragraph != before.paragraph and not points_back(told.words):
            return None
        if not before.figures:
            found = _dated_by(before, told, self._reading.published)
            return _Handed(found, before.span, 1) if found is not None else None
        dated = [n for n in before.figures if n in self._handed]
        handed = [self._handed[n] for n in dated]
        if len({it.period for it in handed}) != 1 or handed[0].steps >= _LONGEST_CHAIN:
            return None
        others = [self._reading.figures[n] for n in dated]
        if not continues(told.words) and not self._is_told_together(figure, others, at):
            return None
        return _Handed(handed[0].period, handed[0].source, handed[0].steps + 1)

    def _is_told_together(self, figure: Figure, others: Sequence[Figure], at: int) -> bool:
        """Whether nothing but the subject ties the sentences: then paragraph, place and time must not have changed."""
        told, before = self._reading.sentences[at], self._reading.sentences[at - 1]
        if told.paragraph != before.paragraph or not is_of_one_tally(figure, others):
            return False
        moved = figure.region is not None and all(other.region != figure.region for other in others)
        return not moved and not self._looked_back(at - 1)

    def _looked_back(self, at: int) -> bool:
        """Whether sentence `at` told another time than the one before it, so that the article may have come back."""
        told, before = self._reading.sentences[at], self._reading.before(at)
        if before is None or before.paragraph != told.paragraph:
            return False
        times = {self._handed[n].period for it in (told, before) for n in it.figures if n in self._handed}
        return len(times) > 1

    def _tells_its_own_time(self, at: int) -> bool:
        if at not in self._timed:
            told = self._reading.sentences[at]
            dated = any(self._reading.figures[n].period for n in told.figures)
            calendar = not CALENDAR.isdisjoint(told.words.split())
            self._timed[at] = dated or calendar or has(told.words, TURNING)
        return self._timed[at]


def _dated_by(before: Told, told: Told, published: date | None) -> str | None:
    """`Klaim itu dibayarkan dari Januari sampai September.`: the time of the figures in the sentence after it."""
    if before.paragraph != told.paragraph:
        return None
    found = find_periods(tokenise(before.span.text[:_LONGEST_SENTENCE]), published)
    if len(found) != 1 or found[0].iso is None or not (found[0].as_of or "/" in found[0].iso):
        return None
    if not any(topic in told.words and topic in before.words for topic in TOPICS):
        return None
    return found[0].iso


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
