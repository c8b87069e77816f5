"""Files of a search: exactly what the filter shows, in bounds, and inert."""

import csv
import io
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from nlp.analysis import Quote, Region
from service.adapters.clip_book import NO_LIBRARY, ClipBook
from service.adapters.clip_book.press import LACKS_LIBRARY
from service.adapters.tantivy_index import TantivyIndex
from service.domain.article import Article
from service.domain.clipping import COLUMNS, LONGEST_LINE, Clip, ClipHeading, Clipper, table
from service.domain.correction import Correction
from service.domain.export import KEPT_EXPORTS, MOST_WAITING, REUSED_WITHIN, Export, ExportOrder
from service.domain.query import Query
from service.errors import ExportError, IndexUnavailable
from service.settings import ROOT
from service.usecases.exporting import PAGE, Exports, forget_exports, found_articles
from tests.service.builders import NOW, ManualClock, a_figure, a_span, an_analysis, an_article
from tests.service.desk_sample import exports_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore

HEADING = ClipHeading(
    agency="BPJS Ketenagakerjaan",
    filters=(("Kata", "klaim"), ("Wilayah", "Kota Palembang")),
    period="1–23 Nov 2026",
    made=NOW,
    by="Rani Saputri",
    address="https://pantau.agency.example/?q=klaim",
)
PALEMBANG = (Region("Kota Palembang", "16.71", "kota", "Sumatera Selatan"),)
CLIPPER = Clipper(lambda outlet: outlet, lambda code: code, lambda article_id: f"https://pantau.example/{article_id}")
EVIL = (
    '=HYPERLINK("http://jahat.example") <script>alert(1)</script><img src="file:///etc/passwd">'
    '<link rel=stylesheet href="http://jahat.example/x.css"><a href="data:text/html,x">'
    "\u202etxt.exe\u202c\u200b\x00\x1b]"
    '</style><style>@import "http://jahat.example/y.css";</style>{{ 7 * 7 }}'
)


def an_order(kind: str = "csv", **changes: object) -> ExportOrder:
    order = ExportOrder("p-rani", kind, "q=klaim", Query(text="klaim"), HEADING)  # type: ignore[arg-type]
    return replace(order, **changes)  # type: ignore[arg-type]


def newsroom(articles: list[Article]) -> tuple[FakeIndex, FakeStore]:
    index, store = FakeIndex(), FakeStore()
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)
    index.put(articles)
    return index, store


def rows_of(exports: Exports, export: Export) -> list[list[str]]:
    path = exports.file(export)
    assert path is not None
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def finished(exports: Exports, export: Export) -> Export:
    found = exports.export(export.id, export.person_id)
    assert found is not None
    return found


def test_an_export_has_exactly_the_articles_found_on_all_pages_with_tied_times(tmp_path: Path) -> None:
    # Six times only: nearly every article shares its own with two hundred others, across the bounds of pages.
    articles = [
        an_article(f"berita-{number}", published=NOW - timedelta(hours=number % 6), story_id=f"s{number // 3}")
        for number in range(2 * PAGE + 137)
    ]
    other = an_article("lain", title="Jadwal kapal berubah", text="Kapal berangkat pukul tujuh.")
    store = FakeStore()
    with store.transaction() as transaction:
        for article in (*articles, other):
            transaction.add(article)
    index = TantivyIndex(tmp_path / "index", lock_timeout=0)
    index.put([*articles, other])
    expected: list[str] = []
    cursor = None
    while True:
        page = index.search(Query(text="klaim"), size=50, cursor=cursor)
        expected += [hit.article_id for hit in page.hits]
        cursor = page.cursor
        if cursor is None:
            break
    limits = {"csv": 5_000, "xlsx": 5_000, "pdf": 500}
    exports = exports_over(index, store, ManualClock(), tmp_path / "files", limits=limits)  # type: ignore[arg-type]
    order = an_order(query=Query(text="klaim", collapse=True))
    export = finished(exports, exports.begin(order))
    heading, *rows = rows_of(exports, export)
    assert heading == [column.heading for column in COLUMNS]
    assert [row[-1] for row in rows] == expected
    assert {row[-1] for row in rows} == {article.id for article in articles}
    assert (export.state, export.done, export.total) == ("done", len(articles), len(articles))
    index.close()


