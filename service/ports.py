"""The ports: what the use cases need of the world. Adapters implement them, fakes in the tests too."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from crawler.page import Extraction, Page
from nlp.analysis import Analysis, ArticleText, Tone
from service.domain.account import AccountLink, ApiToken, AuditEntry, AuditFilter, Person, Session
from service.domain.alert import Alert, AlertStanding
from service.domain.alert_life import AlertEvent, AlertNotice, AlertStep, ToldAlert
from service.domain.alert_list import Place
from service.domain.alert_rule import KeptRule
from service.domain.article import Article, ArticleVersion
from service.domain.clipping import Clip, ClipHeading
from service.domain.correction import Correction
from service.domain.digest import IndexedMark, SentDigest
from service.domain.health import OutletRecord
from service.domain.job import JobRun, JobState, WorkerSign
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim, ClaimPage, LedgerFilter
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement, Subject
from service.domain.message import Cause, DeliveryState, Lane, Message, OutboxEntry, OutboxFilter
from service.domain.query import Query, SearchPage
from service.domain.recipient import Recipient, Subscription
from service.domain.saved_search import FeedKey, SavedSearch
from service.domain.speaker import Said, Speaker, SpeakerPage
from service.domain.story import Candidates, StoryCount
from service.domain.story_decision import StoryDecision
from service.domain.subscription import Absence

Clock = Callable[[], datetime]
"""Now, aware UTC."""

Extract = Callable[[Sequence[Page], ZoneInfo], Extraction]
"""Reads an article's pages; times printed without a zone are of the given one."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that cannot be read: `reason` is one word for counters; `trace` where nobody foresaw the error."""

    reason: str
    detail: str
    trace: str = ""


ExtractAll = Callable[
    [Iterable[tuple[tuple[Page, ...], ZoneInfo]]], Iterator[tuple[tuple[Page, ...], Extraction | Unread]]
]
"""Reads articles, given as their pages and the zone of their outlet: each with what it says, in their order.

It may read some ahead of their turn. An error of the iterable comes behind what stands before it.
"""

Analyse = Callable[[Sequence[ArticleText]], list[Analysis]]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that cannot be read: where it lies in the archive and why."""

    url: str
    outlet: str
    archived_in: str
    reason: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FetchEvent:
    """One thing that happened to one source of an outlet.

    `source` is the feed, sitemap, listing or page URL; `kind` what it is; `outcome`: "ok", "unchanged", "soft"
    (will be retried) or "hard" (needs a person); `reason` one short word ("timeout", "http-500", …).
    """

    outlet: str
    source: str
    kind: Literal["feed", "sitemap", "listing", "page", "robots"]
    outcome: Literal["ok", "unchanged", "soft", "hard"]
    at: datetime
    reason: str = ""
    detail: str = ""
    found: int = 0
    retry_at: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether it could not be had."""
        return self.outcome in ("soft", "hard")


@dataclass(frozen=True, slots=True)
class Understood:
    """As what an article is stored, and what its page is found by in the archive.

    `version` is that of its analysis; relevance and tone are what holds after corrections. With `lacks_text` a person
    said that it speaks of the agency, after its text had not been kept.
    """

    id: str
    fetched: datetime | None
    version: str
    relevance: str
    tone: str
    lacks_text: bool = False


