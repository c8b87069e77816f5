"""A search index in memory: the contract in its plainest form."""

from collections import Counter
from collections.abc import Iterator, Sequence

from service.domain.article import Article
from service.domain.cursor import read_cursor, write_cursor
from service.domain.query import Bucket, Hit, Query, SearchPage
from service.domain.searching import Wanted, marked, read_query, snippet
from service.errors import IndexUnavailable


class FakeIndex:
    """Keeps the articles themselves. With `unavailable` set, it answers nothing, as an index whose server is down."""

    def __init__(self) -> None:
        self.documents: dict[str, Article] = {}
        self.unavailable = False

    def put(self, articles: Sequence[Article]) -> None:
        self._must_work()
        self.documents |= {article.id: article for article in articles}

    def delete(self, ids: Sequence[str]) -> None:
        self._must_work()
        for article_id in ids:
            self.documents.pop(article_id, None)

    def rebuild(self, articles: Iterator[Article]) -> int:
        self._must_work()
        self.documents = {article.id: article for article in articles}
        return len(self.documents)

    def count(self) -> int:
        self._must_work()
        return len(self.documents)

    def close(self) -> None:
        pass

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        self._must_work()
        wanted = read_query(query.text)
        start = read_cursor(cursor, query.sort) if cursor else 0
        met = [article for article in self.documents.values() if _meets(article, query, wanted)]
        scores = {article.id: _score(article, wanted) if query.sort == "relevance" else 0.0 for article in met}
        met.sort(key=lambda article: (scores[article.id], article.published or article.found, article.id), reverse=True)
        page = met[start : start + size]
        return SearchPage(
            total=len(met),
            hits=tuple(_hit(article, wanted, scores[article.id]) for article in page),
            facets={
                "outlet": _buckets(article.outlet for article in met),
                "region": _buckets(code for article in met for code in _codes(article)),
                "sentiment": _buckets(article.sentiment.label for article in met),
            },
            days=tuple(sorted(_buckets(article.day.isoformat() for article in met), key=lambda bucket: bucket.value)),
            cursor=write_cursor(query.sort, start + size) if start + size < len(met) else None,
        )

    def _must_work(self) -> None:
        if self.unavailable:
            raise IndexUnavailable("the index does not answer")


def _meets(article: Article, query: Query, wanted: Wanted) -> bool:
    return (
        (not query.outlets or article.outlet in query.outlets)
        and (not query.regions or not query.regions.isdisjoint(_codes(article)))
        and (not query.sentiments or article.sentiment.label in query.sentiments)
        and (not query.relevances or article.relevance in query.relevances)
        and (query.since is None or article.day >= query.since)
        and (query.until is None or article.day <= query.until)
        and wanted.met_by(article.title, article.text)
    )


def _codes(article: Article) -> set[str]:
    codes = {region.code for region in article.analysis.regions}
    return codes | {code.split(".")[0] for code in codes}


def _score(article: Article, wanted: Wanted) -> float:
    in_title = sum(fragment.hit for fragment in marked(article.title, wanted))
    return 3.0 * in_title + sum(fragment.hit for fragment in marked(article.text, wanted))


def _hit(article: Article, wanted: Wanted, score: float) -> Hit:
    return Hit(
        article_id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=marked(article.title, wanted),
        snippet=snippet(article.text, wanted),
        published=article.published,
        sentiment=article.sentiment.label,
        relevance=article.relevance,
        regions=tuple(sorted(_codes(article))),
        story_id=article.story_id,
        score=score,
    )


def _buckets(values: Iterator[str]) -> tuple[Bucket, ...]:
    counted = Counter(values)
    return tuple(Bucket(value, count) for value, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
