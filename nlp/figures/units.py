"""Units: the words that say what a numeral counts, and the classes in which metrics are decided."""

from nlp.figures.lexicon import Lexicon, phrases, words

# Words that stand right behind the numeral and belong to its surface.
MEASURES: dict[str, tuple[str, ...]] = {
    "percent": phrases(
        """
        % | persen | prosen | percent | per cent | pct | persenan
        """
    ),
    "percentage_point": phrases(
        """
        poin persen | poin persentase | persen poin | percentage point | percentage points | % poin | poin %
        """
    ),
    "basis_point": phrases(
        """
        basis poin | bps | bp | basis points | basis point
        """
    ),
    "times": phrases("kali lipat | kali | x lipat | x | times | fold | -fold | x upah | × upah | ×"),
    "days": phrases(
        """
        hari kerja | hari | days | working days | day
        """
    ),
    "weeks": ("minggu", "pekan", "weeks"),
    "months": ("bulan", "months", "month", "bln"),
    "years": ("tahun", "years", "year", "thn"),
    "IDR": ("rupiah", "rupiah indonesia"),
    "USD": phrases(
        """
        dolar as | dollar as | dolar amerika | dolar amerika serikat | us dollars | dolar | dollars
        """
    ),
}

# Counted nouns stand outside the surface, a few words behind the numeral at most.
NOUNS: dict[str, tuple[str, ...]] = {
    "people": phrases(
        """
        orang | jiwa | peserta | perserta | peseta | pekerja | tenaga kerja | naker | karyawan | buruh | petani |
        nelayan | pedagang | guru | kader | agen | anak | ahli waris | penerima | pegawai | asn | non-asn |
        non asn | honorer | tenaga honorer | relawan | sopir | pengemudi | driver | ojek | ojol | tukang |
        juru parkir | marbot | mahasiswa | siswa | pelajar | perempuan | laki-laki | pria | wanita | warga |
        penduduk | angkatan kerja | keluarga | jamaah | atlet | seniman | wartawan | abk | anak buah kapal |
        awak kapal | perangkat desa | aparat desa | aparatur desa | kepala desa | kades | rt | rw | linmas | kpm |
        pmi | tki | tkw | pekerja migran | penderes | pemulung | pekebun | peternak | penambang | penjahit |
        pengrajin | perajin | pelaku umkm | pelaku usaha mikro | pelaku | penyandang disabilitas | korban | janda |
        anggota | pensiunan | kepesertaan | pemuda | imam | pendeta | pastor | pinandita | pemangku | bhikkhu |
        takmir | muazin | santri | dosen | dokter | perawat | bidan |
        satpam | art | pekerja rumah tangga | prt | pelamar | pencari kerja | penganggur | pengangguran | pejabat |
        pimpinan | mitra | pendamping | penggerak | perisai | pengurus rt | kurir | pramuwisata | ketua rt |
        claimants | victims | widows | families | survivors | jobseekers | students |
        lansia | tersangka | saksi | nasabah | pendaftar | pemohon | workers | members | people | participants |
        employees | farmers | fishermen | drivers | agents | beneficiaries | recipients | labourers | officials |
        assistants | teachers | laborers | persons | migrants | wage earners | earners | self-employed | heirs |
        residents | tenaga | vendors | traders |
        bpu | pu | jakon | penerima upah | bukan penerima upah
        """
    ),
    "companies": phrases(
        """
        perusahaan | badan usaha | pemberi kerja | pemberi kerja/badan usaha | pds | pwbd | umkm | usaha mikro |
        usaha kecil | usaha menengah | usaha besar | perusahaan peserta | unit usaha | koperasi | perseroan |
        pabrik | hotel | restoran | proyek | usaha | jasa konstruksi |
        pengusaha | kontraktor | toko | bumdes | yayasan | bank | instansi | opd | skpd | sekolah | rumah sakit |
        kampus | universitas | companies | employers | firms | businesses | pemberi kerja badan usaha | penunggak |
        platform | pemilik usaha | pelaku usaha
        """
    ),
    "cases": phrases(
        """
        gugatan | permohonan | insiden | kasus | klaim | kecelakaan | kecelakaan kerja | pengajuan | kejadian |
        perkara | phk | claims | cases |
        accidents | pengaduan | aduan | laporan | layanan klaim | pengajuan klaim | transaksi
        """
    ),
    "documents": phrases(
        """
        nota pemeriksaan | nota | surat kuasa | lembar | skk | berkas | surat kuasa khusus | dokumen | surat |
        surat peringatan | surat teguran | kartu | sertifikat
        | documents | letters | mou | nota kesepahaman | polis | perda | perbup | perwali | regulasi
        """
    ),
    "villages": phrases(
        """
        desa | kelurahan | desa/kelurahan | kampung | nagari | gampong | villages | desa dan kelurahan | pekon |
        lembang | dusun
        """
    ),
    "regions": phrases(
        """
        provinsi | kabupaten | kota | kabupaten/kota | kota/kabupaten | kabupaten dan kota | kecamatan | daerah |
        wilayah | pemerintah daerah | pemda | pemkab | provinces | regions | districts | regencies | cities |
        kabupaten kota | distrik | negara | pulau | kab/kota | kepala daerah
        """
    ),
    "points": phrases(
        """
        titik | titik layanan | kantor cabang | kantor | cabang | kanal | service points | points | gerai | loket |
        poin | outlet | kanal layanan | rumah sakit rujukan | faskes | plkk | branches | channels | kantor layanan
        """
    ),
    "programmes": ("program", "programmes", "programs", "jaminan"),
}

