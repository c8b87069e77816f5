"""Ingest: read archived pages, understand them, and store each article with its story and its alerts at once."""

import logging
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from crawler.page import Extraction, Page
from crawler.urls import article_id, canonical_url
from nlp.analysis import Analysis, ArticleText, Figure
from service.domain.alert_rule import AlertRule, rules_met
from service.domain.article import WIB, Article, ArticleVersion, Reading
from service.domain.figure import is_stated
from service.domain.version import as_version, is_told, reads_the_same, version_after
from service.errors import ArchiveDamaged, PantauError
from service.ports import Analyse, ArticleStore, Clock, ExtractAll, Quarantined, Spool, Transaction, Unread
from service.usecases.alert_raising import raise_alerts
from service.usecases.ledger import CHECKS, LedgerChecks, check_ledger
from service.usecases.stories import story_of

logger = logging.getLogger(__name__)

T = TypeVar("T")

MAX_TITLE = 500
MAX_TEXT = 200_000
"""A longer text is a dump or an attack; forty times the longest feature of a regional outlet."""

PROBE = ArticleText("probe", "Kantor cabang buka pada hari Senin.")
"""A text that any analyser can read: whether it works, and of which version it is."""


@dataclass(slots=True)
class IngestReport:
    """What became of a batch, in articles unless named otherwise.

    `changed` are stored articles of which a newer or an earlier text was learnt, or that are there again; `gone` are
    those that the outlet took down. `relevant`, `mention`, `irrelevant`, `negative` and `figures` count over `new` and
    `changed` ones; `negative` and `figures` over the relevant of them. `skipped` are pages that are no article, or name
    one of this batch by another address. `damaged` are files that could not be read to their end.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    gone: int = 0
    relevant: int = 0
    mention: int = 0
    irrelevant: int = 0
    figures: int = 0
    negative: int = 0
    alerts: int = 0
    quarantined: int = 0
    skipped: int = 0
    damaged: int = 0

    def __add__(self, other: "IngestReport") -> "IngestReport":
        return IngestReport(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(self)))


OnProgress = Callable[[IngestReport], None]


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article as it was read, before it is understood."""

    id: str
    url: str
    page: Page
    title: str
    text: str
    extraction: Extraction

    @property
    def fetched(self) -> datetime:
        """When its first page was fetched."""
        return self.page.fetched

    @property
    def words(self) -> int:
        """How long the text is."""
        return len(self.text.split())


