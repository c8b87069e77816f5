"""Alerts in memory, as the contract demands them of every store."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from service.domain.alert import Alert, AlertStanding
from service.domain.alert_life import AlertEvent, AlertNotice, AlertStep, ToldAlert, raising
from service.domain.alert_list import Place
from service.domain.message import OutboxEntry
from service.domain.recipient import Recipient, each_place_once

STANDINGS: tuple[AlertStanding, ...] = ("open", "assigned", "acknowledged", "snoozed", "closed")


@dataclass
class AlertRows:
    """What is kept of alerts."""

    alerts: dict[str, Alert] = field(default_factory=dict)
    events: list[AlertEvent] = field(default_factory=list)
    notices: dict[str, AlertNotice] = field(default_factory=dict)
    told: dict[tuple[str, str], ToldAlert] = field(default_factory=dict)

    def __copy__(self) -> "AlertRows":
        return AlertRows(dict(self.alerts), list(self.events), dict(self.notices), dict(self.told))

    def raise_alert(self, alert: Alert) -> bool:
        if alert.id in self.alerts or any(
            (it.rule_id, it.about) == (alert.rule_id, alert.about) for it in self.alerts.values()
        ):
            return False
        self.take(raising(alert, alert.raised))
        return True

    def take(self, step: AlertStep) -> None:
        self.alerts[step.alert.id] = step.alert
        self.events.append(step.event)
        if step.notice is not None:
            self.notices.setdefault(step.notice.id, step.notice)

    def about(self, abouts: Collection[str]) -> list[Alert]:
        own = [alert for alert in self.alerts.values() if alert.about in abouts]
        return sorted(own, key=lambda alert: (alert.raised, alert.id))

    def pending(self) -> list[AlertNotice]:
        waiting = [notice for notice in self.notices.values() if notice.state == "pending"]
        return sorted(waiting, key=lambda notice: (notice.at, notice.id))

    def told_about(self, about: str) -> list[ToldAlert]:
        alerts = {alert.id for alert in self.about([about])}
        own = [it for it in self.told.values() if it.alert_id in alerts]
        return sorted(own, key=lambda it: (it.at, it.message_id, it.alert_id))

    def awaiting(self) -> list[Alert]:
        waiting = [
            alert
            for alert in self.alerts.values()
            if alert.state == "open"
            and alert.escalate_minutes is not None
            and alert.escalated_at is None
            and alert.waits_since is not None
        ]
        return sorted(waiting, key=lambda alert: (alert.raised, alert.id))


class _Kept(Protocol):
    """What the fake store keeps of alerts and of messages."""

    alerts: AlertRows
    outbox: dict[str, OutboxEntry]


class FakeAlertBook:
    """The alerts as the desk reads them."""

    def __init__(self, kept: Callable[[], _Kept]) -> None:
        self._kept = kept

    def get(self, alert_id: str) -> Alert | None:
        return self._kept().alerts.alerts.get(alert_id)

    def about(self, abouts: Collection[str]) -> list[Alert]:
        return self._kept().alerts.about(abouts)

    def listed(
        self, standing: AlertStanding | None, now: datetime, limit: int, after: Place | None = None
    ) -> list[Place]:
        newest: dict[str, datetime] = {}
        for alert in self._kept().alerts.alerts.values():
            if standing in (None, alert.standing(now)):
                newest[alert.about] = max(alert.raised, newest.get(alert.about, alert.raised))
        places = sorted((Place(raised, about) for about, raised in newest.items()), key=_newest_first)
        return [it for it in places if after is None or _newest_first(it) > _newest_first(after)][:limit]

    def counts(self, now: datetime) -> dict[AlertStanding, int]:
        alerts = self._kept().alerts.alerts.values()
        return {it: len({alert.about for alert in alerts if alert.standing(now) == it}) for it in STANDINGS}

    def history(self, about: str) -> list[AlertEvent]:
        own = {alert.id for alert in self.about([about])}
        return sorted((it for it in self._kept().alerts.events if it.alert_id in own), key=lambda it: it.at)

    def notices(self, abouts: Collection[str]) -> list[AlertNotice]:
        own = {alert.id for alert in self.about(abouts)}
        return [notice for notice in self._kept().alerts.pending() if notice.alert_id in own]

    def messages(self, abouts: Collection[str]) -> dict[str, list[OutboxEntry]]:
        kept = self._kept()
        found: dict[str, list[OutboxEntry]] = {}
        for about in abouts:
            ids = {it.message_id for it in kept.alerts.told_about(about)}
            entries = [entry for entry in kept.outbox.values() if entry.message.id in ids]
            if entries:
                found[about] = sorted(entries, key=lambda it: (it.created, it.message.id))
        return found


def _newest_first(place: Place) -> tuple[float, str]:
    return -place.raised.timestamp(), place.about


class ListedRecipients:
    """Recipients that are known beforehand."""

    def __init__(self, recipients: Sequence[Recipient]) -> None:
        self._recipients = each_place_once(recipients)

    def for_alert(self, severity: str, regions: Collection[str], rule_id: str) -> list[Recipient]:
        """Those of them who want such an alert."""
        return [it for it in self._recipients if it.wants(severity, regions, rule_id)]
