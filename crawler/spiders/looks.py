"""The other half of the spider: looks again at articles that it knows.

What became of one is the same, another version, or nothing any more. The last is believed at once where the server says
"gone" (410), and the second time where it says "not found" or leads to its front page.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from scrapy import Request
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from crawler.archive import capture
from crawler.clock import Clock
from crawler.events import Event, PageEvent
from crawler.faults import Fault, fault_of_response
from crawler.items import FetchedArticle, Finding, GoneArticle, SameArticle
from crawler.job import CrawlJob
from crawler.link import Link
from crawler.outlets.outlet import Outlet
from crawler.page import Page
from crawler.spiders.answers import (
    OUT_OF_BUDGET,
    UNASKED,
    fault_of,
    header_of,
    is_front_page,
    page_of,
    readable,
    request_of,
)
from crawler.state import MAX_ATTEMPTS, CrawlState, grown
from crawler.watch import Watch, names_any, next_look

_PRIORITY = -100
_LOST = frozenset({"http-404", "http-410"})
_GONE = 410
_NOT_MODIFIED = 304


class Fetcher(Protocol):
    """What fetches new articles."""

    def claim(self, article: str) -> bool:
        """Whether nobody fetches this article yet; from now on somebody does."""

    def owner_of(self, url: str) -> Outlet | None:
        """The outlet to which the URL belongs."""

    async def fetch_further_pages(
        self, first: HtmlResponse, link: Link, owner: Outlet, pages: list[Page]
    ) -> Fault | None:
        """Append the article's further pages; the fault at which this ended early, if any."""


