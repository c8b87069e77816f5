"""The outbox in memory, as it is delivered and looked after."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from service.domain.message import Cause, DeliveryState, Lane, OutboxEntry, OutboxFilter


def claimable(
    outbox: Mapping[str, OutboxEntry],
    claims: Mapping[str, tuple[str, datetime]],
    lane: Lane,
    now: datetime,
    due: datetime,
) -> list[OutboxEntry]:
    """What the lane may be given, in the order in which it is."""
    free = [it for it in outbox.values() if it.message.id not in claims or claims[it.message.id][1] <= now]
    wanted = [
        it
        for it in free
        if it.state == "pending"
        and it.due <= due
        and lane.channel in (None, it.message.channel)
        and it.message.channel not in lane.others
        and lane.message_id in (None, it.message.id)
        and it.message.recipient not in lane.avoided
    ]
    return sorted(wanted, key=lambda it: (it.attempts > 0, it.cause == "digest", it.due, it.message.id))


class FakeOutbox:
    def __init__(self, outbox: Callable[[], dict[str, OutboxEntry]]) -> None:
        self._outbox = outbox

    def entries(self, asked: OutboxFilter, *, limit: int = 50, offset: int = 0) -> list[OutboxEntry]:
        found = [it for it in self._outbox().values() if _matches(it, asked)]
        newest = sorted(found, key=lambda it: (-it.created.timestamp(), it.message.id))
        return newest[offset : offset + limit]

    def tally(self) -> dict[tuple[DeliveryState, Cause, str], int]:
        return dict(Counter((it.state, it.cause, it.message.channel) for it in self._outbox().values()))

    def oldest_due(self, now: datetime) -> datetime | None:
        return min((it.due for it in self._outbox().values() if it.state == "pending" and it.due <= now), default=None)

    def retry(self, asked: OutboxFilter, at: datetime) -> list[str]:
        found = [it for it in self._outbox().values() if it.can_be_retried and _matches(it, asked)]
        for it in found:
            self._outbox()[it.message.id] = replace(it, state="pending", attempts=0, due=at, held=None)
        return sorted(it.message.id for it in found)


def _matches(entry: OutboxEntry, asked: OutboxFilter) -> bool:
    return (
        asked.state in (None, entry.state)
        and asked.cause in (None, entry.cause)
        and asked.channel in (None, entry.message.channel)
        and asked.message_id in (None, entry.message.id)
    )
