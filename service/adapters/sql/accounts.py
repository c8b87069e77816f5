"""People, their sessions, tokens and links, and the audit, in SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Engine,
    RowMapping,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import account_links, api_tokens, attempts, audit, feed_keys, people, sessions
from service.domain.account import (
    SESSION_IDLE,
    SESSION_LONGEST,
    AccountLink,
    Actor,
    ApiToken,
    AuditEntry,
    AuditFilter,
    Person,
    Session,
)
from service.domain.message import Cause, Message
from service.domain.wording.language import say
from service.errors import AccountError
from service.ports import AccountChanges

T = TypeVar("T", Session, ApiToken, AccountLink)

Enqueue = Callable[[Connection, Message, Cause, datetime], bool]
"""Puts a message into the outbox on this connection; whether it was new."""

_PERSON = [column for column in people.columns if column.name != "password"]
_BY_NAME = (people.c.active.desc(), func.lower(people.c.name), people.c.email)


class SqlAccountChanges:
    """Writes on one connection, which its owner commits or rolls back."""

    def __init__(self, connection: Connection, enqueue: Enqueue) -> None:
        self._connection = connection
        self._enqueue = enqueue

    def people(self) -> list[Person]:
        """Everybody."""
        return _people(self._connection)

    def put_person(self, person: Person) -> None:
        """Enter the person, or replace the one of the same id; AccountError where the e-mail is taken."""
        row = asdict(person)
        changed = self._connection.execute(update(people).where(people.c.id == person.id).values(**row))
        if changed.rowcount == 0:
            try:
                with self._connection.begin_nested():
                    self._connection.execute(people.insert().values(**row))
            except IntegrityError as error:
                raise AccountError(say("Sudah ada orang dengan surel {email}.", email=person.email)) from error

    def password(self, person_id: str) -> str | None:
        """The person's hashed password; None where none was chosen yet."""
        return _password(self._connection, person_id)

    def put_password(self, person_id: str, hashed: str) -> None:
        """This is the person's password now."""
        self._connection.execute(update(people).where(people.c.id == person_id).values(password=hashed))

    def add_session(self, session: Session, fingerprint: str) -> None:
        """Somebody with the secret of this fingerprint is signed in."""
        self._connection.execute(sessions.insert().values(**asdict(session), fingerprint=fingerprint))

    def mark_seen(self, session_id: str, at: datetime) -> None:
        """The session was used."""
        self._connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen=at))

    def end_sessions(self, person_id: str, *, only: str | None = None, but: str | None = None) -> int:
        """End the person's sessions, only that of one id, or all but one; how many."""
        ended = delete(sessions).where(sessions.c.person_id == person_id)
        if only is not None:
            ended = ended.where(sessions.c.id == only)
        if but is not None:
            ended = ended.where(sessions.c.id != but)
        return self._connection.execute(ended).rowcount

    def tokens(self, person_id: str) -> list[ApiToken]:
        """The person's tokens, the newest first, revoked ones too."""
        return _tokens(self._connection, person_id)

    def add_token(self, token: ApiToken, fingerprint: str) -> None:
        """A program with the secret of this fingerprint may act for a person."""
        self._connection.execute(api_tokens.insert().values(**asdict(token), fingerprint=fingerprint))

    def mark_used(self, token_id: str, at: datetime) -> None:
        """The token was used."""
        self._connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used=at))

    def revoke_tokens(self, person_id: str, at: datetime, *, only: str | None = None) -> list[ApiToken]:
        """Revoke the person's tokens, or one; those that were not before."""
        of = api_tokens.c
        meant = and_(of.person_id == person_id, of.revoked.is_(None), *([of.id == only] if only is not None else []))
        found = self._connection.execute(select(api_tokens).where(meant).order_by(of.created, of.id)).mappings()
        revoked = [_value(ApiToken, row) for row in found]
        self._connection.execute(update(api_tokens).where(meant).values(revoked=at))
        return revoked

    def add_link(self, link: AccountLink, fingerprint: str) -> None:
        """Whoever has the secret of this fingerprint may choose the password; the person's former links end."""
        self.end_links(link.person_id)
        self._connection.execute(account_links.insert().values(**asdict(link), fingerprint=fingerprint))

    def use_link(self, fingerprint: str, at: datetime) -> AccountLink | None:
        """The link of this fingerprint, used up by this and for nobody else; None where it does not hold at `at`."""
        of = account_links.c
        used = (
            update(account_links)
            .where(of.fingerprint == fingerprint, of.used.is_(None), of.expires > at)
            .values(used=at)
            .returning(*account_links.columns)
        )
        row = self._connection.execute(used).mappings().first()
        return None if row is None else _value(AccountLink, row)

    def end_links(self, person_id: str) -> None:
        """The person's links hold no longer."""
        self._connection.execute(delete(account_links).where(account_links.c.person_id == person_id))

    def revoke_feeds(self, person_id: str, at: datetime) -> None:
        """Revoke all keys to feeds that the person has."""
        of = feed_keys.c
        held = update(feed_keys).where(of.person_id == person_id, of.revoked.is_(None))
        self._connection.execute(held.values(revoked=at))

    def attempt(self, key: str, at: datetime, most: int, within: timedelta) -> datetime | None:
        """Count an attempt; where there were `most` within that time, count none and tell when one is free again."""
        recent = (
            select(attempts.c.at)
            .where(attempts.c.key == key, attempts.c.at > at - within)
            .order_by(attempts.c.at.desc())
            .limit(most)
        )
        made: list[datetime] = list(self._connection.scalars(recent))
        if len(made) == most:
            return made[-1] + within
        self._connection.execute(attempts.insert().values(key=key, at=at))
        return None

    def forget_attempts(self, key: str, only: datetime | None = None) -> None:
        """The attempts of this key, or only one that was made then, count no longer."""
        forgotten = select(attempts.c.id).where(attempts.c.key == key)
        if only is not None:
            forgotten = forgotten.where(attempts.c.at == only).limit(1)
        self._connection.execute(delete(attempts).where(attempts.c.id.in_(forgotten)))

    def record(self, entry: AuditEntry) -> None:
        """Append to the audit."""
        self._connection.execute(
            audit.insert().values(
                at=entry.at,
                kind=entry.kind,
                person_id=entry.by.person_id,
                name=entry.by.name,
                address=entry.by.address,
                about=entry.about,
                subject_id=entry.subject_id,
            )
        )

    def enqueue(self, message: Message, cause: Cause, due: datetime) -> bool:
        """Put a message into the outbox unless one of its id was there before; whether it was new."""
        return self._enqueue(self._connection, message, cause, due)


