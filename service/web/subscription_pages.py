"""What a recipient of digests chooses by the signed links of their mails: without an account, session or cookie.

The seal in the address is what lets somebody in; whoever has no such link learns nothing.
"""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from service.domain.subscription import Way
from service.domain.wording.language import say
from service.errors import SubscriptionError
from service.usecases.subscriptions import Subscriber
from service.web.desk import Desk

MOST_FIELDS = 100
PAUSES = (7, 14, 30)
"""Days of the pauses that are offered."""

_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}

Show = Callable[..., HTMLResponse]


def add_subscription_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/langganan/{token}")
    def choices(token: str) -> HTMLResponse:
        """The recipient's groups and pause."""
        return _choices(desk, show, desk.subscriptions.whose(token))

    @router.post("/langganan/{token}")
    async def choose(token: str, request: Request) -> HTMLResponse:
        """Keep what the recipient chose."""
        form = await _fields(request)
        return await run_in_threadpool(_choose, desk, show, token, form)

    @router.get("/langganan/{token}/berhenti")
    def leaving(token: str) -> HTMLResponse:
        """The question whether to leave; opening the link, which programs do as well, changes nothing."""
        return _leaving(show, token, desk.subscriptions.whose(token), done=False)

    @router.post("/langganan/{token}/berhenti")
    async def leave(token: str, request: Request) -> HTMLResponse:
        """Leave the group: the button of our page, or that of the mail program (RFC 8058)."""
        form = await _fields(request)
        way: Way = "one-click" if form.get("List-Unsubscribe") == "One-Click" else "page"
        subscriber = await run_in_threadpool(desk.subscriptions.leave, token, way)
        return _leaving(show, token, subscriber, done=True)


async def _fields(request: Request) -> dict[str, str]:
    """The last value of each field of an urlencoded body; no field where the body is of another kind."""
    body = await request.body()
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return {name: values[-1].strip() for name, values in fields.items()}


def _choices(
    desk: Desk, show: Show, subscriber: Subscriber | None, *, done: bool = False, problem: str = ""
) -> HTMLResponse:
    if subscriber is None:
        return _over(show)
    today = desk.clock().astimezone(subscriber.group.zone).date()
    paused = subscriber.paused_until if subscriber.paused_until and subscriber.paused_until > today else None
    answer = show(
        "subscription.html",
        400 if problem else 200,
        subscriber=subscriber,
        paused_until=paused,
        tomorrow=today + timedelta(days=1),
        pauses=PAUSES,
        done=done,
        problem=problem,
    )
    return _private(answer)


def _choose(desk: Desk, show: Show, token: str, form: dict[str, str]) -> HTMLResponse:
    subscriber = desk.subscriptions.whose(token)
    if subscriber is None:
        return _over(show)
    wanted = frozenset(it.group.id for it in subscriber.choices if form.get(f"kelompok-{it.group.id}") == "1")
    try:
        kept = desk.subscriptions.choose(token, wanted, _pause(desk, subscriber, form))
    except SubscriptionError as error:
        return _choices(desk, show, subscriber, problem=str(error))
    return _choices(desk, show, kept, done=True)


def _pause(desk: Desk, subscriber: Subscriber, form: dict[str, str]) -> date | None:
    """The first day on which digests come again; SubscriptionError where it cannot be read."""
    chosen = form.get("jeda", "")
    if chosen == "tanggal":
        try:
            return date.fromisoformat(form.get("sampai", ""))
        except ValueError as error:
            raise SubscriptionError(say("Isi tanggal mulai lagi, misalnya 2026-12-07.")) from error
    if chosen in map(str, PAUSES):
        return desk.clock().astimezone(subscriber.group.zone).date() + timedelta(days=int(chosen))
    return None


def _leaving(show: Show, token: str, subscriber: Subscriber | None, *, done: bool) -> HTMLResponse:
    if subscriber is None:
        return _over(show)
    return _private(show("unsubscribe.html", subscriber=subscriber, token=token, done=done or subscriber.has_left))


def _over(show: Show) -> HTMLResponse:
    return _private(show("subscription_over.html", 404))


def _private(answer: HTMLResponse) -> HTMLResponse:
    answer.headers.update(_PRIVATE)
    return answer
