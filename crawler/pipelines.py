"""From fetched articles to finished WARC files, and what is repaired after a crash.

The order is the guarantee: the file is complete on disk; the state says which articles it holds (sealed); it gets its
name; the state says that they are seen (committed). Wherever a crash falls, either the file does not exist and its
articles are still pending, or it exists and the next start commits them.
"""

import asyncio
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
from crawler.job import Limits
from crawler.spiders.news import Emit, FetchedArticle, spider_of
from crawler.state import CrawlState

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

    def add(self, article: FetchedArticle) -> None:
        """Archive the article; finish the file when it has grown large or old.

        Raises OSError when the file cannot be written; then it is given up, and all its articles are still pending.
        """
        now = self._clock()
        with self._giving_up():
            self._writer.add(article.id, article.pages, now)
        # The link's own id too, so that a link which redirects is not followed again.
        self._ids += {article.id, article.link.id}
        self._emit(PageEvent(article.link.outlet, article.link.url, "ok", now, pages=len(article.pages)))
        writer, limits = self._writer, self._limits
        if (
            writer.articles >= limits.warc_articles
            or writer.size >= limits.warc_bytes
            or writer.age(now) >= limits.warc_seconds
        ):
            self.finish()

    def finish(self) -> None:
        """Finish the open file, if there is one; OSError as in `add`."""
        articles, pages = self._writer.articles, self._writer.pages
        with self._giving_up():
            name = self._writer.seal()
        if name is None:
            return
        self._state.seal(name, self._ids)
        path = publish(self._spool, name)
        now = self._clock()
        self._state.commit(name, now)
        self._ids = []
        self._emit(WarcEvent(str(path), articles, pages, now))

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Half a record at the end of a file would hide all that is written after it."""
        try:
            yield
        except OSError:
            self._writer.discard()
            self._ids = []
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
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Begin; the first article opens the first file."""
        spider = spider_of(self._crawler)
        job = spider.job
        self._archiving = Archiving(job.spool, job.user_agent, job.limits, spider.state, spider.emit, spider.clock)

    def process_item(self, item: FetchedArticle) -> FetchedArticle:
        """Archive the article; a disk that takes no more ends the crawl."""
        assert self._archiving is not None
        try:
            self._archiving.add(item)
        except OSError as error:
            logger.error("cannot write the archive, the crawl ends: %s", error)
            self._stopping = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive-failed"))
            raise DropItem("the archive cannot be written") from error
        return item

    def close_spider(self) -> None:
        """Finish the last file."""
        assert self._archiving is not None
        try:
            self._archiving.finish()
        except OSError as error:
            logger.error("cannot finish the archive, its articles will be fetched again: %s", error)
