"""Signing in at the agency's own provider: whom it lets in, and what is not believed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from service.adapters.oidc import OpenIdProvider
from service.domain.account import AuditFilter
from service.web.app import create_app
from service.web.desk import Desk
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.openid_server import CLIENT, SECRET, Provider, provider
from tests.service.signed_in import ADMIN
from tests.service.test_web_pages import words

EMAIL = "rani@agency.example"


@pytest.fixture
def served() -> Iterator[Provider]:
    with provider() as served:
        yield served


@pytest.fixture
def desk(served: Provider) -> Desk:
    desk = desk_over(FakeIndex(), FakeStore(), FakeArchive())
    return replace(
        desk,
        single_sign_on=OpenIdProvider(served.issuer, CLIENT, SECRET, desk.clock),
        base_url="http://testserver",
    )


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), follow_redirects=False)


def come_back(client: TestClient, served: Provider, wanted: str = "/angka") -> Any:
    address = client.get("/masuk/oidc", params={"ke": wanted}).headers["Location"]
    assert address.startswith(f"{served.issuer}/auth?")
    return client.get(f"/masuk/oidc/kembali?{served.authorize(address)}")


def invite(desk: Desk) -> None:
    desk.people.add(ADMIN, EMAIL, "Rani S.", "analis")


def assert_refused(client: TestClient, answer: Any, said: str = "Masuk dengan akun instansi gagal") -> None:
    assert answer.status_code == 403
    assert said in words(answer.text)
    assert client.get("/").headers["Location"] == "/masuk"


def test_who_is_invited_signs_in_by_verified_email_and_comes_to_the_wanted_page(
    client: TestClient, desk: Desk, served: Provider
) -> None:
    invite(desk)
    assert "Masuk dengan akun instansi" in client.get("/masuk").text
    answer = come_back(client, served)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/angka")
    assert served.asked["redirect_uri"] == "http://testserver/masuk/oidc/kembali"
    assert served.asked["code_challenge_method"] == "S256"
    assert "Rani S." in client.get("/").text
    assert desk.people.audit(AuditFilter(kind="signed-in"), None, 1)[0].about == "akun instansi"


def test_the_provider_may_tell_the_email_when_it_is_asked(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    served.claims = {"email": None}
    served.userinfo = {"sub": "7", "email": EMAIL, "email_verified": True}
    assert come_back(client, served).status_code == 303


def test_whom_nobody_invited_is_refused_unless_a_role_is_set(client: TestClient, desk: Desk, served: Provider) -> None:
    assert_refused(client, come_back(client, served), "belum terdaftar di Pantau")
    assert desk.people.everybody() == []
    open_to_all = TestClient(create_app(replace(desk, create_role="pembaca")), follow_redirects=False)
    assert come_back(open_to_all, served).status_code == 303
    assert [(it.email, it.name, it.role) for it in desk.people.everybody()] == [(EMAIL, "Rani Saputri", "pembaca")]


def test_somebody_deactivated_is_refused_though_a_role_is_set(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    desk.people.deactivate(ADMIN, desk.people.everybody()[0].id)
    open_to_all = TestClient(create_app(replace(desk, create_role="pembaca")), follow_redirects=False)
    assert_refused(open_to_all, come_back(open_to_all, served), "belum terdaftar")


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
    ],
)
def test_an_identity_that_is_not_for_this_sign_in_is_not_believed(
    client: TestClient, desk: Desk, served: Provider, claims: dict[str, Any]
) -> None:
    invite(desk)
    served.claims = claims
    assert_refused(client, come_back(client, served))


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}, {"email": 7}])
def test_an_email_that_is_not_verified_is_not_believed(
    client: TestClient, desk: Desk, served: Provider, claims: dict[str, Any]
) -> None:
    invite(desk)
    served.claims = claims
    assert_refused(client, come_back(client, served), "tidak menyebut surel yang terverifikasi")


def test_a_signature_of_another_key_is_not_believed(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    served.key = RSAKey.generate_key(2048, {"kid": "1"})
    assert_refused(client, come_back(client, served))
    assert served.tokens_given == 1


@pytest.mark.parametrize(
    "key_set",
    [{"error": "busy"}, {"keys": None}, {"keys": 7}, {"keys": [7]}, {"keys": [{"kty": ["RSA"]}]}, {"keys": [{"n": 1}]}],
)
def test_a_provider_that_publishes_no_keys_is_not_believed(
    client: TestClient, desk: Desk, served: Provider, key_set: dict[str, Any]
) -> None:
    invite(desk)
    served.key_set = key_set
    assert_refused(client, come_back(client, served))
    assert served.tokens_given == 1


def test_a_provider_that_tells_no_list_of_ways_to_ask_for_a_token_is_asked_in_the_usual_way(
    client: TestClient, desk: Desk, served: Provider
) -> None:
    invite(desk)
    served.metadata = {"token_endpoint_auth_methods_supported": 7}
    assert come_back(client, served).status_code == 303


def test_a_signature_by_a_secret_that_anybody_may_know_is_not_believed(
    client: TestClient, desk: Desk, served: Provider
) -> None:
    invite(desk)
    served.algorithm = "HS256"
    served.key = OctKey.import_key(served.published.as_pem(private=False).hex())  # type: ignore[assignment]
    assert_refused(client, come_back(client, served))
    assert served.tokens_given == 1


def test_userinfo_of_another_person_is_not_believed(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    served.claims = {"email": None}
    served.userinfo = {"sub": "8", "email": EMAIL, "email_verified": True}
    assert_refused(client, come_back(client, served))


def test_an_answer_to_another_browsers_request_is_refused(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    elsewhere = TestClient(create_app(desk), follow_redirects=False)
    query = served.authorize(elsewhere.get("/masuk/oidc").headers["Location"])
    assert_refused(client, client.get(f"/masuk/oidc/kembali?{query}"), "tidak dimulai di peramban ini")
    client.get("/masuk/oidc")
    assert_refused(client, client.get(f"/masuk/oidc/kembali?{query}"))
    assert served.tokens_given == 0


@pytest.mark.parametrize("query", ["", "error=access_denied", "code=kode", "iss=http%3A%2F%2Fevil.example&code=kode"])
def test_an_answer_that_is_none_is_refused(client: TestClient, desk: Desk, served: Provider, query: str) -> None:
    invite(desk)
    state = served.authorize(client.get("/masuk/oidc").headers["Location"]).rpartition("=")[2]
    with_state = f"{query}&state={state}" if query != "code=kode" else query
    assert_refused(client, client.get(f"/masuk/oidc/kembali?{with_state}"))
    assert served.tokens_given == 0


def test_an_answer_is_used_once(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    query = served.authorize(client.get("/masuk/oidc").headers["Location"])
    assert client.get(f"/masuk/oidc/kembali?{query}").status_code == 303
    client.cookies.delete("pantau-session")
    assert_refused(client, client.get(f"/masuk/oidc/kembali?{query}"), "tidak dimulai di peramban ini")


@pytest.mark.parametrize(
    "metadata", [{"issuer": "https://evil.example"}, {"authorization_endpoint": "http://evil.example/auth"}]
)
def test_a_provider_that_is_not_itself_is_left_alone(
    client: TestClient, served: Provider, metadata: dict[str, str]
) -> None:
    served.metadata = metadata
    answer = client.get("/masuk/oidc")
    assert answer.status_code == 502
    assert "Masuk dengan akun instansi gagal" in words(answer.text)


def test_after_the_provider_only_pages_of_ours_are_led_to(client: TestClient, desk: Desk, served: Provider) -> None:
    invite(desk)
    answer = come_back(client, served, "//evil.example/")
    assert urlsplit(answer.headers["Location"]).netloc == ""


def test_without_a_provider_there_is_nothing_to_come_back_from(desk: Desk) -> None:
    client = TestClient(create_app(replace(desk, single_sign_on=None)), follow_redirects=False)
    assert "akun instansi" not in client.get("/masuk").text
    assert client.get("/masuk/oidc").status_code == 404
    assert client.get("/masuk/oidc/kembali?code=1&state=2").status_code == 404
