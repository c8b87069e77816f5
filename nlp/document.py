"""How an article becomes one spaCy Doc, and how places in that Doc are told as places in its title or text.

The Doc's text is `title + SEPARATOR + text` (only `text` where there is no title); a sentence never crosses the
separator. Components read `doc._.article` and write the extensions declared here.
"""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Span

SEPARATOR = "\n\n"
# "Kemarin" and "Februari" are told by the calendar of the newsroom; the archipelago's capital keeps WIB.
_WIB = ZoneInfo("Asia/Jakarta")

# Extension -> what a component leaves there, in document order.
EXTENSIONS: dict[str, object] = {
    "article": None,  # ArticleText, set by make_doc
    "sentence_bounds": None,  # list[tuple[int, int]], read once by nlp.stretches.sentence_bounds
    "mentions": (),  # tuple[Mention, ...]
    "places": None,  # tuple[tuple[int, int], ...], where the Doc names listed regions; None before "regions" has run
    "regions": (),  # tuple[Region, ...], the main region first; may be none although places are named
    "entities": (),  # tuple[Entity, ...]
    "quotes": (),  # tuple[Quote, ...]
    "figures": (),  # tuple[Figure, ...]
    "relevance": "irrelevant",  # Relevance
    "relevance_evidence": None,  # nlp.components.relevance.Evidence
    "sentiment": None,  # Sentiment
    "alerts": (),  # tuple[AlertClass, ...]
    "topics": (),  # tuple[Topic, ...], the main one first
}

for _name, _default in EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def document_text(article: ArticleText) -> str:
    """The text of the article's Doc."""
    return f"{article.title}{SEPARATOR}{article.text}" if article.title else article.text


def text_of(doc: Doc) -> str:
    """The Doc's text; `doc.text` is put together anew, token by token, each time it is asked for."""
    article: ArticleText | None = doc._.article
    return doc.text if article is None else document_text(article)


def make_doc(nlp: Language, article: ArticleText) -> Doc:
    """The article as an unprocessed Doc, ready for `nlp.pipe`."""
    doc = nlp.make_doc(document_text(article))
    doc._.article = article
    return doc


def published_day(article: ArticleText | None) -> date | None:
    """The day of publication in the capital's time zone, None where it is not known."""
    if article is None or article.published is None:
        return None
    published = article.published
    return published.astimezone(_WIB).date() if published.tzinfo is not None else published.date()


def body_start(doc: Doc) -> int:
    """Character offset in the Doc at which the article's text begins."""
    article: ArticleText | None = doc._.article
    return len(article.title) + len(SEPARATOR) if article is not None and article.title else 0


def locate(doc: Doc, start: int, end: int) -> Span:
    """The Doc's characters [start, end) as a span of the title or the text."""
    return locator(doc)(start, end)


def locator(doc: Doc) -> Callable[[int, int], Span]:
    """A function that tells the Doc's characters [start, end) as a span, for many of them."""
    article: ArticleText | None = doc._.article
    offset = body_start(doc)
    # Doc.text is put together anew each time it is read, which would make many spans cost the square of the length.
    text = article.text if article is not None else doc.text
    title = article.title if article is not None else ""

    def span(start: int, end: int) -> Span:
        if start < offset:
            return Span("title", start, end, title[start:end])
        return Span("text", start - offset, end - offset, text[start - offset : end - offset])

    return span
