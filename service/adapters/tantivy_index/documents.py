"""The schema of the embedded index, an article as a document of it, and a document as a hit."""

import hashlib
from datetime import UTC, date, datetime

import tantivy

from service.domain.article import Article
from service.domain.query import Hit
from service.domain.searching import Wanted, marked, snippet
from service.domain.terms import tokens

TERMS = "terms"
"""Name of the analyser that only splits at spaces: terms come folded and stemmed from `service.domain.terms`."""

LONGEST_TITLE, LONGEST_TEXT = 1_000, 200_000
"""Characters that are searchable; what is longer is no news article."""

_TIE_BITS = 29


def schema() -> tantivy.Schema:
    """Stems and exact tokens to search, fast fields to count and sort by, the original text to show."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(f"{name}_stems", tokenizer_name=TERMS, index_option="freq")
        builder.add_text_field(f"{name}_exact", tokenizer_name=TERMS, index_option="position")
    for name in ("title", "text", "url", "story", "published"):
        # As bytes, for tantivy cannot store a text without also indexing it, as one term of its whole length.
        builder.add_bytes_field(name, stored=True, indexed=False)
    for name in ("outlet", "region", "sentiment", "relevance"):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("newest", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """The index with the analyser that its schema names."""
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(TERMS, splitter)
    return index


def document(article: Article) -> tantivy.Document:
    """What the index keeps of an article."""
    made = tantivy.Document()
    made.add_text("id", article.id)
    for name, text in (("title", article.title[:LONGEST_TITLE]), ("text", article.text[:LONGEST_TEXT])):
        read = tuple(tokens(text))
        made.add_text(f"{name}_stems", " ".join(token.stem for token in read if not token.is_stop_word))
        made.add_text(f"{name}_exact", " ".join(token.exact for token in read))
        made.add_bytes(name, text.encode(errors="replace"))
    made.add_text("outlet", article.outlet)
    for code in region_codes(article):
        made.add_text("region", code)
    made.add_text("sentiment", article.sentiment.label)
    made.add_text("relevance", article.relevance)
    made.add_unsigned("newest", order(article))
    made.add_integer("day", article.day.toordinal())
    made.add_bytes("url", article.url.encode())
    if article.story_id is not None:
        made.add_bytes("story", article.story_id.encode())
    if article.published is not None:
        made.add_bytes("published", article.published.isoformat().encode())
    return made


def region_codes(article: Article) -> list[str]:
    """The codes under which the article is counted: its regions in order, each followed by its province."""
    codes: dict[str, None] = {}
    for region in article.analysis.regions:
        codes.setdefault(region.code)
        codes.setdefault(region.code.split(".")[0])
    return list(codes)


def order(article: Article) -> int:
    """A number that grows with the article's time; articles of one second are told apart by their ids."""
    seconds = int((article.published or article.found).astimezone(UTC).timestamp())
    tie = int.from_bytes(hashlib.blake2b(article.id.encode(), digest_size=8).digest()) >> (64 - _TIE_BITS)
    return (max(seconds, 0) << _TIE_BITS) | tie


def hit(stored: tantivy.Document, score: float, wanted: Wanted) -> Hit:
    """The stored document as an answer, with what is wanted marked."""
    published = _text(stored, "published")
    return Hit(
        article_id=_text(stored, "id"),
        url=_text(stored, "url"),
        outlet=_text(stored, "outlet"),
        title=marked(_text(stored, "title"), wanted),
        snippet=snippet(_text(stored, "text"), wanted),
        published=datetime.fromisoformat(published) if published else None,
        sentiment=_text(stored, "sentiment"),
        relevance=_text(stored, "relevance"),
        regions=tuple(map(str, stored.get_all("region"))),
        story_id=_text(stored, "story") or None,
        score=score,
    )


def iso_day(ordinal: float) -> str:
    """The day that a histogram's key stands for."""
    return date.fromordinal(int(ordinal)).isoformat()


def _text(stored: tantivy.Document, name: str) -> str:
    value = stored.get_first(name)
    return value.decode() if isinstance(value, bytes) else str(value or "")
