"""How a wrong value of a query is told: what is wrong with it, and what may have been meant."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from service.domain.terms import tokens
from service.domain.wording.language import say

_MOST_NAMED = 5


class Wrong(Exception):
    """A value that cannot be, with the message and what may have been meant instead of it."""

    def __init__(self, message: str, meant: str | None = None) -> None:
        super().__init__(message)
        self.meant = meant


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The most similar of them, None where none is."""
    return next(iter(get_close_matches(typed, list(known), 1, 0.6)), None)


def nearest_of(typed: str, names: Mapping[str, str]) -> list[str]:
    """The most similar names, the best first."""
    close = get_close_matches(typed[:80], list(names), _MOST_NAMED, 0.6)
    return list(dict.fromkeys(names[it] for it in close))


def names_and_words(names: Iterable[str]) -> dict[str, str]:
    """The names and the longer words of them, as they may be typed, by their lower case."""
    whole = {name.casefold(): name for name in names}
    return {token.exact: token.exact for name in whole for token in tokens(name) if len(token.exact) > 3} | whole


def perhaps(names: Sequence[str]) -> str:
    """A sentence that offers these names, "" where there are none."""
    return " " + say("Mungkin maksudnya: {names}.", names=", ".join(names)) if names else ""


def quoted(name: str) -> str:
    """The name as the value of a field, in quotes where it needs them."""
    plain = name.replace('"', "")
    return plain if plain.isalnum() else f'"{plain}"'


def shown(typed: str) -> str:
    """The beginning of what was typed, for a message."""
    return typed if len(typed) <= 40 else f"{typed[:40]}…"
