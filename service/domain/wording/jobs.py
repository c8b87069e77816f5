"""How the desk names the worker's jobs."""

from collections.abc import Mapping

from service.domain.job import DELIVERY
from service.domain.wording.language import say
from service.domain.wording.numbers import number

JOBS: Mapping[str, str] = {
    "crawl": "Membaca sumber",
    "ingest": "Memahami berita",
    "index": "Mengindeks",
    DELIVERY: "Mengirim pesan",
    "notify": "Menindaklanjuti peringatan",
    "watch": "Mengamati lonjakan dan media diam",
    "digest": "Menyusun ringkasan",
    "health": "Memeriksa kesehatan",
    "tidy": "Membersihkan",
}


def job_name(job: str) -> str:
    """What the desk calls the job; the delivery of a channel by the channel."""
    channel = job.removeprefix(f"{DELIVERY}-")
    if channel != job:
        return say("Mengirim pesan lewat {channel}", channel=channel)
    return say(JOBS[job]) if job in JOBS else job


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


def lasted(seconds: float) -> str:
    """How long a run took: "0,3 detik", "42 detik", "3 menit 5 detik", "2 jam 10 menit"."""
    if seconds < 10:
        return say("{seconds} detik", seconds=number(round(seconds, 1)))
    whole = round(seconds)
    if whole < 60:
        return say("{seconds} detik", seconds=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return say("{minutes} menit {seconds} detik", minutes=minutes, seconds=rest)
    return say("{hours} jam {minutes} menit", hours=minutes // 60, minutes=minutes % 60)
