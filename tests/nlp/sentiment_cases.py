"""Invented articles with the tone toward the agency that the domain's eight rules demand, and their "
"alert classes."""

from typing import NamedTuple

from nlp.analysis import Tone


class Case(NamedTuple):
    rule: int
    tone: Tone
    title: str
    text: str
    alerts: frozenset[str] = frozenset()


def _alerts(*codes: str) -> frozenset[str]:
    return frozenset(codes)


CASES: tuple[Case, ...] = (
    # 1. The agency pays or is thanked.
    Case(
        1,
        "positive",
        "Keluarga Penjaga Mercusuar Terima Santunan",
        "Istri almarhum Wirya, penjaga mercusuar Teluk Kenanga, menerima santunan kematian Rp42 juta dari "
        "BPJS Ketenagakerjaan, Selasa. Ia menyebut uang itu untuk sekolah dua anaknya.",
    ),
    Case(
        1,
        "positive",
        "",
        "BPJAMSOSTEK Cabang Kenanga membayarkan klaim Rp18,4 miliar kepada 1.204 pekerja sepanjang semester "
        "pertama. Kepala cabang Sari Wening mengatakan klaim terbanyak adalah JHT.",
    ),
    Case(
        1,
        "positive",
        "Anak Buruh Tambak Lanjut Kuliah Berkat Beasiswa",
        "Tiga anak buruh tambak yang ayahnya meninggal kecelakaan kerja mendapat beasiswa BPJS "
        "Ketenagakerjaan. Sekolah mengadakan syukuran kecil.",
    ),
    Case(
        1,
        "positive",
        "",
        "Ahli waris nakhoda KM Lembayung mengaku terbantu dan berterima kasih kepada BPJS Ketenagakerjaan. "
        "Biaya rumah sakit Rp310 juta ditanggung program JKK.",
    ),
    Case(
        1,
        "positive",
        "Pekerja Pabrik Tahu yang Tewas Tersengat Listrik Dapat Hak Rp165 Juta",
        "Meski berduka, keluarga Darma (41) bersyukur hak almarhum sudah diserahkan BPJS Ketenagakerjaan "
        "hanya tiga hari setelah pemakaman.",
    ),
    Case(
        1,
        "positive",
        "Klaim JHT Kini Selesai 15 Menit",
        "Warga Kota Lembayung memuji layanan klaim BPJS Ketenagakerjaan yang cepat lewat aplikasi JMO. "
        "Antrean tidak ada lagi.",
    ),
    Case(
        1,
        "positive",
        "",
        "Heirs of two ferry workers received Rp84 million in death benefits from BPJS Ketenagakerjaan on "
        "Monday. The widow thanked the agency.",
    ),
    Case(
        1,
        "positive",
        "",
        "Bupati menyaksikan penyerahan manfaat JKM kepada keluarga perangkat desa yang wafat. BPJS "
        "Ketenagakerjaan juga menyalurkan beasiswa untuk anaknya.",
    ),
    # 2. Enrolment, premiums funded, cooperation, award, event.
    Case(
        2,
        "positive",
        "Pemkab Kenanga Tanggung Iuran 4.000 Petani",
        "Pemkab Kenanga menganggarkan Rp806 juta untuk iuran BPJS Ketenagakerjaan 4.000 petani rentan. "
        "Program berjalan mulai Januari.",
    ),
    Case(
        2,
        "positive",
        "BPJS Ketenagakerjaan dan Kampus Lembayung Teken MoU",
        "Kedua pihak menandatangani nota kesepahaman perlindungan mahasiswa magang di aula rektorat, Rabu.",
    ),
    Case(
        2,
        "positive",
        "Kota Lembayung Raih Paritrana",
        "Kota Lembayung meraih penghargaan Paritrana dari BPJS Ketenagakerjaan untuk kategori pemerintah "
        "kota. Wali kota berjanji melanjutkan program.",
    ),
    Case(
        2,
        "positive",
        "",
        "BPJS Ketenagakerjaan Kenanga menggelar donor darah dan jalan sehat untuk memperingati hari jadinya. "
        "Ratusan peserta hadir.",
    ),
    Case(
        2,
        "positive",
        "",
        "Koperasi Tani Subur mendaftarkan 512 anggotanya ke BPJamsostek. Ketua koperasi berharap anggota "
        "tenang saat bekerja.",
    ),
    Case(
        2,
        "positive",
        "Agen Perisai Sasar Pasar Ikan",
        "BPJS Ketenagakerjaan menggandeng agen Perisai untuk jemput bola di pasar ikan Kenanga. Sehari "
        "terjaring 87 pedagang.",
    ),
    Case(
        2,
        "positive",
        "",
        "Kepesertaan BPJS Ketenagakerjaan di Kabupaten Kenanga tumbuh 12 persen menjadi 61.200 orang berkat dana desa.",
    ),
    Case(
        2,
        "positive",
        "",
        "Gubernur menyerahkan kartu BPJS Ketenagakerjaan secara simbolis kepada 300 pengemudi ojek. Iurannya "
        "dibiayai APBD.",
    ),
    Case(
        2,
        "positive",
        "",
        "The governor signed a partnership with BPJS Ketenagakerjaan so that 20,000 fishermen are covered by "
        "the provincial budget.",
    ),
    Case(
        2,
        "positive",
        "PT Rimba Elok Daftarkan Seluruh Pemetik Teh",
        "Sebanyak 900 pemetik teh PT Rimba Elok kini terlindungi BPJS Ketenagakerjaan.",
    ),
    # 3. Membership.
    Case(
        3,
        "negative",
        "Peserta Aktif BPJS Ketenagakerjaan Anjlok",
        "Jumlah peserta aktif BPJS Ketenagakerjaan turun menjadi 37,2 juta dari 39,9 juta orang setahun sebelumnya.",
        _alerts("membership_fall"),
    ),
    Case(
        3,
        "negative",
        "",
        "Kepesertaan BPJS Ketenagakerjaan Kenanga menurun 9 persen per Juni, kata kepala cabang. Dua pabrik "
        "kayu tutup.",
    ),
    Case(
        3,
        "negative",
        "Peserta Tidak Aktif Bertambah",
        "Jumlah peserta nonaktif BPJS Ketenagakerjaan naik menjadi 20,4 juta orang secara nasional.",
        _alerts("membership_fall"),
    ),
    Case(
        3,
        "neutral",
        "",
        "Baru 35 persen pekerja Kota Lembayung menjadi peserta BPJS Ketenagakerjaan, kata dinas tenaga "
        "kerja. Sisanya bekerja di sektor informal.",
    ),
    Case(
        3,
        "neutral",
        "Ribuan Nelayan Belum Terlindungi",
        "Sekitar 7.000 nelayan Kenanga belum terdaftar di BPJS Ketenagakerjaan menurut data dinas perikanan.",
    ),
    Case(
        3,
        "neutral",
        "",
        "Only 28 percent of workers in the province are registered with BPJS Ketenagakerjaan, a survey found.",
    ),
    Case(
        3,
        "negative",
        "",
        "Active membership of BPJS Ketenagakerjaan fell to 36 million in March, from 38 million in December.",
        _alerts("membership_fall"),
    ),
    # 4. Poor service.
    Case(
        4,
        "negative",
        "Sejak Subuh Warga Mengantre",
        "Ratusan orang antre sejak pukul empat pagi di kantor BPJS Ketenagakerjaan Batang demi nomor urut "
        "klaim JHT. Sebagian pulang dengan tangan hampa.",
        _alerts("complaint"),
    ),
    Case(
        4,
        "negative",
        "Klaim Ditolak, Janda Buruh Menangis",
        "BPJS Ketenagakerjaan Cabang Pati menolak klaim JKM keluarga Sumi karena iuran telat dua hari. "
        "Petugas tidak memberi penjelasan.",
        _alerts("complaint"),
    ),
    Case(
        4,
        "negative",
        "",
        "Aplikasi JMO milik BPJS Ketenagakerjaan tidak bisa diakses sejak Senin pagi. Ribuan peserta "
        "mengeluh di media sosial.",
        _alerts("outage"),
    ),
    Case(
        4,
        "negative",
        "",
        "Petugas BPJS Ketenagakerjaan Kudus dinilai kasar saat melayani pensiunan. Korban membawa rekaman "
        "suara ke Ombudsman.",
        _alerts("complaint"),
    ),
    Case(
        4,
        "negative",
        "Serikat Somasi BPJS Ketenagakerjaan",
        "Serikat Buruh Cakrawala melayangkan somasi kepada BPJS Ketenagakerjaan karena saldo JHT 80 "
        "anggotanya tak kunjung cair.",
        _alerts("legal"),
    ),
    Case(
        4,
        "negative",
        "",
        "Pencairan JHT di BPJS Ketenagakerjaan dikeluhkan lambat; ada yang menunggu empat bulan tanpa kabar.",
    ),
    Case(
        4,
        "negative",
        "",
        "Participants complained of long queues at the BPJS Ketenagakerjaan office; some claims were "
        "rejected without a reason.",
    ),
    Case(
        4,
        "negative",
        "Dilempar ke Sana Kemari",
        "Mantan buruh garmen merasa dilempar-lempar petugas BPJS Ketenagakerjaan Demak saat mengurus JHT.",
        _alerts("complaint"),
    ),
    Case(
        4,
        "negative",
        "",
        "Sistem klaim daring BPJS Ketenagakerjaan gangguan dua hari berturut-turut, pemohon diminta kembali "
        "pekan depan.",
        _alerts("outage"),
    ),
    # 5. Fraud, leak, abuse, rallies against the agency.
    Case(
        5,
        "negative",
        "Kejaksaan Sidik Dugaan Korupsi Pengadaan",
        "Kejaksaan menyidik dugaan korupsi pengadaan server BPJS Ketenagakerjaan senilai Rp12 miliar.",
        _alerts("fraud"),
    ),
    Case(
        5,
        "negative",
        "BPJS Ketenagakerjaan Bantah Dugaan Pungli",
        "BPJS Ketenagakerjaan membantah ada pungli dalam pencairan klaim di Kenanga. Humas mengatakan "
        "tuduhan itu tidak berdasar.",
        _alerts("fraud"),
    ),
    Case(
        5,
        "negative",
        "",
        "Data 18 juta peserta BPJS Ketenagakerjaan diduga bocor dan dijual di forum peretas.",
        _alerts("leak"),
    ),
    Case(
        5,
        "negative",
        "",
        "Dua pegawai BPJS Ketenagakerjaan ditetapkan sebagai tersangka klaim fiktif Rp4 miliar.",
        _alerts("fraud"),
    ),
    Case(
        5,
        "negative",
        "Buruh Geruduk Kantor",
        "Ribuan buruh menggeruduk kantor BPJS Ketenagakerjaan Bekasi dan membakar ban.",
        _alerts("rally"),
    ),
    Case(
        5,
        "negative",
        "",
        "Direktur BPJS Ketenagakerjaan dituding melakukan pelecehan terhadap stafnya dan didesak mundur.",
        _alerts("leadership"),
    ),
    Case(
        5,
        "neutral",
        "Pakar: Rugi di Atas Kertas Bukan Korupsi",
        "Pakar hukum Universitas Cakrawala menilai unrealized loss investasi BPJS Ketenagakerjaan bukan "
        "kerugian negara. Ekonom sependapat bahwa itu risiko pasar.",
    ),
    Case(
        5,
        "negative",
        "",
        "Prosecutors questioned three officials of BPJS Ketenagakerjaan over alleged graft in a share deal.",
        _alerts("fraud"),
    ),
    Case(
        5,
        "positive",
        "BPJS Ketenagakerjaan Raih Predikat Wilayah Bebas dari Korupsi",
        "Kantor cabang Kenanga meraih predikat wilayah bebas dari korupsi untuk kedua kalinya.",
    ),
    # 6. Employer.
    Case(
        6,
        "neutral",
        "Pabrik Tak Daftarkan Buruhnya",
        "PT Gada Prima tidak mendaftarkan 60 buruhnya ke BPJS Ketenagakerjaan, kata pengawas tenaga kerja. "
        "Pabrik terancam sanksi.",
    ),
    Case(
        6,
        "neutral",
        "Puluhan Perusahaan Menunggak Iuran",
        "Sebanyak 43 perusahaan di Kenanga menunggak iuran BPJS Ketenagakerjaan Rp2,1 miliar. Kejari akan "
        "memanggil mereka.",
    ),
    Case(
        6,
        "positive",
        "Kejari dan BPJS Ketenagakerjaan Pulihkan Tunggakan Rp5 Miliar",
        "BPJS Ketenagakerjaan Kenanga berhasil menagih tunggakan iuran Rp5 miliar bersama kejaksaan.",
    ),
    Case(
        6,
        "negative",
        "",
        "Perusahaan menunggak iuran tiga tahun, tetapi BPJS Ketenagakerjaan Kenanga dinilai lepas tangan dan "
        "membiarkan buruh kehilangan haknya.",
    ),
    Case(
        6,
        "neutral",
        "",
        "Buruh proyek jembatan yang jatuh ternyata tidak didaftarkan kontraktor ke BPJS Ketenagakerjaan. "
        "Keluarga menuntut perusahaan.",
    ),
    Case(
        6,
        "neutral",
        "",
        "BPJS Ketenagakerjaan mengingatkan perusahaan wajib mendaftarkan seluruh pekerjanya sebelum akhir tahun.",
    ),
    # 7. Protest over a rule.
    Case(
        7,
        "neutral",
        "Buruh Tolak Permenaker JHT",
        "Ratusan buruh berunjuk rasa di depan gedung DPRD menolak Permenaker tentang pencairan JHT usia 56 "
        "tahun. Dana JHT dikelola BPJS Ketenagakerjaan.",
    ),
    Case(
        7,
        "negative",
        "Tolak Aturan JHT, Buruh Akan Demo Kantor BPJS Ketenagakerjaan",
        "Serikat mengumumkan demo di depan kantor BPJS Ketenagakerjaan pekan depan untuk menolak aturan JHT.",
        _alerts("rally"),
    ),
    Case(
        7,
        "negative",
        "",
        "Buruh menolak aturan baru JHT dan mempertanyakan ke mana dana buruh yang dikelola BPJS "
        "Ketenagakerjaan selama ini.",
    ),
    Case(
        7,
        "neutral",
        "Petisi Tolak Aturan JHT",
        "Petisi daring menolak peraturan menteri tentang JHT sudah diteken 200 ribu orang. BPJS "
        "Ketenagakerjaan menyatakan mengikuti pemerintah.",
    ),
    # 8. How-to, data, appointment.
    Case(
        8,
        "neutral",
        "Cara Cek Saldo JHT Lewat Ponsel",
        "Berikut cara mengecek saldo JHT BPJS Ketenagakerjaan melalui JMO: unduh aplikasi, masuk, lalu pilih "
        "menu saldo.",
    ),
    Case(
        8,
        "neutral",
        "Begini Syarat Mencairkan JHT 10 Persen",
        "Peserta BPJS Ketenagakerjaan dapat mencairkan JHT 10 persen setelah 10 tahun menjadi anggota. "
        "Siapkan KTP dan buku tabungan.",
    ),
    Case(8, "neutral", "", "Infografik: sebaran peserta BPJS Ketenagakerjaan menurut provinsi per Desember."),
    Case(
        8,
        "neutral",
        "Wening Pimpin BPJS Ketenagakerjaan Kenanga",
        "Sari Wening dilantik menjadi kepala cabang BPJS Ketenagakerjaan Kenanga menggantikan Bagas Lurung.",
    ),
    Case(
        8,
        "neutral",
        "Cara Mengatasi JMO Error",
        "Aplikasi JMO BPJS Ketenagakerjaan kadang error saat masuk. Hapus cache lalu coba lagi.",
    ),
    Case(
        8,
        "neutral",
        "",
        "Iuran BPJS Ketenagakerjaan untuk pekerja mandiri Rp16.800 per bulan, terdiri dari JKK dan JKM.",
    ),
    Case(
        8,
        "neutral",
        "How to Withdraw Your JHT",
        "A guide to withdrawing JHT from BPJS Ketenagakerjaan: prepare your card and book a slot.",
    ),
    Case(
        8,
        "neutral",
        "Besaran Iuran Jaminan Pensiun Tahun Depan",
        "Batas upah iuran jaminan pensiun BPJS Ketenagakerjaan disesuaikan mulai Maret, menurut surat edaran.",
    ),
    # Accidents: a good deed, and yet an alert.
    Case(
        1,
        "positive",
        "Sembilan Penambang Tewas Tertimbun",
        "Longsor menewaskan pekerja tambang; sembilan orang tewas dalam longsor itu dan seluruhnya peserta "
        "BPJS Ketenagakerjaan. BPJS Ketenagakerjaan segera menyerahkan santunan kepada keluarga.",
        _alerts("accident"),
    ),
    Case(
        4,
        "negative",
        "",
        "Klaim JKK buruh sawit Kenanga belum dibayar BPJS Ketenagakerjaan selama setahun. Keluarga kecewa.",
    ),
    Case(
        2,
        "positive",
        "",
        "Sosialisasi jaminan sosial bagi marbot digelar BPJS Ketenagakerjaan Kenanga; 200 marbot didaftarkan "
        "dengan dana zakat.",
    ),
)

