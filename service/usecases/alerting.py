"""Alert: deliver the outbox. A message leaves at least once; its id stays, so that a second copy can be recognised."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from service.domain.message import OutboxEntry
from service.errors import DeliveryError, DeliveryRefused
from service.ports import ArticleStore, Clock, Notifier

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
"""An alert that is half a day late still is worth reading, so the pauses stop growing here."""

_BATCH = 50

Jitter = Callable[[], float]
"""A number from 0 up to 1, each time another."""


@dataclass(slots=True)
class DeliveryReport:
    """What became of the messages that were due."""

    sent: int = 0
    retried: int = 0
    dead: int = 0


class Deliver:
    """Sends what is due. A message that cannot be delivered now waits, longer each time; after `max_attempts` it is
    put aside as dead, with the reason, as is one that is refused for good.
    """

    def __init__(
        self, store: ArticleStore, notifier: Notifier, clock: Clock, *, jitter: Jitter, max_attempts: int = 12
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock
        self._jitter = jitter
        self._max_attempts = max_attempts

    def run(self) -> DeliveryReport:
        """Try each message that is due at this moment once."""
        report = DeliveryReport()
        now = self._clock()
        tried: set[str] = set()
        while True:
            # A message whose next try is due at once comes back from the store; it has had its turn in this run.
            due = [it for it in self._store.due_messages(now, len(tried) + _BATCH) if it.message.id not in tried]
            if not due:
                return report
            for entry in due:
                tried.add(entry.message.id)
                self._deliver(entry, report)

    def _deliver(self, entry: OutboxEntry, report: DeliveryReport) -> None:
        message = entry.message
        try:
            self._notifier.send(message)
        except DeliveryRefused as error:
            self._give_up(entry, error)
            report.dead += 1
        except DeliveryError as error:
            attempts = entry.attempts + 1
            if attempts >= self._max_attempts:
                self._give_up(entry, error)
                report.dead += 1
            else:
                pause = pause_after(attempts, self._jitter())
                self._store.mark_failed(message.id, str(error), self._clock() + pause)
                logger.warning("message not delivered", extra={"message_id": message.id, "again_in": str(pause)})
                report.retried += 1
        else:
            self._store.mark_sent(message.id, self._clock())
            report.sent += 1

    def _give_up(self, entry: OutboxEntry, error: DeliveryError) -> None:
        self._store.mark_failed(entry.message.id, str(error), None)
        logger.error("message is undeliverable", extra={"message_id": entry.message.id, "reason": str(error)})


def pause_after(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many failed attempts: doubled each time, up to a limit, and spread by half of that.

    Without the spread, all messages that a mail server's outage held up would come back in the same second.
    """
    doublings = min(attempts - 1, 20)
    pause = min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
    return pause * (0.5 + 0.5 * jitter)
