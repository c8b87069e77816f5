"""The pages before signing in come in English as well; their catalogue is whole."""

import re

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from lxml import html as lxml_html

from service.domain.account import LONGEST_PASSWORD, SHORTEST_PASSWORD, password_refusal
from service.usecases.signing_in import too_many
from service.web.app import create_app
from service.web.desk import Desk
from service.web.language import CATALOGUES, LANGUAGES, SOURCE, TRANSLATED, catalogue, translated
from service.web.rendering import STATIC
from tests.service.builders import NOW
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import ADMIN, a_person, client_of

TEMPLATES = STATIC.parent / "templates"
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,id;q=0.5"}


@pytest.fixture
def desk() -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive({}))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk))


def words(page: str) -> str:
    return " ".join("".join(str(it) for it in lxml_html.document_fromstring(page).itertext()).split())


@pytest.mark.parametrize("language", [it for it in LANGUAGES if it != SOURCE])
def test_the_catalogue_has_every_text_of_the_translated_templates_and_nothing_unsure(language: str) -> None:
    options = {"trimmed": "true", "silent": "false"}
    said = {
        str(message)
        for name in (*TRANSLATED, "base.html")
        for _, message, _, _ in extract_from_file("jinja2.ext:babel_extract", TEMPLATES / name, options=options)
    }
    assert len(said) > 20
    assert said - set(catalogue(language)) == set()
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        assert [it.id for it in read_po(file) if it.id and (it.fuzzy or not it.string)] == []


def test_a_browser_that_asks_for_english_is_answered_in_english(client: TestClient) -> None:
    page = client.get("/masuk", headers=ENGLISH)
    assert '<html lang="en">' in page.text
    assert "E-mail Password Sign in Forgotten your password?" in words(page.text)
    assert "Mon 23 Nov 2026, 08:00 WIB" in words(page.text)
    indonesian = client.get("/masuk", headers={"Accept-Language": "fr,id;q=0.9,en;q=0.1"}).text
    assert '<html lang="id">' in indonesian
    assert "Sen 23 Nov 2026, 08.00 WIB" in words(indonesian)


def test_whoever_chose_a_language_keeps_it(client: TestClient) -> None:
    page = lxml_html.document_fromstring(client.get("/lupa-sandi").text)
    [form] = page.cssselect("form[action='/bahasa']")
    fields = {it.get("name") or "": it.get("value") or "" for it in form.iter("input", "button")}
    assert (fields["bahasa"], fields["ke"]) == ("en", "/lupa-sandi")
    answer = client.post("/bahasa", data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/lupa-sandi")
    assert "Send the link" in client.get("/lupa-sandi", headers={"Accept-Language": "id"}).text


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/keluar", "/masuk?ke=\\evil"])
def test_choosing_a_language_leads_to_the_door_alone(client: TestClient, back: str) -> None:
    page = client.get("/masuk").text
    token = re.findall(r'name="csrf" value="(\w+)"', page)[0]
    answer = client.post("/bahasa", data={"csrf": token, "bahasa": "en", "ke": back}, follow_redirects=False)
    assert answer.headers["Location"] == "/masuk"


def test_an_invitation_is_wholly_in_english(desk: Desk, client: TestClient) -> None:
    person = a_person(desk, password=None)
    path = desk.people.invite(ADMIN, person.id).removeprefix("https://pantau.agency.example")
    page = words(client.get(path, headers=ENGLISH).text)
    assert "Welcome to Pantau" in page
    assert (
        "choose a password for the account orang0@agency.example. This link works once, until Mon 30 Nov 2026" in page
    )
    assert re.findall("kata sandi|tautan|Surel|berlaku", page, re.IGNORECASE) == []


def test_what_was_refused_is_told_in_english(desk: Desk) -> None:
    person = a_person(desk, password=None)
    told = [password_refusal(it, person) for it in ("x", "x" * (LONGEST_PASSWORD + 1), person.name * 2)]
    told.append(str(too_many(NOW, NOW)))
    assert translated(told[0] or "", "en").startswith(f"A password has at least {SHORTEST_PASSWORD} characters.")
    assert [it for it in told if it is None or translated(it, "en") == it] == []


def test_a_page_that_is_not_translated_says_that_it_is_indonesian(desk: Desk) -> None:
    page = client_of(desk, a_person(desk)).get("/akun", headers=ENGLISH).text
    assert '<html lang="id">' in page
    assert "/bahasa" not in page
