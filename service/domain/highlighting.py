"""The places of a title or text where a query is met, marked; and the sentences of a text that show it best."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.domain.query import Fragment
from service.domain.query_language.placing import Stretch, places_of
from service.domain.query_language.tree import Field, Node, matches_in

SNIPPET_LENGTH = 260
SEARCHED_FOR_SNIPPET = 20_000
"""Characters of a text that are looked through for the best sentences; a longer article shows its lead otherwise."""

_SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,3}\s{1,5}(?=[\"“‘(]?[A-Z0-9])|\n")
_ABBREVIATIONS = frozenset({"rp", "no", "dr", "ir", "drs", "kab", "prof", "jl", "st", "hj", "kh", "pt", "cv", "bpk"})
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))


def marked(text: str, asked: Node, field: Field) -> tuple[Fragment, ...]:
    """The whole text of the field, with what the query asks for marked."""
    return tuple(_fragments(text, 0, len(text), _hits(text, asked, field)))


def snippet(text: str, asked: Node, length: int = SNIPPET_LENGTH) -> tuple[Fragment, ...]:
    """The sentences, of about `length` characters, that meet most of what is asked; the lead where none does.

    A sentence that is longer is cut between words.
    """
    searched = text[:SEARCHED_FOR_SNIPPET]
    hits = _hits(searched, asked, "text")
    start, end = _best_stretch(searched, hits, length)
    fragments = list(_fragments(text, start, end, hits))
    before = [Fragment("… ")] if start > 0 else []
    after = [Fragment(" …")] if text[end:].strip() else []
    return tuple(before + fragments + after)


def _hits(text: str, asked: Node, field: Field) -> list[Stretch]:
    """Disjoint stretches of characters, in order, where what is asked of the field is met."""
    disjoint: list[Stretch] = []
    for start, end in places_of([leaf for leaf in matches_in(asked) if field in leaf.fields], text):
        if disjoint and start < disjoint[-1][1]:
            disjoint[-1] = (disjoint[-1][0], max(end, disjoint[-1][1]))
        else:
            disjoint.append((start, end))
    return disjoint


def _best_stretch(text: str, hits: Sequence[Stretch], length: int) -> Stretch:
    """The run of whole sentences that begins with a hit and has most different ones; the first among equals."""
    sentences = [it for start, end in _lines_to_read(text, hits, length) for it in _sentences(text, start, end)]
    of = _by_sentence(sentences, hits)
    best, most = 0, 0
    for at in (at for at, inside in enumerate(of) if inside):
        run = _run(sentences, at, length)
        different = {text[start:end].casefold() for inside in of[at:run] for start, end in inside}
        if len(different) > most:
            best, most = at, len(different)
    if not sentences:
        return 0, 0
    start, end = sentences[best]
    if end - start > length:
        return _within(text, start, end, of[best], length)
    return start, sentences[_run(sentences, best, length) - 1][1]


def _run(sentences: Sequence[Stretch], at: int, length: int) -> int:
    """Behind the last sentence that still fits when beginning with this one."""
    last = at + 1
    while last < len(sentences) and sentences[last][1] - sentences[at][0] <= length:
        last += 1
    return last


def _within(text: str, start: int, end: int, hits: Sequence[Stretch], length: int) -> Stretch:
    """The part of a long sentence around its first hit, cut between words."""
    first = hits[0][0] if hits else start
    if first - start > length // 3:
        space = text.find(" ", first - length // 3, first)
        start = space + 1 if space >= 0 else first
    stop = min(end, start + length)
    if stop < end:
        space = text.rfind(" ", start + 1, stop)
        stop = space if space > start else stop
    return start, stop


def _lines_to_read(text: str, hits: Sequence[Stretch], length: int) -> Iterator[Stretch]:
    """Stretches of whole lines that have every run of sentences in question: those with a hit, else the first one."""
    done = 0
    for first, _ in hits or [(len(text) - len(text.lstrip()), 0)]:
        end = text.find("\n", first + length)
        end = len(text) if end < 0 else end
        if end > done:
            yield max(done, text.rfind("\n", 0, first) + 1), end
            done = end


def _sentences(text: str, start: int, end: int) -> list[Stretch]:
    """The sentences without the blanks around them, as [start, end) characters; lines end sentences too."""
    ends = [it for it in _SENTENCE_END.finditer(text, start, end) if not _abbreviates(text, it.start(), it.end())]
    edges = [start, *(it.end() for it in ends), end]
    stretches = []
    for first, last in pairwise(edges):
        sentence = text[first:last]
        if sentence.strip():
            stretches.append((first + len(sentence) - len(sentence.lstrip()), first + len(sentence.rstrip())))
    return stretches


def _abbreviates(text: str, stop: int, end: int) -> bool:
    """Whether the full stop there belongs to a short form or an initial before more of its line: "Rp. 5", "H. Budi"."""
    if text[stop] != "." or "\n" in text[stop:end]:
        return False
    start = stop
    while start > 0 and stop - start <= _LONGEST_ABBREVIATION and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    word = text[start:stop]
    return word.casefold() in _ABBREVIATIONS or (len(word) == 1 and "A" <= word <= "Z")


def _by_sentence(sentences: Sequence[Stretch], hits: Sequence[Stretch]) -> list[list[Stretch]]:
    """For every sentence the hits that begin in it."""
    of: list[list[Stretch]] = [[] for _ in sentences]
    at = 0
    for hit in hits:
        while at < len(sentences) - 1 and sentences[at][1] <= hit[0]:
            at += 1
        of[at].append(hit)
    return of


def _fragments(text: str, start: int, end: int, hits: Sequence[Stretch]) -> Iterator[Fragment]:
    inside = [(max(first, start), min(last, end)) for first, last in hits if first < end and last > start]
    edges = [(start, start), *inside, (end, end)]
    for (first, last), (following, _) in pairwise(edges):
        if first < last:
            yield Fragment(text[first:last], hit=True)
        if last < following:
            yield Fragment(text[last:following])
