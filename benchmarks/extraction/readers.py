"""The readers that the benchmarks compare, each from a page's bytes to its text."""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import trafilatura
from lxml.etree import LxmlError
from lxml.html import document_fromstring
from readability import Document
from readability.readability import Unparseable

from crawler.decode import decode
from crawler.extract import extract, pages_from_files
from crawler.extract_text import lines_of
from crawler.page import ExtractionError

Reader = Callable[[bytes, str], str]


def ours(body: bytes, url: str) -> str:
    """What our extraction reads; nothing where it refuses the page."""
    try:
        return extract(pages_from_files(url, [body])).text
    except ExtractionError:
        return ""


def plain_trafilatura(body: bytes, url: str) -> str:
    """What trafilatura alone reads when it favours precision."""
    return trafilatura.extract(body, url=url, favor_precision=True, include_comments=False) or ""


def plain_readability(body: bytes, url: str) -> str:
    """What readability alone takes for the article."""
    try:
        summary = Document(decode(body, {}), url=url).summary(html_partial=True)
        return "\n".join(lines_of(document_fromstring(summary))) if summary.strip() else ""
    except (Unparseable, LxmlError, ValueError):
        return ""


READERS: dict[str, Reader] = {
    "ours": ours,
    "trafilatura, favor_precision": plain_trafilatura,
    "readability-lxml": plain_readability,
}


@dataclass(slots=True)
class Stopwatch:
    """CPU-seconds spent in readings."""

    seconds: float = 0.0

    def read(self, reader: Reader, body: bytes, url: str) -> str:
        """The reader's text, its time added up."""
        start = process_time()
        text = reader(body, url)
        self.seconds += process_time() - start
        return text
