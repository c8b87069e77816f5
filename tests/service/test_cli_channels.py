"""`pantau alerts test` and `pantau doctor` say whether a channel works."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.app import App
from service.cli import cli
from service.domain.message import OutboxFilter
from service.errors import ConfigError
from service.settings import load_settings
from tests.ports import free_port

# Apprise's e-mail plugin imports a module of the standard library that Python 3.13 removes.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A program that takes what is posted to it."""
    keys: list[str] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            keys.append(self.headers["Idempotency-Key"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1], keys
    server.shutdown()
    server.server_close()
    thread.join()


def set_program(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    for key, value in {
        "TYPE": "webhook",
        "ADDRESS": f"http://127.0.0.1:{port}/",
        "SECRET": "k" * 32,
        "ALLOW_PRIVATE": "true",
    }.items():
        monkeypatch.setenv(f"PANTAU_CHANNELS__CRM__{key}", value)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})


def test_a_test_by_mail_goes_to_the_first_recipient_or_to_whom_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_ALERTS__RECIPIENTS", "humas@agency.example")
    assert "mail: accepted for humas@agency.example, as test-" in run("alerts", "test").output
    assert "mail: accepted for lain@agency.example" in run("alerts", "test", "--to", "lain@agency.example").output
    mails = [path.read_text() for path in (data / "outbox").glob("test-*.eml")]
    assert len(mails) == 2
    assert all("[Uji] Pesan uji dari Pantau" in mail for mail in mails)


def test_a_test_goes_over_the_channel_that_is_named(
    asked: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, keys = asked
    set_program(monkeypatch, port)
    result = run("alerts", "test", "--channel", "crm")
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"crm: accepted, as {keys[0]}"


def test_a_test_that_is_not_accepted_says_why_and_waits_in_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    set_program(monkeypatch, free_port())
    result = run("alerts", "test", "--channel", "crm")
    assert result.exit_code == 1
    assert "crm: not accepted: 127.0.0.1:" in result.output
    with App(load_settings()) as app:
        (entry,) = app.store.messages.entries(OutboxFilter(cause="test"))
        assert (entry.state, entry.attempts) == ("pending", 1)


def test_a_test_of_no_channel_or_to_nobody_is_refused() -> None:
    assert "Tidak ada saluran 'fax'" in str(run("alerts", "test", "--channel", "fax").exception)
    assert "Alamat untuk Surel tidak dikenali" in str(run("alerts", "test").exception)


def test_the_command_without_test_still_delivers() -> None:
    assert "0 sent, 0 to be tried again, 0 undeliverable." in run("alerts").output


def test_doctor_looks_at_each_channel(asked: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, keys = asked
    set_program(monkeypatch, port)
    monkeypatch.setenv("PANTAU_CHANNELS__RUANG__TYPE", "apprise")
    monkeypatch.setenv("PANTAU_CHANNELS__RUANG__URL", "tgram://rahasia/1")
    output = run("doctor").output
    assert f"127.0.0.1:{port} can be connected to" in output
    assert "channels.ruang.url: the notification URL is of no service" in output
    assert "check [channels.ruang]" in output
    assert "0 messages wait, 0 were given up" in output
    assert "rahasia" not in output
    assert keys == []


def test_a_channel_that_is_set_wrongly_stops_the_worker_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SATU", "DUA"):
        monkeypatch.setenv(f"PANTAU_CHANNELS__{name}__TYPE", "apprise")
        monkeypatch.setenv(f"PANTAU_CHANNELS__{name}__URL", "xyz://rahasia")
    with App(load_settings()) as app, pytest.raises(ConfigError) as caught:
        _ = app.delivery
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "channels.dua.url",
        "channels.satu.url",
    ]
