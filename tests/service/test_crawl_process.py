"""The crawl as a process of its own; a few lines of Python stand for the crawler, found in the directory given."""

import logging
from pathlib import Path

import pytest

from crawler.events import Event
from crawler.job import CrawlJob
from service.adapters.crawl_process import CrawlFailed, CrawlProcess
from service.settings import ROOT


def a_crawler(folder: Path, program: str) -> Path:
    (folder / "crawler").mkdir(exist_ok=True)
    (folder / "crawler" / "__init__.py").touch()
    (folder / "crawler" / "__main__.py").write_text(program, encoding="utf-8")
    return folder


def a_job(folder: Path) -> CrawlJob:
    return CrawlJob(outlets=(), spool=folder / "spool", state=folder / "state.sqlite")


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import sys; sys.stdin.read(); raise SystemExit(3)"])
def test_a_crawl_that_fails_says_its_code_and_can_be_run_again(tmp_path: Path, program: str) -> None:
    process = CrawlProcess(a_crawler(tmp_path, program))
    for _ in range(2):
        with pytest.raises(CrawlFailed, match="ended with code 3"):
            process.run(a_job(tmp_path), lambda event: None)
    a_crawler(tmp_path, "import sys; sys.stdin.read()")
    process.run(a_job(tmp_path), lambda event: None)


def test_a_line_that_is_no_event_is_told_and_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    process = CrawlProcess(a_crawler(tmp_path, "import sys; sys.stdin.read(); print('halo')"))
    taken: list[Event] = []
    with caplog.at_level(logging.WARNING):
        process.run(a_job(tmp_path), taken.append)
    assert taken == []
    assert "a line that is no event" in caplog.text


def test_a_crawl_that_cannot_write_says_where_and_what_to_do(tmp_path: Path) -> None:
    job = a_job(tmp_path)
    job.spool.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CrawlFailed, match=f"cannot write to {job.spool}.*make room"):
        CrawlProcess(ROOT).run(job, lambda event: None)
    job.spool.unlink()
    CrawlProcess(ROOT).run(job, lambda event: None)
