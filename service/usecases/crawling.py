"""Crawl: run the crawler over the outlets and keep what happened to each of their sources."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.events import Event, PageEvent, SourceEvent, WarcEvent
from service.ports import ArticleStore, FetchEvent

OnEvent = Callable[[Event], None]
RunCrawl = Callable[[OnEvent], None]

_BATCH = 50
_LOSSES = frozenset({"missing", "gone"})
"""Reasons by which the crawler tells of an article that its outlet took down: news, and no failure of ours."""


@dataclass(slots=True)
class CrawlReport:
    """What a crawl fetched; `failures` are the sources and articles that could not be had, with the reason.

    `again` counts the known articles that were looked at again, of which `changed` have another version and `gone` were
    taken down; `articles` are the new ones, `pages` those of new and changed ones.
    """

    sources: int = 0
    unchanged: int = 0
    pages: int = 0
    articles: int = 0
    again: int = 0
    changed: int = 0
    gone: int = 0
    failures: list[FetchEvent] = field(default_factory=list)


class Crawl:
    """Runs the crawler, keeps its fetch events and counts."""

    def __init__(self, store: ArticleStore, run: RunCrawl) -> None:
        self._store = store
        self._run = run

    def run(self, on_event: OnEvent = lambda event: None) -> CrawlReport:
        """Crawl once; what happened is kept in batches, also of a crawl that fails half-way."""
        report = CrawlReport()
        waiting: list[FetchEvent] = []

        def take(event: Event) -> None:
            _count(report, event)
            if (fetched := _fetch_event(event)) is not None:
                waiting.append(fetched)
                if fetched.outcome in ("soft", "hard") and fetched.reason not in _LOSSES:
                    report.failures.append(fetched)
            if len(waiting) >= _BATCH:
                self._store.record_events(waiting)
                waiting.clear()
            on_event(event)

        try:
            self._run(take)
        finally:
            self._store.record_events(waiting)
        return report


def _count(report: CrawlReport, event: Event) -> None:
    match event:
        case SourceEvent():
            report.sources += 1
            report.unchanged += event.outcome == "unchanged"
        case PageEvent(again=True):
            report.again += 1
            report.changed += event.outcome == "ok"
            report.gone += event.reason == "gone"
        case WarcEvent():
            report.articles += event.articles
            report.pages += event.pages


def _fetch_event(event: Event) -> FetchEvent | None:
    match event:
        case SourceEvent():
            what = (event.outlet, event.source, event.kind, event.outcome, event.at)
            return FetchEvent(*what, event.reason, event.detail, event.found, event.retry_at)
        case PageEvent():
            return FetchEvent(
                event.outlet,
                event.url,
                "page",
                event.outcome,
                event.at,
                event.reason,
                event.detail,
                event.pages,
                event.retry_at,
            )
    return None
