"""What the reader is asked, and the names of its outputs.

The encoder gives one number per token and output; the outputs of a question stand next to each other, in this order.
"""

from typing import Final, get_args

from nlp.analysis import Relevance, Tone, Topic

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
RELEVANCES: Final[tuple[Relevance, ...]] = get_args(Relevance)
ALERTS: Final = (
    "fraud",
    "leak",
    "leadership",
    "rally",
    "complaint",
    "membership_fall",
    "outage",
    "legal",
    "accident",
)
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)

QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "relevance": RELEVANCES,
    "tone": TONES,
    "alert": ALERTS,
    "topic": TOPICS,
}

OUTPUTS: Final[tuple[str, ...]] = tuple(f"{name}:{answer}" for name, answers in QUESTIONS.items() for answer in answers)
"""The names of the encoder's outputs, as its config.json lists them."""


def columns(question: str) -> slice:
    """Where a question's outputs stand."""
    start = OUTPUTS.index(f"{question}:{QUESTIONS[question][0]}")
    return slice(start, start + len(QUESTIONS[question]))
