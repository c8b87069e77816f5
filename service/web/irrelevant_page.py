"""The page of the articles that people judged to be irrelevant: no search finds them, and a judgement may be wrong."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.web.desk import Desk

PAGE = "/tidak-relevan"
MOST_JUDGED = 100


def add_irrelevant_page(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the route."""

    @router.get(PAGE)
    def irrelevant() -> HTMLResponse:
        """The articles with who judged them and when, the last judged first."""
        judged = desk.store.judged_irrelevant(MOST_JUDGED + 1)
        return show("irrelevant.html", articles=judged[:MOST_JUDGED], is_cut=len(judged) > MOST_JUDGED)
