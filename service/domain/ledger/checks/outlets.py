"""One metric, region and period with different values in different outlets."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from service.domain.ledger.checks.finding import Explanation, Finding, Term, term
from service.domain.ledger.checks.reading import after, before, has, is_stated_fact, phrases, words
from service.domain.ledger.official import POSITIONS
from service.domain.ledger.precision import states
from service.domain.ledger.statement import Statement

CUMULATIVE = phrases(
    """
    kumulatif | secara kumulatif | sepanjang | selama | sejak | pernah | akumulasi | total sejak | hingga kini |
    cumulative | since | throughout
    """
)
INACTIVE = phrases("tidak aktif | nonaktif | non-aktif | tak aktif | belum aktif | tidak lagi aktif | inactive")
# "Hingga Juni 2025" claims of half a year are paid, "pada Juni 2025" those of a month; both are told of June.
_UP_TO_MONTH = re.compile(
    r"\b(?:hingga|sampai|sampai dengan|per|sejak|kumulatif)\s+(?:[\w]+\s+){0,2}?(?:bulan\s+)?"
    r"(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)",
    re.IGNORECASE,
)
# Behind a percentage: of whom it is one.
DENOMINATORS: dict[str, tuple[str, ...]] = {
    "workforce": phrases("angkatan kerja | penduduk bekerja | yang bekerja | penduduk usia kerja | workforce"),
    "wage_earners": phrases("penerima upah | pekerja formal | sektor formal | pekerja penerima upah"),
    "own_account": phrases("bukan penerima upah | pekerja informal | sektor informal | pekerja mandiri"),
    "vulnerable": phrases("pekerja rentan"),
    "workers": phrases("seluruh pekerja | total pekerja | semua pekerja | potensi pekerja | semesta"),
}
FAILINGS: dict[str, tuple[str, ...]] = {
    "registers_part": phrases("pds | sebagian pekerja | sebagian upah | sebagian program | daftar sebagian"),
    "registers_none": phrases(
        "pwbd | belum mendaftar | belum mendaftarkan | belum terdaftar | tidak mendaftarkan | wajib belum daftar"
    ),
    "owes": phrases("menunggak | tunggakan | penunggak | macet | piutang | belum membayar | menunggak iuran"),
}
_REACH = 70
LOOSELY = Decimal("0.2")
"""Beyond this part of the greater value no "sekitar" explains a difference."""
_APART = timedelta(days=14)
_MOST_TOLD = 200
_OUTLETS_EACH = 2
MOST_VALUES = 100
"""Of one metric, place and time; every value is held against every other."""


def check_subject(statements: Sequence[Statement]) -> list[Finding]:
    """Where outlets disagree, given all statements about one metric, region and period (see `Statement.subject`).

    One finding for every kind and unit whose values differ: a conflict, or, where every difference can be explained,
    one with the explanations. Articles that state several values of the kind have no one value to compare.
    """
    facts = [
        it
        for it in statements
        if is_stated_fact(it) and it.verdict != "rejected" and it.kind != "rule" and not it.is_origin
    ]
    groups: defaultdict[tuple[str | None, ...], list[Statement]] = defaultdict(list)
    for it in facts:
        groups[it.kind, it.unit, it.direction if it.kind == "change" else None, _failing(it)].append(it)
    findings = [_disagreement(_by_article(group)) for group in groups.values()]
    return [finding for finding in findings if finding is not None]


def _failing(statement: Statement) -> str | None:
    """Which duty companies fail: those that owe and those that never registered are two counts of `non_compliance`."""
    if statement.metric != "non_compliance":
        return None
    sentence = words(statement.sentence)
    return next((duty for duty, table in FAILINGS.items() if has(sentence, table)), None)


def _by_article(group: Iterable[Statement]) -> list[Statement]:
    """The one value of each article that states one; what its text says counts more than its headline."""
    articles: defaultdict[str, list[Statement]] = defaultdict(list)
    for it in group:
        articles[it.article_id].append(it)
    single = []
    for stated in articles.values():
        body = [it for it in stated if it.field != "title"] or stated
        if len({(it.low, it.high) for it in body}) == 1:
            single.append(max(body, key=_told))
    return sorted(single, key=lambda it: (it.moment, it.article_id))


def _told(statement: Statement) -> int:
    """How much of its definition the statement tells."""
    return sum(slot is not None for slot in (statement.segment, statement.program, statement.status))


def _disagreement(single: Sequence[Statement]) -> Finding | None:
    """The finding about values that differ: the pair that nothing explains, else the first that something does."""
    explained: tuple[tuple[Statement, Statement], tuple[Explanation, ...]] | None = None
    distinct = _distinct(single)
    for one, other in combinations(distinct, 2):
        if one.outlet == other.outlet or _agree(one, other):
            continue
        reasons = _explanations(one, other)
        if not reasons:
            return _finding(single, one, other, ())
        explained = explained or ((one, other), reasons)
    return _finding(single, *explained[0], explained[1]) if explained is not None else None


def _distinct(single: Sequence[Statement]) -> list[Statement]:
    """Two outlets' statements, so that there is another outlet's, for each of the newest values and definitions."""
    kept: defaultdict[tuple[object, ...], dict[str, Statement]] = defaultdict(dict)
    for it in reversed(single):
        of_value = kept[it.low, it.high, it.comparator, it.segment, it.program, it.status]
        if len(of_value) < _OUTLETS_EACH:
            of_value.setdefault(it.outlet, it)
        if len(kept) == MOST_VALUES:
            break
    found = [it for of_value in kept.values() for it in of_value.values()]
    return sorted(found, key=lambda it: (it.moment, it.article_id))


def _finding(
    single: Sequence[Statement], one: Statement, other: Statement, reasons: tuple[Explanation, ...]
) -> Finding:
    """All outlets that state either value: in its terms the value to be trusted first, in its statements last."""
    involved = [it for it in single if (it.low, it.high) in ((one.low, one.high), (other.low, other.high))]
    trusted = {it.low for it in involved if it.verdict is not None}
    outlets = Counter(low for low, _ in {(it.low, it.outlet) for it in involved})
    first_of: dict[tuple[object, ...], Statement] = {}
    for it in sorted(involved, key=lambda it: it.verdict is None):
        first_of.setdefault((it.low, it.outlet), it)
    # What a person confirmed or corrected is right; else what more outlets print is more likely so.
    shown = _of_either(sorted(first_of.values(), key=lambda it: (it.low not in trusted, -outlets[it.low])))
    terms: tuple[Term, ...] = tuple(term("stated", it) for it in shown)
    return Finding("outlets", tuple(it.id for it in reversed(shown)), terms, reasons)


def _of_either(ordered: Sequence[Statement]) -> list[Statement]:
    """At most so many as a page can show, some of either value."""
    first = [it for it in ordered if it.low == ordered[0].low]
    second = [it for it in ordered if it.low != ordered[0].low]
    room = max(_MOST_TOLD - len(second), _MOST_TOLD // 2)
    return [*first[:room], *second[: _MOST_TOLD - min(room, len(first))]]


def _agree(one: Statement, other: Statement) -> bool:
    """Whether both may be the same number, one of them rounded or said to be about."""
    if one.is_range or other.is_range:
        return one.low <= other.high and other.low <= one.high
    return states(one, other.low) or states(other, one.low)


def _explanations(one: Statement, other: Statement) -> tuple[Explanation, ...]:
    reasons: list[Explanation] = []
    if not _same(one, other, one.segment, other.segment):
        reasons.append("segment")
    if not _same(one, other, one.program, other.program):
        reasons.append("programme")
    if _is_inactive(one) != _is_inactive(other) or _differ_in_activity(one, other):
        reasons.append("status")
    if _is_cumulative(one) != _is_cumulative(other):
        reasons.append("cumulative")
    if one.unit == "percent" and _denominator(one) != _denominator(other):
        reasons.append("denominator")
    if _may_be_meant(one, other) or _may_be_meant(other, one):
        reasons.append("approximate")
    if _is_of_a_year(one) and one.metric in POSITIONS and abs(one.moment - other.moment) > _APART:
        reasons.append("date")
    return tuple(reasons)


def _same(one: Statement, other: Statement, part: str | None, other_part: str | None) -> bool:
    """Whether both count the same part; one that names none may mean the part that its headline names."""
    if part == other_part:
        return True
    if part is not None and other_part is not None:
        return False
    silent, named = (one, other_part) if part is None else (other, part)
    return named is not None and has(words(f"{silent.title}. {silent.sentence}"), (named.lower(),))


def _may_be_meant(loose: Statement, other: Statement) -> bool:
    """Whether the looser of the two may have been said of the other, though further off than the press is wont to."""
    if loose.comparator == "about":
        return abs(loose.low - other.low) <= LOOSELY * max(loose.low, other.low)
    if loose.comparator in ("more_than", "at_least"):
        return other.high > loose.low
    return loose.comparator in ("less_than", "at_most") and other.low < loose.high


def _is_inactive(statement: Statement) -> bool:
    return statement.status == "inactive" or has(before(statement, _REACH), INACTIVE)


def _differ_in_activity(one: Statement, other: Statement) -> bool:
    return {one.status, other.status} == {"active", "registered"}


def _is_of_a_year(statement: Statement) -> bool:
    return statement.period is not None and len(statement.period) == len("2026")


def _is_cumulative(statement: Statement) -> bool:
    """Whether it counts all that came together: of members since the scheme began, of claims up to a month."""
    if statement.metric in POSITIONS:
        return has(before(statement, _REACH) + after(statement, _REACH), CUMULATIVE)
    one_month = statement.period is not None and "/" not in statement.period and not _is_of_a_year(statement)
    return one_month and _UP_TO_MONTH.search(statement.sentence) is not None


def _denominator(statement: Statement) -> str | None:
    near = after(statement, _REACH)
    return next((name for name, table in DENOMINATORS.items() if has(near, table)), None)
