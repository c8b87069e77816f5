"""Which story an article tells: copies, shortened releases and reports of one event across outlets are one story."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

from rensa import RMinHash

STORY_SPAN = timedelta(days=3)
"""Copies of a release appear within days; the same words months later are the agency's boilerplate."""

SHINGLE_WORDS = 5
BANDS = 32
FACTS = 32
"""How many hashes of its wording and of its facts an article leaves for copies and retellings to be found by."""

MOST_CANDIDATES = 10
MOST_TELLERS = 4
"""What more stories of the days around tell is common: it says nothing of which event an article is about."""

_MOST_ARTICLES = 60
_MOST_ASKED = 12
_MOST_HOLDERS = 1_500
_ENOUGH = 3
"""How many facts make a candidate; of the bands one does."""

# Two hashes a band: of two texts that share a third of their shingles, 98 of 100 pairs share a band, and of those that
# share a twentieth, as unrelated articles with one paragraph of boilerplate do, 8 of 100.
_ROWS = 2
_SEED = 20_261

# A copy: two outlets that write about one event in their own words share a quote and some boilerplate, less than a
# tenth of their shingles; every changed word of a copy costs five, so an edited copy still shares a third.
_LIKENESS = 0.3
_CONTAINMENT = 0.6
# Where names and numbers are the same ones too, less of the wording is enough: what is cut and edited as well.
_LIKENESS_OF_SAME = 0.2
_CONTAINMENT_OF_SAME = 0.5
# A release's form is used again for other people in another town. A copy tells what its original does, whatever was
# cut or misprinted in it.
_SAME_FACTS = 0.5
_SAME_COMMON_FACTS = 0.65
_SURE_FACTS = 3
# A cut version shorter than this could be one boilerplate sentence about the agency's programmes.
_MIN_CONTAINED = 25
_MIN_EXACT = 12
"""Words of a body that is told from others by being the same: a shorter one may be no more than a notice."""

# A retelling: reporters at one press conference print the same names and numbers. In the sample newsroom, reports of
# one event share at least 0.72 of the shorter one's facts and 0.22 of their words; reports of different events that
# come near in one (0.57 of the facts: the same town, officer and agency) stay at 0.15 or below in the other.
_SHARED_FACTS = 0.6
_MIN_FACTS = 6
_SHARED_WORDS = 0.18

# What is shown to a person to be gathered by hand falls short of that by little. In the sample newsroom, reports of
# different events share at most half of the shorter one's facts, and with those 0.17 of their words.
_NEAR_FACTS = 0.5
_NEAR_CONTAINMENT = 0.2

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b(?:19|20)\d\d\b")
_SENTENCE_START = re.compile(r"[.!?:]\s+|[\n\"“”]")
_DATELINE = re.compile(r"\A[^\n.!?:\"“”]{1,60}?\s*(?:[–—]|\s-)\s+")
_SIGNED = re.compile(r"\s*\([\w/ .-]{1,20}\)\s*\Z")
# Capitalised in every article of the day, so they tell nothing of which event it is.
_COMMON_NAME = re.compile(
    r"senin|selasa|rabu|kamis|jumat|sabtu|minggu|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober"
    r"|november|desember|kepala|kantor|cabang|kota|kabupaten|provinsi|indonesia|direktur|wali|bupati|gubernur|pemerintah"
    r"|dinas"
)


class Told(Protocol):
    """What of an article tells whether another is of its story."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def story_id(self) -> str | None:
        """The story that it is of."""

    @property
    def moment(self) -> datetime:
        """When it was printed."""

    @property
    def text(self) -> str:
        """Its body."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored article that may tell the story of another."""

    id: str
    story_id: str | None
    moment: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """Articles that may tell the story of another, the most alike first.

    `common` are the hashes of facts that so many others tell that they say nothing.
    """

    articles: tuple[Told, ...] = ()
    common: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Traces:
    """Hashes by which copies and retellings of a text are found, each of 63 bits so that it fits a signed SQL BIGINT.

    `same` is that of the whole body, None where that is too short to be told by it; `bands` are of its wording, `facts`
    of the names and numbers in it, of which those with the smallest hashes are kept.
    """

    same: int | None
    bands: tuple[int, ...]
    facts: tuple[int, ...]

    @property
    def hashes(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*(() if self.same is None else (self.same,)), *self.bands, *self.facts))


