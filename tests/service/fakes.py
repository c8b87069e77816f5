"""The ports in memory: they keep what the contract suites demand of every adapter, and nothing more."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from crawler.page import Page
from nlp.analysis import Tone
from service.domain.alert import Alert
from service.domain.alert_life import AlertNotice, AlertStep, ToldAlert
from service.domain.article import Article, ArticleVersion
from service.domain.correction import UNDERSTOOD_FIELDS, Correction
from service.domain.digest import IndexedMark, SentDigest
from service.domain.health import (
    DAY,
    FORTNIGHT,
    HOUR,
    SHORT_WORDS,
    SURE,
    WALLS,
    Hour,
    OutletRecord,
    SourceState,
    new_source,
)
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Claim
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement, Subject, statements_of
from service.domain.message import Cause, DeliveryState, Lane, Message, OutboxEntry
from service.domain.story import STORY_SPAN, Candidates, StoryCount, looked_up, most_alike, traces
from service.domain.story_decision import StoryDecision, new_story_id
from service.errors import ArchiveDamaged, DeliveryError
from service.ports import FetchEvent, Quarantined, Transaction, Understood
from service.usecases.ledger import check_ledger
from tests.service.builders import NOW
from tests.service.fake_accounts import FakeAccounts
from tests.service.fake_alerts import AlertRows, FakeAlertBook
from tests.service.fake_digests import FakeDigests
from tests.service.fake_jobs import FakeJobs
from tests.service.fake_ledger import FakeLedger, gathered, in_conflict, newest_first, official_place
from tests.service.fake_outbox import FakeOutbox, claimable
from tests.service.fake_rule_book import FakeRuleBook
from tests.service.fake_saved_searches import FakeSavedSearches
from tests.service.fake_speakers import FakeSpeakers
from tests.service.fake_subscriptions import FakeSubscriptions


@dataclass
class _State:
    articles: dict[str, Article] = field(default_factory=dict)
    versions: dict[tuple[str, datetime], ArticleVersion] = field(default_factory=dict)
    indexed: dict[str, datetime] = field(default_factory=dict)
    first_indexed: dict[str, datetime] = field(default_factory=dict)
    in_index: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)
    story_decisions: list[StoryDecision] = field(default_factory=list)
    alerts: AlertRows = field(default_factory=AlertRows)
    outbox: dict[str, OutboxEntry] = field(default_factory=dict)
    claims: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    digests: dict[tuple[str, datetime], datetime | SentDigest] = field(default_factory=dict)
    quarantine: dict[str, Quarantined] = field(default_factory=dict)
    events: list[FetchEvent] = field(default_factory=list)
    sources: dict[tuple[str, str, str], SourceState] = field(default_factory=dict)
    statements: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    official: dict[tuple[str, ...], OfficialFigure] = field(default_factory=dict)


def resolved(merged: Mapping[str, str], story_id: str) -> str:
    while story_id in merged:
        story_id = merged[story_id]
    return story_id


class FakeTransaction:
    def __init__(self, state: _State) -> None:
        self.state = state

    def contains(self, article_id: str) -> bool:
        return article_id in self.state.articles

    def add(self, article: Article) -> frozenset[Subject]:
        if article.story_id is not None:
            self.state.stories.add(article.story_id)
        self.state.articles[article.id] = replace(
            article,
            found=article.found.astimezone(UTC),
            published=article.published and article.published.astimezone(UTC),
            modified=article.modified and article.modified.astimezone(UTC),
            fetched=article.fetched and article.fetched.astimezone(UTC),
            reviews=self._reviews(article.id),
            corrections=self._corrections(article.id),
        )
        self.state.indexed.pop(article.id, None)
        self.state.quarantine.pop(article.url, None)
        return self.enter(article)

    def enter_quotes(self, article: Article) -> None:
        """Speakers are counted from the articles whenever they are asked for."""

    def enter(self, article: Article) -> frozenset[Subject]:
        before = self.state.statements.pop(article.id, ())
        stored = replace(self.state.articles[article.id], reviews=self._reviews(article.id))
        self.state.articles[article.id] = stored
        after = self.state.statements[article.id] = tuple(statements_of(stored))
        if before:
            kept = {it.claim_id for own in self.state.statements.values() for it in own}
            for lost in {it.claim_id for it in before} - kept:
                self.state.standings.pop(lost, None)
        return frozenset(it.subject for it in (*before, *after) if it.subject is not None)

    def _reviews(self, article_id: str) -> tuple[Review, ...]:
        own = [review for review in self.state.reviews if review.article_id == article_id]
        return tuple(sorted(own, key=lambda review: review.at))

    def _corrections(self, article_id: str) -> tuple[Correction, ...]:
        own = [correction for correction in self.state.corrections if correction.article_id == article_id]
        return tuple(sorted(own, key=lambda correction: correction.at))

    def record_correction(self, correction: Correction) -> None:
        self.state.corrections.append(correction)
        article = self.state.articles[correction.article_id]
        self.state.articles[article.id] = replace(article, corrections=self._corrections(article.id))

    def record_review(self, review: Review) -> None:
        self.state.reviews.append(review)
        article = self.state.articles[review.article_id]
        self.state.articles[article.id] = replace(article, reviews=self._reviews(article.id))

    def statements(self, article_id: str) -> list[Statement]:
        return list(self.state.statements.get(article_id, ()))

    def statements_on(self, subject: Subject, limit: int) -> list[Statement]:
        about = [it for own in self.state.statements.values() for it in own if it.subject == subject]
        return sorted((it for it in about if it.verdict != "rejected"), key=newest_first)[:limit]

    def put_findings(self, scope: str, findings: Sequence[Finding]) -> None:
        self.state.findings[scope] = tuple(findings)

    def is_in_conflict(self, article_id: str) -> bool:
        return bool(in_conflict(self.state, [article_id]))

    def claims_in(self, article_id: str) -> list[Claim]:
        own = {statement.claim_id for statement in self.statements(article_id)}
        return [replace(claim, findings=()) for claim in gathered(self.state) if claim.id in own]

    def put_standings(self, standings: Mapping[str, Standing | None]) -> None:
        known = {it.claim_id for own in self.state.statements.values() for it in own}
        for claim_id, standing in standings.items():
            self.state.standings.pop(claim_id, None)
            if standing is not None and claim_id in known:
                self.state.standings[claim_id] = standing

    def put_official(self, figures: Iterable[OfficialFigure], at: datetime) -> int:
        entered = {official_place(figure): figure for figure in figures}
        self.state.official |= entered
        return len(entered)

    def official_on(self, metrics: Collection[str]) -> list[OfficialFigure]:
        return [figure for _, figure in sorted(self.state.official.items()) if figure.metric in metrics]

    def keep_version(self, version: ArticleVersion) -> None:
        self.state.versions.setdefault((version.article_id, version.fetched), version)

    def mark_gone(self, article_id: str, at: datetime) -> bool:
        article = self.state.articles.get(article_id)
        if article is None or article.gone is not None or (article.fetched or article.found) >= at:
            return False
        self.state.articles[article_id] = replace(article, gone=at)
        return True

    def story_candidates(self, article: Article) -> Candidates:
        own = traces(article.text)
        near = {
            other.id: own.hashes & traces(other.text).hashes
            for other in self.state.articles.values()
            if other.id != article.id
            and other.counted_as == "relevant"
            and abs(other.moment - article.moment) <= STORY_SPAN
        }
        holders = Counter(trace for shared in near.values() for trace in shared)
        wanted = looked_up(own, holders)
        alike, common = most_alike(
            own,
            holders,
            [(trace, it) for it, shared in near.items() for trace in shared & wanted],
            lambda ids: {it: self.state.articles[it].story_id for it in ids},
        )
        return Candidates(tuple(self.state.articles[it] for it in alike), common)

    def standing_story(self, article_id: str, story_id: str | None) -> str | None:
        decided = [
            move.after for it in self.state.story_decisions for move in it.moves if move.article_id == article_id
        ]
        held = decided[-1] if decided else story_id
        return None if held is None else resolved(self.state.merged, held)

    def open_story(self, first: Article) -> str:
        story_id = new_story_id(first.id, [it for it in self.state.stories if it.startswith(f"s{first.id}")])
        self.state.stories.add(story_id)
        return story_id

    def record_story_decision(self, decision: StoryDecision, merged_into: str | None) -> int:
        number = len(self.state.story_decisions) + 1
        self.state.story_decisions.append(replace(decision, number=number))
        self.state.merged.pop(decision.other_id, None)
        if merged_into is not None:
            self.state.merged[decision.other_id] = merged_into
        return number

    def raise_alert(self, alert: Alert) -> bool:
        return self.state.alerts.raise_alert(alert)

    def take_step(self, step: AlertStep) -> None:
        self.state.alerts.take(step)

    def alert(self, alert_id: str) -> Alert | None:
        return self.state.alerts.alerts.get(alert_id)

    def alerts_about(self, about: str) -> list[Alert]:
        return self.state.alerts.about([about])

    def story_outlets(self, story_id: str) -> int:
        return len({it.outlet for it in self.story_articles(story_id) if it.counted_as == "relevant"})

    def story_articles(self, story_id: str) -> list[Article]:
        told = [article for article in self.state.articles.values() if article.story_id == story_id]
        return sorted(told, key=lambda article: (article.moment, article.id))

    def articles(self, ids: Sequence[str]) -> list[Article]:
        return [self.state.articles[it] for it in ids if it in self.state.articles]

    def pending_notices(self) -> list[AlertNotice]:
        return self.state.alerts.pending()

    def settle_notice(self, notice: AlertNotice) -> None:
        self.state.alerts.notices[notice.id] = notice

    def record_told(self, told: ToldAlert) -> None:
        self.state.alerts.told.setdefault((told.alert_id, told.message_id), told)

    def told_about(self, about: str) -> list[ToldAlert]:
        return self.state.alerts.told_about(about)

    def awaiting(self) -> list[Alert]:
        return self.state.alerts.awaiting()

    def quarantine(self, page: Quarantined) -> None:
        self.state.quarantine[page.url] = page

    def enqueue(self, message: Message, cause: Cause, due: datetime, held: str | None = None) -> bool:
        if message.id in self.state.outbox:
            return False
        self.state.outbox[message.id] = OutboxEntry(message, cause, "pending", 0, due, due, held=held)
        return True

    def record_digest(self, sent: SentDigest) -> bool:
        if not isinstance(self.state.digests.get((sent.group, sent.slot)), datetime):
            return False
        self.state.digests[sent.group, sent.slot] = sent
        return True


def _forgotten(entry: OutboxEntry) -> OutboxEntry:
    return replace(entry, message=replace(entry.message, text="", html=None)) if entry.cause == "account" else entry


def _understood(article: Article) -> Understood:
    is_decided = any(correction.field == "relevance" for correction in article.corrections)
    lacks_text = is_decided and article.relevance != "irrelevant" and article.text == ""
    version, tone = article.analysis.version, article.sentiment.label
    return Understood(article.id, article.fetched, version, article.counted_as, tone, lacks_text)


class FakeStore:
    """The store in a dictionary. A transaction works on a copy that takes the place of the whole when it commits."""

    transactions: type[FakeTransaction] = FakeTransaction

    def __init__(self) -> None:
        self._state = _State()
        self.ledger = FakeLedger(lambda: self._state)
        self.alert_book = FakeAlertBook(lambda: self._state)
        self.saved_searches = FakeSavedSearches()
        self.rule_book = FakeRuleBook()
        self.jobs = FakeJobs()
        self.digests = FakeDigests(lambda: self._state.digests)
        self.speakers = FakeSpeakers(lambda: self._state.articles.values())
        self.accounts = FakeAccounts(
            lambda *message: FakeTransaction(self._state).enqueue(*message), self.saved_searches.revoke_keys
        )
        self.messages = FakeOutbox(lambda: self._state.outbox)
        self.subscriptions = FakeSubscriptions(self.accounts)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        state = _State(**{it.name: copy(getattr(self._state, it.name)) for it in fields(_State)})
        yield self.transactions(state)
        self._state = state

    def get(self, article_id: str) -> Article | None:
        return self._state.articles.get(article_id)

    def articles(self, ids: Sequence[str]) -> list[Article]:
        return [self._state.articles[it] for it in ids if it in self._state.articles]

    def judged_irrelevant(self, limit: int) -> list[Article]:
        held = {it.id: it.corrected("relevance") for it in self._state.articles.values()}
        judged = [it for it in held.values() if it is not None and it.value == "irrelevant"]
        newest = sorted(judged, key=lambda it: (it.at, self._state.corrections.index(it)), reverse=True)
        return [self._state.articles[it.article_id] for it in newest[:limit]]

    def corrected(self, after: str | None, limit: int) -> list[Article]:
        articles = sorted(self._state.articles.values(), key=lambda article: article.id)
        decided = {it.article_id for it in self._state.corrections if it.field in UNDERSTOOD_FIELDS}
        return [it for it in articles if it.id in decided and it.id > (after or "")][:limit]

    def outdated(self, current: str | None) -> list[tuple[str | None, int]]:
        files = {article.archived_in for article in self._state.articles.values()}
        counted = {
            name: sum(current is None or it.version != current or it.lacks_text for it in self.understood(name))
            for name in files
        }
        return sorted(((it, many) for it, many in counted.items() if many), key=lambda it: it[0] or "", reverse=True)

    def understood(self, archived_in: str | None) -> list[Understood]:
        articles = sorted(self._state.articles.values(), key=lambda article: article.id)
        return [_understood(article) for article in articles if article.archived_in == archived_in]

    def versions(self, article_id: str) -> list[ArticleVersion]:
        kept = [version for version in self._state.versions.values() if version.article_id == article_id]
        return sorted(kept, key=lambda version: version.fetched)

    def gone(self, ids: Sequence[str]) -> dict[str, datetime]:
        return {it.id: it.gone for it in self.articles(ids) if it.gone is not None}

    def top_stories(self, since: date, limit: int) -> list[StoryCount]:
        told: dict[str, list[Article]] = {}
        for article in self._oldest_first():
            if article.counted_as == "relevant" and article.story_id is not None and article.day >= since:
                told.setdefault(article.story_id, []).append(article)
        counted = [
            StoryCount(
                story_id,
                len({it.outlet for it in own}),
                len(own),
                sum(it.sentiment.label == "negative" for it in own),
                own[-1].moment,
                next(it.title for it in self.story(story_id) if it.counted_as == "relevant"),
            )
            for story_id, own in told.items()
        ]
        return sorted(counted, key=lambda it: (-it.outlets, -it.last.timestamp(), it.story_id))[:limit]

    def story(self, story_id: str) -> list[Article]:
        return [article for article in self._oldest_first() if article.story_id == story_id]

    def resolve_story(self, story_id: str) -> str:
        return resolved(self._state.merged, story_id)

    def story_decisions(self, story_id: str, limit: int = 100) -> list[StoryDecision]:
        own = {story_id, *(it for it in self._state.merged if self.resolve_story(it) == story_id)}
        concerned = [it for it in self._state.story_decisions if own & {it.story_id, it.other_id}]
        return concerned[::-1][:limit]

    def story_decision(self, number: int) -> StoryDecision | None:
        return next((it for it in self._state.story_decisions if it.number == number), None)

    def similar_stories(self, story_id: str, limit: int = 8) -> list[str]:
        own = frozenset[int]().union(*(traces(it.text).hashes for it in self.story(story_id)))
        shared: dict[str, frozenset[int]] = {}
        for other in self._state.articles.values():
            if other.counted_as == "relevant" and other.story_id not in (None, story_id):
                near = any(abs(other.moment - it.moment) <= STORY_SPAN for it in self.story(story_id))
                common = own & traces(other.text).hashes if near else frozenset()
                if common:
                    shared[other.story_id or ""] = shared.get(other.story_id or "", frozenset()) | common
        return sorted(shared, key=lambda it: (-len(shared[it]), it))[:limit]

    def not_indexed(self, limit: int) -> list[Article]:
        return [article for article in self._oldest_first() if self._waits(article)][:limit]

    def indexable(self, after: str | None, limit: int) -> list[Article]:
        articles = sorted(self._state.articles.values(), key=lambda article: article.id)
        return [it for it in articles if it.relevance != "irrelevant" and it.id > (after or "")][:limit]

    def mark_indexed(self, ids: Iterable[str], at: datetime, refused: Iterable[str] = ()) -> None:
        told = (it.until if isinstance(it, SentDigest) else it for it in self._state.digests.values())
        news_at = max([at, *(until + timedelta(microseconds=1) for until in told)])
        for article in self.articles(list(ids)):
            self._state.indexed[article.id] = at
            if article.relevance == "irrelevant":
                self._state.in_index.discard(article.id)
            else:
                self._state.in_index.add(article.id)
            if article.counted_as == "relevant":
                self._state.first_indexed.setdefault(article.id, news_at)
        self._state.in_index -= set(refused)

    def refused(self, limit: int) -> list[Article]:
        return [article for article in self._oldest_first() if self._is_refused(article)][:limit]

    def mark_all_not_indexed(self, since: datetime | None = None, refused: Iterable[str] = ()) -> int:
        named = {*refused, *(article.id for article in self._oldest_first() if self._is_refused(article))}
        again = [
            marked
            for marked, at in self._state.indexed.items()
            if marked in named or (marked in self._state.in_index and (since is None or at >= since))
        ]
        for article_id in again:
            del self._state.indexed[article_id]
        return len(again)

    def indexed_between(self, after: datetime, until: datetime) -> list[Article]:
        told = [
            article
            for article in self._state.articles.values()
            if article.counted_as == "relevant"
            and article.id in self._state.first_indexed
            and after < self._state.first_indexed[article.id] <= until
        ]
        return sorted(told, key=lambda article: (-article.moment.timestamp(), article.id))

    def relevant_ids(
        self,
        since: datetime,
        until: datetime,
        limit: int,
        *,
        tones: Collection[str] = (),
        outlets: Collection[str] | None = None,
    ) -> list[str]:
        printed = [
            article
            for article in self._state.articles.values()
            if article.counted_as == "relevant"
            and since <= article.moment <= until
            and (not tones or article.sentiment.label in tones)
            and (outlets is None or article.outlet in outlets)
        ]
        return [it.id for it in sorted(printed, key=lambda it: (-it.moment.timestamp(), it.id))][:limit]

    def found_hours(self, since: datetime) -> list[datetime]:
        hours = {it.found.replace(minute=0, second=0, microsecond=0) for it in self._state.articles.values()}
        return sorted(hour for hour in hours if hour > since - HOUR)

    def first_indexed(self, after: datetime, limit: int) -> list[tuple[datetime, Article]]:
        found = [
            (at, self._state.articles[article_id])
            for article_id, at in self._state.first_indexed.items()
            if at > after and self._state.articles[article_id].relevance == "relevant"
        ]
        return sorted(found, key=lambda it: (-it[0].timestamp(), it[1].id))[:limit]

    def alerts(self, limit: int = 100) -> list[tuple[Alert, Article | None]]:
        alerts = self._state.alerts.alerts.values()
        newest = sorted(alerts, key=lambda alert: (-alert.raised.timestamp(), alert.id))
        return [(alert, self._state.articles.get(alert.article_id or "")) for alert in newest[:limit]]

    def alarmed_since(self, since: datetime) -> list[datetime]:
        first: dict[str, datetime] = {}
        for alert in self._state.alerts.alerts.values():
            article = self._state.articles.get(alert.article_id or "")
            if alert.raised >= since and (article is None or article.counted_as != "hidden"):
                first[alert.about] = min(alert.raised, first.get(alert.about, alert.raised))
        return list(first.values())

    def printed_since(self, since: datetime) -> list[tuple[datetime, Tone]]:
        return [(it.moment, it.sentiment.label) for it in self._relevant() if it.moment >= since]

    def first_day(self) -> date | None:
        return min((article.day for article in self._relevant()), default=None)

    def _relevant(self) -> list[Article]:
        return [article for article in self._state.articles.values() if article.counted_as == "relevant"]

    def claim_message(
        self, lane: Lane, claim: str, now: datetime, until: datetime, due: datetime | None = None
    ) -> OutboxEntry | None:
        entry = next(iter(claimable(self._state.outbox, self._state.claims, lane, now, due or now)), None)
        if entry is not None:
            self._state.claims[entry.message.id] = (claim, until)
        return entry

    def mark_sent(self, message_id: str, at: datetime) -> None:
        entry = self._state.outbox[message_id]
        if entry.state == "pending":
            self._state.claims.pop(message_id, None)
            self._state.outbox[message_id] = replace(
                _forgotten(entry), state="sent", sent=at, error=None, attempts=entry.attempts + 1
            )

    def mark_failed(self, message_id: str, error: str, retry_at: datetime | None, claim: str | None = None) -> None:
        entry = self._state.outbox[message_id]
        held_by, _ = self._state.claims.get(message_id, (None, None))
        if entry.state == "pending" and claim in (None, held_by):
            self._state.claims.pop(message_id, None)
            self._state.outbox[message_id] = replace(
                entry if retry_at else _forgotten(entry),
                state="dead" if retry_at is None else "pending",
                due=retry_at or entry.due,
                error=error,
                attempts=entry.attempts + 1,
            )

    def outbox(self, limit: int = 100) -> list[OutboxEntry]:
        return sorted(self._state.outbox.values(), key=lambda it: (-it.created.timestamp(), it.message.id))[:limit]

    def message(self, message_id: str) -> OutboxEntry | None:
        return self._state.outbox.get(message_id)

    def deliveries(self, ids: Iterable[str]) -> dict[str, DeliveryState]:
        return {it: self._state.outbox[it].state for it in ids if it in self._state.outbox}

    def indexed_marks(self, after: datetime, until: datetime) -> list[IndexedMark]:
        return [
            IndexedMark(it.id, it.story_id or it.id, self._state.first_indexed[it.id], it.moment, it.sentiment.label)
            for it in self.indexed_between(after, until)
        ]

    def watched_since(self) -> datetime | None:
        return min(self._state.first_indexed.values(), default=None)

    def record_events(self, events: Iterable[FetchEvent]) -> None:
        for event in sorted(events, key=lambda event: event.at):
            self._state.events.append(event)
            key = (event.outlet, event.kind, "" if event.kind == "page" else event.source)
            state = self._state.sources.get(key) or new_source(*key, event.at)
            self._state.sources[key] = state.after(
                event.outcome,
                event.at,
                reason=event.reason,
                detail=event.detail,
                found=event.found,
                retry_at=event.retry_at,
            )

    def fetch_log(self, outlet: str, limit: int = 100) -> list[FetchEvent]:
        telling = [it for it in self._state.events if it.outlet == outlet and (it.kind != "page" or it.failed)]
        return sorted(telling, key=lambda event: event.at, reverse=True)[:limit]

    def outlet_records(self, outlets: Sequence[str], now: datetime) -> list[OutletRecord]:
        return [self._record(outlet, now) for outlet in outlets]

    def newest_articles(self, outlet: str, limit: int = 20) -> list[Article]:
        own = [article for article in self._state.articles.values() if article.outlet == outlet]
        return sorted(own, key=lambda it: (-it.moment.timestamp(), -it.found.timestamp(), it.id))[:limit]

    def quarantined(self, limit: int = 100, *, outlet: str | None = None) -> list[Quarantined]:
        pages = [page for page in self._state.quarantine.values() if outlet in (None, page.outlet)]
        return sorted(pages, key=lambda page: (-page.at.timestamp(), page.url))[:limit]

    def counts(self) -> dict[str, int]:
        articles = list(self._state.articles.values())
        relevances = [article.counted_as for article in articles]
        return {
            "articles": len(articles),
            "relevant": relevances.count("relevant"),
            "mention": relevances.count("mention"),
            "irrelevant": relevances.count("irrelevant"),
            "hidden": relevances.count("hidden"),
            "figures": sum(it.verdict != "rejected" for own in self._state.statements.values() for it in own),
            "negative": sum(
                article.counted_as == "relevant" and article.sentiment.label == "negative" for article in articles
            ),
            "stories": len(self._state.stories),
            "alerts": len(self._state.alerts.alerts),
            "quarantined": len(self._state.quarantine),
            "not_indexed": sum(map(self._waits, articles)),
            "refused": sum(map(self._is_refused, articles)),
            "messages_pending": sum(entry.state == "pending" for entry in self._state.outbox.values()),
            "messages_dead": sum(entry.state == "dead" for entry in self._state.outbox.values()),
        }

    def ping(self) -> None:
        """A dictionary always serves."""

    def close(self) -> None:
        """Nothing is held."""

    def _oldest_first(self) -> list[Article]:
        return sorted(self._state.articles.values(), key=lambda article: (article.moment, article.id))

    def _waits(self, article: Article) -> bool:
        belongs = article.relevance != "irrelevant" or article.id in self._state.in_index
        return belongs and article.id not in self._state.indexed

    def _is_refused(self, article: Article) -> bool:
        asked = article.relevance != "irrelevant" and article.id in self._state.indexed
        return asked and article.id not in self._state.in_index

    def _record(self, outlet: str, now: datetime) -> OutletRecord:
        hours: dict[datetime, Hour] = {}

        def add(at: datetime, **counted: int) -> None:
            begun = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            if at <= now:
                hours[begun] = hours.get(begun, Hour(begun)) + Hour(begun, **counted)

        found = [article for article in self._state.articles.values() if article.outlet == outlet]
        for article in found:
            words, sure = article.reading.words, article.reading.confidence >= SURE
            add(
                article.found,
                articles=1,
                relevant=int(article.counted_as == "relevant"),
                short=int(0 < words < SHORT_WORDS),
                unsure=int(words >= SHORT_WORDS and not sure),
            )
        for page in self._state.quarantine.values():
            if page.outlet == outlet:
                add(page.at, walled=int(page.reason in WALLS), unread=int(page.reason not in WALLS))
        kept_out = {
            (event.source, event.at.replace(minute=0, second=0, microsecond=0))
            for event in self._state.events
            if (event.outlet, event.kind) == (outlet, "page") and event.failed and event.reason in WALLS
        }
        for _, at in kept_out:
            add(at, walled=1)
        since = now - DAY * (FORTNIGHT + 1)
        if not any(at > now - DAY for at in hours):
            since = min(since, max((it.found for it in found), default=now) - DAY * (FORTNIGHT + 1))
        states = tuple(state for key, state in sorted(self._state.sources.items()) if key[0] == outlet)
        return OutletRecord(outlet, states, tuple(hour for at, hour in sorted(hours.items()) if at + HOUR > since))


class FakeSpool:
    """Files in a dictionary, a damaged one as the error that ends its reading after its articles."""

    def __init__(self, files: Mapping[str, Sequence[tuple[Page, ...] | ArchiveDamaged]]) -> None:
        self.waiting = dict(files)
        self.archived: list[str] = []
        self.set_apart: list[str] = []

    def pending(self) -> list[str]:
        return list(self.waiting)

    def read(self, name: str) -> Iterator[tuple[Page, ...]]:
        for pages in self.waiting[name]:
            if isinstance(pages, ArchiveDamaged):
                raise pages
            yield pages

    def archive_name(self, name: str, now: datetime) -> str:
        return f"{now:%Y}/{name}"

    def archive(self, name: str, archive_name: str) -> None:
        del self.waiting[name]
        self.archived.append(archive_name)

    def set_aside(self, name: str) -> str:
        del self.waiting[name]
        self.set_apart.append(name)
        return f"{name}.damaged"


class FakeArchive:
    """Pages by file, a damaged file as its error."""

    def __init__(self, files: Mapping[str, Sequence[tuple[Page, ...]] | ArchiveDamaged] = MappingProxyType({})) -> None:
        self.files = dict(files)

    def pages(self, archive_name: str, article_id: str, fetched: datetime | None = None) -> tuple[Page, ...]:
        articles = self.files.get(archive_name, ())
        if isinstance(articles, ArchiveDamaged):
            raise articles
        return next(
            (it for it in articles if it[0].article == article_id and fetched in (None, it[0].fetched)),
            (),
        )

    def articles(self, archive_name: str, wanted: Mapping[str, datetime | None]) -> Iterator[tuple[Page, ...]]:
        articles = self.files.get(archive_name, ArchiveDamaged(f"{archive_name}: is not in the archive"))
        if isinstance(articles, ArchiveDamaged):
            raise articles
        for pages in articles:
            if pages[0].article in wanted and wanted[pages[0].article] in (None, pages[0].fetched):
                yield pages


class FakeNotifier:
    """Keeps what it was given; raises the errors of `failures` first, one per message."""

    def __init__(self, failures: Iterable[DeliveryError] = ()) -> None:
        self.sent: list[Message] = []
        self.failures = list(failures)

    def send(self, message: Message) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)


def told_by_ledger(*articles: Article) -> dict[str, Any]:
    """What a ledger with these articles, all indexed now, tells a digest: new claims, and what does not add up."""
    store = FakeStore()
    with store.transaction() as transaction:
        for article in articles:
            check_ledger(transaction, article.id, transaction.add(article))
    store.mark_indexed([article.id for article in articles], NOW)
    since = NOW - timedelta(days=1)
    findings = store.ledger.new_conflicts(since, NOW)
    known = store.ledger.statements({it for finding in findings for it in finding.statements})
    conflicts = [(finding, [known[it] for it in finding.statements]) for finding in findings]
    return {"claims": store.ledger.new_claims(since, NOW), "conflicts": conflicts}
