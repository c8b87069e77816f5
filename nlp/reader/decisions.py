"""From what was noticed about an article to the answers: one linear layer per question, small enough to read.

What is noticed ("features") are the outputs of the encoder and of the n-grams and the weight of the relevance rules.
The weights stand in `decisions.json` beside the encoder; they
are learnt on passages that neither was trained on, so that the confidence there is what it will be in print.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reader.questions import ALERTS, OUTPUTS, QUESTIONS

FILE = "decisions.json"

FEATURES: tuple[str, ...] = (
    *OUTPUTS,
    *(f"ngrams:{output}" for output in OUTPUTS),
    "rules:relevance",
    "rules:named",
)
"""Everything a decision may rest on, in the order of the vector."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The linear layer of one question: probabilities are softmax or, where several answers may hold, sigmoid."""

    answers: tuple[str, ...]
    weights: NDArray[np.float64]  # (answers, features)
    bias: NDArray[np.float64]  # (answers,)
    several: bool = False

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """How probable each answer is, for features of shape (…, features); shape (…, answers)."""
        scores = features @ self.weights.T + self.bias
        if self.several:
            return np.asarray(1 / (1 + np.exp(-np.clip(scores, -40, 40))))
        exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True))

    def pull(self, shares: NDArray[np.float32], answer: int) -> NDArray[np.float64]:
        """How far each sentence moves the decision to an answer and away from the others, shape (sentences,).

        `shares` are the sentences' shares in the outputs of encoder and n-grams, which come first among the features;
        the layer is linear, so these are the exact parts of the whole.
        """
        weights = self.weights[:, : shares.shape[1]]
        if self.several:
            return np.asarray(shares @ weights[answer])
        others = [index for index in range(len(self.answers)) if index != answer]
        return np.asarray(shares @ (weights[answer] - weights[others].mean(axis=0)))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of all questions, and how probable an alert class must be to be told."""

    by_question: Mapping[str, Decision]
    alert_from: Mapping[str, float]

    @classmethod
    def load(cls, folder: Path) -> "Decisions":
        """The decisions in `decisions.json` of a reader's folder."""
        return cls.from_json(json.loads((folder / FILE).read_text(encoding="utf-8")))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Decisions":
        """The decisions that `to_json` wrote; KeyError where a question is missing."""
        return cls(
            {name: _decision(name, row["decisions"][name]) for name in QUESTIONS},
            {code: float(row["alert_from"][code]) for code in ALERTS},
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values; weights that are zero are left out."""
        return {
            "decisions": {
                name: {
                    answer: {"bias": round(float(bias), 4), **_named(weights)}
                    for answer, bias, weights in zip(decision.answers, decision.bias, decision.weights, strict=True)
                }
                for name, decision in self.by_question.items()
            },
            "alert_from": dict(self.alert_from),
        }


def _decision(name: str, row: Mapping[str, Mapping[str, float]]) -> Decision:
    answers = QUESTIONS[name]
    weights = np.asarray([[row[answer].get(feature, 0.0) for feature in FEATURES] for answer in answers])
    bias = np.asarray([row[answer]["bias"] for answer in answers])
    return Decision(answers, weights, bias, several=name == "alert")


def _named(weights: Sequence[float] | NDArray[np.float64]) -> dict[str, float]:
    return {
        feature: round(float(weight), 4)
        for feature, weight in zip(FEATURES, weights, strict=True)
        if abs(weight) >= 5e-5
    }
