"""Who may use Pantau and for what: people, how they are recognised, and what is kept of what they did."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Literal, get_args

Role = Literal["pembaca", "analis", "admin"]
Permission = Literal["read", "export", "decide", "people", "audit", "deliveries", "deliver"]
LinkKind = Literal["invitation", "reset"]

ROLES: tuple[Role, ...] = get_args(Role)
PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    "read": frozenset({"pembaca", "analis", "admin"}),
    "export": frozenset({"pembaca", "analis", "admin"}),
    "decide": frozenset({"analis", "admin"}),
    "people": frozenset({"admin"}),
    "audit": frozenset({"admin"}),
    "deliveries": frozenset({"analis", "admin"}),
    "deliver": frozenset({"admin"}),
}
"""Who may do what: the one table. `people` includes the tokens of others; `deliveries` is seeing what was sent."""

LONGEST_NAME = 60
LONGEST_EMAIL = 254
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
"""A longer one would only cost time to hash."""

SESSION_IDLE = timedelta(hours=12)
SESSION_LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
"""How often a session's last use is written down."""

LINK_LASTS: Mapping[LinkKind, timedelta] = {"invitation": timedelta(days=7), "reset": timedelta(hours=2)}
TOKEN_DAYS = (30, 90, 365)
TOKEN_MARK = "pantau_"  # noqa: S105  (what every token begins with)
TOKEN_SHOWN = len(TOKEN_MARK) + 6
"""Characters of a token by which its owner recognises it."""

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+")
_WORDS = re.compile(r"\w+")
_EVERYBODYS = (
    *("password", "passphrase", "katasandi", "sandi", "rahasia", "pantau", "humas", "admin", "indonesia", "selamat"),
    *("qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "abcdefghij", "abcdef", "1234567890", "123456789", "12345678"),
    *("123456", "masuk", "welcome", "letmein"),
)
_LEFT = 6
"""Letters and digits that a password needs besides what anybody would try first."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in while `active`; `email` is as `read_email` gives it."""

    id: str
    email: str
    name: str
    role: Role
    created: datetime
    active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in."""

    id: str
    person_id: str
    begun: datetime
    seen: datetime
    address: str
    agent: str

    @property
    def ends(self) -> datetime:
        """When it ends if it is not used until then."""
        return min(self.begun + SESSION_LONGEST, self.seen + SESSION_IDLE)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a program signs in with on behalf of a person; it may do what both the person and `role` may."""

    id: str
    person_id: str
    name: str
    role: Role
    shown: str
    created: datetime
    expires: datetime
    last_used: datetime | None = None
    revoked: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked is None and now < self.expires


@dataclass(frozen=True, slots=True)
class AccountLink:
    """An address that lets a person choose a password once: an invitation, or a reset of a forgotten one."""

    id: str
    person_id: str
    kind: LinkKind
    created: datetime
    expires: datetime
    used: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used is None and now < self.expires


AuditKind = Literal[
    "signed-in",
    "sign-in-failed",
    "signed-out",
    "session-ended",
    "password-changed",
    "password-set",
    "reset-asked",
    "person-added",
    "person-invited",
    "person-renamed",
    "role-changed",
    "person-deactivated",
    "person-activated",
    "token-issued",
    "token-revoked",
    "figure-decided",
    "article-corrected",
    "alert-decided",
    "exported",
    "alerts-asked",
    "test-sent",
    "message-retried",
]
AUDIT_KINDS: tuple[AuditKind, ...] = get_args(AuditKind)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and from which address; `person_id` is None for the command line and for strangers."""

    person_id: str | None
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done: when, by whom, what, about what or whom, and from which address.

    `subject_id` is the person whom it concerns, where that is one; `number` is the entry's place once it is kept.
    """

    at: datetime
    kind: AuditKind
    by: Actor
    about: str = ""
    subject_id: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for; `person_id` finds what a person did and what concerned them."""

    person_id: str | None = None
    kind: AuditKind | None = None


def may(role: Role, permission: Permission) -> bool:
    """Whether people of this role may do that."""
    return role in PERMISSIONS[permission]


def read_email(text: str) -> str | None:
    """The address in the one form in which it is kept and compared; None where it is none."""
    email = text.strip().casefold()
    return email if len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email) else None


def fingerprint(secret: str) -> str:
    """What is kept of a random secret: whoever reads the database cannot sign in with it."""
    return sha256(secret.encode()).hexdigest()


def network_of(address: str) -> str:
    """What one visitor cannot leave at will: the address, of IPv6 the /64 network that a household is given."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return f"{IPv6Address(int(known) >> 64 << 64)}/64"
    return str(known.ipv4_mapped if isinstance(known, IPv6Address) and known.ipv4_mapped else known)


def password_refusal(password: str, person: Person, agency_words: Iterable[str] = ()) -> str | None:
    """Why this password is refused, in a sentence for the person; None where it is not."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Kata sandi paling sedikit {SHORTEST_PASSWORD} karakter. Beberapa kata acak mudah diingat."
    if len(password) > LONGEST_PASSWORD:
        return f"Kata sandi paling banyak {LONGEST_PASSWORD} karakter."
    if _is_obvious(password, [person.name, person.email, *agency_words]):
        return (
            "Kata sandi ini terlalu mudah ditebak: selain nama Anda, surel, nama lembaga, dan kata yang lazim, "
            "hampir tidak ada yang tersisa."
        )
    return None


def _is_obvious(password: str, own: Iterable[str]) -> bool:
    """Whether little is left of the password without the words that anybody would try."""
    left = "".join(_WORDS.findall(password.casefold())).replace("_", "")
    words = {word for text in own for word in _WORDS.findall(text.casefold()) if len(word) >= 3}
    for word in sorted({*words, *_EVERYBODYS}, key=len, reverse=True):
        left = left.replace(word, "")
    others = re.sub(r"[\w\s]", "", password)
    return len(left) + len(others) < _LEFT or len(set(password.casefold())) < _LEFT
