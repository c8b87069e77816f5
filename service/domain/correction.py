"""What a person decided about an article as a whole: its tone, whether it is about the agency, and its topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from nlp.analysis import Relevance, Tone, Topic

CorrectedField = Literal["sentiment", "relevance", "topic"]

VALUES: Mapping[CorrectedField, tuple[str, ...]] = {
    "sentiment": get_args(Tone),
    "relevance": get_args(Relevance),
    "topic": get_args(Topic),
}
"""The codes that each field can be corrected to."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person about one field of an article; the newest of a field holds.

    `value` is the code that is right; `said` the one that had been understood, None where nothing had. One that is
    `undone` withdraws what was decided of the field before, and `value` is what had held.
    """

    article_id: str
    field: CorrectedField
    value: str
    by: str
    at: datetime
    said: str | None = None
    note: str = ""
    undone: bool = False


def holding(corrections: Iterable[Correction]) -> dict[CorrectedField, Correction]:
    """The correction that holds of each field; fields whose corrections were withdrawn are left out."""
    newest: dict[CorrectedField, Correction] = {}
    for correction in sorted(corrections, key=lambda correction: correction.at):
        newest[correction.field] = correction
    return {field: correction for field, correction in newest.items() if not correction.undone}