def test_what_comes_in_meanwhile_neither_repeats_nor_hides_an_article() -> None:
    articles = [an_article(f"berita-{number}") for number in range(PAGE + 20)]
    index, store = newsroom(articles)
    pages = found_articles(index, store, Query())
    first = next(pages)
    index.put([an_article("baru", published=NOW)])
    rest = [article for page in pages for article in page]
    assert sorted(article.id for article in (*first, *rest)) == sorted(article.id for article in articles)


def test_a_search_that_finds_more_than_fits_is_refused_with_what_to_do(tmp_path: Path) -> None:
    index, store = newsroom([an_article(f"berita-{number}") for number in range(12)])
    limits = {"csv": 12, "xlsx": 12, "pdf": 11}
    exports = exports_over(index, store, ManualClock(), tmp_path, limits=limits)  # type: ignore[arg-type]
    with pytest.raises(ExportError, match=r"12 berita; PDF memuat paling banyak 11\. Persempit"):
        exports.begin(an_order("pdf"))
    assert finished(exports, exports.begin(an_order("csv"))).done == 12


def test_the_same_order_is_answered_by_the_same_file_for_a_while(tmp_path: Path) -> None:
    index, store = newsroom([an_article()])
    clock = ManualClock()
    exports = exports_over(index, store, clock, tmp_path)
    first = exports.begin(an_order())
    assert exports.begin(an_order()).id == first.id
    assert exports.begin(an_order(person_id="p-budi")).id != first.id
    assert exports.begin(an_order("xlsx")).id != first.id
    assert exports.begin(an_order(search="q=lain")).id != first.id
    assert exports.begin(an_order(), again=True).id != first.id
    clock.advance(REUSED_WITHIN)
    assert exports.begin(an_order()).id != first.id


def test_an_export_is_its_persons_alone_outlives_a_restart_and_is_gone_after_a_day(tmp_path: Path) -> None:
    index, store = newsroom([an_article()])
    clock = ManualClock()
    export = exports_over(index, store, clock, tmp_path).begin(an_order())
    (tmp_path / "rusak.json").write_text("{")
    (tmp_path / "x.part").write_text("half")
    exports = exports_over(index, store, clock, tmp_path)
    assert not (tmp_path / "x.part").exists()
    assert exports.export(export.id, "p-budi") is None
    assert len(rows_of(exports, finished(exports, export))) == 2
    clock.advance(KEPT_EXPORTS)
    assert exports.export(export.id, "p-rani") is None
    assert forget_exports(tmp_path, clock()) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_an_export_that_broke_off_left_is_gone_after_a_day(tmp_path: Path) -> None:
    def left(name: str, at: datetime, text: str = "half") -> None:
        (tmp_path / name).write_text(text)
        os.utime(tmp_path / name, (at.timestamp(), at.timestamp()))

    for name in ("a.csv", "a.json.part", "b.part", "b.html"):
        left(name, NOW - KEPT_EXPORTS)
    left("c.pdf", NOW - KEPT_EXPORTS + timedelta(seconds=1))
    left("d.json", NOW, '{"id": "d')
    left("d.csv", NOW)
    assert forget_exports(tmp_path, NOW) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["c.pdf"]


def test_an_export_whose_file_cannot_be_put_in_its_place_leaves_no_record(tmp_path: Path) -> None:
    index, store = newsroom([an_article()])
    exports = exports_over(index, store, ManualClock(), tmp_path, writers={"csv": lambda path, heading, clips: None})
    assert finished(exports, exports.begin(an_order())).state == "failed"
    assert list(tmp_path.iterdir()) == []


