"""Buku Angka in SQL: what the ledger is asked, answered from the gathered claims wherever they suffice."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, or_, select

from service.adapters.sql.engine import transacting
from service.adapters.sql.entering import (
    AT_ONCE,
    STATED,
    STATEMENTS,
    batches,
    claims_with_statements,
    in_conflict,
    official_on,
    statements_by_id,
)
from service.adapters.sql.ledger_rows import FINDING_COLUMNS, finding_of, review_of, statement_of
from service.adapters.sql.schema import (
    articles,
    claims,
    figure_reviews,
    figures,
    finding_statements,
    findings,
    official_figures,
)
from service.domain.article import WIB
from service.domain.ledger.charting import CHARTED_KINDS, chart_of
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim, ClaimPage, LedgerFilter, in_order
from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.review import Review
from service.domain.ledger.statement import INDONESIA, Statement

_REGION_CODE = re.compile(r"\d{2}(\.\d{2})?", re.ASCII)

_DAY = timedelta(days=1)

Wanted = list[ColumnElement[bool]]

_NEWEST_FIRST = (figures.c.moment.desc(), figures.c.article_id, figures.c.position)


class SqlLedger:
    """The ledger of one database, which the store writes. Every read is consistent."""

    def __init__(self, reader: Engine) -> None:
        self._reader = reader

    def claims(self, asked: LedgerFilter, *, limit: int = 50, offset: int = 0) -> ClaimPage:
        """One page of the claims that match: those with a conflict first, then the newest."""
        wanted = _claims_wanted(asked)
        of = claims.c
        counted = select(func.count(), func.count(case((of.has_conflict, 1)))).select_from(claims).where(*wanted)
        page = (
            select(claims)
            .where(*wanted)
            .order_by(of.has_conflict.desc(), of.last.desc(), of.id)
            .limit(limit)
            .offset(offset)
        )
        with transacting(self._reader) as connection:
            if asked.text is not None:
                return self._page_of_text(connection, page, counted)
            total, conflicts = connection.execute(counted).one()
            return ClaimPage(total, conflicts, tuple(_with_findings(connection, page)))

    @staticmethod
    def _page_of_text(connection: Connection, page: Select[Any], counted: Select[int, int]) -> ClaimPage:
        """The page and its counts from one look through the sentences, which no index shortens."""
        of = claims.c
        both = (func.count().over().label("total"), func.count(case((of.has_conflict, 1))).over().label("conflicts"))
        found = connection.execute(page.with_only_columns(of.id, *both)).all()
        if not found:
            total, conflicts = connection.execute(counted).one()
            return ClaimPage(total, conflicts, ())
        shown = {
            it.id: it for it in _with_findings(connection, select(claims).where(of.id.in_([it.id for it in found])))
        }
        return ClaimPage(found[0].total, found[0].conflicts, tuple(shown[it.id] for it in found))

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with its findings, or None."""
        with transacting(self._reader) as connection:
            return next(iter(_with_findings(connection, select(claims).where(claims.c.id == claim_id))), None)

    def claims_on(self, metrics: Collection[str]) -> Iterator[Claim]:
        """Every claim of these metrics that is not rejected, without findings, in the order of their ids."""
        of = claims.c
        last = ""
        while True:
            some = (
                select(claims)
                .where(of.metric.in_(sorted(metrics)), of.is_stated, of.id > last)
                .order_by(of.id)
                .limit(AT_ONCE)
            )
            with transacting(self._reader) as connection:
                page = claims_with_statements(connection, connection.execute(some).mappings().all())
            yield from page
            if len(page) < AT_ONCE:
                return
            last = page[-1].id

    def restatements(self, claim_id: str, limit: int = 200) -> list[Statement]:
        """The statements of a claim, the first printed first, rejected ones too."""
        of = figures.c
        stated = STATEMENTS.where(of.claim_id == claim_id).order_by(of.moment, of.article_id, of.position).limit(limit)
        with transacting(self._reader) as connection:
            return [statement_of(row) for row in connection.execute(stated).mappings()]

    def statement(self, statement_id: str) -> Statement | None:
        """The statement, or None."""
        return self.statements([statement_id]).get(statement_id)

    def statements(self, ids: Collection[str]) -> dict[str, Statement]:
        """The statements of these ids; unknown ids are left out."""
        with transacting(self._reader) as connection:
            return statements_by_id(connection, ids)

    def find(self, asked: LedgerFilter, *, limit: int = 100, offset: int = 0) -> tuple[int, list[Statement]]:
        """How many statements match, and a page of them, newest first."""
        wanted = _statements_wanted(asked)
        page = STATEMENTS.where(*wanted).order_by(*_NEWEST_FIRST).limit(limit).offset(offset)
        with transacting(self._reader) as connection:
            total = connection.scalar(select(func.count()).select_from(figures).where(*wanted)) or 0
            return total, [statement_of(row) for row in connection.execute(page).mappings()]

    def each(self, asked: LedgerFilter) -> Iterator[tuple[Statement, Claim]]:
        """Every statement that matches with its claim, newest first; it may be written to meanwhile."""
        of = figures.c
        page = STATEMENTS.where(*_statements_wanted(asked)).order_by(*_NEWEST_FIRST).limit(AT_ONCE)
        told: list[Statement] = []
        while True:
            some = page
            if told:
                last = told[-1]
                later = or_(
                    of.article_id > last.article_id, and_(of.article_id == last.article_id, of.position > last.position)
                )
                # The first condition says nothing more, but an index answers it.
                some = page.where(of.moment <= last.moment, or_(of.moment < last.moment, later))
            with transacting(self._reader) as connection:
                told = [statement_of(row) for row in connection.execute(some).mappings()]
                ids = {statement.claim_id for statement in told}
                gathered = {it.id: it for it in _with_findings(connection, select(claims).where(claims.c.id.in_(ids)))}
            for statement in told:
                yield statement, gathered[statement.claim_id]
            if len(told) < AT_ONCE:
                return

    def chart(self, metric: str, region: str) -> Chart | None:
        """What was stated of the metric in the region over time; None where nothing was."""
        of = claims.c
        charted = select(claims).where(
            of.metric == metric, of.region_code == region, of.is_stated, of.kind.in_(sorted(CHARTED_KINDS))
        )
        with transacting(self._reader) as connection:
            official = official_on(connection, [metric], region)
            return chart_of(metric, region, _with_findings(connection, charted), official)

    def charted_regions(self, metric: str, limit: int = 20) -> list[tuple[str, int]]:
        """The codes of the regions that most claims of this metric are about, with how many."""
        of = claims.c
        many = func.count().label("many")
        most = (
            select(of.region_code, many)
            .where(of.metric == metric, of.region_code.is_not(None), of.is_stated, of.kind.in_(sorted(CHARTED_KINDS)))
            .group_by(of.region_code)
            .order_by(many.desc(), of.region_code)
            .limit(limit)
        )
        with transacting(self._reader) as connection:
            return [(row.region_code, row.many) for row in connection.execute(most)]

    def reviews(self, *, statement_id: str | None = None) -> list[Review]:
        """The log of reviews, of all or of one statement, the oldest first."""
        of = figure_reviews.c
        log = select(figure_reviews).order_by(of.at, of.id)
        if statement_id is not None:
            log = log.where(of.statement_id == statement_id)
        with transacting(self._reader) as connection:
            return [review_of(row) for row in connection.execute(log).mappings()]

    def official(self, metric: str | None = None, region: str | None = None) -> list[OfficialFigure]:
        """The official series, by metric, region and period."""
        with transacting(self._reader) as connection:
            return official_on(connection, None if metric is None else [metric], region)

    def in_conflict(self, article_ids: Collection[str]) -> frozenset[str]:
        """Which of these articles have a statement with part in a finding that nothing explains."""
        with transacting(self._reader) as connection:
            return in_conflict(connection, article_ids)

    def new_claims(self, after: datetime, until: datetime, limit: int = 500) -> list[Claim]:
        """Claims that no article indexed before states, first indexed in (after, until]."""
        of = claims.c
        indexed = articles.c.first_indexed_at
        stated = figures.join(articles, articles.c.id == figures.c.article_id)
        told = select(figures.c.claim_id).select_from(stated).where(indexed > after, indexed <= until, STATED)
        before = select(figures.c.id).select_from(stated).where(figures.c.claim_id == of.id, indexed <= after, STATED)
        new = (
            select(claims)
            .where(of.id.in_(told), of.kind != "rule", ~before.exists())
            .order_by(of.has_conflict.desc(), of.outlets.desc(), of.last.desc(), of.id)
            .limit(limit)
        )
        with transacting(self._reader) as connection:
            return _with_findings(connection, new)

    def new_conflicts(self, after: datetime, until: datetime, limit: int = 100) -> list[Finding]:
        """Findings that an article first indexed in (after, until] has part in, unexplained ones first."""
        indexed = articles.c.first_indexed_at
        newest = func.max(articles.c.moment)
        told = (
            select(finding_statements.c.finding_id, newest.label("newest"))
            .join(figures, figures.c.id == finding_statements.c.statement_id)
            .join(articles, articles.c.id == figures.c.article_id)
            .where(indexed > after, indexed <= until)
            .group_by(finding_statements.c.finding_id)
            .subquery()
        )
        found = (
            select(*FINDING_COLUMNS)
            .join(told, told.c.finding_id == findings.c.id)
            .order_by(findings.c.is_conflict.desc(), told.c.newest.desc(), findings.c.scope, findings.c.position)
            .limit(limit)
        )
        with transacting(self._reader) as connection:
            return [finding_of(row) for row in connection.execute(found).mappings()]

    def counts(self) -> dict[str, int]:
        """How many there are of what the ledger shows where nothing is filtered, by name."""
        with transacting(self._reader) as connection:

            def count(*wanted: ColumnElement[bool]) -> int:
                shown = _claims_wanted(LedgerFilter())
                return connection.scalar(select(func.count()).select_from(claims).where(*shown, *wanted)) or 0

            of = claims.c
            stated = select(func.count()).select_from(figures).where(*_statements_wanted(LedgerFilter()))
            return {
                "claims": count(),
                "statements": connection.scalar(stated) or 0,
                "conflicts": count(of.has_conflict),
                "differs": count(of.standing == "differs"),
                "stale": count(of.standing == "stale"),
                "unreviewed": count(_is_status("unreviewed")),
                "official": connection.scalar(select(func.count()).select_from(official_figures)) or 0,
            }


