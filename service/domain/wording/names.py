"""What codes are called in Indonesian, on pages and in mails; an unknown code is shown as it is.

The dictionaries are for all languages: whoever shows one of their names says it. The functions say what they tell.
"""

import re

from service.domain.wording.language import say

TONES = {"positive": "Positif", "neutral": "Netral", "negative": "Negatif"}

RELEVANCES = {"relevant": "Relevan", "mention": "Hanya menyebut", "irrelevant": "Tidak relevan"}

TOPICS = {
    "membership": "Kepesertaan",
    "claims": "Klaim",
    "compliance": "Kepatuhan",
    "complaint": "Keluhan",
    "fraud": "Kecurangan",
    "award": "Penghargaan",
    "event": "Kegiatan",
    "policy": "Kebijakan",
    "explainer": "Penjelasan",
    "other": "Lainnya",
}

CORRECTED_FIELDS = {
    "sentiment": "Sentimen",
    "relevance": "Relevansi",
    "topic": "Topik",
    "regions": "Wilayah",
    "visibility": "Tampilan",
    "label": "Label",
    "note": "Catatan",
}
CORRECTED_VALUES = {
    "sentiment": TONES,
    "relevance": RELEVANCES,
    "topic": TOPICS,
    "visibility": {"hidden": "diabaikan"},
}
"""The fields of an article that people correct, and what their codes are called."""

