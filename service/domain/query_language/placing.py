"""Where in a text the words of a query stand: what `meeting.found_in` finds, without reading every word of the text.

Only the runs of characters that can hold a wanted token are read. A page of the search looks through twenty texts.
"""

import re
from collections.abc import Iterator, Sequence

from service.domain.query_language.meeting import found_in
from service.domain.query_language.tree import Match, Near, Phrase, Prefix, Word
from service.domain.terms import FOLDED, Token, cut, letters_of, letters_of_stem

Stretch = tuple[int, int]

_RUN = re.compile(r"\S+")
_FEWEST_LETTERS = 2


def places_of(leaves: Sequence[Match], text: str) -> list[Stretch]:
    """The [start, end) characters at which one of the leaves is met, in order; their fields are not looked at."""
    if not leaves:
        return []
    lowered = text.lower()
    # The small form of a few letters is longer than they are; places in one are none in the other then.
    comparable = len(lowered) == len(text)
    folded = [found.start() for found in FOLDED.finditer(text)] if comparable else []
    places: list[Stretch] = []
    for leaf in leaves:
        letters = _letters_of(leaf)
        if comparable and len(letters) >= _FEWEST_LETTERS:
            spots = sorted([*folded, *_occurrences(letters, lowered)])
            places += _in_runs(leaf, text, spots)
        else:
            places += _in_stretch(leaf, text, 0, len(text))
    return sorted(places)


def _letters_of(leaf: Match) -> str:
    """What the first token of every place has in print; empty where the whole text must be read."""
    match leaf:
        case Word(stem):
            return letters_of_stem(stem)
        case Prefix(start):
            return letters_of(start)
        case Phrase(terms):
            return letters_of(terms[0])
        case Near():
            return ""


def _occurrences(letters: str, lowered: str) -> Iterator[int]:
    at = lowered.find(letters)
    while at >= 0:
        yield at
        at = lowered.find(letters, at + 1)


def _in_runs(leaf: Match, text: str, spots: Sequence[int]) -> Iterator[Stretch]:
    """The places that begin in a run of characters with one of the ascending spots."""
    done = 0
    for spot in spots:
        if spot < done:
            continue
        start = spot
        while start > done and not text[start - 1].isspace():
            start -= 1
        found = _RUN.match(text, start)
        if found is None:
            continue
        done = found.end()
        yield from _in_stretch(leaf, text, start, done)


def _in_stretch(leaf: Match, text: str, start: int, end: int) -> Iterator[Stretch]:
    """The places that begin in [start, end), which cuts no run."""
    tokens: list[Token] = []
    places: list[Stretch] = []
    beginning, wanted = 0, len(leaf.terms) - 1 if isinstance(leaf, Phrase) else 0
    for run in _RUN.finditer(text, start):
        if run.start() >= end and len(tokens) >= beginning + wanted:
            break
        read = cut(run.group())
        tokens += read.tokens
        places += [(run.start() + first, run.start() + last) for first, last in read.places]
        if run.start() < end:
            beginning = len(tokens)
    for first, last in found_in(leaf, tokens):
        if first < beginning:
            yield places[first][0], places[last - 1][1]
