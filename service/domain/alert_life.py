"""What happens to an alert between being raised and being closed: each step with its history and what is to be told.

Errors: AlertError (a person wants something that cannot be).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from service.domain.alert import Alert, ClosedReason
from service.domain.alert_rule import SEVERITIES
from service.domain.article import WIB, Article
from service.domain.wording.language import say
from service.domain.wording.times import moment
from service.errors import AlertError

NoticeKind = Literal["raised", "grown", "turned", "escalated", "closed", "reopened"]
EventKind = Literal[
    "raised",
    "grown",
    "turned",
    "told",
    "held",
    "silenced",
    "acknowledged",
    "assigned",
    "snoozed",
    "woken",
    "escalated",
    "closed",
    "reopened",
    "moved",
]
NoticeState = Literal["pending", "told", "silenced"]

GROWTH = (2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200)
"""Numbers of outlets at which a story that grows is told anew."""

GROWS_FOR = timedelta(days=7)
"""What was printed longer ago is an archive that was read today: it is told as the growth of no story."""

LONGEST_SNOOZE = timedelta(days=30)
LONGEST_NOTE = 500
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class AlertNotice:
    """What is to be told of an alert; one of the same id is told once. `reason` is why it is held back or silenced."""

    id: str
    alert_id: str
    kind: NoticeKind
    at: datetime
    state: NoticeState = "pending"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """One line of an alert's history: what happened, when, and by whom (empty: by Pantau itself)."""

    alert_id: str
    kind: EventKind
    at: datetime
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlertStep:
    """The alert as it is after something happened, the line of its history, and what is to be told, if anything."""

    alert: Alert
    event: AlertEvent
    notice: AlertNotice | None = None


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """A message that told a recipient of an alert; `subject` is that of the story it told."""

    alert_id: str
    message_id: str
    recipient: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AlertNews:
    """What one message says of one story, or of one thing that is no story.

    `alerts` are those of the recipient, the most urgent first; `kinds` what happened; `article` the one that tells the
    story, `articles` all that count, the first printed first.
    """

    alerts: tuple[Alert, ...]
    kinds: frozenset[NoticeKind]
    article: Article | None = None
    articles: tuple[Article, ...] = ()

    @property
    def lead(self) -> Alert:
        """The most urgent alert."""
        return self.alerts[0]

    @property
    def outlets(self) -> int:
        """How many outlets tell it."""
        return len({article.outlet for article in self.articles})

    @property
    def is_new(self) -> bool:
        """Whether the recipient reads of it for the first time."""
        return "raised" in self.kinds


# Steps.


def raising(alert: Alert, at: datetime) -> AlertStep:
    """The first step of an alert."""
    return _loud(alert, "raised", at, mark="")


def acknowledge(alert: Alert, by: str, at: datetime, note: str = "") -> AlertStep:
    """Somebody looks after it, so that it is not escalated."""
    _refuse_closed(alert)
    if alert.state == "acknowledged" and alert.assigned_to is None:
        raise AlertError(say("Peringatan ini sudah ditandai ditangani oleh {name}.", name=alert.acknowledged_by))
    after = replace(alert, state="acknowledged", acknowledged_by=by, acknowledged_at=at, assigned_to=None)
    return _silent(after, "acknowledged", at, by, note)


def assign(alert: Alert, to: str, by: str, at: datetime, note: str = "") -> AlertStep:
    """It is this person's from now on, and with that acknowledged."""
    _refuse_closed(alert)
    if alert.assigned_to == to:
        raise AlertError(say("Peringatan ini sudah ditugaskan kepada {to}.", to=to))
    after = replace(alert, state="acknowledged", assigned_to=to)
    if alert.state == "open":
        after = replace(after, acknowledged_by=by, acknowledged_at=at)
    return _silent(after, "assigned", at, by, f"{to}: {note}" if note else to)


def snooze(alert: Alert, until: datetime, by: str, at: datetime, note: str = "") -> AlertStep:
    """Nothing is told of it until then, unless it is closed."""
    _refuse_closed(alert)
    if not at < until <= at + LONGEST_SNOOZE:
        raise AlertError(say("Tunda sampai waktu yang akan datang, paling lama {days} hari.", days=LONGEST_SNOOZE.days))
    told = moment(until)
    return _silent(replace(alert, snoozed_until=until), "snoozed", at, by, f"{told}: {note}" if note else told)