class Transaction(Protocol):
    """Writes that become visible together or not at all. No network, no model inside."""

    def contains(self, article_id: str) -> bool:
        """Whether an article of this id is stored."""

    def add(self, article: Article) -> frozenset[Subject]:
        """Store the article with its analysis and its statements, not yet indexed; one of the same id is replaced.

        It is stored and its statements are entered with the reviews and corrections that are recorded, whatever
        `article.reviews` and `article.corrections` hold. The answer are the subjects that its statements are about, or
        were before.
        """

    def enter_quotes(self, article: Article) -> None:
        """Enter anew what a stored article quotes, as `add` does, and count its speakers."""

    def enter(self, article: Article) -> frozenset[Subject]:
        """Enter the statements of a stored article anew, as `add` does; the index is not concerned."""

    def keep_version(self, version: ArticleVersion) -> None:
        """Keep an earlier text of a stored article; one of the same article and fetch is kept once."""

    def mark_gone(self, article_id: str, at: datetime) -> bool:
        """The outlet has taken the article down; False where it is not stored, was gone, or was fetched since."""

    def story_candidates(self, article: Article) -> Candidates:
        """Stored relevant articles of the days around `article` that share wording or facts with it, the likest first.

        Where some have the very same body, these alone.
        """

    def standing_story(self, article_id: str, story_id: str | None) -> str | None:
        """The story that holds for an article: where a person put it, else this one or what it was merged into."""

    def open_story(self, first: Article) -> str:
        """The id of a new story that begins with this article; no other story has it."""

    def record_story_decision(self, decision: StoryDecision, merged_into: str | None) -> int:
        """Append to the log of decisions on stories; the number.

        From now on the decision's other story leads to `merged_into`, or is one of its own where that is None. All
        else is as it was until the articles are added again.
        """

    def raise_alert(self, alert: Alert) -> bool:
        """Keep the alert, its first line of history and the notice of it, unless its rule has one about the same
        already; whether it was new.
        """

    def take_step(self, step: AlertStep) -> None:
        """Write what the step makes of a kept alert: how it stands, its history, and the notice, if any, once."""

    def alert(self, alert_id: str) -> Alert | None:
        """The alert, or None."""

    def alerts_about(self, about: str) -> list[Alert]:
        """The alerts about this, as they were raised."""

    def story_outlets(self, story_id: str) -> int:
        """How many outlets tell the story in relevant articles."""

    def story_articles(self, story_id: str) -> list[Article]:
        """The story's articles as of now, the first printed first, those that people hid among them."""

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids as of now, in their order; unknown ids are left out."""

    def pending_notices(self) -> list[AlertNotice]:
        """What is to be told of alerts, the oldest first; nobody else tells it until this transaction has ended."""

    def settle_notice(self, notice: AlertNotice) -> None:
        """Write state and reason of the notice."""

    def record_told(self, told: ToldAlert) -> None:
        """Write that a message tells a recipient of an alert."""

    def told_about(self, about: str) -> list[ToldAlert]:
        """What was told about this, the first message first."""

    def awaiting(self) -> list[Alert]:
        """The open alerts that were told and are to be escalated where nobody acknowledges them, and were not yet."""

    def quarantine(self, page: Quarantined) -> None:
        """Remember a page that cannot be read, once per URL, until an article of that URL is stored."""

    def enqueue(self, message: Message, cause: Cause, due: datetime, held: str | None = None) -> bool:
        """Put a message into the outbox unless one of its id was there before; whether it was new.

        `held` says why it is due no earlier.
        """

    def record_review(self, review: Review) -> None:
        """Append to the log of reviews; the statements of the article are as they were until it is entered again."""

    def record_correction(self, correction: Correction) -> None:
        """Append to the log of corrections; what follows from them is as it was until the article is added again."""

    def statements(self, article_id: str) -> list[Statement]:
        """The article's statements in their order, rejected ones too."""

    def statements_on(self, subject: Subject, limit: int) -> list[Statement]:
        """The newest statements about this subject, rejected ones left out."""

    def put_findings(self, scope: str, findings: Sequence[Finding]) -> None:
        """What does not add up in this scope is this and nothing else; an article's id or a subject's key names it."""

    def is_in_conflict(self, article_id: str) -> bool:
        """Whether a statement of the article has part in a finding that nothing explains; rejected ones have none."""

    def claims_in(self, article_id: str) -> list[Claim]:
        """The claims that the article's statements belong to, without their findings."""

    def put_standings(self, standings: Mapping[str, Standing | None]) -> None:
        """How these claims, by their ids, stand to the official series."""

    def put_official(self, figures: Iterable[OfficialFigure], at: datetime) -> int:
        """Enter official values; one of the same metric, region, period, unit and segment is replaced. How many."""

    def official_on(self, metrics: Collection[str]) -> list[OfficialFigure]:
        """The official series of these metrics in all regions, each in the order of its periods."""

    def record_digest(self, sent: SentDigest) -> bool:
        """The digest is composed; False where it was before, or was never opened."""