class Ingest:
    """Takes archived articles into the store. Replaying a batch changes nothing.

    `timezones` are those of the outlets, by id; Asia/Jakarta for any other. `rules` are asked for each article anew, so
    that a change on the desk holds at once.
    """

    def __init__(
        self,
        store: ArticleStore,
        extract: ExtractAll,
        analyse: Analyse,
        *,
        rules: Callable[[], Sequence[AlertRule]],
        timezones: Mapping[str, ZoneInfo],
        clock: Clock,
        batch_size: int = 32,
        checks: LedgerChecks = CHECKS,
    ) -> None:
        self._store = store
        self._extract = extract
        self._analyse = analyse
        self._rules = rules
        self._timezones = timezones
        self._clock = clock
        self._batch_size = batch_size
        self._checks = checks

    def batch(
        self,
        articles: Iterable[tuple[Page, ...]],
        archived_in: str,
        *,
        on_progress: OnProgress = lambda report: None,
        again: bool = False,
        only: Container[str] | None = None,
    ) -> IngestReport:
        """Ingest the articles, each given as its pages, of one archive file.

        What is stored with this content is left as it is, unless all is to be understood `again`, by newer rules; with
        `only`, articles of other ids are skipped. A text that another one replaced is kept as a version, whichever of
        the two is ingested first. A page that cannot be read, or whose article cannot be stored, is quarantined and the
        rest goes on; StoreError ends the batch, which can be replayed.
        """
        report = IngestReport()
        seen: dict[str, str] = {}
        in_zones = ((pages, self._timezones.get(pages[0].outlet, WIB)) for pages in articles)
        for some in _batches(self._extract(in_zones), self._batch_size):
            readings: list[_Reading] = []
            for pages, extracted in some:
                report.read += 1
                if pages[0].is_gone:
                    self._take_in(readings, archived_in, again, report)
                    readings = []
                    self._mark_gone(pages[0], report)
                    continue
                reading = self._read(pages[0], extracted, archived_in, report)
                if reading is None:
                    continue
                if only is not None and reading.id not in only:
                    report.skipped += 1
                    continue
                # A twin of the page reads a little differently and is no newer text.
                if seen.setdefault(reading.id, reading.page.url) != reading.page.url:
                    report.skipped += 1
                    continue
                if any(other.id == reading.id for other in readings):
                    self._take_in(readings, archived_in, again, report)
                    readings = []
                readings.append(reading)
            self._take_in(readings, archived_in, again, report)
            on_progress(report)
        return report

    def _mark_gone(self, page: Page, report: IngestReport) -> None:
        with self._store.transaction() as transaction:
            is_stored = transaction.contains(page.article)
            is_news = transaction.mark_gone(page.article, page.fetched)
        report.gone += is_news
        report.known += is_stored and not is_news
        report.skipped += not is_stored

    def _read(
        self, page: Page, extracted: Extraction | Unread, archived_in: str, report: IngestReport
    ) -> _Reading | None:
        """What the page says, or None where it says nothing that is an article."""
        if isinstance(extracted, Unread):
            if extracted.trace:
                logger.error(
                    "page cannot be read\n%s", extracted.trace, extra={"url": page.url, "archived_in": archived_in}
                )
            self._quarantine(page, archived_in, extracted.reason, extracted.detail, report)
            return None
        extraction = extracted
        try:
            url = canonical_url(extraction.canonical_url)
        except ValueError as error:
            self._quarantine(page, archived_in, "no-address", str(error), report)
            return None
        if not extraction.is_article:
            report.skipped += 1
            return None
        title = _storable(extraction.title)[:MAX_TITLE]
        text = _storable(extraction.text)[:MAX_TEXT]
        return _Reading(article_id(url), url, page, title, text, extraction)

    def _take_in(self, readings: Sequence[_Reading], archived_in: str, again: bool, report: IngestReport) -> None:
        """Understand and store what is new or changed; the readings are of as many articles."""
        stored = {article.id: article for article in self._store.articles([reading.id for reading in readings])}
        fresh = []
        for reading in readings:
            with self._putting_aside(reading.page, archived_in, report):
                before = stored.get(reading.id)
                if before is None or not self._is_known(reading, before, again):
                    fresh.append(reading)
                elif _is_back(reading, before):
                    self._take_back(before, reading, archived_in, report)
                else:
                    report.known += 1
        for reading, analysis in self._understand(fresh, archived_in, report):
            with self._putting_aside(reading.page, archived_in, report):
                self._store_as(reading, analysis, archived_in, stored.get(reading.id), report)

    @contextmanager
    def _putting_aside(self, page: Page, archived_in: str, report: IngestReport) -> Iterator[None]:
        """Quarantines the page whose article raises what nobody foresaw; what store or machine lack passes."""
        try:
            yield
        except (PantauError, OSError, MemoryError):
            raise
        except Exception as error:
            # As with reading: one of the web's pages must not hold up all that come behind it.
            logger.exception("article cannot be stored", extra={"url": page.url, "archived_in": archived_in})
            self._quarantine(page, archived_in, "unexpected", f"{type(error).__name__}: {error}", report)

    def _store_as(
        self, reading: _Reading, analysis: Analysis, archived_in: str, before: Article | None, report: IngestReport
    ) -> None:
        """Store the reading as it was understood: as the article, or as an earlier text of it."""
        if before is not None and reading.fetched < _last_fetched(before):
            self._keep_earlier(reading, analysis, archived_in, before, report)
            return
        article = _article(reading, analysis, archived_in, before)
        report.alerts += self._keep(article, before)
        _count(report, article.analysis, article.figures, is_new=before is None)

    def _is_known(self, reading: _Reading, before: Article, again: bool) -> bool:
        """Whether the store has what this reading tells."""
        if reading.fetched != _last_fetched(before) and _is_cut_short(reading, before):
            return True
        if reading.fetched >= _last_fetched(before):
            return not again and _is_stored(reading, before)
        if _is_stored(reading, before):
            return True
        return is_told(self._history(before), reading, reading.fetched)

    def _history(self, article: Article) -> list[ArticleVersion]:
        """The article's texts, the oldest first and today's last, unless that has not been kept."""
        today = [as_version(article, self._clock())] if article.has_text else []
        return [*self._store.versions(article.id), *today]

    def _take_back(self, before: Article, reading: _Reading, archived_in: str, report: IngestReport) -> None:
        """An article that was gone is there again, with the text it had."""
        article = replace(before, gone=None, fetched=reading.fetched, archived_in=archived_in)
        with self._store.transaction() as transaction:
            self._enter(transaction, _where_decided(article, transaction))
        _count(report, article.analysis, article.figures, is_new=False)

    def _keep_earlier(
        self, reading: _Reading, analysis: Analysis, archived_in: str, before: Article, report: IngestReport
    ) -> None:
        """Keep a text that is older than the stored one, if it was about the agency."""
        if analysis.relevance == "irrelevant":
            report.known += 1
            return
        after = version_after(self._history(before), reading.fetched)
        version = ArticleVersion(
            article_id=before.id,
            fetched=reading.fetched,
            replaced=after.fetched if after is not None else _last_fetched(before),
            title=reading.title,
            text=reading.text,
            published=reading.extraction.published,
            modified=reading.extraction.modified,
            archived_in=archived_in,
        )
        with self._store.transaction() as transaction:
            transaction.keep_version(version)
        _count(report, analysis, analysis.figures, is_new=False)

    def _understand(
        self, readings: Sequence[_Reading], archived_in: str, report: IngestReport
    ) -> list[tuple[_Reading, Analysis]]:
        """The readings with their analyses; what cannot be analysed alone either is quarantined."""
        if not readings:
            return []
        try:
            return list(zip(readings, self._analyse([_text(reading) for reading in readings]), strict=True))
        except Exception:
            logger.exception("a batch cannot be analysed; trying each article alone", extra={"size": len(readings)})
        understood: list[tuple[_Reading, Analysis]] = []
        failures: list[tuple[_Reading, str]] = []
        for reading in readings:
            try:
                (analysis,) = self._analyse([_text(reading)])
            except Exception as error:
                logger.exception("article cannot be analysed", extra={"article": reading.id})
                failures.append((reading, f"{type(error).__name__}: {error}"))
            else:
                understood.append((reading, analysis))
        if not understood:
            # If not even this can be analysed, the analyser is at fault and no page: the batch is replayed later.
            self._analyse([PROBE])
        for reading, detail in failures:
            self._quarantine(reading.page, archived_in, "analysis", detail, report)
        return understood

    def _keep(self, article: Article, before: Article | None) -> int:
        """Store the article, the text it had, its story and the alerts it newly deserves, together; how many alerts."""
        rules = self._rules()
        with self._store.transaction() as transaction:
            if before is not None and _is_replaced(before, article):
                transaction.keep_version(as_version(before, article.fetched or article.found))
            if article.relevance == "relevant":
                article = replace(article, story_id=story_of(article, transaction))
            else:
                article = _where_decided(article, transaction)
            self._enter(transaction, article)
            now = self._clock()
            has_conflict = any(rule.conflict for rule in rules) and transaction.is_in_conflict(article.id)
            met = rules_met(article, rules, now, has_conflict=has_conflict)
            return raise_alerts(transaction, article, met, now)

    def _enter(self, transaction: Transaction, article: Article) -> None:
        """Store the article, and what does not add up in it and in what it speaks of."""
        check_ledger(transaction, article.id, transaction.add(article), self._checks)

    def _quarantine(self, page: Page, archived_in: str, reason: str, detail: str, report: IngestReport) -> None:
        # As of the fetch: a replay must not make an old failure look like today's.
        quarantined = Quarantined(page.url, page.outlet, archived_in, reason, _storable(detail)[:500], page.fetched)
        with self._store.transaction() as transaction:
            transaction.quarantine(quarantined)
        report.quarantined += 1


