"""The Indonesian words for the codes that pages show; an unknown code is shown as it is."""

TONES = {"positive": "Positif", "neutral": "Netral", "negative": "Negatif"}

METRICS = {
    "coverage": "Cakupan",
    "uncovered": "Belum terlindungi",
    "membership": "Kepesertaan",
    "membership_new": "Peserta baru",
    "potential": "Potensi",
    "workforce": "Angkatan kerja",
    "claims_paid": "Klaim dibayar",
    "claims_count": "Jumlah klaim",
    "claims_ratio": "Rasio klaim",
    "benefit_amount": "Besar manfaat",
    "benefit_duration": "Lama manfaat",
    "eligibility": "Syarat",
    "beneficiaries": "Penerima manfaat",
    "contribution_rate": "Besar iuran",
    "contribution_collected": "Iuran terkumpul",
    "contribution_budget": "Anggaran iuran",
    "contribution_relief": "Keringanan iuran",
    "arrears": "Tunggakan",
    "arrears_recovered": "Tunggakan tertagih",
    "non_compliance": "Ketidakpatuhan",
    "compliance": "Kepatuhan",
    "enforcement": "Penegakan",
    "employers": "Pemberi kerja",
    "agents": "Agen Perisai",
    "agent_fee": "Komisi agen",
    "villages": "Desa/kelurahan",
    "regions": "Daerah",
    "work_accidents": "Kecelakaan kerja",
    "layoffs": "PHK",
    "fund": "Dana kelolaan",
    "investment_yield": "Hasil pengembangan",
    "wage": "Upah",
    "service": "Layanan",
    "award": "Penghargaan",
    "budget": "Anggaran",
    "other": "Lainnya",
}

KINDS = {
    "change": "perubahan",
    "target": "target",
    "rank": "peringkat",
    "rule": "ketentuan",
    "share": "porsi",
    "level": "tingkat",
    "amount": "nilai",
    "count": "jumlah",
}

DIRECTIONS = {"up": "naik", "down": "turun"}

COMPARATORS = {
    "about": "sekitar",
    "at_least": "minimal",
    "at_most": "maksimal",
    "more_than": "lebih dari",
    "less_than": "kurang dari",
}

ALERT_CLASSES = {
    "fraud": "Dugaan korupsi/kecurangan",
    "leak": "Kebocoran data",
    "leadership": "Pimpinan",
    "rally": "Unjuk rasa",
    "complaint": "Keluhan layanan",
    "membership_fall": "Kepesertaan turun",
    "outage": "Gangguan layanan",
    "legal": "Ancaman hukum",
    "accident": "Kecelakaan massal",
}

SEVERITIES = {"high": "Penting", "normal": "Biasa", "low": "Rendah"}

OUTLET_STATES = {
    "ok": "Lancar",
    "failing": "Sebagian gagal",
    "unreachable": "Tidak terjangkau",
    "silent": "Sepi",
    "unseen": "Belum diambil",
}

# Short words of the crawler's faults and of what the extractor refuses.
REASONS = {
    "timeout": "waktu tunggu habis",
    "dns": "alamat tidak ditemukan",
    "tls": "sertifikat bermasalah",
    "refused": "sambungan ditolak",
    "connection": "sambungan terputus",
    "robots": "dilarang robots.txt",
    "too-large": "halaman terlalu besar",
    "too-deep": "susunan halaman terlalu dalam",
    "no-pages": "tidak ada halaman baru beberapa hari",
    "not-found": "halaman tidak ditemukan",
    "http-error": "situs menjawab dengan galat",
    "challenge": "situs meminta verifikasi pengunjung",
    "login": "situs meminta masuk akun",
    "paywall": "berita berbayar",
    "binary": "bukan halaman teks",
    "not-html": "bukan halaman web",
    "garbage": "isi tidak dapat dibaca",
    "truncated": "isi terpotong",
    "empty": "halaman kosong",
    "no-text": "tidak ada teks berita",
    "no-title": "tidak ada judul",
    "no-address": "alamat artikel tidak jelas",
}

DELIVERIES = {"pending": "Menunggu", "sent": "Terkirim", "dead": "Gagal"}

TIERS = {"national": "Nasional", "regional": "Regional", "local": "Lokal", "government": "Pemerintah"}
