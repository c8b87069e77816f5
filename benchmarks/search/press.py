"""A press of any size: articles of about 300 words whose words are as frequent as words of a language are."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from random import Random

from crawler.urls import article_id
from nlp.analysis import Analysis, Region, Sentiment, Tone
from service.domain.article import Article
from service.domain.terms import STOP_WORDS

WORDS = 300
OUTLETS = 250
_VOCABULARY = 50_000
_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_DAYS = 3 * 365
_TONES: tuple[Tone, ...] = ("neutral", "neutral", "neutral", "negative", "positive")
_REGIONS = tuple(
    Region(f"Kabupaten {province}.{number:02}", f"{province}.{number:02}", "kabupaten", f"Provinsi {province}")
    for province in range(11, 45)
    for number in range(1, 13)
)
_OPEN, _CLOSED = (
    ("ba", "ke", "ti", "so", "mu", "ra", "le", "ni", "do", "ga"),
    ("ran", "tas", "lum", "dik", "ngan", "sir"),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words from the most frequent to the rarest; the function words of the language come first, as they do in it."""

    words: tuple[str, ...]
    bounds: tuple[float, ...]

    def draw(self, random: Random, count: int) -> list[str]:
        """So many words, each as often as it is due."""
        return random.choices(self.words, cum_weights=self.bounds, k=count)

    def of_share(self, share: float, count: int) -> list[str]:
        """Words that about this share of the articles has."""
        wanted = 1 - (1 - share) ** (1 / WORDS)
        first = len(STOP_WORDS)
        chances = [(self.bounds[at] - self.bounds[at - 1]) / self.bounds[-1] for at in range(first, len(self.words))]
        at = first + bisect_left([-chance for chance in chances], -wanted)
        start = max(first, at - count // 2)
        return list(self.words[start : start + count])


def vocabulary() -> Vocabulary:
    """The words, with frequencies after Zipf and Mandelbrot."""
    made = ("".join(parts) for parts in product(_OPEN, _OPEN, _OPEN, _OPEN, _CLOSED))
    invented = list(dict.fromkeys(made))[:_VOCABULARY]
    # By the alphabet neighbours in frequency would be neighbours in the index too.
    Random(7).shuffle(invented)  # noqa: S311 (no secret)
    words = (*sorted(STOP_WORDS), *invented)
    return Vocabulary(words, tuple(accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1))))


def phrases(of: Vocabulary, count: int = 60) -> list[str]:
    """Expressions of two words, as a press repeats them."""
    random = Random(11)  # noqa: S311 (no secret)
    words = of.of_share(0.05, 200)
    return [" ".join(random.sample(words, 2)) for _ in range(count)]


def press(count: int, first: int = 0) -> Iterator[Article]:
    """So many articles, the same for the same numbers."""
    of = vocabulary()
    repeated = phrases(of)
    for number in range(first, first + count):
        random = Random(number)  # noqa: S311 (no secret)
        words = of.draw(random, random.randint(WORDS - 60, WORDS + 60))
        for _ in range(2):
            words.insert(random.randrange(len(words)), random.choice(repeated))
        yield _article(number, random, words)


def _article(number: int, random: Random, words: list[str]) -> Article:
    outlet = f"media{int(random.paretovariate(1)) % OUTLETS}.example"
    url = f"https://{outlet}/berita/{number}"
    identity = article_id(url)
    sentences = [" ".join(words[at : at + 15]).capitalize() + "." for at in range(0, len(words), 15)]
    lines = ["\n".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    published = _NOW - timedelta(minutes=random.randrange(_DAYS * 24 * 60))
    analysis = Analysis(
        id=identity,
        language="id",
        relevance="relevant",
        sentiment=Sentiment(random.choice(_TONES), 0.9),
        version="1",
        regions=tuple(random.sample(_REGIONS, random.randint(1, 2))),
        topics=("claims",) if number % 2 else ("membership", "policy"),
    )
    return Article(
        id=identity,
        url=url,
        outlet=outlet,
        title=" ".join(random.sample(words, 9)).capitalize(),
        text="\n".join(lines),
        found=published,
        published=published,
        analysis=analysis,
        story_id=f"s{number // 3}",
    )
