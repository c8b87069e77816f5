"""What a page's address asks for, checked, and addresses that change one thing of it.

The parameters are read by the people who share links, hence Indonesian: `q`, `media`, `wilayah`, `sentimen`, `dari`,
`sampai`, `topik`, `narasumber`, `label`, `tingkat` (of the outlet), `urut` (terbaru, relevansi), `sebutan` (1: also
articles that only mention the agency), `tersembunyi` (1: only what people hid), `kursor`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol
from urllib.parse import parse_qs, urlencode

from service.domain.query import Query
from service.domain.wording.language import say
from service.domain.wording.names import TIERS, TOPICS

SEARCH = "/cari"

MOST_VALUES = 50
LONGEST_VALUE = 120
LONGEST_TYPED = 4_000
"""Characters of words that are taken, so that whoever pastes more than a query may have is told in place."""

Filter = Literal["media", "wilayah", "sentimen", "topik", "narasumber", "label", "tingkat"]

_REGION = re.compile(r"\d\d(\.\d\d)?")
_OUTLET = re.compile(r"[\w.:-]{1,120}")
_TONES = frozenset({"positive", "neutral", "negative"})
_TONE_CODES = {"positif": "positive", "netral": "neutral", "negatif": "negative"}
_TONE_WORDS = {code: word for word, code in _TONE_CODES.items()}


class Parameters(Protocol):
    """The parameters of an address, each of which may be given several times."""

    def get(self, key: str, default: str, /) -> str:
        """The last value, `default` where there is none."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value in order."""


class BadAddress(Exception):
    """A parameter of the address, `name`, cannot be read; the message is for the person who opened it."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """The search that an address asks for, without the page of its answer.

    `tiers` are those of the outlets, which no index knows: `Query.among` follows from the outlets' descriptions.
    """

    query: Query
    cursor: str | None = None
    tiers: frozenset[str] = frozenset()

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        query = self.query
        chosen = (
            query.outlets,
            query.regions,
            query.sentiments,
            query.topics,
            query.speakers,
            query.labels,
            self.tiers,
        )
        return any(chosen) or bool(query.since or query.until) or self.is_hidden

    def toggled(self, name: Filter, value: str) -> str:
        """The address with one value of a filter added, or removed where it is set."""
        chosen = {
            "media": self.query.outlets,
            "wilayah": self.query.regions,
            "sentimen": frozenset(_TONE_WORDS[tone] for tone in self.query.sentiments),
            "topik": self.query.topics,
            "narasumber": self.query.speakers,
            "label": self.query.labels,
            "tingkat": self.tiers,
        }[name]
        word = _TONE_WORDS.get(value, value) if name == "sentimen" else value
        return self._with(**{name: sorted(chosen ^ {word})})

    def on_days(self, first: date | None, last: date | None) -> str:
        """The address for these days only."""
        return self._with(dari=_iso(first), sampai=_iso(last))

    def asking(self, text: str) -> str:
        """The address of the same search with other words."""
        return self._with(q=text)

    def sorted_by(self, sort: Literal["newest", "relevance"]) -> str:
        """The address in another order."""
        return self._with(urut="relevansi" if sort == "relevance" else None)

    def with_mentions(self, wanted: bool) -> str:
        """The address with or without articles that only mention the agency."""
        return self._with(sebutan="1" if wanted else None, tersembunyi=None)

    @property
    def is_hidden(self) -> bool:
        """Whether what people hid is asked for, and nothing else."""
        return "hidden" in self.query.relevances

    def with_hidden(self, wanted: bool) -> str:
        """The address of what people hid, or of the news again."""
        return self._with(tersembunyi="1" if wanted else None, sebutan=None)

    def continued(self, cursor: str) -> str:
        """The address of the answer's next page."""
        return self._with(kursor=cursor)

    def cleared(self) -> str:
        """The address with the words only."""
        return address(SEARCH, {"q": self.query.text})

    def parts(self) -> dict[str, list[str]]:
        """The parameters that stand for this search, without empty ones."""
        query = self.query
        parts = {
            "q": [query.text],
            "media": sorted(query.outlets),
            "wilayah": sorted(query.regions),
            "sentimen": sorted(_TONE_WORDS[tone] for tone in query.sentiments),
            "topik": sorted(query.topics),
            "narasumber": sorted(query.speakers),
            "label": sorted(query.labels),
            "tingkat": sorted(self.tiers),
            "dari": [_iso(query.since) or ""],
            "sampai": [_iso(query.until) or ""],
            "urut": ["relevansi"] if query.sort == "relevance" else [],
            "sebutan": ["1"] if "mention" in query.relevances else [],
            "tersembunyi": ["1"] if self.is_hidden else [],
        }
        return {name: kept for name, values in parts.items() if (kept := [value for value in values if value])}

    @property
    def normalised(self) -> str:
        """The parameters as they stand in an address, the same for every address that asks for the same."""
        return urlencode(self.parts(), doseq=True)

    @property
    def path(self) -> str:
        """Where on the desk the search stands."""
        return address(SEARCH, self.parts())

    def _with(self, **changes: str | list[str] | None) -> str:
        return address(SEARCH, self.parts() | changes)


