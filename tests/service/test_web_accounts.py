"""Signing in and looking after accounts on the desk's pages, as people and as those who mean harm do it."""

import logging
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html as lxml_html

from service.domain.account import LINK_LASTS, SESSION_IDLE, AuditFilter, AuditKind, Person
from service.usecases.signing_in import MOST_AT_ACCOUNT
from service.web.app import create_app
from service.web.desk import Desk
from service.web.people_pages import ENTRIES_PER_PAGE
from tests.service.builders import ManualClock, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.ledger_sample import small_desk
from tests.service.signed_in import ADMIN, PASSWORD, a_person, choose, client_of, signed_in
from tests.service.test_web_hostile import EVIL, REVERSED, assert_inert
from tests.service.test_web_ledger import stated
from tests.service.test_web_pages import assert_well_formed, get, words

NEW = "tiga kambing naik bus"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def desk(clock: ManualClock) -> Desk:
    return desk_over(FakeIndex(), FakeStore(), FakeArchive(), clock)


@pytest.fixture
def rani(desk: Desk) -> Person:
    return a_person(desk)


@pytest.fixture
def stranger(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), follow_redirects=False)


def csrf(html: str) -> str:
    found = re.search(r'name="csrf" value="(\w{64})"', html)
    assert found is not None
    return found[1]


def submit(client: TestClient, page: str, to: str = "", **form: str) -> Any:
    """Fill in a form of the page as a browser does."""
    return client.post(to or page, data={"csrf": csrf(client.get(page).text)} | form)


def enter(client: TestClient, person: Person, password: str = PASSWORD, ke: str = "/", **form: str) -> Any:
    return submit(client, "/masuk", surel=person.email, sandi=password, ke=ke, **form)


def link_in(desk: Desk) -> str:
    """The path of the link that was mailed and holds; where none does, of the only one that was mailed."""
    lines = [line for it in desk.store.outbox() for line in it.message.text.split("\n") if "/sandi/" in line]
    holding = [line for line in lines if desk.people.whose_link(line.rpartition("/")[2])]
    (line,) = holding or lines
    return line.removeprefix("https://pantau.agency.example")


# --- The door


def test_somebody_signs_in_comes_to_the_wanted_page_and_leaves(desk: Desk, rani: Person, stranger: TestClient) -> None:
    assert_well_formed(stranger.get("/masuk").text)
    answer = enter(stranger, rani, ke="/angka?metrik=coverage")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/angka?metrik=coverage")
    html = get(stranger, "/angka")
    assert "Rani Saputri" in html
    assert_well_formed(html)
    assert stranger.get("/masuk?ke=/sumber").headers["Location"] == "/sumber"
    secret = stranger.cookies["pantau-session"]
    answer = submit(stranger, "/akun", "/keluar")
    assert answer.headers["Location"] == "/masuk"
    assert stranger.get("/angka").headers["Location"].startswith("/masuk")
    assert desk.signing_in.recognise(secret) is None


