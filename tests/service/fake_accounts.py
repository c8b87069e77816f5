"""Accounts in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from service.domain.account import AccountLink, ApiToken, AuditEntry, AuditFilter, Person, Session
from service.domain.message import Cause, Message
from service.errors import AccountError
from service.ports import AccountChanges

Enqueue = Callable[[Message, Cause, datetime], bool]
RevokeFeeds = Callable[[str, datetime], None]


@dataclass
class _State:
    people: dict[str, Person] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    tokens: dict[str, ApiToken] = field(default_factory=dict)
    links: dict[str, AccountLink] = field(default_factory=dict)
    attempts: list[tuple[str, datetime]] = field(default_factory=list)
    audit: list[AuditEntry] = field(default_factory=list)
    messages: list[tuple[Message, Cause, datetime]] = field(default_factory=list)
    without_feeds: list[tuple[str, datetime]] = field(default_factory=list)

    def rows(self) -> int:
        return len(self.sessions) + len(self.links) + len(self.attempts)

    def everybody(self) -> list[Person]:
        return sorted(self.people.values(), key=lambda it: (not it.active, it.name.lower(), it.email))

    def tokens_of(self, person_id: str) -> list[ApiToken]:
        own = [it for it in self.tokens.values() if it.person_id == person_id]
        return sorted(own, key=lambda it: (-it.created.timestamp(), it.id))


class FakeAccountChanges:
    def __init__(self, state: _State) -> None:
        self.state = state

    def people(self) -> list[Person]:
        return self.state.everybody()

    def put_person(self, person: Person) -> None:
        if any(it.email == person.email and it.id != person.id for it in self.state.people.values()):
            raise AccountError(f"Sudah ada orang dengan surel {person.email}.")
        self.state.people[person.id] = person

    def password(self, person_id: str) -> str | None:
        return self.state.passwords.get(person_id)

    def put_password(self, person_id: str, hashed: str) -> None:
        self.state.passwords[person_id] = hashed

    def add_session(self, session: Session, fingerprint: str) -> None:
        self.state.sessions[fingerprint] = session

    def mark_seen(self, session_id: str, at: datetime) -> None:
        sessions = self.state.sessions
        self.state.sessions = {k: replace(it, seen=at) if it.id == session_id else it for k, it in sessions.items()}

    def end_sessions(self, person_id: str, *, only: str | None = None, but: str | None = None) -> int:
        before = len(self.state.sessions)
        self.state.sessions = {
            key: it
            for key, it in self.state.sessions.items()
            if it.person_id != person_id or only not in (None, it.id) or it.id == but
        }
        return before - len(self.state.sessions)

    def tokens(self, person_id: str) -> list[ApiToken]:
        return self.state.tokens_of(person_id)

    def add_token(self, token: ApiToken, fingerprint: str) -> None:
        self.state.tokens[fingerprint] = token

    def mark_used(self, token_id: str, at: datetime) -> None:
        tokens = self.state.tokens
        self.state.tokens = {k: replace(it, last_used=at) if it.id == token_id else it for k, it in tokens.items()}

    def revoke_tokens(self, person_id: str, at: datetime, *, only: str | None = None) -> list[ApiToken]:
        meant = {
            key: it
            for key, it in self.state.tokens.items()
            if it.person_id == person_id and it.revoked is None and only in (None, it.id)
        }
        self.state.tokens |= {key: replace(it, revoked=at) for key, it in meant.items()}
        return sorted(meant.values(), key=lambda it: (it.created, it.id))

    def add_link(self, link: AccountLink, fingerprint: str) -> None:
        self.end_links(link.person_id)
        self.state.links[fingerprint] = link

    def use_link(self, fingerprint: str, at: datetime) -> AccountLink | None:
        link = self.state.links.get(fingerprint)
        if link is None or not link.holds(at):
            return None
        self.state.links[fingerprint] = replace(link, used=at)
        return self.state.links[fingerprint]

    def end_links(self, person_id: str) -> None:
        self.state.links = {k: it for k, it in self.state.links.items() if it.person_id != person_id}

    def revoke_feeds(self, person_id: str, at: datetime) -> None:
        self.state.without_feeds.append((person_id, at))

    def attempt(self, key: str, at: datetime, most: int, within: timedelta) -> datetime | None:
        made = sorted(moment for known, moment in self.state.attempts if known == key and moment > at - within)
        if len(made) >= most:
            return made[-most] + within
        self.state.attempts.append((key, at))
        return None

    def forget_attempts(self, key: str, only: datetime | None = None) -> None:
        if only is None:
            self.state.attempts = [it for it in self.state.attempts if it[0] != key]
        elif (key, only) in self.state.attempts:
            self.state.attempts.remove((key, only))

    def record(self, entry: AuditEntry) -> None:
        self.state.audit.append(replace(entry, number=len(self.state.audit) + 1))

    def enqueue(self, message: Message, cause: Cause, due: datetime) -> bool:
        self.state.messages.append((message, cause, due))
        return True


class FakeAccounts:
    """Messages go to `enqueue`, and whose keys to feeds end to `revoke_feeds`, when a transaction is committed."""

    def __init__(self, enqueue: Enqueue, revoke_feeds: RevokeFeeds) -> None:
        self._state = _State()
        self._enqueue = enqueue
        self._revoke_feeds = revoke_feeds

    @contextmanager
    def transaction(self) -> Iterator[AccountChanges]:
        state = _State(**{it.name: copy(getattr(self._state, it.name)) for it in fields(_State)})
        yield FakeAccountChanges(state)
        for message, cause, due in state.messages:
            self._enqueue(message, cause, due)
        for person_id, at in state.without_feeds:
            self._revoke_feeds(person_id, at)
        state.messages.clear()
        state.without_feeds.clear()
        self._state = state

    def person(self, person_id: str) -> Person | None:
        return self._state.people.get(person_id)

    def person_of(self, email: str) -> Person | None:
        return next((it for it in self._state.people.values() if it.email == email), None)

    def people(self) -> list[Person]:
        return self._state.everybody()

    def password(self, person_id: str) -> str | None:
        return self._state.passwords.get(person_id)

    def session(self, fingerprint: str) -> tuple[Session, Person] | None:
        session = self._state.sessions.get(fingerprint)
        return None if session is None else (session, self._state.people[session.person_id])

    def sessions(self, person_id: str) -> list[Session]:
        own = [it for it in self._state.sessions.values() if it.person_id == person_id]
        return sorted(own, key=lambda it: (-it.seen.timestamp(), it.id))

    def token(self, fingerprint: str) -> tuple[ApiToken, Person] | None:
        token = self._state.tokens.get(fingerprint)
        return None if token is None else (token, self._state.people[token.person_id])

    def tokens(self, person_id: str) -> list[ApiToken]:
        return self._state.tokens_of(person_id)

    def link(self, fingerprint: str) -> tuple[AccountLink, Person] | None:
        link = self._state.links.get(fingerprint)
        return None if link is None else (link, self._state.people[link.person_id])

    def audit(self, asked: AuditFilter, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
        found = [
            it
            for it in reversed(self._state.audit)
            if asked.person_id in (None, it.by.person_id, it.subject_id)
            and asked.kind in (None, it.kind)
            and (before is None or it.number < before)
        ]
        return found[:limit]

    def forget(self, now: datetime, *, attempts: datetime) -> int:
        state = self._state
        before = state.rows()
        state.sessions = {key: it for key, it in state.sessions.items() if it.ends > now}
        state.links = {key: it for key, it in state.links.items() if it.holds(now)}
        state.attempts = [it for it in state.attempts if it[1] >= attempts]
        return before - state.rows()
