"""Each message by the channel that it asks for."""

from collections.abc import Mapping

from service.domain.message import Message
from service.errors import DeliveryError
from service.ports import Notifier


class ChannelNotifier:
    """Hands each message to the notifier of its channel."""

    def __init__(self, notifiers: Mapping[str, Notifier]) -> None:
        self._notifiers = notifiers

    def send(self, message: Message) -> None:
        """The channel has accepted the message when this returns; DeliveryError where there is no such channel."""
        notifier = self._notifiers.get(message.channel)
        if notifier is None:
            raise DeliveryError(f"there is no channel {message.channel!r} any more; set [channels.{message.channel}]")
        notifier.send(message)
