import os
from datetime import UTC, datetime
from pathlib import Path

from service.adapters.spool import Spool

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def a_file(spool: Spool, name: str, age: int) -> Path:
    path = spool.folder / name
    path.write_bytes(b"x")
    os.utime(path, (NOW.timestamp() - age, NOW.timestamp() - age))
    return path


def test_finished_files_come_oldest_first_and_unfinished_ones_never(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", tmp_path / "archive")
    younger = a_file(spool, "a.warc.gz", age=1)
    older = a_file(spool, "b.warc.gz", age=9)
    a_file(spool, "c.warc.gz.part", age=20)
    assert list(spool.pending()) == [older, younger]


def test_a_file_moves_to_the_day_in_jakarta(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", tmp_path / "archive")
    path = a_file(spool, "a.warc.gz", age=1)
    name = spool.archive_name(path, NOW)
    assert name == "2026/11/23/a.warc.gz"
    assert spool.archive(path, name) == tmp_path / "archive" / name
    assert (tmp_path / "archive" / name).read_bytes() == b"x"
    assert list(spool.pending()) == []
