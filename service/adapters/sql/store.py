"""The article store in SQL."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, delete, func, or_, select, update

from nlp.analysis import Tone
from service.adapters.sql import alerts as alerting
from service.adapters.sql import corrections, entering, migrations, outgoing
from service.adapters.sql import stories as story_rows
from service.adapters.sql.accounts import SqlAccounts
from service.adapters.sql.digests import SqlDigests, close
from service.adapters.sql.engine import connect, insert_new, store_errors, transacting
from service.adapters.sql.entering import STATED, batches, reviews_of
from service.adapters.sql.fading import SqlFadingRows
from service.adapters.sql.health import found_hours, keep_states, outlet_records
from service.adapters.sql.jobs import SqlJobs
from service.adapters.sql.ledger import SqlLedger
from service.adapters.sql.outgoing import SqlOutbox
from service.adapters.sql.rows import (
    alert_of,
    article_of,
    article_row,
    quarantined_of,
    region_rows,
    trace_rows,
    version_of,
)
from service.adapters.sql.rule_book import SqlRuleBook
from service.adapters.sql.saved_searches import SqlSavedSearches
from service.adapters.sql.schema import (
    alerts,
    article_corrections,
    article_regions,
    article_versions,
    articles,
    digests,
    fetch_events,
    figures,
    ledger_backlog,
    outbox,
    quarantine,
    stories,
    story_traces,
)
from service.adapters.sql.speakers import SqlSpeakers, enter_quotes
from service.adapters.sql.subscriptions import SqlSubscriptions
from service.domain.alert import Alert
from service.domain.alert_life import AlertNotice, AlertStep, ToldAlert
from service.domain.article import WIB, Article, ArticleVersion
from service.domain.correction import UNDERSTOOD_FIELDS, Correction
from service.domain.digest import IndexedMark, SentDigest
from service.domain.health import OutletRecord
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Claim
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement, Subject
from service.domain.message import Cause, DeliveryState, Lane, Message, OutboxEntry
from service.domain.story import Candidates, StoryCount
from service.domain.story_decision import StoryDecision, new_story_id
from service.ports import FetchEvent, Quarantined, Transaction, Understood

logger = logging.getLogger(__name__)

ENTERED_AT_ONCE = 100
_FOUND_OF_LATE = 20
"""Out of so many times as many articles as are asked for, found last, those printed last are told."""

_REFUSED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands as the time of indexing of what the index refused, so that the database's index on that time finds it."""

CheckEntered = Callable[[Transaction, Sequence[str], frozenset[Subject]], None]
"""Looks for what does not add up in newly entered articles, by their ids, and in the subjects that they touch."""


