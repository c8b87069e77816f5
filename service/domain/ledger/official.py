"""The agency's own series, and how a stated figure stands to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from service.domain.ledger.periods import Days, days_of
from service.domain.ledger.precision import printed_step, states
from service.domain.ledger.statement import Statement

POSITIONS = frozenset(
    {
        "coverage", "uncovered", "membership", "potential", "workforce", "arrears", "non_compliance", "compliance",
        "employers", "agents", "villages", "regions", "fund",
    }
)  # fmt: skip
"""Metrics that are counted at a point in time: of a year they mean its end. The others add up over their period."""

COMPARED_KINDS = frozenset({"level", "count", "amount", "share"})
"""What a series can be held against; a change, a target or a rule is none of its values."""

CURRENT_FOR = timedelta(days=400)
"""For how long the newest official value may stand for today's."""

_ANOTHER_TIME = re.compile(
    r"\b(?:sebelumnya|semula|tadinya|awalnya|dulu|dahulu|lalu|kemarin|pernah|sempat|previously|earlier|formerly|ago)\b",
    re.IGNORECASE,
)
"""A figure without a period that stands beside one of these is none of today's."""

TELLING_DIGITS = 3
"""With fewer significant digits ("40 persen") a figure says nothing about which month's value it repeats."""


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """One value of the agency's own series. `region` is an official code, "ID" for the country; `period` ISO.

    `segment` ("PU", "BPU", …) where the series is of one segment only.
    """

    metric: str
    region: str
    period: str
    value: Decimal
    unit: str
    source: str
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stated figure stands to the official series.

    agrees: the same value; rounded: the same as precisely as it was stated; differs: another value for that period;
    stale: the value of an earlier period told as that of a later one. `official` is the value it was held against (of
    a stale figure the earlier one), `difference` stated minus official, `newer` what the series says of the time that
    a stale figure was told of.
    """

    verdict: Literal["agrees", "rounded", "differs", "stale"]
    official: OfficialFigure
    difference: Decimal
    newer: OfficialFigure | None = None


def standing(statement: Statement, series: Sequence[OfficialFigure]) -> Standing | None:
    """How the statement stands to the series; None where the series says nothing of its metric, region and time.

    A figure told without a period is one of the article's day, if the metric is a position. What a change came from
    is held against nothing.
    """
    if statement.kind not in COMPARED_KINDS or "hypothetical" in statement.tags or statement.is_origin:
        return None
    rows = [(days_of(row.period), row) for row in series if _is_comparable(statement, row)]
    now = _told_of(statement, rows)
    if now is None:
        return None
    if now.value == statement.low == statement.high:
        return Standing("agrees", now, Decimal(0))
    earlier = _repeated(statement, rows, now)
    if earlier is not None and not states(statement, now.value):
        return Standing("stale", earlier, statement.low - earlier.value, now)
    difference = _distance(statement, now.value)
    return Standing("rounded" if states(statement, now.value) else "differs", now, difference)


def _is_comparable(statement: Statement, row: OfficialFigure) -> bool:
    same = (row.metric, row.region, row.unit) == (statement.metric, statement.region_code, statement.unit)
    # A part of the members is held against no series of all; "active" is what the agency's own series count.
    return same and row.segment == statement.segment and statement.program is None and statement.status != "inactive"


def _told_of(statement: Statement, rows: Sequence[tuple[Days, OfficialFigure]]) -> OfficialFigure | None:
    """What the series says of the time that the statement tells of."""
    is_position = statement.metric in POSITIONS
    if statement.period is not None:
        told = days_of(statement.period)
        for days, row in rows:
            if days == told or (is_position and days.last == told.last):
                return row
        return None
    if not is_position or statement.as_of is None or _ANOTHER_TIME.search(statement.sentence):
        return None
    return _current(statement.as_of, rows)


def _current(day: date, rows: Sequence[tuple[Days, OfficialFigure]]) -> OfficialFigure | None:
    """The newest value that was there on the day."""
    there = [(days.last, row) for days, row in rows if days.last <= day <= days.last + CURRENT_FOR]
    return max(there, key=lambda pair: pair[0])[1] if there else None


def _repeated(
    statement: Statement, rows: Sequence[tuple[Days, OfficialFigure]], now: OfficialFigure
) -> OfficialFigure | None:
    """The newest earlier value that the statement repeats to the last digit."""
    if statement.is_range or statement.comparator != "exact" or _significant_digits(statement) < TELLING_DIGITS:
        return None
    end = days_of(now.period).last
    step = printed_step(statement.surface, statement.low)
    same = [
        (days.last, row)
        for days, row in rows
        if days.last < end and abs(row.value - statement.low) <= min(step / 2, abs(row.value) / 200)
    ]
    return max(same, key=lambda pair: pair[0])[1] if same else None


def _significant_digits(statement: Statement) -> int:
    return len(str(int(statement.low / printed_step(statement.surface, statement.low))).rstrip("0"))


def _distance(statement: Statement, official: Decimal) -> Decimal:
    """Stated minus official, of a range from its nearer end; 0 inside of it."""
    if statement.low <= official <= statement.high:
        return Decimal(0)
    return (statement.low if official < statement.low else statement.high) - official
