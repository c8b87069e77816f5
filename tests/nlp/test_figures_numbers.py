"""What number is read, in which unit: one block of invented sentences for every way the press writes numbers."""

import pytest

from nlp.figures import figures_in

Expected = list[tuple[float | tuple[float, float], str]]


def read(sentence: str) -> Expected:
    return [(figure.value, figure.unit) for figure in figures_in(sentence)]


def ends(figures: Expected) -> list[float]:
    """Lower and upper end of every value; equal for a plain number."""
    return [end for value, _ in figures for end in (value if isinstance(value, tuple) else (value, value))]


THOUSANDS_AND_DECIMALS: list[tuple[str, Expected]] = [
    ("Peserta aktif di Rantau Panjang 28.450 orang.", [(28450, "people")]),
    ("Peserta aktif mencapai 1.203.117 orang.", [(1203117, "people")]),
    ("Cakupan baru 31,93 persen.", [(31.93, "percent")]),
    ("Cakupan baru 31,93%.", [(31.93, "percent")]),
    ("Cakupan baru 7 %.", [(7, "percent")]),
    ("Rata-rata 1.234,5 klaim per bulan.", [(1234.5, "cases")]),
    ("Santunan Rp707.956.000 diserahkan.", [(707956000, "IDR")]),
    ("Klaim Rp707,956 juta dibayarkan.", [(707956000, "IDR")]),
    ("Klaim Rp1,114 miliar dibayarkan.", [(1114000000, "IDR")]),
    ("Piutang Rp1.500 juta belum ditagih.", [(1500000000, "IDR")]),
    ("Klaim Rp2.750.000.000,00 dibayarkan.", [(2750000000, "IDR")]),
    ("Cakupan hanya 0,5 persen.", [(0.5, "percent")]),
    ("Sebanyak 3500 nelayan terlindungi.", [(3500, "people")]),
]

DOT_DECIMALS: list[tuple[str, Expected]] = [
    ("Cakupan 12.5 persen.", [(12.5, "percent")]),
    ("Klaim Rp486.24 miliar dibayar.", [(486240000000, "IDR")]),
    ("Peserta 41.56 juta orang.", [(41560000, "people")]),
    ("Imbal hasil 4.605% setahun.", [(4.605, "percent")]),
    ("Imbal hasil 0.125 persen.", [(0.125, "percent")]),
]

COMMA_THOUSANDS: list[tuple[str, Expected]] = [
    ("Tercatat 27,703 kasus.", [(27703, "cases")]),
    ("Iuran Rp 16,800 per bulan.", [(16800, "IDR")]),
    ("Peserta 1,250,000 orang.", [(1250000, "people")]),
]

SPLIT_NUMBERS: list[tuple[str, Expected]] = [
    ("Kepesertaan turun 10, 97 persen.", [(10.97, "percent")]),
    ("Keluarga menerima Rp147. 000.000,- kemarin.", [(147000000, "IDR")]),
    ("Klaim 3, 5 juta orang.", [(3500000, "people")]),
]

SCALES: list[tuple[str, Expected]] = [
    ("Peserta 12 ribu orang.", [(12000, "people")]),
    ("Peserta 350 rb orang.", [(350000, "people")]),
    ("Peserta 1,3 jt orang.", [(1300000, "people")]),
    ("Klaim Rp9 miliar.", [(9000000000, "IDR")]),
    ("Klaim Rp9 milyar.", [(9000000000, "IDR")]),
    ("Piutang Rp. 1,5 M.", [(1500000000, "IDR")]),
    ("Dana kelolaan Rp1.5 T.", [(1500000000000, "IDR")]),
    ("Dana kelolaan Rp3 trilyun.", [(3000000000000, "IDR")]),
    ("Dana kelolaan Rp14 ribu triliun.", [(14000000000000000, "IDR")]),
    ("Pembayaran Rp3 miliar 250 juta.", [(3250000000, "IDR")]),
    ("Jumlahnya 1 juta 200 ribu peserta.", [(1200000, "people")]),
    ("Peserta JP 14.410 ribu orang.", [(14410000, "people")]),
]

