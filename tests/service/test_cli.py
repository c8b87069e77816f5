import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import cli

COMMANDS = ["demo", "run", "worker", "web", "crawl", "ingest", "index", "digest", "alerts", "doctor"]
PAGE = """<html><head><title>Cakupan Jamsostek di Kota Palu Turun</title></head><body><article>
<h1>Cakupan Jamsostek di Kota Palu Turun</h1><p>Jumat, 20 November 2026 10:15 WITA</p>
<p>Cakupan kepesertaan BPJS Ketenagakerjaan di Kota Palu turun menjadi 31,93 persen dari seluruh pekerja.</p>
<p>Kepala kantor cabang menyebut sejumlah proyek selesai sehingga pekerjanya tidak lagi menjadi peserta.</p>
<p><strong>BACA JUGA:</strong> <a href="/bola">Persib menang 2-1 dan 40 persen tiket habis</a></p>
<p>Ia menargetkan cakupan naik lagi pada tahun depan setelah kerja sama dengan pemerintah kota.</p>
</article></body></html>"""


@pytest.fixture(autouse=True)
def a_data_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


@pytest.mark.parametrize("command", [*COMMANDS, "extract", "analyse", "search"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.split()) > 12


def test_extract_prints_one_object(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    result = run("extract", "--url", "https://kota.test/berita/1/cakupan-turun", str(page))
    read = json.loads(result.stdout)
    wanted = ["title", "text", "authors", "published", "modified", "section", "tags"]
    assert {*wanted, "canonical_url", "language", "next_pages"} <= read.keys()
    assert read["title"] == "Cakupan Jamsostek di Kota Palu Turun"
    assert "31,93 persen" in read["text"]
    assert "Persib" not in read["text"]
    assert read["published"] == "2026-11-20T02:15:00+00:00"
    assert read["language"] == "id"


def test_extract_jsonl_answers_each_line_and_survives_bad_ones(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    lines = [
        json.dumps({"id": "a", "url": "https://kota.test/berita/1/a", "html": PAGE}),
        "{not json",
        json.dumps({"id": "b", "url": "https://kota.test/berita/1/b", "path": str(page)}),
        json.dumps({"id": "c", "url": "https://kota.test/berita/1/c"}),
        json.dumps({"id": "d", "url": "https://kota.test/berita/1/d", "path": str(tmp_path / "none.html")}),
        json.dumps({"id": "e", "url": "https://kota.test/berita/1/e", "html": "<html></html>"}),
        json.dumps({"id": "f", "url": 7, "html": PAGE}),
    ]
    result = run("extract", "--jsonl", given="\n".join(lines))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer.get("id") for answer in answers] == ["a", None, "b", "c", "d", "e", "f"]
    assert [answer.get("line") for answer in answers] == [None, 2, None, 4, 5, 6, 7]
    assert answers[0]["title"] == answers[2]["title"]
    assert all(answer["error"] for answer in answers if "line" in answer)


def test_analyse_jsonl_answers_in_order_and_survives_bad_lines() -> None:
    sentence = "Cakupan BPJS Ketenagakerjaan di Kota Palu turun menjadi 31,93 persen."
    lines = [
        json.dumps({"id": "a", "text": sentence, "title": "Cakupan turun"}),
        "[]",
        json.dumps({"id": "b", "text": ""}),
    ]
    result = run("analyse", "--jsonl", given="\n".join(lines))
    first, second, third = [json.loads(line) for line in result.stdout.splitlines()]
    assert first["id"] == "a"
    [figure] = [figure for figure in first["figures"] if figure["field"] == "text"]
    assert (figure["surface"], figure["value"], figure["unit"]) == ("31,93 persen", 31.93, "percent")
    assert sentence[figure["start"] : figure["end"]] == "31,93 persen"
    assert second["line"] == 2
    assert third["id"] == "b"


def test_search_on_an_empty_store_says_so() -> None:
    result = run("search", "cakupan")
    assert result.exit_code == 0
    assert "Tidak ada artikel" in result.stdout


def test_search_json_is_one_object() -> None:
    page = json.loads(run("search", "cakupan", "--json").stdout)
    assert page["total"] == 0


def test_doctor_finds_a_fresh_installation_well() -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    for what in ("configuration", "database", "index", "models", "mail", "outlets", "disk"):
        assert what in result.output


def test_doctor_names_a_wrong_setting_and_exits_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_WEB__PORT", "none")
    result = run("doctor")
    assert result.exit_code == 1
    assert "web.port" in result.output


def test_doctor_names_a_damaged_archive_file(tmp_path: Path) -> None:
    spool = tmp_path / "data" / "spool"
    spool.mkdir(parents=True)
    (spool / "a.warc.gz.damaged").touch()
    result = run("doctor")
    assert result.exit_code == 1
    assert "a.warc.gz.damaged" in result.output


def test_doctor_says_what_to_do_about_a_mail_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_MAIL__SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("PANTAU_MAIL__SMTP_PORT", "1")
    result = run("doctor")
    assert result.exit_code == 1
    assert "check [mail]" in result.output
