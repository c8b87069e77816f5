"""Where sentences begin in press text.

A line break always ends a sentence, so that a title never runs into the body and a list item stays by itself. A
period, question or exclamation mark ends one unless it belongs to an abbreviation, a number or an initial, stands in
a short quotation, closes a dateline ("PALEMBANG. Sebanyak…"), or a small letter follows.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from nlp.tokenizer import ABBREVIATIONS

_ENDERS = frozenset({".", "!", "?", "…"})
_CLOSERS = frozenset("\"”’'»)]")
_AFTER_END = _ENDERS | _CLOSERS | {".."}
_OPENING = frozenset("“«")
_CLOSING = frozenset("”»")
# A quotation longer than this is cut at its inner periods: sentences stay short enough to be shown as evidence.
_QUOTATION_LIMIT = 60
# "golongan A. Peserta": after these words a single letter is a class, no initial.
_CLASS_WORDS = frozenset(
    {"golongan", "kelas", "kelompok", "tipe", "hepatitis", "vitamin", "blok", "paket", "komisi", "grup", "kategori"}
)


@Language.component("press_sentences", assigns=["token.is_sent_start"])
def press_sentences(doc: Doc) -> Doc:
    """The Doc with its sentence starts marked."""
    words = [token.text for token in doc]
    starts = sentence_starts(words, [bool(token.whitespace_) for token in doc])
    if starts:
        # Setting Token.is_sent_start looks through the whole Doc every time: quadratic on hostile text.
        marks = np.where(starts, 1, -1).astype("int64").view("uint64")
        doc.from_array(["SENT_START"], cast("Ints2d", marks.reshape(-1, 1)))
    return doc


def sentence_starts(words: Sequence[str], spaced: Sequence[bool]) -> list[bool]:
    """Whether each word begins a sentence; `spaced` tells which words a space follows."""
    starts = [False] * len(words)
    quoted = _short_quotations(words, spaced)
    line_start = 0
    at = 0
    if words:
        starts[0] = True
    while at < len(words):
        following = at + 1
        if _breaks_line(words[at]):
            line_start = following
            _start(starts, following)
        elif _may_end(words, at, line_start):
            last = at
            while not spaced[last] and last + 1 < len(words) and words[last + 1] in _AFTER_END:
                last += 1
            following = last + 1
            inside = quoted[at] and quoted[at] > last
            if not inside and _can_begin(words, following) and not _is_dateline(words, line_start, at):
                _start(starts, following)
        at = following
    return starts


def _start(starts: list[bool], at: int) -> None:
    if at < len(starts):
        starts[at] = True


def _breaks_line(word: str) -> bool:
    return "\n" in word or "\r" in word or "\u2028" in word


def _may_end(words: Sequence[str], at: int, line_start: int) -> bool:
    """Whether the word can end a sentence, judged by itself and by what stands before it."""
    word = words[at]
    if word in _ENDERS or (len(word) > 1 and set(word) == {"."}):
        is_list_mark = at == line_start + 1 and _is_list_mark(words[line_start])
        return not is_list_mark and not _is_inside_a_number(words, at)
    if not word.endswith(".") or len(word) < 2:
        return False
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word] == "final"
    if len(word) == 2:
        return at > 0 and words[at - 1].casefold() in _CLASS_WORDS
    return word.count(".") > 1 and not word[0].islower()


def _is_list_mark(word: str) -> bool:
    return (word.isdigit() and len(word) <= 2) or (len(word) == 1 and word.isalpha())


def _is_inside_a_number(words: Sequence[str], at: int) -> bool:
    """Whether a stray space has torn a number apart: "Rp147. 000.000"."""
    if at == 0 or at + 1 >= len(words) or not words[at - 1].isdigit():
        return False
    digits = words[at + 1].replace(",-", "").split(".")
    return all(group.isdigit() and len(group) == 3 for group in digits)


def _can_begin(words: Sequence[str], at: int) -> bool:
    """Whether a sentence can begin with this word; white space and the text's end can follow any sentence."""
    if at >= len(words):
        return False
    word = words[at]
    if word.isspace():
        return _can_begin(words, at + 1) if not _breaks_line(word) else False
    if word[0].islower():
        return False
    if word[0].isalnum():
        return True
    return word[0] in "\"“‘'«([-–—•*#@" and (at + 1 >= len(words) or not words[at + 1][:1].islower())


def _is_dateline(words: Sequence[str], line_start: int, at: int) -> bool:
    """Whether the line so far is a place and an outlet in capitals: "KABARKITA.COM (Padang)." is no sentence."""
    line = [word for word in words[line_start:at] if word[0].isalpha()] if at - line_start <= 8 else []
    return bool(line) and line[0].isupper() and not any(word.islower() for word in line) and len(line) <= 4


def _short_quotations(words: Sequence[str], spaced: Sequence[bool]) -> list[int]:
    """For each word inside a short quotation the index of its closing mark, else 0; a quotation ends with its line."""
    closing_at = [0] * len(words)
    opened: int | None = None
    for at, word in enumerate(words):
        if _breaks_line(word):
            opened = None
        elif word in _OPENING or (word == '"' and opened is None):
            opened = at
        elif opened is not None and (word in _CLOSING or word == '"'):
            if at - opened <= _QUOTATION_LIMIT:
                closing_at[opened:at] = [at] * (at - opened)
            opened = None
    return closing_at