class ArticleStore(Protocol):
    """The truth: articles, figures, alerts, outbox, health. Every read is consistent; times are aware UTC."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One short transaction: committed when the block ends, rolled back when it raises."""

    def get(self, article_id: str) -> Article | None:
        """The article, or None."""

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids, in their order; unknown ids are left out."""

    def corrected(self, after: str | None, limit: int) -> list[Article]:
        """Articles whose tone, relevance or topic people decided, by their ids, from the first one after `after`.

        Those where every decision was withdrawn are among them.
        """

    def judged_irrelevant(self, limit: int) -> list[Article]:
        """Articles that people judged to be irrelevant, the last judged first."""

    def outdated(self, current: str | None) -> list[tuple[str | None, int]]:
        """The archive files with articles to be understood anew, the newest first, and how many of each.

        These are the articles of another version of the analysis than `current` (all where it is None), and those that
        lack their text. Articles of which no file is known stand under None, last.
        """

    def understood(self, archived_in: str | None) -> list[Understood]:
        """The articles of that archive file in the order of their ids; those without a file where it is None."""

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """The article's earlier texts, the oldest first."""

    def gone(self, ids: Sequence[str]) -> dict[str, datetime]:
        """Which of these articles the outlet took down, and when that was seen."""

    def top_stories(self, since: date, limit: int) -> list[StoryCount]:
        """The stories of relevant articles printed since that day, those of most outlets first, then the newest."""

    def story(self, story_id: str) -> list[Article]:
        """The story's articles, the first printed first, those that people hid among them."""

    def resolve_story(self, story_id: str) -> str:
        """The id of the story that this one was merged into, its own where it was not or is unknown."""

    def story_decisions(self, story_id: str, limit: int = 100) -> list[StoryDecision]:
        """The decisions that made this story what it is, the newest first, those on what was merged into it too."""

    def story_decision(self, number: int) -> StoryDecision | None:
        """The decision of this number, or None."""

    def similar_stories(self, story_id: str, limit: int = 8) -> list[str]:
        """The ids of other stories of the days around that share wording or facts with this one, the likest first."""

    def not_indexed(self, limit: int) -> list[Article]:
        """What waits for the index, oldest first: relevant and mentioning articles to put in, and articles in it that
        were judged again as irrelevant, to take out.
        """

    def indexable(self, after: str | None, limit: int) -> list[Article]:
        """Relevant and mentioning articles in the order of their ids, from the first one after the id `after`."""

    def mark_indexed(self, ids: Iterable[str], at: datetime, refused: Iterable[str] = ()) -> None:
        """The index agrees with the store on these now; to digests, not before the end of the last recorded one.

        Those of them that are `refused` are not in the index, for the engine does not take them as they are.
        """

    def refused(self, limit: int) -> list[Article]:
        """What belongs in the index and was refused by it, oldest first."""

    def mark_all_not_indexed(self, since: datetime | None = None, refused: Iterable[str] = ()) -> int:
        """Every article, or every one marked at `since` or later, waits for the index again; how many.

        So do these that were `refused`, and all that were before.
        """

    def indexed_between(self, after: datetime, until: datetime) -> list[Article]:
        """Relevant articles first indexed in (after, until], newest first: what a digest tells.

        A later replay or rebuild of the index does not make an article new again.
        """

    def relevant_ids(
        self,
        since: datetime,
        until: datetime,
        limit: int,
        *,
        tones: Collection[str] = (),
        outlets: Collection[str] | None = None,
    ) -> list[str]:
        """The ids of relevant articles printed in [since, until], the newest first, at most so many.

        Only those of these tones, where any is given, and of these outlets, where they are given.
        """

    def found_hours(self, since: datetime) -> list[datetime]:
        """The beginnings of the hours since then in which any article was collected, the earliest first."""

    def indexed_marks(self, after: datetime, until: datetime) -> list[IndexedMark]:
        """What is counted of the relevant articles first indexed in (after, until], without reading them."""

    def watched_since(self) -> datetime | None:
        """When the first relevant article of all was indexed, None where none is."""

    def first_indexed(self, after: datetime, limit: int) -> list[tuple[datetime, Article]]:
        """Relevant articles first indexed after then, and when: those that were last first, at most so many.

        "First" as for `indexed_between`.
        """

    def alerts(self, limit: int = 100) -> list[tuple[Alert, Article | None]]:
        """The newest alerts with the article that raised each, None where none did."""

    def alarmed_since(self, since: datetime) -> list[datetime]:
        """When each thing that nobody hid first raised an alert, of those that did at `since` or later."""

    def printed_since(self, since: datetime) -> list[tuple[datetime, Tone]]:
        """The moment and the tone of each relevant article printed at `since` or later."""

    def first_day(self) -> date | None:
        """The day of the oldest relevant article, None where none is stored."""

    def claim_message(
        self, lane: Lane, claim: str, now: datetime, until: datetime, due: datetime | None = None
    ) -> OutboxEntry | None:
        """The next message of the lane whose time has come at `due` (else `now`), whole; None where there is none.

        Until then, or until it is marked, nobody else is given it. Messages that were never tried come first, of them
        digests last; then the oldest.
        """

    def mark_sent(self, message_id: str, at: datetime) -> None:
        """The message was accepted for delivery; of one for an account the text is forgotten."""

    def mark_failed(self, message_id: str, error: str, retry_at: datetime | None, claim: str | None = None) -> None:
        """Not accepted: tried again at `retry_at`, or dead when that is None, and then forgotten as in `mark_sent`.

        With a claim, nothing happens where somebody else has the message by now.
        """

    def outbox(self, limit: int = 100) -> list[OutboxEntry]:
        """The newest messages with their state, without their files."""

    def message(self, message_id: str) -> OutboxEntry | None:
        """The message with its files, None where there is none (any more)."""

    def deliveries(self, ids: Iterable[str]) -> dict[str, DeliveryState]:
        """How far these messages are; those that are gone are left out."""

    def record_events(self, events: Iterable[FetchEvent]) -> None:
        """Append to the fetch-event log, and keep the state of each source."""

    def fetch_log(self, outlet: str, limit: int = 100) -> list[FetchEvent]:
        """The newest events of the outlet, those of pages that were fetched without trouble left out."""

    def outlet_records(self, outlets: Sequence[str], now: datetime) -> list[OutletRecord]:
        """What `service.domain.health.judge` needs to know of these outlets, in their order."""

    def newest_articles(self, outlet: str, limit: int = 20) -> list[Article]:
        """The articles of the outlet that were printed last, of those found of late, whatever they are about."""

    def quarantined(self, limit: int = 100, *, outlet: str | None = None) -> list[Quarantined]:
        """The newest pages that could not be read, of all outlets or of one."""

    def counts(self) -> dict[str, int]:
        """How many there are, by name.

        The names: articles, relevant, mention, irrelevant, hidden, figures, negative, stories, alerts, quarantined,
        not_indexed, refused, messages_pending, messages_dead.
        """

    def ping(self) -> None:
        """Raise StoreError when the store cannot serve or is not of this version."""

    def close(self) -> None:
        """Release connections."""


