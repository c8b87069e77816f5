"""Speed of the crawl: a served site of many hosts, plain Scrapy and our crawl in one run."""
