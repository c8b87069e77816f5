"""Names of several words that were typed without quotes, of which a leaf would be the first word alone."""

import re
from collections.abc import Callable, Iterator

from service.domain.query_language.amounts import COMPARING
from service.domain.query_language.pieces import Leaf
from service.errors import QueryError

_NEXT_WORD = re.compile(
    rf"""\s+(?!(?:AND|OR|NOT)(?:\s|\Z))(?P<word>[^\W\d_][^\s()"{COMPARING}!:*~]*)(?=[\s{COMPARING}!:)]|\Z)"""
)
_MOST_WORDS = 4
_ENDING = ".,;?"


def check_longer_name(leaf: Leaf, text: str, is_name: Callable[[str, int], bool], tell: Callable[[str], str]) -> None:
    """QueryError where the unquoted leaf of the query `text` is a name together with words behind it.

    `is_name` knows a name by it and by where it ends in the text; `tell` words the message about one.
    """
    if leaf.quoted:
        return
    for longer, end in reversed(list(_longer_names(leaf, text))):
        if is_name(longer, end):
            meant = f'{text[: leaf.start]}"{longer}"{text[end:]}'
            raise QueryError(tell(longer), start=leaf.start, end=end, suggestion=meant)


def _longer_names(leaf: Leaf, text: str) -> Iterator[tuple[str, int]]:
    """The leaf with one more of the words behind it each time, and where it ends then."""
    longer, end = leaf.text, leaf.end
    while len(longer.split()) < _MOST_WORDS and (following := _NEXT_WORD.match(text, end)):
        longer, end = f"{longer} {following['word']}", following.end()
        name = longer.rstrip(_ENDING)
        yield name, end - (len(longer) - len(name))
