"""A search question and its answer, the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Empty collections mean "any"; several values in one are alternatives.

    `text` is words (all must occur) and "quoted phrases". `regions` are official codes; a province's code includes
    its kabupaten and kota. `since` and `until` are inclusive days in Asia/Jakarta.
    """

    text: str = ""
    outlets: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    sentiments: frozenset[str] = frozenset()
    relevances: frozenset[str] = frozenset({"relevant"})
    since: date | None = None
    until: date | None = None
    sort: Literal["newest", "relevance"] = "newest"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a snippet or title; `hit` marks the words that matched."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found."""

    article_id: str
    url: str
    outlet: str
    title: tuple[Fragment, ...]
    snippet: tuple[Fragment, ...]
    published: datetime | None
    sentiment: str
    relevance: str
    regions: tuple[str, ...]
    story_id: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet and how many articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    `facets` has "outlet", "region" (official codes), "sentiment", each most frequent first and counted over all
    hits; `days` counts per day in Asia/Jakarta (ISO date), ascending. `cursor` asks for the next page; None at the end.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    days: tuple[Bucket, ...] = ()
    cursor: str | None = None