# Between the numeral and its noun: "10 ribu lebih orang", "tiga buah desa", "12 kandidat provinsi".
BRIDGES = words(
    """
    potensi lebih lagi buah unit total an calon kandidat active aktif new informal formal registered vulnerable village
    bpjamsostek additional more other para sektor of the ekor jumlah former
    """
)

# Agentive pe-: petambak, pelinting, pembatik. Words of the same shape that are no people:
_AGENTIVE = ("pe", "juru", "tukang")
NOT_AGENTS = words(
    """
    persen per perusahaan penghargaan pertama perkara peraturan program periode pekan pelayanan pembayaran
    penyaluran pencairan peringkat perbulan pertahun perhari pemda pemkab pemkot pemprov pemerintah penerbangan
    pertemuan pelatihan pengajuan pengaduan perjanjian permenaker perda perpres pergub perbup perwali
    pertandingan pesawat pekerjaan perlindungan penyakit pernah persennya penting pendidikan peluang pesan
    periksa persyaratan perbankan pesantren penjuru penduduknya pemukiman perumahan pekon perempat pertiga
    perlima pelabuhan pemilu pentas pemeriksaan penanganan pengobatan
    """
)


_NO_ENGLISH_AGENTS = words(
    """
    others numbers members quarters offers papers letters centers orders powers partners customers users consumers
    computers chapters matters covers answers corners rivers fibers shoulders disasters posters borders headquarters
    barriers chambers servers counters carriers dollars years readers employers
    """
)


def is_english_agentive(word: str) -> bool:
    """Whether an English plural has the shape of people by trade (weavers, porters)."""
    return len(word) >= 6 and word.endswith(("ers", "men")) and word not in _NO_ENGLISH_AGENTS


def is_agentive(word: str) -> bool:
    """Whether an unlisted lower-case word has the shape of a person by trade (petambak, pelinting)."""
    if word in NOT_AGENTS or len(word) < 6 or not word.startswith(_AGENTIVE):
        return False
    return not word.endswith(("an", "nya", "kan"))


# The class in which the metric is decided.
UNIT_CLASS = {
    "percent": "percent",
    "percentage_point": "percent",
    "ratio": "percent",
    "times": "times",
    "IDR": "money",
    "USD": "money",
    "people": "people",
    "companies": "companies",
    "cases": "cases",
    "documents": "documents",
    "villages": "villages",
    "regions": "regions",
    "days": "duration",
    "weeks": "duration",
    "months": "duration",
    "years": "duration",
    "points": "points",
    "rank": "rank",
    "programmes": "programmes",
}

MEASURE_LEXICON = Lexicon({"measure": MEASURES})
NOUN_LEXICON = Lexicon({"noun": NOUNS})
