"""What a person types as a query, read into what is wanted; and the places in a text where it is met.

The grammar: words that must all occur, "phrases" that must occur exactly, `-word` or `-"phrase"` that must not, and
`OR` between alternatives. `31,93%` or `BPJS-TK` are several tokens without a space and are read as a phrase.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from service.domain.query import Fragment
from service.domain.terms import STOP_WORDS, Token, tokens
from service.errors import QueryError

LONGEST_QUERY = 500
MOST_ITEMS = 32
SNIPPET_LENGTH = 260
SEARCHED_FOR_SNIPPET = 20_000
"""Characters of a text that are looked through for the best snippet; a longer article shows its lead otherwise."""

_PART = re.compile(r'(?P<minus>(?<!\S)-(?=["\w%]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_CURLY = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Item:
    """A word or phrase to be met. `exact` compares folded tokens in a row, otherwise one stem."""

    terms: tuple[str, ...]
    exact: bool

    def found_in(self, text: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """The [first, last) token positions at which the item is met."""
        if not self.exact:
            yield from ((at, at + 1) for at, token in enumerate(text) if token.stem == self.terms[0])
            return
        width = len(self.terms)
        for at in range(len(text) - width + 1):
            if all(text[at + step].exact == term for step, term in enumerate(self.terms)):
                yield at, at + width


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query's text asks for: one item of every group of alternatives, and none of `unwanted`."""

    groups: tuple[tuple[Item, ...], ...] = ()
    unwanted: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that may be met."""
        return tuple(item for group in self.groups for item in group)

    def met_by(self, *texts: str) -> bool:
        """Whether the texts of one article together are what is wanted."""
        read = [tuple(tokens(text)) for text in texts]

        def met(item: Item) -> bool:
            return any(next(item.found_in(text), None) is not None for text in read)

        return all(any(map(met, group)) for group in self.groups) and not any(map(met, self.unwanted))


def read_query(text: str) -> Wanted:
    """What the text asks for; QueryError, worded for the person who typed it, where it cannot be read."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"Pencarian terlalu panjang: paling banyak {LONGEST_QUERY} karakter.")
    text = text.translate(_CURLY)
    if text.count('"') % 2:
        raise QueryError('Tanda kutip belum ditutup. Tambahkan " di akhir frasa.')
    groups, unwanted = _read_parts(text)
    if text.strip() and not groups and not unwanted:
        raise QueryError("Tidak ada kata atau angka yang dapat dicari. Tuliskan sedikitnya satu kata.")
    if sum(map(len, groups)) + len(unwanted) > MOST_ITEMS:
        raise QueryError(f"Pencarian terlalu rumit: paling banyak {MOST_ITEMS} kata atau frasa.")
    return Wanted(_without_stop_words(groups), tuple(unwanted))


def _read_parts(text: str) -> tuple[list[tuple[Item, ...]], list[Item]]:
    groups: list[tuple[Item, ...]] = []
    unwanted: list[Item] = []
    joining = False
    for part in _PART.finditer(text):
        if part["word"] == "OR":
            if joining or not groups:
                raise QueryError("OR harus berada di antara dua kata, misalnya: klaim OR santunan.")
            joining = True
            continue
        item = _item(part["word"] or part["phrase"] or "", quoted=part["word"] is None)
        if item is None:
            continue
        if part["minus"]:
            unwanted.append(item)
        elif joining:
            groups[-1] = (*groups[-1], item)
            joining = False
        else:
            groups.append((item,))
    if joining:
        raise QueryError("OR harus berada di antara dua kata, misalnya: klaim OR santunan.")
    return groups, unwanted


def _item(text: str, *, quoted: bool) -> Item | None:
    read = tuple(tokens(text))
    if not read:
        return None
    if quoted or len(read) > 1 or read[0].is_stop_word:
        return Item(tuple(token.exact for token in read), exact=True)
    return Item((read[0].stem,), exact=False)


def _without_stop_words(groups: Sequence[tuple[Item, ...]]) -> tuple[tuple[Item, ...], ...]:
    """The groups that say something; function words typed between them do not narrow, unless nothing else was typed."""
    telling = tuple(group for group in groups if not all(_is_stop_word(item) for item in group))
    return telling or tuple(groups)


def _is_stop_word(item: Item) -> bool:
    return item.exact and len(item.terms) == 1 and item.terms[0] in STOP_WORDS


def marked(text: str, wanted: Wanted) -> tuple[Fragment, ...]:
    """The whole text, with what is wanted marked."""
    return tuple(_fragments(text, 0, len(text), _hits(text, wanted)))


def snippet(text: str, wanted: Wanted, length: int = SNIPPET_LENGTH) -> tuple[Fragment, ...]:
    """The stretch of about `length` characters that meets most of what is wanted, the lead where nothing does."""
    searched = text[:SEARCHED_FOR_SNIPPET]
    hits = _hits(searched, wanted)
    start = _best_start(searched, hits, length)
    end = _back_to_space(text, start, start + length)
    fragments = list(_fragments(text, start, end, hits))
    before = [Fragment("… ")] if start > 0 else []
    after = [Fragment(" …")] if text[end:].strip() else []
    return tuple(before + fragments + after)


def _hits(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Disjoint stretches of characters, in order, where wanted items are met."""
    read = tuple(tokens(text)) if wanted.groups else ()
    found = sorted(
        (read[first].start, read[last - 1].end) for item in wanted.items for first, last in item.found_in(read)
    )
    disjoint: list[tuple[int, int]] = []
    for start, end in found:
        if disjoint and start < disjoint[-1][1]:
            disjoint[-1] = (disjoint[-1][0], max(end, disjoint[-1][1]))
        else:
            disjoint.append((start, end))
    return disjoint


def _best_start(text: str, hits: Sequence[tuple[int, int]], length: int) -> int:
    """Where a snippet begins: at the sentence or word before the densest cluster of different hits."""
    best, most = 0, 0
    for at, (start, _) in enumerate(hits):
        inside: set[str] = set()
        for first, last in islice(hits, at, None):
            if last > start + length * 2 // 3:
                break
            inside.add(text[first:last].casefold())
        if len(inside) > most:
            best, most = start, len(inside)
    if best < length // 3:
        return 0
    window = text[best - length // 3 : best]
    sentence = max(window.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    if sentence >= 0:
        return best - len(window) + sentence + (1 if window[sentence] == "\n" else 2)
    space = window.find(" ")
    return best - len(window) + space + 1 if space >= 0 else best


def _back_to_space(text: str, start: int, end: int) -> int:
    """`end`, or the end of the last whole word before it."""
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > start else end


def _fragments(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> Iterator[Fragment]:
    inside = [(max(first, start), min(last, end)) for first, last in hits if first < end and last > start]
    edges = [(start, start), *inside, (end, end)]
    for (first, last), (following, _) in pairwise(edges):
        if first < last:
            yield Fragment(text[first:last], hit=True)
        if last < following:
            yield Fragment(text[last:following])
