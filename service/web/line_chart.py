"""A chart of claims over time as an SVG; geometry comes as attributes, for the pages allow no inline style."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from service.domain.ledger.claim import Chart, ChartPoint
from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.periods import days_of
from service.domain.wording.language import say
from service.domain.wording.numbers import number
from service.domain.wording.times import short_month

WIDTH, HEIGHT = 1080, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 16, 22, 30
"""Room for the axes, in the SVG's units."""

MOST_POINTS = 200
_Y_STEPS = 4
_X_STEPS = 6
_LEAST_SPAN = timedelta(days=60)
_AHEAD = 0.08
"""How much of the axis lies after the last day of which anything is stated; later targets stand at its end."""

_LINE = 18
_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_SCALES = (
    (Decimal(10) ** 12, "{value} T"),
    (Decimal(10) ** 9, "{value} M"),
    (Decimal(10) ** 6, "{value} jt"),
    (Decimal(10) ** 3, "{value} rb"),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A claim in its place."""

    x: float
    y: float
    point: ChartPoint


@dataclass(frozen=True, slots=True)
class Pin:
    """The month of a target that stands at the end of the axis, for its day lies after it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn.

    `official` is the polyline of the series with its `marks`, `aims` the steps from one target to the next; both are
    empty where there is nothing to join. `pins` tell of targets at the end of the axis for when they are.
    """

    dots: tuple[Dot, ...]
    targets: tuple[Dot, ...]
    official: str
    marks: tuple[tuple[float, float, OfficialFigure], ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    aims: str = ""
    pins: tuple[Pin, ...] = ()


def draw(chart: Chart) -> Drawing:
    """The chart in the SVG's units, y downwards; the newest points where there are more than anybody can tell apart."""
    points = sorted(chart.points, key=lambda point: point.day)[-MOST_POINTS:]
    series = sorted(((days_of(row.period).last, row) for row in chart.official), key=lambda pair: pair[0])
    days = [point.day for point in points] + [day for day, _ in series]
    if not days:
        return Drawing((), (), "", (), (), ())
    stated = [point.day for point in points if point.role == "stated"] + [day for day, _ in series]
    first, last = _span(days, stated)
    top, step = _ceiling([point.value for point in points] + [row.value for _, row in series])
    x, y = _x_scale(first, last), _y_scale(top)
    marks = tuple((x(day), y(row.value), row) for day, row in series)
    dots = [Dot(x(point.day), y(point.value), point) for point in points]
    targets = tuple(dot for dot in dots if dot.point.role == "target")
    return Drawing(
        dots=tuple(dot for dot in dots if dot.point.role == "stated"),
        targets=targets,
        official=" ".join(f"{at},{height}" for at, height, _ in marks) if len(marks) > 1 else "",
        marks=marks,
        x_ticks=_x_ticks(first, last, x),
        y_ticks=tuple(Tick(y(step * at), _short(step * at)) for at in range(int(top / step) + 1)),
        aims=_steps(targets),
        pins=_pins([dot for dot in targets if dot.point.day > last]),
    )


def _span(days: Sequence[date], stated: Sequence[date]) -> tuple[date, date]:
    """The first and the last day of the axis, which ends shortly after what is stated, whatever is aimed at later."""
    last = max(stated or days)
    first = min(min(days), last - _LEAST_SPAN)
    return first, last + (last - first) * _AHEAD if stated else last


def _pins(later: Sequence[Dot]) -> tuple[Pin, ...]:
    """The months of these targets beside them, as far as no label covers another."""
    pins: list[Pin] = []
    for dot in sorted(later, key=lambda dot: (dot.y, dot.point.day)):
        if not pins or dot.y - pins[-1].y >= _LINE:
            pins.append(Pin(dot.x, dot.y, _month(dot.point.day)))
    return tuple(pins)


def _month(day: date) -> str:
    return f"{short_month(day)} {day.year % 100:02}"


def _steps(dots: Sequence[Dot]) -> str:
    """A polyline through what was last aimed at for each day: a target holds from the one before it to its day."""
    last: dict[date, Dot] = {}
    for dot in sorted(dots, key=lambda dot: (dot.point.day, dot.point.statement.moment)):
        last[dot.point.day] = dot
    if len(last) < 2:
        return ""
    joined = list(last.values())
    corners = [f"{joined[0].x},{joined[0].y}"]
    for before, dot in pairwise(joined):
        corners += [f"{before.x},{dot.y}", f"{dot.x},{dot.y}"]
    return " ".join(corners)


def _ceiling(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """A round number at or above all values, and the step between the marks below it."""
    most = max([*values, Decimal(0)]) or Decimal(1)
    rough = most / _Y_STEPS
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * nice for nice in _NICE if size * nice >= rough)
    return step * (most / step).to_integral_value(ROUND_CEILING), step


def _x_scale(first: date, last: date) -> Callable[[date], float]:
    span = (last - first).days
    return lambda day: round(LEFT + (WIDTH - LEFT - RIGHT) * (min(day, last) - first).days / span, 1)


def _y_scale(top: Decimal) -> Callable[[Decimal], float]:
    return lambda value: round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(value / top), 1)


def _x_ticks(first: date, last: date, x: Callable[[date], float]) -> tuple[Tick, ...]:
    """Firsts of months, in steps of 1, 3, 6 or 12 months and their multiples, so that no label meets its neighbour."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in (1, 2, 3, 6) if months <= step * _X_STEPS), -(-months // (12 * _X_STEPS)) * 12)
    ticks = []
    begin = first.year * 12 + first.month - 1
    for month in range(begin - begin % step, last.year * 12 + last.month, step):
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            label = str(day.year) if step >= 12 else _month(day)
            ticks.append(Tick(x(day), label))
    return tuple(ticks)


def _short(value: Decimal) -> str:
    """A number for an axis: "40", "2,5 jt"."""
    for size, scaled in _SCALES:
        if value >= size:
            return say(scaled, value=number(float(value / size)))
    return number(float(value))
