"""The value of the checks: something that does not add up, with the numbers that show it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from service.domain.ledger.statement import Statement

Check = Literal["sum", "change", "base", "points", "scale", "over_all", "headline", "outlets"]
"""sum: parts that do not make their stated whole. change: a change that does not fit its from and to. base: "4,2 persen
atau 24 ribu" implying a base that cannot be. points: percent printed where points are meant. scale: a scale word lost.
over_all: coverage over 100 percent. headline: the headline against the body. outlets: one metric, region and period
with different values in different outlets.
"""

Explanation = Literal["segment", "programme", "status", "cumulative", "denominator", "approximate", "date"]
"""Why two values may both be right: they count another segment, programme or status of members; one is cumulative and
the other a position; their percentages have other denominators; one is said to be approximate; they are of different
days of the period.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a finding's arithmetic. `role`: "part", "whole", "from", "to", "change", "percent", "absolute",
    "base", "stated", "headline", "body", "computed". `outlet` where the number is some outlet's.
    """

    role: str
    value: Decimal
    unit: str
    surface: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up, with the numbers that show it.

    `statements` are the ids of those involved, those to be looked at first. A finding with `explanations` is no
    conflict yet: definitions may differ, and that is what the team is told first.
    """

    check: Check
    statements: tuple[str, ...]
    terms: tuple[Term, ...]
    explanations: tuple[Explanation, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether nothing explains it."""
        return not self.explanations


def term(role: str, statement: Statement, value: Decimal | None = None) -> Term:
    """The statement's number in that role."""
    return Term(role, statement.low if value is None else value, statement.unit, statement.surface, statement.outlet)


def computed(value: Decimal, unit: str) -> Term:
    """A number that nobody stated but that follows from those that are."""
    return Term("computed", value, unit)
