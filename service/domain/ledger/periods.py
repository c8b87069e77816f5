"""Periods as the press tells them, held against each other: a day, a month, a year, or an interval of them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a period, both ends included."""

    first: date
    last: date


def days_of(period: str) -> Days:
    """The days of "2024", "2024-06", "2024-06-30" or "2024-01/2024-06"; ValueError for anything else."""
    first, _, last = period.partition("/")
    days = Days(_edge(first, last=False), _edge(last or first, last=True))
    if days.last < days.first:
        raise ValueError(f"the period ends before it begins: {period}")
    return days


def _edge(point: str, *, last: bool) -> date:
    parts = point.split("-")
    lengths = [len(part) for part in parts]
    if lengths not in ([4], [4, 2], [4, 2, 2]) or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"not a period: {point}")
    year, *rest = map(int, parts)
    month = rest[0] if rest else (12 if last else 1)
    if len(rest) == 2:
        return date(year, month, rest[1])
    return date(year, month, monthrange(year, month)[1] if last else 1)
