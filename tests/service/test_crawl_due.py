"""The worker's crawls: only what is due, and no process where nothing is."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.app import App, utc_now
from service.errors import ConfigError
from service.settings import load_settings
from service.worker import jobs
from tests.crawler.press import Press, a_press

OUTLETS = """
[[outlet]]
id = "kabar"
name = "Kabar"
home = "http://kabar.localhost:{port}/"
tier = "local"
province = "72"
article = "/berita/"
discover = [{{ kind = "feed", url = "http://kabar.localhost:{port}/rss.xml" }}]
"""


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


def an_app(press: Press, folder: Path, minutes: float = 0) -> App:
    outlets = folder / "outlets.toml"
    outlets.write_text(OUTLETS.format(port=press.port), encoding="utf-8")
    settings = load_settings(
        environment={},
        paths={"data": folder, "outlets": outlets},
        crawl={"allow_loopback": True, "delay_seconds": 0, "recheck_hours": (4, 1)},
    )
    return App(settings, clock=lambda: utc_now() + timedelta(minutes=minutes))


def test_the_worker_crawls_when_something_is_due_and_else_starts_nothing(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.feed("/rss.xml", [(press.url("/berita/1"), "Kabar")], '"1"')
    with an_app(press, tmp_path) as app:
        report = app.crawl_due()
        assert report is not None
        assert (report.sources, report.articles, report.again) == (1, 1, 0)
        before = len(press.log)
        assert app.crawl_due() is None
        assert len(press.log) == before
        asked_by_a_person = app.crawl()
        assert (asked_by_a_person.sources, asked_by_a_person.unchanged) == (1, 1)
    with an_app(press, tmp_path, minutes=20) as later:
        # The crawl's own clock is not that of the app; that it was started is what counts here.
        assert later.crawl_due() is not None


def test_the_worker_asks_every_half_minute_and_tells_what_it_read(press: Press, tmp_path: Path) -> None:
    press.article("/berita/1")
    press.feed("/rss.xml", [(press.url("/berita/1"), "Kabar")], '"1"')
    with an_app(press, tmp_path) as app:
        (crawl,) = [job for job in jobs(app) if job.name == "crawl"]
        assert crawl.every == timedelta(seconds=30)
        assert crawl.run() == "1 sumber dibaca, 1 berita baru diambil"
        assert crawl.run() == ""


def test_a_memory_that_a_later_release_wrote_is_named(press: Press, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "crawl.sqlite", isolation_level=None)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with an_app(press, tmp_path) as app, pytest.raises(ConfigError, match=r"crawl\.sqlite: written by a later release"):
        app.crawl_due()
