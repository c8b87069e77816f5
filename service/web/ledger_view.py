"""What the pages of the ledger show: claims, their sentences cut around the figure, findings and standings in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim
from service.domain.ledger.review import Review
from service.domain.ledger.statement import INDONESIA, Statement
from service.domain.wording.findings import CHECKS, against_official, arithmetic, explanation
from service.web.desk import Desk
from service.web.line_chart import Drawing, draw


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words. `others` are the statements it involves besides those of the claim that is shown."""

    heading: str
    arithmetic: str
    explanation: str
    is_conflict: bool
    others: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement with its sentence cut around the figure; `before` is the whole sentence where it cannot be cut."""

    row: Statement
    value: float | tuple[float, float]
    before: str
    surface: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as a row of the ledger. `standing` is told in words, with its verdict for the colour."""

    claim: Claim
    stated: ShownStatement
    findings: tuple[ShownFinding, ...]
    standing: str
    standing_verdict: str


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart with the regions to choose from, as code, name and number of claims."""

    chart: Chart
    drawing: Drawing
    region: str
    regions: tuple[tuple[str, str, int], ...]


def shown_statement(row: Statement) -> ShownStatement:
    """The statement for a page."""
    value = (float(row.low), float(row.high)) if row.is_range else float(row.low)
    start, end = row.offset, row.offset + len(row.surface)
    if start < 0 or row.sentence[start:end] != row.surface:
        return ShownStatement(row, value, row.sentence, "", "")
    return ShownStatement(row, value, row.sentence[:start], row.surface, row.sentence[end:])


def shown_claim(desk: Desk, claim: Claim, known: Mapping[str, Statement] | None = None) -> ShownClaim:
    """The claim for a page; `known` are statements by id that its findings may involve."""
    standing = claim.standing
    return ShownClaim(
        claim=claim,
        stated=shown_statement(claim.statement),
        findings=tuple(shown_finding(desk, it, claim, known or {}) for it in claim.findings),
        standing=against_official(standing) if standing is not None else "",
        standing_verdict=standing.verdict if standing is not None else "",
    )


def shown_finding(desk: Desk, finding: Finding, claim: Claim, known: Mapping[str, Statement]) -> ShownFinding:
    """The finding in words, with the statements of other claims that it involves."""
    involved = (known[it] for it in finding.statements if it in known)
    return ShownFinding(
        heading=CHECKS[finding.check],
        arithmetic=arithmetic(finding, desk.outlet_name),
        explanation=explanation(finding),
        is_conflict=finding.is_conflict,
        others=tuple(it for it in involved if it.claim_id != claim.id),
    )


def involved(claims: Iterable[Claim]) -> list[str]:
    """The ids of the statements that the findings of these claims involve."""
    return list(dict.fromkeys(it for claim in claims for finding in claim.findings for it in finding.statements))


def shown_chart(desk: Desk, metric: str, wanted: str) -> ShownChart | None:
    """The chart of the wanted region, else of the one that most is stated of; None where nothing can be drawn."""
    regions = desk.ledger.charted_regions(metric)
    code = wanted or (regions[0][0] if regions else "")
    chart = desk.ledger.chart(metric, code) if code else None
    if chart is None:
        return None
    named = tuple((it, region_name(desk, it), count) for it, count in regions)
    return ShownChart(chart, draw(chart), region_name(desk, code), named)


def region_name(desk: Desk, code: str) -> str:
    """The region's official name, that of the country for its code."""
    return "Indonesia" if code == INDONESIA else desk.region_name(code)


def last_review(reviews: Sequence[Review]) -> Review | None:
    """The newest decision, None where it was taken back."""
    newest = max(reviews, key=lambda review: review.at, default=None)
    return newest if newest is not None and newest.verdict is not None else None
