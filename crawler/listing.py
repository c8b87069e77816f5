"""Telling the pages that list articles (home, section, tag, author, search) from those that tell one."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract_text import text_of
from crawler.metadata import Metadata
from crawler.pager import is_listing_address, names_an_article

_TEASERS = 8
_HEADLINE_WORDS = 6
_LISTING_CLASS = re.compile(r"\b(?:archive|search-results|blog)\b(?!-)", re.IGNORECASE)


def is_listing(tree: HtmlElement, url: str, metadata: Metadata) -> bool:
    """Whether the page lists articles instead of telling one; what it declares itself to be comes before its looks."""
    parts = urlsplit(url)
    lists = is_listing_address(parts)
    if lists and not parts.path.strip("/"):
        return True
    texts = (text_of(paragraph) for paragraph in tree.iter("p") if not _is_link(paragraph))
    prose = [text for text in texts if len(text) > 80]
    is_dated = metadata.notes.sources.get("published") in {"json-ld", "opengraph"}
    if metadata.declared_as == "json-ld" or (
        metadata.declared_as and not lists and (is_dated or names_an_article(parts))
    ):
        return lists and len(prose) < 3
    if lists or (not metadata.declared_as and _has_listing_class(tree)):
        return True
    teasers = _teasers(tree)
    if teasers < _TEASERS:
        return False
    return not names_an_article(parts) or (metadata.published is None and sum(map(len, prose)) < 80 * teasers)


def _has_listing_class(tree: HtmlElement) -> bool:
    """Whether the body is marked as an archive, as WordPress does."""
    label = tree.body.get("class") or "" if tree.body is not None else ""
    return bool(_LISTING_CLASS.search(label)) and not re.search(r"\b(?:single|post-template)", label)


def _teasers(tree: HtmlElement) -> int:
    """How many headlines are links, as in a list of stories."""
    headings = sum(
        1 for heading in tree.iter("h2", "h3", "h4") if heading.find(".//a") is not None or _is_link(heading)
    )
    links = sum(1 for link in tree.iter("a") if len(text_of(link).split()) >= _HEADLINE_WORDS)
    return max(headings, links)


def _is_link(element: HtmlElement) -> bool:
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        return True
    text = len(text_of(element))
    return text > 0 and sum(len(text_of(link)) for link in element.iter("a")) > 0.6 * text
