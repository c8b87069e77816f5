"""The stages one by one: `pantau crawl | ingest | index | alerts | digest`."""

from pathlib import Path
from typing import Annotated

import typer

from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.cli.progress import crawl_with_progress, ingest_with_progress, stages
from service.settings import load_settings


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(crawl)
    cli.command()(ingest)
    cli.command("index")(index_articles)
    cli.command()(alerts)
    cli.command()(digest)


def crawl(
    outlet: Annotated[list[str] | None, typer.Option(help="Only this outlet (its id); may be repeated.")] = None,
) -> None:
    """Look at every outlet's sources once and fetch what is new into the spool."""
    set_up_logs("WARNING")
    with App(load_settings()) as app, stages() as progress:
        report = crawl_with_progress(app, progress, outlet or [])
    output.print(f"{report.pages} pages of {report.articles} articles fetched from {report.sources} sources.")
    if report.again:
        output.print(
            f"{report.again} articles looked at again: {report.changed} have changed, {report.gone} were taken down."
        )
    for failure in report.failures[:20]:
        errors.print(f"  {failure.outlet}: {failure.source}: {failure.reason} {failure.detail}", markup=False)
    if len(report.failures) > 20:
        errors.print(f"  … and {len(report.failures) - 20} more; see the page Sumber berita of the desk.")


def ingest() -> None:
    """Extract, analyse and store what lies in the spool."""
    set_up_logs("WARNING")
    with App(load_settings()) as app, stages() as progress:
        report = ingest_with_progress(app, progress)
    output.print(
        f"{report.new} new articles, {report.changed} changed ({report.relevant} relevant, "
        f"{report.negative} negative), {report.gone} taken down, {report.figures} figures, {report.alerts} alerts, "
        f"{report.quarantined} pages put aside."
    )
    if report.damaged:
        errors.print(f"{report.damaged} damaged files set aside in the spool as *.damaged: repair or delete them.")


def index_articles(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew from the store.")] = False,
) -> None:
    """Put stored articles that wait for it into the search index."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        count = app.indexing.rebuild() if rebuild else app.indexing.run()
        output.print(f"{count} articles indexed, {app.index.count()} in the index.")
        counts = app.store.counts()
        if counts["not_indexed"]:
            errors.print(f"{counts['not_indexed']} wait: another process writes the index. The worker puts them in.")
        if counts["refused"]:
            errors.print(f"{counts['refused']} are refused by the engine; `pantau doctor` names them.")


def alerts() -> None:
    """Deliver what waits in the outbox, and list the newest alerts."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        report = app.delivery.run()
        output.print(f"{report.sent} sent, {report.retried} to be tried again, {report.dead} undeliverable.")
        for alert, article in app.store.alerts(limit=20):
            output.print(f"  {alert.raised:%Y-%m-%d %H:%M}Z  {alert.rule_name}: {article.title}", markup=False)


def digest(
    preview: Annotated[bool, typer.Option("--preview", help="Print today's digest without sending it.")] = False,
    to: Annotated[Path | None, typer.Option(help="With --preview: write the HTML to this file.")] = None,
) -> None:
    """Compose the digest if it is due, and deliver it; with --preview only show it."""
    if to is not None and not preview:
        raise typer.BadParameter("--to FILE needs --preview")
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        if preview:
            subject, text, html = app.digests.preview()
            if to is None:
                output.print(f"{subject}\n\n{text}", markup=False, highlight=False)
            else:
                to.write_text(html, encoding="utf-8")
                output.print(f"{subject} → {to}", markup=False)
            return
        composed = app.digests.due()
        report = app.delivery.run()
        output.print(f"{composed} digests composed, {report.sent} messages sent.")
