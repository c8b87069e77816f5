"""Days of a press on the agency: articles with what files and digests show of them, a quote, a figure and a tone."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from benchmarks.search.press import press
from nlp.analysis import Figure, Quote, Sentiment, Span
from service.adapters.sql import SqlStore
from service.adapters.sql.entering import batches
from service.domain.article import Article

DAYS = 8
"""The day that a digest tells, and the seven before it, with which it compares."""

HALF = "klaim"
"""A word that half of the articles have."""

_FIRST_NAMES = (
    "Rani",
    "Bagas",
    "Sekar",
    "Yoga",
    "Ratri",
    "Wulan",
    "Tegar",
    "Laras",
    "Galih",
    "Dimas",
    "Intan",
    "Panji",
)
_LAST_NAMES = (
    "Saputri",
    "Pramudya",
    "Ayu",
    "Mahardika",
    "Kusumadewi",
    "Pratiwi",
    "Wibowo",
    "Lestari",
    "Santoso",
    "Utomo",
)


def write_press(store: SqlStore, day: int, until: datetime) -> list[Article]:
    """So many articles on each of the eight days before `until`, the last day's last, stored and marked as indexed."""
    printed: list[Article] = []
    for number, some in enumerate(batches(press(DAYS * day), day)):
        noon = until - timedelta(days=DAYS - number - 0.5)
        articles = [_reported(replace(article, found=noon, published=noon)) for article in some]
        for chunk in batches(articles):
            with store.transaction() as transaction:
                for article in chunk:
                    transaction.add(article)
        store.mark_indexed([article.id for article in articles], noon)
        printed += articles
    return printed


def _reported(article: Article) -> Article:
    """The article with a first sentence that says something of the agency."""
    random = Random(article.id)  # noqa: S311 (no secret)
    percent = f"{random.randrange(1000, 9999) / 100:.2f}".replace(".", ",")
    topic = random.choice((HALF, "kepesertaan"))
    speaker = f"{random.choice(_FIRST_NAMES)} {random.choice(_LAST_NAMES)}"
    said = f"Cakupan {topic} mencapai {percent} persen, kata Kepala Kantor Cabang {speaker}."
    start = said.index(percent)
    sentence = Span("text", 0, len(said), said)
    figure = Figure(
        field="text",
        start=start,
        end=start + len(f"{percent} persen"),
        surface=f"{percent} persen",
        value=float(percent.replace(",", ".")),
        unit="percent",
        kind="level",
        metric="coverage",
        sentence=sentence,
        region=article.analysis.regions[0].name,
        region_code=article.analysis.regions[0].code,
    )
    quoted = said.rpartition(", kata")[0]
    quote = Quote("text", 0, len(quoted), quoted, "reported", speaker, "Kepala Kantor Cabang")
    analysis = replace(
        article.analysis,
        sentiment=Sentiment(article.analysis.sentiment.label, 0.9, (sentence,)),
        figures=(figure,),
        quotes=(quote,),
    )
    return replace(article, text=f"{said}\n{article.text}", analysis=analysis)