def body(text: str) -> str:
    """The words of the text as they are compared: without dateline and initials, case and punctuation."""
    return " ".join(_WORD.findall(_SIGNED.sub("", _DATELINE.sub("", _normal(text))).casefold()))


def shingles(text: str) -> frozenset[str]:
    """The text's runs of five words as they are compared; all its words where it has fewer."""
    words = body(text).split()
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


def traces(text: str) -> Traces:
    """The hashes that the text leaves; those of copies and retellings share some of them, unrelated ones few."""
    compared = _compared(text)
    return Traces(compared.same, _bands(compared.shingles), tuple(sorted(compared.facts)[:FACTS]))


def looked_up(own: Traces, holders: Mapping[int, int]) -> frozenset[int]:
    """By which of its traces candidates for an article are looked up: by the same body alone where there is one.

    `holders` tells how many other articles of the days around have each trace.
    """
    if own.same is not None and own.same in holders:
        return frozenset({own.same})
    facts, chosen, total = frozenset(own.facts), set[int](), 0
    for trace in sorted(own.hashes & holders.keys(), key=lambda trace: (holders[trace], trace)):
        total += holders[trace]
        if total > _MOST_HOLDERS or (trace in facts and holders[trace] > _MOST_ARTICLES):
            break
        chosen.add(trace)
    return frozenset(chosen)


def most_alike(
    own: Traces,
    holders: Mapping[int, int],
    shared: Iterable[tuple[int, str]],
    stories_of: Callable[[Collection[str]], Mapping[str, str | None]],
) -> tuple[list[str], frozenset[int]]:
    """The ids of the articles that could tell its story, the most alike first, and the facts that are common.

    A shared trace that few have says most. `shared` are the traces looked up, with the id of an article that has each;
    `stories_of` gives the stories of some of these articles.
    """
    having: dict[int, list[str]] = defaultdict(list)
    for trace, article_id in shared:
        having[trace].append(article_id)
    few = frozenset(own.facts)
    common = _common(few, holders, having, stories_of)
    weight, number = defaultdict[str, float](float), defaultdict[str, int](int)
    for trace in having.keys() - common:
        for article_id in having[trace]:
            weight[article_id] += 1 / len(having[trace])
            number[article_id] += 1 if trace in few else _ENOUGH
    enough = min(_ENOUGH, len(own.hashes))
    alike = sorted((-weight[it], it) for it in weight if number[it] >= enough)
    return [article_id for _, article_id in alike[:MOST_CANDIDATES]], common


