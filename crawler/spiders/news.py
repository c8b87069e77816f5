"""The spider: reads the sources of the outlets, fetches the articles they name, looks again at some it knows.

One spider for all outlets, because one engine then keeps the pace per host, whichever source named the article, and
one queue puts the articles that speak of the job's first words before all others. Looks at known articles begin when
nothing else is left to do.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from crawler.clock import Clock
from crawler.events import Event, PageEvent, SourceEvent
from crawler.faults import Fault, fault_of_exception, fault_of_page
from crawler.hosts import Hosts
from crawler.identity import claims, identity, is_amp
from crawler.items import FetchedArticle
from crawler.job import CrawlJob
from crawler.link import Link
from crawler.outlets.outlet import Outlet, Source
from crawler.outlets.owners import Owners
from crawler.page import Page
from crawler.polling import Bounds, Pace, first_pace, next_pace
from crawler.spiders.answers import OUT_OF_BUDGET, UNASKED, fault_of, header_of, page_of, readable, request_of
from crawler.spiders.document import Document, DocumentError, Entry
from crawler.spiders.looks import Looks
from crawler.spiders.polite import PoliteSpider
from crawler.spiders.reading import read_source
from crawler.state import CrawlState, SourceMemory, Unread, host_of
from crawler.state_schema import StateUnwritable
from crawler.urls import article_id, canonical_url, first_page_url
from crawler.walls import shell_of

logger = logging.getLogger(__name__)

Emit = Callable[[Event], None]
"""Tells whoever started the crawl."""

NextPages = Callable[[str, str], list[str]]
"""The URLs of an article's further pages, by the HTML and URL of one of them."""

_SOURCE_PRIORITY = 1000
_FIRST_PRIORITY = 100
# A listing is a whole page, and seldom one that can say "not modified"; the sitemaps of an index are many.
_SELDOM_FACTOR = 3
# However long an outlet is down, it is found again soon after it is up.
_LONGEST_SOFT_BACKOFF = timedelta(hours=1)
# Hard failures of a source need a person, who needs time.
_HARD_BACKOFF = 6
ARCHIVE_FAILED, STATE_FAILED = "archive-failed", "state-failed"
"""The reasons of a crawl that ended because its files take nothing more."""
# So often an article waits for a further page that fails, before it is taken without.
_WAITS_FOR_WHOLE = 3


