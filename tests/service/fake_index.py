"""A search index in memory: the contract in its plainest form."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from service.domain.article import Article
from service.domain.cursor import Position, read_cursor, write_cursor
from service.domain.highlighting import marked, snippet
from service.domain.query import MOST_BUCKETS, MOST_COPIES, Bucket, Copy, Hit, Query, SearchPage
from service.domain.query_language.passing import is_found
from service.domain.query_language.reading import read_query
from service.domain.query_language.searchable import LONGEST_TEXT, LONGEST_TITLE, Searchable, searchable
from service.domain.query_language.tree import Node
from service.errors import IndexUnavailable

Found = tuple[Article, Searchable, float]


class FakeIndex:
    """Keeps the articles themselves. With `unavailable` set, it answers nothing, as an index whose server is down.

    It takes no article of the ids that it `refuses`.
    """

    def __init__(self, outlets: Mapping[str, str] | None = None) -> None:
        self.documents: dict[str, Article] = {}
        self.unavailable = False
        self.refuses: set[str] = set()
        self._outlets = outlets

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        self._must_work()
        taken = {article.id: article for article in articles if article.id not in self.refuses}
        self.documents |= taken
        return [article.id for article in articles if article.id in self.refuses]

    def delete(self, ids: Sequence[str]) -> None:
        self._must_work()
        for article_id in ids:
            self.documents.pop(article_id, None)

    def rebuild(self, articles: Iterator[Article]) -> Sequence[str]:
        self._must_work()
        self.documents = {}
        return self.put(list(articles))

    def count(self) -> int:
        self._must_work()
        return len(self.documents)

    def close(self) -> None:
        pass

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        self._must_work()
        node = read_query(query.text, self._outlets)
        after = read_cursor(cursor, query.sort) if cursor else None
        met = sorted(self._met(query, node), key=_place)
        told = _first_of_stories(met) if query.collapse else met
        behind = [it for it in told if after is None or _place(it) > (-after.score, -after.order)]
        page = behind[:size]
        return SearchPage(
            total=len(met),
            hits=tuple(_hit(it, node, met if query.collapse else []) for it in page),
            facets={
                "outlet": _buckets(read.outlet for _, read, _ in met),
                "region": _buckets(code for _, read, _ in met for code in read.regions),
                "sentiment": _buckets(read.tone for _, read, _ in met),
                "topic": _buckets(topic for _, read, _ in met for topic in read.topics),
                "speaker": _buckets(name for _, read, _ in met for name in read.speakers),
                "label": _buckets(label for _, read, _ in met for label in read.labels),
            },
            days=tuple(sorted(_buckets(read.day.isoformat() for _, read, _ in met), key=lambda bucket: bucket.value)),
            cursor=write_cursor(query.sort, _position(page[-1])) if page and len(behind) > size else None,
        )

    def _met(self, query: Query, node: Node) -> Iterator[Found]:
        for article in self.documents.values():
            read = searchable(article)
            if is_found(query, node, read):
                yield article, read, _score(article, node) if query.sort == "relevance" else 0.0

    def _must_work(self) -> None:
        if self.unavailable:
            raise IndexUnavailable("the index does not answer")


def _score(article: Article, node: Node) -> float:
    in_title = sum(fragment.hit for fragment in marked(article.title, node, "title"))
    return 3.0 * in_title + sum(fragment.hit for fragment in marked(article.text, node, "text"))


def _place(found: Found) -> tuple[float, int]:
    _, read, score = found
    return -score, -read.order


def _position(found: Found) -> Position:
    _, read, score = found
    return Position(read.order, score)


def _first_of_stories(met: Sequence[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for found in met:
        first.setdefault(found[1].story, found)
    return list(first.values())


def _hit(found: Found, node: Node, met: Sequence[Found]) -> Hit:
    article, read, score = found
    hit = Hit(
        article_id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=marked(article.title[:LONGEST_TITLE], node, "title"),
        snippet=snippet(article.text[:LONGEST_TEXT], node),
        published=article.published,
        sentiment=article.sentiment.label,
        relevance=read.relevance,
        regions=read.regions,
        story_id=article.story_id,
        score=score,
    )
    others = [it for it in met if it[1].story == read.story and it[0].id != article.id]
    others.sort(key=lambda it: -it[1].order)
    copies = tuple(Copy(other.id, other.outlet, other.sentiment.label) for other, _, _ in others[:MOST_COPIES])
    outlets = {other.outlet for other, _, _ in others} - {article.outlet}
    return replace(hit, copies=copies, other_outlets=len(outlets))


def _buckets(values: Iterable[str]) -> tuple[Bucket, ...]:
    counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Bucket(value, count) for value, count in counted[:MOST_BUCKETS])
