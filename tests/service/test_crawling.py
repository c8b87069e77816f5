from datetime import UTC, datetime, timedelta

import pytest

from crawler.events import DoneEvent, Event, PageEvent, SourceEvent, WarcEvent
from service.ports import FetchEvent
from service.usecases.crawling import Crawl, OnEvent
from tests.service.fakes import FakeStore

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
RETRY = AT + timedelta(minutes=10)
EVENTS: list[Event] = [
    SourceEvent("kota", "https://kota.test/feed", "feed", "ok", AT, found=2),
    SourceEvent("kota", "https://kota.test/map", "sitemap", "unchanged", AT),
    SourceEvent("desa", "https://desa.test/feed", "feed", "soft", AT, "dns", "no such host", retry_at=RETRY),
    PageEvent("kota", "https://kota.test/1", "ok", AT, pages=2),
    PageEvent("kota", "https://kota.test/2", "hard", AT, "too-large", "15 MB"),
    PageEvent("kota", "https://kota.test/3", "unchanged", AT, again=True),
    PageEvent("kota", "https://kota.test/4", "ok", AT, pages=1, again=True),
    PageEvent("kota", "https://kota.test/5", "hard", AT, "gone", again=True),
    PageEvent("kota", "https://kota.test/6", "soft", AT, "missing", again=True),
    WarcEvent("/spool/a.warc.gz", articles=1, pages=2, at=AT),
    DoneEvent("finished", AT, 1.0, 3, 1, 0, 2, 1, 2, 1, 1),
]


class RecordingStore(FakeStore):
    """Remembers the events as they were recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[FetchEvent] = []

    def record_events(self, events: object) -> None:
        self.events += list(events)  # type: ignore[call-overload]


def play(on_event: OnEvent) -> None:
    for event in EVENTS:
        on_event(event)


def test_what_happened_to_sources_and_pages_is_kept() -> None:
    store = RecordingStore()
    report = Crawl(store, play).run()
    assert (report.sources, report.unchanged, report.pages, report.articles) == (3, 1, 2, 1)
    assert (report.again, report.changed, report.gone) == (4, 1, 1)
    assert [failure.reason for failure in report.failures] == ["dns", "too-large"]
    assert [(event.source, event.kind, event.outcome) for event in store.events] == [
        ("https://kota.test/feed", "feed", "ok"),
        ("https://kota.test/map", "sitemap", "unchanged"),
        ("https://desa.test/feed", "feed", "soft"),
        ("https://kota.test/1", "page", "ok"),
        ("https://kota.test/2", "page", "hard"),
        ("https://kota.test/3", "page", "unchanged"),
        ("https://kota.test/4", "page", "ok"),
        ("https://kota.test/5", "page", "hard"),
        ("https://kota.test/6", "page", "soft"),
    ]
    assert store.events[2].retry_at == RETRY


def test_what_happened_before_a_crawl_failed_is_kept_too() -> None:
    def fail(on_event: OnEvent) -> None:
        on_event(EVENTS[2])
        raise RuntimeError("the process died")

    store = RecordingStore()
    with pytest.raises(RuntimeError):
        Crawl(store, fail).run()
    assert [event.reason for event in store.events] == ["dns"]


def test_every_event_is_passed_on_for_display() -> None:
    shown: list[Event] = []
    Crawl(RecordingStore(), play).run(shown.append)
    assert shown == EVENTS
