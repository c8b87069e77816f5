"""Alerts on the desk: found by how they stand, opened, handled, and the same through the API."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.alert_life import AlertNotice
from service.web.desk import Desk
from service.web.language import COOKIE
from tests.service.builders import NOW, an_alert, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_web_pages import assert_well_formed, get, words

TITLE = "Antrean klaim di Sukamaju"


@pytest.fixture
def desk() -> Desk:
    """Three outlets print one negative story; there is one more story, and a spike of a region."""
    desk = desk_over(FakeIndex(), FakeStore(), FakeArchive())
    story = [
        an_article(f"s1-{number}", outlet=f"media{number}", story_id="s1", tone="negative", title=TITLE)
        for number in range(3)
    ]
    other = an_article("s2", story_id="s2", tone="negative", title="Aplikasi mati sehari")
    with desk.store.transaction() as transaction:
        for article in (*story, other):
            transaction.add(article)
        transaction.raise_alert(an_alert(story[0], reasons=("complaint",), outlets=3))
        transaction.raise_alert(
            an_alert(story[0], "integritas", rule_name="Integritas", severity="high", reasons=("fraud",))
        )
        transaction.raise_alert(an_alert(other, raised=NOW - timedelta(hours=1)))
        spike = replace(
            an_alert(other, "lonjakan", rule_name="Lonjakan"), about="wilayah:16@2026-11-23", article_id=None
        )
        transaction.raise_alert(replace(spike, id="lonjakan-16", raised=NOW - timedelta(hours=2)))
    return desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk, follow_redirects=False)


def test_what_waits_is_listed_once_for_each_story_the_newest_first(client: TestClient) -> None:
    html = get(client, "/peringatan")
    assert_well_formed(html)
    seen = words(html)
    assert seen.count(TITLE) == 1
    assert "Integritas · Berita negatif" in seen
    assert "Alasan: Dugaan korupsi atau kecurangan, Keluhan layanan" in seen
    assert "Belum ditangani 3" in seen
    assert "Wilayah Sumatera Selatan, Sen 23 Nov 2026" in seen
    assert seen.index(TITLE) < seen.index("Aplikasi mati sehari") < seen.index("Wilayah Sumatera Selatan")


def test_an_alert_shows_its_story_its_reasons_the_deciding_sentence_and_its_history(client: TestClient) -> None:
    html = get(client, "/peringatan/negatif-s1")
    assert_well_formed(html)
    seen = words(html)
    assert TITLE in seen
    assert "Puluhan pekerja pabrik rotan mengeluhkan" in seen
    assert "Integritas Dugaan korupsi atau kecurangan" in seen
    assert "3 berita di 3 media" in seen
    assert "Peringatan muncul (Integritas)" in seen
    assert 'href="/cerita/s1"' in html
    spike = words(get(client, "/peringatan/lonjakan-16"))
    assert "Wilayah Sumatera Selatan, Sen 23 Nov 2026" in spike
    assert "Sentimen seluruh cerita" not in spike


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/peringatan/entah").status_code == 404
    assert client.post("/peringatan/entah", data={"putusan": "tangani"}).status_code == 404
    assert client.get("/peringatan?status=entah").status_code == 400
    assert client.get("/peringatan?setelah=entah").status_code == 400


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"putusan": "tangani"}, "acknowledged", "Ditangani oleh Rani Saputri"),
        ({"putusan": "tunda", "lama": "4"}, "snoozed", "Ditunda sampai Sen 23 Nov 2026, 12.00 WIB"),
        (
            {"putusan": "selesai", "alasan": "withdrawn", "catatan": "salah paham"},
            "closed",
            "Selesai: dicabut",
        ),
    ],
)
def test_a_decision_holds_for_the_whole_story_and_is_told_and_audited(
    client: TestClient, desk: Desk, form: dict[str, str], status: str, said: str
) -> None:
    answer = client.post("/peringatan/negatif-s1", data=form)
    assert answer.status_code == 303
    seen = words(get(client, answer.headers["Location"]))
    assert said in seen
    assert "oleh Rani Saputri" in seen
    assert said in words(get(client, f"/peringatan?status={status}"))
    assert TITLE not in words(get(client, "/peringatan"))
    assert {alert.standing(NOW) for alert in desk.alerts.about(["s1"])} == {status}
    (entry,) = desk.store.accounts.audit(AuditFilter(kind="alert-decided"))  # type: ignore[attr-defined]
    assert entry.about == f"{form['putusan']}, peringatan negatif-s1"


def test_an_alert_is_assigned_to_somebody_who_may_handle_it(client: TestClient, desk: Desk) -> None:
    people = {person.name: person.id for person in desk.people.everybody()}
    answer = client.post("/peringatan/negatif-s1", data={"putusan": "tugaskan", "kepada": people["Rani Saputri"]})
    assert "Ditugaskan kepada Rani Saputri" in words(get(client, answer.headers["Location"]))
    assert desk.alerts.counts(NOW)["assigned"] == 1
    signed_in(desk, "pembaca", "Bimo")
    reader = next(person.id for person in desk.people.everybody() if person.name == "Bimo")
    refused = client.post("/peringatan/negatif-s1", data={"putusan": "tugaskan", "kepada": reader})
    assert refused.status_code == 400
    assert "Pilih orang yang akan menanganinya." in words(refused.text)


def test_a_closed_alert_is_opened_again_and_a_snooze_is_ended(client: TestClient, desk: Desk) -> None:
    client.post("/peringatan/negatif-s1", data={"putusan": "selesai", "alasan": "handled"})
    assert "sudah selesai" in words(client.post("/peringatan/negatif-s1", data={"putusan": "tangani"}).text)
    client.post("/peringatan/negatif-s1", data={"putusan": "buka"})
    assert desk.alerts.counts(NOW)["open"] == 3
    client.post("/peringatan/negatif-s1", data={"putusan": "tunda", "lama": "1"})
    client.post("/peringatan/negatif-s1", data={"putusan": "lanjutkan"})
    assert desk.alerts.counts(NOW)["open"] == 3


def test_the_tone_of_the_whole_story_is_corrected_on_the_page_and_closes_the_alert(
    client: TestClient, desk: Desk
) -> None:
    client.post("/peringatan/negatif-s1", data={"putusan": "sentimen", "sentimen": "neutral"})
    assert {article.sentiment.label for article in desk.store.story("s1")} == {"neutral"}
    by_rule = {alert.rule_id: alert for alert in desk.alerts.about(["s1"])}
    assert (by_rule["negatif"].state, by_rule["negatif"].closed_by) == ("closed", "Rani Saputri")
    client.post("/peringatan/negatif-s1", data={"putusan": "batal-sentimen"})
    assert {alert.state for alert in desk.alerts.about(["s1"])} == {"open"}


def test_a_reader_sees_everything_and_decides_nothing(desk: Desk) -> None:
    reader = signed_in(desk, "pembaca")
    html = get(reader, "/peringatan/negatif-s1")
    assert TITLE in words(html)
    assert 'name="putusan"' not in html
    assert reader.post("/peringatan/negatif-s1", data={"putusan": "tangani"}).status_code == 403


def test_a_refusal_is_told_in_the_language_of_the_page_and_what_is_kept_in_indonesian(
    client: TestClient, desk: Desk
) -> None:
    client.cookies[COOKIE] = "en"
    refused = client.post("/peringatan/negatif-s1", data={"putusan": "tugaskan", "kepada": "entah"})
    assert refused.status_code == 400
    assert "Choose who will handle it." in words(refused.text)
    assert client.post("/peringatan/negatif-s1", data={"putusan": "tunda", "lama": "4"}).status_code == 303
    assert desk.alerts.history("s1")[-1].note == "Sen 23 Nov 2026, 12.00 WIB"
    assert "until Mon 23 Nov 2026, 12:00 WIB" in words(get(client, "/peringatan/negatif-s1"))


def test_a_reason_that_the_catalogue_does_not_know_is_shown_as_the_indonesian_that_it_is(
    client: TestClient, desk: Desk
) -> None:
    saw = "Sumatera Selatan ramai diberitakan"
    [spike] = desk.alerts.about(["wilayah:16@2026-11-23"])
    with desk.store.transaction() as transaction:
        transaction.raise_alert(replace(spike, id="lonjakan-17", about="wilayah:17@2026-11-23", reasons=(saw,)))
    client.cookies[COOKIE] = "en"
    assert f'<span class="chip" lang="id">{saw}</span>' in get(client, "/peringatan/lonjakan-17")


def test_why_a_message_is_held_is_seen(client: TestClient, desk: Desk) -> None:
    reason = "Jam tenang sampai Sel 24 Nov 2026, 06.00 WIB."
    with desk.store.transaction() as transaction:
        transaction.settle_notice(AlertNotice("negatif-s2:raised", "negatif-s2", "raised", NOW, reason=reason))
    assert f"Pengiriman ditahan: {reason}" in words(get(client, "/peringatan"))
    assert f"Pengiriman ditahan: {reason}" in words(get(client, "/peringatan/negatif-s2"))


def test_many_alerts_are_paged(client: TestClient, desk: Desk) -> None:
    with desk.store.transaction() as transaction:
        for number in range(40):
            article = an_article(f"n{number}", story_id=f"n{number}", tone="negative", title=f"Berita nomor {number}.")
            transaction.add(article)
            transaction.raise_alert(an_alert(article, raised=NOW + timedelta(minutes=1)))
    html = get(client, "/peringatan")
    more = html.partition("setelah=")[2].partition('"')[0]
    second = words(get(client, f"/peringatan?status=open&setelah={more}"))
    seen = words(html) + second
    assert all(f"Berita nomor {number}." in seen for number in range(40))
    assert TITLE in second


# The API.


def test_the_api_lists_alerts_by_state_page_by_page(client: TestClient) -> None:
    first = client.get("/api/v1/alerts?state=open&size=2").json()
    assert [it["about"] for it in first["alerts"]] == ["s1", "s2"]
    second = client.get(f"/api/v1/alerts?state=open&size=2&cursor={first['cursor']}").json()
    assert ([it["about"] for it in second["alerts"]], second["cursor"]) == (["wilayah:16@2026-11-23"], None)
    (leading, other) = first["alerts"][0]["alerts"]
    assert (leading["rule_id"], other["rule_id"]) == ("integritas", "negatif")
    assert client.get("/api/v1/alerts?state=closed").json()["alerts"] == []


def test_the_api_handles_an_alert(client: TestClient, desk: Desk) -> None:
    def decide(**decision: str) -> dict:  # type: ignore[type-arg]
        answer = client.post("/api/v1/alerts/negatif-s1/decisions", json=decision)
        assert answer.status_code == 200, answer.text
        told: dict = answer.json()  # type: ignore[type-arg]
        return told

    email = desk.people.everybody()[0].email
    assert decide(decision="acknowledge", note="sedang dicek")["standing"] == "acknowledged"
    assert decide(decision="assign", to=email)["standing"] == "assigned"
    assert decide(decision="snooze", until="2026-11-23T20:00:00+07:00")["standing"] == "snoozed"
    assert decide(decision="wake")["standing"] == "assigned"
    assert decide(decision="close", reason="handled")["standing"] == "closed"
    told = decide(decision="reopen")
    assert told["standing"] == "open"
    own = [(it["kind"], it["by"]) for it in told["history"] if it["alert_id"] == "negatif-s1"]
    assert [kind for kind, _ in own] == ["raised", "acknowledged", "assigned", "snoozed", "woken", "closed", "reopened"]
    assert {by for _, by in own[1:]} == {"Rani Saputri"}


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"decision": "assign", "to": "entah@agency.example"}, "surel orang"),
        ({"decision": "snooze"}, "until"),
        ({"decision": "snooze", "until": "2020-01-01T00:00:00Z"}, "akan datang"),
        ({"decision": "close", "reason": "bosan"}, "Pilih mengapa"),
        ({"decision": "reopen"}, "masih terbuka"),
    ],
)
def test_the_api_says_what_is_wrong_with_a_decision(client: TestClient, decision: dict[str, str], said: str) -> None:
    answer = client.post("/api/v1/alerts/negatif-s1/decisions", json=decision)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert said in answer.json()["detail"]


def test_the_api_knows_no_alert_that_is_not_there(client: TestClient) -> None:
    assert client.get("/api/v1/alerts/entah").status_code == 404
    assert client.post("/api/v1/alerts/entah/decisions", json={"decision": "wake"}).status_code == 404
    assert client.get("/api/v1/alerts?cursor=entah").status_code == 400
