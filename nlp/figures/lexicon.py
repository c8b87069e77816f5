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


class Lexicon:
    """Phrases by category; a phrase is one or more tokens, matched on folded forms with or without a clitic."""

    def __init__(self, tables: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """Compile `category -> value -> phrases`."""
        self._by_first: dict[str, list[tuple[int, tuple[str, ...], str, str]]] = {}
        for category, values in tables.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    forms = tuple(token.low for token in tokenise(phrase))
                    self._by_first.setdefault(forms[0], []).append((len(forms), forms, category, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -entry[0])

    def at(self, tokens: list[Token], i: int) -> list[Hit]:
        """The longest phrase of each category that begins at token `i`."""
        token = tokens[i]
        entries = self._by_first.get(token.low)
        if token.host is not token.low:
            entries = (entries or []) + self._by_first.get(token.host, [])
        if not entries:
            return []
        make = tuple.__new__
        if len(entries) == 1:
            length, forms, category, value = entries[0]
            fits = length == 1 or _agrees(tokens, i, forms)
            return [make(Hit, (category, value, i, i + length))] if fits else []
        found: dict[str, Hit] = {}
        for length, forms, category, value in entries:
            known = found.get(category)
            if (known is None or known.last - i < length) and (length == 1 or _agrees(tokens, i, forms)):
                found[category] = make(Hit, (category, value, i, i + length))
        return list(found.values())

    def scan(self, tokens: list[Token]) -> dict[str, list[Hit]]:
        """All phrases of the text by category; within a category phrases do not overlap."""
        hits: dict[str, list[Hit]] = {}
        openers = self._by_first
        for i in [i for i, token in enumerate(tokens) if token.low in openers or token.host in openers]:
            for hit in self.at(tokens, i):
                known = hits.setdefault(hit.category, [])
                if not known or known[-1].last <= i:
                    known.append(hit)
        return hits


def _agrees(tokens: list[Token], i: int, forms: tuple[str, ...]) -> bool:
    if i + len(forms) > len(tokens):
        return False
    for k in range(1, len(forms)):
        token = tokens[i + k]
        if token.low != forms[k] and token.host != forms[k]:
            return False
    return True
