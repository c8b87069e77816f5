"""The page archive as a folder of WARC files: finds the pages of one article in one of them."""

from datetime import datetime
from pathlib import Path

from crawler.archive import ArchiveError, read_articles
from crawler.identity import claims, identity
from crawler.page import Page
from crawler.urls import article_id as id_of
from service.errors import ArchiveDamaged

_HEAD_BYTES = 300_000


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
    if page.is_gone:
        return False
    return article_id in (page.article, _own_id(page))


def _own_id(page: Page) -> str:
    """The id of the article that the page says it is."""
    try:
        return id_of(identity(page.url, claims(page.body[:_HEAD_BYTES].decode("utf-8", "replace"))))
    except ValueError:
        return ""
