import json
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from service.adapters.sql import SqlStore
from service.app import open_data_folder
from service.cli import cli, main
from service.domain.job import JobRun, JobState
from tests.service.builders import NOW

COMMANDS = ["demo", "run", "worker", "web", "crawl", "ingest", "index", "digest", "alerts", "doctor", "tidy", "jobs"]
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


def flat(output: str) -> str:
    """What was printed, wherever the width of the terminal breaks its lines."""
    return " ".join(output.split())


def a_store(folder: Path) -> SqlStore:
    """The store of the commands."""
    store = SqlStore(f"sqlite:///{folder / 'data' / 'pantau.sqlite'}")
    store.migrate()
    return store


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


@pytest.mark.parametrize("command", [*COMMANDS, "extract", "analyse", "search", "archive"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.split()) > 12


def helps(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The command and all below it, with every text of their help as it is written."""
    yield path, " ".join(it.help or "" for it in (command, *command.params) if hasattr(it, "help"))
    for name, below in getattr(command, "commands", {}).items():
        yield from helps(below, (*path, name))


def test_the_help_shows_what_stands_in_brackets() -> None:
    named = {path: set(re.findall(r"\[[\w.]+\]", written)) - {"[bold]"} for path, written in helps(get_command(cli))}
    assert named["tidy",] == {"[retention]"}
    shown = {path: run(*path, "--help").output for path, names in named.items() if names}
    assert [(path, name) for path in shown for name in named[path] if name not in shown[path]] == []


def test_what_comes_from_outside_is_printed_as_it_is(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.jobs.keep([JobState("index").after(JobRun("index", NOW, 0.1, "failed", "", "[alias] is :warning: [/index]"))])
    store.close()
    assert "[alias] is :warning: [/index]" in flat(run("jobs", "list").output)


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


def test_doctor_says_since_when_the_worker_does_not_run(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.jobs.take("a", "kantor-pusat", 4711)
    assert "runs on host kantor-pusat, pid 4711" in run("doctor").output
    store.jobs.leave("a")
    store.close()
    result = run("doctor")
    assert result.exit_code == 1
    assert "does not run; it was stopped on " in result.output
    assert "start it: pantau run, or pantau worker" in result.output


def test_doctor_names_a_job_that_fails(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    failed = JobRun("index", NOW, 0.1, "failed", "", "the index is being rebuilt")
    store.jobs.keep([JobState("index").after(failed)])
    store.close()
    result = run("doctor")
    assert result.exit_code == 1
    assert "index: failed 1 times in a row since 2026-11-23 01:00 UTC: the index is being rebuilt" in flat(
        result.output
    )


def test_a_job_is_run_by_hand_and_listed(tmp_path: Path) -> None:
    assert "No worker has run on this database yet." in run("jobs", "list").output
    assert run("jobs", "run", "index").output == "There was nothing to do.\n"
    listed = run("jobs", "list").output
    assert re.search(r"^ *index +0:00:10 +20\d\d-", listed, re.MULTILINE)
    assert re.search(r"^ *tidy +6:00:00 +never", listed, re.MULTILINE)
    store = a_store(tmp_path)
    assert [(state.job, state.runs) for state in store.jobs.states()] == [("index", 1)]
    store.close()


def test_tidy_tells_what_it_would_forget_and_forgets_it(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.jobs.keep([], [JobRun("ingest", datetime(2020, 1, 1, tzinfo=UTC), 1, "ok", "1 berita baru")])
    assert re.search(r"^ +1 job_runs$", run("tidy", "--dry-run").output, re.MULTILINE)
    assert len(store.jobs.runs()) == 1
    assert re.search(r"^ +1 job_runs$", run("tidy").output, re.MULTILINE)
    assert store.jobs.runs() == []
    store.close()


def test_doctor_names_a_wrong_setting_and_exits_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_WEB__PORT", "none")
    result = run("doctor")
    assert result.exit_code == 1
    assert "web.port" in result.output


def test_doctor_says_what_to_install_where_no_pdf_can_be_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    result = run("doctor")
    assert result.exit_code == 1
    assert "cannot load library 'libpango-1.0-0'" in flat(result.output)
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0" in flat(result.output)


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


@pytest.fixture
def complaint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must end with code 1, as the shell does; the one thing it says on standard error."""

    def complaint_of(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["pantau", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return capsys.readouterr().err

    return complaint_of


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        yield port


@pytest.fixture
def own_signals() -> Iterator[None]:
    """Commands that stay up set the process's signal handlers; what was set before is set again."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
@pytest.mark.parametrize("command", ["web", "run", "demo"])
def test_a_busy_port_is_one_line_and_nothing_is_begun(
    command: str, complaint: Callable[..., str], busy_port: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PANTAU_WEB__PORT", str(busy_port))
    options = ["--port", str(busy_port), "--data", str(tmp_path / "data")] if command == "demo" else []
    said = complaint(command, *options)
    assert len(said.splitlines()) == 1
    assert f"127.0.0.1:{busy_port}" in said
    assert "--port" in said
    assert not (tmp_path / "data" / "crawl.sqlite").exists()


@pytest.mark.usefixtures("own_signals")
def test_a_busy_port_of_the_sample_newsroom_is_one_line(
    complaint: Callable[..., str], busy_port: int, tmp_path: Path
) -> None:
    said = complaint("demo", "--no-serve", "--news-port", str(busy_port), "--data", str(tmp_path / "data"))
    assert len(said.splitlines()) == 1
    assert f"port {busy_port} of 127.0.0.1 is taken" in said
    assert "--news-port" in said


def test_a_mistyped_search_says_what_was_probably_meant(complaint: Callable[..., str]) -> None:
    assert "Mungkin maksudnya: narasumber:wulan" in complaint("search", "sumber:wulan")


def test_an_unknown_job_is_answered_with_those_that_there_are(complaint: Callable[..., str]) -> None:
    assert "there is no job kopi; there are crawl, ingest, index" in complaint("jobs", "run", "kopi")


def test_an_unknown_outlet_is_named(complaint: Callable[..., str]) -> None:
    assert "no such outlet: antah-berantah" in complaint("crawl", "--outlet", "antah-berantah")


def test_a_configuration_file_that_is_no_toml_is_named_with_the_line(
    complaint: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "pantau.toml"
    broken.write_text("[web\n", encoding="utf-8")
    monkeypatch.setenv("PANTAU_CONFIG", str(broken))
    said = complaint("search", "cakupan")
    assert str(broken) in said
    assert "line 1" in said


def test_a_data_folder_that_cannot_be_made_is_named(
    complaint: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "data"):
        monkeypatch.setenv("PANTAU_PATHS__DATA", str(place))
        said = complaint("search", "cakupan")
        assert said.startswith(f"pantau: paths.data: {place} cannot be made a folder")


def test_a_data_folder_is_made_for_its_user_alone_and_stays_as_it_is_where_there_is_one(tmp_path: Path) -> None:
    made, known = tmp_path / "there" / "made", tmp_path / "known"
    known.mkdir()
    known.chmod(0o750)
    for folder, mode in ((made, 0o700), (known, 0o750)):
        open_data_folder(folder)
        assert folder.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written_is_named(
    complaint: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "readonly").mkdir(mode=0o555)
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "readonly"))
    assert "cannot be written" in complaint("search", "cakupan")


@pytest.mark.parametrize("command", [["search", "cakupan"], ["index"]])
def test_an_index_of_another_version_says_how_to_rebuild_it(
    command: list[str], complaint: Callable[..., str], tmp_path: Path
) -> None:
    index = tmp_path / "data" / "index"
    index.mkdir(parents=True)
    (index / "current").write_text("generation-0.0-abc", encoding="ascii")
    said = complaint(*command)
    assert "of another version" in said
    assert "pantau index --rebuild" in said
    assert run("index", "--rebuild").exit_code == 0
    assert "Tidak ada artikel" in run("search", "cakupan").stdout
