"""Jobs and events survive their journey between processes."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.events import DoneEvent, Event, PageEvent, SourceEvent, WarcEvent, read_event, write_event
from crawler.job import CrawlJob, JobError, Limits
from crawler.outlets.outlet import Outlet, Source

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
OUTLET = Outlet("x", "X", "https://x.id/", "local", "72", "Asia/Makassar", (Source("listing", "https://x.id/t", 2),))
JOB = CrawlJob(
    (OUTLET,), Path("spool"), Path("state/crawl.sqlite"), "Bot/1", True, Limits(delay=0.0, articles=3), ("bpjs",)
)


@pytest.mark.parametrize("at", [None, NOW])
def test_a_job_reads_back_as_it_was_written(at: datetime | None) -> None:
    job = replace(JOB, at=at)
    assert CrawlJob.from_json(job.to_json()) == job


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("{", "no JSON"),
        ("[]", "job: must be an object"),
        ('{"outlets": []}', "spool"),
        (json.dumps({**json.loads(JOB.to_json()), "spools": 1}), "job: unknown spools"),
        (json.dumps({**json.loads(JOB.to_json()), "limits": {"pages": 1}}), "limits: unknown pages"),
        (json.dumps({**json.loads(JOB.to_json()), "at": "besok"}), "at: "),
        (json.dumps({**json.loads(JOB.to_json()), "at": "2026-11-22T13:05:00"}), "at: a moment without a time zone"),
        (json.dumps({**json.loads(JOB.to_json()), "outlets": [{"id": "x"}]}), "outlets[0]"),
    ],
)
def test_a_wrong_job_is_refused_with_the_key_named(wrong: str, named: str) -> None:
    with pytest.raises(JobError, match=named.replace("[", r"\[")):
        CrawlJob.from_json(wrong)


@pytest.mark.parametrize(
    "event",
    [
        SourceEvent("x", "https://x.id/rss", "feed", "soft", NOW, "timeout", "…", 3, NOW),
        PageEvent("x", "https://x.id/a", "ok", NOW, pages=2),
        WarcEvent("/spool/a.warc.gz", 3, 5, NOW),
        DoneEvent("finished", NOW, 1.5, 4, 1, 0, 3, 3, 5, 1, 1),
    ],
)
def test_an_event_reads_back_as_it_was_written(event: Event) -> None:
    line = write_event(event)
    assert "\n" not in line
    assert read_event(line) == event


@pytest.mark.parametrize("line", ["", "3", '{"event": "rain"}', '{"event": "warc"}', '{"event": "warc", "x": 1}'])
def test_a_line_that_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — json words the first of these messages
        read_event(line)
