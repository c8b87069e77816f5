"""Roles, browsers and the audit in the words of the desk."""

from collections.abc import Mapping

from service.domain.account import AuditKind, Role
from service.domain.wording.language import say

ROLES: Mapping[Role, str] = {"pembaca": "Pembaca", "analis": "Analis", "admin": "Admin"}
ROLE_MEANINGS: Mapping[Role, str] = {
    "pembaca": "membaca, mencari, dan mengunduh",
    "analis": "juga memutuskan angka, mengoreksi berita, menangani peringatan dan aturannya, dan melihat kotak keluar",
    "admin": "juga mengelola orang, melihat audit, dan mengirim ulang pesan",
}
AUDIT: Mapping[AuditKind, str] = {
    "signed-in": "Masuk",
    "sign-in-failed": "Gagal masuk",
    "signed-out": "Keluar",
    "session-ended": "Sesi diakhiri",
    "password-changed": "Kata sandi diganti",
    "password-set": "Kata sandi dipilih",
    "reset-asked": "Lupa kata sandi",
    "person-added": "Orang ditambahkan",
    "person-invited": "Tautan dikirim",
    "person-renamed": "Nama diganti",
    "role-changed": "Peran diganti",
    "person-deactivated": "Dinonaktifkan",
    "person-activated": "Diaktifkan",
    "token-issued": "Token dibuat",
    "token-revoked": "Token dicabut",
    "figure-decided": "Putusan angka",
    "article-corrected": "Koreksi berita",
    "alert-decided": "Penanganan peringatan",
    "story-arranged": "Gabung atau pisah cerita",
    "exported": "Unduhan",
    "rule-added": "Aturan dibuat",
    "rule-changed": "Aturan diubah",
    "rule-switched": "Aturan diaktifkan atau dinonaktifkan",
    "rule-removed": "Aturan dihapus",
    "alerts-asked": "Notifikasi diubah",
    "test-sent": "Pesan uji dikirim",
    "message-retried": "Dikirim ulang",
}

# The first that is found: each names itself after those it pretends to be.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser(agent: str) -> str:
    """What a User-Agent says of itself, by which people recognise their own: "Firefox, Windows"."""
    named = [next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, named)) or agent[:40] or say("peramban tidak dikenal")
