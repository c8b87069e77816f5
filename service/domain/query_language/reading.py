"""What a person types as a query, read into the tree that it asks for.

The grammar: words that must all occur, `"a phrase"`, `"near words"~5`, `start*`, `-` or NOT before what must not be, OR
between alternatives, AND, brackets, and `field:value` (docs/search.md). OR joins its two neighbours before the words
around it, AND does so before OR: `iuran klaim OR santunan` asks for iuran and one of the others.

The syntax is luqum's; it is given the pieces by number, so that nothing that people paste can be taken for syntax.
A mistake is a QueryError with its place and, where it can be told, what was probably meant. Nothing else is raised.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from luqum import tree as syntax
from luqum.exceptions import ParseError
from luqum.thread import parse

from service.domain.query_language.pieces import Leaf, Mark, Piece, cut, plain_quotes
from service.domain.query_language.tree import EVERYTHING, And, Node, Not, Or
from service.domain.query_language.values import is_plain_stop_word, read_leaf
from service.domain.wording.language import say
from service.errors import QueryError

LONGEST_QUERY = 500
MOST_ITEMS = 32
DEEPEST = 8
"""Brackets within brackets, and negations of negations."""
MOST_MISTAKES = 8
"""Mistakes of one query that are suggested away together."""

_Part = tuple[Node, bool]
"""A node, and whether it is but a function word that somebody typed between others."""


def read_query(text: str, outlets: Mapping[str, str] | None = None, labels: Collection[str] = ()) -> Node:
    """What the text asks for; QueryError, worded for the person who typed it, where it cannot be read.

    `outlets` are the names of the outlets by id, to which `media:` is held; without them it takes any id. `labels` are
    those of the team, as far as they are known: one of several words without quotes is a mistake then. What is
    suggested can be read.
    """
    known = outlets or {}
    try:
        return _read(text, known, labels)
    except QueryError as error:
        error.suggestion = _readable(error.suggestion, known, labels)
        raise


def _readable(suggestion: str | None, outlets: Mapping[str, str], labels: Collection[str]) -> str | None:
    """The suggestion without further mistakes, as they are suggested away; None where that leads nowhere."""
    for _ in range(MOST_MISTAKES):
        suggestion = (suggestion or "").strip()
        if not suggestion:
            return None
        try:
            _read(suggestion, outlets, labels)
        except QueryError as error:
            suggestion = error.suggestion
        else:
            return suggestion
    return None


def _read(text: str, outlets: Mapping[str, str], labels: Collection[str]) -> Node:
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            say("Pencarian terlalu panjang: paling banyak {longest} karakter.", longest=LONGEST_QUERY),
            start=LONGEST_QUERY,
            end=len(text),
        )
    typed = plain_quotes(text)
    pieces = _checked(typed, cut(typed))
    leaves = [piece for piece in pieces if isinstance(piece, Leaf)]
    if not leaves:
        if typed.strip():
            raise QueryError(
                say("Tidak ada kata atau angka yang dapat dicari. Tuliskan sedikitnya satu kata."), end=len(text)
            )
        return EVERYTHING
    if len(leaves) > MOST_ITEMS:
        raise QueryError(
            say("Pencarian terlalu rumit: paling banyak {most} kata atau frasa.", most=MOST_ITEMS),
            start=leaves[MOST_ITEMS].opening,
            end=len(text),
            suggestion=typed[: leaves[MOST_ITEMS].opening].rstrip() if _is_flat(pieces) else None,
        )
    parts = [(read_leaf(leaf, typed, outlets, labels), is_plain_stop_word(leaf)) for leaf in leaves]
    return _joined(_flattened(_understood(pieces), parts))


def _understood(pieces: Sequence[Piece]) -> syntax.Item:
    """The syntax of the pieces, each leaf a word that is its number."""
    numbers = iter(range(len(pieces)))
    # NOT, not a minus: luqum lets a minus bind to the alternative before it, `a OR b -c` being `a OR (b -c)`.
    written = " ".join(piece.kind if isinstance(piece, Mark) else f"w{next(numbers)}" for piece in pieces)
    try:
        return parse(written)
    except ParseError as error:
        raise QueryError(say("Susunan pencarian tidak dapat dibaca. Periksa tanda kurung dan OR.")) from error


def _flattened(item: syntax.Item, parts: Sequence[_Part]) -> list[_Part]:
    """What the syntax asks to be met all together."""
    match item:
        case syntax.Word():
            return [parts[int(item.value[1:])]]
        case syntax.Group():
            return _flattened(item.expr, parts)
        case syntax.Not():
            negated = _joined(_flattened(item.a, parts))
            return [(negated.part if isinstance(negated, Not) else Not(negated), False)]
        case syntax.OrOperation():
            return [(_alternatives([_joined(_flattened(child, parts)) for child in item.children]), False)]
        case _:
            return [part for child in item.children for part in _flattened(child, parts)]


def _alternatives(nodes: Sequence[Node]) -> Node:
    flat: dict[Node, None] = {}
    for node in nodes:
        flat |= dict.fromkeys(node.parts if isinstance(node, Or) else (node,))
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def _joined(parts: Sequence[_Part]) -> Node:
    """All parts in one; function words typed between telling ones do not narrow."""
    telling = any(not isinstance(node, Not) and not is_stop_word for node, is_stop_word in parts)
    kept = tuple(dict.fromkeys(node for node, is_stop_word in parts if not (telling and is_stop_word)))
    return kept[0] if len(kept) == 1 else And(kept)


def _checked(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces without brackets that mean nothing; QueryError for a bracket or an operator in the wrong place."""
    paired = _paired(text, pieces)
    _check_depth(paired)
    edges: list[Piece | None] = [None, *paired, None]
    for (before, piece), (_, after) in zip(pairwise(edges), pairwise(edges[1:]), strict=False):
        if isinstance(piece, Mark) and piece.kind not in "()":
            _check_operator(text, piece, before, after)
    return paired