def wake(alert: Alert, by: str, at: datetime) -> AlertStep:
    """It is put off no longer."""
    if alert.state == "closed" or not alert.is_snoozed(at):
        raise AlertError(say("Peringatan ini tidak sedang ditunda."))
    return _silent(replace(alert, snoozed_until=None), "woken", at, by)


def close(alert: Alert, reason: ClosedReason, by: str, at: datetime, note: str = "") -> AlertStep:
    """Nothing is left to be done; it is told where it was told before."""
    _refuse_closed(alert)
    after = replace(alert, state="closed", closed_at=at, closed_by=by, closed_reason=reason, snoozed_until=None)
    return _loud(after, "closed", at, by, note)


def close_by_correction(alert: Alert, by: str, at: datetime) -> AlertStep:
    """No article of the story meets the rule any more, since this person's correction."""
    return _until_taken_back(close(alert, "corrected", by, at))


def close_by_merging(alert: Alert, by: str, at: datetime) -> AlertStep:
    """Its story is a part of another now, which has an alert of the same rule."""
    return _until_taken_back(close(alert, "withdrawn", by, at, "Ceritanya digabung dengan cerita lain."))


def _until_taken_back(step: AlertStep) -> AlertStep:
    return replace(step, alert=replace(step.alert, by_correction=True))


def reopen(alert: Alert, by: str, at: datetime, note: str = "") -> AlertStep:
    """It waits for somebody again, as when it was raised."""
    if alert.state != "closed":
        raise AlertError(say("Peringatan ini masih terbuka."))
    after = replace(
        alert,
        state="open",
        closed_at=None,
        closed_by=None,
        closed_reason=None,
        by_correction=False,
        acknowledged_by=None,
        acknowledged_at=None,
        assigned_to=None,
        waits_since=at,
        escalated_at=None,
    )
    return _loud(after, "reopened", at, by, note)


def escalate(alert: Alert, at: datetime) -> AlertStep:
    """Nobody acknowledged it in time."""
    after = replace(alert, escalated_at=at)
    return _loud(after, "escalated", at, note=f"{alert.escalate_minutes} menit")


def grow(alert: Alert, outlets: int, at: datetime) -> AlertStep | None:
    """More outlets tell its story: a step where that passes one of the numbers of GROWTH, else None."""
    if alert.state == "closed" or _growth(outlets) <= _growth(alert.outlets):
        return None
    return _loud(replace(alert, outlets=outlets), "grown", at, note=f"{outlets} media", mark=str(outlets))


def turn(alert: Alert, article: Article, at: datetime) -> AlertStep | None:
    """The first negative article of a story that was not negative before; None for any other."""
    if alert.state == "closed" or alert.tone in ("", "negative") or article.sentiment.label != "negative":
        return None
    return _loud(replace(alert, tone="negative"), "turned", at, note=article.outlet)


def joins_snooze(alert: Alert, known: Iterable[Alert], now: datetime) -> Alert:
    """The new alert, put off as long as the story is, unless it is more urgent than what a person put off."""
    asleep = [it for it in known if it.state != "closed" and it.is_snoozed(now)]
    if not asleep or min(map(urgency, asleep)) > urgency(alert):
        return alert
    return replace(alert, snoozed_until=max(it.snoozed_until for it in asleep if it.snoozed_until))


def telling_article(raised_by: Article | None, story: Sequence[Article]) -> Article | None:
    """The article by which an alert is shown: what raised it or, where that does not count now, the story's first."""
    if raised_by is not None and raised_by.counted_as == "relevant":
        return raised_by
    return next((article for article in story if article.counted_as == "relevant"), raised_by)


def urgency(alert: Alert) -> int:
    """The less, the more urgent; one of no known severity is most urgent, to be seen."""
    return SEVERITIES.index(alert.severity) if alert.severity in SEVERITIES else 0


def most_urgent_first(alerts: Iterable[Alert]) -> list[Alert]:
    """The alerts by urgency, those of one urgency as they were raised."""
    return sorted(alerts, key=lambda alert: (urgency(alert), alert.raised, alert.id))


def _growth(outlets: int) -> int:
    return bisect_right(GROWTH, outlets)


def _refuse_closed(alert: Alert) -> None:
    if alert.state == "closed":
        raise AlertError(say("Peringatan ini sudah selesai. Buka kembali lebih dahulu."))


def _silent(alert: Alert, kind: EventKind, at: datetime, by: str = "", note: str = "") -> AlertStep:
    """A step of which only the history tells."""
    return AlertStep(alert, AlertEvent(alert.id, kind, at, by[:LONGEST_NAME], note[:LONGEST_NOTE]))


