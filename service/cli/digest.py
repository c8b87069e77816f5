"""`pantau digest`: compose what is due; `digest preview`: look at one; `digest groups`: who gets which and when."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.app import App
from service.cli.console import output, set_up_logs
from service.domain.digest_group import DEFAULT_GROUP
from service.settings import load_settings


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    digest = typer.Typer(help="Compose the digests that are due, and deliver them.")
    digest.callback(invoke_without_command=True)(compose)
    digest.command()(preview)
    digest.command()(groups)
    cli.add_typer(digest, name="digest")


def compose(context: typer.Context) -> None:
    """Compose the digests that are due, and deliver them."""
    if context.invoked_subcommand is not None:
        return
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        composed = app.digests.due()
        report = app.delivery.run()
        output.print(f"{composed} digests composed, {report.sent} messages sent.")


def preview(
    group: Annotated[str, typer.Option(help="Of this group (its id in config/digests.toml).")] = DEFAULT_GROUP,
    date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As it was on that day; without it, as it would be sent now."),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write the HTML to this file, its pictures within.")] = None,
) -> None:
    """Show a digest without recording or sending it: its text, or its HTML in a file."""
    set_up_logs("WARNING")
    with App(load_settings()) as app:
        mail = app.digests.preview(group, date.date() if date else None)
    if to is None:
        output.print(f"{mail.subject}\n\n{mail.text}", highlight=False, soft_wrap=True)
    else:
        to.write_text(mail.page, encoding="utf-8")
        output.print(f"{mail.subject} → {to}", soft_wrap=True)


def groups() -> None:
    """List the groups with their recipients, the last digest and the next."""
    set_up_logs("WARNING")
    table = Table("group", "recipients", "schedule", "last", "next", box=None, pad_edge=False)
    with App(load_settings()) as app:
        for it in app.digests.upcoming():
            zone = it.group.zone
            told = [f"{when.astimezone(zone):%a %d %b %Y %H:%M}" if when else "–" for when in (it.last_slot, it.next)]
            table.add_row(it.group.id, str(len(it.group.recipients)), f"{it.group.schedule} ({zone.key})", *told)
    output.print(table)
