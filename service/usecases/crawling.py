"""Crawl: run the crawler over the outlets and keep what happened to each of their sources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.ports import ArticleStore, FetchEvent

Event = Mapping[str, Any]
RunCrawl = Callable[[Callable[[Event], None]], None]

_BATCH = 50


@dataclass(slots=True)
class CrawlReport:
    """What a crawl fetched, by the count; `failures` says which pages and sources failed and why."""

    sources: int = 0
    unchanged: int = 0
    pages: int = 0
    articles: int = 0
    failures: list[FetchEvent] = field(default_factory=list)


class Crawl:
    """Runs the crawler, records its fetch events and counts."""

    def __init__(self, store: ArticleStore, run: RunCrawl) -> None:
        self._store = store
        self._run = run

    def run(self, on_event: Callable[[Event], None] = lambda event: None) -> CrawlReport:
        """Crawl once; events are kept in batches, also when the crawl fails half-way."""
        report = CrawlReport()
        waiting: list[FetchEvent] = []

        def take(event: Event) -> None:
            if event["event"] in ("source", "page"):
                fetched = _fetch_event(event)
                waiting.append(fetched)
                _count(report, event, fetched)
            elif event["event"] == "warc":
                report.articles += event["articles"]
                report.pages += event["pages"]
            if len(waiting) >= _BATCH:
                self._store.record_events(waiting)
                waiting.clear()
            on_event(event)

        try:
            self._run(take)
        finally:
            self._store.record_events(waiting)
        return report


def _fetch_event(event: Event) -> FetchEvent:
    is_page = event["event"] == "page"
    return FetchEvent(
        outlet=event["outlet"],
        source=event["url" if is_page else "source"],
        kind="page" if is_page else event["kind"],
        outcome=event["outcome"],
        at=datetime.fromisoformat(event["at"]),
        reason=event.get("reason", ""),
        detail=event.get("detail", ""),
        found=event.get("found", 0),
    )


def _count(report: CrawlReport, event: Event, fetched: FetchEvent) -> None:
    if event["event"] == "source":
        report.sources += 1
        report.unchanged += fetched.outcome == "unchanged"
    if fetched.outcome in ("soft", "hard"):
        report.failures.append(fetched)
