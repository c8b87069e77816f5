"""How jobs are run: each in its turn, with growing pauses after failures, and a fault told once."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from service.adapters.crawl_process import CrawlFailed
from service.domain.job import LATE, LONGEST_PAUSE, JobRun, JobState, pause_after
from service.errors import IndexUnavailable, StoreError
from service.usecases.job_keeping import JobKeeper, Stopped
from tests.service.builders import NOW, ManualClock
from tests.service.fake_jobs import FakeJobs

EVERY = timedelta(seconds=10)


class Timed:
    """A keeper, its store and its clock."""

    def __init__(self, jobs: FakeJobs | None = None) -> None:
        self.clock = ManualClock()
        self.jobs = jobs or FakeJobs(self.clock)
        self.keeper = JobKeeper(self.jobs, self.clock, lambda: self.clock().timestamp())

    def run(self, work: Callable[[], str], name: str = "index") -> JobRun | None:
        return self.keeper.run(name, EVERY, work)

    def state(self, name: str = "index") -> JobState:
        self.keeper.flush()
        return next(state for state in self.jobs.states() if state.job == name)


def failing(error: Exception) -> Callable[[], str]:
    def fail() -> str:
        raise error

    return fail


def nothing() -> str:
    return ""


@pytest.mark.parametrize(
    "error", [StoreError("the database is away"), CrawlFailed("ended with code 3"), ValueError("a fault of ours")]
)
def test_a_job_that_fails_is_logged_once_and_comes_round_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    timed = Timed()
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert timed.run(failing(error), "ingest") is not None
            timed.clock.advance(LONGEST_PAUSE)
        timed.run(lambda: "3 berita baru", "ingest")
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert told[0].startswith("ingest failed, will be tried again with growing pauses: ")
    assert str(error) in told[0]
    assert told[1] == "ingest works again after 3 failures"
    assert [run.outcome for run in timed.jobs.runs()] == ["ok", "failed", "failed", "failed"]


def test_a_fault_that_changes_is_told_again_and_one_whose_numbers_change_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    timed = Timed()
    with caplog.at_level(logging.ERROR):
        for said in ("no answer after 3 s", "no answer after 12 s", "the index is rebuilt", "the index is rebuilt"):
            timed.run(failing(IndexUnavailable(said)))
            timed.clock.advance(LONGEST_PAUSE)
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == [
        "no answer after 3 s",
        "the index is rebuilt",
    ]


def test_the_pauses_of_a_job_that_fails_grow_to_five_minutes() -> None:
    timed = Timed()
    timed.run(failing(StoreError("away")))
    waited = []
    for _ in range(7):
        began = timed.clock()
        while timed.run(failing(StoreError("away"))) is None:
            timed.clock.advance(timedelta(seconds=1))
        waited.append((timed.clock() - began).total_seconds())
    assert waited == [20, 40, 80, 160, 300, 300, 300]


def test_a_pause_is_never_shorter_than_the_jobs_own_interval() -> None:
    assert pause_after(0, EVERY) == timedelta()
    assert pause_after(1, timedelta(hours=6)) == timedelta(hours=6)


def test_a_run_that_found_nothing_to_do_is_no_entry_of_the_log_and_counts() -> None:
    timed = Timed()
    timed.run(nothing)
    timed.run(lambda: "3 berita diindeks")
    timed.run(nothing)
    state = timed.state()
    assert (state.runs, state.failed, state.failures) == (3, 0, 0)
    assert state.worked is not None
    assert state.worked.result == "3 berita diindeks"
    assert state.last is not None
    assert state.last.result == ""
    assert [run.result for run in timed.jobs.runs()] == ["3 berita diindeks"]


def test_a_run_is_kept_with_its_duration_and_shown_while_it_lasts() -> None:
    timed = Timed()

    def work() -> str:
        timed.clock.advance(timedelta(seconds=42))
        assert timed.state().running_since == NOW
        return "3 berita diindeks"

    timed.run(work)
    assert timed.jobs.runs() == [JobRun("index", NOW, 42, "ok", "3 berita diindeks")]
    assert timed.state().running_since is None


def test_a_job_that_was_asked_to_end_did_not_fail() -> None:
    timed = Timed()
    run = timed.run(failing(Stopped("the worker stops")))
    assert run is not None
    assert run.outcome == "ok"
    assert timed.jobs.runs() == []


def test_the_next_turn_is_that_of_the_plan_and_after_a_failure_the_end_of_the_rest() -> None:
    timed = Timed()
    timed.keeper.plan({"index": NOW + EVERY})
    assert timed.state().next == NOW + EVERY
    timed.run(failing(StoreError("away")))
    timed.keeper.plan({"index": NOW + EVERY})
    assert timed.state().next == NOW + 2 * EVERY


def test_a_job_whose_turn_is_long_over_or_that_does_not_end_is_late() -> None:
    waiting = JobState("index", next=NOW)
    assert not waiting.is_late(NOW + LATE)
    assert waiting.is_late(NOW + LATE + EVERY)
    assert JobState("index", next=NOW + LATE, running_since=NOW - LATE - EVERY).is_late(NOW)
    assert not JobState("index").is_late(NOW)


def test_a_new_worker_goes_on_counting_and_tries_everything_at_once() -> None:
    timed = Timed()
    timed.run(failing(StoreError("away")))
    timed.keeper.flush()
    next_keeper = JobKeeper(timed.jobs, timed.clock)
    next_keeper.load()
    assert next_keeper.run("index", EVERY, nothing) is not None
    next_keeper.flush()
    assert (timed.state().runs, timed.state().failed, timed.state().failures) == (2, 1, 0)


class AwayJobs(FakeJobs):
    is_away = True

    def keep(self, states: Sequence[JobState], runs: Sequence[JobRun] = ()) -> None:
        if self.is_away:
            raise StoreError("the database is away")
        super().keep(states, runs)


def test_what_the_database_does_not_take_is_written_when_it_is_back() -> None:
    jobs = AwayJobs()
    timed = Timed(jobs)
    timed.run(failing(StoreError("away")))
    assert jobs.runs() == []
    jobs.is_away = False
    timed.run(nothing, "digest")
    timed.keeper.flush()
    assert [run.error for run in jobs.runs()] == ["away"]
    assert [state.job for state in jobs.states()] == ["digest", "index"]
