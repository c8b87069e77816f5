"""Messages leave as proper e-mails, and every way a server can fail is told as what to do next."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from service.adapters.notifiers import ChannelNotifier, FileNotifier, SmtpNotifier
from service.adapters.notifiers.chat import AppriseNotifier
from service.adapters.notifiers.mail import compose_mail
from service.domain.message import Attached
from service.domain.wording.chat import CUT, chat_text
from service.errors import ChannelDown, ConfigError, DeliveryError, DeliveryRefused
from tests.ports import free_port
from tests.service.builders import NOW, ManualClock, a_message
from tests.service.fakes import FakeNotifier

SENDER = "Pantau <pantau@agency.example>"


def read(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


# The e-mail itself.


def test_a_mail_has_both_parts_and_the_headers_of_an_automatic_message() -> None:
    mail = read(compose_mail(a_message(), SENDER, NOW).as_bytes())
    assert mail["From"] == SENDER
    assert mail["To"] == "humas@agency.example"
    assert mail["Subject"] == a_message().subject
    assert mail["Message-ID"] == "<m1@agency.example>"
    assert mail["Date"].datetime == NOW
    assert mail["List-Id"] == "Pantau <pantau.agency.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Pantau-Cause"] == "alert"
    parts = [(part.get_content_type(), part.get_content().strip().replace("\r\n", "\n")) for part in mail.iter_parts()]
    assert parts == [("text/plain", a_message().text.strip()), ("text/html", a_message().html)]


def test_a_mail_answers_the_first_of_its_thread_and_brings_its_pictures_and_files() -> None:
    message = a_message(
        thread="m0",
        images=(Attached("tren", "image/png", b"\x89PNG"),),
        attachments=(Attached("kliping.pdf", "application/pdf", b"%PDF"),),
    )
    mail = read(compose_mail(message, SENDER, NOW).as_bytes())
    assert (mail["In-Reply-To"], mail["References"]) == ("<m0@agency.example>",) * 2
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    picture, file = (part for part in mail.walk() if part.get_content_type() in ("image/png", "application/pdf"))
    assert (picture["Content-ID"], picture.get_content()) == ("<tren>", b"\x89PNG")
    assert (file.get_filename(), file.get_content()) == ("kliping.pdf", b"%PDF")


def test_the_first_mail_of_a_thread_answers_none() -> None:
    mail = read(compose_mail(a_message(thread="m1"), SENDER, NOW).as_bytes())
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None


def test_ids_and_addresses_of_the_header_are_neither_cut_nor_encoded() -> None:
    """RFC 2369 and RFC 8058: a mail program must read the address as it is, however long the name of the desk is."""
    leave = f"https://{'pemantauan-' * 9}berita.agency.example/langganan/{'a' * 60}/berhenti"
    root = f"digest-{'kelompok-' * 8}2026-11"
    message = a_message(
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}, thread=root
    )
    written = compose_mail(message, "Pantau <pantau@agency.example>", NOW).as_bytes().decode()
    assert f"\r\nList-Unsubscribe: <{leave}>\r\n" in written
    assert f"\r\nReferences: <{root}@agency.example>\r\n" in written
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in written


def test_a_message_without_html_is_plain_text() -> None:
    mail = read(compose_mail(a_message(html=None), SENDER, NOW).as_bytes())
    assert mail.get_content_type() == "text/plain"


def test_letters_beyond_ascii_and_long_lines_survive() -> None:
    subject = "[Kliping] Sen 23 Nov 2026 – 42 berita, 3 negatif"
    text = "“Maaf” – é 🙏 " + "panjang " * 500
    mail = compose_mail(a_message(subject=subject, text=text), SENDER, NOW).as_bytes()
    assert max(map(len, mail.split(b"\r\n"))) <= 998
    parsed = read(mail)
    assert parsed["Subject"] == subject
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == text.strip()


@pytest.mark.parametrize(
    "message",
    [
        a_message(subject="Kabar\r\nBcc: all@agency.example"),
        a_message(recipient="nobody"),
        a_message(recipient=""),
        a_message(recipient="a@b.example\nBcc: c@d.example"),
        a_message(headers={"X-Test": "a\nb"}),
    ],
)
def test_a_message_that_cannot_be_a_mail_is_refused(message: Any) -> None:
    with pytest.raises(DeliveryRefused, match="cannot be written"):
        compose_mail(message, SENDER, NOW)


def test_a_sender_without_address_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mail\.sender"):
        FileNotifier(tmp_path, sender="Pantau")


# Files.


def test_a_message_becomes_one_file_however_often_it_is_delivered(tmp_path: Path) -> None:
    folder, clock = tmp_path / "outbox", ManualClock()
    notifier = FileNotifier(folder, sender=SENDER, clock=clock)
    notifier.send(a_message())
    before = (folder / "m1.eml").read_bytes()
    notifier.send(a_message(text="another"))
    assert [path.name for path in folder.iterdir()] == ["m1.eml"]
    assert (folder / "m1.eml").read_bytes() == before
    assert read(before)["Subject"] == a_message().subject


def test_an_id_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    FileNotifier(tmp_path / "outbox", sender=SENDER).send(a_message("../../etc/x"))
    assert [path.name for path in (tmp_path / "outbox").iterdir()] == ["______etc_x.eml"]


def test_a_folder_that_cannot_be_written_is_a_delivery_error(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(DeliveryError, match="outbox"):
        FileNotifier(tmp_path / "outbox", sender=SENDER).send(a_message())


# SMTP.


class MailServer:
    """A mail server that answers the recipient and the content as it is told to."""

    def __init__(self, rcpt: str = "", data: str = "250 OK", drops: bool = False) -> None:
        self.rcpt, self.data, self.drops = rcpt, data, drops
        self.received: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.drops:
            server.transport.abort()
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data.startswith("2"):
            self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.data


@contextmanager
def serving(handler: MailServer, **options: Any) -> Iterator[int]:
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def a_notifier(port: int, **changes: Any) -> SmtpNotifier:
    settings: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "username": "",
        "password": "",
        "sender": SENDER,
        "timeout": 5,
        "clock": ManualClock(),
    }
    return SmtpNotifier(**settings | changes)


def test_a_server_gets_the_message() -> None:
    server = MailServer()
    with serving(server) as port:
        a_notifier(port).send(a_message())
    ((sender, recipients, content),) = server.received
    assert (sender, recipients) == ("pantau@agency.example", ["humas@agency.example"])
    assert read(content)["Message-ID"] == "<m1@agency.example>"


@pytest.mark.parametrize(
    ("server", "reason"),
    [(MailServer(rcpt="550 no such user"), "550 no such user"), (MailServer(data="554 looks like spam"), "554 looks")],
)
def test_what_the_server_refuses_for_good_is_refused(server: MailServer, reason: str) -> None:
    with serving(server) as port, pytest.raises(DeliveryRefused, match=reason):
        a_notifier(port).send(a_message())


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        (MailServer(rcpt="451 greylisted"), "451 greylisted"),
        (MailServer(data="452 disk full"), "452 disk full"),
        (MailServer(drops=True), "closed|reset|lost"),
    ],
)
def test_what_may_pass_later_is_to_be_tried_again(server: MailServer, reason: str) -> None:
    with serving(server) as port, pytest.raises(DeliveryError, match=reason) as caught:
        a_notifier(port).send(a_message())
    assert not isinstance(caught.value, DeliveryRefused)


def test_a_server_that_is_down_is_to_be_tried_again() -> None:
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1") as caught:
        a_notifier(free_port()).send(a_message())
    assert not isinstance(caught.value, DeliveryRefused)


def test_a_server_without_starttls_is_never_given_the_message() -> None:
    server = MailServer()
    with serving(server) as port, pytest.raises(DeliveryError, match="STARTTLS"):
        a_notifier(port, security="starttls").send(a_message())
    assert server.received == []


def test_a_server_without_tls_is_never_given_the_message() -> None:
    server = MailServer()
    with serving(server) as port, pytest.raises(DeliveryError):
        a_notifier(port, security="tls").send(a_message())
    assert server.received == []


class Doorman:
    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, login: LoginPassword) -> AuthResult:
        return AuthResult(success=(login.login, login.password) == (b"pantau", b"rahasia"), handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_a_login_opens_the_server_and_a_wrong_one_loses_no_message() -> None:
    server = MailServer()
    options = {"authenticator": Doorman(), "auth_required": True, "auth_require_tls": False}
    with serving(server, **options) as port:
        a_notifier(port, username="pantau", password="rahasia").send(a_message())
        with pytest.raises(DeliveryError, match="535") as caught:
            a_notifier(port, username="pantau", password="salah").send(a_message())
    assert len(server.received) == 1
    assert not isinstance(caught.value, DeliveryRefused)
    assert "salah" not in str(caught.value)


# Apprise: its e-mail plugin imports a module of the standard library that Python 3.13 removes.
apprise_loads_its_plugins = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Room(BaseHTTPRequestHandler):
    """A chat room with an HTTP door."""

    said: list[dict[str, Any]]
    answer: int

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.said.append(told | {"path": self.path})
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def a_room(answer: int = 200) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    said: list[dict[str, Any]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ThisRoom", (Room,), {"said": said, "answer": answer}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1], said
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@apprise_loads_its_plugins
def test_a_chat_room_gets_subject_and_text() -> None:
    with a_room() as (port, said):
        AppriseNotifier(f"json://127.0.0.1:{port}/").send(a_message(recipient=""))
    assert (said[0]["title"], said[0]["message"].strip()) == (a_message().subject, a_message().text.strip())


@apprise_loads_its_plugins
def test_a_person_is_told_at_their_own_address() -> None:
    with a_room() as (port, said):
        AppriseNotifier(f"json://127.0.0.1:{port}/{{address}}?x=1").send(a_message(recipient="62812/../x"))
    assert said[0]["path"] == "/62812%2F..%2Fx"


@apprise_loads_its_plugins
def test_a_person_without_an_address_cannot_be_told() -> None:
    with a_room() as (port, said), pytest.raises(DeliveryRefused, match="needs the address of a person"):
        AppriseNotifier(f"json://127.0.0.1:{port}/{{address}}").send(a_message(recipient=""))
    assert said == []


@apprise_loads_its_plugins
def test_a_long_text_is_cut_for_a_chat() -> None:
    with a_room() as (port, said):
        AppriseNotifier(f"json://127.0.0.1:{port}/").send(a_message(text="Sebuah kalimat panjang.\n" * 500))
    assert len(said[0]["message"]) <= 1_500
    assert said[0]["message"].endswith("Sebuah kalimat panjang.\n… (dipotong; selengkapnya di Pantau)")


@apprise_loads_its_plugins
@pytest.mark.parametrize(
    ("answer", "place", "kind"),
    [
        (500, "", ChannelDown),
        (503, "", ChannelDown),
        (401, "/{address}", ChannelDown),
        (302, "", ChannelDown),
        (404, "", ChannelDown),
        (404, "/{address}", DeliveryRefused),
        (403, "/{address}", DeliveryRefused),
        (400, "", DeliveryRefused),
        (413, "", DeliveryRefused),
    ],
)
def test_what_a_service_answers_says_whether_to_try_again(
    answer: int, place: str, kind: type[DeliveryError], caplog: pytest.LogCaptureFixture
) -> None:
    # As quiet as `pantau` may be told to be.
    caplog.set_level(logging.CRITICAL)
    with a_room(answer) as (port, _), pytest.raises(DeliveryError, match=f"JSON answered {answer}") as caught:
        AppriseNotifier(f"json://user:rahasia@127.0.0.1:{port}{place or '/'}").send(a_message())
    assert type(caught.value) is kind
    assert "rahasia" not in str(caught.value)


@apprise_loads_its_plugins
def test_a_service_that_cannot_be_reached_is_to_be_tried_again() -> None:
    with pytest.raises(ChannelDown, match="JSON cannot be reached"):
        AppriseNotifier(f"json://127.0.0.1:{free_port()}/").send(a_message())


@apprise_loads_its_plugins
@pytest.mark.parametrize("url", ["rahasia", "tgram://rahasia/{address}", "xyz://rahasia", "slack://rahasia"])
def test_a_notification_url_of_no_service_is_a_config_error_without_its_secrets(url: str) -> None:
    with pytest.raises(ConfigError, match="of no service that Apprise knows, or lacks something") as caught:
        AppriseNotifier(url)
    assert "rahasia" not in str(caught.value)


@apprise_loads_its_plugins
def test_a_notification_url_tells_which_service_it_is_of() -> None:
    token = "123456789:ABCdefGHIjklMNOpqrSTUvwxYZ123456789"
    assert AppriseNotifier(f"tgram://{token}/{{address}}").service == "Telegram"


def test_each_message_leaves_by_the_channel_that_it_asks_for() -> None:
    mail, chat = FakeNotifier(), FakeNotifier()
    notifier = ChannelNotifier({"mail": mail, "telegram": chat})
    notifier.send(a_message("m1"))
    notifier.send(a_message("t1", channel="telegram"))
    assert ([it.id for it in mail.sent], [it.id for it in chat.sent]) == (["m1"], ["t1"])
    with pytest.raises(DeliveryError, match=r"no channel 'slack' any more; set \[channels\.slack\]"):
        notifier.send(a_message("s1", channel="slack"))


@pytest.mark.parametrize(
    ("text", "longest", "kept"),
    [
        ("  pendek \n", 50, "pendek"),
        (
            "<!channel> <http://x|y> @semua (@ini) a@b.example",
            99,
            "‹!channel› ‹http://x|y› @\u2060semua (@\u2060ini) a@b.example",
        ),
        ("https://medium.example/@penulis/x", 99, "https://medium.example/@penulis/x"),
        ("satu dua tiga empat lima enam tujuh delapan", 10, "satu dua …"),
    ],
)
def test_a_text_for_a_chat_is_short_and_calls_nobody(text: str, longest: int, kept: str) -> None:
    assert chat_text(text, longest) == kept


def test_a_text_is_cut_behind_a_line_or_a_word() -> None:
    assert chat_text("baris pertama di sini\nbaris kedua " + "x" * 90, 62) == f"baris pertama di sini\n{CUT}"
    assert chat_text("kata " * 40, 62) == f"kata kata kata kata kata {CUT}"
    assert len(chat_text("x" * 200, 62)) == 62
