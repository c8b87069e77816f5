"""The lead, the credits, whether the article is whole, and how sure each field is."""

import json

import pytest

from crawler.confidence import agreement, confidence_of, words_of
from crawler.credits import credits_in
from crawler.extract import extract, extraction_to_json, pages_from_files
from crawler.page import Extraction

URL = "https://kabarbahari.example/berita/4711/iuran-nelayan-di-teluk-biru-naik"
TITLE = "Iuran Nelayan di Teluk Biru Naik Mulai Januari"
SENTENCES = (
    "TELUK BIRU - Iuran jaminan sosial nelayan di Kabupaten Teluk Biru naik mulai Januari, kata kepala cabang.",
    "Kenaikan itu berlaku bagi 8.120 nelayan yang terdaftar, dan ditanggung pemerintah kabupaten selama setahun.",
    "Pemilik kapal diminta mendaftarkan seluruh awaknya sebelum musim barat tiba pada akhir tahun.",
)
LONG = tuple(f"{line} Demikian keterangan ke-{n} dari kantor itu." for n in range(5) for line in SENTENCES)


def a_page(*lines: str, head: str = "", before: str = "", after: str = "", title: str = TITLE) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines or SENTENCES)
    return f"""<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><h1>{TITLE}</h1>{before}
    <div class="isi">{body}</div>{after}</body></html>""".encode()


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def read(*bodies: bytes, url: str = URL) -> Extraction:
    return extract(pages_from_files(url, bodies))


def test_the_lead_is_the_first_paragraph_without_its_dateline() -> None:
    extraction = read(a_page())
    assert extraction.dateline == "TELUK BIRU"
    assert extraction.lead == SENTENCES[0].removeprefix("TELUK BIRU - ")
    assert extraction.text.startswith("TELUK BIRU - ")


def test_a_report_without_a_dateline_has_its_first_paragraph_as_lead() -> None:
    assert read(a_page(SENTENCES[1], SENTENCES[2])).lead == SENTENCES[1]


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("(vyp/kna)", ("vyp/kna",)),
        ("(E-2)", ("E-2",)),
        ("(*)", ()),
        ("Editor: Bagas Pramudya", ("Editor: Bagas Pramudya",)),
        ("Pewarta: Ratri Kusumadewi", ("Pewarta: Ratri Kusumadewi",)),
        (
            "Pewarta: Ratri Kusumadewi Editor: Yoga Mahardika COPYRIGHT © KAWAT 2026",
            ("Pewarta: Ratri Kusumadewi", "Editor: Yoga Mahardika"),
        ),
        ("Penulis : Sekar Ayu | Editor : Bagas Pramudya", ("Penulis: Sekar Ayu", "Editor: Bagas Pramudya")),
        ("Rep: Sekar Ayu/ Red: Bagas Pramudya", ("Rep: Sekar Ayu", "Red: Bagas Pramudya")),
        ("Redaktur & Reporter : Natalia Wibisono", ("Redaktur & reporter: Natalia Wibisono",)),
        ("(Editor: Bagas Pramudya)", ("Editor: Bagas Pramudya",)),
    ],
)
def test_what_signs_a_report_is_kept_apart_from_its_text(line: str, credits: tuple[str, ...]) -> None:
    extraction = read(a_page(*SENTENCES, line))
    assert extraction.text == "\n".join(SENTENCES)
    assert extraction.credits == credits


def test_initials_at_the_end_of_the_last_sentence_are_credits() -> None:
    extraction = read(a_page(*SENTENCES[:2], f"{SENTENCES[2]} (rgs/wld)"))
    assert extraction.text == "\n".join(SENTENCES)
    assert extraction.credits == ("rgs/wld",)


def test_credits_outside_the_text_are_found_and_named_once() -> None:
    byline = "<div>Penulis: Sekar Ayuningtyas</div>"
    after = "<div class='tim'>Penulis: Sekar Ayuningtyas<br>Editor: Bagas Pramudya</div>"
    assert read(a_page(before=byline, after=after)).credits == ("Penulis: Sekar Ayuningtyas", "Editor: Bagas Pramudya")


@pytest.mark.parametrize(
    "line",
    [
        "Editor surat kabar itu ikut terdaftar sebagai peserta.",
        "Sumber: Kawat Nusantara",
        "Oleh karena itu: pemerintah kabupaten menambah anggaran jaminan sosial bagi nelayan kecil pada tahun depan.",
        "Wartawan: apa alasan iuran itu naik? Kepala cabang: karena manfaatnya juga naik sejak tahun lalu, kata dia.",
        "Editor:",
        "Editor: " + "a" * 300,
    ],
)
def test_a_sentence_is_no_credit(line: str) -> None:
    assert credits_in(line) == ()


def test_an_article_without_a_wall_or_a_pager_is_whole() -> None:
    assert read(a_page(*LONG)).is_whole


def test_an_article_that_only_subscribers_read_to_its_end_is_not_whole() -> None:
    assert not read(a_page(*LONG, head=linked(headline=TITLE, isAccessibleForFree=False))).is_whole
    assert not read(a_page(*LONG, after="<div>Berlangganan untuk melanjutkan membaca</div>")).is_whole


