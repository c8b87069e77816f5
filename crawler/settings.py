"""The Scrapy settings of a job. This is all the Scrapy project there is."""

from typing import Any

from crawler.job import CrawlJob

# Without any delay Scrapy 2.19 starts all waiting requests of a host at once: it counts a transfer only when its task
# first runs, after the loop that looks for free slots. With the smallest delay it looks again between two requests.
_SMALLEST_DELAY = 0.001


def scrapy_settings(job: CrawlJob) -> dict[str, Any]:
    """Scrapy's settings for this job."""
    limits = job.limits
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
        # A proxy would resolve names out of the resolver's sight.
        "HTTPPROXY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        # http and https only
        "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
        # Pace
        "CONCURRENT_REQUESTS": limits.concurrent,
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
        # News pages refresh themselves; that is no redirect.
        "METAREFRESH_ENABLED": False,
        "CLOSESPIDER_TIMEOUT": limits.seconds,
        "CLOSESPIDER_ITEMCOUNT": limits.articles,
        # The spider looks at every status itself, and knows duplicates by their canonical URL.
        "HTTPERROR_ALLOW_ALL": True,
        # Sources name the newest first.
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.middlewares.BudgetMiddleware": 50,
            "crawler.middlewares.RobotsMiddleware": 100,
            "crawler.middlewares.RetryMiddleware": 550,
        },
        "ITEM_PIPELINES": {"crawler.pipelines.ArchivePipeline": 100},
        # No doors into the process
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # Quiet: what happened is told by events
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "STATS_DUMP": False,
    }
