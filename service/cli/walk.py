"""The stages one by one: `pantau crawl | ingest | index | alerts`."""

from datetime import timedelta
from typing import Annotated

import typer

from service.app import App
from service.cli.console import errors, output, set_up_logs
from service.cli.progress import crawl_with_progress, ingest_with_progress, stages
from service.domain.recipient import MAIL
from service.settings import load_settings
from service.usecases.people import COMMAND_LINE

_PATIENCE = timedelta(hours=1)
"""For which the command goes on with each channel."""


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(crawl)
    cli.command()(ingest)
    cli.command("index")(index_articles)
    group = typer.Typer(invoke_without_command=True, help="Deliver what waits in the outbox; test a channel.")
    group.callback()(alerts)
    group.command("test")(send_test)
    cli.add_typer(group, name="alerts")


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
        errors.print(f"  {failure.outlet}: {failure.source}: {failure.reason} {failure.detail}")
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


def alerts(context: typer.Context) -> None:
    """Tell what is to be told of alerts, deliver what waits in the outbox, and list the newest alerts."""
    if context.invoked_subcommand is not None:
        return
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        report = app.alert(at_once=True, at_most=_PATIENCE)
        output.print(f"{report.sent} sent, {report.retried} to be tried again, {report.dead} undeliverable.")
        for alert, article in app.store.alerts(limit=20):
            standing, told = alert.standing(app.clock()), article.title if article is not None else alert.about
            output.print(f"  {alert.raised:%Y-%m-%d %H:%M}Z  {standing:12}  {alert.rule_name}: {told}")


def send_test(
    channel: Annotated[str, typer.Option(help="The channel: mail, or the name of a \\[channels.NAME].")] = MAIL,
    to: Annotated[
        str, typer.Option("--to", metavar="ADDRESS", help="Whom to send it; the first of \\[alerts] recipients.")
    ] = "",
) -> None:
    """Send a message that says it is a test, and tell what became of it; exit 1 unless it was accepted."""
    set_up_logs("CRITICAL")
    with App(load_settings()) as app:
        if channel == MAIL and not to:
            to = next(iter(app.settings.alerts.recipients), "")
        delivery = app.delivery
        sent = app.outbox.send_test(COMMAND_LINE, channel, to)
        delivery.run_one(sent)
        entry = app.outbox.entry(sent)
        if entry is None or entry.state != "sent":
            why = "another process is sending it" if entry is None or entry.error is None else entry.error
            errors.print(f"{channel}: not accepted: {why}")
            raise typer.Exit(1)
        place = f" for {entry.message.recipient}" if entry.message.recipient else ""
        output.print(f"{channel}: accepted{place}, as {sent}")
