"""`pantau archive show`: the page of a stored article, byte for byte."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler.archive import ArchiveWriter, publish
from service.app import App
from service.cli import cli
from service.domain.article import ArticleVersion
from service.settings import load_settings
from tests.service.builders import NOW, a_page, an_article

ARTICLE = an_article(fetched=NOW, archived_in="2026/11/23/a.warc.gz")
FIRST = a_page(body=b"<h1>lama\x1b[31m</h1>", fetched=NOW - timedelta(hours=3))
SECOND = (a_page(body=b"<h1>baru</h1>", fetched=NOW), a_page("2", body=b"\xff<p>dua", fetched=NOW, number=2))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an article of two texts, both in one file of the archive."""
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path))
    with App(load_settings()) as app:
        writer = ArchiveWriter(app.spool.folder, "test")
        writer.add(ARTICLE.id, [FIRST], NOW)
        writer.add(ARTICLE.id, SECOND, NOW)
        name = writer.seal()
        assert name is not None
        publish(app.spool.folder, name)
        app.spool.archive(name, ARTICLE.archived_in or "")
        with app.store.transaction() as transaction:
            transaction.add(ARTICLE)
            transaction.add(replace(an_article("tanpa-arsip"), archived_in=None))
            transaction.keep_version(
                ArticleVersion(ARTICLE.id, FIRST.fetched, NOW, "lama", "lama", archived_in=ARTICLE.archived_in)
            )
    return tmp_path


def show(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["archive", "show", *arguments])


def test_the_newest_page_is_printed_and_an_earlier_one_where_asked_for() -> None:
    assert "<h1>baru</h1>" in show(ARTICLE.id).stdout
    earlier = show(ARTICLE.id, "--version", "1")
    assert "<h1>lama[31m</h1>" in earlier.stdout
    assert "\x1b" not in earlier.stdout


def test_pages_are_written_byte_for_byte(tmp_path: Path) -> None:
    result = show(ARTICLE.id, "--out", str(tmp_path / "halaman.html"))
    assert result.exit_code == 0
    assert (tmp_path / "halaman.html").read_bytes() == SECOND[0].body
    assert (tmp_path / "halaman-2.html").read_bytes() == SECOND[1].body
    assert "fetched 2026-11-23 01:00Z" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["entah"], "no article has the id entah"),
        ([ARTICLE.id, "--version", "3"], "the article has 2 texts"),
        ([an_article("tanpa-arsip").id], "no file is known"),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], said: str) -> None:
    result = show(*arguments)
    assert result.exit_code != 0
    assert said in " ".join(result.output.replace("│", " ").split())
