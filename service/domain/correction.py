"""What a person decided about an article as a whole: its tone, relevance, topic and regions, labels and notes, and
whether it is noise.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from nlp.analysis import Relevance, Tone, Topic

CorrectedField = Literal["sentiment", "relevance", "topic", "regions", "visibility", "label", "note"]

VALUES: Mapping[CorrectedField, tuple[str, ...]] = {
    "sentiment": get_args(Tone),
    "relevance": get_args(Relevance),
    "topic": get_args(Topic),
    "visibility": ("hidden",),
}
"""The codes that each field can be corrected to, of the fields that have a fixed list."""

UNDERSTOOD_FIELDS: tuple[CorrectedField, ...] = ("sentiment", "relevance", "topic")
"""The fields that a model understands by itself and can learn."""

SEVERAL: frozenset[CorrectedField] = frozenset({"label", "note"})
"""The fields of which an article has any number: each of their values is decided by itself."""

LONGEST_LABEL = 40
MOST_LABELS = 20
MOST_REGIONS = 20
LONGEST_NOTE_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person about one field of an article; the newest of a field holds.

    `value` is the code that is right; `said` the one that had been understood, None where nothing had. One that is
    `undone` withdraws what was decided of the field before, and `value` is what had held.
    Of "regions" the value is all official codes, the main one first, with blanks between. Of "label" it is the label
    and of "note" the note's id, whose text is `note`; of these the newest of each value holds.
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
    """The correction that holds of each field with one value; fields whose corrections were withdrawn are left out."""
    newest: dict[CorrectedField, Correction] = {}
    for correction in sorted(corrections, key=lambda correction: correction.at):
        if correction.field not in SEVERAL:
            newest[correction.field] = correction
    return {field: correction for field, correction in newest.items() if not correction.undone}


def holding_values(corrections: Iterable[Correction], of: CorrectedField) -> tuple[Correction, ...]:
    """The corrections that hold of a field with several values, in the order in which they were decided."""
    newest: dict[str, Correction] = {}
    for correction in sorted(corrections, key=lambda correction: correction.at):
        if correction.field == of:
            newest.pop(correction.value, None)
            newest[correction.value] = correction
    return tuple(correction for correction in newest.values() if not correction.undone)


def as_label(typed: str) -> str:
    """The label as the team keeps it: small letters, single blanks; "" where nothing of it can be read."""
    label = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    printable = "".join(letter for letter in label if letter.isprintable())
    return printable if any(letter.isalnum() for letter in printable) else ""