def test_the_session_cookie_is_out_of_reach_and_bound_to_https_where_there_is(desk: Desk, rani: Person) -> None:
    plain = TestClient(create_app(desk), follow_redirects=False)
    cookie = enter(plain, rani).headers["Set-Cookie"]
    for part in ("pantau-session=", "HttpOnly", "Path=/;", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie.partition(", ")[0]
    for served in (
        TestClient(create_app(desk), base_url="https://testserver", follow_redirects=False),
        TestClient(create_app(replace(desk, base_url="https://testserver")), follow_redirects=False),
    ):
        form_cookie = served.get("/masuk").headers["Set-Cookie"]
        assert form_cookie.startswith("__Host-pantau-form=")
        token = csrf(served.get("/masuk", headers={"Cookie": form_cookie.partition(";")[0]}).text)
        answer = served.post(
            "/masuk",
            data={"csrf": token, "surel": rani.email, "sandi": PASSWORD},
            headers={"Cookie": form_cookie.partition(";")[0]},
        )
        kept = next(it for it in answer.headers.get_list("Set-Cookie") if it.startswith("__Host-pantau-session="))
        assert "Secure" in kept
        assert "Domain" not in kept
        assert "Path=/;" in kept


def test_a_cookie_without_the_prefix_counts_for_nothing_over_https(desk: Desk, rani: Person) -> None:
    secret = desk.signing_in.after_choosing(rani, "", "").secret
    served = TestClient(create_app(desk), base_url="https://testserver", follow_redirects=False)
    assert served.get("/", headers={"Cookie": f"pantau-session={secret}"}).status_code == 303
    assert served.get("/", headers={"Cookie": f"__Host-pantau-session={secret}"}).status_code == 200


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(
    desk: Desk, rani: Person, stranger: TestClient
) -> None:
    stranger.cookies.set("pantau-session", "planted", domain="testserver.local")
    enter(stranger, rani)
    values = {it.value for it in stranger.cookies.jar if it.name == "pantau-session"}
    assert "planted" not in values
    assert desk.signing_in.recognise("planted") is None


def test_signing_in_as_another_person_ends_the_session_before(desk: Desk, rani: Person) -> None:
    browser = client_of(desk, rani, follow_redirects=False)
    former = browser.cookies["pantau-session"]
    other = a_person(desk, name="Budi Hartono")
    path = desk.people.invite(ADMIN, other.id).removeprefix("https://pantau.agency.example")
    del browser.headers["X-CSRF-Token"]
    assert submit(browser, path, **{"sandi": NEW, "sandi-lagi": NEW}).status_code == 303
    assert desk.signing_in.recognise(former) is None
    assert "Budi Hartono" in browser.get("/angka").text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_pages_of_ours_only(rani: Person, stranger: TestClient, wanted: str) -> None:
    assert "evil" not in stranger.get("/masuk", params={"ke": wanted}).text
    assert enter(stranger, rani, ke=wanted).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(rani: Person, stranger: TestClient) -> None:
    wrong = enter(stranger, rani, "salah sama sekali")
    unknown = enter(stranger, replace(rani, email="tiada@agency.example"), "salah sama sekali")
    assert wrong.status_code == unknown.status_code == 403
    assert "Surel atau kata sandi tidak cocok." in words(wrong.text)
    assert wrong.text.replace(rani.email, "") == unknown.text.replace("tiada@agency.example", "")
    assert "salah sama sekali" not in wrong.text
    assert_well_formed(wrong.text)


def test_guessing_is_answered_with_the_time_to_wait(rani: Person, stranger: TestClient) -> None:
    answers = [enter(stranger, rani, "salah sama sekali") for _ in range(MOST_AT_ACCOUNT)]
    assert {it.status_code for it in answers} == {403}
    answer = enter(stranger, rani)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Terlalu banyak percobaan. Coba lagi dalam 15 menit." in words(answer.text)


def test_where_nobody_is_entered_the_door_says_how_to_begin(desk: Desk, stranger: TestClient) -> None:
    assert "pantau people add" in stranger.get("/masuk").text
    a_person(desk)
    assert "pantau people add" not in stranger.get("/masuk").text


def test_a_session_that_is_over_leads_to_the_door(desk: Desk, rani: Person, clock: ManualClock) -> None:
    client = client_of(desk, rani, follow_redirects=False)
    clock.advance(SESSION_IDLE)
    assert client.get("/").headers["Location"] == "/masuk"
    assert client.get("/api/v1/search").status_code == 401


# --- Links


def test_an_invited_person_chooses_a_password_and_is_in(desk: Desk, stranger: TestClient) -> None:
    person = a_person(desk, password=None)
    desk.people.invite(ADMIN, person.id)
    path = link_in(desk)
    for _ in range(2):
        html = get(stranger, path)
    assert "Selamat datang di Pantau" in html
    assert_well_formed(html)
    differs = submit(stranger, path, **{"sandi": NEW, "sandi-lagi": "lain"})
    assert (differs.status_code, "tidak sama" in differs.text) == (400, True)
    obvious = submit(stranger, path, **{"sandi": "bpjs bpjs bpjs", "sandi-lagi": "bpjs bpjs bpjs"})
    assert (obvious.status_code, "terlalu mudah ditebak" in obvious.text) == (400, True)
    answer = submit(stranger, path, **{"sandi": f" {NEW} ", "sandi-lagi": f" {NEW} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Rani Saputri" in stranger.get("/angka").text
    assert stranger.get(path).status_code == 404
    with_blanks = enter(TestClient(create_app(desk), follow_redirects=False), person, f" {NEW} ")
    assert with_blanks.status_code == 303


def test_a_link_that_is_over_or_made_up_is_answered_alike(desk: Desk, stranger: TestClient, clock: ManualClock) -> None:
    desk.people.invite(ADMIN, a_person(desk, password=None).id)
    clock.advance(LINK_LASTS["invitation"])
    known, unknown = link_in(desk), "/sandi/" + "x" * 43
    over, made_up = stranger.get(known), stranger.get(unknown)
    assert over.status_code == made_up.status_code == 404
    assert "Tautan tidak berlaku" in over.text
    assert over.text.replace(known, unknown) == made_up.text
    assert stranger.get("/sandi/" + "x" * 5_000).status_code == 404


def test_a_forgotten_password_is_answered_alike_whether_or_not_there_is_an_account(
    desk: Desk, rani: Person, stranger: TestClient
) -> None:
    before = len(desk.store.outbox())
    known = submit(stranger, "/lupa-sandi", surel=rani.email)
    unknown = submit(stranger, "/lupa-sandi", surel="tiada@agency.example")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(rani.email, "") == unknown.text.replace("tiada@agency.example", "")
    assert len(desk.store.outbox()) == before + 1
    assert submit(stranger, link_in(desk), **{"sandi": NEW, "sandi-lagi": NEW}).status_code == 303
    answers = [submit(stranger, "/lupa-sandi", surel=rani.email).status_code for _ in range(30)]
    assert answers[-1] == 429


# --- The own account


def test_people_change_their_name_and_decide_under_it() -> None:
    desk = small_desk()
    person = a_person(desk)
    client = client_of(desk, person, follow_redirects=False)
    assert submit(client, "/akun", aksi="nama", nama=" Rani  S. ").headers["Location"] == "/akun?selesai=nama"
    assert "Nama disimpan." in words(get(client, "/akun?selesai=nama"))
    figure = stated(desk, "41.200 orang", region="64.71")
    client.post(f"/angka/{figure.id}/tinjau", data={"putusan": "benar"})
    assert desk.ledger.reviews(statement_id=figure.id)[-1].by == "Rani S."
    entry = desk.people.audit(AuditFilter(kind="figure-decided"), None, 1)[0]
    assert (entry.by.name, entry.by.address) == ("Rani S.", "testclient")


def test_a_new_password_ends_the_other_sessions_and_renews_this_one(desk: Desk, rani: Person) -> None:
    client, other = client_of(desk, rani, follow_redirects=False), client_of(desk, rani, follow_redirects=False)
    before = client.cookies["pantau-session"]
    form = {"aksi": "sandi", "sandi-lama": PASSWORD, "sandi": NEW, "sandi-lagi": NEW}
    wrong = submit(client, "/akun", **form | {"sandi-lama": "salah sama sekali"})
    assert (wrong.status_code, "lama tidak cocok" in wrong.text) == (400, True)
    answer = submit(client, "/akun", **form)
    assert answer.headers["Location"] == "/akun?selesai=sandi"
    cookie = re.search("pantau-session=([^;]+)", answer.headers["Set-Cookie"])
    assert cookie is not None
    assert cookie[1] != before
    assert desk.signing_in.recognise(before) is None
    assert desk.signing_in.recognise(cookie[1]) is not None
    assert other.get("/akun").status_code == 303


def test_sessions_are_listed_and_ended(desk: Desk, rani: Person) -> None:
    client = client_of(desk, rani, follow_redirects=False)
    phone, tablet = (desk.signing_in.after_choosing(rani, f"198.51.100.{n}", "Firefox Android") for n in (7, 8))
    html = get(client, "/akun")
    assert "198.51.100.7" in html
    assert "Firefox, Android" in html
    assert "sesi ini" in html
    assert_well_formed(html)
    submit(client, "/akun", aksi="akhiri", sesi=phone.session.id)
    assert desk.signing_in.recognise(phone.secret) is None
    submit(client, "/akun", aksi="akhiri-lain")
    assert desk.signing_in.recognise(tablet.secret) is None
    assert client.get("/akun").status_code == 200


def test_a_token_is_shown_once_works_and_is_revoked(desk: Desk, rani: Person) -> None:
    client = client_of(desk, rani, follow_redirects=False)
    made = submit(client, "/akun", aksi="token", nama="laporan", hak="analis", hari="90")
    found = re.search(r'<pre class="secret" tabindex="0">(pantau_[\w-]{43})</pre>', made.text)
    assert found is not None
    assert_well_formed(made.text)
    program, headers = TestClient(create_app(desk)), {"Authorization": f"Bearer {found[1]}"}
    assert program.get("/api/v1/search", headers=headers).status_code == 200
    html = get(client, "/akun")
    assert found[1] not in html
    assert found[1][:13] in html
    assert "dipakai baru saja" in html
    submit(client, "/akun", aksi="cabut", token=desk.people.tokens(rani.id)[0].id)
    assert program.get("/api/v1/search", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"aksi": "token", "nama": "", "hak": "pembaca", "hari": "30"}, "Isi namanya."),
        ({"aksi": "token", "nama": "x", "hak": "admin", "hari": "30"}, "hak yang tidak Anda miliki"),
        ({"aksi": "token", "nama": "x", "hak": "pembaca", "hari": "99999999999"}, "masa berlaku"),
        ({"aksi": "token", "nama": "x", "hak": "pembaca", "hari": "²"}, "masa berlaku"),
        ({"aksi": "nama", "nama": "a" * 61}, "paling banyak 60 huruf"),
        ({"aksi": EVIL}, "Pilih apa yang diubah."),
        ({}, "Pilih apa yang diubah."),
    ],
)
def test_what_cannot_be_is_told_on_the_page(desk: Desk, rani: Person, form: dict[str, str], said: str) -> None:
    answer = submit(client_of(desk, rani), "/akun", **form)
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert_inert(answer.text)


