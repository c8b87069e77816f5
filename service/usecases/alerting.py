"""Alert: deliver the outbox. A message leaves at least once; its id stays, so that a second copy can be recognised."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from service.domain.message import Lane, OutboxEntry
from service.domain.recipient import MAIL
from service.errors import ChannelDown, DeliveryError, DeliveryRefused
from service.ports import ArticleStore, Clock, Notifier

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
"""An alert that is half a day late still is worth reading, so the pauses stop growing here."""

LEASE = timedelta(minutes=5)
"""How long nobody else tries a message that is being sent; longer than any notifier takes for one."""

RUN_LASTS = timedelta(minutes=1)
"""After so long a run begins no further message; what is left comes in the next."""

SLOW = timedelta(seconds=5)
"""Who fails after so long is not tried again in the same run: others wait."""

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

    Each message is claimed before it is sent, so that several processes and threads may deliver at once. Each channel
    is a lane of its own: where one does not serve, only its messages wait.
    """

    def __init__(
        self,
        store: ArticleStore,
        notifier: Notifier,
        clock: Clock,
        *,
        jitter: Jitter,
        max_attempts: int = 12,
        channels: Collection[str] = (),
        lease: timedelta = LEASE,
    ) -> None:
        """`channels` are those besides the mail, which also takes what is for none that there is."""
        self._store = store
        self._notifier = notifier
        self._clock = clock
        self._jitter = jitter
        self._max_attempts = max_attempts
        self._channels = tuple(channels)
        self._lease = lease

    @property
    def lanes(self) -> tuple[str, ...]:
        """The names of the channels that can be run side by side."""
        return (MAIL, *self._channels)

    def run(self, channel: str | None = None, *, at_most: timedelta = RUN_LASTS) -> DeliveryReport:
        """Try each message that is due at this moment once; only those of one channel, or one channel after another.

        Each channel begins no further message once `at_most` is over, or once it turns out not to serve.
        """
        report = DeliveryReport()
        for name in self.lanes if channel is None else (channel,):
            lane = Lane(others=frozenset(self._channels)) if name == MAIL else Lane(name)
            self._empty(lane, self._clock() + at_most, report)
        return report

    def run_one(self, message_id: str) -> DeliveryReport:
        """Try this message, if it is due and nobody else is sending it."""
        report = DeliveryReport()
        self._empty(Lane(message_id=message_id), self._clock() + RUN_LASTS, report)
        return report

    def _empty(self, lane: Lane, until: datetime, report: DeliveryReport) -> None:
        due = self._clock()
        while (now := self._clock()) < until:
            claim = uuid4().hex
            entry = self._store.claim_message(lane, claim, now, now + self._lease, due)
            if entry is None:
                return
            error = self._deliver(entry, claim, report)
            if isinstance(error, ChannelDown):
                return
            if error is not None and self._clock() - now >= SLOW:
                lane = replace(lane, avoided=lane.avoided | {entry.message.recipient})

    def _deliver(self, entry: OutboxEntry, claim: str, report: DeliveryReport) -> DeliveryError | None:
        """Try the message and write down what became of it; the error, if there was one."""
        error = self._send(entry)
        attempts = entry.attempts + 1
        if error is None:
            self._store.mark_sent(entry.message.id, self._clock())
            report.sent += 1
        elif isinstance(error, DeliveryRefused) or attempts >= self._max_attempts:
            self._store.mark_failed(entry.message.id, str(error), None, claim)
            logger.error("message is undeliverable", extra={"message_id": entry.message.id, "reason": str(error)})
            report.dead += 1
        else:
            pause = pause_after(attempts, self._jitter())
            self._store.mark_failed(entry.message.id, str(error), self._clock() + pause, claim)
            logger.warning("message not delivered", extra={"message_id": entry.message.id, "again_in": str(pause)})
            report.retried += 1
        return error

    def _send(self, entry: OutboxEntry) -> DeliveryError | None:
        try:
            self._notifier.send(entry.message)
        except DeliveryError as error:
            return error
        except Exception as error:
            # Whatever is wrong with one message, the others are sent.
            logger.exception("message could not be sent", extra={"message_id": entry.message.id})
            return DeliveryError(f"an error of Pantau itself ({type(error).__name__}); the log tells more")
        return None


def pause_after(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many failed attempts: doubled each time, up to a limit, and spread by half of that.

    Without the spread, all messages that a mail server's outage held up would come back in the same second.
    """
    doublings = min(attempts - 1, 20)
    pause = min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
    return pause * (0.5 + 0.5 * jitter)
