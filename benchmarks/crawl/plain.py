"""The peer: Scrapy as it comes, fetching a list of URLs and nothing else.

`python -m benchmarks.crawl.plain` reads `{"urls": [...], "concurrent": 32, "per_host": 2}` and prints how many it got.
Our resolver stands in for the system's, which does not know `*.localhost` everywhere; all else is Scrapy's default
but for the pace and for robots.txt, which is not asked for.
"""

import json
import sys
from collections.abc import AsyncIterator, Sequence

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class PlainSpider(Spider):
    """Fetches its URLs and counts them."""

    name = "plain"
    fetched = 0

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__()
        self._urls = urls

    async def start(self) -> AsyncIterator[Request]:
        """Every URL."""
        for url in self._urls:
            yield Request(url)

    def parse(self, response: Response) -> None:
        """Count the page."""
        self.fetched += response.status == 200


def main() -> None:
    """Fetch the URLs that standard input names."""
    job = json.load(sys.stdin)
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": job["concurrent"],
            "CONCURRENT_REQUESTS_PER_DOMAIN": job["per_host"],
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "ALLOW_LOOPBACK": True,
            "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
            "LOG_LEVEL": "WARNING",
        }
    )
    crawler = process.create_crawler(PlainSpider)
    process.crawl(crawler, urls=job["urls"])
    process.start()
    spider = crawler.spider
    assert isinstance(spider, PlainSpider)
    print(spider.fetched)


if __name__ == "__main__":
    main()
