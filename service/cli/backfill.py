"""`pantau backfill`: what others archived, through the same path as what was crawled."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from crawler.backfill.run import BackfillReport, OnPart
from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.cli.progress import ingest_with_progress, stages
from service.domain.article import WIB
from service.settings import load_settings

_DAY = ["%Y-%m-%d"]
_SHOWN_DAMAGE = 20
_MEGABYTE = 1_000_000

_REASONS = {
    "not-named": "do not name the agency",
    "not-html": "are no web page, or one that was not found",
    "other-outlet": "are no article of the outlets asked for",
    "other-time": "were fetched at another time",
    "twin-or-part": "are a twin of another page, or go on with an article whose beginning is not there",
    "kept-before": "were kept before",
    "too-large": "are too large",
    "unreadable": "cannot be unpacked",
    "no-address": "have no usable address",
}


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(backfill)


def backfill(
    warc: Annotated[list[str], typer.Option(help="A WARC file, plain or packed; may be repeated, or more may follow.")],
    more: Annotated[list[str] | None, typer.Argument(help="More WARC files.", metavar="FILE")] = None,
    outlet: Annotated[
        list[str] | None, typer.Option(help="Only articles of this outlet (its id); may be repeated.")
    ] = None,
    outlets: Annotated[bool, typer.Option("--outlets", help="Only articles of the outlets in outlets.toml.")] = False,
    names: Annotated[
        bool | None,
        typer.Option(
            "--names/--any-text",
            help="Only pages that name the agency, or any. Unless said: those that name it; of outlets, any.",
        ),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Only pages fetched on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Only pages fetched on this day or before.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Reading processes.")] = os.cpu_count() or 1,
    again: Annotated[
        bool, typer.Option("--again", help="Also what an earlier backfill of these files has read.")
    ] = False,
    ingest: Annotated[
        bool, typer.Option("--ingest/--no-ingest", help="Read what is kept into the store, or leave it to the worker.")
    ] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Keep the wanted pages of WARC files, such as Common Crawl's CC-NEWS, and ingest them like crawled ones.

    Which files were read is remembered: an interrupted backfill goes on where it was, and a finished one does nothing.
    """
    files = _files([*warc, *(more or [])])
    chosen = outlet or ([] if outlets else None)
    by_names = chosen is None if names is None else names
    if chosen is None and not by_names:
        raise typer.BadParameter("--any-text needs --outlets or --outlet: a whole archive of any text is no coverage")
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        begun = time.monotonic()
        with _progress(quiet=quiet) as on_part:
            report = app.backfill(
                files,
                on_part,
                outlets=chosen,
                by_names=by_names,
                since=since.replace(tzinfo=WIB) if since else None,
                until=until.replace(tzinfo=WIB) + timedelta(days=1) if until else None,
                processes=processes,
                again=again,
            )
        _print(report, time.monotonic() - begun)
        if ingest:
            _ingest(app, quiet=quiet)


def _files(given: Sequence[str]) -> list[Path]:
    for name in given:
        if "://" in name:
            raise typer.BadParameter(f"{name} is an address: download it first, then give the file")
    paths = [Path(name) for name in given]
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise typer.BadParameter(f"no such file: {', '.join(missing)}")
    return paths


@contextmanager
def _progress(*, quiet: bool) -> Iterator[OnPart]:
    """Bytes, pages a second, what is kept and how long it takes still; nothing where it shall be quiet."""
    if quiet:
        yield lambda report: None
        return
    progress = Progress(
        TextColumn("{task.description:10}"),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", style="dim", markup=False),
        console=errors,
    )
    with progress:
        task = progress.add_task("backfill", total=None, note="")

        def show(report: BackfillReport) -> None:
            elapsed = progress.tasks[task].elapsed or 1.0
            progress.update(
                task,
                total=report.bytes - report.before,
                completed=report.read,
                note=f"{report.responses / elapsed:,.0f} pages/s, {report.articles:,} articles kept",
            )

        yield show


def _print(report: BackfillReport, seconds: float) -> None:
    if report.bytes and report.before == report.bytes:
        output.print("Nothing to do: these files were read before. --again reads them once more.")
        return
    if report.before:
        output.print(f"{report.before / _MEGABYTE:,.1f} MB were read before.")
    output.print(
        f"{report.responses:,} pages read ({report.read / _MEGABYTE:,.1f} MB) in {seconds:,.1f} s: "
        f"{report.responses / seconds:,.0f} pages/s, {report.read / _MEGABYTE / seconds:,.1f} MB/s."
    )
    output.print(f"{report.articles:,} articles of {report.pages:,} pages kept.")
    for reason, count in report.left_out.most_common():
        if count:
            output.print(f"  {count:,} {_REASONS[reason]}", highlight=False)
    for name, damage in report.damage[:_SHOWN_DAMAGE]:
        errors.print(f"  {name}: damaged at byte {damage.offset}: {damage.reason}")
    if len(report.damage) > _SHOWN_DAMAGE:
        errors.print(f"  … and {len(report.damage) - _SHOWN_DAMAGE} more damaged places.")


def _ingest(app: App, *, quiet: bool) -> None:
    if quiet:
        report = app.ingest()
    else:
        with stages() as progress:
            report = ingest_with_progress(app, progress)
    output.print(
        f"{report.new} new articles ({report.relevant} relevant), {report.known} known, {report.skipped} no articles, "
        f"{report.alerts} alerts, {report.quarantined} pages put aside."
    )
