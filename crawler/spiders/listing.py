"""Listing pages: an outlet's tag, topic, index and search pages."""

import re
from urllib.parse import urljoin, urlsplit

from scrapy.http import HtmlResponse

from crawler.spiders.document import Document, Entry

MAX_ANCHORS = 3000
_NEXT_WORDS = frozenset({"next", "selanjutnya", "berikutnya", "lanjut", "older posts", "»", "›", ">"})
# Without the outlet's own pattern: a headline's slug, or a number of at least four digits with something after it.
_ARTICLE_PATH = re.compile(r"/[^/]*[A-Za-z][^/]*(?:-[^/-]+){3,}/?$|/\d{4,}/[^/]+/?$|-\d{5,}(?:\.html?)?/?$")
_INDEX_PATH = re.compile(r"/(?:tag|tags|topik|topic|category|kategori|author|penulis|search|indeks)/")


def read_listing(response: HtmlResponse, article: str | None, number: int, limit: int) -> Document:
    """The first `limit` articles the listing links to, and its next page after page `number`."""
    pattern = re.compile(article) if article is not None else None
    entries: dict[str, Entry] = {}
    for anchor in response.xpath("//a[@href]")[:MAX_ANCHORS]:
        url = _absolute(response, anchor.attrib["href"])
        if url is None or not _is_article(urlsplit(url).path, pattern):
            continue
        words = " ".join("".join(anchor.xpath(".//text()").getall()).split())[:500]
        known = entries.get(url)
        # A teaser's picture links before its headline does; the headline has the words.
        if known is None or len(words) > len(known.words):
            entries[url] = Entry(url, words)
    following = _next_page(response, number)
    return Document(tuple(entries.values())[:limit], (following,) if following else ())


def _is_article(path: str, pattern: re.Pattern[str] | None) -> bool:
    if pattern is not None:
        return pattern.search(path) is not None
    return _ARTICLE_PATH.search(path) is not None and _INDEX_PATH.search(path) is None


def _next_page(response: HtmlResponse, number: int) -> str | None:
    """The next page: by rel="next", else by the link that bears its number or says so."""
    for href in response.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href").getall():
        return _absolute(response, href)
    for anchor in response.xpath("//a[@href]")[:MAX_ANCHORS]:
        text = " ".join("".join(anchor.xpath(".//text()").getall()).split()).lower()
        if text == str(number + 1) or text in _NEXT_WORDS:
            return _absolute(response, anchor.attrib["href"])
    return None


def _absolute(response: HtmlResponse, href: str) -> str | None:
    """The link's target, or None where it is no web address."""
    try:
        url = urljoin(response.url, href.strip()).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
