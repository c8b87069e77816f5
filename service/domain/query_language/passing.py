"""Whether one article is what a whole question asks for, its filters and its words."""

from collections.abc import Iterable

from service.domain.query import Query
from service.domain.query_language.meeting import is_met
from service.domain.query_language.searchable import Searchable
from service.domain.query_language.tree import Node


def is_found(query: Query, node: Node, article: Searchable) -> bool:
    """Whether the article is found by the query, whose text reads as `node`."""
    return passes(query, article) and is_met(node, article)


def passes(query: Query, article: Searchable) -> bool:
    """Whether the article passes the filters of the query, whatever its text asks for."""
    chosen: list[tuple[frozenset[str], Iterable[str]]] = [
        (query.outlets, [article.outlet]),
        (query.regions, article.regions),
        (query.sentiments, [article.tone]),
        (query.relevances, [article.relevance]),
        (query.topics, article.topics),
        (query.speakers, article.speakers),
        (query.labels, article.labels),
    ]
    return (
        all(not wanted or not wanted.isdisjoint(values) for wanted, values in chosen)
        and (query.among is None or article.outlet in query.among)
        and (query.since is None or article.day >= query.since)
        and (query.until is None or article.day <= query.until)
    )
