"""Paragraphs and sentences of a Doc as character ranges."""

import re
from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc

from nlp.document import body_start, text_of

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])|\n+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:[A-Z]|Jl|Jln|No|Rp|Dr|dr|Drs|Dra|Ir|Hj|Prof|Moh|Moch|Muh|Kab|Kec|Kel|Pjs?|Pl[th]|Pol|Capt|Ust|Hj|Ny|Tn|Adj|Sr|Comr|Insp|Gen|Brig|Lt|Col|PT|CV|Tbk|Sdr|St|Sy|Mr|Mrs|"
    r"Bpk|dll|dsb|hlm|Ps|vs)|(?:\b[A-Z]\.)+[A-Z])\.\Z"
)
_LONGEST_ABBREVIATION = 12


def paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    """The paragraphs of the article's text, as character ranges of the Doc."""
    text = text_of(doc)
    yield from _paragraphs(text, body_start(doc), len(text))


def sentence_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Where the Doc's sentences begin and end, in characters: `doc.sents` without its Spans, which cost more to make
    than most components need for the rest of their work. Read once per Doc, when its boundaries are set.
    """
    known: list[tuple[int, int]] | None = doc._.sentence_bounds
    if known is not None:
        return known
    table = doc.to_array(["SENT_START", "IDX", "LENGTH"])
    first = np.flatnonzero(table[:, 0] == 1)
    first = np.unique(np.append(first, 0)) if len(table) else first
    last = np.append(first[1:], len(table))[: len(first)] - 1
    begins, ends = table[first, 1], table[last, 1] + table[last, 2]
    doc._.sentence_bounds = bounds = list(zip(begins.tolist(), ends.tolist(), strict=True))
    return bounds


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """The Doc's sentences as character ranges, without outer blanks and none in both title and text."""
    text, offset = text_of(doc), body_start(doc)
    return [bound for start, end in sentence_bounds(doc) for bound in _trimmed(text, start, end, offset)]


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end) as character ranges, by their marks alone: for pieces of a paragraph."""
    begin = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        before = text[max(begin, mark.start() + 1 - _LONGEST_ABBREVIATION) : mark.start() + 1]
        if mark.group()[0] != "\n" and _NOT_AN_END.search(before):
            continue
        if text[begin : mark.end()].strip():
            yield begin, mark.end()
        begin = mark.end()
    if text[begin:end].strip():
        yield begin, end


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1


def _trimmed(text: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    """The range without outer blanks, cut where it would cross from title to text."""
    for begin, stop in ((start, min(end, offset)), (max(start, offset), end)):
        inner = text[begin:stop]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            yield begin + lead, begin + len(inner.rstrip())
