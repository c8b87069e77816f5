"""Whether one article is what a query asks for: the meaning of the tree, in code."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations

from service.domain.article import Article
from service.domain.query_language.searchable import Searchable, StatedValue, searchable
from service.domain.query_language.tree import (
    And,
    Condition,
    Days,
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
from service.domain.terms import Token


def meets(article: Article, node: Node) -> bool:
    """Whether the article is what the tree asks for."""
    return is_met(node, searchable(article))


def is_met(node: Node, article: Searchable) -> bool:
    """Whether the searchable side of an article is what the tree asks for."""
    match node:
        case And(parts):
            return all(is_met(part, article) for part in parts)
        case Or(parts):
            return any(is_met(part, article) for part in parts)
        case Not(part):
            return not is_met(part, article)
        case Word() | Phrase() | Near() | Prefix():
            return any(next(found_in(node, getattr(article, field)), None) is not None for field in node.fields)
        case _:
            return _has(node, article)


def found_in(wanted: Match, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The [first, last) positions of tokens at which the leaf is met, in order; its fields are not looked at."""
    match wanted:
        case Word(stem):
            yield from (
                (at, at + 1) for at, token in enumerate(tokens) if token.stem == stem and not token.is_stop_word
            )
        case Prefix(start):
            yield from ((at, at + 1) for at, token in enumerate(tokens) if token.exact.startswith(start))
        case Phrase(terms):
            yield from _in_a_row(terms, tokens)
        case Near(terms, distance):
            yield from _near(terms, distance, tokens)


def _in_a_row(terms: tuple[str, ...], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first, width = terms[0], len(terms)
    for at, token in enumerate(tokens):
        if token.exact == first and tuple(it.exact for it in tokens[at : at + width]) == terms:
            yield at, at + width


def _near(terms: tuple[str, ...], distance: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of terms that stand near another, once every pair does."""
    places: dict[str, list[int]] = {term: [] for term in terms}
    for at, token in enumerate(tokens):
        if token.exact in places:
            places[token.exact].append(at)
    found: set[int] = set()
    for one, other in combinations(terms, 2):
        near = set(_close(places[one], places[other], distance + 1)) | set(
            _close(places[other], places[one], distance + 1)
        )
        if not near:
            return
        found |= near
    yield from ((at, at + 1) for at in sorted(found))


def _close(places: Sequence[int], others: Sequence[int], reach: int) -> Iterator[int]:
    """Those of the ascending places that lie within reach of one of the ascending others."""
    for place in places:
        at = bisect_left(others, place - reach)
        if at < len(others) and others[at] <= place + reach:
            yield place


def _has(condition: Condition, article: Searchable) -> bool:
    match condition:
        case Outlet(ids):
            return article.outlet in ids
        case Region(codes):
            return not codes.isdisjoint(article.regions)
        case Tone(label):
            return article.tone == label
        case Topic(code):
            return code in article.topics
        case Label(key):
            return key in article.label_keys
        case Speaker(terms):
            return any(_contains(name, terms) for name in article.speaker_terms)
        case Days(since, until):
            return (since is None or article.day >= since) and (until is None or article.day <= until)
        case FigureCondition():
            return any(states(figure, condition) for figure in article.figures)


def _contains(name: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    return any(name[at : at + len(terms)] == terms for at in range(len(name) - len(terms) + 1))


def states(figure: StatedValue, wanted: FigureCondition) -> bool:
    """Whether what one figure states is what the condition asks for."""
    if figure.metric not in wanted.metrics or wanted.unit not in (None, figure.unit):
        return False
    if wanted.comparator is None or wanted.value is None:
        return True
    value = wanted.value
    return {
        "<": figure.low < value,
        "<=": figure.low <= value,
        "=": value in (figure.low, figure.high),
        ">=": figure.high >= value,
        ">": figure.high > value,
    }[wanted.comparator]
