"""Analysing articles that come as lines of JSON: what `pantau analyse` does.

A line is an object `{"id", "text", "title"?, "published"? (or "pub"), "outlet"?}`. A line that is none gives an object
`{"line": N, "error": "…"}` in its place, and the rest goes on.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from nlp.analysis import Analysis, ArticleText
from nlp.serialise import JsonObject, analysis_to_json

_WIB = ZoneInfo("Asia/Jakarta")
_BATCH = 32
_KEYS = 'an object with "id" and "text", and where known "title", "published" and "outlet"'


class BadLine(ValueError):
    """A line that is no article; the message says what to do."""


def analyse_lines(lines: Iterable[str], analyse: Callable[[list[ArticleText]], list[Analysis]]) -> Iterator[JsonObject]:
    """One object per line, in the lines' order: the analysis, or what is wrong with it; empty ones are skipped."""
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, _BATCH)):
        read = [(number, _article_or_mistake(line)) for number, line in batch]
        analyses = iter(analyse([found for _, found in read if isinstance(found, ArticleText)]))
        for number, found in read:
            if isinstance(found, ArticleText):
                yield analysis_to_json(next(analyses))
            else:
                yield {"line": number, "error": str(found)}


def read_line(line: str) -> ArticleText:
    """The article on a line; BadLine for anything else."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"this is not JSON ({error}); write {_KEYS}") from error
    if not isinstance(row, dict):
        raise BadLine(f"this is JSON but no object; write {_KEYS}")
    published = row["published"] if row.get("published") is not None else row.get("pub")
    return ArticleText(
        id=_required(row, "id"),
        text=_required(row, "text"),
        title=_optional(row, "title") or "",
        published=_moment(published),
        outlet=_optional(row, "outlet"),
    )


def _article_or_mistake(line: str) -> ArticleText | BadLine:
    try:
        return read_line(line)
    except BadLine as mistake:
        return mistake


def _required(row: dict[str, Any], key: str) -> str:
    value = _optional(row, key)
    if value is None or (key == "id" and not value.strip()):
        raise BadLine(f'"{key}" is missing; write {_KEYS}')
    return value


def _optional(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(f'"{key}" is not a text; put it in quotation marks')
    return value


def _moment(value: object) -> datetime | None:
    """A date is that day's midnight in Jakarta; a time without a zone is Jakarta's."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadLine('"published" is not a text; write a date such as "2026-11-23" or "2026-11-23T06:30:00+07:00"')
    try:
        day = date.fromisoformat(value)
    except ValueError:
        pass
    else:
        return datetime.combine(day, time(), _WIB)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise BadLine(
            f'"published" is no ISO date ({value[:40]!r}); write "2026-11-23" or "2026-11-23T06:30:00+07:00"'
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=_WIB)
