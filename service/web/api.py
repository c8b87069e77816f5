"""The desk's JSON, for other programs of the agency."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from service.domain import query as search_query
from service.domain.query_language.reading import LONGEST_QUERY
from service.domain.wording.names import TOPICS
from service.errors import IndexUnavailable, StoreError
from service.web.desk import Desk, NotFound
from service.web.ledger_api import add_ledger_api

MOST_HITS = 100

_Code = Annotated[str, Query(max_length=120)]
_Topic = Annotated[str, Query(pattern=f"^({'|'.join(TOPICS)})$")]
_Region = Annotated[str, Query(pattern=r"^\d\d(\.\d\d)?$")]


class _Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class FragmentOut(_Model):
    """A piece of a title or snippet; `hit` where the query matched."""

    text: str
    hit: bool


class CopyOut(_Model):
    """Another article of a hit's story."""

    article_id: str
    outlet: str
    sentiment: str


class HitOut(_Model):
    """One article found; `copies` and `other_outlets` are filled where stories are collapsed."""

    article_id: str
    url: str
    outlet: str
    title: list[FragmentOut]
    snippet: list[FragmentOut]
    published: datetime | None
    sentiment: str
    relevance: str
    regions: list[str]
    story_id: str | None
    score: float
    copies: list[CopyOut]
    other_outlets: int


class BucketOut(_Model):
    """One value of a facet and how many articles have it."""

    value: str
    count: int


class SearchOut(_Model):
    """One page of an answer; `cursor` asks for the next."""

    total: int
    hits: list[HitOut]
    facets: dict[str, list[BucketOut]]
    days: list[BucketOut]
    cursor: str | None


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


class ArticleOut(_Model):
    """One article. Text is as printed: escape it before showing.

    `fetched` is when this text of it was, `gone` when the outlet was seen to have taken it down; `versions` are its
    earlier texts, the oldest first. In `analysis` stands what people corrected as they corrected it; `topic` is
    the main one.
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
    corrections: list[CorrectionOut]
    analysis: AnalysisOut


def make_api(desk: Desk) -> APIRouter:
    """The JSON routes."""
    router = APIRouter()

    @router.get("/api/v1/search")
    def search(
        q: Annotated[str, Query(max_length=LONGEST_QUERY, description="the query language of docs/search.md")] = "",
        outlet: Annotated[list[_Code], Query(max_length=50)] = [],  # noqa: B006 (FastAPI copies it)
        region: Annotated[list[_Region], Query(max_length=50)] = [],  # noqa: B006
        sentiment: Annotated[list[Literal["positive", "neutral", "negative"]], Query(max_length=3)] = [],  # noqa: B006
        topic: Annotated[list[_Topic], Query(max_length=10)] = [],  # noqa: B006
        speaker: Annotated[list[_Code], Query(max_length=50)] = [],  # noqa: B006
        since: date | None = None,
        until: date | None = None,
        sort: Literal["newest", "relevance"] = "newest",
        mentions: Annotated[bool, Query(description="also articles that only mention the agency")] = False,
        collapse: Annotated[bool, Query(description="one hit for each story, with the others as its copies")] = False,
        size: Annotated[int, Query(ge=1, le=MOST_HITS)] = 20,
        cursor: Annotated[str | None, Query(max_length=120)] = None,
    ) -> SearchOut:
        """Articles that match; days are those of Asia/Jakarta, inclusive."""
        asked = search_query.Query(
            text=q,
            outlets=frozenset(outlet),
            regions=frozenset(region),
            sentiments=frozenset(sentiment),
            relevances=frozenset({"relevant", "mention"} if mentions else {"relevant"}),
            topics=frozenset(topic),
            speakers=frozenset(speaker),
            since=since,
            until=until,
            sort=sort,
            collapse=collapse,
        )
        return SearchOut.model_validate(desk.index.search(asked, size=size, cursor=cursor or None))

    @router.get("/api/v1/articles/{article_id}")
    def article(article_id: Annotated[str, Path(max_length=128)]) -> ArticleOut:
        """One article with its analysis and its earlier texts."""
        found = desk.store.get(article_id)
        if found is None:
            raise NotFound
        versions = [VersionOut.model_validate(version) for version in desk.store.versions(article_id)]
        # What people corrected is told as they corrected it.
        told = replace(found, analysis=found.corrected_analysis)
        return ArticleOut.model_validate(told).model_copy(update={"versions": versions})

    add_ledger_api(router, desk)

    @router.get("/healthz", include_in_schema=False)
    def healthz() -> JSONResponse:
        """Whether the desk can serve: 503 without the store; without the index it serves all but the search."""
        try:
            desk.store.ping()
        except StoreError:
            return JSONResponse({"status": "down", "store": "down"}, 503)
        try:
            articles = desk.index.count()
        except IndexUnavailable:
            return JSONResponse({"status": "degraded", "store": "ok", "index": "down"})
        return JSONResponse({"status": "ok", "store": "ok", "index": "ok", "articles": articles})

    return router
