"""The pages of whom the press quotes: the speakers, and one of them with their words."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.web.address import LONGEST_VALUE, SEARCH, address, read_text
from service.web.desk import Desk, NotFound
from service.web.ledger_address import read_page

PAGE = "/narasumber"
SPEAKERS_PER_PAGE = 50
QUOTES_PER_PAGE = 30


def add_speaker_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes."""

    @router.get(PAGE)
    def speakers(request: Request) -> HTMLResponse:
        """The speakers in most articles, or those of a name."""
        name, number = read_text(request.query_params, "q", LONGEST_VALUE), read_page(request.query_params) or 1
        page = desk.speakers.page(name, limit=SPEAKERS_PER_PAGE, offset=(number - 1) * SPEAKERS_PER_PAGE)
        return show(
            "speakers.html",
            asked=name,
            page=page,
            number=number,
            pages=max(1, -(-page.total // SPEAKERS_PER_PAGE)),
            on_page=lambda wanted: address(PAGE, {"q": name, "halaman": str(wanted) if wanted > 1 else None}),
        )

    @router.get(PAGE + "/{key}")
    def speaker(key: str, request: Request) -> HTMLResponse:
        """One speaker with what they are quoted with, the newest first."""
        found = desk.speakers.get(key)
        if found is None:
            raise NotFound
        number = read_page(request.query_params) or 1
        return show(
            "speaker.html",
            speaker=found,
            titles=desk.speakers.titles(key),
            said=desk.speakers.said(key, limit=QUOTES_PER_PAGE, offset=(number - 1) * QUOTES_PER_PAGE),
            number=number,
            pages=max(1, -(-found.quotes // QUOTES_PER_PAGE)),
            on_page=lambda wanted: address("", {"halaman": str(wanted) if wanted > 1 else None}) or "?",
            search=address(SEARCH, {"narasumber": found.name}),
        )
