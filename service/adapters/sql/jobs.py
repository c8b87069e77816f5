"""The worker's place in the database, how its jobs stand, and what their runs did."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import job_runs, job_states, workers
from service.domain.job import JobRun, JobState, WorkerSign
from service.ports import Clock

_PLACE = "worker"


class SqlJobs:
    """One worker has the place at a time, whichever machines the workers run on.

    Time is the database server's, so that clocks of two machines do not matter; SQLite has none of its own.
    """

    def __init__(self, reader: Engine, writer: Engine, clock: Clock | None = None) -> None:
        """`clock` stands for the database's."""
        self.reader = reader
        self.writer = writer
        self._clock = clock

    def take(self, worker_id: str, host: str, pid: int) -> WorkerSign:
        """Give the place to this worker unless another holds it; who holds it then."""
        with transacting(self.writer) as connection:
            now = self._now(connection)
            sign = WorkerSign(worker_id, host, pid, now, now)
            row = connection.execute(select(workers).where(workers.c.name == _PLACE)).first()
            holder = None if row is None else _sign(row)
            if holder is not None and holder.id == worker_id:
                sign = replace(sign, since=holder.since if not holder.ended else now)
            elif holder is not None and holder.holds(now):
                return holder
            _put(connection, sign)
            return sign

    def hear(self, worker_id: str) -> bool:
        """The worker is alive; False where the place is not its own any more."""
        return self._update(worker_id, ended=False)

    def leave(self, worker_id: str) -> None:
        """The worker stops in order: its place is free at once."""
        self._update(worker_id, ended=True)

    def worker(self) -> WorkerSign | None:
        """Who holds the place or held it last; None where no worker ever ran."""
        with transacting(self.reader) as connection:
            row = connection.execute(select(workers).where(workers.c.name == _PLACE)).first()
        return None if row is None else _sign(row)

    def keep(self, states: Sequence[JobState], runs: Sequence[JobRun] = ()) -> None:
        """Jobs stand like this now, and these runs are appended to the log."""
        with transacting(self.writer) as connection:
            for state in states:
                row = _state_row(state)
                insert = _insert(connection)(job_states).values(row)
                connection.execute(insert.on_conflict_do_update(index_elements=["job"], set_=row))
            if runs:
                connection.execute(job_runs.insert(), [_run_row(run) for run in runs])

    def states(self) -> list[JobState]:
        """How each job stands, by name."""
        with transacting(self.reader) as connection:
            return [_state(row) for row in connection.execute(select(job_states).order_by(job_states.c.job))]

    def runs(self, job: str | None = None, limit: int = 50) -> list[JobRun]:
        """The newest runs that did something or failed, of one job or of all."""
        newest = select(job_runs).order_by(job_runs.c.started.desc(), job_runs.c.id.desc()).limit(limit)
        if job is not None:
            newest = newest.where(job_runs.c.job == job)
        with transacting(self.reader) as connection:
            return [_run(row) for row in connection.execute(newest)]

    def _update(self, worker_id: str, *, ended: bool) -> bool:
        with transacting(self.writer) as connection:
            own = update(workers).where(workers.c.name == _PLACE, workers.c.id == worker_id, ~workers.c.ended)
            return connection.execute(own.values(heard=self._now(connection), ended=ended)).rowcount == 1

    def _now(self, connection: Connection) -> datetime:
        if self._clock is not None:
            return self._clock()
        if connection.dialect.name == "postgresql":
            # Not now(): that is when the transaction began, which may have waited for another.
            moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
            return moment.astimezone(UTC)
        return datetime.now(UTC)


def _insert(connection: Connection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def _put(connection: Connection, sign: WorkerSign) -> None:
    row = {
        "name": _PLACE,
        "id": sign.id,
        "host": sign.host,
        "pid": sign.pid,
        "since": sign.since,
        "heard": sign.heard,
        "ended": sign.ended,
    }
    insert = _insert(connection)(workers).values(row)
    connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=row))


def _sign(row: Row[Any]) -> WorkerSign:
    return WorkerSign(row.id, row.host, row.pid, row.since, row.heard, row.ended)


def _run_row(run: JobRun) -> dict[str, Any]:
    return {
        "job": run.job,
        "started": run.started,
        "seconds": run.seconds,
        "outcome": run.outcome,
        "result": run.result,
        "error": run.error,
    }


def _run(row: Row[Any]) -> JobRun:
    return JobRun(row.job, row.started, row.seconds, row.outcome, row.result, row.error)


def _state_row(state: JobState) -> dict[str, Any]:
    last: Mapping[str, Any] = {} if state.last is None else _run_row(state.last)
    return {
        "job": state.job,
        **{name: last.get(name) for name in ("started", "seconds", "outcome", "result", "error")},
        "worked": state.worked and state.worked.started,
        "worked_seconds": state.worked and state.worked.seconds,
        "worked_result": state.worked and state.worked.result,
        "last_ok": state.last_ok,
        "failures": state.failures,
        "failing_since": state.failing_since,
        "runs": state.runs,
        "failed": state.failed,
        "next": state.next,
        "running_since": state.running_since,
    }


def _state(row: Row[Any]) -> JobState:
    worked = None
    if row.worked is not None:
        worked = JobRun(row.job, row.worked, row.worked_seconds, "ok", row.worked_result)
    return JobState(
        row.job,
        None if row.started is None else _run(row),
        worked,
        row.last_ok,
        row.failures,
        row.failing_since,
        row.runs,
        row.failed,
        row.next,
        row.running_since,
    )
