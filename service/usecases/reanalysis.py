"""Reanalysis: understand stored articles anew by today's rules, from their archived pages."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.errors import ArchiveDamaged
from service.ports import Analyse, ArticleStore, PageArchive, Understood
from service.usecases.ingest import PROBE, Ingest, IngestReport

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """An archive file that is not there or is damaged, and how many articles were left as they are for that."""

    name: str
    reason: str
    articles: int


@dataclass(slots=True)
class ReanalysisReport:
    """What became of the articles that were to be understood anew.

    `total` is how many were to be, `anew` how many were. `relevance` and `tone` of them changed theirs, as it is shown:
    where a person decided, that holds. `unread` were left as they are, because their page could not be had or read;
    `without_file` of them because no file is known, and `files` tells of those whose file is at fault.
    """

    total: int = 0
    anew: int = 0
    tone: int = 0
    relevance: int = 0
    alerts: int = 0
    unread: int = 0
    without_file: int = 0
    files: list[UnreadFile] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many have had their turn."""
        return self.anew + self.unread


OnReanalysis = Callable[[ReanalysisReport], None]


def version_of(analyse: Analyse) -> str:
    """The version that the analyser writes into its analyses now, wherever it runs; its models are loaded for it."""
    return analyse([PROBE])[0].version


class Reanalyse:
    """Understands anew what an analyser of another version understood.

    What is done has the version of today, so a run that was cut short is gone on with by the next.
    """

    def __init__(self, store: ArticleStore, archive: PageArchive, ingest: Ingest, version: Callable[[], str]) -> None:
        """`version` tells the analyser's current version."""
        self._store = store
        self._archive = archive
        self._ingest = ingest
        self._version = version

    def run(
        self, on_progress: OnReanalysis = lambda report: None, *, everything: bool = False, limit: int | None = None
    ) -> ReanalysisReport:
        """Understand anew at most `limit` articles, those of the newest archive files first.

        With `everything` also those of the current version; such a run begins from the start each time. Articles whose
        page cannot be had stay as they are and are counted; StoreError ends the run.
        """
        current = None if everything else self._version()
        files = self._store.outdated(current)
        total = sum(count for _, count in files)
        report = ReanalysisReport(total=total if limit is None else min(total, limit))
        on_progress(report)
        for name, _ in files:
            if limit is not None and report.anew >= limit:
                break
            outdated = [it for it in self._store.understood(name) if _is_outdated(it, current)]
            if name is None:
                report.without_file += len(outdated)
                report.unread += len(outdated)
            else:
                self._file(name, outdated, limit, report, on_progress)
            on_progress(report)
        return report

    def _file(
        self,
        name: str,
        outdated: Sequence[Understood],
        limit: int | None,
        report: ReanalysisReport,
        on_progress: OnReanalysis,
    ) -> None:
        """Understand these articles of the file anew, as far as the limit lets, and report what came of it."""
        reasons: list[str] = []
        unread, rest = report.unread, outdated
        # What cannot be read does not count against the limit, or it would stand before the others for ever.
        while rest and (limit is None or report.anew < limit):
            some = rest if limit is None else rest[: limit - report.anew]
            rest = rest[len(some) :]
            reasons += self._read(name, some, report, on_progress)
        if reasons and report.unread > unread:
            report.files.append(UnreadFile(name, reasons[0], report.unread - unread))
        known = {it.id: it for it in outdated}
        for after in self._store.understood(name):
            if after.id in known:
                report.tone += after.tone != known[after.id].tone
                report.relevance += after.relevance != known[after.id].relevance

    def _read(
        self, name: str, some: Sequence[Understood], report: ReanalysisReport, on_progress: OnReanalysis
    ) -> list[str]:
        """Understand these articles anew; what is wrong with the file, if anything is."""
        before, read = report.anew, IngestReport()

        def show(so_far: IngestReport) -> None:
            nonlocal read
            read = so_far
            report.anew = before + so_far.changed
            on_progress(report)

        wanted = {it.id: it.fetched for it in some}
        reasons = []
        try:
            pages = self._archive.articles(name, wanted)
            self._ingest.batch(pages, name, on_progress=show, again=True, only=wanted.keys())
        except ArchiveDamaged as error:
            reasons.append(str(error))
            logger.warning("archive file cannot be read", extra={"file": name, "reason": str(error)})
        report.unread += len(some) - read.changed
        report.alerts += read.alerts
        return reasons


def _is_outdated(article: Understood, current: str | None) -> bool:
    return current is None or article.version != current or article.lacks_text