def read_search(parameters: Parameters) -> SearchAddress:
    """The search that the parameters ask for; BadAddress where one cannot be read."""
    tones = {_TONE_CODES.get(tone, tone) for tone in _values(parameters, "sentimen")}
    if not tones <= _TONES:
        raise BadAddress(say("Sentimen harus positif, netral, atau negatif."), "sentimen")
    regions = _values(parameters, "wilayah")
    if not all(_REGION.fullmatch(code) for code in regions):
        raise BadAddress(say("Kode wilayah tidak dikenal."), "wilayah")
    outlets = _values(parameters, "media")
    if not all(_OUTLET.fullmatch(outlet) for outlet in outlets):
        raise BadAddress(say("Nama media tidak dikenal."), "media")
    topics = frozenset(_values(parameters, "topik"))
    if not topics <= TOPICS.keys():
        raise BadAddress(say("Topik tidak dikenal."), "topik")
    tiers = frozenset(_values(parameters, "tingkat"))
    if not tiers <= TIERS.keys():
        raise BadAddress(say("Tingkat media tidak dikenal."), "tingkat")
    since, until = read_day(parameters, "dari"), read_day(parameters, "sampai")
    if since and until and since > until:
        since, until = until, since
    return SearchAddress(
        Query(
            text=read_text(parameters, "q", LONGEST_TYPED),
            outlets=frozenset(outlets),
            regions=frozenset(regions),
            sentiments=frozenset(tones),
            relevances=_relevances(parameters),
            topics=topics,
            speakers=frozenset(_values(parameters, "narasumber")),
            labels=frozenset(_values(parameters, "label")),
            since=since,
            until=until,
            sort="relevance" if parameters.get("urut", "") == "relevansi" else "newest",
        ),
        cursor=read_text(parameters, "kursor", LONGEST_VALUE) or None,
        tiers=tiers,
    )


def read_search_as_far(parameters: Parameters) -> tuple[SearchAddress, list[BadAddress]]:
    """The search without the parameters that cannot be read, and why each of them cannot."""
    problems: list[BadAddress] = []
    while True:
        try:
            return read_search(_Lacking(parameters, {problem.name for problem in problems})), problems
        except BadAddress as problem:
            problems.append(problem)


def read_saved(text: str) -> SearchAddress:
    """The search of an address, with or without what stands before its parameters; BadAddress as `read_search`."""
    text = text.strip()
    parameters = text.partition("?")[2] if text.startswith(("/", "?", "http:", "https:")) else text
    return replace(read_search(_Written(parse_qs(parameters, keep_blank_values=True))), cursor=None)


class _Lacking:
    """Parameters without some of them."""

    def __init__(self, parameters: Parameters, names: Collection[str]) -> None:
        self._parameters = parameters
        self._names = names

    def get(self, key: str, default: str, /) -> str:
        return default if key in self._names else self._parameters.get(key, default)

    def getlist(self, key: str, /) -> list[str]:
        return [] if key in self._names else self._parameters.getlist(key)


class _Written:
    """The parameters of an address that was kept as text."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self._values = values

    def get(self, key: str, default: str, /) -> str:
        return self._values.get(key, [default])[-1]

    def getlist(self, key: str, /) -> list[str]:
        return self._values.get(key, [])


def _relevances(parameters: Parameters) -> frozenset[str]:
    if parameters.get("tersembunyi", "") == "1":
        return frozenset({"hidden"})
    return frozenset({"relevant", "mention"} if parameters.get("sebutan", "") == "1" else {"relevant"})


def address(path: str, parameters: Mapping[str, str | list[str] | None]) -> str:
    """The path with those parameters that have a value."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def web_link(url: str) -> str | None:
    """The address as something to click, None unless it is plain http or https."""
    return url if re.match(r"https?://[^\s\"'<>\\]+\Z", url, re.IGNORECASE) else None


def read_text(parameters: Parameters, name: str, longest: int) -> str:
    """The parameter without outer blanks, "" where there is none; BadAddress where it is too long."""
    value = parameters.get(name, "").strip()
    if len(value) > longest:
        raise BadAddress(say("Isian terlalu panjang: paling banyak {longest} karakter.", longest=longest), name)
    return value


def _values(parameters: Parameters, name: str) -> list[str]:
    values = [value for value in parameters.getlist(name) if value]
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise BadAddress(say("Terlalu banyak saringan sekaligus."), name)
    return values


def read_day(parameters: Parameters, name: str) -> date | None:
    """The parameter as a day, None where there is none; BadAddress where it is no day."""
    value = parameters.get(name, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadAddress(say("Tanggal harus berbentuk TTTT-BB-HH, misalnya 2026-11-23."), name) from error


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
