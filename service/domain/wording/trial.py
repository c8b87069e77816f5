"""The message by which people see that a channel works."""

from datetime import datetime

from service.domain.wording.times import moment

SUBJECT = "[Uji] Pesan uji dari Pantau"


def trial_text(channel: str, by: str, at: datetime) -> str:
    """What it says; `channel` and `by` are names for people."""
    return (
        f"INI PESAN UJI, bukan peringatan.\n\n"
        f"Dikirim lewat {channel} oleh {by}, {moment(at)}.\n"
        f"Bila pesan ini sampai, peringatan dan kliping lewat saluran ini juga akan sampai.\n\n"
        f"--\nDisusun otomatis oleh Pantau.\n"
    )
