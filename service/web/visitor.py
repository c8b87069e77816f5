"""Who is asking: a signed-in person, a program with a token, or nobody yet."""

import hmac
import secrets
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.responses import Response

from service.domain.account import SESSION_LONGEST, Actor, ApiToken, Permission, Person, Session, may
from service.domain.wording.language import telling_in
from service.usecases.signing_in import STRANGER
from service.web.language import language_of

SESSION = "pantau-session"
FORM = "pantau-form"
ONGOING = "pantau-oidc"
FORM_FIELD = "csrf"
FORM_HEADER = "X-CSRF-Token"
LONGEST_PATH = 2_000


class Forbidden(Exception):
    """Who asks is known and may not do this."""


class StaleForm(Exception):
    """A form or request that does not prove to come from a page which this visitor was shown."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, from which address and with which program.

    `language` is what they read, `here` the path of ours that they look at.
    `bound` is the secret cookie that forms are bound to: that of the session, or before there is one the browser's own.
    """

    address: str = ""
    agent: str = ""
    bound: str = ""
    person: Person | None = None
    session: Session | None = None
    token: ApiToken | None = None
    is_demo: bool = False
    language: str = "id"
    here: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether the person may do that, and the token too, where it is one."""
        return (
            self.person is not None
            and may(self.person.role, permission)
            and (self.token is None or may(self.token.role, permission))
        )

    @property
    def name(self) -> str:
        """The person's name, under which decisions are kept."""
        return self.person.name if self.person is not None else ""

    @property
    def actor(self) -> Actor:
        """Who this is in the audit."""
        if self.person is None:
            return Actor(None, STRANGER, self.address)
        name = f"{self.person.name} (token {self.token.name})" if self.token is not None else self.person.name
        return Actor(self.person.id, name, self.address)

    @property
    def form_token(self) -> str:
        """What every form of a page for this visitor carries; empty where nothing binds them yet."""
        return hmac.new(self.bound.encode(), b"form", "sha256").hexdigest() if self.bound else ""

    def check_form(self, presented: str) -> None:
        """StaleForm unless this was carried by a form of ours for this visitor."""
        if not self.bound or not hmac.compare_digest(presented.encode(), self.form_token.encode()):
            raise StaleForm


_visitor: ContextVar[Visitor] = ContextVar("visitor", default=Visitor())  # noqa: B039  (frozen)


def visitor() -> Visitor:
    """Who asks, while their request is answered."""
    return _visitor.get()


def own_person() -> Person:
    """The person who asks, on pages to which the gate lets nobody else."""
    person = visitor().person
    assert person is not None
    return person


def set_visitor(value: Visitor) -> None:
    """From here on this request is answered to them."""
    _visitor.set(value)


def telling_visitor() -> AbstractContextManager[None]:
    """Words are told in the visitor's language while the block runs, also where they sent a form."""
    return telling_in(language_of(visitor().language))


def needs(permission: Permission) -> Any:
    """A dependency of routes that only those may use who have the permission; `read` is asked of every route."""

    async def check() -> None:
        if not visitor().may(permission):
            raise Forbidden

    return Depends(check)


def cookie_name(name: str, is_secure: bool) -> str:
    """The cookie's name; over https one that no other host of the domain can set for us."""
    return f"__Host-{name}" if is_secure else name


def keep_cookie(
    answer: Response, name: str, value: str, is_secure: bool, seconds: float = SESSION_LONGEST.total_seconds()
) -> None:
    """Let the browser keep the secret, out of reach of scripts and of other sites' requests."""
    answer.set_cookie(
        cookie_name(name, is_secure),
        value,
        max_age=int(seconds),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure,
    )


def drop_cookie(answer: Response, name: str, is_secure: bool) -> None:
    """Let the browser forget the secret."""
    answer.delete_cookie(cookie_name(name, is_secure), path="/", httponly=True, samesite="lax", secure=is_secure)


def new_secret() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(32)


def own_path(text: str) -> str:
    """The path of ours that this names, with its query; "/" for anything that could lead elsewhere."""
    is_plain = text.isascii() and text.isprintable() and not any(it in text for it in "\\ ")
    if not is_plain or len(text) > LONGEST_PATH or not text.startswith("/") or text.startswith("//"):
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc or parts.path in ("/masuk", "/keluar") else text


def wanted_path(request: Request) -> str:
    """The path with its query as the browser asked for it."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    return own_path((raw.partition(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1"))
