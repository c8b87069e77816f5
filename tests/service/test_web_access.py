"""Who reaches what: every route of the desk, for everybody who may knock."""

import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount

from service.domain.account import AuditFilter, Permission, Role, may
from service.domain.ledger.claim import LedgerFilter
from service.web.app import create_app
from service.web.desk import Desk
from service.web.security import HEADERS
from service.web.visitor import FORM_HEADER, Visitor
from tests.service.desk_sample import sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.ledger_sample import small_desk
from tests.service.signed_in import ADMIN, a_person, client_of, signed_in
from tests.service.test_web_ledger import stated

OPEN = "open"
"""For everybody, signed in or not."""
SEALED = "sealed"
"""For whoever has the sealed address that was sent to them, and nobody else; no session is looked for."""

ROUTES: dict[tuple[str, str], Permission | str] = {
    ("GET", "/"): "read",
    ("GET", "/cari"): "read",
    ("GET", "/cerita/{story_id}"): "read",
    ("POST", "/cerita/{story_id}/keputusan"): "decide",
    ("GET", "/pekerjaan"): "decide",
    ("GET", "/narasumber"): "read",
    ("GET", "/narasumber/{key}"): "read",
    ("GET", "/peringatan"): "read",
    ("GET", "/peringatan/{alert_id}"): "read",
    ("POST", "/peringatan/{alert_id}"): "decide",
    ("GET", "/artikel/{article_id}"): "read",
    ("POST", "/artikel/{article_id}/koreksi"): "decide",
    ("GET", "/artikel/{article_id}/arsip"): "read",
    ("GET", "/artikel/{article_id}/arsip/halaman"): "read",
    ("GET", "/angka"): "read",
    ("GET", "/angka/klaim/{claim_id}"): "read",
    ("GET", "/angka/unduh.csv"): "export",
    ("GET", "/angka/unduh.xlsx"): "export",
    ("GET", "/angka/koreksi.jsonl"): "export",
    ("POST", "/angka/{statement_id}/tinjau"): "decide",
    ("GET", "/tidak-relevan"): "read",
    ("GET", "/sumber"): "read",
    ("GET", "/sumber/{outlet_id}"): "read",
    ("GET", "/ringkasan"): "read",
    ("GET", "/ringkasan/berikutnya/{group_id}"): "read",
    ("GET", "/ringkasan/berikutnya/{group_id}/html"): "read",
    ("GET", "/ringkasan/terkirim/{group_id}/{key}"): "read",
    ("GET", "/ringkasan/terkirim/{group_id}/{key}/html"): "read",
    ("GET", "/akun"): "read",
    ("POST", "/akun"): "read",
    ("POST", "/keluar"): "read",
    ("GET", "/notifikasi"): "read",
    ("POST", "/notifikasi"): "read",
    ("GET", "/kotak-keluar"): "deliveries",
    ("POST", "/kotak-keluar"): "deliver",
    ("GET", "/kotak-keluar/{message_id}"): "deliveries",
    ("GET", "/orang"): "people",
    ("POST", "/orang"): "people",
    ("GET", "/orang/{person_id}"): "people",
    ("POST", "/orang/{person_id}"): "people",
    ("GET", "/audit"): "audit",
    ("GET", "/pencarian"): "read",
    ("POST", "/pencarian"): "read",
    ("GET", "/pencarian/{search_id}"): "read",
    ("GET", "/aturan"): "read",
    ("GET", "/aturan/{rule_id}"): "read",
    ("POST", "/aturan/{rule_id}"): "decide",
    ("GET", "/aturan/baru"): "decide",
    ("POST", "/aturan/baru"): "decide",
    ("GET", "/aturan/{rule_id}/ubah"): "decide",
    ("POST", "/aturan/{rule_id}/ubah"): "decide",
    ("POST", "/unduh"): "export",
    ("GET", "/unduh/{export_id}"): "export",
    ("GET", "/unduh/{export_id}/berkas"): "export",
    ("GET", "/rss"): "read",
    ("GET", "/api/v1/saved-searches"): "read",
    ("POST", "/api/v1/saved-searches"): "read",
    ("PATCH", "/api/v1/saved-searches/{search_id}"): "read",
    ("DELETE", "/api/v1/saved-searches/{search_id}"): "read",
    ("POST", "/api/v1/saved-searches/{search_id}/opened"): "read",
    ("GET", "/api/v1/search"): "read",
    ("GET", "/api/v1/alerts"): "read",
    ("GET", "/api/v1/alerts/{alert_id}"): "read",
    ("POST", "/api/v1/alerts/{alert_id}/decisions"): "decide",
    ("GET", "/api/v1/articles/{article_id}"): "read",
    ("POST", "/api/v1/articles/{article_id}/corrections"): "decide",
    ("POST", "/api/v1/articles/{article_id}/regions"): "decide",
    ("POST", "/api/v1/articles/{article_id}/labels"): "decide",
    ("DELETE", "/api/v1/articles/{article_id}/labels/{label:path}"): "decide",
    ("POST", "/api/v1/articles/{article_id}/notes"): "decide",
    ("DELETE", "/api/v1/articles/{article_id}/notes/{note_id}"): "decide",
    ("GET", "/api/v1/stories/{story_id}"): "read",
    ("POST", "/api/v1/stories/{story_id}/decisions"): "decide",
    ("GET", "/api/v1/labels"): "read",
    ("POST", "/api/v1/exports"): "export",
    ("GET", "/api/v1/exports/{export_id}"): "export",
    ("GET", "/api/v1/exports/{export_id}/file"): "export",
    ("GET", "/api/v1/figures"): "read",
    ("GET", "/api/v1/figures/claims"): "read",
    ("GET", "/api/v1/figures/claims/{claim_id}"): "read",
    ("GET", "/api/v1/figures/official"): "read",
    ("GET", "/api/v1/figures/chart"): "read",
    ("POST", "/api/v1/figures/{statement_id}/review"): "decide",
    ("GET", "/openapi.json"): "read",
    ("GET", "/masuk"): OPEN,
    ("POST", "/masuk"): OPEN,
    ("GET", "/masuk/oidc"): OPEN,
    ("GET", "/masuk/oidc/kembali"): OPEN,
    ("GET", "/lupa-sandi"): OPEN,
    ("POST", "/lupa-sandi"): OPEN,
    ("POST", "/bahasa"): OPEN,
    ("GET", "/sandi/{secret}"): OPEN,
    ("POST", "/sandi/{secret}"): OPEN,
    ("GET", "/langganan/{token}"): SEALED,
    ("POST", "/langganan/{token}"): SEALED,
    ("GET", "/langganan/{token}/berhenti"): SEALED,
    ("POST", "/langganan/{token}/berhenti"): SEALED,
    ("GET", "/healthz"): OPEN,
    ("GET", "/metrics"): OPEN,
}
CLOSED = [(method, path) for (method, path), needed in ROUTES.items() if needed not in (OPEN, SEALED)]
WRITING = [(method, path) for (method, path), needed in ROUTES.items() if method != "GET" and needed != SEALED]
API = "/api/"


