"""Writing the ledger: statements with the claims that gather them, findings, standings, reviews, official figures.

Each function leaves the claims as they follow from the statements and findings, within the caller's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.sql.ledger_rows import (
    FINDING_COLUMNS,
    claim_of,
    finding_of,
    finding_row,
    official_of,
    official_row,
    review_of,
    review_row,
    standing_to_json,
    statement_of,
    statement_rows,
)
from service.adapters.sql.schema import (
    articles,
    claims,
    figure_reviews,
    figures,
    finding_statements,
    findings,
    official_figures,
)
from service.domain.article import Article
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Claim
from service.domain.ledger.identity import stable_id
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement, Subject

T = TypeVar("T")

AT_ONCE = 500
"""Ids that any database takes as parameters of one statement."""

STATED: ColumnElement[bool] = or_(figures.c.verdict.is_(None), figures.c.verdict != "rejected")
"""Statements that count: nobody rejected them."""

STATEMENTS: Select[Any] = select(figures, articles.c.url, articles.c.story_id).join_from(
    figures, articles, articles.c.id == figures.c.article_id
)
"""Rows of which `statement_of` makes statements."""


def batches(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of at most so many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def enter(connection: Connection, article: Article) -> frozenset[Subject]:
    """Replace the article's statements; the subjects that they are about, or were before."""
    of = figures.c
    before = connection.execute(
        select(of.claim_id, of.metric, of.region_code, of.period).where(of.article_id == article.id)
    ).all()
    rows = statement_rows(article)
    if before:
        connection.execute(delete(figures).where(of.article_id == article.id))
    if rows:
        connection.execute(insert(figures), rows)
    gather(connection, {row.claim_id for row in before} | {row["claim_id"] for row in rows})
    about = {(row.metric, row.region_code, row.period) for row in before}
    about |= {(row["metric"], row["region_code"], row["period"]) for row in rows}
    return frozenset(
        Subject(metric, region, period) for metric, region, period in about if region is not None and period is not None
    )


def gather(connection: Connection, claim_ids: Collection[str]) -> None:
    """Write these claims as they follow from their statements; a claim without any is deleted."""
    for some in batches(sorted(claim_ids)):
        rows = _gathered(connection, some)
        gone = set(some) - {row["id"] for row in rows}
        if gone:
            connection.execute(delete(claims).where(claims.c.id.in_(sorted(gone))))
        if rows:
            _upsert(connection, rows)
            _weigh(connection, some)


