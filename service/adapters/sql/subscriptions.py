"""What people of the desk want to be told of at once, in SQL."""

from sqlalchemy import ColumnElement, Engine, RowMapping, and_, delete, select

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import alert_subscriptions, people
from service.domain.account import Person
from service.domain.recipient import AlertLimits, Subscription

_KEPT = alert_subscriptions.c
_PERSON = ("email", "name", "role", "created", "active")


class SqlSubscriptions:
    """Subscriptions in the store's database; each change is a short transaction of its own."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def of(self, person_id: str) -> list[Subscription]:
        """The person's entries, by channel."""
        own = select(alert_subscriptions).where(_KEPT.person_id == person_id).order_by(_KEPT.channel)
        with transacting(self._reader) as connection:
            return [_subscription(row) for row in connection.execute(own).mappings()]

    def active(self) -> list[tuple[Subscription, Person]]:
        """The entries of everybody who is active, the first changed first."""
        found = (
            select(alert_subscriptions, *(people.c[name] for name in _PERSON))
            .join(people, people.c.id == _KEPT.person_id)
            .where(people.c.active)
            .order_by(_KEPT.changed, _KEPT.person_id, _KEPT.channel)
        )
        with transacting(self._reader) as connection:
            rows = connection.execute(found).mappings().all()
        return [
            (_subscription(row), Person(id=row["person_id"], **{name: row[name] for name in _PERSON})) for row in rows
        ]

    def put(self, subscription: Subscription) -> None:
        """Keep the entry in the place of the person's earlier one of that channel."""
        of = subscription.limits
        row = {
            "person_id": subscription.person_id,
            "channel": subscription.channel,
            "address": subscription.address,
            "severities": sorted(of.severities),
            "regions": sorted(of.regions),
            "rules": sorted(of.rules),
            "changed": subscription.changed,
        }
        with transacting(self._writer) as connection:
            connection.execute(delete(alert_subscriptions).where(_is(subscription.person_id, subscription.channel)))
            connection.execute(alert_subscriptions.insert().values(**row))

    def delete(self, person_id: str, channel: str) -> bool:
        """Forget that entry; False where there is none such."""
        with transacting(self._writer) as connection:
            return connection.execute(delete(alert_subscriptions).where(_is(person_id, channel))).rowcount == 1


def _is(person_id: str, channel: str) -> ColumnElement[bool]:
    return and_(_KEPT.person_id == person_id, _KEPT.channel == channel)


def _subscription(row: RowMapping) -> Subscription:
    limits = AlertLimits(frozenset(row["severities"]), frozenset(row["regions"]), frozenset(row["rules"]))
    return Subscription(row["person_id"], row["channel"], row["address"], limits, row["changed"])
