"""Browsers and programs that use the desk as somebody."""

from typing import Any

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from service.adapters.passwords import Argon2
from service.domain.account import Actor, Person, Role
from service.web.app import create_app
from service.web.desk import Desk
from service.web.visitor import FORM_HEADER, SESSION, Visitor

QUICK = Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""As the desk hashes, but for how long it takes."""

PASSWORD = "ombak perahu kenari"
ADMIN = Actor(None, "penguji")


def a_person(desk: Desk, role: Role = "analis", name: str = "Rani Saputri", password: str | None = PASSWORD) -> Person:
    """Somebody of this role, who has chosen the password unless that is None."""
    number = len(desk.people.everybody())
    person = desk.people.add(ADMIN, f"orang{number}@agency.example", name, role)
    if password is not None:
        choose(desk, person, password)
    return person


def choose(desk: Desk, person: Person, password: str = PASSWORD) -> None:
    desk.people.choose_password(desk.people.invite(ADMIN, person.id).rsplit("/", 1)[1], password, "192.0.2.1")


def client_of(desk: Desk, person: Person | None, **settings: Any) -> TestClient:
    """A browser in which that person is signed in, and whose requests prove to come from the desk's own pages."""
    client = TestClient(create_app(desk), **settings)
    if person is not None:
        secret = desk.signing_in.after_choosing(person, "192.0.2.1", "Firefox").secret
        client.cookies.set(SESSION, secret, domain="testserver.local", path="/")
        client.headers[FORM_HEADER] = Visitor(bound=secret).form_token
    return client


def signed_in(desk: Desk, role: Role = "analis", name: str = "Rani Saputri", **settings: Any) -> TestClient:
    """A browser in which somebody of this role is signed in."""
    return client_of(desk, a_person(desk, role, name), **settings)
