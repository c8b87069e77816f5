"""The outbox and people's notifications on the desk: what is shown to whom, and what their forms do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.message import OutboxFilter
from service.domain.recipient import AlertLimits
from service.usecases.alerting import Deliver
from service.web.desk import Desk
from tests.service.builders import NOW, a_message
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeNotifier, FakeStore
from tests.service.signed_in import ADMIN, a_person, client_of, signed_in


@pytest.fixture
def desk() -> Desk:
    store = FakeStore()
    with store.transaction() as transaction:
        for name, cause in (("sent", "alert"), ("dead", "alert"), ("busy", "digest")):
            transaction.enqueue(a_message(name, subject=f"Pesan {name}"), cause, NOW)  # type: ignore[arg-type]
        held = a_message("held", subject="Pesan held", channel="telegram", recipient="1234")
        transaction.enqueue(held, "alert", NOW + timedelta(hours=8), "jam tenang sampai 06.00")
        secret = a_message("secret", subject="Undangan", text="https://pantau/sandi/rahasia")
        transaction.enqueue(secret, "account", NOW)
    store.mark_sent("sent", NOW)
    store.mark_failed("dead", "550 no such user <script>", None)
    store.mark_failed("busy", "421 too busy", NOW + timedelta(minutes=1))
    return desk_over(FakeIndex(), store, FakeArchive())


def post(client: TestClient, path: str, **form: str) -> Any:
    return client.post(path, data=form, follow_redirects=False)


def test_each_message_tells_its_state_and_why(desk: Desk) -> None:
    page = signed_in(desk).get("/kotak-keluar").text
    for told in (
        "Pesan sent",
        "550 no such user &lt;script&gt;",
        "421 too busy",
        'ditahan: <bdi lang="id">jam tenang sampai 06.00</bdi>',
        "<b>4</b> menunggu, <b>1</b> terkirim, <b>1</b> gagal.",
    ):
        assert told in page
    assert "<script>" not in page.partition("<main")[2]
    assert "Kirim ulang" not in page
    assert "Kirim pesan uji" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("keadaan=dead", {"dead"}),
        ("keadaan=pending&sebab=digest", {"busy"}),
        ("saluran=telegram", {"held"}),
        ("keadaan=nonsense", {"sent", "dead", "busy", "held"}),
        ("halaman=2", set()),
        ("halaman=x", {"sent", "dead", "busy", "held"}),
    ],
)
def test_messages_are_filtered_by_state_cause_and_channel(desk: Desk, query: str, shown: set[str]) -> None:
    page = signed_in(desk).get(f"/kotak-keluar?{query}").text
    assert {name for name in ("sent", "dead", "busy", "held") if f"Pesan {name}<" in page} == shown


def test_many_messages_stand_on_several_pages(desk: Desk) -> None:
    with desk.store.transaction() as transaction:
        for number in range(60):
            transaction.enqueue(a_message(f"n{number:02}"), "alert", NOW - timedelta(days=1))
    client = signed_in(desk)
    first = client.get("/kotak-keluar?sebab=alert").text
    assert "Lebih lama" in first
    assert "Lebih baru" not in first
    second = client.get("/kotak-keluar?sebab=alert&halaman=2").text
    assert 'href="/kotak-keluar?sebab=alert&amp;halaman=1"' in second
    assert "Lebih lama" not in second


def test_what_a_message_for_an_account_says_is_shown_to_nobody(desk: Desk) -> None:
    client = signed_in(desk, "admin")
    page = client.get("/kotak-keluar/secret").text
    assert "Isi pesan akun tidak pernah ditampilkan" in page
    assert "rahasia" not in page + client.get("/kotak-keluar").text


def test_a_digests_links_are_shown_to_nobody(desk: Desk) -> None:
    desk.digests.run()
    client = signed_in(desk, "admin")
    kept = {it.message.id: it.message for it in desk.store.outbox() if "/langganan/" in it.message.text}
    assert kept
    shown = {it.message.id: it.message for it in desk.outbox.page(OutboxFilter(cause="digest"), 1)[0]}
    for message_id in kept:
        assert "/langganan/" not in client.get(f"/kotak-keluar/{message_id}").text
        assert "/langganan/" not in f"{shown[message_id]}"


def test_a_message_is_shown_with_its_text(desk: Desk) -> None:
    client = signed_in(desk)
    assert a_message().text.splitlines()[0] in client.get("/kotak-keluar/sent").text
    assert client.get("/kotak-keluar/none").status_code == 404
    part = client.get("/kotak-keluar/busy", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section")
    assert 'hx-trigger="every 2s"' in part


def test_an_admin_sends_again_what_was_given_up(desk: Desk) -> None:
    client = signed_in(desk, "admin")
    assert "Kirim ulang semua yang gagal (1)" in client.get("/kotak-keluar").text
    answer = post(client, "/kotak-keluar", aksi="ulang", pesan="dead")
    assert answer.headers["Location"] == "/kotak-keluar/dead?selesai=ulang"
    entry = desk.outbox.entry("dead")
    assert entry is not None
    assert (entry.state, entry.attempts) == ("pending", 0)
    assert post(client, "/kotak-keluar", aksi="ulang", pesan="dead").headers["Location"].endswith("?selesai=tidak-ada")
    (done,) = desk.people.audit(AuditFilter(kind="message-retried"), None, 9)
    assert done.about == "dead"


def test_an_admin_sends_again_all_that_was_given_up_but_for_accounts(desk: Desk) -> None:
    desk.store.mark_failed("secret", "refused", None)
    desk.store.mark_failed("held", "refused", None)
    client = signed_in(desk, "admin")
    assert post(client, "/kotak-keluar", aksi="ulang-semua").headers["Location"] == "/kotak-keluar?selesai=ulang"
    assert [it.message.id for it in desk.outbox.page(OutboxFilter(state="dead"), 1)[0]] == ["secret"]
    (done,) = desk.people.audit(AuditFilter(kind="message-retried"), None, 9)
    assert done.about == "2 pesan"


def test_a_test_goes_through_the_outbox_and_shows_its_delivery(desk: Desk) -> None:
    client = signed_in(desk, "admin", "Rani Saputri")
    answer = post(client, "/kotak-keluar", aksi="uji", saluran="telegram", alamat="+62811")
    address = answer.headers["Location"]
    assert address.startswith("/kotak-keluar/test-")
    page = client.get(address).text
    assert "[Uji] Pesan uji dari Pantau" in page
    assert "INI PESAN UJI" in page
    assert "Telegram oleh Rani Saputri" in page
    assert "menunggu giliran" in page
    notifier = FakeNotifier()
    Deliver(desk.store, notifier, desk.clock, jitter=lambda: 0.0, channels=["telegram"]).run("telegram")
    assert [(it.channel, it.recipient) for it in notifier.sent] == [("telegram", "+62811")]
    assert "Terkirim" in client.get(address).text
    (done,) = desk.people.audit(AuditFilter(kind="test-sent"), None, 9)
    assert done.about == "Telegram: +62811"


def test_a_test_of_a_room_needs_no_address(desk: Desk) -> None:
    answer = post(signed_in(desk, "admin"), "/kotak-keluar", aksi="uji", saluran="ruang", alamat="x y")
    entry = desk.outbox.entry(answer.headers["Location"].rsplit("/", 1)[1])
    assert entry is not None
    assert (entry.message.channel, entry.message.recipient) == ("ruang", "")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"aksi": "uji", "saluran": "mail", "alamat": "<x>"}, "Alamat untuk Surel tidak dikenali"),
        ({"aksi": "uji", "saluran": "fax", "alamat": "1"}, "Tidak ada saluran"),
        ({"aksi": "lain"}, "Pilih apa yang dilakukan"),
    ],
)
def test_what_cannot_be_tested_is_said(desk: Desk, form: dict[str, str], said: str) -> None:
    answer = post(signed_in(desk, "admin"), "/kotak-keluar", **form)
    assert answer.status_code == 400
    assert said in answer.text
    assert "<x>" not in answer.text


# What people are told of.


def test_a_person_chooses_what_to_be_told_of_and_over_which_channel(desk: Desk) -> None:
    person = a_person(desk, "pembaca")
    client = client_of(desk, person)
    form = {"tingkat-high": "1", "aturan-negatif": "1", "wilayah": "Kota Palembang, 19.71"}
    answer = post(client, "/notifikasi", aksi="simpan", saluran="telegram", alamat="@rani", **form)
    assert answer.headers["Location"] == "/notifikasi?selesai=simpan"
    (kept,) = desk.recipients.subscriptions_of(person.id)
    assert (kept.channel, kept.address) == ("telegram", "@rani")
    wanted = AlertLimits(frozenset({"high"}), frozenset({"16.71", "19.71"}), frozenset({"negatif"}))
    assert kept.limits == wanted
    page = client.get("/notifikasi").text
    assert 'value="@rani"' in page
    assert "Kota Palembang" in page
    assert "<legend>Urgensi</legend>" in page
    assert page.count("checked") == 3 + 1 + 1
    assert [it.address for it in desk.recipients.for_alert("high", ["16.71"], "negatif") if it.channel == "telegram"]
    post(client, "/notifikasi", aksi="berhenti", saluran="telegram")
    assert desk.recipients.subscriptions_of(person.id) == []
    assert [it.about for it in desk.people.audit(AuditFilter(kind="alerts-asked"), None, 9)] == [
        "telegram: berhenti",
        "telegram: simpan",
    ]


def test_every_severity_is_no_limit(desk: Desk) -> None:
    person = a_person(desk)
    ticked = {f"tingkat-{it}": "1" for it in ("high", "normal", "low")}
    post(client_of(desk, person), "/notifikasi", aksi="simpan", saluran="mail", **ticked)
    (kept,) = desk.recipients.subscriptions_of(person.id)
    assert kept.limits == AlertLimits()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"saluran": "mail"}, "Pilih paling sedikit satu tingkat"),
        ({"saluran": "mail", "tingkat-high": "1", "wilayah": "Antah Berantah"}, "Wilayah tidak dikenal"),
        ({"saluran": "mail", "tingkat-high": "1", "wilayah": "16.71," * 50}, "Paling banyak 40 wilayah"),
        ({"saluran": "telegram", "tingkat-high": "1", "alamat": "a b"}, "Alamat untuk Telegram"),
    ],
)
def test_what_cannot_be_asked_for_is_said_where_it_was_typed(desk: Desk, form: dict[str, str], said: str) -> None:
    person = a_person(desk)
    answer = post(client_of(desk, person), "/notifikasi", aksi="simpan", **form)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{form.get("alamat") or form.get("wilayah") or "mail"}"' in answer.text
    assert answer.text.count("checked") == 3 + ("tingkat-high" in form)
    assert desk.recipients.subscriptions_of(person.id) == []


def test_who_chose_a_rule_that_is_gone_is_told_that_nothing_comes_any_more(desk: Desk) -> None:
    person = a_person(desk)
    desk.recipients.subscribe(person, "mail", "", AlertLimits(rules=frozenset({"lama"})))
    page = client_of(desk, person).get("/notifikasi").text
    assert "Aturan yang Anda pilih tidak ada lagi: <bdi>lama</bdi>. Sekarang tidak ada peringatan yang dikirim" in page


def test_whom_the_settings_name_is_told_that_they_are_told_everything(desk: Desk) -> None:
    person = desk.people.add(ADMIN, "humas@agency.example", "Humas", "pembaca")
    assert "tercantum di setelan Pantau" in client_of(desk, person).get("/notifikasi").text
    assert "tercantum di setelan Pantau" not in signed_in(desk).get("/notifikasi").text


def test_in_the_demo_nobody_is_told(desk: Desk) -> None:
    shown = client_of(replace(desk, sign_in=False), None)
    page = shown.get("/notifikasi")
    assert "mode peragaan" in page.text
