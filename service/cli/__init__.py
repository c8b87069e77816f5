"""The command line: `pantau …`. Each command reads as what it does; the work is in the app."""

import sys

import typer
from rich.text import Text

from service.cli import (
    archive,
    backfill,
    corrections,
    demo,
    digest,
    doctor,
    figures,
    jobs,
    models,
    outlets,
    people,
    reanalyse,
    rules,
    search,
    serve,
    speakers,
    texts,
    walk,
)
from service.cli.console import errors
from service.errors import PantauError, QueryError

cli = typer.Typer(
    name="pantau",
    help="Pantau reads the regional press for one public agency: collects, understands, indexes and reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
demo.register(cli)
serve.register(cli)
walk.register(cli)
digest.register(cli)
backfill.register(cli)
reanalyse.register(cli)
search.register(cli)
texts.register(cli)
doctor.register(cli)
outlets.register(cli)
figures.register(cli)
models.register(cli)
archive.register(cli)
corrections.register(cli)
people.register(cli)
speakers.register(cli)
rules.register(cli)
jobs.register(cli)


def main() -> None:
    """Run the command line; an expected error is one clear message and exit code 1."""
    try:
        cli()
    except PantauError as error:
        errors.print(Text.assemble(("pantau: ", "bold red"), str(error)), soft_wrap=True)
        if isinstance(error, QueryError) and error.suggestion:
            errors.print(Text(f"Mungkin maksudnya: {error.suggestion}"), soft_wrap=True)
        sys.exit(1)