class AlertBook(Protocol):
    """The alerts as the desk reads them: gathered by what they are about."""

    def get(self, alert_id: str) -> Alert | None:
        """The alert, or None."""

    def about(self, abouts: Collection[str]) -> list[Alert]:
        """The alerts about these, as they were raised."""

    def listed(
        self, standing: AlertStanding | None, now: datetime, limit: int, after: Place | None = None
    ) -> list[Place]:
        """What alerts of this standing (of any, where None) are about, that of the newest alert first."""

    def counts(self, now: datetime) -> dict[AlertStanding, int]:
        """About how many things there are alerts of each standing."""

    def history(self, about: str) -> list[AlertEvent]:
        """What happened to the alerts about this, the first first."""

    def notices(self, abouts: Collection[str]) -> list[AlertNotice]:
        """What waits to be told of the alerts about these, the oldest first."""

    def messages(self, abouts: Collection[str]) -> dict[str, list[OutboxEntry]]:
        """The messages that told of each of these, the first first, as far as they are kept."""


class Digests(Protocol):
    """Which digests were composed, and who of their recipients wants none."""

    def open(self, group: str, slot: datetime, until: datetime) -> datetime | None:
        """Fix the end of a digest: `until`, or what an earlier try fixed; None where it was composed.

        What is marked as indexed from now on is of the next one.
        """

    def last(self, group: str) -> SentDigest | None:
        """The digest of this group that was composed last, None where none was."""

    def sent(self, limit: int = 50, group: str | None = None) -> list[SentDigest]:
        """Composed digests, of all groups or of one, the newest first."""

    def absences(self) -> list[Absence]:
        """Everybody who left a group or pauses, by address and group."""

    def put_absences(self, absences: Sequence[Absence]) -> None:
        """Keep these instead of what was kept of the same recipient and group; one that tells nothing is forgotten."""

    def signing_key(self) -> bytes:
        """The secret that seals the links in mails, the same ever after."""


