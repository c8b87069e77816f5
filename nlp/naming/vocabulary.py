"""The words with which the press names people, offices and bodies."""

from nlp.naming.words import word_set
from nlp.tables import rows

LONGEST_NAME = 6  # words of one person's name
TITLE_HEADS = word_set(
    """
    pengawas kasatreskrim kasatlantas kasubsi kapten kepala ketua wakil sekretaris direktur direksi dirut presdir deputi
    asisten kabid kabag kasi kasie kasubag kasubbag kadis kadisbun kadisnaker kadisnakertrans kadinkes kadinsos kakanwil
    kacab kajari kajati kapolda kapolres kapolresta kapolsek kasat kanit kakan kasat kades kadus lurah camat
    bupati wabup walikota wali wawali gubernur wagub sekda sekdaprov sekdakab sekdako sekjen sekretariat presiden
    wapres menteri menaker menkeu menko menkes mensos mendagri wamen wamenaker wamenkeu dirjen irjen manajer
    manager pimpinan pemimpin pejabat plt pjs pj plh penjabat anggota komisioner komisaris inspektur koordinator
    pengamat pakar peneliti ekonom akademisi dosen guru rektor dekan praktisi juru jubir humas pengacara advokat
    hakim jaksa penyidik kuasa staf petugas pegawai karyawan karyawati relawan aktivis tokoh pendiri pemilik
    general pengusaha ketum waketum bendahara calon mantan eks penasihat penata account relationship direktris
    supervisor
    kasubdit kasubid kadiv kabiro kapuskesmas brigadir aiptu aipda bripka iptu ipda akp kompol akbp kombes
    brigjen letkol kolonel mayor kapten letda serka sersan minister governor mayor director president chairman
    chairwoman chairperson chief head spokesperson spokesman spokeswoman secretary deputy regent commissioner
    economist analyst leader sekdes sekcam sekwan kaur wakapolres wakapolresta wakapolda wakapolsek kadisdik kadishub
    kadispar kadisperin kadistan kadiskominfo kadispora kadisperindag kalaksa kalapas karutan kasintel kasipidsus wadir
    kabagops kasdim danramil dandim danlanal danlanud pangdam kapuspen kasatgas kepsek pemred penyiar penyuluh
    pengasuh bendesa perbekel kelihan keuchik geuchik kuwu pambakal pembina pengelola pendamping
    penghulu dokter bidan pengurus
    """
)
"""Words that open a title phrase, lower case."""

