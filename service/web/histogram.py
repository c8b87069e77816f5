"""Articles per day as bars of an SVG; geometry comes as attributes, for the pages allow no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service.domain.query import Bucket

WIDTH, HEIGHT = 720, 64
MOST_BARS = 60
_GAP = 0.18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the days it stands for, how many articles they brought, and where it is drawn."""

    first: date
    last: date
    count: int
    x: float
    y: float
    width: float
    height: float


def bars(days: Sequence[Bucket]) -> list[Bar]:
    """A bar for every day between the first and the last, days without articles included; at most 60 bars.

    A longer time is drawn in equal steps of several days that end with the last day.
    """
    if not days:
        return []
    counts = {date.fromisoformat(day.value): day.count for day in days}
    first, last = min(counts), max(counts)
    step = -(-((last - first).days + 1) // MOST_BARS)
    number = -(-((last - first).days + 1) // step)
    sums = [0] * number
    for day, count in counts.items():
        sums[number - 1 - (last - day).days // step] += count
    most, slot = max(sums), WIDTH / number
    return [
        Bar(
            first=last - timedelta(days=min(step * (number - at) - 1, (last - first).days)),
            last=last - timedelta(days=step * (number - at - 1)),
            count=count,
            x=round(at * slot, 2),
            y=round(HEIGHT - _height(count, most), 2),
            width=round(min(slot * (1 - _GAP), 40), 2),
            height=_height(count, most),
        )
        for at, count in enumerate(sums)
    ]


SPARK_WIDTH, SPARK_HEIGHT = 112, 28


def sparkline(days: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """A bar a day as x, y, width and height; a day without articles is a thin line on the ground."""
    most = max(days, default=0)
    slot = SPARK_WIDTH / max(1, len(days))
    heights = [max(SPARK_HEIGHT * count / most, 2) if count else 0.75 for count in days]
    return [
        (round(at * slot, 2), round(SPARK_HEIGHT - height, 2), round(slot * (1 - _GAP), 2), round(height, 2))
        for at, height in enumerate(heights)
    ]


def _height(count: int, most: int) -> float:
    """Proportional, yet never so small that a single article is not seen."""
    return round(max(HEIGHT * count / most, 3), 2) if count else 0
