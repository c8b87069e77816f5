"""What every outbox guarantees to those who deliver it and to those who look after it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.message import Attached, Cause, Lane, Message, OutboxEntry, OutboxFilter
from tests.service.builders import NOW, a_message
from tests.service.stores import STORES, AnyStore

MINUTE = timedelta(minutes=1)
ANY = Lane()
ALL = OutboxFilter()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    yield store
    store.close()


def fill(store: AnyStore, *messages: Message, cause: Cause = "alert", held: str | None = None) -> None:
    with store.transaction() as transaction:
        for message in messages:
            transaction.enqueue(message, cause, NOW, held)


def over(channel: str, name: str, recipient: str = "x@agency.example") -> Message:
    return replace(a_message(name), channel=channel, recipient=recipient)


def claimed(store: AnyStore, lane: Lane = ANY, claim: str = "c", after: timedelta = MINUTE * 0) -> str | None:
    entry = store.claim_message(lane, claim, NOW + after, NOW + after + MINUTE)
    return None if entry is None else entry.message.id


def entry_of(store: AnyStore, name: str) -> OutboxEntry:
    (entry,) = store.messages.entries(OutboxFilter(message_id=name))
    return entry


def test_a_message_is_claimed_by_one_until_its_time_is_over(store: AnyStore) -> None:
    fill(store, a_message("m1"), a_message("m2"))
    assert (claimed(store), claimed(store), claimed(store)) == ("m1", "m2", None)
    assert claimed(store, after=MINUTE - timedelta(seconds=1)) is None
    assert claimed(store, after=MINUTE) == "m1"


def test_a_message_is_claimed_whole(store: AnyStore) -> None:
    picture, table = Attached("grafik", "image/png", b"png"), Attached("a.xlsx", "application/x", b"xlsx")
    fill(store, replace(a_message("m1"), images=(picture,), attachments=(table,)))
    entry = store.claim_message(ANY, "c", NOW, NOW + MINUTE)
    assert entry is not None
    assert (entry.message.images, entry.message.attachments) == ((picture,), (table,))


def test_what_is_not_due_or_was_sent_or_given_up_is_not_claimed(store: AnyStore) -> None:
    fill(store, a_message("later"), a_message("sent"), a_message("dead"))
    store.mark_failed("later", "busy", NOW + MINUTE)
    store.mark_sent("sent", NOW)
    store.mark_failed("dead", "refused", None)
    assert claimed(store) is None
    assert store.claim_message(ANY, "c", NOW + MINUTE, NOW + 2 * MINUTE, NOW) is None
    assert claimed(store, after=MINUTE) == "later"


def test_a_lane_takes_its_own_messages_only(store: AnyStore) -> None:
    fill(store, over("mail", "m1", "a@x.example"), over("mail", "m2"), over("telegram", "t1"), over("gone", "g1"))
    assert claimed(store, Lane("telegram")) == "t1"
    assert claimed(store, Lane("telegram")) is None
    assert claimed(store, Lane(message_id="m2")) == "m2"
    rest = Lane(others=frozenset({"telegram"}), avoided=frozenset({"a@x.example"}))
    assert (claimed(store, rest), claimed(store, rest)) == ("g1", None)


def test_what_became_of_a_message_ends_its_claim(store: AnyStore) -> None:
    fill(store, a_message("m1"))
    assert claimed(store) == "m1"
    store.mark_failed("m1", "busy", NOW, "c")
    assert claimed(store) == "m1"
    assert entry_of(store, "m1").attempts == 1


def test_who_lost_a_message_to_another_cannot_say_that_it_failed_but_that_it_was_sent(store: AnyStore) -> None:
    fill(store, a_message("m1"))
    assert claimed(store, claim="first") == "m1"
    assert claimed(store, claim="second", after=MINUTE) == "m1"
    store.mark_failed("m1", "timeout", None, "first")
    assert (entry_of(store, "m1").state, entry_of(store, "m1").attempts) == ("pending", 0)
    store.mark_sent("m1", NOW)
    store.mark_failed("m1", "timeout", None, "second")
    assert entry_of(store, "m1").state == "sent"


@pytest.mark.parametrize("store", STORES[1:], indirect=True)
def test_many_who_claim_at_once_never_get_the_same(store: AnyStore) -> None:
    names = [f"m{number:02}" for number in range(40)]
    fill(store, *map(a_message, names))

    def take(number: int) -> list[str | None]:
        return [claimed(store, claim=f"{number}-{turn}") for turn in range(12)]

    with ThreadPoolExecutor(4) as pool:
        taken = [name for names in pool.map(take, range(4)) for name in names if name is not None]
    assert sorted(taken) == names


def test_messages_are_found_by_state_cause_and_channel_the_newest_first(store: AnyStore) -> None:
    fill(store, over("mail", "m1"), over("telegram", "t1"))
    fill(store, over("mail", "d1"), cause="digest", held="jam tenang")
    with store.transaction() as transaction:
        transaction.enqueue(over("mail", "new"), "test", NOW + MINUTE)
    store.mark_sent("m1", NOW)

    def found(asked: OutboxFilter, **page: int) -> list[str]:
        return [it.message.id for it in store.messages.entries(asked, **page)]

    assert found(ALL) == ["new", "d1", "m1", "t1"]
    assert found(ALL, limit=2, offset=1) == ["d1", "m1"]
    assert found(OutboxFilter(state="pending")) == ["new", "d1", "t1"]
    assert found(OutboxFilter(cause="digest")) == ["d1"]
    assert found(OutboxFilter(channel="telegram", state="pending")) == ["t1"]
    assert found(OutboxFilter(message_id="none")) == []
    assert entry_of(store, "d1").held == "jam tenang"
    assert store.messages.tally() == {
        ("sent", "alert", "mail"): 1,
        ("pending", "alert", "telegram"): 1,
        ("pending", "digest", "mail"): 1,
        ("pending", "test", "mail"): 1,
    }


def test_the_longest_wait_is_that_of_what_is_due(store: AnyStore) -> None:
    assert store.messages.oldest_due(NOW) is None
    fill(store, a_message("m1"), a_message("m2"))
    store.mark_failed("m1", "busy", NOW + 2 * MINUTE)
    assert store.messages.oldest_due(NOW - MINUTE) is None
    assert store.messages.oldest_due(NOW + MINUTE) == NOW
    store.mark_sent("m2", NOW)
    assert store.messages.oldest_due(NOW + MINUTE) is None
    assert store.messages.oldest_due(NOW + 3 * MINUTE) == NOW + 2 * MINUTE


def test_what_was_given_up_can_be_sent_again_but_for_what_was_for_an_account(store: AnyStore) -> None:
    fill(store, over("mail", "m1"), over("telegram", "t1"), over("mail", "waits"))
    fill(store, over("mail", "secret"), cause="account")
    for name in ("m1", "t1", "secret"):
        store.mark_failed(name, "refused", None)
    again = NOW + MINUTE
    assert store.messages.retry(OutboxFilter(message_id="secret"), again) == []
    assert store.messages.retry(OutboxFilter(message_id="waits"), again) == []
    assert store.messages.retry(OutboxFilter(channel="telegram"), again) == ["t1"]
    assert store.messages.retry(ALL, again) == ["m1"]
    retried = entry_of(store, "m1")
    assert (retried.state, retried.attempts, retried.due, retried.error) == ("pending", 0, again, "refused")
    assert entry_of(store, "secret").state == "dead"
    assert [it.can_be_retried for it in store.messages.entries(OutboxFilter(state="dead"))] == [False]
