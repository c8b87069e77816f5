"""Tone toward the agency, not the event: what every model of it takes and gives, and the models besides the reader."""

from collections.abc import Mapping
from pathlib import Path

from nlp.sentiment.aggregate import Verdict, article_tone
from nlp.sentiment.lexicon import LexiconSentiment
from nlp.sentiment.model import Passage, Scores, SentimentModel

__all__ = [
    "LexiconSentiment",
    "Passage",
    "Scores",
    "SentimentModel",
    "Verdict",
    "article_tone",
    "load_sentiment",
]

LEXICON = "lexicon"


def load_sentiment(model: str, agency: str, label_map: Mapping[str, str] | None = None) -> SentimentModel:
    """The model of that name: "lexicon", a folder with an ONNX export, or a model for `transformers`.

    `agency` is the name by which models that know no target are told of it.

    Raises ModelError where it cannot be used, before any article is analysed.
    """
    if model == LEXICON:
        return LexiconSentiment()
    folder = Path(model)
    if (folder / "model.onnx").is_file():
        from nlp.sentiment.onnx import OnnxSentiment

        return OnnxSentiment(folder, label_map)
    from nlp.sentiment.hub import HubSentiment

    return HubSentiment(model, agency, label_map)
