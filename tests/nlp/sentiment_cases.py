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
