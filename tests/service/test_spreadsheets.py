"""Tables as files: read whatever a spreadsheet program writes, and written so that nothing in them runs."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from service.adapters.spreadsheets import Cell, csv_lines, read_table, write_csv, write_xlsx
from service.errors import TableUnreadable

ROWS: list[list[Cell]] = [["Wilayah", "Nilai", "Hari"], ["Kota Palembang", Decimal("31.93"), date(2026, 6, 30)]]
HOSTILE = ['=HYPERLINK("http://jahat.example")', "+1", "-2+3", "@SUM(A1)", "\t=1", "a\x00b\x1bc"]


@pytest.mark.parametrize(
    "text",
    [
        "metric,region\ncoverage,19.71\n",
        "\ufeffmetric;region\r\ncoverage;19.71\r\n",
        'metric,region\n"coverage","19.71"',
    ],
)
def test_csv_is_read_with_either_delimiter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "resmi.csv"
    path.write_text(text, encoding="utf-8")
    assert read_table(path) == [["metric", "region"], ["coverage", "19.71"]]


def test_an_xlsx_file_is_read_as_it_was_typed(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["coverage", "19.71", date(2026, 6, 1), 31.93, None, 41250, 1.234, 2026])
    sheet["C1"].number_format = "mmm-yy"
    sheet.append(["x", "19", date(2026, 6, 30), 4.0])
    book.save(tmp_path / "resmi.xlsx")
    first, second = read_table(tmp_path / "resmi.xlsx")
    assert first == ["coverage", "19.71", "2026-06", "31,93", "", "41250", "1,2340", "2026"]
    assert second[:4] == ["x", "19", "2026-06-30", "4"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ods", b"", "neither .csv nor .xlsx"),
        ("a.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("a.csv", b'metric,region\n"coverage', "no valid CSV"),
        ("a.xlsx", b"no zip", "no readable .xlsx file"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableUnreadable, match=message):
        read_table(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match=r"tidak-ada\.csv: cannot be read"):
        read_table(tmp_path / "tidak-ada.csv")


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            with archive.open(f"xl/{number}.xml", "w") as part:
                for _ in range(100):
                    part.write(bytes(1_000_000))
    with pytest.raises(TableUnreadable, match="unpacks to more than 400 MB"):
        read_table(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TableUnreadable, match=r"no readable \.xlsx file"):
        read_table(tmp_path / "a.xlsx")


def test_csv_cells_never_begin_a_formula() -> None:
    file = io.StringIO(newline="")
    write_csv(file, [HOSTILE])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert [cell[:2] for cell in row[:4]] == ["'=", "'+", "'-", "'@"]
    assert row[5] == "abc"


def test_xlsx_cells_are_text_or_numbers_and_never_formulas() -> None:
    file = io.BytesIO()
    write_xlsx(file, "Angka", [HOSTILE, [Decimal("31.93"), date(2026, 6, 30), None, 7]])
    sheet = load_workbook(file).worksheets[0]
    assert [cell.data_type for cell in sheet[1]] == ["s"] * 6
    assert [cell.value for cell in sheet[2]][:1] == [31.93]


def test_both_writers_write_every_row() -> None:
    text, packed = io.StringIO(newline=""), io.BytesIO()
    assert write_csv(text, ROWS) == write_xlsx(packed, "Angka", ROWS, widths=[20, 10, 12]) == 2
    assert text.getvalue() == "Wilayah,Nilai,Hari\r\nKota Palembang,31.93,2026-06-30\r\n"
    assert "".join(csv_lines(ROWS)) == "\ufeff" + text.getvalue()
