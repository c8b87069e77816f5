"""`pantau reanalyse` and `pantau corrections export` from the command to the store, with the analyser itself."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler.archive import ArchiveWriter, publish
from service.app import App
from service.cli import cli
from service.domain.query import Query
from service.settings import load_settings
from tests.service.builders import NOW
from tests.service.test_reanalysis import a_printed_page, id_of

SLUGS = ("satu", "dua")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_ANALYSIS__PROCESSES", "0")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def archived(data: Path) -> Path:
    """Two articles as the analyser understands them, in one archive file; the first was understood by another one."""
    with App(load_settings()) as app:
        writer = ArchiveWriter(app.spool.folder, "test")
        for slug in SLUGS:
            page = a_printed_page(slug)
            writer.add(id_of(slug), (page,), NOW)
        name = writer.seal()
        assert name is not None
        publish(app.spool.folder, name)
        app.ingest()
        app.indexing.run()
        article = app.store.get(id_of("satu"))
        assert article is not None
        before = replace(
            article.analysis, version="lexicon-0+0", sentiment=replace(article.sentiment, label="positive")
        )
        with app.store.transaction() as transaction:
            transaction.add(replace(article, analysis=before))
        return app.archive_folder / (article.archived_in or "")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == 0, result.output
    return result


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).output.split())


def test_what_another_analyser_understood_is_understood_anew(archived: Path) -> None:
    said = told("reanalyse")
    assert "1 articles understood anew: 1 changed their tone, 0 their relevance; 0 alerts." in said
    assert "1 articles wait for the search index" in said
    with App(load_settings()) as app:
        versions = {article.analysis.version for article in app.store.indexable(None, 10)}
        assert versions == {app.analysis_version}
    assert "Nothing to do" in told("reanalyse")
    assert "2 articles understood anew: 0 changed" in told("reanalyse", "--all")
    assert "1 articles understood anew" in told("reanalyse", "--all", "--limit", "1")


def test_a_file_that_is_missing_is_named(archived: Path) -> None:
    archived.unlink()
    said = told("reanalyse")
    assert "0 articles understood anew" in said
    assert "1 could not be read and stay as they were." in said
    assert f"1: {archived.relative_to(archived.parents[3])}: is not in the archive" in said


def test_corrections_are_exported_as_passages(archived: Path, data: Path) -> None:
    file = data / "koreksi.jsonl"
    assert "0 articles" in told("corrections", "export", str(file))
    assert file.read_text("utf-8") == ""
    with App(load_settings()) as app:
        app.correcting.run(id_of("dua"), "relevance", "relevant", "Rani")
        app.correcting.run(id_of("dua"), "sentiment", "positive", "Rani")
        app.correcting.run(id_of("dua"), "topic", "complaint", "Budi")
        app.indexing.run()
        assert [hit.sentiment for hit in app.index.search(Query(sentiments=frozenset({"positive"}))).hits] != []
        article = app.store.get(id_of("dua"))
    assert article is not None
    assert "1 articles" in told("corrections", "export", str(file))
    (row,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert row.keys() == {
        "id", "title", "text", "relevance", "sentiment", "rule", "topic", "alerts", "voice", "pair", "by", "at",
    }  # fmt: skip
    assert (row["id"], row["text"], row["title"]) == (article.id, article.text, article.title)
    assert (row["relevance"], row["sentiment"], row["topic"], row["by"]) == (
        "relevant",
        "positive",
        "complaint",
        "Budi",
    )
    assert row["alerts"] == list(article.analysis.alert_classes)


def test_a_file_that_cannot_be_written_is_told(data: Path) -> None:
    result = CliRunner().invoke(cli, ["corrections", "export", str(data / "tiada" / "koreksi.jsonl")])
    assert "cannot be written" in str(result.exception)
