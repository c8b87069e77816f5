"""A search as a file: ordered on the search page, made in the background, fetched from a page of its own."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from service.domain.article import WIB
from service.domain.clipping import ClipHeading
from service.domain.export import EXPORT_KINDS, Export, ExportKind, ExportOrder
from service.domain.wording.language import say
from service.errors import ExportError, QueryError
from service.web.address import SearchAddress, read_saved, read_search
from service.web.asking import in_words, period, question
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.mistake import mistake_of
from service.web.visitor import needs, own_person, visitor

MEDIA_TYPES: Mapping[ExportKind, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_KIND_NAMES: Mapping[ExportKind, str] = {"csv": "CSV", "xlsx": "Excel", "pdf": "Kliping PDF"}


def add_export_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes."""

    @router.post("/unduh", dependencies=[needs("export")])
    async def order(request: Request) -> Response:
        """Begin the file of the search in the address, or find the one that was begun."""
        form = await read_form(request)
        return await run_in_threadpool(_order, desk, show, form, read_search(request.query_params))

    @router.get("/unduh/{export_id}", dependencies=[needs("export")])
    def progress(export_id: str, request: Request) -> HTMLResponse:
        """How far the file is; only that part of the page where the page asks for it."""
        export = found_export(desk, export_id)
        asked = read_saved(export.search)
        part = "HX-Request" in request.headers
        shown = show(
            "export_progress.html" if part else "export.html",
            export=export,
            asked=asked,
            filters=in_words(desk, asked),
            kind_name=_KIND_NAMES[export.kind],
            is_kept=desk.exports.file(export) is not None,
        )
        shown.headers["Vary"] = "HX-Request"
        return shown

    @router.get("/unduh/{export_id}/berkas", dependencies=[needs("export")])
    def file(export_id: str) -> Response:
        """The file itself."""
        return export_file(desk, found_export(desk, export_id))


def _order(desk: Desk, show: Callable[..., HTMLResponse], form: dict[str, str], asked: SearchAddress) -> Response:
    kind = form.get("format", "")
    try:
        if kind not in EXPORT_KINDS:
            raise ExportError(say("Pilih CSV, Excel, atau PDF."))
        export = begin_export(desk, kind, asked, again=form.get("baru") == "1")
    except ExportError as error:
        return show("export.html", 400, export=None, asked=asked, problem=str(error))
    except QueryError as error:
        return show("search.html", 400, asked=asked, page=None, mistake=mistake_of(asked, error))
    return RedirectResponse(f"/unduh/{export.id}", 303)


def begin_export(desk: Desk, kind: ExportKind, asked: SearchAddress, *, again: bool) -> Export:
    """The visitor's export of the search, as `service.usecases.exporting.Exports.begin`; the audit tells it."""
    ordered = ExportOrder(own_person().id, kind, asked.normalised, question(desk, asked), _heading(desk, asked))
    export = desk.exports.begin(ordered, again=again)
    desk.people.record(visitor().actor, "exported", f"{kind}: /?{asked.normalised}"[:200])
    return export


def export_file(desk: Desk, export: Export) -> Response:
    """The finished file; NotFound where there is none (any more)."""
    path = desk.exports.file(export)
    if path is None:
        raise NotFound
    day = export.begun.astimezone(WIB).date().isoformat()
    name = f"{'kliping' if export.kind == 'pdf' else 'berita'}-{day}.{export.kind}"
    return FileResponse(path, media_type=MEDIA_TYPES[export.kind], filename=name)


def _heading(desk: Desk, asked: SearchAddress) -> ClipHeading:
    return ClipHeading(
        agency=desk.agency_name,
        filters=in_words(desk, asked),
        period=period(asked),
        made=desk.clock(),
        by=visitor().name,
        address=f"{desk.base_url.rstrip('/')}{asked.path}",
    )


def found_export(desk: Desk, export_id: str) -> Export:
    """The visitor's export of this id; NotFound where there is none."""
    export = desk.exports.export(export_id, own_person().id)
    if export is None:
        raise NotFound
    return export
