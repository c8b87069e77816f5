"""A search as a file, for programs: ordered, watched, fetched."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from service.domain.export import Export, ExportKind, ExportState
from service.domain.saved_search import LONGEST_ADDRESS
from service.web.address import read_saved
from service.web.desk import Desk
from service.web.export_pages import MEDIA_TYPES, begin_export, export_file, found_export
from service.web.visitor import needs

_Id = Annotated[str, Path(max_length=64)]
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            it.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for it in MEDIA_TYPES.values()
        },
    }
}


class ExportIn(BaseModel):
    """A file to make; `search` are the parameters of the desk's address, `q=klaim&sentimen=negatif`.

    A file of the same search that was finished a short while ago is given again unless `again`.
    """

    model_config = ConfigDict(extra="forbid")

    kind: ExportKind
    search: Annotated[str, Field(max_length=LONGEST_ADDRESS)]
    again: bool = False


class ExportOut(BaseModel):
    """How far a file is: `done` of `total` articles are gathered; `problem` tells in Indonesian why it failed.

    `file` is where the finished file is fetched, for a day; null before.
    """

    id: str
    kind: ExportKind
    search: str
    state: ExportState
    total: int
    done: int
    begun: datetime
    finished: datetime | None
    problem: str
    file: str | None


def add_export_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""
    may_export = [needs("export")]

    @router.post("/api/v1/exports", status_code=202, dependencies=may_export)
    def begin(asked: ExportIn) -> ExportOut:
        """Begin the file of a search; 400 where it would hold too much, or too many of yours are unfinished."""
        begun = begin_export(desk, asked.kind, read_saved(asked.search), again=asked.again)
        return _out(desk, found_export(desk, begun.id))

    @router.get("/api/v1/exports/{export_id}", dependencies=may_export)
    def progress(export_id: _Id) -> ExportOut:
        """How far your file is."""
        return _out(desk, found_export(desk, export_id))

    @router.get("/api/v1/exports/{export_id}/file", dependencies=may_export, response_class=Response, responses=_FILE)
    def file(export_id: _Id) -> Response:
        """The finished file; 404 before."""
        return export_file(desk, found_export(desk, export_id))


def _out(desk: Desk, export: Export) -> ExportOut:
    is_there = desk.exports.file(export) is not None
    return ExportOut(
        id=export.id,
        kind=export.kind,
        search=export.search,
        state=export.state,
        total=export.total,
        done=export.done,
        begun=export.begun,
        finished=export.finished,
        problem=export.problem,
        file=f"{desk.base_url.rstrip('/')}/api/v1/exports/{export.id}/file" if is_there else None,
    )