class SqlTransaction:
    """Writes on one connection, which its owner commits or rolls back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def contains(self, article_id: str) -> bool:
        """Whether an article of this id is stored."""
        return self._connection.scalar(select(articles.c.id).where(articles.c.id == article_id)) is not None

    def add(self, article: Article) -> frozenset[Subject]:
        """Store the article and its statements, not yet indexed; the subjects they are about, or were before."""
        article = self._as_decided(article)
        if article.story_id is not None:
            insert_new(self._connection, stories, {"id": article.story_id, "opened": article.moment}, "id")
        if self.contains(article.id):
            for table in (article_regions, story_traces):
                self._connection.execute(delete(table).where(table.c.article_id == article.id))
            self._connection.execute(
                update(articles).where(articles.c.id == article.id).values(**article_row(article), indexed_at=None)
            )
        else:
            self._connection.execute(articles.insert().values(**article_row(article), in_index=False))
        for table, rows in ((article_regions, region_rows(article)), (story_traces, trace_rows(article))):
            if rows:
                self._connection.execute(table.insert(), rows)
        self._connection.execute(delete(quarantine).where(quarantine.c.url == article.url))
        enter_quotes(self._connection, article)
        return self.enter(article)

    def enter_quotes(self, article: Article) -> None:
        """Enter anew what a stored article quotes, and count its speakers."""
        enter_quotes(self._connection, self._as_decided(article))

    def enter(self, article: Article) -> frozenset[Subject]:
        """Enter the statements of a stored article anew, with the reviews that are recorded; the subjects, as `add`."""
        return entering.enter(self._connection, self._as_decided(article))

    def _as_decided(self, article: Article) -> Article:
        """The article with the reviews and corrections that are recorded."""
        reviews = reviews_of(self._connection, [article.id]).get(article.id, ())
        corrected = corrections.corrections_of(self._connection, [article.id]).get(article.id, ())
        return replace(article, reviews=tuple(reviews), corrections=tuple(corrected))

    def record_review(self, review: Review) -> None:
        """Append to the log of reviews; the statements are as they were until the article is entered again."""
        entering.record_review(self._connection, review)

    def record_correction(self, correction: Correction) -> None:
        """Append to the log of corrections; the article is as it was until it is added again."""
        corrections.record_correction(self._connection, correction)

    def statements(self, article_id: str) -> list[Statement]:
        """The article's statements in their order, rejected ones too."""
        return entering.statements_of_article(self._connection, article_id)

    def statements_on(self, subject: Subject, limit: int) -> list[Statement]:
        """The newest statements about this subject, rejected ones left out."""
        return entering.statements_on(self._connection, subject, limit)

    def put_findings(self, scope: str, findings: Sequence[Finding]) -> None:
        """What does not add up in this scope is this and nothing else."""
        entering.put_findings(self._connection, scope, findings)

    def is_in_conflict(self, article_id: str) -> bool:
        """Whether a statement of the article has part in a finding that nothing explains."""
        return bool(entering.in_conflict(self._connection, [article_id]))

    def claims_in(self, article_id: str) -> list[Claim]:
        """The claims that the article's statements belong to, without their findings."""
        return entering.claims_of_article(self._connection, article_id)

    def put_standings(self, standings: Mapping[str, Standing | None]) -> None:
        """How these claims, by their ids, stand to the official series."""
        entering.put_standings(self._connection, standings)

    def put_official(self, figures: Iterable[OfficialFigure], at: datetime) -> int:
        """Enter official values; one of the same metric, region, period, unit and segment is replaced. How many."""
        return entering.put_official(self._connection, figures, at)

    def official_on(self, metrics: Collection[str]) -> list[OfficialFigure]:
        """The official series of these metrics in all regions, each in the order of its periods."""
        return entering.official_on(self._connection, metrics)

    def keep_version(self, version: ArticleVersion) -> None:
        """Keep an earlier text of a stored article; one of the same article and fetch is kept once."""
        row = {name: getattr(version, name) for name in _names(article_versions)}
        insert_new(self._connection, article_versions, row, "article_id", "fetched")

    def mark_gone(self, article_id: str, at: datetime) -> bool:
        """The outlet has taken the article down; False where it is not stored, was gone, or was fetched since."""
        of = articles.c
        there = and_(of.id == article_id, of.gone.is_(None), func.coalesce(of.fetched, of.found) < at)
        return self._connection.execute(update(articles).where(there).values(gone=at)).rowcount == 1

    def story_candidates(self, article: Article) -> Candidates:
        """Stored relevant articles of the days around `article` that share wording or facts with it."""
        return story_rows.candidates(self._connection, article)

    def standing_story(self, article_id: str, story_id: str | None) -> str | None:
        """The story that holds for an article of which this one is known."""
        return story_rows.standing(self._connection, article_id, story_id)

    def open_story(self, first: Article) -> str:
        """The id of a new story that begins with this article."""
        story_id = new_story_id(first.id, story_rows.begun_with(self._connection, f"s{first.id}"))
        insert_new(self._connection, stories, {"id": story_id, "opened": first.moment}, "id")
        return story_id

    def record_story_decision(self, decision: StoryDecision, merged_into: str | None) -> int:
        """Append to the log of decisions on stories; the articles are as they were until they are added again."""
        return story_rows.record_decision(self._connection, decision, merged_into)

    def raise_alert(self, alert: Alert) -> bool:
        """Keep the alert, and that it is to be told, unless its rule has one about the same already; whether it was."""
        return alerting.raise_alert(self._connection, alert)

    def take_step(self, step: AlertStep) -> None:
        """Write what the step makes of an alert that is kept."""
        alerting.take_step(self._connection, step)

    def alert(self, alert_id: str) -> Alert | None:
        """The alert, or None."""
        return alerting.alert(self._connection, alert_id)

    def alerts_about(self, about: str) -> list[Alert]:
        """The alerts about this, as they were raised."""
        return alerting.alerts_about(self._connection, [about])

    def story_outlets(self, story_id: str) -> int:
        """How many outlets tell the story in relevant articles."""
        return alerting.story_outlets(self._connection, story_id)

    def story_articles(self, story_id: str) -> list[Article]:
        """The story's articles, the first printed first, those that people hid among them."""
        told = select(articles).where(articles.c.story_id == story_id).order_by(articles.c.moment, articles.c.id)
        return _articles_of(self._connection, told)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids, in their order; unknown ids are left out."""
        return _articles_by_id(self._connection, ids)

    def pending_notices(self) -> list[AlertNotice]:
        """What is to be told of alerts, the oldest first; nobody else tells it until this transaction has ended."""
        return alerting.pending_notices(self._connection)

    def settle_notice(self, notice: AlertNotice) -> None:
        """Write state and reason of the notice."""
        alerting.settle_notice(self._connection, notice)

    def record_told(self, told: ToldAlert) -> None:
        """Write that a message tells a recipient of an alert."""
        alerting.record_told(self._connection, told)

    def told_about(self, about: str) -> list[ToldAlert]:
        """What was told about this, the first message first."""
        return alerting.told_about(self._connection, about)

    def awaiting(self) -> list[Alert]:
        """The open alerts that were told and are to be escalated where nobody acknowledges them, and were not yet."""
        return alerting.awaiting(self._connection)

    def quarantine(self, page: Quarantined) -> None:
        """Remember a page that cannot be read, once per URL, until an article of that URL is stored."""
        row = {name: getattr(page, name) for name in _names(quarantine)}
        if not insert_new(self._connection, quarantine, row, "url"):
            self._connection.execute(update(quarantine).where(quarantine.c.url == page.url).values(**row))

    def enqueue(self, message: Message, cause: Cause, due: datetime, held: str | None = None) -> bool:
        """Put a message into the outbox unless one of its id was there before; whether it was new."""
        return outgoing.enqueue(self._connection, message, cause, due, held)

    def record_digest(self, sent: SentDigest) -> bool:
        """The digest is composed; False where it was before, or was never opened."""
        return close(self._connection, sent)


class SqlStore:
    """The truth in one database. Threads and processes may share it: readers never wait, writers take turns."""

    def __init__(self, url: str) -> None:
        self._reader, self._writer = connect(url)
        self.ledger = SqlLedger(self._reader)
        self.speakers = SqlSpeakers(self._reader)
        self.alert_book = alerting.SqlAlertBook(self._reader)
        self.accounts = SqlAccounts(self._reader, self._writer, outgoing.enqueue)
        self.saved_searches = SqlSavedSearches(self._reader, self._writer)
        self.rule_book = SqlRuleBook(self._reader, self._writer)
        self.messages = SqlOutbox(self._reader, self._writer)
        self.subscriptions = SqlSubscriptions(self._reader, self._writer)
        self.jobs = SqlJobs(self._reader, self._writer)
        self.fading = SqlFadingRows(self._reader, self._writer)
        self.digests = SqlDigests(self._reader, self._writer)

    def migrate(
        self, check: CheckEntered = lambda transaction, entered, touched: None, *, at_once: int = ENTERED_AT_ONCE
    ) -> None:
        """Bring the schema and the ledger to this version; nothing happens where they are already.

        Articles of a version without the ledger are entered into it, `at_once` in a transaction that checks them too: a
        run that is cut short is gone on with by the next.
        """
        with store_errors():
            migrations.upgrade(self._writer)
        while self._enter_backlog(check, at_once):
            pass

    def _enter_backlog(self, check: CheckEntered, at_once: int) -> bool:
        """Enter some of the articles that the ledger lacks; whether there may be more."""
        with transacting(self._writer) as connection:
            after = connection.scalar(select(ledger_backlog.c.after))
            if after is None:
                return False
            of = articles.c
            waiting = select(articles).where(of.relevance == "relevant", of.id > after).order_by(of.id)
            some = _articles_of(connection, waiting.limit(at_once))
            connection.execute(delete(ledger_backlog))
            if not some:
                return False
            connection.execute(ledger_backlog.insert().values(after=some[-1].id))
            transaction = SqlTransaction(connection)
            touched = frozenset[Subject]().union(*(transaction.enter(article) for article in some))
            check(transaction, [article.id for article in some], touched)
        logger.info("ledger filled", extra={"articles": len(some), "until": some[-1].id})
        return True

    def ping(self) -> None:
        """Raise StoreError when the database cannot serve or its schema is not of this version."""
        with transacting(self._reader) as connection:
            migrations.check(connection)

    def close(self) -> None:
        """Release connections."""
        self._reader.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One short transaction: committed when the block ends, rolled back when it raises."""
        with transacting(self._writer) as connection:
            yield SqlTransaction(connection)

    def get(self, article_id: str) -> Article | None:
        """The article, or None."""
        return next(iter(self.articles([article_id])), None)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids, in their order; unknown ids are left out."""
        with transacting(self._reader) as connection:
            return _articles_by_id(connection, ids)

    def corrected(self, after: str | None, limit: int) -> list[Article]:
        """Articles whose tone, relevance or topic people decided, by their ids, from the first one after `after`."""
        decided = select(article_corrections.c.article_id).where(article_corrections.c.field.in_(UNDERSTOOD_FIELDS))
        return self._articles(
            select(articles)
            .where(articles.c.id.in_(decided), articles.c.id > (after or ""))
            .order_by(articles.c.id)
            .limit(limit)
        )

    def judged_irrelevant(self, limit: int) -> list[Article]:
        """Articles that people judged to be irrelevant, the last judged first."""
        with transacting(self._reader) as connection:
            return _articles_by_id(connection, corrections.judged_irrelevant(connection, limit))

    def outdated(self, current: str | None) -> list[tuple[str | None, int]]:
        """The archive files with articles to be understood anew, the newest first, and how many of each."""
        with transacting(self._reader) as connection:
            return corrections.outdated(connection, current)

    def understood(self, archived_in: str | None) -> list[Understood]:
        """The articles of that archive file in the order of their ids."""
        with transacting(self._reader) as connection:
            return corrections.understood(connection, archived_in)

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """The article's earlier texts, the oldest first."""
        kept = (
            select(article_versions)
            .where(article_versions.c.article_id == article_id)
            .order_by(article_versions.c.fetched)
        )
        with transacting(self._reader) as connection:
            return [version_of(row) for row in connection.execute(kept).mappings()]

    def gone(self, ids: Sequence[str]) -> dict[str, datetime]:
        """Which of these articles the outlet took down, and when that was seen."""
        with transacting(self._reader) as connection:
            return {
                row.id: row.gone
                for some in batches(ids)
                for row in connection.execute(
                    select(articles.c.id, articles.c.gone).where(articles.c.id.in_(some), articles.c.gone.is_not(None))
                )
            }

    def story(self, story_id: str) -> list[Article]:
        """The story's articles, the first printed first."""
        return self._articles(
            select(articles).where(articles.c.story_id == story_id).order_by(articles.c.moment, articles.c.id)
        )

    def resolve_story(self, story_id: str) -> str:
        """The id of the story that this one was merged into, its own where it was not."""
        with transacting(self._reader) as connection:
            return story_rows.resolve(connection, story_id)

    def story_decisions(self, story_id: str, limit: int = 100) -> list[StoryDecision]:
        """The decisions that made this story what it is, the newest first."""
        with transacting(self._reader) as connection:
            return story_rows.decisions_on(connection, story_id, limit)

    def story_decision(self, number: int) -> StoryDecision | None:
        """The decision of this number, or None."""
        with transacting(self._reader) as connection:
            return story_rows.decision(connection, number)

    def similar_stories(self, story_id: str, limit: int = 8) -> list[str]:
        """The ids of other stories of the days around that share wording or facts with this one, the likest first."""
        with transacting(self._reader) as connection:
            return story_rows.similar(connection, story_id, limit)

    def top_stories(self, since: date, limit: int) -> list[StoryCount]:
        """The stories of relevant articles printed since that day, those of most outlets first."""
        of = articles.c
        outlets = func.count(of.outlet.distinct()).label("outlets")
        told = (
            select(
                of.story_id,
                outlets,
                func.count().label("articles"),
                func.count(case((of.tone == "negative", of.outlet))).label("negative"),
                func.max(of.moment).label("last"),
            )
            .where(of.day >= since, of.relevance == "relevant", of.story_id.is_not(None))
            .group_by(of.story_id)
        )
        ranked = told.order_by(outlets.desc(), func.max(of.moment).desc(), of.story_id).limit(limit)
        with transacting(self._reader) as connection:
            counted = connection.execute(ranked).mappings().all()
            headlines = _first_headlines(connection, [row["story_id"] for row in counted])
        return [StoryCount(**row, headline=headlines[row["story_id"]]) for row in counted]

    def not_indexed(self, limit: int) -> list[Article]:
        """What waits for the index, oldest first."""
        return self._articles(
            select(articles).where(_waits_for_index()).order_by(articles.c.moment, articles.c.id).limit(limit)
        )

    def indexable(self, after: str | None, limit: int) -> list[Article]:
        """Relevant and mentioning articles in the order of their ids, from the first one after the id `after`."""
        return self._articles(
            select(articles)
            .where(articles.c.relevance != "irrelevant", articles.c.id > (after or ""))
            .order_by(articles.c.id)
            .limit(limit)
        )

    def mark_indexed(self, ids: Iterable[str], at: datetime, refused: Iterable[str] = ()) -> None:
        """The index agrees with the store on these now, of which it does not hold what it `refused`."""
        with transacting(self._writer) as connection:
            told_until = connection.scalar(select(func.max(digests.c.until)))
            news_at = at if told_until is None else max(at, told_until + timedelta(microseconds=1))
            first = case(
                (articles.c.relevance == "relevant", func.coalesce(articles.c.first_indexed_at, news_at)),
                else_=articles.c.first_indexed_at,
            )
            for some in batches(ids):
                connection.execute(
                    update(articles)
                    .where(articles.c.id.in_(some))
                    .values(indexed_at=at, first_indexed_at=first, in_index=articles.c.relevance != "irrelevant")
                )
            for some in batches(refused):
                connection.execute(
                    update(articles).where(articles.c.id.in_(some)).values(in_index=False, indexed_at=_REFUSED)
                )

    def refused(self, limit: int) -> list[Article]:
        """What belongs in the index and was refused by it, oldest first."""
        return self._articles(
            select(articles).where(_is_refused()).order_by(articles.c.moment, articles.c.id).limit(limit)
        )

    def mark_all_not_indexed(self, since: datetime | None = None, refused: Iterable[str] = ()) -> int:
        """Every article, or every one marked at `since` or later, and what was refused waits again; how many."""
        marked = and_(articles.c.indexed_at.is_not(None), articles.c.in_index)
        if since is not None:
            marked = and_(marked, articles.c.indexed_at >= since)
        waiting = [or_(marked, _is_refused())]
        waiting += [and_(articles.c.id.in_(some), articles.c.indexed_at.is_not(None)) for some in batches(refused)]
        count = 0
        with transacting(self._writer) as connection:
            for some_waiting in waiting:
                count += connection.execute(update(articles).where(some_waiting).values(indexed_at=None)).rowcount
        return count

    def indexed_between(self, after: datetime, until: datetime) -> list[Article]:
        """Relevant articles first indexed in (after, until], newest first."""
        return self._articles(
            select(articles)
            .where(
                articles.c.relevance == "relevant",
                articles.c.first_indexed_at > after,
                articles.c.first_indexed_at <= until,
            )
            .order_by(articles.c.moment.desc(), articles.c.id)
        )

    def relevant_ids(
        self,
        since: datetime,
        until: datetime,
        limit: int,
        *,
        tones: Collection[str] = (),
        outlets: Collection[str] | None = None,
    ) -> list[str]:
        """The ids of relevant articles printed in [since, until], the newest first."""
        of = articles.c
        # By the day too: that is what the index holds.
        printed = select(of.id).where(
            of.relevance == "relevant",
            of.day.between(since.astimezone(WIB).date(), until.astimezone(WIB).date()),
            of.moment.between(since, until),
        )
        if tones:
            printed = printed.where(of.tone.in_(sorted(tones)))
        if outlets is not None:
            printed = printed.where(of.outlet.in_(sorted(outlets)))
        with transacting(self._reader) as connection:
            return list(connection.scalars(printed.order_by(of.moment.desc(), of.id).limit(limit)))

    def found_hours(self, since: datetime) -> list[datetime]:
        """The beginnings of the hours since then in which any article was collected, the earliest first."""
        with transacting(self._reader) as connection:
            return found_hours(connection, since)

    def indexed_marks(self, after: datetime, until: datetime) -> list[IndexedMark]:
        """What is counted of the relevant articles first indexed in (after, until], without reading them."""
        of = articles.c
        found = select(of.id, of.story_id, of.first_indexed_at, of.moment, of.tone).where(
            of.relevance == "relevant", of.first_indexed_at > after, of.first_indexed_at <= until
        )
        with transacting(self._reader) as connection:
            return [
                IndexedMark(row.id, row.story_id or row.id, row.first_indexed_at, row.moment, row.tone)
                for row in connection.execute(found)
            ]

    def watched_since(self) -> datetime | None:
        """When the first relevant article of all was indexed, None where none is."""
        with transacting(self._reader) as connection:
            first: datetime | None = connection.scalar(select(func.min(articles.c.first_indexed_at)))
            return first

    def first_indexed(self, after: datetime, limit: int) -> list[tuple[datetime, Article]]:
        """Relevant articles first indexed after then, and when: those that were last first."""
        of = articles.c
        found = (
            select(of.id, of.first_indexed_at)
            .where(of.relevance == "relevant", of.first_indexed_at > after)
            .order_by(of.first_indexed_at.desc(), of.id)
            .limit(limit)
        )
        with transacting(self._reader) as connection:
            times = {row.id: row.first_indexed_at for row in connection.execute(found)}
            return [(times[it.id], it) for it in _articles_by_id(connection, list(times))]

    def alerts(self, limit: int = 100) -> list[tuple[Alert, Article | None]]:
        """The newest alerts with the article that raised each, None where none did."""
        newest = select(alerts).order_by(alerts.c.raised.desc(), alerts.c.id).limit(limit)
        with transacting(self._reader) as connection:
            found = [alert_of(row) for row in connection.execute(newest).mappings()]
            raised_by = {
                it.id: it for it in _articles_by_id(connection, [it.article_id for it in found if it.article_id])
            }
        return [(alert, raised_by.get(alert.article_id or "")) for alert in found]

    def alarmed_since(self, since: datetime) -> list[datetime]:
        """When each thing that nobody hid first raised an alert, of those that did at `since` or later."""
        of = alerts.c
        first = (
            select(func.min(of.raised))
            .outerjoin(articles, articles.c.id == of.article_id)
            .where(of.raised >= since, or_(of.article_id.is_(None), articles.c.relevance != "hidden"))
            .group_by(of.about)
        )
        with transacting(self._reader) as connection:
            return list(connection.scalars(first))

    def printed_since(self, since: datetime) -> list[tuple[datetime, Tone]]:
        """The moment and the tone of each relevant article printed at `since` or later."""
        of = articles.c
        printed = select(of.moment, of.tone).where(
            of.relevance == "relevant", of.day >= since.astimezone(WIB).date(), of.moment >= since
        )
        with transacting(self._reader) as connection:
            return [(row.moment, row.tone) for row in connection.execute(printed)]

    def first_day(self) -> date | None:
        """The day of the oldest relevant article, None where none is stored."""
        first = select(func.min(articles.c.day)).where(articles.c.relevance == "relevant")
        with transacting(self._reader) as connection:
            day: date | None = connection.scalar(first)
        return day

    def claim_message(
        self, lane: Lane, claim: str, now: datetime, until: datetime, due: datetime | None = None
    ) -> OutboxEntry | None:
        """The next message of the lane whose time has come, whole, for nobody else until then; None without any."""
        with transacting(self._writer) as connection:
            return outgoing.claim(connection, lane, claim, now, until, due or now)

    def mark_sent(self, message_id: str, at: datetime) -> None:
        """The message was accepted for delivery; of one for an account the text is forgotten."""
        with transacting(self._writer) as connection:
            outgoing.mark(connection, message_id, state="sent", sent=at, error=None, **outgoing.FORGOTTEN)

    def mark_failed(self, message_id: str, error: str, retry_at: datetime | None, claim: str | None = None) -> None:
        """The message was not accepted: tried again at `retry_at`, or dead when that is None."""
        ended = {"due": retry_at} if retry_at is not None else {"state": "dead", **outgoing.FORGOTTEN}
        with transacting(self._writer) as connection:
            outgoing.mark(connection, message_id, claim, error=error, **ended)

    def outbox(self, limit: int = 100) -> list[OutboxEntry]:
        """The newest messages with their state, without their files."""
        return self._entries(select(outbox).order_by(outbox.c.created.desc(), outbox.c.id).limit(limit))

    def message(self, message_id: str) -> OutboxEntry | None:
        """The message with its files, None where there is none (any more)."""
        with transacting(self._reader) as connection:
            return outgoing.one(connection, message_id)

    def deliveries(self, ids: Iterable[str]) -> dict[str, DeliveryState]:
        """How far these messages are; those that are gone are left out."""
        states: dict[str, DeliveryState] = {}
        with transacting(self._reader) as connection:
            for some in batches(ids):
                found = connection.execute(select(outbox.c.id, outbox.c.state).where(outbox.c.id.in_(some)))
                states |= {row.id: row.state for row in found}
        return states

    def record_events(self, events: Iterable[FetchEvent]) -> None:
        """Append to the fetch-event log, and keep the state of each source."""
        events = list(events)
        names = [name for name in _names(fetch_events) if name != "id"]
        rows = [{name: getattr(fetched, name) for name in names} for fetched in events]
        if rows:
            with transacting(self._writer) as connection:
                connection.execute(fetch_events.insert(), rows)
                keep_states(connection, events)

    def fetch_log(self, outlet: str, limit: int = 100) -> list[FetchEvent]:
        """The newest events of the outlet, those of pages that were fetched without trouble left out."""
        of = fetch_events.c
        telling = or_(of.kind != "page", of.outcome.in_(["soft", "hard"]))
        newest = (
            select(*(column for column in fetch_events.columns if column.name != "id"))
            .where(of.outlet == outlet, telling)
            .order_by(of.at.desc(), of.id.desc())
            .limit(limit)
        )
        with transacting(self._reader) as connection:
            return [FetchEvent(**row) for row in connection.execute(newest).mappings()]

    def outlet_records(self, outlets: Sequence[str], now: datetime) -> list[OutletRecord]:
        """What is known of these outlets, in their order."""
        with transacting(self._reader) as connection:
            return outlet_records(connection, outlets, now)

    def newest_articles(self, outlet: str, limit: int = 20) -> list[Article]:
        """The articles of the outlet that were printed last, of those found of late, whatever they are about."""
        of = articles.c
        # The index knows when they were found; a crawl finds some days of an outlet at once.
        found = select(of.id).where(of.outlet == outlet).order_by(of.found.desc(), of.id).limit(limit * _FOUND_OF_LATE)
        printed = select(articles).where(of.id.in_(found.subquery().select()))
        return self._articles(printed.order_by(of.moment.desc(), of.found.desc(), of.id).limit(limit))

    def quarantined(self, limit: int = 100, *, outlet: str | None = None) -> list[Quarantined]:
        """The newest pages that could not be read, of all outlets or of one."""
        newest = select(quarantine).order_by(quarantine.c.at.desc(), quarantine.c.url).limit(limit)
        if outlet is not None:
            newest = newest.where(quarantine.c.outlet == outlet)
        with transacting(self._reader) as connection:
            return [quarantined_of(row) for row in connection.execute(newest).mappings()]

    def counts(self) -> dict[str, int]:
        """How many there are, by name."""
        relevance = articles.c.relevance
        with transacting(self._reader) as connection:

            def count(table: Table, *wanted: Any) -> int:
                return connection.scalar(select(func.count()).select_from(table).where(*wanted)) or 0

            return {
                "articles": count(articles),
                "relevant": count(articles, relevance == "relevant"),
                "mention": count(articles, relevance == "mention"),
                "irrelevant": count(articles, relevance == "irrelevant"),
                "hidden": count(articles, relevance == "hidden"),
                "figures": count(figures, STATED),
                "negative": count(articles, relevance == "relevant", articles.c.tone == "negative"),
                "stories": count(stories),
                "alerts": count(alerts),
                "quarantined": count(quarantine),
                "not_indexed": count(articles, _waits_for_index()),
                "refused": count(articles, _is_refused()),
                "messages_pending": count(outbox, outbox.c.state == "pending"),
                "messages_dead": count(outbox, outbox.c.state == "dead"),
            }

    def _articles(self, statement: Select[Any]) -> list[Article]:
        with transacting(self._reader) as connection:
            return _articles_of(connection, statement)

    def _entries(self, statement: Select[Any]) -> list[OutboxEntry]:
        with transacting(self._reader) as connection:
            return outgoing.entries(connection, statement)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _is_refused() -> Any:
    """Whether the index was asked to take what belongs in it, and did not."""
    return articles.c.indexed_at == _REFUSED


