"""From the tones of an article's passages to the tone of the article, in steps that can be read and tested.

1. Each passage weighs by its place and by whether it names the agency.
2. The pull of a tone is mostly its strongest passage, partly the mean of its three strongest.
3. The stronger pull names the article, unless both are weak or close: then the article is neutral.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.analysis import Tone
from nlp.sentiment.model import Passage, Place, Scores

PLACE_WEIGHT: dict[Place, float] = {"title": 1.0, "lead": 0.9, "rest": 0.65}
UNNAMED_WEIGHT = 0.75  # a passage that does not name the agency is less surely about it
STRONGEST_SHARE = 0.8
SUPPORTING = 3  # passages whose mean supports the strongest
LEAST_PULL = 0.3
MARGIN = 0.08
MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """An article's tone, how sure it is (0..1), and the indices of the passages that decided it, strongest first."""

    label: Tone
    score: float
    deciding: tuple[int, ...]


def article_tone(passages: Sequence[Passage], scores: Sequence[Scores]) -> Verdict:
    """The article's tone; neutral, and unsure, where there is nothing to judge."""
    if not passages:
        return Verdict("neutral", 0.5, ())
    weights = [weight(passage) for passage in passages]
    positive, negative = pulls(passages, scores)
    lead = abs(positive - negative)
    if max(positive, negative) < LEAST_PULL or lead < MARGIN:
        return Verdict("neutral", round(1 - (positive + negative) / 2, 4), ())
    label: Tone = "positive" if positive > negative else "negative"
    return Verdict(label, round(min(1.0, 0.5 + lead / 2), 4), _deciding(weights, scores, label))


def pulls(passages: Sequence[Passage], scores: Sequence[Scores]) -> tuple[float, float]:
    """How strongly the passages pull toward a positive and toward a negative tone; at least one passage is needed."""
    weights = [weight(passage) for passage in passages]
    return _pull(weights, scores, "positive"), _pull(weights, scores, "negative")


def weight(passage: Passage) -> float:
    """How much a passage says about the article's tone toward the agency."""
    named = passage.names_agency or passage.place == "title"
    return PLACE_WEIGHT[passage.place] * (1.0 if named else UNNAMED_WEIGHT)


def _pull(weights: Sequence[float], scores: Sequence[Scores], tone: Tone) -> float:
    pulls = sorted((weight * score.of(tone) for weight, score in zip(weights, scores, strict=True)), reverse=True)
    strongest = pulls[:SUPPORTING]
    return STRONGEST_SHARE * strongest[0] + (1 - STRONGEST_SHARE) * sum(strongest) / len(strongest)


def _deciding(weights: Sequence[float], scores: Sequence[Scores], tone: Tone) -> tuple[int, ...]:
    """The passages that pull toward the tone at least half as much as the strongest."""
    pulls = [weight * score.of(tone) for weight, score in zip(weights, scores, strict=True)]
    ranked = sorted(range(len(pulls)), key=lambda index: (-pulls[index], index))
    return tuple(index for index in ranked[:MOST_EVIDENCE] if pulls[index] >= pulls[ranked[0]] / 2)
