"""Delivery to a program, as signed JSON over HTTP.

The signature is made as Stripe and others make theirs: `Pantau-Signature: t=<seconds>,v1=<hex>`, where the second is
the HMAC-SHA256 of `<seconds>.<body>` under the shared secret. docs/delivery.md tells receivers how to verify it.
"""

import hmac
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from crawler.addresses import is_reachable
from service.adapters.notifiers.deadline import ended_after
from service.domain.message import Message
from service.errors import ChannelDown, DeliveryError, DeliveryRefused
from service.ports import Clock

LONGEST_TEXT = 20_000
"""Characters of the text that are sent."""

_MESSAGE_AT_FAULT = frozenset({400, 409, 410, 413, 422})
_TRY_AGAIN = frozenset({408, 425, 500})


def _utc_now() -> datetime:
    return datetime.now(UTC)


class WebhookNotifier:
    """Posts each message to one address; nothing that answers there can lead us elsewhere or keep us waiting.

    A redirect is not followed. A private address is refused unless `allow_private`; what is connected to is the address
    that was looked at, so that a name cannot resolve differently the second time. All of it takes `timeout` seconds at
    most, besides asking for the name, and nothing of the answer but its status is used.
    """

    def __init__(
        self,
        address: str,
        secret: str,
        *,
        allow_private: bool = False,
        timeout: float = 10,
        clock: Clock = _utc_now,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`tls` defaults to the system's trusted authorities."""
        parts = urlsplit(address)
        self._host = parts.hostname or ""
        self._is_secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._is_secure else 80)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._named = parts.netloc
        self._secret = secret
        self._allow_private = allow_private
        self._timeout = timeout
        self._clock = clock
        self._tls = tls or ssl.create_default_context()

    def send(self, message: Message) -> None:
        """The receiver has answered that it has the message (2xx) when this returns."""
        body = _body(message)
        headers = {
            "Host": self._named,
            "Content-Type": "application/json",
            "User-Agent": "Pantau",
            "Idempotency-Key": message.id,
            "Pantau-Signature": signature(self._secret, body, int(self._clock().timestamp())),
        }
        try:
            with self._connected() as connection:
                connection.request("POST", self._path, body, headers)
                with connection.getresponse() as response:
                    status = response.status
        except (OSError, HTTPException) as error:
            raise ChannelDown(f"{self._named}: {str(error) or type(error).__name__}") from error
        _judge(self._named, status)

    def check(self) -> str:
        """That the address can be connected to; ChannelDown where it cannot. Nothing is sent."""
        try:
            with self._connected():
                return f"{self._named} can be connected to"
        except OSError as error:
            raise ChannelDown(f"{self._named}: {error}") from error

    @contextmanager
    def _connected(self) -> Iterator[HTTPConnection]:
        """A connection that ends when the time is up."""
        with (
            socket.create_connection((self._public_address(), self._port), self._timeout) as raw,
            ended_after(self._timeout, raw),
            closing(HTTPConnection(self._host, self._port)) as connection,
        ):
            connection.sock = self._tls.wrap_socket(raw, server_hostname=self._host) if self._is_secure else raw
            yield connection

    def _public_address(self) -> str:
        """An address of the host; ChannelDown where none may be connected to."""
        found = [it[4][0] for it in socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)]
        addresses = [str(address) for address in found]
        allowed = [it for it in addresses if self._allow_private or is_reachable(it, allow_loopback=False)]
        if not allowed:
            raise ChannelDown(
                f"{self._host} leads to {', '.join(sorted(set(addresses)))}, which is no public address; "
                "set allow_private = true if the receiver lives in the agency's own network"
            )
        return allowed[0]


def signature(secret: str, body: bytes, seconds: int) -> str:
    """What the header Pantau-Signature holds of a body that is sent at that time."""
    made = hmac.new(secret.encode(), f"{seconds}.".encode() + body, "sha256").hexdigest()
    return f"t={seconds},v1={made}"


def _body(message: Message) -> bytes:
    told = {
        "version": 1,
        "id": message.id,
        "thread": message.thread or message.id,
        "subject": message.subject,
        "text": message.text[:LONGEST_TEXT],
        "is_cut": len(message.text) > LONGEST_TEXT,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _judge(named: str, status: int) -> None:
    """Nothing where the receiver has the message; else the error that says what to do."""
    if 200 <= status < 300:
        return
    said = f"{named} answered {status}"
    if 300 <= status < 400:
        raise ChannelDown(f"{said}, a redirect, which is not followed; set the address where it leads to")
    if status in _MESSAGE_AT_FAULT:
        raise DeliveryRefused(said)
    raise DeliveryError(said) if status in _TRY_AGAIN else ChannelDown(said)
