"""Programs get signed messages, and nothing that answers at their address leads or holds us anywhere."""

import hmac
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import trustme

from service.adapters.notifiers.webhook import LONGEST_TEXT, WebhookNotifier
from service.domain.message import Message
from service.errors import ChannelDown, DeliveryError, DeliveryRefused
from tests.ports import free_port
from tests.service.builders import NOW, ManualClock, a_message

SECRET = "rahasia bersama yang panjang"


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A program of the agency's that answers as it is told to."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    got: list[Received] = field(default_factory=list)
    port: int = 0


@contextmanager
def receiving(receiver: Receiver, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(Received(self.path, dict(self.headers), body))
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def a_notifier(port: int, path: str = "/pantau?a=1", **changes: Any) -> WebhookNotifier:
    settings: dict[str, Any] = {"allow_private": True, "timeout": 5, "clock": ManualClock()}
    return WebhookNotifier(f"http://127.0.0.1:{port}{path}", SECRET, **settings | changes)


def verify(secret: str, header: str, body: bytes, now: float) -> bool:
    """As docs/delivery.md tells receivers to do it."""
    parts = dict(part.split("=", 1) for part in header.split(","))
    expected = hmac.new(secret.encode(), f"{parts['t']}.".encode() + body, "sha256").hexdigest()
    return hmac.compare_digest(parts["v1"], expected) and abs(now - int(parts["t"])) <= 300


def test_a_program_gets_the_message_signed() -> None:
    with receiving(Receiver()) as receiver:
        a_notifier(receiver.port).send(replace(a_message("alert-1"), thread="alert-0"))
    (got,) = receiver.got
    assert got.path == "/pantau?a=1"
    assert json.loads(got.body) == {
        "version": 1,
        "id": "alert-1",
        "thread": "alert-0",
        "subject": a_message().subject,
        "text": a_message().text,
        "is_cut": False,
    }
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["Idempotency-Key"] == "alert-1"
    header = got.headers["Pantau-Signature"]
    assert verify(SECRET, header, got.body, NOW.timestamp())
    assert not verify("another secret", header, got.body, NOW.timestamp())
    assert not verify(SECRET, header, got.body + b" ", NOW.timestamp())
    assert not verify(SECRET, header, got.body, NOW.timestamp() + 301)


def test_a_second_delivery_bears_the_same_key() -> None:
    with receiving(Receiver()) as receiver:
        for _ in range(2):
            a_notifier(receiver.port).send(a_message("m1"))
    assert [it.headers["Idempotency-Key"] for it in receiver.got] == ["m1", "m1"]


def test_what_is_posted_is_bounded() -> None:
    with receiving(Receiver()) as receiver:
        a_notifier(receiver.port).send(a_message(text="x" * 1_000_000))
    told = json.loads(receiver.got[0].body)
    assert (len(told["text"]), told["is_cut"]) == (LONGEST_TEXT, True)


@pytest.mark.parametrize("status", [400, 409, 410, 413, 422])
def test_what_the_receiver_refuses_for_good_is_refused(status: int) -> None:
    with receiving(Receiver(status)) as receiver, pytest.raises(DeliveryRefused, match=f"answered {status}"):
        a_notifier(receiver.port).send(a_message())


@pytest.mark.parametrize(
    ("status", "kind"), [(500, DeliveryError), (401, ChannelDown), (404, ChannelDown), (503, ChannelDown)]
)
def test_what_may_pass_later_is_to_be_tried_again(status: int, kind: type[DeliveryError]) -> None:
    with receiving(Receiver(status)) as receiver, pytest.raises(DeliveryError, match=f"answered {status}") as caught:
        a_notifier(receiver.port).send(a_message())
    assert type(caught.value) is kind


def test_a_redirect_is_not_followed() -> None:
    with receiving(Receiver()) as elsewhere, receiving(Receiver(307)) as receiver:
        receiver.headers["Location"] = f"http://127.0.0.1:{elsewhere.port}/"
        with pytest.raises(ChannelDown, match="a redirect, which is not followed"):
            a_notifier(receiver.port).send(a_message())
    assert elsewhere.got == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "[::ffff:10.0.0.1]"]
)
def test_a_private_address_is_refused_unless_it_is_allowed(host: str) -> None:
    notifier = WebhookNotifier(f"https://{host}:9/", SECRET, clock=ManualClock())
    with pytest.raises(ChannelDown, match=r"no public address; set allow_private = true"):
        notifier.send(a_message())


def test_a_receiver_that_is_down_is_to_be_tried_again() -> None:
    notifier = a_notifier(free_port())
    with pytest.raises(ChannelDown, match=r"127\.0\.0\.1:\d+: .*refused"):
        notifier.send(a_message())
    with pytest.raises(ChannelDown, match="refused"):
        notifier.check()


def test_a_receiver_can_be_looked_at_without_sending_it_anything() -> None:
    with receiving(Receiver()) as receiver:
        assert a_notifier(receiver.port).check() == f"127.0.0.1:{receiver.port} can be connected to"
    assert receiver.got == []


def answering(answer: Callable[[socket.socket, threading.Event], None]) -> Any:
    """A server that treats one connection so."""

    @contextmanager
    def serving() -> Iterator[int]:
        listener, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(100_000)
                answer(connection, over)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()
            listener.close()

    return serving()


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(30)


def dripping(connection: socket.socket, over: threading.Event) -> None:
    try:
        while not over.wait(0.1):
            connection.sendall(b"H")
    except OSError:
        return


@pytest.mark.timeout(30)
@pytest.mark.parametrize("answer", [silent, dripping])
def test_a_receiver_that_keeps_us_waiting_is_left(answer: Callable[[socket.socket, threading.Event], None]) -> None:
    with answering(answer) as port, pytest.raises(ChannelDown):
        a_notifier(port, timeout=1).send(a_message())


def test_an_answer_is_not_read_beyond_its_status() -> None:
    def endless(connection: socket.socket, over: threading.Event) -> None:
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not over.is_set():
                connection.sendall(b"x" * 65_536)
        except OSError:
            return

    with answering(endless) as port:
        a_notifier(port).send(a_message())


def test_a_receiver_proves_by_certificate_who_it_is() -> None:
    authority, other = trustme.CA(), trustme.CA()
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    trusting, doubting = ssl.create_default_context(), ssl.create_default_context()
    authority.configure_trust(trusting)
    other.configure_trust(doubting)
    with receiving(Receiver(), served) as receiver:
        address = f"https://127.0.0.1:{receiver.port}/"
        WebhookNotifier(address, SECRET, allow_private=True, tls=trusting).send(a_message())
        with pytest.raises(ChannelDown, match="certificate verify failed"):
            WebhookNotifier(address, SECRET, allow_private=True, tls=doubting).send(a_message())
    assert len(receiver.got) == 1


def test_a_name_that_leads_nowhere_is_to_be_tried_again() -> None:
    message: Message = a_message()
    with pytest.raises(ChannelDown, match=r"nowhere\.invalid"):
        WebhookNotifier("https://nowhere.invalid/", SECRET).send(message)
