"""The invented news as it is written down in `demo/news/*.toml`, read and checked.

The format is described in `demo/news/README.md`. Errors: NewsError (a file breaks a rule of that page).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

NEWS_FOLDER = Path(__file__).parent / "news"

Relevance = Literal["relevant", "mention", "irrelevant"]
Tone = Literal["positive", "neutral", "negative"]
Behaviour = Literal["broken", "server-error", "redirect-loop", "too-large", "disallowed", "tag-page"]

OUTLETS = ("cakrapena-palu", "cakrapena-kupang", "sagara", "sagara-kalsel", "warasta-regional", "harianbelantik")
STORY_TYPES = frozenset(
    {"membership", "claims", "compliance", "complaint", "fraud", "award", "event", "policy", "explainer"}
)
UNITS = frozenset(
    {
        "percent", "percentage_point", "ratio", "times", "IDR", "USD", "people", "companies", "cases", "documents",
        "villages", "regions", "days", "months", "years", "points", "rank", "programmes",
    }
)  # fmt: skip
KINDS = frozenset({"change", "target", "rank", "rule", "share", "level", "amount", "count"})
METRICS = frozenset(
    {
        "coverage", "uncovered", "membership", "membership_new", "potential", "workforce", "claims_paid", "claims_count",
        "claims_ratio", "benefit_amount", "benefit_duration", "eligibility", "beneficiaries", "contribution_rate",
        "contribution_collected", "contribution_budget", "contribution_relief", "arrears", "arrears_recovered",
        "non_compliance", "compliance", "enforcement", "employers", "agents", "agent_fee", "villages", "regions",
        "work_accidents", "layoffs", "fund", "investment_yield", "wage", "service", "award", "budget", "other",
    }
)  # fmt: skip

LINK_LINE = "BACA JUGA: "
PAGE_BREAK = "==="
_MARK = re.compile(r"\[\[(?P<surface>[^\[\]=]+?) = (?P<value>\S+) (?P<rest>[^\[\]]+?)\]\]")
PLACEHOLDER = re.compile(r"\{(?P<unit>hari|bulan|tahun)(?P<before>-1)?\}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"(?:\d\d(?:\.\d\d)?)?")


class NewsError(ValueError):
    """A news file breaks a rule; the message names the file and the article."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a stated figure says, apart from its place: `value` in base units, a pair for a range."""

    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    kind: str | None = None
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text: plain strings, and pairs of a figure's surface and what it says."""

    parts: tuple[str | tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A line inside the body that points to another story; no part of the article."""

    headline: str


Block = Passage | LinkLine


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One invented article as written; `pages` are its pages, each a row of paragraphs and link lines."""

    slug: str
    outlet: str
    days_ago: int
    time: time
    section: str
    title: Passage
    pages: tuple[tuple[Block, ...], ...]
    tags: tuple[str, ...] = ()
    dateline: str = ""
    author: str = ""
    editor: str = ""
    initials: str = ""
    caption: str = ""
    language: Literal["id", "en"] = "id"
    relevance: Relevance = "irrelevant"
    sentiment: Tone = "neutral"
    story: str = ""
    story_type: str = ""
    region: str = ""
    alert: bool = False
    amp: bool = False
    header_charset: str = "utf-8"
    """What the HTTP header declares; the bytes are always UTF-8."""


@dataclass(frozen=True, slots=True)
class SpecialPage:
    """A listed page that misbehaves, is no article, or that robots.txt forbids."""

    slug: str
    outlet: str
    days_ago: int
    time: time
    section: str
    title: str
    behaviour: Behaviour


def load_news(folder: Path = NEWS_FOLDER) -> tuple[NewsItem, ...]:
    """Every invented article, in the order of the files' names; raises NewsError when a rule is broken."""
    items = tuple(_item(table, name) for name, table in _tables(folder, "article"))
    _demand_unique(item.slug for item in items)
    return items


def load_special_pages(folder: Path = NEWS_FOLDER) -> tuple[SpecialPage, ...]:
    """Every listed page that is not an article to be kept; raises NewsError when a rule is broken."""
    pages = tuple(_special(table, name) for name, table in _tables(folder, "special"))
    _demand_unique(page.slug for page in pages)
    return pages


def _tables(folder: Path, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise NewsError(f"{path.name}: {error}") from error
        if unknown := content.keys() - {"article", "special"}:
            raise NewsError(f"{path.name}: unknown tables {sorted(unknown)}")
        for table in content.get(kind, []):
            yield path.name, table


def _item(table: Mapping[str, Any], file: str) -> NewsItem:
    where = f"{file}: {table.get('slug', 'an article without slug')}"
    values = dict(table)
    try:
        values["time"] = time.fromisoformat(values["time"])
        values["title"] = _passage(values["title"].strip())
        values["pages"] = _pages(values.pop("body"))
        values["tags"] = tuple(values.get("tags", ()))
        values["story"] = values.get("story") or values["slug"]
        item = NewsItem(**values)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise NewsError(f"{where}: {error}") from error
    for broken in _broken_rules(item):
        raise NewsError(f"{where}: {broken}")
    return item


def _special(table: Mapping[str, Any], file: str) -> SpecialPage:
    where = f"{file}: {table.get('slug', 'a page without slug')}"
    try:
        page = SpecialPage(**{**table, "time": time.fromisoformat(table["time"])})
    except (KeyError, TypeError, ValueError) as error:
        raise NewsError(f"{where}: {error}") from error
    for broken in _broken_place(page.slug, page.outlet, page.days_ago, page.time):
        raise NewsError(f"{where}: {broken}")
    if page.behaviour not in get_args(Behaviour):
        raise NewsError(f"{where}: unknown behaviour {page.behaviour!r}")
    return page


def _broken_rules(item: NewsItem) -> Iterator[str]:
    yield from _broken_place(item.slug, item.outlet, item.days_ago, item.time)
    choices: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("language", item.language, ("id", "en")),
        ("relevance", item.relevance, get_args(Relevance)),
        ("sentiment", item.sentiment, get_args(Tone)),
        ("story_type", item.story_type, STORY_TYPES if item.relevance == "relevant" else STORY_TYPES | {""}),
    )
    for name, value, allowed in choices:
        if value not in allowed:
            yield f"{name} {value!r} is none of {sorted(allowed)}"
    if not _REGION.fullmatch(item.region):
        yield f"region {item.region!r} is no official code"
    if not all(any(isinstance(block, Passage) for block in page) for page in item.pages):
        yield "a page has no paragraph"
    passages = [item.title, *(block for page in item.pages for block in page if isinstance(block, Passage))]
    for text in (part for passage in passages for part in passage.parts if isinstance(part, str)):
        if "{" in PLACEHOLDER.sub("", text):
            yield f"unknown placeholder in {text[:60]!r}"
    marks = [part for passage in passages for part in passage.parts if not isinstance(part, str)]
    if marks and item.relevance != "relevant":
        yield "only relevant articles carry marked figures"
    for surface, stated in marks:
        yield from (f"[[{surface}]]: {broken}" for broken in _broken_value(stated))


def _broken_place(slug: str, outlet: str, days_ago: int, at: time) -> Iterator[str]:
    if not _SLUG.fullmatch(slug):
        yield "the slug is not lower case, digits and hyphens"
    if outlet not in OUTLETS:
        yield f"unknown outlet {outlet!r}"
    if not 0 <= days_ago <= 6:
        yield "days_ago is not in 0..6"
    if days_ago == 0 and at > time(1, 0):
        yield "an article of the anchor day must be of 00:05-01:00, or it may lie in the future"


def _broken_value(value: Value) -> Iterator[str]:
    if value.unit not in UNITS:
        yield f"unknown unit {value.unit!r}"
    if value.kind is not None and value.kind not in KINDS:
        yield f"unknown kind {value.kind!r}"
    if value.metric is not None and value.metric not in METRICS:
        yield f"unknown metric {value.metric!r}"


def _demand_unique(slugs: Iterable[str]) -> None:
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            raise NewsError(f"two articles share the slug {slug}")
        seen.add(slug)


def _pages(body: str) -> tuple[tuple[Block, ...], ...]:
    pages: list[list[Block]] = [[]]
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        text = " ".join(paragraph.split())
        if text == PAGE_BREAK:
            pages.append([])
        elif text.startswith(LINK_LINE):
            pages[-1].append(LinkLine(text.removeprefix(LINK_LINE)))
        else:
            pages[-1].append(_passage(text))
    return tuple(tuple(page) for page in pages)


def _passage(text: str) -> Passage:
    parts: list[str | tuple[str, Value]] = []
    end = 0
    for mark in _MARK.finditer(text):
        parts += [text[end : mark.start()], (mark["surface"], _value(mark["value"], mark["rest"].split()))]
        end = mark.end()
    parts.append(text[end:])
    if any(isinstance(part, str) and ("[[" in part or "]]" in part) for part in parts):
        raise ValueError(f"a figure's mark cannot be read in {text[:80]!r}")
    return Passage(tuple(part for part in parts if part))


def _value(value: str, rest: list[str]) -> Value:
    low, between, high = value.partition("..")
    number = (Decimal(low), Decimal(high)) if between else Decimal(low)
    unit, kind, metric = (*rest, None, None)[:3] if len(rest) <= 3 else ("", None, None)
    return Value(number, unit or "", kind, metric)
