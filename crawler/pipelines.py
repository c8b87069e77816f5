"""From fetched articles to finished WARC files, and what is repaired after a crash.

The order is the guarantee: the file is complete on disk; the state says which articles it holds (sealed); it gets its
name; the state says that they are seen (committed). Wherever a crash falls, either the file does not exist and its
articles are still pending, or it exists and the next start commits them.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.archive import PART, ArchiveWriter, leftovers, publish
from crawler.clock import Clock
from crawler.events import PageEvent, WarcEvent
from crawler.items import FetchedArticle, Finding, GoneArticle, SameArticle
from crawler.job import Limits
from crawler.spiders.news import ARCHIVE_FAILED, STATE_FAILED, Emit, spider_of
from crawler.state import CrawlState
from crawler.state_schema import StateUnwritable
from crawler.watch import Watch

logger = logging.getLogger(__name__)


class Archiving:
    """Writes articles to WARC files and keeps the state in step."""

    def __init__(self, spool: Path, software: str, limits: Limits, state: CrawlState, emit: Emit, clock: Clock) -> None:
        self._spool = spool
        self._limits = limits
        self._state = state
        self._emit = emit
        self._clock = clock
        self._writer = ArchiveWriter(spool, software)
        self._ids: list[str] = []
        self._watches: dict[str, Watch | None] = {}
        self._new = 0

    def add(self, finding: Finding) -> None:
        """Archive what was found; finish the file when it has grown large or old.

        Raises OSError when the file cannot be written; then it is given up, and all that stood in it will be found
        again: its articles are still pending, its looks still due.
        """
        now = self._clock()
        with self._giving_up():
            match finding:
                case FetchedArticle():
                    event = self._add_article(finding, now)
                case SameArticle():
                    self._writer.add_revisits(finding.id, finding.pages, now)
                    self._watches[finding.id] = finding.watch
                    event = PageEvent(finding.link.outlet, finding.link.url, "unchanged", now, again=True)
                case GoneArticle(link=link, answer=answer):
                    self._writer.add(finding.id, [answer], now)
                    self._watches[finding.id] = None
                    detail = f"the outlet has taken it down (status {answer.status})"
                    event = PageEvent(link.outlet, link.url, "hard", now, "gone", detail, again=True)
        self._emit(event)
        writer, limits = self._writer, self._limits
        if (
            writer.articles >= limits.warc_articles
            or writer.size >= limits.warc_bytes
            or writer.age(now) >= limits.warc_seconds
        ):
            self.finish()

    def _add_article(self, article: FetchedArticle, now: datetime) -> PageEvent:
        self._writer.add(article.id, article.pages, now)
        # The link's own id too, so that a link which redirects is not followed again.
        self._ids += {article.id, article.link.id}
        if article.watch is not None or article.again:
            self._watches[article.id] = article.watch
        self._new += not article.again
        link = article.link
        return PageEvent(link.outlet, link.url, "ok", now, pages=len(article.pages), again=article.again)

    def finish(self) -> None:
        """Finish the open file, if there is one; OSError as in `add`."""
        articles, pages = self._new, self._writer.pages
        with self._giving_up():
            name = self._writer.seal()
        if name is None:
            return
        try:
            self._state.seal(name, self._ids, self._watches)
        except StateUnwritable:
            self._forget()
            (self._spool / (name + PART)).unlink()
            raise
        path = publish(self._spool, name)
        now = self._clock()
        self._state.commit(name, now)
        self._forget()
        self._emit(WarcEvent(str(path), articles, pages, now))

    def _forget(self) -> None:
        self._ids, self._watches, self._new = [], {}, 0

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Half a record at the end of a file would hide all that is written after it."""
        try:
            yield
        except OSError:
            self._writer.discard()
            self._forget()
            raise


def recover(spool: Path, state: CrawlState, now: datetime) -> None:
    """Put right what a crash left: finish sealed files, remove all other `.part` files."""
    for name in state.sealed():
        if (spool / (name + PART)).exists():
            publish(spool, name)
            logger.info("finished archive of an earlier crawl file=%s", name)
        state.commit(name, now)
    for part in leftovers(spool):
        part.unlink()
        logger.info("removed unfinished archive file=%s", part.name)


class ArchivePipeline:
    """The Scrapy item pipeline around Archiving."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._archiving: Archiving | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Begin; the first article opens the first file."""
        spider = spider_of(self._crawler)
        job = spider.job
        self._archiving = Archiving(job.spool, job.user_agent, job.limits, spider.state, spider.emit, spider.clock)

    def process_item(self, item: Finding) -> Finding:
        """Archive what was found; a disk that takes no more ends the crawl."""
        assert self._archiving is not None
        try:
            self._archiving.add(item)
        except (OSError, StateUnwritable) as error:
            self._end_early(error)
            raise DropItem("the archive cannot be written") from error
        return item

    def close_spider(self) -> None:
        """Finish the last file."""
        assert self._archiving is not None
        try:
            self._archiving.finish()
            spider_of(self._crawler).hosts.keep()
        except (OSError, StateUnwritable) as error:
            self._end_early(error)

    def _end_early(self, error: OSError | StateUnwritable) -> None:
        """End the crawl; what is not in a finished file will be fetched again."""
        spider = spider_of(self._crawler)
        is_state = isinstance(error, StateUnwritable)
        if not spider.trouble:
            folder = spider.job.state if is_state else spider.job.spool
            logger.error("cannot write %s, the crawl ends: %s", folder, error)
        spider.end_early(STATE_FAILED if is_state else ARCHIVE_FAILED)
