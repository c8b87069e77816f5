"""The pages for people who are not signed in yet: sign-in, forgotten password, choosing a password by a link."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from service.domain.wording.language import say
from service.errors import AccountError, SignInRefused, TooManyAttempts
from service.ports import SingleSignOn, SingleSignOnRequest
from service.usecases.signing_in import SignedIn
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.language import COOKIE, LANGUAGES
from service.web.visitor import (
    FORM,
    ONGOING,
    SESSION,
    cookie_name,
    drop_cookie,
    keep_cookie,
    own_path,
    visitor,
)

COME_BACK = "/masuk/oidc/kembali"
ONGOING_SECONDS = 600
LANGUAGE_SECONDS = 31_536_000
LONGEST_LINK = 100
_BETWEEN = "~"

Show = Callable[..., HTMLResponse]


def add_door_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""
    _add_language(router)

    @router.get("/masuk")
    def sign_in_page(request: Request) -> Response:
        """The form, or the wanted page for whoever is signed in."""
        wanted = own_path(request.query_params.get("ke", "/"))
        if visitor().person is not None:
            return RedirectResponse(wanted, 303)
        return _sign_in_page(desk, show, {"ke": wanted})

    @router.post("/masuk")
    async def sign_in(request: Request) -> Response:
        """Begin a session, and lead to the wanted page."""
        form = await read_form(request)
        return await run_in_threadpool(_sign_in, desk, show, form, request)

    @router.post("/keluar")
    async def sign_out(request: Request) -> Response:
        """End this session."""
        await read_form(request)
        return await run_in_threadpool(_sign_out, desk, request)

    @router.get("/lupa-sandi")
    def forgotten_page() -> HTMLResponse:
        """The form that asks for a new password."""
        return show("forgotten.html", asked=False, problem="", email="")

    @router.post("/lupa-sandi")
    async def forgotten(request: Request) -> Response:
        """Send a link if there is such an account; the answer is the same if there is none."""
        form = await read_form(request)
        return await run_in_threadpool(_forgotten, desk, show, form.get("surel", ""))

    @router.get("/sandi/{secret}")
    def link_page(secret: str) -> HTMLResponse:
        """The form by which the holder of a link chooses a password; looking at it uses nothing up."""
        return _link_page(desk, show, secret)

    @router.post("/sandi/{secret}")
    async def choose(secret: str, request: Request) -> Response:
        """Take the password, and begin a session."""
        form = await read_form(request)
        return await run_in_threadpool(_choose, desk, show, secret, form, request)

    @router.get("/masuk/oidc")
    def provider(request: Request) -> Response:
        """Lead to the agency's own provider."""
        return _to_provider(desk, show, own_path(request.query_params.get("ke", "/")), request)

    @router.get(COME_BACK)
    def come_back(request: Request) -> Response:
        """Begin a session for whom the provider knows."""
        return _from_provider(desk, show, request)


