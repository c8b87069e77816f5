"""Taking articles into a store of its own, one after the other as they were printed, and what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from nlp.analysis import Analysis, Sentiment
from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.domain.story import Told
from service.usecases.stories import story_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """The story of each article by its id; seconds of the processor for finding them and for storing the articles."""

    stories: dict[str, str]
    finding: float
    storing: float


def gather(printed: Iterable[Told]) -> Gathered:
    """What the product makes of these articles, given in the order of time."""
    told: dict[str, str] = {}
    finding = storing = 0.0
    with TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{Path(folder) / 'pantau.db'}")
        store.migrate()
        for article in (an_article(it.id, it.text, it.moment) for it in printed):
            with store.transaction() as transaction:
                begun = process_time()
                told[article.id] = story_of(article, transaction)
                found = process_time()
                transaction.add(replace(article, story_id=told[article.id]))
            finding += found - begun
            storing += process_time() - found
        store.close()
    return Gathered(told, finding, storing)


def an_article(identity: str, text: str, moment: datetime) -> Article:
    """A relevant article of which nothing more was understood."""
    analysis = Analysis(identity, "id", "relevant", Sentiment("neutral", 0.5), "benchmark")
    url = f"https://berita.example/{identity}"
    return Article(identity, url, "berita.example", "", text, moment, analysis, published=moment)
