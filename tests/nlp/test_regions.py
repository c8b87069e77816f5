import pytest

from tests.nlp.builders import read


def regions(text: str, title: str = "") -> list[str]:
    return [region.name for region in read(text, title)._.regions]


@pytest.mark.parametrize(
    ("title", "text", "main"),
    [
        ("Nelayan Tuban Terlindungi", "Surabaya (KABAR) - Pemkab Tuban membayar iuran nelayan.", "Kabupaten Tuban"),
        ("", "KENDARI, KABAR.ID - Pekerja tambang menunggu klaim.", "Kota Kendari"),
        ("", "Kantor BPJS Ketenagakerjaan Cabang Ruteng membayar klaim.", "Kabupaten Manggarai"),
        ("", "Klaim dibayar BPJamsostek Purwokerto kepada ahli waris.", "Kabupaten Banyumas"),
        ("", "Pekerja Sleman menunggu. “Kami sabar,” kata Joko di Surabaya, Senin.", "Kabupaten Sleman"),
        ("Jabar Tertinggi", "Cakupan Jawa Barat tertinggi. Kota Cimahi, Garut dan Subang menyusul.", "Jawa Barat"),
        ("Santunan di NTB", "Pekerja di Kabupaten Dompu menerima santunan.", "Kabupaten Dompu"),
        ("", "Jambi (KABAR) - Gubernur Jambi menyerahkan kartu.", "Jambi"),
        ("", "Workers in East Lombok are protected by BPJS Employment.", "Kabupaten Lombok Timur"),
    ],
)
def test_the_main_region_comes_first(title: str, text: str, main: str) -> None:
    assert regions(text, title)[0] == main


@pytest.mark.parametrize(
    "text",
    [
        "JAKARTA, KABAR.ID - Peserta aktif turun menjadi 39 juta orang, kata direktur utama.",
        "Peserta terbanyak di Jawa Barat, disusul Jawa Timur, Sumatera Utara, dan Banten.",
        "Iuran tidak naik tahun ini.",
    ],
)
def test_a_national_story_has_no_region(text: str) -> None:
    assert regions(text) == []


def test_the_dateline_counts_only_where_nothing_else_does() -> None:
    assert regions("MEDAN - Kantor BPJS Ketenagakerjaan Binjai membayar klaim.") == ["Kota Binjai"]
    assert regions("MEDAN - Kantor membayar klaim buruh.") == ["Kota Medan"]


def test_a_region_knows_its_province_and_where_it_is_named() -> None:
    (region,) = read("Pemkot Palu hadir. Warga Palu senang.")._.regions
    assert (region.code, region.level, region.province) == ("72.71", "kota", "Sulawesi Tengah")
    assert [(span.start, span.end) for span in region.spans] == [(7, 11), (25, 29)]


@pytest.mark.parametrize(
    "link", ["Baca juga: Pemkot Medan? Warga Medan Antre", "BACA JUGA\nPemkot Medan Bayar", "Berita Terkait : Medan"]
)
def test_a_link_line_tells_no_region(link: str) -> None:
    assert regions(f"Pemkot Palu membayar iuran.\n{link}\nWarga senang.") == ["Kota Palu"]


@pytest.mark.parametrize(
    ("title", "text", "main"),
    [
        ("Iuran di Kalsel Tumbuh", "Kepala kantor wilayah di Banjarmasin menyebut tambang.", ["Kalimantan Selatan"]),
        ("Peserta Turun", "Peserta turun, menurut laporan di Jakarta, Rabu.", []),
        ("Data Bocor", "Menurut keterangan tertulis yang diterima di Palu, Jumat, data aman.", []),
        ("Buruh Berunjuk Rasa", "Buruh berkumpul di depan kantor Kementerian Ketenagakerjaan, Jakarta Selatan.", []),
        ("Peserta Susut", "Peserta susut. PHK meluas. Target meleset. Di Kudus, dampaknya terasa.", []),
    ],
)
def test_a_seat_or_a_place_of_speech_is_not_the_region(title: str, text: str, main: list[str]) -> None:
    assert regions(text, title)[:1] == main
