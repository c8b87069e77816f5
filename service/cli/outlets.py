"""`pantau outlets …`: how the outlets are doing."""

from typing import Annotated

import typer
from rich.table import Table

from service.app import App
from service.cli.console import output
from service.settings import load_settings

outlets = typer.Typer(help="Look after the outlets: how they are doing.", no_args_is_help=True)


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    cli.add_typer(outlets, name="outlets")


@outlets.command()
def health(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these outlets.")] = None,
) -> None:
    """How each outlet is doing, the troubled first; exit 1 if any is."""
    with App(load_settings()) as app:
        rows = app.store.health(ids or [outlet.id for outlet in app.outlets], app.clock())
    table = Table(box=None, pad_edge=False)
    for heading in ("outlet", "status", "reason"):
        table.add_column(heading)
    for row in sorted(rows, key=lambda row: row.status == "ok"):
        table.add_row(row.outlet, row.status, row.reason)
    output.print(table)
    if any(row.status not in ("ok", "unseen") for row in rows):
        raise typer.Exit(1)
