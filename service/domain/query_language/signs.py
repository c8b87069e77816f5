"""Signs of the language where they mean nothing: `2026*`, `label:pen*`, `klaim~2`, `"dua kata" ~5`, `cakupan<35`.

They are mistakes: read without its sign, the leaf would ask for something else.
"""

import re

from service.domain.query_language.amounts import COMPARING
from service.domain.query_language.figures import names_metric
from service.domain.query_language.pieces import EXAMPLES, Leaf
from service.domain.wording.language import say
from service.errors import QueryError

BEGINNING = re.compile(r"(?P<start>[^\W\d_][^\W_]*)\*")
"""`start*`, the one place of a star."""

_BEGINNING_WITHIN = re.compile(rf"[^\w*]*({BEGINNING.pattern})[^\w*]*")
_BEFORE = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s()"]+))\s*\Z')
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
_BARE_DISTANCE = re.compile(r"~\d*\Z")
_NUMBER_APART = re.compile(r'\s+(?P<number>\d+)(?![^\s()"])')
_UNEQUAL = COMPARING.replace("=", "")
"""Signs that text hardly has by itself; an equals sign is part of addresses."""

_COMPARISON = re.compile(rf"(?P<name>[^{COMPARING}!]+)!?[{COMPARING}]+(?P<value>.*)", re.DOTALL)
_FIGURE = re.compile(rf"""(?P<named>\bangka:\s*(?:"[^"]*"|[^\s()"{COMPARING}!]+))\s*[{COMPARING}]""", re.IGNORECASE)
_AMOUNT = re.compile(rf"[{COMPARING}]*\s*(?:rp\.?|us\$)?\s?\d", re.IGNORECASE)


def check_signs(leaf: Leaf, text: str) -> None:
    """QueryError where a sign stands at the leaf of the query `text` and means nothing there."""
    if "*" in leaf.text:
        _check_star(leaf, text)
    if leaf.distance == "" and (apart := _NUMBER_APART.match(text, leaf.end)):
        raise _misplaced_distance(leaf, apart.end(), f"{text[: leaf.end]}{apart['number']}{text[apart.end() :]}")
    if leaf.quoted:
        return
    if _BARE_DISTANCE.search(leaf.text) and leaf.text != "~":
        raise _misplaced_distance(leaf, leaf.end, _without_distance(leaf, text))
    if leaf.name not in ("angka", "tanggal"):
        _check_comparison(leaf, text)


def _check_star(leaf: Leaf, text: str) -> None:
    in_words = leaf.name in (None, "judul")
    if in_words and not leaf.quoted and BEGINNING.fullmatch(leaf.text):
        return
    message = (
        say("* hanya dapat berada di akhir satu kata, misalnya: kepeserta*.")
        if in_words
        else say("* hanya berlaku untuk kata dalam berita, misalnya: kepeserta*.")
    )
    before = None if leaf.text.strip("*") else _BEFORE.search(text[: leaf.start])
    if before:
        meant = text[: before.start()] + _with_star(before)
    else:
        meant = text[: leaf.start] + _without_star(leaf, text[leaf.start : leaf.end], in_words)
    raise QueryError(message, start=leaf.start, end=leaf.end, suggestion=meant + text[leaf.end :])


def _with_star(before: re.Match[str]) -> str:
    """The word before a star that stands by itself as a beginning; a phrase as it is."""
    word = before["plain"] or before["quoted"].strip()
    return f"{word}*" if before["plain"] or word.isalpha() else before[0].rstrip()


def _without_star(leaf: Leaf, typed: str, in_words: bool) -> str:
    beginning = _BEGINNING_WITHIN.fullmatch(leaf.text) if in_words and not leaf.quoted else None
    plain = _TIMES.sub(" ", leaf.text).replace("*", "")
    return beginning[1] if beginning else typed.replace(leaf.text, plain)


def _misplaced_distance(leaf: Leaf, end: int, meant: str) -> QueryError:
    message = say('~ hanya berlaku langsung setelah frasa dalam tanda kutip, misalnya: "klaim ditolak"~5.')
    return QueryError(message, start=leaf.start, end=end, suggestion=meant)


def _without_distance(leaf: Leaf, text: str) -> str:
    """The query without the distance; one that is blanks away from its phrase is moved there."""
    rest = text[leaf.end :]
    before = _BEFORE.search(text[: leaf.start])
    if not leaf.text.startswith("~") or (before is None and leaf.opening == leaf.start):
        kept = leaf.text.removeprefix("~") if leaf.text.startswith("~") else _BARE_DISTANCE.sub("", leaf.text)
        return text[: leaf.start] + kept + rest
    if before and before["quoted"] is not None:
        return text[: before.end()].rstrip() + leaf.text + rest
    return text[: leaf.opening].rstrip() + rest


def _check_comparison(leaf: Leaf, text: str) -> None:
    """A comparison without `angka:`, or a second one behind it."""
    compared = _COMPARISON.fullmatch(leaf.text)
    is_figure = compared is not None and names_metric(compared["name"]) and _AMOUNT.match(compared["value"])
    if leaf.text.startswith(tuple(_UNEQUAL)):
        meant = _compared_apart(leaf, text)
    elif leaf.name is None and is_figure:
        meant = f"{text[: leaf.start]}angka:{text[leaf.start :]}"
    elif leaf.name in (None, "judul") and any(sign in leaf.text for sign in _UNEQUAL):
        meant = _without_signs(leaf, text)
    else:
        return
    message = say("Pembanding hanya berlaku setelah nama angka, misalnya {example}.", example=EXAMPLES["angka"])
    raise QueryError(message, start=leaf.start, end=leaf.end, suggestion=meant)


def _compared_apart(leaf: Leaf, text: str) -> str:
    """With the figure before the comparator, which may be one that is compared already: angka:cakupan>30 <35."""
    behind = text[leaf.start :]
    before = _BEFORE.search(text[: leaf.start])
    if leaf.opening == leaf.start and _AMOUNT.match(behind):
        if figures := list(_FIGURE.finditer(text[: leaf.start])):
            return text[: leaf.start] + figures[-1]["named"] + behind
        if before and names_metric(before["plain"] or before["quoted"]):
            return f"{text[: before.start()]}angka:{text[before.start() :]}"
    return _without_signs(leaf, text)


def _without_signs(leaf: Leaf, text: str) -> str:
    plain = "".join(" " if sign in _UNEQUAL else sign for sign in leaf.text).strip()
    kept = f'"{plain}"' if leaf.name is not None and " " in plain else plain
    return text[: leaf.start] + kept + text[leaf.end :].removeprefix("" if kept else " ")
