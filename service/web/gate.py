"""The one door: every request but a few is answered only to somebody who is known and may read."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.account import Person
from service.domain.wording.language import tell_in
from service.errors import StoreError, TooManyAttempts
from service.web.desk import Desk
from service.web.language import chosen, language_of
from service.web.problem import problem
from service.web.visitor import (
    FORM,
    FORM_HEADER,
    SESSION,
    StaleForm,
    Visitor,
    cookie_name,
    keep_cookie,
    new_secret,
    own_path,
    set_visitor,
    wanted_path,
)

OPEN = frozenset({"/healthz", "/metrics"})
"""For programs that watch the machine; /metrics only where the settings serve it."""

DOOR = ("/masuk", "/lupa-sandi", "/sandi/", "/bahasa")
"""Pages for people who are not signed in yet."""

PERSONAL = (
    *DOOR,
    *("/akun", "/orang", "/audit", "/pencarian", "/unduh", "/aturan", "/notifikasi", "/kotak-keluar"),
)
"""Pages that no browser keeps."""

BY_LINK = "/langganan/"
"""Pages whose address itself shows whose they are (`service.domain.subscription`); no session is looked for."""

FEED = "/rss"
FEED_KEY = "kunci"
"""The parameter with which feed readers, which cannot sign in, tell whose they are."""

FILES = "/angka/unduh."
"""How the addresses of files begin that are written while they are fetched."""

LONGEST_SECRET = 200
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})

Answer = Callable[[Request, HTTPStatus, str], Response]
"""An error as a page or as problem+json."""


class Gate:
    """ASGI middleware that recognises who asks, and sends away whom it does not know."""

    def __init__(self, app: ASGIApp, desk: Desk, answer: Answer) -> None:
        self._app = app
        self._desk = desk
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its visitor known, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        set_visitor(Visitor())
        if path in OPEN or path.startswith(("/static/", BY_LINK)):
            await self._app(scope, receive, send)
            return
        request, is_secure = Request(scope), self._desk.is_secure(scope["scheme"])
        refusal, visitor = await run_in_threadpool(self._look, request, is_secure)
        is_reading = request.method in _HARMLESS
        visitor = replace(visitor, language=chosen(request), here=_own_address(request) if is_reading else "")
        form = None
        if not visitor.bound and is_reading and (visitor.is_demo or path.startswith(DOOR)):
            form = new_secret()
            visitor = replace(visitor, bound=form)
        set_visitor(visitor)
        if is_reading and not _is_for_programs(path) and not path.startswith(FILES):
            # What a form does and what a file holds is for everybody, and hence told in Indonesian.
            tell_in(language_of(visitor.language))
        await (refusal or self._app)(scope, receive, _completed(send, path, form, is_secure))

    def _look(self, request: Request, is_secure: bool) -> tuple[Response | None, Visitor]:
        """Who asks, and the answer where they are refused."""
        try:
            visitor = self._recognise(request, is_secure)
        except TooManyAttempts as error:
            refused = self._answer(request, HTTPStatus.TOO_MANY_REQUESTS, str(error))
            refused.headers["Retry-After"] = str(error.seconds)
            return refused, Visitor()
        except StoreError as error:
            return self._answer(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error)), Visitor()
        if visitor.person is None and not request.url.path.startswith(DOOR):
            return _to_the_door(request), visitor
        try:
            _check_program(request, visitor)
        except StaleForm:
            return problem(HTTPStatus.FORBIDDEN, f"a request by session cookie carries {FORM_HEADER}"), visitor
        return None, visitor

    def _recognise(self, request: Request, is_secure: bool) -> Visitor:
        address = request.client.host if request.client is not None else ""
        stranger = Visitor(address, request.headers.get("user-agent", ""))
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if _is_for_programs(request.url.path) and scheme.casefold() == "bearer":
            known = self._desk.people.recognise(token.strip()[:LONGEST_SECRET], address)
            return stranger if known is None else replace(stranger, token=known[0], person=known[1])
        if request.url.path == FEED and FEED_KEY in request.query_params:
            person = self._desk.feeds.recognise(request.query_params[FEED_KEY][:LONGEST_SECRET], address)
            return replace(stranger, person=person)
        if not self._desk.sign_in:
            bound = _secret(request, FORM, is_secure)
            return replace(stranger, bound=bound, person=demo_person(self._desk), is_demo=True)
        secret = _secret(request, SESSION, is_secure)
        found = self._desk.signing_in.recognise(secret) if secret else None
        if found is None:
            return replace(stranger, bound=_secret(request, FORM, is_secure))
        return replace(stranger, bound=secret, session=found[0], person=found[1])


def demo_person(desk: Desk) -> Person:
    """Whom everybody is where nobody signs in; entered nowhere."""
    return Person("peragaan", "peragaan@localhost", "Peragaan", "admin", desk.clock())


def _secret(request: Request, name: str, is_secure: bool) -> str:
    return request.cookies.get(cookie_name(name, is_secure), "")[:LONGEST_SECRET]


def _is_for_programs(path: str) -> bool:
    return path.startswith("/api/") or path in ("/openapi.json", FEED)


def _check_program(request: Request, visitor: Visitor) -> None:
    """StaleForm where a browser's session changes something through the API without the header that forms have."""
    by_cookie = visitor.session is not None and _is_for_programs(request.url.path)
    if by_cookie and request.method not in _HARMLESS:
        visitor.check_form(request.headers.get(FORM_HEADER, ""))


def _to_the_door(request: Request) -> Response:
    """The answer to somebody who is not known: the way to sign in."""
    if _is_for_programs(request.url.path):
        answer = problem(
            HTTPStatus.UNAUTHORIZED,
            "sign in, or send a token of yours: Authorization: Bearer pantau_…",
        )
        is_token = request.headers.get("authorization", "").casefold().startswith("bearer ")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Pantau"' + (', error="invalid_token"' if is_token else "")
        return answer
    back = wanted_path(request) if request.method in _HARMLESS else "/"
    door = "/masuk" if back == "/" else f"/masuk?ke={quote(back, safe='')}"
    if "HX-Request" in request.headers:
        # A part of a page cannot lead to another page by itself.
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": "/masuk"})
    return RedirectResponse(door, HTTPStatus.SEE_OTHER)


def _own_address(request: Request) -> str:
    """The page of ours that is asked for; of a page before signing in, nothing that was typed but the wanted page."""
    path = request.url.path
    if not path.startswith(DOOR):
        return wanted_path(request)
    wanted, page = own_path(request.query_params.get("ke", "/")), path if path == "/masuk" else own_path(path)
    return page if wanted == "/" else f"{page}?ke={quote(wanted, safe='')}"


def _completed(send: Send, path: str, form: str | None, is_secure: bool) -> Send:
    """`send`, with the cookie that forms are bound to where it is new, and personal pages kept nowhere."""

    async def completed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if path.startswith(PERSONAL):
                headers.setdefault("Cache-Control", "no-store")
            if form is not None:
                cookie = Response()
                keep_cookie(cookie, FORM, form, is_secure)
                headers.append("Set-Cookie", cookie.headers["set-cookie"])
        await send(message)

    return completed
