"""Invented sentences with everybody to whom they attribute something: speaker, title (None: not asked) and kind.

`NOBODY` are sentences that look like attributions and are none.
"""

Speaker = tuple[str, str | None, str]


def person(name: str, title: str | None = None) -> Speaker:
    return name, title, "person"


def organisation(name: str) -> Speaker:
    return name, None, "organisation"


IA: Speaker = ("ia", None, "pronoun")

CASES: tuple[tuple[str, tuple[Speaker, ...]], ...] = (
    # The speaker after the verb.
    ('"Cakupan kita baru 31 persen," kata Bagas.', (person("Bagas"),)),
    (
        '"Kami jemput bola," ujar Kepala Cabang BPJS Ketenagakerjaan Palu, Raden Wirya, Senin (5/6).',
        (person("Raden Wirya", "Kepala Cabang BPJS Ketenagakerjaan Palu"),),
    ),
    ('"Iurannya ringan," ucap Sari Wening di Lembayung.', (person("Sari Wening"),)),
    ('"Datanya lengkap," tutur Bupati Kenanga Arga Prabaswara.', (person("Arga Prabaswara"),)),
    ('"Itu hak mereka," jelas Bagas Lurung, S.H., M.M.', (person("Bagas Lurung"),)),
    ('"Sudah cair," imbuh Hj. Siti Melati.', (person("Siti Melati"),)),
    ('"Kita tagih," tegas Kajari Jember Danu Wibisana.', (person("Danu Wibisana", "Kajari Jember"),)),
    ("Target tahun ini 40 ribu orang, terang Wirya.", (person("Wirya"),)),
    (
        "“Semua terlayani,” papar Direktur Utama BPJS Ketenagakerjaan Prabu Nata Kusuma.",
        (person("Prabu Nata Kusuma", "Direktur Utama BPJS Ketenagakerjaan"),),
    ),
    ('"Masih ada sisa," sambung Lurung.', (person("Lurung"),)),
    ('"Tahun depan naik," lanjut dia.', (IA,)),
    ('"Kami menyesal," beber M. Yusuf Tanjung.', (person("M. Yusuf Tanjung"),)),
    ('"Sabar saja," timpal Ketua RT setempat Marno bin Kasan.', ()),
    ('"Cair semua?" tanya Rukmini boru Sitanggang.', (person("Rukmini boru Sitanggang"),)),
    (
        '"Tahun ini 61 desa," rinci Kadis PMD Kabupaten Gresik Anom Suroto.',
        (person("Anom Suroto", "Kadis PMD Kabupaten Gresik"),),
    ),
    (
        "Demikian disampaikan Kepala Kantor Cabang BPJS Ketenagakerjaan Kudus, Wening Asih.",
        (person("Wening Asih", "Kepala Kantor Cabang BPJS Ketenagakerjaan Kudus"),),
    ),
    ("Lebih lanjut dikatakan Bagas, pihaknya menyasar nelayan.", (person("Bagas"),)),
    (
        "Hal senada diungkapkan oleh Ketua SPSI Jawa Barat Tirta Mulya.",
        (person("Tirta Mulya", "Ketua SPSI Jawa Barat"),),
    ),
    ("Hal itu dibenarkan Camat Tebo Ilir, Dr. H. Zainal Arif, M.Si.", (person("Zainal Arif"),)),
    ("Pekerja informal kini 59 persen, kata BPS.", (organisation("BPS"),)),
    # The speaker before the verb.
    ("Bagas mengatakan kepesertaan naik.", (person("Bagas"),)),
    ("Namun demikian, Bagas menegaskan target tetap.", (person("Bagas"),)),
    ("Wening Asih juga menambahkan, klaim JHT terbanyak.", (person("Wening Asih"),)),
    ("Raden Wirya, kepala cabang Palu, mengakui cakupan rendah.", (person("Raden Wirya", "kepala cabang Palu"),)),
    (
        "Kepala Dinas Tenaga Kerja Kota Semarang Lintang Ayu menyebut ada 12 pabrik.",
        (person("Lintang Ayu", "Kepala Dinas Tenaga Kerja Kota Semarang"),),
    ),
    ("Wali Kota Palu Hadi Sasmita meminta semua RT ikut.", (person("Hadi Sasmita", "Wali Kota Palu"),)),
    ("Menaker Surya Dirga memastikan iuran tidak naik.", (person("Surya Dirga", "Menaker"),)),
    (
        "Pj Bupati Lombok Timur Ratna Dewanti menjelaskan skema baru.",
        (person("Ratna Dewanti", "Pj Bupati Lombok Timur"),),
    ),
    ("Tirta dari BPJS Ketenagakerjaan Inhil merinci syaratnya.", (person("Tirta"),)),
    (
        "Sementara itu, Ketua Komisi IX DPR RI Galih Pramana menilai layanan membaik.",
        (person("Galih Pramana", "Ketua Komisi IX DPR RI"),),
    ),
    ("Darsono (57) mengaku lega.", (person("Darsono"),)),
    ("I Gusti Made Arsana berharap banjar ikut mendaftar.", (person("I Gusti Made Arsana"),)),
    (
        "Ekonom Universitas Indonesia Panji Laksmana memperkirakan PHK berlanjut.",
        (person("Panji Laksmana", "Ekonom Universitas Indonesia"),),
    ),
    (
        "Direktur PT Samudra Lestari, Yoga Aditama, mengatakan semua awak terdaftar.",
        (person("Yoga Aditama", "Direktur PT Samudra Lestari"),),
    ),
    (
        "Deputi Direktur Wilayah Sumbagsel BPJS Ketenagakerjaan Arif Kelana menuturkan hal serupa.",
        (person("Arif Kelana"),),
    ),
    ("Gubernur Sulawesi Tengah mengatakan hal itu.", ()),
    ("Ia menambahkan, santunan cair tiga hari.", (IA,)),
    ("Dia mengungkapkan piutang turun.", (IA,)),
    ("BPS mencatat pekerja informal 59 persen.", (organisation("BPS"),)),
    ("Kemnaker mencatat 24 ribu PHK.", (organisation("Kemnaker"),)),
    ("Data BPJS Ketenagakerjaan mencatat 3,1 juta pekerja.", (organisation("BPJS Ketenagakerjaan"),)),
    ("Data BPS menunjukkan angka itu naik.", (organisation("BPS"),)),
    ("BPJS Ketenagakerjaan Kudus melaporkan 900 kasus.", (organisation("BPJS Ketenagakerjaan Kudus"),)),
    ("Serikat Buruh Cakrawala menuding pansel tertutup.", (organisation("Serikat Buruh Cakrawala"),)),
    # After a preposition.
    ("Menurut Bagas, iuran termurah Rp16.800.", (person("Bagas"),)),
    (
        "Menurut Kepala Cabang Bontang, Lintang Ayu, PHK menjadi sebab.",
        (person("Lintang Ayu", "Kepala Cabang Bontang"),),
    ),
    ("Menurut data BPS, angkatan kerja 152 juta.", (organisation("BPS"),)),
    ("Berdasarkan data Kemnaker, PHK bertambah.", (organisation("Kemnaker"),)),
    ("Menurutnya, aturan itu sudah jelas.", (IA,)),
    ("Menurut dia, petani belum paham.", (IA,)),
    # Pronouns as suffix.
    ('"Kami siap," katanya.', (IA,)),
    ('"Segera," ujarnya, Jumat.', (IA,)),
    ("Tak hanya itu, sambungnya, ada hadiah.", (IA,)),
    # English.
    ('"Claims doubled," said Prabu Nata, president director of BPJS Ketenagakerjaan.', (person("Prabu Nata"),)),
    ("Minister Surya Dirga said the rule stays.", (person("Surya Dirga", "Minister"),)),
    ("According to the Ministry of Manpower, layoffs rose.", (organisation("Ministry of Manpower"),)),
    ("According to Lintang Ayu, the fund is safe.", (person("Lintang Ayu"),)),
    # Two speakers in one sentence.
    ("Bagas mengatakan iuran naik, sedangkan menurut data BPS upah turun.", (person("Bagas"), organisation("BPS"))),
    ("Sari menyebut 40 ribu orang, kata Bagas.", (person("Sari"), person("Bagas"))),
    # Harder ones.
    ("Kasatreskrim Polres Siak AKP Dimas Anggara mengatakan pelaku ditahan.", (person("Dimas Anggara"),)),
    ('"Kita evaluasi," kata pria yang akrab disapa Jaka itu.', (IA,)),
    ("Mantan Ketua KSPI Tebo Suryana bin Amat mengeluhkan antrean.", (person("Suryana bin Amat"),)),
    (
        "Kabid Kepesertaan BPJS Ketenagakerjaan Pangkalpinang, Andra Saputro saat ditemui mengatakan cakupan turun.",
        (person("Andra Saputro", "Kabid Kepesertaan BPJS Ketenagakerjaan Pangkalpinang"),),
    ),
    (
        "Kepala Bidang Kepesertaan Korporasi dan Institusi BPJS Ketenagakerjaan Gresik Tegar Wicaksono "
        "menjelaskan aturannya.",
        (person("Tegar Wicaksono"),),
    ),
    ('"Kami kaget," kata Ny. Aminah, istri korban.', (person("Aminah"),)),
    ('"Semua gratis," kata Bagas kepada Harian Kenanga.', (person("Bagas"),)),
)

NOBODY: tuple[str, ...] = (
    "Kata sandi JMO perlu diganti.",
    "Menurut UU Nomor 24 Tahun 2011, iuran bersifat wajib.",
    "Menurut Permenaker Nomor 5 Tahun 2021, manfaat naik.",
    "Warga mengatakan antrean panjang.",
    "Petugas menyebut berkas kurang.",
    "Peserta dapat mencairkan JHT di kantor cabang.",
    "Hal itu disampaikan usai rapat di Hotel Cempaka.",
    "Dalam kata sambutan, ia berterima kasih kepada Bagas.",
    "RPJMN menargetkan cakupan 43 persen.",
    "Pemkab Kenanga menganggarkan Rp3 miliar.",
    "Jakarta menyebut angka lain.",
    "Perusahaan mengaku belum mendaftarkan buruh.",
    "Cara Cek Saldo JHT, Ini Kata Warganet",
    "Ahli waris menerima Rp42 juta, jelas bukan angka kecil.",
    "Sampai Desember 2023 peserta mencapai 61 juta.",
)
