"""The tables. A change here goes with a new revision in migrations/; a test compares the two."""

from datetime import UTC, datetime
from decimal import Decimal

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
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
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


class Exact(TypeDecorator[Decimal]):
    """A number digit by digit as text: SQLite has no decimal type, and its floats would round."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Its digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The same number."""
        return None if value is None else Decimal(value)


# SQLite numbers rows by itself only where the key's type is spelled INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")

_SHOWN = ("has_conflict", "last", "is_stated", "kind")
"""By what the claims of a page are ordered, and by what some are left out of it."""

stories = Table(
    "stories",
    metadata,
    C("id", String(64), primary_key=True),
    C("opened", UtcDateTime, nullable=False),
    # No foreign key: SQLite adds none to a table that others refer to.
    C("merged_into", String(64)),
    Index(None, "merged_into"),
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
    # These three are what holds after corrections; the relevance of what a person hid is "hidden".
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
    Index(None, "archived_in", "analysis_version"),
    # All that the stories of some days are gathered by.
    Index("ix_articles_day", "relevance", "day", "story_id", "outlet", "tone", "moment"),
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

article_corrections = Table(
    "article_corrections",
    metadata,
    C("id", Serial, primary_key=True),
    C("article_id", ForeignKey("articles.id"), nullable=False),
    C("field", String(16), nullable=False),
    C("value", Text, nullable=False),
    C("corrector", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("said", Text),
    C("note", Text, nullable=False),
    C("undone", Boolean, nullable=False),
    Index(None, "article_id"),
)

quotes = Table(
    "quotes",
    metadata,
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    C("position", Integer, primary_key=True),
    C("speaker_key", String(200), nullable=False),
    C("speaker", Text, nullable=False),
    C("title", Text),
    C("text", Text, nullable=False),
    C("verbatim", Boolean, nullable=False, server_default=false()),
    # These two are the article's, so that a speaker is counted without reading articles.
    C("moment", UtcDateTime, nullable=False),
    C("tone", String(16), nullable=False),
    Index("ix_quotes_speaker", "speaker_key", "moment", "article_id", "tone"),
)

speakers = Table(
    "speakers",
    metadata,
    C("key", String(200), primary_key=True),
    C("name", Text, nullable=False),
    C("title", Text),
    C("articles", Integer, nullable=False),
    C("quotes", Integer, nullable=False),
    C("positive", Integer, nullable=False),
    C("neutral", Integer, nullable=False),
    C("negative", Integer, nullable=False),
    C("last", UtcDateTime, nullable=False),
    Index("ix_speakers_most", "articles", "last", "key"),
)

figures = Table(
    "figures",
    metadata,
    C("id", String(20), primary_key=True),  # the statement's id in the ledger
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    C("position", Integer, nullable=False),
    C("claim_id", String(20), nullable=False),
    # These four are the article's, so that the ledger is searched without reading articles.
    C("outlet", String(255), nullable=False),
    C("title", Text, nullable=False),
    C("day", Date, nullable=False),
    C("moment", UtcDateTime, nullable=False),
    C("field", String(8), nullable=False),
    C("surface", Text, nullable=False),
    C("sentence", Text, nullable=False),
    C("offset", Integer, nullable=False),
    C("metric", String(64), nullable=False),
    C("kind", String(16), nullable=False),
    C("unit", String(32), nullable=False),
    C("low", Exact, nullable=False),
    C("high", Exact, nullable=False),
    C("comparator", String(16), nullable=False),
    C("direction", String(8)),
    C("from_value", Exact),
    C("to_value", Exact),
    C("segment", String(32)),
    C("program", String(32)),
    C("status", String(32)),
    C("region", Text),
    C("region_code", String(16)),
    C("province", String(16)),  # the province's code; NULL for the whole country
    C("period", String(32)),
    C("year", String(4)),
    C("speaker", Text),
    C("speaker_title", Text),
    C("confidence", Float, nullable=False),
    C("tags", JSON, nullable=False),
    C("resolved", JSON, nullable=False),
    C("verdict", String(16)),
    UniqueConstraint("article_id", "position", name="uq_figures_article_id_position"),
    # All that a claim gathers of its statements, so that no statement needs to be read for it.
    Index("ix_figures_claim", "claim_id", "verdict", "field", "moment", "outlet", "id"),
    Index("ix_figures_subject", "metric", "region_code", "period", "moment"),
    Index("ix_figures_newest", "moment", "kind", "verdict"),
    Index("ix_figures_outlet", "outlet", "claim_id", "verdict"),
    Index("ix_figures_region", "region", "claim_id", "verdict"),
)

claims = Table(
    "claims",
    metadata,
    C("id", String(20), primary_key=True),
    C("statement_id", String(20), nullable=False),  # the one that is shown for it
    C("metric", String(64), nullable=False),
    C("kind", String(16), nullable=False),
    C("unit", String(32), nullable=False),
    C("region_code", String(16)),
    C("province", String(16)),
    C("period", String(32)),
    C("year", String(4)),
    # Counted without rejected statements; the last three count the verdicts.
    C("statements", Integer, nullable=False),
    C("outlets", Integer, nullable=False),
    C("first", UtcDateTime, nullable=False),
    C("last", UtcDateTime, nullable=False),
    C("confirmed", Integer, nullable=False),
    C("corrected", Integer, nullable=False),
    C("rejected", Integer, nullable=False),
    C("is_stated", Boolean, nullable=False),  # False where every statement is rejected
    C("has_conflict", Boolean, nullable=False),
    C("is_explained", Boolean, nullable=False),
    C("standing", String(16)),
    C("standing_detail", JSON(none_as_null=True)),
    # A page of the ledger is the end of one of these, and its count lies in them as well.
    Index("ix_claims_newest", *_SHOWN, "first"),
    Index("ix_claims_metric", "metric", *_SHOWN),
    Index("ix_claims_place", "metric", "region_code", "is_stated", "kind"),
    Index("ix_claims_region", "region_code", *_SHOWN),
    Index("ix_claims_province", "province", *_SHOWN),
    Index("ix_claims_year", "year", *_SHOWN, "period"),
    Index("ix_claims_standing", "standing", *_SHOWN),
)

findings = Table(
    "findings",
    metadata,
    C("id", String(20), primary_key=True),
    C("scope", String(255), nullable=False),
    C("position", Integer, nullable=False),
    C("check", String(16), nullable=False),
    C("is_conflict", Boolean, nullable=False),
    C("statements", JSON, nullable=False),
    C("terms", JSON, nullable=False),
    C("explanations", JSON, nullable=False),
    UniqueConstraint("scope", "position", name="uq_findings_scope_position"),
)

finding_statements = Table(
    "finding_statements",
    metadata,
    C("finding_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    # No foreign key: an article is entered anew with the same ids, and its findings are put after that.
    C("statement_id", String(20), primary_key=True),
    Index(None, "statement_id"),
)

figure_reviews = Table(
    "figure_reviews",
    metadata,
    C("id", Serial, primary_key=True),
    C("statement_id", String(20), nullable=False),
    C("article_id", ForeignKey("articles.id"), nullable=False),
    C("verdict", String(16)),
    C("reviewer", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("changes", JSON, nullable=False),
    C("said", JSON, nullable=False),
    C("note", Text, nullable=False),
    Index(None, "article_id"),
    Index(None, "statement_id"),
)

official_figures = Table(
    "official_figures",
    metadata,
    C("metric", String(64), primary_key=True),
    C("region", String(16), primary_key=True),
    C("period", String(32), primary_key=True),
    C("unit", String(32), primary_key=True),
    C("segment", String(32), primary_key=True),  # "" where the series is of all
    C("value", Exact, nullable=False),
    C("source", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
)

ledger_backlog = Table(
    "ledger_backlog",
    metadata,
    C("after", String(64), primary_key=True),  # articles with a greater id are not entered yet; no row: all are
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

story_decisions = Table(
    "story_decisions",
    metadata,
    C("id", Serial, primary_key=True),
    C("kind", String(16), nullable=False),
    C("story_id", ForeignKey("stories.id"), nullable=False),
    C("other_id", ForeignKey("stories.id"), nullable=False),
    C("decider", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("note", Text, nullable=False),
    C("undoes", BigInteger),
    Index(None, "story_id"),
    Index(None, "other_id"),
)

story_moves = Table(
    "story_moves",
    metadata,
    C("decision_id", ForeignKey("story_decisions.id"), primary_key=True),
    C("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    C("before", String(64), nullable=False),
    C("after", String(64), nullable=False),
    Index(None, "article_id"),
)

alerts = Table(
    "alerts",
    metadata,
    C("id", String(64), primary_key=True),
    C("rule_id", String(64), nullable=False),
    C("rule_name", Text, nullable=False),
    # No foreign key: an alert may be about a region, a topic or an outlet instead of a story.
    C("about", String(128), nullable=False),
    C("article_id", ForeignKey("articles.id")),
    C("raised", UtcDateTime, nullable=False),
    C("severity", String(16), nullable=False),
    C("reasons", JSON, nullable=False),
    C("escalate_minutes", Integer),
    C("overrides_quiet", Boolean, nullable=False, server_default=false()),
    C("state", String(16), nullable=False, server_default="open"),
    C("acknowledged_by", Text),
    C("acknowledged_at", UtcDateTime),
    C("assigned_to", Text),
    C("snoozed_until", UtcDateTime),
    C("closed_at", UtcDateTime),
    C("closed_by", Text),
    C("closed_reason", String(16)),
    C("by_correction", Boolean, nullable=False, server_default=false()),
    C("outlets", Integer, nullable=False, server_default=text("1")),
    C("tone", String(16), nullable=False, server_default=""),
    C("told_at", UtcDateTime),
    C("waits_since", UtcDateTime),
    C("escalated_at", UtcDateTime),
    UniqueConstraint("rule_id", "about"),
    Index(None, "raised"),
    Index(None, "about"),
    Index(None, "state", "raised"),
)

alert_notices = Table(
    "alert_notices",
    metadata,
    C("id", String(128), primary_key=True),
    C("alert_id", ForeignKey("alerts.id"), nullable=False),
    C("kind", String(16), nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("state", String(16), nullable=False),
    C("reason", Text, nullable=False),
    Index(None, "state", "at"),
    Index(None, "alert_id"),
)

alert_events = Table(
    "alert_events",
    metadata,
    C("id", Serial, primary_key=True),
    C("alert_id", ForeignKey("alerts.id"), nullable=False),
    C("kind", String(16), nullable=False),
    C("at", UtcDateTime, nullable=False),
    C("actor", Text, nullable=False),
    C("note", Text, nullable=False),
    Index(None, "alert_id"),
)

alert_messages = Table(
    "alert_messages",
    metadata,
    C("alert_id", ForeignKey("alerts.id"), primary_key=True),
    # No foreign key: a message may be forgotten before what it told.
    C("message_id", String(128), primary_key=True),
    C("recipient", String(64), nullable=False),
    C("subject", Text, nullable=False),
    C("at", UtcDateTime, nullable=False),
)

alert_rules = Table(
    "alert_rules",
    metadata,
    C("id", String(64), primary_key=True),
    C("enabled", Boolean, nullable=False),
    C("changed", UtcDateTime, nullable=False),
    C("changed_by", Text, nullable=False),
    C("block", JSON(none_as_null=True)),  # NULL: a rule of config/rules.toml, of which only the switch is kept
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
    C("channel", String(40), nullable=False, server_default="mail"),
    # No foreign key: the first message of a thread may be forgotten before the last.
    C("thread", String(128)),
    C("cause", String(16), nullable=False),
    C("state", String(16), nullable=False),
    C("attempts", Integer, nullable=False),
    C("due", UtcDateTime, nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("sent", UtcDateTime),
    C("error", Text),
    C("held", Text),
    C("claim", String(32)),
    C("claimed_until", UtcDateTime),
    Index(None, "state", "due"),
    Index(None, "created"),
)

outbox_files = Table(
    "outbox_files",
    metadata,
    C("message_id", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    C("position", Integer, primary_key=True),
    C("shown", Boolean, nullable=False),  # inside the HTML, instead of beside it
    C("name", Text, nullable=False),
    C("media_type", String(100), nullable=False),
    C("content", LargeBinary, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    C("name", String(64), primary_key=True),
    C("slot", UtcDateTime, primary_key=True),
    C("since", UtcDateTime),
    C("until", UtcDateTime, nullable=False),
    C("told", JSON(none_as_null=True)),  # NULL: opened and not composed yet
    Index(None, "until"),
)

digest_absences = Table(
    "digest_absences",
    metadata,
    C("group", String(64), primary_key=True),
    C("recipient", String(320), primary_key=True),
    C("changed", UtcDateTime, nullable=False),
    C("way", String(16), nullable=False),
    C("left", UtcDateTime),
    C("paused_until", Date),
)

digest_keys = Table(
    "digest_keys",
    metadata,
    C("id", Integer, primary_key=True, autoincrement=False),
    C("secret", LargeBinary, nullable=False),
    C("made", UtcDateTime, nullable=False),
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

workers = Table(
    "workers",
    metadata,
    C("name", String(16), primary_key=True),
    C("id", String(32), nullable=False),
    C("host", Text, nullable=False),
    C("pid", Integer, nullable=False),
    C("since", UtcDateTime, nullable=False),
    C("heard", UtcDateTime, nullable=False),
    C("ended", Boolean, nullable=False),
)

job_states = Table(
    "job_states",
    metadata,
    C("job", String(64), primary_key=True),
    C("started", UtcDateTime),
    C("seconds", Float),
    C("outcome", String(16)),
    C("result", Text),
    C("error", Text),
    C("worked", UtcDateTime),
    C("worked_seconds", Float),
    C("worked_result", Text),
    C("last_ok", UtcDateTime),
    C("failures", Integer, nullable=False),
    C("failing_since", UtcDateTime),
    C("runs", BigInteger, nullable=False),
    C("failed", BigInteger, nullable=False),
    C("next", UtcDateTime),
    C("running_since", UtcDateTime),
)

job_runs = Table(
    "job_runs",
    metadata,
    C("id", Serial, primary_key=True),
    C("job", String(64), nullable=False),
    C("started", UtcDateTime, nullable=False),
    C("seconds", Float, nullable=False),
    C("outcome", String(16), nullable=False),
    C("result", Text, nullable=False),
    C("error", Text, nullable=False),
    Index(None, "job", "started"),
    Index(None, "started"),
)

people = Table(
    "people",
    metadata,
    C("id", String(32), primary_key=True),
    C("email", String(254), nullable=False),
    C("name", Text, nullable=False),
    C("role", String(16), nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("active", Boolean, nullable=False),
    C("password", Text),  # hashed; NULL until one is chosen
    UniqueConstraint("email"),
)

sessions = Table(
    "sessions",
    metadata,
    C("id", String(32), primary_key=True),
    C("fingerprint", String(64), nullable=False),
    C("person_id", ForeignKey("people.id"), nullable=False),
    C("begun", UtcDateTime, nullable=False),
    C("seen", UtcDateTime, nullable=False),
    C("address", String(64), nullable=False),
    C("agent", Text, nullable=False),
    UniqueConstraint("fingerprint"),
    Index(None, "person_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    C("id", String(32), primary_key=True),
    C("fingerprint", String(64), nullable=False),
    C("person_id", ForeignKey("people.id"), nullable=False),
    C("name", Text, nullable=False),
    C("role", String(16), nullable=False),
    C("shown", String(32), nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("expires", UtcDateTime, nullable=False),
    C("last_used", UtcDateTime),
    C("revoked", UtcDateTime),
    UniqueConstraint("fingerprint"),
    Index(None, "person_id"),
)

account_links = Table(
    "account_links",
    metadata,
    C("id", String(32), primary_key=True),
    C("fingerprint", String(64), nullable=False),
    C("person_id", ForeignKey("people.id"), nullable=False),
    C("kind", String(16), nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("expires", UtcDateTime, nullable=False),
    C("used", UtcDateTime),
    UniqueConstraint("fingerprint"),
    Index(None, "person_id"),
)

attempts = Table(
    "attempts",
    metadata,
    C("id", Serial, primary_key=True),
    C("key", String(64), nullable=False),
    C("at", UtcDateTime, nullable=False),
    Index(None, "key", "at"),
)

audit = Table(
    "audit",
    metadata,
    C("number", Serial, primary_key=True),
    C("at", UtcDateTime, nullable=False),
    C("kind", String(32), nullable=False),
    # No foreign keys: the demo person is nowhere entered.
    C("person_id", String(32)),
    C("name", Text, nullable=False),
    C("address", String(64), nullable=False),
    C("about", Text, nullable=False),
    C("subject_id", String(32)),
    Index(None, "at"),
    Index(None, "kind", "number"),
    Index(None, "person_id", "number"),
    Index(None, "subject_id", "number"),
)

saved_searches = Table(
    "saved_searches",
    metadata,
    C("id", String(32), primary_key=True),
    # No foreign key: the demo person is nowhere entered.
    C("person_id", String(32), nullable=False),
    C("name", Text, nullable=False),
    C("address", Text, nullable=False),
    C("shared", Boolean, nullable=False),
    C("created", UtcDateTime, nullable=False),
    Index(None, "person_id"),
)

saved_search_openings = Table(
    "saved_search_openings",
    metadata,
    C("search_id", ForeignKey("saved_searches.id"), primary_key=True),
    C("person_id", String(32), primary_key=True),
    C("opened", UtcDateTime, nullable=False),
    Index(None, "person_id"),
)

feed_keys = Table(
    "feed_keys",
    metadata,
    C("id", String(32), primary_key=True),
    C("fingerprint", String(64), nullable=False),
    C("person_id", String(32), nullable=False),
    C("name", Text, nullable=False),
    C("shown", String(32), nullable=False),
    C("created", UtcDateTime, nullable=False),
    C("last_used", UtcDateTime),
    C("revoked", UtcDateTime),
    UniqueConstraint("fingerprint"),
    Index(None, "person_id"),
)

alert_subscriptions = Table(
    "alert_subscriptions",
    metadata,
    C("person_id", String(32), primary_key=True),
    C("channel", String(32), primary_key=True),
    C("address", String(64), nullable=False),
    C("severities", JSON, nullable=False),
    C("regions", JSON, nullable=False),
    C("rules", JSON, nullable=False),
    C("changed", UtcDateTime, nullable=False),
)
