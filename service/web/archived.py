"""An archived page as a document that can harm nobody: its words and their order, nothing that acts or loads.

Three barriers stand one behind the other: lxml's cleaner keeps a short list of elements without addresses, the
document is served under a policy that lets nothing run or load, and the desk shows it in a sandboxed frame.

Errors: ExtractionError (the page cannot be shown).
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from lxml.html import HtmlElement, tostring
from lxml_html_clean import Cleaner
from markupsafe import Markup

from crawler.decode import decode
from crawler.markup import parse_html
from crawler.page import Page
from service.domain.wording.language import say
from service.web.rendering import printable

MOST_PAGES = 10

_STYLE = """
body { margin: 0; background: #fff; color: #1a2329; font: 16px/1.6 system-ui, "Noto Sans", sans-serif; }
main { max-width: 44rem; margin: auto; padding: 1rem 1.25rem 3rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; }
#judul { scroll-margin-top: .8rem; }
main + main { border-top: 2px dashed #c3cbce; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; } h3, h4, h5, h6 { font-size: 1.05rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; }
a { border-bottom: 1px dotted #6b7980; }
nav, header, footer, aside, figcaption, .picture { color: #56636b; font-size: .86rem; }
nav ul, header ul, footer ul, aside ul { padding: 0; } nav li, header li { display: inline-block; margin-right: .9em; }
.picture { display: block; border: 1px dashed #c3cbce; border-radius: 6px; padding: .4rem .7rem; margin: .5rem 0; }
table { border-collapse: collapse; } td, th { border: 1px solid #dde2e3; padding: .25rem .5rem; text-align: left; }
blockquote { border-left: 3px solid #c3cbce; margin-left: 0; padding-left: 1rem; }
pre { white-space: pre-wrap; }
"""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
)
"""Under this Content-Security-Policy nothing in the document runs, loads, submits or leads away."""

# fmt: off
_KEPT = frozenset(
    {
        "div", "span", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "b", "strong", "i", "em", "u", "s",
        "small", "sub", "sup", "q", "cite", "blockquote", "pre", "code", "abbr", "time", "mark", "del", "ins", "ul",
        "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure",
        "figcaption", "img", "article", "section", "main", "header", "footer", "nav", "aside", "address", "details",
        "summary",
    }
)
# What is inside these is no text of the page either.
_DROPPED = frozenset(
    {
        "script", "style", "template", "noscript", "svg", "math", "object", "applet", "iframe", "canvas", "video",
        "audio", "select", "option", "button", "textarea", "input", "dialog", "map", "title", "head",
    }
)
# fmt: on
_CLEANER = Cleaner(
    scripts=True,
    javascript=True,
    comments=True,
    style=True,
    inline_style=True,
    links=True,
    meta=True,
    page_structure=False,
    processing_instructions=True,
    embedded=True,
    frames=True,
    forms=True,
    annoying_tags=True,
    remove_unknown_tags=False,
    kill_tags=_DROPPED,
    allow_tags=_KEPT,
    safe_attrs_only=True,
    # No address of any kind: a link in an old page may lead anywhere by now.
    safe_attrs=frozenset({"alt", "colspan", "rowspan", "dir", "lang", "datetime"}),
)


def safe_document(pages: Sequence[Page], title: str) -> str:
    """The article's pages one below the other as one HTML document; `#judul` names the headline."""
    shown = Markup("").join(
        Markup("<main>{}</main>\n").format(_safe_body(page, title if number == 0 else ""))
        for number, page in enumerate(pages[:MOST_PAGES])
    )
    return Markup(
        '<!doctype html>\n<html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title>'
        "<style>{}</style></head>\n<body>\n{}</body></html>\n"
    ).format(printable(say("Salinan arsip: {title}", title=title)), Markup(_STYLE), shown)  # noqa: S704 (our own style)


def _safe_body(page: Page, title: str) -> Markup:
    tree = parse_html(decode(page.body, page.headers))
    body = tree.body if tree.body is not None else tree
    for element in list(body.iter("*")):
        # The cleaner would merge each into its parent, which takes the square of their number.
        if element.tag not in _KEPT and element.tag not in _DROPPED:
            element.tag = "span"
    _CLEANER(body)
    for picture in list(body.iter("img")):
        _describe(picture)
    _name_headline(body, title)
    body.tag = "div"
    body.attrib.clear()
    # What the cleaner let through is all that is left, and serialising escapes it.
    return Markup(printable(tostring(body, encoding="unicode", method="html", with_tail=False)))  # noqa: S704


def _describe(picture: HtmlElement) -> None:
    """Put the words for a picture in its place; one without any was decoration."""
    words = " ".join((picture.get("alt") or "").split())[:300]
    picture.tag = "span"
    picture.attrib.clear()
    if words:
        picture.set("class", "picture")
        picture.text = say("[Gambar: {words}]", words=words)


def _name_headline(body: HtmlElement, title: str) -> None:
    wanted = " ".join(title.split()).casefold()
    for heading in body.iter("h1", "h2", "h3"):
        if wanted and " ".join(str(heading.text_content()).split()).casefold() == wanted:
            heading.set("id", "judul")
            return
