"""`pantau search`: the desk's search on the terminal."""

import dataclasses
import json
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from service.app import App
from service.cli.console import output
from service.domain.article import WIB
from service.domain.query import Fragment, Query, SearchPage
from service.settings import load_settings

TONE_STYLE = {"negative": "bold red", "positive": "green", "neutral": "dim"}


def register(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(search)


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", OR, -without, field:value (docs/search.md).')],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as one JSON object.")] = False,
    size: Annotated[int, typer.Option(min=1, max=200, help="How many articles.")] = 20,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first instead of best first.")] = False,
) -> None:
    """Search the stored coverage."""
    with App(load_settings()) as app:
        page = app.index.search(Query(text=query, sort="newest" if newest else "relevance"), size=size)
    if as_json:
        print(json.dumps(dataclasses.asdict(page), ensure_ascii=False, default=_plain))
    else:
        _show(page)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _show(page: SearchPage) -> None:
    for hit in page.hits:
        line = Text.assemble((f"{hit.sentiment:9}", TONE_STYLE[hit.sentiment]), _marked(hit.title))
        output.print(line)
        when = f"{hit.published.astimezone(WIB):%d-%m-%Y %H.%M} WIB" if hit.published else "tanpa tanggal"
        output.print(Text(f"          {hit.outlet} · {when} · {hit.url}", style="dim"), overflow="fold")
        output.print(Text.assemble("          ", _marked(hit.snippet)))
    output.print(f"{page.total} artikel" if page.total else "Tidak ada artikel yang cocok.")


def _marked(fragments: tuple[Fragment, ...]) -> Text:
    return Text.assemble(*[(part.text, "bold yellow" if part.hit else "") for part in fragments])
