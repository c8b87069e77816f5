"""The tables. A change here goes with a new revision in migrations/; a test compares the two."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy import Column as C  # noqa: N817  (a table reads as its columns)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones, so there it is kept without and given back with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time as this database keeps it; ValueError for one without a zone, which could be any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite has no decimal type: its driver would round through text. The exact printed number stays in the analysis.
Amount = Numeric(asdecimal=False)

# SQLite numbers rows by itself only where the key's type is spelled INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")

stories = Table(
    "stories",
    metadata,
    C("id", String(64), primary_key=True),
    C("opened", UtcDateTime, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    C("id", String(64), primary_key=True),
    C("url", Text, nullable=False),
    C("outlet", String(255), nullable=False),
    C("title", Text, nullable=False),
    C("text", Text, nullable=False),
    C("found", UtcDateTime, nullable=False),
    C("published", UtcDateTime),
    C("modified", UtcDateTime),
    C("moment", UtcDateTime, nullable=False),  # published, or found where no date was printed
    C("day", Date, nullable=False),
    C("authors", JSON, nullable=False),
    C("section", Text),
    C("tags", JSON, nullable=False),
    C("image_url", Text),
    C("archived_in", Text),
    C("story_id", String(64), ForeignKey("stories.id")),
    C("relevance", String(16), nullable=False),
    C("tone", String(16), nullable=False),
    C("tone_score", Float, nullable=False),
    C("analysis_version", String(255), nullable=False),
    C("analysis", JSON, nullable=False),
    C("indexed_at", UtcDateTime),  # NULL: waits for the index
    C("in_index", Boolean, nullable=False),
    C("first_indexed_at", UtcDateTime),  # as a relevant article: what digests select by
    C("fetched", UtcDateTime),  # NULL in rows of the first schema, which did not know it
    C("gone", UtcDateTime),
    C("reading_source", String(32), nullable=False, server_default=text("''")),
    C("reading_confidence", Float, nullable=False, server_default=text("1")),
    C("reading_words", Integer, nullable=False, server_default=text("0")),
    Index(None, "story_id"),
    Index(None, "indexed_at", "moment"),
    Index(None, "first_indexed_at"),
    Index(None, "relevance", "tone"),
    # All that health asks of an article, so that no article needs to be read for it.
    Index("ix_articles_health", "outlet", "found", "relevance", "reading_words", "reading_confidence"),
)

article_versions = Table(
    "article_versions",
    metadata,
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    C("fetched", UtcDateTime, primary_key=True),
    C("replaced", UtcDateTime, nullable=False),
    C("title", Text, nullable=False),
    C("text", Text, nullable=False),
    C("published", UtcDateTime),
    C("modified", UtcDateTime),
    C("archived_in", Text),
)

figures = Table(
    "figures",
    metadata,
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    C("position", Integer, primary_key=True),
    C("field", String(8), nullable=False),
    C("start", Integer, nullable=False),
    C("end", Integer, nullable=False),
    C("surface", Text, nullable=False),
    C("low", Amount, nullable=False),
    C("high", Amount, nullable=False),
    C("is_range", Boolean, nullable=False),
    C("unit", String(32), nullable=False),
    C("kind", String(16), nullable=False),
    C("metric", String(64), nullable=False),
    C("direction", String(8)),
    C("comparator", String(16), nullable=False),
    C("from_value", Amount),
    C("period", String(32)),
    C("region", Text),
    C("speaker", Text),
    C("segment", String(32)),
    C("program", String(32)),
    C("sentence", Text, nullable=False),
    C("sentence_offset", Integer, nullable=False),
    Index(None, "metric", "period"),
)

article_regions = Table(
    "article_regions",
    metadata,
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    C("position", Integer, primary_key=True),
    C("code", String(16), nullable=False),
    C("province", String(16), nullable=False),  # the province's code
    C("name", Text, nullable=False),
    Index(None, "code"),
    Index(None, "province"),
)

story_traces = Table(
    "story_traces",
    metadata,
    C("hash", BigInteger, primary_key=True),
    # With the time beside it, a name that thousands of articles have costs no more than one of this week.
    C("moment", UtcDateTime, primary_key=True),
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "article_id"),
)

alerts = Table(
    "alerts",
    metadata,
    C("id", String(64), primary_key=True),
    C("rule_id", String(64), nullable=False),
    C("rule_name", Text, nullable=False),
    C("story_id", ForeignKey("stories.id"), nullable=False),
    C("article_id", ForeignKey("articles.id"), nullable=False),
    C("raised", UtcDateTime, nullable=False),
    C("severity", String(16), nullable=False),
    C("reasons", JSON, nullable=False),
    UniqueConstraint("rule_id", "story_id"),
    Index(None, "raised"),
)

outbox = Table(
    "outbox",
    metadata,
    C("id", String(128), primary_key=True),
    C("recipient", Text, nullable=False),
    C("subject", Text, nullable=False),
    C("text", Text, nullable=False),
    C("html", Text),
    C("headers", JSON, nullable=False),
    C("cause", String(16), nullable=False),
    C("state", String(16), nullable=False),
    C("attempts", Integer, nullable=False),
    C("due", UtcDateTime, nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("sent", UtcDateTime),
    C("error", Text),
    Index(None, "state", "due"),
    Index(None, "created"),
)

digests = Table(
    "digests",
    metadata,
    C("name", String(64), primary_key=True),
    C("day", Date, primary_key=True),
    C("until", UtcDateTime, nullable=False),
)

failed_page = text("kind = 'page' AND outcome IN ('soft', 'hard')")
"""As a text: a database uses an index of some rows only where the query names the same rows literally."""

fetch_events = Table(
    "fetch_events",
    metadata,
    C("id", Serial, primary_key=True),
    C("outlet", String(255), nullable=False),
    C("source", Text, nullable=False),
    C("kind", String(16), nullable=False),
    C("outcome", String(16), nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("reason", String(64), nullable=False),
    C("detail", Text, nullable=False),
    C("found", Integer, nullable=False),
    C("retry_at", UtcDateTime),
    Index(None, "outlet", "at"),
    # Few pages fail, and a log of months would otherwise be read to find them.
    Index("ix_fetch_events_failed_pages", "outlet", "at", sqlite_where=failed_page, postgresql_where=failed_page),
)

sources = Table(
    "sources",
    metadata,
    C("outlet", String(255), primary_key=True),
    C("kind", String(16), primary_key=True),
    C("source", String(2100), primary_key=True),
    C("first", UtcDateTime, nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("outcome", String(16), nullable=False),
    C("reason", String(64), nullable=False),
    C("detail", Text, nullable=False),
    C("last_ok", UtcDateTime),
    C("last_new", UtcDateTime),
    C("failing_since", UtcDateTime),
    C("failures", Integer, nullable=False),
    C("retry_at", UtcDateTime),
    C("ok", BigInteger, nullable=False),
    C("unchanged", BigInteger, nullable=False),
    C("soft", BigInteger, nullable=False),
    C("hard", BigInteger, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    C("url", String(2100), primary_key=True),
    C("outlet", String(255), nullable=False),
    C("archived_in", Text, nullable=False),
    C("reason", String(64), nullable=False),
    C("detail", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
    Index(None, "outlet", "at"),
)
