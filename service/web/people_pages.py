"""What admins see: people with their roles, sessions and tokens, and the audit."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.account import AUDIT_KINDS, ROLES, AuditFilter, Person, Role
from service.domain.cursor import Position, read_cursor, write_cursor
from service.domain.wording.language import say
from service.errors import AccountError
from service.usecases.people import COMMAND_LINE, FORGETFUL
from service.usecases.signing_in import STRANGER
from service.web.audit_view import audit_rows
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.visitor import needs, visitor

ENTRIES_PER_PAGE = 50
NOBODY = frozenset({STRANGER, FORGETFUL, COMMAND_LINE.name})
"""Who did what no person did; these are words of ours, not names."""

Show = Callable[..., HTMLResponse]


def add_people_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/orang", dependencies=[needs("people")])
    def people() -> HTMLResponse:
        """Everybody, and the form that adds somebody."""
        return _people(desk, show)

    @router.post("/orang", dependencies=[needs("people")])
    async def add(request: Request) -> Response:
        """Add somebody and send them an invitation."""
        form = await read_form(request)
        return await run_in_threadpool(_add, desk, show, form)

    @router.get("/orang/{person_id}", dependencies=[needs("people")])
    def person(person_id: str, request: Request) -> HTMLResponse:
        """One person."""
        return _person(desk, show, person_id, done=request.query_params.get("selesai", ""))

    @router.post("/orang/{person_id}", dependencies=[needs("people")])
    async def change(person_id: str, request: Request) -> Response:
        """Change what one form of the person's page is about."""
        form = await read_form(request)
        return await run_in_threadpool(_change, desk, show, person_id, form)

    @router.get("/audit", dependencies=[needs("audit")])
    def audit(request: Request) -> HTMLResponse:
        """What was done, the newest first."""
        return _audit(desk, show, request)


def _people(
    desk: Desk, show: Show, problem: AccountError | None = None, typed: dict[str, str] | None = None
) -> HTMLResponse:
    everybody = desk.people.everybody()
    waiting = {it.id for it in everybody if not desk.people.has_password(it.id)}
    return show(
        "people.html", 400 if problem else 200, people=everybody, waiting=waiting, problem=problem, typed=typed or {}
    )


def _add(desk: Desk, show: Show, form: dict[str, str]) -> Response:
    by = visitor().actor
    try:
        person = desk.people.add(by, form.get("surel", ""), form.get("nama", ""), _role(form))
        address = desk.people.invite(by, person.id)
    except AccountError as error:
        return _people(desk, show, error, form)
    return _invited(desk, show, person.id, address)


def _invited(desk: Desk, show: Show, person_id: str, address: str) -> Response:
    """The person's page; with the link, shown this once, where no mail brings it to them."""
    if desk.sends_mail:
        return RedirectResponse(f"/orang/{person_id}?selesai=undang", 303)
    return _person(desk, show, person_id, link=address)


def _person(
    desk: Desk, show: Show, person_id: str, *, done: str = "", problem: AccountError | None = None, link: str = ""
) -> HTMLResponse:
    person, now = _known(desk, person_id), desk.clock()
    return show(
        "person.html",
        400 if problem else 200,
        person=person,
        has_password=desk.people.has_password(person_id),
        sessions=[it for it in desk.people.sessions(person_id) if it.ends > now],
        tokens=desk.people.tokens(person_id),
        done=done,
        problem=problem,
        link=link,
    )


def _change(desk: Desk, show: Show, person_id: str, form: dict[str, str]) -> Response:
    by, what = visitor().actor, form.get("aksi", "")
    _known(desk, person_id)
    try:
        match what:
            case "nama":
                desk.people.rename(by, person_id, form.get("nama", ""))
            case "peran":
                desk.people.change_role(by, person_id, _role(form))
            case "nonaktif":
                desk.people.deactivate(by, person_id)
            case "aktif":
                desk.people.activate(by, person_id)
            case "undang":
                return _invited(desk, show, person_id, desk.people.invite(by, person_id))
            case "akhiri":
                desk.people.end_sessions(by, person_id)
            case "cabut":
                desk.people.revoke_token(by, person_id, form.get("token", ""))
            case _:
                raise AccountError(say("Pilih apa yang diubah."))
    except AccountError as error:
        return _person(desk, show, person_id, problem=error)
    return RedirectResponse(f"/orang/{person_id}?selesai={what}", 303)


def _audit(desk: Desk, show: Show, request: Request) -> HTMLResponse:
    kind = request.query_params.get("jenis", "")
    person_id = request.query_params.get("orang", "")[:64]
    cursor = request.query_params.get("setelah", "")
    asked = AuditFilter(person_id or None, next((it for it in AUDIT_KINDS if it == kind), None))
    before = read_cursor(cursor, "newest").order if cursor else None
    entries = desk.people.audit(asked, before, ENTRIES_PER_PAGE + 1)
    page = entries[:ENTRIES_PER_PAGE]
    return show(
        "audit.html",
        rows=audit_rows(desk, page),
        asked=asked,
        nobody=NOBODY,
        people=desk.people.everybody(),
        is_later=bool(cursor),
        more=write_cursor("newest", Position(page[-1].number)) if len(entries) > len(page) else "",
    )


def _role(form: dict[str, str]) -> Role:
    role = next((it for it in ROLES if it == form.get("peran")), None)
    if role is None:
        raise AccountError(say("Pilih perannya."))
    return role


def _known(desk: Desk, person_id: str) -> Person:
    person = desk.people.person(person_id)
    if person is None:
        raise NotFound
    return person
