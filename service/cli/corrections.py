"""`pantau corrections export`: what people decided about articles, for training."""

import json
from pathlib import Path
from typing import Annotated

import typer

from service.app import App
from service.cli.console import errors, output
from service.errors import TableUnreadable
from service.settings import load_settings
from service.usecases.correcting import passages


def register(cli: typer.Typer) -> None:
    """Add the group of commands."""
    corrections = typer.Typer(no_args_is_help=True, help="What people decided about articles.")
    corrections.callback()(_group)
    corrections.command()(export)
    cli.add_typer(corrections, name="corrections")


def _group() -> None:
    """What people decided about articles."""


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: .jsonl, one article a line.")],
) -> None:
    """Write the articles that people corrected, with what they decided, as passages that a model can learn from."""
    count = without_text = 0
    with App(load_settings()) as app:
        try:
            with file.open("w", encoding="utf-8") as lines:
                for passage in passages(app.store):
                    lines.write(json.dumps(passage, ensure_ascii=False) + "\n")
                    count += 1
                    without_text += not passage["text"]
        except OSError as error:
            raise TableUnreadable(f"{file}: cannot be written ({error.strerror or error})") from error
    output.print(f"{file}: {count} articles")
    if without_text:
        errors.print(f"{without_text} of them have no text; pantau reanalyse fetches it from the archive.")