class IngestSpool:
    """Takes the files of the spool into the store, each by `ingest`; one leaves the spool once all of it is stored."""

    def __init__(self, spool: Spool, ingest: Ingest, clock: Clock) -> None:
        self._spool = spool
        self._ingest = ingest
        self._clock = clock

    def run(self, on_progress: OnProgress = lambda report: None) -> IngestReport:
        """Ingest what is pending, oldest first, telling of all files together.

        A damaged file is set aside and the rest goes on; StoreError ends the run and leaves the file for the next.
        """
        total = IngestReport()
        for name in self._spool.pending():
            total = self._file(name, total, on_progress)
        return total

    def _file(self, name: str, before: IngestReport, on_progress: OnProgress) -> IngestReport:
        archived_in = self._spool.archive_name(name, self._clock())
        latest = before

        def show(report: IngestReport) -> None:
            nonlocal latest
            latest = before + report
            on_progress(latest)

        try:
            total = before + self._ingest.batch(self._spool.read(name), archived_in, on_progress=show)
        except ArchiveDamaged as error:
            kept = self._spool.set_aside(name)
            logger.error(
                "damaged file set aside: repair it and take .damaged off its name, or delete it",
                extra={"file": kept, "reason": str(error)},
            )
            return latest + IngestReport(damaged=1)
        self._spool.archive(name, archived_in)
        return total


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time; those before the file turns out to be damaged come before the error."""
    some: list[T] = []
    try:
        for item in items:
            some.append(item)
            if len(some) == size:
                yield some
                some = []
    except ArchiveDamaged:
        if some:
            yield some
        raise
    if some:
        yield some


def _storable(text: str) -> str:
    """The text without what databases refuse: NUL characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _text(reading: _Reading) -> ArticleText:
    return ArticleText(reading.id, reading.text, reading.title, reading.extraction.published, reading.page.outlet)


