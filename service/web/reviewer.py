"""Who decides: the name that was typed, which a cookie remembers until there is a sign-in."""

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from service.domain.ledger.correction import typed

REVIEWER = "pemeriksa"
_YEAR = 365 * 24 * 3600


def remembered(request: Request) -> str:
    """The name that was typed last on pages of this path, empty where none was."""
    return unquote(request.cookies.get(REVIEWER, ""))


def remember(answer: Response, request: Request, name: str, path: str) -> None:
    """Let the browser remember the name, for pages under this path only."""
    answer.set_cookie(
        REVIEWER,
        quote(typed(name)),
        max_age=_YEAR,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path=path,
    )
