"""The spool: WARC files that the crawler finished and ingest has not yet read, and the archive they move to."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from service.domain.article import WIB


class Spool:
    """A folder of finished WARC files beside the archive folder, both on one file system."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self.folder = folder
        self._archive = archive
        folder.mkdir(parents=True, exist_ok=True)
        archive.mkdir(parents=True, exist_ok=True)

    def pending(self) -> Iterator[Path]:
        """Finished files, oldest first; a file still being written ends in `.part` and is left alone."""
        yield from sorted(self.folder.glob("*.warc.gz"), key=lambda path: (path.stat().st_mtime_ns, path.name))

    def archive_name(self, path: Path, now: datetime) -> str:
        """Where the file will lie in the archive, relative to it: YYYY/MM/DD/name, by day in Asia/Jakarta."""
        return f"{now.astimezone(WIB):%Y/%m/%d}/{path.name}"

    def archive(self, path: Path, name: str) -> Path:
        """Move the file into the archive under `name`; where it lies now."""
        target = self._archive / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return path.replace(target)
