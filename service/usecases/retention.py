"""Tidy: forget what is kept for a time only, some at a time, and say how much that was. Articles stay for ever."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.domain.article import WIB
from service.ports import Clock, Fading, FadingRows, OldFiles

AT_ONCE = 1_000
"""Rows in one transaction: the ingest waits no longer for it than for one of its own batches."""
MOST = 200
"""Batches of one kind in one run; a backlog of years is worked off run by run."""

Chore = Callable[[], int]
"""Forgets what is over of itself; how much."""


@dataclass(slots=True)
class TidyReport:
    """How much was forgotten, or would be, by kind; `is_done` where nothing old is left."""

    counts: dict[str, int] = field(default_factory=dict)
    is_done: bool = True

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.counts.values())


class Tidy:
    """Forgets rows and archived files that are older than they are to be kept, and does the small chores beside."""

    def __init__(
        self,
        rows: FadingRows,
        files: OldFiles,
        clock: Clock,
        kept: Mapping[Fading, timedelta],
        *,
        archive: timedelta | None,
        chores: Mapping[str, Chore],
    ) -> None:
        """`kept` says how long rows are kept; what it does not name stays. Without `archive` every file stays."""
        self._rows = rows
        self._files = files
        self._clock = clock
        self._kept = kept
        self._archive = archive
        self._chores = chores

    def run(self) -> TidyReport:
        """Forget what is old; what is too much for one run is left to the next."""
        report = TidyReport()
        for kind, kept in self._kept.items():
            report.counts[kind] = self._drop(kind, kept, report)
        report.counts["archive"] = sum(self._files.drop_day(day) for day, _ in self._old_days())
        for name, chore in self._chores.items():
            report.counts[name] = chore()
        return report

    def would(self) -> TidyReport:
        """What a run would forget; nothing is changed, and the small chores are not asked."""
        now = self._clock()
        report = TidyReport({kind: self._rows.count_before(kind, now - kept) for kind, kept in self._kept.items()})
        report.counts["archive"] = sum(files for _, files in self._old_days())
        return report

    def _drop(self, kind: Fading, kept: timedelta, report: TidyReport) -> int:
        before, total = self._clock() - kept, 0
        for _ in range(MOST):
            dropped = self._rows.drop_before(kind, before, AT_ONCE)
            total += dropped
            if dropped < AT_ONCE:
                return total
        report.is_done = False
        return total

    def _old_days(self) -> Sequence[tuple[date, int]]:
        if self._archive is None:
            return ()
        return self._files.days_before((self._clock() - self._archive).astimezone(WIB).date())
