"""`pantau speakers rebuild`: fill the tables of speakers from what is stored."""

import typer

from service.app import App
from service.cli.console import errors, output
from service.settings import load_settings
from service.usecases.speakers import rebuild_speakers


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    speakers = typer.Typer(no_args_is_help=True, help="Whom the press quotes.")
    speakers.callback()(_group)
    speakers.command()(rebuild)
    cli.add_typer(speakers, name="speakers")


def _group() -> None:
    """Whom the press quotes."""


def rebuild() -> None:
    """Fill the speakers of all stored articles: needed once after an update from a version without them."""
    with App(load_settings()) as app, errors.status("0 articles") as status:
        count = rebuild_speakers(app.store, lambda done: status.update(f"{done:,} articles"))
        page = app.store.speakers.page(limit=1)
    output.print(f"{page.total:,} speakers of {count:,} articles")
