"""The ledger as a table for spreadsheets: one row per statement, one column per heading."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.domain.ledger.claim import Claim
from service.domain.ledger.statement import Statement
from service.domain.wording.findings import STANDINGS, arithmetic, explanation
from service.domain.wording.names import COMPARATORS, DIRECTIONS, KINDS, METRICS, VERDICTS, resolution
from service.domain.wording.numbers import UNITS

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with its claim, and the names of outlets."""

    statement: Statement
    claim: Claim
    outlet_name: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it, and how wide a spreadsheet shows it, in characters."""

    heading: str
    cell: Callable[[Row], Cell]
    width: int = 14


COLUMNS: tuple[Column, ...] = (
    Column("Tanggal", lambda row: row.statement.day, 12),
    Column("Media", lambda row: row.outlet_name(row.statement.outlet), 22),
    Column("Judul", lambda row: row.statement.title, 50),
    Column("Metrik", lambda row: METRICS.get(row.statement.metric, row.statement.metric), 22),
    Column("Jenis", lambda row: KINDS.get(row.statement.kind, row.statement.kind)),
    Column("Angka", lambda row: row.statement.surface, 18),
    Column("Nilai", lambda row: row.statement.low, 18),
    Column("Nilai sampai", lambda row: row.statement.high if row.statement.is_range else None),
    Column("Satuan", lambda row: UNITS.get(row.statement.unit) or row.statement.unit),
    Column("Pembanding", lambda row: COMPARATORS.get(row.statement.comparator)),
    Column("Arah", lambda row: DIRECTIONS.get(row.statement.direction or "")),
    Column("Dari", lambda row: row.statement.from_),
    Column("Menjadi", lambda row: row.statement.to),
    Column("Segmen", lambda row: row.statement.segment),
    Column("Program", lambda row: row.statement.program),
    Column("Status peserta", lambda row: row.statement.status),
    Column("Wilayah", lambda row: row.statement.region, 20),
    Column("Kode wilayah", lambda row: row.statement.region_code),
    Column("Periode", lambda row: row.statement.period, 18),
    Column("Per tanggal", lambda row: row.statement.as_of, 12),
    Column("Narasumber", lambda row: row.statement.speaker, 24),
    Column("Jabatan", lambda row: row.statement.speaker_title, 30),
    Column("Kalimat", lambda row: row.statement.sentence.rstrip(), 80),
    Column("Letak angka", lambda row: row.statement.offset),
    Column("Keyakinan", lambda row: Decimal(str(row.statement.confidence))),
    Column("Diperoleh dari", lambda row: _resolved(row), 30),
    Column("Pemeriksaan", lambda row: _checked(row), 60),
    Column("Terhadap angka resmi", lambda row: STANDINGS[it.verdict] if (it := row.claim.standing) else None, 22),
    Column("Angka resmi", lambda row: it.official.value if (it := row.claim.standing) else None, 18),
    Column("Selisih", lambda row: it.difference if (it := row.claim.standing) else None, 18),
    Column("Putusan", lambda row: VERDICTS.get(row.statement.verdict or "")),
    Column("Jumlah media", lambda row: row.claim.outlets),
    Column("Tautan", lambda row: row.statement.url, 40),
    Column("Klaim", lambda row: row.claim.id, 24),
    Column("Id", lambda row: row.statement.id, 24),
)

WIDTHS = tuple(column.width for column in COLUMNS)


def table(stated: Iterable[tuple[Statement, Claim]], outlet_name: Callable[[str], str]) -> Iterator[list[Cell]]:
    """The heading and then a row per statement, as they come."""
    yield [column.heading for column in COLUMNS]
    for statement, claim in stated:
        row = Row(statement, claim, outlet_name)
        yield [column.cell(row) for column in COLUMNS]


def _resolved(row: Row) -> str:
    return "; ".join(resolution(it.slot, it.origin) for it in row.statement.resolved)


def _checked(row: Row) -> str:
    told = [f"{arithmetic(it, row.outlet_name)} {explanation(it)}".strip() for it in row.claim.findings]
    return " ".join(told)
