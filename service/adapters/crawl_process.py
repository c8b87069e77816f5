"""The crawl as a process of its own (a Twisted reactor cannot be started twice): a job in, events out."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from crawler.events import Event, read_event
from crawler.job import CrawlJob
from service.errors import PantauError

log = logging.getLogger(__name__)


class CrawlFailed(PantauError):
    """The crawl process ended without finishing its job; what it had archived is kept, the next crawl goes on."""


@dataclass(frozen=True, slots=True)
class CrawlProcess:
    """Runs `python -m crawler` in `directory`, the checkout."""

    directory: str
    grace_seconds: float = 60

    def run(self, job: CrawlJob, on_event: Callable[[Event], None]) -> None:
        """Give the process its job and pass its events on until it ends; CrawlFailed when it fails.

        A process that overruns the job's own limit is asked to end, and killed `grace_seconds` later.
        """
        process = subprocess.Popen(  # our own interpreter and our own module
            [sys.executable, "-m", "crawler"],
            cwd=self.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        ask = threading.Timer(job.limits.seconds + self.grace_seconds, process.terminate)
        end = threading.Timer(job.limits.seconds + 2 * self.grace_seconds, process.kill)
        with process:
            try:
                ask.start()
                end.start()
                if process.stdin is None or process.stdout is None:
                    raise CrawlFailed("the crawl process has no pipes")
                process.stdin.write(job.to_json())
                process.stdin.close()
                _pass_on(process.stdout, on_event)
            except BaseException:
                process.terminate()
                raise
            finally:
                ask.cancel()
                code = process.wait()
                end.cancel()
        if code != 0:
            raise CrawlFailed(f"the crawl process ended with code {code}; its messages stand above")


def _pass_on(lines: IO[str], on_event: Callable[[Event], None]) -> None:
    for line in lines:
        try:
            event = read_event(line)
        except ValueError as error:
            log.warning("the crawl process printed a line that is no event: %s", error)
            continue
        on_event(event)