MISTYPED_SCALES: list[tuple[str, Expected]] = [
    ("Ada 15 rbu peserta.", [(15000, "people")]),
    ("Ada 172 tibu nelayan.", [(172000, "people")]),
    ("Dana Rp2 trliun.", [(2000000000000, "IDR")]),
    ("Dana Rp2 tirliun.", [(2000000000000, "IDR")]),
    ("Klaim Rp7 milair.", [(7000000000, "IDR")]),
    ("Peserta 4 jutaa orang.", [(4000000, "people")]),
]

SE_FORMS: list[tuple[str, Expected]] = [
    ("Sejuta pekerja terlindungi.", [(1000000, "people")]),
    ("Seribu nelayan didaftarkan.", [(1000, "people")]),
    ("Sepuluh ribu petani dijamin pemkab.", [(10000, "people")]),
    ("Setengah juta pekerja belum terlindungi.", [(500000, "people")]),
    ("Satu setengah juta peserta tercatat.", [(1500000, "people")]),
    ("Seratus lima puluh desa ikut.", [(150, "villages")]),
]

SPELLED: list[tuple[str, Expected]] = [
    ("Sebelas desa menerima penghargaan.", [(11, "villages")]),
    ("Klaim turun lima belas persen.", [(15, "percent")]),
    ("Cakupan naik dua koma lima persen.", [(2.5, "percent")]),
    ("Dua ratus lima puluh ribu pekerja terlindungi.", [(250000, "people")]),
    (
        "Empat ratus tiga puluh dua ribu seratus sebelas pekerja terdaftar.",
        [(432111, "people")],
    ),
    ("Dua juta tiga ratus ribu peserta aktif.", [(2300000, "people")]),
    ("Tiga ahli waris menerima santunan.", [(3, "people")]),
]

FRACTIONS: list[tuple[str, Expected]] = [
    ("Baru sepertiga buruh tani yang terlindungi.", [(1 / 3, "ratio")]),
    ("Separuh pedagang belum terdaftar.", [(0.5, "ratio")]),
    ("Setengah pekerja di sana belum terdaftar.", [(0.5, "ratio")]),
    ("Dua pertiga pekerja belum terlindungi.", [(2 / 3, "ratio")]),
    ("Tiga perempat pekerja sudah terlindungi.", [(0.75, "ratio")]),
    ("Dua dari tiga pekerja belum terlindungi.", [(2 / 3, "ratio")]),
    ("Hanya 1 dari 4 pekerja rentan yang tercakup.", [(0.25, "ratio")]),
    ("Satu dari 10 sopir sudah ikut.", [(0.1, "ratio")]),
    ("Sekitar 1,3 juta dari 68,2 juta pekerja terlindungi.", [(1300000, "people"), (68200000, "people")]),
    ("Sebanyak 34 dari 38 provinsi ikut.", [(34, "regions"), (38, "regions")]),
]

VAGUE: list[tuple[str, Expected]] = [
    ("Belasan perusahaan menunggak.", [((11, 19), "companies")]),
    ("Puluhan perusahaan menunggak.", [((10, 100), "companies")]),
    ("Ratusan nelayan terlindungi.", [((100, 1000), "people")]),
    ("Ribuan pekerja terlindungi.", [((1000, 10000), "people")]),
    ("Puluhan ribu pekerja terlindungi.", [((10000, 100000), "people")]),
    ("Keluarga menerima puluhan juta rupiah.", [((10000000, 100000000), "IDR")]),
    ("Tunggakan mencapai miliaran rupiah.", [((1e9, 1e10), "IDR")]),
]

ABOUT_FORMS: list[tuple[str, Expected]] = [
    ("Baru 30an kader posyandu yang ikut.", [(30, "people")]),
    ("Ada 60-an juta pekerja belum terlindungi.", [(60000000, "people")]),
    ("Cukup bayar iuran 16 ribuan sebulan.", [(16000, "IDR")]),
    ("Seribuan petani terlindungi.", [(1000, "people")]),
    ("Masih ada 3.500-an pekerja belum terlindungi.", [(3500, "people")]),
    ("Gaji mereka Rp3 jutaan.", [(3000000, "IDR")]),
    ("Dari jumlah itu 70 persennya JHT.", [(70, "percent")]),
]

