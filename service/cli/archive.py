"""`pantau archive show`: a page as it was fetched, from the archive."""

import re
from pathlib import Path
from typing import Annotated

import typer

from crawler.page import Page
from service.app import App
from service.cli.console import errors, output
from service.domain.version import all_texts
from service.settings import load_settings

# What a terminal would obey instead of printing it.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    archive = typer.Typer(no_args_is_help=True, help="The pages as they were fetched.")
    archive.command()(show)
    cli.add_typer(archive, name="archive")


def show(
    article: Annotated[str, typer.Argument(metavar="ID", help="The article's id, as in its address on the desk.")],
    version: Annotated[
        int | None, typer.Option(min=1, help="An earlier text, counted from 1; without it the newest.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the page there, byte for byte; further pages beside it, numbered.")
    ] = None,
) -> None:
    """Print an article's archived page, or write it to a file.

    On the terminal, characters that a terminal would obey are left out. What you open from a file is the outlet's page
    with its scripts: the desk shows a copy that is safe to read.
    """
    with App(load_settings()) as app:
        pages = _pages(app, article, version)
    if out is None:
        for page in pages:
            print(_CONTROLS.sub("", page.body.decode("utf-8", "replace")))
        return
    for page, path in zip(pages, _paths(out, len(pages)), strict=True):
        path.write_bytes(page.body)
        output.print(f"{page.url}, fetched {page.fetched:%Y-%m-%d %H:%M}Z → {path}")


def _pages(app: App, article_id: str, version: int | None) -> tuple[Page, ...]:
    """The pages; the command ends where there are none."""
    article = app.store.get(article_id)
    if article is None:
        raise typer.BadParameter(f"no article has the id {article_id}")
    texts = all_texts(article, app.store.versions(article_id))
    if version is not None and version > len(texts):
        raise typer.BadParameter(f"the article has {len(texts)} texts, no version {version}")
    text = texts[-1 if version is None else version - 1]
    pages = app.page_archive.pages(text.archived_in, article_id, text.fetched) if text.archived_in else ()
    if not pages:
        errors.print(f"the page is not in the archive: {text.archived_in or 'no file is known'}")
        raise typer.Exit(1)
    return pages


def _paths(first: Path, count: int) -> list[Path]:
    return [first, *(first.with_stem(f"{first.stem}-{number}") for number in range(2, count + 1))]
