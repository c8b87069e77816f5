"""A search question and its answer, the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Sort = Literal["newest", "relevance"]

FACETS = ("outlet", "region", "sentiment", "topic", "speaker", "label")
"""What answers are counted by; values as in `searchable.Searchable`: ids, codes, names as printed."""

MOST_BUCKETS = 1_000
"""Values of one facet that are told, the most frequent ones."""

MOST_COPIES = 20
"""Other articles of a story that are told with its first hit."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Empty collections mean "any"; several values in one are alternatives.

    `text` is in the query language (docs/search.md, `query_language.reading.read_query`). `among` are the outlets that
    may be asked at all, None for all; a tier is given so, for it stands in the configuration and not in the index.
    `regions` are official codes; a province's code includes its kabupaten and kota. `speakers` and `labels` are texts
    as the facets have them. `since` and `until` are inclusive days in Asia/Jakarta.
    `collapse` gives one hit for each story, the first in the order asked; the story's others stand in its `copies`.
    """

    text: str = ""
    outlets: frozenset[str] = frozenset()
    among: frozenset[str] | None = None
    regions: frozenset[str] = frozenset()
    sentiments: frozenset[str] = frozenset()
    relevances: frozenset[str] = frozenset({"relevant"})
    topics: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a snippet or title; `hit` marks the words that matched."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article of a hit's story that is met too."""

    article_id: str
    outlet: str
    sentiment: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found.

    In a collapsed answer `copies` are the other articles of its story that are met, newest first, at most
    `MOST_COPIES`, and `other_outlets` counts the outlets besides its own among all of them; else both are empty.
    """

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
    copies: tuple[Copy, ...] = ()
    other_outlets: int = 0


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet and how many articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    `total`, `facets` and `days` count articles, also in a collapsed answer. `facets` has the names of `FACETS`, each
    most frequent first, then by value, counted over all hits, at most `MOST_BUCKETS`; "region" has official codes.
    `days` counts per day in Asia/Jakarta (ISO date), ascending. `cursor` asks for the next page; None at the end.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    days: tuple[Bucket, ...] = ()
    cursor: str | None = None


NOTHING_FOUND = SearchPage(total=0, hits=(), facets=dict.fromkeys(FACETS, ()))