class SqlAccounts:
    """Everything about accounts, in the store's database."""

    def __init__(self, reader: Engine, writer: Engine, enqueue: Enqueue) -> None:
        self._reader = reader
        self._writer = writer
        self._enqueue = enqueue

    @contextmanager
    def transaction(self) -> Iterator[AccountChanges]:
        """One short transaction: committed when the block ends, rolled back when it raises."""
        with transacting(self._writer) as connection:
            yield SqlAccountChanges(connection, self._enqueue)

    def person(self, person_id: str) -> Person | None:
        """The person, or None."""
        return self._person(people.c.id, person_id)

    def person_of(self, email: str) -> Person | None:
        """The person with this e-mail, or None."""
        return self._person(people.c.email, email)

    def people(self) -> list[Person]:
        """Everybody, the active first, by name."""
        with transacting(self._reader) as connection:
            return _people(connection)

    def password(self, person_id: str) -> str | None:
        """The person's hashed password; None where none was chosen yet."""
        with transacting(self._reader) as connection:
            return _password(connection, person_id)

    def session(self, fingerprint: str) -> tuple[Session, Person] | None:
        """The session of this fingerprint, whether or not its time is over, and whose it is."""
        return self._with_person(sessions, Session, fingerprint)

    def sessions(self, person_id: str) -> list[Session]:
        """The person's sessions, the last used first."""
        with transacting(self._reader) as connection:
            return _of(connection, person_id, sessions, Session, sessions.c.seen)

    def token(self, fingerprint: str) -> tuple[ApiToken, Person] | None:
        """The token of this fingerprint, whether or not it holds, and whose it is."""
        return self._with_person(api_tokens, ApiToken, fingerprint)

    def tokens(self, person_id: str) -> list[ApiToken]:
        """The person's tokens, the newest first, revoked ones too."""
        with transacting(self._reader) as connection:
            return _tokens(connection, person_id)

    def link(self, fingerprint: str) -> tuple[AccountLink, Person] | None:
        """The link of this fingerprint, whether or not it holds, and whose it is."""
        return self._with_person(account_links, AccountLink, fingerprint)

    def audit(self, asked: AuditFilter, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
        """Entries that match, the newest first; only those numbered below `before`, where that is given."""
        of = audit.c
        found = select(audit).order_by(of.number.desc()).limit(limit)
        if asked.person_id is not None:
            found = found.where(or_(of.person_id == asked.person_id, of.subject_id == asked.person_id))
        if asked.kind is not None:
            found = found.where(of.kind == asked.kind)
        if before is not None:
            found = found.where(of.number < before)
        with transacting(self._reader) as connection:
            return [_entry(row) for row in connection.execute(found).mappings()]

    def forget(self, now: datetime, *, attempts: datetime) -> int:
        """Drop ended sessions and links, and attempts from before that time; how many rows."""
        with transacting(self._writer) as connection:
            return sum(connection.execute(it).rowcount for it in _forgotten(now, attempts))

    def _person(self, column: Column[str], value: str) -> Person | None:
        with transacting(self._reader) as connection:
            row = connection.execute(select(*_PERSON).where(column == value)).mappings().first()
        return None if row is None else Person(**row)

    def _with_person(self, table: Table, kind: type[T], fingerprint: str) -> tuple[T, Person] | None:
        with transacting(self._reader) as connection:
            row = connection.execute(select(table).where(table.c.fingerprint == fingerprint)).mappings().first()
            if row is None:
                return None
            person = connection.execute(select(*_PERSON).where(people.c.id == row["person_id"])).mappings().one()
        return _value(kind, row), Person(**person)


def _people(connection: Connection) -> list[Person]:
    return [Person(**row) for row in connection.execute(select(*_PERSON).order_by(*_BY_NAME)).mappings()]


def _password(connection: Connection, person_id: str) -> str | None:
    return connection.scalar(select(people.c.password).where(people.c.id == person_id))


def _tokens(connection: Connection, person_id: str) -> list[ApiToken]:
    return _of(connection, person_id, api_tokens, ApiToken, api_tokens.c.created)


def _of(connection: Connection, person_id: str, table: Table, kind: type[T], newest: Column[datetime]) -> list[T]:
    found = select(table).where(table.c.person_id == person_id).order_by(newest.desc(), table.c.id)
    return [_value(kind, row) for row in connection.execute(found).mappings()]


def _value(kind: type[T], row: RowMapping) -> T:
    return kind(**{name: value for name, value in row.items() if name != "fingerprint"})


def _entry(row: RowMapping) -> AuditEntry:
    by = Actor(row["person_id"], row["name"], row["address"])
    return AuditEntry(row["at"], row["kind"], by, row["about"], row["subject_id"], row["number"])


def _forgotten(now: datetime, tried: datetime) -> Iterator[Delete]:
    ended = or_(sessions.c.begun <= now - SESSION_LONGEST, sessions.c.seen <= now - SESSION_IDLE)
    yield delete(sessions).where(ended)
    yield delete(account_links).where(or_(account_links.c.expires <= now, account_links.c.used.is_not(None)))
    yield delete(attempts).where(attempts.c.at < tried)
