"""A percentage and a number said to be the same thing, of a base that cannot be theirs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from service.domain.ledger.checks.finding import Finding, computed, term
from service.domain.ledger.checks.reading import (
    after,
    before,
    between,
    has,
    is_stated_fact,
    only_one,
    pointed_at,
    points_back,
    same_part,
    same_place,
    sentences,
)
from service.domain.ledger.precision import printed_step
from service.domain.ledger.statement import Statement

RESTATING = (
    "atau",
    "setara",
    "(",
    "alias",
    "yakni",
    "yaitu",
    "or",
    "atau setara",
    "atau sekitar",
    "sekitar",
    "setara dengan",
)
_OF = ("dari", "of")
_LONGEST_LINK = 4
_LONGEST_NOUN = 10
_HUNDRED = Decimal(100)
_CLOSE = Decimal("0.03")
"""How near a stated total must be to the implied base: newsrooms round both."""


def check_bases(statements: Sequence[Statement]) -> list[Finding]:
    """Every percentage with its number, held against the whole beside it or the totals of the article."""
    facts = [it for it in statements if is_stated_fact(it) and not it.is_range]
    findings = []
    earlier: list[Statement] = []
    for group in sentences(facts):
        for percent, number, told in _restated(group):
            whole = _whole(percent, number, group) or told or _pointed_at(percent, number, earlier)
            whole = whole or pointed_at(group, earlier, number.unit)
            # "… menjadi 34.620 orang atau susut 9,96 persen" is no part of a whole: `check_changes` reads it.
            is_part = "change" not in (percent.kind, number.kind)
            found = _against_whole(percent, number, whole) if is_part else None
            # "bertambah 3.200 orang (8 persen)": the verb is that of both.
            if found is None and number.kind == "change" and percent.kind in ("change", "share"):
                found = _against_totals(percent, number, facts)
            if found is not None:
                findings.append(found)
        earlier = group
    return findings


def _restated(group: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, Statement | None]]:
    """`4,2 persen atau 24 ribu`, `2.980 orang (41,2 persen)`: percentage and number, whichever comes first.

    In `18.300 dari 60.000 pekerja atau 45 persen` the percentage is of the first number, and the second is the whole.
    """
    for at, (one, other) in enumerate(pairwise(group)):
        if (one.unit == "percent") == (other.unit == "percent") or not _is_restating(between(one, other)):
            continue
        if one.unit == "percent":
            yield one, other, None
        elif at and group[at - 1].unit == one.unit and _is_part_of(group[at - 1], one):
            yield other, group[at - 1], one
        else:
            yield other, one, None


def _is_restating(gap: str) -> bool:
    """Whether only a noun, maybe with its place, and "atau" or the like stand between the two."""
    link = gap.split()
    if not link or has(gap, _OF) or not has(gap, RESTATING):
        return False
    return len(link) <= _LONGEST_LINK or (len(link) <= _LONGEST_NOUN and has(f" {link[-1]} ", RESTATING))


def _is_part_of(part: Statement, whole: Statement) -> bool:
    """`18.300 dari 60.000`"""
    gap = between(part, whole)
    return has(gap, _OF) and len(gap.split()) <= _LONGEST_LINK and part.low <= whole.low


def _against_whole(percent: Statement, number: Statement, whole: Statement | None) -> Finding | None:
    """`12.000 atau 38 persen dari 90.000`: the whole is told in the sentence itself or right before it."""
    if whole is None or whole.low <= 0 or whole.low < number.low or percent.low <= 0:
        return None
    low, high = _implied(percent, number)
    slack = printed_step(whole.surface, whole.low) / 2
    if low * (1 - _CLOSE) - slack <= whole.low <= high * (1 + _CLOSE) + slack:
        return None
    share = number.low / whole.low * _HUNDRED
    terms = (term("percent", percent), term("absolute", number), term("base", whole), computed(share, "percent"))
    return Finding("base", (percent.id, number.id, whole.id), terms)


def _whole(percent: Statement, number: Statement, group: Sequence[Statement]) -> Statement | None:
    later = max(percent, number, key=lambda it: it.position)
    earlier = min(percent, number, key=lambda it: it.position)
    for it in group:
        if it.unit != number.unit or it is number or it.kind not in ("count", "amount"):
            continue
        behind = it.position == later.position + 1 and has(between(later, it)[:20], _OF)
        ahead = it.position == earlier.position - 1 and has(
            before(it, 30), ("dari", "of", "dari total", "dari sekitar")
        )
        if behind or ahead:
            return it
    return None


def _pointed_at(percent: Statement, number: Statement, earlier: Sequence[Statement]) -> Statement | None:
    """`Rp2,58 miliar atau 40 persen dari piutang tersebut`: the whole is the number of the sentence before."""
    later = max(percent, number, key=lambda it: it.position)
    return only_one(earlier, number.unit) if points_back(after(later, 40)) else None


def _against_totals(percent: Statement, number: Statement, facts: Sequence[Statement]) -> Finding | None:
    """`Turun 4,2 persen atau 24 ribu`, while the article counts 52 thousand in all."""
    totals = [
        it
        for it in facts
        if it.unit == number.unit
        and it.kind in ("count", "amount")
        and it.metric == number.metric
        and same_place(it, number)
        and same_part(it, number)
        and (it.segment, it.program) == (number.segment, number.program)
    ]
    if not totals or number.low <= 0 or percent.low <= 0:
        return None
    low, high = _implied(percent, number)
    sign = -1 if (number.direction or percent.direction) == "down" else 1
    for total in totals:
        # The total may be the one before the change or the one after it.
        for base in (total.low, total.low - sign * number.low):
            if low * (1 - _CLOSE) <= base <= high * (1 + _CLOSE):
                return None
    nearest = min(totals, key=lambda it: abs(it.position - number.position))
    implied = number.low / percent.low * _HUNDRED
    terms = (term("percent", percent), term("absolute", number), term("base", nearest), computed(implied, number.unit))
    return Finding("base", (percent.id, number.id, nearest.id), terms)


def _implied(percent: Statement, number: Statement) -> tuple[Decimal, Decimal]:
    """The least and the greatest base that rounding allows."""
    half_percent, half_number = (printed_step(it.surface, it.low) / 2 for it in (percent, number))
    least = (number.low - half_number) / (percent.low + half_percent) * _HUNDRED
    smallest = percent.low - half_percent
    most = (number.low + half_number) / smallest * _HUNDRED if smallest > 0 else Decimal("Infinity")
    return least, most
