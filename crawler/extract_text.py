"""The words of a page's elements, as readers see them."""

import html
import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

_TEXT_BLOCKS = ("address", "blockquote", "dd", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre")
_LISTS_AND_TABLES = ("li", "ol", "ul", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_BOXES = (
    "article",
    "aside",
    "body",
    "center",
    "details",
    "div",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
)
BLOCKS = frozenset([*_TEXT_BLOCKS, *_LISTS_AND_TABLES, *_BOXES, "main", "nav", "section", "summary"])
_LINE_ENDS = BLOCKS | {"br"}
# Unseen by readers, yet they split words: soft hyphens, zero-width blanks and joiners, writing directions.
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")


def finder(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A search for the elements at an XPath, compiled once."""
    find = etree.XPath(path)
    return lambda tree: cast("list[HtmlElement]", find(tree))


def plain(text: str) -> str:
    """`text` with single blanks, without unseen characters, and with entities that were escaped twice resolved."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    return " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())


def text_of(element: HtmlElement) -> str:
    """The element's words with single blanks between them."""
    if len(element):
        return plain("".join(element.itertext()))
    return plain(element.text) if element.text else ""


def lines_of(element: HtmlElement) -> list[str]:
    """The element's text, one line for each block and each forced break."""
    lines: list[str] = []
    words: list[str] = []
    waiting: list[HtmlElement | str | None] = [element]  # None where a line ends; a stack, for pages nest deeply
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            words.append(current)
            continue
        ends_line = current is None or current.tag in _LINE_ENDS
        if ends_line and words:
            if line := plain("".join(words)):
                lines.append(line)
            words = []
        if current is None:
            continue
        if current.text:
            words.append(current.text)
        if ends_line:
            waiting.append(None)
        for child in reversed(current):
            if not isinstance(child.tag, str):
                continue
            if child.tail:
                waiting.append(child.tail)
            waiting.append(child)
    if line := plain("".join(words)):
        lines.append(line)
    return lines


def block_of(element: HtmlElement) -> HtmlElement | None:
    """The block that the element stands in."""
    return next((ancestor for ancestor in element.iterancestors() if ancestor.tag in BLOCKS), None)


def breaks(element: HtmlElement) -> bool:
    """Whether the element ends a line."""
    return element.tag in _LINE_ENDS


def drop(element: HtmlElement) -> None:
    """Remove the element, keeping the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