def test_readers_see_no_forms_of_decisions_and_no_pages_of_admins() -> None:
    desk = small_desk()
    client = signed_in(desk, "pembaca")
    html = get(client, f"/angka/klaim/{stated(desk, '33,10 persen').claim_id}")
    assert "Peran pembaca tidak memutuskan angka." in words(html)
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "<button" not in main
    assert 'href="/orang"' not in get(client, "/akun")


# --- Admins


@pytest.fixture
def admin(desk: Desk) -> TestClient:
    return signed_in(desk, "admin", "Siti Aminah", follow_redirects=False)


def test_an_admin_invites_somebody_and_is_shown_the_link_where_no_mail_is_sent(desk: Desk, admin: TestClient) -> None:
    form = {"surel": "Budi@agency.example", "nama": "Budi Hartono", "peran": "analis"}
    answer = submit(admin, "/orang", **form)
    assert answer.status_code == 200
    assert f"https://pantau.agency.example{link_in(desk)}" in answer.text
    assert_well_formed(answer.text)
    html = get(admin, "/orang")
    assert "belum memilih kata sandi" in html
    assert "budi@agency.example" in html
    assert_well_formed(html)
    again = submit(admin, "/orang", **form)
    assert (again.status_code, "Sudah ada orang" in again.text) == (400, True)


