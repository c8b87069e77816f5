"""Tables as CSV and XLSX files: what people send, and what they are given."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from service.domain.clipping import WIDTHS, Clip, ClipHeading, Link, notes, table
from service.errors import TableUnreadable

Cell = str | int | Decimal | date | None

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 400_000_000
LONGEST_CELL = 32_767
"""What one cell of a spreadsheet can hold."""

LONGEST_LINK = 2_079
"""What a spreadsheet program takes as the target of a link."""

# A spreadsheet runs a text that begins like this as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def read_table(path: Path) -> list[list[str]]:
    """The rows of a .csv file (comma or semicolon, UTF-8) or of the first sheet of an .xlsx file, cells as text.

    TableUnreadable where the file is neither, is too large, or is damaged.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TableUnreadable(f"{path}: larger than {LARGEST_FILE // 1_000_000} MB; split the file")
        if path.suffix.lower() == ".xlsx":
            return _read_xlsx(path)
        if path.suffix.lower() == ".csv":
            return _read_csv(path)
    except OSError as error:
        raise TableUnreadable(f"{path}: cannot be read ({error.strerror or error})") from error
    raise TableUnreadable(f"{path}: neither .csv nor .xlsx; save it as one of them")


def write_csv(file: TextIO, rows: Iterable[Sequence[Cell]]) -> int:
    """Write the rows as a spreadsheet program reads them (RFC 4180); how many."""
    writer = csv.writer(file)
    count = 0
    for row in rows:
        writer.writerow([_inert(cell) for cell in row])
        count += 1
    return count


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The rows as lines of CSV, one by one; a spreadsheet program knows by the mark at the start that it is UTF-8."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO(newline="")
        write_csv(line, [row])
        yield line.getvalue()


def write_xlsx(
    file: BinaryIO,
    title: str,
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int] = (),
    notes: tuple[str, Iterable[Sequence[Cell]]] | None = None,
) -> int:
    """Write the rows as a workbook's first sheet, the first row as its heading; how many.

    `notes` are name and rows of a second sheet. Memory grows with the links only.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths):
        sheet.column_dimensions[_column(number)].width = width
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.append([_written(sheet, cell, is_heading=count == 1) for cell in row])
    if notes is not None:
        name, told = notes
        second = book.create_sheet(name)
        second.column_dimensions["A"].width, second.column_dimensions["B"].width = 24, 90
        for row in told:
            second.append([_written(second, cell, is_heading=at == 0) for at, cell in enumerate(row)])
    book.save(file)
    return count


def write_clip_csv(path: Path, heading: ClipHeading, clips: Iterator[Clip]) -> None:
    """Write the clips as CSV; the heading has no place in it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(table(clips)))


def write_clip_workbook(path: Path, heading: ClipHeading, clips: Iterator[Clip]) -> None:
    """Write the clips as a workbook, whose second sheet tells the heading."""
    with path.open("wb") as file:
        write_xlsx(file, "Kliping", table(clips), WIDTHS, ("Keterangan", notes(heading)))


def _written(sheet: Any, cell: Cell, *, is_heading: bool) -> Any:
    written = WriteOnlyCell(sheet, value=_plain(cell))  # type: ignore[arg-type]  # a date is taken, too
    if isinstance(written.value, str):
        written.data_type = "s"  # never a formula, whatever it begins with
    if is_heading:
        written.font = Font(bold=True)
    if isinstance(cell, Link) and len(cell) <= LONGEST_LINK:
        written.hyperlink = str(cell)
        written.font = Font(color="0B5D66", underline="single")
    return written


def _read_csv(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableUnreadable(f'{path}: not UTF-8; save it as "CSV UTF-8"') from error
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableUnreadable(f"{path}: no valid CSV ({error}); a quotation mark may be left open") from error


def _read_xlsx(path: Path) -> list[list[str]]:
    damaged = TableUnreadable(f"{path}: no readable .xlsx file; open it in a spreadsheet program and save it anew")
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise TableUnreadable(f"{path}: unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB")
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise damaged from error
    try:
        sheet = book.worksheets[0]
        return [[_as_text(cell) for cell in row] for row in sheet.iter_rows()]
    except (IndexError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise damaged from error
    finally:
        book.close()


def _as_text(cell: Any) -> str:
    """A cell as somebody would have typed it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        # A spreadsheet program makes a date of a typed "2026-06"; its format still shows no day.
        return f"{value:%Y-%m-%d}" if "d" in (cell.number_format or "d").lower() else f"{value:%Y-%m}"
    if isinstance(value, float):
        text = f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
        # Three decimals could be taken for thousands.
        return f"{text}0" if len(text.partition(",")[2]) == 3 else text
    return str(value)


def _inert(cell: Cell) -> str:
    """The cell as text that no spreadsheet program runs."""
    if isinstance(cell, str):
        text = _cleaned(cell)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)


def _plain(cell: Cell) -> str | int | float | date | None:
    if isinstance(cell, str):
        return _cleaned(cell)
    return float(cell) if isinstance(cell, Decimal) else cell


def _cleaned(text: str) -> str:
    return text[:LONGEST_CELL].translate(_CONTROLS)


def _column(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"{_column(number // 26 - 1)}{_column(number % 26)}"
