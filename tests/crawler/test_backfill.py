"""Which pages of foreign archives are kept, once each, whoever is killed when."""

import gzip
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveWriter, read_articles
from crawler.backfill.names import Names
from crawler.backfill.part import Part, read_part
from crawler.backfill.run import Backfill, BackfillError, BackfillReport
from crawler.backfill.wanted import Wanted
from crawler.outlets.outlet import Outlet, Source
from service.settings import ROOT
from tests.crawler.test_warc import a_record

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
NAMES = ("BPJS Ketenagakerjaan", "BPJS-TK", "Jamsostek", "Astek", "BP", "Employment Social Security Agency")
WANTED = Wanted(names=NAMES)
HTML = "text/html; charset=utf-8"


def an_outlet(outlet_id: str, host: str, article: str | None = None) -> Outlet:
    home = f"https://{host}/"
    return Outlet(outlet_id, host, home, "regional", "72", "Asia/Makassar", (Source("feed", home),), article=article)


def a_response(
    path: str,
    body: bytes | str = "<p>Jamsostek",
    *,
    kind: str = HTML,
    status: str = "200 OK",
    at: str = "2024-05-01T03:00:00Z",
    host: str = "https://kota.test",
    headers: str = "",
) -> bytes:
    body = body.encode() if isinstance(body, str) else body
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    number = sum(path.encode())
    more = f"WARC-Date: {at}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n".encode()
    return a_record(host + path, block).replace(b"Content-Length", more + b"Content-Length", 1)


