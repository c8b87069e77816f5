"""The searches that people keep, and the addresses of their feeds."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.query import Query
from service.domain.saved_search import SavedSearch
from service.domain.wording.language import say
from service.errors import QueryError, SavedSearchError, UnknownSavedSearch
from service.web.address import BadAddress, SearchAddress, read_saved, read_search
from service.web.asking import check_labels, question, summary
from service.web.desk import Desk
from service.web.forms import read_form
from service.web.gate import FEED, FEED_KEY
from service.web.mistake import mistake_of
from service.web.visitor import Forbidden, own_person, visitor

Show = Callable[..., HTMLResponse]


def add_saved_pages(router: APIRouter, desk: Desk, show: Show) -> None:
    """Add the routes."""

    @router.get("/pencarian")
    def saved(request: Request) -> HTMLResponse:
        """One's own searches and those that others share."""
        return _saved(desk, show, done=request.query_params.get("selesai", ""))

    @router.post("/pencarian")
    async def change(request: Request) -> Response:
        """Keep, change or delete a search, or make or revoke the address of a feed."""
        form = await read_form(request)
        return await run_in_threadpool(_change, desk, show, form, read_search(request.query_params))

    @router.get("/pencarian/{search_id}")
    def opened(search_id: str) -> Response:
        """The search itself, which has nothing new from now on."""
        search = desk.saved_searches.open(own_person().id, search_id)
        return RedirectResponse(search.path, 303)


def asked_of(desk: Desk, search: SavedSearch) -> Query | None:
    """What a kept search asks for; None where the desk does not understand it any more."""
    try:
        return question(desk, read_saved(search.address))
    except BadAddress:
        return None


def _saved(
    desk: Desk, show: Show, *, done: str = "", problem: SavedSearchError | None = None, feed: str = ""
) -> HTMLResponse:
    """The page; `feed` is the address of a feed that was just made."""
    person_id = own_person().id
    listed = desk.saved_searches.listed(person_id, lambda search: asked_of(desk, search))
    return show(
        "saved.html",
        400 if problem else 200,
        own=[it for it in listed if it.own],
        others=[it for it in listed if not it.own],
        told=partial(_told, desk),
        keys=desk.feeds.keys(person_id),
        done=done,
        problem=problem,
        feed=feed,
    )


def _told(desk: Desk, search: SavedSearch) -> str:
    try:
        return summary(desk, read_saved(search.address))
    except BadAddress:
        return say("saringan ini tidak dikenal lagi")


def _change(desk: Desk, show: Show, form: dict[str, str], asked: SearchAddress) -> Response:
    by, person = visitor().actor, own_person()
    what, search_id = form.get("aksi", ""), form.get("pencarian", "")
    try:
        match what:
            case "simpan":
                check_labels(desk, asked.query.text)
                shared = form.get("bagikan") == "1"
                desk.saved_searches.save(person.id, form.get("nama", ""), asked.normalised, shared=shared)
            case "nama":
                desk.saved_searches.change(person.id, search_id, name=form.get("nama", ""))
            case "bagikan" | "tutup":
                desk.saved_searches.change(person.id, search_id, shared=what == "bagikan")
            case "hapus":
                desk.saved_searches.delete(person.id, search_id)
            case "rss":
                if visitor().is_demo:
                    raise Forbidden
                check_labels(desk, asked.query.text)
                secret = desk.feeds.issue(by, person, summary(desk, asked), asked.query.text)
                return _saved(desk, show, feed=feed_address(desk, asked, secret))
            case "cabut":
                desk.feeds.revoke(by, person.id, form.get("kunci", ""))
            case _:
                raise SavedSearchError(say("Pilih apa yang diubah."))
    except UnknownSavedSearch:
        raise
    except SavedSearchError as error:
        return _saved(desk, show, problem=error)
    except QueryError as error:
        return show("search.html", 400, asked=asked, page=None, mistake=mistake_of(asked, error))
    return RedirectResponse(f"/pencarian?selesai={what}", 303)


def feed_address(desk: Desk, asked: SearchAddress, secret: str) -> str:
    """Where a feed reader finds the search."""
    parameters = {name: values for name, values in asked.parts().items() if name != "urut"}
    return f"{desk.base_url.rstrip('/')}{FEED}?{urlencode(parameters | {FEED_KEY: [secret]}, doseq=True)}"
