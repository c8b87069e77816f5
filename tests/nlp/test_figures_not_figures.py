"""Numbers that are no stated figures: one block of invented sentences for every kind."""

import pytest

from nlp.figures import figures_in

NO_FIGURES: dict[str, list[str]] = {
    "date": [
        "Acara digelar Kamis (20/2/2025).",
        "Aturan itu efektif 1 April 2021.",
        "Rapat berlangsung Rabu 8 sampai Kamis 9 Mei 2019.",
        "Rencana itu tertuang dalam RPJPN 2025–2045.",
        "Kegiatan berlangsung 12-15 Mei 2025 di balai kota.",
        "Perjanjian ditandatangani pada 2023 dan diperbarui pada 2024.",
        "Jumat 26 Jul 2024",
        "Pada triwulan II-2025 tidak ada keluhan.",
    ],
    "time": [
        "Acara dibuka pukul 10.30 WIB.",
        "Kantor buka pukul 09.00 sampai 12.00 WIT.",
        "Ruas itu ditutup pukul 14.00-16.00 WITA.",
        "Selasa 21:07 WIB",
    ],
    "law": [
        "Hal itu sesuai UU No. 24 Tahun 2011 tentang BPJS.",
        "Sesuai PP nomor 44/2015 perusahaan wajib mendaftar.",
        "Pasal 21 ayat (1) mengatur sanksi.",
        "Gubernur menerbitkan Pergub 7/2024 dan Instruksi Nomor 3 Tahun 2024.",
    ],
    "age": [
        "Manfaat berhenti bila anak berusia 23 tahun atau menikah.",
        "Almarhum Wayan (47) bekerja sebagai sopir.",
        "Ketut, 51, ditemui di rumahnya.",
        "Usia pensiun 58 tahun berlaku sejak lama.",
        "Peserta berumur antara 20 dan 60 tahun dapat mendaftar.",
    ],
    "phone": [
        "Hubungi 175 untuk keterangan.",
        "WhatsApp kami di 0812-3456-7890.",
        "Telepon (021) 5207797 aktif setiap hari.",
    ],
    "score": ["Tim kantor menang 3-1 atas tim tamu."],
    "page": ["Tabel itu ada di halaman 12."],
    "address": [
        "Warga RT 05/RW 02 menerima kartu.",
        "Ruas KM 45 ditutup.",
        "Kantor itu di Jalan Melati No. 12 lantai 3.",
    ],
    "identifier": ["Nomor KPJ 12345678901 milik Budi.", "Perkara nomor 15 ditunda."],
    "product": [
        "Hadiahnya Galaxy Watch7 dan PlayStation 5.",
        "Jaringan 4G menjangkau desa itu.",
        "KTT G20 digelar di Bali.",
    ],
    "product term": ["Dana disimpan dalam deposito 12 bulan."],
    "name": [
        "Pandemi Covid-19 membuat kantor tutup.",
        "Rapat Komisi IX berlangsung alot.",
        "Siswa SMAN 3 berkunjung ke kantor.",
        "Kabupaten Lima Puluh Kota dan Empat Lawang belum hadir.",
        "Pekerja di Kepulauan Seribu bersyukur.",
    ],
    "ordinal": ["HUT ke-48 digelar meriah.", "Penyaluran tahap 1 selesai.", "Paritrana tahun ke -5 dibuka."],
    "list size": ["Berikut 10 provinsi itu.", "Simak 5 cara mencairkan JHT.", "Ada tiga syarat yang harus dipenuhi."],
    "duration": [
        "Hal itu terjadi selama empat bulan terakhir.",
        "Ia bekerja di sana dua tahun lalu.",
        "Pemeriksaan berlangsung dua hari.",
    ],
    "quantifier": ["Belum satu pun yang hadir.", "Salah satu peserta bertanya.", "Ini satu-satunya kantor di sana."],
    "negated": ["Bukan 12 persen yang ia maksud."],
    "off topic": [
        "BACA JUGA: 7 Pemain Prancis dan 1,2 Juta Suporter",
        "Baca juga : 5 Fakta Klaim Rp3 Miliar",
        "Artikel Terkait: 12 ribu nelayan terlindungi",
    ],
    "category": ["Bantuan menyasar keluarga desil 1 dan golongan 2."],
    "foreign measure": ["Jalan sepanjang 12 km dibangun.", "Lahan 40 hektare disiapkan.", "Antrean berlangsung 3 jam."],
    "no number at all": ["Cakupan kepesertaan masih rendah, kata kepala cabang."],
}


@pytest.mark.parametrize(
    "sentence", [pytest.param(s, id=f"{kind}: {s}") for kind, sentences in NO_FIGURES.items() for s in sentences]
)
def test_what_is_no_stated_figure_is_left_alone(sentence: str) -> None:
    assert [figure.surface for figure in figures_in(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "surfaces"),
    [
        ("Bukan 12 persen, melainkan 9 persen.", ["9 persen"]),
        ("Klaim Rp1,500 juta? Maksudnya Rp1,5 miliar.", ["Rp1,5 miliar"]),
        ("Biaya Rp5.000.000 (lima juta rupiah) ditanggung.", ["Rp5.000.000"]),
        ("Kota itu satu dari 12 kandidat provinsi.", ["12"]),
        ("Almarhum Made (47) meninggalkan dua ahli waris.", ["dua"]),
        ("Pada 2024 ada 2.024 pekerja yang terdaftar.", ["2.024"]),
        ("Jamsostek di 45 desa berlaku sejak 2023.", ["45"]),
        ("Sesuai PP 44/2015, 298 perusahaan mendaftar.", ["298"]),
        ("Per 30 Juni 2024 cakupan 27,4 persen.", ["27,4 persen"]),
        ("Paling sedikit Sulawesi Barat, 65,33 ribu orang.", ["65,33 ribu"]),
        ("Tiga puluh desa menerima kartu.", ["Tiga puluh"]),
    ],
)
def test_a_figure_beside_another_number_is_still_found(sentence: str, surfaces: list[str]) -> None:
    assert [figure.surface for figure in figures_in(sentence)] == surfaces
