"""Which story an article tells: copies, shortened releases and reports of one event across outlets are one story."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from service.domain.article import Article

STORY_SPAN = timedelta(days=3)
"""Copies of a release appear within days; the same words months later are the agency's boilerplate."""

SHINGLE_WORDS = 5
_MIN_TRACES = 3
TRACES = 32
"""How many hashes of each kind an article leaves for its copies and retellings to be found by."""

# A copy: two outlets that write about one event in their own words share a quote and some boilerplate, less than a
# tenth of their shingles; every changed word of a copy costs five, so an edited copy still shares a third.
_LIKENESS = 0.3
_CONTAINMENT = 0.6
# A cut version shorter than this could be one boilerplate sentence about the agency's programmes.
_MIN_CONTAINED = 25

# A retelling: reporters at one press conference print the same names and numbers. In the sample newsroom, reports of
# one event share at least 0.72 of the shorter one's facts and 0.22 of their words; reports of different events that
# come near in one (0.57 of the facts: the same town, officer and agency) stay at 0.15 or below in the other.
_SHARED_FACTS = 0.6
_MIN_FACTS = 6
_SHARED_WORDS = 0.18

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b(?:19|20)\d\d\b")
_SENTENCE_START = re.compile(r"[.!?:]\s+|[\n\"“”]")
# Capitalised in every article of the day, so they tell nothing of which event it is.
_COMMON_NAME = re.compile(
    r"senin|selasa|rabu|kamis|jumat|sabtu|minggu|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober"
    r"|november|desember|kepala|kantor|cabang|kota|kabupaten|provinsi|indonesia|direktur|wali|bupati|gubernur|pemerintah"
    r"|dinas"
)


def shingles(text: str) -> frozenset[str]:
    """The text's runs of five words, whatever its case and punctuation; all its words where it has fewer."""
    words = _WORD.findall(_normal(text).casefold())
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1)) if words else ()
    return frozenset(" ".join(words[at : at + SHINGLE_WORDS]) for at in runs)


def facts(text: str) -> frozenset[str]:
    """The names and numbers of the text: words with a capital inside a sentence, and figures that are no date."""
    found: set[str] = set()
    for sentence in _SENTENCE_START.split(_DATE.sub(" ", _normal(text))):
        for position, token in enumerate(_TOKEN.findall(sentence)):
            is_name = position > 0 and len(token) > 2 and token[0].isupper()
            fact = token.casefold()
            if token[0].isdigit() or (is_name and not _COMMON_NAME.fullmatch(fact)):
                found.add(fact)
    return frozenset(found)


def traces(text: str) -> tuple[int, ...]:
    """Hashes by which copies and retellings of the text are found: they share many of them, unrelated texts few.

    The smallest hashes are kept: an article that was cut to its first half keeps every hash of the whole that falls
    into that half.
    """
    worded = sorted(map(_hash, shingles(text)))
    told = sorted(_hash(f"fact {fact}") for fact in facts(text))
    return tuple({*worded[:TRACES], *told[:TRACES]})


def enough_traces(own: Sequence[int]) -> int:
    """How many of its traces an article must share with another that could tell its story."""
    return max(1, min(_MIN_TRACES, len(own)))


def assign_story(article: Article, candidates: Iterable[Article]) -> str:
    """The id of the story that `article` tells: that of its most alike candidate, or its own.

    An article that has a story keeps it, so that ids never change under alerts and digests.
    """
    if article.story_id is not None:
        return article.story_id
    best: tuple[float, datetime, str] | None = None
    for candidate in candidates:
        if candidate.story_id is None or abs(_moment(candidate) - _moment(article)) > STORY_SPAN:
            continue
        alike = max(_copied(article.text, candidate.text), _retold(article.text, candidate.text))
        if alike and (best is None or (-alike, _moment(candidate)) < best[:2]):
            best = (-alike, _moment(candidate), candidate.story_id)
    return best[2] if best else f"s{article.id}"


def is_copy(article: Article, other: Article) -> bool:
    """Whether one of the two was taken from the other, or both from one release."""
    return _copied(article.text, other.text) > 0


def _copied(text: str, other_text: str) -> float:
    """How much of one text stands in the other word for word, 0 where they are no copies."""
    one, other = _compared(text).shingles, _compared(other_text).shingles
    shared = len(one & other)
    if not shared:
        return 0.0
    jaccard = shared / len(one | other)
    shorter = min(len(one), len(other))
    contained = shared / shorter if shorter >= _MIN_CONTAINED else 0.0
    return max(jaccard, contained) if jaccard >= _LIKENESS or contained >= _CONTAINMENT else 0.0


def _retold(text: str, other_text: str) -> float:
    """How many of the shorter text's facts both tell, 0 where they tell of different events; less than any copy."""
    one, other = _compared(text).facts, _compared(other_text).facts
    shared = len(one & other)
    if shared < _MIN_FACTS or shared < _SHARED_FACTS * min(len(one), len(other)):
        return 0.0
    words, other_words = _compared(text).words, _compared(other_text).words
    if len(words & other_words) < _SHARED_WORDS * len(words | other_words):
        return 0.0
    return _LIKENESS * shared / min(len(one), len(other))


@dataclass(frozen=True, slots=True)
class StoryCount:
    """How many tell a story in a stretch of days: outlets, articles, the negative ones of them, the last moment.

    `headline` is the first article's.
    """

    story_id: str
    outlets: int
    articles: int
    negative: int
    last: datetime
    headline: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """What of a text is compared with another."""

    shingles: frozenset[str]
    facts: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=256)
def _compared(text: str) -> _Compared:
    # Of a day's articles, the same few are compared with every new one.
    words = frozenset(word for word in _WORD.findall(_normal(text).casefold()) if len(word) > 3)
    return _Compared(shingles(text), facts(text), words)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _moment(article: Article) -> datetime:
    return article.published or article.found


def _hash(run: str) -> int:
    """63 bits, so that it fits a signed SQL BIGINT."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") >> 1