def test_a_wall_that_hides_none_of_the_words_declared_leaves_the_article_whole() -> None:
    words = sum(len(line.split()) for line in LONG)
    assert read(a_page(*LONG, head=linked(isAccessibleForFree="False", wordCount=words))).is_whole
    assert not read(a_page(*LONG, head=linked(isAccessibleForFree="False", wordCount=words * 5 // 4))).is_whole


@pytest.mark.parametrize("count", ["²", "9" * 5000, "-1", "250 kata", True, None], ids=lambda it: str(it)[:9])
def test_a_count_of_words_that_is_none_leaves_the_article_readable(count: object) -> None:
    assert LONG[-1] in read(a_page(*LONG, head=linked(isAccessibleForFree="False", wordCount=count))).text


def test_a_call_to_subscribe_far_from_the_text_says_nothing_about_it() -> None:
    top = "<div>Sudah berlangganan?</div>"
    foot = "<p>Tentang kami.</p>" * 6 + "<p>Berlangganan untuk membaca versi cetak.</p>"
    assert read(a_page(*LONG, before=top, after=foot)).is_whole


@pytest.mark.parametrize(
    "label", ["Baca selengkapnya", "Selengkapnya >>", "Read more", "Baca selengkapnya di situs kami"]
)
def test_a_text_that_a_pointer_to_the_rest_cuts_is_not_whole(label: str) -> None:
    link = f'<p><a href="https://lain.example/x">{label}</a></p>'
    cut = "Sementara itu pemerintah kabupaten menyiapkan anggaran bagi para nelayan yang..."
    assert not read(a_page(*SENTENCES, cut, after=link)).is_whole
    assert read(a_page(*SENTENCES, after=link)).is_whole


def test_an_article_is_whole_once_all_its_pages_are_had() -> None:
    pager = '<div class="pagination"><a href="?page=2">2</a></div>'
    first, second = a_page(*SENTENCES[:2], after=pager), a_page(SENTENCES[2])
    alone = read(first)
    assert not alone.is_whole
    assert alone.next_pages == (f"{URL}?page=2",)
    pages = pages_from_files(URL, [first, second])
    pages[1:] = [pages_from_files(f"https://www.kabarbahari.example{URL[27:]}/?page=2", [second])[0]]
    object.__setattr__(pages[1], "number", 2)
    assert extract(pages).is_whole


@pytest.mark.parametrize(
    ("agreeing", "heard", "confidence"),
    [(0, 0, 0.0), (1, 1, 0.6), (2, 2, 0.84), (3, 3, 0.936), (1, 2, 0.3), (2, 3, 0.56)],
)
def test_every_place_that_agrees_takes_away_doubt(agreeing: int, heard: int, confidence: float) -> None:
    assert confidence_of(agreeing, heard) == confidence


def test_agreement_counts_common_words() -> None:
    assert agreement(words_of(["Iuran naik."]), words_of(["iuran NAIK"])) == 1
    assert agreement(words_of(["iuran naik"]), words_of(["iuran turun"])) == 0.5
    assert agreement(words_of(["iuran"]), words_of([])) == 0
    assert agreement(words_of([]), words_of([])) == 1


def test_every_source_has_a_confidence() -> None:
    byline = "<div>Penulis: Sekar Ayuningtyas</div><div>Rabu, 18 November 2026 | 09:00 WIB</div>"
    extraction = read(a_page(head=linked(headline=TITLE, articleSection="Ekonomi"), before=byline))
    assert set(extraction.confidence) == set(extraction.sources) == {"title", "authors", "published", "section", "text"}
    assert all(0 < sure <= 1 for sure in extraction.confidence.values())


def test_a_title_that_more_places_print_is_surer() -> None:
    one = read(f"<html><body><h1>{TITLE}</h1>{'<p>' + '<p>'.join(SENTENCES)}</body></html>".encode())
    two = read(a_page())
    three = read(a_page(head=linked(headline=TITLE)))
    other = read(a_page(head=linked(headline=TITLE), title="Kabar Hari Ini dari Teluk Biru"))
    shown = [reading.confidence["title"] for reading in (one, two, three, other)]
    assert shown == [0.6, 0.84, 0.936, 0.56]


def test_a_time_that_readers_and_machines_are_told_alike_is_surer() -> None:
    declared = linked(datePublished="2026-11-18T02:00:12Z")
    shown = "<div>Rabu, 18 November 2026 | 09:00 WIB</div>"
    assert read(a_page(head=declared)).confidence["published"] == 0.6
    assert read(a_page(head=declared, before=shown)).confidence["published"] == 0.84
    lying = linked(datePublished="2026-11-18T09:00:12Z")
    assert read(a_page(head=lying, before=shown)).confidence["published"] == 0.84
    other = linked(datePublished="2026-11-11T09:00:12+07:00")
    assert read(a_page(head=other, before=shown)).confidence["published"] == 0.3


def test_a_text_on_which_the_readers_agree_is_surer_than_one_that_only_json_ld_holds() -> None:
    assert read(a_page(*LONG)).confidence["text"] == 1.0
    hidden = linked(headline=TITLE, articleBody="\n".join(LONG))
    extraction = read(f"<html><head><title>{TITLE}</title>{hidden}</head><body><h1>{TITLE}</h1></body></html>".encode())
    assert extraction.sources["text"] == "json-ld"
    assert extraction.confidence["text"] < 0.5


def test_the_json_holds_every_field() -> None:
    told = extraction_to_json(read(a_page()))
    assert set(told) == set(Extraction.__dataclass_fields__)
    json.dumps(told)
