"""The pages of alerts: what waits for somebody, and one alert with its story, its history and what people decide."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.alert import Alert
from service.domain.alert_list import Place, read_place, write_place
from service.domain.wording.language import say
from service.errors import AlertError, QueryError, ReviewError
from service.web.address import BadAddress
from service.web.alert_decisions import SNOOZES, able_people, decide
from service.web.alert_view import STANDINGS, alerted, one_alerted
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.language import say_told
from service.web.story_page import seen_articles
from service.web.visitor import needs, telling_visitor, visitor

ALERTS_PER_PAGE = 30
MOST_ARTICLES = 60
MOST_EVENTS = 100

Show = Callable[..., HTMLResponse]


def add_alert_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/peringatan")
    def alerts(request: Request) -> HTMLResponse:
        """The alerts of one standing, the newest first; those that wait for anybody where none is asked for."""
        wanted = request.query_params.get("status", "open")
        mark = request.query_params.get("setelah", "")
        if wanted not in (*STANDINGS, "semua"):
            raise BadAddress(say("Status peringatan itu tidak dikenal."))
        standing = next((it for it in STANDINGS if it == wanted), None)
        places = desk.alerts.listed(standing, desk.clock(), ALERTS_PER_PAGE + 1, _place(mark))
        shown = places[:ALERTS_PER_PAGE]
        return show(
            "alerts.html",
            alerted=alerted(desk, shown),
            counts=desk.alerts.counts(desk.clock()),
            wanted=wanted,
            is_later=bool(mark),
            more=write_place(shown[-1]) if len(places) > len(shown) else "",
        )

    @router.get("/peringatan/{alert_id}")
    def alert(alert_id: str, request: Request) -> HTMLResponse:
        """One alert."""
        return _alert(desk, show, _known(desk, alert_id), decided=request.query_params.get("dicatat", ""))

    @router.post("/peringatan/{alert_id}", dependencies=[needs("decide")])
    async def handle(alert_id: str, request: Request) -> Response:
        """Record what a person decided about the alert."""
        form = await read_form(request)
        return await run_in_threadpool(_handle, desk, show, alert_id, form)


def _place(mark: str) -> Place | None:
    try:
        return read_place(mark) if mark else None
    except QueryError as error:
        raise BadAddress(say_told(error)) from error


def _known(desk: Desk, alert_id: str) -> Alert:
    found = desk.alerts.get(alert_id)
    if found is None:
        raise NotFound
    return found


def _alert(
    desk: Desk,
    show: Show,
    alert: Alert,
    *,
    decided: str = "",
    problem: str = "",
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    it = one_alerted(desk, alert)
    story = seen_articles(desk, alert.about)
    return show(
        "alert.html",
        400 if problem else 200,
        it=it,
        story=story[:MOST_ARTICLES],
        total=len(story),
        outlets_of_story=len({article.outlet for article in story}),
        events=desk.alerts.history(alert.about)[-MOST_EVENTS:],
        rules={own.id: own.rule_name for own in it.alerts},
        is_corrected=any(article.corrected("sentiment") is not None for article in story),
        people=able_people(desk) if visitor().may("decide") else (),
        snoozes=[(hours, name) for hours, (name, _) in SNOOZES.items()],
        decided=decided,
        problem=problem,
        typed=typed or {},
    )


def _handle(desk: Desk, show: Show, alert_id: str, form: dict[str, str]) -> Response:
    alert = _known(desk, alert_id)
    try:
        word = decide(desk, alert, form, visitor().name)
    except (AlertError, ReviewError) as error:
        with telling_visitor():
            return _alert(desk, show, alert, problem=say_told(error), typed=form)
    desk.people.record(visitor().actor, "alert-decided", f"{word}, peringatan {alert_id}")
    if form.get("kembali") == "daftar":
        return RedirectResponse("/peringatan", 303)
    return RedirectResponse(f"/peringatan/{quote(alert_id, safe='')}?dicatat={word}", 303)
