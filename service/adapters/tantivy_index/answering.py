"""One question put to one state of the index: its counts and a page of its hits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter
from typing import TypeAlias

import tantivy

from service.adapters.tantivy_index import documents
from service.adapters.tantivy_index.compiling import Compiler, every
from service.domain.cursor import Position, write_cursor
from service.domain.query import FACETS, MOST_BUCKETS, MOST_COPIES, Bucket, Copy, Hit, Query, SearchPage
from service.domain.query_language.tree import Node, matches_in

_READ_AT_ONCE = 100
_RANKED_AT_FIRST = 250
_GROWTH = 8


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit before it is read: its place in the order asked, and where it lies."""

    place: Position
    address: tantivy.DocAddress
    story: int


_Ranked: TypeAlias = tuple[float, int, int, tantivy.DocAddress]
"""Score, order, story and address of one of many hits, of which few are read."""


class Answer:
    """The answer to a question in the state that `searcher` sees."""

    def __init__(self, index: tantivy.Index, searcher: tantivy.Searcher, query: Query, node: Node) -> None:
        self._searcher = searcher
        self._query = query
        self._node = node
        self._compiler = Compiler(index)
        self._asked = self._compiler.asked(query, node)

    def page(self, size: int, after: Position | None) -> SearchPage:
        """The page behind that position, the first where it is None."""
        total, facets, days = self._counts()
        found = list(islice(self._in_order(after), size + 1))
        more = len(found) > size and size > 0
        hits = [self._hit(it) for it in found[:size]]
        if self._query.collapse:
            hits = self._with_copies(hits, found)
        cursor = write_cursor(self._query.sort, found[size - 1].place) if more else None
        return SearchPage(total, tuple(hits), facets, days, cursor)

    def _counts(self) -> tuple[int, dict[str, tuple[Bucket, ...]], tuple[Bucket, ...]]:
        """How many match, by facet and by day."""
        counted = self._searcher.aggregate(
            self._asked,
            {
                **{
                    column: {"terms": {"field": column, "size": MOST_BUCKETS}}
                    for name in FACETS
                    for column in documents.columns(name)
                },
                "day": {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}},
            },
        )
        facets = {name: _buckets(documents.counts(name, counted)) for name in FACETS}
        days = tuple(Bucket(documents.iso_day(day["key"]), day["doc_count"]) for day in counted["day"]["buckets"])
        return sum(day.count for day in days), facets, days

    def _in_order(self, after: Position | None) -> Iterator[_Found]:
        """The hits behind the position, of each story the first alone where stories are collapsed."""
        if self._query.sort == "relevance" and matches_in(self._node):
            return self._ranked(after)
        return self._by_time(after)

    def _by_time(self, after: Position | None) -> Iterator[_Found]:
        """Read in steps from the order of the last hit on, so that new articles shift nothing."""
        read, rank = after, after.rank if after else 0
        seen: set[int] = set()
        while True:
            asked = self._asked if read is None else every([self._asked, self._compiler.before(read.order)])
            found = self._searcher.search(asked, _READ_AT_ONCE, count=False, order_by_field="newest").hits
            stories = self._stories([address for _, address in found])
            if self._query.collapse and after is not None:
                seen |= self._told_before(after, set(stories) - seen)
            for (order, address), story in zip(found, stories, strict=True):
                rank += 1
                read = Position(int(order), 0.0, rank)
                if not self._query.collapse or story not in seen:
                    yield _Found(read, address, story)
                seen.add(story)
            if len(found) < _READ_AT_ONCE:
                return

    def _told_before(self, after: Position, stories: set[int]) -> set[int]:
        """Those of the stories that have a hit on a page before."""
        if not stories:
            return set()
        earlier = every([self._asked, self._compiler.after(after.order), self._compiler.of_stories(stories)])
        wanted = {"story": {"terms": {"field": "story_key", "size": len(stories)}}}
        return {int(bucket["key"]) for bucket in self._searcher.aggregate(earlier, wanted)["story"]["buckets"]}

    def _ranked(self, after: Position | None) -> Iterator[_Found]:
        """By score, the newer first among equals, each time from the best on: scores change with what is indexed."""
        limit = max(_RANKED_AT_FIRST, 2 * (after.rank if after else 0))
        told = 0
        while True:
            ranked, complete = self._best(limit)
            behind = self._collapsed(ranked, _behind(ranked, after))
            for at in islice(behind, told, None):
                score, order, story, address = ranked[at]
                yield _Found(Position(order, score, at + 1), address, story)
            if complete:
                return
            told, limit = len(behind), limit * _GROWTH

    def _best(self, limit: int) -> tuple[list[_Ranked], bool]:
        """The best hits in order, and whether they are all."""
        found = self._searcher.search(self._asked, limit, count=False).hits
        complete = len(found) < limit
        # Of equals at the end of the list some are missing, and one of those may be the newest.
        kept = found if complete else [it for it in found if it[0] > found[-1][0]]
        addresses = [address for _, address in kept]
        orders = map(_whole, self._searcher.fast_field_values("newest", addresses))
        stories = self._stories(addresses)
        ranked = [(it[0], order, story, it[1]) for it, order, story in zip(kept, orders, stories, strict=True)]
        ranked.sort(key=itemgetter(0, 1), reverse=True)
        return ranked, complete

    def _collapsed(self, ranked: Sequence[_Ranked], start: int) -> Sequence[int]:
        """The numbers of the hits behind the start, of each story the first alone where stories are collapsed."""
        if not self._query.collapse:
            return range(start, len(ranked))
        first: dict[int, int] = {}
        for at, (_, _, story, _) in enumerate(ranked):
            first.setdefault(story, at)
        return [at for at in first.values() if at >= start]

    def _stories(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [_whole(value) for value in self._searcher.fast_field_values("story_key", addresses)]

    def _hit(self, found: _Found) -> Hit:
        return documents.hit(self._searcher.doc(found.address), found.place.score, self._node)

    def _with_copies(self, hits: Sequence[Hit], found: Sequence[_Found]) -> list[Hit]:
        """The hits with the other articles of their stories that are met."""
        if not hits:
            return []
        stories = {it.story for it in found[: len(hits)]}
        outlets = {"outlet": {"terms": {"field": "outlet", "size": MOST_BUCKETS}}}
        told = {"story": {"terms": {"field": "story_key", "size": len(stories)}, "aggs": outlets}}
        counted = self._searcher.aggregate(every([self._asked, self._compiler.of_stories(stories)]), told)
        several = {
            int(bucket["key"]): len(bucket["outlet"]["buckets"])
            for bucket in counted["story"]["buckets"]
            if bucket["doc_count"] > 1
        }
        return [
            replace(hit, copies=self._copies(hit, it.story), other_outlets=several[it.story] - 1)
            if it.story in several
            else hit
            for hit, it in zip(hits, found, strict=False)
        ]

    def _copies(self, hit: Hit, story: int) -> tuple[Copy, ...]:
        asked = every([self._asked, self._compiler.of_stories([story])])
        others = self._searcher.search(asked, MOST_COPIES + 1, count=False, order_by_field="newest").hits
        copies = (documents.copy(self._searcher.doc(address)) for _, address in others)
        return tuple(copy for copy in copies if copy.article_id != hit.article_id)[:MOST_COPIES]


def _buckets(counts: Mapping[str, int]) -> tuple[Bucket, ...]:
    """The most frequent values first, then by value."""
    ranked = sorted(counts.items(), key=lambda it: (-it[1], it[0]))
    return tuple(Bucket(value, count) for value, count in ranked[:MOST_BUCKETS])


def _behind(ranked: Sequence[_Ranked], after: Position | None) -> int:
    """Where the next page begins: behind the last hit where it is still there, else where it would stand."""
    if after is None:
        return 0
    for at, (_, order, _, _) in enumerate(ranked):
        if order == after.order:
            return at + 1
    place = (after.score, after.order)
    return next((at for at, (score, order, _, _) in enumerate(ranked) if (score, order) < place), len(ranked))


def _whole(value: object) -> int:
    """The value of a field that every document has."""
    assert isinstance(value, int)
    return value
