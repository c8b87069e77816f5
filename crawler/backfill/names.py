"""Whether one of some names stands anywhere in a page's bytes: a cheap test, in any charset that contains ASCII.

It is a gate and no judgement: it also answers yes where a name stands in a link, an address or a script. What it must
not do is miss a name that a reader would see.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

_TELLING = 4
_BEGINNING = 1_000
_REACH = 1_000  # bytes within which a name's words stand together
_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of a name: blanks of all kinds, marks, entities, tags.
_GAP = rb"(?:[\s()\-_+]|\xc2?\xa0|\xe2\x80[\x80-\x95\xaf]|%20|&[#\w]{1,8};|<[^<>]{0,300}>){0,12}"
_BEFORE, _AFTER = rb"(?<![a-z0-9])", rb"(?![a-z0-9])"


class Names:
    """Finds names without regard to case, and to what separates their words."""

    def __init__(self, names: Sequence[str]) -> None:
        words = {name: tuple(_WORD.findall(name.lower())) for name in names}
        anchors = _anchors(words.values())
        self._tests = [
            (anchor.encode(), [_Name(of_name) for of_name in words.values() if anchor in "".join(of_name)])
            for anchor in anchors
        ]

    def stand_in(self, body: bytes) -> bool:
        """Whether at least one of the names stands in the page's body."""
        text = (_as_utf_8(body) if b"\0" in body[:_BEGINNING] else body).lower()
        return any(anchor in text and any(name.stands_in(text) for name in named) for anchor, named in self._tests)


def _as_utf_8(body: bytes) -> bytes:
    """UTF-16 in the charset of all others."""
    charset = "utf-16-be" if body[:_BEGINNING:2].count(0) > body[1:_BEGINNING:2].count(0) else "utf-16-le"
    return body.decode(charset, "ignore").encode()


class _Name:
    def __init__(self, words: Sequence[str]) -> None:
        self._words = [word.encode() for word in words]
        self._longest = max(self._words, key=len)
        self._pattern = re.compile(_BEFORE + _GAP.join(map(re.escape, self._words)) + _AFTER)

    def stands_in(self, text: bytes) -> bool:
        if not all(word in text for word in self._words):
            return False
        # A pattern that begins with a look back searches byte by byte; finding the longest word first is far faster.
        at = text.find(self._longest)
        while at >= 0:
            if self._pattern.search(text, max(0, at - _REACH), at + 2 * _REACH):
                return True
            at = text.find(self._longest, at + _REACH)
        return False


def _anchors(names: Iterable[Sequence[str]]) -> list[str]:
    """Few words of which every name contains one, so that a page without any of them is passed over at once."""
    left = {"".join(words): words for words in names}
    anchors: list[str] = []
    while left:
        words = set(chain.from_iterable(map(_telling, left.values())))
        best = max(words, key=lambda word: (sum(word in name for name in left), len(word), word))
        anchors.append(best)
        left = {name: words for name, words in left.items() if best not in name}
    return anchors


def _telling(words: Sequence[str]) -> list[str]:
    """The name's longer words: a letter or two stand in every page."""
    return [word for word in words if len(word) >= _TELLING] or [max(words, key=len)]
