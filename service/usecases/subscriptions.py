"""Let recipients of digests choose by the signed links of their mails, without an account."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service.domain.digest_group import DigestGroup
from service.domain.subscription import (
    LONGEST_PAUSE_DAYS,
    Absence,
    MailLinks,
    Way,
    fingerprint,
    read_token,
    sign,
)
from service.domain.wording.language import say
from service.errors import SubscriptionError
from service.ports import Clock, Digests

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """A group that somebody is a recipient of, and whether they keep away from it."""

    group: DigestGroup
    absence: Absence | None

    @property
    def has_left(self) -> bool:
        """Whether they unsubscribed."""
        return self.absence is not None and self.absence.left is not None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Whose link it is, which group's mail carried it, and what they chose of all groups that name them."""

    recipient: str
    group: DigestGroup
    choices: tuple[Choice, ...]

    @property
    def has_left(self) -> bool:
        """Whether they unsubscribed from the group of the link."""
        return any(it.has_left for it in self.choices if it.group.id == self.group.id)

    @property
    def paused_until(self) -> date | None:
        """Until when they pause, None where they do not."""
        return max(
            (it.absence.paused_until for it in self.choices if it.absence and it.absence.paused_until), default=None
        )


class Subscriptions:
    """Everything that a recipient decides about their digests. Recipients stay in the configuration."""

    def __init__(self, digests: Digests, groups: Sequence[DigestGroup], clock: Clock, base_url: str) -> None:
        self._digests = digests
        self._groups = groups
        self._clock = clock
        self._base_url = base_url.rstrip("/")

    def links(self, group_id: str, recipient: str) -> MailLinks:
        """The addresses that this recipient's mail of the group carries."""
        choices = f"{self._base_url}/langganan/{sign(self._digests.signing_key(), group_id, recipient)}"
        return MailLinks(choices, f"{choices}/berhenti")

    def wants(self, group_id: str, recipient: str, day: date) -> bool:
        """Whether the group's digest of that day is for this recipient."""
        absence = self._kept(recipient).get(group_id)
        return absence is None or not absence.holds(day)

    def whose(self, token: str) -> Subscriber | None:
        """Whose link that is; None where it is none of ours, or they are no recipient of the group any more."""
        signed = read_token(self._digests.signing_key(), token)
        if signed is None:
            return None
        group = next((it for it in self._groups if it.id == signed[0]), None)
        recipient = next((it for it in (group.recipients if group else ()) if fingerprint(it) == signed[1]), None)
        if group is None or recipient is None:
            return None
        kept = self._kept(recipient)
        theirs = [it for it in self._groups if signed[1] in map(fingerprint, it.recipients)]
        return Subscriber(recipient, group, tuple(Choice(it, kept.get(it.id)) for it in theirs))

    def leave(self, token: str, way: Way) -> Subscriber | None:
        """The subscriber, who gets nothing of the link's group from now on; None as `whose`."""
        subscriber = self.whose(token)
        if subscriber is None or subscriber.has_left:
            return subscriber
        now = self._clock()
        self._digests.put_absences([Absence(subscriber.group.id, _key(subscriber.recipient), now, way, left=now)])
        logger.info("a recipient left a digest", extra={"group": subscriber.group.id, "way": way})
        return self.whose(token)

    def choose(self, token: str, wanted: frozenset[str], paused_until: date | None) -> Subscriber | None:
        """The subscriber with these groups and this pause; None as `whose`.

        SubscriptionError where the pause has no day, or is over, or is too long.
        """
        subscriber = self.whose(token)
        if subscriber is None:
            return None
        now = self._clock()
        today = now.astimezone(subscriber.group.zone).date()
        if paused_until is not None and not today < paused_until <= today + timedelta(days=LONGEST_PAUSE_DAYS):
            raise SubscriptionError(say("Pilih tanggal sesudah hari ini, paling lama setahun."))
        self._digests.put_absences(
            [
                Absence(
                    it.group.id,
                    _key(subscriber.recipient),
                    now,
                    "page",
                    left=None if it.group.id in wanted else (it.absence and it.absence.left) or now,
                    paused_until=paused_until,
                )
                for it in subscriber.choices
            ]
        )
        return self.whose(token)

    def absences(self) -> list[Absence]:
        """Everybody who left a group or pauses today, by address and group: what admins see."""
        return [it for it in self._digests.absences() if it.left is not None or self._is_paused(it)]

    def _is_paused(self, absence: Absence) -> bool:
        group = next((it for it in self._groups if it.id == absence.group), None)
        return group is not None and absence.holds(self._clock().astimezone(group.zone).date())

    def _kept(self, recipient: str) -> dict[str, Absence]:
        return {it.group: it for it in self._digests.absences() if it.recipient == _key(recipient)}


def _key(recipient: str) -> str:
    return recipient.strip().casefold()
