"""The words around the figures of a sentence, as the checks read them."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from service.domain.ledger.statement import Statement

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()]")
# "rata-rata 62,5 klaim", "62,5 klaim per hari"
_MEAN = re.compile(r"\b(?:rata-rata|rerata|average)\b[^\d.,;]{0,40}$", re.IGNORECASE)
_RATE = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}(?:per|setiap|tiap)\s+"
    r"(?:hari|pekan|minggu|bulan|tahun|orang|peserta|pekerja|kasus|klaim|keluarga|agen|desa|kantor|perusahaan)\b"
    # "per bulan Juni", "per tahun 2024" and "per hari ini" tell a day.
    r"(?!\s+(?:\d|ini|itu|lalu|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des))",
    re.IGNORECASE,
)


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table that a bar separates."""
    return tuple(" ".join(phrase.split()) for phrase in table.split("|"))


def words(text: str) -> str:
    """The words and marks of a text in lower case, a blank around each, so that phrases are found by `in`."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def has(text: str, table: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text that `words` made."""
    return any(f" {phrase} " in text for phrase in table)


def before(statement: Statement, reach: int = 60) -> str:
    """The words of its sentence before the figure, `reach` characters at most."""
    return words(statement.sentence[max(0, statement.offset - reach) : statement.offset])


def after(statement: Statement, reach: int = 60) -> str:
    """The words of its sentence behind the figure, `reach` characters at most."""
    end = statement.offset + len(statement.surface)
    return words(statement.sentence[end : end + reach])


def between(first: Statement, second: Statement) -> str:
    """The words between two figures of one sentence, in their order."""
    return words(first.sentence[first.offset + len(first.surface) : second.offset])


def sentences(statements: Sequence[Statement]) -> list[list[Statement]]:
    """The statements gathered by the sentence they stand in, in reading order."""
    ordered = sorted(statements, key=lambda it: (it.field != "title", it.position))
    return [list(group) for _, group in groupby(ordered, key=lambda it: (it.field, it.sentence))]


def is_stated_fact(statement: Statement) -> bool:
    """Whether it states how things are: no rule, no aim, no example, no rank, no average."""
    aside = {"hypothetical", "forecast", "achievement", "achievement_or_coverage"}
    of_facts = statement.kind not in ("rule", "target", "rank") and aside.isdisjoint(statement.tags)
    return of_facts and not is_average(statement)


def is_average(statement: Statement) -> bool:
    """Whether it is an average or a rate, which has decimals of people and is no total."""
    behind = statement.sentence[statement.offset + len(statement.surface) :]
    ahead = statement.sentence[: statement.offset]
    return "rate_per_month" in statement.tags or bool(_MEAN.search(ahead) or _RATE.match(behind))


def same_place(one: Statement, other: Statement) -> bool:
    """Whether both may be about one place; an unknown one may be any."""
    return None in (one.region_code, other.region_code) or one.region_code == other.region_code


def same_time(one: Statement, other: Statement) -> bool:
    """Whether both may be of one time; an unknown one may be any, and a year holds its months."""
    if one.period is None or other.period is None:
        return True
    return one.period.startswith(other.period) or other.period.startswith(one.period)


def same_part(one: Statement, other: Statement) -> bool:
    """Whether both may count the same members or claims: no two different segments, programmes or statuses."""
    pairs = ((one.segment, other.segment), (one.program, other.program), (one.status, other.status))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


# What points back to the number of the sentence before.
BACKWARD = phrases(
    """
    jumlah itu | jumlah tersebut | angka itu | angka tersebut | total itu | total tersebut | rinciannya |
    perinciannya | dari jumlah itu | dari jumlah tersebut | dari total itu | nilai itu | nilai tersebut |
    kasus itu | peserta itu | sebanyak itu | jumlah ini | angka ini | total ini | mereka terdiri | they comprise |
    merinci | dirinci | rincian | dengan rincian | perincian | of that | of these
    """
)


def opens_backward(first: Statement) -> bool:
    """Whether the words before a sentence's first figure mean the number of the sentence before."""
    opening = words(first.sentence[: first.offset])
    return has(opening, BACKWARD) or opening.lstrip().startswith(("terdiri ", "yakni ", "yaitu ", "meliputi "))


_BACK_AT = re.compile(r" (?:dari|terhadap) (?:\w+ ){0,3}?(?:itu|tersebut|dimaksud) ")


def points_back(text: str) -> bool:
    """Whether what `words` made opens with "dari piutang tersebut" or the like."""
    return _BACK_AT.match(text) is not None


def only_one(earlier: Sequence[Statement], unit: str) -> Statement | None:
    """The one number that these statements count in the unit; None where they tell several."""
    counted = [it for it in earlier if it.unit == unit and it.kind in ("count", "amount") and not it.is_range]
    return counted[0] if len({it.low for it in counted}) == 1 else None


def pointed_at(group: Sequence[Statement], earlier: Sequence[Statement], unit: str) -> Statement | None:
    """The number of the sentence before that "dari jumlah itu" at the opening of this one means, if only one can be."""
    first = group[0]
    if not opens_backward(first):
        return None
    return only_one(earlier, unit)
