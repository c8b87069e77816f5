"""The worker's place and its jobs in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from service.domain.job import JobRun, JobState, WorkerSign
from tests.service.builders import ManualClock


class FakeJobs:
    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock or ManualClock()
        self._sign: WorkerSign | None = None
        self._states: dict[str, JobState] = {}
        self._runs: list[JobRun] = []

    def take(self, worker_id: str, host: str, pid: int) -> WorkerSign:
        now, holder = self._clock(), self._sign
        if holder is not None and holder.id != worker_id and holder.holds(now):
            return holder
        is_own = holder is not None and holder.id == worker_id and not holder.ended
        since = holder.since if holder is not None and is_own else now
        self._sign = WorkerSign(worker_id, host, pid, since, now)
        return self._sign

    def hear(self, worker_id: str) -> bool:
        return self._update(worker_id, ended=False)

    def leave(self, worker_id: str) -> None:
        self._update(worker_id, ended=True)

    def worker(self) -> WorkerSign | None:
        return self._sign

    def keep(self, states: Sequence[JobState], runs: Sequence[JobRun] = ()) -> None:
        self._states |= {state.job: state for state in states}
        self._runs += runs

    def states(self) -> list[JobState]:
        return sorted(self._states.values(), key=lambda state: state.job)

    def runs(self, job: str | None = None, limit: int = 50) -> list[JobRun]:
        of_job = [run for run in self._runs if job in (None, run.job)]
        return sorted(of_job, key=lambda run: run.started, reverse=True)[:limit]

    def _update(self, worker_id: str, *, ended: bool) -> bool:
        if self._sign is None or self._sign.id != worker_id or self._sign.ended:
            return False
        self._sign = replace(self._sign, heard=self._clock(), ended=ended)
        return True
