"""A message to a person, as the outbox keeps it until it is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Cause = Literal["alert", "digest", "account"]
"""What a message is sent for. One for an account carries a secret, so its text is forgotten once it is out."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient. `id` is derived from its cause, so that a retry is the same message."""

    id: str
    recipient: str
    subject: str
    text: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A message and the state of its delivery."""

    message: Message
    cause: Cause
    state: Literal["pending", "sent", "dead"]
    attempts: int
    due: datetime
    created: datetime
    sent: datetime | None = None
    error: str | None = None
