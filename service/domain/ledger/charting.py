"""A chart of one metric in one region: what was stated over time, what was aimed at, and the official series."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from service.domain.ledger.claim import Chart, ChartPoint, Claim
from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.periods import days_of
from service.domain.ledger.statement import Statement

CHARTED_KINDS = frozenset({"level", "count", "amount", "target"})
"""Values of the metric itself; a change, a share or a rank would need an axis of its own."""

_PERCENTAGES = frozenset({"coverage", "uncovered"})


def chart_of(metric: str, region: str, claims: Iterable[Claim], official: Sequence[OfficialFigure]) -> Chart | None:
    """The chart of these claims, the earliest first; None where none of them has one value in the chart's unit.

    Percentages for coverage, else the unit that most of the claims have. Ranges have no one value and are left out.
    """
    charted = [it for it in claims if it.statement.kind in CHARTED_KINDS and not it.statement.is_range]
    units = Counter(claim.statement.unit for claim in charted)
    unit = "percent" if metric in _PERCENTAGES else max(units, key=lambda it: (units[it], it), default="")
    points = [_point(claim) for claim in charted if claim.statement.unit == unit]
    if not points:
        return None
    points.sort(key=lambda point: (point.day, point.claim_id))
    return Chart(metric, region, unit, tuple(points), tuple(row for row in official if row.unit == unit))


def _point(claim: Claim) -> ChartPoint:
    statement = claim.statement
    return ChartPoint(
        day=_day(statement),
        value=statement.low,
        claim_id=claim.id,
        statement=statement,
        outlets=claim.outlets,
        role="target" if statement.kind == "target" else "stated",
        has_conflict=claim.has_conflict,
    )


def _day(statement: Statement) -> date:
    """The end of the period that it speaks of; what is stated of a period that goes on stands at its article's day."""
    try:
        end = None if statement.period is None else days_of(statement.period).last
    except ValueError:
        end = None
    if end is None:
        return statement.day
    return end if statement.kind == "target" else min(end, statement.day)