TITLE_WORDS = word_set(
    """
    pengupahan binwasnaker korporasi institusi departemen kapten kantor cabang wilayah regional area unit
    pelaksana teknis bidang seksi subbagian subbidang bagian sub divisi biro urusan direktorat jenderal dinas
    badan lembaga kementerian kepolisian kejaksaan pengadilan komisi fraksi partai dewan pimpinan pengurus
    pengawas pusat daerah provinsi kabupaten kota kecamatan desa kelurahan kampung negeri tinggi umum harian utama
    madya khusus eksekutif operasional tenaga kerja ketenagakerjaan transmigrasi sosial kesehatan pendidikan
    kebudayaan perikanan kelautan pertanian perkebunan peternakan pangan perindustrian perdagangan koperasi ukm
    umkm usaha kecil mikro menengah keuangan aset pendapatan pelayanan layanan kepesertaan jamsos penilai keanggotaan
    pemasaran
    komunikasi hubungan masyarakat publik kelembagaan antar antarlembaga kepatuhan pengawasan penegakan hukum
    investasi pengembangan pengelolaan perencanaan pembangunan teknologi informasi informatika program perluasan
    kebijakan penyelenggara penyelenggaraan jaminan industrial pelatihan produktivitas penempatan
    perlindungan manfaat klaim sumber manusia organisasi serikat buruh pekerja asosiasi persatuan perhimpunan
    federasi konfederasi gabungan aliansi forum himpunan ikatan universitas institut sekolah fakultas ekonomi
    politik ilmu pemerintahan rakyat perwakilan pemerintah pemberdayaan perempuan anak penduduk sipil pencatatan
    kependudukan bencana penanggulangan perhubungan pekerjaan penataan ruang perumahan permukiman lingkungan hidup
    kehutanan energi mineral pariwisata olahraga pemuda perizinan modal penanaman terpadu satu pintu statistik
    republik indonesia nasional negara ri pt cv tbk persero bpjs bp jamsostek bpjamsostek bpjstk naker tk bpjs-tk
    kanwil kancab kcp kpp kejari kejati polda polres polsek polresta pemkab pemkot pemprov pemda disnaker
    disnakertrans disnakerperin disdukcapil diskominfo dinkes dinsos bappeda bappenas bkd bkpsdm bpkad kemnaker
    kemenaker kemenkeu kemenko kemenkes setda sekretariat perekonomian kesejahteraan kesra pidsus intel datun
    pidum perdata tata reserse kriminal sat satuan reskrim lalu lintas humas rumah sakit bank rektor dan &
    sementara tetap tugas wakil ketua kepala sekretaris bupati wali walikota gubernur menteri presiden direktur
    deputi asisten anggota komisaris manajer bendahara bicara sekda senior ahli petahana dewas pansel tim
    koordinator staf regional of the for and branch office affairs employment manpower social security agency
    ministry department executive vice finance services officer provincial city public relations communications
    account relationship representative perisai agen penggerak karyawan karyawati pegawai perintis tipikor adat ahli
    honorer perburuhan pidana narkoba lapas rutan pemasyarakatan imigrasi karantina pelabuhan bandara syahbandar
    logistik pengadaan agama zakat pkk tp puskesmas kebersihan pertamanan pasar parkir pemadam kebakaran penyelamatan
    ketertiban kajian kepegawaian pemerintahan tahanan riset advokasi bantuan kelompok paguyuban lsm rsud rs upt
    uptd perumda perumdam pdam inspektorat panitia kepulauan balai penuntut
    """
)
"""Words that may continue a title phrase, lower case: offices, departments and what they look after."""

ORGANISATION_HEADS = word_set(
    """
    Dinas Badan Kementerian Kejaksaan Kepolisian Pengadilan Pemkab Pemkot Pemprov Pemda Pemerintah Pemerintahan
    Kejari Kejati Kejagung Polda Polres Polsek Polresta Polri BPJS BP BPJamsostek BPJAMSOSTEK Kemnaker Kemenaker
    Kemenkeu Kemenkes Kemensos Kemendagri Kemenko Kementan Kemenhub Kemendikbud Bappenas Bappeda Bank Serikat
    Asosiasi Konfederasi Federasi Aliansi Persatuan Himpunan Ikatan Gabungan Komisi Fraksi Dewan Lembaga
    Universitas Institut Yayasan Koperasi Kadin Apindo Disnaker Disnakertrans Disnakerperin Dinkes Dinsos
    Diskominfo Disdukcapil Dukcapil Disdik Disperindag Satpol Ombudsman Bawaslu Kanwil Sekretariat Inspektorat
    Bapenda Perum Perusahaan PT CV UD Tbk Komnas Perhimpunan Organisasi Forum Ministry Agency Bureau Department
    Koalisi Paguyuban LSM Komite Jaringan Kantor Dewas Direksi Humas Watch Council Commission Union Institute Foundation
    """
)
"""Words that open an organisation's name when capitalised."""

HONOURIFICS = word_set(
    """
    h hj kh ust ustaz ustadz drs dra dr drg ir prof apt bapak ibu pak bu sdr sdri tuan nyonya ny tn mr mrs ms mas
    mbak bang kang almarhum almarhumah alm kiai kyai nyai buya gus tgk tuanku romo pdt pendeta adj sr comr
    insp brig lt col sgt
    """
)
"""Words before a name that are not part of it, lower case."""

