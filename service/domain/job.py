"""The worker's jobs: how each stands, what its runs did, and who runs them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Outcome = Literal["ok", "failed"]

LEASE = timedelta(seconds=30)
"""A worker that has not been heard of for so long is taken to be dead, and another takes its place."""
SILENT = timedelta(minutes=2)
DELIVERY = "deliver"
"""The job that sends messages; a channel's own has its name behind a hyphen."""

HEARTBEAT = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
"""A fault may be over at any moment, so the pauses of a job that fails stop growing here."""
LATE = timedelta(minutes=15)
"""A job whose turn has been over for so long hangs, or its scheduler does."""
MOST_WORDS = 1_000

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class JobRun:
    """A run that did something or failed. `result` says in words what it did, `error` why it failed."""

    job: str
    started: datetime
    seconds: float
    outcome: Outcome
    result: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands.

    `last` is its last run, also one that found nothing to do; `worked` is the last that did something. `failures` are
    those in a row, `failing_since` the first of them. `runs` and `failed` count for ever. `next` is its next turn,
    None where it has none; `running_since` is set while it runs.
    """

    job: str
    last: JobRun | None = None
    worked: JobRun | None = None
    last_ok: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    runs: int = 0
    failed: int = 0
    next: datetime | None = None
    running_since: datetime | None = None

    def after(self, run: JobRun) -> "JobState":
        """How it stands after this run."""
        is_bad = run.outcome == "failed"
        return replace(
            self,
            last=run,
            worked=run if run.result else self.worked,
            last_ok=self.last_ok if is_bad else run.started,
            failures=self.failures + 1 if is_bad else 0,
            failing_since=(self.failing_since or run.started) if is_bad else None,
            runs=self.runs + 1,
            failed=self.failed + is_bad,
            running_since=None,
        )

    def is_late(self, now: datetime) -> bool:
        """Whether it should have run long ago, or runs for longer than any run may take."""
        since = self.running_since or self.next
        return since is not None and now - since > LATE


@dataclass(frozen=True, slots=True)
class WorkerSign:
    """The worker that does the jobs, or did them last: where it runs, since when, and when it was last heard of.

    `ended` says that it stopped in order.
    """

    id: str
    host: str
    pid: int
    since: datetime
    heard: datetime
    ended: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether it holds its place, by the clock of the database.

        A heartbeat from the future, after a clock was set back, must not keep the place of a dead one.
        """
        return not self.ended and abs(now - self.heard) <= LEASE

    def is_silent(self, now: datetime) -> bool:
        """Whether nothing was heard of it for longer than clocks of two machines differ."""
        return self.ended or now - self.heard > SILENT

    def __str__(self) -> str:
        return f"host {self.host}, pid {self.pid}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


def pause_after(failures: int, every: timedelta) -> timedelta:
    """How long a job rests after so many failures in a row: twice as long each time, up to five minutes."""
    if failures == 0:
        return timedelta()
    return min(every * (1 << min(failures, 20)), max(LONGEST_PAUSE, every))


def is_same_fault(one: str, other: str) -> bool:
    """Whether two errors tell of one fault: their numbers, such as ports and seconds, may differ."""
    return _NUMBERS.sub("0", one) == _NUMBERS.sub("0", other)
