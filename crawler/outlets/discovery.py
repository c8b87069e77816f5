"""What an outlet's home page, robots.txt, feeds and articles give away about it: pure reading, no request.

Nothing here is sure: every finding says how it was found, and is tried before it is believed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement
from protego import Protego

from crawler.extract_text import text_of
from crawler.markup import parse_html
from crawler.outlets.outlet import SourceKind
from crawler.page import ExtractionError
from crawler.probe import Origin
from crawler.urls import canonical_url

MAX_LINKS = 2000
_MAX_FEEDS = 12
_MAX_SITEMAPS = 6
_MAX_NAME = 80

# Where content systems have their feeds and sitemaps: WordPress and most /feed, Yoast /sitemap_index.xml, WordPress'
# own /wp-sitemap.xml, Blogger /feeds/posts/default; the rest is custom.
_COMMON: tuple[tuple[SourceKind, str], ...] = (
    ("feed", "feed/"),
    ("feed", "rss"),
    ("feed", "rss.xml"),
    ("feed", "feeds/posts/default?alt=rss"),
    ("sitemap", "news-sitemap.xml"),
    ("sitemap", "sitemap-news.xml"),
    ("sitemap", "sitemap_index.xml"),
    ("sitemap", "sitemap.xml"),
)
_AGENCY_PAGES = ("tag/{slug}", "topic/{slug}", "topik/{slug}", "tags/{slug}", "?s={words}", "search?q={words}")

# Hosts of the families that one newsroom network runs.
_FAMILY_HOSTS: tuple[tuple[str, str], ...] = (
    ("antaranews.com", "antaranews"),
    ("tribunnews.com", "tribunnews"),
    ("disway.id", "disway"),
    ("inews.id", "inews"),
    ("jawapos.com", "radar"),
    ("detik.com", "detik"),
    ("jpnn.com", "jpnn"),
    ("rri.co.id", "rri"),
    ("pikiran-rakyat.com", "promedia"),
    ("suaramerdeka.com", "promedia"),
)
_FAMILY_MARKS: tuple[tuple[str, str], ...] = (
    ("promediateknologi", "promedia"),
    ("/wp-content/", "wordpress"),
    ("/wp-json/", "wordpress"),
    ("www.blogger.com/static", "blogger"),
)

# Shapes of article addresses, the narrower before the wider.
_SHAPES = (
    r"/read/20\d\d/\d\d/\d\d/",
    r"/20\d\d/\d\d/\d\d/",
    r"/20\d\d/\d\d/",
    r"/read/20\d\d",
    r"/(?:berita|news|artikel|read|detail)/\d+/",
    r"/read/\d+",
    r"/\d{14}-",
    r"/d-\d+/",
    r"/\d{6,}/",
    r"-\d{5,}(?:\.html?)?/?$",
    r"/read/",
    r"/berita/",
    r"/news/",
    r"/artikel/",
    r"/detail/",
    r"\.html?$",
)
_MOST = 0.9
_FEW_NEGATIVES = 0.1
_LEAST_URLS = 3

_WHOLE_RULES = ("?page=all", "?showpage=all", "?single=1", "?halaman=all", "/all")


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that may be one, and how it was found."""

    kind: SourceKind
    url: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a home page says: the site's name, its machine, its feeds and where it links to."""

    name: str
    title: str
    generator: str
    language: str
    feeds: tuple[FoundSource, ...]
    links: tuple[str, ...]


def read_home(html: str, url: str) -> HomePage:
    """The home page, read; an empty one where it cannot be parsed."""
    try:
        tree = parse_html(html)
    except ExtractionError:
        return HomePage("", "", "", "", (), ())
    title = next((text_of(element) for element in tree.iter("title")), "")[:300]
    metas = _metas(tree)
    return HomePage(
        name=_site_name(metas.get("og:site_name") or metas.get("application-name") or "", title),
        title=title,
        generator=metas.get("generator", "")[:100],
        language=(tree.get("lang") or "")[:20],
        feeds=tuple(islice(_alternates(tree, url), _MAX_FEEDS)),
        links=tuple(dict.fromkeys(_links(tree, url))),
    )


def read_robots(body: bytes) -> Protego:
    """The rules of a robots.txt; what cannot be read as a rule forbids nothing."""
    return Protego.parse(body[:1_000_000].decode("utf-8", "replace"))


def sitemaps_of(robots: Protego) -> list[FoundSource]:
    """The sitemaps that robots.txt names, those for news first."""
    urls = [url for url in islice(robots.sitemaps, 100) if _is_web(url)]
    urls.sort(key=lambda url: "news" not in url.lower())
    return [FoundSource("sitemap", url, "robots") for url in urls[:_MAX_SITEMAPS]]


def common_sources(home: str) -> list[FoundSource]:
    """Where sites like this have feeds and sitemaps, told or not."""
    return [FoundSource(kind, urljoin(home, path), "common-path") for kind, path in _COMMON]


def agency_pages(home: str, slugs: Sequence[str]) -> list[FoundSource]:
    """Where sites like this list what they wrote about the agency."""
    return [
        FoundSource("listing", urljoin(home, path.format(slug=slug, words=slug.replace("-", "+"))), "agency")
        for slug in slugs
        for path in _AGENCY_PAGES
    ]


