"""How sure a reading is: every place of a page that says the same takes away doubt, every one that differs adds some.

The rule, for all fields but the text: of `heard` places that speak of a field, `agreeing` say what was chosen, the
place it was read at among them. The confidence is (1 - 0.4 ** agreeing) * agreeing / heard: one place alone gives .60,
two that agree .84, three .94; one of two that contradict each other .30. What an outlet's own layout says is sure: 1.

The text's confidence is the agreement (F1 of the words) of the reading that was chosen with the nearest other one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SURE = 1.0
_DOUBT_LEFT = 0.4
_WORD = re.compile(r"\w+")


def confidence_of(agreeing: int, heard: int) -> float:
    """The confidence in a value that `agreeing` of `heard` places give."""
    return round((1 - _DOUBT_LEFT**agreeing) * agreeing / heard, 3) if heard else 0.0


def words_of(lines: Iterable[str]) -> Counter[str]:
    """The words of a text with their numbers, in small letters."""
    return Counter(_WORD.findall(" ".join(lines).lower()))


def agreement(words: Counter[str], others: Counter[str]) -> float:
    """F1 of the words of two texts, from 0 (nothing in common) to 1; two empty texts agree."""
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Notes:
    """Where each field was read and how sure its reading is."""

    sources: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)

    def take(self, name: str, source: str, verdicts: Iterable[bool] = ()) -> None:
        """Note that `name` was read at `source`; `verdicts` say of every other place that speaks whether it agrees."""
        others = list(verdicts)
        self.sources[name] = source
        self.confidence[name] = confidence_of(1 + sum(others), 1 + len(others))

    def take_for_sure(self, name: str, source: str) -> None:
        """Note that `name` was read at `source`, which nothing on the page can make doubtful."""
        self.sources[name] = source
        self.confidence[name] = SURE