def _gathered(connection: Connection, claim_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of these claims but for their findings and standings."""
    of = figures.c
    counted = {
        row.claim_id: row
        for row in connection.execute(
            select(
                of.claim_id,
                func.count(case((STATED, of.id))).label("statements"),
                func.count(case((STATED, of.outlet)).distinct()).label("outlets"),
                func.coalesce(func.min(case((STATED, of.moment))), func.min(of.moment)).label("first"),
                func.coalesce(func.max(case((STATED, of.moment))), func.max(of.moment)).label("last"),
                *(func.count(case((of.verdict == it, of.id))).label(it) for it in _VERDICTS),
            )
            .where(of.claim_id.in_(claim_ids))
            .group_by(of.claim_id)
        )
    }
    # A headline has no sentence around it, so one of the text is shown where there is one.
    order = (case((STATED, 0), else_=1), case((of.field == "title", 1), else_=0), of.moment.desc(), of.id)
    place = func.row_number().over(partition_by=of.claim_id, order_by=order)
    ranked = select(of.id, place.label("place")).where(of.claim_id.in_(claim_ids)).subquery()
    shown = select(of.id, of.claim_id, *(of[name] for name in _OF_STATEMENT)).where(
        of.id.in_(select(ranked.c.id).where(ranked.c.place == 1))
    )
    return [
        {name: row[name] for name in _OF_STATEMENT}
        | {name: getattr(counted[row["claim_id"]], name) for name in _COUNTED}
        | {
            "id": row["claim_id"],
            "statement_id": row["id"],
            "is_stated": counted[row["claim_id"]].statements > 0,
            "has_conflict": False,
            "is_explained": False,
        }
        for row in connection.execute(shown).mappings()
    ]


_VERDICTS = ("confirmed", "corrected", "rejected")
_COUNTED = ("statements", "outlets", "first", "last", *_VERDICTS)
_OF_STATEMENT = ("metric", "kind", "unit", "region_code", "province", "period", "year")


def _upsert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(claims)
    changed = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), rows)


def _weigh(connection: Connection, claim_ids: Sequence[str]) -> None:
    """Set whether these claims have conflicts, and findings that are explained."""
    of = findings.c
    found = connection.execute(
        select(figures.c.claim_id, of.is_conflict)
        .join(finding_statements, finding_statements.c.statement_id == figures.c.id)
        .join(findings, of.id == finding_statements.c.finding_id)
        .where(figures.c.claim_id.in_(claim_ids), STATED)
        .distinct()
    )
    held: dict[str, set[bool]] = {}
    for claim_id, is_conflict in found:
        held.setdefault(claim_id, set()).add(is_conflict)
    rows = [
        {"claim": it, "conflict": True in held.get(it, ()), "explained": False in held.get(it, ())} for it in claim_ids
    ]
    differs = or_(claims.c.has_conflict != bindparam("conflict"), claims.c.is_explained != bindparam("explained"))
    connection.execute(
        update(claims)
        .where(claims.c.id == bindparam("claim"), differs)
        .values(has_conflict=bindparam("conflict"), is_explained=bindparam("explained")),
        rows,
    )


def put_findings(connection: Connection, scope: str, found: Sequence[Finding]) -> None:
    """What does not add up in this scope is this and nothing else."""
    of = findings.c
    before = (
        connection.execute(select(of.id, *FINDING_COLUMNS).where(of.scope == scope).order_by(of.position))
        .mappings()
        .all()
    )
    if [finding_of(row) for row in before] == list(found):
        return
    if before:
        ids = [row["id"] for row in before]
        for some in batches(ids):
            connection.execute(delete(finding_statements).where(finding_statements.c.finding_id.in_(some)))
        connection.execute(delete(findings).where(of.scope == scope))
    rows = [finding_row(stable_id(scope, str(at)), scope, at, finding) for at, finding in enumerate(found)]
    if rows:
        connection.execute(insert(findings), rows)
        links = [
            {"finding_id": row["id"], "statement_id": it} for row in rows for it in dict.fromkeys(row["statements"])
        ]
        if links:
            connection.execute(insert(finding_statements), links)
    concerned = {it for row in before for it in row["statements"]} | {it for row in rows for it in row["statements"]}
    _weigh_those_of(connection, concerned)


def _weigh_those_of(connection: Connection, statement_ids: Collection[str]) -> None:
    of = figures.c
    touched = {
        claim_id
        for some in batches(sorted(statement_ids))
        for claim_id in connection.scalars(select(of.claim_id).where(of.id.in_(some)).distinct())
    }
    for some in batches(sorted(touched)):
        _weigh(connection, some)


def statements_of_article(connection: Connection, article_id: str) -> list[Statement]:
    """The article's statements in their order, rejected ones too."""
    own = STATEMENTS.where(figures.c.article_id == article_id).order_by(figures.c.position)
    return [statement_of(row) for row in connection.execute(own).mappings()]


def statements_on(connection: Connection, subject: Subject, limit: int) -> list[Statement]:
    """The newest statements about this subject, rejected ones left out."""
    of = figures.c
    about = and_(of.metric == subject.metric, of.region_code == subject.region, of.period == subject.period)
    newest = STATEMENTS.where(about, STATED).order_by(of.moment.desc(), of.article_id, of.position).limit(limit)
    return [statement_of(row) for row in connection.execute(newest).mappings()]


def claims_of_article(connection: Connection, article_id: str) -> list[Claim]:
    """The claims that the article's statements belong to, without their findings."""
    own = select(figures.c.claim_id).where(figures.c.article_id == article_id)
    wanted = select(claims).where(claims.c.id.in_(own)).order_by(claims.c.id)
    return claims_with_statements(connection, connection.execute(wanted).mappings().all())


def claims_with_statements(
    connection: Connection, rows: Sequence[RowMapping], found: Mapping[str, Sequence[Finding]] = MappingProxyType({})
) -> list[Claim]:
    """The claims of these rows of `claims` in their order, with those findings by claim."""
    shown = statements_by_id(connection, [row["statement_id"] for row in rows])
    return [claim_of(row, shown[row["statement_id"]], found.get(row["id"], ())) for row in rows]


def in_conflict(connection: Connection, article_ids: Collection[str]) -> frozenset[str]:
    """Which of these articles have a statement with part in a finding that nothing explains, and not rejected."""
    of = findings.c
    return frozenset(
        article_id
        for some in batches(article_ids)
        for article_id in connection.scalars(
            select(figures.c.article_id)
            .join(finding_statements, finding_statements.c.statement_id == figures.c.id)
            .join(findings, of.id == finding_statements.c.finding_id)
            .where(figures.c.article_id.in_(some), of.is_conflict, STATED)
            .distinct()
        )
    )


def statements_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Statement]:
    """The statements of these ids; unknown ids are left out."""
    return {
        row["id"]: statement_of(row)
        for some in batches(ids)
        for row in connection.execute(STATEMENTS.where(figures.c.id.in_(some))).mappings()
    }


