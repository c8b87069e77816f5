"""What a person decides about an alert in the forms of its page."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import get_args

from nlp.analysis import Tone
from service.domain.account import Person, may
from service.domain.alert import Alert, ClosedReason
from service.domain.wording.language import say
from service.errors import AlertError
from service.web.desk import Desk

SNOOZES: Mapping[str, tuple[str, timedelta]] = {
    "1": ("1 jam", timedelta(hours=1)),
    "4": ("4 jam", timedelta(hours=4)),
    "24": ("1 hari", timedelta(days=1)),
    "72": ("3 hari", timedelta(days=3)),
    "168": ("1 minggu", timedelta(days=7)),
}
"""For how long an alert is put off, by the hours in the form."""

Form = Mapping[str, str]


def able_people(desk: Desk) -> list[Person]:
    """Whom an alert can be assigned to: the active people who may decide."""
    return [person for person in desk.people.everybody() if person.active and may(person.role, "decide")]


def assignee(desk: Desk, person_id: str) -> str:
    """The name of the person of this id; AlertError where alerts cannot be theirs."""
    found = next((person for person in able_people(desk) if person.id == person_id), None)
    if found is None:
        raise AlertError(say("Pilih orang yang akan menanganinya."))
    return found.name


def decide(desk: Desk, alert: Alert, form: Form, by: str) -> str:
    """Record what the pressed button says; the button's word, by which the page tells it.

    AlertError, or ReviewError for a correction, where it cannot be recorded.
    """
    word = form.get("putusan", "")
    if word not in _BUTTONS:
        raise AlertError(say("Pilih apa yang diputuskan tentang peringatan ini."))
    _BUTTONS[word](desk, alert, form, by)
    return word


def closed_reason(text: str) -> ClosedReason:
    """The reason of that code; AlertError where there is none such."""
    reason: ClosedReason | None = next((it for it in get_args(ClosedReason) if it == text), None)
    if reason is None:
        raise AlertError(say("Pilih mengapa peringatan ini selesai."))
    return reason


def _acknowledge(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    desk.handling.acknowledge(alert.id, by, form.get("catatan", ""))


def _assign(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    desk.handling.assign(alert.id, assignee(desk, form.get("kepada", "")), by, form.get("catatan", ""))


def _snooze(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    if form.get("lama") not in SNOOZES:
        raise AlertError(say("Pilih sampai kapan peringatan ini ditunda."))
    _, length = SNOOZES[form["lama"]]
    desk.handling.snooze(alert.id, desk.clock() + length, by, form.get("catatan", ""))


def _wake(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    desk.handling.wake(alert.id, by)


def _close(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    desk.handling.close(alert.id, closed_reason(form.get("alasan", "")), by, form.get("catatan", ""))


def _reopen(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    desk.handling.reopen(alert.id, by, form.get("catatan", ""))


def _correct(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    tone = form.get("sentimen", "")
    if tone not in get_args(Tone):
        raise AlertError(say("Pilih sentimen yang benar."))
    if not desk.correcting.story(alert.about, "sentiment", tone, by, form.get("catatan", "")):
        raise AlertError(say("Semua berita cerita ini sudah bersentimen itu."))


def _uncorrect(desk: Desk, alert: Alert, form: Form, by: str) -> None:
    if not desk.correcting.story(alert.about, "sentiment", None, by, form.get("catatan", "")):
        raise AlertError(say("Tidak ada koreksi sentimen pada cerita ini."))


_BUTTONS: Mapping[str, Callable[[Desk, Alert, Form, str], None]] = {
    "tangani": _acknowledge,
    "tugaskan": _assign,
    "tunda": _snooze,
    "lanjutkan": _wake,
    "selesai": _close,
    "buka": _reopen,
    "sentimen": _correct,
    "batal-sentimen": _uncorrect,
}
