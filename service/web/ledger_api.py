"""Buku Angka as JSON, for other programs of the agency."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict

from service.domain.ledger.claim import Claim, LedgerFilter, Status
from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.statement import Statement
from service.domain.wording.findings import arithmetic, explanation
from service.errors import ReviewError, UnknownStatement
from service.web.address import BadAddress
from service.web.api_values import Day
from service.web.desk import Desk, NotFound
from service.web.ledger_view import placed
from service.web.visitor import needs, visitor

MOST_FIGURES = 500
MOST_CLAIMS = 200
FURTHEST = 1_000_000

_Short = Annotated[str | None, Query(max_length=120)]
_ISO_PERIOD = r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"
_Period = Annotated[str | None, Query(pattern=_ISO_PERIOD)]
_Rules = Annotated[bool, Query(description="also statutory constants")]
_Offset = Annotated[int, Query(ge=0, le=FURTHEST)]


def _asked(
    metric: _Short = None,
    region: _Short = None,
    period: _Period = None,
    outlet: _Short = None,
    status: Status | None = None,
    kind: _Short = None,
    text: _Short = None,
    since: Day | None = None,
    until: Day | None = None,
    rules: _Rules = False,
) -> LedgerFilter:
    return LedgerFilter(metric, region, period, outlet, status, kind, text, since, until, rules)


_Asked = Annotated[LedgerFilter, Depends(_asked)]
_Id = Annotated[str, Path(max_length=64)]


class _Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ResolvedOut(_Model):
    """A slot that the figure's sentence leaves open: its value, by which rule it was found, and where."""

    slot: str
    value: str
    origin: str
    source: str


class FigureRowOut(_Model):
    """One statement; `sentence_offset` is where `surface` begins in `sentence`. The text is as printed: escape it."""

    id: str
    claim_id: str
    article_id: str
    url: str
    outlet: str
    title: str
    day: date
    metric: str
    kind: str
    value: float | tuple[float, float]
    unit: str
    surface: str
    sentence: str
    sentence_offset: int
    direction: str | None
    comparator: str
    from_value: float | None
    to_value: float | None
    segment: str | None
    program: str | None
    status: str | None
    period: str | None
    as_of: date | None
    region: str | None
    region_code: str | None
    speaker: str | None
    speaker_title: str | None
    confidence: float
    tags: list[str]
    resolved: list[ResolvedOut]
    verdict: str | None


class FiguresOut(_Model):
    """A page of statements, the newest first."""

    total: int
    figures: list[FigureRowOut]


class FindingOut(_Model):
    """Something that does not add up: the statements involved, and the arithmetic in Indonesian words."""

    check: str
    is_conflict: bool
    statements: list[str]
    arithmetic: str
    explanation: str


class OfficialOut(_Model):
    """One value of the agency's own series."""

    metric: str
    region: str
    period: str
    value: float
    unit: str
    source: str
    segment: str | None


class StandingOut(_Model):
    """How a claim stands to the official series; `difference` is stated minus official."""

    verdict: Literal["agrees", "rounded", "differs", "stale"]
    official: OfficialOut
    difference: float
    newer: OfficialOut | None


class ClaimOut(_Model):
    """One figure however many outlets restate it, told by its newest statement."""

    id: str
    statement: FigureRowOut
    statements: int
    outlets: int
    first: datetime
    last: datetime
    findings: list[FindingOut]
    standing: StandingOut | None


class ClaimsOut(_Model):
    """A page of claims, those with a conflict first; `conflicts` counts all that match."""

    total: int
    conflicts: int
    claims: list[ClaimOut]


class ClaimDetailOut(ClaimOut):
    """A claim with everything that states it, the first printed first."""

    restatements: list[FigureRowOut]


class PointOut(_Model):
    """One claim on a chart."""

    day: date
    value: float
    role: Literal["stated", "target"]
    claim_id: str
    outlets: int
    has_conflict: bool


class ChartOut(_Model):
    """What was stated of a metric in a region over time, and the official series."""

    metric: str
    region: str
    unit: str
    points: list[PointOut]
    official: list[OfficialOut]


class ReviewIn(BaseModel):
    """A decision about a figure. `verdict` null takes the former ones back; `changes` only with "corrected"."""

    model_config = ConfigDict(extra="forbid", str_max_length=500)

    verdict: Literal["confirmed", "corrected", "rejected"] | None
    changes: dict[str, str | float | tuple[float, float] | None] = {}
    note: str = ""


