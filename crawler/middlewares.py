"""Scrapy downloader middlewares: the outlets' budgets, robots.txt, retries with back-off."""

import asyncio
import logging
from typing import Protocol, Self, runtime_checkable

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase

from crawler.faults import Fault, Refused, fault_of_exception, fault_of_response
from crawler.resolver import GuardedResolver
from crawler.spiders.news import spider_of

logger = logging.getLogger(__name__)

ROBOTS_BYTES = 1_000_000
"""RFC 9309 asks crawlers to read at least half of this."""
ONCE = "once"
"""In a request's meta: not to be tried again, for whoever asked does not wait."""
_LONGEST_WAIT = 30.0
_ROBOTS_PRIORITY = 10_000


@runtime_checkable
class HearsOfRobots(Protocol):
    """A spider that wants to know when a robots.txt cannot be had."""

    def robots_failed(self, request: Request, url: str, fault: Fault) -> None:
        """The robots.txt at `url`, without which `request` is not made, cannot be had."""


class BudgetMiddleware:
    """Refuses articles beyond an outlet's share of this crawl; they stay pending."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count an article's first request against its outlet."""
        spider = spider_of(self._crawler)
        link = request.cb_kwargs.get("link")
        if link is not None and not request.meta.get("counted"):
            request.meta["counted"] = True
            if not spider.spend(link.outlet):
                raise Refused(Fault("soft", "budget", "the outlet's share of this crawl is used up"))


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 has it: 4xx allows all, a server that fails or cannot be reached allows nothing.

    Scrapy's own lets everything pass when robots.txt cannot be fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser | Fault | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass when its host's robots.txt does."""
        if request.meta.get("is_robots"):
            return
        parts = urlparse_cached(request)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            self._rules[root] = asyncio.ensure_future(self._fetch(f"{root}/robots.txt", request))
        rules = await self._rules[root]
        if isinstance(rules, Fault):
            raise Refused(rules)
        if rules is None:
            return
        if not rules.allowed(request.url, self._user_agent):
            raise Refused(Fault("hard", "robots", "robots.txt forbids this URL"))
        self._keep_pace(request, rules.crawl_delay(self._user_agent))

    def _keep_pace(self, request: Request, delay: float | None) -> None:
        """Wait between two requests to the host as long as its robots.txt asks, within reason."""
        slot = self._crawler.engine.downloader.slots.get(urlparse_cached(request).hostname or "")
        if delay and slot is not None:
            slot.delay = max(slot.delay, min(delay, _LONGEST_WAIT))
            request.meta["autothrottle_dont_adjust_delay"] = True

    async def _fetch(self, url: str, cause: Request) -> ProtegoRobotParser | Fault | None:
        """The rules at `url`; None where there are none, a fault where nobody can tell."""
        meta = {"is_robots": True, "download_maxsize": ROBOTS_BYTES}
        request = Request(url, priority=_ROBOTS_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # the boundary of a fetch of its own: every failure is a fault, and reported
            fault: Fault | None = fault_of_exception(error)
        else:
            fault = fault_of_response(response)
        if fault is None:
            return ProtegoRobotParser.from_crawler(self._crawler, response.body)
        if fault.reason == "redirect-loop" or (fault.reason.startswith("http-4") and fault.outcome == "hard"):
            return None
        spider: object = self._crawler.spider
        assert isinstance(spider, HearsOfRobots)
        spider.robots_failed(cause, url, fault)
        return fault


class RetryMiddleware:
    """Tries soft faults again after a pause that doubles; Scrapy's own does so at once.

    It also puts the right name to a host that has private addresses only.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._retries = crawler.settings.getint("RETRY_TIMES")
        self._delay = crawler.settings.getfloat("RETRY_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Hand on the response, or the request to be made again."""
        fault = fault_of_response(response)
        if fault is None or fault.outcome == "hard":
            return response
        return await self._retry(request, fault, response) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request to be made again, or None where the exception is the last word."""
        if isinstance(exception, CannotResolveHostError) and _is_refused(request):
            detail = f"{urlparse_cached(request).hostname} has no public address"
            raise Refused(Fault("hard", "private-address", detail)) from exception
        if isinstance(exception, IgnoreRequest):
            return None
        fault = fault_of_exception(exception)
        return await self._retry(request, fault, None) if fault.outcome == "soft" else None

    async def _retry(self, request: Request, fault: Fault, response: Response | None) -> Request | None:
        if request.meta.get(ONCE):
            return None
        tried = request.meta.get("retry_times", 0)
        wait = max(self._delay * (1 << tried), _retry_after(response))
        if tried >= self._retries or wait > _LONGEST_WAIT:
            return None
        await asyncio.sleep(wait)
        spider = self._crawler.spider
        assert spider is not None
        again: Request | None = get_retry_request(
            request, spider=spider, reason=fault.reason, max_retry_times=self._retries
        )
        return again


def _is_refused(request: Request) -> bool:
    from twisted.internet import reactor  # importing it earlier would choose the reactor before Scrapy does

    assert isinstance(reactor, ReactorBase)
    resolver = reactor.nameResolver
    return isinstance(resolver, GuardedResolver) and urlparse_cached(request).hostname in resolver.refused


def _retry_after(response: Response | None) -> float:
    """Seconds the server asks to wait; a date counts as too long to wait within this crawl."""
    value = response.headers.get("Retry-After") if response is not None else None
    if not value:
        return 0.0
    return float(value) if value.isdigit() else _LONGEST_WAIT + 1
