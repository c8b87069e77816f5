"""Which short forms of a name mean which full one: "Rahman" and "Abdul" are "Abdul Rahman" where only one is named."""

from collections.abc import Iterable

MOST_NAMES = 300  # of one article that are told apart; a page with more is a list


class NameForms:
    """The names of one article, by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, set[str]] = {}
        self._full: dict[str, str] = {}
        for name in list(dict.fromkeys(names))[:MOST_NAMES]:
            for word in set(name.split()):
                self._by_word.setdefault(word, set()).add(name)

    def full(self, short: str) -> str:
        """The longest name with all the words of this one, if every other such name is a shorter form of it."""
        if short not in self._full:
            self._full[short] = self._longest(short)
        return self._full[short]

    def _longest(self, short: str) -> str:
        bearers = set.intersection(*(self._by_word.get(part, {short}) for part in short.split())) or {short}
        longest = max(bearers, key=lambda name: (len(name.split()), name))
        whole = set(longest.split())
        return longest if all(set(name.split()) <= whole for name in bearers) else short
