"""The pages of Buku Angka: the claims, one claim, what a person decides about a figure, and the downloads."""

from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from service.adapters.spreadsheets import csv_lines, write_xlsx
from service.domain.article import WIB
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.review import Verdict
from service.domain.ledger.table import WIDTHS, table
from service.errors import ReviewError, UnknownStatement
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.ledger_address import read_ledger
from service.web.ledger_view import (
    involved,
    last_review,
    region_name,
    shown_chart,
    shown_claim,
    shown_statement,
)
from service.web.review_form import VERDICTS, filled, read_review

CLAIMS_PER_PAGE = 50
MOST_OF_SUBJECT = 12
REVIEWER = "pemeriksa"
"""The cookie that remembers the name of who reviews, until there is a sign-in."""
_YEAR = 365 * 24 * 3600
_IN_MEMORY = 8_000_000
_PIECE = 65_536
_LINES = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_ledger_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes; the downloads stand before the claims, whose addresses they would match."""

    @router.get("/angka")
    def claims(request: Request) -> HTMLResponse:
        """The claims that match, conflicts first, below a chart of the metric."""
        asked = read_ledger(request.query_params)
        page = desk.ledger.claims(asked.asked, limit=CLAIMS_PER_PAGE, offset=(asked.page - 1) * CLAIMS_PER_PAGE)
        known = desk.ledger.statements(involved(page.claims))
        return show(
            "figures.html",
            asked=asked,
            page=page,
            claims=[shown_claim(desk, claim, known) for claim in page.claims],
            pages=max(1, -(-page.total // CLAIMS_PER_PAGE)),
            chart=shown_chart(desk, asked.asked.metric or "coverage", asked.chart or _code(asked.asked.region)),
            counts=desk.ledger.counts(),
        )

    @router.get("/angka/klaim/{claim_id}")
    def claim(claim_id: str, request: Request) -> HTMLResponse:
        """One claim with everything that states it."""
        return _claim(desk, show, claim_id, request)

    @router.post("/angka/{statement_id}/tinjau")
    async def review(statement_id: str, request: Request) -> Response:
        """Record what a person decided about the figure, and show the claim it belongs to now."""
        form = await read_form(request)
        return await run_in_threadpool(_review, desk, show, statement_id, form, request)

    @router.get("/angka/unduh.csv")
    def as_csv(request: Request) -> Response:
        """The statements that match, as CSV."""
        lines = csv_lines(table(desk.ledger.each(read_ledger(request.query_params).asked), desk.outlet_name))
        return StreamingResponse(_gathered(lines), media_type="text/csv; charset=utf-8", headers=_named(desk, "csv"))

    @router.get("/angka/unduh.xlsx")
    def as_xlsx(request: Request) -> Response:
        """The statements that match, as a workbook."""
        file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
        rows = table(desk.ledger.each(read_ledger(request.query_params).asked), desk.outlet_name)
        write_xlsx(cast("BinaryIO", file), "Angka", rows, WIDTHS)
        file.seek(0)
        return StreamingResponse(_pieces(file), media_type=_XLSX, headers=_named(desk, "xlsx"))


def _claim(
    desk: Desk,
    show: Callable[..., HTMLResponse],
    claim_id: str,
    request: Request,
    problem: str = "",
    refused: str = "",
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    """The page of a claim; after a refused decision with what is wrong and what was typed, in that statement's form."""
    found = desk.ledger.claim(claim_id)
    if found is None:
        raise NotFound
    statements = desk.ledger.restatements(claim_id)
    reviews = {it.id: desk.ledger.reviews(statement_id=it.id) for it in statements if it.verdict is not None}
    of = found.statement
    same = LedgerFilter(metric=of.metric, region=of.region_code, period=of.period)
    beside = desk.ledger.claims(same, limit=MOST_OF_SUBJECT).claims if of.subject is not None else ()
    return show(
        "claim.html",
        400 if problem else 200,
        shown=shown_claim(desk, found, desk.ledger.statements(involved([found]))),
        statements=[shown_statement(it) for it in statements],
        forms={it.id: filled(it, lambda code: region_name(desk, code)) for it in statements},
        reviews=reviews,
        held={it: last_review(log) for it, log in reviews.items()},
        beside=[shown_claim(desk, it) for it in beside if it.id != claim_id],
        verdicts=VERDICTS,
        reviewer=(typed or {}).get("nama") or unquote(request.cookies.get(REVIEWER, "")),
        problem=problem,
        refused=refused,
        typed=typed or {},
        decided=request.query_params.get("dicatat", ""),
    )


def _review(
    desk: Desk, show: Callable[..., HTMLResponse], statement_id: str, form: dict[str, str], request: Request
) -> Response:
    stated = desk.ledger.statement(statement_id)
    if stated is None:
        raise NotFound
    held = last_review(desk.ledger.reviews(statement_id=statement_id))
    try:
        verdict, changes = read_review(form, stated, desk, held.changes if held is not None else {})
        after = desk.decide(statement_id, verdict, form.get("nama", ""), changes, form.get("catatan", ""))
    except UnknownStatement as error:
        raise NotFound from error
    except ReviewError as error:
        return _claim(desk, show, stated.claim_id, request, str(error), statement_id, form)
    answer = RedirectResponse(f"/angka/klaim/{after.claim_id}?dicatat={_word(verdict)}#s-{after.id}", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        REVIEWER, quote(form["nama"]), max_age=_YEAR, httponly=True, samesite="strict", secure=secure, path="/angka"
    )
    return answer


def _word(verdict: Verdict | None) -> str:
    return next(word for word, code in VERDICTS.items() if code == verdict)


def _code(region: str | None) -> str:
    """The region of a filter if it is a code, of which there can be a chart."""
    return region if region is not None and (region == "ID" or region[:1].isdigit()) else ""


def _named(desk: Desk, ending: str) -> dict[str, str]:
    day = desk.clock().astimezone(WIB).date()
    return {"Content-Disposition": f'attachment; filename="angka-{day.isoformat()}.{ending}"'}


def _gathered(lines: Iterator[str]) -> Iterator[str]:
    """The lines, some hundreds at a time: each piece that is sent costs as much as many lines."""
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == _LINES:
            yield "".join(some)
            some = []
    yield "".join(some)


def _pieces(file: Any) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
