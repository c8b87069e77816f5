"""`pantau digest`: what the command line shows of digests, and what it sends."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.app import App
from service.cli import cli
from service.settings import load_settings
from tests.service.builders import an_article

GROUPS = """
[[group]]
id = "sulsel"
name = "Kliping Sulsel"
recipients = ["a@agency.example", "b@agency.example"]
schedule = "0 7 * * *"
zone = "Asia/Makassar"
regions = ["73"]
"""


@pytest.fixture(autouse=True)
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "digests.toml"
    path.write_text(GROUPS)
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_PATHS__DIGESTS", str(path))
    monkeypatch.setenv("PANTAU_DIGEST__RECIPIENTS", "humas@agency.example")
    monkeypatch.setenv("PANTAU_DIGEST__AT", "07:15:00")
    with App(load_settings()) as app:
        article = an_article(
            tone="negative", title="Klaim tertunda di Palembang", published=app.clock() - timedelta(hours=2)
        )
        with app.store.transaction() as transaction:
            transaction.add(article)
        app.store.mark_indexed([article.id], app.clock() - timedelta(minutes=5))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["digest", *arguments], env={"COLUMNS": "200"})


def test_a_preview_is_text_or_a_file_with_its_pictures_and_sends_nothing(tmp_path: Path) -> None:
    shown = run("preview")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("[Kliping BPJAMSOSTEK] ")
    assert "1 berita, 1 negatif" in shown.stdout.splitlines()[0]
    assert "Klaim tertunda di Palembang" in shown.stdout
    assert run("preview", "--to", str(tmp_path / "kliping.html")).exit_code == 0
    html = (tmp_path / "kliping.html").read_text("utf-8")
    assert "Klaim tertunda di Palembang" in html
    assert 'src="cid:' not in html
    with App(load_settings()) as app:
        assert (app.store.outbox(), app.store.digests.sent()) == ([], [])


def test_a_preview_is_of_the_group_that_is_named() -> None:
    shown = run("preview", "--group", "sulsel").stdout
    assert "Kliping Sulsel: tidak ada berita" in shown.splitlines()[0]
    unknown = run("preview", "--group", "tiada")
    assert unknown.exit_code == 1
    assert "no digest group 'tiada'; there are harian, sulsel" in str(unknown.exception)


def test_a_preview_is_of_the_day_that_is_named() -> None:
    assert "tidak ada berita" in run("preview", "--date", "2026-01-15").stdout.splitlines()[0]
    assert "Kam 15 Jan 2026" in run("preview", "--date", "2026-01-15").stdout
    later = run("preview", "--date", "2099-01-01")
    assert "has no digest on 2099-01-01" in str(later.exception)


def test_groups_are_listed_with_their_schedules_and_the_old_settings_are_one_of_them() -> None:
    listed = run("groups").stdout
    assert "15 7 * * * (Asia/Jakarta)" in listed
    assert "0 7 * * * (Asia/Makassar)" in listed


def test_what_is_due_is_composed_and_delivered_once() -> None:
    run()
    with App(load_settings()) as app:
        sent = app.digests.upcoming()
        # Whether today's moment has come depends on the clock of the machine that tests.
        due = [it for it in sent if it.last is not None]
        assert len(app.store.outbox()) == sum(len(it.group.recipients) for it in due)
        assert {entry.state for entry in app.store.outbox()} <= {"sent"}
    assert "0 digests composed, 0 messages sent." in run().stdout
