"""What the spider found out about an article, on its way into the archive."""

from dataclasses import dataclass

from crawler.archive import Capture
from crawler.link import Link
from crawler.page import Page
from crawler.watch import Watch


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """All pages of an article: of a new one, or of one that was looked at `again` and has changed.

    `watch` says when it is looked at next, None where it is not.
    """

    link: Link
    id: str
    pages: tuple[Page, ...]
    again: bool = False
    watch: Watch | None = None


@dataclass(frozen=True, slots=True)
class SameArticle:
    """An article that was looked at again: its pages, and the earlier ones that they equal."""

    link: Link
    id: str
    pages: tuple[tuple[Page, Capture], ...]
    watch: Watch | None


@dataclass(frozen=True, slots=True)
class GoneArticle:
    """An article that its outlet has taken down, and the answer that said so."""

    link: Link
    id: str
    answer: Page


Finding = FetchedArticle | SameArticle | GoneArticle
