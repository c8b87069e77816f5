"""Where a text uses the words of an agency's profile."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.analysis import AgencyProfile

Role = Literal[
    "agency", "bare", "lookalike", "product", "programme", "partner", "foreign_scheme", "own_context", "other_context"
]

_WORD = re.compile(r"[^\W_]+")
# "BPJS-TK", "BPJS (Badan Penyelenggara Jaminan Sosial) Ketenagakerjaan"; a line break parts two words.
_GAP = re.compile(r"[ \t\u00a0]{1,3}|-|[ \u00a0]?[()\"“”][ \u00a0]?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed phrase in a text: where it stands, as what it is listed, and how the profile writes it."""

    start: int
    end: int
    phrase: str
    roles: frozenset[Role]


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"]
    phrase: str = ""
    roles: frozenset[Role] = frozenset()


class AgencyVocabulary:
    """The phrases of a profile, found in time linear in the text; the longest phrase at a place wins."""

    def __init__(self, profile: AgencyProfile) -> None:
        self._root = _Node({})
        self._enter([profile.name, *profile.names], "agency")
        self._enter(profile.bare, "bare")
        self._enter(profile.lookalikes, "lookalike")
        self._enter(profile.products, "product")
        self._enter(profile.programmes, "programme")
        self._enter(profile.people_partners, "partner")
        self._enter(profile.foreign_schemes, "foreign_scheme")
        self._enter(profile.own_context, "own_context")
        self._enter(profile.lookalike_context, "other_context")

    def find(self, text: str) -> list[Hit]:
        """The phrases in the text, in order, none overlapping another."""
        words = list(_WORD.finditer(text))
        keys = [word.group().casefold() for word in words]
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            node, last = self._longest(text, words, keys, at) if keys[at] in self._root.children else (None, at)
            if node is None:
                at += 1
                continue
            hits.append(Hit(words[at].start(), words[last].end(), node.phrase, node.roles))
            at = last + 1
        return hits

    def _enter(self, phrases: Iterable[str], role: Role) -> None:
        for phrase in phrases:
            node = self._root
            for word in _WORD.findall(phrase):
                node = node.children.setdefault(word.casefold(), _Node({}))
            node.phrase = node.phrase or phrase
            node.roles |= {role}

    def _longest(
        self, text: str, words: Sequence[re.Match[str]], keys: Sequence[str], at: int
    ) -> tuple[_Node | None, int]:
        node, best, last = self._root, None, at
        for position in range(at, len(words)):
            if position > at and not _GAP.fullmatch(text, words[position - 1].end(), words[position].start()):
                break
            following = node.children.get(keys[position])
            if following is None:
                break
            node = following
            if node.roles:
                best, last = node, position
        return best, last
