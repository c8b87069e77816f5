"""What does not add up in the ledger, told with its arithmetic, and how a figure stands to the official one."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from service.domain.ledger.checks.finding import Finding, Term
from service.domain.ledger.official import Standing
from service.domain.wording.language import say
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
    reasons = [say(EXPLANATIONS[reason]) for reason in finding.explanations]
    return say("Mungkin bukan salah: {reasons}.", reasons=_listed(reasons))


def against_official(standing: Standing) -> str:
    """How the figure stands to the official series, with the official value and where it comes from."""
    official, unit = standing.official, standing.official.unit
    told = f"{_value(official.value, unit)} ({period(official.period)}, {official.source})"
    if standing.verdict == "agrees":
        return say("Sesuai angka resmi: {official}.", official=told)
    if standing.verdict == "rounded":
        return say("Sesuai angka resmi setelah dibulatkan: {official}.", official=told)
    if standing.verdict == "stale" and standing.newer is not None:
        now = f"{_value(standing.newer.value, unit)} ({period(standing.newer.period)})"
        return say("Angka lama: sama dengan {official}; angka resmi kini {now}.", official=told, now=now)
    gap = _distance(standing.difference, unit)
    if standing.difference > 0:
        return say("{gap} di atas angka resmi: {official}.", gap=gap, official=told)
    return say("{gap} di bawah angka resmi: {official}.", gap=gap, official=told)


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
        return say("{terms} = {total}, seharusnya 100 persen.", terms=added, total=told(total.value))
    gap = told(abs(total.value - whole.value), "percentage_point" if total.unit == "percent" else total.unit)
    return say(
        "{terms} = {total}, tertulis {stated}: selisih {gap}.",
        terms=f"{mark}{added}",
        total=told(total.value),
        stated=told(whole.value),
        gap=gap,
    )


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
    distance = _value(moved.value, moved.unit)
    told = {
        "origin": _printed(origin),
        "arrival": _printed(arrival),
        "distance": say("{factor} lipat", factor=distance) if moved.unit == "times" else distance,
        "stated": change.surface,
    }
    if arrival.value > origin.value:
        return say("Dari {origin} menjadi {arrival} adalah naik {distance}, tertulis “{stated}”.", **told)
    return say("Dari {origin} menjadi {arrival} adalah turun {distance}, tertulis “{stated}”.", **told)


def _points(terms: Sequence[Term]) -> str:
    origin, arrival, change = _one(terms, "from"), _one(terms, "to"), _one(terms, "change")
    points, relative = _all(terms, "computed")
    told = {
        "origin": _printed(origin),
        "arrival": _printed(arrival),
        "points": _value(points.value, points.unit),
        "relative": _value(relative.value, relative.unit),
        "stated": change.surface,
    }
    if arrival.value > origin.value:
        return say(
            "Naik dari {origin} menjadi {arrival} adalah {points}, atau {relative} secara relatif; "
            "tertulis “{stated}”.",
            **told,
        )
    return say(
        "Turun dari {origin} menjadi {arrival} adalah {points}, atau {relative} secara relatif; tertulis “{stated}”.",
        **told,
    )


def _base(terms: Sequence[Term]) -> str:
    percent, number, base = _one(terms, "percent"), _one(terms, "absolute"), _one(terms, "base")
    implied = _one(terms, "computed")
    if implied.unit == "percent":
        return say(
            "{part} dari {whole} adalah {percent}, tertulis “{stated}”.",
            part=_bare(number.value, number.unit),
            whole=_value(base.value, base.unit),
            percent=_value(implied.value, "percent"),
            stated=percent.surface,
        )
    return say(
        "{part} adalah {percent} dari {implied}, padahal disebut {stated}.",
        part=_value(number.value, number.unit),
        percent=_value(percent.value, "percent"),
        implied=_value(implied.value, implied.unit),
        stated=_value(base.value, base.unit),
    )


def _scale(terms: Sequence[Term]) -> str:
    stated = _one(terms, "stated").surface
    meant = next((it.surface for it in terms if it.role == "body"), None)
    if meant is None:
        return say("“{stated}” tidak mungkin: kata ribu, juta, atau miliar mungkin hilang.", stated=stated)
    if any(name in stated.lower() for _, name in SCALES):
        return say(
            "Tertulis “{stated}”, di isi berita “{meant}”: kata ribu, juta, atau miliar tertukar.",
            stated=stated,
            meant=meant,
        )
    return say(
        "Tertulis “{stated}”, di isi berita “{meant}”: kata ribu, juta, atau miliar hilang.", stated=stated, meant=meant
    )


def _over_all(terms: Sequence[Term]) -> str:
    return say(
        "“{stated}” melebihi 100 persen: yang terlindungi tidak mungkin lebih banyak daripada semuanya.",
        stated=_one(terms, "stated").surface,
    )


def _headline(terms: Sequence[Term]) -> str:
    title, body = _one(terms, "headline"), _one(terms, "body")
    return say(
        "Judul menulis “{title}”, isi berita “{body}”: selisih {gap}.",
        title=title.surface,
        body=body.surface,
        gap=_distance(title.value - body.value, body.unit),
    )


def _outlets(terms: Sequence[Term], outlet_name: Callable[[str], str]) -> str:
    values = list(dict.fromkeys(it.value for it in terms))
    told = []
    for value in values:
        of_value = [it for it in terms if it.value == value]
        names = list(dict.fromkeys(outlet_name(it.outlet) for it in of_value))
        told.append(say("{outlets} menulis {value}", outlets=_named(names), value=_value(value, of_value[0].unit)))
    gap = _distance(max(values) - min(values), terms[0].unit)
    return say("{told}: selisih {gap}.", told="; ".join(told), gap=gap)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_TOLD
    if more <= 0:
        return _listed(names)
    return say("{names} dan {count} media lain", names=", ".join(names[:_MOST_TOLD]), count=more)


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
    if len(names) == 1:
        return names[0]
    return say("{names} dan {last}", names=", ".join(names[:-1]), last=names[-1])
