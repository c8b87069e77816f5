"""The probe as a run of Scrapy: what `python -m crawler --probe` does with its job."""

from typing import TextIO

from scrapy.crawler import CrawlerProcess
from twisted.logger import globalLogBeginner

from crawler.extract import extract
from crawler.probe import ProbeEvent, ProbeJob, write_probe_event
from crawler.settings import probe_settings
from crawler.spiders.probe import ProbeSpider


def run_probe(job: ProbeJob, out: TextIO) -> None:
    """Look at the job's outlets, telling events to `out`. Once in a process: a reactor cannot start again."""

    def emit(event: ProbeEvent) -> None:
        print(write_probe_event(event), file=out, flush=True)

    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    process = CrawlerProcess(probe_settings(job))
    process.crawl(ProbeSpider, job=job, emit=emit, extract=lambda pages, zone: extract(pages, timezone=zone))
    process.start()
