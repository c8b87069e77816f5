"""An outlet as config/outlets.toml describes it, and the reading of that file with every mistake named at once.

Errors: OutletsError.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.urls import canonical_url

SourceKind = Literal["feed", "sitemap", "listing"]
Tier = Literal["national", "regional", "local"]

NATIONAL = "00"
_WIB, _WITA, _WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

# The ministry of home affairs' codes of the 38 provinces; each lies in one time zone (Keppres 41/1987).
PROVINCE_TIMEZONES: Mapping[str, str] = {
    **dict.fromkeys([NATIONAL, "11", "12", "13", "14", "15", "16", "17", "18", "19", "21"], _WIB),
    **dict.fromkeys(["31", "32", "33", "34", "35", "36", "61", "62"], _WIB),
    **dict.fromkeys(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"], _WITA),
    **dict.fromkeys(["81", "82", "91", "92", "93", "94", "95", "96"], _WIT),
}

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"(\d\d)\.\d\d")
_MAX_LISTING_PAGES = 20

_FAMILY_KEYS = frozenset({"article", "full_article", "discover", "tier", "timezone", "javascript"})
_OUTLET_KEYS = _FAMILY_KEYS | {"id", "name", "home", "family", "province", "region", "verified"}
_SOURCE_KEYS = frozenset({"kind", "url", "pages"})


class OutletsError(Exception):
    """The description of the outlets is wrong; `mistakes` names file, outlet and key of each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = list(mistakes)


@dataclass(frozen=True, slots=True)
class Source:
    """One document of an outlet that names its articles; `pages` is how deep a listing is followed."""

    kind: SourceKind
    url: str
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet: where it is at home, where it reports from and where its articles are named.

    `article` is a regular expression that an article's URL path must match (searched); None leaves the choice to
    the look of the path. `full_article` turns an article's URL into that of all its pages: "?page=all" or "/all".
    `javascript` says that only scripts fill its pages, so that a browser has to show them (crawler/browser.py).
    """

    id: str
    name: str
    home: str
    tier: Tier
    province: str
    timezone: str
    sources: tuple[Source, ...]
    family: str | None = None
    region: str | None = None
    verified: bool = False
    article: str | None = None
    full_article: str | None = None
    javascript: bool = False

    @property
    def host(self) -> str:
        """The host under which the outlet's articles live, without `www.` and the like."""
        return urlsplit(canonical_url(self.home)).netloc

    def full_url(self, url: str) -> str:
        """The URL under which the outlet shows the whole of the article at `url` on one page."""
        if self.full_article is None:
            return url
        parts = urlsplit(url)
        if self.full_article.startswith("/"):
            path = parts.path.rstrip("/")
            return (
                url if path.endswith(self.full_article) else urlunsplit(parts._replace(path=path + self.full_article))
            )
        wanted = dict(parse_qsl(self.full_article[1:]))
        query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in wanted]
        return urlunsplit(parts._replace(query=urlencode([*query, *wanted.items()])))


def read_outlets(data: Mapping[str, object], origin: str) -> tuple[Outlet, ...]:
    """The outlets of a parsed outlets file; `origin` names the file in mistakes.

    Raises OutletsError with every mistake of the file.
    """
    reader = _Reader(origin)
    outlets = reader.read(data)
    if reader.mistakes:
        raise OutletsError(reader.mistakes)
    return outlets


