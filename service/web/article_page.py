"""The page of one article: what was understood of it, and what a person decides about it."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from nlp.gazetteer import Gazetteer
from service.domain.alert_life import most_urgent_first
from service.domain.article import Article
from service.errors import ReviewError, UnknownArticle
from service.web.asking import used_labels
from service.web.decisions import FIELDS, decide, described, section_of
from service.web.desk import Desk, NotFound
from service.web.forms import Refused, read_form
from service.web.history import entries
from service.web.ledger_view import in_ledger
from service.web.markup import LONGEST_SHOWN, anchors, paragraphs, shown_figures, title_segments
from service.web.visitor import needs, visitor

MOST_SIMILAR = 20
MOST_CORRECTIONS = 30
"""Decisions shown of an article, the newest."""


def add_article_page(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes of the page and of its form."""

    @router.get("/artikel/{article_id}")
    def article(article_id: str, request: Request) -> HTMLResponse:
        """One article with everything that was understood of it."""
        return _article(desk, show, article_id, request)

    @router.post("/artikel/{article_id}/koreksi", dependencies=[needs("decide")])
    async def correct(article_id: str, request: Request) -> Response:
        """Record what a person decided about the article, and show it as it is now."""
        form = await read_form(request)
        return await run_in_threadpool(_correct, desk, show, article_id, form, request)


def _article(
    desk: Desk, show: Callable[..., HTMLResponse], article_id: str, request: Request, refused: Refused | None = None
) -> HTMLResponse:
    """The page; after a refused decision with what is wrong and what was typed."""
    found = desk.store.get(article_id)
    if found is None:
        raise NotFound
    story = _story(desk, found)
    decided = request.query_params.get("dicatat", "")
    may_decide = visitor().may("decide")
    # What people corrected is marked and listed as they corrected it.
    analysis = found.corrected_analysis
    figures = shown_figures(analysis)
    return show(
        "article.html",
        400 if refused else 200,
        article=found,
        analysis=analysis,
        title=title_segments(found.title, analysis),
        paragraphs=paragraphs(found.text, analysis),
        is_cut=len(found.text) > LONGEST_SHOWN,
        figures=figures,
        anchors=anchors(figures),
        ledger=in_ledger(desk, found),
        similar=[other for other in story if other.id != found.id][:MOST_SIMILAR],
        story_outlets=len({other.outlet for other in story}),
        history=entries(found, desk.store.versions(found.id)),
        corrections=sorted(found.corrections, key=lambda it: it.at)[-MOST_CORRECTIONS:],
        refused=refused,
        typed=refused.typed if refused else {},
        decided=decided,
        section=refused.place if refused else section_of(decided),
        alerts=most_urgent_first(desk.alerts.about([found.story_id])) if found.story_id else (),
        labels=used_labels(desk) if may_decide else (),
        regions=Gazetteer.load().regions() if may_decide else (),
    )


def _story(desk: Desk, article: Article) -> list[Article]:
    """The articles of its story without what people hid, but for itself."""
    story = desk.store.story(article.story_id) if article.story_id else []
    return [other for other in story if other.id == article.id or other.counted_as != "hidden"]


def _correct(
    desk: Desk, show: Callable[..., HTMLResponse], article_id: str, form: dict[str, str], request: Request
) -> Response:
    pressed = form.get("putusan", "")
    try:
        word = decide(desk, article_id, form, visitor().name)
    except UnknownArticle as error:
        raise NotFound from error
    except ReviewError as error:
        return _article(desk, show, article_id, request, Refused(str(error), form, section_of(pressed)))
    desk.people.record(visitor().actor, "article-corrected", f"{described(form)}, berita {article_id}")
    decided = "batal" if word.removeprefix("batal-") in FIELDS and word not in FIELDS else word
    return RedirectResponse(f"/artikel/{quote(article_id, safe='')}?dicatat={decided}#{section_of(word)}", 303)
