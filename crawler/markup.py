"""HTML text to an element tree, within bounds that hostile pages cannot push.

Errors: ExtractionError with reason "empty", "too-large", "too-deep" or "not-html".
"""

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.page import ExtractionError

MAX_CHARACTERS = 2_000_000
"""News pages measure 30 to 400 KB once scripts are gone; a larger one is a dump or an attack."""
MAX_DEPTH = 250
"""The deepest real page seen nests 40 elements; extraction libraries recurse once or more per level."""
MAX_ELEMENTS = 40_000
"""The busiest real page seen has 5,000."""
MAX_ATTRIBUTES = 500
"""libxml2 compares every attribute of a tag with every other: a million of them take hours."""

_DEAD_OPENING = re.compile(
    r"<!--|<(?P<name>script|style|noscript|svg|template|iframe)(?=[\s/>])(?P<attributes>[^>]{0,2000}+)", re.IGNORECASE
)
_DEAD_CLOSING = {
    name: re.compile(rf"</{name}[^>]{{0,100}}+>", re.IGNORECASE)
    for name in ("script", "style", "noscript", "svg", "template", "iframe")
} | {"comment": re.compile("-->")}
_INLINE_FILE = re.compile(r"data:[a-z]{2,20}/[a-z0-9.+-]{2,40};base64,[A-Za-z0-9+/=\s]{100,}+", re.IGNORECASE)
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# The tokeniser of the HTML standard: names run to a blank, a slash, "=" or ">", values may be quoted or bare.
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]{0,500000}+"|'[^']{0,500000}+'|[^\s>"'][^\s>]*+))?+"""
_TAG = re.compile(
    rf"<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/>]{{0,60}}+)(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<end>[\s/]*+>)?"
)
# Elements that never nest in themselves, because they are empty or because the next one closes the last.
_FLAT = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "head",
        "body",
    }
)

_has_too_many = etree.XPath(f"count(//*) > {MAX_ELEMENTS}")
_is_too_deep = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")


def parse_html(html: str) -> HtmlElement:
    """The page's tree, without scripts (JSON-LD stays), styles, comments and inline files."""
    text = strip_dead_matter(html)
    if not text.strip():
        raise ExtractionError("empty", "the page holds no markup and no text")
    if len(text) > MAX_CHARACTERS:
        raise ExtractionError("too-large", f"{len(text)} characters without scripts, more than {MAX_CHARACTERS}")
    _check_tags(text)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ExtractionError("not-html", f"no parser reads this page: {error}") from error
    _check_shape(tree)
    return tree


def strip_dead_matter(html: str) -> str:
    """`html` without what never holds a sentence of an article: scripts (JSON-LD stays), styles, comments, files."""
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()  # each closing is sought in vain once, or a row of openings would take quadratic time
    while opening := _DEAD_OPENING.search(html, position):
        name = (opening["name"] or "comment").lower()
        end = None if name in unclosed else _DEAD_CLOSING[name].search(html, opening.end())
        if end is None:
            unclosed.add(name)
        is_kept = end is None or "ld+json" in (opening["attributes"] or "").lower()
        kept.append(html[position : (end or opening).end() if is_kept else opening.start()])
        position = (end or opening).end()
    kept.append(html[position:])
    return _INLINE_FILE.sub("data:,", _CONTROL_CHARACTERS.sub("", " ".join(kept)))


def _check_tags(text: str) -> None:
    """Raise when tags nest or carry attributes beyond any real page, before a parser sees them."""
    if text.count("<") > 4 * MAX_ELEMENTS:  # twice what that many elements and their ends need
        raise ExtractionError("too-large", f"more than {4 * MAX_ELEMENTS} tags")
    open_elements: Counter[str] = Counter()
    depth = 0
    tags = _TAG.findall(text)
    if not all(end for _, _, end in tags):
        _check_attributes(text)
    for closing, written, _ in tags:
        name = written.lower()
        if name in _FLAT:
            continue
        if not closing:
            open_elements[name] += 1
            depth += 1
            # Twice over, since unclosed inline elements count here and may yet be closed by the parser.
            if depth > 2 * MAX_DEPTH:
                raise ExtractionError("too-deep", f"more than {2 * MAX_DEPTH} elements are open at once")
        elif open_elements[name]:
            open_elements[name] -= 1
            depth -= 1


def _check_attributes(text: str) -> None:
    for tag in _TAG.finditer(text):
        if tag["end"] is None and text[tag.end() : tag.end() + 100].strip(" /\t\r\n"):
            name = tag["name"].lower()
            raise ExtractionError("too-large", f"a <{name[:20]}> tag carries more than {MAX_ATTRIBUTES} attributes")


def _check_shape(tree: HtmlElement) -> None:
    if _has_too_many(tree):
        raise ExtractionError("too-large", f"more than {MAX_ELEMENTS} elements")
    if _is_too_deep(tree):
        raise ExtractionError("too-deep", f"elements nest deeper than {MAX_DEPTH}")
