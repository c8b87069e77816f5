"""`agency_sentiment`: the tone toward the agency by a configured model, in the place of the reader's."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Sentiment
from nlp.document import locate
from nlp.sentiment import SentimentModel, article_tone, load_sentiment
from nlp.sentiment.passages import passages_about_agency


@Language.factory(
    "agency_sentiment",
    assigns=["doc._.sentiment"],
    requires=["doc._.mentions", "token.is_sent_start"],
    default_config={"model": "lexicon", "agency": "", "label_map": {}},
)
def create_agency_sentiment(
    nlp: Language, name: str, model: str, agency: str, label_map: dict[str, str]
) -> "AgencySentiment":
    """The component, with the model that the configuration names."""
    return AgencySentiment(load_sentiment(model, agency, label_map))


class AgencySentiment:
    """Judges each Doc; `version` tells by which model."""

    def __init__(self, model: SentimentModel) -> None:
        self._model = model

    @property
    def version(self) -> str:
        """The model's version."""
        return self._model.version

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its sentiment."""
        placed = passages_about_agency(doc)
        passages = [place.passage for place in placed]
        verdict = article_tone(passages, self._model.classify(passages) if passages else [])
        evidence = tuple(locate(doc, placed[index].start, placed[index].end) for index in verdict.deciding)
        doc._.sentiment = Sentiment(verdict.label, verdict.score, evidence)
        return doc
