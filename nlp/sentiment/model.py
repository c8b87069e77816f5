"""What every sentiment model takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from nlp.analysis import Tone

TARGET = "[AGENSI]"
"""Stands for the agency in a passage, whatever name the article uses."""

OTHER = "[LAIN]"
"""Stands for a look-alike of the agency."""

Place = Literal["title", "lead", "rest"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence to be judged, with the headline and the first sentences of its article.

    In all three texts the agency's names are replaced by TARGET and its look-alikes' by OTHER.
    """

    text: str
    place: Place
    names_agency: bool
    title: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """How probable each tone of a passage is; the three add up to one."""

    positive: float
    neutral: float
    negative: float

    def of(self, tone: Tone) -> float:
        """The probability of one tone."""
        return {"positive": self.positive, "neutral": self.neutral, "negative": self.negative}[tone]


class SentimentModel(Protocol):
    """Judges passages. `version` changes with anything that could change a judgement."""

    @property
    def version(self) -> str:
        """What the analysis records."""

    def classify(self, passages: Sequence[Passage]) -> list[Scores]:
        """One judgement for each passage, in their order."""
