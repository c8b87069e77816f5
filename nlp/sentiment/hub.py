"""A sequence classifier of a hub or a folder, run by transformers and torch."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp.analysis import Tone
from nlp.sentiment.model import OTHER, TARGET, Passage, Scores
from nlp.sentiment.onnx import tones_of
from nlp.transformers_pipeline import load_pipeline, version_of

BATCH = 16
_ANOTHER = "lembaga lain"  # what a look-alike is called: not the agency


class HubSentiment:
    """Judges passages by a model that was trained on plain sentences: it reads the agency's name, not the mark."""

    def __init__(self, model: str, agency: str, label_map: Mapping[str, str] | None = None) -> None:
        self._model = model
        self._agency = agency
        self._pipeline: Any = load_pipeline("text-classification", model)
        labels = self._pipeline.model.config.id2label
        names = [str(labels[key]) for key in sorted(labels)]
        self._tones = dict(zip(names, tones_of(model, names, label_map or {}), strict=True))

    @property
    def version(self) -> str:
        """The model's name, and its commit where it comes from a hub."""
        return version_of(self._model, self._pipeline)

    def classify(self, passages: Sequence[Passage]) -> list[Scores]:
        """One judgement for each passage, in their order."""
        texts = [passage.text.replace(TARGET, self._agency).replace(OTHER, _ANOTHER) for passage in passages]
        answers = self._pipeline(texts, batch_size=BATCH, truncation=True, top_k=None)
        return [self._scores({answer["label"]: float(answer["score"]) for answer in row}) for row in answers]

    def _scores(self, by_label: Mapping[str, float]) -> Scores:
        totals: dict[Tone, float] = {"positive": 0.0, "neutral": 0.0, "negative": 0.0}
        for label, score in by_label.items():
            totals[self._tones[label]] += score
        return Scores(totals["positive"], totals["neutral"], totals["negative"])
