"""A worker that is asked to end: long jobs end between two batches, and what does not end is cut off."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.app import App
from service.settings import ROOT, load_settings
from service.usecases.job_keeping import Stopped
from service.worker import Job, jobs
from tests.crawler.press import Press, a_press
from tests.service.test_crawl_due import OUTLETS


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


@pytest.fixture
def app(press: Press, tmp_path: Path) -> Iterator[App]:
    """Three articles in the spool, one a batch."""
    for number in (1, 2, 3):
        press.article(f"/berita/{number}", title=f"Klaim jaminan hari tua BPJS Ketenagakerjaan ke {number}")
    press.feed("/rss.xml", [(press.url(f"/berita/{number}"), "Klaim") for number in (1, 2, 3)], '"1"')
    outlets = tmp_path / "outlets.toml"
    outlets.write_text(OUTLETS.format(port=press.port), encoding="utf-8")
    settings = load_settings(
        environment={},
        paths={"data": tmp_path, "outlets": outlets},
        crawl={"allow_loopback": True, "delay_seconds": 0},
        analysis={"processes": 0, "batch": 1},
    )
    with App(settings) as app:
        app.crawl_due()
        yield app


def ingest_of(work: list[Job]) -> Job:
    return next(job for job in work if job.name == "ingest")


def test_an_ingest_that_is_asked_to_end_keeps_what_it_has_and_is_gone_on_with(app: App) -> None:
    def stop() -> None:
        raise Stopped("the worker stops")

    with pytest.raises(Stopped):
        ingest_of(jobs(app, stop)).run()
    assert app.store.counts()["articles"] == 1
    assert len(app.spool.pending()) == 1
    assert ingest_of(jobs(app)).run().startswith("2 berita baru")
    assert app.store.counts()["articles"] == 3
    assert app.spool.pending() == []


def test_a_job_that_does_not_end_is_cut_off() -> None:
    program = (
        "import time; from datetime import timedelta; from service.worker import cut_off_after\n"
        "with cut_off_after(timedelta(seconds=0.1)): time.sleep(120)"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=100, capture_output=True, text=True)
    assert ended.returncode == 0
    assert "a job did not end within 0:00:00.100000" in ended.stderr
