"""Buku Angka as files: exactly what a filter shows, and what people decided, for training."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from service.adapters.spreadsheets import csv_lines, write_xlsx
from service.domain.article import WIB
from service.domain.ledger.table import WIDTHS, table
from service.usecases.ledger import corrections
from service.web.desk import Desk
from service.web.ledger_address import read_ledger
from service.web.ledger_view import placed
from service.web.visitor import needs, visitor

_IN_MEMORY = 8_000_000
_PIECE = 65_536
_LINES = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_ledger_downloads(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    def rows(request: Request) -> Iterator[list[Any]]:
        asked = placed(desk, read_ledger(request.query_params).asked)
        export(f"{request.url.path}?{request.url.query}")
        return table(desk.ledger.each(asked), desk.outlet_name)

    def export(what: str) -> None:
        desk.people.record(visitor().actor, "exported", what.rstrip("?")[:200])

    @router.get("/angka/unduh.csv", dependencies=[needs("export")])
    def as_csv(request: Request) -> Response:
        """The statements that match, the newest first, as CSV."""
        return _streamed(desk, csv_lines(rows(request)), "angka", "csv", "text/csv; charset=utf-8")

    @router.get("/angka/unduh.xlsx", dependencies=[needs("export")])
    def as_xlsx(request: Request) -> Response:
        """The statements that match, the newest first, as a workbook."""
        file = _workbook(rows(request))
        return StreamingResponse(_pieces(file), media_type=_XLSX, headers=_named(desk, "angka", "xlsx"))

    @router.get("/angka/koreksi.jsonl", dependencies=[needs("export")])
    def as_training() -> Response:
        """What people decided about figures, the oldest first: pairs of what was read and what should have been."""
        export("/angka/koreksi.jsonl")
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in corrections(desk.ledger))
        return _streamed(desk, lines, "koreksi", "jsonl", "application/jsonl; charset=utf-8")


def _workbook(rows: Iterable[list[Any]]) -> BinaryIO:
    """A file on disk where it is large; whoever sends it closes it."""
    file = cast("BinaryIO", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    try:
        write_xlsx(file, "Angka", rows, WIDTHS)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _streamed(desk: Desk, lines: Iterable[str], name: str, ending: str, media_type: str) -> Response:
    gathered = _gathered(lines)
    # Read before the head is sent, so that a store that is down is an error and no empty file.
    first = next(gathered)
    return StreamingResponse(chain([first], gathered), media_type=media_type, headers=_named(desk, name, ending))


def _named(desk: Desk, name: str, ending: str) -> dict[str, str]:
    day = desk.clock().astimezone(WIB).date()
    return {"Content-Disposition": f'attachment; filename="{name}-{day.isoformat()}.{ending}"'}


def _gathered(lines: Iterable[str]) -> Iterator[str]:
    """The lines, some hundreds at a time: each piece that is sent costs as much as many lines."""
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == _LINES:
            yield "".join(some)
            some = []
    yield "".join(some)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
