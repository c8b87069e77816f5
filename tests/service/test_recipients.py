"""Alerts go to whom the settings name, to rooms, and to people who asked for them; nobody is told twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.account import Person
from service.domain.recipient import MAIL, MAIL_CHANNEL, AlertLimits, Channel, Subscription, read_target, recipient_id
from service.errors import ChannelError
from service.usecases.recipients import AlertRecipients
from tests.service.builders import NOW, ManualClock
from tests.service.stores import STORES, AnyStore

RANI = Person("p-rani", "rani@agency.example", "Rani", "analis", NOW)
BUDI = Person("p-budi", "budi@agency.example", "Budi", "pembaca", NOW)
GONE = Person("p-gone", "gone@agency.example", "Gone", "pembaca", NOW, active=False)
TELEGRAM = Channel("telegram", "Telegram", "apprise", is_personal=True)
ROOM = Channel("ruang", "Ruang humas", "apprise", alerts=True, limits=AlertLimits(frozenset({"high"})))
SILENT_ROOM = Channel("arsip", "Arsip", "webhook")
CHANNELS = {it.name: it for it in (MAIL_CHANNEL, TELEGRAM, ROOM, SILENT_ROOM)}
ALL = AlertLimits()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    with store.accounts.transaction() as changes:
        for person in (RANI, BUDI, GONE):
            changes.put_person(person)
    yield store
    store.close()


def recipients(store: AnyStore, *addresses: str) -> AlertRecipients:
    return AlertRecipients(addresses, CHANNELS, store.subscriptions, ManualClock())


def told(it: AlertRecipients, severity: str = "normal", regions: tuple[str, ...] = (), rule: str = "negatif") -> object:
    return [(who.channel, who.address) for who in it.for_alert(severity, regions, rule)]


def test_the_addresses_of_the_settings_get_every_alert_by_mail(store: AnyStore) -> None:
    asked = recipients(store, "humas@agency.example", "kepala@agency.example")
    assert told(asked, "low") == [(MAIL, "humas@agency.example"), (MAIL, "kepala@agency.example")]


def test_a_room_gets_alerts_only_where_the_settings_say_so_and_within_its_limits(store: AnyStore) -> None:
    asked = recipients(store)
    assert told(asked, "high") == [("ruang", "")]
    assert told(asked, "normal") == []


def test_a_person_is_told_nothing_until_they_ask_and_then_what_they_asked_for(store: AnyStore) -> None:
    asked = recipients(store)
    assert told(asked) == []
    asked.subscribe(
        RANI, MAIL, "", AlertLimits(frozenset({"high", "normal"}), frozenset({"16"}), frozenset({"negatif"}))
    )
    assert told(asked, "normal", ("16.71",)) == [(MAIL, "rani@agency.example")]
    assert told(asked, "low", ("16.71",)) == []
    assert told(asked, "normal", ("17",)) == []
    assert told(asked, "normal", ()) == []
    assert told(asked, "normal", ("16",), "kecelakaan") == []


def test_a_person_may_be_told_over_several_channels_and_end_each(store: AnyStore) -> None:
    asked = recipients(store)
    asked.subscribe(RANI, MAIL, "anybody@elsewhere.example", ALL)
    asked.subscribe(RANI, "telegram", " 123456789 ", ALL)
    assert told(asked) == [(MAIL, "rani@agency.example"), ("telegram", "123456789")]
    assert [it.channel for it in asked.subscriptions_of(RANI.id)] == ["mail", "telegram"]
    asked.unsubscribe(RANI.id, MAIL)
    asked.unsubscribe(RANI.id, MAIL)
    assert told(asked) == [("telegram", "123456789")]


def test_asking_again_replaces_what_was_asked_before(store: AnyStore) -> None:
    asked = recipients(store)
    asked.subscribe(RANI, "telegram", "1111", ALL)
    asked.subscribe(RANI, "telegram", "2222", AlertLimits(frozenset({"high"})))
    assert told(asked, "high") == [("ruang", ""), ("telegram", "2222")]
    assert told(asked, "low") == []


def test_nobody_is_told_twice_over_the_same_channel(store: AnyStore) -> None:
    asked = recipients(store, "Rani@Agency.example", "humas@agency.example", "humas@agency.example")
    asked.subscribe(RANI, MAIL, "", ALL)
    asked.subscribe(BUDI, "telegram", "1234", ALL)
    asked.subscribe(RANI, "telegram", "1234", ALL)
    found = asked.for_alert("normal", (), "negatif")
    assert [it.channel for it in found] == [MAIL, MAIL, "telegram"]
    assert len({it.id for it in found}) == 3
    assert asked.is_always_told(RANI)
    assert not asked.is_always_told(BUDI)


def test_who_is_not_active_is_told_nothing(store: AnyStore) -> None:
    asked = recipients(store)
    asked.subscribe(GONE, MAIL, "", ALL)
    assert told(asked) == []


def test_a_channel_that_is_gone_or_leads_to_one_place_now_tells_no_person(store: AnyStore) -> None:
    recipients(store).subscribe(RANI, "telegram", "1234", ALL)
    for channels in ({}, {"telegram": replace(TELEGRAM, is_personal=False)}):
        asked = AlertRecipients((), {MAIL: MAIL_CHANNEL} | channels, store.subscriptions, ManualClock())
        assert asked.for_alert("high", (), "negatif") == []


@pytest.mark.parametrize(
    ("channel", "address", "said"),
    [
        ("ruang", "", "Pilih salah satu saluran"),
        ("tidak-ada", "1", "Pilih salah satu saluran"),
        ("telegram", "", "Alamat untuk Telegram"),
        ("telegram", "12/../../x", "Alamat untuk Telegram"),
        ("telegram", "a b", "Alamat untuk Telegram"),
        ("telegram", "9" * 80, "Alamat untuk Telegram"),
    ],
)
def test_what_cannot_be_asked_for_is_said(store: AnyStore, channel: str, address: str, said: str) -> None:
    asked = recipients(store)
    with pytest.raises(ChannelError, match=said):
        asked.subscribe(RANI, channel, address, ALL)
    assert asked.subscriptions_of(RANI.id) == []


@pytest.mark.parametrize("target", ["+6281234567890", "@humas", "#ruang-humas", "-1001234567890", "humas.sumsel"])
def test_addresses_of_chats_are_taken_as_they_are(target: str) -> None:
    assert read_target(target) == target


def test_subscriptions_come_in_the_order_in_which_they_were_made(store: AnyStore) -> None:
    entry = Subscription(BUDI.id, MAIL, "", AlertLimits(regions=frozenset({"16", "17.71"})), NOW)
    store.subscriptions.put(entry)
    store.subscriptions.put(replace(entry, person_id=RANI.id, changed=NOW - timedelta(minutes=1)))
    assert [person for _, person in store.subscriptions.active()] == [RANI, BUDI]
    assert store.subscriptions.of(BUDI.id) == [entry]
    assert store.subscriptions.delete(BUDI.id, MAIL)
    assert not store.subscriptions.delete(BUDI.id, MAIL)


def test_a_recipient_keeps_its_id_whoever_asked_for_it() -> None:
    assert recipient_id(MAIL, "humas@agency.example") == recipient_id(MAIL, "Humas@agency.example")
    assert recipient_id("telegram", "1") != recipient_id("slack", "1") != recipient_id(MAIL, "1")