def _check_operator(text: str, mark: Mark, before: Piece | None, after: Piece | None) -> None:
    joins = mark.kind in ("AND", "OR")
    opened = before is None or (isinstance(before, Mark) and before.kind != ")")
    closed = after is None or (isinstance(after, Mark) and after.kind not in ("(", "NOT"))
    if not closed and not (joins and opened):
        return
    message = (
        say("{operator} harus berada di antara dua kata, misalnya: klaim {operator} santunan.", operator=mark.kind)
        if joins
        else say("Tuliskan kata yang tidak boleh ada setelah NOT atau tanda minus, misalnya: klaim -kesehatan.")
    )
    left = f"{text[: mark.start].rstrip()} {text[mark.end :].lstrip()}".strip()
    raise QueryError(message, start=mark.start, end=mark.end, suggestion=left or None)


def _paired(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces without mere punctuation, stray brackets and those around nothing.

    QueryError where what is left out would change what is asked.
    """
    open_at: list[int] = []
    dropped = {at for at, piece in enumerate(pieces) if isinstance(piece, Leaf) and piece.is_silent}
    for at in sorted(dropped):
        _check_left_out(text, pieces, at, at)
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Mark) or piece.kind not in "()":
            continue
        if piece.kind == "(":
            open_at.append(at)
        elif not open_at:
            dropped |= _stray(text, pieces, at)
        else:
            opening = open_at.pop()
            if all(inner in dropped for inner in range(opening + 1, at)):
                _check_not_empty(text, pieces[opening], piece)
                _check_left_out(text, pieces, opening, at)
                dropped |= {opening, at}
    for at in open_at:
        dropped |= _stray(text, pieces, at)
    return [piece for at, piece in enumerate(pieces) if at not in dropped]


def _check_left_out(text: str, pieces: Sequence[Piece], first: int, last: int) -> None:
    """Without what stands beside it, an operator would take the next word: NOT 😀 klaim."""
    before = pieces[first - 1] if first else None
    after = pieces[last + 1] if last + 1 < len(pieces) else None
    follows = isinstance(before, Mark) and before.kind not in "()"
    if not follows and not (isinstance(after, Mark) and after.kind in ("AND", "OR")):
        return
    start, end = pieces[first].start, pieces[last].end
    left = f"{text[: before.start if before and follows else start].rstrip()} {text[end:].lstrip()}".strip()
    message = say("Tidak ada kata atau angka yang dapat dicari di sini.")
    raise QueryError(message, start=start, end=end, suggestion=left or None)


def _stray(text: str, pieces: Sequence[Piece], at: int) -> set[int]:
    """A bracket without its partner means nothing among mere words; elsewhere nobody can tell what it groups."""
    if _is_flat(pieces):
        return {at}
    bracket = pieces[at]
    if text[bracket.end - 1] == "(":
        message = say("Tanda kurung belum ditutup. Tambahkan ) di akhir bagiannya.")
        suggestion = f"{text.rstrip()})"
    else:
        message = say("Tanda kurung ini tidak ada pembukanya.")
        suggestion = text[: bracket.start] + text[bracket.end :]
    raise QueryError(message, start=bracket.start, end=bracket.end, suggestion=suggestion)


def _check_not_empty(text: str, opening: Piece, closing: Piece) -> None:
    """Brackets around punctuation mean nothing; those around nothing at all are a slip."""
    if text[opening.end : closing.start].strip() and text[opening.start] == "(":
        return
    left = f"{text[: opening.start].rstrip()} {text[closing.end :].lstrip()}".strip()
    raise QueryError(
        say("Tanda kurung ini kosong. Tuliskan kata di dalamnya atau hapus kurungnya."),
        start=opening.start,
        end=closing.end,
        suggestion=left or None,
    )


def _is_flat(pieces: Sequence[Piece]) -> bool:
    """Whether all that is asked are words together, so that no bracket can change what they mean."""
    return all(piece.kind in "()" if isinstance(piece, Mark) else piece.name is None for piece in pieces)


def _check_depth(pieces: Sequence[Piece]) -> None:
    depth = 0
    for piece in pieces:
        if not isinstance(piece, Mark):
            continue
        if piece.kind == "(":
            depth += 1
        elif piece.kind == ")":
            depth -= 1
        if depth > DEEPEST:
            message = say("Terlalu banyak tanda kurung di dalam tanda kurung: paling banyak {most}.", most=DEEPEST)
            raise QueryError(message, start=piece.start, end=piece.end)
