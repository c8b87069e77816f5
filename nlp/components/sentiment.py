"""`agency_sentiment`: the tone toward the agency, its deciding sentences, and what makes the article alert-worthy."""

from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Sentiment
from nlp.document import locate
from nlp.sentiment import SentimentModel, article_tone, load_sentiment
from nlp.sentiment.alerts import alert_classes
from nlp.sentiment.passages import passages_about_agency


@Language.factory(
    "agency_sentiment",
    assigns=["doc._.sentiment", "doc._.alert_classes"],
    requires=["doc._.mentions", "token.is_sent_start"],
    default_config={"model_path": None, "label_map": None},
)
def create_agency_sentiment(
    nlp: Language, name: str, model_path: str | None, label_map: dict[str, str] | None
) -> "AgencySentiment":
    """The component, with the model that the configuration names."""
    return AgencySentiment.from_configuration(Path(model_path) if model_path else None, label_map)


class AgencySentiment:
    """Judges each Doc; `version` tells by which model."""

    def __init__(self, model: SentimentModel) -> None:
        self._model = model

    @classmethod
    def from_configuration(cls, path: Path | None, label_map: Mapping[str, str] | None) -> "AgencySentiment":
        """The component with the lexicon, or with the model in a directory."""
        return cls(load_sentiment(path, label_map))

    @property
    def version(self) -> str:
        """The model's version."""
        return self._model.version

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its sentiment and alert classes."""
        placed = passages_about_agency(doc)
        passages = [place.passage for place in placed]
        verdict = article_tone(passages, self._model.classify(passages) if passages else [])
        evidence = tuple(locate(doc, placed[index].start, placed[index].end) for index in verdict.deciding)
        doc._.sentiment = Sentiment(verdict.label, verdict.score, evidence)
        doc._.alert_classes = alert_classes(passages)
        return doc
