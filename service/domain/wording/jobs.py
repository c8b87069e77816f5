"""How the desk names the worker's jobs."""

from collections.abc import Mapping

JOBS: Mapping[str, str] = {
    "crawl": "Membaca sumber",
    "ingest": "Memahami berita",
    "index": "Mengindeks",
    "alerts": "Mengirim pesan",
    "notify": "Menindaklanjuti peringatan",
    "watch": "Mengamati lonjakan dan media diam",
    "digest": "Menyusun ringkasan",
    "health": "Memeriksa kesehatan",
    "tidy": "Membersihkan",
}

KEPT: Mapping[str, str] = {
    "fetch_events": "catatan pengambilan",
    "sources": "sumber yang tidak dipakai lagi",
    "quarantine": "halaman tidak terbaca",
    "messages": "pesan terkirim",
    "job_runs": "catatan pekerjaan",
    "audit": "catatan audit",
    "archive": "berkas arsip",
    "accounts": "sesi dan tautan usang",
    "exports": "berkas unduhan",
}
