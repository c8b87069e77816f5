"""The page of one article: what was understood of it, and what a person decides about it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.correction import CorrectedField
from service.errors import ReviewError, UnknownArticle
from service.web.desk import Desk, NotFound
from service.web.forms import read_form
from service.web.history import entries
from service.web.ledger_view import in_ledger
from service.web.markup import LONGEST_SHOWN, anchors, paragraphs, shown_figures, title_segments
from service.web.visitor import needs, visitor

MOST_SIMILAR = 20
MOST_CORRECTIONS = 30
"""Decisions shown of an article, the newest."""

FIELDS: dict[str, CorrectedField] = {"sentimen": "sentiment", "relevansi": "relevance", "topik": "topic"}
"""The words of the form, and the fields of an article that they correct."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that could not be recorded: what is wrong, and what was typed into the form."""

    problem: str
    typed: dict[str, str]


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
    story = desk.store.story(found.story_id) if found.story_id else []
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
        fields=FIELDS,
        corrections=sorted(found.corrections, key=lambda it: it.at)[-MOST_CORRECTIONS:],
        refused=refused,
        typed=refused.typed if refused else {},
        decided=request.query_params.get("dicatat", ""),
    )


def _correct(
    desk: Desk, show: Callable[..., HTMLResponse], article_id: str, form: dict[str, str], request: Request
) -> Response:
    try:
        word, value = _decision(form)
        desk.correct(article_id, FIELDS[word], value, visitor().name, form.get("catatan", ""))
    except UnknownArticle as error:
        raise NotFound from error
    except ReviewError as error:
        return _article(desk, show, article_id, request, Refused(str(error), form))
    desk.people.record(visitor().actor, "article-corrected", f"{word}: {value or 'batal'}, berita {article_id}")
    decided = word if value is not None else "batal"
    return RedirectResponse(f"/artikel/{quote(article_id, safe='')}?dicatat={decided}#koreksi", 303)


def _decision(form: dict[str, str]) -> tuple[str, str | None]:
    """The form's word for the field and the code that was chosen, None to withdraw; ReviewError where it is unclear."""
    pressed = form.get("putusan", "")
    word = pressed.removeprefix("batal-")
    if word not in FIELDS:
        raise ReviewError("Pilih apa yang dikoreksi: sentimen, relevansi, atau topik.")
    if word != pressed:
        return word, None
    if not form.get(word):
        raise ReviewError(f"Pilih {word} yang benar.")
    return word, form[word]
