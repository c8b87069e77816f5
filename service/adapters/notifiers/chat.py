"""Delivery to chat rooms and phones through Apprise, by a URL such as `tgram://token/chat`."""

import logging
import re
from http import HTTPStatus
from urllib.parse import quote

import apprise

from service.domain.message import Message
from service.domain.wording.chat import chat_text
from service.errors import ChannelDown, ConfigError, DeliveryError, DeliveryRefused

TIMEOUT = 30
"""Seconds that one message may take."""

_LONGEST = 1_500
_LONGEST_TITLE = 200
"""Characters; a service that takes fewer is given fewer."""

_EXAMPLE = "6281200000000"
"""Somebody's address, to see whether the URL can be read with one in it."""

_STATUS = re.compile(r"\berror=(\d{3})\b")
_MESSAGE_AT_FAULT = frozenset({400, 410, 413, 422})
_PERSON_AT_FAULT = frozenset({403, 404})


class AppriseNotifier:
    """Sends the subject and the shortened plain text to one service.

    Where `place` stands in the URL, the recipient's address is put; else the URL leads to one room.
    """

    def __init__(self, url: str, *, place: str = "{address}") -> None:
        """ConfigError where the URL is of no service that Apprise knows, or lacks something."""
        # Results hold what is logged at this level, however quiet the rest is; to nobody else are its secrets told.
        logger = logging.getLogger("apprise")
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        self._url = url
        self._place = place
        self._asset = apprise.AppriseAsset(
            app_id="Pantau",
            app_desc="Pantau",
            async_mode=False,
            http_redirects=False,
            allow_templates=False,
            storage_mode=apprise.PersistentStoreMode.MEMORY,
            service_timeout=TIMEOUT,
        )
        self.service = str(self._service(_EXAMPLE)[0].service_name)
        """What the service is called."""

    def send(self, message: Message) -> None:
        """The service has accepted the message when this returns.

        What it says of the message or the person for good is DeliveryRefused, everything else ChannelDown.
        """
        is_personal = self._place in self._url
        if is_personal and not message.recipient:
            raise DeliveryRefused(f"{self.service} needs the address of a person, and the message has none")
        try:
            room = self._service(message.recipient)
        except ConfigError as error:
            raise DeliveryRefused(f"{message.recipient!r} is no address of {self.service}") from error
        longest = min(int(room[0].body_maxlen), _LONGEST)
        answer = room.notify(
            title=chat_text(message.subject, int(room[0].title_maxlen) or _LONGEST_TITLE),
            body=chat_text(message.text, longest),
            body_format=apprise.NotifyFormat.TEXT,
            timeout=TIMEOUT,
        )
        if not answer:
            raise self._failure([_STATUS.search(entry.message) for entry in answer.logs()], is_personal)

    def _failure(self, told: list[re.Match[str] | None], is_personal: bool) -> DeliveryError:
        """What went wrong. What Apprise logs may hold secrets, so only the status of the answer is told."""
        status = next((int(found[1]) for found in reversed(told) if found), None)
        if status is None:
            return ChannelDown(f"{self.service} cannot be reached")
        name = next((f" {known.phrase}" for known in HTTPStatus if known == status), "")
        said = f"{self.service} answered {status}{name}"
        if status in _MESSAGE_AT_FAULT or (is_personal and status in _PERSON_AT_FAULT):
            return DeliveryRefused(said)
        return ChannelDown(said)

    def _service(self, address: str) -> apprise.Apprise:
        room = apprise.Apprise(asset=self._asset)
        if not room.add(self._url.replace(self._place, quote(address, safe=""))):
            # The URL holds secrets, so it is not repeated here.
            raise ConfigError("the notification URL is of no service that Apprise knows, or lacks something")
        return room
