"""Tokens with character offsets, and phrase tables that are compiled once and scanned once.

The tokens of this package are its own (runs of letters, runs of digits, single marks), so that "Rp1,5", "30an" and
"Watch7" fall apart the same way whatever tokenizer the pipeline uses.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Three disjoint classes without nesting: the scan is linear in the text whatever it holds.
_TOKEN = re.compile(r"([^\W\d_]+)|(\d+)|(\S)")
# Clitics that leave the meaning of a table word alone: "iurannya", "targetnya", "bulanlah".
_CLITICS = frozenset({"nya", "lah", "kah", "pun"})
_SHORTEST_WITH_CLITIC = 6


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table that a bar separates."""
    return tuple(phrase.strip() for phrase in table.split("|"))


def words(table: str) -> frozenset[str]:
    """The words and marks of a table that blanks separate."""
    return frozenset(table.split())


def with_clitics(table: Iterable[str]) -> frozenset[str]:
    """The words of a table and all that have one of them as their host."""
    return frozenset(word + clitic for word in table for clitic in ("", *_CLITICS))


class Token(NamedTuple):
    """A run of letters, a run of digits or one mark; `low` is folded, `host` is `low` without its clitic."""

    text: str
    low: str
    host: str
    start: int
    end: int
    kind: str  # "word", "digits", "mark"


class Hit(NamedTuple):
    """A table phrase found at tokens [first, last)."""

    category: str
    value: str
    first: int
    last: int


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order."""
    tokens: list[Token] = []
    make, add = tuple.__new__, tokens.append  # a third of the time of Token(…), which is called for every word
    for match in _TOKEN.finditer(text):
        surface = match[0]
        start, end = match.span()
        kind = match.lastindex
        if kind == 1:  # letters
            low = surface.lower()
            host = low[:-3] if low[-3:] in _CLITICS and len(low) >= _SHORTEST_WITH_CLITIC else low
            add(make(Token, (surface, low, host, start, end, "word")))
        else:
            add(make(Token, (surface, surface, surface, start, end, "digits" if kind == 2 else "mark")))
    return tokens


class _Phrase(NamedTuple):
    forms: tuple[str, ...]
    category: str
    value: str


class _Opening(NamedTuple):
    """What begins with one word: phrases of two and more words by their second word, longest first; and the word."""

    longer: dict[str, list[_Phrase]]
    alone: list[_Phrase]


class Lexicon:
    """Phrases by category; a phrase is one or more tokens, matched on folded forms with or without a clitic."""

    def __init__(self, tables: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """Compile `category -> value -> phrases`."""
        self._openings: dict[str, _Opening] = {}
        for category, values in tables.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    self._enter(_Phrase(tuple(token.low for token in tokenise(phrase)), category, value))
        for opening in self._openings.values():
            for longer in opening.longer.values():
                longer.sort(key=lambda phrase: -len(phrase.forms))

    def _enter(self, phrase: _Phrase) -> None:
        opening = self._openings.setdefault(phrase.forms[0], _Opening({}, []))
        if len(phrase.forms) == 1:
            opening.alone.append(phrase)
        else:
            opening.longer.setdefault(phrase.forms[1], []).append(phrase)

    def at(self, tokens: list[Token], i: int) -> list[Hit]:
        """The longest phrase of each category that begins at token `i`; none behind the last token."""
        if i >= len(tokens):
            return []
        low, host = tokens[i].low, tokens[i].host
        found: list[Hit] = []
        opening = self._openings.get(low)
        if opening is not None:
            _add_longest(opening, tokens, i, found)
        opening = self._openings.get(host) if host is not low else None
        if opening is not None:
            _add_longest(opening, tokens, i, found)
        return found

    def scan(self, tokens: list[Token]) -> dict[str, list[Hit]]:
        """All phrases of the text by category; within a category phrases do not overlap."""
        hits: dict[str, list[Hit]] = {}
        openings = self._openings
        for i in [i for i, token in enumerate(tokens) if token.low in openings or token.host in openings]:
            for hit in self.at(tokens, i):
                known = hits.setdefault(hit.category, [])
                if not known or known[-1].last <= i:
                    known.append(hit)
        return hits


def _add_longest(opening: _Opening, tokens: list[Token], i: int, found: list[Hit]) -> None:
    """Add the phrases of an opening that are there, of each category only one that is longer than what was found."""
    make = tuple.__new__  # as in `tokenise`
    if opening.longer and i + 1 < len(tokens):
        _, low, host, _, _, _ = tokens[i + 1]
        longer = opening.longer.get(low, [])
        if host is not low and host in opening.longer:
            longer = sorted(longer + opening.longer[host], key=lambda phrase: -len(phrase.forms))
        for forms, category, value in longer:
            length = len(forms)
            if (length == 2 or _agrees(tokens, i, forms)) and _is_longest(found, category, i + length):
                found.append(make(Hit, (category, value, i, i + length)))
    for _, category, value in opening.alone:
        if not found or _is_longest(found, category, i + 1):
            found.append(make(Hit, (category, value, i, i + 1)))


def _is_longest(found: list[Hit], category: str, last: int) -> bool:
    """Whether no phrase of the category was found that is as long; a shorter one makes room."""
    for k, hit in enumerate(found):
        if hit.category == category:
            if hit.last >= last:
                return False
            del found[k]
            return True
    return True


def _agrees(tokens: list[Token], i: int, forms: tuple[str, ...]) -> bool:
    if i + len(forms) > len(tokens):
        return False
    for k in range(2, len(forms)):
        token = tokens[i + k]
        if token.low != forms[k] and token.host != forms[k]:
            return False
    return True
