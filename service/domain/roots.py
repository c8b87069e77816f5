"""Words of this field that nothing is taken off any more: roots, and what only looks like a derivation of another.

*Menuai* is of *tuai* and not of *tua*, *perdana* has nothing to do with *dana*. What has come to mean something else
than its root is here too: *pengadilan* is a court, *penduduk* sit nowhere.
"""

ROOTS = frozenset(
    """
    abadi abai abdi acu adil adopsi adu ajak ajar aju akhir akibat akses aksi aktif aku akuisisi akurat alam alami
    alih alir alokasi aman amanat amat ambil ampun amuk analisis ancam andai andal anggap anggar anggota angkat
    angkut angsur aniaya antar antisipasi antre apresiasi arah arisan asahan asuh asuransi atasi atur audit awal
    awas baca bahagia bahas bahaya baik bajak bakar balai balas balik banding bangga banggai bangkai bangkit
    bangkrut bangsa bangun bantah bantai bantu banyak baru basis batal batas bawa bayar beasiswa beban bebas beda
    bekal bekasi beku bela belanja beli belok benah benar bentrok bentuk berangkat berani berantas berat berdasarkan
    beri berikut beringin berita berlaku berlangsung bersama bersih beruang berupa besar betul biar
    biasa biaya bicara bidik bijak bimbing bina bisik blokir bobol bocor bohong bom bongkar buang buat bubar budaya
    bujuk buka bukti bulan bungkam bunuh buru buruh buruk butuh cabut cacat cadang cair cakup campur canang cantum
    capai cari cat catat cedera cegah cek celaka cemar cemas cepat cerah cerai cerdas cerita cermat cetak cetus
    cicil cipta coba cocok copot cuci cukai cukup culik curi curiga dadak daftar dagang dakwa damai damping dana
    dapat dasar data datang debat dekat demikian demo denda dengar deret derita desa desak didik dingin disiplin
    diskriminasi diskusi distribusi divisi domisili donasi dorong duduk duga dukung durian edar edukasi ekonomi ekor
    eksekusi ekspor emban erat eror evakuasi evaluasi film fitnah fokus gabung gadai gagal gagas gaji galang gali
    ganggu ganti gantung garap gebrak gelap gelar geledah gemar gerak gerebek gesek giat giring grup gugat gugur
    gulai gulir guna gusur habis hadap hadiah hadir hak halang hambat hapus harap harga hari harus hasil hasut
    hayati hemat henti hias hibah hibur hidup hilang hilir himpun hina hindar hitung honor hormat hubung hukum huni
    ikan iklan ikut imbang imbau impor industri infeksi informasi ingat ingin inovasi instruksi integrasi intervensi
    intimidasi investasi iring isi istirahat iur izin jabat jadi jadwal jaga jajak jalan jalin jamin jangkau janji
    jarah jatuh jauh jawab jelajah jelang jelas jembatan jemput jenguk jenis jerat jual juang juara jujur juluk
    jumlah jumpa junjung kabar kabul kacau kagum kait kaji kalah kalian kampanye kandung kantong kapal karantina
    kasih kasihan kata kategori kawal kawin kaya kebaya kecam kecewa kecil kecoh kecuali kediri kejar kejari kejati
    kejut kelahi kelamin keliling kelola kelompok keluar keluarga keluh kemas kembali kembang kemeja kemudi kemudian
    kemuka kena kenal kenang kendala kendali kendara kepala kepung kerah kerangka keras kerbau kerinci kering
    keroyok keruk kesal kesan ketat ketimbang ketua ketuk khas khawatir khianat khusus kibar kikis kinerja kirim
    kisah klaim klarifikasi klub kolaborasi koleksi komentar kompensasi kompromi komunikasi konfirmasi konsentrasi
    konsolidasi konstruksi konsultasi konsumsi kontrak kontribusi kontrol konversi koordinasi korban koreksi korupsi
    kotor kritik kuak kuasa kuat kubur kucil kucur kukuh kumpul kunci kuningan kunjung kupas kurang kuras kurung
    kutai kutip kutuk labuh lacak lahan lahir laju laksana laku lalai lama lamar lambang lambat lampau lampir lancar
    landa landai langgan langgar langkah langsung lanjut lantik lapis lapor larang lari latih lawan layak layan
    lebar lebaran leceh ledak legal lelang lemah lempar lengkap lepas lestari letak letus lewat libat libur lihat
    limpah lindung lintas lipat liput lolos longgar lonjak lontar luang luap luas lucut luka lukis lulus lumpuh
    lunas luncur lupa lurus maaf macam macet magang main maju makam makan maki makmur makna maksimal malam malas
    malu maluku mampu mandi mandiri manfaat manipulasi manja mantap marah masak masalah masuk masyarakat mati mekar
    memori menang mengenai mentari mentawai mentega menteri menurut merdeka meriah merica merosot mesti migran milik
    minat minggu minimal minta minum miskin misteri modal mogok mohon monitor motivasi muat mudah mudik muka mukim
    mula mulai mulus muncul mundur mungkin musnah mutasi naik nama nanti nasihat negara nelayan nikah nikmat nilai
    nobat nonaktif nyala nyaman nyanyi nyata obat ojek olah operasi oplos otonomi pacu padam padat padu paham pajak
    pakai paksa palak palsu pamer pandang panen panggil pangkas panjang panjat pantas pantau papar parah parkir
    partisipasi pasang pasar pasok pasti patah patok patroli patuh patut pecah pecat pegang pegawai pekarangan
    pelaku pelihara pelopor peluang peluk pemalang pemilu pemuda penajam pendapat pendapatan penduduk pengadilan
    pengalaman pengaruh penjara penjuru pensiun pentas penuh penyakit pepatah peradilan peran perang perangkat peras
    perawan percaya percuma perdana perdata perhati periksa perilaku peringkat perintah perkara perkosa perlahan
    perlu permana permata peroleh pers persegi perunggu perwira pesan pesiar pesisir pesona peta petik petinggi phk
    picu pidana pidato pijak pikat pikir pikul pilah pilih pimpin pindah pindai pinjam pisah piutang politisi
    potensi potong praktik prediksi pribadi prihatin produksi program promosi protes proyek puas puji pukau pukul
    pulang pulih puluh pungut punya pupuk pusat putar putih putus racik racun ragu raih rakit ramai rambutan rampas
    rampok rampung rancang rangkai rangkul rangsang rapat rasa rata ratus rawat raya reaksi realisasi rebut redam
    rehabilitasi rekam rekomendasi rekrut relawan relokasi rem remaja renang rencana rendah rendam renggut renovasi
    rentan renung resah resap resmi respons restu retak retas revisi ribu rilis rinci ringan ringkus rintis risiko
    robek roboh rombak rugi rujuk rumah rumus runding rundung runtuh rupa rusak rusuh sabar sadap sadar sah saing
    saji sakit saksi salah salin salip salur sama sambung sambut samping sandar sandera sanggah sanggup sangka
    sangkut sanksi santai santun sapa sapu saran saring sasar satu sayang sebaliknya sebar sebenarnya seberang
    sebesar sebut sedia sedih segar segel seiring sejahtera sejarah sejumlah sekali sekalian sekap sekolah selaku
    selama selamat selanjutnya selaras selatan selebaran seleksi selenggara selesai selidik selip selisih selundup
    seluruh semai semangat sembuh sembunyi seminari semula sendiri sengaja sengketa sengsara sentuh sepakat
    sepanjang serah serang serap serbu seret seru sesal sesuai setelan setempat setia setor setubuh setuju siar
    sidang sidik sikap siksa simpan simpang simpul simulasi sinambung sinergi singgah singgung singkat singkir siram
    sisih sisir sita sodor sogok sokong somasi songsong sorot sosialisasi stabil standar suap suara subsidi sulit
    sulut sumbang sumpah sunat sungai sungguh suruh surut survei susah susul susun susup susut syukur taat tabrak
    tabung tabur tagih tahan tahun tajam takluk takut tambah tambal tambang tampak tampar tampil tampung tanam tanda
    tandas tandatangan tanding tanggap tangguh tanggulang tanggung tanggungjawab tangis tangkal tangkap tangkis tani
    tanjak tantang tanya tarakan target tari tarik taruh tata tatap tawan tawar tayang tebak tebang tebar tebus tega
    tegak tegang tegas tegur tekan teken teknologi tekuk tekun telaah teladan telan telantar telepon teliti telusur
    teman tembak tembus tempat tempel tempuh temu tenang tendang tengah tenggelam tengok tentu tepat tepis terampil
    terang terap terapi terasi teratai terbang terbit terdapat teriak terima terjang terjemah terjun termasuk
    ternyata terobos teror terpa tertawa tertentu tertib terus terutama tes tetap tewas tiba tidur tikam tilang
    tilik tim timbang timbul timbun timpa timpal tindak tindas tinggal tinggi tingkat tinjau tipu tiru titip tolak
    tolong tombok tonjol tonton topang toreh transfer tua tuai tuang tuding tuduh tugas tuju tukar tular tulis
    tumbang tumbuh tumpah tumpang tumpas tumpu tumpuk tunai tunda tunduk tunggak tunggang tunggu tunjang tunjuk
    tuntas tuntun tuntut turun turut tusuk tutup tutur uang ubah ucap uji ukur ulang ulas umum umur undang undur
    unggah unggul ungkap ungsi unjuk upah upaya urai urus urut usaha usir usul usung usut utama utang vaksin
    verifikasi visi wabah wajib wakaf wakil waktu waris waspada wenang wira wujud yakin
    """.split()  # noqa: SIM905 (a list of nine hundred words is harder to read)
)
