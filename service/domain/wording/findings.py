"""What does not add up in the ledger, told with its arithmetic, and how a figure stands to the official one."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from service.domain.ledger.checks.finding import Finding, Term
from service.domain.ledger.official import Standing
from service.domain.wording.numbers import figure_value
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
    "cumulative": "yang satu angka kumulatif, yang lain posisi",
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
    parts, total = _all(terms, "part"), _one(terms, "computed")
    added = " + ".join(_bare(it.value, it.unit) for it in parts)
    whole = next((it for it in terms if it.role == "whole"), None)
    if whole is None:
        return f"{added} = {_value(total.value, total.unit)}, seharusnya 100 persen."
    gap = _distance(total.value - whole.value, total.unit)
    return f"{added} = {_value(total.value, total.unit)}, tertulis {_value(whole.value, whole.unit)}: selisih {gap}."


def _change(terms: Sequence[Term]) -> str:
    origin, arrival, change = _one(terms, "from"), _one(terms, "to"), _one(terms, "change")
    moved = _one(terms, "computed")
    way = "naik" if arrival.value > origin.value else "turun"
    return f"{_from_to(origin, arrival)} adalah {way} {_value(moved.value, moved.unit)}, tertulis “{change.surface}”."


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
        return f"Tertulis “{stated.surface}”, di isi berita “{meant.surface}”: kata ribu, juta, atau miliar hilang."
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
    return f"Dari {_value(origin.value, origin.unit)} menjadi {_value(arrival.value, arrival.unit)}"


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


def _bare(value: Decimal, unit: str) -> str:
    """The value without its unit, for sums."""
    return _value(value, "ratio" if unit in _COUNTED or unit == "percent" else unit)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
