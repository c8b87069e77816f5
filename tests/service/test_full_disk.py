"""A database or an archive that takes nothing more is named, and ingest goes on where it stopped once there is room."""

from contextlib import suppress
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, publish
from service.adapters.spool import SpoolFolder
from service.adapters.sql import SqlStore
from service.errors import ArchiveUnwritable, StoreError
from service.usecases.ingest import IngestSpool
from tests.disk import a_disk, remount
from tests.service.builders import NOW, a_page
from tests.service.test_ingest import Desk

COUNT = 40


def a_spool(folder: Path) -> SpoolFolder:
    """A spool with one file of as many articles."""
    spool = SpoolFolder(folder / "spool", folder / "archive")
    writer = ArchiveWriter(spool.folder, "test")
    for n in range(COUNT):
        writer.add(str(n), [a_page(f"berita-{n}")], NOW)
    name = writer.seal()
    assert name is not None
    publish(spool.folder, name)
    return spool


def test_an_archive_that_takes_no_file_is_named_and_the_file_waits(tmp_path: Path) -> None:
    spool, desk = a_spool(tmp_path), Desk()
    in_the_way = tmp_path / "archive" / spool.archive_name("x", desk.clock()).partition("/")[0]
    in_the_way.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(ArchiveUnwritable, match="make room"):
        IngestSpool(spool, desk.ingest, desk.clock).run()
    assert len(spool.pending()) == 1
    in_the_way.unlink()
    report = IngestSpool(spool, desk.ingest, desk.clock).run()
    assert (report.new, report.known) == (0, COUNT)
    assert spool.pending() == []


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_a_database_that_takes_nothing_more_is_named_and_with_room_every_article_is_stored(
    tmp_path: Path, trouble: str
) -> None:
    with a_disk(tmp_path / "disk", "20m") as disk:
        store = SqlStore(f"sqlite:///{disk / 'pantau.sqlite'}")
        store.migrate()
        spool, desk = a_spool(disk), Desk(store)
        if trouble == "full":
            _fill(disk)
        else:
            store.close()
            remount(disk, "ro")
        with pytest.raises((StoreError, ArchiveUnwritable), match=r"full|readonly|read-only|open|Read-only"):
            IngestSpool(spool, desk.ingest, desk.clock).run()
        if trouble == "full":
            (disk / "filler").unlink()
        else:
            remount(disk, "rw")
        report = IngestSpool(spool, desk.ingest, desk.clock).run()
        assert report.new + report.known == COUNT
        assert store.counts()["articles"] == COUNT
        assert spool.pending() == []
        store.close()


def _fill(disk: Path) -> None:
    """Leave no room on the file system."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 12):
            with suppress(OSError):
                while True:
                    filler.write(bytes(size))
