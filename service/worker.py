"""The worker: every stage on schedule, in one process.

The scheduler remembers nothing; what is due follows from the data.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from service.app import App
from service.domain.article import WIB
from service.domain.recipient import MAIL
from service.errors import PantauError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One stage and how often it is looked at; `run` does what is due and says how much that was."""

    name: str
    every: timedelta
    run: Callable[[], object]


class WorkerLock:
    """Held by the one worker of a data folder. A second worker is told so and does no harm."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w")
        try:
            # The kernel releases the lock when the process ends, however it ends.
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise PantauError(
                f"another worker is running on this data folder ({self._path}); stop it first, or leave it to its work"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()


def jobs(app: App) -> list[Job]:
    """The stages in the order of the walk; each channel is delivered by itself, so that none waits for another."""
    deliver = [(lane, partial(app.delivery.run, lane)) for lane in app.delivery.lanes]
    return [
        Job("crawl", timedelta(minutes=app.settings.crawl.every_minutes), app.crawl_due),
        Job("ingest", timedelta(seconds=10), app.ingest),
        Job("index", timedelta(seconds=10), app.indexing.run),
        Job("notify", timedelta(seconds=15), app.telling.run),
        *(Job(_delivery_job(lane), timedelta(seconds=15), run) for lane, run in deliver),
        Job("digest", timedelta(minutes=1), app.digests.due),
        Job("tidy", timedelta(hours=12), app.tidy),
    ]


def _delivery_job(lane: str) -> str:
    return "alerts" if lane == MAIL else f"alerts-{lane}"


@contextmanager
def scheduled(app: App) -> Iterator[BackgroundScheduler]:
    """Every job at once and then at its interval, until the block ends; what runs then is ended in order.

    Holds the lock of the data folder; PantauError where another worker has it.
    """
    work = jobs(app)
    scheduler = BackgroundScheduler(
        timezone=WIB,
        executors={"default": ThreadPoolExecutor(len(work))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in work:
        scheduler.add_job(
            run_job,
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=WIB),
            args=[job],
            id=job.name,
            next_run_time=datetime.now(WIB),
        )
    with WorkerLock(app.settings.data / "worker.lock"):
        scheduler.start()
        try:
            yield scheduler
        finally:
            scheduler.pause()
            app.stop()
            scheduler.shutdown()


def run_job(job: Job) -> None:
    """Run the job once; a failure is logged and the job comes round again."""
    try:
        result = job.run()
    except PantauError as error:
        log.error("%s failed, will be tried again: %s", job.name, error, extra={"job": job.name})
    except Exception:
        log.exception("%s failed, will be tried again", job.name, extra={"job": job.name})
    else:
        log.debug("%s done", job.name, extra={"job": job.name, "result": str(result)})
