"""The words of a sentence, each with what its letters alone tell."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

REACH = 26  # words of one naming; the longest real title phrases seen have about twenty
SENTENCES_REMEMBERED = 256  # several parts of the pipeline read the sentences of an article, one after the other
LONGEST_REMEMBERED = 1_000  # characters


def word_set(listed: str) -> frozenset[str]:
    """A table of words as it is written in this package: separated by blanks."""
    return frozenset(listed.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:['’`\-][^\W\d_]+)*|\d+(?:[.,:/]\d+)*|[^\w\s]|_")
_ACRONYM = re.compile(r"[A-Z][A-Z\-&]*[A-Z]")
ROMAN = re.compile(r"[IVX]+")


class Token(NamedTuple):
    """A word, number or mark of the text; `lower` is the word without case."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether a proper noun could be written so."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals: BPS, DPR, KPKNL."""
        return _ACRONYM.fullmatch(self.text) is not None


def words(text: str) -> Sequence[Token]:
    """The words, numbers and marks of a text; a sentence that was asked for a moment ago is not read again."""
    return _words_of_sentence(text) if len(text) <= LONGEST_REMEMBERED else _read_words(text)


@lru_cache(maxsize=SENTENCES_REMEMBERED)
def _words_of_sentence(text: str) -> Sequence[Token]:
    return _read_words(text)


def _read_words(text: str) -> Sequence[Token]:
    tokens: list[Token] = []
    make, add = tuple.__new__, tokens.append  # half the time of Token(…), which is called for every word
    for match in _TOKEN.finditer(text):
        surface = match[0]
        start, end = match.span()
        add(make(Token, (surface, surface.casefold(), start, end)))
    return tokens


def text_of(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """The text from one word to before another."""
    return text[tokens[start].start : tokens[end - 1].end]


def token_at(tokens: Sequence[Token], index: int) -> str:
    """The word there as it is printed, empty outside the sentence."""
    return tokens[index].text if 0 <= index < len(tokens) else ""


def is_spelled_out_abbreviation(tokens: Sequence[Token], end: int) -> bool:
    """Whether "(KPK)" follows, as it does after an organisation."""
    return token_at(tokens, end) == "(" and token_at(tokens, end + 2) == ")" and tokens[end + 1].is_acronym


def ends_a_naming(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands there cannot belong to a name before it: nothing, a mark, or a small word."""
    following = token_at(tokens, index)
    return not following or not following[0].isalnum() or following[0].islower()
