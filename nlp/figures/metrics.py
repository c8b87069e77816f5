"""Metrics: topics are found by their words; a topic and the class of the unit together name the metric.

To teach a new metric, add a topic with its words and the metric of each unit class it can be measured in.
"""

from dataclasses import dataclass

from nlp.figures.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of one subject, how telling they are (weight), and what a figure of each unit class then measures."""

    weight: float
    words: tuple[str, ...]
    metrics: dict[str, str]


TOPICS: dict[str, Topic] = {
    "coverage": Topic(
        4.0,
        (
            "cakupan", "coverage", "ucj", "universal coverage", "universal coverage jamsostek", "tingkat kepesertaan",
            "cakupan kepesertaan", "cakupan perlindungan", "cakupan jamsostek", "capaian kepesertaan", "universal",
            "universal coverage jaminan sosial ketenagakerjaan", "persentase kepesertaan",
        ),
        {"percent": "coverage", "people": "membership"},
    ),
    "protected": Topic(
        4.5,
        (
            "terlindungi", "dilindungi", "tercover", "ter-cover", "dicover", "di-cover", "tercakup", "jadi peserta",
            "menjadi peserta", "ikut", "terdaftar", "terdata", "punya jaminan sosial", "punya jaring pengaman",
            "mendapat jaminan sosial", "menerima jaminan sosial", "dijamin", "ditanggung", "ikut serta", "terlindung",
            "mendapat perlindungan", "mendapatkan perlindungan", "diikutsertakan", "didaftarkan", "punya jamsostek",
            "memiliki jaminan sosial", "memiliki perlindungan", "punya perlindungan", "menjadi anggota", "terkover",
            "tercatat peserta", "tercatat sebagai peserta", "bergabung", "telah mendaftar", "mendaftar", "terproteksi",
            "protected", "covered", "registered", "masuk program", "terlayani", "kepesertaan aktif", "terjamin",
            "tersentuh", "punya bpjs ketenagakerjaan", "memiliki bpjs ketenagakerjaan", "melindungi", "mengcover",
            "mendaftarkan", "menjadi bagian", "memperoleh perlindungan", "memiliki jamsostek", "ter-cover oleh",
            "punya", "yang aktif", "masuk bpjamsostek", "masuk bpjs ketenagakerjaan", "menanggung", "aktif di", "kartu",
            "menanggung iuran", "dibiayai", "iurannya dibayar", "dibayarkan iuran", "jaminan sosial", "tercatat peserta aktif",
            "dicakup", "tercatat", "terakomodasi", "tergabung",
        ),
        {"percent": "coverage", "people": "membership", "companies": "employers", "times": "membership", "villages": "villages"},
    ),
    "unprotected": Topic(
        5.0,
        (
            "di luar perlindungan", "gap", "rentan tanpa", "uncovered", "unprotected", "not covered", "without protection",
            "di luar program", "di luar kepesertaan", "tanpa perlindungan", "tanpa jaminan", "luput dari perlindungan",
            "wajib belum daftar", "tanpa jaminan sosial",
        ),
        {"percent": "uncovered", "people": "uncovered", "companies": "non_compliance"},
    ),
    "member": Topic(
        2.5,
        (
            "peserta", "kepesertaan", "perserta", "peseta", "members", "membership", "participants", "peserta aktif",
            "active members", "anggota", "pu", "bpu", "jakon",
        ),
        {"percent": "membership", "people": "membership", "times": "membership"},
    ),
    "new_member": Topic(
        4.0,
        (
            "peserta baru", "akuisisi", "kepesertaan baru", "anggota baru", "ditargetkan masuk", "ditarget tambah", "meraih",
            "mengakuisisi", "tambahan peserta", "new members", "penambahan peserta", "tenaga kerja baru", "pekerja baru",
            "merekrut peserta", "menggaet", "menjaring", "pendaftar baru", "peserta tambahan",
        ),
        {"people": "membership_new", "percent": "membership_new"},
    ),
    "potential": Topic(
        4.0,
        (
            "potensi", "potensial", "harus dilindungi", "wajib dilindungi", "semesta", "universe", "seharusnya", "potential",
            "perlu dilindungi", "eligible", "potensi peserta", "berpotensi", "berpotensi tercakup", "potensi kepesertaan", "berjumlah", "potensi pekerja",
        ),
        {"people": "potential", "companies": "potential", "percent": "uncovered"},
    ),
    "worker": Topic(
        1.2,
        (
            "pekerja", "tenaga kerja", "naker", "buruh", "petani", "nelayan", "pedagang", "workers", "karyawan", "sektor formal",
            "sektor informal", "sopir", "guru", "pekerja informal", "pekerja formal",
        ),
        {"people": "potential", "percent": "workforce"},
    ),
    "workforce": Topic(
        3.0,
        (
            "angkatan kerja", "penduduk", "yang bekerja", "penduduk bekerja", "workforce", "labour force", "labor force",
            "di sektor informal", "kegiatan informal", "bekerja informal", "bekerja di sektor", "penduduk usia kerja",
            "bekerja pada kegiatan", "orang bekerja", "di kegiatan informal",
        ),
        {"people": "workforce", "percent": "workforce"},
    ),
    "claims": Topic(
        3.0,
        (
            "klaim", "claims", "pembayaran klaim", "klaim jaminan", "pengajuan klaim", "pencairan",
            "pencairan jht", "claim",
        ),
        {
            "money": "claims_paid", "cases": "claims_count", "people": "claims_count", "percent": "claims_paid",
            "times": "claims_paid",
        },
    ),
    "claimants": Topic(
        3.6,
        ("mengklaim", "pengklaim", "mengajukan klaim", "claimants", "peserta yang mengklaim", "jumlah klaim", "kasus klaim", "frekuensi klaim"),
        {"people": "claims_count", "cases": "claims_count", "percent": "claims_count", "times": "claims_count", "money": "claims_paid"},
    ),
    "claims_ratio": Topic(5.5, ("rasio klaim", "loss ratio", "claims ratio", "rasio"), {"percent": "claims_ratio"}),
    "paid": Topic(
        2.2,
        (
            "cair", "dicairkan", "mencairkan", "dibayarkan", "membayar", "membayarkan", "menyalurkan", "disalurkan", "paid",
            "salurkan", "pembayaran manfaat", "telah dibayar", "penyaluran", "bayarkan", "pembayaran", "total manfaat",
            "menggelontorkan",
        ),
        {"money": "claims_paid", "cases": "claims_count"},
    ),
    "benefit": Topic(
        3.0,
        (
            "santunan", "manfaat", "beasiswa", "stmb", "pemakaman", "biaya pemakaman", "berkala", "uang tunai", "ahli waris", "cacat",
            "transportasi", "biaya", "penggantian", "benefit", "benefits", "menerima", "mendapat", "memperoleh", "dana pensiun bulanan", "bsu", "bantuan subsidi upah", "bantuan", "stimulan", "perawatan", "pengobatan", "tunai",
        ),
        {"money": "benefit_amount", "times": "benefit_amount", "duration": "benefit_duration"},
    ),
    "scheme": Topic(
        1.8,
        ("jkm", "jkk", "jht", "jkp", "jp", "jaminan kematian", "jaminan pensiun", "jaminan hari tua", "jaminan kecelakaan kerja", "jaminan kehilangan pekerjaan"),
        {"money": "benefit_amount", "duration": "benefit_duration"},
    ),
    "multiple_of_wage": Topic(
        6.0,
        (
            "kali upah", "kali gaji", "kali umk", "kali ump", "x upah", "x gaji", "kali penghasilan", "kali upah terakhir",
            "persen upah", "persen dari upah", "% upah", "% dari upah", "persen gaji", "persen dari gaji", "times wages",
            "persen dari upah terakhir", "upah sebulan", "persen untuk bulan",
        ),
        {"percent": "benefit_amount", "times": "benefit_amount"},
    ),
    "beneficiaries": Topic(
        3.2,
        (
            "ahli waris", "penerima", "penerima manfaat", "anak", "penerima beasiswa", "beneficiaries", "recipients", "heirs",
            "penerima bsu", "penerima bantuan", "anak peserta", "terverifikasi",
        ),
        {"people": "beneficiaries"},
    ),
    "contribution": Topic(
        3.6,
        ("iuran", "premi", "contribution", "contributions", "pengumpulan iuran", "penerimaan iuran", "pembayaran iuran", "realisasi", "realisasi iuran", "setoran"),
        {"money": "contribution_collected", "percent": "contribution_collected"},
    ),
    "contribution_rate": Topic(
        4.6,
        (
            "iuran per bulan", "iuran sebulan", "iuran tiap", "iuran setiap", "iuran bulanan", "iuran cuma", "iuran hanya",
            "iuran bpu", "iuran jht", "iuran jkp", "iuran jkk", "iuran jkm", "iuran jp", "besaran iuran", "tarif", "tarif iuran",
            "cukup bayar", "cukup membayar", "hanya membayar", "hanya dengan membayar", "iuran mulai", "iuran sebesar",
            "dengan iuran", "iuran minimal", "cukup dengan iuran", "premi bulanan", "iuran program", "rekomposisi",
        ),
        {"money": "contribution_rate", "percent": "contribution_rate"},
    ),
    "contribution_budget": Topic(
        5.0,
        (
            "menganggarkan", "dianggarkan", "mengalokasikan", "dialokasikan", "alokasi", "anggaran iuran", "dapat", "kebagian",
            "penganggaran", "alokasikan", "anggarkan", "subsidi iuran", "bantuan iuran", "earmarked",
        ),
        {"money": "contribution_budget"},
    ),
    "relief": Topic(
        5.0,
        ("diskon", "keringanan", "relaksasi", "potongan iuran", "penghapusan denda", "diskon iuran", "keringanan iuran", "discount"),
        {"percent": "contribution_relief", "duration": "contribution_relief", "money": "contribution_relief"},
    ),
    "arrears": Topic(
        4.2,
        (
            "piutang", "tunggakan", "menunggak", "berutang", "utang iuran", "nunggak", "arrears", "piutang iuran", "tunggakan iuran",
            "menagih", "macet", "belum dibayar", "utang",
        ),
        {"money": "arrears", "percent": "arrears", "duration": "arrears"},
    ),
    "arrears_recovered": Topic(
        4.8,
        (
            "tertagih", "berhasil ditagih", "dipulihkan", "pemulihan", "melunasi", "dilunasi", "recovered", "terpulihkan",
            "berhasil dipulihkan", "sudah lunas", "telah lunas", "berhasil menagih", "pelunasan", "terselamatkan", "diselamatkan",
        ),
        {"money": "arrears_recovered"},
    ),
    "non_compliance": Topic(
        4.5,
        (
            "menunggak", "penunggak", "pds", "pwbd", "wajib daftar", "belum daftar", "tidak patuh", "tak patuh", "nunggak",
            "mangkir", "belum mendaftarkan", "belum mendaftar", "nakal", "pds upah", "pds tk", "pds program", "tunggakan",
            "non-compliant", "piutang", "belum patuh", "membandel", "bandel", "melanggar", "belum membayar",
        ),
        {"companies": "non_compliance", "people": "non_compliance"},
    ),
    "compliance": Topic(4.5, ("kepatuhan", "patuh", "compliance", "compliant"), {"percent": "compliance", "companies": "compliance"}),
    "enforcement": Topic(
        3.8,
        (
            "skk", "surat kuasa khusus", "kejaksaan", "kejari", "kejati", "kpknl", "berkas", "surat peringatan", "gugatan",
            "pemanggilan", "surat teguran", "djkn", "pengawas ketenagakerjaan",
        ),
        {"documents": "enforcement", "cases": "enforcement"},
    ),
    "employers": Topic(
        1.5,
        ("perusahaan", "pemberi kerja", "badan usaha", "jasa konstruksi", "employers", "companies", "umkm", "usaha mikro"),
        {"companies": "employers", "percent": "employers"},
    ),
    "agents": Topic(
        5.2,
        ("agen perisai", "perisai", "agen", "penggerak jaminan sosial", "perisai agents", "agents"),
        {"people": "agents"},
    ),
    "agent_fee": Topic(5.2, ("komisi perisai", "komisi agen", "komisi", "insentif perisai", "fee"), {"money": "agent_fee", "percent": "agent_fee"}),
    "villages": Topic(1.0, ("desa", "kelurahan", "villages", "nagari", "kampung", "gampong"), {"villages": "villages"}),
    "work_accidents": Topic(
        4.4,
        (
            "kecelakaan kerja", "kecelakaan", "work accidents", "accidents", "kasus kecelakaan", "lingkungan kerja",
            "penyakit akibat kerja", "laka kerja",
        ),
        {"cases": "work_accidents", "people": "work_accidents", "percent": "work_accidents", "times": "work_accidents"},
    ),
    "layoffs": Topic(
        4.4,
        ("phk", "di-phk", "ter-phk", "korban phk", "pemutusan hubungan kerja", "dirumahkan", "layoffs", "laid off", "terkena phk"),
        {"people": "layoffs", "percent": "layoffs", "cases": "layoffs", "times": "layoffs"},
    ),
    "fund": Topic(
        3.8,
        (
            "dana kelolaan", "dana kelola", "dana investasi", "aset", "dana yang dikelola", "managed funds", "investasi",
            "kelolaan", "portofolio", "dana jaminan sosial", "aset neto", "assets", "total aset", "dana jht", "cadangan",
        ),
        {"money": "fund", "percent": "fund"},
    ),
    "sum": Topic(0.6, ("dana", "uang"), {"money": "fund"}),
    "investment_yield": Topic(
        5.0,
        (
            "hasil pengembangan", "imbal hasil", "hasil investasi", "yield", "pengembangan jht", "return", "bunga", "yoi",
            "keuntungan investasi", "pendapatan investasi", "hasil kelolaan", "investment income", "imbal hasil investasi",
        ),
        {"money": "investment_yield", "percent": "investment_yield"},
    ),
    "wage": Topic(
        2.6,
        ("upah", "gaji", "umk", "ump", "umr", "penghasilan", "batas upah", "pendapatan", "bergaji", "berpenghasilan", "wage", "wages", "salary", "honor"),
        {"money": "wage", "percent": "wage"},
    ),
    "service": Topic(
        3.6,
        (
            "antrean", "antrian", "antre", "antri", "kanal", "layanan", "pelayanan", "proses klaim", "hari kerja", "kepuasan",
            "customer satisfaction", "satisfaction", "service points", "datang", "service", "queue", "lapak asik", "jmo",
            "pengunjung", "proses", "kunjungan", "loket", "kanal layanan", "indeks kepuasan", "survei kepuasan", "melayani", "dilayani", "satisfaction index",
        ),
        {"people": "service", "percent": "service", "duration": "service", "points": "service", "cases": "service"},
    ),
    "award": Topic(
        4.6,
        (
            "paritrana", "paritrana award", "juara", "kandidat", "zona", "nominasi", "nominator", "menyeleksi", "finalis", "award",
            "peringkat", "terbaik", "lomba",
        ),
        {"rank": "award", "regions": "award", "companies": "award", "people": "award", "money": "award"},
    ),
    "budget": Topic(
        3.2,
        ("anggaran", "dbh", "dbh sawit", "apbd", "apbn", "dana itu", "budget", "dana bagi hasil", "dana desa", "pagu"),
        {"money": "budget", "percent": "budget"},
    ),
    "eligibility": Topic(
        4.6,
        (
            "syarat", "terdaftar lebih dari", "terdaftar minimal", "masa kepesertaan", "masa iur", "kepesertaan minimal",
            "masa iuran", "menjadi peserta minimal", "berturut-turut", "telah menjadi peserta", "berhak", "membayar iuran minimal",
            "terdaftar sebagai peserta minimal", "bekerja minimal", "ketentuan",
        ),
        {"duration": "eligibility"},
    ),
    "operations": Topic(3.0, ("operating expenses", "biaya operasional", "beban operasional"), {"money": "other", "percent": "other"}),
}  # fmt: skip

# What a figure measures when no word of its sentence tells.
DEFAULTS = {
    "percent": "coverage", "people": "membership", "money": "other", "cases": "claims_count", "documents": "enforcement",
    "companies": "employers", "villages": "villages", "regions": "regions", "duration": "other", "times": "other",
    "points": "service", "rank": "award", "programmes": "other",
}  # fmt: skip

# A percentage of these is a part of a whole; of any other metric it is a level.
SHARE_METRICS = frozenset(
    {
        "membership", "workforce", "fund", "budget", "work_accidents", "claims_count", "claims_paid", "layoffs", "potential",
        "beneficiaries", "employers", "benefit_amount", "agents", "membership_new", "arrears",
    }
)  # fmt: skip

TOPIC_LEXICON = Lexicon({name: {name: topic.words} for name, topic in TOPICS.items()})
