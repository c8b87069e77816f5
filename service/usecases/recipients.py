"""Whom alerts go to: who stands in the settings, rooms of channels, and people who asked for it on the desk."""

from collections.abc import Collection, Mapping, Sequence

from service.domain.account import Person
from service.domain.recipient import (
    MAIL,
    AlertLimits,
    Channel,
    Recipient,
    Subscription,
    each_place_once,
    read_target,
    recipient_of,
    recipient_of_mail,
    recipient_of_room,
)
from service.domain.wording.language import say
from service.errors import ChannelError
from service.ports import Clock, Subscriptions


class AlertRecipients:
    """The settings' `addresses` get every alert, the rooms what the settings allow, people what they asked for."""

    def __init__(
        self, addresses: Sequence[str], channels: Mapping[str, Channel], subscriptions: Subscriptions, clock: Clock
    ) -> None:
        """`channels` by their names, the mail among them."""
        self._addresses = tuple(addresses)
        self._channels = channels
        self._subscriptions = subscriptions
        self._clock = clock

    def for_alert(self, severity: str, regions: Collection[str], rule_id: str) -> list[Recipient]:
        """Whom such an alert goes to: first whom the settings name, then rooms, then people; each place once."""
        known = [recipient_of_mail(address) for address in self._addresses]
        known += [recipient_of_room(it) for it in self._channels.values() if it.alerts and not it.is_personal]
        personal = {channel.name for channel in self.personal_channels}
        asked = [recipient_of(*it) for it in self._subscriptions.active() if it[0].channel in personal]
        return each_place_once(it for it in [*known, *asked] if it.wants(severity, regions, rule_id))

    @property
    def personal_channels(self) -> list[Channel]:
        """The channels over which a person can be told, the mail first."""
        return [channel for channel in self._channels.values() if channel.is_personal]

    def subscriptions_of(self, person_id: str) -> list[Subscription]:
        """What the person asked for, by channel."""
        return self._subscriptions.of(person_id)

    def is_always_told(self, person: Person) -> bool:
        """Whether the settings name the person's address, so that they get every alert by mail in any case."""
        return person.email in {address.strip().casefold() for address in self._addresses}

    def subscribe(self, person: Person, channel: str, address: str, limits: AlertLimits) -> Subscription:
        """What the person wants over that channel from now on; ChannelError, worded for them, where it cannot be.

        Of the mail, `address` is not used: mails go to the address with which the person signs in.
        """
        known = self._channels.get(channel)
        if known is None or not known.is_personal:
            raise ChannelError(say("Pilih salah satu saluran yang ada."))
        target = "" if channel == MAIL else read_target(address)
        if target is None:
            raise ChannelError(
                say(
                    "Alamat untuk {channel} ini tidak dikenali. Isi nomor telepon, nomor obrolan, atau nama pengguna, "
                    "tanpa spasi.",
                    channel=known.label,
                )
            )
        wanted = Subscription(person.id, channel, target, limits, self._clock())
        self._subscriptions.put(wanted)
        return wanted

    def unsubscribe(self, person_id: str, channel: str) -> None:
        """The person is told nothing over that channel any more, unless the settings name them."""
        self._subscriptions.delete(person_id, channel)
