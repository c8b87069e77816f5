"""What is asked, in the engine's terms: the tree of the query language as Elasticsearch DSL."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

from service.domain.query import Query
from service.domain.query_language.tree import (
    And,
    Days,
    Field,
    FigureCondition,
    Label,
    Match,
    Near,
    Node,
    Not,
    Or,
    Outlet,
    Phrase,
    Prefix,
    Region,
    Speaker,
    Tone,
    Topic,
    Word,
)

Dsl = dict[str, Any]

_TITLE_BOOST = 3.0
_ANY: Dsl = {"match_all": {"boost": 0.0}}


def asked(query: Query, wanted: Node) -> Dsl:
    """The question: what the text wants counts for relevance, the filters do not."""
    return {"bool": {"must": [compiled(wanted)], "filter": list(_filters(query))}}


def compiled(node: Node) -> Dsl:
    """A query that exactly the articles match which the tree asks for."""
    match node:
        case And(()):
            return _ANY
        case And(parts):
            return _all(parts)
        case Or(parts):
            return _any(map(compiled, parts))
        case Not(part):
            return {"bool": {"must_not": [compiled(part)]}}
        case Word() | Phrase() | Near() | Prefix():
            return _any(_in_field(node, name) for name in node.fields)
        case _:
            return {"constant_score": {"filter": _condition(node), "boost": 0.0}}


def _all(parts: tuple[Node, ...]) -> Dsl:
    return {"bool": {"must": [compiled(part) for part in parts]}}


def _any(parts: Iterable[Dsl]) -> Dsl:
    alternatives = list(parts)
    if len(alternatives) == 1:
        return alternatives[0]
    return {"bool": {"should": alternatives, "minimum_should_match": 1}}


def _in_field(leaf: Match, field: Field) -> Dsl:
    boost = _TITLE_BOOST if field == "title" else 1.0
    exact = f"{field}_exact"
    match leaf:
        case Word(stem):
            return {"term": {f"{field}_stems": {"value": stem, "boost": boost}}}
        case Prefix(start):
            return {"prefix": {exact: {"value": start, "boost": boost}}}
        case Phrase(terms):
            return _phrase(exact, terms, boost)
        case Near(terms, distance):
            # Unordered spans of more than two terms mean something else to each engine; of two, the same.
            pairs = [_pair(exact, pair, distance) for pair in combinations(terms, 2)]
            return {"bool": {"must": pairs, "boost": boost}}


def _phrase(field: str, terms: tuple[str, ...], boost: float = 1.0) -> Dsl:
    if len(terms) == 1:
        return {"term": {field: {"value": terms[0], "boost": boost}}}
    return {"match_phrase": {field: {"query": " ".join(terms), "boost": boost}}}


def _pair(field: str, terms: tuple[str, str], distance: int) -> Dsl:
    clauses = [{"span_term": {field: {"value": term}}} for term in terms]
    return {"span_near": {"clauses": clauses, "slop": distance, "in_order": False}}


def _condition(
    node: Outlet | Region | Tone | Topic | Speaker | Label | Days | FigureCondition,
) -> Dsl:
    match node:
        case Outlet(ids):
            return _one_of("outlet", ids)
        case Region(codes):
            return _one_of("region", codes)
        case Tone(label):
            return {"term": {"sentiment": label}}
        case Topic(code):
            return {"term": {"topic": code}}
        case Label(key):
            return {"term": {"label_key": key}}
        case Speaker(terms):
            return _phrase("speaker_exact", terms)
        case Days(since, until):
            return _days(since, until)
        case FigureCondition():
            return {"nested": {"path": "figures", "query": {"bool": {"filter": list(_figure(node))}}}}


def _figure(wanted: FigureCondition) -> Iterable[Dsl]:
    yield _one_of("figures.metric", wanted.metrics)
    if wanted.unit is not None:
        yield {"term": {"figures.unit": wanted.unit}}
    if wanted.comparator is None or wanted.value is None:
        return
    low, high, value = "figures.low", "figures.high", wanted.value
    yield {
        "<": {"range": {low: {"lt": value}}},
        "<=": {"range": {low: {"lte": value}}},
        "=": _any([{"term": {low: value}}, {"term": {high: value}}]),
        ">=": {"range": {high: {"gte": value}}},
        ">": {"range": {high: {"gt": value}}},
    }[wanted.comparator]


def _filters(query: Query) -> Iterable[Dsl]:
    for field, values in (
        ("outlet", query.outlets),
        ("region", query.regions),
        ("sentiment", query.sentiments),
        ("relevance", query.relevances),
        ("topic", query.topics),
        ("speaker", query.speakers),
        ("label", query.labels),
    ):
        if values:
            yield _one_of(field, values)
    if query.among is not None:
        yield _one_of("outlet", query.among)
    if query.since or query.until:
        yield _days(query.since, query.until)


def _days(since: date | None, until: date | None) -> Dsl:
    bounds = {"gte": since, "lte": until}
    return {"range": {"day": {name: day.isoformat() for name, day in bounds.items() if day is not None}}}


def _one_of(field: str, values: Iterable[str]) -> Dsl:
    return {"terms": {field: sorted(value.encode(errors="replace").decode() for value in values)}}
