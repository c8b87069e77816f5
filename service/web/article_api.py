"""One article as JSON, and what people decide about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from service.domain.article import Article
from service.domain.correction import LONGEST_LABEL, LONGEST_NOTE_TEXT
from service.errors import ReviewError, UnknownArticle
from service.usecases.ledger import LONGEST_NOTE
from service.web.address import BadAddress
from service.web.asking import used_labels
from service.web.decisions import find_region
from service.web.desk import Desk, NotFound
from service.web.visitor import needs, visitor

_Id = Annotated[str, Path(max_length=128)]
_Label = Annotated[str, Path(min_length=1, max_length=LONGEST_LABEL * 2)]
_Reason = Annotated[str, Field(max_length=LONGEST_NOTE)]


class _Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SpanOut(_Model):
    """A stretch of the title or the text, in Unicode characters, end exclusive."""

    field: Literal["title", "text"]
    start: int
    end: int
    text: str


class SentimentOut(_Model):
    """Tone toward the agency."""

    label: str
    score: float
    evidence: list[SpanOut]


class MentionOut(SpanOut):
    """A place where the agency, its product or a look-alike is named."""

    kind: str
    name: str


class RegionOut(_Model):
    """A region the article speaks of."""

    name: str
    code: str
    level: str
    province: str


class QuoteOut(SpanOut):
    """Words attributed to somebody."""

    kind: str
    speaker: str | None
    speaker_title: str | None


class FigureOut(_Model):
    """A stated figure in base units; a range is a pair."""

    field: Literal["title", "text"]
    start: int
    end: int
    surface: str
    value: float | tuple[float, float]
    unit: str
    kind: str
    metric: str
    sentence: SpanOut
    direction: str | None
    comparator: str
    period: str | None
    region: str | None
    speaker: str | None
    segment: str | None
    program: str | None
    status: str | None


class AlertClassOut(_Model):
    """What makes an article alert-worthy, how probable it is, and the sentences that decided."""

    code: str
    score: float
    evidence: list[SpanOut]


class AnalysisOut(_Model):
    """What was understood of an article."""

    language: str
    relevance: str
    sentiment: SentimentOut
    version: str
    mentions: list[MentionOut]
    regions: list[RegionOut]
    quotes: list[QuoteOut]
    figures: list[FigureOut]
    alert_classes: list[str]
    alerts: list[AlertClassOut]
    topics: list[str]


class VersionOut(_Model):
    """An earlier text, as it was printed from `fetched` until at most `replaced`."""

    fetched: datetime
    replaced: datetime
    title: str
    text: str
    published: datetime | None
    modified: datetime | None


class CorrectionOut(_Model):
    """What a person decided about the article; the newest of a field holds, one that is `undone` withdraws it."""

    field: str
    value: str
    said: str | None
    by: str
    at: datetime
    note: str
    undone: bool


class NoteOut(_Model):
    """What a person noted on the article; `id` withdraws it."""

    id: str
    text: str
    by: str
    at: datetime


class ArticleOut(_Model):
    """One article. Text is as printed: escape it before showing.

    `fetched` is when this text of it was, `gone` when the outlet was seen to have taken it down; `versions` are its
    earlier texts, the oldest first. In `analysis` stands what people corrected as they corrected it, regions too;
    `topic` is the main one. One that `is_hidden` is neither searched nor counted.
    """

    id: str
    url: str
    outlet: str
    title: str
    text: str
    found: datetime
    published: datetime | None
    modified: datetime | None
    authors: list[str]
    section: str | None
    tags: list[str]
    story_id: str | None
    fetched: datetime | None
    gone: datetime | None
    versions: list[VersionOut] = []
    topic: str | None
    labels: list[str]
    notes: list[NoteOut]
    is_hidden: bool
    corrections: list[CorrectionOut]
    analysis: AnalysisOut


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CorrectionIn(_In):
    """A correction of a field with codes; `value` null withdraws the one that holds.

    "visibility" takes "hidden".
    """

    field: Literal["sentiment", "relevance", "topic", "visibility"]
    value: Annotated[str, Field(max_length=32)] | None
    note: _Reason = ""


class RegionIn(_In):
    """A change of the regions: `region` is an official code or name, which "undo" does without."""

    change: Literal["add", "remove", "main", "undo"]
    region: Annotated[str, Field(max_length=80)] = ""
    note: _Reason = ""


class LabelIn(_In):
    """A label to file the article under."""

    label: Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL * 2)]


class NoteIn(_In):
    """A note to write on the article."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE_TEXT)]


