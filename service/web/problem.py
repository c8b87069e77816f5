"""Errors for programs, as RFC 9457 has them."""

from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse


def problem(status: HTTPStatus, detail: str, **more: Any) -> JSONResponse:
    """An error as RFC 9457 has it, with members of its own in `more`."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value}
    body |= {"detail": detail} if detail else {}
    return JSONResponse(body | more, status, media_type="application/problem+json")
