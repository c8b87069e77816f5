"""Invented passages with the quotes in them: kind, words, speaker in full."""

Expected = tuple[str, str, str | None]


def direct(words: str, speaker: str | None) -> Expected:
    return "direct", words, speaker


def reported(words: str, speaker: str | None) -> Expected:
    return "reported", words, speaker


CASES: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    (
        '"Kami membayar klaim tepat waktu," kata Bagas Lurung.',
        (direct("Kami membayar klaim tepat waktu", "Bagas Lurung"),),
    ),
    ("“Iurannya hanya Rp16.800,” ujar Sari Wening.", (direct("Iurannya hanya Rp16.800", "Sari Wening"),)),
    (
        'Bagas Lurung mengatakan, "Semua nelayan akan kami data."',
        (direct("Semua nelayan akan kami data.", "Bagas Lurung"),),
    ),
    (
        '"Ini hak pekerja. Jangan ditunda," tegas Arga Prabaswara, Senin.',
        (direct("Ini hak pekerja. Jangan ditunda", "Arga Prabaswara"),),
    ),
    (
        "Bagas Lurung menjelaskan bahwa iuran dipotong dari upah.",
        (reported("iuran dipotong dari upah.", "Bagas Lurung"),),
    ),
    (
        "Sebanyak 40 desa sudah mendaftar, kata Sari Wening.",
        (reported("Sebanyak 40 desa sudah mendaftar", "Sari Wening"),),
    ),
    (
        "Menurut Arga Prabaswara, petani belum paham manfaatnya.",
        (reported("petani belum paham manfaatnya.", "Arga Prabaswara"),),
    ),
    ("BPS mencatat pekerja informal masih mayoritas.", (reported("pekerja informal masih mayoritas.", "BPS"),)),
    ("Menurut data Kemnaker, PHK turun tahun ini.", (reported("PHK turun tahun ini.", "Kemnaker"),)),
    (
        '"Pertama, kita data," kata Bagas Lurung. "Kedua, kita daftarkan mereka semua."',
        (direct("Pertama, kita data", "Bagas Lurung"), direct("Kedua, kita daftarkan mereka semua.", "Bagas Lurung")),
    ),
    (
        '"Antrean sudah tidak ada lagi," kata Sari Wening.\n"Semua lewat aplikasi," imbuhnya.',
        (direct("Antrean sudah tidak ada lagi", "Sari Wening"), direct("Semua lewat aplikasi", "Sari Wening")),
    ),
    (
        "Wali Kota Palu Hadi Sasmita meminta semua RT ikut. Ia menambahkan, dananya dari APBD.",
        (reported("semua RT ikut.", "Hadi Sasmita"), reported("dananya dari APBD.", "Hadi Sasmita")),
    ),
    (
        'Kepala Cabang Palu, Raden Wirya, S.E., mengakui cakupan masih rendah.\n"Kami kejar sampai '
        'akhir tahun," kata Wirya.',
        (reported("cakupan masih rendah.", "Raden Wirya"), direct("Kami kejar sampai akhir tahun", "Raden Wirya")),
    ),
    (
        'Program "Sertakan" dimulai. "Setiap pegawai menanggung satu pekerja," tutur Lintang Ayu.',
        (direct("Setiap pegawai menanggung satu pekerja", "Lintang Ayu"),),
    ),
    (
        'Lintang Ayu menyebut "peserta mandiri di Kenanga masih sangat sedikit".',
        (direct("peserta mandiri di Kenanga masih sangat sedikit", "Lintang Ayu"),),
    ),
    ('"Cakupan kita baru 31 persen', ()),
    ('Tirta Mulya mengeluhkan, "Sudah tiga kali saya datang', (direct("Sudah tiga kali saya datang", "Tirta Mulya"),)),
    ("Hujan turun sejak pagi di Kenanga.", ()),
    (
        '"Kami tunggu sampai sore di sini tanpa kepastian," keluh Rukmini (52).',
        (direct("Kami tunggu sampai sore di sini tanpa kepastian", "Rukmini"),),
    ),
    ("Demikian disampaikan Bagas Lurung di Kenanga, Jumat.", (reported("di Kenanga, Jumat.", "Bagas Lurung"),)),
    ('"The fund is safe," said Prabu Nata.', (direct("The fund is safe", "Prabu Nata"),)),
    ("Minister Surya Dirga said that premiums stay the same.", (reported("premiums stay the same.", "Surya Dirga"),)),
    ("According to Lintang Ayu, claims rose by a third.", (reported("claims rose by a third.", "Lintang Ayu"),)),
    ('"Betul," ucap Danu Wibisana singkat.', (direct("Betul", "Danu Wibisana"),)),
    (
        "Tak hanya itu, sambung Danu Wibisana, ada 12 perusahaan lain yang menunggak.",
        (reported("ada 12 perusahaan lain yang menunggak.", "Danu Wibisana"),),
    ),
    (
        'Danu Wibisana menegaskan sanksi menanti. "Kami tidak main-main dengan iuran buruh," katanya.',
        (
            reported("sanksi menanti.", "Danu Wibisana"),
            direct("Kami tidak main-main dengan iuran buruh", "Danu Wibisana"),
        ),
    ),
    ("Sari Wening berharap semua pedagang terlindungi.", (reported("semua pedagang terlindungi.", "Sari Wening"),)),
    (
        "Ketua SPSI Jawa Barat Tirta Mulya menilai aturan itu merugikan buruh.",
        (reported("aturan itu merugikan buruh.", "Tirta Mulya"),),
    ),
    (
        "“Sudah cair semua,” kata Siti Melati. “Terima kasih banyak, Pak,” tambahnya.",
        (direct("Sudah cair semua", "Siti Melati"), direct("Terima kasih banyak, Pak", "Siti Melati")),
    ),
    ("Data BPJS Ketenagakerjaan menunjukkan klaim JHT naik.", (reported("klaim JHT naik.", "BPJS Ketenagakerjaan"),)),
    (
        "Anom Suroto merinci ada 61 desa di Kenanga. Menurutnya, separuh sudah lunas iuran.",
        (reported("ada 61 desa di Kenanga.", "Anom Suroto"), reported("separuh sudah lunas iuran.", "Anom Suroto")),
    ),
    (
        '"Apakah klaimnya sudah dibayar?" tanya Galih Pramana.',
        (direct("Apakah klaimnya sudah dibayar?", "Galih Pramana"),),
    ),
    (
        "Panji Laksmana memperkirakan PHK berlanjut sampai Juni.\nSementara itu, Surya Dirga "
        "memastikan program JKP tetap jalan.",
        (reported("PHK berlanjut sampai Juni.", "Panji Laksmana"), reported("program JKP tetap jalan.", "Surya Dirga")),
    ),
    ('Tulisan "dilarang parkir" terpasang di kantor itu.', ()),
    (
        'Petugas berkata. "Berkas Anda kurang satu lembar lagi, silakan kembali besok pagi," tanpa senyum.',
        (direct("Berkas Anda kurang satu lembar lagi, silakan kembali besok pagi", None),),
    ),
    (
        "Ratna Dewanti menyampaikan, tahun ini kuota bertambah.",
        (reported("tahun ini kuota bertambah.", "Ratna Dewanti"),),
    ),
    (
        "Iuran akan ditanggung desa selama setahun, jelas Ratna Dewanti saat ditemui di balai.",
        (reported("Iuran akan ditanggung desa selama setahun", "Ratna Dewanti"),),
    ),
    (
        '"Kami menyerahkan 76 surat kuasa khusus," ungkap Andra Saputro. Ia menyebut nilainya Rp19 miliar.',
        (
            direct("Kami menyerahkan 76 surat kuasa khusus", "Andra Saputro"),
            reported("nilainya Rp19 miliar.", "Andra Saputro"),
        ),
    ),
    (
        "Yoga Aditama, direktur PT Samudra Lestari, mengatakan semua awak sudah terdaftar.",
        (reported("semua awak sudah terdaftar.", "Yoga Aditama"),),
    ),
    (
        '"Semua sudah kami bayar," kata Yoga Aditama. Namun Rukmini Asih membantah pernyataan itu.',
        (direct("Semua sudah kami bayar", "Yoga Aditama"),),
    ),
    (
        "Lebih lanjut dikatakan Wening Asih, petani kopi menjadi sasaran berikutnya.",
        (reported("petani kopi menjadi sasaran berikutnya.", "Wening Asih"),),
    ),
    ('Wening Asih menuturkan: "Klaim terbanyak tetap JHT."', (direct("Klaim terbanyak tetap JHT.", "Wening Asih"),)),
    ("Menurut dia, iuran itu ringan bagi nelayan.", (reported("iuran itu ringan bagi nelayan.", None),)),
    ("„Kita dukung penuh,“ kata Lintang Ayu.", (direct("Kita dukung penuh", "Lintang Ayu"),)),
    ("«Kami ikut,» ujar Tegar Wicaksono.", (direct("Kami ikut", "Tegar Wicaksono"),)),
    (
        "Dimas Anggara mengungkapkan, pelaku memalsukan 14 surat kematian.",
        (reported("pelaku memalsukan 14 surat kematian.", "Dimas Anggara"),),
    ),
    (
        '"Jadi pekerja mandiri bisa ikut JKK dan JKM," terang Kepala Cabang BPJS Ketenagakerjaan '
        'Gresik, Tegar Wicaksono.\n"Syaratnya cuma KTP," lanjut Tegar.',
        (
            direct("Jadi pekerja mandiri bisa ikut JKK dan JKM", "Tegar Wicaksono"),
            direct("Syaratnya cuma KTP", "Tegar Wicaksono"),
        ),
    ),
    ("Surya Dirga menargetkan 70 juta peserta pada 2027.", (reported("70 juta peserta pada 2027.", "Surya Dirga"),)),
    (
        '"Kami minta maaf atas gangguan itu," ujar Plt Kepala BPJS Ketenagakerjaan Siak Jaka '
        "Permana kepada Harian Kenanga.",
        (direct("Kami minta maaf atas gangguan itu", "Jaka Permana"),),
    ),
    (
        'Menurut Jaka Permana, gangguan terjadi dua jam. "Sekarang sudah pulih," ucapnya.',
        (reported("gangguan terjadi dua jam.", "Jaka Permana"), direct("Sekarang sudah pulih", "Jaka Permana")),
    ),
    (
        "Rukmini Asih membantah pernah menandatangani berkas itu.",
        (reported("pernah menandatangani berkas itu.", "Rukmini Asih"),),
    ),
    (
        '"Kalau tidak didaftarkan, perusahaan yang membayar," kata Kabid Hubungan Industrial '
        "Disnaker Kota Batam, Drs. H. Jamal Effendi, M.Si.",
        (direct("Kalau tidak didaftarkan, perusahaan yang membayar", "Jamal Effendi"),),
    ),
    (
        "Iuran naik bertahap, ungkap Dirjen Binwasnaker Kemnaker Cakra Buana.",
        (reported("Iuran naik bertahap", "Cakra Buana"),),
    ),
    ('Cakra Buana pun tertawa. "Nanti saja ya," kilahnya.', (direct("Nanti saja ya", None),)),
    (
        '"Ayah saya nelayan," cerita Putri Laras. Ia mengaku baru tahu ada santunan.',
        (direct("Ayah saya nelayan", "Putri Laras"), reported("baru tahu ada santunan.", "Putri Laras")),
    ),
    (
        "Sebagaimana dikatakan Jamal Effendi, pengawas hanya empat orang.",
        (reported("pengawas hanya empat orang.", "Jamal Effendi"),),
    ),
    (
        "Lima perusahaan sudah patuh, sedangkan tujuh lainnya belum, kata Jamal Effendi.",
        (reported("Lima perusahaan sudah patuh, sedangkan tujuh lainnya belum", "Jamal Effendi"),),
    ),
    ("Pemkab Kenanga membangun pasar ikan.", ()),
    ('Spanduk bertuliskan "Jangan lupa bayar iuran" dipasang di pasar.', ()),
    ("Dewan Pengupahan Kota Batam menyarankan upah naik.", (reported("upah naik.", "Dewan Pengupahan Kota Batam"),)),
    (
        '"Tidak ada yang dipersulit," tukas Laras. "Silakan cek sendiri ke loket kami."',
        (direct("Tidak ada yang dipersulit", "Laras"), direct("Silakan cek sendiri ke loket kami.", "Laras")),
    ),
    (
        "Sekretaris Dinas Sosial Kabupaten Gresik, Hana Pertiwi, menyatakan data sudah "
        "dikirim.\n“Tinggal tunggu verifikasi,” tutup Hana.",
        (reported("data sudah dikirim.", "Hana Pertiwi"), direct("Tinggal tunggu verifikasi", "Hana Pertiwi")),
    ),
    ("Hana Pertiwi mengingatkan warga agar membawa KTP.", (reported("warga agar membawa KTP.", "Hana Pertiwi"),)),
)
