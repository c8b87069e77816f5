"""Signing in, invitations, roles and tokens as the use cases guarantee them, by the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from service.adapters.passwords import Argon2
from service.adapters.rendering import Renderer
from service.domain.account import (
    LINK_LASTS,
    SEEN_EVERY,
    SESSION_IDLE,
    SESSION_LONGEST,
    Actor,
    AuditFilter,
    AuditKind,
    Person,
    fingerprint,
)
from service.errors import AccountError, SignInRefused, TooManyAttempts
from service.ports import AccountChanges, Accounts
from service.usecases.feeds import Feeds
from service.usecases.people import MOST_RESETS, MOST_TOKENS, RESETS_WITHIN, People
from service.usecases.signing_in import ATTEMPTS_WITHIN, MOST_AT_ACCOUNT, MOST_FROM_ADDRESS, SignedIn, SignIn
from tests.service.builders import NOW, ManualClock
from tests.service.signed_in import ADMIN, PASSWORD, QUICK
from tests.service.stores import STORES, AnyStore

EMAIL, HOME, AWAY = "rani@agency.example", "192.0.2.7", "198.51.100.9"
NEW = "tiga kambing naik bus"


class CountingHasher:
    """Hashes quickly, and tells how often it was asked to verify; what is done `meanwhile` is done right after that."""

    def __init__(self) -> None:
        self.verified: list[str | None] = []
        self.meanwhile: list[Callable[[], object]] = []

    def hash(self, password: str) -> str:
        return QUICK.hash(password)

    def verify(self, hashed: str | None, password: str) -> bool:
        self.verified.append(hashed)
        is_right = QUICK.verify(hashed, password)
        while self.meanwhile:
            self.meanwhile.pop()()
        return is_right

    def is_outdated(self, hashed: str) -> bool:
        return QUICK.is_outdated(hashed)


class Overtaken:
    """Accounts where somebody else is faster: what they do is committed before the next transaction that begins."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self.faster: list[Callable[[], object]] = []

    @contextmanager
    def transaction(self) -> Iterator[AccountChanges]:
        while self.faster:
            self.faster.pop()()
        with self._accounts.transaction() as changes:
            yield changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._accounts, name)


@dataclass
class House:
    store: AnyStore
    accounts: Overtaken
    clock: ManualClock
    hasher: CountingHasher
    people: People
    door: SignIn

    def enter(self, email: str = EMAIL, password: str = PASSWORD, address: str = HOME) -> SignedIn:
        return self.door.with_password(email, password, address, "Firefox")

    def add(self, email: str = EMAIL, role: str = "analis", password: str | None = PASSWORD) -> Person:
        person = self.people.add(ADMIN, email, "Rani Saputri", role)  # type: ignore[arg-type]
        if password is not None:
            self.people.choose_password(self.link(person), password, HOME)
        return person

    def link(self, person: Person) -> str:
        return self.people.invite(ADMIN, person.id).rsplit("/", 1)[1]

    def kinds(self, kind: AuditKind | None = None) -> list[str]:
        return [it.kind for it in reversed(self.people.audit(AuditFilter(kind=kind), None, 100))]


@pytest.fixture(params=STORES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    make: Callable[[Path], AnyStore] = request.param
    store, clock, hasher = make(tmp_path), ManualClock(), CountingHasher()
    renderer = Renderer("https://pantau.agency.example/")
    accounts = Overtaken(store.accounts)
    people = People(accounts, hasher, clock, renderer.account_link, renderer.link_address, ["BPJS"])
    yield House(store, accounts, clock, hasher, people, SignIn(accounts, hasher, clock))
    store.close()


def test_the_right_password_begins_a_session_that_only_its_secret_finds(house: House) -> None:
    person = house.add()
    entered = house.enter(" Rani@Agency.example")
    assert len(entered.secret) >= 43
    found = house.door.recognise(entered.secret)
    assert found == (entered.session, person)
    assert house.door.recognise(fingerprint(entered.secret)) is None
    assert house.door.recognise("") is None
    assert house.enter().secret != entered.secret


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "salah sama sekali"), ("tiada@agency.example", PASSWORD), ("x", "")]
)
def test_what_is_wrong_is_told_in_the_same_words_after_the_same_work(house: House, email: str, password: str) -> None:
    house.add()
    house.hasher.verified.clear()
    with pytest.raises(SignInRefused, match=r"^Surel atau kata sandi tidak cocok\.$"):
        house.enter(email, password)
    assert len(house.hasher.verified) == 1
    assert house.kinds("sign-in-failed") == ["sign-in-failed"]


