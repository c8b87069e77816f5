"""The ports: what the use cases need of the world. Adapters implement them, fakes in the tests too."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from crawler.page import Extraction, Page
from nlp.analysis import Analysis, ArticleText
from service.domain.alert import Alert
from service.domain.article import Article, ArticleVersion
from service.domain.correction import Correction
from service.domain.health import OutletRecord
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Chart, Claim, ClaimPage, LedgerFilter
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement, Subject
from service.domain.message import Message, OutboxEntry
from service.domain.query import Query, SearchPage

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

    def enter(self, article: Article) -> frozenset[Subject]:
        """Enter the statements of a stored article anew, as `add` does; the index is not concerned."""

    def keep_version(self, version: ArticleVersion) -> None:
        """Keep an earlier text of a stored article; one of the same article and fetch is kept once."""

    def mark_gone(self, article_id: str, at: datetime) -> bool:
        """The outlet has taken the article down; False where it is not stored, was gone, or was fetched since."""

    def story_candidates(self, article: Article) -> list[Article]:
        """Stored relevant articles of the days around `article` that share wording with it, the most alike first."""

    def raise_alert(self, alert: Alert, messages: Sequence[Message]) -> bool:
        """Keep the alert and its messages unless rule and story have one already; whether it was new."""

    def quarantine(self, page: Quarantined) -> None:
        """Remember a page that cannot be read, once per URL, until an article of that URL is stored."""

    def enqueue(self, message: Message, cause: Literal["alert", "digest"], due: datetime) -> bool:
        """Put a message into the outbox unless one of its id was there before; whether it was new."""

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

    def claims_in(self, article_id: str) -> list[Claim]:
        """The claims that the article's statements belong to, without their findings."""

    def put_standings(self, standings: Mapping[str, Standing | None]) -> None:
        """How these claims, by their ids, stand to the official series."""

    def put_official(self, figures: Iterable[OfficialFigure], at: datetime) -> int:
        """Enter official values; one of the same metric, region, period, unit and segment is replaced. How many."""

    def official_on(self, metrics: Collection[str]) -> list[OfficialFigure]:
        """The official series of these metrics in all regions, each in the order of its periods."""


class ArticleStore(Protocol):
    """The truth: articles, figures, alerts, outbox, health. Every read is consistent; times are aware UTC."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One short transaction: committed when the block ends, rolled back when it raises."""

    def get(self, article_id: str) -> Article | None:
        """The article, or None."""

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids, in their order; unknown ids are left out."""

    def corrected(self, after: str | None, limit: int) -> list[Article]:
        """Articles about which people decided something, in the order of their ids, from the first one after `after`.

        Those where every decision was withdrawn are among them.
        """

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

    def story(self, story_id: str) -> list[Article]:
        """The story's articles, the first printed first."""

    def not_indexed(self, limit: int) -> list[Article]:
        """What waits for the index, oldest first: relevant and mentioning articles to put in, and articles in it that
        were judged again as irrelevant, to take out.
        """

    def indexable(self, after: str | None, limit: int) -> list[Article]:
        """Relevant and mentioning articles in the order of their ids, from the first one after the id `after`."""

    def mark_indexed(self, ids: Iterable[str], at: datetime) -> None:
        """The index agrees with the store on these now; to digests, not before the end of the last recorded one."""

    def mark_all_not_indexed(self, since: datetime | None = None) -> int:
        """Every article, or every one marked at `since` or later, waits for the index again; how many."""

    def indexed_between(self, after: datetime, until: datetime) -> list[Article]:
        """Relevant articles first indexed in (after, until], newest first: what a digest tells.

        A later replay or rebuild of the index does not make an article new again.
        """

    def alerts(self, limit: int = 100) -> list[tuple[Alert, Article]]:
        """The newest alerts with the article that raised each."""

    def due_messages(self, now: datetime, limit: int) -> list[OutboxEntry]:
        """Pending messages whose time has come, oldest first."""

    def mark_sent(self, message_id: str, at: datetime) -> None:
        """The message was accepted for delivery."""

    def mark_failed(self, message_id: str, error: str, retry_at: datetime | None) -> None:
        """The message was not accepted: tried again at `retry_at`, or dead when that is None."""

    def outbox(self, limit: int = 100) -> list[OutboxEntry]:
        """The newest messages with their state."""

    def last_message(self, cause: Literal["alert", "digest"]) -> OutboxEntry | None:
        """The newest message of this cause, None where there was none yet."""

    def last_digest(self, name: str) -> datetime | None:
        """Up to when the last digest of this name told what was indexed."""

    def record_digest(self, transaction: Transaction, name: str, day: date, until: datetime) -> bool:
        """Within the transaction: this day's digest is composed; False when it was before."""

    def record_events(self, events: Iterable[FetchEvent]) -> None:
        """Append to the fetch-event log, and keep the state of each source."""

    def forget_events(self, before: datetime) -> int:
        """Drop what happened before then from the fetch-event log, and sources not asked since; how many events."""

    def fetch_log(self, outlet: str, limit: int = 100) -> list[FetchEvent]:
        """The newest events of the outlet, those of pages that were fetched without trouble left out."""

    def outlet_records(self, outlets: Sequence[str], now: datetime) -> list[OutletRecord]:
        """What `service.domain.health.judge` needs to know of these outlets, in their order."""

    def newest_articles(self, outlet: str, limit: int = 20) -> list[Article]:
        """The articles of the outlet that were found last, whatever they are about."""

    def quarantined(self, limit: int = 100, *, outlet: str | None = None) -> list[Quarantined]:
        """The newest pages that could not be read, of all outlets or of one."""

    def counts(self) -> dict[str, int]:
        """How many there are, by name.

        The names: articles, relevant, mention, irrelevant, figures, negative, stories, alerts, quarantined,
        not_indexed, messages_pending, messages_dead.
        """

    def ping(self) -> None:
        """Raise StoreError when the store cannot serve or is not of this version."""

    def close(self) -> None:
        """Release connections."""


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

    def put(self, articles: Sequence[Article]) -> None:
        """Add or replace, durable and visible to the next search when it returns."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove these; unknown ids are no error."""

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        """One page of the answer; QueryError where the text or the cursor cannot be read."""

    def count(self) -> int:
        """How many articles it holds."""

    def rebuild(self, articles: Iterator[Article]) -> int:
        """Replace everything by these, atomically; how many."""

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


class Notifier(Protocol):
    """Delivers a message; DeliveryError to be tried again, DeliveryRefused when it never will be."""

    def send(self, message: Message) -> None:
        """The message was accepted for delivery when this returns."""
