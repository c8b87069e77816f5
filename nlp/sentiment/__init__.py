"""Tone toward the agency, not the event: one interface, a lexicon by default, an ONNX model by configuration."""

from collections.abc import Mapping
from pathlib import Path

from nlp.sentiment.aggregate import Verdict, article_tone
from nlp.sentiment.lexicon import LexiconSentiment
from nlp.sentiment.model import Passage, Scores, SentimentModel, SentimentModelError

__all__ = [
    "LexiconSentiment",
    "Passage",
    "Scores",
    "SentimentModel",
    "SentimentModelError",
    "Verdict",
    "article_tone",
    "load_sentiment",
]


def load_sentiment(path: Path | None = None, label_map: Mapping[str, str] | None = None) -> SentimentModel:
    """The model in a transformers directory, or the lexicon where no path is configured.

    Raises SentimentModelError where the directory is no usable model, before any article is analysed.
    """
    if path is None:
        return LexiconSentiment()
    from nlp.sentiment.onnx import OnnxSentiment

    return OnnxSentiment(path, label_map)
