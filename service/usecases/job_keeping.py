"""Jobs: run each in its turn, keep how it stands, and tell of a fault once."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service.domain.job import MOST_WORDS, JobRun, JobState, Outcome, is_same_fault, pause_after
from service.errors import PantauError
from service.ports import Clock, Jobs

logger = logging.getLogger(__name__)

Work = Callable[[], str]
"""Does what is due; what that was in words, empty where there was nothing to do."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_WAITING = 500
"""Runs that wait for a database which does not answer; the oldest are given up first."""


class Stopped(PantauError):
    """The job was asked to end and did, in order; what it did is kept."""


class JobKeeper:
    """Runs jobs, for any number of threads, and keeps how they stand.

    A run that worked or failed is written down at once, one that found nothing to do with the next `flush`. A job that
    fails rests, longer after each failure in a row. Its fault is logged when it begins, when it changes and when it is
    over.
    """

    def __init__(self, jobs: Jobs, clock: Clock, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._jobs = jobs
        self._clock = clock
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._states: dict[str, JobState] = {}
        self._changed: set[str] = set()
        self._tried: set[str] = set()
        self._waiting: list[JobRun] = []

    def load(self) -> None:
        """Know how the jobs stood when another worker ended: none of them runs, and each is tried at once."""
        kept = {state.job: replace(state, running_since=None, next=None) for state in self._jobs.states()}
        with self._lock:
            self._states = kept
            self._tried.clear()

    def run(self, name: str, every: timedelta, work: Work) -> JobRun | None:
        """Run the job once; what became of it, None where it rests after a failure that this keeper saw."""
        with self._lock:
            state = self._states.get(name, JobState(name))
            if name in self._tried and self._clock() < _rests_until(state, every):
                return None
        return self.turn(name, every, work)

    def turn(self, name: str, every: timedelta, work: Work) -> JobRun:
        """Run the job once, also while it rests; what became of it."""
        begun = self._clock()
        with self._lock:
            state = self._states.get(name, JobState(name))
            self._put(replace(state, running_since=begun))
        stopwatch = self._stopwatch()
        result, error = self._attempt(name, work, state)
        outcome: Outcome = "ok" if error is None else "failed"
        words = result[:MOST_WORDS], (error or "")[:MOST_WORDS]
        run = JobRun(name, begun, self._stopwatch() - stopwatch, outcome, *words)
        with self._lock:
            after = self._states[name].after(run)
            if after.failures:
                after = replace(after, next=_rests_until(after, every))
            self._put(after)
            self._tried.add(name)
            is_telling = bool(run.result or run.error)
            if is_telling:
                self._waiting = [*self._waiting, run][-_MOST_WAITING:]
        if state.failures and error is None:
            logger.info("%s works again after %d failures", name, state.failures, extra={"job": name})
        if is_telling:
            self.flush()
        return run

    def _attempt(self, name: str, work: Work, before: JobState) -> tuple[str, str | None]:
        """What the work did, and its error."""
        try:
            return work(), None
        except Stopped:
            return "", None
        except PantauError as error:
            told, trace = str(error), False
        except Exception as error:
            told, trace = f"{type(error).__name__}: {error}", True
            logger.debug("the trace of what nobody foresaw", exc_info=True)
        last = before.last if before.failures and name in self._tried else None
        said = last.error if last is not None else ""
        if not said or not is_same_fault(said, told[:MOST_WORDS]):
            message = "%s failed, will be tried again with growing pauses: %s"
            logger.error(message, name, told, extra={"job": name}, exc_info=trace)
        return "", told

    def plan(self, turns: Mapping[str, datetime | None]) -> None:
        """When each job has its next turn; one that rests after a failure has it when the rest is over."""
        with self._lock:
            for name, turn in turns.items():
                state = self._states.get(name, JobState(name))
                rested = state.next if state.failures and state.next is not None else None
                planned = turn if rested is None or turn is None else max(turn, rested)
                if state.next != planned:
                    self._put(replace(state, next=planned))

    def flush(self) -> None:
        """Write down what has changed; what the database does not take now is written later."""
        with self._lock:
            states = [self._states[name] for name in sorted(self._changed)]
            runs, self._waiting = self._waiting, []
            self._changed.clear()
        if not states and not runs:
            return
        try:
            self._jobs.keep(states, runs)
        except PantauError as error:
            logger.debug("how the jobs stand cannot be kept now", extra={"error": str(error)})
            with self._lock:
                self._changed.update(state.job for state in states)
                self._waiting = [*runs, *self._waiting][-_MOST_WAITING:]

    def _put(self, state: JobState) -> None:
        self._states[state.job] = state
        self._changed.add(state.job)


def _rests_until(state: JobState, every: timedelta) -> datetime:
    """When a job that failed is tried again; long ago where it did not fail."""
    if state.last is None or state.failures == 0:
        return _LONG_AGO
    return state.last.started + timedelta(seconds=state.last.seconds) + pause_after(state.failures, every)