class Speakers(Protocol):
    """Who relevant articles quote, as the store keeps it."""

    def page(self, name: str = "", *, limit: int = 50, offset: int = 0) -> SpeakerPage:
        """One page of the speakers whose names contain every word of `name`, those in most articles first."""

    def get(self, key: str) -> Speaker | None:
        """The speaker of this key, or None."""

    def titles(self, key: str, limit: int = 10) -> list[tuple[str, int]]:
        """The titles printed with the speaker's name, the most frequent first, and in how many articles each."""

    def said(self, key: str, *, limit: int = 50, offset: int = 0) -> list[Said]:
        """What the speaker is quoted with, the newest first."""


class Ledger(Protocol):
    """Buku Angka, as the store keeps it: what the press states, gathered into claims, with findings and reviews."""

    def claims(self, asked: LedgerFilter, *, limit: int = 50, offset: int = 0) -> ClaimPage:
        """One page of the claims that match: those with a conflict first, then the newest."""

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with its findings, or None."""

    def claims_on(self, metrics: Collection[str]) -> Iterator[Claim]:
        """Every claim of these metrics that is not rejected, without findings, in the order of their ids.

        It may be written to meanwhile.
        """

    def restatements(self, claim_id: str, limit: int = 200) -> list[Statement]:
        """The statements of a claim, the first printed first, rejected ones too."""

    def statement(self, statement_id: str) -> Statement | None:
        """The statement, or None."""

    def statements(self, ids: Collection[str]) -> dict[str, Statement]:
        """The statements of these ids; unknown ids are left out."""

    def find(self, asked: LedgerFilter, *, limit: int = 100, offset: int = 0) -> tuple[int, list[Statement]]:
        """How many statements match, and a page of them, newest first."""

    def each(self, asked: LedgerFilter) -> Iterator[tuple[Statement, Claim]]:
        """Every statement that matches with its claim (findings included), newest first: what an export writes."""

    def chart(self, metric: str, region: str) -> Chart | None:
        """What was stated of the metric in the region over time; None where nothing was.

        Percentages for coverage, else the unit that most of the claims have; without rejected statements.
        """

    def charted_regions(self, metric: str, limit: int = 20) -> list[tuple[str, int]]:
        """The codes of the regions that most claims of this metric are about, with how many."""

    def reviews(self, *, statement_id: str | None = None) -> list[Review]:
        """The log of reviews, of all or of one statement, the oldest first."""

    def official(self, metric: str | None = None, region: str | None = None) -> list[OfficialFigure]:
        """The official series, by metric, region and period."""

    def in_conflict(self, article_ids: Collection[str]) -> frozenset[str]:
        """Which of these articles have a statement with part in a finding that nothing explains, as `Transaction`."""

    def new_claims(self, after: datetime, until: datetime, limit: int = 500) -> list[Claim]:
        """Claims that no article indexed before states, first indexed in (after, until]: what a digest calls new.

        Those with a conflict first, then those of most outlets; statutory constants and rejected figures left out.
        """

    def new_conflicts(self, after: datetime, until: datetime, limit: int = 100) -> list[Finding]:
        """Findings that an article first indexed in (after, until] has part in, unexplained ones first."""

    def counts(self) -> dict[str, int]:
        """How many there are: claims, statements, conflicts, differs, stale, unreviewed, official.

        Statutory constants and rejected figures are left out, as they are where nothing is filtered.
        """


class SearchIndex(Protocol):
    """A cache of the store that answers queries. Raises IndexUnavailable when it cannot."""

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        """Add or replace, durable and visible to the next search when it returns.

        The ids of the articles that the engine refuses for their content; of these it may hold a former version.
        IndexBusy while another process writes or rebuilds the index.
        """

    def delete(self, ids: Sequence[str]) -> None:
        """Remove these; unknown ids are no error."""

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        """One page of the answer; QueryError where the text or the cursor cannot be read."""

    def count(self) -> int:
        """How many articles it holds."""

    def rebuild(self, articles: Iterator[Article]) -> Sequence[str]:
        """Replace everything by these, atomically; the ids of those that the engine refuses for their content."""

    def close(self) -> None:
        """Release files and connections."""


class Spool(Protocol):
    """The files, by name, that the crawler finished and nobody has read yet."""

    def pending(self) -> Sequence[str]:
        """What waits, oldest first."""

    def read(self, name: str) -> Iterator[tuple[Page, ...]]:
        """The file's articles, each as its pages; ArchiveDamaged where it can be read no further."""

    def archive_name(self, name: str, now: datetime) -> str:
        """Where in the archive the file will lie when it is moved there now."""

    def archive(self, name: str, archive_name: str) -> None:
        """Move the file into the archive, all of it being stored."""

    def set_aside(self, name: str) -> str:
        """Let a damaged file wait no longer, and keep it; the path where a person finds it."""


