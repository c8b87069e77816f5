"""The outbox is delivered at least once, patiently, and says what it could not deliver."""

from datetime import timedelta

import pytest

from service.errors import DeliveryError, DeliveryRefused
from service.usecases.alerting import FIRST_PAUSE, LONGEST_PAUSE, Deliver, DeliveryReport, pause_after
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


def test_a_message_is_tried_once_a_run_even_when_it_is_due_again_at_once() -> None:
    store = a_store("m1")
    delivery = Deliver(store, FakeNotifier([DeliveryError("421")]), ManualClock(), jitter=lambda: -1.0, max_attempts=9)
    assert delivery.run() == DeliveryReport(retried=1)


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
