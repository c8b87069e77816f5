"""`pantau people`: how the first admin gets in, and who may be let out."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.app import App
from service.cli import cli
from service.domain.account import AuditFilter
from service.errors import AccountError
from service.settings import load_settings

EMAIL = "siti@agency.example"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_WEB__BASE_URL", "https://pantau.agency.example")
    return tmp_path / "data"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["people", *arguments], env={"COLUMNS": "200"})


def invite(role: str = "admin") -> str:
    result = run("add", EMAIL, "--name", "Siti Aminah", "--role", role, "--invite")
    assert result.exit_code == 0, result.output
    found = re.search(r"^https://pantau\.agency\.example/sandi/([\w-]{43})$", result.stdout, re.MULTILINE)
    assert found is not None, result.stdout
    return found[1]


def test_the_first_admin_is_invited_with_a_link_that_lets_them_in() -> None:
    secret = invite()
    with App(load_settings()) as app:
        person = app.people.choose_password(secret, "ombak perahu kenari", "127.0.0.1")
        assert (person.email, person.role) == (EMAIL, "admin")
        assert app.signing_in.with_password(EMAIL, "ombak perahu kenari", "127.0.0.1", "").person == person
        assert app.people.audit(AuditFilter(kind="person-added"), None, 1)[0].by.name == "baris perintah"
    listed = run("list").stdout
    for told in (EMAIL, "Siti Aminah", "admin", "active"):
        assert told in listed


def test_the_agencys_own_words_are_no_password() -> None:
    secret = invite()
    with App(load_settings()) as app, pytest.raises(AccountError, match="terlalu mudah ditebak"):
        app.people.choose_password(secret, "bpjamsostek ketenagakerjaan", "127.0.0.1")


def test_with_a_mail_server_the_link_goes_by_mail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_MAIL__SMTP_HOST", "mail.agency.example")
    result = run("add", EMAIL, "--name", "Siti Aminah", "--invite")
    assert "/sandi/" not in result.output
    with App(load_settings()) as app:
        assert [it.message.recipient for it in app.store.outbox()] == [EMAIL]


def test_who_is_deactivated_comes_back_with_a_reset() -> None:
    invite("analis")
    assert run("deactivate", EMAIL.upper()).exit_code == 0
    assert "deactivated" in run("list").stdout
    assert "/sandi/" in run("reset", EMAIL).stdout
    assert "no password yet" in run("list").stdout


def test_a_role_is_changed_and_the_audit_tells_it() -> None:
    invite("pembaca")
    assert f"{EMAIL} is now analis" in run("role", EMAIL.upper(), "analis").stdout
    assert "analis" in run("list").stdout
    with App(load_settings()) as app:
        told = app.people.audit(AuditFilter(kind="role-changed"), None, 5)
        assert [(it.about, it.by.name) for it in told] == [("pembaca → analis", "baris perintah")]
    assert run("role", EMAIL, "dewa").exit_code == 2


def test_the_last_admin_stays_one() -> None:
    invite()
    assert isinstance(run("role", EMAIL, "pembaca").exception, AccountError)
    assert "admin" in run("list").stdout


def test_nobody_is_told_so_and_what_to_do() -> None:
    assert "pantau people add" in run("list").output
    result = run("reset", "tiada@agency.example")
    assert isinstance(result.exception, AccountError)
    assert "pantau people list" in str(result.exception)


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    invite()
    assert isinstance(run("add", EMAIL, "--name", "Lain").exception, AccountError)
    assert isinstance(run("deactivate", EMAIL).exception, AccountError)
    assert run("add", "budi@agency.example", "--name", "Budi", "--role", "dewa").exit_code == 2
