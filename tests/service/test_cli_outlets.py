"""`pantau outlets health` and the doctor's word on the outlets, over a store that was filled before."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.adapters.sql import SqlStore
from service.cli import cli
from service.cli.alarms import in_english
from service.domain.article import Reading
from service.domain.health import Alarm
from service.ports import FetchEvent
from tests.service.builders import NOW, an_article

HOUR = timedelta(hours=1)
OUTLETS = """
[[outlet]]
id = "kabar"
name = "Kabar Sukamaju"
home = "https://kabar.example/"
tier = "local"
province = "16"
discover = [{ kind = "feed", url = "{home}/feed" }]

[[outlet]]
id = "warta"
name = "Warta Rotan"
home = "https://warta.example/"
tier = "local"
province = "16"
discover = [{ kind = "feed", url = "{home}/feed" }, { kind = "sitemap", url = "{home}/sitemap.xml" }]

[[outlet]]
id = "baru"
name = "Media Baru"
home = "https://baru.example/"
tier = "local"
province = "16"
discover = [{ kind = "feed", url = "{home}/feed" }]
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqlStore:
    (tmp_path / "outlets.toml").write_text(OUTLETS, encoding="utf-8")
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("PANTAU_PATHS__OUTLETS", str(tmp_path / "outlets.toml"))
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    store = SqlStore(f"sqlite:///{tmp_path / 'data' / 'pantau.sqlite'}")
    store.migrate()
    return store


def fill(store: SqlStore, warta: str) -> None:
    """A fortnight of one outlet that is well and of one whose last fetch came to this."""
    now = datetime.now(UTC)
    with store.transaction() as transaction:
        for ago in range(12, 14 * 24, 6):
            for outlet in ("kabar", "warta"):
                slug, found = f"{outlet}-{ago}", now - ago * HOUR
                transaction.add(an_article(slug, outlet=outlet, found=found, reading=Reading("outlet", 1.0, 200)))
    store.record_events(
        [
            FetchEvent("kabar", "https://kabar.example/feed", "feed", "ok", now - HOUR, found=2),
            FetchEvent("warta", "https://warta.example/feed", "feed", warta, now - HOUR, "http-404"),  # type: ignore[arg-type]
        ]
    )
    store.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_outlets_that_are_well_are_counted_and_listed_on_demand(store: SqlStore) -> None:
    fill(store, "ok")
    brief, full = run("outlets", "health"), run("outlets", "health", "--all")
    assert (brief.exit_code, full.exit_code) == (0, 0)
    assert "2 of 3 outlets well, 1 not yet looked at." in brief.output
    assert "kabar" not in brief.output
    assert [line.split()[:2] for line in full.output.splitlines()[1:4]] == [
        ["baru", "unseen"],
        ["kabar", "ok"],
        ["warta", "ok"],
    ]


def test_an_alarm_comes_first_in_words_and_makes_exit_code_1(store: SqlStore) -> None:
    fill(store, "hard")
    result = run("outlets", "health")
    assert result.exit_code == 1
    assert result.output.startswith("warta  unreachable: none of its sources can be read (http-404), since ")
    assert re.search(r"^warta +unreachable +[▁-█·]{14} ", result.output, re.MULTILINE)


def test_one_outlet_is_told_with_its_sources(store: SqlStore) -> None:
    fill(store, "hard")
    warta, kabar = run("outlets", "health", "warta"), run("outlets", "health", "kabar")
    assert "https://warta.example/feed" in warta.output
    assert "hard http-404, 1 in a row; read never, something new never" in warta.output
    assert "0 ok, 0 unchanged, 0 soft, 1 hard" in warta.output
    assert "54 articles in 14 days (54 relevant)" in warta.output
    assert (warta.exit_code, kabar.exit_code) == (1, 0)


def test_health_is_told_as_json(store: SqlStore) -> None:
    fill(store, "hard")
    result = run("outlets", "health", "--json", "warta")
    assert result.exit_code == 1
    told = json.loads(result.output)
    (outlet,) = told["outlets"]
    assert (outlet["outlet"], outlet["status"], outlet["read"]["articles"]) == ("warta", "unreachable", 54)
    assert outlet["alarms"][0]["reason"] == "http-404"
    assert outlet["told"][0].startswith("unreachable: none of its sources can be read")
    assert told["alarms"] == []


def test_an_unknown_outlet_is_an_error_that_names_the_file(store: SqlStore) -> None:
    result = run("outlets", "health", "entah")
    assert result.exit_code == 1
    assert "no such outlet: entah" in str(result.exception)


def test_the_doctor_tells_the_same_alarms(store: SqlStore) -> None:
    fill(store, "hard")
    result = run("doctor")
    assert result.exit_code == 1
    assert "1 of 3 well, 0 with a source that failed, 1 not yet looked at" in result.output
    assert "warta: unreachable: none of its sources can be read (http-404)" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("alarm", "told"),
    [
        (Alarm("blocked", NOW, NOW, "walls", 9, 12), "9 of the newest 12 pages stand behind"),
        (Alarm("blocked", NOW, NOW, "http-403"), "the site keeps us out (http-403)"),
        (Alarm("redesign", NOW, NOW, "layout", 9, 12, 0.04), "9 of the newest 12 pages are empty, short"),
        (Alarm("silent", NOW, NOW, "no-pages", 50, usual=14.2), "no page for 50 hours, where the longest pause was 14"),
        (Alarm("silent", NOW, NOW, "no-pages"), "it never brought a page"),
        (Alarm("volume", NOW, NOW, "few-articles", 3, usual=24.0), "3 articles in 24 hours, where 24 are usual"),
        (Alarm("network", NOW, NOW, "dns", 8, 10), "8 of 10 outlets cannot be connected to at once (dns)"),
        (Alarm("idle", NOW, NOW, "not-asked", 9), "no source was asked for 9 hours"),
        (Alarm("quiet", NOW, NOW, "few-articles", 8, 10), "8 of 10 outlets bring far less than usual at once"),
    ],
)
def test_every_alarm_is_told_in_english_with_its_numbers(alarm: Alarm, told: str) -> None:
    words = in_english(alarm)
    assert told in words
    assert words.startswith(f"{alarm.kind}: ")
    assert words.endswith("since 2026-11-23 01:00 UTC")