FURTHER: tuple[tuple[Tone, str, str], ...] = (
    (
        "negative",
        "Nasib Buruh Pabrik Gula",
        "Puluhan eks buruh pabrik gula Kenanga kembali mendatangi kantor BPJS Ketenagakerjaan setempat, "
        'Selasa. Sudah enam bulan uang JHT mereka belum juga turun. "Setiap datang disuruh balik lagi," '
        "keluh Marno. Kepala cabang Sari Wening menjelaskan berkas masih diverifikasi. BPJS "
        "Ketenagakerjaan berkomitmen melayani peserta dengan baik.",
    ),
    (
        "positive",
        "Santri Ponpes Lembayung Kini Punya Perlindungan",
        "Sebanyak 350 pengasuh dan santri resmi menjadi peserta BPJS Ketenagakerjaan. Iuran enam bulan "
        "pertama ditanggung yayasan. Kiai Zainal berharap pesantren lain menyusul.",
    ),
    (
        "neutral",
        "UMK Kenanga Diusulkan Naik 6 Persen",
        "Dewan pengupahan mengusulkan UMK naik. Serikat meminta data upah dari BPJS Ketenagakerjaan "
        "dijadikan acuan. Rapat lanjutan digelar Kamis.",
    ),
    (
        "neutral",
        "Sari Wening Jabat Kepala Cabang",
        "BPJS Ketenagakerjaan Kenanga kini dipimpin Sari Wening. Ia menggantikan Tirta Mulya yang pindah ke Siak.",
    ),
    (
        "negative",
        "Polisi Bongkar Sindikat Klaim JKM Palsu",
        "Polres Siak membongkar sindikat yang memalsukan surat kematian untuk mengeruk santunan BPJS "
        "Ketenagakerjaan. Seorang karyawan kontrak BPJS Ketenagakerjaan ikut diamankan. Kerugian ditaksir "
        "Rp1,9 miliar.",
    ),
    (
        "positive",
        "Sopir Truk Koma Tiga Bulan, Biaya Rp900 Juta Ditanggung",
        "Biaya perawatan sopir truk itu seluruhnya ditanggung BPJS Ketenagakerjaan tanpa batas plafon. "
        "Istrinya, Laras, mengaku tak keluar uang sepeser pun.",
    ),
    (
        "neutral",
        "Pengusaha Keluhkan Iuran JKP",
        "Asosiasi pengusaha keberatan dengan rencana pemerintah menaikkan iuran JKP. BPJS Ketenagakerjaan "
        "menyebut masih menunggu aturan turunan.",
    ),
    (
        "neutral",
        "DPRD Minta Perusahaan Patuh",
        "Komisi IV DPRD Kenanga meminta perusahaan segera mendaftarkan pekerjanya ke BPJS Ketenagakerjaan. "
        "Ketua komisi menyebut masih banyak yang bandel.",
    ),
    (
        "negative",
        "Hasil Investasi BPJS Ketenagakerjaan Merosot",
        "Imbal hasil dana kelolaan BPJS Ketenagakerjaan turun menjadi 4,9 persen. Serikat mempertanyakan "
        "keputusan direksi menaruh dana di saham gorengan.",
    ),
    (
        "positive",
        "Bunga JHT Lebih Tinggi dari Deposito",
        "BPJS Ketenagakerjaan mencatat imbal hasil JHT 6,1 persen, di atas rata-rata deposito. Dana "
        "kelolaan tumbuh 11 persen.",
    ),
    (
        "neutral",
        "JHT atau JP, Mana Lebih Untung?",
        "Banyak pekerja bingung membedakan JHT dan JP dari BPJS Ketenagakerjaan. JHT dibayar sekaligus, JP "
        "dibayar bulanan.",
    ),
    (
        "negative",
        "Server Down, Pengajuan Klaim di BPJamsostek Lembayung Terhenti",
        "Pelayanan klaim BPJamsostek Lembayung lumpuh total sejak pagi karena server pusat bermasalah. "
        "Warga diminta pulang.",
    ),
    (
        "positive",
        "Kejari Kenanga Selamatkan Rp1,2 Miliar Iuran",
        "Kejari Kenanga memulihkan iuran BPJS Ketenagakerjaan Rp1,2 miliar dari sebelas badan usaha. "
        "Kepala cabang menyampaikan terima kasih.",
    ),
    (
        "neutral",
        "Tak Terdaftar, Keluarga Korban Crane Hanya Dapat Uang Duka Perusahaan",
        "Korban ternyata belum didaftarkan kontraktor dalam program BPJS Ketenagakerjaan. Disnaker akan "
        "memeriksa kontraktor itu.",
    ),
    (
        "negative",
        "Buruh Ancam Duduki Kantor BPJS Ketenagakerjaan",
        "Ratusan buruh akan menduduki kantor BPJS Ketenagakerjaan Kenanga bila JHT mereka tidak dibayarkan.",
    ),
    (
        "positive",
        "1.000 Tukang Becak Dapat Kartu Jamsostek Gratis",
        "Wali kota membagikan kartu kepesertaan BPJS Ketenagakerjaan kepada seribu tukang becak. Preminya "
        "dari dana CSR bank daerah.",
    ),
    (
        "neutral",
        "Jadwal Layanan Akhir Tahun",
        "Kantor BPJS Ketenagakerjaan Kenanga tutup pada 25 Desember dan buka kembali 27 Desember.",
    ),
    (
        "neutral",
        "Pengamat Nilai Kerugian Saham BPJS Ketenagakerjaan Wajar",
        "Pengamat pasar modal Panji Laksmana menilai penurunan nilai saham BPJS Ketenagakerjaan masih "
        "potential loss dan bukan tindak pidana. Akademisi lain sepakat.",
    ),
    (
        "negative",
        "Anggota Dewas Dilaporkan Sekretarisnya",
        "Anggota Dewan Pengawas BPJS Ketenagakerjaan dilaporkan mantan sekretarisnya atas dugaan "
        "pelecehan. Ia membantah.",
    ),
    (
        "positive",
        "",
        "Setahun bekerja, agen Perisai Laras mendaftarkan 1.900 petani ke BPJS Ketenagakerjaan dan "
        "memperoleh penghargaan nasional.",
    ),
    (
        "neutral",
        "",
        "Pemerintah menyalurkan BSU Rp600 ribu kepada peserta aktif BPJS Ketenagakerjaan bergaji di bawah Rp3,5 juta.",
    ),
    (
        "negative",
        "Peserta Mandiri Berguguran",
        "Dari 9.000 peserta BPU BPJS Ketenagakerjaan Kenanga, tinggal 3.100 yang masih membayar iuran. "
        "Sisanya keluar sejak subsidi pemda berhenti.",
    ),
    (
        "negative",
        "Warga Kapok Urus Klaim",
        "Warga Kenanga mengaku kapok mengurus klaim BPJS Ketenagakerjaan karena syaratnya berubah-ubah dan "
        "petugas jutek.",
    ),
    (
        "positive",
        "BPJS Ketenagakerjaan Buka Layanan Sabtu",
        "Agar pekerja tak perlu bolos, BPJS Ketenagakerjaan Kenanga membuka loket tiap Sabtu. Warga menyambut gembira.",
    ),
    (
        "positive",
        "Ojol Kecelakaan Dirawat Gratis",
        "Pengemudi ojol Dimas dirawat 40 hari tanpa biaya karena terdaftar di BPJS Ketenagakerjaan.",
    ),
    (
        "neutral",
        "",
        "Komisi IX menggelar rapat dengar pendapat dengan BPJS Ketenagakerjaan membahas revisi UU SJSN, Rabu.",
    ),
    (
        "negative",
        "BPJS Ketenagakerjaan Digugat Rp20 Miliar",
        "Mantan vendor menggugat BPJS Ketenagakerjaan ke Pengadilan Negeri Jakarta Selatan karena wanprestasi.",
    ),
    (
        "positive",
        "Vineyard workers insured",
        "The regency enrolled 2,500 plantation workers in BPJS Ketenagakerjaan and will pay their premiums for a year.",
    ),
    (
        "negative",
        "Hackers offer records",
        "Hackers are offering 19 million records of BPJS Ketenagakerjaan members online, a researcher said.",
    ),
    (
        "neutral",
        "Wage subsidy explained",
        "Workers who are members of BPJS Ketenagakerjaan and earn less than Rp3.5 million qualify for the subsidy.",
    ),
    (
        "negative",
        "Loket Kosong, Pensiunan Pulang",
        "Pensiunan guru honorer di Demak kecewa mendapati loket BPJS Ketenagakerjaan Demak kosong pada jam "
        "kerja. Nomor telepon kantor juga tak diangkat.",
    ),
    (
        "positive",
        "Penyuluh Agama Dijamin BPJS Ketenagakerjaan",
        "Kemenag Kenanga mendaftarkan 640 penyuluh agama. Premi dibayar dari zakat profesi.",
    ),
    (
        "neutral",
        "Upah Minimum dan Iuran 2027",
        "Dengan UMK baru, dasar iuran BPJS Ketenagakerjaan ikut menyesuaikan. Pengusaha diminta memperbarui data upah.",
    ),
    (
        "negative",
        "Mantan Kacab Divonis 4 Tahun",
        "Mantan kepala cabang BPJS Ketenagakerjaan Siak divonis empat tahun penjara karena korupsi dana operasional.",
    ),
    (
        "neutral",
        "Wakil Rakyat Soroti Rendahnya Perlindungan Nelayan",
        "Baru seperlima nelayan Kenanga ikut BPJS Ketenagakerjaan. DPRD meminta dinas mendata ulang.",
    ),
    (
        "positive",
        "BPJS Ketenagakerjaan Kenanga Kunjungi Peserta Korban Kecelakaan",
        "Tim membawa bingkisan dan memastikan biaya operasi dijamin penuh. Keluarga terharu atas kepedulian itu.",
    ),
    (
        "negative",
        "Peserta Terus Menyusut",
        "Kepala BPJS Ketenagakerjaan Bungo mengakui kepesertaan menyusut tiga tahun beruntun.",
    ),
    (
        "positive",
        "Dua Desa Jadi Percontohan Sadar Jaminan Sosial",
        "BPJS Ketenagakerjaan menetapkan dua desa di Kenanga sebagai Desa Sadar Jaminan Sosial Ketenagakerjaan.",
    ),
    (
        "neutral",
        "Bagaimana Nasib JHT Bila Resign?",
        "Pekerja yang mengundurkan diri dapat mengambil JHT di BPJS Ketenagakerjaan setelah masa tunggu satu bulan.",
    ),
    (
        "negative",
        "Ratusan Eks Karyawan Demo",
        "Ratusan eks karyawan PT Gada Prima berunjuk rasa di depan kantor BPJS Ketenagakerjaan Gresik "
        "menuntut JHT segera dicairkan.",
    ),
    (
        "neutral",
        "Perusahaan Nakal Disurati",
        "Pengawas menyurati 18 perusahaan yang belum mendaftarkan pekerja pada BPJS Ketenagakerjaan.",
    ),
    (
        "positive",
        "Atlet Porprov Dilindungi",
        "Seluruh atlet Porprov kontingen Kenanga dilindungi program JKK dan JKM BPJS Ketenagakerjaan.",
    ),
    (
        "negative",
        "Aplikasi JMO Ngadat Lagi",
        "Pengguna JMO ramai-ramai mengeluh tidak bisa masuk. BPJS Ketenagakerjaan meminta maaf atas gangguan.",
    ),
    (
        "neutral",
        "",
        "Hingga Mei, peserta BPJS Ketenagakerjaan di Kota Lembayung tercatat 118.300 orang, terdiri dari "
        "PU 80.100 dan BPU 38.200.",
    ),
    (
        "positive",
        "Anak Yatim Terima Tabungan Pendidikan",
        "BPJS Ketenagakerjaan memberi beasiswa kepada anak sopir angkot yang meninggal tahun lalu.",
    ),
    (
        "neutral",
        "Serikat Desak Cabut Aturan Pensiun",
        "Serikat buruh mendesak pemerintah mencabut aturan usia pensiun. Program itu dijalankan BPJS Ketenagakerjaan.",
    ),
    (
        "negative",
        "Pemeriksaan Direksi Berlanjut",
        "Kejaksaan kembali memeriksa dua direksi BPJS Ketenagakerjaan dalam perkara dugaan korupsi investasi.",
    ),
    (
        "negative",
        "Buruh Curiga Dana JHT",
        "Buruh mempertanyakan transparansi pengelolaan dana JHT oleh BPJS Ketenagakerjaan.",
    ),
    (
        "positive",
        "Bank Nagari Lestari Gandeng BPJS Ketenagakerjaan",
        "Nasabah kredit usaha kecil otomatis terlindungi selama masa pinjaman.",
    ),
    (
        "neutral",
        "Tewas Kesetrum, Tukang Las Tak Punya Jaminan",
        "Korban tidak pernah didaftarkan majikannya di BPJS Ketenagakerjaan. Polisi memeriksa majikan.",
    ),
    ("positive", "", "Wali kota berterima kasih atas gerak cepat BPJS Ketenagakerjaan mengurus hak 11 korban kapal."),
    (
        "negative",
        "",
        "Rekaman suara pejabat BPJS Ketenagakerjaan meminta uang pelicin beredar. Warga melapor ke Ombudsman.",
    ),
    ("neutral", "", "BPJS Ketenagakerjaan dan BPJS Kesehatan akan bertukar data peserta mulai Juni."),
    ("positive", "Workers praise quick claim", "A bakery worker said BPJS Ketenagakerjaan paid her claim in two days."),
)
"""More invented articles, written after the cues and without looking at them: tone, headline, text."""
