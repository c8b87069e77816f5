"""The engine of the search as the settings choose it, and what `pantau doctor` says of it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.app import App
from service.cli.doctor import Finding, examine
from service.errors import ConfigError
from service.settings import load_settings
from tests.elasticsearch.client import VERSION_OF_INDEX
from tests.elasticsearch.scripted import Answer, Asked, scripted
from tests.ports import free_port
from tests.service.builders import an_article

GENERATION = f"berita-{VERSION_OF_INDEX}-000004"


@pytest.fixture(autouse=True)
def a_data_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))


def a_cluster_of(articles: int, health: str = "green") -> Callable[[Asked], Answer]:
    answers: dict[str, dict[str, Any]] = {
        "/": {"version": {"number": "9.1.4"}},
        "/_alias/berita": {GENERATION: {"aliases": {"berita": {}}}},
        f"/_cluster/health/{GENERATION}": {"status": health},
        "/berita/_count": {"count": articles},
    }
    return lambda asked: (200, answers[asked.target.partition("?")[0]])


def finding_on_the_index() -> Finding:
    return next(finding for finding in examine() if finding.what == "index")


def choose_elasticsearch(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PANTAU_SEARCH__ENGINE", "elasticsearch")
    monkeypatch.setenv("PANTAU_SEARCH__URL", url)


def store_one_waiting() -> None:
    with App(load_settings()) as app, app.store.transaction() as transaction:
        transaction.add(an_article())


def test_the_embedded_index_is_named_with_its_folder(tmp_path: Path) -> None:
    store_one_waiting()
    finding = finding_on_the_index()
    assert finding.well
    assert f"embedded in {tmp_path / 'data' / 'index'}" in finding.told
    assert "0 articles of 1 in the store, 1 waiting" in finding.told


def test_an_index_that_lacks_articles_though_nothing_waits_is_not_well() -> None:
    store_one_waiting()
    with App(load_settings()) as app:
        app.store.mark_indexed([an_article().id], app.clock())
    finding = finding_on_the_index()
    assert not finding.well
    assert "pantau index --rebuild" in finding.advice


def test_what_the_engine_refuses_is_named_and_is_not_well() -> None:
    store_one_waiting()
    with App(load_settings()) as app:
        app.store.mark_indexed([an_article().id], app.clock(), refused=[an_article().id])
    finding = finding_on_the_index()
    assert not finding.well
    assert f"1 are refused by the engine, such as {an_article().id}" in finding.told
    assert "pantau index --rebuild tries them again" in finding.advice


def test_a_hidden_article_is_in_the_index_and_that_is_well() -> None:
    with App(load_settings()) as app:
        with app.store.transaction() as transaction:
            transaction.add(an_article())
        app.correcting.run(an_article().id, "visibility", "hidden", "Rani")
        app.indexing.run()
        assert app.store.counts()["hidden"] == 1
    assert finding_on_the_index().well


def test_a_cluster_is_named_with_version_health_generation_and_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(a_cluster_of(0)) as server:
        choose_elasticsearch(monkeypatch, server.url)
        finding = finding_on_the_index()
    assert finding.well
    assert f"Elasticsearch 9.1.4 at {server.url}, green, {GENERATION}" in finding.told
    assert "0 articles of 0 in the store, 0 waiting" in finding.told


def test_a_red_index_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(a_cluster_of(0, "red")) as server:
        choose_elasticsearch(monkeypatch, server.url)
        finding = finding_on_the_index()
    assert not finding.well
    assert f"{GENERATION} is red" in finding.told


def test_a_cluster_that_is_away_is_told_with_the_setting_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    choose_elasticsearch(monkeypatch, f"http://127.0.0.1:{free_port()}")
    finding = finding_on_the_index()
    assert not finding.well
    assert "cannot be reached. Check that it runs, and [search] url." in finding.told


def test_the_client_is_loaded_only_where_it_is_used() -> None:
    program = "import json, sys; import service.app; print(json.dumps(sorted(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not [name for name in json.loads(loaded.stdout) if name.startswith(("elasticsearch", "elastic_transport"))]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"url": "https://pantau:rahasia@example.test"}, "give them as username and password"),
        ({"url": "example.test:9200"}, "search.url"),
        ({"index": "Berita*"}, "search.index"),
        ({"username": "pantau"}, "together or not at all"),
        ({"api_key": "rahasia", "username": "a", "password": "b"}, "either api_key or username"),
        ({"ca_file": "/nowhere/ca.pem"}, "/nowhere/ca.pem is no file"),
    ],
)
def test_a_wrong_setting_is_told_without_its_secret(setting: dict[str, str], told: str) -> None:
    with pytest.raises(ConfigError, match="search") as caught:
        load_settings(environment={f"PANTAU_SEARCH__{key.upper()}": value for key, value in setting.items()})
    assert told in str(caught.value)
    assert "rahasia" not in str(caught.value)


def test_the_api_key_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("kunci\n", encoding="utf-8")
    settings = load_settings(environment={"PANTAU_SEARCH__API_KEY_FILE": str(tmp_path / "key")})
    assert settings.search.api_key.get_secret_value() == "kunci"
    assert "kunci" not in repr(settings)
