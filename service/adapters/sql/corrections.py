"""The log of what people decided about articles, and the articles that are to be understood anew."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, and_, func, insert, select

from service.adapters.sql.entering import logged_of
from service.adapters.sql.rows import correction_of, correction_row
from service.adapters.sql.schema import article_corrections, articles
from service.domain.correction import Correction
from service.ports import Understood


def record_correction(connection: Connection, correction: Correction) -> None:
    """Append to the log of corrections."""
    connection.execute(insert(article_corrections).values(**correction_row(correction)))


def corrections_of(connection: Connection, article_ids: Collection[str]) -> dict[str, list[Correction]]:
    """The corrections of these articles, the oldest first."""
    return logged_of(connection, article_corrections, article_ids, correction_of)


def judged_irrelevant(connection: Connection, limit: int) -> list[str]:
    """The ids of the articles of which the newest decision on relevance is that they are irrelevant, the last first."""
    of = article_corrections.c
    place = func.row_number().over(partition_by=of.article_id, order_by=(of.at.desc(), of.id.desc())).label("place")
    decided = select(article_corrections, place).where(of.field == "relevance").subquery()
    holding = (decided.c.place == 1, decided.c.value == "irrelevant", decided.c.undone.is_(False))
    newest = select(decided.c.article_id).where(*holding).order_by(decided.c.at.desc(), decided.c.id.desc())
    return list(connection.scalars(newest.limit(limit)))


def outdated(connection: Connection, current: str | None) -> list[tuple[str | None, int]]:
    """The archive files with articles to be understood anew, the newest first, and how many of each."""
    of = articles.c
    counted = select(of.archived_in, func.count().label("many")).group_by(of.archived_in)
    files: Counter[str | None] = Counter()
    if current is None:
        files.update({row.archived_in: row.many for row in connection.execute(counted)})
    else:
        # Apart, because the first is answered by an index alone and the second looks at few articles.
        decided = select(article_corrections.c.article_id).where(article_corrections.c.field == "relevance")
        lacking = and_(of.id.in_(decided), of.relevance != "irrelevant", of.text == "", of.analysis_version == current)
        for condition in (of.analysis_version != current, lacking):
            files.update({row.archived_in: row.many for row in connection.execute(counted.where(condition))})
    return sorted(files.items(), key=lambda item: item[0] or "", reverse=True)


def understood(connection: Connection, archived_in: str | None) -> list[Understood]:
    """The articles of that archive file in the order of their ids."""
    of = articles.c
    lies_there = of.archived_in.is_(None) if archived_in is None else of.archived_in == archived_in
    decided = select(article_corrections.c.id).where(
        article_corrections.c.article_id == of.id, article_corrections.c.field == "relevance"
    )
    lacking = and_(of.relevance != "irrelevant", of.text == "", decided.exists()).label("lacks_text")
    columns = (of.id, of.fetched, of.analysis_version.label("version"), of.relevance, of.tone, lacking)
    rows = connection.execute(select(*columns).where(lies_there).order_by(of.id)).mappings()
    return [Understood(**row) for row in rows]
