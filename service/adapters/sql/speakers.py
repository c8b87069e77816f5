"""Speakers: what articles quote, and who is quoted how often."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, delete, func, insert, select

from service.adapters.sql.engine import transacting
from service.adapters.sql.entering import batches
from service.adapters.sql.schema import articles, quotes, speakers
from service.domain.article import Article
from service.domain.speaker import Said, Speaker, SpeakerPage, speaker_key


def enter_quotes(connection: Connection, article: Article) -> None:
    """Replace what the article quotes, and count anew whoever is or was quoted in it."""
    before = set(connection.scalars(select(quotes.c.speaker_key).where(quotes.c.article_id == article.id)))
    if before:
        connection.execute(delete(quotes).where(quotes.c.article_id == article.id))
    rows = _rows(article)
    if rows:
        connection.execute(insert(quotes), rows)
    for some in batches(sorted(before | {row["speaker_key"] for row in rows})):
        _count(connection, some)


def _rows(article: Article) -> list[dict[str, Any]]:
    if article.counted_as != "relevant":
        return []
    said = [(speaker_key(quote.speaker), quote) for quote in article.analysis.quotes if quote.speaker]
    return [
        {
            "article_id": article.id,
            "position": position,
            "speaker_key": key,
            "speaker": quote.speaker,
            "title": quote.speaker_title,
            "text": quote.text,
            "verbatim": quote.kind == "direct",
            "moment": article.published or article.found,
            "tone": article.sentiment.label,
        }
        for position, (key, quote) in enumerate(said)
        if key
    ]


def _count(connection: Connection, keys: Collection[str]) -> None:
    of = quotes.c
    counted = connection.execute(
        select(
            of.speaker_key.label("key"),
            func.count(of.article_id.distinct()).label("articles"),
            func.count().label("quotes"),
            *(
                func.count(case((of.tone == tone, of.article_id)).distinct()).label(tone)
                for tone in ("positive", "neutral", "negative")
            ),
            func.max(of.moment).label("last"),
        )
        .where(of.speaker_key.in_(keys))
        .group_by(of.speaker_key)
    ).mappings()
    rows = [dict(row) | _as_printed(connection, row["key"]) for row in counted]
    connection.execute(delete(speakers).where(speakers.c.key.in_(keys)))
    if rows:
        connection.execute(insert(speakers), rows)


def _as_printed(connection: Connection, key: str) -> dict[str, Any]:
    """The name as it was printed last, and the last title."""
    of = quotes.c
    newest = (
        select(of.speaker.label("name"), of.title)
        .where(of.speaker_key == key)
        .order_by(of.moment.desc(), of.article_id, of.position)
        .limit(1)
    )
    titled = newest.where(of.title.is_not(None))
    printed = dict(connection.execute(newest).mappings().one())
    with_title = connection.execute(titled).mappings().first() if printed["title"] is None else printed
    return printed | {"title": with_title["title"] if with_title else None}


class SqlSpeakers:
    """Who is quoted, in the same database."""

    def __init__(self, reader: Engine) -> None:
        self._reader = reader

    def page(self, name: str = "", *, limit: int = 50, offset: int = 0) -> SpeakerPage:
        """One page of the speakers whose names contain every word of `name`, those in most articles first."""
        of = speakers.c
        met = and_(True, *(of.key.contains(word, autoescape=True) for word in speaker_key(name).split()))
        order = (of.articles.desc(), of.last.desc(), of.key.desc())
        with transacting(self._reader) as connection:
            total = connection.scalar(select(func.count()).select_from(speakers).where(met)) or 0
            rows = connection.execute(select(speakers).where(met).order_by(*order).limit(limit).offset(offset))
            return SpeakerPage(total, [Speaker(**row) for row in rows.mappings()])

    def get(self, key: str) -> Speaker | None:
        """The speaker of this key, or None."""
        with transacting(self._reader) as connection:
            row = connection.execute(select(speakers).where(speakers.c.key == key)).mappings().first()
            return Speaker(**row) if row is not None else None

    def titles(self, key: str, limit: int = 10) -> list[tuple[str, int]]:
        """The titles printed with the speaker's name, the most frequent first, and in how many articles each."""
        of = quotes.c
        many = func.count(of.article_id.distinct()).label("many")
        seen = select(of.title, many).where(of.speaker_key == key, of.title.is_not(None)).group_by(of.title)
        with transacting(self._reader) as connection:
            ranked = connection.execute(seen.order_by(many.desc(), of.title).limit(limit))
            return [(row.title, row.many) for row in ranked]

    def said(self, key: str, *, limit: int = 50, offset: int = 0) -> list[Said]:
        """What the speaker is quoted with, the newest first."""
        of = quotes.c
        columns = (of.text, of.verbatim, of.title, of.article_id, articles.c.title.label("headline"), articles.c.outlet)
        newest = (
            select(*columns, of.moment, of.tone)
            .join(articles, articles.c.id == of.article_id)
            .where(of.speaker_key == key)
            .order_by(of.moment.desc(), of.article_id, of.position)
        )
        with transacting(self._reader) as connection:
            return [Said(**row) for row in connection.execute(newest.limit(limit).offset(offset)).mappings()]
