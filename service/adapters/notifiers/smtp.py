"""Delivery through a mail server."""

import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Literal

from service.adapters.notifiers.deadline import ended_after
from service.adapters.notifiers.mail import compose_mail, sender_address
from service.domain.message import Message
from service.errors import ChannelDown, DeliveryError, DeliveryRefused
from service.ports import Clock

_CLOSING = 421
"""The server's word for having to close the connection, whatever was asked (RFC 5321)."""

_FAREWELL = 2.0
"""Seconds."""

LONGEST_SESSION = 180.0
"""Seconds: a large digest over a slow line, and well below the lease of a message that is being sent."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SmtpNotifier:
    """Delivers each message in a connection of its own.

    What the server says of the recipient or the content for good (5xx) is DeliveryRefused. Whatever ails the
    connection, the login or the sender's address is ChannelDown: no message is lost to a wrong setting.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: Literal["starttls", "tls", "none"],
        username: str,
        password: str,
        sender: str,
        timeout: float = 20,
        longest: float = LONGEST_SESSION,
        clock: Clock = _utc_now,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """No login where `username` is empty; `tls` defaults to the system's trusted authorities.

        `timeout` are the seconds for each answer of the server, `longest` those for everything after its greeting.
        """
        self._host = host
        self._port = port
        self._security = security
        self._username = username
        self._password = password
        self._sender = sender
        self._address, _ = sender_address(sender)
        self._timeout = timeout
        self._longest = longest
        self._clock = clock
        self._tls = tls or ssl.create_default_context()

    def send(self, message: Message) -> None:
        """The server has accepted the message for delivery when this returns."""
        mail = compose_mail(message, self._sender, self._clock())
        try:
            connection = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelDown(self._told(error)) from error
        try:
            with ended_after(self._longest, _socket_of(connection)):
                self._log_in(connection)
                self._hand_over(connection, mail, message.recipient)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(self._told(error)) from error
        finally:
            _take_leave(connection)

    def _told(self, error: Exception) -> str:
        return f"{self._host}:{self._port}: {error}"

    def _connect(self) -> smtplib.SMTP:
        if self._security == "tls":
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._tls)
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)

    def _log_in(self, connection: smtplib.SMTP) -> None:
        try:
            if self._security == "starttls":
                connection.starttls(context=self._tls)
            if self._username:
                connection.login(self._username, self._password)
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelDown(self._told(error)) from error

    def _hand_over(self, connection: smtplib.SMTP, mail: EmailMessage, recipient: str) -> None:
        try:
            connection.send_message(mail, from_addr=self._address, to_addrs=[recipient])
        except smtplib.SMTPSenderRefused as error:
            raise ChannelDown(self._told(error)) from error
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = error.recipients[recipient]
            raise _refusal(code, reply) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error


def _socket_of(connection: smtplib.SMTP) -> socket.socket:
    if connection.sock is None:
        raise smtplib.SMTPServerDisconnected("the server closed the connection")
    return connection.sock


def _take_leave(connection: smtplib.SMTP) -> None:
    """The message is accepted or refused by now: how the farewell goes changes nothing, and nobody waits for it."""
    with suppress(smtplib.SMTPException, OSError):
        if connection.sock is not None:
            connection.sock.settimeout(_FAREWELL)
        connection.quit()
    connection.close()


def _refusal(code: int, reply: bytes | str) -> DeliveryError:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    if code == _CLOSING:
        return ChannelDown(f"{code} {words}")
    return DeliveryRefused(f"{code} {words}") if 500 <= code < 600 else DeliveryError(f"{code} {words}")
