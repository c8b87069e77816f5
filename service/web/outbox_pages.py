"""The outbox: what became of each message, sending one again, and a test of a channel."""

from collections.abc import Callable
from typing import get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.message import Cause, DeliveryState, OutboxFilter
from service.domain.wording.language import say
from service.errors import ChannelError
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.visitor import needs, visitor

OUTBOX = "/kotak-keluar"
MOST_PAGES = 1_000

Show = Callable[..., HTMLResponse]


def add_outbox_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get(OUTBOX, dependencies=[needs("deliveries")])
    def outbox(request: Request) -> HTMLResponse:
        """The messages, the newest first, and how many there are in which state."""
        return _outbox(desk, show, dict(request.query_params))

    @router.post(OUTBOX, dependencies=[needs("deliver")])
    async def look_after(request: Request) -> Response:
        """Send a test, or what was given up again."""
        form = await read_form(request)
        return await run_in_threadpool(_change, desk, show, form)

    @router.get(OUTBOX + "/{message_id}", dependencies=[needs("deliveries")])
    def message(message_id: str, request: Request) -> HTMLResponse:
        """One message and the state of its delivery, or only that where the page asks for it anew."""
        entry = desk.outbox.entry(message_id)
        if entry is None:
            raise NotFound
        part = "HX-Request" in request.headers
        shown = show(
            "message_state.html" if part else "message.html",
            entry=entry,
            channel=_channel_name(desk, entry.message.channel),
            done=request.query_params.get("selesai", ""),
        )
        shown.headers["Vary"] = "HX-Request"
        return shown


def _outbox(desk: Desk, show: Show, parameters: dict[str, str], problem: ChannelError | None = None) -> HTMLResponse:
    asked = _filter(parameters)
    number = _page_number(parameters.get("halaman", ""))
    entries, is_more = desk.outbox.page(asked, number)
    tally = desk.outbox.tally()
    channels = {name: channel.label for name, channel in desk.outbox.channels.items()}
    channels |= {name: name for _, _, name in tally if name not in channels}
    return show(
        "outbox.html",
        400 if problem else 200,
        entries=entries,
        asked=asked,
        counts={state: sum(n for (of, _, _), n in tally.items() if of == state) for state in get_args(DeliveryState)},
        can_retry=sum(n for (state, cause, _), n in tally.items() if state == "dead" and cause != "account"),
        oldest=desk.outbox.oldest_due(desk.clock()),
        channels=channels,
        tested=list(desk.outbox.channels.values()),
        number=number,
        before=_address(asked, number - 1) if number > 1 else "",
        after=_address(asked, number + 1) if is_more and number < MOST_PAGES else "",
        done=parameters.get("selesai", ""),
        typed=parameters,
        problem=problem,
    )


def _change(desk: Desk, show: Show, form: dict[str, str]) -> Response:
    by = visitor().actor
    try:
        match form.get("aksi", ""):
            case "uji":
                sent = desk.outbox.send_test(by, form.get("saluran", ""), form.get("alamat", ""))
                return RedirectResponse(f"{OUTBOX}/{sent}", 303)
            case "ulang":
                count = desk.outbox.retry(by, OutboxFilter(message_id=form.get("pesan", "")))
            case "ulang-semua":
                count = desk.outbox.retry(by, OutboxFilter(state="dead"))
            case _:
                raise ChannelError(say("Pilih apa yang dilakukan."))
    except ChannelError as error:
        return _outbox(desk, show, {"saluran-uji": form.get("saluran", ""), "alamat": form.get("alamat", "")}, error)
    if form.get("pesan") and count:
        return RedirectResponse(f"{OUTBOX}/{form['pesan']}?selesai=ulang", 303)
    return RedirectResponse(f"{OUTBOX}?selesai={'ulang' if count else 'tidak-ada'}", 303)


def _filter(parameters: dict[str, str]) -> OutboxFilter:
    """What is asked for; what is unknown filters nothing."""
    return OutboxFilter(
        next((it for it in get_args(DeliveryState) if it == parameters.get("keadaan")), None),
        next((it for it in get_args(Cause) if it == parameters.get("sebab")), None),
        parameters.get("saluran", "")[:40] or None,
    )


def _address(asked: OutboxFilter, number: int) -> str:
    named = {"keadaan": asked.state, "sebab": asked.cause, "saluran": asked.channel}
    told = {name: value for name, value in named.items() if value is not None}
    return f"{OUTBOX}?{urlencode(told | {'halaman': str(number)})}"


def _page_number(text: str) -> int:
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _channel_name(desk: Desk, name: str) -> str:
    channel = desk.outbox.channels.get(name)
    return name if channel is None else channel.label
