"""Every document the sample newsroom serves: articles and their twins, listings, tag pages, feeds, sitemaps, robots.txt.

Each family prints its own HTML (`demo/templates/<family>/`), with the habits real regional pages have: link lines inside
the body, popular lists and teasers with other stories' numbers, captions, editors' lines, pagers, AMP and printable twins.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.news import LinkLine
from demo.newsroom import FED, HOSTS, Article, Host, Listed, Newsroom, Special, long_date, published_utc

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
HUGE = 15 * 1024 * 1024
"""Bytes of the page that no crawler should read to its end."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at a URL. `modified` is set where conditional requests are answered."""

    render: Callable[[], bytes]
    content_type: str = HTML
    status: int = 200
    location: str | None = None
    modified: datetime | None = None


def resources(newsroom: Newsroom) -> dict[str, Resource]:
    """Every URL of the newsroom and what stands there."""
    site = _Site(newsroom)
    return {url: resource for host in HOSTS for url, resource in site.of(host)}


class _Site:
    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._templates.filters.update(
            long_date=long_date,
            rfc822=format_datetime,
            utc=lambda moment: moment.astimezone(UTC),
        )
        self._templates.tests["link_line"] = lambda block: isinstance(block, LinkLine)

    def of(self, host: Host) -> Iterator[tuple[str, Resource]]:
        """Every URL of one host and what stands there."""
        base = self._newsroom.base(host)
        for article in self._newsroom.articles:
            if article.host is host:
                yield from self._article(article)
        for special in self._newsroom.specials:
            if special.host is host:
                yield from self._special(special)
        yield from self._listings(host)
        yield from self._topics(host)
        yield from self._machine_readable(host)
        for listed in self._newsroom.listed(host):
            yield f"{base}/foto/{listed.number}.svg", Resource(partial(_picture, listed.number), "image/svg+xml")

    def _article(self, article: Article) -> Iterator[tuple[str, Resource]]:
        content_type = f"text/html; charset={article.item.header_charset}"
        for number, url in enumerate(article.page_urls, start=1):
            yield url, Resource(partial(self._article_page, article, number), content_type)
        if article.amp_url:
            yield article.amp_url, Resource(partial(self._article_page, article, 0, "shared/amp.html"), content_type)
        yield self._newsroom.print_url(article), Resource(partial(self._article_page, article, 0, "shared/print.html"))

    def _article_page(self, article: Article, number: int, template: str | None = None) -> bytes:
        """A page of the article; number 0 is the whole article on one page."""
        whole = tuple(block for page in article.pages for block in page)
        blocks = whole if number == 0 else article.pages[number - 1]
        return self._html(
            article.host,
            template or f"{article.host.family}/article.html",
            article=article,
            item=article.item,
            blocks=blocks,
            number=number,
            previous=article.page_urls[number - 2] if number > 1 else None,
            following=article.page_urls[number] if 0 < number < len(article.page_urls) else None,
            print_url=self._newsroom.print_url(article),
            related=self._others(article, salt="related", count=4),
            read_also=self._others(article, salt="read-also", count=6),
        )

    def _special(self, special: Special) -> Iterator[tuple[str, Resource]]:
        behaviour, url = special.page.behaviour, special.url
        if behaviour == "broken":
            yield url, Resource(partial(_broken_page, special.title))
        elif behaviour == "server-error":
            yield url, Resource(lambda: b"<h1>500 Internal Server Error</h1>", status=500)
        elif behaviour == "redirect-loop":
            yield url, Resource(bytes, status=302, location=f"{url}?sesi=baru")
            yield f"{url}?sesi=baru", Resource(bytes, status=302, location=url)
        elif behaviour == "too-large":
            yield url, Resource(partial(_huge_page, special.title))
        elif behaviour == "disallowed":
            yield url, Resource(partial(_private_page, special.title))

    def _listings(self, host: Host) -> Iterator[tuple[str, Resource]]:
        pages = self._newsroom.listing_pages(host)
        urls = [self._newsroom.listing_url(host, number) for number in range(1, len(pages) + 1)]
        heading = "Berita Terbaru" if host.family == "belantik" else "Indeks Berita"
        for number, (url, entries) in enumerate(zip(urls, pages, strict=True), start=1):
            listing = self._listing(host, heading, entries, url, number=number, urls=urls)
            yield url, listing
            if number == 1:
                yield f"{self._newsroom.base(host)}/", listing

    def _topics(self, host: Host) -> Iterator[tuple[str, Resource]]:
        """Pages of one tag or one section: they name much and report nothing."""
        entries_of: dict[tuple[str, str], list[Article]] = {}
        for listed in self._newsroom.listed(host):
            if isinstance(listed, Article):
                entries_of.setdefault(
                    (self._newsroom.section_url(host, listed.item.section), listed.item.section), []
                ).append(listed)
                for tag in listed.item.tags:
                    name = tag.replace("-", " ").title().replace("Bpjs", "BPJS")
                    entries_of.setdefault((self._newsroom.tag_url(host, tag), f"Topik: {name}"), []).append(listed)
        for (url, heading), entries in entries_of.items():
            subject = heading.removeprefix("Topik: ")
            introduction = f"Kumpulan berita terbaru dan terlengkap tentang {subject}."
            yield url, self._listing(host, heading, entries[:LISTED_UNDER_A_TOPIC], url, introduction=introduction)

    def _listing(
        self,
        host: Host,
        heading: str,
        entries: Sequence[Listed],
        url: str,
        *,
        number: int = 1,
        urls: Sequence[str] = (),
        introduction: str = "",
    ) -> Resource:
        context = {"heading": heading, "entries": entries, "url": url, "number": number, "introduction": introduction}
        return Resource(partial(self._html, host, f"{host.family}/listing.html", urls=urls or [url], **context))

    def _machine_readable(self, host: Host) -> Iterator[tuple[str, Resource]]:
        base, listed = self._newsroom.base(host), self._newsroom.listed(host)
        newest = published_utc(listed[0])
        feed, feed_type = _FEEDS[host.family]
        yield (
            self._newsroom.feed_url(host),
            Resource(partial(self._xml, host, feed, entries=listed[:FED]), feed_type, modified=newest),
        )
        sitemaps = self._sitemaps(host, listed)
        for path, render in sitemaps.items():
            yield base + path, Resource(render, "application/gzip" if path.endswith(".gz") else XML, modified=newest)
        announced = [path for path in sitemaps if "news" in path]
        if host.family in _SITEMAP_INDEXES:
            path = _SITEMAP_INDEXES[host.family]
            render = partial(self._xml, host, "sitemap-index.xml", parts=list(sitemaps), newest=newest)
            yield base + path, Resource(render, XML)
            announced.insert(0, path)
        yield f"{base}/robots.txt", Resource(partial(_robots, host, base, announced), "text/plain; charset=utf-8")

    def _sitemaps(self, host: Host, listed: Sequence[Listed]) -> dict[str, Callable[[], bytes]]:
        """Path to content: a news sitemap everywhere, one of everything where the family keeps an index."""
        recent = [entry for entry in listed if entry.published > listed[0].published - NEWS_SITEMAP_SPAN]
        news = partial(self._xml, host, "sitemap-news.xml", entries=recent)
        archive = partial(self._xml, host, "sitemap.xml", entries=listed)
        if host.id == "sagara-kalsel":
            return {"/sitemap-news.xml.gz": _gzipped(news), "/sitemap-arsip.xml.gz": _gzipped(archive)}
        if host.family == "sagara":
            return {"/sitemap-news.xml": news, "/sitemap-arsip.xml": archive}
        if host.family == "belantik":
            return {"/news-sitemap.xml": news, "/wp-sitemap-posts-post-1.xml": archive}
        return {"/sitemap-news.xml": news}

    def _html(self, host: Host, template: str, **context: Any) -> bytes:
        shown = context.get("article")
        return self._render(
            host,
            template,
            popular=self._others(shown, salt="popular", count=5, host=host),
            sections=sorted({article.item.section for article in self._newsroom.articles if article.host is host})[:7],
            **context,
        )

    def _xml(self, host: Host, template: str, **context: Any) -> bytes:
        return self._render(host, f"xml/{template}", feed_url=self._newsroom.feed_url(host), **context)

    def _render(self, host: Host, name: str, **context: Any) -> bytes:
        page = self._templates.get_template(name).render(
            host=host,
            base=self._newsroom.base(host),
            anchor=self._newsroom.anchor,
            tag_url=partial(self._newsroom.tag_url, host),
            section_url=partial(self._newsroom.section_url, host),
            listing_url=self._newsroom.listing_url(host),
            **context,
        )
        return page.encode()

    def _others(self, shown: Article | None, *, salt: str, count: int, host: Host | None = None) -> list[Article]:
        """Other articles of the host in an order of their own, headlines with numbers first: what a reader must not mix up."""
        place = shown.host if shown else host
        seed = f"{salt}{shown.number if shown else ''}"
        others = [article for article in self._newsroom.articles if article.host is place and article is not shown]
        others.sort(key=lambda other: (not any(c.isdigit() for c in other.title), _digest(f"{seed}{other.number}")))
        return others[:count]