def put_standings(connection: Connection, standings: Mapping[str, Standing | None]) -> None:
    """How these claims, by their ids, stand to the official series."""
    rows = [
        {"claim": it, "verdict": standing and standing.verdict, "detail": standing and standing_to_json(standing)}
        for it, standing in sorted(standings.items())
    ]
    if rows:
        # A null of JSON's own would be something else than none.
        detail = bindparam("detail", type_=claims.c.standing_detail.type)
        connection.execute(
            update(claims)
            .where(claims.c.id == bindparam("claim"))
            .values(standing=bindparam("verdict"), standing_detail=detail),
            rows,
        )


def record_review(connection: Connection, review: Review) -> None:
    """Append to the log of reviews."""
    connection.execute(insert(figure_reviews).values(**review_row(review)))


def reviews_of(connection: Connection, article_ids: Collection[str]) -> dict[str, list[Review]]:
    """The reviews of these articles' figures, the oldest first."""
    return logged_of(connection, figure_reviews, article_ids, review_of)


def logged_of(
    connection: Connection, log: Table, article_ids: Collection[str], read: Callable[[RowMapping], T]
) -> dict[str, list[T]]:
    """What a log of decisions holds about these articles, the oldest first."""
    found: dict[str, list[T]] = {}
    for some in batches(article_ids):
        logged = select(log).where(log.c.article_id.in_(some)).order_by(log.c.at, log.c.id)
        for row in connection.execute(logged).mappings():
            found.setdefault(row["article_id"], []).append(read(row))
    return found


def put_official(connection: Connection, official: Iterable[OfficialFigure], at: datetime) -> int:
    """Enter official values in the place of those of the same metric, region, period, unit and segment; how many."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(official_figures)
    key = [column.name for column in official_figures.primary_key]
    changed = {it.name: statement.excluded[it.name] for it in official_figures.c if it.name not in key}
    rows = {tuple(row[name] for name in key): row for row in (official_row(figure, at) for figure in official)}
    for some in batches(rows.values()):
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), some)
    return len(rows)


def official_on(
    connection: Connection, metrics: Collection[str] | None, region: str | None = None
) -> list[OfficialFigure]:
    """The official series of these metrics (None: of all), by metric, region and period."""
    of = official_figures.c
    series = select(official_figures).order_by(of.metric, of.region, of.period, of.unit, of.segment)
    if metrics is not None:
        series = series.where(of.metric.in_(sorted(metrics)))
    if region is not None:
        series = series.where(of.region == region)
    return [official_of(row) for row in connection.execute(series).mappings()]
