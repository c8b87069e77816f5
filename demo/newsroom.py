"""The sample newsroom on one day: its hosts, every article as printed, and the URL of everything.

The outlets are virtual hosts under `localhost` (browsers and resolvers take them to the loopback address), all on one
port. Dates are told relative to an anchor day in Asia/Jakarta, so that the news is always of the last days.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from demo.news import (
    PLACEHOLDER,
    Block,
    LinkLine,
    NewsError,
    NewsItem,
    Passage,
    SpecialPage,
    load_news,
    load_special_pages,
)

__all__ = ["HOSTS", "PORT", "Article", "Host", "Newsroom", "Special", "StatedFigure", "load_news", "outlets_toml"]

PORT = 8401
LISTED_PER_PAGE = 10
FED = 20
"""How many of the newest pages a feed carries; the rest is found by sitemap or listing."""

Family = Literal["cakrapena", "sagara", "warasta", "belantik"]

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s+(?=[\"“‘]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Host:
    """One outlet: a host name, the family whose pages it prints, and where it stands."""

    id: str
    name: str
    domain: str
    family: Family
    timezone: ZoneInfo
    province: str = "00"
    region: str = ""

    @property
    def zone_name(self) -> str:
        """The time zone as Indonesian readers know it."""
        return {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA"}[self.timezone.key]


_WIB, _WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
HOSTS = (
    Host("cakrapena-palu", "Cakrapena Palu", "palu.cakrapena.localhost", "cakrapena", _WITA, "72", "72.71"),
    Host("cakrapena-kupang", "Cakrapena Kupang", "kupang.cakrapena.localhost", "cakrapena", _WITA, "53", "53.71"),
    Host("sagara", "Kantor Berita Sagara", "sagara.localhost", "sagara", _WIB),
    Host("sagara-kalsel", "Sagara Kalimantan Selatan", "kalsel.sagara.localhost", "sagara", _WITA, "63"),
    Host("warasta-regional", "Warasta Regional", "regional.warasta.localhost", "warasta", _WIB),
    Host("harianbelantik", "Harian Belantik", "harianbelantik.localhost", "belantik", _WIB, "19", "19.71"),
)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure that an article states. Offsets are characters of the title or the text; `sentence` holds the figure."""

    field: Literal["title", "text"]
    start: int
    end: int
    surface: str
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    kind: str | None
    metric: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as printed on the anchor's calendar. `published` is aware, in the outlet's own zone.

    `pages` hold the paragraphs and link lines of each page; `text` is all paragraphs, one a line, link lines left out.
    """

    item: NewsItem
    host: Host
    number: int
    url: str
    published: datetime
    title: str
    pages: tuple[tuple[str | LinkLine, ...], ...]
    text: str
    figures: tuple[StatedFigure, ...]
    page_urls: tuple[str, ...]
    amp_url: str | None

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return self.text.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Special:
    """A listed page that is not an article to be kept, with its place."""

    page: SpecialPage
    host: Host
    number: int
    url: str
    published: datetime

    @property
    def title(self) -> str:
        """The headline under which it is listed."""
        return self.page.title

    @property
    def lead(self) -> str:
        """The teaser under which it is listed."""
        return f"{self.page.title}. Selengkapnya di {self.host.name}."


Listed = Article | Special


class Newsroom:
    """All hosts, articles and URLs for one anchor day and port."""

    def __init__(self, anchor: date, port: int = PORT) -> None:
        self.anchor = anchor
        self.port = port
        self.articles: tuple[Article, ...] = tuple(self._print(item) for item in load_news())
        self.specials: tuple[Special, ...] = tuple(self._place(page) for page in load_special_pages())
        self._everything: list[Listed] = [*self.articles, *self.specials]
        numbers = [listed.number for listed in self._everything]
        if len(set(numbers)) < len(numbers):
            raise NewsError("two slugs share a number; rename one of them")

    def base(self, host: Host) -> str:
        """The host's address without a closing slash."""
        return f"http://{host.domain}:{self.port}"

    def listed(self, host: Host) -> list[Listed]:
        """Everything the host lists, newest first."""
        ours = [listed for listed in self._everything if listed.host is host]
        return sorted(ours, key=lambda listed: (listed.published, listed.number), reverse=True)

    def listing_pages(self, host: Host) -> list[list[Listed]]:
        """What stands on each page of the host's listing."""
        listed = self.listed(host)
        return [listed[start : start + LISTED_PER_PAGE] for start in range(0, len(listed), LISTED_PER_PAGE)]

    def listing_url(self, host: Host, page: int = 1) -> str:
        """The address of a page of the host's listing."""
        first = {"cakrapena": "/indeks-berita", "sagara": "/terkini", "warasta": "/indeks", "belantik": "/"}[
            host.family
        ]
        if page == 1:
            return self.base(host) + first
        return self.base(host) + (f"/page/{page}/" if host.family == "belantik" else f"{first}?page={page}")

    def tag_url(self, host: Host, tag: str) -> str:
        """The address of the host's page on a tag."""
        return f"{self.base(host)}/tag/{tag_slug(tag)}" + ("/" if host.family == "belantik" else "")

    def section_url(self, host: Host, section: str) -> str:
        """The address of the host's page on a section."""
        prefix, suffix = {"sagara": ("/kanal", ""), "belantik": ("/category", "/")}.get(host.family, ("", ""))
        return f"{self.base(host)}{prefix}/{tag_slug(section)}{suffix}"

    def feed_url(self, host: Host) -> str:
        """The address of the host's feed."""
        path = {"cakrapena": "/rss", "sagara": "/atom.xml", "warasta": "/rss.xml", "belantik": "/feed/"}[host.family]
        return self.base(host) + path

    def print_url(self, article: Article) -> str:
        """The printable twin, under a path that robots.txt forbids."""
        return f"{self.base(article.host)}/cetak/{article.number}"

    def _print(self, item: NewsItem) -> Article:
        host = _host(item.outlet)
        number = _number(item.slug)
        published = self._moment(item.days_ago, item.time, host)
        url = self._article_url(host, item.section, item.slug, number, published)
        printer = _Printer(item.language, published.date())
        title, title_figures = printer.title(item.title)
        pages, text, text_figures = printer.body(item.pages)
        has_amp = item.amp and host.family in {"cakrapena", "warasta"}
        return Article(
            item=item,
            host=host,
            number=number,
            url=url,
            published=published,
            title=title,
            pages=pages,
            text=text,
            figures=(*title_figures, *text_figures),
            page_urls=(url, *(_page_url(host, url, page) for page in range(2, len(pages) + 1))),
            amp_url=f"{url}/amp" if has_amp else None,
        )

    def _place(self, page: SpecialPage) -> Special:
        host = _host(page.outlet)
        number = _number(page.slug)
        published = self._moment(page.days_ago, page.time, host)
        if page.behaviour == "tag-page":
            url = self.tag_url(host, page.slug)
        elif page.behaviour == "disallowed":
            url = f"{self.base(host)}/berita/arsip/{number}/{page.slug}"
        else:
            url = self._article_url(host, page.section, page.slug, number, published)
        return Special(page, host, number, url, published)

    def _moment(self, days_ago: int, at: time, host: Host) -> datetime:
        return datetime.combine(self.anchor - timedelta(days=days_ago), at, host.timezone)

    def _article_url(self, host: Host, section: str, slug: str, number: int, published: datetime) -> str:
        path = {
            "cakrapena": f"/read/{number}/{slug}",
            "sagara": f"/berita/{number}/{slug}",
            "warasta": f"/{tag_slug(section)}/d-{number}/{slug}",
            "belantik": f"/{published:%Y/%m/%d}/{slug}/",
        }[host.family]
        return self.base(host) + path


