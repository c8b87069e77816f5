"""What every store answers about the worker's place and its jobs, the fake included."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.adapters.sql.jobs import SqlJobs
from service.adapters.sql.store import SqlStore
from service.domain.job import LEASE, JobRun, JobState
from service.ports import Jobs
from tests.service.builders import NOW, ManualClock
from tests.service.fake_jobs import FakeJobs
from tests.service.stores import STORES, AnyStore

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(params=STORES)
def jobs(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Iterator[Jobs]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    if isinstance(store, SqlStore):
        yield SqlJobs(store.jobs.reader, store.jobs.writer, clock)
    else:
        yield FakeJobs(clock)
    store.close()


def a_run(job: str = "ingest", minutes: float = 0, **changes: object) -> JobRun:
    run = JobRun(job, NOW + timedelta(minutes=minutes), 1.5, "ok", "3 berita baru")
    return replace(run, **changes)  # type: ignore[arg-type]


def test_the_place_is_had_by_one_and_tells_by_whom(jobs: Jobs) -> None:
    assert jobs.worker() is None
    first = jobs.take("a", "kantor", 11)
    assert (first.id, first.host, first.pid, first.since) == ("a", "kantor", 11, NOW)
    assert jobs.take("b", "gudang", 12) == first
    assert jobs.worker() == first
    assert str(first) == "host kantor, pid 11, since 2026-11-23 01:00:00 UTC"


def test_a_worker_that_is_heard_keeps_its_place_and_one_that_is_not_loses_it(jobs: Jobs, clock: ManualClock) -> None:
    jobs.take("a", "kantor", 11)
    for _ in range(10):
        clock.advance(LEASE - SECOND)
        assert jobs.hear("a")
    assert jobs.take("b", "gudang", 12).id == "a"
    clock.advance(LEASE + SECOND)
    taken = jobs.take("b", "gudang", 12)
    assert (taken.id, taken.since) == ("b", clock())
    assert not jobs.hear("a")
    jobs.leave("a")
    assert jobs.hear("b")


def test_a_place_that_was_left_in_order_is_free_at_once(jobs: Jobs, clock: ManualClock) -> None:
    jobs.take("a", "kantor", 11)
    clock.advance(SECOND)
    jobs.leave("a")
    left = jobs.worker()
    assert left is not None
    assert left.ended
    assert left.heard == clock()
    assert jobs.take("b", "gudang", 12).id == "b"


def test_a_worker_that_takes_its_own_place_again_has_it_since_the_first_time(jobs: Jobs, clock: ManualClock) -> None:
    jobs.take("a", "kantor", 11)
    clock.advance(SECOND)
    again = jobs.take("a", "kantor", 11)
    assert (again.since, again.heard) == (NOW, clock())


def test_a_clock_that_was_set_back_does_not_keep_the_place_of_a_dead_worker(jobs: Jobs, clock: ManualClock) -> None:
    clock.advance(timedelta(hours=1))
    jobs.take("a", "kantor", 11)
    clock.advance(-timedelta(hours=1))
    assert jobs.take("b", "gudang", 12).id == "b"


def test_states_are_kept_as_they_are_and_replaced(jobs: Jobs) -> None:
    fresh = JobState("crawl")
    failed = (
        JobState("index").after(a_run("index")).after(a_run("index", 1, outcome="failed", result="", error="rusak"))
    )
    failed = replace(failed, next=NOW + SECOND, running_since=NOW)
    jobs.keep([fresh, failed])
    assert jobs.states() == [fresh, failed]
    assert failed.worked == a_run("index")
    assert (failed.failures, failed.runs, failed.failed) == (1, 2, 1)
    well = failed.after(a_run("index", 2, result=""))
    jobs.keep([well])
    assert jobs.states() == [fresh, well]
    assert (well.failures, well.failing_since, well.worked) == (0, None, a_run("index"))


def test_runs_come_the_newest_first_of_one_job_or_of_all(jobs: Jobs) -> None:
    jobs.keep([], [a_run(minutes=1), a_run("index", 2)])
    jobs.keep([], [a_run(minutes=3)])
    assert [run.started.minute for run in jobs.runs()] == [3, 2, 1]
    assert [run.started.minute for run in jobs.runs("ingest")] == [3, 1]
    assert jobs.runs("ingest", 1) == [a_run(minutes=3)]
    assert jobs.runs("tidy") == []
