"""`agency_reader`: relevance, tone toward the agency, alert classes and topics, each with its deciding sentences."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from nlp.analysis import AlertClass, Sentiment, Span, Topic
from nlp.components.relevance import Evidence
from nlp.document import locate
from nlp.reader.decisions import FEATURES, Decision, Decisions
from nlp.reader.encoder import Encoder
from nlp.reader.ngrams import Ngrams
from nlp.reader.questions import ALERTS, OUTPUTS, RELEVANCES, TONES, TOPICS
from nlp.reader.window import MarkedSentence, marked_sentences

MOST_EVIDENCE = 3
SECOND_TOPIC_FROM = 0.3

_STRONGEST_RULES = 8.0  # the weight of the relevance rules is cut here: beyond it they are just as sure


@Language.factory(
    "agency_reader",
    assigns=["doc._.relevance", "doc._.sentiment", "doc._.alerts", "doc._.topics"],
    requires=["doc._.mentions", "doc._.relevance_evidence", "token.is_sent_start"],
    default_config={"reader_path": "", "threads": 1},
)
def create_agency_reader(nlp: Language, name: str, reader_path: str, threads: int) -> "AgencyReader":
    """The component with the reader in a folder."""
    folder = Path(reader_path)
    return AgencyReader(Encoder(folder, threads), Ngrams.load(folder), Decisions.load(folder))


class AgencyReader:
    """Answers the reader's questions about each Doc; `version` tells by which weights."""

    def __init__(self, encoder: Encoder, ngrams: Ngrams, decisions: Decisions) -> None:
        self._encoder = encoder
        self._ngrams = ngrams
        self._decisions = decisions

    @property
    def version(self) -> str:
        """Changes with the encoder and the n-grams; the decisions count as a table of this package."""
        return f"reader-{self._encoder.version}"

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the answers."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """The Docs with the answers; several go through the encoder at once."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self._read(docs)
            yield from docs

    def _read(self, docs: Sequence[Doc]) -> None:
        concerned = [doc for doc in docs if doc._.relevance_evidence.is_worth_reading]
        for doc in docs:
            doc._.sentiment = Sentiment("neutral", 0.5)
            doc._.relevance, doc._.alerts, doc._.topics = "irrelevant", (), ()
        sentences = [marked_sentences(doc) for doc in concerned]
        for doc, found, told in zip(concerned, sentences, self._encoder.read(sentences), strict=True):
            self._answer(doc, found, np.hstack([told, self._ngrams.shares(found)]))

    def _answer(self, doc: Doc, sentences: Sequence[MarkedSentence], shares: NDArray[np.float32]) -> None:
        features = notice(doc, shares)
        by_question = self._decisions.by_question
        doc._.relevance = RELEVANCES[int(by_question["relevance"].probabilities(features).argmax())]
        doc._.sentiment = self._tone(doc, features, sentences, shares)
        if doc._.relevance != "relevant":
            return
        doc._.alerts = tuple(self._alerts(doc, features, sentences, shares))
        doc._.topics = _topics(by_question["topic"].probabilities(features))

    def _tone(
        self, doc: Doc, features: NDArray[np.float64], sentences: Sequence[MarkedSentence], shares: NDArray[np.float32]
    ) -> Sentiment:
        decision = self._decisions.by_question["tone"]
        probabilities = decision.probabilities(features)
        answer = int(probabilities.argmax())
        evidence = _deciding(doc, decision, answer, sentences, shares)
        return Sentiment(TONES[answer], round(float(probabilities[answer]), 4), evidence)

    def _alerts(
        self, doc: Doc, features: NDArray[np.float64], sentences: Sequence[MarkedSentence], shares: NDArray[np.float32]
    ) -> Iterator[AlertClass]:
        decision = self._decisions.by_question["alert"]
        for answer, probability in enumerate(decision.probabilities(features)):
            if probability >= self._decisions.alert_from[ALERTS[answer]]:
                evidence = _deciding(doc, decision, answer, sentences, shares)
                yield AlertClass(ALERTS[answer], round(float(probability), 4), evidence)


def notice(doc: Doc, shares: NDArray[np.float32]) -> NDArray[np.float64]:
    """The features of `nlp.reader.decisions.FEATURES`, shape (features,), from the sentences' shares in the outputs."""
    evidence: Evidence = doc._.relevance_evidence
    weight = max(-_STRONGEST_RULES, min(_STRONGEST_RULES, evidence.score))
    return np.asarray([*shares.sum(axis=0), weight, float(evidence.named)], dtype=np.float64)


assert len(FEATURES) == 2 * len(OUTPUTS) + 2


def _deciding(
    doc: Doc, decision: Decision, answer: int, sentences: Sequence[MarkedSentence], shares: NDArray[np.float32]
) -> tuple[Span, ...]:
    """The sentences that moved the decision most, at least half as far as the first; in the order of their strength."""
    pull = decision.pull(shares, answer)
    ranked = [index for index in np.argsort(-pull, kind="stable")[:MOST_EVIDENCE] if pull[index] > 0]
    chosen = [index for index in ranked if pull[index] >= pull[ranked[0]] / 2]
    return tuple(locate(doc, sentences[index].start, sentences[index].end) for index in chosen)


def _topics(probabilities: NDArray[np.float64]) -> tuple[Topic, ...]:
    """The most probable topic, and the second where it is not far behind."""
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    return (TOPICS[first], TOPICS[second]) if probabilities[second] >= SECOND_TOPIC_FROM else (TOPICS[first],)
