"""What one host is asked, within a crawl and across crawls."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from scrapy.http import Response

from crawler.events import DoneEvent
from crawler.job import CrawlJob
from crawler.middlewares import retry_after
from crawler.outlets.outlet import Outlet, Source
from tests.crawler.press import FAST, Press, a_job, a_press, an_outlet, crawl

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = replace(FAST, backoff=600.0, per_host=1)


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def with_articles(press: Press, count: int, host: str = "kabar.localhost") -> Outlet:
    paths = [f"/berita/{host[:5]}-{n}" for n in range(count)]
    for path in paths:
        press.article(path)
    press.feed(f"/{host}.xml", [(press.url(path, host), "Kabar") for path in paths], '"1"')
    return an_outlet(press, Source("feed", press.url(f"/{host}.xml", host)), host=host)


def asked(press: Press, host: str) -> int:
    return sum(one.host.partition(":")[0] == host for one in press.log)


def at(job: CrawlJob, moment: datetime) -> CrawlJob:
    return replace(job, at=moment)


def test_robots_is_fetched_once_a_day_however_often_a_feed_is_polled(press: Press, tmp_path: Path) -> None:
    press.page("/robots.txt", "User-agent: *\nDisallow: /berita/kabar-1", **{"Content-Type": "text/plain"})
    job = a_job(tmp_path, with_articles(press, 2), limits=LIMITS)
    for minutes in (0, 10, 20, 30):
        press.log.clear()
        crawl(at(job, AT + minutes * MINUTE))
    assert [one.path for one in press.log] == ["/kabar.localhost.xml"]
    assert press.log[0].headers["If-None-Match"] == '"1"'
    assert press.asked["/robots.txt"] == 1
    assert press.asked["/berita/kabar-1"] == 0
    crawl(at(job, AT + 25 * HOUR))
    assert press.asked["/robots.txt"] == 2


def test_a_host_without_robots_is_not_asked_for_them_again_the_same_day(press: Press, tmp_path: Path) -> None:
    job = a_job(tmp_path, with_articles(press, 1), limits=LIMITS)
    crawl(at(job, AT))
    crawl(at(job, AT + HOUR))
    assert press.asked["/robots.txt"] == 1


@pytest.mark.parametrize("date", [False, True])
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_gets_it_as_a_whole_and_in_the_next_crawls(
    press: Press, tmp_path: Path, status: int, *, date: bool
) -> None:
    other = with_articles(press, 3, "warta.localhost")
    job = a_job(tmp_path, with_articles(press, 6), other, limits=LIMITS)
    asks = format_datetime(AT + 2 * HOUR, usegmt=True) if date else "7200"
    press.status("/berita/kabar-0", status, **{"Retry-After": asks})
    first = crawl(at(job, AT))
    assert [(event.outcome, event.reason) for event in first.pages if event.outlet == "kabar"] == [
        ("soft", f"http-{status}")
    ]
    assert sum(event.outcome == "ok" for event in first.pages) == 3
    press.article("/berita/kabar-0")
    press.log.clear()
    waiting = crawl(at(job, AT + 119 * MINUTE)).events[-1]
    assert isinstance(waiting, DoneEvent)
    assert waiting.sources_waiting == 1
    assert asked(press, "kabar.localhost") == 0
    crawled = crawl(at(job, AT + 121 * MINUTE))
    assert sum(event.outcome == "ok" for event in crawled.pages) == 6


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", 0),
        ("120", 120),
        (" 7 ", 7),
        ("9" * 400, 999_999_999),
        ("Sun, 22 Nov 2026 05:10:00 GMT", 600),
        ("Sun, 22 Nov 2026 04:00:00 GMT", 0),
        ("Sun Nov 22 05:01:00 2026", 60),
        ("-5", 0),
        ("sebentar lagi", 0),
        ("Sun, 22 Nov 99999999999999999999 05:10:00 GMT", 0),
        ("Sun, 22 Nov 2026 05:10:00 +99999999999999", 0),
    ],
)
def test_retry_after_is_read_as_a_number_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(Response("https://x.id/", headers={"Retry-After": value}), AT) == seconds


def test_a_host_that_is_busy_for_a_moment_is_waited_for(press: Press, tmp_path: Path) -> None:
    job = a_job(tmp_path, with_articles(press, 3), limits=LIMITS)
    served, busy = press.routes["/berita/kabar-0"], iter([True, True])
    press.status("/busy", 503)
    press.routes["/berita/kabar-0"] = lambda one: press.routes["/busy" if next(busy, False) else "/ok"](one)
    press.routes["/ok"] = served
    assert [event.outcome for event in crawl(at(job, AT)).pages] == ["ok"] * 3


def test_the_pause_grows_with_every_refusal_and_not_beyond_an_hour(press: Press, tmp_path: Path) -> None:
    job = a_job(tmp_path, with_articles(press, 1), limits=replace(LIMITS, retries=0))
    press.status("/kabar.localhost.xml", 503)
    moment, pauses = AT, []
    for _ in range(6):
        (failed,) = crawl(at(job, moment)).sources
        assert failed.retry_at is not None
        pauses.append((failed.retry_at - failed.at) // MINUTE)
        moment = failed.retry_at + MINUTE
    assert pauses == [10, 20, 40, 60, 60, 60]


def test_a_host_that_cannot_be_reached_is_not_asked_for_every_article(press: Press, tmp_path: Path) -> None:
    outlet = with_articles(press, 12)
    job = a_job(tmp_path, outlet, limits=replace(LIMITS, articles_per_outlet=1))
    crawl(at(job, AT))
    press.server.shutdown()
    press.server.server_close()
    job = replace(job, limits=replace(LIMITS, retries=0))
    crawled = crawl(at(job, AT + MINUTE))
    assert {(event.outcome, event.reason) for event in crawled.pages} == {("soft", "refused")}
    # The second had been sent before the first had failed.
    assert len(crawled.pages) <= 2
    again = crawl(at(job, AT + 2 * MINUTE))
    assert again.pages == []
    assert again.sources == []
    later = crawl(at(job, AT + 30 * MINUTE))
    assert len(later.pages) <= 2


def test_a_hosts_budget_of_the_day_holds_across_crawls(press: Press, tmp_path: Path) -> None:
    other = with_articles(press, 2, "warta.localhost")
    job = a_job(tmp_path, with_articles(press, 9), other, limits=replace(LIMITS, requests_per_host_day=6))
    first = crawl(at(job, AT))
    assert asked(press, "kabar.localhost") == 6
    assert asked(press, "warta.localhost") == 4
    (told,) = [event for event in first.pages if event.reason == "host-budget"]
    assert told.retry_at == datetime(2026, 11, 23, tzinfo=UTC)
    crawl(at(job, AT + 18 * HOUR))
    assert asked(press, "kabar.localhost") == 6
    crawl(at(job, AT + 20 * HOUR))
    assert asked(press, "kabar.localhost") == 12


def test_all_hosts_together_have_a_budget_of_the_day(press: Press, tmp_path: Path) -> None:
    outlets = [with_articles(press, 4, f"{name}.localhost") for name in ("kabar", "warta", "berka")]
    job = a_job(tmp_path, *outlets, limits=replace(LIMITS, requests_per_day=7, concurrent=1))
    crawl(at(job, AT))
    crawl(at(job, AT + HOUR))
    assert len(press.log) == 7
    crawl(at(job, AT + 24 * HOUR))
    assert len(press.log) == 14


def test_the_crawl_delay_of_robots_holds_from_the_first_page_on(press: Press, tmp_path: Path) -> None:
    press.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.2", **{"Content-Type": "text/plain"})
    job = a_job(tmp_path, with_articles(press, 4), limits=replace(FAST, autothrottle=True, delay=0.0))
    done = crawl(job).events[-1]
    assert isinstance(done, DoneEvent)
    assert done.articles == 4
    # Five requests under a delay that Scrapy varies by half; nothing here depends on the machine being fast.
    assert done.seconds > 0.4