def test_with_mail_the_link_is_shown_to_nobody_else(desk: Desk) -> None:
    admin = signed_in(replace(desk, sends_mail=True), "admin", follow_redirects=False)
    form = {"surel": "budi@agency.example", "nama": "Budi Hartono", "peran": "analis"}
    answer = submit(admin, "/orang", **form)
    assert answer.status_code == 303
    assert link_in(desk) not in get(admin, answer.headers["Location"])


def test_an_admin_changes_roles_and_accounts(desk: Desk, admin: TestClient, rani: Person) -> None:
    page = f"/orang/{rani.id}"
    session = desk.signing_in.after_choosing(rani, "", "").secret
    assert submit(admin, page, aksi="peran", peran="pembaca").headers["Location"] == f"{page}?selesai=peran"
    assert submit(admin, page, aksi="nama", nama="Rani S.").status_code == 303
    assert desk.people.person(rani.id) == replace(rani, role="pembaca", name="Rani S.")
    _, token = desk.people.issue_token(rani, "laporan", "pembaca", 30, "")
    submit(admin, page, aksi="cabut", token=token.id)
    assert desk.people.tokens(rani.id)[0].revoked is not None
    submit(admin, page, aksi="nonaktif")
    assert desk.signing_in.recognise(session) is None
    html = get(admin, page)
    assert "nonaktif" in html
    assert_well_formed(html)
    assert submit(admin, page, aksi="undang").status_code == 400
    submit(admin, page, aksi="aktif")
    assert "/sandi/" in submit(admin, page, aksi="undang").text