class PageArchive(Protocol):
    """The pages as they were fetched."""

    def pages(self, archive_name: str, article_id: str, fetched: datetime | None = None) -> tuple[Page, ...]:
        """The article's pages in that file, of several fetches those of the one at `fetched`.

        Empty where file or article is not there; ArchiveDamaged as in `Spool`.
        """

    def articles(self, archive_name: str, wanted: Mapping[str, datetime | None]) -> Iterator[tuple[Page, ...]]:
        """The pages of the articles of these ids in that file, each as it was fetched then (None: whenever).

        What is not there is left out; ArchiveDamaged where there is no such file or it can be read no further.
        """


class Outbox(Protocol):
    """The outbox as people look after it; messages enter it by `Transaction.enqueue`."""

    def entries(self, asked: OutboxFilter, *, limit: int = 50, offset: int = 0) -> list[OutboxEntry]:
        """A page of the messages that match, the newest first, without their files."""

    def tally(self) -> dict[tuple[DeliveryState, Cause, str], int]:
        """How many messages there are by state, cause and channel."""

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the message has been due that waits longest; None where none is."""

    def retry(self, asked: OutboxFilter, at: datetime) -> list[str]:
        """Let those that were given up and match be tried again from `at` on, as if for the first time; their ids.

        Those for an account are left out: what they said is forgotten.
        """


class Recipients(Protocol):
    """Whom alerts go to."""

    def for_alert(self, severity: str, regions: Collection[str], rule_id: str) -> list[Recipient]:
        """Whom an alert of this severity, of these regions' codes and under this rule goes to, each place once.

        It may read the store over a connection of its own.
        """


class Subscriptions(Protocol):
    """What people of the desk want to be told of at once: for each person at most one entry a channel."""

    def of(self, person_id: str) -> list[Subscription]:
        """The person's entries, by channel."""

    def active(self) -> list[tuple[Subscription, Person]]:
        """The entries of everybody who is active, the first changed first."""

    def put(self, subscription: Subscription) -> None:
        """Keep the entry in the place of the person's earlier one of that channel."""

    def delete(self, person_id: str, channel: str) -> bool:
        """Forget that entry; False where there is none such."""


class Notifier(Protocol):
    """Delivers a message; DeliveryError to be tried again, DeliveryRefused when it never will be."""

    def send(self, message: Message) -> None:
        """The message was accepted for delivery when this returns."""


