"""What the codes of the domain are called in Indonesian, and how numbers, dates and times are written there."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from service.domain.article import WIB

DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
LONG_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
LONG_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

TONES: Mapping[str, str] = {"positive": "Positif", "neutral": "Netral", "negative": "Negatif"}

ALERT_CLASSES: Mapping[str, str] = {
    "fraud": "Dugaan korupsi atau penipuan",
    "leak": "Kebocoran data",
    "leadership": "Perilaku pimpinan",
    "rally": "Unjuk rasa",
    "complaint": "Keluhan layanan",
    "membership_fall": "Kepesertaan turun",
    "outage": "Gangguan layanan",
    "legal": "Masalah hukum",
    "accident": "Kecelakaan kerja",
}

METRICS: Mapping[str, str] = {
    "coverage": "Cakupan kepesertaan",
    "uncovered": "Belum terlindungi",
    "membership": "Peserta",
    "membership_new": "Peserta baru",
    "potential": "Potensi peserta",
    "workforce": "Angkatan kerja",
    "claims_paid": "Klaim dibayar",
    "claims_count": "Jumlah klaim",
    "claims_ratio": "Rasio klaim",
    "benefit_amount": "Manfaat",
    "benefit_duration": "Lama manfaat",
    "eligibility": "Syarat manfaat",
    "beneficiaries": "Penerima manfaat",
    "contribution_rate": "Besaran iuran",
    "contribution_collected": "Iuran terkumpul",
    "contribution_budget": "Anggaran iuran",
    "contribution_relief": "Keringanan iuran",
    "arrears": "Tunggakan iuran",
    "arrears_recovered": "Tunggakan tertagih",
    "non_compliance": "Tidak patuh",
    "compliance": "Kepatuhan",
    "enforcement": "Penegakan",
    "employers": "Pemberi kerja",
    "agents": "Agen Perisai",
    "agent_fee": "Komisi agen",
    "villages": "Desa dan kelurahan",
    "regions": "Kabupaten dan kota",
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

DIRECTIONS: Mapping[str, str] = {"up": "naik", "down": "turun"}

STATUSES: Mapping[str, str] = {
    "failing": "sebagian gagal dibaca",
    "unreachable": "tidak dapat dibaca",
    "silent": "tidak ada berita baru",
}

REASONS: Mapping[str, str] = {
    "bad-url": "alamat keliru",
    "blocked": "situs menolak pembaca otomatis",
    "connection": "sambungan gagal",
    "crashed": "pembacaan terhenti",
    "dns": "alamat tidak ditemukan",
    "empty": "jawaban kosong",
    "no-links": "tidak memuat tautan berita",
    "no-pages": "tiga hari atau lebih tanpa halaman baru",
    "not-html": "bukan halaman web",
    "redirect-loop": "pengalihan berputar-putar",
    "refused": "situs menolak sambungan",
    "robots": "dilarang robots.txt",
    "timeout": "terlalu lama menjawab",
    "tls": "sertifikat tidak sah",
    "too-large": "berkas terlalu besar",
    "truncated": "jawaban terputus",
}

_HTTP = re.compile(r"http-(\d{3})")


def number(value: float) -> str:
    """The number as printed in Indonesia: 1.234,5."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def short_date(day: date) -> str:
    """`Sen 23 Nov 2026`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """`Senin, 23 November 2026`."""
    return f"{LONG_DAYS[day.weekday()]}, {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def moment(time: datetime) -> str:
    """`Sen 23 Nov 2026, 06.30 WIB`."""
    local = time.astimezone(WIB)
    return f"{short_date(local.date())}, {local:%H.%M} WIB"


def period(code: str) -> str:
    """An ISO year, month, day or interval in words; what cannot be read stays as it is."""
    return "–".join(_one_period(part) for part in code.split("/"))


def reason(code: str) -> str:
    """Why an outlet could not be read."""
    if match := _HTTP.fullmatch(code):
        return f"jawaban HTTP {match[1]}"
    return REASONS.get(code, code)


def difference(now: int, before: int) -> str:
    """How a count compares with the one before."""
    if now == before:
        return "sama dengan sebelumnya"
    return f"{'naik' if now > before else 'turun'} {number(abs(now - before))} dari sebelumnya"


def _one_period(code: str) -> str:
    parts = code.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return code
    if len(parts) == 1:
        return code
    month = int(parts[1])
    if not 1 <= month <= 12:
        return code
    words = f"{MONTHS[month - 1]} {parts[0]}"
    return f"{int(parts[2])} {words}" if len(parts) == 3 else words