def test_the_last_admin_stays(desk: Desk, admin: TestClient) -> None:
    page = f"/orang/{desk.people.everybody()[0].id}"
    for form in ({"aksi": "nonaktif"}, {"aksi": "peran", "peran": "pembaca"}):
        answer = submit(admin, page, **form)
        assert (answer.status_code, "admin terakhir" in answer.text) == (400, True)
    assert submit(admin, page, aksi="peran", peran="dewa").status_code == 400
    assert admin.get("/orang/tiada").status_code == 404


def test_the_audit_tells_who_did_what_and_is_leafed_through(desk: Desk, admin: TestClient, rani: Person) -> None:
    for number in range(ENTRIES_PER_PAGE):
        desk.people.record(ADMIN, "exported", f"berkas nomor {number}")
    html = get(admin, "/audit")
    assert_well_formed(html)
    assert f"berkas nomor {ENTRIES_PER_PAGE - 1}" in html
    more = re.search(r'rel="next" href="([^"]+)"', html)
    assert more is not None
    rest = get(admin, more[1].replace("&amp;", "&"))
    assert "Siti Aminah" in rest
    assert "berkas nomor" not in rest
    assert "rel=" not in rest.partition("<main")[2]
    own = words(get(admin, f"/audit?orang={rani.id}&jenis=person-added"))
    assert rani.email in own
    assert "berkas nomor" not in own
    assert "Tidak ada catatan" in get(admin, "/audit?jenis=token-revoked")
    assert admin.get("/audit?setelah=abc").status_code == 400
    assert "berkas" in get(admin, "/audit?jenis=%3Cscript%3E")


def test_the_audit_leads_to_what_something_was_done_to(desk: Desk, admin: TestClient) -> None:
    article = an_article("diaudit", title="Antrean klaim")
    with desk.store.transaction() as transaction:
        transaction.add(article)
    kept: list[tuple[AuditKind, str]] = [
        ("article-corrected", f"sentimen: negative, berita {article.id}"),
        ("article-corrected", "sentimen: negative, berita tiada"),
        ("story-arranged", "gabung: cerita s1, s2"),
        ("alert-decided", "tangani, peringatan p1"),
        ("exported", "csv: /?q=klaim"),
        ("rule-removed", "Uji (uji)"),
    ]
    for kind, about in kept:
        desk.people.record(ADMIN, kind, about)
    cells = lxml_html.document_fromstring(get(admin, "/audit")).cssselect("tbody td:nth-child(4)")
    told = {
        " ".join("".join(map(str, it.itertext())).split()): [link.get("href") for link in it.cssselect("a")]
        for it in cells
    }
    assert told["Sentimen: Negatif, Antrean klaim"] == [f"/artikel/{article.id}"]
    assert told["Sentimen: Negatif, berita tiada"] == ["/artikel/tiada"]
    assert told["Cerita digabung, cerita s1, cerita s2"] == ["/cerita/s1", "/cerita/s2"]
    assert told["Ditandai ditangani, peringatan p1"] == ["/peringatan/p1"]
    assert told["CSV, pencarian"] == ["/cari?q=klaim"]
    assert told["Uji"] == []


