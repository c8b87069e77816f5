"""The page archive as a folder of WARC files: finds the pages of one article in one of them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from crawler.archive import ArchiveError, read_articles
from crawler.identity import claims, identity
from crawler.page import Page
from crawler.urls import article_id as id_of
from service.errors import ArchiveDamaged, ArchiveUnwritable

_HEAD_BYTES = 300_000


class ArchiveFolder:
    """Reads what ingest moved into the archive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pages(self, archive_name: str, article_id: str, fetched: datetime | None = None) -> tuple[Page, ...]:
        """The article's pages in that file, of several fetches those of the one at `fetched`.

        Empty where file or article is not there; ArchiveDamaged where it may be behind what cannot be read.
        """
        path = self._path(archive_name)
        if path is None:
            return ()
        try:
            for pages in read_articles(path):
                if _is_of(pages[0], article_id) and fetched in (None, pages[0].fetched):
                    return pages
        except (OSError, ArchiveError) as error:
            raise ArchiveDamaged(f"{archive_name}: {error}") from error
        return ()

    def articles(self, archive_name: str, wanted: Mapping[str, datetime | None]) -> Iterator[tuple[Page, ...]]:
        """The pages of the articles of these ids in that file, each as it was fetched then (None: whenever).

        What is not there is left out; ArchiveDamaged where there is no such file or it can be read no further.
        """
        path = self._path(archive_name)
        if path is None:
            raise ArchiveDamaged(f"{archive_name}: is not in the archive")
        try:
            for pages in read_articles(path):
                if _is_wanted(pages[0], wanted):
                    yield pages
        except (OSError, ArchiveError) as error:
            raise ArchiveDamaged(f"{archive_name}: {error}") from error

    def days_before(self, day: date) -> list[tuple[date, int]]:
        """The days before this one that have files, the oldest first, and how many."""
        found = [(of, len(files)) for folder, of in self._days() if of < day and (files := _files(folder))]
        return sorted(found)

    def drop_day(self, day: date) -> int:
        """Remove the files of the day; how many. ArchiveUnwritable where they cannot be removed."""
        folder = self._folder / f"{day:%Y/%m/%d}"
        files = _files(folder)
        try:
            for path in files:
                path.unlink(missing_ok=True)
            for empty in (folder, folder.parent, folder.parent.parent):
                if not any(empty.iterdir()):
                    empty.rmdir()
        except OSError as error:
            raise ArchiveUnwritable(f"{folder}: old files cannot be removed ({error.strerror})") from error
        return len(files)

    def _days(self) -> Iterator[tuple[Path, date]]:
        """The folders of days; what else lies in the archive is nobody's to remove."""
        for folder in self._folder.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]"):
            year, month, number = folder.parts[-3:]
            try:
                yield folder, date(int(year), int(month), int(number))
            except ValueError:
                continue

    def _path(self, archive_name: str) -> Path | None:
        """The file of that name, None where there is none in the archive."""
        path = (self._folder / archive_name).resolve()
        return path if path.is_relative_to(self._folder.resolve()) and path.is_file() else None


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def _is_of(page: Page, article_id: str) -> bool:
    """Whether the page is one of the article: fetched as it, or calling itself so by its canonical address."""
    if page.is_gone:
        return False
    return article_id in (page.article, _own_id(page))


def _is_wanted(page: Page, wanted: Mapping[str, datetime | None]) -> bool:
    """Whether the page is one of these articles, as it was fetched then."""

    def is_one(article: str) -> bool:
        return article in wanted and wanted[article] in (None, page.fetched)

    return not page.is_gone and (is_one(page.article) or is_one(_own_id(page)))


def _own_id(page: Page) -> str:
    """The id of the article that the page says it is."""
    try:
        return id_of(identity(page.url, claims(page.body[:_HEAD_BYTES].decode("utf-8", "replace"))))
    except ValueError:
        return ""
