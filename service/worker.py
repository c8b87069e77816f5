"""The worker: every job in its turn, in one process at a time.

A worker that finds another in its place waits, and takes over when that one ends. The scheduler remembers nothing:
what is due follows from the data, so a worker may be killed at any moment.
"""

import fcntl
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from service.app import App
from service.domain.article import WIB
from service.domain.job import DELIVERY, HEARTBEAT, LEASE, JobRun
from service.domain.recipient import MAIL
from service.errors import PantauError
from service.ports import Jobs
from service.usecases.ingest import IngestReport
from service.usecases.job_keeping import JobKeeper, Stopped, Work
from service.usecases.telling import (
    tell_crawl,
    tell_delivery,
    tell_digests,
    tell_index,
    tell_ingest,
    tell_notify,
    tell_tidy,
    tell_watch,
)

log = logging.getLogger(__name__)

_LOOK = timedelta(seconds=2)
"""How often a worker that waits looks whether the place is free."""
LONGEST_STOP = timedelta(seconds=30)
"""A job that does not end by then is cut off; whatever it was at is done again by the next worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job and how often it has its turn; `run` does what is due and says in words what that was."""

    name: str
    every: timedelta
    run: Work


class WorkerLock:
    """Held by the one worker of a data folder. A second worker is told so and does no harm."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if not self.take():
            raise PantauError(
                f"another worker is running on this data folder ({self._path}); stop it first, or leave it to its work"
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def take(self) -> bool:
        """Hold the folder; False where another process does."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            # The kernel releases the lock when the process ends, however it ends.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def leave(self) -> None:
        """Let go of the folder."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Place:
    """The place of the one worker: in the database, and in the data folder that only one may use."""

    def __init__(self, jobs: Jobs, folder: WorkerLock, *, now: Callable[[], float] = time.time) -> None:
        """`now` also counts while the process or the machine sleeps."""
        self._jobs = jobs
        self._folder = folder
        self._now = now
        self._heard = 0.0
        self.id = uuid4().hex

    def take(self) -> str | None:
        """Take the place; None where that worked, else who holds it."""
        asked = self._now()
        if not self._folder.take():
            known = self._jobs.worker()
            return f"{known}, on this data folder" if known is not None and not known.ended else "on this data folder"
        try:
            holder = self._jobs.take(self.id, socket.gethostname(), os.getpid())
        except BaseException:
            self._folder.leave()
            raise
        if holder.id != self.id:
            self._folder.leave()
            return str(holder)
        self._heard = asked
        return None

    def hear(self) -> bool:
        """Tell that this worker is alive; False where it has lost the place, or may have."""
        asked = self._now()
        try:
            if not self._jobs.hear(self.id):
                return False
            self._heard = asked
        except PantauError as error:
            log.debug("the database does not take the heartbeat", extra={"error": str(error)})
        return self.is_held()

    def is_held(self) -> bool:
        """Whether nobody else can have taken the place yet."""
        return abs(self._now() - self._heard) < LEASE.total_seconds()

    def leave(self) -> None:
        """Free the place for the next at once, where the database answers."""
        try:
            self._jobs.leave(self.id)
        except PantauError as error:
            log.warning("the worker's place is free in %s", LEASE, extra={"error": str(error)})
        self._folder.leave()


class Worker:
    """Does the jobs while it has the place, in threads of its own; waits while another worker has it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._keeper = app.job_keeping
        self._place = Place(app.store.jobs, WorkerLock(app.settings.data / "worker.lock"))
        self._stopping = threading.Event()
        self._losing = threading.Event()
        self._thread = threading.Thread(target=self._live, name="worker")
        self.waits_for: str | None = None
        """Who has the place, when this worker began; None where it has it itself."""

    def __enter__(self) -> Self:
        self.waits_for = self._place.take()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopping.set()
        with cut_off_after(LONGEST_STOP):
            self._thread.join()

    def _live(self) -> None:
        """Work whenever the place is had, until the end."""
        holder = self.waits_for
        while not self._stopping.is_set():
            try:
                if holder is None:
                    self._work()
                elif self.waits_for != holder:
                    log.warning("another worker has taken the place: %s", holder)
                self.waits_for = holder
                self._stopping.wait(_LOOK.total_seconds())
                if not self._stopping.is_set() and (holder := self._place.take()) is None:
                    log.warning("the place of the worker is free: this one takes over")
            except PantauError as error:
                log.warning("the worker cannot look at its place", extra={"error": str(error)})
                self._stopping.wait(LEASE.total_seconds())
            except Exception:
                log.exception("the worker begins anew")
                self._stopping.wait(LEASE.total_seconds())

    def _work(self) -> None:
        """Run the jobs until the end or until the place is lost."""
        self._losing.clear()
        try:
            self._keeper.load()
            scheduler = self._scheduler()
            scheduler.start()
            try:
                while not self._stopping.wait(HEARTBEAT.total_seconds()):
                    if not self._place.hear():
                        log.error("this worker has lost its place, its machine slept or the database was away")
                        break
                    self._keeper.plan({job.id: job.next_run_time for job in scheduler.get_jobs()})
                    self._keeper.flush()
            finally:
                self._losing.set()
                scheduler.pause()
                self._app.stop()
                scheduler.shutdown()
                self._keeper.plan({job.name: None for job in jobs(self._app)})
                self._keeper.flush()
        finally:
            self._place.leave()

    def _scheduler(self) -> BackgroundScheduler:
        work = jobs(self._app, self._check)
        scheduler = BackgroundScheduler(
            timezone=WIB,
            executors={"default": ThreadPoolExecutor(len(work))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for job in work:
            scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=job.every.total_seconds(), timezone=WIB),
                args=[job],
                id=job.name,
                name=job.name,
                next_run_time=datetime.now(WIB),
            )
        return scheduler

    def _run(self, job: Job) -> None:
        # A machine that slept wakes with jobs that are due before it notices that its place is another's.
        if self._place.is_held():
            self._keeper.run(job.name, job.every, job.run)

    def _check(self) -> None:
        if self._losing.is_set() or not self._place.is_held():
            raise Stopped("the worker stops")


