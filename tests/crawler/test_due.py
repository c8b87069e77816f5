"""Crawls that read only what is due, and how little a quiet day costs."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import read_articles
from crawler.events import DoneEvent
from crawler.job import CrawlJob
from crawler.outlets.outlet import Source
from crawler.state import CrawlState
from tests.crawler.press import FAST, Answer, Asked, Press, a_job, a_press, an_outlet, crawl

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def with_feed(press: Press, *numbers: int, path: str = "/rss.xml") -> Source:
    for n in numbers:
        press.article(f"/berita/{n}", title="Bola", more="")
    links = [(press.url(f"/berita/{n}"), "Bola") for n in numbers]
    press.feed(path, links, f'"{",".join(map(str, numbers))}"')
    return Source("feed", press.url(path))


def with_sitemap(press: Press, path: str, *numbers: int) -> Source:
    for n in numbers:
        press.article(f"/berita/{n}", title="Bola")
    body = "".join(f"<url><loc>{press.url(f'/berita/{n}')}</loc></url>" for n in numbers)
    a_document(press, path, f"<urlset>{body}</urlset>")
    return Source("sitemap", press.url(path))


def with_index(press: Press, path: str, *children: str) -> Source:
    body = "".join(f"<sitemap><loc>{press.url(child)}</loc></sitemap>" for child in children)
    a_document(press, path, f"<sitemapindex>{body}</sitemapindex>")
    return Source("sitemap", press.url(path))


def a_document(press: Press, path: str, body: str) -> None:
    """Serve it with a validator."""
    etag = f'"{abs(hash(body))}"'

    def route(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body.encode(), headers={"Content-Type": "application/xml", "ETag": etag})

    press.routes[path] = route


def due(folder: Path, press: Press, *sources: Source) -> CrawlJob:
    return a_job(folder, an_outlet(press, *sources), limits=replace(FAST, backoff=600.0), only_due=True)


def at(job: CrawlJob, minutes: float) -> CrawlJob:
    return replace(job, at=AT + minutes * MINUTE)


def has_work(job: CrawlJob, minutes: float) -> bool:
    sources = {outlet.id: [source.url for source in outlet.sources] for outlet in job.outlets}
    with closing(CrawlState(job.state)) as state:
        return state.has_work(sources, AT + minutes * MINUTE)


def stored(folder: Path) -> list[str]:
    articles = [article for warc in (folder / "spool").glob("*.warc.gz") for article in read_articles(warc)]
    return sorted(pages[0].url.rpartition("/")[2] for pages in articles)


def test_a_source_is_read_when_it_is_due_and_at_once_when_somebody_asks(press: Press, tmp_path: Path) -> None:
    job = due(tmp_path, press, with_feed(press, 1, 2))
    for minutes, is_due in ((0, True), (2, False), (14, False), (16, True), (20, False)):
        before = press.asked["/rss.xml"]
        assert has_work(job, minutes) is is_due
        crawl(at(job, minutes))
        assert press.asked["/rss.xml"] - before == is_due
    crawl(at(replace(job, only_due=False), 21))
    assert press.asked["/rss.xml"] == 3


def test_a_source_that_brings_news_is_read_more_often(press: Press, tmp_path: Path) -> None:
    job = due(tmp_path, press, with_feed(press, *range(20)))
    crawl(at(job, 0))
    with_feed(press, *range(12, 32))
    crawl(at(job, 16))
    assert not has_work(job, 20)
    assert has_work(job, 22)


def test_an_unchanged_poll_costs_one_conditional_request_a_document(press: Press, tmp_path: Path) -> None:
    index = with_index(press, "/peta.xml", "/a.xml", "/b.xml")
    with_sitemap(press, "/a.xml", 1, 2)
    with_sitemap(press, "/b.xml", 3)
    job = due(tmp_path, press, with_feed(press, 1, 4), index)
    crawl(at(job, 0))
    assert stored(tmp_path) == ["1", "2", "3", "4"]
    press.log.clear()
    crawled = crawl(at(job, 16))
    assert sorted(asked.path for asked in press.log) == ["/a.xml", "/b.xml", "/peta.xml", "/rss.xml"]
    assert all("If-None-Match" in asked.headers for asked in press.log)
    assert {event.outcome for event in crawled.sources} == {"unchanged"}


def test_a_sitemap_is_read_by_its_own_pace_and_not_by_that_of_its_index(press: Press, tmp_path: Path) -> None:
    with_sitemap(press, "/a.xml", *range(8))
    job = due(tmp_path, press, with_index(press, "/peta.xml", "/a.xml"))
    for minutes in (0, 16, 39):
        crawl(at(job, minutes))
    press.log.clear()
    with_sitemap(press, "/a.xml", *range(4, 12))
    crawl(at(replace(job, only_due=False), 41))
    crawl(at(job, 47))
    assert [asked.path for asked in press.log if asked.path.endswith(".xml")].count("/a.xml") == 2
    assert stored(tmp_path) == sorted(str(n) for n in range(12))


def test_a_sitemap_that_joins_its_index_is_read_with_it(press: Press, tmp_path: Path) -> None:
    with_sitemap(press, "/a.xml", 1)
    with_sitemap(press, "/b.xml", 2)
    job = due(tmp_path, press, with_index(press, "/peta.xml", "/a.xml"))
    crawl(at(job, 0))
    with_index(press, "/peta.xml", "/b.xml")
    crawl(at(job, 16))
    assert stored(tmp_path) == ["1", "2"]
    press.log.clear()
    crawl(at(job, 60))
    assert "/a.xml" not in [asked.path for asked in press.log]


def test_a_listing_beside_a_feed_is_read_three_times_more_rarely(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.page("/tag/bpjs", '<a href="/berita/1">Kabar</a>')
    press.feed("/rss.xml", [(press.url("/berita/1"), "Kabar")], '"1"')
    sources = (Source("listing", press.url("/tag/bpjs")), Source("feed", press.url("/rss.xml")))
    beside = due(tmp_path / "beside", press, *sources)
    crawl(at(beside, 0))
    press.log.clear()
    crawl(at(beside, 44))
    assert [asked.path for asked in press.log] == ["/rss.xml"]
    press.log.clear()
    crawl(at(beside, 46))
    assert "/tag/bpjs" in [asked.path for asked in press.log]
    alone = due(tmp_path / "alone", press, sources[0])
    alone = replace(alone, limits=replace(alone.limits, recheck_hours=()))
    crawl(at(alone, 0))
    assert not has_work(alone, 14)
    assert has_work(alone, 16)


def test_a_feed_that_says_not_modified_is_read_more_closely(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.feed("/rss.xml", [(press.url("/berita/1"), "Kabar")], '"1"')
    job = due(tmp_path, press, Source("feed", press.url("/rss.xml")))
    job = replace(job, limits=replace(job.limits, recheck_hours=(), poll_unmodified=420.0))
    crawl(at(job, 0))
    assert not has_work(job, 14)
    crawl(at(job, 16))
    assert press.log[-1].headers.get("If-None-Match") == '"1"'
    assert not has_work(job, 22)
    assert has_work(job, 24)


def test_what_waits_for_a_fetch_or_a_look_is_work(press: Press, tmp_path: Path) -> None:
    source = with_feed(press, 1, 2)
    press.article("/berita/1", title="BPJS membayar klaim")
    job = due(tmp_path, press, source)
    crawl(at(replace(job, limits=replace(job.limits, articles_per_outlet=1)), 0))
    assert has_work(job, 1)
    crawl(at(job, 1))
    assert not has_work(job, 2)
    pace = {minutes: has_work(job, minutes) for minutes in (14, 59)}
    assert pace[14] is False
    for minutes in (16, 40, 58):
        crawl(at(job, minutes))
    assert not has_work(job, 59)
    assert has_work(job, 63)


def test_a_host_that_rests_is_no_work(press: Press, tmp_path: Path) -> None:
    job = due(tmp_path, press, with_feed(press, 1))
    press.status("/rss.xml", 503, **{"Retry-After": "5400"})
    crawl(at(job, 0))
    assert not has_work(job, 80)
    assert has_work(job, 91)


def test_a_crawl_of_nothing_asks_for_nothing(press: Press, tmp_path: Path) -> None:
    job = due(tmp_path, press, with_feed(press, 1))
    crawl(at(job, 0))
    press.log.clear()
    (done,) = crawl(at(job, 5)).events
    assert isinstance(done, DoneEvent)
    assert done.reason == "finished"
    assert press.log == []


def test_a_listing_page_that_a_crawl_did_not_get_to_is_work_for_its_outlet_only(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.page("/tag/bpjs", '<a href="/berita/1">Kabar</a><a href="/tag/bpjs?page=2">2</a>')
    press.status("/tag/bpjs?page=2", 500)
    job = due(tmp_path, press, Source("listing", press.url("/tag/bpjs"), 2))
    crawl(at(job, 0))
    assert not has_work(job, 9)
    assert has_work(job, 11)
    assert not has_work(replace(job, outlets=()), 11)
