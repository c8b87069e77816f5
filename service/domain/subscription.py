"""Who of a digest's recipients wants none for now, and the signed links by which they say so.

A link names group and recipient and carries a seal, so that it works without a session and for nobody else; the
recipient's address does not stand in it.
"""

import hmac
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from service.domain.message import Message

LONGEST_TOKEN = 120
LONGEST_PAUSE_DAYS = 366

_PERSONAL = re.compile(r"/langganan/[^/\s\"'<>]+\.[0-9a-f]{16}\.[0-9a-f]{32}(?:/berhenti)?")
"""The path of a recipient's own links, under whatever address the desk had when they were written."""

Way = Literal["one-click", "page"]
"""How somebody left: by the button of their mail program (RFC 8058), or on our page."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A recipient who gets none of a group's digests: since they `left`, or before the day `paused_until`."""

    group: str
    recipient: str
    changed: datetime
    way: Way
    left: datetime | None = None
    paused_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the digest of that day is not for them."""
        return self.left is not None or (self.paused_until is not None and day < self.paused_until)


@dataclass(frozen=True, slots=True)
class MailLinks:
    """The addresses that a recipient's own mail carries: of their choices, and of leaving the group."""

    choices: str
    leave: str


def fingerprint(recipient: str) -> str:
    """What stands for a recipient where their address must not."""
    return sha256(recipient.strip().casefold().encode()).hexdigest()[:16]


def sign(key: bytes, group: str, recipient: str) -> str:
    """The part of a link that tells whose it is; the same for the same group and recipient."""
    whose = fingerprint(recipient)
    return f"{group}.{whose}.{_seal(key, group, whose)}"


def read_token(key: bytes, token: str) -> tuple[str, str] | None:
    """Group and recipient's fingerprint that were signed with the key; None where nothing was."""
    parts = token.split(".") if len(token) <= LONGEST_TOKEN and token.isascii() else []
    if len(parts) != 3:
        return None
    group, whose, seal = parts
    return (group, whose) if hmac.compare_digest(seal, _seal(key, group, whose)) else None


def without_links(message: Message) -> Message:
    """The message with the page of all digests in the place of its recipient's own links, which others could use."""
    return replace(
        message,
        subject=_impersonal(message.subject),
        text=_impersonal(message.text),
        html=None if message.html is None else _impersonal(message.html),
        headers={name: _impersonal(value) for name, value in message.headers.items()},
    )


def _impersonal(text: str) -> str:
    return _PERSONAL.sub("/ringkasan", text)


def _seal(key: bytes, group: str, whose: str) -> str:
    return hmac.new(key, f"digest\n{group}\n{whose}".encode(), sha256).hexdigest()[:32]