class _Reader:
    """Reads one file and collects its mistakes."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._place = ""
        self.mistakes: list[str] = []

    def read(self, data: Mapping[str, object]) -> tuple[Outlet, ...]:
        self._unknown_keys(data, frozenset({"family", "outlet"}))
        families = self._families(data.get("family", {}))
        tables = data.get("outlet", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._mistake("outlet", "must be [[outlet]] tables")
            return ()
        outlets = [self._outlet(table, number, families) for number, table in enumerate(tables, start=1)]
        self._duplicates([str(table.get("id", "")) for table in tables])
        return tuple(outlet for outlet in outlets if outlet is not None)

    def _families(self, tables: object) -> dict[str, Mapping[str, object]]:
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            self._mistake("family", "must be [family.<name>] tables")
            return {}
        for name, table in tables.items():
            self._place = f"family {name}"
            self._unknown_keys(table, _FAMILY_KEYS)
            self._article(table.get("article"))
            self._full_article(table.get("full_article"))
            self._flag(table, "javascript")
        self._place = ""
        return tables

    def _outlet(
        self, own: dict[str, object], number: int, families: Mapping[str, Mapping[str, object]]
    ) -> Outlet | None:
        """The outlet of one table, or None where it has mistakes."""
        before = len(self.mistakes)
        self._place = f"outlet {own.get('id') or f'number {number}'}"
        self._unknown_keys(own, _OUTLET_KEYS)
        family = self._text(own, "family", required=False)
        if family is not None and family not in families:
            self._mistake("family", f"there is no [family.{family}]")
        table = {**families.get(family or "", {}), **own}

        outlet_id = self._text(table, "id") or ""
        if outlet_id and not _ID.fullmatch(outlet_id):
            self._mistake("id", f"{outlet_id!r} must be small letters, digits and hyphens")
        home = self._url("home", self._text(table, "home"))
        tier = self._text(table, "tier") or ""
        if tier and tier not in get_args(Tier):
            self._mistake("tier", f"{tier!r} must be one of {', '.join(get_args(Tier))}")
        province = self._province(table)
        outlet = Outlet(
            id=outlet_id,
            name=self._text(table, "name") or "",
            home=home,
            tier=tier,  # type: ignore[arg-type]  # a wrong tier is a mistake, so the outlet is not returned
            province=province,
            timezone=self._timezone(table, province),
            sources=self._sources(table.get("discover"), home),
            family=family,
            region=self._region(table, province),
            verified=self._flag(table, "verified"),
            article=self._article(table.get("article")),
            full_article=self._full_article(table.get("full_article")),
            javascript=self._flag(table, "javascript"),
        )
        self._place = ""
        return outlet if len(self.mistakes) == before else None

    def _province(self, table: Mapping[str, object]) -> str:
        code = self._text(table, "province") or ""
        if code and code not in PROVINCE_TIMEZONES:
            self._mistake("province", f"{code!r} is no province's code (nor {NATIONAL!r} for the whole country)")
        return code

    def _region(self, table: Mapping[str, object], province: str) -> str | None:
        code = self._text(table, "region", required=False)
        if code is None:
            return None
        match = _REGION.fullmatch(code)
        if match is None:
            self._mistake("region", f"{code!r} must look like 72.71")
        elif match[1] != province:
            self._mistake("region", f"{code!r} does not lie in province {province!r}")
        return code

    def _timezone(self, table: Mapping[str, object], province: str) -> str:
        name = self._text(table, "timezone", required=False)
        if name is None:
            return PROVINCE_TIMEZONES.get(province, _WIB)
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self._mistake("timezone", f"{name!r} is no time zone")
        return name

    def _sources(self, tables: object, home: str) -> tuple[Source, ...]:
        if tables is None:
            self._mistake("discover", "is missing, here and in the family")
            return ()
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            self._mistake("discover", "must be a list of { kind = …, url = … }")
            return ()
        return tuple(self._source(table, f"discover[{place}]", home) for place, table in enumerate(tables))

    def _source(self, table: Mapping[str, object], place: str, home: str) -> Source:
        self._unknown_keys(table, _SOURCE_KEYS, f"{place}.")
        kind = self._text(table, "kind", place=f"{place}.") or ""
        if kind and kind not in get_args(SourceKind):
            self._mistake(f"{place}.kind", f"{kind!r} must be one of {', '.join(get_args(SourceKind))}")
        url = self._text(table, "url", place=f"{place}.")
        if url is not None:
            url = url.replace("{home}/", home if home.endswith("/") else f"{home}/")
        pages = table.get("pages", 1)
        if not isinstance(pages, int) or isinstance(pages, bool) or not 1 <= pages <= _MAX_LISTING_PAGES:
            self._mistake(f"{place}.pages", f"must be a number from 1 to {_MAX_LISTING_PAGES}")
            pages = 1
        elif pages > 1 and kind != "listing":
            self._mistake(f"{place}.pages", "only a listing has pages")
        return Source(kind, self._url(f"{place}.url", url), pages)  # type: ignore[arg-type]  # see tier above

    def _article(self, pattern: object) -> str | None:
        if pattern is None:
            return None
        if not isinstance(pattern, str):
            self._mistake("article", "must be a text")
            return None
        try:
            re.compile(pattern)
        except re.error as error:
            self._mistake("article", f"is no regular expression: {error}")
        return pattern

    def _full_article(self, rule: object) -> str | None:
        if rule is None:
            return None
        if not isinstance(rule, str) or not re.fullmatch(r"\?[\w.-]+=[\w.-]+|/[\w.-]+", rule):
            self._mistake("full_article", f"{rule!r} must look like '?page=all' or '/all'")
            return None
        return rule

    def _url(self, key: str, url: str | None) -> str:
        if url is None:
            return ""
        try:
            canonical_url(url)
        except ValueError as error:
            self._mistake(key, f"is no web address: {error}")
        return url

    def _text(self, table: Mapping[str, object], key: str, *, required: bool = True, place: str = "") -> str | None:
        if key not in table:
            if required:
                self._mistake(place + key, "is missing")
            return None
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            self._mistake(place + key, "must be a text that is not empty")
            return None
        return value

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._mistake(key, "must be true or false")
        return value is True

    def _unknown_keys(self, table: Mapping[str, object], known: frozenset[str], place: str = "") -> None:
        for key in table:
            if key not in known:
                self._mistake(place + key, f"is unknown; known are {', '.join(sorted(known))}")

    def _duplicates(self, ids: Sequence[str]) -> None:
        seen: set[str] = set()
        for outlet_id in ids:
            if outlet_id and outlet_id in seen:
                self._place = f"outlet {outlet_id}"
                self._mistake("id", "is given to two outlets")
            seen.add(outlet_id)
        self._place = ""

    def _mistake(self, key: str, text: str) -> None:
        self.mistakes.append(": ".join(part for part in (self._origin, self._place, f"{key} {text}") if part))
