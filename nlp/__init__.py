"""Text: what an article says. Importing this package loads neither spaCy nor a model; `nlp.analyser` does."""

from nlp.analysis import (
    AgencyProfile,
    Analysis,
    ArticleText,
    Entity,
    Figure,
    Mention,
    Quote,
    Region,
    Sentiment,
    Span,
)

__all__ = [
    "AgencyProfile",
    "Analysis",
    "ArticleText",
    "Entity",
    "Figure",
    "Mention",
    "Quote",
    "Region",
    "Sentiment",
    "Span",
]
