"""Whom alerts go to, over which channel, and which of them."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from service.domain.account import Person
from service.domain.alert_rule import is_within

MAIL = "mail"
"""The channel that there always is."""

LONGEST_TARGET = 64
_TARGET = re.compile(rf"[+@#]?[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_TARGET - 2}}}|-[0-9]{{5,20}}")
"""A telephone number, a name such as @humas, the number of a chat; nothing that could change an address around it."""


@dataclass(frozen=True, slots=True)
class AlertLimits:
    """Which alerts are wanted: of these severities, regions (with all below them) and rules; empty means all."""

    severities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    def allow(self, severity: str, regions: Collection[str], rule_id: str) -> bool:
        """Whether such an alert is wanted; one that names no region is none of a region."""
        return (
            (not self.severities or severity in self.severities)
            and (not self.rules or rule_id in self.rules)
            and (not self.regions or any(is_within(code, self.regions) for code in regions))
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody, or a room, that alerts are sent to; `id` stays the same from one alert to the next.

    `address` is what the channel needs to find them: an e-mail address, a chat's number; empty where the channel leads
    to one place.
    """

    id: str
    name: str
    channel: str = MAIL
    address: str = ""
    severities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    def wants(self, severity: str, regions: Collection[str], rule_id: str) -> bool:
        """Whether an alert of this severity, of these regions' codes and under this rule is for them."""
        return AlertLimits(self.severities, self.regions, self.rules).allow(severity, regions, rule_id)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which messages leave the house, as people are told of it.

    With `is_personal` everybody gives an address of their own; else it leads to one place, which gets the alerts within
    `limits` if `alerts` says so.
    """

    name: str
    label: str
    kind: str
    is_personal: bool = False
    alerts: bool = False
    limits: AlertLimits = AlertLimits()


MAIL_CHANNEL = Channel(MAIL, "Surel", MAIL, is_personal=True)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a person of the desk wants to be told of over one channel; of the mail, `address` is empty: it is theirs."""

    person_id: str
    channel: str
    address: str
    limits: AlertLimits
    changed: datetime


def recipient_of_mail(address: str) -> Recipient:
    """Somebody whom the settings name, who gets every alert."""
    return Recipient(recipient_id(MAIL, address), address, MAIL, address)


def recipient_of_room(channel: Channel) -> Recipient:
    """The one place where a channel leads, with the limits that the settings set."""
    of = channel.limits
    found = recipient_id(channel.name, "")
    return Recipient(found, channel.label, channel.name, "", of.severities, of.regions, of.rules)


def recipient_of(subscription: Subscription, person: Person) -> Recipient:
    """The person as the recipient of what they asked for."""
    of = subscription.limits
    address = person.email if subscription.channel == MAIL else subscription.address
    found = recipient_id(subscription.channel, address)
    return Recipient(found, person.name, subscription.channel, address, of.severities, of.regions, of.rules)


def recipient_id(channel: str, address: str) -> str:
    """What names the recipient in ids of messages: the same place over the same channel, whoever asked for it."""
    named = address.casefold() if channel == MAIL else f"{channel}\n{address}"
    return sha256(named.encode()).hexdigest()[:12]


def each_place_once(recipients: Iterable[Recipient]) -> list[Recipient]:
    """The first recipient of each place: nobody is told twice over the same channel."""
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(recipient.id, recipient)
    return list(found.values())


def read_target(text: str) -> str | None:
    """The address of a person on a channel of chats; None where it is none."""
    target = text.strip()
    return target if _TARGET.fullmatch(target) else None
