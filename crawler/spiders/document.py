"""What feeds, sitemaps and listings have in common once they are read."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit


class DocumentError(Exception):
    """The document is not what its outlet's description says; `reason` is one short word, the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One article a document names: its absolute URL, what is said about it, and the day it gives."""

    url: str
    words: str = ""
    day: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a document names: articles, and further documents to read (a listing's next page, child sitemaps)."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()


def web_address(base: str, link: str) -> str | None:
    """The absolute http(s) URL that `link` means in the document at `base`, without fragment; None where it is none."""
    try:
        url = urljoin(base, link.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if link.strip() and parts.scheme in {"http", "https"} and parts.netloc else None