LISTED_UNDER_A_TOPIC = 15
NEWS_SITEMAP_SPAN = timedelta(days=2)  # the news sitemap protocol keeps no older article

_SITEMAP_INDEXES = {"sagara": "/sitemap.xml", "belantik": "/wp-sitemap.xml"}
_FEEDS: Mapping[str, tuple[str, str]] = {
    "cakrapena": ("rss.xml", "application/rss+xml; charset=utf-8"),
    "sagara": ("atom.xml", "application/atom+xml; charset=utf-8"),
    "warasta": ("rss.xml", "text/xml; charset=utf-8"),
    "belantik": ("wordpress.xml", "application/rss+xml; charset=UTF-8"),
}


def route_of(url: str) -> str:
    """Host and path with query, the part of a URL that does not depend on the port."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _robots(host: Host, base: str, sitemaps: Iterable[str]) -> bytes:
    forbidden = {
        "cakrapena": ["/cetak/", "/masuk"],
        "sagara": ["/berita/arsip/", "/cetak/"],
        "warasta": ["/cetak/", "/api/"],
        "belantik": ["/wp-admin/", "/cetak/"],
    }[host.family]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in forbidden), ""]
    lines += [f"Sitemap: {base}{path}" for path in sitemaps]
    return ("\n".join(lines) + "\n").encode()


def _gzipped(render: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: gzip.compress(render(), mtime=0)


def _broken_page(title: str) -> bytes:
    head = f'<!doctype html><html lang="id"><head><title>{title}</title></head><body><div class="artikel'.encode()
    garbage = b"".join(hashlib.sha256(str(block).encode()).digest() for block in range(40))
    return head + b"\x00\xff\xfe" + garbage.replace(b"<", b"\x00") + b'\n<div class="isi"><p'


def _huge_page(title: str) -> bytes:
    head = f'<!doctype html><html lang="id"><head><title>{title}</title></head><body><h1>{title}</h1>\n'.encode()
    line = b"<p>Pimpinan rapat mempersilakan anggota berikutnya menyampaikan pandangan sesuai daftar hadir.</p>\n"
    return head + line * ((HUGE - len(head)) // len(line) + 1) + b"</body></html>"


def _private_page(title: str) -> bytes:
    page = (
        f"<!doctype html><html lang='id'><head><title>{title}</title></head><body><h1>{title}</h1><p>Arsip redaksi.</p>"
    )
    return f"{page}</body></html>".encode()


def _picture(number: int) -> bytes:
    """A quiet landscape in a hue of its own, so that pages look illustrated without any real photograph."""
    hue = number % 360
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" role="img">
<defs><linearGradient id="l" x2="0" y2="1"><stop stop-color="hsl({hue},45%,72%)"/><stop offset="1" stop-color="hsl({(hue + 40) % 360},50%,88%)"/></linearGradient></defs>
<rect width="800" height="450" fill="url(#l)"/><circle cx="{120 + number % 560}" cy="120" r="46" fill="hsl({(hue + 60) % 360},80%,92%)"/>
<path d="M0 330 L{150 + number % 120} 200 L420 340 L{560 + number % 90} 230 L800 350 V450 H0Z" fill="hsl({hue},30%,42%)"/>
<path d="M0 390 Q200 340 400 385 T800 375 V450 H0Z" fill="hsl({(hue + 20) % 360},32%,30%)"/></svg>""".encode()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