class _Printer:
    """Turns written passages into text of one day, and keeps where each figure came to stand."""

    def __init__(self, language: str, day: date) -> None:
        self._language = language
        self._day = day

    def title(self, passage: Passage) -> tuple[str, list[StatedFigure]]:
        title = self._text(passage)
        return title, list(self._figures(passage, "title", title, 0))

    def body(
        self, written: Sequence[Sequence[Block]]
    ) -> tuple[tuple[tuple[str | LinkLine, ...], ...], str, list[StatedFigure]]:
        pages: list[tuple[str | LinkLine, ...]] = []
        paragraphs: list[str] = []
        figures: list[StatedFigure] = []
        offset = 0
        for blocks in written:
            page: list[str | LinkLine] = []
            for block in blocks:
                if isinstance(block, LinkLine):
                    page.append(LinkLine(self._fill(block.headline)))
                    continue
                paragraph = self._text(block)
                page.append(paragraph)
                paragraphs.append(paragraph)
                figures += self._figures(block, "text", paragraph, offset)
                offset += len(paragraph) + 1
            pages.append(tuple(page))
        return tuple(pages), "\n".join(paragraphs), figures

    def _figures(
        self, passage: Passage, field: Literal["title", "text"], text: str, offset: int
    ) -> Iterator[StatedFigure]:
        start = 0
        for part in passage.parts:
            if isinstance(part, str):
                start += len(self._fill(part))
                continue
            surface, stated = part
            end = start + len(surface)
            sentence = text if field == "title" else sentence_at(text, start)
            yield StatedFigure(
                field,
                offset + start,
                offset + end,
                surface,
                stated.value,
                stated.unit,
                stated.kind,
                stated.metric,
                sentence,
            )
            start = end

    def _text(self, passage: Passage) -> str:
        return "".join(self._fill(part) if isinstance(part, str) else part[0] for part in passage.parts)

    def _fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda match: self._calendar(match["unit"], before=match["before"] is not None), text)

    def _calendar(self, unit: str, *, before: bool) -> str:
        if unit == "tahun":
            return str(self._day.year - before)
        if unit == "bulan":
            day = self._day.replace(day=1) - timedelta(days=1) if before else self._day
            return f"{_MONTHS[self._language][day.month - 1]} {day.year}"
        day = self._day - timedelta(days=before)
        return f"{_DAYS[self._language][day.weekday()]} ({day.day}/{day.month}/{day.year})"


