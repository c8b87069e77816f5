"""How an article becomes one spaCy Doc, and how places in that Doc are told as places in its title or text.

The Doc's text is `title + SEPARATOR + text` (only `text` where there is no title); a sentence never crosses the
separator. Components read `doc._.article` and write the extensions declared here.
"""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import ArticleText, Span

SEPARATOR = "\n\n"
_TEXT = "nlp.text"

# Extension -> what a component leaves there, in document order.
EXTENSIONS: dict[str, object] = {
    "article": None,  # ArticleText, set by make_doc
    "mentions": (),  # tuple[Mention, ...]
    "regions": (),  # tuple[Region, ...], the main region first
    "entities": (),  # tuple[Entity, ...]
    "quotes": (),  # tuple[Quote, ...]
    "figures": (),  # tuple[Figure, ...]
    "relevance": "irrelevant",  # Relevance
    "sentiment": None,  # Sentiment
    "alert_classes": (),  # tuple[str, ...]
}

for _name, _default in EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def document_text(article: ArticleText) -> str:
    """The text of the article's Doc."""
    return f"{article.title}{SEPARATOR}{article.text}" if article.title else article.text


def make_doc(nlp: Language, article: ArticleText) -> Doc:
    """The article as an unprocessed Doc, ready for `nlp.pipe`."""
    doc = nlp.make_doc(document_text(article))
    doc._.article = article
    return doc


def body_start(doc: Doc) -> int:
    """Character offset in the Doc at which the article's text begins."""
    article: ArticleText | None = doc._.article
    return len(article.title) + len(SEPARATOR) if article is not None and article.title else 0


def text_of(doc: Doc) -> str:
    """The Doc's text, put together once: `doc.text` joins all tokens anew each time it is asked for."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    return str(doc.user_data[_TEXT])


def locate(doc: Doc, start: int, end: int) -> Span:
    """The Doc's characters [start, end) as a span of the title or the text."""
    offset = body_start(doc)
    surface = text_of(doc)[start:end]
    if start < offset:
        return Span("title", start, end, surface)
    return Span("text", start - offset, end - offset, surface)
