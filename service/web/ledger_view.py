"""What the pages of the ledger show: claims, their sentences cut around the figure, findings and standings in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.article import Article
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim, LedgerFilter
from service.domain.ledger.review import Review, Verdict
from service.domain.ledger.statement import INDONESIA, Statement
from service.domain.wording.findings import CHECKS, against_official, arithmetic, explanation
from service.domain.wording.language import say
from service.web.desk import Desk
from service.web.line_chart import Drawing, draw
from service.web.markup import MOST_FIGURES, reading_order

MOST_LOOKED_UP = 60
"""Figures of one article whose claims are looked up; a real article has a dozen."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words. `others` are statements of the other claims that it involves, one of each; `told_at` is the
    claim further up on the page that tells it already.
    """

    heading: str
    arithmetic: str
    explanation: str
    is_conflict: bool
    others: tuple[Statement, ...] = ()
    told_at: Claim | None = None


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


def shown_claims(desk: Desk, claims: Sequence[Claim]) -> list[ShownClaim]:
    """The claims of a list: a finding that several of them are part of is told at the first."""
    known = desk.ledger.statements(involved(claims))
    first: dict[Finding, Claim] = {}
    for claim in claims:
        for finding in claim.findings:
            first.setdefault(finding, claim)
    shown = []
    for claim in claims:
        told = shown_claim(desk, claim, known)
        pairs = zip(told.findings, (first[it] for it in claim.findings), strict=True)
        findings = tuple(it if at is claim else replace(it, told_at=at) for it, at in pairs)
        shown.append(replace(told, findings=findings))
    return shown


def shown_finding(desk: Desk, finding: Finding, claim: Claim, known: Mapping[str, Statement]) -> ShownFinding:
    """The finding in words, with a statement of each other claim that it involves."""
    others: dict[str, Statement] = {}
    for statement in (known[it] for it in finding.statements if it in known):
        others.setdefault(statement.claim_id, statement)
    others.pop(claim.id, None)
    return ShownFinding(
        heading=say(CHECKS[finding.check]),
        arithmetic=arithmetic(finding, desk.outlet_name),
        explanation=explanation(finding),
        is_conflict=finding.is_conflict,
        others=tuple(others.values()),
    )


def involved(claims: Iterable[Claim]) -> list[str]:
    """The ids of the statements that the findings of these claims involve."""
    return list(dict.fromkeys(it for claim in claims for finding in claim.findings for it in finding.statements))


def shown_chart(desk: Desk, metric: str, wanted: str, regions: Sequence[tuple[str, int]]) -> ShownChart | None:
    """The chart of the wanted region, else of the first to choose from; None where nothing can be drawn."""
    code = wanted or (regions[0][0] if regions else "")
    chart = desk.ledger.chart(metric, code) if code else None
    if chart is None:
        return None
    if code not in dict(regions):
        regions = [(code, len(chart.points)), *regions]
    named = tuple((it, region_name(desk, it), count) for it, count in regions)
    return ShownChart(chart, draw(chart), region_name(desk, code), named)


def region_name(desk: Desk, code: str) -> str:
    """The region's official name, that of the country for its code."""
    return "Indonesia" if code == INDONESIA else desk.region_name(code)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure's row in the ledger, as its article's page tells it."""

    claim: ShownClaim
    verdict: Verdict | None


def in_ledger(desk: Desk, article: Article) -> list[Entry | None]:
    """The row of each figure that the article's page lists, in its order; None for what the ledger does not keep."""
    kept = [it for it in article.judged_figures if it.verdict != "rejected"]
    kept.sort(key=lambda it: reading_order(it.figure))
    known = desk.ledger.statements([it.id for it in kept[:MOST_LOOKED_UP]])
    wanted = dict.fromkeys(statement.claim_id for statement in known.values())
    found = {it: claim for it in wanted if (claim := desk.ledger.claim(it)) is not None}
    claims = {it: shown_claim(desk, claim) for it, claim in found.items()}
    rows = (known.get(it.id) for it in kept[:MOST_FIGURES])
    return [
        None if row is None or row.claim_id not in claims else Entry(claims[row.claim_id], row.verdict) for row in rows
    ]


def placed(desk: Desk, asked: LedgerFilter) -> LedgerFilter:
    """The filter with the code of the region whose name it gives; a name that is no region's stays a text to find."""
    code = desk.region_code(asked.region) if asked.region else None
    return asked if code is None else replace(asked, region=code)


def place_name(desk: Desk, region: str) -> str:
    """What somebody would type for the region of a filter: its name where that is understood, else as it is."""
    name = region_name(desk, region)
    return name if desk.region_code(name) == region else region


def last_review(reviews: Sequence[Review]) -> Review | None:
    """The newest decision, None where it was taken back."""
    newest = max(reviews, key=lambda review: review.at, default=None)
    return newest if newest is not None and newest.verdict is not None else None