def _loud(
    alert: Alert, kind: NoticeKind, at: datetime, by: str = "", note: str = "", mark: str | None = None
) -> AlertStep:
    """A step that is told. `mark` tells notices of one kind apart; of what may happen again, the time does."""
    mark = at.isoformat() if mark is None else mark
    notice = AlertNotice(f"{alert.id}:{kind}:{mark}".rstrip(":"), alert.id, kind, at)
    return replace(_silent(alert, kind, at, by, note), notice=notice)


# When what is told.


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day in Asia/Jakarta to another, over midnight too; the same time twice means never."""

    start: time
    end: time

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours of now end; None where it is not quiet."""
        local = now.astimezone(WIB)
        if self.start == self.end:
            return None
        if self.start < self.end:
            is_quiet = self.start <= local.time() < self.end
        else:
            is_quiet = local.time() >= self.start or local.time() < self.end
        if not is_quiet:
            return None
        day = local.date() if local.time() < self.end else local.date() + timedelta(days=1)
        return datetime.combine(day, self.end, tzinfo=WIB)


@dataclass(frozen=True, slots=True)
class TellingRules:
    """How long a new alert waits for others to go with it, and how long the next update of a story waits; when nothing
    but the gravest is delivered; and how often it is looked.
    """

    group: timedelta = timedelta(seconds=60)
    throttle: timedelta = timedelta(minutes=30)
    quiet: QuietHours = QuietHours(time(), time())
    every: timedelta = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Due:
    """What becomes of an alert's notices now: those to tell, those to silence with the reason, those to hold with it.

    What is in none of the three waits. With `goes_along` those to tell need not go yet, and go where others do.
    """

    tell: tuple[AlertNotice, ...] = ()
    silence: tuple[tuple[AlertNotice, str], ...] = ()
    hold: tuple[tuple[AlertNotice, str], ...] = ()
    goes_along: bool = False


def what_is_due(
    alert: Alert, notices: Sequence[AlertNotice], last_told: datetime | None, now: datetime, rules: TellingRules
) -> Due:
    """What to do with the pending notices of this alert, of whose story somebody was `last_told` then."""
    kept, silenced = _still_true(alert, notices)
    if not kept:
        return Due(silence=silenced)
    held = _why_held(alert, now, rules)
    if held:
        return Due(silence=silenced, hold=tuple((notice, held) for notice in kept))
    first = min(notice.at for notice in kept)
    kinds = {notice.kind for notice in kept}
    if alert.is_grave or kinds & {"escalated", "closed", "reopened"}:
        return Due(kept, silenced)
    # The last look before the time is over: none may come later than promised.
    due = first + rules.group - rules.every
    if "raised" not in kinds and last_told is not None:
        due = max(due, last_told + rules.throttle)
    if now >= due:
        return Due(kept, silenced)
    return Due(kept, silenced, goes_along=True) if "raised" in kinds else Due(silence=silenced)


def _still_true(
    alert: Alert, notices: Sequence[AlertNotice]
) -> tuple[tuple[AlertNotice, ...], tuple[tuple[AlertNotice, str], ...]]:
    """The notices that are worth telling as the alert is now, and the others with the reason why they are not."""
    kinds = {notice.kind for notice in notices}
    was_told = alert.told_at is not None
    dropped: dict[str, str] = {}
    if alert.state == "closed":
        reason = "Peringatan sudah selesai sebelum ini dikirim."
        dropped = dict.fromkeys(("raised", "grown", "turned", "escalated", "reopened"), reason)
        if not was_told:
            dropped["closed"] = reason
    elif "closed" in kinds:
        reason = "Peringatan dibuka kembali sebelum ini dikirim."
        dropped = {"closed": reason} | ({"reopened": reason} if was_told or "raised" in kinds else {})
    if alert.state == "acknowledged":
        dropped["escalated"] = "Sudah ditangani sebelum eskalasi dikirim."
    kept = tuple(notice for notice in notices if notice.kind not in dropped)
    return kept, tuple((notice, dropped[notice.kind]) for notice in notices if notice.kind in dropped)


def _why_held(alert: Alert, now: datetime, rules: TellingRules) -> str:
    """Why nothing is told of the alert now, in a sentence for the desk; empty where nothing is against it."""
    if alert.snoozed_until is not None and alert.is_snoozed(now):
        return say("Ditunda sampai {until}.", until=moment(alert.snoozed_until))
    quiet = rules.quiet.until(now)
    if quiet is not None and not alert.is_grave:
        return say("Jam tenang sampai {until}.", until=moment(quiet))
    return ""
