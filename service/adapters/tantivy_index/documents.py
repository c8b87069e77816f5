"""The schema of the embedded index, an article as a document of it, and a document as a hit."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import tantivy

from service.domain.article import Article
from service.domain.highlighting import marked, snippet
from service.domain.query import Copy, Hit
from service.domain.query_language.searchable import LONGEST_TEXT, LONGEST_TITLE, Searchable, searchable
from service.domain.query_language.tree import Node

TERMS = "terms"
"""Name of the analyser that only splits at spaces: terms come folded and stemmed from `service.domain.terms`."""

ANY_UNIT = "any"
"""Beside the units, the key under which a figure's value is kept for conditions that name no unit."""


COLUMNS = {"region": 4, "topic": 2}
"""How many of an article's values have a column of their own, by facet; see `columns`."""

_NO_VALUE = ""


def columns(facet: str) -> list[str]:
    """The fields that the facet is counted by, one value of an article in each; the last has what is beyond.

    A column with one value for every article is counted some five times as fast as one with several. Each is counted
    whole, so that this suits facets of few values: official codes and topics.
    """
    if facet not in COLUMNS:
        return [facet]
    return [*_single_columns(facet), f"{facet}_beyond"]


def counts(facet: str, counted: Mapping[str, Any]) -> Counter[str]:
    """How many articles have each value of the facet, after the counts of its columns."""
    found: Counter[str] = Counter()
    for column in columns(facet):
        found.update({bucket["key"]: bucket["doc_count"] for bucket in counted[column]["buckets"]})
    found.pop(_NO_VALUE, None)
    return found


def _single_columns(facet: str) -> list[str]:
    return [f"{facet}_{number}" for number in range(1, COLUMNS[facet] + 1)]


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
    for name in ("outlet", "region", "sentiment", "relevance", "topic", "speaker", "label"):
        fast = name not in COLUMNS
        builder.add_text_field(name, stored=True, fast=fast, tokenizer_name="raw", index_option="basic")
    for name in (column for facet in COLUMNS for column in columns(facet)):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("label_key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("speaker_terms", tokenizer_name=TERMS, index_option="position")
    builder.add_json_field("figures", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("story_key", indexed=True, fast=True)
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
    read = searchable(article)
    made.add_text("id", article.id)
    for name, tokens in (("title", read.title), ("text", read.text)):
        made.add_text(f"{name}_stems", " ".join(token.stem for token in tokens if not token.is_stop_word))
        made.add_text(f"{name}_exact", " ".join(token.exact for token in tokens))
    made.add_bytes("title", article.title[:LONGEST_TITLE].encode(errors="replace"))
    made.add_bytes("text", article.text[:LONGEST_TEXT].encode(errors="replace"))
    for name, values in {
        **_in_columns("region", read.regions),
        **_in_columns("topic", read.topics),
        "outlet": (read.outlet,),
        "region": read.regions,
        "sentiment": (read.tone,),
        "relevance": (read.relevance,),
        "topic": read.topics,
        "speaker": read.speakers,
        "label": read.labels,
        "label_key": read.label_keys,
        "speaker_terms": tuple(map(" ".join, read.speaker_terms)),
    }.items():
        for value in values:
            made.add_text(name, value.encode(errors="replace").decode())
    made.add_json("figures", _figures(read))
    made.add_unsigned("story_key", story_key(read.story))
    made.add_unsigned("newest", read.order)
    made.add_integer("day", read.day.toordinal())
    made.add_bytes("url", article.url.encode())
    if article.story_id is not None:
        made.add_bytes("story", article.story_id.encode())
    if article.published is not None:
        made.add_bytes("published", article.published.isoformat().encode())
    return made


def _in_columns(facet: str, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    single = _single_columns(facet)
    placed = {column: (value,) for column, value in zip_longest(single, values[: len(single)], fillvalue=_NO_VALUE)}
    return placed | {columns(facet)[-1]: values[len(single) :]}


def _figures(read: Searchable) -> dict[str, dict[str, dict[str, list[float]]]]:
    """The ends of the figures by metric and unit, and by metric alone.

    A condition asks for one end only, so that metric, unit and value are those of the same figure.
    """
    kept: dict[str, dict[str, dict[str, list[float]]]] = {}
    for figure in read.figures:
        for unit in (figure.unit, ANY_UNIT):
            ends = kept.setdefault(figure.metric, {}).setdefault(unit, {"low": [], "high": []})
            ends["low"].append(figure.low)
            ends["high"].append(figure.high)
    return kept


def story_key(story: str) -> int:
    """A number that stands for the story: tantivy gives numbers of many documents at once, but no texts."""
    return int.from_bytes(hashlib.blake2b(story.encode(), digest_size=8).digest())


def hit(stored: tantivy.Document, score: float, asked: Node) -> Hit:
    """The stored document as an answer, with what is asked marked."""
    published = _text(stored, "published")
    return Hit(
        article_id=_text(stored, "id"),
        url=_text(stored, "url"),
        outlet=_text(stored, "outlet"),
        title=marked(_text(stored, "title"), asked, "title"),
        snippet=snippet(_text(stored, "text"), asked),
        published=datetime.fromisoformat(published) if published else None,
        sentiment=_text(stored, "sentiment"),
        relevance=_text(stored, "relevance"),
        regions=tuple(map(str, stored.get_all("region"))),
        story_id=_text(stored, "story") or None,
        score=score,
    )


def copy(stored: tantivy.Document) -> Copy:
    """The stored document as another article of a hit's story."""
    return Copy(_text(stored, "id"), _text(stored, "outlet"), _text(stored, "sentiment"))


@lru_cache(maxsize=10_000)
def iso_day(ordinal: float) -> str:
    """The day that a histogram's key stands for."""
    return date.fromordinal(int(ordinal)).isoformat()


def _text(stored: tantivy.Document, name: str) -> str:
    value = stored.get_first(name)
    return value.decode() if isinstance(value, bytes) else str(value or "")
