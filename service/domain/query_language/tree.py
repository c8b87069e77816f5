"""What a query asks for, as a tree; every engine gives it the meaning that is told here.

The leaves speak of one article as `searchable.Searchable` has it: its title and its text are two fields of tokens, each
token with its folded form (`exact`) and its `stem`. An article meets a word, phrase, prefix or proximity where one of
the leaf's `fields` does; never one part in the title and another in the text. Everything else is about values that the
article has as a whole. `meeting.meets` is the tree's meaning in code; the property tests hold the engines to it.

What one condition of several values asks ("one figure that …", "one speaker who …") is met by one value alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Field = Literal["title", "text"]
BOTH: tuple[Field, ...] = ("title", "text")

Comparator = Literal["<", "<=", "=", ">=", ">"]


@dataclass(frozen=True, slots=True)
class And:
    """All parts are met. Without parts it asks for nothing: every article meets it."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part is met; there are always two or more."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not met. It stands anywhere: alone (all articles but these), in an Or, in another Not."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Word:
    """A token that is no stop word has this stem: "menurun" finds "penurunan".

    Stop words are no stems: a field of stems is written without them. Negations (bukan, tidak, belum, tanpa) are no
    stop words, so that they are words like others.
    """

    stem: str
    fields: tuple[Field, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens stand in a row in this order, folded, unstemmed, stop words counted; one term is that very token."""

    terms: tuple[str, ...]
    fields: tuple[Field, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Near:
    """Every two of the terms stand near each other, in any order, at most `distance` other tokens between them.

    `terms` are two or more different folded tokens, unstemmed; tokens in between are counted with stop words. Each pair
    is met by some two places of the same field, not necessarily the same places for every pair. For one pair this is
    Lucene's `"a b"~distance` or `"b a"~distance`: engines of Lucene's kind agree about pairs, and about nothing longer.
    """

    terms: tuple[str, ...]
    distance: int
    fields: tuple[Field, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Prefix:
    """A token begins with these three or more folded letters and digits; unstemmed, stop words included."""

    start: str
    fields: tuple[Field, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Outlet:
    """The article is of one of these outlets, by id."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Region:
    """The article speaks of one of these regions, by official code; a province includes its kabupaten and kota."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone toward the agency is this (positive, neutral, negative), as people corrected it."""

    label: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the article's topics is this code, as people corrected the main one."""

    code: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person who is quoted has these folded tokens in a row in the name."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The team gave the article this label; `key` is its folded text (`searchable.label_key`)."""

    key: str


@dataclass(frozen=True, slots=True)
class Days:
    """The article's day in Asia/Jakarta (`Article.day`) lies in this stretch, both ends included, None being open."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class FigureCondition:
    """One stated figure has one of the metrics, the unit (any where None), and a value that compares so.

    A figure is a range [low, high], the same number twice for most. It meets `<` and `<=` by its low end, `>` and `>=`
    by its high end, `=` where one of its ends is the value. Without a comparator the figure only has to be stated;
    comparator and value are both given or both None. Values are in base units (rupiah, persons, percent as 31.93).
    """

    metrics: frozenset[str]
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None


Match: TypeAlias = Word | Phrase | Near | Prefix
"""Leaves that are met at places of the title or the text, and are marked there."""

Condition: TypeAlias = Outlet | Region | Tone | Topic | Speaker | Label | Days | FigureCondition
"""Leaves about values; they do not count for relevance."""

Node: TypeAlias = And | Or | Not | Match | Condition

EVERYTHING = And()


def matches_in(node: Node) -> tuple[Match, ...]:
    """The words, phrases, prefixes and proximities that an article may be met by: those not negated, in order."""
    return tuple(_matches(node, wanted=True))


def _matches(node: Node, *, wanted: bool) -> list[Match]:
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _matches(part, wanted=wanted)]
        case Not(part):
            return _matches(part, wanted=not wanted)
        case Word() | Phrase() | Near() | Prefix():
            return [node] if wanted else []
        case _:
            return []
