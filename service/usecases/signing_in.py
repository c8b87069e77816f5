"""Signing in: who somebody is, by password or by the agency's own provider, and for how long that is remembered."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from service.domain.account import (
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SEEN_EVERY,
    Actor,
    AuditEntry,
    Person,
    Role,
    Session,
    fingerprint,
    network_of,
    read_email,
)
from service.domain.ledger.correction import typed
from service.domain.wording.language import say
from service.errors import SignInRefused, TooManyAttempts
from service.ports import AccountChanges, Accounts, Clock, PasswordHasher

ATTEMPTS_WITHIN = timedelta(minutes=15)
MOST_AT_ACCOUNT = 10
MOST_FROM_ADDRESS = 30
"""Attempts within that time that failed; right ones count no longer once they proved right."""

LONGEST_AGENT = 200
LONGEST_ADDRESS = 64
STRANGER = "tidak dikenal"

_WRONG = "Surel atau kata sandi tidak cocok."
_NOT_INVITED = "Akun instansi Anda belum terdaftar di Pantau. Mintalah undangan kepada admin."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just begun; its `secret` is told here and nowhere else."""

    secret: str
    session: Session
    person: Person


class SignIn:
    """Lets people in, recognises them while their session lasts, and lets them out."""

    def __init__(self, accounts: Accounts, hasher: PasswordHasher, clock: Clock) -> None:
        self._accounts = accounts
        self._hasher = hasher
        self._clock = clock

    def is_unused(self) -> bool:
        """Whether nobody can sign in because there are no people yet."""
        return not self._accounts.people()

    def with_password(self, email: str, password: str, address: str, agent: str) -> SignedIn:
        """A new session; SignInRefused, or TooManyAttempts before the password is even looked at.

        An account that does not exist costs the same time and is refused in the same words.
        """
        known = read_email(email) or ""
        at = self.count_attempt(known, address)
        person = self._accounts.person_of(known)
        hashed = self._accounts.password(person.id) if person is not None and person.active else None
        if not self._hasher.verify(hashed, password[: LONGEST_PASSWORD + 1]) or person is None or hashed is None:
            raise self._refused(person, address)
        renewed = self._hasher.hash(password) if self._hasher.is_outdated(hashed) else None
        with self._accounts.transaction() as changes:
            found = person_of(changes, known)
            # Somebody may have deactivated the account or replaced the password meanwhile.
            if found is not None and found.active and changes.password(found.id) == hashed:
                forget_attempts(changes, known, address, at)
                if renewed is not None:
                    changes.put_password(found.id, renewed)
                return self._begin(changes, found, address, agent, "kata sandi")
        raise self._refused(person, address)

    def with_identity(
        self, email: str, name: str, address: str, agent: str, create_role: Role | None = None
    ) -> SignedIn:
        """A new session for whom the agency's provider knows by this verified e-mail.

        SignInRefused where there is no such account and none is to be made, or it is not active.
        """
        known = read_email(email)
        with self._accounts.transaction() as changes:
            person = person_of(changes, known)
            if person is None and known is not None and create_role is not None:
                shown = typed(name)[:LONGEST_NAME] or known.partition("@")[0]
                person = Person(new_id(), known, shown, create_role, self._clock())
                changes.put_person(person)
                by = Actor(person.id, person.name, address)
                changes.record(AuditEntry(self._clock(), "person-added", by, f"{known} ({create_role})", person.id))
            if person is not None and person.active:
                return self._begin(changes, person, address, agent, "akun instansi")
        raise self._refused(person, address, _NOT_INVITED)

    def after_choosing(self, person: Person, address: str, agent: str) -> SignedIn:
        """A new session for who has just chosen a password."""
        with self._accounts.transaction() as changes:
            return self._begin(changes, person, address, agent, "kata sandi baru")

    def recognise(self, secret: str) -> tuple[Session, Person] | None:
        """The session of this secret and whose it is; None where it is over or the person not active."""
        found = self._accounts.session(fingerprint(secret))
        now = self._clock()
        if found is None or not found[1].active or now >= found[0].ends:
            return None
        session, person = found
        if now - session.seen >= SEEN_EVERY:
            with self._accounts.transaction() as changes:
                changes.mark_seen(session.id, now)
            session = replace(session, seen=now)
        return session, person

    def sign_out(self, session: Session, person: Person, address: str) -> None:
        """End this session."""
        with self._accounts.transaction() as changes:
            changes.end_sessions(person.id, only=session.id)
            changes.record(AuditEntry(self._clock(), "signed-out", Actor(person.id, person.name, address)))

    def count_attempt(self, email: str, address: str) -> datetime:
        """When this attempt at a password was made; TooManyAttempts where it is one too many."""
        now = self._clock()
        with self._accounts.transaction() as changes:
            # The address first: whoever is refused by it takes no attempt from the owner of the account.
            until = changes.attempt(address_key("masuk", address), now, MOST_FROM_ADDRESS, ATTEMPTS_WITHIN)
            until = until or changes.attempt(account_key("masuk", email), now, MOST_AT_ACCOUNT, ATTEMPTS_WITHIN)
        if until is not None:
            raise too_many(until, now)
        return now

    def _begin(self, changes: AccountChanges, person: Person, address: str, agent: str, how: str) -> SignedIn:
        now = self._clock()
        secret = secrets.token_urlsafe(32)
        agent = typed(agent)[:LONGEST_AGENT]
        session = Session(new_id(), person.id, now, now, address[:LONGEST_ADDRESS], agent)
        changes.add_session(session, fingerprint(secret))
        changes.record(AuditEntry(now, "signed-in", Actor(person.id, person.name, address), how, person.id))
        return SignedIn(secret, session, person)

    def _refused(self, person: Person | None, address: str, told: str = _WRONG) -> SignInRefused:
        """Record the failure; the error that tells it."""
        # What a stranger typed is not kept: it may be a password in the wrong field.
        about, subject = (person.email, person.id) if person is not None else ("", None)
        with self._accounts.transaction() as changes:
            by = Actor(None, STRANGER, address)
            changes.record(AuditEntry(self._clock(), "sign-in-failed", by, about, subject))
        return SignInRefused(told)


def person_of(changes: AccountChanges, email: str | None) -> Person | None:
    """The person with this e-mail, as of this transaction."""
    return next((it for it in changes.people() if it.email == email), None)


def forget_attempts(changes: AccountChanges, email: str, address: str, at: datetime) -> None:
    """The attempt made then was right: the account's count no longer, of the address' only this one."""
    changes.forget_attempts(account_key("masuk", email))
    changes.forget_attempts(address_key("masuk", address), at)


def account_key(what: str, email: str) -> str:
    """Under what attempts at an account are counted; of one length, and without the address in it."""
    return fingerprint(f"{what} akun {email}")


def address_key(what: str, address: str) -> str:
    """Under what attempts from where this address belongs are counted."""
    return fingerprint(f"{what} dari {network_of(address)}")


def too_many(until: datetime, now: datetime) -> TooManyAttempts:
    """The error that says how long to wait."""
    seconds = max(1, ceil((until - now).total_seconds()))
    minutes = ceil(seconds / 60)
    told = say("Terlalu banyak percobaan. Coba lagi dalam {minutes} menit.", minutes=minutes)
    return TooManyAttempts(told, seconds)


def new_id() -> str:
    """An id that was never given before."""
    return secrets.token_hex(8)
