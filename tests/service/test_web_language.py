"""The desk comes in English as well: every word of it goes through the catalogues, and they are whole."""

import ast
import re
from collections import UserDict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from lxml import html as lxml_html

from service.domain import wording
from service.domain.account import LONGEST_PASSWORD, SHORTEST_PASSWORD, password_refusal
from service.domain.ledger.correction import FIELD_NAMES
from service.domain.wording.language import Language, telling_in
from service.domain.wording.numbers import figure_value, number
from service.domain.wording.times import moment, since
from service.settings import ROOT
from service.usecases.signing_in import too_many
from service.web import gate, visitor
from service.web.app import create_app
from service.web.desk import Desk
from service.web.language import CATALOGUES, COOKIE, language_of, say_told
from service.web.rendering import STATIC
from tests.service.builders import NOW
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import ADMIN, a_person, client_of
from tests.service.whole_desk import PAGES, SEALED, whole_desk

TEMPLATES = STATIC.parent / "templates"
ENGLISH = language_of("en")
BY_LINK = "/langganan/"
"""Pages for recipients of mails, who get Indonesian mails."""

NO_WORDS_OF_OURS = "bdi, time, code, kbd, pre, script, style, svg text, option[value][lang], [lang=id], [translate=no]"
"""Elements with what was written by others, or with numbers and days alone."""

READ_OUT = ("aria-label", "title", "placeholder", "alt")


