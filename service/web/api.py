"""The desk's JSON, for other programs of the agency."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict

from service.domain import query as search_query
from service.domain.wording.names import TOPICS
from service.errors import IndexUnavailable, StoreError
from service.web.address import LONGEST_TYPED
from service.web.alert_api import add_alert_api
from service.web.api_values import Day
from service.web.article_api import add_article_api
from service.web.asking import check_labels
from service.web.desk import Desk
from service.web.export_api import add_export_api
from service.web.ledger_api import add_ledger_api
from service.web.saved_api import add_saved_api
from service.web.story_api import add_story_api
from service.web.visitor import FORM_HEADER

MOST_HITS = 100

_Code = Annotated[str, Query(max_length=120)]
_Topic = Annotated[str, Query(pattern=f"^({'|'.join(TOPICS)})$")]
_Region = Annotated[str, Query(pattern=r"^\d\d(\.\d\d)?$")]


_TOKEN = HTTPBearer(
    scheme_name="token",
    bearerFormat="pantau_…",
    description="A token of yours, made on the page /akun of the desk. A browser's session does as well; then whatever "
    f"changes something carries the header {FORM_HEADER} with the value of the pages' forms.",
    auto_error=False,
)
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}


def _refusal(description: str, **headers: str) -> dict[str, Any]:
    told = {name.replace("_", "-"): {"description": it, "schema": {"type": "string"}} for name, it in headers.items()}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": _PROBLEM}},
        **({"headers": told} if told else {}),
    }


_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: _refusal("Something asked for cannot be read."),
    401: _refusal("Neither a token nor a session that holds.", WWW_Authenticate="Bearer"),
    403: _refusal("The token or its person may not do this."),
    404: _refusal("There is no such thing."),
    413: _refusal("More was sent than anything here needs."),
    422: _refusal("A parameter or the body is not of the form described; `detail` says which and why."),
    429: _refusal("Too many requests with unknown tokens from this address.", Retry_After="seconds"),
    503: _refusal("The store or the index does not answer."),
}


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


def make_api(desk: Desk) -> APIRouter:
    """The JSON routes."""
    # The gate has looked at the token before any route; this only describes it.
    router = APIRouter(dependencies=[Security(_TOKEN)], responses=_REFUSALS)

    @router.get("/api/v1/search")
    def search(
        q: Annotated[str, Query(max_length=LONGEST_TYPED, description="the query language of docs/search.md")] = "",
        outlet: Annotated[list[_Code], Query(max_length=50)] = [],  # noqa: B006 (FastAPI copies it)
        region: Annotated[list[_Region], Query(max_length=50)] = [],  # noqa: B006
        sentiment: Annotated[list[Literal["positive", "neutral", "negative"]], Query(max_length=3)] = [],  # noqa: B006
        topic: Annotated[list[_Topic], Query(max_length=10)] = [],  # noqa: B006
        speaker: Annotated[list[_Code], Query(max_length=50)] = [],  # noqa: B006
        label: Annotated[list[_Code], Query(max_length=50)] = [],  # noqa: B006
        since: Day | None = None,
        until: Day | None = None,
        sort: Literal["newest", "relevance"] = "newest",
        mentions: Annotated[bool, Query(description="also articles that only mention the agency")] = False,
        hidden: Annotated[bool, Query(description="only articles that people hid as noise")] = False,
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
            relevances=frozenset({"hidden"} if hidden else {"relevant", "mention"} if mentions else {"relevant"}),
            topics=frozenset(topic),
            speakers=frozenset(speaker),
            labels=frozenset(label),
            since=since,
            until=until,
            sort=sort,
            collapse=collapse,
        )
        check_labels(desk, q)
        return SearchOut.model_validate(desk.index.search(asked, size=size, cursor=cursor or None))

    add_alert_api(router, desk)
    add_article_api(router, desk)
    add_story_api(router, desk)
    add_ledger_api(router, desk)
    add_saved_api(router, desk)
    add_export_api(router, desk)

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
