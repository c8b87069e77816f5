"""`pantau rules list | check | test`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.app import App
from service.cli import cli
from service.domain.account import Actor
from service.domain.alert_rule import KeptRule
from service.errors import ConfigError, UnknownRule
from service.settings import load_settings
from tests.service.builders import an_article

BY = Actor(None, "penguji")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rules", *arguments], env={"COLUMNS": "200"})


def test_rules_of_the_file_and_of_the_desk_are_listed_with_their_conditions() -> None:
    with App(load_settings()) as app:
        app.alert_rules.add(BY, {"name": "Klaim di Palembang", "query": "klaim", "regions": ["16.71"]})
        app.alert_rules.switch(BY, "negatif", enabled=False)
    listed = run("list").stdout
    assert "Kata: klaim; Wilayah: Kota Palembang" in " ".join(listed.split())
    assert "Angka: cakupan < 35%" in listed
    assert any(line.split()[:4] == ["negatif", "file", "off", "normal"] for line in listed.splitlines())
    assert "14 rules of the file, 1 of the desk, 1 switched off: no mistakes" in run("check").stdout


def test_a_mistake_in_the_file_is_told_with_its_place(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = data / "rules.toml"
    file.write_text('[[rule]]\nid = "a"\nname = "A"\nquery = "sentimnt:negatif"\n', encoding="utf-8")
    monkeypatch.setenv("PANTAU_PATHS__RULES", str(file))
    error = run("check").exception
    assert isinstance(error, ConfigError)
    assert f"{file}: rule a: query: Tidak ada saringan bernama sentimnt:" in str(error)
    assert "mungkin maksudnya: sentimen:negatif" in str(error)


def test_a_rule_of_the_desk_that_cannot_be_read_any_more_fails_the_check() -> None:
    with App(load_settings()) as app:
        block = {"id": "lama", "name": "Lama", "outlets": ["hilang"]}
        app.store.rule_book.add(KeptRule("lama", True, datetime(2026, 11, 23, tzinfo=UTC), "Rani Saputri", block), 9)
    checked = run("check")
    assert checked.exit_code == 1
    assert "rule lama of the desk: outlets: 'hilang' is no outlet" in checked.output
    assert "broken" in run("list").stdout


def test_what_a_rule_would_have_raised_is_told_by_day_and_story() -> None:
    now = datetime.now(UTC)
    with App(load_settings()) as app, app.store.transaction() as transaction:
        for slug, ago in (("satu", 2), ("dua", 2), ("tiga", 40)):
            found = now - timedelta(days=ago)
            title = f"Klaim [b]tertunda[/b] {slug}"
            transaction.add(an_article(slug, title=title, tone="negative", found=found, published=found))
    tried = run("test", "negatif", "--days", "7").stdout
    assert "2 alerts; 2 articles looked at" in tried
    assert "kabarsukamaju.example: Klaim [b]tertunda[/b] satu" in tried
    assert "tiga" not in tried
    assert len([line for line in tried.splitlines() if "█" in line]) == 1


def test_silent_outlets_are_those_of_now() -> None:
    tried = run("test", "media-diam")
    assert "these are silent now" in tried.output
    assert "0 alerts" in tried.stdout


def test_a_rule_that_there_is_not_cannot_be_tried() -> None:
    assert isinstance(run("test", "tiada").exception, UnknownRule)
