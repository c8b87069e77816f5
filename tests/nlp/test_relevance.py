import pytest

from nlp.analysis import ArticleText, Relevance
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from tests.nlp.builders import the_agency

RULES = build_pipeline(the_agency(), until="regions")

FLOOD = (
    "Banjir merendam tiga kelurahan sejak Senin malam. Petugas mengevakuasi warga dengan perahu karet. "
    "Lurah setempat, Wiryo, membuka dapur umum di balai kelurahan. Sekolah diliburkan dua hari. "
    "Air mulai surut pada Rabu pagi. Warga membersihkan lumpur dari rumah. Pemerintah kota menghitung kerugian. "
    "Bantuan datang dari berbagai pihak. "
)

# About the agency: (title, text)
RELEVANT = [
    (
        "Ahli Waris Buruh Angkut di Sumenep Terima Rp42 Juta",
        "SUMENEP, KABARTIMUR.ID - Tangis Suminah pecah saat menerima santunan suaminya. Uang itu dibayarkan "
        "BPJS Ketenagakerjaan karena almarhum terdaftar sebagai peserta mandiri. Suminah akan memakainya untuk modal "
        "warung. Anaknya yang bungsu masih duduk di kelas lima. Kepala cabang BPJS Ketenagakerjaan Madura, Lukito, "
        "mengatakan iurannya hanya Rp16.800 per bulan. Ia mengajak buruh angkut lain mendaftar. Kepala desa hadir "
        "dalam penyerahan itu. Acara ditutup dengan doa bersama.",
    ),
    (
        "Pemkab Lampung Timur Daftarkan 3.000 Petani Singkong",
        "Pemerintah Kabupaten Lampung Timur mendaftarkan 3.000 petani singkong ke program jaminan sosial "
        "ketenagakerjaan. Iurannya diambil dari APBD perubahan. Bupati menyebut petani termasuk pekerja rentan. "
        "“Kalau celaka di ladang, keluarga tidak jatuh miskin,” katanya. BPJS Ketenagakerjaan mencatat "
        "12.000 petani di kabupaten itu belum terlindungi. Dinas pertanian memverifikasi datanya. Kartu dibagikan "
        "bertahap. Program serupa akan berlanjut tahun depan.",
    ),
    ("Aplikasi JMO Tumbang, Pekerja Keluhkan Klaim", "Sejak pagi aplikasi tidak dapat dibuka. Pekerja mengeluh."),
    (
        "",
        "Halaman 2: Sementara itu, kepala kantor BPJAMSOSTEK Tual menyatakan dana klaim cukup. Ia minta nelayan tidak "
        "percaya calo.",
    ),
    (
        "Serikat Buruh Geruduk Kantor BPJS Ketenagakerjaan Cimahi",
        FLOOD.replace("Banjir", "Massa") + "Mereka menolak aturan pencairan yang baru.",
    ),
    (
        "Agency pays 200 fishermen's families",
        "BPJS Employment paid benefits to the families of fishermen lost at sea, its branch head said on Monday. "
        "The agency urged boat owners to enrol their crews.",
    ),
    (
        "Nelayan Pesisir Selatan Kini Terlindungi",
        "Ratusan nelayan menerima kartu kepesertaan BPJS. Mereka dilindungi program JKK dan JKM. Iuran dibayar "
        "pemerintah nagari. “Kami lebih tenang melaut,” ujar Pak Udin. Santunan kematian sebesar Rp42 juta menanti "
        "ahli waris bila terjadi musibah.",
    ),
    (
        "Paritrana Award: Tiga Perusahaan Masuk Nominasi",
        "Tiga perusahaan masuk nominasi penghargaan yang digelar BPJS Ketenagakerjaan bersama pemerintah provinsi. "
        "Penilaian melihat kepatuhan iuran. Pemenang diumumkan bulan depan.",
    ),
]

RELEVANT += [
    ("BPJS Ketenagakerjaan Bantah Data Peserta Bocor", FLOOD.replace("Banjir", "Kabar")),
    (
        "",
        "Kejaksaan memeriksa tiga saksi dugaan korupsi dana investasi BPJS Ketenagakerjaan. Saksi berasal dari manajer "
        "investasi. Penyidik mendalami transaksi saham. Penyidikan berlanjut pekan depan. " + FLOOD,
    ),
    (
        "Tak Daftarkan Pekerja, Kontraktor Disanksi",
        "Kontraktor jembatan disanksi karena tak mendaftarkan pekerjanya ke BPJS Ketenagakerjaan. Disnaker memberi "
        "tenggat sepekan. Pengawas menemukan 40 buruh tanpa perlindungan. Proyek dihentikan sementara. " + FLOOD,
    ),
    (
        "Warga Keluhkan Antrean Klaim",
        "Puluhan mantan karyawan antre sejak subuh. Mereka ingin mencairkan JHT. Kuota sehari hanya 30 orang. Kepala "
        "kantor BPJS Ketenagakerjaan Serang berjanji menambah loket. Sebagian pulang kecewa.",
    ),
    (
        "BP Jamsostek to raise bond holdings",
        "Workers social security agency BP Jamsostek plans to raise its bond holdings, its investment director said.",
    ),
]

