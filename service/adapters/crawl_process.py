"""The crawl as a process of its own (a Twisted reactor cannot be started twice): a job in, events out."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from service.errors import PantauError

log = logging.getLogger(__name__)

Event = Mapping[str, Any]


class CrawlFailed(PantauError):
    """The crawl process ended without finishing its job; what it had archived is kept, the next crawl goes on."""


@dataclass(frozen=True, slots=True)
class CrawlProcess:
    """Runs `python -m crawler` in `directory`, the checkout."""

    directory: str
    grace_seconds: float = 60

    def run(self, job: str, on_event: Callable[[Event], None], *, max_seconds: float) -> None:
        """Give the process its job (JSON) and pass its events on until it ends; CrawlFailed when it fails.

        After `max_seconds` the process is asked to end in order, `grace_seconds` later it is killed.
        """
        process = subprocess.Popen(  # our own interpreter and our own module
            [sys.executable, "-m", "crawler"],
            cwd=self.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        ask = threading.Timer(max_seconds, process.terminate)
        end = threading.Timer(max_seconds + self.grace_seconds, process.kill)
        with process:
            try:
                ask.start()
                end.start()
                if process.stdin is None or process.stdout is None:
                    raise CrawlFailed("the crawl process has no pipes")
                process.stdin.write(job)
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
            event = json.loads(line)
        except json.JSONDecodeError:
            log.warning("the crawl process printed a line that is no event: %.200r", line)
            continue
        on_event(event)