def add_ledger_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    @router.get("/api/v1/figures")
    def figures(
        asked: _Asked,
        limit: Annotated[int, Query(ge=1, le=MOST_FIGURES)] = 100,
        offset: _Offset = 0,
    ) -> FiguresOut:
        """Statements of the ledger, the newest first."""
        total, stated = desk.ledger.find(placed(desk, asked), limit=limit, offset=offset)
        return FiguresOut(total=total, figures=[_figure(it) for it in stated])

    @router.get("/api/v1/figures/claims")
    def claims(
        asked: _Asked,
        limit: Annotated[int, Query(ge=1, le=MOST_CLAIMS)] = 50,
        offset: _Offset = 0,
    ) -> ClaimsOut:
        """Claims, those with a conflict first, then the newest."""
        page = desk.ledger.claims(placed(desk, asked), limit=limit, offset=offset)
        return ClaimsOut(total=page.total, conflicts=page.conflicts, claims=[_claim(desk, it) for it in page.claims])

    @router.get("/api/v1/figures/claims/{claim_id}")
    def claim(claim_id: _Id) -> ClaimDetailOut:
        """One claim with everything that states it."""
        found = desk.ledger.claim(claim_id)
        if found is None:
            raise NotFound
        restatements = [_figure(it) for it in desk.ledger.restatements(claim_id)]
        return ClaimDetailOut(**_claim(desk, found).model_dump(), restatements=restatements)

    @router.get("/api/v1/figures/official")
    def official(metric: _Short = None, region: _Short = None) -> list[OfficialOut]:
        """The agency's own series, by metric, region and period."""
        return [_official(it) for it in desk.ledger.official(metric, region)]

    @router.get("/api/v1/figures/chart")
    def chart(metric: Annotated[str, Query(max_length=120)], region: Annotated[str, Query(max_length=120)]) -> ChartOut:
        """What was stated of the metric in the region over time; 404 where nothing was."""
        found = desk.ledger.chart(metric, region)
        if found is None:
            raise NotFound
        points = [PointOut.model_validate(it) for it in found.points]
        series = [_official(it) for it in found.official]
        return ChartOut(metric=metric, region=region, unit=found.unit, points=points, official=series)

    @router.post("/api/v1/figures/{statement_id}/review", dependencies=[needs("decide")])
    def review(statement_id: _Id, decision: ReviewIn) -> FigureRowOut:
        """Record what you decided about a figure; the statement as it is after it. It is kept under your name."""
        try:
            after = desk.decide(statement_id, decision.verdict, visitor().name, decision.changes, decision.note)
        except UnknownStatement as error:
            raise NotFound from error
        except ReviewError as error:
            raise BadAddress(str(error)) from error
        told = f"{decision.verdict or 'withdrawn'}: {after.surface}, angka {after.id}"[:200]
        desk.people.record(visitor().actor, "figure-decided", told)
        return _figure(after)


def _figure(it: Statement) -> FigureRowOut:
    fields = asdict(it) | {
        "claim_id": it.claim_id,
        "value": (float(it.low), float(it.high)) if it.is_range else float(it.low),
        "sentence_offset": it.offset,
        "from_value": _number(it.from_),
        "to_value": _number(it.to),
        "tags": list(it.tags),
        "resolved": [
            ResolvedOut(slot=of.slot, value=of.value, origin=of.origin, source=of.source.text) for of in it.resolved
        ],
    }
    return FigureRowOut.model_validate({name: fields[name] for name in FigureRowOut.model_fields})


def _claim(desk: Desk, claim: Claim) -> ClaimOut:
    standing = claim.standing
    return ClaimOut(
        id=claim.id,
        statement=_figure(claim.statement),
        statements=claim.statements,
        outlets=claim.outlets,
        first=claim.first,
        last=claim.last,
        findings=[
            FindingOut(
                check=it.check,
                is_conflict=it.is_conflict,
                statements=list(it.statements),
                arithmetic=arithmetic(it, desk.outlet_name),
                explanation=explanation(it),
            )
            for it in claim.findings
        ],
        standing=None
        if standing is None
        else StandingOut(
            verdict=standing.verdict,
            official=_official(standing.official),
            difference=float(standing.difference),
            newer=None if standing.newer is None else _official(standing.newer),
        ),
    )


def _official(figure: OfficialFigure) -> OfficialOut:
    fields: dict[str, Any] = asdict(figure)
    return OfficialOut(**fields | {"value": float(figure.value)})


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
