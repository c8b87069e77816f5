"""Which story an article tells: copies and lightly edited or shortened releases across outlets are one story."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from service.domain.article import Article

STORY_SPAN = timedelta(days=3)
"""Copies of a release appear within days; the same words months later are the agency's boilerplate."""

SHINGLE_WORDS = 5
SKETCH_SIZE = 32

# Two outlets that write about one event in their own words share a quote and some boilerplate, less than a tenth of
# their shingles; every changed word of a copy costs five, so an edited copy still shares a third.
_LIKENESS = 0.3
_CONTAINMENT = 0.6
# A cut version shorter than this could be one boilerplate sentence about the agency's programmes.
_MIN_CONTAINED = 25

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """Hashes of the text's runs of five words, whatever its case and punctuation; of all words where it has fewer."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1)) if words else ()
    return frozenset(_hash(" ".join(words[at : at + SHINGLE_WORDS])) for at in runs)


def sketch(text: str) -> tuple[int, ...]:
    """The smallest shingle hashes of the text: two copies share many of them, two unrelated texts none.

    An article that was cut to its first half keeps every hash of the whole that falls into that half, so one shared
    hash is enough to make two articles candidates.
    """
    return tuple(sorted(shingles(text))[:SKETCH_SIZE])


def assign_story(article: Article, candidates: Iterable[Article]) -> str:
    """The id of the story that `article` tells: that of its most alike candidate, or its own.

    An article that has a story keeps it, so that ids never change under alerts and digests.
    """
    if article.story_id is not None:
        return article.story_id
    own = shingles(article.text)
    best: tuple[float, datetime, str] | None = None
    for candidate in candidates:
        if candidate.story_id is None or abs(_moment(candidate) - _moment(article)) > STORY_SPAN:
            continue
        alike = _likeness(own, shingles(candidate.text))
        if alike and (best is None or (-alike, _moment(candidate)) < best[:2]):
            best = (-alike, _moment(candidate), candidate.story_id)
    return best[2] if best else f"s{article.id}"


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How alike two shingle sets are, 0 where they are not one release."""
    shared = len(one & other)
    if not shared:
        return 0.0
    jaccard = shared / len(one | other)
    shorter = min(len(one), len(other))
    contained = shared / shorter if shorter >= _MIN_CONTAINED else 0.0
    return max(jaccard, contained) if jaccard >= _LIKENESS or contained >= _CONTAINMENT else 0.0


def _moment(article: Article) -> datetime:
    return article.published or article.found


def _hash(run: str) -> int:
    """63 bits, so that it fits a signed SQL BIGINT."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") >> 1