RANGES: list[tuple[str, Expected]] = [
    ("Pertumbuhan diperkirakan 30-40 persen.", [((30, 40), "percent")]),
    ("Kenaikan klaim antara 5 hingga 7 persen.", [((5, 7), "percent")]),
    ("Kenaikan klaim antara 5 dan 7 persen.", [((5, 7), "percent")]),
    ("Yang datang 200 sampai 300 orang.", [((200, 300), "people")]),
    ("Gaji mereka Rp2 juta-Rp3,5 juta sebulan.", [((2000000, 3500000), "IDR")]),
    ("Gaji mereka Rp2-3 juta sebulan.", [((2000000, 3000000), "IDR")]),
    ("Jumlahnya 12 hingga 15 juta pekerja.", [((12000000, 15000000), "people")]),
    ("Jumlahnya 500 ribu sampai 1 juta pekerja.", [((500000, 1000000), "people")]),
    ("Proses klaim memakan tiga sampai lima hari kerja.", [((3, 5), "days")]),
    ("Yang datang delapan ratus sampai seribu orang.", [((800, 1000), "people")]),
    ("Targetnya naik satu-dua persen.", [((1, 2), "percent")]),
    ("Pencairan klaim butuh 5 s/d 7 hari kerja.", [((5, 7), "days")]),
]

ELIDED_UNITS: list[tuple[str, Expected]] = [
    ("Peserta di Ampana 4.486, Tentena 7.085 orang.", [(4486, "people"), (7085, "people")]),
    ("Klaim JKK 844, JKM 478, dan JP 816 kasus.", [(844, "cases"), (478, "cases"), (816, "cases")]),
    ("Total peserta PU dan BPU mencapai 36,7 juta.", [(36700000, "people")]),
    ("Angkanya naik dari 100 menjadi 500 nelayan.", [(100, "people"), (500, "people")]),
    ("Sekitar 162.964 atau 67,72 persen pekerja belum ikut.", [(162964, "people"), (67.72, "percent")]),
    ("Ada 18 juta pekerja, tetapi 12,6 juta lagi belum terlindungi.", [(18000000, "people"), (12600000, "people")]),
    ("Dari 1.200 perusahaan, 345 di antaranya menunggak.", [(1200, "companies"), (345, "companies")]),
    ("Santunan kematian 20.000.000; pemakaman Rp10.000.000.", [(20000000, "IDR"), (10000000, "IDR")]),
]

UNITS: list[tuple[str, Expected]] = [
    ("Kepatuhan bertambah 4 poin persentase.", [(4, "percentage_point")]),
    ("Kepatuhan naik 3,5 poin persen.", [(3.5, "percentage_point")]),
    ("Imbal hasil turun 25 basis poin.", [(0.25, "percentage_point")]),
    ("Klaim melonjak tiga kali lipat.", [(3, "times")]),
    ("Ahli waris menerima 48 kali upah.", [(48, "times")]),
    ("Ahli waris menerima 48 x upah terakhir.", [(48, "times")]),
    ("Cacat total tetap dihitung 70% x 80 x upah sebulan.", [(56, "times")]),
    ("JKP diberikan selama maksimal enam bulan.", [(6, "months")]),
    ("Peserta terdaftar minimal 15 tahun berhak atas manfaat pensiun.", [(15, "years")]),
    ("Kejari menerima 25 SKK.", [(25, "documents")]),
    ("Sebanyak 8 PDS upah dan 14 PWBD ditindak.", [(8, "companies"), (14, "companies")]),
    ("Pemilihan menyeleksi 514 kabupaten/kota.", [(514, "regions")]),
    ("Layanan tersedia di 325 kantor cabang.", [(325, "points")]),
    ("Kota Blitar meraih juara II.", [(2, "rank")]),
    ("Raja Ampat menempati urutan pertama.", [(1, "rank")]),
    ("Provinsi itu di peringkat ke-3.", [(3, "rank")]),
    ("Beban turun USD 10 juta.", [(10000000, "USD")]),
    ("Tunggakan senilai 4,7 miliar rupiah.", [(4700000000, "IDR")]),
    ("Sebanyak 250 petambak terlindungi.", [(250, "people")]),
]

