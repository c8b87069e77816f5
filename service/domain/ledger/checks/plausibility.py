"""Numbers that cannot be meant as they are printed: a scale word lost, coverage of more than everybody."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service.domain.ledger.checks.finding import Finding, computed, term
from service.domain.ledger.checks.reading import (
    after,
    before,
    has,
    is_average,
    is_stated_fact,
    same_part,
    same_place,
    same_time,
)
from service.domain.ledger.precision import printed_step
from service.domain.ledger.statement import Statement

# Sums that are never a few hundred rupiah.
SUMS = frozenset(
    {
        "claims_paid", "benefit_amount", "arrears", "arrears_recovered", "fund", "contribution_collected",
        "contribution_budget", "budget", "investment_yield", "wage",
    }
)  # fmt: skip
SMALLEST_SUM = Decimal(1_000)
SMALLEST_TOTAL = Decimal(1_000_000)
"""What many claims or companies come to is never less."""
_TOTALS = frozenset({"claims_paid", "arrears", "arrears_recovered", "fund", "contribution_collected"})
COUNTED = frozenset({"people", "companies", "cases", "villages", "regions", "documents"})
PARTS_OF_ALL = frozenset({"coverage", "uncovered", "compliance"})
_SCALED = re.compile(
    r"ribu|rb|juta|jt|miliar|milyar|triliun|trilyun|[\d\s](?:M|T)\b|million|billion|trillion|bn\b", re.IGNORECASE
)
_THOUSAND = Decimal(1_000)
_AIMED = ("dari target", "target", "of the target", "terhadap target")
_SURPASSED = ("lampaui", "melampaui", "melebihi", "lewati", "realisasi", "terealisasi", "capaian target")
# "17,64 dan 0,63 juta": the scale word behind the next number serves both.
_SHARED_SCALE = re.compile(
    r"\s*(?:,|dan|serta|hingga|sampai|atau|-|–)\s*[\d.,]+\s*(?:ribu|juta|miliar|triliun|thousand|million|billion)",
    re.IGNORECASE,
)
_HUNDRED = Decimal(100)
_LEAST_DIGITS = 2
"""Numbers with fewer significant digits are the same by chance."""


def check_plausibility(statements: Sequence[Statement]) -> list[Finding]:
    """Scale words lost, and shares above 100 percent."""
    return [*_lost_scales(statements), *_over_all(statements)]


def _lost_scales(statements: Sequence[Statement]) -> list[Finding]:
    findings = []
    for it in statements:
        if _is_absurd(it, statements):
            findings.append(Finding("scale", (it.id,), (term("stated", it),)))
            continue
        meant = next((other for other in statements if _is_meant(it, other, statements)), None)
        if meant is not None:
            findings.append(Finding("scale", (it.id, meant.id), (term("stated", it), term("body", meant))))
    return findings


def _is_absurd(statement: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the number shows by itself that a word is missing behind it."""
    if "source_error_suspected" in statement.tags:
        return True
    rest = statement.sentence[statement.offset + len(statement.surface) :]
    if _SHARED_SCALE.match(rest):
        return False
    if "missing_scale" in statement.tags:
        return True
    if _SCALED.search(statement.surface) or statement.is_range:
        return False
    if statement.unit in COUNTED:
        # "sepertiga" has no digits and is no count, whatever it was taken for.
        is_printed = any(letter.isdigit() for letter in statement.surface)
        return is_printed and statement.low != statement.low.to_integral_value() and not is_average(statement)
    if statement.unit != "IDR":
        return False
    if statement.metric in SUMS and statement.low < SMALLEST_SUM:
        return True
    many = any(
        other.sentence == statement.sentence and other.unit in COUNTED and other.low >= 10 for other in statements
    )
    return statement.metric in _TOTALS and many and statement.low < SMALLEST_TOTAL


def _is_meant(statement: Statement, other: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the other has the same digits and is a thousand times more, or still more, and must be the same."""
    if statement.unit != other.unit or other.field == "title" or not 0 < statement.low * _THOUSAND <= other.low:
        return False
    digits = _digits(statement)
    power = (other.low / statement.low).log10()
    if digits != _digits(other) or power % 1 != 0 or not is_stated_fact(statement):
        return False
    if statement.field == "title":
        # "412" for "41,2 juta" has lost its comma as well. With a scale word of its own the headline says something
        # else than the body: `check_headlines` tells that.
        return len(digits) >= _LEAST_DIGITS and not _SCALED.search(statement.surface)
    return power % 3 == 0 and len(digits) > _LEAST_DIGITS and _restates(statement, other, statements)


def _restates(statement: Statement, other: Statement, statements: Sequence[Statement]) -> bool:
    """`Rp9,04 miliar` and `Rp9,04 juta` of the same payments, not one sum for each of a thousand heirs."""
    times = other.low / statement.low
    each = any(it.unit in COUNTED and it.low == times for it in statements)
    same = (statement.metric, statement.kind, statement.direction) == (other.metric, other.kind, other.direction)
    alike = same and same_place(statement, other) and same_part(statement, other) and same_time(statement, other)
    return alike and not each and is_stated_fact(other)


def _digits(statement: Statement) -> str:
    return str(int(statement.low / printed_step(statement.surface, statement.low))).rstrip("0")


def _over_all(statements: Sequence[Statement]) -> list[Finding]:
    aside = {"achievement", "achievement_or_coverage", "hypothetical"}
    return [
        Finding("over_all", (it.id,), (term("stated", it), computed(_HUNDRED, "percent")))
        for it in statements
        if it.unit == "percent"
        and it.metric in PARTS_OF_ALL
        and it.kind in ("level", "target", "share")
        and it.low > _HUNDRED
        and aside.isdisjoint(it.tags)
        and not has(after(it, 25), _AIMED)
        and not has(before(it, 90), _SURPASSED)
    ]
