"""An end to a connection, however slowly the other side goes on."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer


@contextmanager
def ended_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    """The connection is cut once the time is up: timeouts hold for each read and write, and there may be many.

    Whoever waits for it within the block meets an OSError or the end of the stream.
    """
    # Another handle of the same connection: that one may be in the hands of a library, or wrapped by TLS.
    handle = socket.socket(fileno=os.dup(connection.fileno()))
    timer = Timer(seconds, _cut, [handle])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        handle.close()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
