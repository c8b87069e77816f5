"""The headline's figures against the body's."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service.domain.ledger.checks.finding import Finding, term
from service.domain.ledger.checks.reading import is_average, same_part, same_place, same_time
from service.domain.ledger.precision import states
from service.domain.ledger.statement import Statement

_COVERAGE = frozenset({"coverage", "membership"})
# Money of the agency that headlines and bodies name by different words.
_PAID = frozenset({"claims_paid", "benefit_amount"})
_CLAIMS = frozenset({"claims_paid", "claims_count"})
_LEAST_DIGITS = 3
_LARGEST_RATIO = Decimal(50)
"""Numbers further apart than this are two things, unless their digits are the same."""


def check_headlines(statements: Sequence[Statement]) -> list[Finding]:
    """Figures of the title that the text states otherwise."""
    body = [it for it in statements if it.field != "title"]
    findings = []
    for title in statements:
        if title.field != "title" or title.kind == "rule" or title.is_range or "hypothetical" in title.tags:
            continue
        if any(it.unit == title.unit and _agree(title, it) for it in body):
            continue
        candidates = _nearest([it for it in body if _is_of_the_same(title, it)], title)
        meant = _meant(title, candidates, body)
        if meant is not None:
            findings.append(Finding("headline", (title.id, meant.id), (term("headline", title), term("body", meant))))
    return findings


def _meant(title: Statement, candidates: Sequence[Statement], body: Sequence[Statement]) -> Statement | None:
    """The body's figure that the headline should state: the only one, else the only one that a slip of digits misses.

    A headline may add up, average or leave out what the body lists, so that one of several proves nothing.
    """
    if len({it.low for it in candidates}) != 1 or _is_of_a_list(candidates[0], body):
        candidates = [it for it in candidates if _is_a_slip(title, it)]
    if len({it.low for it in candidates}) != 1 or not _are_comparable(title, candidates[0]):
        return None
    return candidates[0]


def _is_of_a_list(candidate: Statement, body: Sequence[Statement]) -> bool:
    """Whether its sentence tells the same of other places: "Gorontalo" in the headline may mean all of them."""
    return any(
        it.sentence == candidate.sentence
        and (it.metric, it.unit, it.kind) == (candidate.metric, candidate.unit, candidate.kind)
        and it.region_code != candidate.region_code
        for it in body
    )


def _is_a_slip(title: Statement, body: Statement) -> bool:
    """Whether the printed digits are the same in another order: 87.450 and 78.450."""
    one, other = (re.sub(r"\D", "", it.surface) for it in (title, body))
    return len(one) >= _LEAST_DIGITS and one != other and sorted(one) == sorted(other)


def _nearest(candidates: Sequence[Statement], title: Statement) -> list[Statement]:
    """Those with the same digits, else those of the very metric, else all."""
    for narrower in (
        [it for it in candidates if it.low > 0 and (it.low / title.low).log10() % 1 == 0] if title.low > 0 else [],
        [it for it in candidates if it.metric == title.metric],
    ):
        if narrower:
            return narrower
    return list(candidates)


def _agree(title: Statement, body: Statement) -> bool:
    """Whether one may be the other, rounded or said with "nearly"."""
    return states(title, body.low) or states(body, title.low)


def _is_of_the_same(title: Statement, body: Statement) -> bool:
    """Whether the body's figure is about what the headline's is."""
    if title.unit != body.unit or title.kind != body.kind or body.is_range or is_average(title) != is_average(body):
        return False
    pair = {title.metric, body.metric}
    # "Klaim naik 18 persen" may be said of their number or of their sum.
    grown = title.unit == "percent" and pair <= _CLAIMS
    if not (len(pair) == 1 or pair <= _COVERAGE or pair <= _PAID or grown):
        return False
    turned = None not in (title.direction, body.direction) and title.direction != body.direction
    return not turned and same_place(title, body) and same_time(title, body) and same_part(title, body)


def _are_comparable(title: Statement, body: Statement) -> bool:
    small, large = sorted((title.low, body.low))
    if small <= 0:
        return False
    ratio = large / small
    return ratio <= _LARGEST_RATIO or ratio.log10() % 1 == 0
