"""Which lines are the article's sentences."""

import pytest

from crawler.lines import dateline_of, is_boilerplate, is_caption, is_link_line, sift, without_pointers


@pytest.mark.parametrize(
    "line",
    [
        "BACA JUGA:Striker Rantau FC Dilirik Klub Luar",
        "BACA JUGA: Jembatan Lama Diperbaiki",
        "Baca juga : Harga cabai naik 40 persen",
        "Baca Juga Harga Cabai Naik 40 Persen",
        "BACA JUGA",
        "Baca: Bupati Lantik 40 Kepala Sekolah",
        "BERITA TERKAIT : Jalan Provinsi Rusak",
        "Artikel Terkait",
        "Lihat juga: Panen Raya",
        "Lihat Juga Video 'Hujan Es'",
        "Simak Video 'Detik-detik Hujan Es':",
        "Simak juga: Jadwal kereta tambahan",
        "[Baca juga: Pasar tua direvitalisasi]",
        "Read also: Villagers join the scheme",
    ],
)
def test_a_pointer_is_no_sentence(line: str) -> None:
    assert is_link_line(line) or not without_pointers(line)
    assert sift([line], "").paragraphs == ()


@pytest.mark.parametrize(
    "line",
    [
        "Warga membaca juga pengumuman itu di papan kelurahan.",
        "Baca juga pengumuman di kantor desa, kata lurah kepada warga.",
        "Lihat juga kondisi jalan di sana, ujar bupati.",
        "Simak penjelasan kepala cabang tentang iuran berikut ini.",
        "Rekomendasi: pemerintah perlu menambah kantor layanan.",
        "Terkait dukungan pemerintah, Abdul mengakui sudah sangat banyak membantu.",
        "Sumber daya manusia di kantor itu hanya delapan orang.",
        "Sumber pendanaan program berasal dari APBD sebesar Rp4,2 miliar.",
        "Editor surat kabar itu ikut terdaftar sebagai peserta.",
        "Iklan layanan masyarakat itu tayang sebulan penuh.",
        "Foto para peserta dipajang di dinding kantor.",
        "Gambar denah kantor baru diperlihatkan kepada warga.",
        "Kredit: bank menyalurkan Rp5 miliar kepada nelayan.",
        "Ia memilih jalan kaki, foto-foto mesra keduanya tersebar.",
        "Santunan diserahkan kepada ahli waris (istri almarhum).",
        "Halaman kantor itu penuh antrean sejak pukul 07.00 WIB.",
        "Video berdurasi satu menit itu memperlihatkan antrean.",
        "Total peserta 12.400 orang (2025: 11.900).",
        "Senin (16/11/2026) pukul 10.15 WIB, antrean sudah mengular.",
        '"Kami minta maaf."',
        "Penerima manfaat program tersebut antara lain:",
    ],
)
def test_a_genuine_sentence_is_never_removed(line: str) -> None:
    opening = "Kalimat pembuka yang utuh berdiri di atasnya."
    assert sift([opening, line], "").paragraphs == (opening, line)


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Cek Berita dan Artikel yang lain di Google News",
        "Sumber:",
        "Sumber: Kawat Nusantara",
        "Editor: Bagas Pramudya",
        "Penulis : Sekar Ayuningtyas",
        "COPYRIGHT © KAWAT 2026",
        "Hak Cipta © 2026 Suluh Pagi",
        "Ikuti berita terkini di saluran WhatsApp kami",
        "Yuk, gabung di saluran WhatsApp Suluh Pagi.",
        "Halaman: 1 2 3",
        "Selanjutnya »",
        "Tags: bpjs, jht",
        "Bagikan: Facebook Twitter",
        "Redaksi: redaksi[at]kabar.example",
        "hubungi : iklan[at]kabar.example",
        "Berlangganan newsletter kami sekarang",
    ],
)
def test_the_sites_own_words_are_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Kepala bidang saat memaparkan cakupan kepesertaan.--",
        "Penyerahan kartu secara simbolis. --ist",
        "Penyerahan kartu secara simbolis (ist)",
        "Foto: Antrean di kantor cabang",
        "Kantor cabang Teluk Biru. (ANTARA/HO-Humas)",
        "Kantor cabang Teluk Biru (Foto: Sekar/Rantau Ekspres)",
        "Ilustrasi: pekerja proyek",
        "Suasana rapat. (Dok. Humas Pemkab)",
    ],
)
def test_a_caption_is_told_from_a_sentence(line: str) -> None:
    assert is_caption(line)
    assert sift([line], "").captions == (line,)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Ia meminta maaf. Baca juga: Jadwal Kereta Tambahan", "Ia meminta maaf."),
        ('"Kami siap," katanya. BACA JUGA: Harga Tuna Naik', '"Kami siap," katanya.'),
        ("Iuran naik (Baca juga: Upah Minimum Naik) mulai Januari.", "Iuran naik mulai Januari."),
        ("Antrean panjang. [Gambas:Video 20lensa]", "Antrean panjang."),
        ("Ia berkata baca juga: petunjuknya.", "Ia berkata baca juga: petunjuknya."),
    ],
)
def test_a_pointer_inside_a_paragraph_goes_and_the_sentence_stays(line: str, kept: str) -> None:
    assert without_pointers(line) == kept


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("Palu (ANTARA) - Sebanyak 20 nelayan", "Palu (ANTARA)"),
        ("PALEMBANG — Pemerintah kota", "PALEMBANG"),
        ("MUBA, Poskita.id — Bupati", "MUBA, Poskita.id"),
        ("TRIBUNPALU.COM, PALU - Warga", "TRIBUNPALU.COM, PALU"),
        ("[JAKARTA] Kementerian", "JAKARTA"),
        ("Jakarta: Menteri Tenaga Kerja", "Jakarta"),
        ("Liputan6.com, Jakarta - Peserta", "Liputan6.com, Jakarta"),
        ("Bandarlampung, Lampung (ANTARA News) - Dinas", "Bandarlampung, Lampung (ANTARA News)"),
        ("Bupati Teluk Biru mengatakan iuran naik - turun", None),
        ("DEPRESI jadi momok", None),
        ("Rp126 juta diserahkan", None),
    ],
)
def test_a_dateline_names_place_and_agency(line: str, dateline: str | None) -> None:
    assert dateline_of(line) == dateline