def the_routes(desk: Desk) -> set[tuple[str, str]]:
    """Every method and path that the app answers, however deep its routers lie; the files of /static are no routes."""
    found: set[tuple[str, str]] = set()

    def walk(routes: Any) -> None:
        for route in routes:
            if isinstance(route, Mount):
                assert route.path == "/static"
            elif inner := getattr(getattr(route, "original_router", None), "routes", None):
                walk(inner)
            else:
                found.update((method, route.path) for method in route.methods - {"HEAD"})
                assert isinstance(route, APIRoute) or route.path == "/openapi.json"

    walk(create_app(desk).routes)
    return found


@pytest.fixture(scope="module")
def desk() -> Desk:
    return small_desk()


@pytest.fixture(scope="module")
def clients(desk: Desk) -> dict[Role, TestClient]:
    return {role: signed_in(desk, role, follow_redirects=False) for role in get_args(Role)}


@pytest.fixture(scope="module")
def stranger(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), follow_redirects=False)


def ask(client: TestClient, method: str, path: str, **more: Any) -> Any:
    address = re.sub(r"\{\w+\}", "terakhir", path)
    if method in ("POST", "PATCH") and path.startswith(API):
        return client.request(method, address, json={}, **more)
    return client.request(method, address, **more)


def test_every_route_is_known_here_with_who_may_use_it(desk: Desk) -> None:
    assert the_routes(desk) == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_strangers_are_sent_to_the_door(stranger: TestClient, method: str, path: str) -> None:
    answer = ask(stranger, method, path)
    if path.startswith(API) or path in ("/openapi.json", "/rss"):
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Pantau"'
    else:
        assert answer.status_code == 303
        assert re.fullmatch(r"/masuk(\?ke=.*)?", answer.headers["Location"])
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/tiada", "/tiada/x", "/static/../akun", "/masuk/../orang", "//akun", "/%61kun"])
def test_what_is_not_there_is_as_closed_as_what_is(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code in (303, 404)
    assert "Sesi" not in answer.text


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_each_role_reaches_what_it_may_and_nothing_else(
    clients: dict[Role, TestClient], desk: Desk, method: str, path: str, role: Role
) -> None:
    client = clients[role]
    if path == "/keluar":
        client = signed_in(desk, role, follow_redirects=False)
    answer = ask(client, method, path)
    permission = ROUTES[method, path]
    if may(role, permission):  # type: ignore[arg-type]
        assert answer.status_code in (200, 303, 400, 404, 422)
        assert not answer.headers.get("Location", "").startswith("/masuk?")
    else:
        assert answer.status_code == 403
        said = "Forbidden" if path.startswith(API) else "Peran Anda tidak mencakup ini"
        assert said in answer.text


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize("presented", [None, "", "0" * 64, Visitor(bound="another").form_token])
def test_nothing_is_changed_by_a_form_that_is_not_of_this_visitors_pages(
    desk: Desk, method: str, path: str, presented: str | None
) -> None:
    client = signed_in(desk, "admin", follow_redirects=False)
    before = desk.people.audit(AuditFilter(), None, 1)
    del client.headers[FORM_HEADER]
    headers = {} if presented is None else {FORM_HEADER: presented}
    answer = ask(client, method, path, headers=headers)
    assert answer.status_code == 403
    assert desk.people.audit(AuditFilter(), None, 1) == before
    assert "/masuk" not in client.get("/akun").headers.get("Location", "")


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_other_sites_change_nothing_even_with_the_token(desk: Desk, method: str, path: str) -> None:
    client = signed_in(desk, "admin", follow_redirects=False)
    assert ask(client, method, path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_wanted_page_comes_after_the_door(stranger: TestClient) -> None:
    assert stranger.get("/angka?metrik=coverage&q=a b").headers["Location"] == (
        "/masuk?ke=%2Fangka%3Fmetrik%3Dcoverage%26q%3Da%2520b"
    )
    assert stranger.get("http://testserver//evil.example/x").headers["Location"] == "/masuk"
    assert stranger.post("/angka/x/tinjau").headers["Location"] == "/masuk"
    part = stranger.get("/cari?cursor=x", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/masuk")


# --- Programs with tokens


def token(desk: Desk, role: Role = "analis", right: Role = "analis") -> tuple[TestClient, dict[str, str]]:
    secret, _ = desk.people.issue_token(a_person(desk, role), "laporan", right, 30, "192.0.2.1")
    return TestClient(create_app(desk), follow_redirects=False), {"Authorization": f"Bearer {secret}"}


def test_a_program_reads_and_decides_with_a_token_and_needs_no_form(desk: Desk) -> None:
    client, headers = token(desk)
    assert client.get("/api/v1/search", headers=headers).status_code == 200
    assert client.get("/openapi.json", headers=headers).status_code == 200
    figure = stated(desk, "41.200 orang", region="64.71")
    address = f"/api/v1/figures/{figure.id}/review"
    answer = client.post(address, headers=headers, json={"verdict": "confirmed"})
    assert answer.status_code == 200
    assert desk.ledger.reviews(statement_id=figure.id)[-1].by == "Rani Saputri"
    entry = desk.people.audit(AuditFilter(kind="figure-decided"), None, 1)[0]
    assert entry.by.name == "Rani Saputri (token laporan)"
    assert entry.about == f"confirmed: 41.200 orang, angka {figure.id}"


@pytest.mark.parametrize(("role", "right"), [("analis", "pembaca"), ("pembaca", "pembaca")])
def test_a_token_may_not_more_than_it_and_its_owner_may(desk: Desk, role: Role, right: Role) -> None:
    client, headers = token(desk, role, right)
    answer = client.post("/api/v1/figures/x/review", headers=headers, json={"verdict": "confirmed"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")


def test_a_token_loses_what_its_owner_loses(desk: Desk) -> None:
    owner = a_person(desk)
    secret, _ = desk.people.issue_token(owner, "laporan", "analis", 30, "192.0.2.1")
    client, headers = TestClient(create_app(desk)), {"Authorization": f"Bearer {secret}"}
    decision = {"verdict": "confirmed"}
    assert client.post("/api/v1/figures/x/review", headers=headers, json=decision).status_code == 404
    desk.people.change_role(ADMIN, owner.id, "pembaca")
    assert client.post("/api/v1/figures/x/review", headers=headers, json=decision).status_code == 403
    a_person(desk, "admin")
    desk.people.deactivate(ADMIN, owner.id)
    assert client.get("/api/v1/search", headers=headers).status_code == 401


@pytest.mark.parametrize("presented", ["Bearer pantau_salah", "Bearer ", "bearer x", "Bearer " + "x" * 9_000])
def test_a_token_that_holds_nothing_is_refused_even_with_a_session(presented: str) -> None:
    desk = small_desk()
    answer = signed_in(desk).get("/api/v1/search", headers={"Authorization": presented})
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["WWW-Authenticate"] or presented == "Bearer "


def test_a_token_opens_no_page(desk: Desk) -> None:
    client, headers = token(desk)
    assert client.get("/akun", headers=headers).headers["Location"].startswith("/masuk")


def test_guessing_tokens_ends_with_the_time_to_wait() -> None:
    desk = small_desk()
    client = TestClient(create_app(desk))
    answers = [client.get("/api/v1/search", headers={"Authorization": f"Bearer pantau_{n}"}) for n in range(31)]
    assert [it.status_code for it in answers] == [401] * 30 + [429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert answers[-1].headers["Content-Type"] == "application/problem+json"


def test_the_schema_tells_the_token_and_the_refusals(clients: dict[Role, TestClient]) -> None:
    schema = clients["pembaca"].get("/openapi.json").json()
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, methods in schema["paths"].items():
        for told in methods.values():
            assert {"token": []} in told["security"], path
            assert {"401", "403", "429"} <= set(told["responses"]), path
            assert list(told["responses"]["401"]["content"]) == ["application/problem+json"]


# --- Addresses that are opened in another way than they are meant


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/artikel/terakhir/koreksi", "/artikel/terakhir"),
        ("/artikel/a%22b/koreksi", "/artikel/a%22b"),
        ("/cerita/terakhir/keputusan?x=1", "/cerita/terakhir"),
        ("/angka/terakhir/tinjau", "/angka"),
        ("/bahasa", "/"),
    ],
)
def test_the_address_of_a_form_leads_to_the_page_above_it(
    clients: dict[Role, TestClient], form: str, page: str
) -> None:
    answer = clients["pembaca"].get(form)
    assert (answer.status_code, answer.headers.get("Location")) == (303, page)


def test_an_address_of_programs_leads_nowhere_else(clients: dict[Role, TestClient]) -> None:
    assert clients["pembaca"].get("/api/v1/articles/terakhir/notes").status_code == 405


@pytest.mark.parametrize("path", ["/", "/cari?q=klaim", "/tiada", "/api/v1/search", "/artikel/terakhir/koreksi"])
def test_head_is_answered_as_get_without_the_body(clients: dict[Role, TestClient], path: str) -> None:
    whole, head = clients["pembaca"].get(path), clients["pembaca"].head(path)
    assert head.content == b""
    assert (head.status_code, dict(head.headers)) == (whole.status_code, dict(whole.headers))


# --- The demo


def test_the_demo_needs_no_sign_in_says_so_on_every_page_and_decides_as_itself() -> None:
    desk = replace(sample_desk(FakeIndex()), sign_in=False)
    client = TestClient(create_app(desk), follow_redirects=False)
    for path in ("/", "/angka", "/peringatan", "/ringkasan", "/sumber", "/akun", "/orang", "/audit", "/tiada"):
        assert "Mode peragaan" in client.get(path).text, path
    claim = desk.ledger.claims(LedgerFilter()).claims[0]
    html = client.get(f"/angka/klaim/{claim.id}").text
    carried = re.search(r'name="csrf" value="(\w{64})"', html)
    assert carried is not None
    form = {"putusan": "benar", "csrf": carried[1]}
    assert client.post(f"/angka/{claim.statement.id}/tinjau", data=form | {"csrf": ""}).status_code == 403
    assert client.post(f"/angka/{claim.statement.id}/tinjau", data=form).status_code == 303
    assert [it.by for it in desk.ledger.reviews()] == ["Peragaan"]
    assert client.get("/api/v1/search").status_code == 200
    assert client.post("/akun", data={"aksi": "nama", "nama": "x", "csrf": carried[1]}).status_code == 403
    assert desk.people.everybody() == []


def test_other_pages_say_nothing_of_a_demo(clients: dict[Role, TestClient]) -> None:
    assert "Mode peragaan" not in clients["admin"].get("/").text


def test_a_session_of_one_person_is_not_anothers(desk: Desk) -> None:
    one, other = a_person(desk, "analis"), a_person(desk, "analis")
    client = client_of(desk, one, follow_redirects=False)
    theirs = desk.signing_in.after_choosing(other, "192.0.2.9", "x")
    assert client.post("/akun", data={"aksi": "akhiri", "sesi": theirs.session.id}).status_code == 303
    assert desk.signing_in.recognise(theirs.secret) is not None
    _, token = desk.people.issue_token(other, "x", "pembaca", 30, "")
    client.post("/akun", data={"aksi": "cabut", "token": token.id})
    assert desk.people.tokens(other.id)[0].revoked is None
