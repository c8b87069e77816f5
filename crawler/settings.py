"""The Scrapy settings of a job. This is all the Scrapy project there is."""

from typing import Any

from crawler.browser import browser_settings, find_browser
from crawler.job import CrawlJob
from crawler.probe import ProbeJob

# Without any delay Scrapy 2.19 starts all waiting requests of a host at once: it counts a transfer only when its task
# first runs, after the loop that looks for free slots. With the smallest delay it looks again between two requests.
_SMALLEST_DELAY = 0.001

# Exactly these, named in full instead of switched off one by one: what Scrapy adds to its defaults (2.19 a door that
# runs code) does not come in by itself, and what is not used is not imported, which is half of the process's start.
# Left out on purpose: proxies (they resolve names out of our sight), cookies, credentials, caches, meta refresh (news
# pages refresh themselves), off-site filtering (the spider knows whose host is whose), all spider middlewares (depth,
# referer, length of URLs, statuses: the spider looks to what it needs of these).
_EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
_DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.BudgetMiddleware": 50,
    "crawler.browser.BrowserMiddleware": 60,
    "crawler.middlewares.HostMiddleware": 75,
    "crawler.middlewares.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.middlewares.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
}


def probe_settings(job: ProbeJob) -> dict[str, Any]:
    """Scrapy's settings for a look at outlets: those of a crawl, but nothing is counted or archived."""
    middlewares = {name: place for name, place in _DOWNLOADER_MIDDLEWARES.items() if "BudgetMiddleware" not in name}
    return {**scrapy_settings(job), "DOWNLOADER_MIDDLEWARES": middlewares, "ITEM_PIPELINES": {}}


def scrapy_settings(job: CrawlJob | ProbeJob) -> dict[str, Any]:
    """Scrapy's settings for this job."""
    limits = job.limits
    browser = find_browser(job.browser) if any(outlet.javascript for outlet in job.outlets) else None
    return {
        # Who we are and what we obey
        "BOT_NAME": "pantau",
        "USER_AGENT": job.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "id,en;q=0.5",
        },
        "ALLOW_LOOPBACK": job.allow_loopback,
        "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REFERRER_POLICY": "no-referrer",
        # http and https only
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
        # Pace
        "CONCURRENT_REQUESTS": limits.concurrent,
        # So many tasks Scrapy starts for every response; ours yield one article, or requests that wait for nothing.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.per_host,
        "DOWNLOAD_DELAY": max(limits.delay, _SMALLEST_DELAY),
        "AUTOTHROTTLE_ENABLED": limits.autothrottle,
        "AUTOTHROTTLE_START_DELAY": limits.delay,
        "AUTOTHROTTLE_MAX_DELAY": 30.0,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        # Bounds
        "DOWNLOAD_MAXSIZE": limits.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "RETRY_TIMES": limits.retries,
        "RETRY_DELAY": limits.retry_delay,
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REDIRECT_MAX_TIMES": limits.redirects,
        "CLOSESPIDER_TIMEOUT": limits.seconds,
        "CLOSESPIDER_ITEMCOUNT": limits.articles,
        # The spider looks at every status itself, and knows duplicates by their canonical URL.
        "HTTPERROR_ALLOW_ALL": True,
        # Sources name the newest first.
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": _DOWNLOADER_MIDDLEWARES,
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": _EXTENSIONS,
        "ITEM_PIPELINES": {"crawler.pipelines.ArchivePipeline": 100},
        # Quiet: what happened is told by events
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        **browser_settings(browser, limits.timeout, job.user_agent),
    }