def test_nobody_enters_who_is_deactivated_or_has_chosen_no_password(house: House) -> None:
    house.add("admin@agency.example", "admin")
    person = house.add(password=None)
    with pytest.raises(SignInRefused):
        house.enter(password="")
    house.people.choose_password(house.link(person), PASSWORD, HOME)
    secret = house.enter().secret
    house.people.deactivate(ADMIN, person.id)
    assert house.door.recognise(secret) is None
    with pytest.raises(SignInRefused):
        house.enter()
    house.people.activate(ADMIN, person.id)
    assert house.door.recognise(secret) is None
    assert house.enter().person.id == person.id


def test_what_a_stranger_typed_is_not_kept(house: House) -> None:
    with pytest.raises(SignInRefused):
        house.enter("kata sandi di isian surel", "x")
    (entry,) = house.people.audit(AuditFilter(), None, 9)
    assert (entry.by, entry.about) == (Actor(None, "tidak dikenal", HOME), "")


def test_guessing_at_an_account_ends_after_a_while_even_for_the_right_password(house: House) -> None:
    house.add()
    for number in range(MOST_AT_ACCOUNT):
        with pytest.raises(SignInRefused):
            house.enter(password="salah sama sekali", address=f"198.51.100.{number}")
    before = len(house.hasher.verified)
    house.clock.advance(timedelta(minutes=5))
    with pytest.raises(TooManyAttempts, match="dalam 10 menit") as caught:
        house.enter(address=AWAY)
    assert caught.value.seconds == 600
    assert len(house.hasher.verified) == before
    house.clock.advance(timedelta(seconds=600))
    assert house.enter(address=AWAY).person.email == EMAIL


def test_an_account_that_does_not_exist_is_counted_alike(house: House) -> None:
    for number in range(MOST_AT_ACCOUNT):
        with pytest.raises(SignInRefused):
            house.enter("tiada@agency.example", address=f"198.51.100.{number}")
    with pytest.raises(TooManyAttempts):
        house.enter("tiada@agency.example", address=AWAY)


def test_guessing_from_one_address_ends_whatever_the_account_and_takes_nothing_from_its_owner(house: House) -> None:
    house.add()
    for number in range(MOST_FROM_ADDRESS):
        with pytest.raises(SignInRefused):
            house.enter(f"orang{number}@agency.example", address=AWAY)
    for _ in range(MOST_AT_ACCOUNT + 1):
        with pytest.raises(TooManyAttempts):
            house.enter(address=AWAY)
    assert house.enter(address=HOME).person.email == EMAIL
    house.clock.advance(ATTEMPTS_WITHIN)
    assert house.enter(address=AWAY).person.email == EMAIL


def test_an_office_of_many_people_behind_one_address_is_not_kept_out(house: House) -> None:
    house.add()
    for _ in range(MOST_FROM_ADDRESS + 1):
        house.clock.advance(timedelta(seconds=1))
        house.enter()
    assert len(house.people.sessions(house.people.everybody()[0].id)) == MOST_FROM_ADDRESS + 1


def test_a_session_ends_when_it_was_not_used(house: House) -> None:
    house.add()
    secret = house.enter().secret
    house.clock.advance(SESSION_IDLE - timedelta(seconds=1))
    assert house.door.recognise(secret) is not None
    house.clock.advance(SESSION_IDLE - timedelta(seconds=1))
    assert house.door.recognise(secret) is not None
    house.clock.advance(SESSION_IDLE)
    assert house.door.recognise(secret) is None


def test_a_session_ends_in_the_end_however_much_it_is_used(house: House) -> None:
    house.add()
    secret = house.enter().secret
    while house.clock() < NOW + SESSION_LONGEST - timedelta(hours=1):
        assert house.door.recognise(secret) is not None
        house.clock.advance(timedelta(hours=1))
    house.clock.advance(timedelta(hours=1))
    assert house.door.recognise(secret) is None


def test_a_sessions_use_is_not_written_at_every_page(house: House) -> None:
    person = house.add()
    secret = house.enter().secret
    house.clock.advance(SEEN_EVERY - timedelta(seconds=1))
    house.door.recognise(secret)
    assert house.people.sessions(person.id)[0].seen == NOW
    house.clock.advance(timedelta(seconds=1))
    house.door.recognise(secret)
    assert house.people.sessions(person.id)[0].seen == NOW + SEEN_EVERY