class AccountChanges(Protocol):
    """Writes about people that become visible together or not at all. No hashing of passwords inside."""

    def people(self) -> list[Person]:
        """As `Accounts.people`; nobody else changes people until this transaction has ended."""

    def put_person(self, person: Person) -> None:
        """Enter the person, or replace the one of the same id; AccountError where the e-mail is taken."""

    def password(self, person_id: str) -> str | None:
        """As `Accounts.password`."""

    def put_password(self, person_id: str, hashed: str) -> None:
        """This is the person's password now."""

    def add_session(self, session: Session, fingerprint: str) -> None:
        """Somebody with the secret of this fingerprint is signed in."""

    def mark_seen(self, session_id: str, at: datetime) -> None:
        """The session was used."""

    def end_sessions(self, person_id: str, *, only: str | None = None, but: str | None = None) -> int:
        """End the person's sessions, only that of one id, or all but one; how many."""

    def tokens(self, person_id: str) -> list[ApiToken]:
        """As `Accounts.tokens`."""

    def add_token(self, token: ApiToken, fingerprint: str) -> None:
        """A program with the secret of this fingerprint may act for a person."""

    def mark_used(self, token_id: str, at: datetime) -> None:
        """The token was used."""

    def revoke_tokens(self, person_id: str, at: datetime, *, only: str | None = None) -> list[ApiToken]:
        """Revoke the person's tokens, or one; those that were not before."""

    def add_link(self, link: AccountLink, fingerprint: str) -> None:
        """Whoever has the secret of this fingerprint may choose the password; the person's former links end."""

    def use_link(self, fingerprint: str, at: datetime) -> AccountLink | None:
        """The link of this fingerprint, used up by this and for nobody else; None where it does not hold at `at`."""

    def end_links(self, person_id: str) -> None:
        """The person's links hold no longer."""

    def revoke_feeds(self, person_id: str, at: datetime) -> None:
        """Revoke all keys to feeds that the person has."""

    def attempt(self, key: str, at: datetime, most: int, within: timedelta) -> datetime | None:
        """Count an attempt; where there were `most` within that time, count none and tell when one is free again."""

    def forget_attempts(self, key: str, only: datetime | None = None) -> None:
        """The attempts of this key, or only one that was made then, count no longer."""

    def record(self, entry: AuditEntry) -> None:
        """Append to the audit."""

    def enqueue(self, message: Message, cause: Cause, due: datetime) -> bool:
        """As `Transaction.enqueue`."""