METRICS = {
    "coverage": "Cakupan kepesertaan",
    "uncovered": "Belum terlindungi",
    "membership": "Peserta",
    "membership_new": "Peserta baru",
    "potential": "Potensi peserta",
    "workforce": "Angkatan kerja",
    "claims_paid": "Klaim dibayar",
    "claims_count": "Jumlah klaim",
    "claims_ratio": "Rasio klaim",
    "benefit_amount": "Besaran manfaat",
    "benefit_duration": "Lama manfaat",
    "eligibility": "Syarat manfaat",
    "beneficiaries": "Penerima manfaat",
    "contribution_rate": "Besaran iuran",
    "contribution_collected": "Iuran terkumpul",
    "contribution_budget": "Anggaran iuran",
    "contribution_relief": "Keringanan iuran",
    "arrears": "Tunggakan iuran",
    "arrears_recovered": "Tunggakan tertagih",
    "non_compliance": "Ketidakpatuhan",
    "compliance": "Kepatuhan",
    "enforcement": "Penegakan",
    "employers": "Pemberi kerja",
    "agents": "Agen Perisai",
    "agent_fee": "Komisi agen",
    "villages": "Desa dan kelurahan",
    "regions": "Daerah",
    "work_accidents": "Kecelakaan kerja",
    "layoffs": "PHK",
    "fund": "Dana kelolaan",
    "investment_yield": "Hasil pengembangan",
    "wage": "Upah",
    "service": "Layanan",
    "award": "Penghargaan",
    "budget": "Anggaran",
    "other": "Angka lain",
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

SEGMENTS = {
    "PU": "Penerima upah",
    "BPU": "Bukan penerima upah",
    "Jakon": "Jasa konstruksi",
    "PMI": "Pekerja migran",
    "rentan": "Pekerja rentan",
    "non-ASN": "Non-ASN",
    "informal": "Sektor informal",
}

MEMBER_STATUSES = {"active": "aktif", "inactive": "tidak aktif", "registered": "terdaftar"}

VERDICTS = {"confirmed": "Benar", "corrected": "Dikoreksi", "rejected": "Bukan angka"}

DECISIONS = {
    "confirmed": "membenarkan",
    "corrected": "mengoreksi",
    "rejected": "menilai ini bukan angka",
    None: "membatalkan putusan",
}
"""What somebody did, behind their name."""

CLAIM_STATUSES = {
    "conflict": "Beda angka",
    "explained": "Beda, mungkin bukan salah",
    "differs": "Selisih dari angka resmi",
    "stale": "Angka lama",
    "agrees": "Sesuai angka resmi",
    "unreviewed": "Belum diperiksa",
    "confirmed": "Sudah dibenarkan",
    "corrected": "Sudah dikoreksi",
    "rejected": "Bukan angka",
}

_RESOLUTIONS = {
    "region": "Wilayah {origin}",
    "period": "Periode {origin}",
    "speaker": "Narasumber {origin}",
    "base": "Dasar persentase {origin}",
}
_ORIGINS = {
    "headline": "dari judul",
    "lead": "dari teras berita",
    "article": "dari isi berita",
    "pronoun": "dari kata ganti",
    "short_name": "dari nama lengkapnya",
    "continued_quote": "dari kutipan sebelumnya",
    "previous_sentence": "dari kalimat sebelumnya",
    "pair": "dari kalimat yang sama",
}

ALERT_CLASSES = {
    "fraud": "Dugaan korupsi atau kecurangan",
    "leak": "Kebocoran data",
    "leadership": "Perilaku pimpinan",
    "rally": "Unjuk rasa",
    "complaint": "Keluhan layanan",
    "membership_fall": "Kepesertaan turun",
    "outage": "Gangguan layanan",
    "legal": "Masalah hukum",
    "accident": "Kecelakaan kerja",
}

SEVERITIES = {"high": "Penting", "normal": "Biasa", "low": "Rendah"}

OUTLET_STATES = {
    "ok": "Lancar",
    "failing": "Sebagian gagal dibaca",
    "unreachable": "Tidak dapat dibaca",
    "blocked": "Tertutup bagi kita",
    "redesign": "Tata letak berubah",
    "silent": "Tidak ada berita baru",
    "volume": "Jauh lebih sepi",
    "unseen": "Belum diambil",
}

GENERAL_ALARMS = {
    "idle": "Pengambilan berita terhenti",
    "network": "Sambungan internet terganggu",
    "quiet": "Sepi di mana-mana",
}

SOURCE_KINDS = {"feed": "Umpan (RSS)", "sitemap": "Peta situs", "listing": "Daftar berita", "page": "Halaman berita"}

OUTCOMES = {"ok": "berhasil", "unchanged": "tidak ada yang baru", "soft": "gagal sementara", "hard": "gagal"}

_REASONS = {
    "analysis": "isi tidak dapat dianalisis",
    "bad-feed": "umpan berita (RSS) tidak dapat dibaca",
    "bad-sitemap": "peta situs tidak dapat dibaca",
    "bad-url": "alamat keliru",
    "binary": "bukan halaman teks",
    "blocked": "situs menolak pembaca otomatis",
    "browser": "peramban tidak dapat menampilkan halaman",
    "budget": "jatah pengambilan kali ini habis",
    "challenge": "situs meminta verifikasi pengunjung",
    "connection": "sambungan gagal",
    "cookie-wall": "situs meminta persetujuan kuki",
    "crashed": "pembacaan terhenti",
    "dns": "alamat tidak ditemukan",
    "empty": "halaman kosong",
    "garbage": "isi tidak dapat dibaca",
    "http-401": "situs meminta masuk akun",
    "http-403": "situs menolak pembaca otomatis",
    "http-404": "halaman tidak ditemukan",
    "http-410": "halaman sudah dihapus",
    "http-429": "situs membatasi jumlah permintaan",
    "http-451": "situs menolak karena alasan hukum",
    "http-error": "situs menjawab dengan galat",
    "ignored": "halaman dilewati",
    "javascript": "isi hanya tampil dengan JavaScript",
    "login": "situs meminta masuk akun",
    "needs-browser": "perlu peramban yang belum terpasang",
    "no-address": "alamat artikel tidak jelas",
    "no-links": "tidak memuat tautan berita",
    "no-pages": "tidak ada halaman baru",
    "no-text": "tidak ada teks berita",
    "not-article": "menuju halaman depan, bukan berita",
    "not-found": "halaman tidak ditemukan",
    "not-html": "bukan halaman web",
    "off-site": "menuju situs lain",
    "paywall": "berita berbayar",
    "private-address": "alamat di jaringan dalam",
    "redirect-loop": "pengalihan berputar-putar",
    "refused": "situs menolak sambungan",
    "robots": "dilarang robots.txt",
    "timeout": "situs terlalu lama menjawab",
    "tls": "sertifikat situs tidak sah",
    "too-deep": "susunan halaman terlalu dalam",
    "too-large": "halaman terlalu besar",
    "truncated": "isi terpotong",
    "unexpected": "isi tidak dapat dibaca",
}
_HTTP = re.compile(r"http-(\d{3})")

DELIVERIES = {"pending": "Menunggu", "sent": "Terkirim", "dead": "Gagal"}
CAUSES = {"alert": "Peringatan", "digest": "Kliping", "account": "Akun", "test": "Uji"}

TIERS = {"national": "Nasional", "regional": "Regional", "local": "Lokal", "government": "Pemerintah"}


def reason(code: str) -> str:
    """Why an outlet or a page could not be read, from the crawler's or the extractor's short word."""
    if code not in _REASONS and (status := _HTTP.fullmatch(code)):
        return say("situs menjawab galat {status}", status=status[1])
    return say(_REASONS.get(code, code))


def resolution(slot: str, origin: str) -> str:
    """Where a slot was read that its sentence leaves open: "Wilayah dari judul"."""
    told = say(_ORIGINS.get(origin, origin))
    return say(_RESOLUTIONS[slot], origin=told) if slot in _RESOLUTIONS else f"{slot} {told}"
