"""The spider that looks at outlets and keeps nothing: home page, robots.txt, sources, unknown feeds, a few articles.

Everything is fetched by the same guarded downloader as a crawl's pages, one request after the other for each outlet.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.clock import Clock
from crawler.faults import Fault, fault_of_exception, fault_of_page
from crawler.headers import headers_of
from crawler.hosts import Hosts
from crawler.middlewares import ROBOTS_BYTES
from crawler.outlets.discovery import (
    FoundSource,
    HomePage,
    agency_pages,
    article_pattern,
    common_sources,
    family_of,
    feed_times,
    full_article_rule,
    read_home,
    read_robots,
    sitemaps_of,
)
from crawler.outlets.outlet import Outlet, SourceKind
from crawler.page import Extraction, ExtractionError, Page
from crawler.probe import (
    Answer,
    ArticleEvidence,
    AskedEvent,
    HomeEvidence,
    OutletEvidence,
    ProbeEvent,
    ProbeJob,
    RobotsEvidence,
    SourceEvidence,
)
from crawler.spiders.document import Document, DocumentError, Entry
from crawler.spiders.polite import PoliteSpider
from crawler.spiders.reading import read_source
from crawler.state import CrawlState
from crawler.urls import canonical_url
from crawler.walls import shell_of

logger = logging.getLogger(__name__)

Extract = Callable[[Sequence[Page], str], Extraction]
"""Reads an article from its pages, naive times being in the given zone."""

_HOST_IS_DEAD = frozenset({"dns", "refused", "private-address", "timeout", "tls", "connection"})
_TRIED_FINDS = 6
_CHILD_OF_ARTICLES = ("news", "post", "berita", "artikel", "article")
_KIND_ORDER = {"feed": 0, "sitemap": 1, "listing": 2}


class ProbeSpider(PoliteSpider):
    """Looks at each outlet of a job and emits the evidence."""

    name = "probe"

    def __init__(
        self, job: ProbeJob, state: CrawlState, emit: Callable[[ProbeEvent], None], extract: Extract, clock: Clock
    ) -> None:
        super().__init__()
        self.job = job
        self.state = state
        self.clock = clock
        self.hosts = Hosts(state, job.limits, clock)
        self.emit = emit
        self.extract = extract

    async def start(self) -> AsyncIterator[Any]:
        """Look at every outlet; there is nothing for the scheduler."""
        gate = asyncio.Semaphore(self.job.at_once)
        await asyncio.gather(*(self._look_at(outlet, gate) for outlet in self.job.outlets))
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _look_at(self, outlet: Outlet, gate: asyncio.Semaphore) -> None:
        async with gate:
            look = _Look(self, outlet)
            try:
                await look.run()
            except Exception:  # the boundary of one outlet's look: the others go on, and its evidence is incomplete
                logger.exception("looking at the outlet failed outlet=%s", outlet.id)
                look.is_complete = False
            self.emit(look.evidence())

    def robots_failed(self, request: Request, url: str, fault: Fault) -> None:
        """The look itself asks for robots.txt and reports it."""


class _Look:
    """The look at one outlet, and what it has seen so far."""

    def __init__(self, spider: ProbeSpider, outlet: Outlet) -> None:
        self._spider = spider
        self._job = spider.job
        self._outlet = outlet
        self._begun = time.monotonic()
        self._dead: dict[str, Answer] = {}
        self._rules: Protego | None = None
        self._page = HomePage("", "", "", "", (), ())
        self._page_html = ""
        self._page_response: HtmlResponse | None = None
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._times: dict[str, datetime] = {}
        self._whole_rules: list[str] = []
        self._home = HomeEvidence(Answer(outlet.home, "soft", "unasked"))
        self._robots = RobotsEvidence(Answer("", "soft", "unasked"))
        self._sources: list[SourceEvidence] = []
        self._articles: list[ArticleEvidence] = []
        self.is_complete = True

    async def run(self) -> None:
        """Ask for everything, in the order in which it leads on."""
        await self._look_at_robots()
        await self._look_at_home()
        for source in self._outlet.sources:
            self._sources.append(await self._look_at_source(FoundSource(source.kind, source.url, "configured")))
        await self._look_for_more()
        await self._look_at_articles()

    def evidence(self) -> OutletEvidence:
        """What was seen."""
        family, by = family_of(self._home.answer.url, self._page.generator, self._page_html)
        own = [entry.url for source in self._working() for entry in self._entries[source.url]]
        named = own if any(source.kind != "listing" for source in self._working()) else []
        return OutletEvidence(
            outlet=self._outlet.id,
            at=datetime.now(UTC),
            home=self._home,
            robots=self._robots_evidence(own),
            sources=tuple(self._sources),
            articles=tuple(self._articles),
            family=family,
            family_by=by,
            article=article_pattern(named, filter(self._belongs, self._page.links)),
            full_article=next(iter(self._whole_rules), None),
            seconds=round(time.monotonic() - self._begun, 1),
            is_complete=self.is_complete,
        )

    # robots.txt and the home page

    async def _look_at_robots(self) -> None:
        parts = urlsplit(self._outlet.home)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        response = await self._fetch(url, ROBOTS_BYTES, is_robots=True)
        if isinstance(response, Answer):
            has_none = response.reason.startswith("http-4") and response.outcome == "hard"
            self._robots = RobotsEvidence(Answer(response.url) if has_none else response)
            return
        self._rules = read_robots(response.body)
        self._robots = RobotsEvidence(Answer(response.url), exists=True)

    def _robots_evidence(self, articles: Iterable[str]) -> RobotsEvidence:
        rules, agent = self._rules, self._job.user_agent
        if rules is None:
            return self._robots
        home = self._outlet.home
        addresses = dict.fromkeys([home, *(source.url for source in self._outlet.sources), *articles])
        forbidden = [url for url in addresses if self._is_on_home_host(url) and not rules.can_fetch(url, agent)]
        delay = rules.crawl_delay(agent)
        return replace(self._robots, forbids_all=home in forbidden, forbidden=tuple(forbidden[:20]), crawl_delay=delay)

    async def _look_at_home(self) -> None:
        response = await self._fetch(self._outlet.home, self._job.limits.page_bytes, is_page=True)
        if isinstance(response, HtmlResponse):
            self._page_response, self._page_html = response, response.text
            self._page = read_home(self._page_html, response.url)
        answer = self._judged_page(response)
        self._home = HomeEvidence(
            answer,
            name=self._page.name,
            title=self._page.title,
            generator=self._page.generator,
            language=self._page.language,
            links=len([url for url in self._page.links if self._belongs(url)]),
        )

    def _judged_page(self, response: Response | Answer) -> Answer:
        """The answer for people, which an empty shell or a file is not."""
        if isinstance(response, Answer):
            return response
        if not isinstance(response, HtmlResponse):
            return Answer(response.url, "hard", "not-html", f"of type {response.headers.get('Content-Type')!r}")
        shell = shell_of(response.text)
        return Answer(response.url) if shell is None else Answer(response.url, "hard", shell.reason, shell.detail)

    # Sources

    def _working(self) -> list[SourceEvidence]:
        """The sources that name articles of the outlet, feeds first, the configured before the found."""
        working = [source for source in self._sources if source.answer.is_ok and source.links]
        return sorted(working, key=lambda source: (source.origin != "configured", _KIND_ORDER[source.kind]))

    async def _look_at_source(self, found: FoundSource) -> SourceEvidence:
        response = await self._fetch(found.url, self._most_bytes(found), is_page=found.kind == "listing")
        if isinstance(response, Answer):
            return SourceEvidence(found.kind, found.url, found.origin, response)
        return await self._read_source(found, response)

    async def _read_source(self, found: FoundSource, response: Response) -> SourceEvidence:
        evidence = SourceEvidence(found.kind, found.url, found.origin, Answer(found.url))
        try:
            document = await self._read_with_children(found.kind, response)
        except DocumentError as error:
            return replace(evidence, answer=Answer(response.url, "hard", error.reason, str(error)))
        return self._counted(evidence, response, document)

    def _counted(self, evidence: SourceEvidence, response: Response, document: Document) -> SourceEvidence:
        own = tuple(entry for entry in document.entries if self._belongs(entry.url))
        self._entries[evidence.url] = own
        times = feed_times(response.body, response.url) if evidence.kind == "feed" else {}
        self._times.update(times)
        moments = [*times.values(), *(entry.day for entry in own if entry.day is not None)]
        answer = Answer(response.url)
        if not own and evidence.kind == "listing":
            shell = shell_of(response.text) if isinstance(response, HtmlResponse) else None
            answer = Answer(response.url, "soft", "no-links", "the page links to no article")
            answer = answer if shell is None else Answer(response.url, "hard", shell.reason, shell.detail)
        return replace(
            evidence,
            answer=answer,
            links=len(own),
            foreign=len(document.entries) - len(own),
            on_agency=sum(self._is_on_agency(entry) for entry in own),
            newest=max(moments, default=None),
        )

    def _read(self, kind: SourceKind, response: Response) -> Document:
        return read_source(response, kind, self._job.limits, datetime.now(UTC), article=self._outlet.article)

    async def _read_with_children(self, kind: SourceKind, response: Response) -> Document:
        """The document's articles; of an index, those of the child that looks like articles, else of the newest."""
        document = self._read(kind, response)
        if kind != "sitemap" or not document.further:
            return document
        children = sorted(document.further, key=lambda url: not any(word in url.lower() for word in _CHILD_OF_ARTICLES))
        child = await self._fetch(children[0], self._job.limits.document_bytes)
        if isinstance(child, Answer):
            raise DocumentError(child.reason, f"{children[0]}: {child.detail}")
        return self._read(kind, child)

    async def _look_for_more(self) -> None:
        """Try what home page and robots.txt name, and where that gives nothing, what is common."""
        told = list(self._page.feeds)
        if self._rules is not None:
            told += sitemaps_of(self._rules)
        for found in self._unknown(told)[:_TRIED_FINDS]:
            self._sources.append(await self._look_at_source(found))
        for kind in ("feed", "sitemap"):
            await self._try_until_one_works(
                found for found in common_sources(self._outlet.home) if found.kind == kind and not self._has_feed()
            )
        if not self._outlet.sources:
            await self._try_until_one_works(agency_pages(self._outlet.home, self._job.agency_slugs))
        if not self._working() and self._page_response is not None:
            home = FoundSource("listing", self._outlet.home, "common-path")
            self._sources.append(await self._read_source(home, self._page_response))

    def _has_feed(self) -> bool:
        return any(source.kind != "listing" for source in self._working())

    async def _try_until_one_works(self, guesses: Iterable[FoundSource]) -> None:
        """Try guessed addresses; a guess that fails is no finding."""
        for found in guesses:
            if not self._unknown([found]):
                continue
            evidence = await self._look_at_source(found)
            if evidence.answer.is_ok and evidence.links and (found.origin != "agency" or evidence.on_agency):
                self._sources.append(evidence)
                return

    def _unknown(self, found: Iterable[FoundSource]) -> list[FoundSource]:
        known = {_key(source.url) for source in self._sources}
        return [source for source in found if _key(source.url) not in known]

    # Articles

    async def _look_at_articles(self) -> None:
        for url in self._newest(self._job.articles):
            self._articles.append(await self._look_at_article(url))

    def _newest(self, count: int) -> list[str]:
        """The first articles of each source in turn: sources name the newest first."""
        waiting = [[entry.url for entry in self._entries[source.url]] for source in self._working()]
        chosen: dict[str, str] = {}
        while len(chosen) < count and any(waiting):
            for urls in waiting:
                if urls and len(chosen) < count:
                    url = urls.pop(0)
                    chosen.setdefault(_key(url), url)
        return list(chosen.values())

    async def _look_at_article(self, url: str) -> ArticleEvidence:
        full = self._outlet.full_url(url)
        response = await self._fetch(full, self._job.limits.page_bytes, is_page=True)
        rule_failed = isinstance(response, Answer) and response.reason == "http-404" and full != url
        if rule_failed:
            response = await self._fetch(url, self._job.limits.page_bytes, is_page=True)
        if isinstance(response, Answer):
            return ArticleEvidence(url, response, rule_failed=rule_failed)
        if not isinstance(response, HtmlResponse):
            return ArticleEvidence(url, self._judged_page(response), rule_failed=rule_failed)
        rule = full_article_rule(response.text, response.url)
        self._whole_rules += [rule] if rule is not None else []
        return replace(self._read_article(url, response), rule_failed=rule_failed)

    def _read_article(self, url: str, response: HtmlResponse) -> ArticleEvidence:
        try:
            extraction = self._spider.extract([_page(response, self._outlet.id)], self._outlet.timezone)
        except ExtractionError as error:
            return ArticleEvidence(url, Answer(response.url, "hard", error.reason, str(error)))
        answer = Answer(response.url)
        if not extraction.is_article:
            answer = Answer(response.url, "hard", "not-article", "the page lists articles instead of telling one")
        return ArticleEvidence(
            url,
            answer,
            title=extraction.title,
            published=extraction.published,
            listed=self._times.get(_key(url)),
            words=len(extraction.text.split()),
            language=extraction.language or "",
            is_whole=extraction.is_whole and not extraction.next_pages,
        )

    # Requests

    async def _fetch(
        self, url: str, most_bytes: int, *, is_robots: bool = False, is_page: bool = False
    ) -> Response | Answer:
        """The answer to one request; hosts that cannot be reached are asked once."""
        host = urlsplit(url).netloc
        if host in self._dead:
            return replace(self._dead[host], url=url)
        if time.monotonic() - self._begun > self._job.seconds:
            self.is_complete = False
            return Answer(url, "soft", "budget", "the time for one outlet is used up")
        meta: dict[str, object] = {"download_maxsize": most_bytes, "javascript": is_page and self._outlet.javascript}
        meta |= {"is_robots": True} if is_robots else {}
        try:
            response = await self._spider.crawler.engine.download_async(Request(url, meta=meta))
            fault = fault_of_page(response)
        except Exception as error:  # the boundary of a fetch of its own: every failure is a fault, and reported
            fault = fault_of_exception(error)
        self._spider.emit(AskedEvent(self._outlet.id, url, fault.reason if fault is not None else ""))
        if fault is None:
            return response
        answer = Answer(url, fault.outcome, fault.reason, fault.detail)
        if fault.reason in _HOST_IS_DEAD:
            self._dead[host] = answer
        return answer

    def _most_bytes(self, found: FoundSource) -> int:
        limits = self._job.limits
        return limits.document_bytes if found.kind == "sitemap" else limits.page_bytes

    def _belongs(self, url: str) -> bool:
        """Whether the address is the outlet's."""
        try:
            host = urlsplit(canonical_url(url)).netloc
        except ValueError:
            return False
        return host == self._outlet.host or host.endswith(f".{self._outlet.host}")

    def _is_on_home_host(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self._outlet.home).netloc

    def _is_on_agency(self, entry: Entry) -> bool:
        said = f"{entry.url} {entry.words}".lower()
        return any(slug in said or slug.replace("-", " ") in said for slug in self._job.agency_slugs)


def _key(url: str) -> str:
    """One key for all spellings of an address."""
    try:
        return canonical_url(url)
    except ValueError:
        return url


def _page(response: Response, outlet: str) -> Page:
    return Page(response.url, datetime.now(UTC), response.status, headers_of(response), response.body, outlet)
