"""The spool: WARC files that the crawler finished and ingest has not yet read, and the archive they move to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from crawler.archive import ArchiveError, holds_revisits, read_articles
from crawler.page import Page
from service.domain.article import WIB
from service.errors import ArchiveDamaged, ArchiveUnwritable

DAMAGED = ".damaged"


class SpoolFolder:
    """A folder of finished WARC files beside the archive folder, both on one file system."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self.folder = folder
        self._archive = archive
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with _writing(archive):
            archive.mkdir(parents=True, exist_ok=True)

    def pending(self) -> list[str]:
        """Finished files, oldest first; a file still being written ends in `.part` and is left alone."""
        files = sorted(self.folder.glob("*.warc.gz"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return [path.name for path in files]

    def read(self, name: str) -> Iterator[tuple[Page, ...]]:
        """The file's articles; ArchiveDamaged behind the last one before damage.

        A file without any is damaged too, unless it says of articles that they are the same as before.
        """
        count = 0
        try:
            for pages in read_articles(self.folder / name):
                count += 1
                yield pages
            is_empty = count == 0 and not holds_revisits(self.folder / name)
        except (OSError, ArchiveError) as error:
            raise ArchiveDamaged(f"{type(error).__name__}: {error}") from error
        if is_empty:
            raise ArchiveDamaged("no article can be read from it")

    def archive_name(self, name: str, now: datetime) -> str:
        """Where the file will lie, relative to the archive: YYYY/MM/DD/name, by day in Asia/Jakarta."""
        return f"{now.astimezone(WIB):%Y/%m/%d}/{name}"

    def archive(self, name: str, archive_name: str) -> None:
        """Move the file into the archive; ArchiveUnwritable where that takes none, then the file stays in the spool."""
        target = self._archive / archive_name
        with _writing(self._archive):
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).replace(target)

    def set_aside(self, name: str) -> str:
        """Rename the file to `….damaged` where it lies, so that it is not read again."""
        path = self.folder / name
        with _writing(self.folder):
            return str(path.replace(path.with_name(name + DAMAGED)))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Tells what the system says of a full disk, or of one that may not be written, as ArchiveUnwritable."""
    try:
        yield
    except OSError as error:
        raise ArchiveUnwritable(
            f"cannot write to {folder}: {error.strerror}; make room on the disk, or give Pantau the right to write"
            " there; nothing is lost, the next run goes on"
        ) from error
