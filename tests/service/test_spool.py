import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, capture, publish
from service.adapters.spool import SpoolFolder
from service.errors import ArchiveDamaged
from tests.service.builders import a_page

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


@pytest.fixture
def spool(tmp_path: Path) -> SpoolFolder:
    return SpoolFolder(tmp_path / "spool", tmp_path / "archive")


def a_file(spool: SpoolFolder, name: str, age: int = 1) -> str:
    path = spool.folder / name
    path.write_bytes(b"x")
    os.utime(path, (NOW.timestamp() - age, NOW.timestamp() - age))
    return name


def test_finished_files_come_oldest_first_and_unfinished_ones_never(spool: SpoolFolder) -> None:
    younger = a_file(spool, "a.warc.gz", age=1)
    older = a_file(spool, "b.warc.gz", age=9)
    a_file(spool, "c.warc.gz.part", age=20)
    assert spool.pending() == [older, younger]


def test_a_file_moves_to_the_day_in_jakarta(spool: SpoolFolder, tmp_path: Path) -> None:
    name = a_file(spool, "a.warc.gz")
    archive_name = spool.archive_name(name, NOW)
    assert archive_name == "2026/11/23/a.warc.gz"
    spool.archive(name, archive_name)
    assert (tmp_path / "archive" / archive_name).read_bytes() == b"x"
    assert spool.pending() == []


def test_a_file_is_read_as_its_articles(spool: SpoolFolder) -> None:
    writer = ArchiveWriter(spool.folder, "test")
    writer.add("a1", [a_page()], NOW)
    name = writer.seal()
    assert name is not None
    publish(spool.folder, name)
    (article,) = spool.read(name)
    assert [page.url for page in article] == [a_page().url]


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"\x1f\x8b\x08" + bytes(50)])
def test_a_file_without_a_readable_article_is_damaged(spool: SpoolFolder, content: bytes) -> None:
    name = a_file(spool, "a.warc.gz")
    (spool.folder / name).write_bytes(content)
    with pytest.raises(ArchiveDamaged):
        list(spool.read(name))


def test_a_file_that_cannot_be_opened_is_damaged(spool: SpoolFolder) -> None:
    (spool.folder / "a.warc.gz").mkdir()
    with pytest.raises(ArchiveDamaged, match="IsADirectoryError"):
        list(spool.read("a.warc.gz"))


def test_a_file_set_aside_waits_no_longer_and_is_kept(spool: SpoolFolder) -> None:
    kept = spool.set_aside(a_file(spool, "a.warc.gz"))
    assert kept == str(spool.folder / "a.warc.gz.damaged")
    assert Path(kept).read_bytes() == b"x"
    assert spool.pending() == []


def test_a_file_of_pages_that_are_the_same_as_before_is_whole_and_holds_no_article(spool: SpoolFolder) -> None:
    page = a_page()
    writer = ArchiveWriter(spool.folder, "test")
    writer.add_revisits("a1", [(page, capture(page))], NOW)
    name = writer.seal()
    assert name is not None
    publish(spool.folder, name)
    assert list(spool.read(name)) == []
