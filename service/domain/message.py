"""A message to a person, as the outbox keeps it until it is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Cause = Literal["alert", "digest", "account", "test"]
"""What a message is sent for. One for an account carries a secret, so its text is forgotten once it is out."""


DeliveryState = Literal["pending", "sent", "dead"]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message. A picture shown inside the HTML is found there as `cid:<name>`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient. `id` is derived from its cause, so that a retry is the same message.

    `channel` is how it leaves, `thread` the id of the message that began the conversation it belongs to.
    """

    id: str
    recipient: str
    subject: str
    text: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    channel: str = "mail"
    thread: str | None = None
    images: tuple[Attached, ...] = ()
    attachments: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A message and the state of its delivery.

    `held` says, in the language of the desk, why it leaves no earlier than `due`, where somebody wanted it so.
    """

    message: Message
    cause: Cause
    state: DeliveryState
    attempts: int
    due: datetime
    created: datetime
    sent: datetime | None = None
    error: str | None = None
    held: str | None = None

    @property
    def can_be_retried(self) -> bool:
        """Whether it was given up and can be sent all the same; of one for an account the text is forgotten."""
        return self.state == "dead" and self.cause != "account"


@dataclass(frozen=True, slots=True)
class Lane:
    """Which due messages one sender takes: those of `channel`, or of every channel but `others`; or only `message_id`.

    Recipients in `avoided` have to wait.
    """

    channel: str | None = None
    others: frozenset[str] = frozenset()
    message_id: str | None = None
    avoided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OutboxFilter:
    """Which messages are asked for; None means all."""

    state: DeliveryState | None = None
    cause: Cause | None = None
    channel: str | None = None
    message_id: str | None = None
