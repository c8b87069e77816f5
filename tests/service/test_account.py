"""Rules about accounts that need no store."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.account import (
    LONGEST_PASSWORD,
    PERMISSIONS,
    ROLES,
    SESSION_IDLE,
    SESSION_LONGEST,
    Person,
    Session,
    fingerprint,
    may,
    network_of,
    password_refusal,
    read_email,
)
from service.domain.wording.accounts import browser
from service.web.visitor import own_path
from tests.service.builders import NOW
from tests.service.signed_in import QUICK

RANI = Person("p", "rani.saputri@bpjs.example", "Rani Saputri", "analis", NOW)


def test_each_role_may_what_the_one_before_it_may_and_more() -> None:
    granted = [{it for it in PERMISSIONS if may(role, it)} for role in ROLES]
    assert granted == [
        {"read", "export"},
        {"read", "export", "decide", "deliveries"},
        {"read", "export", "decide", "deliveries", "deliver", "people", "audit"},
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Rani.Saputri@BPJS.example ", "rani.saputri@bpjs.example"),
        ("a+b@c-d.go.id", "a+b@c-d.go.id"),
        ("rani", None),
        ("rani@", None),
        ("rani@localhost", None),
        ("rani@agency..example", None),
        ("rani@agency.example\nBcc: x@y.example", None),
        ("Rani <rani@agency.example>", None),
        ("rani@-agency.example", None),
        (".rani@agency.example", None),
        ("a" * 65 + "@agency.example", None),
        ("rani@" + "a." * 130 + "example", None),
        ("", None),
    ],
)
def test_an_email_is_kept_in_one_form(typed: str, kept: str | None) -> None:
    assert read_email(typed) == kept


@pytest.mark.parametrize(
    "password",
    [
        "ombak perahu kenari",
        "Tiga-Ekor-Kambing-Naik-Bus",
        "rani suka kopi hitam",
        "7f3kq9w2mzx8",
        "サクラ咲く丘の上のカフェ",
        "!?;:-_=+*#%&",
    ],
)
def test_a_password_that_is_not_obvious_is_taken_whatever_it_is_made_of(password: str) -> None:
    assert password_refusal(password, RANI, ["BPJS Ketenagakerjaan"]) is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("sebelas hrf", "paling sedikit 12"),
        ("x" * (LONGEST_PASSWORD + 1), "paling banyak 256"),
        ("BPJS Ketenagakerjaan 2026", "terlalu mudah ditebak"),
        ("bpjsketenagakerjaan", "terlalu mudah ditebak"),
        ("RaniSaputri1990", "terlalu mudah ditebak"),
        ("rani.saputri@bpjs.example", "terlalu mudah ditebak"),
        ("passwordpassword", "terlalu mudah ditebak"),
        ("Pantau-Rahasia-17", "terlalu mudah ditebak"),
        ("1234567890123", "terlalu mudah ditebak"),
        ("aaaaaaaaaaaaaaaa", "terlalu mudah ditebak"),
    ],
)
def test_an_obvious_password_is_refused_with_the_reason(password: str, said: str) -> None:
    assert said in (password_refusal(password, RANI, ["BPJS Ketenagakerjaan"]) or "")


def test_a_session_ends_when_it_is_not_used_and_at_the_latest_after_a_week() -> None:
    session = Session("s", "p", NOW, NOW, "", "")
    assert session.ends == NOW + SESSION_IDLE
    busy = Session("s", "p", NOW, NOW + SESSION_LONGEST - timedelta(hours=1), "", "")
    assert busy.ends == NOW + SESSION_LONGEST


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_visitors_are_told_apart_by_what_they_cannot_change_at_will(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_fingerprint_does_not_tell_the_secret() -> None:
    assert fingerprint("rahasia") != fingerprint("rahasia ")
    assert "rahasia" not in fingerprint("rahasia")
    assert len(fingerprint("rahasia")) == 64


def test_a_password_is_known_again_and_no_other_nor_one_where_none_was_chosen() -> None:
    hashed = QUICK.hash("ombak perahu kenari")
    assert hashed.startswith("$argon2id$")
    assert QUICK.verify(hashed, "ombak perahu kenari")
    assert not QUICK.verify(hashed, "ombak perahu kenari ")
    assert not QUICK.verify(None, "")
    assert not QUICK.verify("no hash at all", "ombak perahu kenari")


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.9", "curl/8.9"),
        ("", "peramban tidak dikenal"),
    ],
)
def test_a_browser_is_told_as_its_owner_knows_it(agent: str, shown: str) -> None:
    assert browser(agent) == shown


@pytest.mark.parametrize("path", ["/", "/angka?q=a%20b&media=x", "/artikel/1#koreksi", "/?q=%2F%2Fevil.example"])
def test_paths_of_ours_are_led_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "angka",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "/masuk",
        "/masuk?ke=/masuk",
        "/keluar",
        "/ä",
        "/" + "a" * 2_000,
        "/\x00",
        "/ /evil.example",
    ],
)
def test_anything_else_leads_to_the_first_page(path: str) -> None:
    assert own_path(path) == "/"


@given(st.text(alphabet=st.sampled_from("/\\:?#@.ab \t\n\x00[]%2"), max_size=12))
def test_no_text_leads_elsewhere(text: str) -> None:
    led = own_path(text)
    assert led.startswith("/")
    assert not led.startswith(("//", "/\\"))
