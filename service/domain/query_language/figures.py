"""Conditions on figures, `angka:cakupan<35`, read from their leaf."""

import re
from functools import cache

from service.domain.query_language.amounts import COMPARING, read_amount
from service.domain.query_language.longer_names import check_longer_name
from service.domain.query_language.mistakes import Wrong, names_and_words, nearest_of, perhaps, quoted, shown
from service.domain.query_language.pieces import EXAMPLES, Leaf, excluded
from service.domain.query_language.tree import Comparator, FigureCondition
from service.domain.terms import tokens
from service.domain.wording.language import say
from service.domain.wording.names import METRICS
from service.errors import QueryError

_COMPARATORS: dict[str, Comparator] = {
    "<": "<", "<=": "<=", "=<": "<=", "≤": "<=", "=": "=", "==": "=", ">=": ">=", "=>": ">=", "≥": ">=", ">": ">",
}  # fmt: skip
_COMPARED = re.compile(rf"\s*!?[{COMPARING}]")


def read_figure(leaf: Leaf, text: str) -> FigureCondition:
    """What the leaf of the query `text` asks of one figure; Wrong or QueryError where that cannot be."""
    if leaf.comparator is None:
        _check_longer_name(leaf, text)
    metrics = _metrics(leaf)
    if leaf.comparator is None:
        return FigureCondition(metrics)
    name = quoted(leaf.text) if leaf.quoted else leaf.text
    comparator = _COMPARATORS.get(leaf.comparator)
    if comparator is None:
        raise _unknown_comparator(leaf, name, leaf.comparator, text)
    try:
        value, unit = read_amount(leaf.value)
    except Wrong as wrong:
        raise Wrong(str(wrong), None if wrong.meant is None else f"{name}{leaf.comparator}{wrong.meant}") from wrong
    return FigureCondition(metrics, comparator, value, unit)


def names_metric(typed: str) -> bool:
    """Whether figures are called so, by their whole name or by words of it."""
    return bool(_called(_words(typed)))


def _unknown_comparator(leaf: Leaf, name: str, typed: str, text: str) -> Exception:
    message = say("Pembanding angka adalah <, <=, =, >=, atau >.")
    if "!" not in typed and "≠" not in typed:
        return Wrong(message, f"{name}{typed[0].replace('≈', '=')}{leaf.value}")
    field = text[leaf.opening : leaf.start]
    other = typed.replace("!", "").replace("≠", "=")
    meant = f"{excluded(text, leaf.opening)}{field}{name}{other}{leaf.value}{text[leaf.end :]}"
    return QueryError(message, start=leaf.start, end=leaf.end, suggestion=meant)


def _check_longer_name(leaf: Leaf, text: str) -> None:
    """A name of several words without quotes would be cut after its first: angka:klaim dibayar>16.800."""

    def is_name(typed: str, end: int) -> bool:
        words = _words(typed)
        return words in _names().values() or (_COMPARED.match(text, end) is not None and bool(_called(words)))

    check_longer_name(
        leaf,
        text,
        is_name,
        lambda name: say('Nama angka yang lebih dari satu kata ditulis dalam tanda kutip: angka:"{name}".', name=name),
    )


def _metrics(leaf: Leaf) -> frozenset[str]:
    words = _words(leaf.text)
    if not words:
        raise Wrong(say("Tuliskan nama angka setelah angka:, misalnya {example}.", example=EXAMPLES["angka"]))
    called = _called(words)
    if called:
        return called
    rest = f"{leaf.comparator or ''}{leaf.value}"
    near = nearest_of(" ".join(words), names_and_words(METRICS.values()))
    meant = f"{quoted(near[0].casefold())}{rest}" if near else None
    raise Wrong(say("Tidak ada angka bernama “{typed}”.", typed=shown(leaf.text)) + perhaps(near), meant)


def _called(words: list[str]) -> frozenset[str]:
    """The metrics that are called so: one by its whole name or code, else all whose names have the words."""
    for code, name in _names().items():
        if words in (name, _words(code)):
            return frozenset({code})
    return frozenset(code for code, name in _names().items() if words and set(words) <= set(name))


@cache
def _names() -> dict[str, list[str]]:
    return {code: _words(name) for code, name in METRICS.items()}


def _words(name: str) -> list[str]:
    return [token.exact for token in tokens(name.replace("_", " "))]
