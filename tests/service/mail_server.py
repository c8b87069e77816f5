"""A real mail server on this machine that fails in every way a mail server can, and recovers."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any, Literal, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, syntax

from tests.ports import free_port

Mood = Literal[
    "well", "busy", "greylisting", "unknown", "spam", "full", "drops", "drops-data", "drops-accepted", "hangs", "drips"
]


class MoodyServer:
    """Accepts messages and counts their Message-IDs while it is `well`; else it fails as its mood says.

    With `only`, it fails for that recipient alone.
    """

    def __init__(self, mood: Mood = "well", only: str = "") -> None:
        self.mood: Mood = mood
        self.only = only
        self.accepted: list[str] = []
        self.port = free_port()

    @property
    def counted(self) -> Counter[str]:
        """How often each message was accepted, by its Message-ID."""
        return Counter(self.accepted)

    def mood_for(self, recipients: list[str]) -> Mood:
        return self.mood if not self.only or self.only in recipients else "well"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.mood == "busy":
            return "421 too busy, closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        mood = self.mood_for([address])
        if mood == "drops":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return {"greylisting": "451 try later", "unknown": "550 no such user"}.get(mood, "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mood = self.mood_for(envelope.rcpt_tos)
        if mood == "hangs":
            await asyncio.sleep(3)
            return "451 too late"
        if mood == "drips":
            await self._drip(server)
        if mood in ("spam", "full"):
            return "554 looks like spam" if mood == "spam" else "452 disk full"
        self.accepted.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        if mood == "drops-accepted":
            server.transport.abort()
        return "250 OK"

    async def _drip(self, server: Any) -> None:
        """Answer with line after line and never with the last, for as long as anybody reads."""
        while not server.transport.is_closing():
            await server.push("451-wait")
            await asyncio.sleep(0.2)


class _Dropping(SMTP):
    """Closes the connection in the middle of a message while the server is in that mood."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        handler, envelope, transport = cast("tuple[Any, Any, Any]", (self.event_handler, self.envelope, self.transport))
        if handler.mood_for(envelope.rcpt_tos) != "drops-data":
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        await self._reader.readline()
        transport.abort()


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Dropping(self.handler, hostname="mail.localhost", **self.SMTP_kwargs)


@contextmanager
def serving(server: MoodyServer, **options: Any) -> Iterator[MoodyServer]:
    """The server, answering on its port until the block ends."""
    controller = _Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
