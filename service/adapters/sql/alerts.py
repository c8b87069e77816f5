"""Alerts: how they stand, their history, what is to be told of them, and what was told to whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, not_, or_, select, update

from service.adapters.sql import outgoing
from service.adapters.sql.engine import insert_new, transacting
from service.adapters.sql.entering import batches
from service.adapters.sql.rows import alert_of, alert_row, event_of, event_row, notice_of, notice_row, told_of, told_row
from service.adapters.sql.schema import alert_events, alert_messages, alert_notices, alerts, articles, outbox
from service.domain.alert import Alert, AlertStanding
from service.domain.alert_life import AlertEvent, AlertNotice, AlertStep, ToldAlert, raising
from service.domain.alert_list import Place
from service.domain.message import OutboxEntry

_STANDINGS: Sequence[AlertStanding] = ("open", "assigned", "acknowledged", "snoozed", "closed")


def raise_alert(connection: Connection, new: Alert) -> bool:
    """Keep the alert with its first line of history and what is to be told, unless its rule has one about the same."""
    # It may have moved on to another story.
    if alert(connection, new.id) is not None or not insert_new(connection, alerts, alert_row(new), "rule_id", "about"):
        return False
    take_step(connection, raising(new, new.raised))
    return True


def take_step(connection: Connection, step: AlertStep) -> None:
    """Write what the step makes of the alert."""
    connection.execute(update(alerts).where(alerts.c.id == step.alert.id).values(**alert_row(step.alert)))
    connection.execute(insert(alert_events).values(**event_row(step.event)))
    if step.notice is not None:
        insert_new(connection, alert_notices, notice_row(step.notice), "id")


def alert(connection: Connection, alert_id: str) -> Alert | None:
    """The alert, or None."""
    found = connection.execute(select(alerts).where(alerts.c.id == alert_id)).mappings().first()
    return None if found is None else alert_of(found)


def alerts_about(connection: Connection, abouts: Collection[str]) -> list[Alert]:
    """The alerts about these, as they were raised."""
    found: list[Alert] = []
    for some in batches(list(abouts)):
        rows = select(alerts).where(alerts.c.about.in_(some)).order_by(alerts.c.raised, alerts.c.id)
        found += [alert_of(row) for row in connection.execute(rows).mappings()]
    return found


def story_outlets(connection: Connection, story_id: str) -> int:
    """How many outlets tell the story in relevant articles."""
    of = articles.c
    counted = select(func.count(of.outlet.distinct())).where(of.story_id == story_id, of.relevance == "relevant")
    return connection.scalar(counted) or 0


def pending_notices(connection: Connection) -> list[AlertNotice]:
    """What is to be told, the oldest first."""
    of = alert_notices.c
    rows = select(alert_notices).where(of.state == "pending").order_by(of.at, of.id)
    return [notice_of(row) for row in connection.execute(rows).mappings()]


def settle_notice(connection: Connection, notice: AlertNotice) -> None:
    """Write state and reason of the notice."""
    connection.execute(
        update(alert_notices).where(alert_notices.c.id == notice.id).values(state=notice.state, reason=notice.reason)
    )


def record_told(connection: Connection, told: ToldAlert) -> None:
    """Write that a message tells a recipient of the alert."""
    insert_new(connection, alert_messages, told_row(told), "alert_id", "message_id")


def told_about(connection: Connection, about: str) -> list[ToldAlert]:
    """What was told about this, the first message first."""
    of = alert_messages.c
    rows = (
        select(alert_messages)
        .join(alerts, alerts.c.id == of.alert_id)
        .where(alerts.c.about == about)
        .order_by(of.at, of.message_id, of.alert_id)
    )
    return [told_of(row) for row in connection.execute(rows).mappings()]


def awaiting(connection: Connection) -> list[Alert]:
    """The open alerts that are to be escalated where nobody acknowledges them, and were not yet."""
    of = alerts.c
    rows = select(alerts).where(
        of.state == "open", of.escalate_minutes.is_not(None), of.escalated_at.is_(None), of.waits_since.is_not(None)
    )
    return [alert_of(row) for row in connection.execute(rows.order_by(of.raised, of.id)).mappings()]


class SqlAlertBook:
    """The alerts as the desk reads them."""

    def __init__(self, reader: Engine) -> None:
        self._reader = reader

    def get(self, alert_id: str) -> Alert | None:
        """The alert, or None."""
        with transacting(self._reader) as connection:
            return alert(connection, alert_id)

    def about(self, abouts: Collection[str]) -> list[Alert]:
        """The alerts about these, as they were raised."""
        with transacting(self._reader) as connection:
            return alerts_about(connection, abouts)

    def listed(
        self, standing: AlertStanding | None, now: datetime, limit: int, after: Place | None = None
    ) -> list[Place]:
        """What alerts of this standing (of any, where None) are about, that of the newest alert first."""
        of = alerts.c
        newest = func.max(of.raised).label("raised")
        wanted = select(of.about, newest).group_by(of.about).order_by(newest.desc(), of.about).limit(limit)
        if standing is not None:
            wanted = wanted.where(_stands(standing, now))
        if after is not None:
            is_later = or_(newest < after.raised, and_(newest == after.raised, of.about > after.about))
            wanted = wanted.having(is_later)
        with transacting(self._reader) as connection:
            return [Place(row.raised, row.about) for row in connection.execute(wanted)]

    def counts(self, now: datetime) -> dict[AlertStanding, int]:
        """About how many things there are alerts of each standing."""
        with transacting(self._reader) as connection:
            return {
                standing: connection.scalar(select(func.count(alerts.c.about.distinct())).where(_stands(standing, now)))
                or 0
                for standing in _STANDINGS
            }

    def history(self, about: str) -> list[AlertEvent]:
        """What happened to the alerts about this, the first first."""
        of = alert_events.c
        rows = (
            select(alert_events)
            .join(alerts, alerts.c.id == of.alert_id)
            .where(alerts.c.about == about)
            .order_by(of.at, of.id)
        )
        with transacting(self._reader) as connection:
            return [event_of(row) for row in connection.execute(rows).mappings()]

    def notices(self, abouts: Collection[str]) -> list[AlertNotice]:
        """What waits to be told of the alerts about these, the oldest first."""
        of = alert_notices.c
        rows = (
            select(alert_notices)
            .join(alerts, alerts.c.id == of.alert_id)
            .where(alerts.c.about.in_(list(abouts)), of.state == "pending")
            .order_by(of.at, of.id)
        )
        with transacting(self._reader) as connection:
            return [notice_of(row) for row in connection.execute(rows).mappings()]

    def messages(self, abouts: Collection[str]) -> dict[str, list[OutboxEntry]]:
        """The messages that told of each of these, the first first, as far as they are kept."""
        of = alert_messages.c
        pairs = (
            select(alerts.c.about, of.message_id)
            .join(alerts, alerts.c.id == of.alert_id)
            .where(alerts.c.about.in_(list(abouts)))
            .distinct()
        )
        found: dict[str, list[OutboxEntry]] = defaultdict(list)
        with transacting(self._reader) as connection:
            told = connection.execute(pairs).all()
            ids = sorted({row.message_id for row in told})
            kept = [
                entry
                for some in batches(ids)
                for entry in outgoing.entries(connection, select(outbox).where(outbox.c.id.in_(some)))
            ]
        for entry in sorted(kept, key=lambda it: (it.created, it.message.id)):
            for row in told:
                if row.message_id == entry.message.id:
                    found[row.about].append(entry)
        return dict(found)


def _stands(standing: AlertStanding, now: datetime) -> ColumnElement[bool]:
    """As `Alert.standing` tells it."""
    of = alerts.c
    if standing == "closed":
        return of.state == "closed"
    is_snoozed = and_(of.snoozed_until.is_not(None), of.snoozed_until > now)
    if standing == "snoozed":
        return and_(of.state != "closed", is_snoozed)
    awake: Any = or_(of.snoozed_until.is_(None), not_(of.snoozed_until > now))
    if standing == "assigned":
        return and_(of.state != "closed", awake, of.assigned_to.is_not(None))
    return and_(of.state == standing, awake, of.assigned_to.is_(None))