def family_of(home: str, generator: str, html: str) -> tuple[str, str]:
    """The family whose definition fits, and by what it was recognised; ("", "") where none is known."""
    host = urlsplit(canonical_url(home)).netloc
    for domain, family in _FAMILY_HOSTS:
        if host == domain or host.endswith(f".{domain}"):
            return family, f"host below {domain}"
    if host.endswith(".go.id"):
        return "pemda", "host below go.id"
    if "wordpress" in generator.lower():
        return "wordpress", f'generator "{generator[:40]}"'
    low = html[:500_000].lower()
    for mark, family in _FAMILY_MARKS:
        if mark in low:
            return family, f"{mark} in the home page"
    if "blogger" in generator.lower():
        return "blogger", f'generator "{generator[:40]}"'
    return "", ""


def article_pattern(articles: Iterable[str], others: Iterable[str]) -> str | None:
    """The shape that the paths of nearly all `articles` and of hardly any `others` have; None where no shape fits."""
    paths = {urlsplit(url).path for url in articles}
    strangers = {urlsplit(url).path for url in others} - paths
    if len(paths) < _LEAST_URLS:
        return None
    for shape in _SHAPES:
        pattern = re.compile(shape)
        hits = sum(pattern.search(path) is not None for path in paths)
        # Home pages link to articles too that no source names any more: not every hit among the others is a mistake.
        wrong = sum(pattern.search(path) is not None and not _has_slug(path) for path in strangers)
        if hits >= _MOST * len(paths) and wrong <= _FEW_NEGATIVES * max(len(strangers), 1):
            return shape
    return None


def full_article_rule(html: str, url: str) -> str | None:
    """The rule for whole articles that a link of the article follows: its own address and `?page=all`, `/all` …"""
    try:
        tree = parse_html(html)
        own = canonical_url(url)
    except (ExtractionError, ValueError):
        return None
    for link in _links(tree, url):
        parts = urlsplit(link)
        for rule in _WHOLE_RULES:
            if rule.startswith("?"):
                matches = parse_qsl(rule[1:])[0] in parse_qsl(parts.query)
            else:
                matches = parts.path.endswith(rule)
            if matches and _is_same(link, own):
                return rule
    return None


_ITEM_LINK = re.compile(
    r"<link>\s*(?:<!\[CDATA\[)?\s*(?P<text>[^<\]\s]{1,2000})|<link\b[^<>]{0,300}\bhref=[\"'](?P<href>[^\"'<>]{1,2000})"
)
_ITEM_TIME = re.compile(
    r"<(?:pubDate|published|updated|dc:date)>\s*(?:<!\[CDATA\[)?\s*([^<\]]{8,60}?)\s*(?:\]\]>)?\s*</", re.IGNORECASE
)


def feed_times(body: bytes, url: str, limit: int = 200) -> Mapping[str, datetime]:
    """Canonical address to the time a feed gives it, where it says the zone."""
    times: dict[str, datetime] = {}
    for piece in islice(re.split(r"<(?=(?:item|entry)\b)", body[:5_000_000].decode("utf-8", "replace"))[1:], limit):
        item = piece[:60_000]
        link, time = _ITEM_LINK.search(item), _ITEM_TIME.search(item)
        if link is None or time is None or (moment := _moment(time[1])) is None:
            continue
        try:
            times[canonical_url(urljoin(url, link["text"] or link["href"]))] = moment
        except ValueError:
            continue
    return times


def _moment(text: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    return None


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in islice(tree.iter("meta"), 300):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        if name and meta.get("content"):
            metas.setdefault(name, " ".join(meta.get("content").split()))
    return metas


def _site_name(declared: str, title: str) -> str:
    """The declared name, else the part of the title before its slogan."""
    name = declared or re.split(r"\s+[-–—|:»]\s+|\s*\|\s*|:\s", title, maxsplit=1)[0]
    return " ".join(name.split())[:_MAX_NAME]


def _alternates(tree: HtmlElement, url: str) -> Iterable[FoundSource]:
    """The feeds and sitemaps that the page's <link> elements name; feeds of comments are none of news."""
    seen: set[str] = set()
    for link in islice(tree.iter("link"), 300):
        relation = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        target = _absolute(url, link.get("href") or "")
        if target is None or target in seen or "comments" in target:
            continue
        if "alternate" in relation and ("rss" in kind or "atom" in kind):
            seen.add(target)
            yield FoundSource("feed", target, "autodiscovery")
        elif "sitemap" in relation:
            seen.add(target)
            yield FoundSource("sitemap", target, "autodiscovery")


def _links(tree: HtmlElement, url: str) -> Iterable[str]:
    for anchor in islice(tree.iter("a"), MAX_LINKS):
        if (target := _absolute(url, anchor.get("href") or "")) is not None:
            yield target


def _absolute(base: str, href: str) -> str | None:
    try:
        target = urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None
    return target if href.strip() and _is_web(target) else None


def _is_web(url: str) -> bool:
    try:
        canonical_url(url)
    except ValueError:
        return False
    return True


def _is_same(link: str, own: str) -> bool:
    """Whether both are one article: canonical addresses know `?page=all` and `/all`."""
    try:
        return canonical_url(link) == own
    except ValueError:
        return False


def _has_slug(path: str) -> bool:
    return path.count("-") >= 3
