"""`SearchIndex` on Elasticsearch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from service.adapters.elasticsearch_index import documents
from service.adapters.elasticsearch_index.bulk import Blocked, send
from service.adapters.elasticsearch_index.connection import Cluster
from service.adapters.elasticsearch_index.generations import REBUILD, Generations
from service.adapters.elasticsearch_index.questions import Dsl, asked
from service.domain.article import Article
from service.domain.cursor import Position, read_cursor, write_cursor
from service.domain.highlighting import marked, snippet
from service.domain.query import FACETS, MOST_BUCKETS, MOST_COPIES, NOTHING_FOUND, Bucket, Copy, Hit, Query, SearchPage
from service.domain.query_language.reading import read_query
from service.domain.query_language.tree import Node
from service.errors import IndexUnavailable

_NEWEST: Dsl = {"newest": "desc"}
_COUNTED: Dsl = {
    **{name: {"terms": {"field": name, "size": MOST_BUCKETS}} for name in FACETS},
    "day": {"date_histogram": {"field": "day", "calendar_interval": "day", "min_doc_count": 1}},
}
_READ_AT_ONCE, _MOST_AT_ONCE = 100, 10_000
"""Articles that are read at a time for the stories among them; the engine gives no more at once."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the engine is. `generation` is None while nothing was ever indexed."""

    version: str
    health: str
    generation: str | None
    articles: int


class ElasticsearchIndex:
    """An index in a cluster, under an alias of this name. Any number of processes may read and write it."""

    def __init__(
        self, cluster: Cluster, name: str, *, outlets: Mapping[str, str] | None = None, shards: int = 1
    ) -> None:
        self._cluster = cluster
        self._outlets = outlets
        self._name = name
        self._generations = Generations(cluster, name, shards)

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        """Add or replace, durable and visible to the next search when it returns.

        The ids of the articles that the engine refuses for their content, which are logged with the reason.
        """
        return self._change([_put(article) for article in articles]) if articles else ()

    def delete(self, ids: Sequence[str]) -> None:
        """Remove these; unknown ids are no error."""
        if ids and self._generations.current() is not None:
            self._change([{"_op_type": "delete", "_id": article_id} for article_id in ids])

    def rebuild(self, articles: Iterator[Article]) -> Sequence[str]:
        """Replace everything by these, atomically; the ids of those that the engine refuses for their content.

        A failure leaves the former index in use.
        """
        with self._generations.next() as building:
            sent = send(self._cluster, building.name, map(_put, articles), by_alias=False, on_chunk=building.keep_alive)
            self._refresh(building.name)
            built = self._count(building.name)
            if built != sent.changes - len(sent.refused) or (sent.refused and not built):
                raise IndexUnavailable(
                    f"The new search index holds {built} of {sent.changes} articles, {len(sent.refused)} were refused. "
                    "The former one stays in use; see the log, then run `pantau index --rebuild` again."
                )
            self._generations.swap_in(building)
        return sent.refused

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        """One page of the answer; QueryError where the text or the cursor cannot be read."""
        wanted = read_query(query.text, self._outlets)
        after = read_cursor(cursor, query.sort) if cursor else None
        if self._generations.current() is None:
            return NOTHING_FOUND
        search = _Search(self._cluster, self._name, query, wanted)
        return search.stories(size, after) if query.collapse else search.articles(size, after)

    def count(self) -> int:
        """How many articles it holds."""
        return self._count(self._name) if self._generations.current() is not None else 0

    def status(self) -> IndexStatus:
        """How cluster and index are; IndexUnavailable, with what to do, where they cannot serve."""
        info = self._cluster.read(lambda client: client.info())
        generation = self._generations.current()
        # The index's own colour: on a shared cluster others may be yellow.
        health = self._cluster.read(lambda client: client.cluster.health(index=generation))
        if health["status"] == "red":
            raise IndexUnavailable(f"The search index {generation} is red: a part of it is lost or not up. {REBUILD}")
        return IndexStatus(str(info["version"]["number"]), str(health["status"]), generation, self.count())

    def close(self) -> None:
        """Release the connections."""
        self._cluster.close()

    def _change(self, changes: Sequence[Dsl]) -> Sequence[str]:
        """Send the changes; the ids of the articles that are refused."""
        self._generations.ensure()
        try:
            return self._send(changes)
        except Blocked:
            self._generations.free()
            try:
                return self._send(changes)
            except Blocked as error:
                raise IndexUnavailable(
                    f"The search index {self._name} takes no changes ({error}). "
                    "Where its disk is full, make room there; the articles are safe in the store."
                ) from error

    def _send(self, changes: Sequence[Dsl]) -> Sequence[str]:
        sent = send(self._cluster, self._name, changes, by_alias=True)
        self._refresh(self._name)
        return sent.refused

    def _refresh(self, index: str) -> None:
        self._cluster.write(lambda client: client.indices.refresh(index=index))

    def _count(self, index: str) -> int:
        return int(self._cluster.read(lambda client: client.count(index=index))["count"])


