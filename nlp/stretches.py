"""Paragraphs and sentences of a Doc as character ranges."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from nlp.document import body_start

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])|\n+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:[A-Z]|Jl|Jln|No|Rp|Dr|dr|Drs|Dra|Ir|Hj|Prof|Moh|Moch|Muh|Kab|Kec|Kel|Pjs?|Pl[th]|Pol|Capt|Ust|Hj|Ny|Tn|Adj|Sr|Comr|Insp|Gen|Brig|Lt|Col|PT|CV|Tbk|Sdr|St|Sy|Mr|Mrs|"
    r"Bpk|dll|dsb|hlm|Ps|vs)|(?:\b[A-Z]\.)+[A-Z])\.\Z"
)
_LONGEST_ABBREVIATION = 12


def paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    """The paragraphs of the article's text, as character ranges of the Doc."""
    text = doc.text
    yield from _paragraphs(text, body_start(doc), len(text))


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """The Doc's sentences as character ranges, without outer blanks and none in both title and text."""
    text, offset = doc.text, body_start(doc)
    return [bound for sentence in doc.sents for bound in _trimmed(text, sentence.start_char, sentence.end_char, offset)]


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
