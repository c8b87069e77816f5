"""Changes that do not fit their from and to, and percent printed where percentage points are meant."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from service.domain.ledger.checks.finding import Finding, computed, term
from service.domain.ledger.checks.reading import before, has, is_stated_fact, same_part, same_place, sentences
from service.domain.ledger.precision import printed_step
from service.domain.ledger.statement import Statement

_HUNDRED = Decimal(100)
# A share of those who should be members, which headlines call membership as well.
_COVERAGE = frozenset({"coverage", "membership"})
# A change against another time than the pair beside it is told of.
ELSEWHEN = (
    "dibanding tahun", "dibandingkan tahun", "secara tahunan", "secara bulanan", "yoy", "year on year", "dari target",
    "rata-rata", "per tahun", "setiap tahun", "dibanding target", "setahun", "sejak", "dibanding bulan",
    "dibandingkan bulan",
    "dibanding periode", "dibandingkan periode", "dibanding semester", "dibandingkan semester",
)  # fmt: skip
_LEVELS = frozenset({"level", "count", "amount"})
_SIGNIFICANT = 2
"""With one digit the difference of two percentages equals a third one by chance."""


class _Pair(NamedTuple):
    """A figure and where it came from."""

    origin: Statement
    arrival: Statement


def check_changes(statements: Sequence[Statement]) -> list[Finding]:
    """Every change held against the pair it is told with, in its sentence or anywhere in the article."""
    findings: list[Finding] = []
    earlier: list[Statement] = []
    for group in sentences(statements):
        facts = [it for it in group if is_stated_fact(it) and not it.is_range]
        changes = [it for it in facts if it.kind == "change"]
        pairs = _pairs(facts) or _across(earlier, facts)
        earlier = facts
        for pair in pairs:
            others = [it for it in changes if _is_of(it, pair)]
            findings += [found for change in others if (found := _against(change, pair)) is not None]
    told = {it for finding in findings for it in finding.statements}
    return findings + [it for it in _points_afar(statements) if told.isdisjoint(it.statements)]


def _pairs(facts: Sequence[Statement]) -> list[_Pair]:
    """`dari A menjadi B` of one sentence: B knows the value it came from."""
    pairs = []
    for arrival in facts:
        if arrival.from_ is None or arrival.kind == "change":
            continue
        origin = next(
            (it for it in facts if it.low == arrival.from_ and it.unit == arrival.unit and it is not arrival), None
        )
        if origin is not None:
            pairs.append(_Pair(origin, arrival))
    return pairs


def _across(earlier: Sequence[Statement], facts: Sequence[Statement]) -> list[_Pair]:
    """`Pada 2024 tercatat Rp64,2 miliar. Pada 2025 nilainya menjadi Rp79,8 miliar atau naik 19,55 persen.`"""
    levels = [it for it in facts if it.kind in _LEVELS]
    if len(levels) != 1 or not has(before(levels[0], 30), ("menjadi", "jadi", "ke", "to")):
        return []
    (arrival,) = levels
    origins = [it for it in earlier if it.kind in _LEVELS and it.unit == arrival.unit]
    if len(origins) != 1 or not origins[0].period or not arrival.period or origins[0].period >= arrival.period:
        return []
    return [_Pair(origins[0], arrival)]


def _is_of(change: Statement, pair: _Pair) -> bool:
    """Whether the change tells the distance between the two, not one against another time or another thing."""
    related = change.metric == pair.arrival.metric or {change.metric, pair.arrival.metric} <= _COVERAGE
    if not related or not same_part(change, pair.arrival):
        return False
    near = before(change, 30) + change.sentence[change.offset + len(change.surface) :][:45].lower()
    return not has(f" {' '.join(near.split())} ", ELSEWHEN)


def _against(change: Statement, pair: _Pair) -> Finding | None:
    """The finding where the change does not fit the pair."""
    origin, arrival = pair
    moved = arrival.low - origin.low
    if origin.low == 0 or change.comparator not in ("exact", "about"):
        return None
    contrary = change.direction is not None and moved != 0 and (change.direction == "up") != (moved > 0)
    terms = (term("from", origin), term("to", arrival), term("change", change))
    involved = (change.id, origin.id, arrival.id)
    if change.unit == arrival.unit and change.unit != "percent":
        fits = _fits(change, [abs(moved)], _slack(origin) + _slack(arrival))
        return (
            None if fits and not contrary else Finding("change", involved, (*terms, computed(abs(moved), change.unit)))
        )
    if change.unit == "percentage_point" and arrival.unit == "percent":
        fits = _fits(change, [abs(moved)], _slack(origin) + _slack(arrival))
        return (
            None
            if fits and not contrary
            else Finding("change", involved, (*terms, computed(abs(moved), "percentage_point")))
        )
    if change.unit != "percent":
        return None
    relative = abs(moved) / origin.low * _HUNDRED
    if _fits(change, _relatives(pair), Decimal(0)) and not contrary:
        return None
    if arrival.unit == "percent" and _fits(change, [abs(moved)], _slack(origin) + _slack(arrival)) and not contrary:
        points = computed(abs(moved), "percentage_point")
        return Finding("points", involved, (*terms, points, computed(relative, "percent")))
    return Finding("change", involved, (*terms, computed(relative, "percent")))


def _relatives(pair: _Pair) -> list[Decimal]:
    """The least and the greatest relative change that rounding of the pair allows."""
    origin, arrival = pair
    ends = [
        abs((arrival.low + at * _slack(arrival)) / (origin.low + of * _slack(origin)) - 1) * _HUNDRED
        for at in (-1, 1)
        for of in (-1, 1)
        if origin.low + of * _slack(origin) > 0
    ]
    return [min(ends), max(ends)]


def _fits(change: Statement, bounds: Sequence[Decimal], slack: Decimal) -> bool:
    """Whether the printed change lies within the bounds, as precisely as it was printed; cutting off is usual."""
    step = printed_step(change.surface, change.low)
    about = change.low / 20 if change.comparator == "about" else Decimal(0)
    return (
        min(bounds) - slack - about - step / 2 <= change.low + step / 2
        and change.low <= max(bounds) + slack + about + step / 2
    )


def _slack(statement: Statement) -> Decimal:
    return printed_step(statement.surface, statement.low) / 2


def _points_afar(statements: Sequence[Statement]) -> list[Finding]:
    """`Turun 10,97 persen` in the headline, 42,90 and 31,93 persen in different sentences of the body."""
    facts = [it for it in statements if is_stated_fact(it) and not it.is_range and it.comparator == "exact"]
    changes = [it for it in facts if it.kind == "change" and it.unit == "percent" and it.metric in _COVERAGE]
    levels = [it for it in facts if it.kind == "level" and it.unit == "percent" and it.metric in _COVERAGE]
    findings: list[Finding] = []
    for change in changes:
        digits = len(str(int(change.low / printed_step(change.surface, change.low))))
        found = _difference_of(change, levels) if digits >= _SIGNIFICANT else None
        if found is not None and all(found.statements[1:] != it.statements[1:] for it in findings):
            findings.append(found)
    return findings


def _difference_of(change: Statement, levels: Iterable[Statement]) -> Finding | None:
    step = printed_step(change.surface, change.low)
    for one, other in combinations(levels, 2):
        origin, arrival = _in_time(one, other)
        moved = arrival.low - origin.low
        fits = abs(abs(moved) - change.low) <= step / 2 and (change.direction == "up") == (moved > 0)
        if not fits or not same_place(change, origin) or not same_place(change, arrival) or not origin.low:
            continue
        relative = abs(moved) / origin.low * _HUNDRED
        if abs(relative - change.low) > step and same_part(one, other):
            terms = (term("from", origin), term("to", arrival), term("change", change))
            told = (*terms, computed(abs(moved), "percentage_point"), computed(relative, "percent"))
            return Finding("points", (change.id, origin.id, arrival.id), told)
    return None


def _in_time(one: Statement, other: Statement) -> _Pair:
    """The two in the order of what they tell of; the direction of the later one tells where periods do not."""
    if one.period and other.period and one.period != other.period:
        return _Pair(one, other) if one.period < other.period else _Pair(other, one)
    if one.direction is not None and other.direction is None:
        return _Pair(other, one)
    return _Pair(one, other)
