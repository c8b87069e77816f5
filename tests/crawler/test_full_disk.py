"""A crawl whose files take nothing more says so, ends in order, and goes on once there is room."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from crawler.events import DoneEvent, read_event
from crawler.job import CrawlJob
from crawler.outlets.outlet import Source
from tests.crawler.press import Press, a_job, a_press, an_outlet, as_usual, crawl, no_file_beyond, start
from tests.crawler.test_crawl import archived
from tests.disk import a_disk, remount

_UNWRITABLE = 5
COUNT = 12


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        for n in range(COUNT):
            press.page(f"/berita/{n}", f"<p>{random.Random(n).randbytes(60_000).hex()}</p>")
        press.feed("/rss.xml", [(press.url(f"/berita/{n}"), "Kabar") for n in range(COUNT)], etag='"1"')
        yield press


def the_job(press: Press, folder: Path) -> CrawlJob:
    return a_job(folder, an_outlet(press, Source("feed", press.url("/rss.xml"))))


def ends_for_want_of_room(job: CrawlJob, *, largest_file: int | None = None) -> tuple[str, str]:
    """The reason and the messages of a crawl that could not write; its exit status says so."""
    prepare = as_usual if largest_file is None else partial(no_file_beyond, largest_file)
    status, out, errors = start(job, prepare).end()
    assert status == _UNWRITABLE, errors
    assert "Traceback" not in errors
    assert "cannot write" in errors
    done = read_event(out.splitlines()[-1]) if out else None
    return (done.reason if isinstance(done, DoneEvent) else ""), errors


def everything_is_stored_once(press: Press, folder: Path) -> bool:
    urls = sorted(pages[0].url for pages in archived(folder))
    return urls == sorted(press.url(f"/berita/{n}") for n in range(COUNT))


def test_a_state_that_takes_nothing_more_ends_the_crawl_and_loses_nothing(press: Press, tmp_path: Path) -> None:
    for n in range(COUNT):
        press.article(f"/berita/{n}")  # small, so that the state is the first to grow beyond the bound
    job = the_job(press, tmp_path)
    start(CrawlJob((), job.spool, job.state)).end()  # the state has its tables
    reason, errors = ends_for_want_of_room(job, largest_file=40_000)
    assert reason == "state-failed"
    assert f"cannot write {job.state}, the crawl ends" in errors
    crawl(job)
    assert everything_is_stored_once(press, tmp_path)


def test_a_folder_that_cannot_be_made_is_named(press: Press, tmp_path: Path) -> None:
    job = the_job(press, tmp_path)
    job.spool.write_text("in the way", encoding="utf-8")
    _, errors = ends_for_want_of_room(job)
    assert str(job.spool) in errors
    assert press.asked["/berita/1"] == 0
    job.spool.unlink()
    crawl(job)
    assert everything_is_stored_once(press, tmp_path)


def test_a_disk_that_fills_up_ends_the_crawl_and_with_more_room_it_goes_on(press: Press, tmp_path: Path) -> None:
    with a_disk(tmp_path / "disk", "700k") as disk:
        job = the_job(press, disk)
        reason, errors = ends_for_want_of_room(job)
        assert reason in {"archive-failed", "state-failed"}
        assert "No space left on device" in errors or "disk is full" in errors
        remount(disk, "size=20m")
        crawl(job)
        assert everything_is_stored_once(press, disk)
        assert list(job.spool.glob("*.part")) == []


def test_a_disk_that_becomes_read_only_is_named_and_once_writable_the_crawl_goes_on(
    press: Press, tmp_path: Path
) -> None:
    with a_disk(tmp_path / "disk", "20m") as disk:
        job = the_job(press, disk)
        start(CrawlJob((), job.spool, job.state)).end()
        remount(disk, "ro")
        _, errors = ends_for_want_of_room(job)
        assert "Read-only file system" in errors
        remount(disk, "rw")
        crawl(job)
        assert everything_is_stored_once(press, disk)
