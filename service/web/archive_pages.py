"""The pages that show an article as it was fetched."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter
from fastapi.responses import HTMLResponse

from crawler.page import ExtractionError, Page
from service.domain.article import Article, ArticleVersion
from service.domain.version import all_texts
from service.errors import ArchiveDamaged
from service.web.archived import POLICY, safe_document
from service.web.desk import Desk, NotFound

logger = logging.getLogger(__name__)

MOST_VERSIONS = 10_000


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """An archived copy that is safe to show with the pages it was made of, or in `trouble` why there is none."""

    html: str = ""
    pages: tuple[Page, ...] = ()
    trouble: str = ""


def add_archive_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes."""
    version_number = Annotated[int | None, Parameter(alias="versi", ge=1, le=MOST_VERSIONS)]

    def copy_of(article_id: str, number: int | None) -> tuple[Article, ArticleVersion]:
        """The article, and the text of it whose archived copy is asked for, today's where none is."""
        article = desk.store.get(article_id)
        if article is None:
            raise NotFound
        texts = all_texts(article, desk.store.versions(article_id))
        if number is not None and number > len(texts):
            raise NotFound
        return article, texts[-1 if number is None else number - 1]

    @router.get("/artikel/{article_id}/arsip")
    def archived_copy(article_id: str, number: version_number = None) -> HTMLResponse:
        """The page as it was fetched, in a frame, under the words that say so."""
        article, text = copy_of(article_id, number)
        document = _archived_document(desk, text)
        return show(
            "archived.html",
            200 if document.html else 404,
            article=article,
            text=text,
            number=number,
            document=document,
        )

    @router.get("/artikel/{article_id}/arsip/halaman")
    def archived_page(article_id: str, number: version_number = None) -> HTMLResponse:
        """The archived page alone, under a policy that lets nothing run, load or lead away."""
        document = _archived_document(desk, copy_of(article_id, number)[1])
        if not document.html:
            raise NotFound
        headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN"}
        return HTMLResponse(document.html, headers=headers)


def _archived_document(desk: Desk, text: ArticleVersion) -> ArchivedDocument:
    """The archived copy, or why there is none to show."""
    if text.archived_in is None:
        return ArchivedDocument(trouble="missing")
    try:
        pages = desk.archive.pages(text.archived_in, text.article_id, text.fetched)
        html = safe_document(pages, text.title) if pages else ""
    except ArchiveDamaged:
        logger.exception("archived copy cannot be read", extra={"article": text.article_id, "file": text.archived_in})
        return ArchivedDocument(trouble="damaged")
    except ExtractionError as error:
        return ArchivedDocument(trouble=error.reason)
    return ArchivedDocument(html, pages) if pages else ArchivedDocument(trouble="missing")