def test_only_so_many_are_made_at_once_and_wait_and_what_is_under_way_is_found_again(tmp_path: Path) -> None:
    index, store = newsroom([an_article()])
    go, running, most = threading.Event(), [0], [0]

    def write(path: Path, heading: ClipHeading, clips: Iterator[Clip]) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        assert go.wait(30)
        path.write_text(str(len(list(clips))))
        running[0] -= 1

    executor = ThreadPoolExecutor(1)
    exports = exports_over(index, store, ManualClock(), tmp_path, executor, writers={"csv": write})
    begun = [exports.begin(an_order(search=f"q={number}")) for number in range(MOST_WAITING)]
    assert exports.begin(an_order(search="q=0")).id == begun[0].id
    with pytest.raises(ExportError, match="Tunggu"):
        exports.begin(an_order(search="q=lain"))
    other = exports.begin(an_order(person_id="p-budi"))
    assert finished(exports, other).state == "waiting"
    assert exports.file(other) is None
    go.set()
    executor.shutdown(wait=True)
    assert {finished(exports, it).state for it in (*begun, other)} == {"done"}
    assert most == [1]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ExportError("Terlalu banyak."), "Terlalu banyak."),
        (IndexUnavailable("down"), "tidak menjawab"),
        (OSError("full"), "ruangnya mungkin habis"),
        (ZeroDivisionError("bug"), "sudah dicatat"),
    ],
)
def test_what_goes_wrong_is_told_and_leaves_no_file(tmp_path: Path, error: Exception, told: str) -> None:
    index, store = newsroom([an_article()])

    def write(path: Path, heading: ClipHeading, clips: Iterator[Clip]) -> None:
        path.write_text("half")
        raise error

    exports = exports_over(index, store, ManualClock(), tmp_path, writers={"csv": write})
    export = finished(exports, exports.begin(an_order()))
    assert export.state == "failed"
    assert told in export.problem
    assert list(tmp_path.iterdir()) == []
    assert exports.begin(an_order()).id != export.id


def a_hostile_article() -> Article:
    text = EVIL + " BPJS Ketenagakerjaan " + "x" * 10_000_000
    quote = Quote("text", 0, 40, EVIL, "direct", EVIL, EVIL)
    return an_article(
        "jahat",
        title=EVIL,
        text=text,
        url="javascript:alert(1)//https://jahat.example",
        authors=(EVIL,),
        labels=("=1+1",),
        analysis=an_analysis(evidence=(replace(a_span("SUKAMAJU"), text=text),), quotes=(quote,)),
    )


def test_a_clip_is_bounded_on_one_line_and_nothing_in_it_acts() -> None:
    clip = CLIPPER.clip(a_hostile_article())
    texts = [clip.headline, clip.sentence, clip.quotes[0].text, clip.quotes[0].speaker, *clip.authors]
    assert max(map(len, texts)) <= 2 * LONGEST_LINE
    assert not any(re.search("[\x00-\x1f\u202a-\u202e\u200b]", text) for text in texts)
    assert clip.link == ""


def test_the_sentence_that_matters_is_the_deciding_one_else_the_first() -> None:
    article = an_article()
    assert CLIPPER.clip(article).sentence.startswith("SUKAMAJU - Puluhan pekerja")
    plain = replace(article, analysis=an_analysis(evidence=()), text="\n  \nKalimat satu. Kalimat dua.")
    assert CLIPPER.clip(plain).sentence == "Kalimat satu."


def test_only_the_speaker_s_own_words_stand_between_quotation_marks(tmp_path: Path) -> None:
    own = Quote("text", 0, 4, "Kami minta maaf,", "direct", "Wulan Pratiwi", "Kepala Cabang")
    told = Quote("text", 0, 4, "iuran diambil dari APBD", "reported", "Haslinda Mardjun", "Gubernur")
    clip = CLIPPER.clip(an_article(quotes=(own, told)))
    heading, row = table([clip])
    assert row[heading.index("Narasumber")] == (
        "Netral – Wulan Pratiwi (Kepala Cabang) – “Kami minta maaf”\n"
        "Netral – Haslinda Mardjun (Gubernur) – iuran diambil dari APBD"
    )
    entry = " ".join(printed(tmp_path / "book.pdf", [clip])[-1].split())
    assert "Wulan Pratiwi (Kepala Cabang): “Kami minta maaf”" in entry
    assert "Haslinda Mardjun (Gubernur): iuran diambil dari APBD" in entry


