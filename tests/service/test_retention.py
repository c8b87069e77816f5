"""What is forgotten after a time, in bounded steps, and what is not."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from service.adapters.page_archive import ArchiveFolder
from service.ports import Fading
from service.usecases import retention
from service.usecases.retention import Tidy
from service.usecases.telling import tell_tidy
from tests.service.builders import NOW, ManualClock

DAY = timedelta(days=1)
KEPT: dict[Fading, timedelta] = {"fetch_events": 30 * DAY, "messages": 365 * DAY}


class Rows:
    """So many old rows of each kind; remembers how they were dropped."""

    def __init__(self, **old: int) -> None:
        self.old = Counter(old)
        self.steps: list[tuple[str, datetime, int]] = []

    def count_before(self, kind: Fading, before: datetime) -> int:
        return self.old[kind]

    def drop_before(self, kind: Fading, before: datetime, limit: int) -> int:
        dropped = min(limit, self.old[kind])
        self.old[kind] -= dropped
        self.steps.append((kind, before, dropped))
        return dropped


def an_archive(folder: Path, *days: str) -> ArchiveFolder:
    for day in days:
        (folder / day).mkdir(parents=True)
        (folder / day / "a.warc.gz").touch()
        (folder / day / "b.warc.gz").touch()
    return ArchiveFolder(folder)


def a_tidy(rows: Rows, archive: ArchiveFolder, kept_days: int = 0) -> Tidy:
    kept = kept_days * DAY if kept_days else None
    return Tidy(rows, archive, ManualClock(), KEPT, archive=kept, chores={"exports": lambda: 2})


def test_old_rows_are_dropped_in_bounded_steps_and_counted(tmp_path: Path) -> None:
    rows = Rows(fetch_events=2_500, messages=7)
    report = a_tidy(rows, ArchiveFolder(tmp_path)).run()
    assert report.counts == {"fetch_events": 2_500, "messages": 7, "archive": 0, "exports": 2}
    assert report.is_done
    assert rows.steps == [
        ("fetch_events", NOW - 30 * DAY, 1_000),
        ("fetch_events", NOW - 30 * DAY, 1_000),
        ("fetch_events", NOW - 30 * DAY, 500),
        ("messages", NOW - 365 * DAY, 7),
    ]
    assert tell_tidy(report) == "2.500 catatan pengambilan, 7 pesan terkirim, 2 berkas unduhan"


def test_what_is_too_much_for_one_run_is_left_to_the_next(tmp_path: Path) -> None:
    too_many = retention.AT_ONCE * retention.MOST + 1
    tidy = a_tidy(Rows(fetch_events=too_many), ArchiveFolder(tmp_path))
    first = tidy.run()
    assert (first.counts["fetch_events"], first.is_done) == (too_many - 1, False)
    assert tell_tidy(first).endswith("; sisanya pada giliran berikut")
    second = tidy.run()
    assert (second.counts["fetch_events"], second.is_done) == (1, True)


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path) -> None:
    rows, archive = Rows(fetch_events=3), an_archive(tmp_path, "2026/01/05")
    report = a_tidy(rows, archive, 90).would()
    assert report.counts == {"fetch_events": 3, "messages": 0, "archive": 2}
    assert rows.steps == []
    assert (tmp_path / "2026/01/05/a.warc.gz").exists()


def test_the_archive_is_kept_for_ever_unless_days_are_set(tmp_path: Path) -> None:
    archive = an_archive(tmp_path, "2020/01/05")
    assert a_tidy(Rows(), archive).run().counts["archive"] == 0
    assert (tmp_path / "2020/01/05/a.warc.gz").exists()


def test_archive_files_older_than_their_days_go_with_their_empty_folders(tmp_path: Path) -> None:
    archive = an_archive(tmp_path, "2025/12/31", "2026/08/24", "2026/08/25", "2026/11/23")
    (tmp_path / "catatan").mkdir()
    (tmp_path / "2026/13/99").mkdir(parents=True)
    assert archive.days_before(date(2026, 8, 25)) == [(date(2025, 12, 31), 2), (date(2026, 8, 24), 2)]
    assert a_tidy(Rows(), archive, 90).run().counts["archive"] == 4
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.warc.gz"))
    assert [name.rpartition("/")[0] for name in left[::2]] == ["2026/08/25", "2026/11/23"]
    assert not (tmp_path / "2025").exists()
    assert (tmp_path / "catatan").exists()