ENGLISH: list[tuple[str, Expected]] = [
    ("Coverage fell 10.97 percent in June 2024.", [(10.97, "percent")]),
    ("The agency paid 1,234 claims worth Rp 5.6 billion.", [(1234, "cases"), (5600000000, "IDR")]),
    ("Around 40.2m workers were active members of the scheme.", [(40200000, "people")]),
    ("Membership rose 4.5% to 41.2 million in December 2024.", [(4.5, "percent"), (41200000, "people")]),
    ("Two thirds of the workers have no protection.", [(2 / 3, "ratio")]),
    ("The province has 206,000 service points.", [(206000, "points")]),
    ("The scheme covers half a million workers.", [(500000, "people")]),
    ("A hundred workers of the city were paid.", [(100, "people")]),
    ("One hundred and one thousand two hundred workers of the city were paid.", [(101200, "people")]),
    ("The growth of claims was 0.52-19.45 percent.", [((0.52, 19.45), "percent")]),
]

REPETITIONS: list[tuple[str, Expected]] = [
    ("Santunan Rp42.000.000 (empat puluh dua juta rupiah) diserahkan.", [(42000000, "IDR")]),
    ("Kejari menerima 15 (lima belas) SKK.", [(15, "documents")]),
    ("Kejari menerima 15 (lima belas SKK).", [(15, "documents")]),
    ("Cakupan 12 (dua belas) persen.", [(12, "percent")]),
]

ASIDES: list[tuple[str, Expected]] = [
    ("Rosmiati (49) menerima kartu dari bupati, Kamis (20/2/2025).", []),
    ("Dua desa ikut, kata Rosmiati (49).", [(2, "villages")]),
    ("Peringkatnya pertama, kata Rosmiati (49).", [(1, "rank")]),
]

BLOCKS = {
    "thousands and decimals": THOUSANDS_AND_DECIMALS,
    "dot decimals": DOT_DECIMALS,
    "comma thousands": COMMA_THOUSANDS,
    "split numbers": SPLIT_NUMBERS,
    "scales": SCALES,
    "mistyped scales": MISTYPED_SCALES,
    "se- forms": SE_FORMS,
    "spelled": SPELLED,
    "fractions": FRACTIONS,
    "vague": VAGUE,
    "about forms": ABOUT_FORMS,
    "ranges": RANGES,
    "elided units": ELIDED_UNITS,
    "units": UNITS,
    "repetitions": REPETITIONS,
    "asides": ASIDES,
    "English": ENGLISH,
}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [pytest.param(*case, id=f"{name}: {case[0]}") for name, cases in BLOCKS.items() for case in cases],
)
def test_every_way_of_writing_a_number_is_read(sentence: str, expected: Expected) -> None:
    found = read(sentence)
    assert [unit for _, unit in found] == [unit for _, unit in expected]
    assert ends(found) == pytest.approx(ends(expected))


def test_the_surface_holds_currency_number_scale_and_unit_word() -> None:
    sentence = "Piutang Rp. 1,5 M, cakupan 12,5 persen, dan sekitar 60-an juta pekerja."
    assert [figure.surface for figure in figures_in(sentence)] == ["Rp. 1,5 M", "12,5 persen", "60-an juta"]


def test_offsets_point_into_the_sentence() -> None:
    sentence = "  “Baru 7,52 persen atau 79.613 orang yang terlindungi,” katanya."
    for figure in figures_in(sentence):
        assert sentence[figure.start : figure.end] == figure.surface


@pytest.mark.parametrize(
    ("sentence", "tag"),
    [
        ("Cakupan 12.5 persen.", "dot_decimal"),
        ("Tercatat 27,703 kasus.", "comma_thousand"),
        ("Kepesertaan turun 10, 97 persen.", "space_in_number"),
        ("Ada 172 tibu nelayan.", "typo_scale"),
        ("Klaim Rp9 milyar.", "spelling_variant"),
        ("Piutang Rp1,5 M.", "abbrev_scale"),
        ("Puluhan perusahaan menunggak.", "vague"),
        ("Gaji mereka Rp3 jutaan.", "suffix_an"),
        ("Dari jumlah itu 70 persennya JHT.", "suffix_nya"),
        ("Cakupan diperkirakan 30-40 persen.", "range"),
        ("Klaim turun lima belas persen.", "spelled"),
        ("Santunan Rp42.000.000 (empat puluh dua juta rupiah).", "restated_in_words"),
        ("Cacat tetap dihitung 70% x 80 x upah.", "formula"),
    ],
)
def test_a_phenomenon_is_tagged(sentence: str, tag: str) -> None:
    assert any(tag in figure.tags for figure in figures_in(sentence))
