"""Pages: how they are discovered, fetched, archived and read. Importing this package never loads Scrapy."""

from crawler.page import Extraction, ExtractionError, Page

__all__ = ["Extraction", "ExtractionError", "Page"]
