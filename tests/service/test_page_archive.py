"""An article's pages are found again in the archive, whatever else lies in the file."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter, publish
from crawler.extract import extract
from crawler.page import Page
from crawler.urls import article_id
from service.adapters.page_archive import ArchiveFolder
from service.adapters.spool import SpoolFolder
from service.domain.version import all_texts, difference
from service.domain.wording.changes import change
from service.errors import ArchiveDamaged
from service.ports import PageArchive
from service.usecases.ingest import Ingest, IngestSpool
from service.usecases.reading import read_each
from tests.service.builders import NOW, ManualClock, a_page, an_analysis
from tests.service.fakes import FakeStore

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
    twin = a_page("klaim", body=f"<html><head>{head}</head>".encode())
    archived(tmp_path, ("lain", (a_page("lain"),)), ("twin", (twin,)))
    assert bodies(archive.pages(NAME, ID)) == [twin.body]


HTML = """<html lang="id"><head><title>Klaim di Sukamaju tertunda</title>
<link rel="canonical" href="https://kabarsukamaju.example/klaim-tertunda"></head><body><article>
<h1>Klaim di Sukamaju tertunda</h1><p>Senin, 23 November 2026 06:15 WIB</p>
<p>Puluhan pekerja pabrik rotan mengeluhkan pencairan jaminan hari tua yang tertunda {days} sejak awal bulan ini.</p>
<p>Kepala kantor cabang BPJS Ketenagakerjaan Sukamaju meminta maaf dan menjanjikan loket tambahan mulai pekan depan.</p>
<p>Menurut petugas, berkas yang lengkap akan dibayar dalam lima hari kerja setelah diperiksa oleh kantor cabang.</p>
</article></body></html>"""


def test_what_ingest_stored_of_a_crawled_file_is_found_again_text_by_text(tmp_path: Path) -> None:
    spool, store = SpoolFolder(tmp_path / "spool", tmp_path / "archive"), FakeStore()
    first = a_page(
        "klaim",
        body=HTML.format(days="dua pekan").encode(),
        fetched=NOW - timedelta(hours=1, microseconds=7),
    )
    second = replace(first, body=HTML.format(days="tiga pekan").encode(), fetched=NOW)
    writer = ArchiveWriter(spool.folder, "test")
    taken_down = replace(first, status=410, body=b"", fetched=NOW + timedelta(hours=1))
    for page in (first, second, taken_down):
        writer.add(ID, (page,), NOW)
    name = writer.seal()
    assert name is not None
    publish(spool.folder, name)
    ingest = Ingest(
        store,
        read_each(lambda pages, zone: extract(pages, timezone=zone.key)),
        lambda texts: [an_analysis(id=text.id, evidence=()) for text in texts],
        rules=lambda: (),
        timezones={},
        clock=ManualClock(),
    )
    report = IngestSpool(spool, ingest, ManualClock()).run()
    assert (report.new, report.changed, report.gone, report.skipped) == (1, 1, 1, 0)
    article = store.get(ID)
    assert article is not None
    assert article.gone == taken_down.fetched
    assert article.reading.source != ""
    assert article.reading.words > 40
    texts = all_texts(article, store.versions(ID))
    found = [ArchiveFolder(tmp_path / "archive").pages(it.archived_in or "", ID, it.fetched) for it in texts]
    assert [bodies(pages) for pages in found] == [[first.body], [second.body]]
    assert change(difference(*texts)) == "Isi berubah: 1 paragraf diubah."


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


def test_the_articles_asked_for_are_given_in_one_reading_each_as_fetched_then(
    archive: PageArchive, tmp_path: Path
) -> None:
    first, other, third = a_page(body=b"<p>lama"), a_page("lain", body=b"<p>lain"), a_page("tiga", body=b"<p>tiga")
    second = replace(first, body=b"<p>baru", fetched=first.fetched + timedelta(minutes=5))
    taken_down = replace(third, status=410, body=b"", fetched=NOW)
    archived(tmp_path, *((article_id(page.url), (page,)) for page in (first, second, other, third, taken_down)))
    wanted = {ID: second.fetched, article_id(third.url): None, "tiada": None}
    assert [bodies(pages) for pages in archive.articles(NAME, wanted)] == [[b"<p>baru"], [b"<p>tiga"]]
    assert list(archive.articles(NAME, {ID: NOW})) == []


@pytest.mark.parametrize("name", ["2026/11/24/tidak-ada.warc.gz", "../diluar.warc.gz", "/etc/passwd", ""])
def test_articles_of_a_file_that_is_not_there_are_an_error(archive: PageArchive, tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "diluar.warc.gz").write_bytes(b"x")
    with pytest.raises(ArchiveDamaged, match="is not in the archive"):
        list(archive.articles(name, {ID: None}))


def test_a_file_that_is_no_archive_is_damaged(archive: PageArchive, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bukan arsip " * 99)
    with pytest.raises(ArchiveDamaged):
        archive.pages(NAME, ID)
