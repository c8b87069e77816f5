"""What does not add up in the ledger, told with its arithmetic, and how a figure stands to the official one."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from service.domain.ledger.checks.finding import Finding, Term
from service.domain.ledger.official import Standing
from service.domain.wording.numbers import SCALES, figure_value, scaled_value
from service.domain.wording.times import period

CHECKS = {
    "sum": "Penjumlahan tidak cocok",
    "change": "Perubahan tidak cocok",
    "base": "Dasar persentase tidak cocok",
    "points": "Persen atau poin persen",
    "scale": "Satuan besaran hilang",
    "over_all": "Melebihi 100 persen",
    "headline": "Judul berbeda dari isi",
    "outlets": "Media berbeda angka",
}

EXPLANATIONS = {
    "segment": "segmen pesertanya berbeda",
    "programme": "programnya berbeda",
    "status": "yang satu menghitung peserta aktif saja",
    "cumulative": "yang satu angka kumulatif, yang lain tidak",
    "denominator": "persentasenya dari pembagi yang berbeda",
    "approximate": "salah satunya angka kira-kira",
    "date": "tanggalnya berbeda di tahun yang sama",
}

STANDINGS = {
    "agrees": "Sesuai angka resmi",
    "rounded": "Sesuai, dibulatkan",
    "differs": "Selisih",
    "stale": "Angka lama",
}

_COUNTED = frozenset({"people", "companies", "cases", "villages", "regions", "documents", "programmes", "points"})
_MOST_TOLD = 4
_DECIMALS = re.compile(r"\d[,.](\d{1,2})(?!\d)")


def arithmetic(finding: Finding, outlet_name: Callable[[str], str] = str) -> str:
    """The finding as a sentence with all its numbers; `outlet_name` names an outlet by its id."""
    if finding.check == "outlets":
        return _outlets(finding.terms, outlet_name)
    return {
        "sum": _sum,
        "change": _change,
        "points": _points,
        "base": _base,
        "scale": _scale,
        "over_all": _over_all,
        "headline": _headline,
    }[finding.check](finding.terms)


def explanation(finding: Finding) -> str:
    """Why it may be right after all; nothing where it is a conflict."""
    if not finding.explanations:
        return ""
    reasons = [EXPLANATIONS[reason] for reason in finding.explanations]
    return f"Mungkin bukan salah: {_listed(reasons)}."


def against_official(standing: Standing) -> str:
    """How the figure stands to the official series, with the official value and where it comes from."""
    official, unit = standing.official, standing.official.unit
    told = f"{_value(official.value, unit)} ({period(official.period)}, {official.source})"
    if standing.verdict == "agrees":
        return f"Sesuai angka resmi: {told}."
    if standing.verdict == "rounded":
        return f"Sesuai angka resmi setelah dibulatkan: {told}."
    if standing.verdict == "stale" and standing.newer is not None:
        now = f"{_value(standing.newer.value, unit)} ({period(standing.newer.period)})"
        return f"Angka lama: sama dengan {told}; angka resmi kini {now}."
    higher = "di atas" if standing.difference > 0 else "di bawah"
    return f"{_distance(standing.difference, unit)} {higher} angka resmi: {told}."


def _sum(terms: Sequence[Term]) -> str:
    """`25,43 + 8,99 + 4,64 + 0,64 = 39,70 juta orang, tertulis 40,10 juta orang: selisih 0,40 juta orang.`"""
    parts, total = _all(terms, "part"), _one(terms, "computed")
    whole = next((it for it in terms if it.role == "whole"), None)
    printed = [*parts, *([whole] if whole is not None else [])]
    size, scale = _common_scale(printed)
    fine = [_decimals(it) for it in printed if _scale_of(it)[0] == size]
    decimals = max(fine) if size > 1 or total.unit == "percent" else 0

    def told(value: Decimal, unit: str = total.unit) -> str:
        return scaled_value(value, unit, size, scale, decimals)

    added = " + ".join(scaled_value(it.value, "ratio", size, "", min(_decimals(it), decimals)) for it in parts)
    mark = "Rp" if total.unit == "IDR" else ""
    if whole is None:
        return f"{added} = {told(total.value)}, seharusnya 100 persen."
    gap = told(abs(total.value - whole.value), "percentage_point" if total.unit == "percent" else total.unit)
    return f"{mark}{added} = {told(total.value)}, tertulis {told(whole.value)}: selisih {gap}."


def _common_scale(terms: Sequence[Term]) -> tuple[int, str]:
    """The smallest scale word that the numbers were printed with; 1 and nothing where one has none."""
    return min(_scale_of(it) for it in terms)


def _scale_of(term: Term) -> tuple[int, str]:
    return next((scale for scale in SCALES if scale[1] in term.surface.lower()), (1, ""))


def _decimals(term: Term) -> int:
    """How many decimals it was printed with."""
    decimals = _DECIMALS.search(term.surface)
    return len(decimals[1]) if decimals is not None else 0


def _change(terms: Sequence[Term]) -> str:
    origin, arrival, change = _one(terms, "from"), _one(terms, "to"), _one(terms, "change")
    moved = _one(terms, "computed")
    way = "naik" if arrival.value > origin.value else "turun"
    distance = _value(moved.value, moved.unit) + (" lipat" if moved.unit == "times" else "")
    return f"{_from_to(origin, arrival)} adalah {way} {distance}, tertulis “{change.surface}”."


def _points(terms: Sequence[Term]) -> str:
    origin, arrival, change = _one(terms, "from"), _one(terms, "to"), _one(terms, "change")
    points, relative = _all(terms, "computed")
    way = "Naik" if arrival.value > origin.value else "Turun"
    pair = _from_to(origin, arrival)
    return (
        f"{way} {pair[0].lower()}{pair[1:]} adalah {_value(points.value, points.unit)}, atau "
        f"{_value(relative.value, relative.unit)} secara relatif; tertulis “{change.surface}”."
    )


def _base(terms: Sequence[Term]) -> str:
    percent, number, base = _one(terms, "percent"), _one(terms, "absolute"), _one(terms, "base")
    implied = _one(terms, "computed")
    if implied.unit == "percent":
        share = f"{_bare(number.value, number.unit)} dari {_value(base.value, base.unit)}"
        return f"{share} adalah {_value(implied.value, 'percent')}, tertulis “{percent.surface}”."
    return (
        f"{_value(number.value, number.unit)} adalah {_value(percent.value, 'percent')} dari "
        f"{_value(implied.value, implied.unit)}, padahal disebut {_value(base.value, base.unit)}."
    )


def _scale(terms: Sequence[Term]) -> str:
    stated = _one(terms, "stated")
    meant = next((it for it in terms if it.role == "body"), None)
    if meant is not None:
        is_lost = not any(name in stated.surface.lower() for _, name in SCALES)
        what = "hilang" if is_lost else "tertukar"
        return f"Tertulis “{stated.surface}”, di isi berita “{meant.surface}”: kata ribu, juta, atau miliar {what}."
    return f"“{stated.surface}” tidak mungkin: kata ribu, juta, atau miliar mungkin hilang."


def _over_all(terms: Sequence[Term]) -> str:
    stated = _one(terms, "stated")
    return f"“{stated.surface}” melebihi 100 persen: yang terlindungi tidak mungkin lebih banyak daripada semuanya."


def _headline(terms: Sequence[Term]) -> str:
    title, body = _one(terms, "headline"), _one(terms, "body")
    gap = _distance(title.value - body.value, body.unit)
    return f"Judul menulis “{title.surface}”, isi berita “{body.surface}”: selisih {gap}."


def _outlets(terms: Sequence[Term], outlet_name: Callable[[str], str]) -> str:
    values = list(dict.fromkeys(it.value for it in terms))
    told = []
    for value in values:
        of_value = [it for it in terms if it.value == value]
        names = list(dict.fromkeys(outlet_name(it.outlet) for it in of_value))
        shown = [*names[:_MOST_TOLD], f"{len(names) - _MOST_TOLD} media lain"] if len(names) > _MOST_TOLD else names
        told.append(f"{_listed(shown)} menulis {_value(value, of_value[0].unit)}")
    gap = _distance(max(values) - min(values), terms[0].unit)
    return f"{'; '.join(told)}: selisih {gap}."


def _from_to(origin: Term, arrival: Term) -> str:
    return f"Dari {_printed(origin)} menjadi {_printed(arrival)}"


def _one(terms: Sequence[Term], role: str) -> Term:
    return next(it for it in terms if it.role == role)


def _all(terms: Sequence[Term], role: str) -> list[Term]:
    return [it for it in terms if it.role == role]


def _value(value: Decimal, unit: str) -> str:
    """The value as it is printed: two decimals at most, none where whole things are counted."""
    return figure_value(float(round(value, 0 if unit in _COUNTED else 2)), unit)


def _distance(value: Decimal, unit: str) -> str:
    """A difference: that of two percentages is in points."""
    return _value(abs(value), "percentage_point" if unit == "percent" else unit)


def _printed(term: Term) -> str:
    """The value with the decimals it was printed with: "42,90 persen"."""
    if term.unit != "percent" or not _decimals(term):
        return _value(term.value, term.unit)
    return scaled_value(term.value, term.unit, 1, "", _decimals(term))


def _bare(value: Decimal, unit: str) -> str:
    """The value without its unit, before one with the same."""
    return _value(value, "ratio" if unit in _COUNTED or unit == "percent" else unit)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
