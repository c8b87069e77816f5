"""Changes that do not fit their from and to, and percent printed where percentage points are meant."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from service.domain.ledger.checks.finding import Finding, computed, term
from service.domain.ledger.checks.reading import (
    before,
    between,
    has,
    is_stated_fact,
    only_one,
    opens_backward,
    phrases,
    same_part,
    same_place,
    sentences,
)
from service.domain.ledger.precision import printed_step
from service.domain.ledger.statement import Statement

_HUNDRED = Decimal(100)
# A share of those who should be members, which headlines call membership as well.
_COVERAGE = frozenset({"coverage", "membership"})
# A change against another time than the pair beside it is told of.
ELSEWHEN = (
    "dibanding tahun", "dibandingkan tahun", "secara tahunan", "secara bulanan", "yoy", "year on year", "dari target",
    "rata-rata", "per tahun", "setiap tahun", "dibanding target", "dibanding bulan", "dibandingkan bulan",
    "dibanding periode", "dibandingkan periode", "dibanding semester", "dibandingkan semester",
)  # fmt: skip
CONTRASTS = phrases("sedangkan | sementara | namun | tetapi | adapun | while | whereas | but")
# A stretch that may be that of the pair, if the change is told right beside it.
SINCE = ("setahun", "sejak")
# The only words between a change and the pair it is the distance of: "naik 35 persen, dari …", "… atau turun 5 persen".
_LINKS = frozenset(
    phrases(
        """
        , | ( | atau | dari | yakni | yaitu | semula | naik | turun | meningkat | menurun | menyusut | susut | tumbuh |
        bertambah | berkurang | merosot | melonjak | anjlok | menjadi | artinya | berarti | sekitar | dibanding |
        dibandingkan | ada | or | from | up | down | rose | fell
        """
    )
)
_LONGEST_LINK = 4
_STATED = ("exact", "about")
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
        pairs = _pairs(facts) or _across(earlier, facts) or _looking_back(earlier, facts)
        earlier = facts
        for change in changes:
            pair = _nearest(change, pairs)
            found = _against(change, pair) if pair is not None and _is_of(change, pair) else None
            findings += [found] if found is not None else []
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
        # "lebih dari Rp1 triliun" is where nothing came from.
        if origin is not None and origin.comparator in _STATED and _is_one_thing(origin, arrival):
            pairs.append(_Pair(origin, arrival))
    return pairs


def _is_one_thing(origin: Statement, arrival: Statement) -> bool:
    """Whether both tell of one metric: "iuran … Rp1,12 triliun, sedangkan klaim … menjadi Rp684,5 miliar" does not."""
    if origin.offset < arrival.offset and has(between(origin, arrival), CONTRASTS):
        return False
    return same_part(origin, arrival)


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


def _looking_back(earlier: Sequence[Statement], facts: Sequence[Statement]) -> list[_Pair]:
    """`… Rp88 miliar pada 2024. Angka itu naik 30 persen dibandingkan Rp80 miliar pada 2023.`"""
    if [it.kind == "change" for it in facts] != [True, False]:
        return []
    change, origin = facts
    if not has(between(change, origin), ("dari", "dibanding", "dibandingkan")) or not opens_backward(change):
        return []
    arrival = only_one(earlier, origin.unit)
    return [_Pair(origin, arrival)] if arrival is not None else []


def _nearest(change: Statement, pairs: Sequence[_Pair]) -> _Pair | None:
    """The pair it is told with: `Rp40 miliar, naik 25 persen menjadi Rp50 miliar, lalu naik 20 persen …`"""

    def distance(pair: _Pair) -> tuple[bool, bool, int]:
        is_between = pair.origin.position < change.position < pair.arrival.position
        away = min(abs(change.position - it.position) for it in pair)
        return (not is_between, not _is_beside(change, pair), away)

    return min(pairs, key=distance, default=None)


def _is_of(change: Statement, pair: _Pair) -> bool:
    """Whether the change tells the distance between the two, not one against another time or another thing."""
    beside = _is_beside(change, pair)
    related = change.metric == pair.arrival.metric or {change.metric, pair.arrival.metric} <= _COVERAGE
    if not (related or beside) or not same_part(change, pair.arrival):
        return False
    near = before(change, 30) + change.sentence[change.offset + len(change.surface) :][:45].lower()
    return not has(f" {' '.join(near.split())} ", ELSEWHEN if beside else (*ELSEWHEN, *SINCE))


def _is_beside(change: Statement, pair: _Pair) -> bool:
    """Whether the grammar ties the change to the pair, whatever either is about."""
    for one, other in ((change, pair.origin), (pair.arrival, change), (pair.origin, change)):
        if one.sentence == other.sentence and one.field == other.field and one.offset < other.offset:
            link = between(one, other).split()
            if len(link) <= _LONGEST_LINK and link and _LINKS.issuperset(link):
                return True
    return False


def _against(change: Statement, pair: _Pair) -> Finding | None:
    """The finding where the change does not fit the pair."""
    origin, arrival = pair
    moved = arrival.low - origin.low
    if origin.low == 0 or change.comparator not in _STATED:
        return None
    contrary = change.direction is not None and moved != 0 and (change.direction == "up") != (moved > 0)
    terms = (term("from", origin), term("to", arrival), term("change", change))
    involved = (change.id, origin.id, arrival.id)
    distance = _slack(origin) + _slack(arrival)
    if (change.unit == arrival.unit != "percent") or (change.unit == "percentage_point" and arrival.unit == "percent"):
        if _fits(change, [abs(moved)], distance) and not contrary:
            return None
        return Finding("change", involved, (*terms, computed(abs(moved), change.unit)))
    if change.unit == "times":
        return _multiplied(change, pair)
    if change.unit != "percent":
        return None
    relative = abs(moved) / origin.low * _HUNDRED
    if _fits(change, _relatives(pair), Decimal(0)) and not contrary:
        return None
    if arrival.unit == "percent" and _fits(change, [abs(moved)], distance) and not contrary:
        points = computed(abs(moved), "percentage_point")
        return Finding("points", involved, (*terms, points, computed(relative, "percent")))
    return Finding("change", involved, (*terms, computed(relative, "percent")))


def _multiplied(change: Statement, pair: _Pair) -> Finding | None:
    """`naik dua kali lipat, dari 4.000 menjadi 12.000`: the factor, which the press rounds generously."""
    origin, arrival = pair
    factor = max(arrival.low / origin.low, origin.low / arrival.low) if arrival.low else Decimal(0)
    if not factor or abs(factor - change.low) <= max(printed_step(change.surface, change.low) / 2, change.low / 5):
        return None
    terms = (term("from", origin), term("to", arrival), term("change", change), computed(factor, "times"))
    return Finding("change", (change.id, origin.id, arrival.id), terms)


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