def _with_findings(connection: Connection, wanted: Select[Any]) -> list[Claim]:
    """The claims of these rows of `claims` in their order."""
    rows = connection.execute(wanted).mappings().all()
    troubled = [row["id"] for row in rows if row["has_conflict"] or row["is_explained"]]
    found: dict[str, list[Finding]] = {}
    for some in batches(troubled):
        linked = (
            select(figures.c.claim_id, findings.c.id, *FINDING_COLUMNS)
            .join(finding_statements, finding_statements.c.statement_id == figures.c.id)
            .join(findings, findings.c.id == finding_statements.c.finding_id)
            .where(figures.c.claim_id.in_(some), STATED)
        )
        unique = {(row["claim_id"], row["id"]): row for row in connection.execute(linked).mappings()}
        for (claim_id, _), row in unique.items():
            found.setdefault(claim_id, []).append(finding_of(row))
    return claims_with_statements(connection, rows, {it: in_order(some) for it, some in found.items()})


def _claims_wanted(asked: LedgerFilter) -> Wanted:
    """What claims must be: asked of the claims themselves where they tell, of their statements elsewhere."""
    of = claims.c
    wanted = _of_both(asked, claims.c)
    if asked.status == "rejected":
        wanted.append(of.rejected > 0)
    else:
        wanted.append(of.is_stated)
    if asked.status is not None:
        wanted.append(_is_status(asked.status))
    stated = [] if asked.region is None or _is_code(asked.region) else [_written(asked.region)]
    if asked.outlet is not None:
        stated.append(figures.c.outlet == asked.outlet)
    if asked.text is not None:
        stated.append(_says(asked.text))
    if stated:
        of_one = [*stated, *_printed(asked), figures.c.verdict == "rejected" if asked.status == "rejected" else STATED]
        wanted.append(of.id.in_(select(figures.c.claim_id).where(*of_one)))
    elif asked.since is not None or asked.until is not None:
        wanted += _between(asked)
    return wanted


