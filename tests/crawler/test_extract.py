"""What extraction guarantees, whatever the page."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract, extraction_to_json, pages_from_files
from crawler.page import Extraction, ExtractionError, Page

URL = "https://kabarbahari.example/berita/4711/iuran-nelayan-di-teluk-biru-naik"
TITLE = "Iuran Nelayan di Teluk Biru Naik Mulai Januari"
SENTENCES = (
    "TELUK BIRU - Iuran jaminan sosial nelayan di Kabupaten Teluk Biru naik mulai Januari, kata kepala cabang.",
    "Kenaikan itu berlaku bagi 8.120 nelayan yang terdaftar, dan ditanggung pemerintah kabupaten selama setahun.",
    "Pemilik kapal diminta mendaftarkan seluruh awaknya sebelum musim barat tiba pada akhir tahun.",
)


def a_page(*sentences: str, head: str = "", before: str = "", after: str = "", title: str = TITLE) -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences or SENTENCES)
    return f"""<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><h1>{title}</h1>{before}
    <div class="isi">{body}</div>{after}</body></html>""".encode()


def read(*bodies: bytes, url: str = URL, timezone: str = "Asia/Jakarta") -> Extraction:
    return extract(pages_from_files(url, bodies), timezone=timezone)


def reason_for(body: bytes, *, status: int = 200, url: str = URL) -> str:
    page = Page(
        url, datetime(2026, 11, 22, tzinfo=UTC), status, {"content-type": "text/html"}, body, outlet="kabarbahari"
    )
    with pytest.raises(ExtractionError) as caught:
        extract([page])
    return caught.value.reason


def test_the_body_has_one_paragraph_a_line() -> None:
    assert read(a_page()).text == "\n".join(SENTENCES)


def test_the_same_pages_give_the_same_extraction_after_any_others() -> None:
    first = read(a_page())
    for number in range(5):
        read(a_page(*SENTENCES, f"Kalimat tambahan nomor {number} yang berbeda dari lainnya."))
    assert read(a_page()) == first


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - Kabar Bahari",
        f"{TITLE} | Kabar Bahari",
        f"Kabar Bahari: {TITLE}",
        f"{TITLE} :: kabarbahari.example",
        f"{TITLE} - Ekonomi Kabar Bahari",
        f"{TITLE} – Kabar Bahari – Kabar dari Laut Kabar Bahari",
    ],
)
def test_the_sites_name_is_no_part_of_the_title(title: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in SENTENCES)
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    assert read(page.encode()).title == TITLE


def test_a_dash_inside_the_title_stays() -> None:
    assert read(a_page(title="Nelayan - Petambak Sepakat Soal Iuran")).title == "Nelayan - Petambak Sepakat Soal Iuran"


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Redaksi",
        "Kabar Bahari",
        "CV Kode Senja Digital",
        "Tim Redaksi",
        "kabarbahari",
        "@kabarbahari",
        "Web Developer",
    ],
)
def test_developers_desks_and_sites_are_no_authors(name: str) -> None:
    linked = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":"{name}"}}</script>'
    head = f'<meta name="author" content="{name}">{linked}'
    assert read(a_page(head=head, before=f"<div>Penulis: {name}</div>")).authors == ()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Penulis: Sekar Ayuningtyas", ("Sekar Ayuningtyas",)),
        ("Pewarta : Sekar Ayuningtyas, Bagas Pramudya", ("Sekar Ayuningtyas", "Bagas Pramudya")),
        ("Reporter: Sekar Ayuningtyas dan Bagas Pramudya", ("Sekar Ayuningtyas", "Bagas Pramudya")),
        ("Reporter: Sekar Ayuningtyas | Editor: Bagas Pramudya", ("Sekar Ayuningtyas",)),
        ("Penulis: Kontributor Teluk Biru, Sekar Ayuningtyas", ("Sekar Ayuningtyas",)),
        ("Editor: Bagas Pramudya", ()),
    ],
)
def test_the_byline_names_people(byline: str, authors: tuple[str, ...]) -> None:
    assert read(a_page(before=f"<div>{byline}</div>")).authors == authors


def test_a_meta_author_counts_only_where_readers_see_the_name() -> None:
    head = '<meta name="author" content="Sekar Ayuningtyas">'
    assert read(a_page(head=head)).authors == ()
    assert read(a_page(head=head, before="<span>Sekar Ayuningtyas</span>")).authors == ("Sekar Ayuningtyas",)


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://kabarbahari.example/b/4711", "https://kabarbahari.example/b/4711"),
        ("/b/4711?utm_source=x", "https://kabarbahari.example/b/4711"),
        ("https://lain.example/b/4711", URL),
        ("https://kabarbahari.example/", URL),
        ("/", URL),
        ("", URL),
        ("http://[", URL),
        ("javascript:void(0)", URL),
    ],
)
def test_the_canonical_link_must_name_a_page_of_this_site(link: str, canonical: str) -> None:
    assert read(a_page(head=f'<link rel="canonical" href="{link}">')).canonical_url == canonical


def test_pages_are_joined_in_the_order_of_their_numbers_without_doubles() -> None:
    first, second = a_page(*SENTENCES[:2]), a_page(SENTENCES[0], SENTENCES[2])
    pages = pages_from_files(URL, [first, second])
    assert extract(pages[::-1]).text == "\n".join(SENTENCES)


def test_the_whole_article_after_its_first_page_adds_only_what_is_new() -> None:
    assert read(a_page(*SENTENCES[:2]), a_page()).text == "\n".join(SENTENCES)


def test_a_page_beyond_the_last_is_forgiven() -> None:
    assert read(a_page(), a_page("")).text == "\n".join(SENTENCES)


def test_a_wall_on_a_later_page_never_gives_half_an_article() -> None:
    with pytest.raises(ExtractionError, match="browser check"):
        read(a_page(), b"<html><head><title>Just a moment...</title></head><body>Checking</body></html>")


def test_a_modification_before_the_publication_is_none() -> None:
    head = '<meta property="article:published_time" content="2026-11-20T10:00:00+07:00">'
    earlier = '<meta property="article:modified_time" content="2026-11-19T10:00:00+07:00">'
    assert read(a_page(head=head + earlier)).modified is None


def test_naive_times_are_read_in_the_given_zone() -> None:
    page = a_page(before="<div>20 November 2026 10:15</div>")
    assert read(page, timezone="Asia/Jayapura").published == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "binary"),
        (b"{}", "not-html"),
        (b"<html><body></body></html>", "no-text"),
        (bytes((7 * byte + number) % 256 for number, byte in enumerate(a_page())) + b"<p>", "binary"),
        (b"<html><body><h1>Judul</h1><p>Pendek.</p></body></html>", "no-text"),
        (b"<div>" * 100_000, "too-deep"),
        (b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>", "challenge"),
        (b"<html><head><title>Attention Required! | Cloudflare</title></head><body>x</body></html>", "challenge"),
        (
            b"<html><body><script src='/cdn-cgi/challenge-platform/h/b/x.js'></script><p>Tunggu</p></body></html>",
            "challenge",
        ),
        (b"<html><head><title>404 Not Found</title></head><body><p>nginx</p></body></html>", "not-found"),
        (
            b"<html><head><title>Halaman tidak ditemukan - Kabar</title></head><body><p>Maaf</p></body></html>",
            "not-found",
        ),
        (a_page(SENTENCES[0], "Berlangganan untuk membaca artikel selengkapnya."), "paywall"),
        (a_page(SENTENCES[0], "Silakan login untuk membaca berita ini."), "login"),
        (a_page("q8$, #2x 9%1, z!7 &&4, " * 40), "garbage"),
    ],
)
def test_what_can_never_be_read_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    assert reason_for(body) == reason


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "not-found"), (410, "not-found"), (403, "http-error"), (500, "http-error")]
)
def test_an_error_response_is_no_article(status: int, reason: str) -> None:
    assert reason_for(a_page(), status=status) == reason


def test_a_page_cut_in_its_text_is_refused_and_one_without_end_tags_is_not() -> None:
    page = a_page()
    for cut in (b"sebelum musim", b"</p></div>", b"</div>"):
        assert reason_for(page[: page.index(cut)]) == "truncated"
    assert read(page.replace(b"</body></html>", b"")).text == "\n".join(SENTENCES)


def test_an_address_that_is_none_is_refused() -> None:
    assert reason_for(a_page(), url="file:///etc/passwd") == "no-address"


def test_no_pages_are_refused() -> None:
    with pytest.raises(ExtractionError):
        extract([])


TEASERS = "".join(
    f"<article><h3><a href='/b/{n}'>Judul berita nomor {n} di kabupaten</a></h3></article>" for n in range(12)
)


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarbahari.example/",
        "https://kabarbahari.example/tag/bpjs-ketenagakerjaan",
        "https://kabarbahari.example/search?q=bpjs",
        "https://kabarbahari.example/ekonomi",
        "https://kabarbahari.example/2026/11",
        "https://kabarbahari.example/?s=bpjs",
        "https://kabarbahari.example/indeks/2026/11/22",
    ],
)
def test_a_listing_is_no_article(url: str) -> None:
    page = f"<html><head><title>Berita Terkini</title></head><body><h1>Berita Terkini</h1>{TEASERS}</body></html>"
    extraction = read(page.encode(), url=url)
    assert not extraction.is_article
    assert extraction.next_pages == ()


@pytest.mark.parametrize(
    "pointer",
    [
        '<p><strong>Baca juga:</strong> <a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p>',
        '<p>Baca juga:<br><a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p>',
        '<p><b>Baca Juga</b></p><p><a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p>',
        '<div class="baca-juga"><b>Baca juga</b><ul><li><a href="/x">Gol Tunggal Rantau ke Final</a></li></ul></div>',
        '<table class="linksisip"><tr><td>Baca juga: <a href="/x">Gol Tunggal Rantau FC ke Final</a></td></tr></table>',
        '<p>BACA JUGA:<a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p>',
        '<blockquote><p>Baca : <a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p></blockquote>',
        '<p><a href="/x">Baca juga: Gol Tunggal Antar Rantau FC ke Final</a></p>',
        '<h3>Artikel Terkait</h3><ul><li><a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></li></ul>',
        '<p><a href="/x"><strong>Gol Tunggal Antar Rantau FC ke Final</strong></a></p>',
        "<p>BERITA TERKAIT : Gol Tunggal Antar Rantau FC ke Final</p>",
        '<p>Lihat juga video: <a href="/x">Gol Tunggal Antar Rantau FC ke Final</a></p>',
    ],
)
def test_pointers_of_every_make_are_left_out(pointer: str) -> None:
    body = f"<p>{SENTENCES[0]}</p>{pointer}<p>{SENTENCES[1]}</p>{pointer}<p>{SENTENCES[2]}</p>"
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{body}</div></body></html>"
    assert read(page.encode()).text == "\n".join(SENTENCES)


def test_long_comments_and_teasers_are_no_body() -> None:
    comment = "<p>" + "Saya sudah menunggu lama sekali di kantor itu dan belum dilayani juga sampai sore. " * 4 + "</p>"
    teaser = (
        "<div><a href='/y'>Judul lain</a><p>"
        + "Cuplikan panjang berita lain yang tidak ada hubungannya. " * 3
        + "</p></div>"
    )
    after = f"<div id='komentar'>{comment * 3}</div><div class='berita-terkait'>{teaser * 3}</div>"
    assert read(
        a_page(*SENTENCES, *(f"{line} Demikian disampaikan lagi." for line in SENTENCES), after=after)
    ).text == "\n".join([*SENTENCES, *(f"{line} Demikian disampaikan lagi." for line in SENTENCES)])


def test_a_date_in_a_sentence_is_not_the_date_of_publication() -> None:
    told = "Rapat itu digelar pada Senin (16/11/2026) pukul 10.15 WIB di kantor bupati setempat."
    assert read(a_page(told, *SENTENCES)).published is None
    shown = read(a_page(told, *SENTENCES, before="<div>Rabu, 18 November 2026 | 09:00 WIB</div>")).published
    assert shown == datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def test_a_short_report_is_read() -> None:
    short = (
        "Kantor cabang Teluk Biru tutup sementara hari ini karena banjir, kata petugas, "
        "dan layanan klaim dialihkan ke balai desa terdekat hingga sore."
    )
    assert read(a_page(short)).text == short


def test_links_within_sentences_stay() -> None:
    linked = SENTENCES[1].replace("pemerintah kabupaten", '<a href="/tag/pemkab">pemerintah kabupaten</a>')
    assert read(a_page(SENTENCES[0], linked, SENTENCES[2])).text == "\n".join(SENTENCES)


def test_a_pointer_after_a_sentence_goes_and_what_follows_it_stays() -> None:
    pointer = ' (Baca juga: <a href="/x">Gol Tunggal Antar Rantau FC</a>) Warga menyambut baik.'
    text = read(a_page(SENTENCES[0], SENTENCES[1] + pointer, SENTENCES[2])).text
    assert "Gol Tunggal" not in text
    assert "Warga menyambut baik." in text


REASONS = {"read", "empty", "binary", "not-html", "too-large", "too-deep", "no-text", "garbage", "truncated"}


def outcome(body: bytes) -> str:
    """How a reading ends: "read", or the reason of its refusal."""
    try:
        return "read" if extraction_to_json(read(body))["url"] == URL else "another address"
    except ExtractionError as error:
        return error.reason


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>" + "<span>a</span>" * 35_000,
        "<div>" + "<a href=/x/2>Baca juga</a>" * 15_000 + "</div>",
        "<p>" + "Baca juga: <a href=x>Judul lain lagi di sini</a><br>" * 8_000,
        "<div class=share>" * 200 + "<p>kalimat</p>" * 5_000,
        "<p>Sumber: " + "a" * 100_000 + " b c d e f g h i j k</p>",
        "<p>" + "1" * 100_000 + "</p>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":[[[{}]]],"author":[1,null]}</script>',
        "<!--" * 100_000,
        "<table><tr><td>" * 80,
        "".join(f"<p class=k{n // 2}><a href=/x>Judul lain lagi di sini</a><br>kutipan</p>" for n in range(8_000)),
        "<h3>Berita Terkait</h3><p>kalimat</p>" * 8_000,
        "<h4><a href=/x>Judul lain lagi di sini</a></h4><p>kutipan</p>" * 8_000,
        "<p>(rgs/wld)</p>" * 20_000,
        f"<p>{'1' * 290}</p><p>Halaman {'1 ' * 140}</p>" * 50,
        "<p>Komentar (2)</p>" * 20_000,
    ],
    ids=lambda hostile: hostile[:24],
)
def test_hostile_markup_neither_hangs_nor_crashes(hostile: str) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{hostile}".encode() + a_page()
    assert outcome(page) in REASONS


@settings(max_examples=40)
@given(st.binary(max_size=400), st.text(max_size=200))
def test_any_bytes_give_an_extraction_or_an_extraction_error(noise: bytes, text: str) -> None:
    for body in (noise, b"<p>" + noise, a_page(*SENTENCES, text) + noise):
        assert outcome(body) in REASONS | {"challenge", "not-found", "http-error", "paywall", "login"}
