"""A crawl takes place at the moment its job names."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from crawler.archive import read_articles
from crawler.clock import clock_from
from crawler.events import PageEvent, SourceEvent, WarcEvent
from crawler.outlets.outlet import Source
from tests.crawler.press import a_job, a_press, an_outlet, crawl

AT = datetime(2031, 3, 2, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_clock_goes_on_from_where_it_was_set() -> None:
    clock = clock_from(AT.astimezone(timezone(timedelta(hours=8))))
    first, second = clock(), clock()
    assert AT <= first <= second < AT + MINUTE
    assert first.tzinfo is UTC


def test_a_clock_that_nobody_set_tells_the_time() -> None:
    assert abs(clock_from(None)() - datetime.now(UTC)) < MINUTE


def test_everything_a_crawl_says_and_keeps_bears_the_jobs_time(tmp_path: Path) -> None:
    with a_press() as press:
        press.article("/berita/1")
        press.feed("/rss.xml", [(press.url("/berita/1"), "Kabar")])
        press.status("/robots.txt", 503)
        broken = an_outlet(press, Source("feed", press.url("/rss.xml")))
        told = list(crawl(a_job(tmp_path, broken, at=AT - MINUTE)).events)
        press.status("/robots.txt", 404)
        told += crawl(a_job(tmp_path, broken, at=AT)).events
    assert {type(event) for event in told} >= {SourceEvent, PageEvent, WarcEvent}
    assert all(AT - MINUTE <= event.at < AT + MINUTE for event in told)
    (warc,) = (tmp_path / "spool").glob("*.warc.gz")
    assert warc.name.startswith("pantau-20310302T080")
    ((page,),) = read_articles(warc)
    assert AT <= page.fetched < AT + MINUTE