class Accounts(Protocol):
    """People, their sessions, tokens and links, and the audit. Secrets are kept as fingerprints only."""

    def transaction(self) -> AbstractContextManager[AccountChanges]:
        """One short transaction: committed when the block ends, rolled back when it raises."""

    def person(self, person_id: str) -> Person | None:
        """The person, or None."""

    def person_of(self, email: str) -> Person | None:
        """The person with this e-mail, or None."""

    def people(self) -> list[Person]:
        """Everybody, the active first, by name."""

    def password(self, person_id: str) -> str | None:
        """The person's hashed password; None where none was chosen yet."""

    def session(self, fingerprint: str) -> tuple[Session, Person] | None:
        """The session of this fingerprint, whether or not its time is over, and whose it is."""

    def sessions(self, person_id: str) -> list[Session]:
        """The person's sessions, the last used first."""

    def token(self, fingerprint: str) -> tuple[ApiToken, Person] | None:
        """The token of this fingerprint, whether or not it holds, and whose it is."""

    def tokens(self, person_id: str) -> list[ApiToken]:
        """The person's tokens, the newest first, revoked ones too."""

    def link(self, fingerprint: str) -> tuple[AccountLink, Person] | None:
        """The link of this fingerprint, whether or not it holds, and whose it is."""

    def audit(self, asked: AuditFilter, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
        """Entries that match, the newest first; only those numbered below `before`, where that is given."""

    def forget(self, now: datetime, *, attempts: datetime) -> int:
        """Drop ended sessions and links, and attempts from before that time; how many rows."""


class SavedSearches(Protocol):
    """The searches that people keep, and their keys to feeds, of which only fingerprints are kept."""

    def keep(self, search: SavedSearch, most: int) -> SavedSearch | None:
        """Keep the search; instead the person's own of the same address, or None where they have `most`, if so."""

    def change(self, search: SavedSearch) -> bool:
        """Put name and sharing of the search that its person has under this id; False where they have none."""

    def delete(self, search_id: str, person_id: str) -> bool:
        """Forget that search of the person's, and who opened it; False where they have none such."""

    def search(self, search_id: str) -> SavedSearch | None:
        """The search, or None."""

    def visible_to(self, person_id: str) -> list[SavedSearch]:
        """The person's own searches and what others share, by name."""

    def mark_opened(self, search_id: str, person_id: str, at: datetime) -> None:
        """The person opened the search; nothing happens where there is none such."""

    def opened(self, person_id: str) -> dict[str, datetime]:
        """When the person last opened which search."""

    def add_key(self, key: FeedKey, fingerprint: str, most: int) -> bool:
        """Whoever has the secret of this fingerprint reads feeds for the person; False where `most` of theirs hold."""

    def key(self, fingerprint: str) -> FeedKey | None:
        """The key of this fingerprint, revoked or not."""

    def keys(self, person_id: str) -> list[FeedKey]:
        """The person's keys that hold, the newest first."""

    def mark_key_used(self, key_id: str, at: datetime) -> None:
        """The key was used."""

    def revoke_key(self, key_id: str, person_id: str, at: datetime) -> FeedKey | None:
        """This key of the person's opens nothing any more; the key, None where it did not hold."""


class RuleBook(Protocol):
    """The alert rules that the desk keeps, and its switches of those in the file."""

    def all(self) -> list[KeptRule]:
        """Every rule and switch that is kept, by id."""

    def add(self, rule: KeptRule, most: int) -> bool:
        """Keep a new rule of the desk; False where `most` are kept."""

    def change(self, rule_id: str, block: Mapping[str, Any], at: datetime, by: str) -> bool:
        """This is what the rule of the desk says now, on or off as it is; False where none of this id is kept."""

    def switch(self, rule_id: str, at: datetime, by: str, *, enabled: bool, of_file: bool) -> bool:
        """Switch the rule, whatever it says; False where it is none `of_file` and none of this id is kept."""

    def delete(self, rule_id: str) -> bool:
        """Forget what is kept of the rule; whether anything was."""


class Jobs(Protocol):
    """The worker's place, how its jobs stand, and what their runs did."""

    def take(self, worker_id: str, host: str, pid: int) -> WorkerSign:
        """Give the place to this worker unless another holds it; who holds it then."""

    def hear(self, worker_id: str) -> bool:
        """The worker is alive; False where the place is not its own any more."""

    def leave(self, worker_id: str) -> None:
        """The worker stops in order: its place is free at once."""

    def worker(self) -> WorkerSign | None:
        """Who holds the place or held it last; None where no worker ever ran."""

    def keep(self, states: Sequence[JobState], runs: Sequence[JobRun] = ()) -> None:
        """Jobs stand like this now, and these runs are appended to the log."""

    def states(self) -> list[JobState]:
        """How each job stands, by name."""

    def runs(self, job: str | None = None, limit: int = 50) -> list[JobRun]:
        """The newest runs that did something or failed, of one job or of all."""


Fading = Literal["fetch_events", "sources", "quarantine", "messages", "job_runs", "audit"]
"""What is kept for a time; "messages" are those that were sent, "sources" those that were not asked since."""


class FadingRows(Protocol):
    """What the store keeps for a time."""

    def count_before(self, kind: Fading, before: datetime) -> int:
        """How many of them are older than that."""

    def drop_before(self, kind: Fading, before: datetime, limit: int) -> int:
        """Drop so many of them at most, the oldest first, in one short transaction; how many."""


class OldFiles(Protocol):
    """The archive's files by day."""

    def days_before(self, day: date) -> list[tuple[date, int]]:
        """The days before this one that have files, the oldest first, and how many."""

    def drop_day(self, day: date) -> int:
        """Remove the files of the day; how many. ArchiveUnwritable where they cannot be removed."""


ClipWriter = Callable[[Path, ClipHeading, Iterator[Clip]], None]
"""Writes a file of the clips; ExportError, worded for the person who waits for it, where it cannot be made."""


class PasswordHasher(Protocol):
    """Makes of a password what may be kept of it."""

    def hash(self, password: str) -> str:
        """What is kept; it tells with which parameters it was made."""

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it was made of this password; False, after the same work, where there is none."""

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters than today's."""


@dataclass(frozen=True, slots=True)
class SingleSignOnRequest:
    """A sign-in that was begun at the agency's own provider; the browser keeps it until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


class SingleSignOn(Protocol):
    """The agency's own provider of identities (OpenID Connect)."""

    def begin(self, back: str) -> SingleSignOnRequest:
        """Where to send the browser, which comes back to `back`; SignInRefused where the provider does not answer."""

    def finish(self, begun: SingleSignOnRequest, answer: str, back: str) -> tuple[str, str]:
        """The verified e-mail and the name of who came back to the address `answer`.

        SignInRefused where the answer is not of this request, not of this provider, or tells no verified e-mail.
        """