def a_warc(folder: Path, *records: bytes, name: str = "luar.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return path


def kept(path: Path, wanted: Wanted = WANTED) -> list[str]:
    reading = read_part(Part(path, "x", 0, path.stat().st_size), wanted)
    return [page.url.removeprefix("https://kota.test") for article in reading.articles for page in article.pages]


# Names


@pytest.mark.parametrize(
    "text",
    [
        "peserta BPJS Ketenagakerjaan naik",
        "PESERTA BPJS KETENAGAKERJAAN NAIK",
        "BPJS\n\t Ketenagakerjaan",
        "BPJS&nbsp;Ketenagakerjaan",
        "BPJS&#32;&#8203;Ketenagakerjaan",
        "BPJS\u00a0Ketenagakerjaan",
        "BPJS\u2011Ketenagakerjaan",
        "<b>BPJS</b> <a class='x' href='/t'>Ketenagakerjaan</a>",
        "/tag/bpjs-ketenagakerjaan/",
        "#BPJSKetenagakerjaan",
        "BPJS TK,",
        "(Astek)",
        "the Employment  Social Security Agency said",
    ],
)
def test_a_name_is_found_however_it_is_printed(text: str) -> None:
    names = Names(NAMES)
    assert names.stand_in(text.encode())
    assert names.stand_in(text.encode("utf-16"))
    assert names.stand_in(text.encode("cp1252", "xmlcharrefreplace"))


@pytest.mark.parametrize(
    "text",
    [
        "BPJS Kesehatan dan Dinas Ketenagakerjaan",
        "pastek fantastek",
        "astekologi",
        "abp bpx",
        "social security agency of another country",
        "BPJS" + " sakit" * 40 + " Ketenagakerjaan",
        "",
    ],
)
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert not Names(NAMES).stand_in(text.encode())


@pytest.mark.parametrize(
    "text", ["jamsostek " * 90_000 + "mobile!", "e <" * 300_000 + "klaim", "jamsostek <b " * 70_000 + "mobile"]
)
def test_a_text_made_to_look_like_a_name_everywhere_is_read_through_once(text: str) -> None:
    assert not Names(("e-Klaim", "Jamsostek Mobile Baru")).stand_in(text.encode())


def test_a_name_is_found_behind_many_beginnings_of_it() -> None:
    assert Names(("BPJS Ketenagakerjaan",)).stand_in(b"ketenagakerjaan " * 5_000 + b"x bpjs <b>ketenagakerjaan</b>")


def test_without_names_nothing_is_found() -> None:
    assert not Names(()).stand_in(b"BPJS Ketenagakerjaan")


# Which pages


def test_only_web_pages_that_were_found_and_name_the_agency_are_kept(tmp_path: Path) -> None:
    path = a_warc(
        tmp_path,
        a_response("/berita/1/satu"),
        a_response("/berita/2/dua", "<p>sepak bola"),
        a_response("/berita/3/tiga", kind="application/pdf"),
        a_response("/berita/4/empat", status="404 Not Found"),
        a_response("/berita/5/lima", status="301 Moved"),
        a_response("/berita/6/enam", kind="application/xhtml+xml"),
        a_response("/berita/7/tujuh", "\n<html>Jamsostek", kind=""),
        a_response("/berita/8/delapan", gzip.compress(b"<p>Jamsostek"), headers="Content-Encoding: gzip\r\n"),
        a_response("/berita/9/sembilan", b"\x1f\x8b\x08rusak", headers="Content-Encoding: gzip\r\n"),
        a_response("/berita/10/sepuluh", "<p>Jamsostek" + "x" * 6_000_000),
        a_record("https://kota.test/berita/11", b"GET / HTTP/1.1\r\n\r\n").replace(b"response", b"request"),
    )
    reading = read_part(Part(path, "x", 0, path.stat().st_size), WANTED)
    assert kept(path) == [f"/berita/{number}" for number in ("1/satu", "6/enam", "7/tujuh", "8/delapan")]
    assert reading.responses == 10
    assert reading.left_out == {"not-named": 1, "not-html": 3, "unreadable": 1, "too-large": 1}


def test_a_page_keeps_where_it_came_from_and_when_it_was_fetched(tmp_path: Path) -> None:
    path = a_warc(tmp_path, a_response("/berita/1/satu"), a_response("/a", host="https://www.asing.test"))
    wanted = replace(WANTED, outlets=(an_outlet("kota", "kota.test"),))
    first, second = (
        page for article in read_part(Part(path, "x", 0, 10**6), wanted).articles for page in article.pages
    )
    assert (first.outlet, first.discovery, first.via) == ("kota", "backfill", "luar.warc.gz")
    assert first.fetched == datetime(2024, 5, 1, 3, tzinfo=UTC)
    assert first.origin is not None
    assert first.origin.startswith("<urn:uuid:")
    assert second.outlet == "asing.test"


def test_of_outlets_only_the_articles_are_kept_whatever_they_name(tmp_path: Path) -> None:
    path = a_warc(
        tmp_path,
        a_response("/read/1/bola", "<p>sepak bola"),
        a_response("/indeks", "<p>sepak bola"),
        a_response("/berita/harga-beras-naik-lagi-di-pasar", "<p>beras", host="https://m.desa.test"),
        a_response("/tag/beras", "<p>beras", host="https://desa.test"),
        a_response("/berita/kabar-dari-luar-negeri-hari-ini", "<p>Jamsostek", host="https://asing.test"),
    )
    outlets = (an_outlet("kota", "kota.test", article=r"^/read/\d+/"), an_outlet("desa", "desa.test"))
    every = Wanted(outlets=outlets, only=frozenset({"kota", "desa"}))
    assert kept(path, every) == ["/read/1/bola", "https://m.desa.test/berita/harga-beras-naik-lagi-di-pasar"]
    assert kept(path, replace(every, only=frozenset({"kota"}))) == ["/read/1/bola"]
    assert kept(path, replace(every, names=NAMES)) == []


def test_only_pages_fetched_between_two_moments_are_kept(tmp_path: Path) -> None:
    days = [a_response(f"/berita/{day}/x", at=f"2024-05-{day:02}T03:00:00Z") for day in range(1, 6)]
    path = a_warc(tmp_path, *days)
    since, until = datetime(2024, 5, 2, tzinfo=UTC), datetime(2024, 5, 4, tzinfo=UTC)
    assert kept(path, replace(WANTED, since=since, until=until)) == ["/berita/2/x", "/berita/3/x"]


def test_of_twins_the_page_under_the_plainest_address_is_kept(tmp_path: Path) -> None:
    path = a_warc(
        tmp_path,
        a_response("/berita/1/satu/amp", "<p>Jamsostek AMP"),
        a_response("/berita/1/satu?utm_source=rss"),
        a_response("/berita/1/satu"),
        a_response("/berita/1/satu", host="https://m.kota.test"),
    )
    reading = read_part(Part(path, "x", 0, 10**6), WANTED)
    assert kept(path) == ["/berita/1/satu"]
    assert reading.left_out == {"twin-or-part": 3}


def test_the_pages_of_an_article_are_put_together_and_a_later_page_alone_is_none(tmp_path: Path) -> None:
    path = a_warc(
        tmp_path,
        a_response("/berita/1/satu?page=2"),
        a_response("/berita/1/satu"),
        a_response("/berita/1/satu?page=4"),
        a_response("/berita/2/dua?page=3"),
        a_response("/berita/3/tiga"),
        a_response("/berita/3/tiga?page=all"),
    )
    (first, whole) = read_part(Part(path, "x", 0, 10**6), WANTED).articles
    assert [(page.url[-6:], page.number) for page in first.pages] == [("1/satu", 1), ("page=2", 2)]
    assert [(page.url[-8:], page.number) for page in whole.pages] == [("page=all", 1)]


def test_an_article_whose_pages_lie_on_both_sides_of_a_cut_is_kept_whole_and_once(tmp_path: Path) -> None:
    paths = ["/berita/1/satu", "/berita/1/satu?page=2", "/berita/1/satu?page=3", "/berita/2/dua"]
    records = [a_response(path, "<p>Jamsostek " + "x" * 2_000) for path in paths]
    path = a_warc(tmp_path, *records)
    size = path.stat().st_size
    for cut in range(1, size, 17):
        parts = [Part(path, "x", 0, cut), Part(path, "x", cut, size)]
        articles = [article for part in parts for article in read_part(part, WANTED).articles]
        assert sorted(len(article.pages) for article in articles) == [1, 3]


# The run


def desk(folder: Path, processes: int = 1, part_bytes: int = 2_000) -> Backfill:
    return Backfill(
        folder / "backfill", folder / "spool", "uji", lambda: NOW, processes=processes, part_bytes=part_bytes
    )


def spooled(folder: Path) -> list[str]:
    files = sorted((folder / "spool").glob("*"))
    assert all(path.name.endswith(".warc.gz") for path in files)
    return sorted(page.url for path in files for article in read_articles(path) for page in article)


def an_archive(folder: Path, pages: int = 120, name: str = "luar.warc.gz") -> tuple[Path, list[str]]:
    """An archive of which every third page names the agency, some of them twice."""
    noise = random.Random(3)
    records, wanted = [], []
    for number in range(pages):
        named = number % 3 == 0
        body = f"<p>{'Jamsostek' if named else 'bola'} {noise.randbytes(200).hex()}"
        records.append(a_response(f"/berita/{number}/judul", body))
        if named:
            wanted.append(f"https://kota.test/berita/{number}/judul")
        if number % 9 == 0:
            records.insert(noise.randrange(len(records)), records[-1])
    return a_warc(folder, *records, name=name), sorted(wanted)


def test_any_tool_reads_in_the_new_archive_where_a_page_came_from(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>Jamsostek")
    path = a_warc(tmp_path, a_response("/berita/1/satu", packed, headers="Content-Encoding: gzip\r\n"))
    desk(tmp_path).run([path], WANTED)
    (file,) = (tmp_path / "spool").glob("backfill-*.warc.gz")
    with file.open("rb") as opened:
        records = [
            (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(opened, check_digests="raise")
        ]
    assert [kind for kind, *_ in records] == ["warcinfo", "response"]
    _, fields, headers, body = records[1]
    assert fields.get_header("WARC-Date") == "2024-05-01T03:00:00.000000Z"
    assert fields.get_header("Pantau-Discovery") == "backfill"
    assert fields.get_header("Pantau-Outlet") == "kota.test"
    assert fields.get_header("Pantau-Via") == "luar.warc.gz"
    assert fields.get_header("Pantau-Origin").startswith("<urn:uuid:")
    assert (headers.get_header("content-encoding"), body) == (None, b"<p>Jamsostek")
    ((page,),) = read_articles(file)
    assert page.origin == fields.get_header("Pantau-Origin")


@pytest.mark.parametrize("processes", [1, 3])
def test_what_is_wanted_comes_into_the_spool_once(tmp_path: Path, processes: int) -> None:
    path, wanted = an_archive(tmp_path)
    steps: list[int] = []
    report = desk(tmp_path, processes).run([path], WANTED, lambda so_far: steps.append(so_far.read))
    assert spooled(tmp_path) == wanted
    assert (report.articles, report.pages) == (len(wanted), len(wanted))
    assert report.read == report.bytes == path.stat().st_size == steps[-1]
    assert len(steps) > 3
    assert report.responses == report.pages + sum(report.left_out.values())


def test_a_finished_backfill_does_nothing_again_also_under_another_name(tmp_path: Path) -> None:
    path, wanted = an_archive(tmp_path)
    desk(tmp_path).run([path], WANTED)
    moved = path.rename(tmp_path / "pindah.warc.gz")
    report = desk(tmp_path).run([moved], WANTED)
    assert (report.before, report.read, report.articles) == (report.bytes, 0, 0)
    assert spooled(tmp_path) == wanted


def test_another_choice_of_pages_reads_the_file_anew_and_keeps_nothing_twice(tmp_path: Path) -> None:
    path, wanted = an_archive(tmp_path)
    desk(tmp_path).run([path], WANTED)
    report = desk(tmp_path).run([path], replace(WANTED, names=("bola", "Jamsostek")))
    assert report.before == 0
    assert report.articles == 120 - len(wanted)
    assert len(spooled(tmp_path)) == 120


def test_again_keeps_once_more_what_was_kept(tmp_path: Path) -> None:
    path, wanted = an_archive(tmp_path)
    desk(tmp_path).run([path], WANTED)
    report = desk(tmp_path).run([path], WANTED, again=True)
    assert (report.before, report.articles) == (0, len(wanted))
    assert spooled(tmp_path) == sorted(wanted * 2)


def test_several_files_are_read_and_what_stands_in_both_is_kept_once(tmp_path: Path) -> None:
    one, wanted = an_archive(tmp_path)
    other = a_warc(tmp_path, a_response("/berita/0/judul"), a_response("/berita/baru/1"), name="lain.warc.gz")
    report = desk(tmp_path).run([one, other, one], WANTED)
    assert spooled(tmp_path) == sorted([*wanted, "https://kota.test/berita/baru/1"])
    assert report.bytes == one.stat().st_size + other.stat().st_size
    assert report.left_out["kept-before"] >= 1


def test_behind_damage_reading_goes_on_and_the_place_is_told(tmp_path: Path) -> None:
    path, wanted = an_archive(tmp_path)
    raw = path.read_bytes()
    place = raw.index(b"\x1f\x8b\x08", len(raw) // 2)
    path.write_bytes(raw[:place] + b"??????????????" + raw[place + 14 :])
    report = desk(tmp_path).run([path], WANTED)
    assert [(name, damage.offset) for name, damage in report.damage] == [("luar.warc.gz", place)]
    assert len(spooled(tmp_path)) >= len(wanted) - 1


def test_a_file_that_is_no_archive_is_damage_and_not_an_end(tmp_path: Path) -> None:
    broken = tmp_path / "bukan.warc.gz"
    broken.write_bytes(b"bukan arsip")
    path, wanted = an_archive(tmp_path)
    report = desk(tmp_path).run([broken, path], WANTED)
    assert [name for name, _ in report.damage] == ["bukan.warc.gz"]
    assert spooled(tmp_path) == wanted


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackfillError, match=r"tiada\.warc\.gz"):
        desk(tmp_path).run([tmp_path / "tiada.warc.gz"], WANTED)


def test_two_backfills_at_once_are_refused(tmp_path: Path) -> None:
    path, _ = an_archive(tmp_path)

    def run_another(_report: BackfillReport) -> None:
        with pytest.raises(BackfillError, match="another backfill"):
            desk(tmp_path).run([path], WANTED)

    desk(tmp_path).run([path], WANTED, run_another)


def test_a_spool_that_takes_no_more_ends_the_run_and_the_next_one_keeps_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = an_archive(tmp_path)
    written = 0

    def write(self: ArchiveWriter, *arguments: object) -> None:
        nonlocal written
        written += 1
        if written > 10:
            raise OSError(28, "No space left on device")
        add(self, *arguments)  # type: ignore[arg-type]

    add = ArchiveWriter.add
    with monkeypatch.context() as full:
        full.setattr(ArchiveWriter, "add", write)
        with pytest.raises(OSError, match="No space"):
            desk(tmp_path).run([path], WANTED)
    assert list((tmp_path / "backfill").glob("*.part")) == []
    desk(tmp_path).run([path], WANTED)
    assert spooled(tmp_path) == wanted


def test_a_stop_between_sealing_and_naming_a_file_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = an_archive(tmp_path)

    def stop(*_arguments: object, **_options: object) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("crawler.backfill.run.publish", stop)
        with pytest.raises(KeyboardInterrupt):
            desk(tmp_path).run([path], WANTED)
    assert spooled(tmp_path) == []
    report = desk(tmp_path).run([path], WANTED)
    assert report.before == report.bytes
    assert spooled(tmp_path) == wanted


# Killed

KILLS = int(os.environ.get("PANTAU_TEST_KILLS", "4"))
_CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.backfill import run
from crawler.backfill.wanted import Wanted
run._FILE_ARTICLES = 7
folder = Path(sys.argv[1])
if __name__ == "__main__":
    now = datetime.now(UTC)
    job = run.Backfill(folder / "backfill", folder / "spool", "uji", lambda: now, processes=2, part_bytes=4_000)
    job.run([folder / "luar.warc.gz"], Wanted(names=("Jamsostek",)))
"""


def killed_runs(folder: Path, moments: random.Random) -> Iterator[int]:
    """Runs that were killed, and the first that was not; the seconds until each kill grow until one comes through."""
    script = folder / "job.py"
    script.write_text(_CHILD, encoding="utf-8")
    for number in range(KILLS + 1):
        process = subprocess.Popen(
            [sys.executable, str(script), str(folder)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        if number < KILLS:
            with suppress(subprocess.TimeoutExpired):
                process.wait(moments.uniform(0.2, 3))
            process.send_signal(signal.SIGKILL)
        yield process.wait(120)


@pytest.mark.crash
def test_kills_at_any_moment_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    path, wanted = an_archive(tmp_path, pages=1_500)
    *_, last = killed_runs(tmp_path, random.Random(seed))
    assert last == 0
    assert path.stat().st_size > 100_000
    assert spooled(tmp_path) == wanted
    assert list((tmp_path / "backfill").glob("*.part")) == []