def test_a_hash_of_other_parameters_is_renewed_at_the_next_sign_in(house: House) -> None:
    person = house.add()
    old = Argon2(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)).hash(PASSWORD)
    with house.store.accounts.transaction() as changes:
        changes.put_password(person.id, old)
    house.enter()
    renewed = house.store.accounts.password(person.id)
    assert renewed is not None
    assert renewed != old
    assert not QUICK.is_outdated(renewed)
    assert house.enter().person == person


def test_an_invitation_comes_by_mail_opens_the_account_once_and_only_for_a_week(house: House) -> None:
    person = house.add(password=None)
    address = house.people.invite(ADMIN, person.id)
    (entry,) = house.store.outbox()
    assert (entry.cause, entry.message.recipient, entry.message.subject) == ("account", EMAIL, "Undangan ke Pantau")
    assert address.startswith("https://pantau.agency.example/sandi/")
    assert f"\n{address}\n" in entry.message.text
    secret = address.rsplit("/", 1)[1]
    house.clock.advance(LINK_LASTS["invitation"] - timedelta(seconds=1))
    assert house.people.choose_password(secret, PASSWORD, HOME) == person
    with pytest.raises(AccountError, match="sudah dipakai"):
        house.people.choose_password(secret, NEW, HOME)
    late = house.link(person)
    house.clock.advance(LINK_LASTS["reset"])
    with pytest.raises(AccountError, match="lewat waktunya"):
        house.people.choose_password(late, NEW, HOME)
    house.enter()


def test_a_refused_password_does_not_use_the_link_up(house: House) -> None:
    secret = house.link(house.add(password=None))
    with pytest.raises(AccountError, match="terlalu mudah ditebak"):
        house.people.choose_password(secret, "bpjs bpjs bpjs", HOME)
    house.people.choose_password(secret, PASSWORD, HOME)


def test_a_new_link_ends_the_one_before(house: House) -> None:
    person = house.add(password=None)
    former, newer = house.link(person), house.link(person)
    assert house.people.whose_link(former) is None
    assert house.people.whose_link(newer) is not None


def test_a_forgotten_password_is_replaced_and_all_sessions_end(house: House) -> None:
    person = house.add()
    secret = house.enter().secret
    for _ in range(MOST_AT_ACCOUNT):
        with pytest.raises(SignInRefused):
            house.enter(password="salah sama sekali", address=AWAY)
    house.people.forgot(EMAIL, HOME)
    message = next(it.message for it in house.store.outbox() if it.message.subject == "Kata sandi baru untuk Pantau")
    link = next(line for line in message.text.split("\n") if "/sandi/" in line).rsplit("/", 1)[1]
    house.people.choose_password(link, NEW, HOME)
    assert house.door.recognise(secret) is None
    with pytest.raises(SignInRefused):
        house.enter()
    assert house.enter(password=NEW).person == person


def test_a_reset_is_sent_to_active_accounts_only_and_not_endlessly(house: House) -> None:
    house.add("admin@agency.example", "admin")
    gone = house.add("pergi@agency.example")
    house.people.deactivate(ADMIN, gone.id)
    house.add()
    before = len(house.store.outbox())
    for email in ("tiada@agency.example", gone.email, "bukan surel", ""):
        house.people.forgot(email, HOME)
    assert len(house.store.outbox()) == before
    for _ in range(MOST_RESETS + 2):
        house.people.forgot(EMAIL, HOME)
    assert len(house.store.outbox()) == before + MOST_RESETS
    house.clock.advance(RESETS_WITHIN)
    house.people.forgot(EMAIL, HOME)
    assert len(house.store.outbox()) == before + MOST_RESETS + 1


def test_changing_the_password_needs_the_old_one_and_ends_every_session(house: House) -> None:
    person = house.add()
    secrets = [house.enter().secret for _ in range(2)]
    with pytest.raises(AccountError, match="lama tidak cocok"):
        house.people.change_password(house.door, person, "salah sama sekali", NEW, HOME)
    with pytest.raises(AccountError, match="paling sedikit 12"):
        house.people.change_password(house.door, person, PASSWORD, "pendek", HOME)
    assert all(house.door.recognise(it) for it in secrets)
    house.people.change_password(house.door, person, PASSWORD, NEW, HOME)
    assert not any(house.door.recognise(it) for it in secrets)
    assert house.enter(password=NEW).person == person


