"""Scrapy downloader middlewares: the outlets' and hosts' budgets, robots.txt, retries with back-off."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase
from twisted.python.failure import Failure

from crawler.faults import Fault, Refused, fault_of_exception, fault_of_response
from crawler.hosts import LONGEST_HOLD
from crawler.resolver import GuardedResolver
from crawler.spiders.answers import UNASKED
from crawler.spiders.news import spider_of
from crawler.spiders.polite import PoliteSpider
from crawler.state import RobotsCopy, host_of

logger = logging.getLogger(__name__)

ROBOTS_BYTES = 1_000_000
"""RFC 9309 asks crawlers to read at least half of this."""
ONCE = "once"
"""In a request's meta: not to be tried again, for whoever asked does not wait."""
_ROBOTS_PRIORITY = 10_000
_OVERLOADED = frozenset({429, 503})


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


class HostMiddleware:
    """Asks no host that rests or has been asked enough today, and counts what the others are asked."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it; what other middlewares turn back is not counted."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.count, signal=signals.request_reached_downloader)
        return middleware

    def process_request(self, request: Request) -> None:
        """Let the request pass where its host may be asked."""
        fault = _polite(self._crawler).hosts.fault(host_of(request.url))
        if fault is not None:
            raise Refused(fault)

    def count(self, request: Request) -> None:
        """The request goes out, unless it only lets the browser show what was fetched."""
        if not request.meta.get("playwright"):
            _polite(self._crawler).hosts.asked(host_of(request.url))


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 has it: 4xx allows all, a server that fails or cannot be reached allows nothing.

    Scrapy's own lets everything pass when robots.txt cannot be fetched.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
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
            self._rules[root] = asyncio.ensure_future(self._rules_of(root, request))
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
        if not delay:
            return
        downloader, host = self._crawler.engine.downloader, urlparse_cached(request).hostname or ""
        delay = max(self._delay, min(delay, LONGEST_HOLD))
        # For the slot that is still to come; Scrapy also drops those that are idle for a while.
        downloader.per_slot_settings[host] = {"delay": delay}
        if (slot := downloader.slots.get(host)) is not None:
            slot.delay = max(slot.delay, delay)
        request.meta["autothrottle_dont_adjust_delay"] = True

    async def _rules_of(self, root: str, cause: Request) -> ProtegoRobotParser | Fault | None:
        """The rules of this scheme and host; None where there are none, a fault where nobody can tell."""
        spider = _polite(self._crawler)
        kept = spider.state.robots(root, spider.clock())
        if kept is None:
            fetched = await self._fetch(f"{root}/robots.txt", cause)
            if isinstance(fetched, Fault):
                return fetched
            kept = fetched
            spider.state.keep_robots(root, kept.body, spider.clock())
        return None if kept.body is None else ProtegoRobotParser.from_crawler(self._crawler, kept.body)

    async def _fetch(self, url: str, cause: Request) -> RobotsCopy | Fault:
        """The robots.txt at `url`, or why nobody can tell what it says."""
        meta = {"is_robots": True, "download_maxsize": ROBOTS_BYTES}
        request = Request(url, priority=_ROBOTS_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # the boundary of a fetch of its own: every failure is a fault, and reported
            fault: Fault | None = fault_of_exception(error)
        else:
            fault = fault_of_response(response)
        if fault is None:
            return RobotsCopy(response.body)
        if fault.reason == "redirect-loop" or (fault.reason.startswith("http-4") and fault.outcome == "hard"):
            return RobotsCopy(None)
        if fault.reason in UNASKED:
            return fault
        _polite(self._crawler).robots_failed(cause, url, fault)
        return fault


class RetryMiddleware:
    """Tries soft faults again after a pause that doubles; Scrapy's own does so at once.

    A host that has too much to do is spared as a whole, with all requests that wait for it. It also puts the right name
    to a host that has private addresses only.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._retries = crawler.settings.getint("RETRY_TIMES")
        self._delay = crawler.settings.getfloat("RETRY_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy builds it."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spare, signal=signals.response_downloaded)
        return middleware

    def spare(self, response: Response, request: Request) -> None:
        """Let a host with too much to do rest, before the next request to it is taken from Scrapy's queue."""
        fault = fault_of_response(response)
        if response.status not in _OVERLOADED or fault is None or fault.outcome == "hard":
            return
        spider, host = _polite(self._crawler), host_of(request.url)
        hold = spider.hosts.refused(host, retry_after(response, spider.clock()))
        request.meta["is_held"] = hold is not None
        if hold is None:
            self._turn_back(request, host)
        elif (slot := self._slot(request)) is not None:
            # When Scrapy takes the next request to this host follows from when it took the last one.
            slot.lastseen = max(slot.lastseen, time.monotonic() + hold - slot.delay)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Hand on the response, or the request to be made again."""
        hosts, host = _polite(self._crawler).hosts, host_of(request.url)
        fault = fault_of_response(response)
        if fault is None or fault.outcome == "hard":
            hosts.answered(host)
            return response
        if response.status in _OVERLOADED:
            return (self._again(request, fault.reason) if request.meta.pop("is_held", False) else None) or response
        return await self._retry(request, fault) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request to be made again, or None where the exception is the last word."""
        if isinstance(exception, CannotResolveHostError) and _is_refused(request):
            detail = f"{urlparse_cached(request).hostname} has no public address"
            raise Refused(Fault("hard", "private-address", detail)) from exception
        if isinstance(exception, IgnoreRequest):
            return None
        fault = fault_of_exception(exception)
        if fault.outcome == "hard":
            return None
        again = await self._retry(request, fault)
        host = host_of(request.url)
        if again is None and _polite(self._crawler).hosts.failed(host, fault.reason):
            self._turn_back(request, host)
        return again

    def _turn_back(self, request: Request, host: str) -> None:
        """The requests that already wait for the resting host are not made."""
        fault = _polite(self._crawler).hosts.fault(host)
        slot = self._slot(request)
        if fault is None or slot is None:
            return
        waiting = list(slot.queue)
        slot.queue.clear()
        for other, answer in waiting:
            if host_of(other.url) == host:
                answer.errback(Failure(Refused(fault)))  # type: ignore[no-untyped-call]
            else:
                slot.queue.append((other, answer))

    def _slot(self, request: Request) -> Slot | None:
        downloader = self._crawler.engine.downloader
        slot: Slot | None = downloader.slots.get(downloader.get_slot_key(request))
        return slot

    async def _retry(self, request: Request, fault: Fault) -> Request | None:
        if request.meta.get(ONCE):
            return None
        tried = request.meta.get("retry_times", 0)
        wait = self._delay * (1 << tried)
        if tried >= self._retries or wait > LONGEST_HOLD:
            return None
        await asyncio.sleep(wait)
        return self._again(request, fault.reason)

    def _again(self, request: Request, reason: str) -> Request | None:
        spider = self._crawler.spider
        assert spider is not None
        again: Request | None = get_retry_request(request, spider=spider, reason=reason, max_retry_times=self._retries)
        return again


def _polite(crawler: Crawler) -> PoliteSpider:
    spider = crawler.spider
    assert isinstance(spider, PoliteSpider)
    return spider


def _is_refused(request: Request) -> bool:
    from twisted.internet import reactor  # importing it earlier would choose the reactor before Scrapy does

    assert isinstance(reactor, ReactorBase)
    resolver = reactor.nameResolver
    return isinstance(resolver, GuardedResolver) and urlparse_cached(request).hostname in resolver.refused


def retry_after(response: Response, now: datetime) -> float:
    """Seconds the server asks to wait, as a number or a date (RFC 9110, 10.2.3); 0 where it says nothing readable."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    aware = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
