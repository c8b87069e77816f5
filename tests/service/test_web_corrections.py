"""Correcting an article on its page: what a communications officer sees, decides and takes back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service.adapters.sql import SqlStore
from service.domain.account import AuditFilter
from service.domain.article import Article
from service.domain.correction import CorrectedField, Correction
from service.web.desk import Desk
from service.web.irrelevant_page import MOST_JUDGED
from service.web.language import COOKIE
from service.web.security import LARGEST_BODY
from tests.service.builders import NOW, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_web_hostile import EVIL, REVERSED, assert_inert
from tests.service.test_web_ledger import CROSS_SITE
from tests.service.test_web_pages import assert_well_formed, get, words

ARTICLE = an_article(tone="neutral", outlet="kabarsukamaju")
PASSED_OVER = an_article("kapal", relevance="irrelevant", text="", story_id=None, evidence=())


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    store: FakeStore | SqlStore = FakeStore()
    if request.param == "sqlite":
        store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        store.migrate()
    with store.transaction() as transaction:
        transaction.add(ARTICLE)
        transaction.add(PASSED_OVER)
    yield desk_over(FakeIndex(), store, FakeArchive())
    store.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk, follow_redirects=False)


def correct(client: TestClient, article: Article = ARTICLE, /, **form: str) -> Any:
    return client.post(f"/artikel/{article.id}/koreksi", data=form)


def corrections(desk: Desk, article: Article = ARTICLE) -> tuple[Correction, ...]:
    found = desk.store.get(article.id)
    assert found is not None
    return found.corrections


def test_the_page_offers_what_holds_to_be_changed(client: TestClient) -> None:
    html = get(client, f"/artikel/{ARTICLE.id}")
    for chosen in ('value="neutral" selected', 'value="relevant" selected'):
        assert chosen in html
    for said in ("Ubah sentimen", "Ubah relevansi", "Ubah topik", "Kepesertaan", "Kecurangan", "Tidak relevan"):
        assert said in html
    assert "Batalkan koreksi" not in html
    assert "keyakinan 90 persen" in html
    assert_well_formed(html)


def test_a_corrected_tone_holds_on_the_page_and_is_told_with_who_and_why(client: TestClient, desk: Desk) -> None:
    answer = correct(client, sentimen="negative", putusan="sentimen", catatan="antre dua pekan")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/artikel/{ARTICLE.id}?dicatat=sentimen#koreksi"
    html = get(client, answer.headers["Location"])
    seen = words(html)
    assert '<span class="tone negative">Negatif</span>' in html
    assert "Sentimen dicatat" in seen
    assert "Rani Saputri mengubah sentimen: Netral Negatif antre dua pekan Sen 23 Nov 2026, 08.00 WIB" in seen
    assert "keyakinan" not in seen
    assert 'value="batal-sentimen"' in html
    assert_well_formed(html)
    said = corrections(desk)[0]
    assert (said.by, said.at, said.said, said.value) == ("Rani Saputri", NOW, "neutral", "negative")


def test_a_correction_is_taken_back_and_both_stay_in_the_history(client: TestClient, desk: Desk) -> None:
    correct(client, sentimen="negative", putusan="sentimen")
    answer = correct(signed_in(desk, name="Budi", follow_redirects=False), putusan="batal-sentimen")
    html = get(client, answer.headers["Location"])
    seen = words(html)
    assert '<span class="tone neutral">Netral</span>' in html
    assert "Koreksi dibatalkan" in seen
    assert seen.index("Budi membatalkan koreksi sentimen: Negatif") < seen.index("Rani Saputri mengubah sentimen")
    assert [it.undone for it in corrections(desk)] == [False, True]


def test_buttons_that_take_back_a_correction_tell_which_one(client: TestClient) -> None:
    correct(client, putusan="sentimen", sentimen="neutral")
    correct(client, putusan="relevansi", relevansi="mention")
    named = re.findall(r'aria-label="(Batalkan koreksi [^"]*)"', get(client, f"/artikel/{ARTICLE.id}"))
    assert named == ["Batalkan koreksi sentimen", "Batalkan koreksi relevansi"]


def test_saying_that_it_was_understood_rightly_is_a_decision_too(client: TestClient) -> None:
    answer = correct(client, sentimen="neutral", putusan="sentimen")
    assert "Rani Saputri membenarkan sentimen: Netral" in words(get(client, answer.headers["Location"]))


def test_a_topic_is_shown_once_somebody_said_it(client: TestClient) -> None:
    answer = correct(client, topik="complaint", putusan="topik")
    html = get(client, answer.headers["Location"])
    assert '<span class="chip">Keluhan</span>' in html
    assert "Rani Saputri mengubah topik: Keluhan" in words(html)


def test_an_article_that_is_not_about_the_agency_says_so(client: TestClient) -> None:
    answer = correct(client, relevansi="irrelevant", putusan="relevansi")
    html = get(client, answer.headers["Location"])
    assert "tidak tentang BPJS Ketenagakerjaan" in html
    assert "Puluhan pekerja pabrik rotan" in html


def test_a_text_that_was_not_kept_is_announced(client: TestClient) -> None:
    assert "Teks tidak disimpan" in get(client, f"/artikel/{PASSED_OVER.id}")
    answer = correct(client, PASSED_OVER, relevansi="relevant", putusan="relevansi")
    assert "Teks belum disimpan" in get(client, answer.headers["Location"])


def test_a_correction_is_of_who_is_signed_in_whatever_the_form_says(client: TestClient, desk: Desk) -> None:
    correct(client, sentimen="negative", putusan="sentimen", nama="Orang Lain")
    assert [it.by for it in corrections(desk)] == ["Rani Saputri"]
    assert "Dicatat atas nama Rani Saputri bersama waktunya" in words(get(client, f"/artikel/{ARTICLE.id}"))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"putusan": "sentimen", "sentimen": "bagus"}, "tidak dikenal"),
        ({"putusan": "topik", "topik": ""}, "Pilih topik yang benar."),
        ({"putusan": "topik"}, "Pilih topik yang benar."),
        ({"putusan": "judul", "judul": "x"}, "Pilih apa yang dikoreksi"),
        ({}, "Pilih apa yang dikoreksi"),
        ({"putusan": "batal-topik"}, "tidak ada yang dibatalkan"),
        ({"putusan": "sentimen", "sentimen": "negative", "catatan": "n" * 501}, "catatan paling banyak 500"),
    ],
)
def test_a_decision_that_cannot_be_recorded_is_told_beside_what_was_typed(
    client: TestClient, desk: Desk, form: dict[str, str], said: str
) -> None:
    answer = correct(client, **{"catatan": "alasan saya"} | form)
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert form.get("catatan", "alasan saya") in answer.text
    assert_well_formed(answer.text)
    assert corrections(desk) == ()


def test_decisions_and_refusals_are_told_in_the_language_of_who_reads(client: TestClient, desk: Desk) -> None:
    client.cookies[COOKIE] = "en"
    seen = words(get(client, correct(client, label="Penting", putusan="label-tambah").headers["Location"]))
    assert "Rani Saputri added the label penting Mon 23 Nov 2026, 08:00 WIB" in seen
    assert "This article has that label already." in words(
        correct(client, label="penting", putusan="label-tambah").text
    )
    [kept] = desk.store.accounts.audit(AuditFilter(kind="article-corrected"))  # type: ignore[attr-defined]
    assert kept.about.startswith("label-tambah: Penting")


def test_an_article_that_is_not_there_cannot_be_corrected(client: TestClient) -> None:
    answer = client.post("/artikel/tiada/koreksi", data={"putusan": "topik", "topik": "claims"})
    assert answer.status_code == 404


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_other_sites_correct_nothing(client: TestClient, desk: Desk, headers: dict[str, str]) -> None:
    form = {"putusan": "sentimen", "sentimen": "negative"}
    answer = client.post(f"/artikel/{ARTICLE.id}/koreksi", data=form, headers=headers)
    assert answer.status_code == 403
    assert corrections(desk) == ()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"catatan=" + b"a" * LARGEST_BODY, 413),
        (b"&".join(b"a%d=1" % number for number in range(100)), 400),
        (b"catatan=\xff\xfe", 400),
    ],
)
def test_a_body_that_no_form_of_ours_sends_is_refused(client: TestClient, body: bytes, status: int) -> None:
    assert client.post(f"/artikel/{ARTICLE.id}/koreksi", content=body).status_code == status


def test_what_people_type_stays_text(desk: Desk) -> None:
    client = signed_in(desk, name=EVIL[:30] + REVERSED, follow_redirects=False)
    answer = correct(client, catatan=EVIL + REVERSED, sentimen="negative", putusan="sentimen")
    assert answer.status_code == 303
    html = get(client, answer.headers["Location"])
    assert_inert(html)
    assert_well_formed(html)
    assert corrections(desk)[0].note.startswith(EVIL)
    refused = correct(client, **dict.fromkeys(("catatan", "sentimen", "topik", "relevansi", "putusan"), EVIL))
    assert refused.status_code == 400
    assert_inert(refused.text)
    assert_well_formed(refused.text)


def test_hostile_addresses_and_cookies_stay_text(desk: Desk) -> None:
    cookie = {"pantau-form": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%00%E2%80%AE"}
    client = signed_in(desk, cookies=cookie)
    assert_inert(get(client, f"/artikel/{ARTICLE.id}?dicatat=%3Cscript%3E"))


def test_codes_that_nobody_knows_are_shown_as_text(desk: Desk) -> None:
    field: CorrectedField = EVIL[:16]  # type: ignore[assignment]
    odd = Correction(ARTICLE.id, "topic", EVIL[:30], EVIL, NOW, EVIL[:30], EVIL)
    with desk.store.transaction() as transaction:
        transaction.record_correction(replace(odd, field=field))
        transaction.record_correction(odd)
    html = get(signed_in(desk), f"/artikel/{ARTICLE.id}")
    assert_inert(html)
    assert_well_formed(html)


def test_the_api_tells_what_holds_and_what_was_decided(client: TestClient) -> None:
    correct(client, sentimen="negative", putusan="sentimen", catatan="antre")
    correct(client, topik="complaint", putusan="topik")
    told = client.get(f"/api/v1/articles/{ARTICLE.id}").json()
    assert (told["analysis"]["sentiment"]["label"], told["topic"]) == ("negative", "complaint")
    assert told["corrections"][0] == {
        "field": "sentiment",
        "value": "negative",
        "said": "neutral",
        "by": "Rani Saputri",
        "at": "2026-11-23T01:00:00Z",
        "note": "antre",
        "undone": False,
    }


# --- Regions, labels, notes, noise


def test_a_region_is_typed_by_its_name_and_chosen_as_the_main_one(client: TestClient, desk: Desk) -> None:
    answer = correct(client, putusan="wilayah-tambah", wilayah="Kabupaten Jember")
    assert answer.headers["Location"] == f"/artikel/{ARTICLE.id}?dicatat=wilayah-tambah#wilayah"
    html = get(client, answer.headers["Location"])
    assert "Wilayah ditambahkan" in html
    assert 'href="/cari?wilayah=35.09"' in html
    correct(client, putusan="wilayah-utama:35.09")
    found = desk.store.get(ARTICLE.id)
    assert found is not None
    assert [region.code for region in found.regions] == ["35.09", "16.71"]
    seen = words(get(client, f"/artikel/{ARTICLE.id}"))
    assert "mengubah wilayah: Kota Palembang Kabupaten Jember, Kota Palembang" in seen
    correct(client, putusan="batal-wilayah")
    assert "Batalkan koreksi wilayah" not in get(client, f"/artikel/{ARTICLE.id}")


def test_a_place_that_is_no_region_is_told_beside_what_was_typed(client: TestClient, desk: Desk) -> None:
    answer = correct(client, putusan="wilayah-tambah", wilayah="Negeri <b>Antah</b>")
    assert answer.status_code == 400
    assert "tidak dikenal" in words(answer.text)
    assert 'value="Negeri &lt;b&gt;Antah&lt;/b&gt;"' in answer.text
    assert corrections(desk) == ()


def test_labels_of_the_team_are_suggested_and_lead_to_the_search(client: TestClient, desk: Desk) -> None:
    answer = correct(client, putusan="label-tambah", label="Perlu Klarifikasi")
    html = get(client, answer.headers["Location"])
    assert 'href="/cari?label=perlu%20klarifikasi"' in html
    assert "1 berita" in words(get(client, "/cari?label=perlu+klarifikasi"))
    other = get(client, f"/artikel/{ARTICLE.id}")
    assert '<option value="perlu klarifikasi">' in other
    correct(client, putusan="label-hapus:perlu klarifikasi")
    assert "/cari?label=" not in get(client, f"/artikel/{ARTICLE.id}")


def test_a_note_is_shown_to_the_team_and_withdrawn(client: TestClient, desk: Desk) -> None:
    answer = correct(client, putusan="catatan-tulis", isi=f"Hubungi cabang.\n{EVIL}")
    html = get(client, answer.headers["Location"])
    assert "Hubungi cabang." in html
    assert_inert(html)
    assert_well_formed(html)
    correct(client, putusan=f"catatan-hapus:{corrections(desk)[0].value}")
    found = desk.store.get(ARTICLE.id)
    assert found is not None
    assert found.notes == ()
    assert "Rani Saputri menghapus catatan" in words(get(client, f"/artikel/{ARTICLE.id}"))


def test_what_was_judged_irrelevant_is_found_again_and_the_judgement_withdrawn(client: TestClient, desk: Desk) -> None:
    assert "Belum ada berita yang dinilai tidak relevan" in client.get("/tidak-relevan").text
    correct(client, relevansi="irrelevant", putusan="relevansi", catatan="soal lain")
    assert 'href="/tidak-relevan"' in client.get("/cari").text
    html = client.get("/tidak-relevan").text
    assert f'href="/artikel/{ARTICLE.id}"' in html
    assert all(told in html for told in ("Rani Saputri", "Sen 23 Nov 2026, 08.00 WIB", "soal lain"))
    assert f'href="/artikel/{ARTICLE.id}"' in client.get(f"/sumber/{ARTICLE.outlet}").text
    correct(client, putusan="batal-relevansi")
    assert ARTICLE.id not in client.get("/tidak-relevan").text


def test_of_many_judged_irrelevant_the_last_are_listed_with_a_word_about_it(desk: Desk) -> None:
    with desk.store.transaction() as transaction:
        for number in range(MOST_JUDGED + 1):
            article = an_article(f"judul-{number}", title=f"Judul {number}.")
            transaction.add(article)
            at = NOW + timedelta(minutes=number)
            transaction.record_correction(Correction(article.id, "relevance", "irrelevant", "Rani Saputri", at))
    html = signed_in(desk).get("/tidak-relevan").text
    assert html.index(f"Judul {MOST_JUDGED}.") < html.index("Judul 1.")
    assert "Judul 0." not in html
    assert f"Hanya {MOST_JUDGED} yang terakhir dinilai ditampilkan." in html
    assert len(html.encode()) < 150_000


def test_noise_is_ignored_found_by_its_filter_and_shown_again(client: TestClient, desk: Desk) -> None:
    correct(client, putusan="label-tambah", label="uji")
    assert "1 berita" in words(get(client, "/cari"))
    answer = correct(client, putusan="sembunyi")
    html = get(client, answer.headers["Location"])
    assert "Berita diabaikan" in html
    assert "Tampilkan kembali" in html
    assert "0 berita" in words(get(client, "/cari"))
    hidden = get(client, "/cari?tersembunyi=1")
    assert f"/artikel/{ARTICLE.id}" in hidden
    assert '<span class="chip">diabaikan</span>' in hidden
    correct(client, putusan="batal-sembunyi")
    assert "1 berita" in words(get(client, "/cari"))


def test_decisions_are_told_in_the_audit(client: TestClient, desk: Desk) -> None:
    correct(client, putusan="label-tambah", label="uji")
    correct(client, putusan="sembunyi")
    told = [entry.about for entry in desk.store.accounts.audit(AuditFilter(kind="article-corrected"))]  # type: ignore[attr-defined]
    assert told == [f"sembunyi: ya, berita {ARTICLE.id}", f"label-tambah: uji, berita {ARTICLE.id}"]


def test_who_only_reads_is_shown_what_was_decided_and_no_form(client: TestClient, desk: Desk) -> None:
    correct(client, putusan="label-tambah", label="uji")
    correct(client, putusan="catatan-tulis", isi="Sudah dihubungi.")
    reader = signed_in(desk, "pembaca", name="Budi")
    html = get(reader, f"/artikel/{ARTICLE.id}")
    assert "Sudah dihubungi." in html
    assert ">uji<" in html
    assert "putusan" not in html.replace("Riwayat putusan", "").replace("putusan dicatat", "")
    assert_well_formed(html)


def test_programs_decide_the_same(client: TestClient, desk: Desk) -> None:
    base = f"/api/v1/articles/{ARTICLE.id}"
    told = client.post(f"{base}/regions", json={"change": "main", "region": "Kabupaten Jember"}).json()
    assert [region["code"] for region in told["analysis"]["regions"]] == ["35.09", "16.71"]
    told = client.post(f"{base}/labels", json={"label": "Rapat"}).json()
    assert told["labels"] == ["rapat"]
    assert client.get("/api/v1/labels").json() == ["rapat"]
    assert client.get("/api/v1/search?label=rapat").json()["total"] == 1
    told = client.post(f"{base}/notes", json={"text": "Sudah."}).json()
    assert [(note["text"], note["by"]) for note in told["notes"]] == [("Sudah.", "Rani Saputri")]
    told = client.delete(f"{base}/notes/{told['notes'][0]['id']}").json()
    assert told["notes"] == []
    told = client.post(f"{base}/corrections", json={"field": "visibility", "value": "hidden"}).json()
    assert told["is_hidden"] is True
    assert client.get("/api/v1/search").json()["total"] == 0
    assert client.get("/api/v1/search?hidden=true").json()["total"] == 1
    told = client.post(f"{base}/corrections", json={"field": "visibility", "value": None}).json()
    assert told["is_hidden"] is False
    assert client.delete(f"{base}/labels/rapat").json()["labels"] == []


@pytest.mark.parametrize("label", ["rapat a/b", "a/", "/b", "notes/1", "50%", "apa?"])
def test_a_program_removes_whatever_label_it_added(client: TestClient, label: str) -> None:
    base = f"/api/v1/articles/{ARTICLE.id}/labels"
    assert client.post(base, json={"label": label}).json()["labels"] == [label]
    assert client.delete(f"{base}/{quote(label, safe='')}").json()["labels"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("regions", {"change": "add", "region": "Antah Berantah"}, 400),
        ("regions", {"change": "swap", "region": "35.09"}, 422),
        ("labels", {"label": "—"}, 400),
        ("notes", {"text": "a" * 2_001}, 422),
        ("corrections", {"field": "label", "value": "x"}, 422),
        ("corrections", {"field": "sentiment", "value": "good"}, 400),
        ("corrections", {"field": "sentiment", "value": "neutral", "catatan": "salah kunci"}, 422),
        ("regions", {"change": "add", "region": "35.09", "catatan": "salah kunci"}, 422),
        ("labels", {"label": "rapat", "note": "tiada"}, 422),
        ("notes", {"text": "Sudah.", "teks": "salah kunci"}, 422),
    ],
)
def test_what_a_program_asks_wrongly_is_told(
    client: TestClient, desk: Desk, path: str, body: dict[str, str], status: int
) -> None:
    answer = client.post(f"/api/v1/articles/{ARTICLE.id}/{path}", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert corrections(desk) == ()
    assert client.post(f"/api/v1/articles/tiada/{path}", json=body).status_code in (404, status)
