"""What keeps the desk to itself: headers under which hostile text stays inert, and the names it answers to."""

import re
from collections.abc import Collection
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.wording.language import say, telling_in
from service.web.language import chosen, language_of
from service.web.problem import problem

PAGE_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
# The digest is a mail: its styles are inline, its links open outside. Nothing in it may run or load.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
LARGEST_BODY = 16_384
"""Bytes of what somebody sends us; a decision with a long note has two thousand."""
_ONE_CLICK = re.compile(r"/langganan/[^/]+/berhenti")
"""What mail programs ask by POST from wherever they are (RFC 8058); only whoever has the sealed address can."""
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, no-cache",
}


class SecurityHeaders:
    """Adds the headers to every answer that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the head of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class HeadAsGet:
    """ASGI middleware that answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and what answers it but for the body."""

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, send_without_body)
        else:
            await self._app(scope, receive, send)


class OwnPagesOnly:
    """ASGI middleware that lets only our own pages, and programs that are no browsers, change anything.

    Browsers say where a request comes from (Fetch Metadata, else Origin); another site's form is refused with 403. Only
    leaving a digest is asked from everywhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it where another site made it."""
        is_held = (
            scope["type"] == "http" and scope["method"] not in _HARMLESS and not _ONE_CLICK.fullmatch(scope["path"])
        )
        if is_held and not _is_our_own(Headers(scope=scope)):
            await _refusal(Request(scope))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _refusal(request: Request) -> ASGIApp:
    if request.url.path.startswith("/api/"):
        return problem(HTTPStatus.FORBIDDEN, "cross-site request refused")
    with telling_in(language_of(chosen(request))):
        told = say("Permintaan dari situs lain ditolak. Buka halaman ini di Pantau, lalu ulangi.")
    return PlainTextResponse(told, 403)


def _is_our_own(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class BoundedBodies:
    """ASGI middleware that answers 413 as soon as a body that is being read proves too large.

    What nobody reads is not counted: the server drops it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)


class KnownHosts:
    """ASGI middleware that answers only requests made to a literal address, to localhost, or to one of `names`.

    A name of somebody else's that was made to resolve to this machine (DNS rebinding) reaches no page.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it where its host is not ours."""
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).get("host", "")):
            await PlainTextResponse("unknown host", status_code=400)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
