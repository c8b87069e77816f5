"""Extraction of a finished WARC file, in a process of its own."""

import time
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import read_articles
from crawler.extract import extract
from crawler.page import ExtractionError


@dataclass(frozen=True, slots=True)
class Extracted:
    """How many articles of a file were read, and the CPU seconds of reading the file and of extracting."""

    articles: int
    unread: int
    reading: float
    extracting: float


def extract_file(path: Path) -> Extracted:
    """Read the file's articles and extract each; what they cost."""
    begun = time.process_time()
    articles = list(read_articles(path))
    read = time.process_time()
    unread = 0
    for pages in articles:
        try:
            extract(pages)
        except ExtractionError:
            unread += 1
    return Extracted(len(articles), unread, read - begun, time.process_time() - read)


def load(number: int) -> None:
    """Have a process of the pool ready: starting it is no part of the rate."""
