"""Delivery to chat rooms and phones through Apprise, by a URL such as `tgram://token/chat`."""

import apprise

from service.domain.message import Message
from service.errors import ConfigError, DeliveryError


class AppriseNotifier:
    """Sends the subject and plain text to one service. The URL names who gets it, so the recipient is not used."""

    def __init__(self, url: str) -> None:
        self._apprise = apprise.Apprise()
        if not self._apprise.add(url):
            # The URL holds secrets, so it is not repeated here.
            raise ConfigError("the notification URL is of no service that Apprise knows")

    def send(self, message: Message) -> None:
        """The service has accepted the message when this returns. Apprise does not tell why one did not."""
        if not self._apprise.notify(title=message.subject, body=message.text, body_format=apprise.NotifyFormat.TEXT):
            raise DeliveryError("the notification service did not accept the message")