def add_article_api(router: APIRouter, desk: Desk) -> None:
    """Add the routes."""

    @router.get("/api/v1/articles/{article_id}")
    def article(article_id: _Id) -> ArticleOut:
        """One article with its analysis and its earlier texts."""
        found = desk.store.get(article_id)
        if found is None:
            raise NotFound
        return _told(desk, found)

    @router.get("/api/v1/labels")
    def labels() -> list[str]:
        """The labels that the team uses, the most used first."""
        return used_labels(desk)

    _add_corrections(router, desk)
    _add_labels_and_notes(router, desk)


def _add_corrections(router: APIRouter, desk: Desk) -> None:
    may_decide = [needs("decide")]

    @router.post("/api/v1/articles/{article_id}/corrections", dependencies=may_decide)
    def correct(article_id: _Id, it: CorrectionIn) -> ArticleOut:
        """Correct a field, or withdraw its correction. It is kept under your name."""
        about = f"{it.field}: {it.value or 'batal'}"
        return _decided(
            desk, about, article_id, lambda by: desk.correcting.run(article_id, it.field, it.value, by, it.note)
        )

    @router.post("/api/v1/articles/{article_id}/regions", dependencies=may_decide)
    def change_region(article_id: _Id, it: RegionIn) -> ArticleOut:
        """Add, remove or choose as the main one a region, or return to what was understood."""

        def decide(by: str) -> Article:
            code = None if it.change == "undo" else find_region(desk, it.region)
            return desk.correcting.region(article_id, it.change, code, by, it.note)

        return _decided(desk, f"regions {it.change}: {it.region or 'batal'}", article_id, decide)


def _add_labels_and_notes(router: APIRouter, desk: Desk) -> None:
    may_decide = [needs("decide")]

    @router.post("/api/v1/articles/{article_id}/labels", dependencies=may_decide)
    def add_label(article_id: _Id, it: LabelIn) -> ArticleOut:
        """File the article under a label."""
        return _decided(
            desk, f"label: {it.label}", article_id, lambda by: desk.correcting.label(article_id, it.label, by)
        )

    @router.delete("/api/v1/articles/{article_id}/labels/{label:path}", dependencies=may_decide)
    def remove_label(article_id: _Id, label: _Label) -> ArticleOut:
        """File the article under the label, which may hold strokes, no longer."""
        return _decided(
            desk,
            f"label: batal {label}",
            article_id,
            lambda by: desk.correcting.label(article_id, label, by, removed=True),
        )

    @router.post("/api/v1/articles/{article_id}/notes", dependencies=may_decide)
    def add_note(article_id: _Id, it: NoteIn) -> ArticleOut:
        """Write a note on the article."""
        return _decided(desk, "note: ya", article_id, lambda by: desk.correcting.add_note(article_id, it.text, by))

    @router.delete("/api/v1/articles/{article_id}/notes/{note_id}", dependencies=may_decide)
    def remove_note(article_id: _Id, note_id: Annotated[str, Path(max_length=32)]) -> ArticleOut:
        """Withdraw a note."""
        return _decided(
            desk, "note: batal", article_id, lambda by: desk.correcting.remove_note(article_id, note_id, by)
        )


def _told(desk: Desk, article: Article) -> ArticleOut:
    versions = [VersionOut.model_validate(version) for version in desk.store.versions(article.id)]
    notes = [NoteOut(id=note.value, text=note.note, by=note.by, at=note.at) for note in article.notes]
    # What people corrected is told as they corrected it.
    shown = replace(article, analysis=article.corrected_analysis)
    fields = {name: getattr(shown, name) for name in ArticleOut.model_fields if hasattr(shown, name)}
    return ArticleOut.model_validate(fields | {"versions": versions, "notes": notes})


def _decided(desk: Desk, about: str, article_id: str, decide: Callable[[str], Article]) -> ArticleOut:
    """The article after the decision, which the audit tells."""
    try:
        after = decide(visitor().name)
    except UnknownArticle as error:
        raise NotFound from error
    except ReviewError as error:
        raise BadAddress(str(error)) from error
    desk.people.record(visitor().actor, "article-corrected", f"{about[:120]}, berita {article_id}")
    return _told(desk, after)
