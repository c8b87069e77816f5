"""The desk as an ASGI application."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.errors import (
    ExportError,
    IndexUnavailable,
    QueryError,
    RuleError,
    SavedSearchError,
    StoreError,
    UnknownRule,
    UnknownSavedSearch,
)
from service.web.address import BadAddress
from service.web.api import make_api
from service.web.desk import Desk, NotFound
from service.web.gate import Answer, Gate
from service.web.metrics import make_metrics
from service.web.pages import make_pages, renderer
from service.web.problem import problem
from service.web.rendering import STATIC, make_templates
from service.web.security import HEADERS, BoundedBodies, HeadAsGet, KnownHosts, OwnPagesOnly, SecurityHeaders
from service.web.visitor import Forbidden, StaleForm

logger = logging.getLogger(__name__)

STALE = "Halaman ini terlalu lama terbuka, atau kuki dimatikan. Muat ulang halamannya, lalu kirim lagi."


def create_app(desk: Desk) -> FastAPI:
    """The pages under `/`, JSON under `/api/v1`, `/healthz`, `/metrics` and `/openapi.json`."""
    # The interactive documentation loads scripts from elsewhere, which the content policy forbids.
    app = FastAPI(title="Pantau", version="1", docs_url=None, redoc_url=None)
    templates = make_templates()
    app.include_router(make_pages(desk, templates))
    app.include_router(make_api(desk))
    if desk.metrics:
        app.include_router(make_metrics(desk))
    app.mount("/static", _KeptFiles(directory=STATIC))
    answer = _translate_errors(app, renderer(desk, templates))
    app.add_middleware(Gate, desk=desk, answer=answer)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(BoundedBodies)
    app.add_middleware(OwnPagesOnly)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.add_middleware(KnownHosts, names=desk.hosts)
    return app


class _KeptFiles(StaticFiles):
    """Our own files; an address with a version names one content for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser."""
        response = await super().get_response(path, scope)
        if b"v=" in scope["query_string"]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _page_above(app: FastAPI, request: Request) -> str:
    """The nearest page whose address that of a wanted page begins with; empty for programs and where more is asked."""
    path = request.url.path if request.method == "GET" else ""
    while path.strip("/") and not path.startswith("/api/"):
        path = path.rpartition("/")[0] or "/"
        if any(route.matches({**request.scope, "path": path})[0] is Match.FULL for route in app.router.routes):
            return quote(path)
    return ""


def _translate_errors(app: FastAPI, show: Callable[..., HTMLResponse]) -> Answer:
    """Every expected error as a page for people and as problem+json for programs; how, for errors before any route."""

    def answer(request: Request, status: HTTPStatus, detail: str = "", **more: object) -> Response:
        if request.url.path.startswith("/api/"):
            return problem(status, detail, **more)
        return show("error.html", status, status=status.value, detail=detail)

    @app.exception_handler(BadAddress)
    @app.exception_handler(SavedSearchError)
    @app.exception_handler(RuleError)
    @app.exception_handler(ExportError)
    def unreadable(request: Request, error: Exception) -> Response:
        return answer(request, HTTPStatus.BAD_REQUEST, str(error))

    @app.exception_handler(QueryError)
    def mistyped(request: Request, error: QueryError) -> Response:
        place = {"start": error.start, "end": error.end, "suggestion": error.suggestion}
        return answer(request, HTTPStatus.BAD_REQUEST, str(error), **place)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        places = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()[:10])
        return answer(request, HTTPStatus(422), places)

    @app.exception_handler(NotFound)
    @app.exception_handler(UnknownSavedSearch)
    @app.exception_handler(UnknownRule)
    def unknown(request: Request, error: Exception) -> Response:
        return answer(request, HTTPStatus.NOT_FOUND)

    @app.exception_handler(Forbidden)
    def forbidden(request: Request, error: Forbidden) -> Response:
        return answer(request, HTTPStatus.FORBIDDEN)

    @app.exception_handler(StaleForm)
    def stale(request: Request, error: StaleForm) -> Response:
        return answer(request, HTTPStatus.FORBIDDEN, STALE)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        # The address of a form stays in the browser when the form was refused, and is opened from there.
        page = _page_above(app, request) if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else ""
        return RedirectResponse(page, HTTPStatus.SEE_OTHER) if page else answer(request, HTTPStatus(error.status_code))

    @app.exception_handler(IndexUnavailable)
    @app.exception_handler(StoreError)
    def unavailable(request: Request, error: Exception) -> Response:
        logger.error("an engine does not answer", extra={"error": str(error)})
        return answer(request, HTTPStatus.SERVICE_UNAVAILABLE)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        # Starlette answers outside of all middleware here, and raises it again for the server's log.
        answered = answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)
        answered.headers.update(HEADERS)
        return answered

    return answer