def _put(article: Article) -> Dsl:
    return {"_op_type": "index", "_id": article.id, "_source": documents.document(article)}


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a hit stands in the order asked."""

    article_id: str
    story: str
    at: Position
    source: Mapping[str, Any]


class _Search:
    """One question to one index."""

    def __init__(self, cluster: Cluster, index: str, query: Query, wanted: Node) -> None:
        self._cluster = cluster
        self._index = index
        self._wanted = wanted
        self._by_score = query.sort == "relevance"
        self._sort = [{"_score": "desc"}, _NEWEST] if self._by_score else [_NEWEST]
        self._question = asked(query, wanted)
        self._query = query
        # All pages of a text go to the same copies of the index: each copy scores a little differently.
        self._preference = f"pantau{crc32(query.text.encode(errors='replace'))}"

    def articles(self, size: int, after: Position | None) -> SearchPage:
        """A page of articles."""
        position: Dsl = {} if after is None else {"search_after": self._mark_of(after)}
        answer = self._ask(
            query=self._question,
            aggs=_COUNTED,
            size=size + 1,
            sort=self._sort,
            track_total_hits=True,
            source=list(documents.SHOWN),
            **position,
        )
        found = self._found(answer, after.rank if after else 0)
        hits = [self._hit(one) for one in found[:size]]
        return self._page(answer, hits, found[size - 1].at if len(found) > size else None)

    def stories(self, size: int, after: Position | None) -> SearchPage:
        """A page of the first articles of stories."""
        answer, found = self._first_stories(size + 1) if after is None else self._stories_behind(after, size + 1)
        hits = self._with_copies(found[:size])
        return self._page(answer, hits, found[size - 1].at if len(found) > size else None)

    def _first_stories(self, count: int) -> tuple[Mapping[str, Any], list[_Found]]:
        answer = self._ask(
            query=self._question,
            aggs=_COUNTED,
            size=count,
            sort=self._sort,
            collapse={"field": "story"},
            track_total_hits=True,
            source=["story"],
        )
        return answer, self._found(answer, 0)

    def _stories_behind(self, after: Position, count: int) -> tuple[Mapping[str, Any], list[_Found]]:
        """So many stories behind the position; the engine cannot go on behind a hit and collapse at once.

        So articles are read on, and those told that are the first of their story from the very beginning.
        """
        size = min(max(_READ_AT_ONCE, 2 * count), _MOST_AT_ONCE)
        counts: Mapping[str, Any] | None = None
        told: list[_Found] = []
        decided: set[str] = set()
        behind = after
        while True:
            answer = self._ask(
                query={"bool": {"must": [self._question], "must_not": [{"terms": {"story": sorted(decided)}}]}},
                size=size,
                sort=self._sort,
                search_after=self._mark_of(behind),
                source=["story"],
                **({"aggs": _COUNTED, "track_total_hits": True} if counts is None else {}),
            )
            counts = counts or answer
            read = self._found(answer, after.rank)
            first = self._first_of(sorted({one.story for one in read}))
            told += [one for one in read if first.get(one.story) == one.article_id]
            if len(read) < size or len(told) >= count:
                return counts, [
                    replace(one, at=replace(one.at, rank=after.rank + number))
                    for number, one in enumerate(told[:count], start=1)
                ]
            decided |= {one.story for one in read}
            behind = read[-1].at

    def _first_of(self, stories: Sequence[str]) -> dict[str, str]:
        """The article of each story that is its first in the order asked."""
        if not stories:
            return {}
        answer = self._ask(
            query={"bool": {"must": [self._question], "filter": [{"terms": {"story": stories}}]}},
            size=len(stories),
            sort=self._sort,
            collapse={"field": "story"},
            source=["story"],
        )
        return {one.story: one.article_id for one in self._found(answer, 0)}

    def _mark_of(self, position: Position) -> list[float]:
        """The position in the engine's terms."""
        return [position.score, position.order] if self._by_score else [position.order]

    def _with_copies(self, page: Sequence[_Found]) -> list[Hit]:
        """The hits with what else is met of their stories."""
        if not page:
            return []
        stories = sorted({one.story for one in page})
        newest = {"size": MOST_COPIES + 1, "sort": [_NEWEST], "_source": ["outlet", "sentiment"]}
        told = {"outlets": {"cardinality": {"field": "outlet"}}, "newest": {"top_hits": newest}}
        answer = self._ask(
            query={"bool": {"filter": [self._question, {"terms": {"story": stories}}]}},
            aggs={"story": {"terms": {"field": "story", "size": len(stories)}, "aggs": told}},
            post_filter={"ids": {"values": [one.article_id for one in page]}},
            size=len(page),
            source=list(documents.SHOWN),
        )
        sources = {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}
        met = {bucket["key"]: bucket for bucket in answer["aggregations"]["story"]["buckets"]}
        # An article that was taken out between the two questions is left out.
        return [
            _collapsed(self._hit(replace(one, source=sources[one.article_id])), met[one.story])
            for one in page
            if one.article_id in sources
        ]

    def _ask(self, **body: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self._cluster.read(
            lambda client: client.search(index=self._index, preference=self._preference, **body)
        ).body
        return answer

    def _found(self, answer: Mapping[str, Any], rank: int) -> list[_Found]:
        return [
            _Found(
                hit["_id"],
                hit["_source"]["story"],
                Position(int(hit["sort"][-1]), float(hit["sort"][0]) if self._by_score else 0.0, rank + at),
                hit["_source"],
            )
            for at, hit in enumerate(answer["hits"]["hits"], start=1)
        ]

    def _hit(self, found: _Found) -> Hit:
        """The stored document as an answer, with what is wanted marked."""
        source = found.source
        return Hit(
            article_id=found.article_id,
            url=source["url"],
            outlet=source["outlet"],
            title=marked(source["title"], self._wanted, "title"),
            snippet=snippet(source["text"], self._wanted),
            published=documents.published_of(source),
            sentiment=source["sentiment"],
            relevance=source["relevance"],
            regions=tuple(source["region"]),
            story_id=found.story if found.story != found.article_id else None,
            score=found.at.score,
        )

    def _page(self, answer: Mapping[str, Any], hits: Iterable[Hit], last: Position | None) -> SearchPage:
        counted = answer["aggregations"]
        return SearchPage(
            total=answer["hits"]["total"]["value"],
            hits=tuple(hits),
            facets={name: _buckets(counted[name]) for name in FACETS},
            days=tuple(Bucket(day["key_as_string"], day["doc_count"]) for day in counted["day"]["buckets"]),
            cursor=write_cursor(self._query.sort, last) if last is not None else None,
        )


def _collapsed(hit: Hit, story: Mapping[str, Any]) -> Hit:
    others = [one for one in story["newest"]["hits"]["hits"] if one["_id"] != hit.article_id][:MOST_COPIES]
    return replace(
        hit,
        copies=tuple(Copy(one["_id"], one["_source"]["outlet"], one["_source"]["sentiment"]) for one in others),
        other_outlets=story["outlets"]["value"] - 1,
    )


def _buckets(counted: Mapping[str, Any]) -> tuple[Bucket, ...]:
    found = (Bucket(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"])
    return tuple(sorted(found, key=lambda bucket: (-bucket.count, bucket.value)))
