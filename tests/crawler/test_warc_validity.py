"""The WARC files of a crawl, held against the WARC 1.1 specification by other readers than our own."""

import gzip
import re
import subprocess
import sys
import zlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path

import pytest

from crawler.outlets.outlet import Source
from tests.crawler.press import FAST, Answer, Asked, Press, a_job, a_press, an_outlet, crawl

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record, read from its own gzip member with nothing but the standard library."""

    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields["WARC-Type"]

    @property
    def payload(self) -> bytes:
        """The body of the HTTP message in the block."""
        return self.block.partition(b"\r\n\r\n")[2]


def read_members(path: Path) -> Iterator[Record]:
    """The file's records; every gzip member must hold exactly one."""
    raw = path.read_bytes()
    while raw:
        member = zlib.decompressobj(wbits=31)
        text = member.decompress(raw)
        assert member.eof
        raw = member.unused_data
        head, _, rest = text.partition(b"\r\n\r\n")
        version, *lines = head.decode().split("\r\n")
        assert version == "WARC/1.1"
        fields = dict(line.split(": ", 1) for line in lines)
        assert len(fields) == len(lines)
        length = int(fields["Content-Length"])
        assert rest[length:] == b"\r\n\r\n"
        yield Record(fields, rest[:length])


def digest(content: bytes) -> str:
    return f"sha1:{b32encode(sha1(content).digest()).decode()}"


@pytest.fixture(scope="module")
def warcs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What three crawls leave of articles that stay, change, go, come packed or in two parts."""
    folder = tmp_path_factory.mktemp("warcs")
    with a_press() as press:
        _publish(press)
        job = a_job(
            folder,
            an_outlet(press, Source("feed", press.url("/rss.xml"))),
            limits=replace(FAST, recheck_hours=(1, 4)),
            at=AT,
        )
        crawl(job)
        press.article("/berita/berubah", "Peserta BPJS Ketenagakerjaan berkurang")
        press.status("/berita/ditarik", 410)
        crawl(replace(job, at=AT + timedelta(hours=2)))
        crawl(replace(job, at=AT + timedelta(hours=5)))
    return sorted((folder / "spool").glob("*.warc.gz"))


def _publish(press: Press) -> None:
    paths = ["tetap", "bertanda", "berubah", "ditarik", "padat", "dua-bagian-cerita-panjang", "aneh"]
    for name in paths:
        press.article(f"/berita/{name}")
    long = "/berita/dua-bagian-cerita-panjang"
    press.article(long, more=f'<div class="paging"><a href="{long}?page=2">2</a></div>')
    press.article(f"{long}?page=2")
    packed = gzip.compress(b"<html><body><h1>Klaim BPJS naik</h1><p>Isi berita yang dikirim padat.</p></body></html>")
    press.routes["/berita/padat"] = lambda asked: Answer(packed, headers={**HTML, "Content-Encoding": "gzip"})
    strange = {"Content-Type": "text/html; charset=iso-8859-1", "X-Kota": "Caf\xe9; WARC-Type: response"}
    press.routes["/berita/aneh"] = lambda asked: Answer("<p>Café BPJS</p>".encode("latin-1"), headers=strange)
    press.routes["/berita/bertanda"] = _with_etag
    press.feed("/rss.xml", [(press.url(f"/berita/{name}"), "BPJS") for name in paths], etag='"1"')


def _with_etag(asked: Asked) -> Answer:
    if asked.headers.get("If-None-Match") == '"a"':
        return Answer(status=304, headers={"ETag": '"a"'})
    return Answer(b"<html><body><h1>Klaim BPJS</h1><p>Bertanda.</p></body></html>", headers={**HTML, "ETag": '"a"'})


@pytest.fixture(scope="module")
def records(warcs: list[Path]) -> list[Record]:
    return [record for path in warcs for record in read_members(path)]


def test_every_file_begins_with_what_it_is(warcs: list[Path]) -> None:
    assert len(warcs) >= 2
    for path in warcs:
        kinds = [record.kind for record in read_members(path)]
        assert kinds[0] == "warcinfo"
        assert "warcinfo" not in kinds[1:]
        assert set(kinds[1:]) <= {"response", "revisit"}


def test_records_have_the_fields_that_the_specification_demands(records: list[Record]) -> None:
    ids = [record.fields["WARC-Record-ID"] for record in records]
    assert len(ids) == len(set(ids))
    for record in records:
        assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", record.fields["WARC-Record-ID"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", record.fields["WARC-Date"])
        if record.kind != "warcinfo":
            assert record.fields["Content-Type"].replace(" ", "") == "application/http;msgtype=response"
            assert record.fields["WARC-Target-URI"].startswith("http://")


def test_digests_are_those_of_the_blocks_and_payloads(records: list[Record]) -> None:
    assert {record.kind for record in records} == {"warcinfo", "response", "revisit"}
    for record in records:
        if "WARC-Block-Digest" in record.fields:
            assert record.fields["WARC-Block-Digest"] == digest(record.block)
        if record.kind == "response":
            assert record.fields["WARC-Payload-Digest"] == digest(record.payload)


def test_http_messages_say_how_long_and_how_packed_they_really_are(records: list[Record]) -> None:
    for record in records:
        if record.kind != "response":
            continue
        head = record.block.partition(b"\r\n\r\n")[0].decode("latin-1").lower()
        assert f"content-length: {len(record.payload)}" in head.split("\r\n")
        assert "content-encoding" not in head
        assert "transfer-encoding" not in head


def test_revisit_records_refer_to_responses_that_are_there(records: list[Record]) -> None:
    responses = {(it.fields["WARC-Target-URI"], it.fields["WARC-Date"]) for it in records if it.kind == "response"}
    revisits = [record.fields for record in records if record.kind == "revisit"]
    assert {fields["WARC-Profile"].rpartition("/")[2] for fields in revisits} == {
        "server-not-modified",
        "identical-payload-digest",
    }
    for fields in revisits:
        assert (fields["WARC-Refers-To-Target-URI"], fields["WARC-Refers-To-Date"]) in responses


def test_warcio_finds_no_fault(warcs: list[Path]) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, warcs)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout


def test_fastwarc_reads_every_record_and_its_digests(warcs: list[Path], records: list[Record]) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc", reason="FastWARC is not installed")
    read = []
    for path in warcs:
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file, parse_http=False):
                assert record.verify_block_digest() or "WARC-Block-Digest" not in record.headers
                read.append(record.record_id)
    assert len(read) == len(records)
