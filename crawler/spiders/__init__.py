"""Scrapy spiders that discover articles: feed, sitemap, listing."""
