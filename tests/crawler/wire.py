"""A server that may break every rule of HTTP: each virtual host answers byte by byte as its attack wants."""

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

HTML = "text/html; charset=utf-8"
XML = "application/xml"


class Wire:
    """One connection, after its request was read. What the other side no longer wants raises OSError."""

    def __init__(self, connection: socket.socket, path: str, host: str, released: threading.Event) -> None:
        self.path = path
        self.host = host
        self._connection = connection
        self._released = released

    def raw(self, data: bytes) -> None:
        """These bytes and nothing else."""
        self._connection.sendall(data)

    def answer(
        self, body: bytes = b"", status: str = "200 OK", kind: str = HTML, headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole, proper answer."""
        fields = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close", **(headers or {})}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        self.raw(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body)

    def redirect(self, target: str, status: str = "302 Found") -> None:
        """Sent elsewhere."""
        self.answer(status=status, headers={"Location": target})

    def drip(self, data: bytes, seconds: float = 0.05) -> None:
        """The bytes again and again, slowly, until nobody listens."""
        while not self._released.wait(seconds):
            self.raw(data)

    def pour(self, data: bytes) -> None:
        """The bytes again and again, as fast as they are taken."""
        while not self._released.is_set():
            self.raw(data)

    def silence(self) -> None:
        """Nothing at all, with the connection open."""
        self._released.wait()

    def reset(self) -> None:
        """The connection torn down instead of closed (RST)."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


Attack = Callable[[Wire], None]


class WireServer:
    """Hands every request to the attack of the host it names; `asked` are the paths each host was asked for."""

    def __init__(self) -> None:
        self.attacks: dict[str, Attack] = {}
        self.asked: dict[str, list[str]] = {}
        self._released = threading.Event()
        wires = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                wires.serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 512

            def handle_error(self, *args: Any) -> None:
                """A crawler that hangs up is right to do so."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]

    def serve(self, connection: socket.socket) -> None:
        path, host = _request(connection)
        name = host.partition(".")[0]
        self.asked.setdefault(name, []).append(path)
        attack = self.attacks.get(name)
        if attack is not None:
            attack(Wire(connection, path, host, self._released))

    def url(self, name: str, path: str = "/") -> str:
        return f"http://{name}.localhost:{self.port}{path}"

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        return thread

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()


def _request(connection: socket.socket) -> tuple[str, str]:
    """Path and host of the request that is read to the end of its headers."""
    data = b""
    while b"\r\n\r\n" not in data and (part := connection.recv(65536)):
        data += part
    lines = data.decode("latin-1").split("\r\n")
    path = lines[0].split(" ")[1] if lines[0].count(" ") >= 2 else ""
    host = next((line.partition(":")[2].strip() for line in lines[1:] if line.lower().startswith("host:")), "")
    return path, host


@contextmanager
def a_wire_server() -> Iterator[WireServer]:
    server = WireServer()
    thread = server.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()
