"""What every keeper of accounts guarantees."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.account import (
    SESSION_IDLE,
    AccountLink,
    Actor,
    ApiToken,
    AuditEntry,
    AuditFilter,
    Person,
    Session,
)
from service.domain.message import Message
from service.domain.saved_search import FeedKey
from service.errors import AccountError
from tests.service.builders import NOW
from tests.service.stores import STORES, AnyStore

MINUTE = timedelta(minutes=1)
RANI = Person("p-rani", "rani@agency.example", "Rani Saputri", "analis", NOW)
BUDI = Person("p-budi", "budi@agency.example", "budi Hartono", "admin", NOW)
SESSION = Session("s-1", RANI.id, NOW, NOW, "192.0.2.7", "Firefox")
TOKEN = ApiToken("t-1", RANI.id, "laporan", "pembaca", "pantau_abc123", NOW, NOW + timedelta(days=30))
LINK = AccountLink("l-1", RANI.id, "reset", NOW, NOW + timedelta(hours=2))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    with store.accounts.transaction() as changes:
        changes.put_person(RANI)
        changes.put_person(BUDI)
    yield store
    store.close()


def test_people_come_back_the_active_first_by_name(store: AnyStore) -> None:
    gone = Person("p-ani", "ani@agency.example", "Ani", "pembaca", NOW, active=False)
    with store.accounts.transaction() as changes:
        changes.put_person(gone)
        assert changes.people() == [BUDI, RANI, gone]
    assert store.accounts.people() == [BUDI, RANI, gone]
    assert (store.accounts.person(RANI.id), store.accounts.person_of(RANI.email)) == (RANI, RANI)
    assert (store.accounts.person("none"), store.accounts.person_of("none@agency.example")) == (None, None)


def test_a_person_is_changed_and_keeps_the_password(store: AnyStore) -> None:
    with store.accounts.transaction() as changes:
        changes.put_password(RANI.id, "hashed")
        changes.put_person(replace(RANI, role="admin", name="Rani S."))
    assert store.accounts.person(RANI.id) == replace(RANI, role="admin", name="Rani S.")
    assert (store.accounts.password(RANI.id), store.accounts.password(BUDI.id)) == ("hashed", None)


def test_an_email_belongs_to_one_person(store: AnyStore) -> None:
    with pytest.raises(AccountError, match=r"rani@agency\.example"), store.accounts.transaction() as changes:
        changes.put_person(replace(BUDI, id="p-other", email=RANI.email))
    assert store.accounts.people() == [BUDI, RANI]


def test_a_transaction_that_fails_changes_nothing(store: AnyStore) -> None:
    def fail() -> None:
        with store.accounts.transaction() as changes:
            changes.add_session(SESSION, "f" * 64)
            changes.record(AuditEntry(NOW, "signed-in", Actor(RANI.id, RANI.name)))
            changes.enqueue(Message("m", RANI.email, "s", "t"), "account", NOW)
            changes.put_person(replace(BUDI, id="p-other"))

    with pytest.raises(AccountError):
        fail()
    assert store.accounts.sessions(RANI.id) == []
    assert store.accounts.audit(AuditFilter()) == []
    assert store.outbox() == []


def test_sessions_are_found_by_fingerprint_and_ended(store: AnyStore) -> None:
    later = replace(SESSION, id="s-2", seen=NOW + MINUTE)
    with store.accounts.transaction() as changes:
        for number, session in enumerate((SESSION, later, replace(SESSION, id="s-3", person_id=BUDI.id))):
            changes.add_session(session, f"{number}" * 64)
    assert store.accounts.session("0" * 64) == (SESSION, RANI)
    assert store.accounts.session("9" * 64) is None
    assert store.accounts.sessions(RANI.id) == [later, SESSION]
    with store.accounts.transaction() as changes:
        changes.mark_seen("s-1", NOW + 2 * MINUTE)
        assert changes.end_sessions(RANI.id, only="s-3") == 0
        assert changes.end_sessions(RANI.id, but="s-1") == 1
    assert store.accounts.sessions(RANI.id) == [replace(SESSION, seen=NOW + 2 * MINUTE)]
    with store.accounts.transaction() as changes:
        assert changes.end_sessions(RANI.id) == 1
    assert [it.id for it in store.accounts.sessions(BUDI.id)] == ["s-3"]


def test_tokens_tell_their_last_use_and_are_revoked_once(store: AnyStore) -> None:
    newer = replace(TOKEN, id="t-2", created=NOW + MINUTE)
    with store.accounts.transaction() as changes:
        changes.add_token(TOKEN, "1" * 64)
        changes.add_token(newer, "2" * 64)
        changes.mark_used("t-1", NOW)
    assert store.accounts.token("1" * 64) == (replace(TOKEN, last_used=NOW), RANI)
    assert store.accounts.token("3" * 64) is None
    assert [it.id for it in store.accounts.tokens(RANI.id)] == ["t-2", "t-1"]
    with store.accounts.transaction() as changes:
        assert changes.revoke_tokens(BUDI.id, NOW, only="t-2") == []
        assert changes.revoke_tokens(RANI.id, NOW, only="t-2") == [newer]
        assert [it.id for it in changes.revoke_tokens(RANI.id, NOW)] == ["t-1"]
    assert all(it.revoked == NOW for it in store.accounts.tokens(RANI.id))


def test_a_link_is_used_once_and_not_after_its_time(store: AnyStore) -> None:
    with store.accounts.transaction() as changes:
        changes.add_link(LINK, "1" * 64)
        assert changes.use_link("1" * 64, LINK.expires) is None
        assert changes.use_link("1" * 64, NOW + MINUTE) == replace(LINK, used=NOW + MINUTE)
        assert changes.use_link("1" * 64, NOW + MINUTE) is None
        assert changes.use_link("2" * 64, NOW) is None
    assert store.accounts.link("1" * 64) == (replace(LINK, used=NOW + MINUTE), RANI)


def test_a_transaction_reads_what_it_has_written(store: AnyStore) -> None:
    newer = replace(TOKEN, id="t-2", created=NOW + MINUTE)
    with store.accounts.transaction() as changes:
        assert (changes.password(RANI.id), changes.tokens(RANI.id)) == (None, [])
        changes.put_password(RANI.id, "hashed")
        changes.add_token(TOKEN, "1" * 64)
        changes.add_token(newer, "2" * 64)
        assert (changes.password(RANI.id), changes.password(BUDI.id)) == ("hashed", None)
        assert (changes.tokens(RANI.id), changes.tokens(BUDI.id)) == ([newer, TOKEN], [])


def test_a_persons_links_and_keys_to_feeds_are_ended_and_no_others(store: AnyStore) -> None:
    for person in (RANI, BUDI):
        key = FeedKey(f"k-{person.id}", person.id, "klaim", "umpan_abc123", NOW)
        assert store.saved_searches.add_key(key, person.id, 1)
    with store.accounts.transaction() as changes:
        changes.add_link(LINK, "1" * 64)
        changes.add_link(replace(LINK, id="l-2", person_id=BUDI.id), "2" * 64)
        changes.end_links(RANI.id)
        changes.revoke_feeds(RANI.id, NOW + MINUTE)
    assert [store.accounts.link(f"{number}" * 64) is None for number in (1, 2)] == [True, False]
    keys = [store.saved_searches.key(person.id) for person in (RANI, BUDI)]
    assert [key and key.revoked for key in keys] == [NOW + MINUTE, None]


def test_a_new_link_ends_the_persons_former_ones(store: AnyStore) -> None:
    with store.accounts.transaction() as changes:
        changes.add_link(LINK, "1" * 64)
        changes.add_link(replace(LINK, id="l-2"), "2" * 64)
        changes.add_link(replace(LINK, id="l-3", person_id=BUDI.id), "3" * 64)
    found = [store.accounts.link(f"{number}" * 64) for number in (1, 2, 3)]
    assert [it and it[0].id for it in found] == [None, "l-2", "l-3"]


def test_attempts_are_counted_within_a_time_and_one_by_one_forgotten(store: AnyStore) -> None:
    with store.accounts.transaction() as changes:
        tried = [changes.attempt("a", NOW + number * MINUTE, 3, 10 * MINUTE) for number in range(5)]
        assert tried == [None, None, None, NOW + 10 * MINUTE, NOW + 10 * MINUTE]
        assert changes.attempt("b", NOW, 3, 10 * MINUTE) is None
        changes.forget_attempts("a", NOW + MINUTE)
        assert changes.attempt("a", NOW + 6 * MINUTE, 3, 10 * MINUTE) is None
        assert changes.attempt("a", NOW + 7 * MINUTE, 3, 10 * MINUTE) == NOW + 10 * MINUTE
        assert changes.attempt("a", NOW + 10 * MINUTE, 3, 10 * MINUTE) is None
        changes.forget_attempts("a")
        assert changes.attempt("a", NOW + 10 * MINUTE, 1, 10 * MINUTE) is None


def test_the_audit_is_filtered_and_paged_the_newest_first(store: AnyStore) -> None:
    entries = [
        AuditEntry(NOW, "sign-in-failed", Actor(None, "tidak dikenal", "192.0.2.7")),
        AuditEntry(NOW, "signed-in", Actor(RANI.id, RANI.name, "192.0.2.7")),
        AuditEntry(NOW, "role-changed", Actor(BUDI.id, BUDI.name, "::1"), "pembaca → analis", RANI.id),
        AuditEntry(NOW + MINUTE, "exported", Actor(BUDI.id, BUDI.name, "::1"), "angka.csv"),
    ]
    with store.accounts.transaction() as changes:
        for entry in entries:
            changes.record(entry)
    found = store.accounts.audit(AuditFilter())
    assert [replace(it, number=0) for it in found] == entries[::-1]
    numbers = [it.number for it in found]
    assert numbers == sorted(numbers, reverse=True)
    assert store.accounts.audit(AuditFilter(), before=numbers[1], limit=1) == [found[2]]
    assert store.accounts.audit(AuditFilter(person_id=RANI.id)) == [found[1], found[2]]
    assert store.accounts.audit(AuditFilter(person_id=RANI.id, kind="role-changed")) == [found[1]]


def test_what_is_over_is_forgotten(store: AnyStore) -> None:
    with store.accounts.transaction() as changes:
        changes.add_session(SESSION, "1" * 64)
        changes.add_session(replace(SESSION, id="s-2", seen=NOW + MINUTE), "2" * 64)
        changes.add_link(LINK, "1" * 64)
        changes.attempt("a", NOW, 1, MINUTE)
        changes.record(AuditEntry(NOW, "signed-in", Actor(RANI.id, RANI.name)))
    over = NOW + SESSION_IDLE
    assert store.accounts.forget(over, attempts=NOW + MINUTE) == 3
    assert [it.id for it in store.accounts.sessions(RANI.id)] == ["s-2"]
    assert [it.kind for it in store.accounts.audit(AuditFilter())] == ["signed-in"]


def test_a_message_is_kept_with_the_change_and_its_secret_forgotten_once_it_is_out(store: AnyStore) -> None:
    sent, dead, alert = (Message(it, RANI.email, "Undangan", "rahasia", "<p>rahasia") for it in ("m-1", "m-2", "m-3"))
    with store.accounts.transaction() as changes:
        assert changes.enqueue(sent, "account", NOW)
        assert changes.enqueue(dead, "account", NOW)
        assert changes.enqueue(alert, "alert", NOW)
    assert [entry.message for it in (sent, dead, alert) if (entry := store.message(it.id))] == [sent, dead, alert]
    store.mark_failed("m-1", "down", NOW)
    assert {it.message.text for it in store.outbox()} == {"rahasia"}
    store.mark_sent("m-1", NOW)
    store.mark_sent("m-3", NOW)
    store.mark_failed("m-2", "refused", None)
    kept = {it.message.id: (it.message.text, it.message.html) for it in store.outbox()}
    assert kept == {"m-1": ("", None), "m-2": ("", None), "m-3": ("rahasia", "<p>rahasia")}
