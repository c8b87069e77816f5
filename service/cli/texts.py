"""`pantau extract` and `pantau analyse`: one stage on files, for people and other tools. JSON in, JSON out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from service.app import App
from service.settings import load_settings

MAX_LINE = 50_000_000


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(extract)
    cli.command()(analyse)


def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="The article's saved page, or its pages in order.")] = None,
    url: Annotated[str, typer.Option(help="The address the page was saved from.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id","url","path" or "html"} lines, write one line each.')
    ] = False,
    timezone: Annotated[str, typer.Option(help="Zone of times that state none.")] = "Asia/Jakarta",
) -> None:
    """Read an article from saved pages and print it as JSON.

    Prints title, text, authors, published, modified, section, tags, canonical_url, language and next_pages. With
    [bold]--jsonl[/] a line that cannot be read gives an object with "line" and "error", and the rest goes on.
    """
    if jsonl:
        if files or url:
            raise typer.BadParameter("with --jsonl, pages come from standard input; leave FILE and --url out")
        for result in _extract_lines(timezone):
            _print(result)
        return
    if not files or not url:
        raise typer.BadParameter("give --url URL and at least one FILE, or --jsonl")
    from crawler.page import ExtractionError

    try:
        _print(_extract(url, [path.read_bytes() for path in files], timezone))
    except OSError as error:
        raise typer.BadParameter(f"{error.filename}: {error.strerror}") from error
    except ExtractionError as error:
        _print({"error": str(error), "reason": error.reason})
        raise typer.Exit(1) from error


def _extract(url: str, bodies: list[bytes], timezone: str) -> dict[str, object]:
    from crawler.extract import extract, extraction_to_json, pages_from_files

    return extraction_to_json(extract(pages_from_files(url, bodies), timezone=timezone))


def _extract_lines(timezone: str) -> Iterator[dict[str, object]]:
    from crawler.page import ExtractionError

    for number, line in enumerate(_lines(), 1):
        if not line.strip():
            continue
        row: dict[str, Any] = {}
        try:
            row = _row(line)
            yield {"id": row["id"], **_extract(_text(row, "url"), _bodies(row), timezone)}
        except ExtractionError as error:
            yield {"line": number, "id": row["id"], "error": str(error), "reason": error.reason}
        except (ValueError, KeyError, OSError) as error:
            yield {"line": number, "id": row.get("id"), "error": _complaint(error)}


def _row(line: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise ValueError(f"the line is longer than {MAX_LINE} characters")
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError('the line must be an object with "id", "url" and "path" or "html"')
    return row


def _text(row: dict[str, Any], key: str) -> str:
    if not isinstance(row[key], str):
        raise ValueError(f'"{key}" must be a string')
    return str(row[key])


def _bodies(row: dict[str, Any]) -> list[bytes]:
    """The article's pages; "html" and "path" may be lists where it has several."""
    key = "html" if "html" in row else "path"
    parts = row[key] if isinstance(row[key], list) else [row[key]]
    if not parts or not all(isinstance(part, str) for part in parts):
        raise ValueError(f'"{key}" must be a string, or a list of strings for an article of several pages')
    return [part.encode("utf-8", "replace") if key == "html" else Path(part).read_bytes() for part in parts]


def _complaint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    if isinstance(error, KeyError):
        return f"the key {error} is missing"
    return str(error)


def analyse(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id","text","title"?,"published"?} lines; the only form so far.')
    ] = False,
) -> None:
    """Analyse texts: relevance, mentions, regions, entities, quotes, stated figures, sentiment.

    Reads JSON lines [bold]{"id","text","title"?,"published"?,"pub"?,"outlet"?}[/] from standard input and writes one
    line each, in order. Offsets are Unicode characters into "title" or "text". A bad line gives an object with
    "line" and "error"; the rest goes on.
    """
    if not jsonl:
        raise typer.BadParameter("give --jsonl and the texts on standard input")
    from nlp.lines import analyse_lines

    with App(load_settings()) as app:
        for result in analyse_lines(_lines(), app.build_analyser()):
            _print(result)


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are no UTF-8 become replacement characters and spoil only their line."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


def _print(result: dict[str, Any]) -> None:
    """Write one line of UTF-8, whatever the terminal's encoding; half a surrogate pair cannot be written as such."""
    line = json.dumps(result, ensure_ascii=False, allow_nan=False)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
