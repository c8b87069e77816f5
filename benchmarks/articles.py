"""Articles of 400 words for the benchmarks of what reads them, cut from the sample newsroom."""

from collections.abc import Iterable
from datetime import date

from demo.newsroom import Newsroom

WORDS = 400


def agency_texts(day: date) -> list[str]:
    """The sample newsroom's stories on the agency."""
    return [article.text for article in Newsroom(day).articles if article.item.relevance == "relevant"]


def cut(texts: Iterable[str]) -> list[str]:
    """Articles of 400 words, paragraphs kept."""
    articles: list[str] = []
    some: list[str] = []
    for paragraph in (line for text in texts for line in text.split("\n") if line.strip()):
        some.append(paragraph)
        if sum(len(it.split()) for it in some) >= WORDS:
            articles.append("\n".join(some))
            some = []
    return articles
