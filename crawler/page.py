"""The values of this package: a page as it was fetched, and what was read from it.

Errors: ExtractionError (the page can never be read as it stands; quarantine it).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class ExtractionError(Exception):
    """The page cannot be read as an article; `reason` is one short word for counters, the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP response as it was archived.

    `url` is the final URL after redirects, `body` the decoded (un-gzipped) bytes, `headers` have lower-case names.
    `discovery` is how the article was found ("feed", "sitemap", "listing"), `via` the document that named it.
    `number` is 1 for an article's first page, 2 for `?page=2`, and so on. `article` is the id under which the crawler
    knows the article; empty for pages of other tools' archives.
    """

    url: str
    fetched: datetime
    status: int
    headers: Mapping[str, str]
    body: bytes
    outlet: str
    discovery: str = ""
    via: str | None = None
    number: int = 1
    article: str = ""
    origin: str | None = None
    """The record, in the file of another tool that `via` names, that this page was taken from."""

    @property
    def is_gone(self) -> bool:
        """Whether this is no page of the article but the outlet's answer that it is no more.

        The crawler archives 404, 410, or the redirect to the front page by which an outlet took a known article down.
        """
        return self.article != "" and not 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article's page or pages say. Times are aware UTC; `text` has one paragraph a line."""

    url: str
    canonical_url: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    next_pages: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    dateline: str | None = None
    image_url: str | None = None
    is_article: bool = True
    """False for tag, listing and search pages, which name much and report nothing."""
    is_whole: bool = True
    """False where the page shows that more of the article stands elsewhere: behind a wall, or on pages not had."""
    lead: str = ""
    """The first paragraph, without the dateline."""
    credits: tuple[str, ...] = ()
    """Marks of reporter and editor as printed at the end: "vyp/kna", "E-2", "Editor: Rina"."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Field name to where it was read: "outlet", "json-ld", "opengraph", "trafilatura", "readability", "visible"."""
    confidence: Mapping[str, float] = field(default_factory=dict)
    """Field name to how sure its reading is, from 0 to 1, for every field of `sources`."""
