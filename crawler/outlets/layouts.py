"""How outlets print their articles, where the general readers err: CSS selectors in layouts.toml, a version per layout.

A layout comes before every other evidence. It is used for pages fetched up to its last valid day in which its body
stands; a page that none fits is read as any other, so that a redesign costs accuracy and no article.

Errors: LayoutsError.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, document_fromstring

from crawler.dates import Stamp, read_machine_date
from crawler.extract_text import drop, text_of
from crawler.page import Page

PACKAGED = Path(__file__).with_name("layouts.toml")

_FIELDS = ("title", "authors", "published", "section")
_SELECTORS = ("body", "remove", "captions", *_FIELDS)
_KEYS = frozenset({"hosts", "valid_until", "published_format", *_SELECTORS})
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ATTRIBUTE = re.compile(r"(?P<selector>.+)::attr\((?P<name>[A-Za-z][\w:-]*)\)", re.DOTALL)
_LEAST_WORDS = 20
_MOST_ELEMENTS = 2_000
_MOST_VALUES = 10
_SAMPLE = datetime(2026, 11, 22, 10, 15)  # noqa: DTZ001 - any clock will do


class LayoutsError(Exception):
    """The description of the layouts is wrong; `mistakes` names file, outlet and key of each."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = list(mistakes)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of one outlet (or of the hosts of a network): CSS selectors of the parts of an article's page."""

    outlet: str
    body: str
    hosts: tuple[str, ...] = ()
    """Hosts with this layout, their sub-domains too; the outlet's own pages have it in any case."""
    valid_until: date | None = None
    """The last day on which a page with this layout was fetched, in UTC; None for the layout of today."""
    remove: str | None = None
    """What is no part of the article in `body`. Where it is not given, the general rules take out foreign parts."""
    captions: str | None = None
    title: str | None = None
    authors: str | None = None
    published: str | None = None
    published_format: str | None = None
    """The format of `published` for strptime, where it is not day before month: "%m/%d/%Y %H:%M"."""
    section: str | None = None

    def is_of(self, page: Page) -> bool:
        """Whether the page may have this layout: by its outlet or host, and by the day it was fetched on."""
        if self.valid_until is not None and page.fetched.astimezone(UTC).date() > self.valid_until:
            return False
        host = urlsplit(page.url).hostname or ""
        return page.outlet == self.outlet or any(host == own or host.endswith(f".{own}") for own in self.hosts)


