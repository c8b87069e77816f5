"""`pantau backfill` from the command to the store: all that is relevant and nothing else, without stale alerts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from benchmarks.backfill.press import Archive, write_archive
from crawler.archive import read_articles
from service.app import App
from service.cli import cli
from service.settings import load_settings
from tests.crawler.test_backfill import a_response, a_warc

RESPONSES = 1_500
PLANTED = 60


@pytest.fixture(autouse=True)
def a_data_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_ANALYSIS__PROCESSES", "0")
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["backfill", *map(str, arguments)])


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Archive]:
    path = tmp_path_factory.mktemp("cc-news") / "CC-NEWS-20260315.warc.gz"
    return path, write_archive(path, RESPONSES, PLANTED)


@pytest.mark.e2e
def test_the_relevant_articles_of_a_mixed_archive_are_found_and_hardly_any_other(news: tuple[Path, Archive]) -> None:
    path, archive = news
    result = run("--warc", path, "--processes", "2", "--quiet")
    assert result.exit_code == 0, result.output
    with App(load_settings()) as app:
        found = {it.url: it.title for it in app.store.indexable(None, 9_999) if it.analysis.relevance == "relevant"}
        counts = app.store.counts()
    assert len(archive.relevant) == PLANTED
    # What the agency passes through only may be taken for its story now and then.
    assert found.keys() >= archive.relevant.keys()
    assert len(found) - PLANTED <= PLANTED / 10, found.keys() - archive.relevant.keys()
    # Some of them are negative; all are months old.
    assert counts["negative"] > 0
    assert counts["alerts"] == 0
    assert "Nothing to do" in run("--warc", path, "--quiet").output


def test_kept_pages_wait_in_the_spool_where_they_shall_not_be_ingested(tmp_path: Path) -> None:
    path = a_warc(tmp_path, a_response("/berita/1/satu"), a_response("/berita/2/dua", "<p>bola"))
    result = run("--warc", path, "--no-ingest")
    assert result.exit_code == 0
    assert "2 pages read" in result.output
    assert "1 articles of 1 pages kept" in result.output
    assert "1 do not name the agency" in result.output
    (file,) = (tmp_path / "data" / "spool").glob("*.warc.gz")
    assert [page.url for (page,) in read_articles(file)] == ["https://kota.test/berita/1/satu"]


def test_files_may_follow_one_option(tmp_path: Path) -> None:
    paths = [a_warc(tmp_path, a_response(f"/berita/{number}/x"), name=f"{number}.warc.gz") for number in range(3)]
    assert "3 articles of 3 pages kept" in run("--warc", *paths, "--no-ingest", "-q").output


def test_days_are_those_of_jakarta(tmp_path: Path) -> None:
    hours = ["2024-05-01T16:59:59Z", "2024-05-01T17:00:00Z", "2024-05-02T16:59:59Z", "2024-05-02T17:00:01Z"]
    path = a_warc(tmp_path, *(a_response(f"/berita/{place}/x", at=at) for place, at in enumerate(hours)))
    result = run("--warc", path, "--no-ingest", "-q", "--since", "2024-05-02", "--until", "2024-05-02")
    assert "2 articles of 2 pages kept" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--warc", "https://data.test/CC-NEWS.warc.gz"], "download it first"),
        (["--warc", "tiada.warc.gz"], "no such file: tiada.warc.gz"),
        (["--warc", "pyproject.toml", "--any-text"], "--any-text needs"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_read(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


def test_damage_is_told_with_its_place(tmp_path: Path) -> None:
    path = a_warc(tmp_path, a_response("/berita/1/satu"), a_response("/berita/2/dua"))
    path.write_bytes(path.read_bytes()[:-9])
    result = run("--warc", path, "--no-ingest", "-q")
    assert result.exit_code == 0
    assert "luar.warc.gz: damaged at byte" in result.output


def test_an_outlet_that_does_not_exist_is_told(tmp_path: Path) -> None:
    result = run("--warc", a_warc(tmp_path, a_response("/a")), "--outlet", "tidak-ada")
    assert "no such outlet: tidak-ada" in str(result.exception)
