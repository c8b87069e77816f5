"""The words of a page's elements, as readers see them."""

import html
import re
from collections.abc import Iterator

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
# Unseen by readers, yet they split words: soft hyphens, zero-width blanks and joiners, writing directions.
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")


def plain(text: str) -> str:
    """`text` with single blanks, without unseen characters, and with entities that were escaped twice resolved."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    return " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())


def text_of(element: HtmlElement) -> str:
    """The element's words with single blanks between them."""
    return plain("".join(element.itertext()))


def lines_of(element: HtmlElement) -> list[str]:
    """The element's text, one line for each block and each forced break."""
    lines: list[str] = []
    words: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            lines.append(plain("".join(words)))
            words = []
        else:
            words.append(piece)
    lines.append(plain("".join(words)))
    return [line for line in lines if line]


def _pieces(element: HtmlElement) -> Iterator[str | None]:
    """Runs of text, with None wherever a line ends."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        current, is_done = stack.pop()
        breaks = current.tag in BLOCKS or current.tag == "br"
        if is_done:
            if breaks:
                yield None
            if current is not element:
                yield current.tail or ""
            continue
        if breaks:
            yield None
        yield current.text or ""
        stack.append((current, True))
        stack.extend((child, False) for child in reversed(current) if isinstance(child.tag, str))


def block_of(element: HtmlElement) -> HtmlElement | None:
    """The block that the element stands in."""
    return next((ancestor for ancestor in element.iterancestors() if ancestor.tag in BLOCKS), None)


def breaks(element: HtmlElement) -> bool:
    """Whether the element ends a line."""
    return element.tag == "br" or element.tag in BLOCKS


def drop(element: HtmlElement) -> None:
    """Remove the element, keeping the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