def sentence_at(paragraph: str, offset: int) -> str:
    """The sentence of the paragraph that holds the character at `offset`; a quotation stays whole with who said it."""
    ends = [end for end in _SENTENCE_END.finditer(paragraph) if not _within_quotation(paragraph[: end.end()])]
    starts = [0, *(end.end() for end in ends)]
    start = max(start for start in starts if start <= offset)
    end = min((following for following in starts if following > offset), default=len(paragraph))
    return paragraph[start:end].rstrip()


def _within_quotation(beginning: str) -> bool:
    return beginning.count('"') % 2 == 1 or beginning.count("“") > beginning.count("”")


def long_date(moment: datetime, *, weekday: bool = True) -> str:
    """The moment's day as an Indonesian page prints it: "Sabtu, 21 November 2026"."""
    day = f"{moment.day} {_MONTHS['id'][moment.month - 1]} {moment.year}"
    return f"{_DAYS['id'][moment.weekday()]}, {day}" if weekday else day


def tag_slug(tag: str) -> str:
    """The tag or section as it stands in a URL."""
    return re.sub(r"[^a-z0-9]+", "-", tag.lower()).strip("-")


def outlets_toml(port: int = PORT) -> str:
    """The outlet blocks of `demo/outlets.toml`, for a newsroom on another port."""
    written = (Path(__file__).parent / "outlets.toml").read_text(encoding="utf-8")
    return written.replace(f":{PORT}/", f":{port}/")


def published_utc(listed: Listed) -> datetime:
    """When it was published, in UTC."""
    return listed.published.astimezone(UTC)


def _host(outlet: str) -> Host:
    return next(host for host in HOSTS if host.id == outlet)


def _number(slug: str) -> int:
    return 1_000_000 + zlib.crc32(slug.encode()) % 9_000_000


def _page_url(host: Host, url: str, page: int) -> str:
    if host.family == "belantik":
        return f"{url}{page}/"
    return f"{url}/{page}" if host.family == "warasta" else f"{url}?page={page}"