def jobs(app: App, check: Callable[[], None] = lambda: None) -> list[Job]:
    """The jobs in the order of the walk. `check` raises Stopped where a long one is to end in order."""

    def between(report: IngestReport) -> None:
        check()

    return [
        Job("crawl", timedelta(seconds=app.settings.crawl.every_seconds), lambda: tell_crawl(app.crawl_due())),
        Job("ingest", timedelta(seconds=5), lambda: tell_ingest(app.ingest(between))),
        Job("index", timedelta(seconds=10), lambda: tell_index(app.indexing.run())),
        Job("watch", timedelta(minutes=10), lambda: tell_watch(app.watching.run())),
        Job("notify", timedelta(seconds=5), lambda: tell_notify(app.telling.run())),
        *(_delivery(app, lane) for lane in app.delivery.lanes),
        Job("digest", timedelta(minutes=1), lambda: tell_digests(app.digests.due())),
        Job("health", timedelta(minutes=5), app.checking.run),
        Job("tidy", timedelta(hours=6), lambda: tell_tidy(app.tidying.run())),
    ]


def _delivery(app: App, lane: str) -> Job:
    """Each channel is delivered by itself, so that none waits for another."""
    name = DELIVERY if lane == MAIL else f"{DELIVERY}-{lane}"
    return Job(name, timedelta(seconds=5), lambda: tell_delivery(app.delivery.run(lane)))


def run_once(app: App, job: Job) -> JobRun:
    """Run the job now, beside a worker that may run: every job may be done twice. Its run is kept."""
    keeper = JobKeeper(app.store.jobs, app.clock)
    keeper.load()
    run = keeper.turn(job.name, job.every, job.run)
    keeper.flush()
    return run


@contextmanager
def cut_off_after(longest: timedelta) -> Iterator[None]:
    """End the process the hard way where the block takes longer."""

    def cut_off() -> None:
        log.error("a job did not end within %s: it is cut off, and done again by the next worker", longest)
        os._exit(0)

    timer = threading.Timer(longest.total_seconds(), cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