def _add_language(router: APIRouter) -> None:
    @router.post("/bahasa")
    async def choose_language(request: Request) -> Response:
        """Keep the language that this browser is to be answered in, and lead back."""
        form = await read_form(request)
        answer = RedirectResponse(_way_back(form.get("ke", "")), 303)
        if form.get("bahasa") in LANGUAGES:
            answer.set_cookie(COOKIE, form["bahasa"], max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax")
        return answer


def _way_back(path: str) -> str:
    """The page of ours to come back to."""
    return path if path == "/masuk" or (path.startswith("/masuk?") and path.isascii()) else own_path(path)


def begin_session(desk: Desk, signed_in: SignedIn, request: Request, to: str) -> Response:
    """Lead there with the new session; one that this browser had before ends."""
    former = visitor()
    if former.session is not None and former.person is not None and former.session.id != signed_in.session.id:
        desk.signing_in.sign_out(former.session, former.person, former.address)
    is_secure = desk.is_secure(request.url.scheme)
    answer = RedirectResponse(to, 303)
    keep_cookie(answer, SESSION, signed_in.secret, is_secure)
    drop_cookie(answer, FORM, is_secure)
    return answer


def _sign_in_page(desk: Desk, show: Show, typed: dict[str, str], problem: str = "", status: int = 200) -> HTMLResponse:
    return show(
        "sign_in.html",
        status,
        wanted=own_path(typed.get("ke", "/")),
        email=typed.get("surel", ""),
        problem=problem,
        is_unused=desk.signing_in.is_unused(),
        has_provider=desk.single_sign_on is not None,
    )


def _sign_in(desk: Desk, show: Show, form: dict[str, str], request: Request) -> Response:
    guest = visitor()
    try:
        signed_in = desk.signing_in.with_password(
            form.get("surel", ""), form.get("sandi", ""), guest.address, guest.agent
        )
    except TooManyAttempts as error:
        answer = _sign_in_page(desk, show, form, str(error), HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    except SignInRefused as error:
        return _sign_in_page(desk, show, form, str(error), HTTPStatus.FORBIDDEN)
    return begin_session(desk, signed_in, request, own_path(form.get("ke", "/")))


def _sign_out(desk: Desk, request: Request) -> Response:
    leaving = visitor()
    if leaving.session is not None and leaving.person is not None:
        desk.signing_in.sign_out(leaving.session, leaving.person, leaving.address)
    answer = RedirectResponse("/masuk", 303)
    drop_cookie(answer, SESSION, desk.is_secure(request.url.scheme))
    return answer


def _forgotten(desk: Desk, show: Show, email: str) -> Response:
    address = visitor().address
    try:
        desk.people.count_reset(address)
    except TooManyAttempts as error:
        answer = show("forgotten.html", HTTPStatus.TOO_MANY_REQUESTS, asked=False, problem=str(error), email=email)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    answer = show("forgotten.html", asked=True, problem="", email=email)
    # After the answer, so that its time does not tell whether there is such an account either.
    answer.background = BackgroundTask(desk.people.forgot, email, address)
    return answer


def _link_page(desk: Desk, show: Show, secret: str, problem: str = "") -> HTMLResponse:
    found = desk.people.whose_link(secret) if len(secret) <= LONGEST_LINK else None
    if found is None:
        return show("link_over.html", HTTPStatus.NOT_FOUND)
    link, person = found
    return show("choose_password.html", 400 if problem else 200, link=link, person=person, problem=problem)


def _choose(desk: Desk, show: Show, secret: str, form: dict[str, str], request: Request) -> Response:
    if form.get("sandi", "") != form.get("sandi-lagi", ""):
        return _link_page(desk, show, secret, "Kedua isian kata sandi tidak sama.")
    guest = visitor()
    try:
        person = desk.people.choose_password(secret[: LONGEST_LINK + 1], form.get("sandi", ""), guest.address)
    except AccountError as error:
        return _link_page(desk, show, secret, str(error))
    return begin_session(desk, desk.signing_in.after_choosing(person, guest.address, guest.agent), request, "/")


def _to_provider(desk: Desk, show: Show, wanted: str, request: Request) -> Response:
    provider = _provider(desk)
    try:
        begun = provider.begin(desk.base_url.rstrip("/") + COME_BACK)
    except SignInRefused as error:
        return _sign_in_page(desk, show, {"ke": wanted}, str(error), HTTPStatus.BAD_GATEWAY)
    answer = RedirectResponse(begun.address, 303)
    kept = _BETWEEN.join((begun.state, begun.nonce, begun.verifier, quote(wanted, safe="")))
    keep_cookie(answer, ONGOING, kept, desk.is_secure(request.url.scheme), ONGOING_SECONDS)
    return answer


def _from_provider(desk: Desk, show: Show, request: Request) -> Response:
    provider, guest = _provider(desk), visitor()
    is_secure = desk.is_secure(request.url.scheme)
    begun, wanted = _ongoing(request, is_secure)
    back = desk.base_url.rstrip("/") + COME_BACK
    try:
        if begun is None:
            raise SignInRefused(
                say("Masuk dengan akun instansi tidak dimulai di peramban ini, atau terlalu lama. Ulangi.")
            )
        email, name = provider.finish(begun, f"{back}?{request.url.query}", back)
        signed_in = desk.signing_in.with_identity(email, name, guest.address, guest.agent, desk.create_role)
        answer = begin_session(desk, signed_in, request, wanted)
    except SignInRefused as error:
        answer = _sign_in_page(desk, show, {"ke": wanted}, str(error), HTTPStatus.FORBIDDEN)
    drop_cookie(answer, ONGOING, is_secure)
    return answer


def _provider(desk: Desk) -> SingleSignOn:
    if desk.single_sign_on is None:
        raise NotFound
    return desk.single_sign_on


def _ongoing(request: Request, is_secure: bool) -> tuple[SingleSignOnRequest | None, str]:
    """What this browser keeps of a sign-in that was begun, and the page that is wanted after it."""
    kept = request.cookies.get(cookie_name(ONGOING, is_secure), "").split(_BETWEEN)
    if len(kept) != 4:
        return None, "/"
    state, nonce, verifier, wanted = kept
    return SingleSignOnRequest("", state, nonce, verifier), own_path(unquote(wanted))
