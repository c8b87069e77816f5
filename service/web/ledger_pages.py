"""The pages of Buku Angka: the claims, one claim, and what a person decides about a figure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.ledger.claim import Claim, LedgerFilter
from service.domain.ledger.review import Verdict
from service.domain.ledger.statement import Statement
from service.errors import ReviewError, UnknownStatement
from service.web.address import LONGEST_VALUE, read_text
from service.web.desk import Desk, NotFound
from service.web.forms import Refused, read_form
from service.web.ledger_address import LedgerAddress, read_ledger, read_page
from service.web.ledger_downloads import add_ledger_downloads
from service.web.ledger_view import (
    ShownClaim,
    involved,
    last_review,
    place_name,
    placed,
    region_name,
    shown_chart,
    shown_claim,
    shown_claims,
    shown_statement,
)
from service.web.review_form import VERDICTS, filled, read_review
from service.web.visitor import needs, visitor

CLAIMS_PER_PAGE = 50
STATEMENTS_PER_PAGE = 40
MOST_STATEMENTS = 2_000
"""Statements of one claim that can be leafed through; the downloads hold all."""

MOST_FORMS = 6
"""Statements of a claim that all carry the whole form; with more, it is opened for one at a time."""

MOST_OF_SUBJECT = 12
MOST_PLACES = 40


def add_ledger_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes of the pages and of the downloads."""
    add_ledger_downloads(router, desk)

    @router.get("/angka")
    def claims(request: Request) -> HTMLResponse:
        """The claims that match, conflicts first, below a chart of the metric."""
        return _claims(desk, show, read_ledger(request.query_params))

    @router.get("/angka/klaim/{claim_id}")
    def claim(claim_id: str, request: Request) -> HTMLResponse:
        """One claim with everything that states it."""
        return _claim(desk, show, claim_id, request)

    @router.post("/angka/{statement_id}/tinjau", dependencies=[needs("decide")])
    async def review(statement_id: str, request: Request) -> Response:
        """Record what a person decided about the figure, and show the claim it belongs to now."""
        form = await read_form(request)
        return await run_in_threadpool(_review, desk, show, statement_id, form, request)


def _claims(desk: Desk, show: Callable[..., HTMLResponse], read: LedgerAddress) -> HTMLResponse:
    asked = replace(read, asked=placed(desk, read.asked))
    region, metric = asked.asked.region or "", asked.asked.metric or "coverage"
    page = desk.ledger.claims(asked.asked, limit=CLAIMS_PER_PAGE, offset=(asked.page - 1) * CLAIMS_PER_PAGE)
    regions = desk.ledger.charted_regions(metric, MOST_PLACES)
    return show(
        "figures.html",
        asked=asked,
        page=page,
        claims=shown_claims(desk, page.claims),
        pages=max(1, -(-page.total // CLAIMS_PER_PAGE)),
        chart=shown_chart(desk, metric, asked.chart or _code(region), regions),
        counts=desk.ledger.counts(),
        place=place_name(desk, region) if region else "",
        places=[place_name(desk, code) for code, _ in regions],
    )


def _claim(
    desk: Desk, show: Callable[..., HTMLResponse], claim_id: str, request: Request, refused: Refused | None = None
) -> HTMLResponse:
    """The page of a claim; after a refused decision with what is wrong and what was typed, in that statement's form."""
    found = desk.ledger.claim(claim_id)
    if found is None:
        raise NotFound
    # The statement that was decided, is to be corrected, or whose decision was refused.
    chosen = refused.place if refused else read_text(request.query_params, "angka", LONGEST_VALUE)
    all_of_it = desk.ledger.restatements(claim_id, MOST_STATEMENTS)
    number = read_page(request.query_params) or _page_of(chosen, all_of_it)
    statements = all_of_it[(number - 1) * STATEMENTS_PER_PAGE : number * STATEMENTS_PER_PAGE]
    return show(
        "claim.html",
        400 if refused else 200,
        shown=shown_claim(desk, found, desk.ledger.statements(involved([found]))),
        statements=[shown_statement(it) for it in statements],
        number=number,
        pages=max(1, -(-len(all_of_it) // STATEMENTS_PER_PAGE)),
        forms={it.id: filled(it, lambda code: region_name(desk, code)) for it in statements},
        opened={chosen} | ({it.id for it in statements} if len(all_of_it) <= MOST_FORMS else set()),
        chosen=chosen,
        reviews={it.id: desk.ledger.reviews(statement_id=it.id) for it in statements},
        beside=_beside(desk, found),
        refused=refused,
        typed=refused.typed if refused else {},
        decided=request.query_params.get("dicatat", ""),
    )


def _page_of(statement_id: str, statements: Sequence[Statement]) -> int:
    """The page on which the statement stands, the first where it is none of these."""
    at = next((at for at, it in enumerate(statements) if it.id == statement_id), 0)
    return 1 + at // STATEMENTS_PER_PAGE


def _beside(desk: Desk, claim: Claim) -> list[ShownClaim]:
    """Other values of the same subject."""
    of = claim.statement
    if of.subject is None:
        return []
    same = LedgerFilter(metric=of.metric, region=of.region_code, period=of.period)
    claims = desk.ledger.claims(same, limit=MOST_OF_SUBJECT).claims
    return [shown_claim(desk, it) for it in claims if it.id != claim.id]


def _review(
    desk: Desk, show: Callable[..., HTMLResponse], statement_id: str, form: dict[str, str], request: Request
) -> Response:
    stated = desk.ledger.statement(statement_id)
    if stated is None:
        raise NotFound
    held = last_review(desk.ledger.reviews(statement_id=statement_id))
    try:
        verdict, changes = read_review(form, stated, desk, held.changes if held is not None else {})
        after = desk.decide(statement_id, verdict, visitor().name, changes, form.get("catatan", ""))
    except UnknownStatement as error:
        raise NotFound from error
    except ReviewError as error:
        return _claim(desk, show, stated.claim_id, request, Refused(str(error), form, statement_id))
    desk.people.record(visitor().actor, "figure-decided", f"{_word(verdict)}: {after.surface}, angka {after.id}"[:200])
    decided = f"dicatat={_word(verdict)}&angka={after.id}"
    return RedirectResponse(f"/angka/klaim/{after.claim_id}?{decided}#s-{after.id}", 303)


def _word(verdict: Verdict | None) -> str:
    return next(word for word, code in VERDICTS.items() if code == verdict)


def _code(region: str) -> str:
    """The region of a filter if it is a code, of which there can be a chart."""
    return region if region == "ID" or region[:1].isdigit() else ""
