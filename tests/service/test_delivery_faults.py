"""A real mail server that refuses, hangs, drops connections and recovers: nothing is lost and nothing told twice."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword

from service.adapters.notifiers import ChannelNotifier, SmtpNotifier
from service.adapters.sql import SqlStore
from service.domain.message import OutboxEntry, OutboxFilter
from service.usecases.alerting import LEASE, LONGEST_PAUSE, Deliver, DeliveryReport
from tests.service.builders import NOW, ManualClock, a_message
from tests.service.fakes import FakeNotifier
from tests.service.mail_server import Mood, MoodyServer, serving
from tests.service.stores import sqlite

SENDER = "Pantau <pantau@agency.example>"
NAMES = ("m1", "m2", "m3")


class House:
    """A store with three alerts, and their delivery to the server."""

    def __init__(self, folder: Path, server: MoodyServer, **settings: Any) -> None:
        self.store: SqlStore = sqlite(folder)
        self.clock = ManualClock()
        usual: dict[str, Any] = {"security": "none", "username": "", "password": "", "sender": SENDER}
        bounds = {"timeout": 1, "longest": 2}
        mail = SmtpNotifier(host="127.0.0.1", port=server.port, clock=self.clock, **usual | bounds | settings)
        self.chat = FakeNotifier()
        self.delivery = Deliver(
            self.store,
            ChannelNotifier({"mail": mail, "telegram": self.chat}),
            self.clock,
            jitter=lambda: 1.0,
            channels=["telegram"],
        )
        with self.store.transaction() as transaction:
            for name in NAMES:
                transaction.enqueue(replace(a_message(name), recipient=f"{name}@agency.example"), "alert", NOW)

    def entries(self) -> dict[str, OutboxEntry]:
        return {entry.message.id: entry for entry in self.store.outbox()}

    def later(self) -> DeliveryReport:
        """What becomes of the messages once every pause is over."""
        self.clock.advance(LONGEST_PAUSE + LEASE)
        return self.delivery.run()


@contextmanager
def a_house(folder: Path, server: MoodyServer, **settings: Any) -> Iterator[House]:
    house = House(folder, server, **settings)
    try:
        yield house
    finally:
        house.store.close()


ALL_ONCE = [f"<{name}@agency.example>" for name in NAMES]


@pytest.mark.parametrize(
    ("mood", "reason", "tried"),
    [
        ("busy", "421", 1),
        ("greylisting", "451 try later", 3),
        ("full", "452 disk full", 3),
        ("drops", "closed|reset|lost", 3),
        ("drops-data", "closed|reset|lost|broken", 3),
        ("hangs", "timed out", 3),
        ("drips", "closed|reset|lost", 3),
    ],
)
def test_a_server_that_fails_for_now_gets_every_message_once_it_recovers(
    tmp_path: Path, mood: Mood, reason: str, tried: int
) -> None:
    with serving(MoodyServer(mood)) as server, a_house(tmp_path, server) as house:
        assert house.delivery.run() == DeliveryReport(retried=tried)
        waiting = house.entries()
        assert {it.state for it in waiting.values()} == {"pending"}
        assert sum(it.attempts for it in waiting.values()) == tried
        failed = [it for it in waiting.values() if it.attempts]
        assert all(it.due > NOW and it.error for it in failed)
        assert all(re.search(reason, str(it.error)) for it in failed)
        assert server.accepted == []
        server.mood = "well"
        assert house.later() == DeliveryReport(sent=3)
        assert sorted(server.accepted) == ALL_ONCE
        assert house.later() == DeliveryReport()


@pytest.mark.parametrize(("mood", "reason"), [("unknown", "550 no such user"), ("spam", "554 looks like spam")])
def test_what_a_server_refuses_for_good_is_put_aside_and_can_be_sent_again(
    tmp_path: Path, mood: Mood, reason: str
) -> None:
    with serving(MoodyServer(mood, only="m2@agency.example")) as server, a_house(tmp_path, server) as house:
        assert house.delivery.run() == DeliveryReport(sent=2, dead=1)
        dead = house.entries()["m2"]
        assert (dead.state, dead.error, dead.can_be_retried) == ("dead", reason, True)
        assert house.later() == DeliveryReport()
        server.mood = "well"
        assert house.store.messages.retry(OutboxFilter(message_id="m2"), house.clock()) == ["m2"]
        assert house.delivery.run() == DeliveryReport(sent=1)
        assert sorted(server.accepted) == ALL_ONCE


def test_a_server_that_accepts_and_then_drops_gets_the_message_again_under_the_same_id(tmp_path: Path) -> None:
    with serving(MoodyServer("drops-accepted", only="m2@agency.example")) as server, a_house(tmp_path, server) as house:
        assert house.delivery.run() == DeliveryReport(sent=2, retried=1)
        server.mood = "well"
        assert house.later() == DeliveryReport(sent=1)
        assert server.counted == {"<m1@agency.example>": 1, "<m2@agency.example>": 2, "<m3@agency.example>": 1}


def test_a_server_that_is_away_is_asked_once_a_run_and_then_gets_everything(tmp_path: Path) -> None:
    server = MoodyServer()
    with a_house(tmp_path, server) as house:
        assert house.delivery.run() == DeliveryReport(retried=1)
        assert house.delivery.run() == DeliveryReport(retried=1)
        assert [it.attempts for it in house.entries().values()] == [1, 1, 0]
        with serving(server):
            assert house.later() == DeliveryReport(sent=3)
        assert sorted(server.accepted) == ALL_ONCE


def test_a_server_that_never_speaks_holds_up_no_other_channel(tmp_path: Path) -> None:
    server = MoodyServer()
    with socket.create_server(("127.0.0.1", server.port)), a_house(tmp_path, server) as house:
        with house.store.transaction() as transaction:
            transaction.enqueue(replace(a_message("t1"), channel="telegram", recipient="1"), "alert", NOW)
        assert house.delivery.run("telegram") == DeliveryReport(sent=1)
        assert house.delivery.run() == DeliveryReport(retried=1)
        assert [it.attempts for name, it in house.entries().items() if name != "t1"] == [1, 0, 0]
        assert "timed out" in str(house.entries()["m1"].error)


def test_a_certificate_that_nobody_vouches_for_loses_no_message(tmp_path: Path) -> None:
    authority = trustme.CA()
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with serving(MoodyServer(), tls_context=served) as server:
        with a_house(tmp_path / "a", server, security="starttls") as house:
            assert house.delivery.run() == DeliveryReport(retried=1)
            assert "certificate verify failed" in str(house.entries()["m1"].error)
        patient = {"timeout": 30, "longest": 60}
        with a_house(tmp_path / "b", server, security="starttls", tls=trusting, **patient) as house:
            assert house.delivery.run() == DeliveryReport(sent=3)


class Doorman:
    def __init__(self) -> None:
        self.password = b"rahasia"

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, login: LoginPassword) -> AuthResult:
        return AuthResult(success=login.password == self.password, handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_a_password_that_is_wrong_for_a_while_loses_no_message(tmp_path: Path) -> None:
    doorman = Doorman()
    doorman.password = b"another"
    options = {"authenticator": doorman, "auth_required": True, "auth_require_tls": False}
    with (
        serving(MoodyServer(), **options) as server,
        a_house(tmp_path, server, username="pantau", password="rahasia") as house,
    ):
        assert house.delivery.run() == DeliveryReport(retried=1)
        assert "535" in str(house.entries()["m1"].error)
        doorman.password = b"rahasia"
        assert house.later() == DeliveryReport(sent=3)


def test_after_the_last_attempt_a_message_is_put_aside_with_the_reason(tmp_path: Path) -> None:
    with serving(MoodyServer("greylisting")) as server, a_house(tmp_path, server) as house:
        reports = [house.later() for _ in range(13)]
        assert [report.retried for report in reports] == [3] * 11 + [0, 0]
        assert reports[11] == DeliveryReport(dead=3)
        assert {(it.state, it.attempts, it.error) for it in house.entries().values()} == {("dead", 12, "451 try later")}


def test_pauses_between_attempts_at_a_server_that_is_away_for_a_day_do_not_lose_a_fresh_message(tmp_path: Path) -> None:
    server = MoodyServer()
    with a_house(tmp_path, server) as house:
        for _ in range(4):
            house.delivery.run()
            house.clock.advance(timedelta(hours=6))
        with serving(server):
            assert house.later() == DeliveryReport(sent=3)
        assert sorted(server.accepted) == ALL_ONCE
