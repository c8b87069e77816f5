"""People and what belongs to them: invitations, passwords, roles, tokens of programs, and the audit of it all."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from service.domain.account import (
    LINK_LASTS,
    LONGEST_NAME,
    LONGEST_PASSWORD,
    SEEN_EVERY,
    TOKEN_DAYS,
    TOKEN_MARK,
    TOKEN_SHOWN,
    AccountLink,
    Actor,
    ApiToken,
    AuditEntry,
    AuditFilter,
    AuditKind,
    LinkKind,
    Person,
    Role,
    Session,
    fingerprint,
    may,
    password_refusal,
    read_email,
)
from service.domain.ledger.correction import typed
from service.domain.message import Message
from service.domain.wording.language import say
from service.errors import AccountError
from service.ports import AccountChanges, Accounts, Clock, PasswordHasher
from service.usecases.signing_in import (
    MOST_FROM_ADDRESS,
    SignIn,
    account_key,
    address_key,
    forget_attempts,
    new_id,
    person_of,
    too_many,
)

RESETS_WITHIN = timedelta(hours=1)
MOST_RESETS = 3
MOST_TOKENS = 20
TOKEN_ROLES: tuple[Role, ...] = ("pembaca", "analis")
"""What programs can be allowed: people are managed by people."""

KEPT_ATTEMPTS = timedelta(days=1)
COMMAND_LINE = Actor(None, "baris perintah")
FORGETFUL = "lupa kata sandi"
"""Who asked for a new password in the audit: it may be anybody."""

ComposeLink = Callable[[AccountLink, Person, str], Message]
"""The mail that brings a person the address of a link."""

_WRONG_OLD = "Kata sandi lama tidak cocok."
_LINK_OVER = "Tautan ini sudah dipakai atau sudah lewat waktunya. Mintalah yang baru."


class People:
    """Everything that is done about people's accounts; whoever does it is `by`, and it stands in the audit."""

    def __init__(
        self,
        accounts: Accounts,
        hasher: PasswordHasher,
        clock: Clock,
        compose: ComposeLink,
        link_address: Callable[[str], str],
        agency_words: Iterable[str] = (),
    ) -> None:
        self._accounts = accounts
        self._hasher = hasher
        self._clock = clock
        self._compose = compose
        self._link_address = link_address
        self._agency_words = tuple(agency_words)

    def everybody(self) -> list[Person]:
        """Everybody, the active first, by name."""
        return self._accounts.people()

    def person(self, person_id: str) -> Person | None:
        """The person, or None."""
        return self._accounts.person(person_id)

    def has_password(self, person_id: str) -> bool:
        """Whether the person has chosen a password."""
        return self._accounts.password(person_id) is not None

    def sessions(self, person_id: str) -> list[Session]:
        """The person's sessions, the last used first."""
        return self._accounts.sessions(person_id)

    def tokens(self, person_id: str) -> list[ApiToken]:
        """The person's tokens, the newest first, revoked ones too."""
        return self._accounts.tokens(person_id)

    def add(self, by: Actor, email: str, name: str, role: Role) -> Person:
        """A new person, who cannot sign in before they are invited; AccountError where the e-mail is none or taken."""
        known = read_email(email)
        if known is None:
            raise AccountError(say("{email} bukan alamat surel.", email=repr(typed(email)[:80])))
        person = Person(new_id(), known, _named(name), role, self._clock())
        with self._accounts.transaction() as changes:
            changes.put_person(person)
            self._record(changes, by, "person-added", f"{known} ({role})", person)
        return person

    def invite(self, by: Actor, person_id: str) -> str:
        """Send the person a link by which to choose a password; its address. AccountError where they are not active."""
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), person_id)
            if not person.active:
                raise AccountError(say("Akun {email} tidak aktif. Aktifkan dahulu.", email=person.email))
            kind: LinkKind = "invitation" if changes.password(person.id) is None else "reset"
            self._record(changes, by, "person-invited", person.email, person)
            return self._send_link(changes, person, kind)

    def count_reset(self, address: str) -> None:
        """Count that somebody there asked for a new password; TooManyAttempts where that is too often."""
        now = self._clock()
        with self._accounts.transaction() as changes:
            until = changes.attempt(address_key("lupa", address), now, MOST_FROM_ADDRESS, RESETS_WITHIN)
        if until is not None:
            raise too_many(until, now)

    def forgot(self, email: str, address: str) -> None:
        """Send a link by which to choose a new password, if there is such an active account; tell nobody whether."""
        with self._accounts.transaction() as changes:
            person = person_of(changes, read_email(email))
            if person is None or not person.active:
                return
            if changes.attempt(account_key("lupa", person.email), self._clock(), MOST_RESETS, RESETS_WITHIN) is None:
                self._record(changes, Actor(None, FORGETFUL, address), "reset-asked", person.email, person)
                self._send_link(changes, person, "reset")

    def whose_link(self, secret: str) -> tuple[AccountLink, Person] | None:
        """The link of this secret and whose it is, while it holds."""
        found = self._accounts.link(fingerprint(secret))
        return found if found is not None and found[0].holds(self._clock()) and found[1].active else None

    def choose_password(self, secret: str, password: str, address: str) -> Person:
        """Whoever has the link chooses the password, once; their other sessions end.

        AccountError where the link is over, or the password is refused: then the link can be used again.
        """
        found = self.whose_link(secret)
        if found is None:
            raise AccountError(_LINK_OVER)
        hashed = self._hashed(password, found[1])
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), found[1].id)
            if changes.use_link(fingerprint(secret), self._clock()) is None or not person.active:
                raise AccountError(_LINK_OVER)
            changes.put_password(person.id, hashed)
            changes.end_sessions(person.id)
            changes.forget_attempts(account_key("masuk", person.email))
            self._record(changes, Actor(person.id, person.name, address), "password-set", "lewat tautan", person)
        return person

    def change_password(self, signing_in: SignIn, person: Person, old: str, new: str, address: str) -> None:
        """The person's new password; all their sessions end, and so does a link that was sent to them.

        AccountError where the old one is wrong or the new refused; wrong ones are counted like those of signing in.
        """
        at = signing_in.count_attempt(person.email, address)
        former = self._accounts.password(person.id)
        if not self._hasher.verify(former, old[: LONGEST_PASSWORD + 1]):
            raise AccountError(say(_WRONG_OLD))
        hashed = self._hashed(new, person)
        with self._accounts.transaction() as changes:
            if changes.password(person.id) != former:
                raise AccountError(say(_WRONG_OLD))
            forget_attempts(changes, person.email, address, at)
            changes.put_password(person.id, hashed)
            changes.end_sessions(person.id)
            changes.end_links(person.id)
            self._record(changes, Actor(person.id, person.name, address), "password-changed", "", person)

    def rename(self, by: Actor, person_id: str, name: str) -> None:
        """The person's new name; what they decided before keeps the former. AccountError where it is no name."""
        name = _named(name)
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), person_id)
            if name != person.name:
                changes.put_person(replace(person, name=name))
                self._record(changes, by, "person-renamed", f"{person.name} → {name}", person)

    def change_role(self, by: Actor, person_id: str, role: Role) -> None:
        """What the person may do from now on; AccountError where no admin would be left."""
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), person_id)
            if role != person.role:
                self._put(changes, replace(person, role=role))
                self._record(changes, by, "role-changed", f"{person.role} → {role}", person)

    def deactivate(self, by: Actor, person_id: str) -> None:
        """The person can do nothing any more, and what opened something to them is over for good.

        Sessions, tokens, links and keys to feeds are. AccountError where no admin would be left.
        """
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), person_id)
            if person.active:
                self._put(changes, replace(person, active=False))
                changes.end_sessions(person.id)
                changes.end_links(person.id)
                changes.revoke_tokens(person.id, self._clock())
                changes.revoke_feeds(person.id, self._clock())
                self._record(changes, by, "person-deactivated", person.email, person)

    def activate(self, by: Actor, person_id: str) -> None:
        """The person can sign in again, with the password they had."""
        with self._accounts.transaction() as changes:
            person = _among(changes.people(), person_id)
            if not person.active:
                changes.put_person(replace(person, active=True))
                self._record(changes, by, "person-activated", person.email, person)

    def end_sessions(self, by: Actor, person_id: str, *, only: str | None = None, but: str | None = None) -> int:
        """End the person's sessions, only one, or all but one; how many."""
        with self._accounts.transaction() as changes:
            ended = changes.end_sessions(person_id, only=only, but=but)
            if ended:
                self._record(changes, by, "session-ended", f"{ended} sesi", _among(changes.people(), person_id))
        return ended

    def issue_token(self, person: Person, name: str, role: Role, days: int, address: str) -> tuple[str, ApiToken]:
        """A new token of the person's and its secret, which is told here and nowhere else; AccountError as it says."""
        name, now = _named(name), self._clock()
        if days not in TOKEN_DAYS:
            raise AccountError(say("Pilih salah satu masa berlaku."))
        secret = TOKEN_MARK + secrets.token_urlsafe(32)
        token = ApiToken(new_id(), person.id, name, role, secret[:TOKEN_SHOWN], now, now + timedelta(days=days))
        with self._accounts.transaction() as changes:
            _check_token(token, _among(changes.people(), person.id), changes.tokens(person.id))
            changes.add_token(token, fingerprint(secret))
            by = Actor(person.id, person.name, address)
            self._record(changes, by, "token-issued", f"{name} ({role}, {days} hari)", person)
        return secret, token

    def revoke_token(self, by: Actor, person_id: str, token_id: str) -> None:
        """The token opens nothing any more; nothing happens where there is none such."""
        with self._accounts.transaction() as changes:
            for token in changes.revoke_tokens(person_id, self._clock(), only=token_id):
                self._record(changes, by, "token-revoked", token.name, _among(changes.people(), person_id))

    def recognise(self, secret: str, address: str) -> tuple[ApiToken, Person] | None:
        """The token of this secret and whose it is; None where it does not hold, TooManyAttempts after many."""
        found, now = self._accounts.token(fingerprint(secret)), self._clock()
        if found is None or not found[0].holds(now) or not found[1].active:
            with self._accounts.transaction() as changes:
                until = changes.attempt(address_key("token", address), now, MOST_FROM_ADDRESS, RESETS_WITHIN)
            if until is not None:
                raise too_many(until, now)
            return None
        if found[0].last_used is None or now - found[0].last_used >= SEEN_EVERY:
            with self._accounts.transaction() as changes:
                changes.mark_used(found[0].id, now)
        return found

    def record(self, by: Actor, kind: AuditKind, about: str) -> None:
        """Write into the audit what was done elsewhere."""
        with self._accounts.transaction() as changes:
            changes.record(AuditEntry(self._clock(), kind, by, about))

    def audit(self, asked: AuditFilter, before: int | None, limit: int) -> list[AuditEntry]:
        """As `service.ports.Accounts.audit`."""
        return self._accounts.audit(asked, before=before, limit=limit)

    def tidy(self) -> int:
        """Forget what is over: sessions, links and attempts; how many rows."""
        now = self._clock()
        return self._accounts.forget(now, attempts=now - KEPT_ATTEMPTS)

    def _hashed(self, password: str, person: Person) -> str:
        refusal = password_refusal(password, person, self._agency_words)
        if refusal is not None:
            raise AccountError(refusal)
        return self._hasher.hash(password)

    def _send_link(self, changes: AccountChanges, person: Person, kind: LinkKind) -> str:
        now, secret = self._clock(), secrets.token_urlsafe(32)
        link = AccountLink(new_id(), person.id, kind, now, now + LINK_LASTS[kind])
        address = self._link_address(secret)
        changes.add_link(link, fingerprint(secret))
        changes.enqueue(self._compose(link, person, address), "account", now)
        return address

    def _put(self, changes: AccountChanges, person: Person) -> None:
        """Put the person; AccountError where no active admin would be left who was there before."""
        before = changes.people()
        admins = {it.id for it in before if it.active and it.role == "admin"}
        if admins == {person.id} and not (person.active and person.role == "admin"):
            raise AccountError(say("Ini admin terakhir yang aktif. Jadikan orang lain admin dahulu."))
        changes.put_person(person)

    def _record(self, changes: AccountChanges, by: Actor, kind: AuditKind, about: str, person: Person) -> None:
        changes.record(AuditEntry(self._clock(), kind, by, about, person.id))


def _named(name: str) -> str:
    name = " ".join(typed(name).split())
    if not name:
        raise AccountError(say("Isi namanya."))
    if len(name) > LONGEST_NAME:
        raise AccountError(say("Nama paling banyak {most} huruf.", most=LONGEST_NAME))
    return name


def _check_token(token: ApiToken, person: Person, others: Iterable[ApiToken]) -> None:
    """AccountError where the person cannot have this token besides their others."""
    if not person.active:
        raise AccountError(say("Akun {email} tidak aktif. Aktifkan dahulu.", email=person.email))
    if token.role not in TOKEN_ROLES or (may(token.role, "decide") and not may(person.role, "decide")):
        raise AccountError(say("Token tidak dapat diberi hak yang tidak Anda miliki."))
    if sum(it.holds(token.created) for it in others) >= MOST_TOKENS:
        raise AccountError(say("Paling banyak {most} token. Cabut yang tidak dipakai lagi.", most=MOST_TOKENS))


def _among(people: Iterable[Person], person_id: str) -> Person:
    person = next((it for it in people if it.id == person_id), None)
    if person is None:
        raise AccountError(say("Tidak ada orang ini."))
    return person
