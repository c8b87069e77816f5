"""What a person decided about stories: that two are one, that articles tell another one, or that this was wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

StoryDecisionKind = Literal["merge", "split", "undo"]

MOST_MOVED = 500
"""Articles that one decision moves; a larger story is a mistake that rules must mend."""


@dataclass(frozen=True, slots=True)
class StoryMove:
    """In which story an article was before a decision and is after it; the same where the decision keeps it there."""

    article_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """One decision of one person; nothing is ever taken out of their log.

    "merge" brings all of the story `other_id` into `story_id`; "split" takes articles of `story_id` into the new story
    `other_id`; "undo" takes back the decision numbered `undoes`. The newest move of an article holds, whatever is
    understood of it or copied from it later.
    """

    kind: StoryDecisionKind
    story_id: str
    other_id: str
    by: str
    at: datetime
    moves: tuple[StoryMove, ...] = ()
    note: str = ""
    undoes: int | None = None
    number: int | None = None

    @property
    def moved(self) -> tuple[StoryMove, ...]:
        """The moves that change something."""
        return tuple(move for move in self.moves if move.before != move.after)


def undone(decisions: Iterable[StoryDecision]) -> frozenset[int]:
    """The numbers of the decisions that were taken back."""
    return frozenset(decision.undoes for decision in decisions if decision.undoes is not None)


def new_story_id(first: str, taken: Sequence[str]) -> str:
    """The id of a story that begins with this article and is none of those taken."""
    own = f"s{first}"
    return next(it for it in (own, *(f"{own}-{number}" for number in range(2, len(taken) + 3))) if it not in taken)
