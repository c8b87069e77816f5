"""The words around the figures of a sentence, as the checks read them."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from service.domain.ledger.statement import Statement

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()]")


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
    """Whether it states how things are: no rule, no aim, no example, no rank."""
    aside = {"hypothetical", "forecast", "achievement", "achievement_or_coverage"}
    return statement.kind not in ("rule", "target", "rank") and aside.isdisjoint(statement.tags)


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
    jumlah itu | jumlah tersebut | angka itu | angka tersebut | total itu | total tersebut | rinciannya | perinciannya |
    dari jumlah itu | dari jumlah tersebut | dari total itu | nilai itu | nilai tersebut | kasus itu | peserta itu |
    sebanyak itu | of that | of these
    """
)


def pointed_at(group: Sequence[Statement], earlier: Sequence[Statement], unit: str) -> Statement | None:
    """The number of the sentence before that "dari jumlah itu" at the opening of this one means, if only one can be."""
    first = group[0]
    if not has(words(first.sentence[: first.offset]), BACKWARD):
        return None
    counted = [it for it in earlier if it.unit == unit and it.kind in ("count", "amount") and not it.is_range]
    return counted[0] if len({it.low for it in counted}) == 1 else None
