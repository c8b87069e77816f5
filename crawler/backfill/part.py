"""One part of a WARC file: its wanted pages, put together as articles."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from crawler.backfill.wanted import Wanted
from crawler.page import Page
from crawler.pager import ALL, page_number
from crawler.urls import article_id, canonical_url
from crawler.warc import Damage, read_records


@dataclass(frozen=True, slots=True)
class Part:
    """The records of a file that begin from byte `start` on and before byte `stop`.

    `source` tells the file's content from others', wherever it lies and however it is called.
    """

    path: Path
    source: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with its pages in order."""

    id: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class PartReading:
    """What a part holds. `responses` counts all, `left_out` those that are not kept, by reason."""

    articles: tuple[FoundArticle, ...]
    responses: int
    left_out: Mapping[str, int]
    damage: tuple[Damage, ...]


def read_part(part: Part, wanted: Wanted) -> PartReading:
    """The wanted articles of the part.

    It reads on behind its end while further pages of its articles follow, so that no article is cut in two there.
    """
    articles = _Articles()
    left_out: Counter[str] = Counter()
    damage: list[Damage] = []
    responses = 0
    with part.path.open("rb") as file:
        for item in read_records(file, part.start):
            if isinstance(item, Damage):
                damage.append(item)
                if item.offset >= part.stop:
                    break  # the next part begins behind it and does not see it
                continue
            page = wanted.page(item, part.path.name)
            if item.offset >= part.stop:
                if page is not None and not (isinstance(page, Page) and articles.take_further(page)):
                    break
                continue
            responses += page is not None
            if isinstance(page, Page):
                articles.take(page)
            elif page is not None:
                left_out[page] += 1
    kept = tuple(articles.put_together())
    left_out["twin-or-part"] = articles.count - sum(len(article.pages) for article in kept)
    return PartReading(kept, responses, +left_out, tuple(damage))


class _Articles:
    """Gathers the pages of articles: of every page of an article the first under the plainest address."""

    def __init__(self) -> None:
        self._pages: dict[str, dict[int, Page]] = {}
        self.count = 0

    def take(self, page: Page) -> None:
        """Add a page."""
        self.count += 1
        pages = self._pages.setdefault(article_id(canonical_url(page.url)), {})
        number = page_number(page.url)
        if number not in pages or _length(page.url) < _length(pages[number].url):
            pages[number] = page

    def take_further(self, page: Page) -> bool:
        """Add the page if it goes on with an article that is here; whether it does."""
        number = page_number(page.url)
        begun = self._pages.get(article_id(canonical_url(page.url)), {})
        if number == 1 or 1 not in begun:
            return False
        self.take(page)
        return True

    def put_together(self) -> Iterator[FoundArticle]:
        """The articles whose first page is here; a later page alone starts in the middle of a story."""
        for found, pages in self._pages.items():
            in_order = (pages[ALL],) if ALL in pages else tuple(_in_a_row(pages))
            if in_order:
                yield FoundArticle(found, in_order)


def _in_a_row(pages: Mapping[int, Page]) -> Iterator[Page]:
    number = 1
    while number in pages:
        yield replace(pages[number], number=number)
        number += 1


def _length(url: str) -> int:
    """How long the address is: twins, trackers and views make it longer."""
    parts = urlsplit(url)
    return len(parts.netloc.removeprefix("www.")) + len(parts.path) + len(parts.query)
