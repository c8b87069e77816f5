"""An article's pages are found again in the archive, whatever else lies in the file."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, publish
from crawler.page import Page
from crawler.urls import article_id
from service.adapters.page_archive import ArchiveFolder
from service.errors import ArchiveDamaged
from service.ports import PageArchive
from tests.service.builders import NOW, a_page

NAME = "2026/11/23/a.warc.gz"
ID = article_id(a_page().url)


@pytest.fixture
def archive(tmp_path: Path) -> PageArchive:
    return ArchiveFolder(tmp_path)


def archived(folder: Path, *articles: tuple[str, tuple[Page, ...]]) -> Path:
    """A file of the archive with these articles, each with the id it was archived under."""
    spool = folder / "spool"
    writer = ArchiveWriter(spool, "test")
    for identity, pages in articles:
        writer.add(identity, pages, NOW)
    name = writer.seal()
    assert name is not None
    path = folder / NAME
    path.parent.mkdir(parents=True)
    return publish(spool, name).rename(path)


def bodies(pages: tuple[Page, ...]) -> list[bytes]:
    return [page.body for page in pages]


def test_all_pages_of_an_article_are_found_among_others(archive: PageArchive, tmp_path: Path) -> None:
    pages = (a_page(body=b"<p>satu"), a_page("klaim-tertunda?page=2", body=b"<p>dua", number=2))
    archived(tmp_path, ("lain", (a_page("lain"),)), (ID, pages), ("sesudah", (a_page("sesudah"),)))
    assert bodies(archive.pages(NAME, ID)) == [b"<p>satu", b"<p>dua"]
    assert archive.pages(NAME, ID)[0].fetched == pages[0].fetched


def test_of_several_fetches_the_one_asked_for_is_found(archive: PageArchive, tmp_path: Path) -> None:
    first = a_page(body=b"<p>lama")
    second = replace(first, body=b"<p>baru", fetched=first.fetched + timedelta(minutes=5))
    taken_down = replace(first, status=404, body=b"<p>tidak ada", fetched=first.fetched + timedelta(minutes=9))
    archived(tmp_path, (ID, (first,)), (ID, (second,)), (ID, (taken_down,)))
    assert bodies(archive.pages(NAME, ID, second.fetched)) == [b"<p>baru"]
    assert bodies(archive.pages(NAME, ID)) == [b"<p>lama"]
    assert archive.pages(NAME, ID, NOW) == ()
    assert archive.pages(NAME, ID, taken_down.fetched) == ()


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://kabarsukamaju.example/klaim-tertunda?utm_source=x">',
        "<link href=/klaim-tertunda rel=canonical>",
        '<meta property="og:url" content="https://www.kabarsukamaju.example/klaim-tertunda/">',
    ],
)
def test_an_article_archived_under_another_address_is_found_by_its_canonical_one(
    archive: PageArchive, tmp_path: Path, head: str
) -> None:
    twin = a_page("baca/99/klaim", body=f"<html><head>{head}</head>".encode())
    archived(tmp_path, ("lain", (a_page("lain"),)), ("twin", (twin,)))
    assert bodies(archive.pages(NAME, ID)) == [twin.body]


def test_what_is_not_there_is_empty(archive: PageArchive, tmp_path: Path) -> None:
    archived(tmp_path, ("lain", (a_page("lain", body=b"<link rel=canonical href='http://[::1'>"),)))
    (tmp_path.parent / "diluar.warc.gz").write_bytes(b"x")
    assert archive.pages(NAME, ID) == ()
    assert archive.pages("2026/11/24/tidak-ada.warc.gz", ID) == ()
    assert archive.pages("../diluar.warc.gz", ID) == ()
    assert archive.pages("/etc/passwd", ID) == ()
    assert archive.pages("", ID) == ()


def test_an_article_before_damage_is_found_and_one_behind_it_is_an_error(archive: PageArchive, tmp_path: Path) -> None:
    path = archived(tmp_path, (ID, (a_page(),)), ("rusak", (a_page("rusak", body=bytes(range(256)) * 40),)))
    raw = bytearray(path.read_bytes())
    raw[-40] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert bodies(archive.pages(NAME, ID)) == [a_page().body]
    with pytest.raises(ArchiveDamaged, match=NAME):
        archive.pages(NAME, article_id("https://kabarsukamaju.example/rusak"))


def test_a_file_that_is_no_archive_is_damaged(archive: PageArchive, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bukan arsip " * 99)
    with pytest.raises(ArchiveDamaged):
        archive.pages(NAME, ID)