MENTIONS = [
    ("Bursa Kerja Diserbu", FLOOD + "Di satu stan, petugas BPJS Ketenagakerjaan memberi informasi. " + FLOOD),
    ("Bursa Kerja Diserbu", FLOOD + "Ada pula stan BPJS Kesehatan dan BPJS Ketenagakerjaan. " + FLOOD),
    (
        "BLT Subsidi Gaji Cair, Ini Syaratnya",
        "BLT subsidi gaji cair pekan ini. Syaratnya peserta aktif BPJS Ketenagakerjaan hingga April. BPJS "
        "Ketenagakerjaan menyerahkan data ke kementerian. Dana masuk rekening bank.",
    ),
    (
        "Cara Cek Penerima BSU 2025",
        "Pemerintah mencairkan BSU mulai pekan depan. Pekerja bisa mengecek namanya di laman Kemnaker. Cara lain "
        "lewat situs BPJS Ketenagakerjaan. Masukkan NIK dan tanggal lahir. Syaratnya gaji paling tinggi Rp3,5 juta. "
        "Penerima harus peserta aktif BPJS Ketenagakerjaan. Bantuan dikirim ke rekening bank. Jumlahnya Rp600.000.",
    ),
    ("Banjir Rendam Kota", FLOOD + "Petugas yang gugur terdaftar di BPJS Ketenagakerjaan."),
    (
        "Pansel BPJS Diprotes",
        "Koalisi warga memprotes panitia seleksi direksi BPJS. Surat dikirim ke Istana. Tidak disebut BPJS yang mana.",
    ),
    (
        "Iuran BPJS Kesehatan Naik Tahun Depan",
        "Pemerintah menaikkan iuran BPJS Kesehatan. Peserta kelas III tetap disubsidi. BPJS Kesehatan menyatakan siap. "
        "Rumah sakit menyambut baik. Sebelumnya, DPR memanggil BPJS Kesehatan dan BPJS Ketenagakerjaan.",
    ),
]

IRRELEVANT = [
    ("Banjir Rendam Kota", FLOOD),
    (
        "Pasien BPJS Antre di RSUD",
        "Pasien BPJS antre sejak subuh di rumah sakit. Dokter spesialis terbatas. Peserta JKN diminta sabar.",
    ),
    ("Banjir Rendam Kota", FLOOD + "\nBaca juga: BPJS Ketenagakerjaan Bayar Klaim Rp10 Miliar\n" + FLOOD),
    ("#bpjs ketenagakerjaan", "Klaim BPJS Ketenagakerjaan\nCara daftar BPJS Ketenagakerjaan"),
    ("Kumpulan Berita BPJS Ketenagakerjaan Terbaru", "BPJS Ketenagakerjaan bayar klaim.\nJMO diperbarui."),
    ("cara klaim jht bpjs ketenagakerjaan", "bpjs ketenagakerjaan klaim online"),
    ("Korban Tabrakan Dapat Santunan Jasa Raharja", "Jasa Raharja membayar santunan kepada korban tabrakan di Tuban."),
    ("", ""),
]


def by_rules(text: str, title: str = "") -> Relevance:
    """The verdict of the rules alone, which is one voice of the reader's."""
    relevance: Relevance = RULES(make_doc(RULES, ArticleText("a", text, title)))._.relevance
    return relevance


@pytest.mark.parametrize(("title", "text"), RELEVANT)
def test_a_story_about_the_agency_is_relevant(title: str, text: str) -> None:
    assert by_rules(text, title) == "relevant"


@pytest.mark.parametrize(("title", "text"), MENTIONS)
def test_a_passing_naming_is_a_mention(title: str, text: str) -> None:
    assert by_rules(text, title) == "mention"


@pytest.mark.parametrize(("title", "text"), IRRELEVANT)
def test_everything_else_is_irrelevant(title: str, text: str) -> None:
    assert by_rules(text, title) == "irrelevant"


def test_a_long_story_stays_relevant_without_its_title() -> None:
    assert all(by_rules(text) == "relevant" for _, text in RELEVANT[:2])
