"""A small fast HTTP/1.1 server on 127.0.0.1: many invented outlets, told apart by the Host of a request.

The standard library's servers start a thread a connection or close it after one answer; what they cost would be
measured as the crawler's.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; `host` without its port, header names in lower case."""

    host: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers; the parts of `body` are sent one after the other."""

    body: tuple[bytes, ...] = ()
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer((b"tidak ada",), status=404)

Site = Callable[[Asked], Answer | None]
"""Answers a request; None hangs up without a word."""


class _Connection(asyncio.Protocol):
    """Reads requests without a body, one after the other, and answers each at once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        *requests, self._unread = (self._unread + data).split(b"\r\n\r\n")
        for request in requests:
            answer = self._site(_asked(request.decode("latin-1")))
            if answer is None:
                self._transport.abort()
                return
            self._transport.writelines([_head(answer), *(answer.body if answer.status != 304 else ())])


def _asked(request: str) -> Asked:
    first, *lines = request.split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Asked(headers.get("host", "").partition(":")[0], first.split(" ", 2)[1], headers)


def _head(answer: Answer) -> bytes:
    fields = {
        "Content-Type": answer.content_type,
        "Content-Length": str(sum(map(len, answer.body))),
        **answer.headers,
    }
    lines = (f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n{''.join(lines)}\r\n".encode()


async def serve(site: Site, port: int = 0) -> asyncio.Server:
    """The site's server on 127.0.0.1, which listens already."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: _Connection(site), "127.0.0.1", port, backlog=512)


def port_of(server: asyncio.Server) -> int:
    """The port on which the server listens."""
    port: int = server.sockets[0].getsockname()[1]
    return port


@contextmanager
def serving(site: Site, port: int = 0) -> Iterator[int]:
    """The port on which a thread of this process serves the site."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(site, port))
    thread = threading.Thread(target=loop.run_forever, name="site", daemon=True)
    thread.start()
    try:
        yield port_of(server)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
