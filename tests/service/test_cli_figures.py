"""`pantau figures`: the official series comes in whole or not at all, and the ledger goes out as it is filtered."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from service.adapters.sql import SqlStore
from service.cli import cli
from service.domain.ledger.claim import LedgerFilter
from service.settings import load_settings
from service.usecases.ledger import ReviewFigure, check_ledger
from tests.service.builders import ManualClock, a_figure, an_article


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def stated() -> str:
    """The id of a statement of coverage in Pangkalpinang that two outlets print differently."""
    settings = load_settings()
    settings.data.mkdir(parents=True)
    store = SqlStore(settings.store_url)
    store.migrate()
    for outlet, surface, value in (("satu.example", "31,93 persen", 31.93), ("dua.example", "33,10 persen", 33.1)):
        text = f"Cakupan kepesertaan di Pangkalpinang {surface} per Juni 2026."
        figure = a_figure(
            surface, text, value=value, kind="level", metric="coverage", direction=None, region_code="19.71"
        )
        article = an_article("cakupan", outlet=outlet, text=text, figures=(figure,))
        with store.transaction() as transaction:
            check_ledger(transaction, article.id, transaction.add(article))
    statement = store.ledger.find(LedgerFilter())[1][0]
    ReviewFigure(store, store.ledger, ManualClock(), lambda code: code).run(statement.id, "confirmed", "Rani")
    store.close()
    return statement.id


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["figures", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return 1, str(result.exception)
    return result.exit_code, result.output


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_is_imported_as_nothing_and_a_line_added_to_it_as_itself(data: Path, ending: str) -> None:
    file = data / f"resmi.{ending}"
    assert run("template", str(file))[0] == 0
    code, told = run("import-official", str(file))
    assert (code, "0 official figures" in told) == (0, True)
    line = ["coverage", "Kota Pangkalpinang", "2026-06", "31,93", "percent", "Laporan cabang", ""]
    if ending == "csv":
        with file.open("a", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerow(line)
    else:
        book = load_workbook(file)
        book.worksheets[0].append(line)
        book.save(file)
    code, told = run("import-official", str(file))
    assert (code, "1 official figures" in told) == (0, True)


def test_claims_stand_to_the_series_that_was_imported(data: Path, stated: str) -> None:
    file = data / "resmi.csv"
    file.write_text("metric,region,period,value,unit,source\ncoverage,19.71,2026-06,31.93,percent,Laporan\n", "utf-8")
    code, told = run("import-official", str(file))
    assert code == 0
    assert "1 official figures; claims: 1 agree, 0 agree when rounded, 1 differ" in " ".join(told.split())
    code, told = run("check")
    assert code == 1
    assert "selisih 1,17 poin persen" in " ".join(told.split())
    assert "1,17 poin persen di atas angka resmi: 31,93 persen" in " ".join(told.split())


def test_a_wrong_line_enters_nothing_and_names_every_mistake(data: Path) -> None:
    file = data / "resmi.csv"
    good = "coverage,19.71,2026-06,31.93,percent,Laporan\n"
    file.write_text(f"metric,region,period,value,unit,source\n{good}covrage,19.71,2026-6,x,percent,Laporan\n", "utf-8")
    code, told = run("import-official", str(file))
    assert code == 1
    assert "nothing was entered" in told
    assert [line.split(":")[0] for line in told.splitlines()[1:]] == ["line 3"] * 3
    file.write_text(f"metric,region,period,value,unit,source\n{good}", "utf-8")
    assert "1 official figures" in run("import-official", str(file))[1]


def test_the_export_holds_what_matches(data: Path, stated: str) -> None:
    everything, one = data / "semua.csv", data / "satu.xlsx"
    assert run("export", str(everything))[0] == 0
    rows = list(csv.DictReader(everything.read_text("utf-8-sig").splitlines()))
    assert {row["Angka"] for row in rows} == {"31,93 persen", "33,10 persen"}
    assert all("selisih 1,17 poin persen" in row["Pemeriksaan"] for row in rows)
    assert run("export", str(one), "--status", "confirmed")[0] == 0
    sheet = load_workbook(one).worksheets[0]
    assert [row[5].value for row in sheet.iter_rows(min_row=2)] != []
    assert sheet.max_row == 2


@pytest.mark.parametrize("arguments", [["--status", "odd"], ["--since", "kemarin"]])
def test_a_wrong_choice_is_told(data: Path, arguments: list[str]) -> None:
    assert run("export", str(data / "a.csv"), *arguments)[0] == 2


def test_decisions_go_out_as_training_data(data: Path, stated: str) -> None:
    file = data / "putusan.jsonl"
    assert run("corrections", str(file))[0] == 0
    (row,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (row["statement"], row["verdict"], row["by"]) == (stated, "confirmed", "Rani")


def test_where_everything_adds_up_the_check_says_so(data: Path) -> None:
    assert run("check") == (0, "every stated figure adds up\n")
