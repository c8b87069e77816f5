"""Listing pages: an outlet's tag, topic, index and search pages."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy.http import HtmlResponse
from scrapy.utils.response import get_base_url

from crawler.markup import parse_html
from crawler.page import ExtractionError
from crawler.spiders.document import Document, DocumentError, Entry, web_address

MAX_ANCHORS = 3000
_NEXT_WORDS = frozenset({"next", "selanjutnya", "berikutnya", "lanjut", "older posts", "»", "›", ">"})
# Without the outlet's own pattern: a headline's slug, or a number of at least four digits with something after it.
_ARTICLE_PATH = re.compile(r"/[^/]*[A-Za-z][^/]*(?:-[^/-]+){3,}/?$|/\d{4,}/[^/]+/?$|-\d{5,}(?:\.html?)?/?$")
_INDEX_PATH = re.compile(r"/(?:tag|tags|topik|topic|category|kategori|author|penulis|search|indeks)/")


def read_listing(response: HtmlResponse, article: str | None, number: int, limit: int) -> Document:
    """The first `limit` articles the listing links to, and its next page after page `number`.

    DocumentError when the page goes beyond the bounds of any real one.
    """
    pattern = re.compile(article) if article is not None else None
    try:
        tree = parse_html(response.text)
    except ExtractionError as error:
        raise DocumentError(error.reason, str(error)) from error
    base = get_base_url(response)
    anchors: list[HtmlElement] = tree.xpath("//a[@href]")[:MAX_ANCHORS]
    entries: dict[str, Entry] = {}
    for anchor in anchors:
        url = web_address(base, anchor.get("href", ""))
        if url is None or not _is_article(urlsplit(url).path, pattern):
            continue
        words = _words(anchor)[:500]
        known = entries.get(url)
        # A teaser's picture links before its headline does; the headline has the words.
        if known is None or len(words) > len(known.words):
            entries[url] = Entry(url, words)
    following = _next_page(tree, anchors, base, number)
    return Document(tuple(entries.values())[:limit], (following,) if following else ())


def _is_article(path: str, pattern: re.Pattern[str] | None) -> bool:
    if pattern is not None:
        return pattern.search(path) is not None
    return _ARTICLE_PATH.search(path) is not None and _INDEX_PATH.search(path) is None


def _next_page(tree: HtmlElement, anchors: list[HtmlElement], base: str, number: int) -> str | None:
    """The next page: by rel="next", else by the link that bears its number or says so."""
    for element in tree.xpath("//*[self::a or self::link][@href][contains(concat(' ', @rel, ' '), ' next ')]"):
        return web_address(base, element.get("href", ""))
    for anchor in anchors:
        text = _words(anchor).lower()
        if text == str(number + 1) or text in _NEXT_WORDS:
            return web_address(base, anchor.get("href", ""))
    return None


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