def _waits_for_index() -> Any:
    return and_(articles.c.indexed_at.is_(None), or_(articles.c.relevance != "irrelevant", articles.c.in_index))


def _first_headlines(connection: Connection, story_ids: Sequence[str]) -> dict[str, str]:
    """What the first relevant article of each story is called."""
    of = articles.c
    told = select(of.story_id, of.title, of.relevance).where(of.story_id.in_(story_ids)).order_by(of.moment, of.id)
    headlines: dict[str, str] = {}
    # Chosen here: of relevance and story, SQLite would look by the relevance, which nearly all have.
    for row in connection.execute(told):
        if row.relevance == "relevant":
            headlines.setdefault(row.story_id, row.title)
    return headlines


def _articles_by_id(connection: Connection, ids: Sequence[str]) -> list[Article]:
    found: dict[str, Article] = {}
    for some in batches(ids):
        for article in _articles_of(connection, select(articles).where(articles.c.id.in_(some))):
            found[article.id] = article
    return [found[article_id] for article_id in ids if article_id in found]


def _articles_of(connection: Connection, statement: Select[Any]) -> list[Article]:
    """The articles of these rows of `articles`, with what people decided about their figures and about them."""
    rows = connection.execute(statement).mappings().all()
    ids = [row["id"] for row in rows]
    reviews, corrected = reviews_of(connection, ids), corrections.corrections_of(connection, ids)
    return [article_of(row, reviews.get(row["id"], ()), corrected.get(row["id"], ())) for row in rows]