def _between(asked: LedgerFilter) -> Wanted:
    """Claims with a statement of these days; statements are looked at only of claims that were told on both sides."""
    of = claims.c
    since, until = _begin(asked.since), _end(asked.until)
    wanted: Wanted = []
    if since is not None:
        wanted.append(of.last >= since)
    if until is not None:
        wanted.append(of.first < until)
    if since is not None and until is not None:
        one = select(figures.c.id).where(figures.c.claim_id == of.id, STATED, *_printed(asked))
        wanted.append(or_(of.first >= since, of.last < until, one.exists()))
    return wanted


def _statements_wanted(asked: LedgerFilter) -> Wanted:
    """What statements must be."""
    wanted = _of_both(asked, figures.c)
    if asked.region is not None and not _is_code(asked.region):
        wanted.append(_written(asked.region))
    if asked.outlet is not None:
        wanted.append(figures.c.outlet == asked.outlet)
    if asked.text is not None:
        wanted.append(_says(asked.text))
    wanted += _printed(asked)
    if asked.status in ("confirmed", "corrected", "rejected"):
        wanted.append(figures.c.verdict == asked.status)
    elif asked.status == "unreviewed":
        wanted.append(figures.c.verdict.is_(None))
    else:
        wanted.append(STATED)
        if asked.status is not None:
            wanted.append(figures.c.claim_id.in_(select(claims.c.id).where(_is_status(asked.status))))
    return wanted


