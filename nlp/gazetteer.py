"""Provinces, kabupaten and kota: their official codes and names, and where a text names one.

The tables lie in `nlp/resources/`: `regions.tsv` (the official list with aliases), `places.tsv` (capitals, towns and
districts that stand for a region), `ordinary_words.tsv` (names that are also something else) and `place_words.tsv`
(words beside a name that tell what it names).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from nlp.analysis import Region
from nlp.tables import rows

# "Ba'a" is one word, "Bali's" is not.
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
# What may stand between two words of one name, "Toli-Toli"; a line break parts two names. "Kep. Riau" has a full stop.
_GAP = re.compile(r"[ \t\u00a0]{1,3}|-")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.[ \u00a0]?")
_ABBREVIATED = frozenset({"kep", "kab", "d"})
_SMALL_WORDS = frozenset({"dan"})
# Between two places of one list: what announces the first announces the second.
_LIST_GAP = re.compile(r",? (?:dan|serta|hingga|sampai|and|&) |, ?|/| ?[-–] ?")
_DATELINE_END = re.compile(r"\s*(?:[(\[]|,|:|[-–—|])")

_ENGLISH_SIDES = {
    "Barat Daya": "Southwest",
    "Utara": "North",
    "Selatan": "South",
    "Timur": "East",
    "Barat": "West",
    "Tengah": "Central",
    "Tenggara": "Southeast",
}

Kind = Literal["province", "kabupaten", "kota", "place"]


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a text where a region is named. `alias` is the listed form, `kind` "place" for a town standing for it.

    `start` and `end` enclose the name alone, not the "Kota" or "Kabupaten" before it. `explicit` tells that such a
    word (or "Bupati", "Pemkot", …) settled which region is meant.
    """

    start: int
    end: int
    code: str
    name: str
    alias: str
    kind: Kind
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    alias: str
    kind: Kind
    acronym: bool


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"]
    entries: list[_Entry]


class _Word(NamedTuple):
    start: int
    end: int
    key: str


