"""Telling the pages that list articles (home, section, tag, author, search) from those that tell one."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract_blocks import text_of
from crawler.metadata import Metadata
from crawler.pager import is_listing_address

_TEASERS = 8
_LISTING_CLASS = re.compile(r"\b(?:home|blog|archive|category|tag|search|search-results|author)\b(?!-)", re.IGNORECASE)


def is_listing(tree: HtmlElement, url: str, metadata: Metadata) -> bool:
    """Whether the page lists articles instead of telling one; what it declares itself to be comes before its looks."""
    parts = urlsplit(url)
    if not parts.path.strip("/") and is_listing_address(parts):
        return True
    paragraphs = [
        text for paragraph in tree.iter("p") if len(text := text_of(paragraph)) > 80 and not _is_link(paragraph)
    ]
    if metadata.is_declared_article:
        return is_listing_address(parts) and len(paragraphs) < 3
    if is_listing_address(parts):
        return True
    body = tree.body
    label = (body.get("class") or "") if body is not None else ""
    if _LISTING_CLASS.search(label) and not re.search(r"\b(?:single|post-template)", label):
        return True
    return _teasers(tree) >= _TEASERS and sum(map(len, paragraphs)) < 80 * _teasers(tree) and metadata.published is None


def _teasers(tree: HtmlElement) -> int:
    """How many headings are links, as in a list of stories."""
    return sum(1 for heading in tree.iter("h2", "h3", "h4") if heading.find(".//a") is not None or _is_link(heading))


def _is_link(element: HtmlElement) -> bool:
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        return True
    text = len(text_of(element))
    return text > 0 and sum(len(text_of(link)) for link in element.iter("a")) > 0.6 * text
