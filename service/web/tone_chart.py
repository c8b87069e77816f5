"""Articles over time by tone as stacked bars of an SVG; geometry comes as attributes: pages allow no inline style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

WIDTH, HEIGHT = 720, 150
LEFT, BOTTOM = 34, 18
"""Room for the axes, in the SVG's units."""

TONES = ("positive", "neutral", "negative")
"""From the ground up, so that the negative ones stand out at the top."""

_GAP = 0.22
_WIDEST = 44.0
_LEAST = 2.0
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a bar that is of one tone."""

    tone: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar: its place, its pieces from the ground up, and how many articles of each tone it stands for."""

    x: float
    width: float
    pieces: tuple[Piece, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The articles of all tones."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class StackedBars:
    """All bars, and the lines behind them as height and number."""

    bars: tuple[StackedBar, ...]
    lines: tuple[tuple[float, int], ...]


def stacked(columns: Sequence[Mapping[str, int]]) -> StackedBars:
    """A bar for each column of counts by tone, all to one scale that begins at nothing."""
    most = max((sum(column.values()) for column in columns), default=0)
    top, step = _scale(most)
    slot = (WIDTH - LEFT) / max(1, len(columns))
    width = min(slot * (1 - _GAP), _WIDEST)
    bars = [
        StackedBar(round(LEFT + at * slot + (slot - width) / 2, 2), round(width, 2), _pieces(column, top), dict(column))
        for at, column in enumerate(columns)
    ]
    lines = tuple((_y(value, top), value) for value in range(0, top + 1, step))
    return StackedBars(tuple(bars), lines)


def _pieces(column: Mapping[str, int], top: int) -> tuple[Piece, ...]:
    pieces, ground = [], float(HEIGHT - BOTTOM)
    for tone in TONES:
        articles = column.get(tone, 0)
        if articles:
            height = max((HEIGHT - BOTTOM - _y(top, top)) * articles / top, _LEAST)
            ground -= height
            pieces.append(Piece(tone, articles, round(ground, 2), round(height, 2)))
    return tuple(pieces)


def _scale(most: int) -> tuple[int, int]:
    """A round number at or above the highest bar, and the step between at most six lines."""
    step = next(number * 10**power for power in count() for number in _STEPS if most <= 5 * number * 10**power)
    return max(1, -(-most // step)) * step, step


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 8) * value / top, 2)
