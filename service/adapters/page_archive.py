"""The page archive as a folder of WARC files: finds the pages of one article in one of them."""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from crawler.archive import ArchiveError, read_articles
from crawler.page import Page
from crawler.urls import article_id as id_of
from crawler.urls import canonical_url
from service.errors import ArchiveDamaged

_HEAD_BYTES = 300_000
_HEAD_TAG = re.compile(rb"<(?:link|meta)\s[^>]{1,3000}+>", re.IGNORECASE)
_ADDRESS = re.compile(r"\s(?:href|content)\s*=\s*[\"']?([^\"'\s>]{1,2083})", re.IGNORECASE)


class ArchiveFolder:
    """Reads what ingest moved into the archive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pages(self, archive_name: str, article_id: str, fetched: datetime | None = None) -> tuple[Page, ...]:
        """The article's pages in that file, of several fetches those of the one at `fetched`.

        Empty where file or article is not there; ArchiveDamaged where it may be behind what cannot be read.
        """
        path = (self._folder / archive_name).resolve()
        if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
            return ()
        try:
            for pages in read_articles(path):
                if _is_of(pages[0], article_id) and fetched in (None, pages[0].fetched):
                    return pages
        except (OSError, ArchiveError) as error:
            raise ArchiveDamaged(f"{archive_name}: {error}") from error
        return ()


def _is_of(page: Page, article_id: str) -> bool:
    """Whether the page is one of the article: fetched as it, or calling itself so by its canonical address."""
    return not page.is_gone and any(found == article_id for found in (page.article, *_named_ids(page)))


def _named_ids(page: Page) -> Iterator[str]:
    """The ids of the addresses that the page has or claims."""
    for address in (page.url, *_claims(page)):
        try:
            yield id_of(canonical_url(urljoin(page.url, address)))
        except ValueError:
            continue


def _claims(page: Page) -> Iterator[str]:
    for tag in _HEAD_TAG.finditer(page.body[:_HEAD_BYTES]):
        text = tag.group().decode("utf-8", "replace")
        if ("canonical" in text or "og:url" in text) and (address := _ADDRESS.search(text)) is not None:
            yield html.unescape(address[1])
