"""The mapping of the index, an article as a document of it, and a document as a hit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.domain.article import Article
from service.domain.query_language.searchable import LONGEST_TEXT, LONGEST_TITLE, searchable

FORMAT = 1
"""Changes with anything below; an index of another format must be rebuilt."""

TERMS = "terms"
"""Name of the analyser that only splits at spaces: terms come folded and stemmed from `service.domain.terms`."""

SHOWN = ("url", "outlet", "title", "text", "published", "sentiment", "relevance", "region", "story")
"""What of a document is read for a hit."""

_LONGEST_NAME = 1_000
_KEYWORD = {"type": "keyword"}
_NAME = {"type": "keyword", "ignore_above": _LONGEST_NAME}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_STEMS = {"type": "text", "analyzer": TERMS, "index_options": "freqs"}
_EXACT = {"type": "text", "analyzer": TERMS, "index_options": "positions"}
_MOMENT = {"type": "date", "format": "strict_date_optional_time"}

MAPPINGS: Mapping[str, Any] = {
    "dynamic": "strict",
    # Terms can be made again from the article; in the stored document they would double its size.
    "_source": {"excludes": ["title_stems", "title_exact", "text_stems", "text_exact", "speaker_exact"]},
    "properties": {
        "title": _KEPT,
        "title_stems": _STEMS,
        "title_exact": _EXACT,
        "text": _KEPT,
        "text_stems": _STEMS,
        "text_exact": _EXACT,
        "url": _KEPT,
        "outlet": _KEYWORD,
        "region": _KEYWORD,
        "sentiment": _KEYWORD,
        "relevance": _KEYWORD,
        "topic": _KEYWORD,
        "label": _NAME,
        "label_key": _NAME,
        "speaker": _NAME,
        "speaker_exact": _EXACT,
        "story": _KEYWORD,
        "published": _MOMENT,
        "found": _MOMENT,
        "day": {"type": "date", "format": "strict_date"},
        "newest": {"type": "long"},
        "figures": {
            "type": "nested",
            "properties": {
                "metric": _KEYWORD,
                "unit": _KEYWORD,
                "low": {"type": "double"},
                "high": {"type": "double"},
            },
        },
    },
}

SETTINGS: Mapping[str, Any] = {
    "analysis": {"analyzer": {TERMS: {"type": "custom", "tokenizer": "whitespace"}}},
    "auto_expand_replicas": "0-1",
}


def document(article: Article) -> dict[str, Any]:
    """What the index keeps of an article."""
    read = searchable(article)
    made: dict[str, Any] = {
        "title": _whole(article.title[:LONGEST_TITLE]),
        "title_stems": " ".join(token.stem for token in read.title if not token.is_stop_word),
        "title_exact": " ".join(token.exact for token in read.title),
        "text": _whole(article.text[:LONGEST_TEXT]),
        "text_stems": " ".join(token.stem for token in read.text if not token.is_stop_word),
        "text_exact": " ".join(token.exact for token in read.text),
        "url": _whole(article.url),
        "outlet": read.outlet,
        "region": read.regions,
        "sentiment": read.tone,
        "relevance": read.relevance,
        "topic": read.topics,
        "label": [_whole(label) for label in read.labels],
        "label_key": read.label_keys,
        "speaker": [_whole(speaker) for speaker in read.speakers],
        "speaker_exact": [" ".join(terms) for terms in read.speaker_terms],
        "story": read.story,
        "found": article.found.isoformat(),
        "day": read.day.isoformat(),
        "newest": read.order,
        "figures": [
            {"metric": figure.metric, "unit": figure.unit, "low": figure.low, "high": figure.high}
            for figure in read.figures
        ],
    }
    if article.published is not None:
        made["published"] = article.published.isoformat()
    return made


def published_of(source: Mapping[str, Any]) -> datetime | None:
    """When the stored article was published, None where that was not printed."""
    printed = source.get("published")
    return datetime.fromisoformat(printed) if printed else None


def _whole(text: str) -> str:
    """The text without halves of characters, which no JSON may hold."""
    return text.encode(errors="replace").decode()
