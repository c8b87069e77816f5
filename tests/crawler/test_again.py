"""Articles that are looked at again: when, what is kept of it, and what a crash leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import payload_digest, read_articles
from crawler.events import DoneEvent, WarcEvent
from crawler.job import CrawlJob
from crawler.outlets.outlet import Source
from crawler.page import Page
from crawler.urls import article_id, canonical_url
from tests.crawler.press import FAST, Answer, Asked, Press, a_job, a_press, an_outlet, crawl, start

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def a_versioned(press: Press, path: str, text: str, etag: str | None = None) -> None:
    """Serve this text; "not modified" to who has it, where there is an ETag."""
    kept = {**HTML, "ETag": etag} if etag else HTML

    def route(asked: Asked) -> Answer:
        if etag and asked.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(f"<html><body><h1>Klaim</h1><p>{text}</p></body></html>".encode(), headers=kept)

    press.routes[path] = route


def a_watching_job(press: Press, folder: Path, *paths: str, hours: Sequence[float] = (1, 4, 24)) -> CrawlJob:
    press.feed("/rss.xml", [(press.url(path), "Kabar") for path in paths], '"1"')
    outlet = an_outlet(press, Source("feed", press.url("/rss.xml")))
    return a_job(folder, outlet, limits=replace(FAST, recheck_hours=tuple(hours)), at=AT)


def later(job: CrawlJob, hours: float) -> CrawlJob:
    return replace(job, at=AT + hours * HOUR)


def looks(job: CrawlJob) -> list[tuple[str, str]]:
    return [(event.outcome, event.reason) for event in crawl(job).pages if event.again]


def archived(folder: Path) -> list[tuple[Page, ...]]:
    articles = [article for warc in (folder / "spool").glob("*.warc.gz") for article in read_articles(warc)]
    return sorted(articles, key=lambda pages: pages[0].fetched)


def revisits(folder: Path) -> list[dict[str, str]]:
    found = []
    for warc in (folder / "spool").glob("*.warc.gz"):
        with warc.open("rb") as file:
            found += [dict(r.rec_headers.headers) for r in ArchiveIterator(file) if r.rec_type == "revisit"]
    return sorted(found, key=lambda fields: fields["WARC-Date"])


def test_an_article_is_looked_at_on_a_schedule_that_grows_rarer_and_ends(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1")
    hours = [0, 0.9, 1.1, 2, 3.9, 4.1, 12, 23, 24.1, 48, 480]
    asked = []
    for hour in hours:
        before = press.asked["/berita/1"]
        crawl(later(job, hour))
        asked.append(press.asked["/berita/1"] - before)
    assert asked == [1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]


def test_looks_that_were_missed_are_not_made_up_for(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1")
    for hour in (0, 13, 14, 25, 26):
        crawl(later(job, hour))
    assert press.asked["/berita/1"] == 3


def test_only_articles_that_name_a_first_word_are_looked_at_again(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "Kantor BPJS pindah")
    a_versioned(press, "/berita/2", "Klub menang <a href='/tag/bpjs'>BPJS</a><script>var tag = 'bpjs'</script> lagi")
    job = a_watching_job(press, tmp_path, "/berita/1", "/berita/2")
    crawl(job)
    crawl(later(job, 2))
    assert [press.asked[f"/berita/{n}"] for n in (1, 2)] == [2, 1]


def test_without_a_schedule_nothing_is_looked_at_again(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "Kantor BPJS pindah")
    job = a_watching_job(press, tmp_path, "/berita/1", hours=())
    crawl(job)
    assert looks(later(job, 2)) == []


def test_not_modified_is_a_revisit_record_that_refers_to_the_first_one(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    crawled = crawl(later(job, 2))
    assert [(event.outcome, event.again) for event in crawled.pages] == [("unchanged", True)]
    done = crawled.events[-1]
    assert isinstance(done, DoneEvent)
    assert (done.articles, done.again, done.failed) == (0, 1, 0)
    assert press.log[-1].headers["If-None-Match"] == '"a"'
    ((first,),) = archived(tmp_path)
    (revisit,) = revisits(tmp_path)
    assert revisit["WARC-Profile"].endswith("/server-not-modified")
    assert revisit["WARC-Target-URI"] == revisit["WARC-Refers-To-Target-URI"] == first.url
    assert datetime.fromisoformat(revisit["WARC-Refers-To-Date"]) == first.fetched
    assert revisit["WARC-Payload-Digest"] == payload_digest(first.body)
    assert revisit["Pantau-Article"] == first.article


def test_the_same_bytes_again_are_a_revisit_record_too(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim")
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    assert looks(later(job, 2)) == [("unchanged", "")]
    assert len(archived(tmp_path)) == 1
    (revisit,) = revisits(tmp_path)
    assert revisit["WARC-Profile"].endswith("/identical-payload-digest")


def test_a_changed_article_is_archived_once_more_and_compared_with_that_from_then_on(
    press: Press, tmp_path: Path
) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar 12 klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    a_versioned(press, "/berita/1", "RALAT: membayar 21 klaim", '"b"')
    changed = crawl(later(job, 2))
    assert [(event.outcome, event.pages, event.again) for event in changed.pages] == [("ok", 1, True)]
    assert [event.articles for event in changed.events if isinstance(event, WarcEvent)] == [0]
    assert looks(later(job, 5)) == [("unchanged", "")]
    assert press.log[-1].headers["If-None-Match"] == '"b"'
    (first,), (second,) = archived(tmp_path)
    assert first.article == second.article == article_id(canonical_url(press.url("/berita/1")))
    assert b"21 klaim" in second.body
    (revisit,) = revisits(tmp_path)
    assert datetime.fromisoformat(revisit["WARC-Refers-To-Date"]) == second.fetched


def test_an_article_of_several_pages_is_looked_at_as_a_whole(press: Press, tmp_path: Path) -> None:
    path = "/berita/klaim-para-peserta-naik"
    a_versioned(press, path, f'BPJS <div class="paging"><a href="{path}?page=2">2</a></div>', '"a"')
    a_versioned(press, f"{path}?page=2", "Bagian dua", '"b"')
    job = a_watching_job(press, tmp_path, path)
    crawl(job)
    assert looks(later(job, 2)) == [("unchanged", "")]
    assert len(revisits(tmp_path)) == 2
    a_versioned(press, f"{path}?page=2", "Bagian dua, diralat", '"c"')
    assert looks(later(job, 5)) == [("ok", "")]
    assert [[page.number for page in pages] for pages in archived(tmp_path)] == [[1, 2], [1, 2]]


def test_gone_says_the_outlet_once_and_is_believed(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim")
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    press.status("/berita/1", 410)
    assert looks(later(job, 2)) == [("hard", "gone")]
    _, (gone,) = archived(tmp_path)
    assert (gone.status, gone.body, gone.is_gone) == (410, b"galat", True)
    assert gone.article == article_id(canonical_url(press.url("/berita/1")))
    assert looks(later(job, 30)) == []
    assert press.asked["/berita/1"] == 2


def test_not_found_is_believed_the_second_time(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim")
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    press.status("/berita/1", 404)
    (missing,) = crawl(later(job, 2)).pages
    assert (missing.outcome, missing.reason, missing.again) == ("soft", "missing", True)
    assert len(archived(tmp_path)) == 1
    assert looks(later(job, 2.5)) == []
    assert looks(later(job, 3.5)) == [("hard", "gone")]
    assert archived(tmp_path)[-1][0].status == 404
    assert looks(later(job, 30)) == []


def test_not_found_once_and_then_there_again_is_no_loss(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1")
    served = press.routes["/berita/1"]
    crawl(job)
    told = []
    for hour, is_there in ((2, False), (4, True), (25, False), (27, True)):
        press.routes["/berita/1"] = served if is_there else press.routes.get("/hilang", lambda asked: Answer(b"", 404))
        told += looks(later(job, hour))
    assert told == [("soft", "missing"), ("unchanged", ""), ("soft", "missing"), ("unchanged", "")]


def test_led_to_the_front_page_twice_the_article_counts_as_gone(press: Press, tmp_path: Path) -> None:
    press.page("/", "<p>Beranda</p>")
    a_versioned(press, "/berita/1", "BPJS membayar klaim")
    job = a_watching_job(press, tmp_path, "/berita/1")
    crawl(job)
    press.status("/berita/1", 301, Location="/")
    assert looks(later(job, 2)) == [("soft", "missing")]
    assert looks(later(job, 4)) == [("hard", "gone")]
    gone = archived(tmp_path)[-1][0]
    assert (gone.url, gone.status, gone.is_gone) == (press.url("/berita/1"), 301, True)
    assert gone.headers["location"] == press.url("/")


def test_a_look_that_fails_is_repeated_and_none_is_lost(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    served = press.routes["/berita/1"]
    job = a_watching_job(press, tmp_path, "/berita/1")
    job = replace(job, limits=replace(job.limits, backoff=600.0, retries=0))
    crawl(job)
    press.status("/berita/1", 500)
    (failed,) = crawl(later(job, 2)).pages
    assert (failed.outcome, failed.reason, failed.again) == ("soft", "http-500", True)
    assert failed.retry_at is not None
    assert 10 * MINUTE <= failed.retry_at - failed.at < 11 * MINUTE
    press.routes["/berita/1"] = served
    assert looks(later(job, 2.2)) == [("unchanged", "")]


def test_what_robots_forbids_by_now_is_left_until_the_next_look(press: Press, tmp_path: Path) -> None:
    a_versioned(press, "/berita/1", "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, "/berita/1", hours=(1, 30, 60))
    crawl(job)
    press.page("/robots.txt", "User-agent: *\nDisallow: /berita/1", **{"Content-Type": "text/plain"})
    assert looks(later(job, 25)) == [("hard", "robots")]
    assert looks(later(job, 26)) == []
    assert looks(later(job, 31)) == [("hard", "robots")]
    assert press.asked["/berita/1"] == 1


def test_looks_come_after_everything_new_and_keep_to_the_budget(press: Press, tmp_path: Path) -> None:
    old, new = [f"/berita/lama-{n}" for n in range(4)], [f"/berita/baru-{n}" for n in range(4)]
    for path in (*old, *new):
        a_versioned(press, path, "BPJS membayar klaim")
    job = a_watching_job(press, tmp_path, *old)
    crawl(job)
    press.feed("/rss.xml", [(press.url(path), "Kabar") for path in new])
    press.log.clear()
    job = replace(job, limits=replace(job.limits, articles_per_outlet=6))
    crawl(later(job, 2))
    assert [one.path for one in press.log[:1]] == ["/rss.xml"]
    assert {one.path for one in press.log[1:5]} == set(new)
    assert len(press.log) == 7
    press.log.clear()
    crawl(later(job, 2.1))
    assert len([one for one in press.log if one.path in old]) == 2


@pytest.mark.crash
@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5, 6, 7])
def test_killed_after_any_event_every_look_is_taken_exactly_once(press: Press, tmp_path: Path, lines: int) -> None:
    paths = [f"/berita/{n}" for n in range(6)]
    for path in paths:
        a_versioned(press, path, "BPJS membayar klaim", '"a"')
    job = a_watching_job(press, tmp_path, *paths)
    job = replace(job, limits=replace(job.limits, warc_articles=1, per_host=1))
    crawl(job)
    for path in paths[:2]:
        a_versioned(press, path, "BPJS meralat klaim", '"b"')
    press.status(paths[2], 410)
    process = start(later(job, 2))
    for _ in range(lines):
        process.line()
    process.kill()
    crawl(later(job, 2.1))
    assert looks(later(job, 2.2)) == []
    first, again = archived(tmp_path)[:6], archived(tmp_path)[6:]
    assert len({pages[0].article for pages in first}) == 6
    ids = [article_id(canonical_url(press.url(path))) for path in paths]
    assert sorted(pages[0].article for pages in again) == sorted(ids[:3])
    assert sorted(fields["Pantau-Article"] for fields in revisits(tmp_path)) == sorted(ids[3:])
