"""Precision and recall of pairs: two articles are one story, or they are not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs that belong together, pairs that were put together, and those of both."""

    belong: int
    together: int
    both: int

    @property
    def precision(self) -> float:
        """How many of the pairs that were put together belong together."""
        return self.both / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        """How many of the pairs that belong together were put together."""
        return self.both / self.belong if self.belong else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.both / (self.belong + self.together) if self.belong + self.together else 1.0


def score(gold: Mapping[str, object], told: Mapping[str, str], of: Collection[str] | None = None) -> Score:
    """How the stories told agree with the gold ones; with `of`, over the pairs that one of these articles is in."""
    both = {article: (gold[article], told[article]) for article in gold}
    others = [] if of is None else [article for article in gold if article not in of]
    belong, together, shared = (
        _pairs(groups.values()) - _pairs(groups[article] for article in others) for groups in (gold, told, both)
    )
    return Score(belong, together, shared)


def _pairs(groups: Iterable[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())
