"""The official series as people write it into a table: read with every mistake named by its line."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.periods import days_of
from service.domain.wording.names import METRICS, SEGMENTS
from service.domain.wording.numbers import UNITS

COLUMNS = ("metric", "region", "period", "value", "unit", "source", "segment")
REQUIRED = COLUMNS[:-1]
EXAMPLES = (
    ("coverage", "ID", "2025-12", "36,90", "percent", "Laporan tahunan 2025", ""),
    ("coverage", "19.71", "2025-12", "31,93", "percent", "Laporan cabang", ""),
    ("membership", "Kota Pangkalpinang", "2026-06", "41250", "people", "Laporan cabang", "PU"),
    ("claims_paid", "19.71", "2026-01/2026-06", "9040000000", "IDR", "Laporan cabang", ""),
)
"""What the template shows; the importer knows these lines again and leaves them out."""

LONGEST_SOURCE = 200
MOST_LINES = 100_000

_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
_INDONESIAN = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)

RegionCode = Callable[[str], str | None]
"""The official code of a code or of a region's name; None where there is none such, or where two share the name."""


@dataclass(frozen=True, slots=True)
class LineMistake:
    """Something wrong in one line, counted from 1, the heading being the first."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """What a table says; `figures` is all of it only where there are no mistakes."""

    figures: tuple[OfficialFigure, ...]
    mistakes: tuple[LineMistake, ...]


def read_official(rows: Iterable[Sequence[str]], region_code: RegionCode) -> OfficialTable:
    """The official figures of a table whose first row is the heading; empty rows are passed over."""
    lines = enumerate(rows, start=1)
    number, heading = next(((number, row) for number, row in lines if any(row)), (1, ()))
    names = [cell.strip().lower() for cell in heading]
    mistakes = [LineMistake(number, message) for message in _heading_mistakes(names)]
    if mistakes:
        return OfficialTable((), tuple(mistakes))
    figures: list[OfficialFigure] = []
    entered: dict[tuple[str, ...], int] = {}
    for number, row in lines:
        if not any(cell.strip() for cell in row) or tuple(_cells(names, row).values()) in _EXAMPLE_LINES:
            continue
        if number > MOST_LINES:
            mistakes.append(LineMistake(number, f"more than {MOST_LINES:,} lines; split the file"))
            break
        figure, wrong = _figure(_cells(names, row), region_code)
        mistakes += [LineMistake(number, message) for message in wrong]
        if figure is None:
            continue
        key = (figure.metric, figure.region, figure.period, figure.unit, figure.segment or "")
        if key in entered:
            mistakes.append(LineMistake(number, f"states the same as line {entered[key]}; keep one of them"))
        entered.setdefault(key, number)
        figures.append(figure)
    return OfficialTable(tuple(figures), tuple(mistakes))


def read_value(text: str) -> Decimal:
    """ "31,93", "31.93", "41250", "41.250,5" or "1,234.5" as a number; ValueError, saying what to write, for others."""
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if _AMBIGUOUS.fullmatch(text):
        whole = re.sub(r"[.,]", "", text)
        raise ValueError(f"{text!r} can be read in two ways; write {whole}, or {text}0 if it is a fraction")
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _INDONESIAN.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    raise ValueError(f"{text!r} is no number; write it like 31,93 or 41250")


def _heading_mistakes(names: Sequence[str]) -> list[str]:
    missing = [name for name in REQUIRED if name not in names]
    if not missing:
        return []
    return [f"the heading lacks {', '.join(missing)}; the columns are {', '.join(COLUMNS)}"]


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The cells of a line by column, those that are missing as empty."""
    cells = {name: cell.strip() for name, cell in zip(names, row, strict=False)}
    return {name: cells.get(name, "") for name in COLUMNS}


_EXAMPLE_LINES = frozenset(EXAMPLES)


def _figure(cells: Mapping[str, str], region_code: RegionCode) -> tuple[OfficialFigure | None, list[str]]:
    wrong: list[str] = []
    metric = _code("metric", cells["metric"], METRICS, wrong)
    unit = _code("unit", cells["unit"], UNITS, wrong)
    segment = _code("segment", cells["segment"], SEGMENTS, wrong) if cells["segment"] else None
    region = region_code(cells["region"]) if cells["region"] else None
    if region is None:
        wrong.append(f"region: {cells['region']!r} is no region; write its official code or full name, or ID")
    try:
        days_of(cells["period"])
    except ValueError:
        wrong.append(f"period: {cells['period']!r} is no period; write 2026, 2026-06, 2026-06-30 or 2026-01/2026-06")
    value = Decimal(0)
    try:
        value = read_value(cells["value"])
    except ValueError as error:
        wrong.append(f"value: {error}")
    if unit == "percent" and not 0 <= value <= 1000:
        wrong.append(f"value: {value} percent cannot be")
    if not cells["source"]:
        wrong.append("source: say where the value comes from")
    elif len(cells["source"]) > LONGEST_SOURCE:
        wrong.append(f"source: longer than {LONGEST_SOURCE} characters")
    if wrong or region is None:
        return None, wrong
    return OfficialFigure(metric, region, cells["period"], value, unit, cells["source"], segment), []


def _code(column: str, value: str, known: Mapping[str, str], wrong: list[str]) -> str:
    """The code that the cell holds, also where it holds the name of one; else what is wrong goes into `wrong`."""
    by_name = {name.casefold(): code for code, name in known.items()} | {code.casefold(): code for code in known}
    found = by_name.get(value.casefold())
    if found is not None:
        return found
    near = get_close_matches(value.casefold(), by_name, n=1)
    hint = f"; did you mean {by_name[near[0]]}?" if near else f"; known are {', '.join(sorted(known))}"
    wrong.append(f"{column}: {value!r} is unknown{hint}")
    return ""