def test_a_clip_tells_the_region_that_a_person_decided_and_each_figure_once() -> None:
    figures = (a_figure(), replace(a_figure(), field="title"), a_figure(value=19.7))
    article = an_article(figures=figures, regions=PALEMBANG)
    moved = replace(article, corrections=(Correction(article.id, "regions", "35.09", "Rani Saputri", NOW),))
    clip = CLIPPER.clip(moved)
    assert (clip.region, clip.region_code) == ("35.09", "35.09")
    assert CLIPPER.clip(article).region_code == "16.71"
    assert clip.figures == ("Peserta: 10,97 persen", "Peserta: 19,7 persen")


def test_a_spreadsheet_runs_nothing_of_what_the_web_says(tmp_path: Path) -> None:
    index, store = newsroom([a_hostile_article(), an_article()])
    exports = exports_over(index, store, ManualClock(), tmp_path)
    for row in rows_of(exports, finished(exports, exports.begin(an_order(query=Query())))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    path = exports.file(finished(exports, exports.begin(an_order("xlsx", query=Query()))))
    assert path is not None
    book = load_workbook(path)
    sheet, notes = book.worksheets
    assert all(cell.data_type != "f" for row in (*sheet.iter_rows(), *notes.iter_rows()) for cell in row)
    at = [cell.value for cell in sheet[1]].index("Tautan")
    targets = {row[at].value: it.target if (it := row[at].hyperlink) else None for row in sheet.iter_rows(2)}
    assert targets == {
        "javascript:alert(1)//https://jahat.example": None,
        "https://kabarsukamaju.example/klaim-tertunda": "https://kabarsukamaju.example/klaim-tertunda",
    }
    told = {row[0].value: row[1].value for row in notes.iter_rows()}
    assert told["Kata"] == "klaim"
    assert told["Oleh"] == "Rani Saputri"
    assert told["Disusun"] == "Sen 23 Nov 2026, 08.00 WIB"
    assert told["Jumlah berita"] == 2
    assert told["Netral"] == 2


def printed(path: Path, clips: list[Clip], heading: ClipHeading = HEADING) -> list[str]:
    """The text of the book's pages."""
    ClipBook(ROOT).write(path, heading, iter(clips))
    return [page.extract_text() for page in PdfReader(path).pages]


def test_the_clip_book_has_a_cover_an_index_that_tells_the_pages_and_an_entry_per_article(tmp_path: Path) -> None:
    quote = Quote("text", 0, 4, "Kami minta maaf,", "direct", "Wulan Pratiwi", "Kepala Cabang")
    articles = [
        an_article(f"berita-{number}", title=f"Klaim nomor {number} tertunda", tone=tone)
        for number, tone in enumerate(["positive", *["negative"] * 10])
    ]
    articles[0] = replace(articles[0], analysis=replace(articles[0].analysis, quotes=(quote,)))
    pages = printed(tmp_path / "book.pdf", [CLIPPER.clip(article) for article in articles])
    cover = pages[0]
    assert "Kliping berita" in cover
    assert "BPJS Ketenagakerjaan" in cover
    assert "1–23 Nov 2026" in cover
    assert re.search(r"11\s*berita\s+1\s*positif\s+0\s*netral\s+10\s*negatif", cover)
    assert re.search(r"Wilayah\s+Kota Palembang", cover)
    assert "Rani Saputri" in cover
    assert "Daftar berita" in pages[1]
    for number in range(11):
        title = f"Klaim nomor {number} tertunda"
        row = re.search(rf"{title}.*?(Negatif|Positif)\s+(\d+)", pages[1], re.DOTALL)
        assert row is not None
        assert title in pages[int(row[2]) - 1]
        assert f"Halaman {row[2]} dari {len(pages)}" in pages[int(row[2]) - 1]
    entry = pages[2]
    assert "Sen 23 Nov 2026, 05.00 WIB" in entry
    assert "Puluhan pekerja pabrik rotan" in entry
    assert "Wulan Pratiwi (Kepala Cabang): “Kami minta maaf”" in " ".join(entry.split())
    assert "https://kabarsukamaju.example/berita-0" in entry
    assert "Kliping BPJS Ketenagakerjaan" in entry


def test_hostile_text_in_the_clip_book_is_text_and_fetches_nothing(tmp_path: Path) -> None:
    clip = CLIPPER.clip(a_hostile_article())
    heading = replace(HEADING, agency=EVIL, by=EVIL, filters=((EVIL, EVIL),), period=EVIL)
    path = tmp_path / "book.pdf"
    text = "".join("".join(printed(path, [clip], heading)).split())
    reader = PdfReader(path)
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text
    assert not re.search("[\u202a-\u202e\u200b]", text)
    assert len(reader.pages) <= 4
    assert "root:" not in text
    assert path.stat().st_size < 200_000
    links = [
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    ]
    assert links == []
    assert reader.attachments == {}
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_a_page_that_asks_for_files_or_addresses_gets_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::after { content: 'TERBACA' }")
    asks = "".join(
        f'<link rel="{kind}" href="{address}"><img src="{address}">'
        for kind in ("stylesheet", "attachment")
        for address in (secret.as_uri(), "http://127.0.0.1:9/x.css", "data:text/css,body::after{content:'TERBACA'}")
    )
    page, book = tmp_path / "page.html", tmp_path / "book.pdf"
    page.write_text(f"<p>isi</p>{asks}")
    press = [sys.executable, "-m", "service.adapters.clip_book.press", str(page), str(book), "60"]
    assert subprocess.run(press, cwd=ROOT, capture_output=True).returncode == 0
    reader = PdfReader(book)
    assert "isi" in reader.pages[0].extract_text()
    assert "TERBACA" not in reader.pages[0].extract_text()
    assert reader.attachments == {}


def test_a_book_that_takes_too_long_is_given_up_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"tidak selesai dalam 0\.01 detik"):
        ClipBook(ROOT, seconds=0.01).write(tmp_path / "book.pdf", HEADING, iter([CLIPPER.clip(an_article())]))
    assert list(tmp_path.iterdir()) == []


