"""`python -m crawler`: one crawl job as JSON on stdin, one event a line on stdout, logs on stderr.

With `--probe` the job is a probe's (crawler/probe.py): outlets are looked at, and nothing is kept. With `--quiet` only
warnings are logged; the events tell the rest. With `--parent PID` the crawl ends soon after that process, which must be
the one that started it.

Exit status: 0 the crawl ran, 2 the job cannot be read, 3 another crawl uses the same state or spool, 4 the process that
started it is gone, 5 the archive or the state cannot be written (no room, no right to), 1 anything else.
"""

import fcntl
import gc
import logging
import os
import sys
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from scrapy.crawler import CrawlerProcess
from twisted.logger import globalLogBeginner

from crawler.browser import NEEDS_BROWSER, find_browser
from crawler.clock import clock_from
from crawler.events import DoneEvent, Event, PageEvent, SourceEvent, WarcEvent, write_event
from crawler.job import CrawlJob, JobError
from crawler.pager import next_pages
from crawler.pipelines import recover
from crawler.probe import ProbeJob
from crawler.settings import scrapy_settings
from crawler.spiders.news import ARCHIVE_FAILED, STATE_FAILED, NewsSpider
from crawler.state import CrawlState
from crawler.state_schema import StateError, StateUnwritable

logger = logging.getLogger("crawler")

_ORPHANED = 4
_UNWRITABLE = 5
_PARENT_LOOK = 0.2
_OBJECTS_BEFORE_COLLECTION = 20_000
"""Requests wait by the thousand; to look among them for rubbish as often as Python does costs a tenth of a crawl."""
_LOCK_WAIT = 3.0
"""Seconds in which a crawl that has lost its parent notices and lets go of the state."""


class _Busy(Exception):
    """Another crawl holds the state or the spool."""


class _Reporter:
    """Prints events and counts them."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.totals: Counter[str] = Counter()

    def __call__(self, event: Event) -> None:
        self._count(event)
        try:
            print(write_event(event), file=self._out, flush=True)
        except BrokenPipeError:
            # What is fetched is safe without an audience; what is still in the buffer must not fail again at the end.
            logger.warning("nobody reads the events any more")
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())

    def _count(self, event: Event) -> None:
        match event:
            case SourceEvent(kind=kind, outcome=outcome, found=found) if kind != "robots":
                self.totals["sources"] += 1
                self.totals["sources_failed"] += outcome in {"soft", "hard"}
                self.totals["found"] += found
            case PageEvent(again=True):
                self.totals["again"] += 1
            case PageEvent(outcome="ok", pages=pages):
                self.totals["articles"] += 1
                self.totals["pages"] += pages
            case PageEvent(outcome="soft" | "hard"):
                self.totals["failed"] += 1
            case WarcEvent():
                self.totals["warcs"] += 1


def main(arguments: Sequence[str] = ()) -> int:
    """Run the job that stdin describes; the exit status."""
    options = _options().parse_args(arguments)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_is_worth_reading)
    level = logging.WARNING if options.quiet else logging.INFO
    logging.basicConfig(handlers=[handler], level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if options.parent is not None:
        if os.getppid() != options.parent:
            return _ORPHANED
        _end_with(options.parent)
    try:
        if options.probe:
            from crawler.probing import run_probe  # it reads articles, and so loads what a crawl does without

            run_probe(ProbeJob.from_json(sys.stdin.read()), sys.stdout)
            return 0
        job = CrawlJob.from_json(sys.stdin.read())
    except JobError as error:
        logger.error("%s", error)
        return 2
    try:
        with _lock(job.state), _lock(job.spool / "crawl"):
            reason = run(job, sys.stdout)
    except _Busy as error:
        logger.error("%s", error)
        return 3
    except (OSError, StateUnwritable) as error:
        logger.error("cannot write %s or %s: %s", job.spool, job.state, error)
        return _UNWRITABLE
    except StateError as error:
        logger.error("%s: %s", job.state, error)
        return 1
    return _UNWRITABLE if reason in {ARCHIVE_FAILED, STATE_FAILED} else 0


def _options() -> ArgumentParser:
    parser = ArgumentParser("python -m crawler", description="Run the crawl job that standard input describes as JSON.")
    parser.add_argument("--probe", action="store_true", help="look at the outlets of a probe's job, and keep nothing")
    parser.add_argument("--quiet", action="store_true", help="log warnings only")
    parser.add_argument(
        "--parent", type=int, metavar="PID", help="end soon after this process, which started the crawl"
    )
    return parser


def _end_with(parent: int) -> None:
    """End this process soon after its parent: a crawl that nobody listens to helps nobody.

    A killed parent cannot tell, and may be gone before this process can ask who it was. Ending at once is safe at any
    moment: what is not in a finished file is not seen.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_LOOK)
        os._exit(_ORPHANED)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _is_worth_reading(record: logging.LogRecord) -> bool:
    """Scrapy's line a request and Twisted's traceback a bad certificate help nobody: the events tell what happened."""
    if record.exc_info and isinstance(record.exc_info[1], StateUnwritable):
        return False  # said once, by who ends the crawl for it
    if record.name.startswith("scrapy"):
        return record.levelno >= logging.ERROR
    return not (record.name == "twisted" and record.getMessage().startswith("while verifying certificate"))


def run(job: CrawlJob, out: TextIO) -> str:
    """Crawl, telling events to `out`; why it ended. Once in a process: a reactor cannot start again."""
    begun, clock = time.monotonic(), clock_from(job.at)
    report = _Reporter(out)
    job = _without_those_that_need_a_browser(job, report, clock())
    with closing(CrawlState(job.state)) as state:
        recover(job.spool, state, clock())
        state.tidy(clock())
        # Or else Twisted prints what it calls critical by itself, beside the log.
        globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
        process = CrawlerProcess(scrapy_settings(job))
        crawler = process.create_crawler(NewsSpider)
        process.crawl(crawler, job=job, state=state, emit=report, next_pages=next_pages, clock=clock)
        gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
        process.start()
    spider = crawler.spider
    reason: str = crawler.stats.get_value("finish_reason", "failed")
    if isinstance(spider, NewsSpider) and spider.trouble:
        reason = spider.trouble
    names = ("sources", "sources_failed", "found", "articles", "pages", "failed", "warcs", "again")
    report(
        DoneEvent(
            reason=reason,
            at=clock(),
            seconds=round(time.monotonic() - begun, 3),
            sources_waiting=spider.waiting if isinstance(spider, NewsSpider) else 0,
            **{name: report.totals[name] for name in names},
        )
    )
    return reason


def _without_those_that_need_a_browser(job: CrawlJob, report: Callable[[Event], None], now: datetime) -> CrawlJob:
    """The job without the outlets that cannot be shown here: they are reported, and what waits of them waits on."""
    if find_browser(job.browser) is not None:
        return job
    fault = NEEDS_BROWSER
    for outlet in job.outlets:
        for source in outlet.sources if outlet.javascript else ():
            report(SourceEvent(outlet.id, source.url, source.kind, "hard", now, fault.reason, fault.detail))
    return replace(job, outlets=tuple(outlet for outlet in job.outlets if not outlet.javascript))


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the path for this process; the system lets go of it when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as file:
        deadline = time.monotonic() + _LOCK_WAIT
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise _Busy(f"another crawl is running on {path}") from error
                time.sleep(_PARENT_LOOK)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