def test_the_old_password_cannot_be_guessed_from_a_session(house: House) -> None:
    person = house.add()
    for _ in range(MOST_AT_ACCOUNT):
        with pytest.raises(AccountError, match="lama tidak cocok"):
            house.people.change_password(house.door, person, "salah sama sekali", NEW, HOME)
    with pytest.raises(TooManyAttempts):
        house.people.change_password(house.door, person, PASSWORD, NEW, HOME)


def test_a_new_password_ends_the_link_that_was_sent_before(house: House) -> None:
    person = house.add()
    link = house.link(person)
    house.people.change_password(house.door, person, PASSWORD, NEW, HOME)
    assert house.people.whose_link(link) is None
    with pytest.raises(AccountError, match="sudah dipakai"):
        house.people.choose_password(link, PASSWORD, HOME)


def test_who_is_demoted_and_deactivated_while_they_rename_themselves_stays_so(house: House) -> None:
    house.add("admin@agency.example", "admin")
    person = house.add(role="admin")
    house.accounts.faster += [
        lambda: house.people.deactivate(ADMIN, person.id),
        lambda: house.people.change_role(ADMIN, person.id, "pembaca"),
    ]
    house.people.rename(ADMIN, person.id, "Rani S.")
    assert house.people.person(person.id) == replace(person, name="Rani S.", role="pembaca", active=False)


def test_who_is_deactivated_meanwhile_gets_in_no_more(house: House) -> None:
    house.add("admin@agency.example", "admin")
    person = house.add()
    link, before = house.link(person), len(house.store.outbox())

    def refused(error: type[Exception], ask: Callable[[], object], soon: list[Callable[[], object]]) -> None:
        soon.append(lambda: house.people.deactivate(ADMIN, person.id))
        with pytest.raises(error):
            ask()
        house.people.activate(ADMIN, person.id)

    faster = house.accounts.faster
    refused(AccountError, lambda: house.people.invite(ADMIN, person.id), faster)
    refused(AccountError, lambda: house.people.issue_token(person, "laporan", "pembaca", 30, HOME), faster)
    refused(AccountError, lambda: house.people.choose_password(link, NEW, HOME), faster)
    refused(SignInRefused, house.enter, house.hasher.meanwhile)
    refused(SignInRefused, lambda: house.door.with_identity(EMAIL, "Rani", HOME, "Firefox"), faster)
    faster.append(lambda: house.people.deactivate(ADMIN, person.id))
    house.people.forgot(EMAIL, HOME)
    house.people.activate(ADMIN, person.id)
    assert len(house.store.outbox()) == before
    assert house.people.tokens(person.id) == []
    assert house.people.sessions(person.id) == []
    assert house.people.whose_link(link) is None
    house.enter()


def test_a_password_that_was_replaced_meanwhile_neither_opens_nor_replaces_the_new_one(house: House) -> None:
    person = house.add()

    def refused(error: type[Exception], ask: Callable[[], object]) -> None:
        link = house.link(person)
        house.hasher.meanwhile.append(lambda: house.people.choose_password(link, NEW, HOME))
        with pytest.raises(error):
            ask()
        assert house.people.sessions(person.id) == []
        house.enter(password=NEW)
        house.people.choose_password(house.link(person), PASSWORD, HOME)

    refused(SignInRefused, house.enter)
    refused(AccountError, lambda: house.people.change_password(house.door, person, PASSWORD, "lain sama sekali", HOME))


def test_there_is_always_an_admin_left(house: House) -> None:
    admin = house.add("admin@agency.example", "admin")
    with pytest.raises(AccountError, match="admin terakhir"):
        house.people.deactivate(ADMIN, admin.id)
    with pytest.raises(AccountError, match="admin terakhir"):
        house.people.change_role(ADMIN, admin.id, "analis")
    other = house.add(role="admin")
    house.people.change_role(ADMIN, admin.id, "pembaca")
    assert house.people.person(admin.id) == Person(admin.id, admin.email, admin.name, "pembaca", NOW)
    with pytest.raises(AccountError, match="admin terakhir"):
        house.people.deactivate(ADMIN, other.id)


def test_an_email_is_entered_once_and_must_be_one(house: House) -> None:
    house.add()
    with pytest.raises(AccountError, match="Sudah ada orang"):
        house.people.add(ADMIN, EMAIL.upper(), "Lain", "pembaca")
    with pytest.raises(AccountError, match="bukan alamat surel"):
        house.people.add(ADMIN, "rani", "Lain", "pembaca")
    for name in ("", " \x00 ", "a" * 61):
        with pytest.raises(AccountError, match=r"[Nn]ama"):
            house.people.add(ADMIN, "lain@agency.example", name, "pembaca")


