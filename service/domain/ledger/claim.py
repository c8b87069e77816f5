"""A claim: one figure however many outlets restate it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from service.domain.ledger.checks import Finding
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.statement import Statement

Status = Literal[
    "conflict", "explained", "differs", "stale", "agrees", "unreviewed", "confirmed", "corrected", "rejected"
]
"""What claims can be filtered by: unexplained findings, findings that definitions may explain, how it stands to the
official series ("agrees" includes rounding), and what a person decided.
"""


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What the ledger is asked for; None and "" mean any.

    `region` is an official code (a province includes its kabupaten and kota, "ID" is the country alone), or a part of
    the place as written. `period` is ISO; a year includes its months. `text` is a part of the sentence or the title.
    `since` and `until` are days in Asia/Jakarta on which it was printed. Statutory constants come with `rules` only.
    """

    metric: str | None = None
    region: str | None = None
    period: str | None = None
    outlet: str | None = None
    status: Status | None = None
    kind: str | None = None
    text: str | None = None
    since: date | None = None
    until: date | None = None
    rules: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure with its spread. `statement` is the newest that states it, one of a headline only where there is no
    other; `outlets` and `statements` count; `standing` is against the official series.
    """

    id: str
    statement: Statement
    statements: int
    outlets: int
    first: datetime
    last: datetime
    findings: tuple[Finding, ...] = ()
    standing: Standing | None = None

    @property
    def has_conflict(self) -> bool:
        """Whether something about it does not add up and nothing explains that."""
        return any(finding.is_conflict for finding in self.findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as a claim tells them: those that nothing explains first."""
    return tuple(sorted(findings, key=lambda it: (not it.is_conflict, it.check, it.statements)))


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One page of the ledger: claims with conflicts first, then the newest. `conflicts` counts all that match."""

    total: int
    conflicts: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One claim on a chart: its value at the time it speaks of."""

    day: date
    value: Decimal
    claim_id: str
    statement: Statement
    outlets: int
    role: Literal["stated", "target"]
    has_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What was stated of one metric in one region over time, what was aimed at, and the official series."""

    metric: str
    region: str
    unit: str
    points: tuple[ChartPoint, ...]
    official: tuple[OfficialFigure, ...] = ()
