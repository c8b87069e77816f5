"""What of an article is searched: the fields that every engine writes, made in one place so that all agree."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date

from nlp.analysis import Figure
from service.domain.article import Article
from service.domain.figure import is_stated
from service.domain.terms import Token, tokens

LONGEST_TITLE, LONGEST_TEXT = 1_000, 200_000
"""Characters that are searchable; what is longer is no news article."""

_TIE_BITS = 29
_LAST_SECOND = (1 << 63 - _TIE_BITS) - 1
"""So that no date, however far away, makes an order that the engines and `cursor` cannot hold: signed, in 64 bits."""
_LARGEST = 1e15


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a figure states: a value of a metric in a unit, [low, high] in base units, both the same for one number."""

    metric: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Searchable:
    """The searchable side of one article.

    `regions` are the codes under which it counts, its regions in order, each followed by its province; `topics` the
    main one first; `relevance` is "hidden" for what a person hid; `speakers` the names of those it quotes, each once,
    `speaker_terms` their folded tokens; `label_keys` the folded labels. `order` grows with the article's time and tells
    articles of one second apart, for sorting and paging; `story` is the story's id, the article's own where it belongs
    to none.
    """

    title: tuple[Token, ...]
    text: tuple[Token, ...]
    outlet: str
    regions: tuple[str, ...]
    tone: str
    relevance: str
    topics: tuple[str, ...]
    labels: tuple[str, ...]
    label_keys: tuple[str, ...]
    speakers: tuple[str, ...]
    speaker_terms: tuple[tuple[str, ...], ...]
    figures: tuple[StatedValue, ...]
    day: date
    order: int
    story: str


def searchable(article: Article) -> Searchable:
    """What of the article is searched."""
    speakers = tuple(dict.fromkeys(quote.speaker for quote in article.analysis.quotes if quote.speaker))
    return Searchable(
        title=tuple(tokens(article.title[:LONGEST_TITLE])),
        text=tuple(tokens(article.text[:LONGEST_TEXT])),
        outlet=article.outlet,
        regions=_region_codes(article),
        tone=article.sentiment.label,
        relevance=article.counted_as,
        topics=_topics(article),
        labels=article.labels,
        label_keys=tuple(dict.fromkeys(map(label_key, article.labels))),
        speakers=speakers,
        speaker_terms=tuple(tuple(token.exact for token in tokens(name)) for name in speakers),
        figures=_stated_values(article),
        day=article.day,
        order=_order(article),
        story=article.story_id or article.id,
    )


def label_key(label: str) -> str:
    """The label's folded tokens, by which labels are compared."""
    return " ".join(token.exact for token in tokens(label))


def _region_codes(article: Article) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for region in article.regions:
        codes.setdefault(region.code)
        codes.setdefault(region.code.split(".")[0])
    return tuple(codes)


def _topics(article: Article) -> tuple[str, ...]:
    """The main topic as it was corrected, then the others as they were understood."""
    return tuple(dict.fromkeys(topic for topic in (article.topic, *article.analysis.topics[1:]) if topic))


def _stated_values(article: Article) -> tuple[StatedValue, ...]:
    return tuple(dict.fromkeys(value for value in map(stated_value, article.figures) if value is not None))


def stated_value(figure: Figure) -> StatedValue | None:
    """What the figure states; None where it states nothing that a condition can mean."""
    low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
    # Beyond that a misprint or no number at all.
    if not is_stated(figure) or abs(low) >= _LARGEST or abs(high) >= _LARGEST:
        return None
    return StatedValue(figure.metric, figure.unit, float(low), float(high))


def _order(article: Article) -> int:
    seconds = int((article.published or article.found).astimezone(UTC).timestamp())
    tie = int.from_bytes(hashlib.blake2b(article.id.encode(), digest_size=8).digest()) >> (64 - _TIE_BITS)
    return (min(max(seconds, 0), _LAST_SECOND) << _TIE_BITS) | tie
