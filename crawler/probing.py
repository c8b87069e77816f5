"""The probe as a run of Scrapy: what `python -m crawler --probe` does with its job."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from scrapy.crawler import CrawlerProcess
from twisted.logger import globalLogBeginner

from crawler.clock import clock_from
from crawler.extract import extract
from crawler.page import Extraction, Page
from crawler.probe import ProbeEvent, ProbeJob, write_probe_event
from crawler.settings import probe_settings
from crawler.spiders.probe import ProbeSpider
from crawler.state import CrawlState


def run_probe(job: ProbeJob, out: TextIO) -> None:
    """Look at the job's outlets, telling events to `out`. Once in a process: a reactor cannot start again."""

    def emit(event: ProbeEvent) -> None:
        print(write_probe_event(event), file=out, flush=True)

    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    # A look remembers nothing: its pauses and copies of robots.txt are its own.
    with (
        TemporaryDirectory(prefix="pantau-probe-") as folder,
        closing(CrawlState(Path(folder) / "state.sqlite")) as state,
    ):
        process = CrawlerProcess(probe_settings(job))
        process.crawl(ProbeSpider, job=job, state=state, emit=emit, extract=_extract, clock=clock_from(None))
        process.start()


def _extract(pages: Sequence[Page], zone: str) -> Extraction:
    return extract(pages, timezone=zone)