def _common(
    facts: frozenset[int],
    holders: Mapping[int, int],
    having: Mapping[int, Sequence[str]],
    stories_of: Callable[[Collection[str]], Mapping[str, str | None]],
) -> frozenset[int]:
    """The facts of too many stories: one event may well be told by many articles."""
    tellers = {fact: having.get(fact, ()) for fact in facts if holders.get(fact, 0) > MOST_TELLERS}
    asked = {fact: ids[:: len(ids) // _MOST_ASKED + 1] for fact, ids in tellers.items()}
    stories = stories_of({article_id for ids in asked.values() for article_id in ids})
    return frozenset(
        fact for fact, ids in asked.items() if not ids or len({stories.get(it) for it in ids}) > MOST_TELLERS
    )


def assign_story(article: Told, candidates: Candidates) -> str:
    """The id of the story that `article` tells: that of its most alike candidate, or its own.

    An article that has a story keeps it, so that ids never change under alerts and digests.
    """
    if article.story_id is not None:
        return article.story_id
    best: tuple[float, datetime, str] | None = None
    for candidate in candidates.articles:
        if candidate.story_id is None or abs(candidate.moment - article.moment) > STORY_SPAN:
            continue
        alike = _alike(article.text, candidate.text, candidates.common)
        if alike and (best is None or (-alike, candidate.moment) < best[:2]):
            best = (-alike, candidate.moment, candidate.story_id)
    return best[2] if best else f"s{article.id}"


def is_copy(article: Told, other: Told) -> bool:
    """Whether one of the two was taken from the other, or both from one release."""
    return _copied(_compared(article.text), _compared(other.text), frozenset()) > 0


def is_near(text: str, other_text: str) -> bool:
    """Whether both may tell one event, which a person has to see: a copy or a retelling, or little short of one."""
    one, other = _compared(text), _compared(other_text)
    shingled = len(one.shingles & other.shingles)
    if shingled and shingled >= _NEAR_CONTAINMENT * min(len(one.shingles), len(other.shingles)):
        return True
    shared, fewer = _same_facts(one, other, frozenset())
    return shared >= max(_ENOUGH, _NEAR_FACTS * fewer) and _share_words(one, other)


def _alike(text: str, other_text: str, common: Collection[int]) -> float:
    """How sure it is that both tell one story: the same body surer than any copy, a copy than any retelling."""
    one, other = _compared(text), _compared(other_text)
    if one.same is not None and one.same == other.same:
        return 2.0
    return _copied(one, other, common) or _retold(one, other, common)


def _copied(one: "_Compared", other: "_Compared", common: Collection[int]) -> float:
    """How much of one text stands in the other word for word, 0 where they are no copies."""
    shared = len(one.shingles & other.shingles)
    if not shared:
        return 0.0
    jaccard = shared / (len(one.shingles) + len(other.shingles) - shared)
    shorter = min(len(one.shingles), len(other.shingles))
    contained = shared / shorter if shorter >= _MIN_CONTAINED else 0.0
    same, of = _same_facts(one, other, common)
    if same < _SAME_FACTS * of or not (of or _agree(one, other)):
        return 0.0
    is_sure = same >= _SURE_FACTS
    likeness, containment = (_LIKENESS_OF_SAME, _CONTAINMENT_OF_SAME) if is_sure else (_LIKENESS, _CONTAINMENT)
    # Never less than a retelling that is sure.
    return max(jaccard, contained, _LIKENESS) if jaccard >= likeness or contained >= containment else 0.0


def _agree(one: "_Compared", other: "_Compared") -> bool:
    """Whether two texts that tell nothing of their own tell enough of the same."""
    same, of = _same_facts(one, other, frozenset())
    return same >= _SAME_COMMON_FACTS * of


def _same_facts(one: "_Compared", other: "_Compared", common: Collection[int]) -> tuple[int, int]:
    """How many facts that are not common both tell, and how many the one that has fewer."""
    facts, other_facts = one.facts.difference(common), other.facts.difference(common)
    return len(facts & other_facts), min(len(facts), len(other_facts))


def _retold(one: "_Compared", other: "_Compared", common: Collection[int]) -> float:
    """How many of the shorter text's facts both tell, 0 where they tell of different events; less than any copy."""
    shared, fewer = _same_facts(one, other, common)
    if shared < _MIN_FACTS or shared < _SHARED_FACTS * fewer:
        return 0.0
    return 0.99 * _LIKENESS * shared / fewer if _share_words(one, other) else 0.0


def _share_words(one: "_Compared", other: "_Compared") -> bool:
    return len(one.words & other.words) >= _SHARED_WORDS * len(one.words | other.words)


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
    """What of a text is compared with another; facts are hashes."""

    same: int | None
    shingles: frozenset[str]
    facts: frozenset[int]
    words: frozenset[str]


@lru_cache(maxsize=512)
def _compared(text: str) -> _Compared:
    # Of a day's articles, the same few are compared with every new one.
    words = body(text).split()
    return _Compared(
        _hash(f"body {' '.join(words)}") if len(words) >= _MIN_EXACT else None,
        shingles(text),
        frozenset(_hash(f"fact {fact}") for fact in facts(_DATELINE.sub("", _normal(text)))),
        frozenset(word for word in words if len(word) > 3),
    )


def _bands(of: frozenset[str]) -> tuple[int, ...]:
    """Pairs of the smallest hashes of the shingles under as many orders, each with its place among them."""
    if not of:
        return ()
    wording = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    wording.update(list(of))
    smallest = wording.digest()
    return tuple(
        place << 58 | smallest[_ROWS * place] << 26 | smallest[_ROWS * place + 1] >> 6 for place in range(BANDS)
    )


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _hash(told: str) -> int:
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big") >> 1
