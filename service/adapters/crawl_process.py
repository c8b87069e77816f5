"""The crawler as a process of its own (a Twisted reactor cannot be started twice): a job in, events out."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from crawler.events import Event, read_event
from crawler.job import CrawlJob
from crawler.probe import ProbeEvent, ProbeJob, read_probe_event
from service.errors import PantauError

log = logging.getLogger(__name__)

Told = TypeVar("Told")


UNWRITABLE = 5
"""The exit status of a crawl whose files take nothing more."""


class CrawlFailed(PantauError):
    """The crawl process ended without finishing its job; what it had archived is kept, the next crawl goes on."""


class CrawlProcess:
    """Runs `python -m crawler` in `directory`, the checkout; one crawl at a time."""

    def __init__(self, directory: Path, *, grace_seconds: float = 60) -> None:
        self._directory = directory
        self._grace_seconds = grace_seconds
        self._process: subprocess.Popen[str] | None = None

    def run(self, job: CrawlJob, on_event: Callable[[Event], None], *, quiet: bool = False) -> None:
        """Give the process its job and pass its events on until it ends; CrawlFailed when it fails.

        Its log goes to standard error, warnings only where it is to be `quiet`. A process that overruns the job's own
        limit is asked to end, and killed `grace_seconds` later.
        """
        self._run(job, ["--quiet"] if quiet else [], read_event, on_event)

    def probe(self, job: ProbeJob, on_event: Callable[[ProbeEvent], None]) -> None:
        """Look at the job's outlets, as `run`; warnings only go to standard error."""
        self._run(job, ["--quiet", "--probe"], read_probe_event, on_event)

    def _run(
        self,
        job: CrawlJob | ProbeJob,
        options: Sequence[str],
        read: Callable[[str], Told],
        on_event: Callable[[Told], None],
    ) -> None:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
            [sys.executable, "-m", "crawler", "--parent", str(os.getpid()), *options],
            cwd=self._directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._process = process
        ask = threading.Timer(job.limits.seconds + self._grace_seconds, process.terminate)
        end = threading.Timer(job.limits.seconds + 2 * self._grace_seconds, process.kill)
        with process:
            try:
                ask.start()
                end.start()
                _hand_over(process, job)
                _pass_on(process, read, on_event)
            except BaseException:
                process.terminate()
                raise
            finally:
                ask.cancel()
                code = process.wait()
                end.cancel()
                self._process = None
        if code == UNWRITABLE and isinstance(job, CrawlJob):
            raise CrawlFailed(
                f"the crawl cannot write to {job.spool} or {job.state.parent}: make room on the disk, or give it the"
                " right to write there; nothing is lost, the next crawl goes on where this one stopped"
            )
        if code != 0:
            raise CrawlFailed(f"the crawl process ended with code {code}; its messages stand above")

    def stop(self) -> None:
        """Ask a running crawl to end in order; what it has fetched is kept."""
        process = self._process
        if process is not None:
            process.terminate()


def _hand_over(process: subprocess.Popen[str], job: CrawlJob | ProbeJob) -> None:
    """Write the job; a process that died before it read it says so by its code."""
    if process.stdin is None:
        raise CrawlFailed("the crawl process has no standard input")
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(job.to_json())


def _pass_on(process: subprocess.Popen[str], read: Callable[[str], Told], on_event: Callable[[Told], None]) -> None:
    for line in process.stdout or ():
        try:
            event = read(line)
        except ValueError as error:
            log.warning("the crawl process printed a line that is no event: %s", error)
            continue
        on_event(event)
