"""A message to a person, as the outbox keeps it until it is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Cause = Literal["alert", "digest", "account"]
"""What a message is sent for. One for an account carries a secret, so its text is forgotten once it is out."""


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
    state: Literal["pending", "sent", "dead"]
    attempts: int
    due: datetime
    created: datetime
    sent: datetime | None = None
    error: str | None = None
    held: str | None = None
