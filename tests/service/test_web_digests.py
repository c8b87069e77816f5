"""The pages of the digests, and those that recipients open by the links of their mails."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from nlp.analysis import Region
from service.usecases.digest_history import DigestHistory
from service.web.app import create_app
from service.web.desk import Desk
from service.web.language import COOKIE
from tests.service.builders import NOW, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_web_pages import assert_well_formed, get, words

HUMAS = "humas@agency.example"
MAKASSAR = Region("Kota Makassar", "73.71", "kota", "Sulawesi Selatan")


@pytest.fixture
def desk() -> Desk:
    store = FakeStore()
    news = [
        an_article("buruk", tone="negative", title="Klaim tertunda"),
        an_article("baik", title="Santunan cair"),
        an_article("makassar", title="Santunan di Makassar", regions=(MAKASSAR,)),
    ]
    with store.transaction() as transaction:
        for article in news:
            transaction.add(article)
    store.mark_indexed([article.id for article in news], NOW)
    return desk_over(FakeIndex(), store, FakeArchive())


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


def sealed(desk: Desk, group: str = "harian", recipient: str = HUMAS) -> str:
    return desk.subscriptions.links(group, recipient).choices.removeprefix("https://pantau.agency.example")


def stranger(desk: Desk) -> TestClient:
    """A mail program, or a browser in which nobody is signed in."""
    return TestClient(create_app(desk), follow_redirects=False)


# The desk.


def test_every_group_tells_its_next_digest_on_its_own_clock(client: TestClient) -> None:
    html = get(client, "/ringkasan")
    assert_well_formed(html)
    seen = words(html)
    assert "Kliping harian Berikutnya Sel 24 Nov 2026, 06.30 WIB · belum pernah dikirim" in seen
    assert "Kliping Sulawesi Selatan Berikutnya Sel 24 Nov 2026, 07.00 WITA" in seen
    assert "2 penerima" in seen
    assert "jadwal 30" not in seen
    assert "Belum ada yang terkirim" in seen


def test_the_next_digest_is_framed_in_a_sandbox_and_given_as_text(client: TestClient) -> None:
    html = get(client, "/ringkasan/berikutnya/harian")
    assert_well_formed(html)
    assert "[Kliping BPJAMSOSTEK] Sen 23 Nov 2026" in html
    assert "KLIPING HARIAN – Senin, 23 November 2026" in html.partition("<pre")[2]
    assert re.search(r'<iframe[^>]+src="/ringkasan/berikutnya/harian/html"[^>]+sandbox="allow-popups', html)
    assert "allow-scripts" not in html
    mail = client.get("/ringkasan/berikutnya/harian/html")
    assert '<head><base target="_blank">' in mail.text
    policy = mail.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


def test_the_desk_in_english_frames_an_indonesian_digest(client: TestClient) -> None:
    client.cookies[COOKIE] = "en"
    html = get(client, "/ringkasan/berikutnya/harian")
    assert 'title="Content of the digest"' in html
    assert '<b lang="id">[Kliping BPJAMSOSTEK] Sen 23 Nov 2026' in html
    assert "KLIPING HARIAN – Senin, 23 November 2026" in html.partition('lang="id">')[2].partition("<pre")[2]
    assert '<html lang="id"' in client.get("/ringkasan/berikutnya/harian/html").text


def test_the_picture_of_a_digest_is_shown_within_its_page(desk: Desk, client: TestClient) -> None:
    desk.digests.run("harian")
    key = desk.digest_history.newest()[0].digest.key
    for address in ("/ringkasan/berikutnya/harian/html", f"/ringkasan/terkirim/harian/{key}/html"):
        html = client.get(address).text
        assert "cid:" not in html
    assert "img-src data:" in client.get("/ringkasan/berikutnya/harian/html").headers["Content-Security-Policy"]


def test_what_was_sent_is_listed_with_its_counts_and_the_state_of_its_messages(desk: Desk, client: TestClient) -> None:
    desk.digests.run()
    for entry in desk.store.outbox():
        if "harian" in entry.message.id:
            desk.store.mark_sent(entry.message.id, desk.clock())
    seen = words(get(client, "/ringkasan"))
    assert "Kliping harian 3 1 0 Terkirim" in seen
    assert "Kliping Sulawesi Selatan 1 0 0 Menunggu · 2 penerima" in seen


def test_a_sent_digest_is_shown_as_it_was_sent_without_its_recipients_links(desk: Desk, client: TestClient) -> None:
    desk.digests.run("harian")
    digest = desk.digest_history.newest()[0].digest
    message = desk.store.message(digest.messages[0])
    assert message is not None
    links = desk.subscriptions.links("harian", HUMAS)
    assert links.leave in message.message.text
    assert links.choices in (message.message.html or "")
    # The address of the desk may have changed since.
    assert isinstance(desk.store, FakeStore)
    text, html = (
        it.replace("pantau.agency", "lama.agency") for it in (message.message.text, message.message.html or "")
    )
    later = FakeStore()
    with later.transaction() as transaction:
        transaction.enqueue(replace(message.message, text=text, html=html), "digest", NOW)
    moved = replace(desk, digest_history=DigestHistory(later, desk.store.digests))
    for shown in (client, signed_in(moved)):
        html = get(shown, f"/ringkasan/terkirim/harian/{digest.key}")
        assert_well_formed(html)
        assert digest.subject in html
        for page in (html, shown.get(f"/ringkasan/terkirim/harian/{digest.key}/html").text):
            assert "/langganan/" not in page
            assert "/ringkasan" in page


def test_a_digest_that_is_not_there_is_not_found(client: TestClient) -> None:
    for address in (
        "/ringkasan/berikutnya/tiada",
        "/ringkasan/terkirim/harian/20200101T0000Z",
        "/ringkasan/terkirim/x/y/html",
    ):
        assert client.get(address).status_code == 404


def test_only_admins_see_who_left(desk: Desk, client: TestClient) -> None:
    desk.subscriptions.leave(sealed(desk).rpartition("/")[2], "one-click")
    assert HUMAS not in get(client, "/ringkasan")
    seen = words(get(signed_in(desk, "admin"), "/ringkasan"))
    assert f"{HUMAS}Kliping harian · berhenti Sen 23 Nov 2026, 08.00 WIB, lewat tombol surel" in seen


# The links of the mails.


def test_one_click_leaves_without_session_token_or_question(desk: Desk) -> None:
    """RFC 8058: a POST of that body, from whatever site, with no cookie and no redirect."""
    client = stranger(desk)
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
    answer = client.post(f"{sealed(desk)}/berhenti", data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    (absence,) = desk.subscriptions.absences()
    assert (absence.recipient, absence.group, absence.way) == (HUMAS, "harian", "one-click")


def test_opening_the_link_changes_nothing_and_asks(desk: Desk) -> None:
    client = stranger(desk)
    html = get(client, f"{sealed(desk)}/berhenti")
    assert_well_formed(html)
    assert "Berhenti berlangganan?" in html
    client.head(f"{sealed(desk)}/berhenti")
    assert desk.subscriptions.absences() == []
    done = client.post(f"{sealed(desk)}/berhenti")
    assert "Anda sudah berhenti" in done.text
    assert [it.way for it in desk.subscriptions.absences()] == ["page"]
    assert "Anda sudah berhenti" in get(client, f"{sealed(desk)}/berhenti")


def test_groups_and_a_pause_are_chosen_on_one_page(desk: Desk) -> None:
    client = stranger(desk)
    page = get(client, sealed(desk))
    assert_well_formed(page)
    assert page.count(" checked> <bdi>") == 2
    answer = client.post(sealed(desk), data={"kelompok-sulawesi": "1", "jeda": "7"})
    assert "Pilihan Anda disimpan." in answer.text
    assert "Ringkasan datang lagi mulai Sen 30 Nov 2026." in answer.text
    assert answer.text.count(" checked> <bdi>") == 1
    client.post(sealed(desk), data={"kelompok-sulawesi": "1", "kelompok-harian": "1", "jeda": ""})
    assert desk.subscriptions.absences() == []


@pytest.mark.parametrize("until", ["", "besok", "2026-11-23", "9999-12-31"])
def test_a_day_that_is_none_is_told_and_changes_nothing(desk: Desk, until: str) -> None:
    answer = stranger(desk).post(sealed(desk), data={"kelompok-harian": "1", "jeda": "tanggal", "sampai": until})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert desk.subscriptions.absences() == []


@pytest.mark.parametrize("path", ["/langganan/harian.abc.def", "/langganan/x", f"/langganan/{'a' * 3000}"])
def test_a_link_that_is_none_opens_nothing(desk: Desk, path: str) -> None:
    client = stranger(desk)
    for answer in (
        client.get(path),
        client.post(path),
        client.get(f"{path}/berhenti"),
        client.post(f"{path}/berhenti"),
    ):
        assert answer.status_code == 404
        assert "Tautan tidak berlaku" in answer.text
        assert "agency.example" not in answer.text
    assert desk.subscriptions.absences() == []


def test_the_pages_of_links_are_kept_nowhere_and_tell_no_other_site_their_address(desk: Desk) -> None:
    client = stranger(desk)
    for path in (sealed(desk), f"{sealed(desk)}/berhenti"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_choices_page_takes_no_forms_of_other_sites(desk: Desk) -> None:
    answer = stranger(desk).post(sealed(desk), data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert desk.subscriptions.absences() == []


def test_a_link_opens_no_other_page(desk: Desk) -> None:
    client = stranger(desk)
    client.get(sealed(desk))
    assert client.get("/ringkasan").status_code == 303
