"""The alert rules: what there are, what each would have raised, and writing new ones."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.query import Bucket
from service.domain.wording.language import say
from service.errors import RuleError
from service.usecases.alert_rules import ListedRule
from service.usecases.back_test import TEST_DAYS, BackTest
from service.web.desk import Desk
from service.web.forms import read_form
from service.web.histogram import bars
from service.web.rule_form import ReadRule, block_of, form_of, kind_of, read_rule_form, with_suggestion
from service.web.visitor import needs, telling_visitor, visitor

Show = Callable[..., HTMLResponse]


def add_rule_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/aturan")
    def rules(request: Request) -> HTMLResponse:
        """Every rule of the file and of the desk."""
        return _rules(desk, show, done=request.query_params.get("selesai", ""))

    @router.get("/aturan/baru", dependencies=[needs("decide")])
    def new(request: Request) -> HTMLResponse:
        """The form of a new rule, filled like another one where that is asked for."""
        like = request.query_params.get("seperti", "")
        if like:
            form = form_of(desk, _block(desk.rules.get(like)))
            return _form(desk, show, {**form, "nama": f"{form['nama']} (salinan)"[:80]})
        usual = {"umur": "72", "kali": "3", "sedikitnya": "5", "jam": "6"}
        return _form(desk, show, {"jenis": kind_of(request.query_params.get("jenis", "")), **usual})

    @router.post("/aturan/baru", dependencies=[needs("decide")])
    async def add(request: Request) -> Response:
        """Try a new rule, or keep it once it was tried."""
        form = await read_form(request)
        return await run_in_threadpool(_save, desk, show, form)

    @router.get("/aturan/{rule_id}")
    def rule(rule_id: str, request: Request) -> HTMLResponse:
        """One rule, with what it would have raised where that is asked for."""
        listed = desk.rules.get(rule_id)
        asked = request.query_params.get("uji") == "1"
        tested = desk.trying_rules.run(listed.rule) if asked and listed.rule is not None else None
        return show("rule.html", it=listed, **_tested(tested))

    @router.post("/aturan/{rule_id}", dependencies=[needs("decide")])
    async def switch(rule_id: str, request: Request) -> Response:
        """Switch a rule on or off, or forget one of the desk."""
        form = await read_form(request)
        return await run_in_threadpool(_switch, desk, show, rule_id, form.get("aksi", ""))

    @router.get("/aturan/{rule_id}/ubah", dependencies=[needs("decide")])
    def edit(rule_id: str) -> HTMLResponse:
        """The form of a rule of the desk."""
        return _form(desk, show, form_of(desk, _block(_of_desk(desk.rules.get(rule_id)))), rule_id)

    @router.post("/aturan/{rule_id}/ubah", dependencies=[needs("decide")])
    async def change(rule_id: str, request: Request) -> Response:
        """Try a changed rule of the desk, or keep it once it was tried."""
        form = await read_form(request)
        return await run_in_threadpool(_save, desk, show, form, rule_id)


def _rules(desk: Desk, show: Show, *, done: str = "", problem: str = "") -> HTMLResponse:
    return show("rules.html", 400 if problem else 200, listed=desk.rules.listed(), done=done, problem=problem)


def _switch(desk: Desk, show: Show, rule_id: str, what: str) -> Response:
    by = visitor().actor
    try:
        match what:
            case "aktif" | "nonaktif":
                desk.rules.switch(by, rule_id, enabled=what == "aktif")
            case "hapus":
                desk.rules.delete(by, rule_id)
            case _:
                desk.rules.get(rule_id)
                raise RuleError(say("Pilih apa yang diubah."))
    except RuleError as error:
        if type(error) is not RuleError:
            raise
        return _rules(desk, show, problem=str(error))
    return RedirectResponse(f"/aturan?selesai={what}", 303)


def _save(desk: Desk, show: Show, form: dict[str, str], rule_id: str = "") -> Response:
    """Keep the rule where it is the one that was tried last; else try it and show the form again."""
    if rule_id:
        _of_desk(desk.rules.get(rule_id))
    form = with_suggestion(form)
    with telling_visitor():
        read = read_rule_form(desk, form)
    if read.mistakes:
        return _form(desk, show, form, rule_id, read)
    if form.get("aksi") != "simpan" or form.get("dilihat") != read.seen:
        return _form(desk, show, form, rule_id, read, was_changed=form.get("aksi") == "simpan")
    if rule_id:
        desk.rules.change(visitor().actor, rule_id, read.block)
        return RedirectResponse("/aturan?selesai=ubah", 303)
    desk.rules.add(visitor().actor, read.block)
    return RedirectResponse("/aturan?selesai=buat", 303)


def _form(
    desk: Desk,
    show: Show,
    form: Mapping[str, str],
    rule_id: str = "",
    read: ReadRule | None = None,
    *,
    was_changed: bool = False,
) -> HTMLResponse:
    """The form as it was typed; with what the rule would have raised, where it was sent and can be read."""
    mistakes = read.mistakes if read is not None else {}
    is_read = read is not None and not mistakes
    tested = None
    if read is not None and is_read:
        tested = desk.trying_rules.run(desk.rules.read({**read.block, "id": rule_id or "baru"}))
    return show(
        "rule_form.html",
        400 if mistakes else 200,
        form=form,
        kind=kind_of(form.get("jenis", "")),
        rule_id=rule_id,
        mistakes=mistakes,
        seen=read.seen if read is not None and is_read else "",
        was_changed=was_changed,
        **_tested(tested),
    )


def _tested(tested: BackTest | None) -> dict[str, object]:
    """What a template shows of a test."""
    days = tested.days if tested is not None else ()
    return {
        "tested": tested,
        "test_days": TEST_DAYS,
        "bars": bars([Bucket(day.isoformat(), count) for day, count in days]),
    }


def _block(listed: ListedRule) -> Mapping[str, Any]:
    """What the rule says, also where it cannot be read any more: the form is where it is mended."""
    if listed.rule is not None:
        return block_of(listed.rule)
    assert listed.block is not None  # rules of the file are read when the desk starts
    return listed.block


def _of_desk(listed: ListedRule) -> ListedRule:
    if listed.of_file:
        raise RuleError(say("Aturan ini berasal dari berkas config/rules.toml: di sini hanya dapat dinonaktifkan."))
    return listed