class Looks:
    """Asks for known articles once more and says what became of them."""

    def __init__(
        self,
        job: CrawlJob,
        outlets: Mapping[str, Outlet],
        state: CrawlState,
        emit: Callable[[Event], None],
        clock: Clock,
        fetcher: Fetcher,
    ) -> None:
        self._limits = job.limits
        self._words = tuple(word.lower() for word in job.first_words)
        self._outlets = outlets
        self._state = state
        self._emit = emit
        self._clock = clock
        self._fetcher = fetcher

    def first_watch(self, article: str, link: Link, first: HtmlResponse, pages: Sequence[Page]) -> Watch | None:
        """How a new article is watched; None where it is not, for it names none of the first words."""
        fetched = pages[0].fetched
        due = next_look(fetched, self._limits.recheck_hours, fetched)
        if due is None or not names_any((page.body for page in pages), self._words):
            return None
        return Watch(
            id=article,
            url=pages[0].url,
            outlet=link.outlet,
            discovery=link.discovery,
            via=link.via,
            captures=tuple(capture(page) for page in pages),
            first=fetched,
            due=due,
            etag=header_of(first, "ETag"),
            last_modified=header_of(first, "Last-Modified"),
        )

    def requests(self) -> list[Request]:
        """The requests for all articles that are due for a look."""
        watches = self._state.watched(list(self._outlets), self._limits.articles_per_outlet, self._clock())
        return [self._request(watch) for watch in watches if self._fetcher.claim(watch.id)]

    def _request(self, watch: Watch) -> Request:
        headers = {}
        # A change may stand on any page of an article, and only the first would be asked for it.
        if len(watch.captures) == 1:
            if watch.etag:
                headers["If-None-Match"] = watch.etag
            if watch.last_modified:
                headers["If-Modified-Since"] = watch.last_modified
        return Request(
            watch.url,
            headers=headers,
            callback=self.parse,
            errback=self.failed,
            priority=_PRIORITY,
            cb_kwargs={"link": watch.link, "watch": watch},
            meta={"javascript": self._outlets[watch.link.outlet].javascript},
        )

    async def parse(self, response: Response, link: Link, watch: Watch) -> AsyncIterator[Finding]:
        """What became of the article, where that is known now."""
        finding = await self._look_at(response, link, watch)
        if finding is not None:
            yield finding

    def failed(self, failure: Failure) -> None:
        """A known article could not be looked at."""
        self.report(request_of(failure).cb_kwargs["watch"], fault_of(failure))

    async def _look_at(self, response: Response, link: Link, watch: Watch) -> Finding | None:
        if response.status == _NOT_MODIFIED:
            page = page_of(response, link, self._outlets[watch.outlet], 1, self._clock())
            return SameArticle(link, watch.id, ((page, watch.captures[0]),), self._next(watch, response))
        if (answer := self._loss(response, link, watch)) is not None:
            return self._lost(link, watch, answer)
        pages = await self._pages(response, link)
        if isinstance(pages, Fault):
            self.report(watch, pages)
            return None
        captures, after = tuple(capture(page) for page in pages), self._next(watch, response)
        if [one.digest for one in captures] == [before.digest for before in watch.captures]:
            return SameArticle(link, watch.id, tuple(zip(pages, watch.captures, strict=True)), after)
        after = None if after is None else replace(after, url=pages[0].url, captures=captures)
        return FetchedArticle(link, watch.id, tuple(pages), again=True, watch=after)

    async def _pages(self, response: Response, link: Link) -> list[Page] | Fault:
        """All pages of the article; as for a new one, a page that fails for now makes it wait as a whole."""
        first = readable(response, link)
        if isinstance(first, Fault):
            return first
        owner = self._fetcher.owner_of(first.url)
        if owner is None:
            return Fault("hard", "off-site", f"leads to {first.url[:300]}")
        pages = [page_of(first, link, owner, 1, self._clock())]
        trouble = await self._fetcher.fetch_further_pages(first, link, owner, pages)
        if trouble is not None and trouble.outcome == "soft":
            return replace(trouble, detail=f"page {len(pages) + 1}: {trouble.detail}")
        return pages

    def _next(self, watch: Watch, response: Response) -> Watch | None:
        after = watch.seen(self._clock(), self._limits.recheck_hours)
        if after is None or (response.status == _NOT_MODIFIED and not response.headers.get("ETag")):
            return after
        return replace(after, etag=header_of(response, "ETag"), last_modified=header_of(response, "Last-Modified"))

    def _loss(self, response: Response, link: Link, watch: Watch) -> Page | None:
        """The answer by which the outlet says that it has the article no more, or None where it says no such thing."""
        page = page_of(response, link, self._outlets[watch.outlet], 1, self._clock())
        fault = fault_of_response(response)
        if fault is not None:
            return page if fault.reason in _LOST else None
        meta = response.request.meta if response.request is not None else {}
        if "redirect_urls" not in meta or not is_front_page(response):
            return None
        return replace(
            page,
            url=meta["redirect_urls"][-1],
            status=meta["redirect_reasons"][-1],
            headers={"location": response.url},
            body=b"",
        )

    def _lost(self, link: Link, watch: Watch, answer: Page) -> GoneArticle | None:
        """The article as gone, where that is certain; else it will be looked at once more."""
        now = self._clock()
        after = watch.missed(now, self._limits.recheck_hours)
        if after is None or answer.status == _GONE:
            return GoneArticle(link, watch.id, answer)
        self._state.watch(after)
        detail = f"status {answer.status}; looked at once more before it counts as taken down"
        self._tell(watch, Fault("soft", "missing", detail), now, after.due)
        return None

    def report(self, watch: Watch, fault: Fault) -> None:
        """A look found nothing out: it is repeated, or the next one is waited for."""
        if fault.reason in UNASKED or fault.reason in OUT_OF_BUDGET:
            return
        now = self._clock()
        after = watch.seen(now, self._limits.recheck_hours)
        if fault.outcome == "soft" and watch.failures + 1 < MAX_ATTEMPTS:
            after = watch.put_off(now + grown(timedelta(seconds=self._limits.backoff), watch.failures))
        if after is None:
            self._state.unwatch(watch.id)
        else:
            self._state.watch(after)
        self._tell(watch, fault, now, None if after is None else after.due)

    def _tell(self, watch: Watch, fault: Fault, now: datetime, retry_at: datetime | None) -> None:
        what = (watch.outlet, watch.url, fault.outcome, now, fault.reason, fault.detail)
        self._emit(PageEvent(*what, retry_at=retry_at, again=True))
