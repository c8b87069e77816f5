"""`pantau reanalyse`: stored articles understood anew by today's rules."""

from typing import Annotated

import typer

from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.cli.progress import reanalyse_with_progress, stages
from service.settings import load_settings
from service.usecases.reanalysis import ReanalysisReport

_SHOWN_FILES = 20


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(reanalyse)


def reanalyse(
    everything: Annotated[
        bool, typer.Option("--all", help="Also articles that today's version understood; begins from the start.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Understand anew at most so many articles.")] = None,
) -> None:
    """Understand anew every stored article of another version of the analysis, from its archived page.

    The newest are first. An interrupted run is gone on with by the next. Old news raise no alerts.
    """
    set_up_logs("ERROR")
    with App(load_settings()) as app:
        with stages() as progress:
            report = reanalyse_with_progress(app, progress, everything=everything, limit=limit)
        waiting = app.store.counts()["not_indexed"]
    _print(report, waiting)


def _print(report: ReanalysisReport, waiting: int) -> None:
    if not report.total:
        output.print("Nothing to do: every article was understood by the current version. --all does them once more.")
        return
    output.print(
        f"{report.anew:,} articles understood anew: {report.tone:,} changed their tone, "
        f"{report.relevance:,} their relevance; {report.alerts:,} alerts."
    )
    if report.unread:
        output.print(f"{report.unread:,} could not be read and stay as they were.")
    if report.without_file:
        errors.print(f"  {report.without_file:,}: no archive file is known")
    for file in report.files[:_SHOWN_FILES]:
        errors.print(f"  {file.articles:,}: {file.reason}")
    if len(report.files) > _SHOWN_FILES:
        errors.print(f"  … and {len(report.files) - _SHOWN_FILES} more files.")
    if waiting:
        output.print(f"{waiting:,} articles wait for the search index; the worker or pantau index puts them in.")
