"""Look after the outbox: see what became of messages, send them again, and try a channel out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from service.domain.account import Actor, read_email
from service.domain.message import Cause, DeliveryState, Message, OutboxEntry, OutboxFilter
from service.domain.recipient import MAIL, Channel, read_target
from service.domain.subscription import without_links
from service.domain.wording.language import say
from service.domain.wording.trial import SUBJECT, trial_text
from service.errors import ChannelError
from service.ports import ArticleStore, Clock, Outbox
from service.usecases.people import People
from service.usecases.signing_in import new_id

PAGE = 50


class LookAfterOutbox:
    """What people do with the outbox; who did it stands in the audit."""

    def __init__(
        self, store: ArticleStore, outbox: Outbox, people: People, channels: Mapping[str, Channel], clock: Clock
    ) -> None:
        """`channels` by their names, the mail among them."""
        self._store = store
        self._outbox = outbox
        self._people = people
        self._clock = clock
        self.channels = channels

    def page(self, asked: OutboxFilter, number: int) -> tuple[list[OutboxEntry], bool]:
        """That page of the messages that match, the newest first, from 1 on; and whether there are more.

        Left out here and below is what would open somebody's account or choose for a digest's recipient: what messages
        for accounts say, and the recipients' own links.
        """
        found = self._outbox.entries(asked, limit=PAGE + 1, offset=(number - 1) * PAGE)
        return [_shown(entry) for entry in found[:PAGE]], len(found) > PAGE

    def entry(self, message_id: str) -> OutboxEntry | None:
        """The message, without its files; None where there is none such."""
        return next((_shown(it) for it in self._outbox.entries(OutboxFilter(message_id=message_id))), None)

    def tally(self) -> dict[tuple[DeliveryState, Cause, str], int]:
        """How many messages there are by state, cause and channel."""
        return self._outbox.tally()

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the message has been due that waits longest; None where none is."""
        return self._outbox.oldest_due(now)

    def retry(self, by: Actor, asked: OutboxFilter) -> int:
        """Let what was given up and matches be tried again at once, as if for the first time; how many."""
        again = self._outbox.retry(asked, self._clock())
        if again:
            told = again[0] if len(again) == 1 else f"{len(again)} pesan"
            self._people.record(by, "message-retried", told)
        return len(again)

    def send_test(self, by: Actor, channel: str, address: str) -> str:
        """Put a message into the outbox that says it is a test; its id.

        Where the channel leads to one place, `address` is not used. ChannelError, worded for a person, where it cannot
        be sent there.
        """
        known = self.channels.get(channel)
        if known is None:
            raise ChannelError(
                say(
                    "Tidak ada saluran {channel}. Pilih: {known}.",
                    channel=repr(channel[:40]),
                    known=", ".join(self.channels),
                )
            )
        recipient = _recipient(known, address)
        now = self._clock()
        text = trial_text(known.label, by.name, now)
        message = Message(f"test-{new_id()}", recipient, SUBJECT, text, channel=channel)
        with self._store.transaction() as transaction:
            transaction.enqueue(message, "test", now)
        self._people.record(by, "test-sent", f"{known.label}: {recipient}" if recipient else known.label)
        return message.id


def _shown(entry: OutboxEntry) -> OutboxEntry:
    if entry.cause == "account":
        return replace(entry, message=replace(entry.message, text="", html=None))
    return replace(entry, message=without_links(entry.message))


def _recipient(channel: Channel, address: str) -> str:
    if not channel.is_personal:
        return ""
    recipient = read_email(address) if channel.name == MAIL else read_target(address)
    if recipient is None:
        raise ChannelError(
            say(
                "Alamat untuk {channel} tidak dikenali: {address}.",
                channel=channel.label,
                address=repr(address.strip()[:80]),
            )
        )
    return recipient
