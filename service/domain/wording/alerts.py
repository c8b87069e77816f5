"""How alerts stand, what happened to them and what is told of them."""

from collections.abc import Callable, Mapping
from datetime import date

from service.domain.alert import Alert
from service.domain.alert_life import AlertEvent, AlertNews
from service.domain.wording.language import say
from service.domain.wording.names import METRICS, TOPICS
from service.domain.wording.numbers import number
from service.domain.wording.retelling import retell
from service.domain.wording.times import day, moment, read_moment

STANDINGS = {
    "open": "Belum ditangani",
    "acknowledged": "Ditangani",
    "assigned": "Ditugaskan",
    "snoozed": "Ditunda",
    "closed": "Selesai",
}

CLOSED_REASONS = {"handled": "sudah ditangani", "corrected": "penilaiannya dikoreksi", "withdrawn": "dicabut"}

"""What a notice that waits is about."""

DECIDED: Mapping[str, str] = {
    "tangani": "Peringatan ditandai ditangani.",
    "tugaskan": "Peringatan ditugaskan.",
    "tunda": "Peringatan ditunda; perkembangannya ditahan sampai saat itu.",
    "lanjutkan": "Penundaan diakhiri.",
    "selesai": "Peringatan selesai; penerimanya diberi tahu.",
    "buka": "Peringatan dibuka kembali.",
    "sentimen": "Sentimen seluruh cerita dicatat dan berlaku di semua halaman, pencarian, dan ringkasan.",
    "batal-sentimen": "Koreksi sentimen dibatalkan; yang berlaku kembali hasil analisis.",
}
"""What the alert's page says once a decision is recorded, by the word of its address."""

_EVENTS: Mapping[str, str] = {
    "raised": "Peringatan muncul",
    "grown": "Dimuat {note}",
    "turned": "Sentimen menjadi negatif ({note})",
    "told": "Dikirim ke {note}",
    "held": "Pengiriman ditahan. {note}",
    "silenced": "Tidak dikirim. {note}",
    "acknowledged": "Ditandai ditangani",
    "assigned": "Ditugaskan kepada {note}",
    "snoozed": "Ditunda sampai {note}",
    "woken": "Penundaan diakhiri",
    "escalated": "Eskalasi: tidak ditangani dalam {note}",
    "closed": "Selesai",
    "reopened": "Dibuka kembali",
    "moved": "Pindah ke cerita ini",
}
_EVENTS_WITH_NOTE: Mapping[str, str] = {
    **_EVENTS,
    "acknowledged": "Ditandai ditangani: {note}",
    "closed": "Selesai: {note}",
    "reopened": "Dibuka kembali: {note}",
}
_NOTED_BY_PANTAU = frozenset({"grown", "told", "held", "silenced", "escalated", "closed"})
_SUBJECTS: Mapping[str, str] = {"wilayah": "Wilayah {name}", "topik": "Topik {name}", "media": "Media {name}"}


def event(it: AlertEvent) -> str:
    """What happened, without who did it and when."""
    events = _EVENTS_WITH_NOTE if it.note else _EVENTS
    return say(events.get(it.kind, it.kind), note=_note(it))


def _note(it: AlertEvent) -> str:
    """What the event notes, where that is ours in the language of the reader."""
    if it.kind == "snoozed":
        until, colon, typed = it.note.partition(": ")
        then = read_moment(until)
        return it.note if then is None else f"{moment(then)}{colon}{typed}"
    return (retell(it.note) if it.kind in _NOTED_BY_PANTAU else None) or it.note


def subject_of(about: str, region_name: Callable[[str], str] = str, outlet_name: Callable[[str], str] = str) -> str:
    """What an alert is about that is about no story: "Wilayah Sumatera Selatan, Sen 23 Nov 2026"."""
    key, _, on = about.partition("@")
    kind, colon, code = key.partition(":")
    if not colon:
        return about
    names: Mapping[str, Callable[[str], str]] = {
        "wilayah": region_name,
        "media": outlet_name,
        "topik": lambda topic: say(TOPICS.get(topic, METRICS.get(topic, topic))),
    }
    told = say(_SUBJECTS[kind], name=names[kind](code)) if kind in _SUBJECTS else f"{kind} {code}"
    told = told.strip()
    try:
        return f"{told}, {day(date.fromisoformat(on))}"
    except ValueError:
        return told


def closed(alert: Alert) -> str:
    """Why and by whom it was closed: "Selesai: penilaiannya dikoreksi oleh Rani Saputri"."""
    reason, by = say(CLOSED_REASONS.get(alert.closed_reason or "", "")), alert.closed_by
    if reason and by:
        return say("Selesai: {reason} oleh {name}", reason=reason, name=by)
    if reason:
        return say("Selesai: {reason}", reason=reason)
    return say("Selesai oleh {name}", name=by) if by else say("Selesai")


def news(it: AlertNews, *, goes_on: bool) -> list[str]:
    """What the message tells anew, a sentence for each, the most important first.

    `goes_on` where the recipient was told of it before.
    """
    lead = it.lead
    told: list[str] = []
    if "closed" in it.kinds:
        told.append(say("{closed}. Tidak ada lagi yang perlu ditindaklanjuti.", closed=closed(lead)))
    if "escalated" in it.kinds and lead.waits_since is not None:
        since = moment(lead.waits_since)
        told.append(say("Belum ada yang menangani sejak {since}. Mohon segera ditindaklanjuti.", since=since))
    if "reopened" in it.kinds:
        told.append(say("Peringatan ini dibuka kembali."))
    if "raised" in it.kinds and goes_on:
        rules = say(" dan ").join(alert.rule_name for alert in it.alerts)
        told.append(say("Berita ini kini juga memenuhi aturan {rules}.", rules=rules))
    if "turned" in it.kinds:
        told.append(say("Sentimennya kini negatif."))
    if "grown" in it.kinds and "closed" not in it.kinds:
        told.append(say("Kini dimuat {count} media.", count=number(it.outlets)))
    return told
