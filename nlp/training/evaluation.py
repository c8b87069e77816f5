"""How well the packaged models answer, on passages that nothing was trained on: as they run, int8 and without torch."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.analysis import AgencyProfile, ArticleText
from nlp.components.reader import AgencyReader
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from nlp.reader.decisions import Decisions
from nlp.reader.encoder import Encoder
from nlp.reader.ngrams import Ngrams
from nlp.reader.questions import ALERTS, RELEVANCES, TONES, TOPICS
from nlp.training.passages import Passage, alerts_of, answers, held_out_passages
from nlp.training.scores import (
    Labels,
    Measured,
    bootstrap,
    f1,
    macro_f1,
    micro_f1,
    precision_recall,
)

_RELEVANT = RELEVANCES.index("relevant")
_NEGATIVE = TONES.index("negative")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of passages, in their order; tones and topics as indices, alerts as a table of yes and no."""

    relevance: Labels
    tone: Labels
    topic: Labels
    alerts: NDArray[np.bool_]
    confidence: NDArray[np.float64]  # of the tone that is told


@dataclass(frozen=True)
class Report:
    """Passages, what is right about them and what was told."""

    passages: Sequence[Passage]
    told: Told

    @cached_property
    def relevant(self) -> Labels:
        """Indices of the relevant passages."""
        return np.flatnonzero([passage.relevance == "relevant" for passage in self.passages])

    @cached_property
    def tone(self) -> Labels:
        """The right tones, -1 where a passage is not relevant."""
        return answers(self.passages)["tone"]

    @cached_property
    def topic(self) -> Labels:
        """The right topics."""
        return answers(self.passages)["topic"]

    @cached_property
    def alerts(self) -> NDArray[np.bool_]:
        """The right alert classes."""
        return alerts_of(self.passages)

    @cached_property
    def measures(self) -> Mapping[str, float]:
        """The headline measures by name, without intervals."""
        return {name: measure.value for name, measure in self.with_intervals(resample=False).items()}

    def with_intervals(self, *, resample: bool = True) -> dict[str, Measured]:
        """The headline measures with their 95 % intervals."""
        relevant, told = self.relevant, self.told
        gold_relevance = np.asarray([int(it.relevance == "relevant") for it in self.passages])
        told_relevance = (told.relevance == _RELEVANT).astype(np.int64)
        pairs = list(self.pairs.values())

        def over(measure: Callable[[Labels], float], size: int) -> Measured:
            return bootstrap(measure, size) if resample else Measured(measure(np.arange(size)), 0.0, 0.0)

        tone, said = self.tone[relevant], told.tone[relevant]
        return {
            "relevance F1": over(lambda at: f1(gold_relevance[at], told_relevance[at], 1), len(gold_relevance)),
            "tone macro-F1": over(lambda at: macro_f1(tone[at], said[at]), len(relevant)),
            "negative precision": over(lambda at: precision_recall(tone[at], said[at], _NEGATIVE)[0], len(relevant)),
            "negative recall": over(lambda at: precision_recall(tone[at], said[at], _NEGATIVE)[1], len(relevant)),
            "hard pairs": over(lambda at: float(np.mean([all(pairs[i]) for i in at])), len(pairs)),
            "alerts F1": over(lambda at: micro_f1(self.alerts[relevant][at], told.alerts[relevant][at]), len(relevant)),
            "topic accuracy": over(
                lambda at: float((self.topic[relevant][at] == told.topic[relevant][at]).mean()), len(relevant)
            ),
        }

    @cached_property
    def pairs(self) -> dict[str, list[bool]]:
        """Of each hard pair, which halves are right: relevance, and where relevant the tone."""
        found: defaultdict[str, list[bool]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            if passage.pair:
                same = (self.told.relevance[at] == _RELEVANT) == (passage.relevance == "relevant")
                found[passage.pair].append(
                    bool(same and (passage.relevance != "relevant" or self.told.tone[at] == self.tone[at]))
                )
        return {pair: halves for pair, halves in found.items() if len(halves) == 2}


def measured(folder: Path, profile: AgencyProfile, passages: Sequence[Passage] | None = None) -> Report:
    """What the reader in a folder tells of passages, of the held-out ones unless others are given."""
    passages = held_out_passages() if passages is None else passages
    pipeline = build_pipeline(profile, until="regions")
    reader = AgencyReader(Encoder(folder), Ngrams.load(folder), Decisions.load(folder))
    docs = [pipeline(make_doc(pipeline, ArticleText(it.id, it.text, it.title))) for it in passages]
    list(reader.pipe(docs, batch_size=64))
    told = Told(
        relevance=np.asarray([RELEVANCES.index(doc._.relevance) for doc in docs]),
        tone=np.asarray([TONES.index(doc._.sentiment.label) for doc in docs]),
        topic=np.asarray([TOPICS.index(doc._.topics[0]) if doc._.topics else -1 for doc in docs]),
        alerts=np.asarray([[code in {alert.code for alert in doc._.alerts} for code in ALERTS] for doc in docs]),
        confidence=np.asarray([doc._.sentiment.score for doc in docs]),
    )
    return Report(passages, told)