NOT_NAMES = word_set(
    """
    meski meskipun walau jadi hanya pertama kedua ketiga keempat kelima terakhir
    dua tiga empat lima enam tujuh delapan sembilan sepuluh dugaan inilah begini
    saran senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus september
    oktober november desember monday tuesday wednesday thursday friday saturday sunday january february march may
    june july august october december jan feb mar apr jun jul agu ags sep okt nov des ini itu hal dia ia beliau
    kami kita mereka saya aku anda yang dan atau juga namun tetapi tapi sementara sedangkan karena sebab jika bila
    kalau ketika saat setelah sebelum sebelumnya selain selanjutnya kemudian lalu lantas bahkan menurut
    berdasarkan merujuk mengacu sesuai seperti sebagaimana untuk dari di ke pada dalam dengan oleh sejak hingga
    sampai akan telah sudah masih belum tidak bukan ada adalah tak para semua seluruh sejumlah beberapa banyak
    salah satu selama sepanjang per bagi demikian lebih sekadar apa siapa bagaimana mengapa kenapa kapan dimana
    sang si pihak pihaknya data laporan catatan hasil survei riset penelitian studi judul berita artikel tulisan
    laman situs rilis siaran aturan ketentuan undang-undang uu pp perpres permenaker permen perda pasal ayat surat
    keputusan peraturan kebijakan inpres peserta warga masyarakat buruh pekerja karyawan perusahaan keluarga
    korban nelayan petani pemohon pengusaha petugas ahli waris penulis pembaca sumber saksi orang publik rakyat
    netizen warganet media pers wartawan jurnalis tempo penggugat total jumlah angka nilai dana iuran klaim
    santunan program kepesertaan cakupan target manfaat dokumen kontrak kantor rapat sidang acara kegiatan foto
    video gambar tabel grafik rumor isu kabar tim terdakwa tersangka pelaku istri suami ibu ayah anak adik kakak
    sopir guru dokter jaksa hakim polisi tentara mahasiswa pegawai pemerintah negara presiden pengamat pakar
    ekonom pelapor terlapor pelanggan konsumen pelaku massa pendemo demonstran pensiunan the a an this that these
    those he she they we it in on at of for by with and or but as from to is are was were be has have while
    meanwhile however moreover earlier yesterday today tomorrow according based data report officials people
    workers jakarta indonesia asean uni covid pandemi ramadan lebaran natal idul islam kristen
    """
)
"""Capitalised at a sentence's start, or always, yet never a person; lower case."""

FREE_NAMED = word_set(
    """
    PT CV UD Serikat Asosiasi Konfederasi Federasi Aliansi Persatuan Himpunan Yayasan Koperasi Bank Forum Paguyuban
    Perhimpunan Ikatan Gabungan Koalisi LSM
    """
)
RANKS = word_set(
    """
    ajun brigadir aiptu aipda bripka briptu bripda iptu ipda akp kompol akbp kombes brigjen irjen letkol kolonel mayor
    kapten letda lettu letnan serka sersan inspektur capt pol inf kav arh czi arm
    """
)
UNMISTAKABLE_RANKS = word_set(
    """
    aiptu aipda bripka briptu bripda iptu ipda akp kompol akbp kombes brigjen irjen letkol kolonel kapten letda lettu
    letnan serka sersan
    """
)
"""Ranks that are no office too: they end the office before them."""

DETERMINERS = word_set("itu tersebut ini setempat")
TWO_WORD_HEADS = frozenset(
    {("saksi", "ahli"), ("vice", "president"), ("tenaga", "ahli"), ("ajun", "komisaris"), ("ajun", "inspektur")}
    | {("hukum", "tua"), ("pelaksana", "tugas"), ("pelaksana", "harian")}
)
FORMER = word_set("mantan eks calon bekas")
"""Before an office: of one who has it no longer or not yet."""

ENGLISH_MODIFIERS = word_set(
    """
    branch police union company ministry agency regional district village provincial city office factory plant labor
    labour manpower executive deputy former acting senior local workers
    """
)
"""Words before an English office that may be written small: "branch head", "union leader"."""

NOT_IN_OFFICES = word_set(
    """
    yang saat ketika untuk dengan kepada pada dalam oleh karena serta usai seusai hadir datang tiba pergi pulang ikut
    turut juga sudah telah belum akan tidak masih bahwa agar supaya atau hingga sampai sejak selama lalu kemudian ia
    dia ini minta kata ujar
    """
)
"""Small words that tell that no office is being named any more."""

ROLE_LINKS = word_set("selaku sebagai dari of from")
GIVEN_NAMES = frozenset(row[0] for row in rows("given_names.tsv"))
"""Widely borne given names, lower case, that are nothing else."""
