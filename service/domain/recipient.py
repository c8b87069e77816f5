"""Whom alerts go to, over which channel, and which of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

MAIL = "mail"
"""The channel that there always is."""


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
        return (
            (not self.severities or severity in self.severities)
            and (not self.rules or rule_id in self.rules)
            and (not self.regions or any(_is_within(code, self.regions) for code in regions))
        )


def recipient_of_mail(address: str) -> Recipient:
    """Somebody whom the settings name, who gets every alert."""
    return Recipient(recipient_id(MAIL, address), address, MAIL, address)


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


def _is_within(code: str, wanted: Collection[str]) -> bool:
    return code in wanted or code.split(".")[0] in wanted