@dataclass(frozen=True, slots=True)
class Told:
    """What a layout says of a page; what it does not say is empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    section: str = ""
    body: HtmlElement | None = None
    """A tree of its own that holds the body alone."""
    captions: tuple[str, ...] = ()
    is_pruned: bool = False
    """Whether the layout itself named what is to be taken out of the body."""


NOTHING = Told()


class Layouts:
    """The known layouts of all outlets."""

    def __init__(self, layouts: Iterable[Layout] = ()) -> None:
        self._layouts = sorted(layouts, key=lambda layout: layout.valid_until or date.max)

    def __iter__(self) -> Iterator[Layout]:
        return iter(self._layouts)

    def told(self, page: Page, tree: HtmlElement) -> Told:
        """What the oldest layout says that was valid when the page was fetched and whose body stands in `tree`."""
        for layout in self._layouts:
            if layout.is_of(page) and (body := _body(layout.body, tree)) is not None:
                return _told(layout, tree, body)
        return NOTHING


@cache
def packaged_layouts() -> Layouts:
    """The layouts that come with this package."""
    return read_layouts(tomllib.loads(PACKAGED.read_text(encoding="utf-8")), PACKAGED.name)


def _told(layout: Layout, tree: HtmlElement, body: HtmlElement) -> Told:
    captions = _take(layout.captions, body)
    _take(layout.remove, body)
    return Told(
        title=next(_values(layout.title, tree), ""),
        authors=tuple(islice(_values(layout.authors, tree), _MOST_VALUES)),
        published=_stamp(layout, tree),
        section=next(_values(layout.section, tree), ""),
        body=body,
        captions=tuple(caption for caption in captions if caption),
        is_pruned=layout.remove is not None,
    )


def _body(selector: str, tree: HtmlElement) -> HtmlElement | None:
    """A new tree of the elements that the selector finds, None where they hold hardly a sentence."""
    found = _selected(selector, tree)
    selected = set(found)
    outermost = [element for element in found if selected.isdisjoint(element.iterancestors())]
    if sum(len(text_of(element).split()) for element in outermost) < _LEAST_WORDS:
        return None
    root = document_fromstring("<html><body></body></html>")
    for element in outermost:
        copy = deepcopy(element)
        copy.tail = None
        root[0].append(copy)
    for script in list(root.iter("script")):
        drop(script)
    return root


def _take(selector: str | None, body: HtmlElement) -> list[str]:
    """The texts of what the selector finds in the body, which leaves it."""
    found = _selected(selector, body) if selector else []
    texts = [text_of(element) for element in found]
    for element in found:
        drop(element)
    return texts


def _values(selector: str | None, tree: HtmlElement) -> Iterator[str]:
    """The texts, or the attributes, that the selector finds."""
    if selector is None:
        return
    attribute = _ATTRIBUTE.fullmatch(selector)
    for element in _selected(attribute["selector"] if attribute else selector, tree):
        value = (element.get(attribute["name"]) or "").strip() if attribute else text_of(element)
        if value:
            yield value


def _stamp(layout: Layout, tree: HtmlElement) -> Stamp | None:
    for value in islice(_values(layout.published, tree), _MOST_VALUES):
        if layout.published_format is None:
            stamp = read_machine_date(value[:200])
            if stamp is not None:
                return stamp
            continue
        try:
            clock = datetime.strptime(value, layout.published_format)  # noqa: DTZ007 - the format says if it has a zone
        except ValueError:
            continue
        return Stamp(clock.replace(tzinfo=None), clock.tzinfo, has_time=_has_time(layout.published_format))
    return None


def _has_time(written_as: str) -> bool:
    return any(mark in written_as for mark in ("%H", "%I", "%T", "%X", "%c"))


def _selected(selector: str, tree: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = _compiled(selector)(tree)  # type: ignore[assignment] # selectors find elements only
    return found[:_MOST_ELEMENTS]


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def read_layouts(data: Mapping[str, object], origin: str) -> Layouts:
    """The layouts of a parsed layouts file; `origin` names the file in mistakes.

    Raises LayoutsError with every mistake of the file.
    """
    reader = _Reader(origin)
    layouts = reader.read(data)
    if reader.mistakes:
        raise LayoutsError(reader.mistakes)
    return Layouts(layouts)


class _Reader:
    """Reads one file and collects its mistakes."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._place = ""
        self.mistakes: list[str] = []

    def read(self, data: Mapping[str, object]) -> list[Layout]:
        for key in data:
            if key != "layout":
                self._mistake(key, "is unknown; known is layout")
        outlets = data.get("layout", {})
        if not isinstance(outlets, dict) or not all(map(_is_list_of_tables, outlets.values())):
            self._mistake("layout", "must be [[layout.<outlet>]] tables")
            return []
        return [layout for outlet, tables in outlets.items() for layout in self._versions(outlet, tables)]

    def _versions(self, outlet: str, tables: list[dict[str, object]]) -> Iterator[Layout]:
        days = [table.get("valid_until") for table in tables]
        for number, table in enumerate(tables, start=1):
            self._place = f"layout {outlet}" if len(tables) == 1 else f"layout {outlet} number {number}"
            if days.count(table.get("valid_until")) > 1:
                self._mistake("valid_until", "is the same in two versions; one version alone has none")
            layout = self._layout(outlet, table)
            if layout is not None:
                yield layout
        self._place = ""

    def _layout(self, outlet: str, table: dict[str, object]) -> Layout | None:
        """The layout of one table, or None where it has mistakes."""
        before = len(self.mistakes)
        for key in sorted(table.keys() - _KEYS):
            self._mistake(key, f"is unknown; known are {', '.join(sorted(_KEYS))}")
        if "body" not in table:
            self._mistake("body", "is missing")
        selectors = {key: self._selector(key, table[key]) for key in _SELECTORS if key in table}
        layout = Layout(
            outlet=outlet,
            hosts=self._hosts(table.get("hosts", [])),
            valid_until=self._day(table.get("valid_until")),
            published_format=self._format(table),
            **{"body": "", **selectors},
        )
        return layout if len(self.mistakes) == before else None

    def _selector(self, key: str, selector: object) -> str:
        if not isinstance(selector, str):
            self._mistake(key, "must be a CSS selector")
            return ""
        attribute = _ATTRIBUTE.fullmatch(selector) if key in _FIELDS else None
        try:
            _compiled(attribute["selector"] if attribute else selector)
        except SelectorError as error:
            self._mistake(key, f"{selector!r} is no CSS selector: {error}")
        return selector

    def _hosts(self, hosts: object) -> tuple[str, ...]:
        if isinstance(hosts, list) and all(isinstance(host, str) and _HOST.fullmatch(host) for host in hosts):
            return tuple(hosts)
        self._mistake("hosts", 'must be a list of host names such as "kabar.example"')
        return ()

    def _day(self, day: object) -> date | None:
        if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
            return day
        self._mistake("valid_until", "must be a day such as 2026-11-22, without quotes")
        return None

    def _format(self, table: Mapping[str, object]) -> str | None:
        written_as = table.get("published_format")
        if written_as is None:
            return None
        if "published" not in table:
            self._mistake("published_format", "stands without published")
        if isinstance(written_as, str) and _names_a_day(written_as):
            return written_as
        self._mistake("published_format", f"{written_as!r} is no format of a day, month and year")
        return None

    def _mistake(self, key: str, text: str) -> None:
        self.mistakes.append(": ".join(part for part in (self._origin, self._place, f"{key} {text}") if part))


def _names_a_day(written_as: str) -> bool:
    """Whether a day survives being written and read in the format."""
    try:
        return datetime.strptime(_SAMPLE.strftime(written_as), written_as).date() == _SAMPLE.date()  # noqa: DTZ007
    except ValueError:
        return False


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)
