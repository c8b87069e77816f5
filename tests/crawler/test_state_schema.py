"""Files of the crawler's memory that other releases wrote, and what is forgotten in time."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter
from crawler.job import CrawlJob
from crawler.link import Link
from crawler.page import Page
from crawler.pipelines import recover
from crawler.state import CrawlState, HostMemory, Unread
from crawler.state_schema import VERSION, StateError
from crawler.urls import article_id, canonical_url
from crawler.watch import Watch

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = "https://x.id/rss"

# As the first release made it.
FIRST_RELEASE = """
CREATE TABLE source (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at TEXT
) WITHOUT ROWID;
CREATE TABLE unread (
    url TEXT PRIMARY KEY, outlet TEXT NOT NULL, source TEXT NOT NULL, number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pending (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, outlet TEXT NOT NULL, discovery TEXT NOT NULL, via TEXT NOT NULL,
    first INTEGER NOT NULL, found TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT
) WITHOUT ROWID;
CREATE INDEX pending_by_outlet ON pending (outlet, first DESC, found DESC);
CREATE TABLE failed (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, reason TEXT NOT NULL, failures INTEGER NOT NULL, retry_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sealed (warc TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (warc, id)) WITHOUT ROWID;
CREATE TABLE seen (id TEXT PRIMARY KEY, warc TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
"""


def a_link(name: str, first: bool = False, attempts: int = 0) -> Link:
    return Link(f"https://x.id/{name}", "x", "feed", FEED, first, attempts)


def an_old_file(path: Path) -> None:
    then = (NOW - 3 * DAY).isoformat()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(FIRST_RELEASE)
        db.execute("INSERT INTO source VALUES (?, ?, ?, 2, ?)", (FEED, '"v1"', None, (NOW + DAY).isoformat()))
        db.execute("INSERT INTO unread VALUES (?, 'x', ?, 2)", (f"{FEED}?page=2", FEED))
        for link in (a_link("antre", True, 3), a_link("tersegel")):
            row = (link.id, link.url, link.outlet, link.discovery, link.via, link.first, then, link.attempts, None)
            db.execute("INSERT INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        failed = a_link("gagal")
        db.execute(
            "INSERT INTO failed VALUES (?, ?, 'http-404', 1, ?)", (failed.id, failed.url, (NOW + DAY).isoformat())
        )
        db.execute("INSERT INTO sealed VALUES ('tersegel.warc.gz', ?)", (a_link("tersegel").id,))
        db.execute("INSERT INTO seen VALUES (?, 'a.warc.gz', ?)", (a_link("lihat").id, then))


def test_a_file_of_the_first_release_is_taken_over_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "crawl.sqlite"
    an_old_file(path)
    for _ in range(2):
        with closing(CrawlState(path)) as state:
            memory = state.source(FEED)
            assert (memory.etag, memory.retry_at, memory.pace, memory.entries) == ('"v1"', NOW + DAY, None, frozenset())
            assert memory.is_due(NOW)
            assert memory.is_resting(NOW)
            assert state.unread() == [Unread(f"{FEED}?page=2", "x", FEED, 2)]
            assert state.pending(["x"], 9, NOW)[0] == a_link("antre", True, 3)
            assert state.is_seen(a_link("lihat").id)
            assert state.unknown([a_link("gagal"), a_link("lihat"), a_link("baru")], NOW) == [a_link("baru")]
            assert state.sealed() == ["tersegel.warc.gz"]
            assert state.watched(["x"], 9, NOW) == []
    with closing(CrawlState(path)) as state:
        recover(tmp_path, state, NOW)
        assert state.is_seen(a_link("tersegel").id)


def test_a_first_file_cut_off_by_a_crash_is_finished_by_this_release(tmp_path: Path) -> None:
    path, link = tmp_path / "crawl.sqlite", a_link("tersegel")
    an_old_file(path)
    writer = ArchiveWriter(tmp_path, "test")
    writer.add(link.id, [Page(link.url, NOW, 200, {}, b"isi", "x")], NOW)
    name = writer.seal()
    assert name is not None
    (tmp_path / f"{name}.part").rename(tmp_path / "tersegel.warc.gz.part")
    with closing(CrawlState(path)) as state:
        recover(tmp_path, state, NOW)
        assert (tmp_path / "tersegel.warc.gz").exists()
        assert link not in state.pending(["x"], 9, NOW)


def test_a_file_of_a_later_release_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "crawl.sqlite"
    with closing(CrawlState(path)):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StateError, match="later release"):
        CrawlState(path)
    ended = subprocess.run(
        [sys.executable, "-m", "crawler"],
        input=CrawlJob(outlets=(), spool=tmp_path / "spool", state=path).to_json(),
        text=True,
        capture_output=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "later release" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_no_source_names_any_more_is_forgotten_after_a_year(tmp_path: Path) -> None:
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        old, named = (article_id(canonical_url(f"https://x.id/{name}")) for name in ("lama", "tetap"))
        state.seal("a.warc.gz", [old, named])
        state.commit("a.warc.gz", NOW)
        assert state.tidy(NOW)
        state.discovered(FEED, [], NOW + 300 * DAY, entries=[named])
        assert state.tidy(NOW + 402 * DAY)
        assert not state.is_seen(old)
        assert state.is_seen(named)


def test_tidying_is_done_once_a_day(tmp_path: Path) -> None:
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        assert [state.tidy(NOW + hours * DAY / 24) for hours in (0, 1, 23, 24, 30, 49)] == [
            True, False, False, True, False, True,
        ]  # fmt: skip


def test_old_failures_robots_and_hosts_are_forgotten(tmp_path: Path) -> None:
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        state.page_failed(a_link("a"), "http-404", NOW)
        state.keep_robots("https://x.id", b"User-agent: *", NOW)
        resting = HostMemory(NOW.date(), 5, 1, NOW + 90 * DAY)
        state.keep_hosts({"x.id": HostMemory(NOW.date(), 5), "y.id": resting})
        state.tidy(NOW + 70 * DAY)
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as db:
        left = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("failed", "robots", "host")
        }
    assert left == {"failed": 0, "robots": 0, "host": 1}


def test_what_belongs_to_an_outlet_that_nobody_crawls_is_forgotten_late(tmp_path: Path) -> None:
    link = a_link("antre")
    watch = Watch(link.id, link.url, "x", "feed", FEED, (), NOW, NOW)
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        state.discovered(FEED, [link], NOW)
        state.watch(watch)
        state.tidy(NOW + 29 * DAY)
        assert (state.watched(["x"], 9, NOW), state.pending(["x"], 9, NOW)) == ([watch], [link])
        state.tidy(NOW + 401 * DAY)
        assert (state.watched(["x"], 9, NOW), state.pending(["x"], 9, NOW)) == ([], [])


def test_a_hosts_requests_are_counted_by_day_and_its_rest_is_not(tmp_path: Path) -> None:
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        until = NOW + 2 * DAY
        state.keep_hosts({"x.id": HostMemory(NOW.date(), 5, 2, until), "y.id": HostMemory(NOW.date(), 7)})
        assert state.host("x.id", NOW.date()) == HostMemory(NOW.date(), 5, 2, until)
        tomorrow = (NOW + DAY).date()
        assert state.host("x.id", tomorrow) == HostMemory(tomorrow, 0, 2, until)
        assert (state.requests_on(NOW.date()), state.requests_on(tomorrow)) == (12, 0)


def test_robots_are_kept_for_a_day(tmp_path: Path) -> None:
    with closing(CrawlState(tmp_path / "state.sqlite")) as state:
        state.keep_robots("https://x.id", b"User-agent: *", NOW)
        state.keep_robots("https://y.id", None, NOW)
        almost = NOW + DAY - timedelta(seconds=1)
        x, y = state.robots("https://x.id", almost), state.robots("https://y.id", almost)
        assert x is not None
        assert y is not None
        assert (x.body, y.body) == (b"User-agent: *", None)
        assert state.robots("https://x.id", NOW + DAY) is None
        assert state.robots("https://z.id", NOW) is None
