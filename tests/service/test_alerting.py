"""The outbox is delivered at least once, patiently, and says what it could not deliver."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.message import Cause, Message
from service.errors import ChannelDown, DeliveryError, DeliveryRefused
from service.usecases.alerting import (
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    RUN_LASTS,
    Deliver,
    DeliveryReport,
    pause_after,
)
from tests.service.builders import NOW, ManualClock, a_message
from tests.service.fakes import FakeNotifier, FakeStore


def a_store(*names: str) -> FakeStore:
    store = FakeStore()
    with store.transaction() as transaction:
        for name in names:
            transaction.enqueue(a_message(name), "alert", NOW)
    return store


def a_delivery(store: FakeStore, notifier: FakeNotifier, clock: ManualClock, max_attempts: int = 3) -> Deliver:
    return Deliver(store, notifier, clock, jitter=lambda: 1.0, max_attempts=max_attempts)


def test_what_is_due_is_sent_once() -> None:
    store, notifier, clock = a_store("m1", "m2"), FakeNotifier(), ManualClock()
    assert a_delivery(store, notifier, clock).run() == DeliveryReport(sent=2)
    assert a_delivery(store, notifier, clock).run() == DeliveryReport()
    assert [message.id for message in notifier.sent] == ["m1", "m2"]
    assert {(entry.state, entry.sent) for entry in store.outbox()} == {("sent", NOW)}


def test_more_messages_than_one_look_into_the_outbox_are_sent_in_one_run() -> None:
    store = a_store(*(f"m{number:03}" for number in range(120)))
    assert a_delivery(store, FakeNotifier(), ManualClock()).run().sent == 120


def test_one_failure_does_not_hold_up_the_others() -> None:
    store, clock = a_store("m1", "m2"), ManualClock()
    notifier = FakeNotifier([DeliveryError("421 try later")])
    assert a_delivery(store, notifier, clock).run() == DeliveryReport(sent=1, retried=1)
    assert [message.id for message in notifier.sent] == ["m2"]


def test_a_failed_message_waits_longer_each_time_and_keeps_its_id() -> None:
    store, clock = a_store("m1"), ManualClock()
    notifier = FakeNotifier([DeliveryError("421 try later")] * 2)
    delivery = a_delivery(store, notifier, clock)
    delivery.run()
    assert delivery.run() == DeliveryReport()
    clock.advance(FIRST_PAUSE)
    assert delivery.run() == DeliveryReport(retried=1)
    clock.advance(FIRST_PAUSE)
    assert delivery.run() == DeliveryReport()
    clock.advance(FIRST_PAUSE)
    assert delivery.run() == DeliveryReport(sent=1)
    assert [message.id for message in notifier.sent] == ["m1"]


def test_a_message_is_put_aside_after_the_last_attempt() -> None:
    store, clock = a_store("m1"), ManualClock()
    delivery = a_delivery(store, FakeNotifier([DeliveryError("421 try later")] * 9), clock)
    for _ in range(5):
        delivery.run()
        clock.advance(timedelta(days=1))
    (entry,) = store.outbox()
    assert (entry.state, entry.attempts, entry.error) == ("dead", 3, "421 try later")


def test_a_refused_message_is_put_aside_at_once() -> None:
    store = a_store("m1")
    notifier = FakeNotifier([DeliveryRefused("550 no such user")])
    assert a_delivery(store, notifier, ManualClock()).run() == DeliveryReport(dead=1)
    (entry,) = store.outbox()
    assert (entry.state, entry.attempts, entry.error) == ("dead", 1, "550 no such user")


class Slow(FakeNotifier):
    """Fails for some recipients, after so long; the others get their messages at once."""

    def __init__(self, clock: ManualClock, slow: set[str], error: DeliveryError, takes: timedelta) -> None:
        super().__init__()
        self.clock, self.slow, self.error, self.takes = clock, slow, error, takes
        self.tried: list[str] = []

    def send(self, message: Message) -> None:
        self.tried.append(message.id)
        if {message.recipient, message.channel} & self.slow:
            self.clock.advance(self.takes)
            raise self.error
        super().send(message)


def a_filled_store(*messages: Message, cause: Cause = "alert") -> FakeStore:
    store = FakeStore()
    with store.transaction() as transaction:
        for message in messages:
            transaction.enqueue(message, cause, NOW)
    return store


def to(recipient: str, *names: str, channel: str = "mail") -> list[Message]:
    return [replace(a_message(name), recipient=recipient, channel=channel) for name in names]


def test_a_message_is_tried_once_a_run_even_when_its_pause_ends_within_it() -> None:
    store, clock = a_store("m1"), ManualClock()
    notifier = Slow(clock, {"humas@agency.example"}, DeliveryError("timed out"), FIRST_PAUSE * 2)
    report = Deliver(store, notifier, clock, jitter=lambda: 0.0).run(at_most=timedelta(hours=1))
    assert (report, notifier.tried) == (DeliveryReport(retried=1), ["m1"])


def test_a_channel_that_does_not_serve_is_asked_once_a_run_and_holds_up_no_other() -> None:
    store = a_filled_store(*to("", "t1", "t2", channel="telegram"), *to("a@agency.example", "m1", "m2"))
    clock = ManualClock()
    notifier = Slow(clock, {"mail"}, ChannelDown("no answer"), timedelta(seconds=20))
    delivery = Deliver(store, notifier, clock, jitter=lambda: 1.0, channels=["telegram"])
    assert delivery.lanes == ("mail", "telegram")
    assert delivery.run("telegram") == DeliveryReport(sent=2)
    assert delivery.run() == DeliveryReport(retried=1)
    assert notifier.tried == ["t1", "t2", "m1"]
    assert {it.message.id: it.attempts for it in store.outbox()} == {"t1": 1, "t2": 1, "m1": 1, "m2": 0}


def test_messages_for_a_channel_that_there_is_not_any_more_go_with_the_mail() -> None:
    store = a_filled_store(*to("", "s1", channel="slack"), *to("", "t1", channel="telegram"))
    delivery = Deliver(store, FakeNotifier(), ManualClock(), jitter=lambda: 1.0, channels=["telegram"])
    assert delivery.run("mail") == DeliveryReport(sent=1)
    assert [it.message.id for it in store.outbox() if it.state == "pending"] == ["t1"]


def test_recipients_who_cost_time_do_not_keep_the_others_waiting() -> None:
    slow = to("slow@agency.example", "a1", "a2", "a3")
    store, clock = a_filled_store(*slow, *to("b@agency.example", "b1", "b2")), ManualClock()
    notifier = Slow(clock, {"slow@agency.example"}, DeliveryError("timed out"), timedelta(seconds=20))
    delivery = Deliver(store, notifier, clock, jitter=lambda: 0.0)
    assert delivery.run() == DeliveryReport(sent=2, retried=1)
    assert notifier.tried == ["a1", "b1", "b2"]


def test_a_run_begins_no_message_after_its_time() -> None:
    store, clock = a_filled_store(*(to(f"{n}@agency.example", f"m{n}")[0] for n in range(9))), ManualClock()
    everybody = {f"{n}@agency.example" for n in range(9)}
    notifier = Slow(clock, everybody, DeliveryError("timed out"), timedelta(seconds=20))
    assert Deliver(store, notifier, clock, jitter=lambda: 1.0).run() == DeliveryReport(retried=3)
    assert clock() - NOW == RUN_LASTS


def test_what_was_never_tried_goes_first_and_digests_go_last() -> None:
    store, clock = a_filled_store(*to("a@agency.example", "z-again")), ManualClock()
    store.mark_failed("z-again", "timeout", NOW)
    with store.transaction() as transaction:
        transaction.enqueue(a_message("a-digest"), "digest", NOW - timedelta(hours=1))
        transaction.enqueue(a_message("m-alert"), "alert", NOW)
    notifier = FakeNotifier()
    Deliver(store, notifier, clock, jitter=lambda: 1.0).run()
    assert [message.id for message in notifier.sent] == ["m-alert", "a-digest", "z-again"]


def test_an_error_of_our_own_harms_one_message_only(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeNotifier):
        def send(self, message: Message) -> None:
            if message.id == "m1":
                raise KeyError("rahasia")
            super().send(message)

    store = a_store("m1", "m2")
    assert Deliver(store, Broken(), ManualClock(), jitter=lambda: 1.0).run() == DeliveryReport(sent=1, retried=1)
    (failed,) = [it for it in store.outbox() if it.state == "pending"]
    assert failed.error == "an error of Pantau itself (KeyError); the log tells more"
    assert "rahasia" in caplog.text


def test_a_message_that_is_being_sent_is_sent_by_nobody_else_until_its_lease_ends() -> None:
    store, clock, others = a_store("m1"), ManualClock(), FakeNotifier()

    class Meanwhile(FakeNotifier):
        def send(self, message: Message) -> None:
            assert Deliver(store, others, clock, jitter=lambda: 1.0).run() == DeliveryReport()
            super().send(message)

    notifier = Meanwhile()
    assert Deliver(store, notifier, clock, jitter=lambda: 1.0).run() == DeliveryReport(sent=1)
    assert (len(notifier.sent), others.sent) == (1, [])


def test_a_message_whose_sender_died_is_sent_once_its_lease_is_over() -> None:
    store, clock = a_store("m1"), ManualClock()

    class Killed(FakeNotifier):
        def send(self, message: Message) -> None:
            raise SystemExit

    with pytest.raises(SystemExit):
        Deliver(store, Killed(), clock, jitter=lambda: 1.0).run()
    delivery = Deliver(store, FakeNotifier(), clock, jitter=lambda: 1.0)
    assert delivery.run() == DeliveryReport()
    clock.advance(LEASE)
    assert delivery.run() == DeliveryReport(sent=1)


def test_one_message_alone_can_be_tried() -> None:
    store, notifier = a_store("m1", "m2"), FakeNotifier()
    assert a_delivery(store, notifier, ManualClock()).run_one("m2") == DeliveryReport(sent=1)
    assert [message.id for message in notifier.sent] == ["m2"]


@pytest.mark.parametrize(
    ("attempts", "jitter", "pause"),
    [
        (1, 1.0, FIRST_PAUSE),
        (1, 0.0, FIRST_PAUSE / 2),
        (2, 1.0, FIRST_PAUSE * 2),
        (4, 1.0, FIRST_PAUSE * 8),
        (12, 1.0, LONGEST_PAUSE),
        (5000, 0.5, LONGEST_PAUSE * 0.75),
    ],
)
def test_pauses_double_up_to_a_limit_and_are_spread(attempts: int, jitter: float, pause: timedelta) -> None:
    assert pause_after(attempts, jitter) == pause
