"""The desk as an ASGI application."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.errors import IndexUnavailable, QueryError, StoreError
from service.web.address import BadAddress
from service.web.api import make_api
from service.web.desk import Desk, NotFound
from service.web.pages import make_pages, renderer
from service.web.rendering import STATIC, make_templates
from service.web.security import SecurityHeaders

log = structlog.get_logger()


def create_app(desk: Desk) -> FastAPI:
    """The pages under `/`, JSON under `/api/v1`, `/healthz`, and `/openapi.json`."""
    # The interactive documentation loads scripts from elsewhere, which the content policy forbids.
    app = FastAPI(title="Pantau", version="1", docs_url=None, redoc_url=None)
    templates = make_templates()
    app.include_router(make_pages(desk, templates))
    app.include_router(make_api(desk))
    app.mount("/static", _KeptFiles(directory=STATIC))
    _translate_errors(app, desk)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(SecurityHeaders)
    return app


class _KeptFiles(StaticFiles):
    """Our own files; an address with a version names one content for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser."""
        response = await super().get_response(path, scope)
        if b"v=" in scope["query_string"]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _translate_errors(app: FastAPI, desk: Desk) -> None:
    """Every expected error as a page for people and as problem+json for programs."""
    show = renderer(desk, make_templates())

    def answer(request: Request, status: int, title: str, detail: str) -> Response:
        if request.url.path.startswith("/api/") or request.url.path == "/healthz":
            return problem(status, title, detail)
        shown: HTMLResponse = show("error.html", status, status=status, title=title, detail=detail)
        return shown

    @app.exception_handler(BadAddress)
    @app.exception_handler(QueryError)
    def unreadable(request: Request, error: Exception) -> Response:
        return answer(request, 400, "Permintaan tidak dapat dibaca", str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        places = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()[:10])
        return answer(request, 422, "Permintaan tidak dapat dibaca", places)

    @app.exception_handler(NotFound)
    def unknown(request: Request, error: NotFound) -> Response:
        return answer(request, 404, "Tidak ditemukan", "Artikel ini tidak ada, atau sudah dihapus.")

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return answer(request, 404, "Tidak ditemukan", "Halaman ini tidak ada.")
        return answer(request, error.status_code, "Permintaan ditolak", str(error.detail))

    @app.exception_handler(IndexUnavailable)
    def without_index(request: Request, error: IndexUnavailable) -> Response:
        log.error("index_unavailable", error=str(error))
        return answer(request, 503, "Pencarian sedang tidak tersedia", "Indeks pencarian tidak dapat dibuka.")

    @app.exception_handler(StoreError)
    def without_store(request: Request, error: StoreError) -> Response:
        log.error("store_unavailable", error=str(error))
        return answer(request, 503, "Basis data sedang tidak tersedia", "Coba lagi beberapa saat lagi.")

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        # Starlette raises it again for the server's log once this answer is sent.
        return answer(request, 500, "Terjadi kesalahan", "Kesalahan ini sudah dicatat. Coba lagi beberapa saat lagi.")


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
