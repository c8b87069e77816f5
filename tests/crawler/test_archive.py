"""WARC files: written, read by others, read from others, damaged."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import archive
from crawler.archive import (
    ArchiveError,
    ArchiveWriter,
    capture,
    holds_revisits,
    payload_digest,
    publish,
    read_articles,
)
from crawler.page import Page

NOW = datetime(2026, 11, 22, 13, 5, 7, 250_000, tzinfo=UTC)


def a_page(
    path: str = "/a", number: int = 1, body: bytes = b"<p>Berita</p>", via: str | None = "https://x.id/rss"
) -> Page:
    headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
    return Page(f"https://x.id{path}", NOW, 200, headers, body, "x", "feed", via, number, path.partition("?")[0])


def an_archive(folder: Path, *articles: tuple[Page, ...]) -> Path:
    writer = ArchiveWriter(folder, "test/1.0")
    for pages in articles:
        writer.add(pages[0].article, pages, NOW)
    name = writer.seal()
    assert name is not None
    return publish(folder, name)


def test_pages_read_back_as_they_were_written(tmp_path: Path) -> None:
    articles = [(a_page(),), (a_page("/b"), a_page("/b?page=2", 2), a_page("/b?page=3", 3)), (a_page("/c", via=None),)]
    assert list(read_articles(an_archive(tmp_path, *articles))) == articles


def test_a_file_is_unfinished_until_it_is_published(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, "test")
    writer.add("a", [a_page()], NOW)
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]
    assert (writer.articles, writer.pages, writer.size > 0) == (1, 1, True)
    name = writer.seal()
    assert name is not None
    assert publish(tmp_path, name).name == name
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert writer.seal() is None


def test_other_tools_read_the_archive(tmp_path: Path) -> None:
    body = "<p>Zoë\r\n</p>".encode()
    with an_archive(tmp_path, (a_page(body=body),)).open("rb") as file:
        info, record = [
            (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert info[0] == "warcinfo"
    assert b"test/1.0" in info[3]
    assert record[0] == "response"
    assert record[1].protocol == "WARC/1.1"
    assert record[1].get_header("WARC-Date") == "2026-11-22T13:05:07.250000Z"
    assert record[1].get_header("Pantau-Outlet") == "x"
    assert record[2].get_statuscode() == "200"
    assert record[3] == body


def test_every_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    raw = an_archive(tmp_path, (a_page(),)).read_bytes()
    members = raw.split(b"\x1f\x8b\x08")[1:]
    assert len(members) == 2
    assert gzip.decompress(b"\x1f\x8b\x08" + members[1]).startswith(b"WARC/1.1\r\n")


def test_headers_cannot_smuggle_in_further_headers(tmp_path: Path) -> None:
    page = a_page(via="https://x.id/rss\r\nPantau-Outlet: lain")
    evil = Page(page.url, NOW, 200, {"x-a": "1\r\n\r\n<p>palsu"}, b"isi", "x", "feed", page.via)
    ((read,),) = read_articles(an_archive(tmp_path, (evil,)))
    assert read.outlet == "x"
    assert read.body == b"isi"


def test_a_truncated_tail_is_left_out_with_the_article_it_breaks(tmp_path: Path) -> None:
    originals = [(a_page(),), (a_page("/b"), a_page("/b?page=2", 2, b"<p>" + bytes(range(256)) * 40))]
    raw = an_archive(tmp_path, *originals).read_bytes()
    cut = tmp_path / "cut.warc.gz"
    read = set()
    for end in range(len(raw) - 1, 0, -37):
        cut.write_bytes(raw[:end])
        articles = list(read_articles(cut))
        assert articles == originals[: len(articles)]
        read.add(len(articles))
    assert read >= {0, 1}


@pytest.mark.parametrize("count", ["²", "9" * 5000, "-1", "dua"], ids=lambda it: it[:9])
def test_a_number_of_pages_that_is_none_counts_as_one(tmp_path: Path, count: str) -> None:
    raw = gzip.decompress(an_archive(tmp_path, (a_page(),)).read_bytes())
    strange = tmp_path / "strange.warc"
    strange.write_bytes(re.sub(rb"(Pantau-(?:Pages?|Number)): 1\r", rb"\1: " + count.encode() + rb"\r", raw))
    assert strange.read_bytes() != raw
    assert list(read_articles(strange)) == [(a_page(),)]


def test_an_empty_file_holds_no_articles(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert list(read_articles(tmp_path / "empty")) == []


@pytest.mark.parametrize("body", [b"bukan arsip\r\n\r\n", gzip.compress(b"bukan arsip", mtime=0)])
def test_what_is_no_archive_is_an_error_that_does_not_quote_it(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "file").write_bytes(body)
    with pytest.raises(ArchiveError) as raised:
        list(read_articles(tmp_path / "file"))
    assert "arsip" not in str(raised.value)


def test_damage_is_an_error_after_the_articles_before_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    originals = [(a_page(),), (a_page("/b", body=b"<p>rahasia" + bytes(range(256)) * 40),), (a_page("/c"),)]
    path = an_archive(tmp_path, *originals)
    raw = path.read_bytes()
    members = [found.start() for found in re.finditer(rb"\x1f\x8b\x08", raw)]
    ends = [*members[1:], len(raw)]
    told = []
    # The file's own record, then one per article; an article is read where its record and those before it are whole.
    for place, (start, end) in enumerate(zip(members, ends, strict=True)):
        for at in (start, start + 12, (start + end) // 2, end - 6):
            path.write_bytes(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
            read: list[tuple[Page, ...]] = []
            with pytest.raises(ArchiveError) as raised:
                read.extend(read_articles(path))
            assert read == originals[: len(read)]
            assert len(read) >= place - 1
            told.append(str(raised.value))
    printed = " ".join([*told, caplog.text, *capfd.readouterr()])
    assert "rahasia" not in printed
    assert "\\x" not in printed


def test_an_uncompressed_archive_is_read(tmp_path: Path) -> None:
    path = an_archive(tmp_path, (a_page(),), (a_page("/b"),))
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    assert list(read_articles(plain)) == [(a_page(),), (a_page("/b"),)]


def foreign(
    folder: Path, body: bytes, *headers: tuple[str, str], kind: str = "response", url: str = "https://y.id/a"
) -> Path:
    path = folder / "foreign.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for _ in range(2):
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    payload=BytesIO(body),
                    length=len(body),
                    http_headers=StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": "2019-03-02T08:00:00Z"},
                )
            )
    return path


def test_a_foreign_archive_gives_one_article_a_response(tmp_path: Path) -> None:
    articles = list(read_articles(foreign(tmp_path, b"<p>x", ("Content-Type", "text/html"))))
    assert len(articles) == 2
    ((page,), _) = articles
    assert (page.url, page.outlet, page.number, page.via) == ("https://y.id/a", "", 1, None)
    assert page.headers == {"content-type": "text/html"}
    assert page.fetched == datetime(2019, 3, 2, 8, tzinfo=UTC)


def test_gzipped_and_chunked_bodies_are_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>isi</p>")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    path = foreign(tmp_path, chunked, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    assert [page.body for (page,) in read_articles(path)] == [b"<p>isi</p>"] * 2


def test_a_body_that_unpacks_to_too_much_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BODY", 10_000)
    assert list(read_articles(foreign(tmp_path, gzip.compress(b"x" * 10_001), ("Content-Encoding", "gzip")))) == []
    assert len(list(read_articles(foreign(tmp_path, gzip.compress(b"x" * 9_999), ("Content-Encoding", "gzip"))))) == 2


@pytest.mark.parametrize(
    ("kind", "url"), [("request", "https://y.id/a"), ("resource", "https://y.id/a"), ("response", "dns:y.id")]
)
def test_what_is_no_web_response_is_no_page(tmp_path: Path, kind: str, url: str) -> None:
    assert list(read_articles(foreign(tmp_path, b"isi", ("Content-Type", "text/html"), kind=kind, url=url))) == []


def test_a_page_that_is_the_same_as_before_is_a_revisit_record(tmp_path: Path) -> None:
    first, second = a_page(), a_page("/b")
    later = datetime(2026, 11, 22, 14, tzinfo=UTC)
    answer = replace(first, fetched=later, status=304, headers={"etag": '"1"'}, body=b"")
    writer = ArchiveWriter(tmp_path, "test/1.0")
    writer.add_revisits("/a", [(answer, capture(first))], later)
    writer.add_revisits("/b", [(replace(second, fetched=later), capture(second))], later)
    name = writer.seal()
    assert name is not None
    path = publish(tmp_path, name)
    with path.open("rb") as file:
        _, not_modified, identical = [
            (r.rec_type, dict(r.rec_headers.headers), r.http_headers, r.content_stream().read())
            for r in ArchiveIterator(file)
        ]
    for kind, fields, _, body in (not_modified, identical):
        assert (kind, body) == ("revisit", b"")
        assert fields["WARC-Date"] == "2026-11-22T14:00:00.000000Z"
        assert fields["WARC-Refers-To-Date"] == "2026-11-22T13:05:07.250000Z"
        assert fields["WARC-Refers-To-Target-URI"] == fields["WARC-Target-URI"]
    assert not_modified[1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert not_modified[2].get_statuscode() == "304"
    assert not_modified[2].get_header("etag") == '"1"'
    assert identical[1]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert identical[2].get_header("content-length") == str(len(second.body))
    assert list(read_articles(path)) == []
    assert holds_revisits(path)


def test_a_revisit_record_refers_to_the_digest_that_the_first_record_bears(tmp_path: Path) -> None:
    page = a_page()
    path = an_archive(tmp_path, (page,))
    with path.open("rb") as file:
        digests = [r.rec_headers.get_header("WARC-Payload-Digest") for r in ArchiveIterator(file)]
    assert digests == [None, payload_digest(page.body)]
    assert not holds_revisits(path)


@pytest.mark.parametrize("status", [404, 410, 302])
def test_an_article_that_was_taken_down_reads_back_as_gone(tmp_path: Path, status: int) -> None:
    gone = replace(a_page(body=b""), status=status)
    ((read,),) = read_articles(an_archive(tmp_path, (gone,)))
    assert (read.status, read.article, read.is_gone) == (status, "/a", True)
    assert not a_page().is_gone
    assert not replace(gone, article="").is_gone
