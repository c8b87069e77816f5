"""Errors for programs."""

from http import HTTPStatus

from fastapi.responses import JSONResponse


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value}
    return JSONResponse(body | ({"detail": detail} if detail else {}), status, media_type="application/problem+json")
