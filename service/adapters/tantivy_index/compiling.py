"""A query in the terms of tantivy; the meaning is that of `service.domain.query_language.tree`."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

import tantivy

from service.adapters.tantivy_index.documents import ANY_UNIT
from service.domain.query import Query
from service.domain.query_language.tree import (
    And,
    Condition,
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

_TITLE_BOOST = 3.0


class Compiler:
    """Makes queries for one opened index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = index.schema

    def asked(self, query: Query, node: Node) -> tantivy.Query:
        """The whole question: the tree of its text, and its filters."""
        filters = [
            self._any_of("outlet", query.outlets),
            self._any_of("region", query.regions),
            self._any_of("sentiment", query.sentiments),
            self._any_of("relevance", query.relevances),
            self._any_of("topic", query.topics),
            self._any_of("speaker", query.speakers),
            self._any_of("label", query.labels),
            self._days(query.since, query.until) if query.since or query.until else None,
            None if query.among is None else self._set("outlet", query.among),
        ]
        return every([self.node(node), *(_silent(part) for part in filters if part is not None)])

    def node(self, node: Node) -> tantivy.Query:
        """One part of the tree."""
        match node:
            case And(parts):
                wanted = [self.node(part) for part in parts if not isinstance(part, Not)]
                unwanted = [self.node(part.part) for part in parts if isinstance(part, Not)]
                return _but(every(wanted), unwanted)
            case Or(parts):
                return some([self.node(part) for part in parts])
            case Not(part):
                return _but(every([]), [self.node(part)])
            case Word() | Phrase() | Near() | Prefix():
                return some([self._weighed(node, field) for field in node.fields])
            case _:
                return _silent(self._condition(node))

    def before(self, order: int) -> tantivy.Query:
        """Articles that stand behind this order by time."""
        return _silent(self._range("newest", tantivy.FieldType.Unsigned, None, order, include_upper=False))

    def after(self, order: int) -> tantivy.Query:
        """Articles that stand before or at this order by time."""
        return _silent(self._range("newest", tantivy.FieldType.Unsigned, order, None))

    def of_stories(self, keys: Iterable[int]) -> tantivy.Query:
        """Articles of these stories."""
        return _silent(some([tantivy.Query.term_query(self._schema, "story_key", key) for key in keys]))

    def _weighed(self, leaf: Match, field: Field) -> tantivy.Query:
        """The leaf in one field, the title counting more."""
        found = self._in_field(leaf, field)
        return tantivy.Query.boost_query(found, _TITLE_BOOST) if field == "title" else found

    def _in_field(self, leaf: Match, field: Field) -> tantivy.Query:
        exact = f"{field}_exact"
        match leaf:
            case Word(stem):
                return tantivy.Query.term_query(self._schema, f"{field}_stems", stem)
            case Phrase(terms):
                return self._in_a_row(exact, terms)
            case Prefix(start):
                return tantivy.Query.regex_query(self._schema, exact, f"{re.escape(start)}.*")
            case Near(terms, distance):
                return every([self._near(exact, pair, distance) for pair in combinations(terms, 2)])

    def _in_a_row(self, field: str, terms: Sequence[str]) -> tantivy.Query:
        if len(terms) == 1:
            return tantivy.Query.term_query(self._schema, field, terms[0])
        return tantivy.Query.phrase_query(self._schema, field, list(terms))

    def _near(self, field: str, pair: tuple[str, str], distance: int) -> tantivy.Query:
        """A slop counts a step more for words in the other order, hence both orders."""
        one, other = pair
        orders = ([one, other], [other, one])
        return some([tantivy.Query.phrase_query(self._schema, field, [*words], distance) for words in orders])

    def _condition(self, condition: Condition) -> tantivy.Query:
        match condition:
            case Outlet(ids):
                return self._set("outlet", ids)
            case Region(codes):
                return self._set("region", codes)
            case Tone(label):
                return self._set("sentiment", [label])
            case Topic(code):
                return self._set("topic", [code])
            case Label(key):
                return self._set("label_key", [key])
            case Speaker(terms):
                return self._in_a_row("speaker_terms", terms)
            case Days(since, until):
                return self._days(since, until)
            case FigureCondition():
                return some([self._figure(metric, condition) for metric in sorted(condition.metrics)])

    def _figure(self, metric: str, wanted: FigureCondition) -> tantivy.Query:
        path = f"figures.{metric}.{wanted.unit or ANY_UNIT}"
        if wanted.comparator is None or wanted.value is None:
            return tantivy.Query.exists_query(f"{path}.low")
        if wanted.comparator == "=":
            return some([self._compared(f"{path}.{end}", "=", wanted.value) for end in ("low", "high")])
        end = "low" if wanted.comparator in ("<", "<=") else "high"
        return self._compared(f"{path}.{end}", wanted.comparator, wanted.value)

    def _compared(self, path: str, comparator: str, value: float) -> tantivy.Query:
        # Only tantivy's own syntax reaches numbers inside a JSON field; path and number are ours, not what was typed.
        number = f"{Decimal(repr(value)):f}"
        number = number if "." in number else f"{number}.0"
        bounds = f"[{number} TO {number}]" if comparator == "=" else f"{comparator}{number}"
        return self._index.parse_query(f"{path}:{bounds}")

    def _days(self, since: date | None, until: date | None) -> tantivy.Query:
        first, last = (day.toordinal() if day else None for day in (since, until))
        return self._range("day", tantivy.FieldType.Integer, first, last)

    def _range(
        self, field: str, kind: tantivy.FieldType, low: int | None, high: int | None, *, include_upper: bool = True
    ) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, kind, low, high, include_upper=include_upper)

    def _any_of(self, field: str, values: Iterable[str]) -> tantivy.Query | None:
        wanted = sorted(values)
        return self._set(field, wanted) if wanted else None

    def _set(self, field: str, values: Iterable[str]) -> tantivy.Query:
        wanted = sorted(values)
        if len(wanted) == 1:
            # A set goes through all its articles before the first is looked at, a term through those that are asked.
            return tantivy.Query.term_query(self._schema, field, wanted[0], "basic")
        return tantivy.Query.term_set_query(self._schema, field, wanted)


def every(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    """All parts; every article where there are none."""
    if not parts:
        return _silent(tantivy.Query.all_query())
    return _boolean(parts, tantivy.Occur.Must)


def some(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    """At least one of the parts."""
    return _boolean(parts, tantivy.Occur.Should)


def _boolean(parts: Sequence[tantivy.Query], occur: tantivy.Occur) -> tantivy.Query:
    return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(occur, part) for part in parts])


def _but(wanted: tantivy.Query, unwanted: Sequence[tantivy.Query]) -> tantivy.Query:
    if not unwanted:
        return wanted
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, wanted), *((tantivy.Occur.MustNot, part) for part in unwanted)]
    )


def _silent(part: tantivy.Query) -> tantivy.Query:
    """The part without a say in the order by relevance."""
    return tantivy.Query.const_score_query(part, 0.0)
