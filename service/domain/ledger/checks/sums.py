"""Parts that do not make their stated whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from service.domain.ledger.checks.finding import Finding, computed, term
from service.domain.ledger.checks.reading import (
    before,
    between,
    has,
    is_stated_fact,
    phrases,
    pointed_at,
    sentences,
    words,
)
from service.domain.ledger.precision import printed_step
from service.domain.ledger.statement import Statement

# What announces a whole's parts, all of them.
OPENERS = phrases(
    """
    terdiri dari | terdiri atas | terdiri | meliputi | mencakup | rinciannya | dengan rincian | rincian | yakni |
    yaitu | terbagi | terbagi atas | dibagi | masing-masing | komposisinya | dengan komposisi | perinciannya | merinci |
    dirinci | antara | comprising | consisting of | made up of | namely | :
    """
)
# What announces only some of them.
SOME = phrases(
    """
    di antaranya | diantaranya | antara lain | termasuk | sebagian | terutama | terbanyak | terbesar | khususnya |
    tertinggi | salah satunya | including | among them | mostly | didominasi | paling banyak | disusul
    """
)
# Where a list of parts ends and something else is told.
ENDS = phrases(
    """
    sedangkan | sementara | namun | tetapi | padahal | dibanding | dibandingkan | dari target | target | naik | turun |
    meningkat | menurun | tumbuh | sebelumnya | adapun | ; | while | compared
    """
)
REST = phrases("sisanya | selebihnya | sisanya yang | sisa | the rest | the remaining | dan sisanya")
# Before a whole that closes the list of its parts.
IN_ALL = phrases(
    """
    seluruhnya | jadi seluruhnya | total seluruhnya | totalnya | sehingga total |
    sehingga jumlah | maka total | jika ditotal | bila ditotal | kalau ditotal | ditotal |
    secara keseluruhan | keseluruhan | keseluruhannya | semuanya | jumlah seluruhnya | dijumlahkan | in all | altogether
    """
)
# Only these say of percentages that they are parts of one whole; "yakni" lists any.
_COMPOSED = phrases(
    """
    terdiri dari | terdiri atas | terdiri | komposisi | komposisinya | terbagi | terbagi atas | dibagi | meliputi |
    rinciannya | dengan rincian | comprising | consisting of | made up of
    """
)
# Percentages of these each have a whole of their own.
_OF_EACH = phrases("cakupan | cakupannya | ucj | tercover | terlindungi | tingkat | capaian | coverage | tiap | setiap")
_NEAR_HUNDRED = (Decimal(85), Decimal(115))
"""Percentages that make less or more are no list of all parts, unless the last is said to be the rest."""
_LISTED = phrases(", | dan | serta | disusul | lalu | kemudian | diikuti | ( | and")
_HUNDRED = Decimal(100)
_LEAST_PERCENTAGES = 3
_LONGEST_RUN = 4


def check_sums(statements: Sequence[Statement]) -> list[Finding]:
    """Wholes with their parts, sentence by sentence, that differ by more than rounding."""
    findings: list[Finding] = []
    earlier: list[Statement] = []
    shares: list[Statement] = []
    for group in sentences(statements):
        facts = [it for it in group if is_stated_fact(it) and it.kind != "change" and not it.is_range]
        pairs = [*_announced(facts), *_with_rest(facts), *_closed_by_total(facts)]
        if facts:
            pairs += [*_pointing_back(facts, earlier), *_in_all(facts, earlier)]
            earlier = facts
        found = [found for whole, parts in pairs if (found := _sum(whole, parts)) is not None]
        findings += [it for it in found if not _is_told_elsewhere(it, statements)]
        findings += _percentages(facts) or _remaining(facts, shares)
        shares = [*shares, *(it for it in facts if it.unit == "percent" and it.kind == "share")]
    return _each_once(findings)


def _announced(facts: Sequence[Statement]) -> Iterator[tuple[Statement, list[Statement]]]:
    """`39,70 juta peserta, terdiri dari 25,43 juta PU, …`: for every unit its last figure before the opener."""
    for at in range(1, len(facts)):
        gap = between(facts[at - 1], facts[at])
        if not has(gap, OPENERS) or has(gap, SOME):
            continue
        wholes = {it.unit: it for it in facts[:at]}
        run = _run(facts[at:])
        for unit, whole in wholes.items():
            parts = [it for it in run if it.unit == unit]
            if len(parts) > 1 and unit != "percent":
                yield whole, parts


def _pointing_back(
    facts: Sequence[Statement], earlier: Sequence[Statement]
) -> Iterator[tuple[Statement, list[Statement]]]:
    """`… 148.300 peserta. Jumlah itu terdiri dari 97.450 PU, …`"""
    opening = words(facts[0].sentence[: facts[0].offset])
    if not has(opening, OPENERS) or has(opening, SOME):
        return
    whole = pointed_at(facts, earlier, facts[0].unit)
    parts = [it for it in _run(facts) if it.unit == facts[0].unit]
    if whole is not None and len(parts) > 1:
        yield whole, parts


def _in_all(facts: Sequence[Statement], earlier: Sequence[Statement]) -> Iterator[tuple[Statement, list[Statement]]]:
    """`JHT 9.412 kasus, disusul JKK 1.276 kasus, …. Jadi seluruhnya ada 11.857 kasus`"""
    whole = facts[0]
    parts = [it for it in earlier if it.unit == whole.unit]
    if len(parts) < _LEAST_PERCENTAGES or not has(words(whole.sentence[: whole.offset]), IN_ALL):
        return
    gaps = [between(one, other) for one, other in pairwise(parts)]
    if parts == list(earlier) and all(has(gap, _LISTED) and not has(gap, ENDS) for gap in gaps):
        yield whole, parts


def _closed_by_total(facts: Sequence[Statement]) -> Iterator[tuple[Statement, list[Statement]]]:
    """`JHT 5.210 kasus, JKM 412 kasus, dan JKK 688 kasus, sehingga totalnya 6.410 kasus`"""
    for at, whole in enumerate(facts[2:], start=2):
        parts = facts[:at]
        if whole.unit == "percent" or not has(between(parts[-1], whole), IN_ALL):
            continue
        gaps = [between(one, other) for one, other in pairwise(parts)]
        if all(it.unit == whole.unit for it in parts) and not any(has(gap, (*SOME, *ENDS, *OPENERS)) for gap in gaps):
            yield whole, list(parts)


def _run(facts: Sequence[Statement]) -> list[Statement]:
    """The members of the list that begins with the first; nothing where it turns out to be a list of some only."""
    run = [facts[0]]
    for previous, part in pairwise(facts):
        gap = between(previous, part)
        if has(gap, SOME):
            return []
        if has(gap, ENDS):
            break
        run.append(part)
    return run


def _with_rest(facts: Sequence[Statement]) -> Iterator[tuple[Statement, list[Statement]]]:
    """`Dari 1.142 desa, 417 …, sisanya 725`."""
    for at, last in enumerate(facts):
        if not has(before(last, 40), REST):
            continue
        same = [it for it in facts[:at] if it.unit == last.unit and it.unit != "percent"]
        if len(same) > 1 and has(before(same[0], 30), ("dari", "of")):
            yield same[0], [*same[1:], last]


def _percentages(facts: Sequence[Statement]) -> list[Finding]:
    """`62 persen PU, 25 persen BPU, sisanya 8 persen`: what is said to be all of it makes 100."""
    shares = [it for it in facts if it.unit == "percent"]
    closed = any(has(before(it, 40), REST) for it in shares[1:])
    if not shares or not (closed or _are_composition(shares)):
        return []
    gaps = [between(one, other) for one, other in pairwise(shares)]
    if any(has(gap, (*SOME, *ENDS)) for gap in gaps) or not _are_alike(shares):
        return []
    total = sum((it.low for it in shares), Decimal(0))
    least, most = _NEAR_HUNDRED
    if abs(total - _HUNDRED) <= _tolerance(shares) or not (closed or least <= total <= most):
        return []
    terms = [term("part", it) for it in shares]
    return [Finding("sum", tuple(it.id for it in shares), (*terms, computed(total, "percent")))]


def _are_composition(shares: Sequence[Statement]) -> bool:
    """Whether the percentages are told as all parts of one whole, not as one of each place or segment."""
    ahead = words(shares[0].sentence[: shares[0].offset])
    one_place = len({it.region_code for it in shares}) == 1
    return len(shares) >= _LEAST_PERCENTAGES and one_place and has(ahead, _COMPOSED) and not has(ahead, _OF_EACH)


def _remaining(facts: Sequence[Statement], shares: Sequence[Statement]) -> list[Finding]:
    """`54 persen … . 29 persen … . Sisanya, 22 persen, …`: one share a sentence, the last one said to be the rest."""
    if len(facts) != 1 or facts[0].kind != "share" or not has(before(facts[0], 40), REST):
        return []
    near = [it for it in shares if 0 < facts[0].position - it.position <= _LONGEST_RUN and it.field == facts[0].field]
    whole = [*near, facts[0]]
    total = sum((it.low for it in whole), Decimal(0))
    if len(whole) < _LEAST_PERCENTAGES or abs(total - _HUNDRED) <= _tolerance(whole):
        return []
    terms = [term("part", it) for it in whole]
    return [Finding("sum", tuple(it.id for it in whole), (*terms, computed(total, "percent")))]


def _sum(whole: Statement, parts: Sequence[Statement]) -> Finding | None:
    if any(it.comparator not in ("exact", "about") for it in (whole, *parts)) or not _are_alike(parts):
        return None
    total = sum((it.low for it in parts), Decimal(0))
    if abs(total - whole.low) <= _tolerance([whole, *parts]):
        return None
    if any(abs(it.low - whole.low) <= printed_step(it.surface, it.low) for it in parts):
        return None  # the whole told again among the parts: no breakdown of it
    terms = [term("part", it) for it in parts]
    return Finding(
        "sum", (whole.id, *(it.id for it in parts)), (*terms, computed(total, whole.unit), term("whole", whole))
    )


def _is_told_elsewhere(finding: Finding, statements: Sequence[Statement]) -> bool:
    """Whether the parts make another number of the article: then that was the whole, and nothing is wrong."""
    parts = [it for it in statements if it.id in finding.statements[1:]]
    total = sum((it.low for it in parts), Decimal(0))
    return any(
        it.unit == parts[0].unit and it.id not in finding.statements and abs(it.low - total) <= _tolerance([*parts, it])
        for it in statements
    )


def _are_alike(parts: Sequence[Statement]) -> bool:
    """Whether they can be one breakdown, which is never one of segments and programmes together."""
    by_segment = sum(it.segment is not None and it.program is None for it in parts)
    by_program = sum(it.program is not None and it.segment is None for it in parts)
    return not (by_segment and by_program)


def _tolerance(terms: Sequence[Statement]) -> Decimal:
    """What rounding leaves open: half the last printed digit of every number, a twentieth of one said to be about."""
    halves = sum((printed_step(it.surface, it.low) / 2 for it in terms), Decimal(0))
    return halves + sum((it.low / 20 for it in terms if it.comparator == "about"), Decimal(0))


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    kept: dict[str, Finding] = {}
    for finding in findings:
        kept.setdefault(finding.statements[0], finding)
    return list(kept.values())