def test_a_token_acts_for_its_owner_until_it_expires_or_is_revoked(house: House) -> None:
    person = house.add()
    secret, token = house.people.issue_token(person, "laporan", "pembaca", 30, HOME)
    assert secret.startswith("pantau_")
    assert secret.startswith(token.shown)
    assert len(secret) - len(token.shown) > 30
    found = house.people.recognise(secret, AWAY)
    assert found is not None
    assert (found[0].id, found[1]) == (token.id, person)
    assert house.people.tokens(person.id)[0].last_used == NOW
    house.clock.advance(timedelta(days=30))
    assert house.people.recognise(secret, AWAY) is None
    secret, token = house.people.issue_token(person, "laporan", "analis", 90, HOME)
    house.people.revoke_token(ADMIN, person.id, token.id)
    assert house.people.recognise(secret, AWAY) is None
    assert house.kinds()[-3:] == ["token-issued", "token-issued", "token-revoked"]


def test_guessing_tokens_ends_and_keeps_no_right_one_out(house: House) -> None:
    secret, _ = house.people.issue_token(house.add(), "laporan", "pembaca", 30, HOME)
    for number in range(MOST_FROM_ADDRESS):
        assert house.people.recognise(f"pantau_{number}", AWAY) is None
    with pytest.raises(TooManyAttempts):
        house.people.recognise("pantau_lagi", AWAY)
    assert house.people.recognise(secret, AWAY) is not None


def test_a_token_is_given_no_right_that_its_owner_lacks_and_there_are_not_endlessly_many(house: House) -> None:
    reader, admin = house.add(role="pembaca"), house.add("admin@agency.example", "admin")
    for person, role in ((reader, "analis"), (admin, "admin")):
        with pytest.raises(AccountError, match="hak yang tidak Anda miliki"):
            house.people.issue_token(person, "x", role, 30, HOME)  # type: ignore[arg-type]
    with pytest.raises(AccountError, match="masa berlaku"):
        house.people.issue_token(reader, "x", "pembaca", 9_999, HOME)
    for _ in range(MOST_TOKENS):
        house.people.issue_token(reader, "x", "pembaca", 30, HOME)
    with pytest.raises(AccountError, match="Paling banyak 20 token"):
        house.people.issue_token(reader, "x", "pembaca", 30, HOME)


def test_deactivating_ends_tokens_links_and_feeds_for_good(house: House) -> None:
    house.add("admin@agency.example", "admin")
    person = house.add()
    feeds = Feeds(house.store.saved_searches, house.accounts, house.people, house.clock, {})
    feed = feeds.issue(ADMIN, person, "klaim", "klaim")
    secret, _ = house.people.issue_token(person, "laporan", "pembaca", 30, HOME)
    link = house.link(person)
    house.people.deactivate(ADMIN, person.id)
    house.people.activate(ADMIN, person.id)
    assert house.people.recognise(secret, HOME) is None
    assert house.people.whose_link(link) is None
    assert feeds.recognise(feed, HOME) is None
    assert feeds.keys(person.id) == []


def test_what_is_done_about_a_person_stands_in_the_audit(house: House) -> None:
    house.add("admin@agency.example", "admin")
    person = house.add()
    house.people.change_role(ADMIN, person.id, "pembaca")
    house.people.rename(ADMIN, person.id, "Rani S.")
    house.people.end_sessions(ADMIN, person.id)
    house.enter()
    house.people.end_sessions(ADMIN, person.id)
    house.people.deactivate(ADMIN, person.id)
    concerned = house.people.audit(AuditFilter(person_id=person.id), None, 99)
    assert [it.kind for it in reversed(concerned)] == [
        "person-added",
        "person-invited",
        "password-set",
        "role-changed",
        "person-renamed",
        "signed-in",
        "session-ended",
        "person-deactivated",
    ]
    assert concerned[4].about == "analis → pembaca"


def test_what_is_over_is_forgotten_by_and_by(house: House) -> None:
    person = house.add()
    house.enter()
    house.clock.advance(SESSION_LONGEST)
    assert house.people.tidy() > 0
    assert house.people.sessions(person.id) == []
    house.clock.advance(timedelta(days=9_999))
    house.people.tidy()
    assert "signed-in" in house.kinds()