class Gazetteer:
    """The official regions, found in a text in time linear in its length."""

    def __init__(
        self,
        regions: dict[str, Region],
        timezones: dict[str, str],
        names: Iterable[tuple[str, str, Kind]],
        ordinary: frozenset[str],
        before: Mapping[str, str],
        after: Mapping[str, str],
    ) -> None:
        self._regions = regions
        self._timezones = timezones
        self._ordinary = ordinary
        self._before = before
        self._after = after
        self._root = _Node({}, [])
        self._named: dict[str, tuple[Region, ...]] = {}
        listed: set[str] = set()
        for alias, code, kind in names:
            self._enter(alias, code, kind)
            listed.add(alias.casefold())
            if kind != "place" and regions[code] not in self.named(alias):
                self._named[_plain(alias)] = (*self.named(alias), regions[code])
        self._named |= {_plain(region.name): (region,) for region in regions.values()}
        self.plain_names = frozenset(listed - ordinary)
        """The names that are no ordinary words too, lower case."""

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """The gazetteer of the tables that ship with the package."""
        regions: dict[str, Region] = {}
        timezones: dict[str, str] = {}
        names: list[tuple[str, str, Kind]] = []
        for code, name, level, timezone, aliases in rows("regions.tsv"):
            kind = _level(level)
            province = regions[code[:2]].name if "." in code else name
            regions[code] = Region(name, code, kind, province)
            timezones[code] = timezone
            short = _short(name)
            names += [(alias, code, kind) for alias in (short, *_english(short), *filter(None, aliases.split("|")))]
        names += [(place, code, "place") for place, code, _ in rows("places.tsv")]
        ordinary = frozenset(row[0].casefold() for row in rows("ordinary_words.tsv"))
        beside: dict[str, dict[str, str]] = {"before": {}, "after": {}}
        for word, side, effect in rows("place_words.tsv"):
            beside[side][word] = effect
        return Gazetteer(regions, timezones, names, ordinary, beside["before"], beside["after"])

    def region(self, code: str) -> Region:
        """The region of this official code ("16.71", "16"); KeyError for a code that is not listed."""
        return self._regions[code]

    def timezone(self, code: str) -> str:
        """The IANA name of the region's time zone."""
        return self._timezones[code]

    def regions(self) -> tuple[Region, ...]:
        """Every region, in the order of the codes."""
        return tuple(self._regions.values())

    def named(self, name: str) -> tuple[Region, ...]:
        """The regions of this official name or alias, in the order of the codes; none where nothing is called so.

        "Kota Bandung" is one, the "Bandung" that a kota and a kabupaten share are both; "Kab." is "Kabupaten".
        """
        return self._named.get(_plain(name), ())

    def find(self, text: str) -> list[Match]:
        """Every naming of a region, longest name first where names contain each other, in text order.

        A name that a kota and a kabupaten share means the one that "Kota", "Bupati", "Pemkab" … says. A bare one
        means what the rest of the text says, else the province, else the kota.
        """
        words = [_Word(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]
        found: list[tuple[Match, list[_Entry]]] = []
        at = 0
        while at < len(words):
            if words[at].key not in self._root.children:
                at += 1
                continue
            entries, count = self._longest(text, words, at)
            last_end = found[-1][0].end if found else None
            if entries and self._is_place(text, words, at, count, entries, last_end):
                found.append((self._choose(text, words, at, count, entries), entries))
                at += count
            else:
                at += 1
        return _settled_by_the_rest(found, self._regions)

    def _enter(self, alias: str, code: str, kind: Kind) -> None:
        node = self._root
        for word in _WORD.findall(alias):
            node = node.children.setdefault(word.casefold(), _Node({}, []))
        acronym = alias.isupper() and len(alias) <= 4
        if all(entry.code != code for entry in node.entries):
            node.entries.append(_Entry(code, alias, kind, acronym))

    def _longest(self, text: str, words: list[_Word], at: int) -> tuple[list[_Entry], int]:
        """The entries of the longest listed name that begins at a word, and how many words it has."""
        node, best, count = self._root, list[_Entry](), 0
        for length in range(1, len(words) - at + 1):
            word = words[at + length - 1]
            if length > 1 and not _joined(text, words[at + length - 2], word):
                break
            following = node.children.get(word.key)
            if following is None or not _is_capitalised(text, word):
                break
            node = following
            entries = [e for e in node.entries if not e.acronym or text[words[at].start : word.end].isupper()]
            if entries:
                best, count = entries, length
        return best, count

    def _is_place(
        self, text: str, words: list[_Word], at: int, count: int, entries: list[_Entry], last_end: int | None
    ) -> bool:
        start, end = words[at].start, words[at + count - 1].end
        before, after = self._beside(text, words, at, count)
        if "none" in (before, after) or _is_part_of_an_address(text, start, end):
            return False
        if entries[0].alias.casefold() not in self._ordinary:
            return True
        listed = last_end is not None and _LIST_GAP.fullmatch(text, last_end, start) is not None
        return bool(before or after) or listed or _opens_a_dateline(text, start, end)

    def _beside(self, text: str, words: list[_Word], at: int, count: int) -> tuple[str | None, str | None]:
        """What the words right before and right after a name say of it."""
        before = after = None
        if at and text[words[at - 1].end : words[at].start].strip(" .\u00a0") in {"", "-"}:
            before = self._before.get(words[at - 1].key)
        if at + count < len(words) and text[words[at + count - 1].end : words[at + count].start] == " ":
            after = self._after.get(words[at + count].key)
        return before, after

    def _choose(self, text: str, words: list[_Word], at: int, count: int, entries: list[_Entry]) -> Match:
        beside = self._beside(text, words, at, count)
        fitting = [e for e in entries if self._regions[e.code].level in beside]
        entry = fitting[0] if fitting else min(entries, key=lambda e: _BARE_ORDER[self._regions[e.code].level])
        region = self._regions[entry.code]
        start, end = words[at].start, words[at + count - 1].end
        return Match(start, end, entry.code, region.name, entry.alias, entry.kind, explicit=bool(fitting))


_BARE_ORDER = {"province": 0, "kota": 1, "kabupaten": 2}


def _settled_by_the_rest(found: list[tuple[Match, list[_Entry]]], regions: dict[str, Region]) -> list[Match]:
    """Bare shared names mean the region that the text calls by the same name explicitly, where it does."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for match, _ in found:
        if match.explicit:
            votes[match.alias.casefold()][match.code] += 1
    settled = []
    for match, entries in found:
        said = votes.get(match.alias.casefold())
        if not match.explicit and said and len(entries) > 1:
            code = said.most_common(1)[0][0]
            match = replace(match, code=code, name=regions[code].name)
        settled.append(match)
    return settled


def _joined(text: str, left: _Word, right: _Word) -> bool:
    if _GAP.fullmatch(text, left.end, right.start):
        return True
    return left.key in _ABBREVIATED and _GAP_AFTER_ABBREVIATION.fullmatch(text, left.end, right.start) is not None


def _is_capitalised(text: str, word: _Word) -> bool:
    first = text[word.start]
    return not first.islower() or word.key in _SMALL_WORDS


def _is_part_of_an_address(text: str, start: int, end: int) -> bool:
    """Whether the name is part of a host, a path or a handle: "palembang.go.id", "@pemkotmalang"."""
    goes_on = text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()
    return goes_on or (start > 0 and text[start - 1] in "@#/." and text[start - 2 : start - 1].strip() != "")


def _opens_a_dateline(text: str, start: int, end: int) -> bool:
    line_start = start == 0 or text[start - 1] in "\n[("
    return line_start and _DATELINE_END.match(text, end) is not None


def _short(name: str) -> str:
    return name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _plain(name: str) -> str:
    """The name as it is looked up: its words in lower case."""
    words = [word.casefold() for word in _WORD.findall(name)]
    if words[:1] == ["kab"]:
        words[0] = "kabupaten"
    return " ".join(words[1:] if words[:1] == ["provinsi"] and len(words) > 1 else words)


def _english(short: str) -> tuple[str, ...]:
    """ "Lombok Timur" as the English press has it: "East Lombok"."""
    for side, english in _ENGLISH_SIDES.items():
        if short.endswith(f" {side}"):
            return (f"{english} {short.removesuffix(f' {side}')}",)
    return ()


def _level(word: str) -> Literal["province", "kabupaten", "kota"]:
    match word:
        case "province" | "kabupaten" | "kota":
            return word
        case _:
            raise ValueError(f"regions.tsv: unknown level {word!r}")