def test_exports_and_failed_sign_ins_are_in_the_audit(desk: Desk, rani: Person, stranger: TestClient) -> None:
    enter(stranger, rani, "salah sama sekali")
    client_of(desk, rani).get("/angka/unduh.csv?metrik=coverage")
    found = [(it.kind, it.by.name, it.about) for it in desk.people.audit(AuditFilter(), None, 3)]
    assert found[0] == ("exported", "Rani Saputri", "/angka/unduh.csv?metrik=coverage")
    assert found[2] == ("sign-in-failed", "tidak dikenal", rani.email)


# --- What must not be


@pytest.mark.parametrize("path", ["/masuk", "/lupa-sandi", "/sandi/x", "/akun", "/orang", "/audit"])
def test_pages_about_people_are_kept_by_no_browser(admin: TestClient, stranger: TestClient, path: str) -> None:
    for client in (admin, stranger):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_names_and_what_is_typed_stay_text(desk: Desk, stranger: TestClient) -> None:
    evil = (EVIL[:30] + REVERSED)[:60]
    person = a_person(desk, "admin", evil)
    client = client_of(desk, person)
    desk.signing_in.after_choosing(person, EVIL[:60], EVIL)
    desk.people.issue_token(person, evil, "pembaca", 30, "x")
    desk.people.record(replace(ADMIN, name=EVIL, address=EVIL[:60]), "exported", EVIL)
    for page in ("/akun", "/orang", f"/orang/{person.id}", "/audit", "/angka", "/akun?selesai=%3Cscript%3E", "/tiada"):
        html = client.get(page).text
        assert_inert(html)
        assert_well_formed(html)
    for answer in (
        submit(client, "/orang", surel=EVIL, nama=EVIL, peran=EVIL),
        submit(stranger, "/masuk", surel=EVIL, sandi=EVIL, ke=EVIL),
        submit(stranger, "/lupa-sandi", surel=EVIL),
        stranger.get("/masuk", params={"ke": EVIL}),
    ):
        assert_inert(answer.text)
        assert_well_formed(answer.text)


def test_no_secret_reaches_the_log(desk: Desk, stranger: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    person = a_person(desk, password=None)
    choose(desk, person)
    enter(stranger, person)
    stranger.get("/akun")
    stranger.get("/api/v1/search", headers={"Authorization": "Bearer pantau_salah"})
    ours = "\n".join(it.getMessage() + str(it.__dict__) for it in caplog.records if not it.name.startswith("httpx"))
    for secret in (stranger.cookies["pantau-session"], PASSWORD, "pantau_salah"):
        assert secret not in ours


def test_a_form_of_one_browser_is_not_anothers(desk: Desk, rani: Person, stranger: TestClient) -> None:
    other = TestClient(create_app(desk), follow_redirects=False)
    foreign = csrf(other.get("/masuk").text)
    stranger.get("/masuk")
    form = {"surel": rani.email, "sandi": PASSWORD, "csrf": foreign}
    answer = stranger.post("/masuk", data=form)
    assert answer.status_code == 403
    assert "Muat ulang halamannya" in words(answer.text)
    del stranger.cookies["pantau-form"]
    assert stranger.post("/masuk", data=form).status_code == 403


def test_a_form_from_before_a_sign_in_is_stale_after_it(desk: Desk, rani: Person, stranger: TestClient) -> None:
    before = csrf(stranger.get("/masuk").text)
    enter(stranger, rani)
    assert stranger.post("/akun", data={"csrf": before, "aksi": "akhiri-lain"}).status_code == 403
    assert csrf(stranger.get("/akun").text) != before


def test_time_passes_by_the_clock_alone(desk: Desk, rani: Person, clock: ManualClock) -> None:
    secret, _ = desk.people.issue_token(rani, "x", "pembaca", 30, "")
    program, headers = TestClient(create_app(desk)), {"Authorization": f"Bearer {secret}"}
    clock.advance(timedelta(days=30) - timedelta(seconds=1))
    assert program.get("/api/v1/search", headers=headers).status_code == 200
    clock.advance(timedelta(seconds=1))
    assert program.get("/api/v1/search", headers=headers).status_code == 401