class NewsSpider(PoliteSpider):
    """Discovers and fetches the articles of a job's outlets."""

    name = "news"

    def __init__(self, job: CrawlJob, state: CrawlState, emit: Emit, next_pages: NextPages, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.job = job
        self.state = state
        self.emit = emit
        self.hosts = Hosts(state, job.limits, clock)
        self._next_pages = next_pages
        self._outlets = {outlet.id: outlet for outlet in job.outlets}
        self.owner_of = Owners(job.outlets).of
        self._first_words = tuple(word.lower() for word in job.first_words)
        self._claimed: set[str] = set()
        self._discovered: set[str] = set()
        self._read_sources: set[str] = set()
        self._interrupted: set[str] = set()
        self._has_looked_again = False
        self._spent: Counter[str] = Counter()
        self.waiting = 0
        self.looks = Looks(job, self._outlets, state, emit, clock, self)
        self.trouble = ""
        self._ending: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NewsSpider":
        """As Scrapy builds it; an error in a callback is an event too."""
        spider: NewsSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.callback_failed, signal=signals.spider_error)
        crawler.signals.connect(spider.look_again, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """What earlier crawls left, then the sources."""
        limits = self.job.limits
        unread = self.state.unread()  # now: what this crawl discovers from here on, it requests itself
        now = self.clock()
        self._interrupted = {page.source for page in unread if not self.state.source(page.url).is_resting(now)}
        for link in self.state.pending(list(self._outlets), limits.articles_per_outlet, self.clock()):
            if self.claim(link.id):
                yield self._article_request(link)
        for outlet in self.job.outlets:
            for source in outlet.sources:
                for request in self._source_requests(outlet, source):
                    yield request
        for page in unread:
            if (further := self._unread_request(page)) is not None:
                yield further

    def spend(self, outlet: str) -> bool:
        """Whether the outlet may have one more article in this crawl; it is counted."""
        self._spent[outlet] += 1
        return self._spent[outlet] <= self.job.limits.articles_per_outlet

    def outlet_of(self, request: Request) -> str:
        """The id of the outlet for which the request is made."""
        link: Link | None = request.cb_kwargs.get("link")
        outlet: Outlet | None = request.cb_kwargs.get("outlet")
        return link.outlet if link is not None else outlet.id if outlet is not None else ""

    def robots_failed(self, request: Request, url: str, fault: Fault) -> None:
        """A robots.txt cannot be had: an event of the outlet for which it was asked."""
        outlet = self.outlet_of(request)
        self.emit(SourceEvent(outlet, url, "robots", fault.outcome, self.clock(), fault.reason, fault.detail))

    def look_again(self) -> None:
        """Ask for the articles that are due for another look, once nothing else is left to do."""
        if self._has_looked_again:
            return
        self._has_looked_again = True
        requests = self.looks.requests()
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    # Discovery

    def _source_requests(self, outlet: Outlet, source: Source) -> Iterator[Request]:
        """The requests for a source, and for the sitemaps it is known to lead to: each has a pace of its own."""
        sitemaps = self.state.sitemaps_of(source.url) if source.kind == "sitemap" else []
        for number, url in [(1, source.url), *((2, sitemap) for sitemap in sitemaps)]:
            if (request := self._source_request(outlet, source, url, number)) is not None:
                yield request

    def _source_request(self, outlet: Outlet, source: Source, url: str, number: int) -> Request | None:
        """The request for a source's document; None where it was made, is not due or is to be left alone."""
        memory, now = self.state.source(url), self.clock()
        if url in self._read_sources or (self.job.only_due and not memory.is_due(now)):
            return None
        self._read_sources.add(url)
        if memory.is_resting(now):
            self.waiting += 1
            return None
        limits = self.job.limits
        headers = {}
        if memory.etag:
            headers["If-None-Match"] = memory.etag
        if memory.last_modified:
            headers["If-Modified-Since"] = memory.last_modified
        return Request(
            url,
            headers=headers,
            callback=self.parse_source,
            errback=self.source_failed,
            priority=_SOURCE_PRIORITY,
            cb_kwargs={"outlet": outlet, "source": source, "url": url, "number": number},
            meta={
                "download_maxsize": limits.document_bytes if source.kind == "sitemap" else limits.page_bytes,
                "javascript": outlet.javascript and source.kind == "listing",
            },
        )

    def parse_source(
        self, response: Response, outlet: Outlet, source: Source, url: str, number: int
    ) -> Iterator[Request]:
        """The articles a source names that were not known, and the further documents it leads to."""
        memory = self.state.source(url)
        if response.status == 304:
            self.state.source_unchanged(url, self._pace(outlet, source, number, memory))
            self.emit(SourceEvent(outlet.id, url, source.kind, "unchanged", self.clock()))
            return
        fault = fault_of_page(response)
        if fault is not None:
            self._report_source(outlet, source, url, fault)
            return
        try:
            document = read_source(
                response, source.kind, self.job.limits, self.clock(), article=outlet.article, number=number
            )
        except DocumentError as error:
            self._report_source(outlet, source, url, Fault("hard", error.reason, str(error)))
            return
        links = list(self._links(document.entries, outlet, source, response.url))
        if source.kind == "listing" and number == 1 and not links:
            self._report_source(outlet, source, url, _without_links(response))
            return
        now = self.clock()
        new = self.state.unknown(links, now)
        self._discovered.update(link.id for link in new)
        further = self._further(document, outlet, source, number, any(link.id in self._discovered for link in links))
        unread = [
            Unread(page, outlet.id, source.url, number + 1)
            for page in further
            if source.kind == "listing" and page not in self._read_sources
        ]
        sitemaps = further if source.kind == "sitemap" else []
        entries = list(dict.fromkeys([*(link.id for link in links), *(article_id(sitemap) for sitemap in sitemaps)]))
        pace = self._pace(outlet, source, number, memory, entries)
        validators = self._validators(response, source)
        self.state.discovered(url, new, now, *validators, unread, pace=pace, entries=entries, sitemaps=sitemaps)
        detail = f"{len(links)} links, {len(new)} new"
        if source.kind == "sitemap" and document.further:
            detail = f"an index, {len(document.further)} sitemaps of it read"
        self.emit(SourceEvent(outlet.id, url, source.kind, "ok", now, detail=detail, found=len(new)))
        for link in new:
            if self.claim(link.id):
                yield self._article_request(link)
        for page in further:
            request = self._source_request(outlet, source, page, number + 1)
            if request is not None:
                yield request

    def source_failed(self, failure: Failure) -> None:
        """A source could not be had."""
        asked = request_of(failure).cb_kwargs
        self._report_source(asked["outlet"], asked["source"], asked["url"], fault_of(failure))

    def _further(self, document: Document, outlet: Outlet, source: Source, number: int, has_news: bool) -> list[str]:
        """An index's children, and a listing's next page while there is news or it was never read.

        A listing whose walk was interrupted has moved on: what was not read stands behind pages that tell nothing new.
        """
        if source.kind == "sitemap":
            # An index within an index is against the protocol, and a way to keep a crawler busy.
            wanted = document.further if number == 1 else ()
        else:
            wanted = document.further if number < source.pages else ()
            to_the_end = has_news or source.url in self._interrupted
            wanted = tuple(url for url in wanted if to_the_end or not self.state.source(url).is_known)
        return [url for url in wanted if self.owner_of(url) is not None]

    def _unread_request(self, page: Unread) -> Request | None:
        """The request for a listing page that an earlier crawl did not get to, None where it is not this crawl's."""
        outlet = self._outlets.get(page.outlet)
        if outlet is None:
            return None
        for source in outlet.sources:
            if source.url == page.source and page.number <= source.pages:
                return self._source_request(outlet, source, page.url, page.number)
        self.state.leave_unread(page.url)
        return None

    def _pace(
        self, outlet: Outlet, source: Source, number: int, memory: SourceMemory, entries: Sequence[str] | None = None
    ) -> Pace | None:
        """The pace of a source that named these entries now, or was not modified; a listing's next pages have none."""
        if source.kind == "listing" and number > 1:
            return None
        bounds = self._bounds(outlet, source, number, was_modified=entries is not None)
        now, before = self.clock(), memory.pace
        if before is None:
            return first_pace(len(entries or ()), now, bounds)
        if entries is None:
            return next_pace(before, before.listed, 0, now, bounds)
        fresh = sum(entry not in memory.entries for entry in entries)
        return next_pace(before, len(entries), fresh, now, bounds)

    def _bounds(self, outlet: Outlet, source: Source, number: int, *, was_modified: bool) -> Bounds:
        limits, is_beside = self.job.limits, _stands_beside_others(source, outlet)
        shortest = limits.poll_shortest * (_SELDOM_FACTOR if is_beside else 1)
        longest = limits.poll_longest if was_modified else min(limits.poll_longest, limits.poll_unmodified)
        longest *= _SELDOM_FACTOR if is_beside or number > 1 else 1
        return Bounds(timedelta(seconds=shortest), timedelta(seconds=max(shortest, longest)))

    def _validators(self, response: Response, source: Source) -> tuple[str | None, str | None]:
        """What to send next time; a listing is read again for its links to further pages."""
        if source.kind == "listing":
            return None, None
        return header_of(response, "ETag"), header_of(response, "Last-Modified")

    def _links(self, entries: tuple[Entry, ...], outlet: Outlet, source: Source, via: str) -> Iterator[Link]:
        """The entries that are articles of the job's outlets, each once, those of the first words first."""
        links: dict[str, Link] = {}
        for entry in entries:
            owner = self.owner_of(entry.url)
            if owner is None:
                continue
            said = f"{entry.url} {entry.words}".lower()
            link = Link(entry.url, owner.id, source.kind, via, any(word in said for word in self._first_words))
            links.setdefault(link.id, link)
        yield from sorted(links.values(), key=lambda link: not link.first)

    def _report_source(self, outlet: Outlet, source: Source, url: str, fault: Fault) -> None:
        if fault.reason in UNASKED:
            self.waiting += 1
            return
        now = self.clock()
        backoff = timedelta(seconds=self.job.limits.backoff)
        if fault.reason in OUT_OF_BUDGET:
            retry_at = self.hosts.rests_until(host_of(url))
        elif fault.outcome == "hard":
            retry_at = self.state.source_failed(url, _HARD_BACKOFF * backoff, now)
        else:
            retry_at = self.state.source_failed(url, backoff, now, _LONGEST_SOFT_BACKOFF)
        if fault.outcome == "hard":
            self.state.leave_unread(url)
        logger.warning("source failed outlet=%s url=%s reason=%s detail=%s", outlet.id, url, fault.reason, fault.detail)
        self.emit(
            SourceEvent(outlet.id, url, source.kind, fault.outcome, now, fault.reason, fault.detail, retry_at=retry_at)
        )

    # Fetching

    def claim(self, article: str) -> bool:
        """Whether nobody fetches this article yet; from now on somebody does."""
        if article in self._claimed:
            return False
        self._claimed.add(article)
        return True

    def _whole_url(self, link: Link) -> str:
        """Where the whole of an article is to be had, which a source may have named by one of its pages."""
        return self._outlets[link.outlet].full_url(first_page_url(link.url))

    def _article_request(self, link: Link, plain_url: str | None = None) -> Request:
        return Request(
            plain_url or self._whole_url(link),
            callback=self.parse_article,
            errback=self.article_failed,
            priority=_FIRST_PRIORITY if link.first else 0,
            cb_kwargs={"link": link},
            meta={"counted": plain_url is not None, "javascript": self._outlets[link.outlet].javascript},
        )

    def _is_without_whole_page(self, link: Link, fault: Fault, response: Response) -> bool:
        """Whether the outlet has no such page as its rule for whole articles says; some have it for long ones only."""
        asked = response.request.url if response.request is not None else ""
        return fault.reason == "http-404" and asked != link.url and asked == self._whole_url(link)

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[FetchedArticle | Request]:
        """The article with all its pages, unless it is no article or is known under another URL."""
        first = readable(response, link)
        if isinstance(first, Fault):
            if self._is_without_whole_page(link, first, response):
                yield self._article_request(link, link.url)
            else:
                self._report_page(link, first)
            return
        owner = self.owner_of(first.url)
        if owner is None:
            self._report_page(link, Fault("hard", "off-site", f"leads to {first.url[:300]}"))
            return
        whole = await self._canonical_twin(first, link)
        if isinstance(whole, Fault):
            self._report_page(link, whole)
            return
        first, article = whole, article_id(identity(whole.url, claims(whole.text)))
        if article != link.id and not self._claim_target(link, article):
            return
        pages = [page_of(first, link, owner, 1, self.clock())]
        trouble = await self.fetch_further_pages(first, link, owner, pages)
        # Half an article is worse than a late one, and better than none.
        if trouble is not None and trouble.outcome == "soft" and link.attempts < _WAITS_FOR_WHOLE:
            self._report_page(link, replace(trouble, detail=f"page {len(pages) + 1}: {trouble.detail}"))
            return
        yield FetchedArticle(link, article, tuple(pages), watch=self.looks.first_watch(article, link, first, pages))

    def article_failed(self, failure: Failure) -> None:
        """An article could not be had."""
        self._report_page(request_of(failure).cb_kwargs["link"], fault_of(failure))

    def end_early(self, trouble: str) -> None:
        """End the crawl in order: what it fetches cannot be kept. `trouble` becomes its reason."""
        self.trouble = trouble
        if self._ending is None:
            self._ending = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=trouble))

    def callback_failed(self, failure: Failure, response: Response) -> None:
        """A callback raised: the source or article is reported, everything else goes on, unless nothing can be kept."""
        if isinstance(failure.value, StateUnwritable):
            if not self.trouble:
                logger.error("cannot write %s, the crawl ends: %s", self.job.state, failure.value)
            self.end_early(STATE_FAILED)
            return
        asked = response.cb_kwargs
        fault = Fault("soft", "crashed", f"{type(failure.value).__name__}: {failure.getErrorMessage()[:300]}")
        if "watch" in asked:
            self.looks.report(asked["watch"], fault)
        elif "link" in asked:
            self._report_page(asked["link"], fault)
        elif "source" in asked:
            self._report_source(asked["outlet"], asked["source"], asked["url"], fault)

    def _claim_target(self, link: Link, article: str) -> bool:
        """Whether the article a link was redirected to is to be archived, for nobody has it yet."""
        now = self.clock()
        if self.state.is_seen(article):
            self.state.is_alias(link, article, now)
            self.emit(
                PageEvent(link.outlet, link.url, "unchanged", now, "duplicate", "leads to an article that is known")
            )
            return False
        return self.claim(article)

    async def _canonical_twin(self, page: HtmlResponse, link: Link) -> HtmlResponse | Fault:
        """The page of which an AMP page is the twin, which shows more; the page itself where it is none."""
        if not is_amp(page.text):
            return page
        article = identity(page.url, claims(page.text))
        address = next((urljoin(page.url, claim.strip()) for claim in claims(page.text)), page.url)
        if address == page.url or self.owner_of(address) is None or canonical_url(address) != article:
            return page
        twin = await self._fetch_page(address, link)
        return page if isinstance(twin, Fault) and twin.outcome == "hard" else twin

    async def fetch_further_pages(
        self, first: HtmlResponse, link: Link, owner: Outlet, pages: list[Page]
    ) -> Fault | None:
        """Append the article's further pages; the fault at which this ended early, if any."""
        host = urlsplit(canonical_url(first.url)).netloc
        asked = {first.url}
        waiting = self._next_pages(first.text, first.url)
        while waiting and len(pages) < self.job.limits.article_pages:
            url = waiting.pop(0)
            if url in asked or not _is_on(host, url):
                continue
            asked.add(url)
            response = await self._fetch_page(url, link)
            if isinstance(response, Fault):
                return response
            if response.url != url and response.url in asked:
                continue
            asked.add(response.url)
            pages.append(page_of(response, link, owner, len(pages) + 1, self.clock()))
            waiting += [further for further in self._next_pages(response.text, response.url) if further not in waiting]
        return None

    async def _fetch_page(self, url: str, link: Link) -> HtmlResponse | Fault:
        meta = {"counted": True, "javascript": self._outlets[link.outlet].javascript}
        request = Request(url, priority=_SOURCE_PRIORITY, cb_kwargs={"link": link}, meta=meta)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # the boundary of a fetch of its own: every failure is a fault, and reported
            return fault_of_exception(error)
        return readable(response, link)

    def _report_page(self, link: Link, fault: Fault) -> None:
        if fault.reason in UNASKED:
            return
        now = self.clock()
        if fault.reason in OUT_OF_BUDGET:
            retry_at = self.hosts.rests_until(host_of(link.url))
        elif fault.outcome == "soft":
            retry_at = self.state.page_failed_softly(
                link, fault.reason, timedelta(seconds=self.job.limits.backoff), now
            )
        else:
            retry_at = self.state.page_failed(link, fault.reason, now)
        logger.info("page failed outlet=%s url=%s reason=%s", link.outlet, link.url, fault.reason)
        self.emit(PageEvent(link.outlet, link.url, fault.outcome, now, fault.reason, fault.detail, retry_at=retry_at))


def spider_of(crawler: Crawler) -> NewsSpider:
    """The crawler's spider, for the components around it."""
    spider = crawler.spider
    assert isinstance(spider, NewsSpider)
    return spider


def _stands_beside_others(source: Source, outlet: Outlet) -> bool:
    """Whether it is a listing of an outlet whose feed or sitemap tells of its articles sooner."""
    return source.kind == "listing" and any(other.kind != "listing" for other in outlet.sources)


def _without_links(response: Response) -> Fault:
    """Why a listing names nothing: only a person can mend one that scripts would have to fill."""
    shell = shell_of(response.text) if isinstance(response, HtmlResponse) else None
    if shell is None:
        return Fault("soft", "no-links", "the page links to no article")
    return Fault("hard", shell.reason, f"{shell.detail}; set javascript = true for the outlet")


def _is_on(host: str, url: str) -> bool:
    try:
        return urlsplit(canonical_url(url)).netloc == host
    except ValueError:
        return False