def book_with(folder: Path, weasyprint: str) -> ClipBook:
    """A clip book that is laid out by this module in the place of WeasyPrint."""
    package = folder / "service" / "adapters" / "clip_book"
    package.mkdir(parents=True)
    for made in (package, package.parent, package.parent.parent):
        (made / "__init__.py").touch()
    press = ROOT / "service" / "adapters" / "clip_book" / "press.py"
    (package / "press.py").write_text(press.read_text())
    (folder / "weasyprint.py").write_text(weasyprint)
    return ClipBook(folder)


def test_a_book_whose_layout_breaks_down_is_told_as_one_that_cannot_be_made_and_its_error_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    book = book_with(tmp_path, "raise MemoryError('no room for a font')")
    with pytest.raises(ExportError, match="sudah dicatat"):
        book.write(tmp_path / "book.pdf", HEADING, iter([]))
    (logged,) = caplog.records
    assert logged.__dict__["reason"] == "MemoryError: no room for a font"


def test_without_pango_the_message_says_what_to_install(tmp_path: Path) -> None:
    book = book_with(tmp_path, "raise OSError('cannot load library libpango-1.0-0')")
    with pytest.raises(ExportError) as caught:
        book.write(tmp_path / "book.pdf", HEADING, iter([]))
    assert str(caught.value) == NO_LIBRARY
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in NO_LIBRARY
    assert LACKS_LIBRARY != 0


def test_closing_ends_what_is_being_printed_and_calls_it_no_fault_of_the_file(tmp_path: Path) -> None:
    book = ClipBook(ROOT)
    book.close()
    with pytest.raises(RuntimeError, match="it was closed"):
        book.write(tmp_path / "book.pdf", HEADING, iter([CLIPPER.clip(an_article())]))
