"""Live progress of the long stages on the terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawler.events import Event, PageEvent, SourceEvent
from service.app import App
from service.cli.console import errors
from service.usecases.crawling import CrawlReport
from service.usecases.ingest import IngestReport
from service.usecases.reanalysis import ReanalysisReport


@contextmanager
def stages() -> Iterator[Progress]:
    """A display with one line a stage, on standard error; plain lines where that is no terminal."""
    progress = Progress(
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description:10}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", style="dim", markup=False),
        console=errors,
    )
    with progress:
        yield progress


@contextmanager
def stage(progress: Progress, name: str) -> Iterator[Callable[[str], None]]:
    """A line for a short stage, finished when the block ends; the block is given a function that notes its result."""
    task = progress.add_task(name, total=1, note="")

    def note(result: str) -> None:
        progress.update(task, note=result)

    yield note
    progress.update(task, completed=1)


def crawl_with_progress(app: App, progress: Progress, outlets: Sequence[str] = ()) -> CrawlReport:
    """Crawl, with the pages fetched so far on the terminal."""
    task = progress.add_task("crawl", total=None, note="")
    pages = 0

    def show(event: Event) -> None:
        nonlocal pages
        if isinstance(event, PageEvent):
            pages += event.pages
        if isinstance(event, PageEvent | SourceEvent):
            progress.update(task, completed=pages, note=f"{event.outlet} {event.reason}")

    report = app.crawl(outlets, show, quiet=True)
    progress.update(task, completed=report.pages, total=report.pages, note=_summary(report))
    return report


def _summary(report: CrawlReport) -> str:
    summary = f"{report.articles} articles"
    if report.again:
        summary += f"; {report.again} looked at again: {report.changed} changed, {report.gone} gone"
    return summary


def ingest_with_progress(app: App, progress: Progress) -> IngestReport:
    """Ingest the spool, with the articles read so far on the terminal."""
    task = progress.add_task("ingest", total=None, note="")

    def show(report: IngestReport) -> None:
        progress.update(task, completed=report.read, note=f"{report.new} new, {report.figures} figures")

    report = app.ingest(show)
    progress.update(task, completed=report.read, total=report.read, note=f"{report.new} new articles")
    return report


def reanalyse_with_progress(
    app: App, progress: Progress, *, everything: bool = False, limit: int | None = None
) -> ReanalysisReport:
    """Understand stored articles anew, with how many have had their turn on the terminal."""
    task = progress.add_task("reanalyse", total=None, note="")

    def show(report: ReanalysisReport) -> None:
        note = f"{report.tone} changed tone, {report.relevance} relevance"
        if report.unread:
            note += f", {report.unread} cannot be read"
        # What cannot be read is on top of the limit.
        progress.update(task, completed=report.done, total=max(report.total, report.done), note=note)

    report = app.reanalyse(show, everything=everything, limit=limit)
    progress.update(task, completed=report.done, total=report.done)
    return report
