"""What every spider of this crawler is."""

from abc import abstractmethod

from scrapy import Request, Spider

from crawler.clock import Clock
from crawler.faults import Fault
from crawler.hosts import Hosts
from crawler.state import CrawlState


class PoliteSpider(Spider):
    """A spider with what the middlewares need of it: memory of hosts and robots.txt, a clock, an ear for trouble."""

    state: CrawlState
    hosts: Hosts
    clock: Clock

    @abstractmethod
    def robots_failed(self, request: Request, url: str, fault: Fault) -> None:
        """The robots.txt at `url`, without which `request` is not made, cannot be had."""
