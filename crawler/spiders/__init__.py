"""The Scrapy spider that discovers and fetches articles, and the readers of feeds, sitemaps and listings."""
