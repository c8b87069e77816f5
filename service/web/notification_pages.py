"""What a person wants to be told of at once, and over which channel."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.alert_rule import SEVERITIES
from service.domain.recipient import AlertLimits
from service.domain.wording.language import say
from service.errors import ChannelError
from service.web.desk import Desk
from service.web.forms import read_form
from service.web.visitor import Forbidden, visitor

NOTIFICATIONS = "/notifikasi"
MOST_REGIONS = 40
MOST_RULES = 40
"""So many can be chosen from; the fields of a form are bounded."""

Show = Callable[..., HTMLResponse]


def add_notification_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get(NOTIFICATIONS)
    def notifications(request: Request) -> HTMLResponse:
        """What whoever is signed in is told of."""
        return _notifications(desk, show, done=request.query_params.get("selesai", ""))

    @router.post(NOTIFICATIONS)
    async def change(request: Request) -> Response:
        """Be told of other alerts, or of none, over one channel."""
        form = await read_form(request)
        return await run_in_threadpool(_change, desk, show, form)


def _notifications(
    desk: Desk, show: Show, *, done: str = "", problem: ChannelError | None = None, typed: dict[str, str] | None = None
) -> HTMLResponse:
    """The page; `problem` is what is wrong with what was `typed` into the form of one channel."""
    person = visitor().person
    assert person is not None  # the gate lets nobody else in
    kept = {it.channel: it for it in desk.recipients.subscriptions_of(person.id)}
    return show(
        "notifications.html",
        400 if problem else 200,
        person=person,
        channels=desk.recipients.personal_channels,
        kept=kept,
        rules=dict(list(desk.rule_names().items())[:MOST_RULES]),
        severities=SEVERITIES,
        is_always_told=desk.recipients.is_always_told(person),
        done=done,
        problem=problem,
        typed=typed or {},
    )


def _change(desk: Desk, show: Show, form: dict[str, str]) -> Response:
    asked, channel = visitor(), form.get("saluran", "")
    if asked.is_demo or asked.person is None:
        raise Forbidden
    what = form.get("aksi", "")
    try:
        match what:
            case "simpan":
                limits = _limits(desk, form)
                desk.recipients.subscribe(asked.person, channel, form.get("alamat", ""), limits)
            case "berhenti":
                desk.recipients.unsubscribe(asked.person.id, channel)
            case _:
                raise ChannelError(say("Pilih apa yang diubah."))
    except ChannelError as error:
        return _notifications(desk, show, problem=error, typed=form)
    desk.people.record(asked.actor, "alerts-asked", f"{channel[:40]}: {what}")
    return RedirectResponse(f"{NOTIFICATIONS}?selesai={what}", 303)


def _limits(desk: Desk, form: dict[str, str]) -> AlertLimits:
    """Which alerts the form asks for; ChannelError where a region is unknown or nothing is left."""
    severities = frozenset(it for it in SEVERITIES if form.get(f"tingkat-{it}"))
    if not severities:
        raise ChannelError(say("Pilih paling sedikit satu tingkat peringatan, atau berhenti diberi tahu."))
    known = desk.rule_names()
    rules = frozenset(it for it in known if form.get(f"aturan-{it}"))
    return AlertLimits(
        frozenset() if severities == frozenset(SEVERITIES) else severities,
        _regions(desk, form.get("wilayah", "")),
        rules,
    )


def _regions(desk: Desk, text: str) -> frozenset[str]:
    named = [name.strip() for name in text.replace(";", ",").split(",") if name.strip()]
    if len(named) > MOST_REGIONS:
        raise ChannelError(say("Paling banyak {most} wilayah.", most=MOST_REGIONS))
    codes = {name: desk.region_code(name) for name in named}
    unknown = [name[:60] for name, code in codes.items() if code is None or code == "ID"]
    if unknown:
        raise ChannelError(
            say(
                "Wilayah tidak dikenal atau dimiliki dua wilayah: {names}. "
                "Tulis nama lengkapnya, misalnya “Kota Palembang”, atau kodenya.",
                names=", ".join(unknown[:5]),
            )
        )
    return frozenset(code for code in codes.values() if code is not None)