def _is_stored(reading: _Reading, stored: Article | None) -> bool:
    """Whether this content is stored. Where no text is kept to compare, its dates and length must do."""
    if stored is None or (stored.title, stored.published) != (reading.title, reading.extraction.published):
        return False
    if not stored.has_text:
        # What the first schema stored has no length.
        words = stored.reading.words or reading.words
        return (stored.modified, words) == (reading.extraction.modified, reading.words)
    return stored.text == reading.text


def _last_fetched(article: Article) -> datetime:
    """When the stored text was fetched; what the first schema stored was not fetched again."""
    return article.fetched or article.found


def _is_replaced(before: Article, article: Article) -> bool:
    """Whether the stored text is an earlier one about the agency, and not the same page read otherwise."""
    return before.has_text and _last_fetched(before) < _last_fetched(article) and not reads_the_same(before, article)


def _is_cut_short(reading: _Reading, stored: Article) -> bool:
    """Whether the page shows only a part of what is stored: outlets put older articles behind a wall."""
    return not reading.extraction.is_whole and all(
        line.rstrip(" .…") in stored.text for line in reading.text.split("\n")
    )


def _where_decided(article: Article, transaction: Transaction) -> Article:
    """The article in its story as it is now: a person may have decided about it since it was read."""
    if article.story_id is None:
        return article
    return replace(article, story_id=transaction.standing_story(article.id, article.story_id))


def _is_back(reading: _Reading, stored: Article) -> bool:
    """Whether the stored article was gone before this page of it was fetched."""
    return stored.gone is not None and stored.gone < reading.fetched


def _article(reading: _Reading, analysis: Analysis, archived_in: str, before: Article | None) -> Article:
    """The article as it is stored; when and in which story it was first found stays, and what was gone by then."""
    extraction = reading.extraction
    gone = before.gone if before is not None and not _is_back(reading, before) else None
    fetched = reading.fetched
    if before is not None and before.gone == gone and before.fetched is not None and _is_stored(reading, before):
        # Understood again, and no newer text.
        fetched, archived_in = before.fetched, before.archived_in or archived_in
    article = Article(
        id=reading.id,
        url=reading.url,
        outlet=reading.page.outlet,
        title=reading.title,
        text=reading.text,
        found=before.found if before else reading.page.fetched,
        analysis=analysis,
        published=extraction.published,
        modified=extraction.modified,
        authors=tuple(map(_storable, extraction.authors)),
        section=extraction.section and _storable(extraction.section),
        tags=tuple(map(_storable, extraction.tags)),
        image_url=extraction.image_url and _storable(extraction.image_url),
        archived_in=archived_in,
        story_id=before.story_id if before else None,
        fetched=fetched,
        gone=gone,
        reading=Reading(
            source=extraction.sources.get("text", ""),
            confidence=extraction.confidence.get("text", 1.0),
            words=reading.words,
        ),
        reviews=before.reviews if before else (),
        corrections=before.corrections if before else (),
    )
    if article.relevance == "irrelevant":
        article = replace(article, story_id=None)
    if analysis.relevance != "irrelevant" or article.corrected("relevance") is not None:
        return article
    # Nobody searches it, and its text is in the archive: the store grows with the coverage, not with the press.
    verdict = Analysis(
        id=analysis.id,
        language=analysis.language,
        relevance=analysis.relevance,
        sentiment=replace(analysis.sentiment, evidence=()),
        version=analysis.version,
    )
    return replace(article, text="", analysis=verdict)


def _count(report: IngestReport, analysis: Analysis, figures: Sequence[Figure], *, is_new: bool) -> None:
    report.new += is_new
    report.changed += not is_new
    report.relevant += analysis.relevance == "relevant"
    report.mention += analysis.relevance == "mention"
    report.irrelevant += analysis.relevance == "irrelevant"
    if analysis.relevance == "relevant":
        report.negative += analysis.sentiment.label == "negative"
        report.figures += sum(map(is_stated, figures))