def test_a_dateline_on_its_own_line_opens_the_next() -> None:
    assert sift(["Jakarta -", "Peserta naik 5 persen tahun ini."], "").paragraphs == (
        "Jakarta - Peserta naik 5 persen tahun ini.",
    )


def test_the_headline_is_not_repeated_in_the_body() -> None:
    title = "Peserta Turun 8,4 Persen, Ini Penyebabnya"
    body = sift([title.upper(), "Jumlah peserta turun tahun ini.", title], title)
    assert body.paragraphs == ("Jumlah peserta turun tahun ini.",)


SENTENCES = ("Nirmala berjanji seluruh klaim selesai paling lambat akhir bulan ini.", "Ia meminta maaf kepada warga.")


@pytest.mark.parametrize(
    "signature",
    [
        "(rgs/wld)",
        "(E-2)",
        "(vyp/kna)",
        "(gsh/gsh)",
        "(Cas/Isk)",
        "(ant)",
        "(*)",
        "[rgs/wld]",
        "rgs/wld",
        "(kpl/pur/tch)",
    ],
)
def test_initials_after_the_last_sentence_are_left_out(signature: str) -> None:
    assert sift([*SENTENCES, signature], "").paragraphs == SENTENCES
    if signature.startswith(("(", "[")):
        assert sift([SENTENCES[0], f"{SENTENCES[1]} {signature}"], "").paragraphs == SENTENCES
        assert sift([SENTENCES[0], f"{SENTENCES[1]}{signature}"], "").paragraphs == SENTENCES


@pytest.mark.parametrize(
    "last",
    [
        "Ia menjelaskan program Jaminan Kehilangan Pekerjaan (JKP).",
        "Ia menjelaskan program Jaminan Kehilangan Pekerjaan (JKP)",
        "Santunan itu berasal dari dua program (JKK dan JKM).",
        "Kegiatan itu dihadiri Wakil Bupati (Wabup)",
    ],
)
def test_a_short_form_in_a_sentence_is_no_signature(last: str) -> None:
    assert sift([*SENTENCES, last], "").paragraphs == (*SENTENCES, last)


def test_what_little_stands_below_the_initials_is_not_the_articles() -> None:
    lines = [*SENTENCES * 3, "(rgs/wld)", "Warga kota sebelah antre."]
    assert sift(lines, "").paragraphs == SENTENCES * 3


def test_much_text_below_initials_stays() -> None:
    assert sift([SENTENCES[0], "(rgs/wld)", *SENTENCES * 2], "").paragraphs == (SENTENCES[0], *SENTENCES * 2)


@pytest.mark.parametrize(
    "line", ["Halaman123Selanjutnya", "Halaman 1 2 3 Selanjutnya »", "1 2 3 Next", "Halaman 1 dari 3 Selanjutnya"]
)
def test_a_pager_is_no_sentence(line: str) -> None:
    assert is_boilerplate(line)


def test_the_outlets_imprint_above_the_text_is_left_out() -> None:
    imprint = "Kabar Bahari Kalimantan Selatan, Sabtu, 21 November 2026"
    assert sift([imprint, *SENTENCES], "").paragraphs == SENTENCES


def test_a_dateline_of_its_own_with_day_and_agency_opens_the_sentence_below_it() -> None:
    body = sift(["TELUK BIRU, 23 Februari 2026 (Kawat/Siaran) --", "Pemerintah kota membuka lomba film."], "")
    assert body.paragraphs == ("TELUK BIRU, 23 Februari 2026 (Kawat/Siaran) -- Pemerintah kota membuka lomba film.",)


def test_a_newsroom_in_brackets_signs_only_below_the_last_sentence() -> None:
    told = ["Bupati meresmikan balai latihan kerja yang menampung dua ratus orang peserta setiap tahun di sana."] * 2
    assert sift([*told, "(Diskominfo Sagara)"], "").paragraphs == tuple(told)
    rows = ["Perusahaan", "(Tidak diketahui)", "31 persen"]
    assert sift([*told, *rows, *told], "").paragraphs == (*told, *rows, *told)


def test_a_page_that_goes_on_may_open_with_a_table_but_not_with_a_byline() -> None:
    sentence = "Petugas membuka dua dapur umum di balai kota."
    table = ["Kelurahan", "Tinggi air", "Karang Asem", "180 sentimeter"]
    assert sift([*table, sentence], "", continues=True).paragraphs == (*table, sentence)
    assert sift(["Rina Wulandari - Kabar", sentence], "", continues=True).paragraphs == (sentence,)