@pytest.fixture
def desk() -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive({}))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An admin before a desk with something on every page, who chose English."""
    with whole_desk(tmp_path_factory.mktemp("desk")) as desk:
        client = client_of(desk, a_person(desk, "admin"))
        client.cookies[COOKIE] = "en"
        yield client


class Marked(UserDict[str, str]):
    """A catalogue in which every message is its own translation, between brackets."""

    def get(self, message: str, default: object = None) -> str:
        return f"⟦{message}⟧" if message else message


class Missed(UserDict[str, str]):
    """The English catalogue; it keeps which messages it lacks."""

    def __init__(self) -> None:
        super().__init__(ENGLISH.messages)
        self.lacking: set[str] = set()

    def get(self, message: str, default: object = None) -> str | None:  # type: ignore[override]
        if message and message not in self.data:
            self.lacking.add(message)
        return self.data.get(message, default if isinstance(default, str) else None)


def read_with(messages: UserDict[str, str], client: TestClient, path: str, patch: pytest.MonkeyPatch) -> str:
    told = Language("en", messages, ".", ",", ":")
    for module in (gate, visitor):
        patch.setattr(module, "language_of", lambda _code: told)
    answer = client.get(path.format(**SEALED))
    assert '<html lang="en">' in answer.text
    return answer.text


def unsaid(page: str) -> list[str]:
    """What a reader sees or hears of the page that did not go through the catalogue."""
    body = lxml_html.document_fromstring(page).cssselect("body")[0]
    for foreign in body.cssselect(NO_WORDS_OF_OURS):
        foreign.attrib.update({name: "" for name in READ_OUT if name in foreign.attrib})
        foreign.text = ""
        for child in list(foreign):
            foreign.remove(child)
    texts = outside_brackets(_BETWEEN.join(map(str, body.itertext()))).split(_BETWEEN)
    texts += [outside_brackets(element.get(name) or "") for element in body.iter() for name in READ_OUT]
    return [rest for text in texts if re.search(r"[^\W\d_]{3}", rest := " ".join(text.split()))]


_BETWEEN = "¶"
"""Stands between the texts of neighbouring elements: a message may reach over several."""


def outside_brackets(text: str) -> str:
    # Short names of weekdays and months are cut off before their closing bracket.
    text = re.sub(r"⟦\w\w(?= \d)|(?<=\d )⟦\w\w\b", "", text)
    before = None
    while before != text:
        before, text = text, re.sub("⟦[^⟦⟧]*⟧", "", text)
    # Our own name, zones and units of money are the same in all languages.
    return re.sub(r"\b(?:Pantau|WIB|UTC|CSV|XLSX|PDF|RSS|API)\b", "", text)


@pytest.mark.parametrize("path", [it for it in PAGES if not it.startswith(BY_LINK)])
def test_every_word_of_a_page_goes_through_the_catalogue(
    whole: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unsaid(read_with(Marked(), whole, path, monkeypatch)) == []


@pytest.mark.parametrize("path", [it for it in PAGES if not it.startswith(BY_LINK)])
def test_the_catalogue_has_every_word_of_a_page(whole: TestClient, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = Missed()
    read_with(messages, whole, path, monkeypatch)
    assert messages.lacking == set()


def said_in_templates() -> set[str]:
    options = {"trimmed": "true", "silent": "false"}
    return {
        str(message)
        for path in sorted(TEMPLATES.glob("*.html"))
        for _, message, _, _ in extract_from_file("jinja2.ext:babel_extract", path, options=options)
    }


def said_in_code() -> set[str]:
    return {
        node.args[0].value
        for path in sorted(Path(ROOT, "service").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_the_catalogue_has_every_text_of_the_templates_and_of_the_code() -> None:
    said = said_in_templates() | said_in_code()
    assert "Pilih apa yang diputuskan: gabungkan, pisahkan, atau batalkan." in said
    assert said - set(ENGLISH.messages) == set()


def names_in(value: object) -> Iterator[str]:
    """The words in a dictionary of names, and in those within it."""
    if isinstance(value, Mapping):
        for name in value.values():
            yield from names_in(name)
    elif isinstance(value, str) and re.search(r"[^\W\d_]{3}", value):
        yield value


def test_the_catalogue_has_every_name_that_the_domain_gives_to_a_code() -> None:
    modules = [import_module(f"{wording.__name__}.{it.name}") for it in iter_modules(wording.__path__)]
    constants = [it for module in modules for name, it in vars(module).items() if not name.startswith("__")]
    dictionaries = [it for it in constants if isinstance(it, Mapping)]
    named = {name for it in (*dictionaries, FIELD_NAMES) for name in names_in(it)}
    assert {"Negatif", "Cakupan kepesertaan", "Belum ditangani", "Dimuat {note}", "Nilai awal"} <= named
    assert named - set(ENGLISH.messages) == set()


def test_the_catalogue_is_sure_of_itself_and_keeps_every_place_for_a_value() -> None:
    known: dict[str, str] = {}
    for path in sorted((CATALOGUES / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if not message.id:
                    continue
                text, told = str(message.id), str(message.string)
                assert told, (path.name, text)
                assert not message.fuzzy, (path.name, text)
                assert known.setdefault(text, told) == told, (path.name, text)
                assert places(text) == places(told), (path.name, text)
    assert len(known) > 20


def places(text: str) -> set[str]:
    named = set(re.findall(r"%\((\w+)\)s", text))
    try:
        return named | {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return named


def test_numbers_and_times_are_written_as_english_does() -> None:
    with telling_in(ENGLISH):
        assert (number(1_608_431), number(31.93)) == ("1,608,431", "31.93")
        assert figure_value((1.2e9, 2e9), "IDR") == "Rp1.2 billion–Rp2 billion"
        assert figure_value(31.93, "percent") == "31.93 percent"
        assert moment(NOW) == "Mon 23 Nov 2026, 08:00 WIB"
        assert since(NOW, NOW) == "just now"
    assert (number(31.93), moment(NOW)) == ("31,93", "Sen 23 Nov 2026, 08.00 WIB")


def words(page: str) -> str:
    body = lxml_html.document_fromstring(page).cssselect("body")[0]
    return " ".join("".join(map(str, body.itertext())).split())


def test_the_desk_is_indonesian_until_somebody_chooses(client: TestClient) -> None:
    page = client.get("/masuk", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="id">' in page
    assert "Sen 23 Nov 2026, 08.00 WIB" in words(page)


def test_whoever_chose_a_language_keeps_it_where_they_were(client: TestClient) -> None:
    page = lxml_html.document_fromstring(client.get("/lupa-sandi").text)
    [form] = page.cssselect("form[action='/bahasa']")
    fields = {it.get("name") or "": it.get("value") or "" for it in form.iter("input", "button")}
    assert (fields["bahasa"], fields["ke"]) == ("en", "/lupa-sandi")
    answer = client.post("/bahasa", data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/lupa-sandi")
    assert "Send the link" in client.get("/lupa-sandi").text
    assert "E-mail Password Sign in Forgotten your password?" in words(client.get("/masuk").text)


@pytest.mark.parametrize("path", ["/cari?q=klaim&sentimen=negatif", "/angka?metrik=coverage", "/cari?q=%22a%20b%22"])
def test_a_search_stays_asked_when_the_language_changes(desk: Desk, path: str) -> None:
    client = client_of(desk, a_person(desk))
    [back] = lxml_html.document_fromstring(client.get(path).text).cssselect("form[action='/bahasa'] input[name='ke']")
    answer = client.post("/bahasa", data={"bahasa": "en", "ke": back.get("value")}, follow_redirects=False)
    assert answer.headers["Location"] == path


def test_a_page_before_signing_in_tells_nothing_that_was_typed_into_its_address(client: TestClient) -> None:
    page = client.get("/masuk?surel=rahasia&ke=%2Fangka").text
    [back] = lxml_html.document_fromstring(page).cssselect("form[action='/bahasa'] input[name='ke']")
    assert back.get("value") == "/masuk?ke=%2Fangka"


@pytest.mark.parametrize(
    ("back", "place"),
    [
        *((it, "/") for it in ("//evil.example/", "https://evil.example/", "/keluar", "/masuk\\evil")),
        *((it, it) for it in ("/masuk", "/masuk?ke=%2Fangka", "/cari?q=klaim", "/")),
    ],
)
def test_choosing_a_language_leads_nowhere_else(client: TestClient, back: str, place: str) -> None:
    page = client.get("/masuk").text
    token = re.findall(r'name="csrf" value="(\w+)"', page)[0]
    answer = client.post("/bahasa", data={"csrf": token, "bahasa": "en", "ke": back}, follow_redirects=False)
    assert answer.headers["Location"] == place


def test_an_invitation_is_wholly_in_english(desk: Desk, client: TestClient) -> None:
    person = a_person(desk, password=None)
    path = desk.people.invite(ADMIN, person.id).removeprefix("https://pantau.agency.example")
    client.cookies[COOKIE] = "en"
    page = words(client.get(path).text)
    assert "Welcome to Pantau" in page
    assert (
        "choose a password for the account orang0@agency.example. This link works once, until Mon 30 Nov 2026" in page
    )
    assert re.findall("kata sandi|tautan|Surel|berlaku", page, re.IGNORECASE) == []


def test_what_was_refused_is_told_in_english(desk: Desk) -> None:
    person = a_person(desk, password=None)
    told = [password_refusal(it, person) for it in ("x", "x" * (LONGEST_PASSWORD + 1), person.name * 2)]
    told.append(str(too_many(NOW, NOW)))
    with telling_in(ENGLISH):
        assert say_told(told[0] or "").startswith(f"A password has at least {SHORTEST_PASSWORD} characters.")
        assert [it for it in told if it is None or say_told(it) == it] == []


def test_files_mails_and_programs_stay_indonesian(whole: TestClient) -> None:
    assert "Cakupan kepesertaan" in whole.get("/angka/unduh.csv").text
    assert "<language>id</language>" in whole.get("/rss?q=klaim").text
    assert '<html lang="id"' in whole.get("/ringkasan/berikutnya/harian/html").text
