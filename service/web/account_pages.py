"""A person's own account: name, password, sessions, and tokens for programs."""

from collections.abc import Callable
from typing import cast

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.account import TOKEN_DAYS, Person, Role, may
from service.domain.wording.language import say
from service.errors import AccountError
from service.usecases.people import TOKEN_ROLES
from service.web.desk import Desk
from service.web.door_pages import begin_session
from service.web.forms import read_form
from service.web.visitor import Forbidden, own_person, visitor

Show = Callable[..., HTMLResponse]


def add_account_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/akun")
    def account(request: Request) -> HTMLResponse:
        """The account of whoever is signed in."""
        return _account(desk, show, done=request.query_params.get("selesai", ""))

    @router.post("/akun")
    async def change(request: Request) -> Response:
        """Change what one form of the page is about."""
        form = await read_form(request)
        return await run_in_threadpool(_change, desk, show, form, request)


def _account(
    desk: Desk, show: Show, *, done: str = "", problem: AccountError | None = None, about: str = "", secret: str = ""
) -> HTMLResponse:
    """The page; `secret` is a token that was just made, `problem` what is wrong in the form `about`."""
    person = own_person()
    now = desk.clock()
    return show(
        "account.html",
        400 if problem else 200,
        person=person,
        sessions=[it for it in desk.people.sessions(person.id) if it.ends > now],
        tokens=desk.people.tokens(person.id),
        has_password=desk.people.has_password(person.id),
        token_roles=[role for role in TOKEN_ROLES if role == "pembaca" or may(person.role, "decide")],
        token_days=TOKEN_DAYS,
        done=done,
        problem=problem,
        about=about,
        secret=secret,
    )


def _change(desk: Desk, show: Show, form: dict[str, str], request: Request) -> Response:
    asked = visitor()
    if asked.is_demo or asked.person is None or asked.session is None:
        raise Forbidden
    person, what = asked.person, form.get("aksi", "")
    try:
        match what:
            case "nama":
                desk.people.rename(asked.actor, person.id, form.get("nama", ""))
            case "sandi":
                return _change_password(desk, person, form, request)
            case "akhiri":
                desk.people.end_sessions(asked.actor, person.id, only=form.get("sesi", ""))
            case "akhiri-lain":
                desk.people.end_sessions(asked.actor, person.id, but=asked.session.id)
            case "token":
                secret, _ = desk.people.issue_token(
                    person,
                    form.get("nama", ""),
                    cast("Role", form.get("hak", "")),
                    int(form["hari"]) if form.get("hari", "") in map(str, TOKEN_DAYS) else 0,
                    asked.address,
                )
                return _account(desk, show, secret=secret)
            case "cabut":
                desk.people.revoke_token(asked.actor, person.id, form.get("token", ""))
            case _:
                raise AccountError(say("Pilih apa yang diubah."))
    except AccountError as error:
        return _account(desk, show, problem=error, about=what)
    return RedirectResponse(f"/akun?selesai={what}", 303)


def _change_password(desk: Desk, person: Person, form: dict[str, str], request: Request) -> Response:
    asked = visitor()
    if form.get("sandi", "") != form.get("sandi-lagi", ""):
        raise AccountError(say("Kedua isian kata sandi baru tidak sama."))
    desk.people.change_password(
        desk.signing_in, person, form.get("sandi-lama", ""), form.get("sandi", ""), asked.address
    )
    signed_in = desk.signing_in.after_choosing(person, asked.address, asked.agent)
    return begin_session(desk, signed_in, request, "/akun?selesai=sandi")
