"""The ledger in memory: every answer is worked out from the statements each time it is asked for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from service.domain.ledger.charting import CHARTED_KINDS, chart_of
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim, ClaimPage, LedgerFilter, in_order
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import INDONESIA, Statement


class Kept(Protocol):
    """What the fake store keeps of the ledger."""

    statements: dict[str, tuple[Statement, ...]]
    reviews: list[Review]
    findings: dict[str, tuple[Finding, ...]]
    standings: dict[str, Standing]
    official: dict[tuple[str, ...], OfficialFigure]
    first_indexed: dict[str, datetime]


def newest_first(statement: Statement) -> tuple[Any, ...]:
    return (-statement.moment.timestamp(), statement.article_id, statement.position)


def official_place(figure: OfficialFigure) -> tuple[str, ...]:
    return (figure.metric, figure.region, figure.period, figure.unit, figure.segment or "")


def gathered(state: Kept) -> list[Claim]:
    """Every claim with its findings, in the order of the ids."""
    members: defaultdict[str, list[Statement]] = defaultdict(list)
    for own in state.statements.values():
        for statement in own:
            members[statement.claim_id].append(statement)
    return [_claim(state, claim_id, some) for claim_id, some in sorted(members.items())]


def in_conflict(state: Kept, article_ids: Collection[str]) -> frozenset[str]:
    """Which of these articles have a statement, not rejected, with part in a finding that nothing explains."""
    found = {it for some in state.findings.values() for it in some if it.is_conflict}
    involved = {statement for finding in found for statement in finding.statements}
    return frozenset(
        article_id
        for article_id in article_ids
        for it in state.statements.get(article_id, ())
        if it.id in involved and it.verdict != "rejected"
    )


def _claim(state: Kept, claim_id: str, members: Sequence[Statement]) -> Claim:
    stated = [it for it in members if it.verdict != "rejected"]
    shown = min(stated or members, key=lambda it: (it.field == "title", -it.moment.timestamp(), it.id))
    moments = [it.moment for it in stated or members]
    ids = {it.id for it in stated}
    return Claim(
        id=claim_id,
        statement=shown,
        statements=len(stated),
        outlets=len({it.outlet for it in stated}),
        first=min(moments),
        last=max(moments),
        findings=in_order(it for some in state.findings.values() for it in some if ids.intersection(it.statements)),
        standing=state.standings.get(claim_id),
    )


class FakeLedger:
    def __init__(self, state: Callable[[], Kept]) -> None:
        self._state = state

    def claims(self, asked: LedgerFilter, *, limit: int = 50, offset: int = 0) -> ClaimPage:
        found = [claim for claim in gathered(self._state()) if self._is_wanted(claim, asked)]
        found.sort(key=lambda claim: (not claim.has_conflict, -claim.last.timestamp(), claim.id))
        conflicts = sum(claim.has_conflict for claim in found)
        return ClaimPage(len(found), conflicts, tuple(found[offset : offset + limit]))

    def claim(self, claim_id: str) -> Claim | None:
        return next((claim for claim in gathered(self._state()) if claim.id == claim_id), None)

    def claims_on(self, metrics: Collection[str]) -> Iterator[Claim]:
        for claim in gathered(self._state()):
            if claim.statement.metric in metrics and claim.statements:
                yield replace(claim, findings=())

    def restatements(self, claim_id: str, limit: int = 200) -> list[Statement]:
        own = [it for it in self._statements() if it.claim_id == claim_id]
        return sorted(own, key=lambda it: (it.moment, it.article_id, it.position))[:limit]

    def statement(self, statement_id: str) -> Statement | None:
        return self.statements([statement_id]).get(statement_id)

    def statements(self, ids: Collection[str]) -> dict[str, Statement]:
        return {it.id: it for it in self._statements() if it.id in ids}

    def find(self, asked: LedgerFilter, *, limit: int = 100, offset: int = 0) -> tuple[int, list[Statement]]:
        found = [statement for statement, _ in self.each(asked)]
        return len(found), found[offset : offset + limit]

    def each(self, asked: LedgerFilter) -> Iterator[tuple[Statement, Claim]]:
        claims = {claim.id: claim for claim in gathered(self._state())}
        for statement in sorted(self._statements(), key=newest_first):
            claim = claims[statement.claim_id]
            is_shown = _has_verdict(statement, asked) and (
                asked.status is None or self._status(claim, asked, statement)
            )
            if is_shown and _is_about(statement, asked) and _says(statement, asked):
                yield statement, claim

    def chart(self, metric: str, region: str) -> Chart | None:
        claims = [
            claim
            for claim in gathered(self._state())
            if (claim.statement.metric, claim.statement.region_code) == (metric, region) and claim.statements
        ]
        return chart_of(metric, region, claims, self.official(metric, region))

    def charted_regions(self, metric: str, limit: int = 20) -> list[tuple[str, int]]:
        counted = Counter(
            claim.statement.region_code
            for claim in gathered(self._state())
            if claim.statement.metric == metric and claim.statement.kind in CHARTED_KINDS and claim.statements
        )
        known = [(code, many) for code, many in counted.items() if code is not None]
        return sorted(known, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def reviews(self, *, statement_id: str | None = None) -> list[Review]:
        log = [it for it in self._state().reviews if statement_id in (None, it.statement_id)]
        return sorted(log, key=lambda review: review.at)

    def official(self, metric: str | None = None, region: str | None = None) -> list[OfficialFigure]:
        rows = [figure for _, figure in sorted(self._state().official.items())]
        return [it for it in rows if metric in (None, it.metric) and region in (None, it.region)]

    def new_claims(self, after: datetime, until: datetime, limit: int = 500) -> list[Claim]:
        indexed: defaultdict[str, list[datetime]] = defaultdict(list)
        for statement in self._statements():
            at = self._state().first_indexed.get(statement.article_id)
            if at is not None and statement.verdict != "rejected":
                indexed[statement.claim_id].append(at)
        claims = {claim.id: claim for claim in gathered(self._state())}
        new = [claims[it] for it, times in indexed.items() if after < min(times) <= until]
        new = [claim for claim in new if claim.statement.kind != "rule"]
        return sorted(new, key=lambda it: (not it.has_conflict, -it.outlets, -it.last.timestamp(), it.id))[:limit]

    def new_conflicts(self, after: datetime, until: datetime, limit: int = 100) -> list[Finding]:
        told: dict[str, float] = {}
        for statement in self._statements():
            at = self._state().first_indexed.get(statement.article_id)
            if at is not None and after < at <= until:
                told[statement.id] = -statement.moment.timestamp()
        found = [
            (
                not finding.is_conflict,
                min(told[it] for it in finding.statements if it in told),
                scope,
                position,
                finding,
            )
            for scope, some in self._state().findings.items()
            for position, finding in enumerate(some)
            if any(it in told for it in finding.statements)
        ]
        return [row[-1] for row in sorted(found, key=lambda row: row[:4])][:limit]

    def in_conflict(self, article_ids: Collection[str]) -> frozenset[str]:
        return in_conflict(self._state(), article_ids)

    def counts(self) -> dict[str, int]:
        claims = self.claims(LedgerFilter(), limit=1_000_000).claims
        return {
            "claims": len(claims),
            "statements": self.find(LedgerFilter())[0],
            "conflicts": sum(claim.has_conflict for claim in claims),
            **{it: self.claims(LedgerFilter(status=it)).total for it in ("differs", "stale", "unreviewed")},
            "official": len(self._state().official),
        }

    def _statements(self) -> list[Statement]:
        return [statement for own in self._state().statements.values() for statement in own]

    def _is_wanted(self, claim: Claim, asked: LedgerFilter) -> bool:
        if not (self._status(claim, asked) and _is_about(claim.statement, asked)):
            return False
        counted = [
            it for it in self.restatements(claim.id) if (it.verdict == "rejected") == (asked.status == "rejected")
        ]
        return any(_says(it, asked) for it in counted)

    def _status(self, claim: Claim, asked: LedgerFilter, statement: Statement | None = None) -> bool:
        """Whether the claim, or of what is decided about single statements the statement, has the status."""
        members = self.restatements(claim.id) if statement is None else [statement]
        verdicts = [it.verdict for it in members]
        if asked.status == "rejected":
            return "rejected" in verdicts
        by_status: Mapping[str | None, bool] = {
            None: True,
            "conflict": claim.has_conflict,
            "explained": any(not it.is_conflict for it in claim.findings),
            "differs": claim.standing is not None and claim.standing.verdict == "differs",
            "stale": claim.standing is not None and claim.standing.verdict == "stale",
            "agrees": claim.standing is not None and claim.standing.verdict in ("agrees", "rounded"),
            "unreviewed": not any(verdicts),
            "confirmed": "confirmed" in verdicts,
            "corrected": "corrected" in verdicts,
        }
        return claim.statements > 0 and by_status[asked.status]


def _has_verdict(statement: Statement, asked: LedgerFilter) -> bool:
    return (statement.verdict == "rejected") == (asked.status == "rejected")


def _is_about(statement: Statement, asked: LedgerFilter) -> bool:
    period, code = statement.period or "", statement.region_code or ""
    in_region = True
    if asked.region is not None and _is_code(asked.region):
        in_region = code == asked.region or (code.startswith(f"{asked.region}.") and asked.region != INDONESIA)
    return (
        (asked.rules or statement.kind != "rule")
        and asked.metric in (None, statement.metric)
        and asked.kind in (None, statement.kind)
        and (asked.period is None or period == asked.period or period.startswith(f"{asked.period}-"))
        and in_region
    )


def _says(statement: Statement, asked: LedgerFilter) -> bool:
    written = asked.region is None or _is_code(asked.region) or _holds(asked.region, statement.region or "")
    return (
        written
        and asked.outlet in (None, statement.outlet)
        and (asked.text is None or _holds(asked.text, statement.sentence) or _holds(asked.text, statement.title))
        and (asked.since is None or statement.day >= asked.since)
        and (asked.until is None or statement.day <= asked.until)
    )


def _holds(part: str, whole: str) -> bool:
    return part.casefold() in whole.casefold()


def _is_code(region: str) -> bool:
    return region == INDONESIA or region.replace(".", "", 1).isdigit()