def _of_both(asked: LedgerFilter, of: Any) -> Wanted:
    """What is asked of that which all statements of a claim share."""
    wanted: Wanted = []
    if not asked.rules:
        wanted.append(of.kind != "rule")
    if asked.metric is not None:
        wanted.append(of.metric == asked.metric)
    if asked.kind is not None:
        wanted.append(of.kind == asked.kind)
    if asked.period is not None:
        wanted += [of.year == asked.period[:4], _within(of.period, asked.period)]
    if asked.region is not None and _is_code(asked.region):
        is_one = asked.region == INDONESIA or "." in asked.region
        wanted.append((of.region_code if is_one else of.province) == asked.region)
    return wanted


def _is_code(region: str) -> bool:
    return region == INDONESIA or _REGION_CODE.fullmatch(region) is not None


def _within(period: Any, asked: str) -> ColumnElement[bool]:
    """The period itself or a part of it; the year alone is answered by its column."""
    parts: ColumnElement[bool] = period.startswith(f"{asked}-", autoescape=True)
    return or_(period == asked, parts)


def _written(region: str) -> ColumnElement[bool]:
    """Statements about a place whose name as written has this part.

    The names are read one by one from the index, each by a jump from the last: many statements share few names.
    """
    of = figures.c
    name = select(func.min(of.region).label("name")).cte("written", recursive=True)
    next_name = select(func.min(of.region)).where(of.region > name.c.name).scalar_subquery()
    names = name.union_all(select(next_name).where(name.c.name.is_not(None)))
    return of.region.in_(select(names.c.name).where(names.c.name.icontains(region, autoescape=True)))


def _says(words: str) -> ColumnElement[bool]:
    of = figures.c
    return or_(of.sentence.icontains(words, autoescape=True), of.title.icontains(words, autoescape=True))


def _printed(asked: LedgerFilter) -> Wanted:
    """Statements of these days, by the moment, which is in the indexes."""
    since, until = _begin(asked.since), _end(asked.until)
    from_then = [] if since is None else [figures.c.moment >= since]
    to_then = [] if until is None else [figures.c.moment < until]
    return [*from_then, *to_then]


def _begin(day: date | None) -> datetime | None:
    """When the day begins in Asia/Jakarta."""
    # The first day of all began in no year that UTC has.
    return None if day is None or day == date.min else datetime.combine(day, time(), WIB)


def _end(day: date | None) -> datetime | None:
    return None if day is None or day == date.max else _begin(day + _DAY)


def _is_status(status: str) -> ColumnElement[bool]:
    of = claims.c
    by_status: dict[str, ColumnElement[bool]] = {
        "conflict": of.has_conflict,
        "explained": of.is_explained,
        "differs": of.standing == "differs",
        "stale": of.standing == "stale",
        "agrees": of.standing.in_(["agrees", "rounded"]),
        "unreviewed": and_(of.confirmed == 0, of.corrected == 0, of.rejected == 0),
        "confirmed": of.confirmed > 0,
        "corrected": of.corrected > 0,
        "rejected": of.rejected > 0,
    }
    return by_status[status]
