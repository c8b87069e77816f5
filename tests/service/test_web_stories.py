"""Merging and splitting stories on the page of a story, and what it tells of copies that changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.adapters.sql import SqlStore
from service.domain.account import AuditFilter
from service.domain.query import Query
from service.web.desk import Desk
from service.web.language import COOKIE
from tests.service.builders import TEXT, a_figure, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_web_hostile import EVIL, assert_inert
from tests.service.test_web_pages import assert_well_formed, get, words

CHANGED_TEXT = TEXT.replace("10,97 persen", "19,07 persen")
FIRST = an_article("pertama", outlet="kabarsukamaju", story_id="s1", figures=(a_figure(),))
CHANGED = an_article(
    "berubah",
    outlet="beritarotan",
    story_id="s1",
    title="Antrean klaim di Sukamaju",
    text=CHANGED_TEXT,
    figures=(a_figure("19,07 persen", CHANGED_TEXT, value=19.07),),
    published=FIRST.found,
)
LIKE = an_article(
    "mirip", outlet="posmuara", story_id="s2", title="Pekerja rotan mengeluh", text=TEXT.replace("Wulan", "Rahmi")
)
ALL = (FIRST, CHANGED, LIKE)


@pytest.fixture(params=["fake", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    store: FakeStore | SqlStore = FakeStore()
    if request.param == "sqlite":
        store = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        store.migrate()
    with store.transaction() as transaction:
        for article in ALL:
            transaction.add(article)
    index = FakeIndex()
    index.put(ALL)
    yield desk_over(index, store, FakeArchive())
    store.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk, follow_redirects=False)


def told(desk: Desk, story_id: str) -> set[str]:
    return {article.id for article in desk.store.story(story_id)}


def test_an_altered_copy_is_flagged_with_its_outlet_and_both_values(client: TestClient) -> None:
    html = get(client, "/cerita/s1")
    seen = words(html)
    assert "Salinan dengan angka yang berubah" in seen
    assert (
        "10,97 persen di 1 salinan: Kabar Sukamaju (pertama)berbeda 19,07 persen bukan 10,97 persen: beritarotan"
        in seen
    )
    assert "Angka yang berbeda antarmedia" not in seen
    assert_well_formed(html)


def test_a_similar_story_is_offered_and_merged_with_one_press(client: TestClient, desk: Desk) -> None:
    html = get(client, "/cerita/s1")
    assert 'value="gabung:s2"' in html
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2", "catatan": "satu peristiwa"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cerita/s1?dicatat=gabung#keputusan")
    assert told(desk, "s1") == {it.id for it in ALL}
    html = get(client, answer.headers["Location"])
    seen = words(html)
    assert "Cerita digabung." in seen
    assert "Rani Saputri menggabungkan 1 berita dari cerita lain satu peristiwa" in seen
    assert_well_formed(html)
    entries = desk.store.accounts.audit(AuditFilter(kind="story-arranged"))  # type: ignore[attr-defined]
    assert [entry.about for entry in entries] == ["gabung: cerita s1, s2"]


def test_the_search_gathers_a_merged_story_at_once(client: TestClient, desk: Desk) -> None:
    assert len(desk.index.search(Query(collapse=True)).hits) == 2
    client.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2"})
    (hit,) = desk.index.search(Query(collapse=True)).hits
    assert len(hit.copies) == 2


def test_the_address_of_a_merged_story_leads_to_what_it_was_merged_into(client: TestClient) -> None:
    client.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2"})
    answer = client.get("/cerita/s2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cerita/s1")


def test_only_stories_near_to_this_one_are_offered_to_be_merged(client: TestClient, desk: Desk) -> None:
    # The same agency, town and officer, another event.
    text = (
        "SUKAMAJU - Sebanyak 865 nelayan menerima kartu kepesertaan pada Selasa di dermaga.\n"
        "Kartu itu dibagikan BPJS Ketenagakerjaan Sukamaju bersama Wulan Pratiwi dan dinas perikanan setempat."
    )
    far = an_article("nelayan", outlet="posmuara", story_id="s3", text=text)
    with desk.store.transaction() as transaction:
        transaction.add(far)
    assert {"s1", "s2"} <= set(desk.store.similar_stories("s3"))
    html = get(client, "/cerita/s1")
    assert ('value="gabung:s2"' in html, 'value="gabung:s3"' in html) == (True, False)
    assert "Yang mirip pada hari-hari ini" in html
    assert "Yang mirip pada hari-hari ini" not in get(client, "/cerita/s3")


def test_undoing_a_merge_shows_the_story_that_was_looked_at(client: TestClient, desk: Desk) -> None:
    client.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2"})
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "batal:1"})
    assert answer.headers["Location"] == "/cerita/s1?dicatat=batal#keputusan"
    assert LIKE.id not in told(desk, "s1")


@pytest.mark.parametrize("typed", ["s2", "/cerita/s2", "https://pantau.agency.example/cerita/s2?x=1", "artikel"])
def test_a_story_is_merged_by_the_address_that_was_pasted(client: TestClient, desk: Desk, typed: str) -> None:
    typed = f"http://testserver/artikel/{LIKE.id}" if typed == "artikel" else typed
    client.post("/cerita/s1/keputusan", data={"putusan": "gabung", "cerita": typed})
    assert LIKE.id in told(desk, "s1")


def test_chosen_articles_are_split_out_and_taken_back(client: TestClient, desk: Desk) -> None:
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "pisah", f"berita-{CHANGED.id}": "1"})
    new = f"s{CHANGED.id}"
    assert answer.headers["Location"] == f"/cerita/{new}?dicatat=pisah#keputusan"
    assert "Berita dipisahkan" in words(get(client, answer.headers["Location"]))
    assert (told(desk, "s1"), told(desk, new)) == ({FIRST.id}, {CHANGED.id})
    assert "memisahkan 1 berita menjadi cerita sendiri" in words(get(client, "/cerita/s1"))
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "batal:1"})
    assert told(desk, "s1") == {FIRST.id, CHANGED.id}
    seen = words(get(client, answer.headers["Location"]))
    assert "Keputusan dibatalkan" in seen
    assert "membatalkan keputusan sebelumnya; 1 berita kembali" in seen


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"putusan": "gabung", "cerita": "tiada"}, "Cerita itu tidak ditemukan"),
        ({"putusan": "gabung", "cerita": ""}, "Cerita itu tidak ditemukan"),
        ({"putusan": "gabung:tiada"}, "tidak ada lagi"),
        ({"putusan": "gabung:s1"}, "sudah satu cerita"),
        ({"putusan": "pisah"}, "Pilih berita yang dipisahkan"),
        ({"putusan": "pisah", f"berita-{FIRST.id}": "1", f"berita-{CHANGED.id}": "1"}, "Sisakan"),
        ({"putusan": "batal:9"}, "tidak ada pada cerita ini"),
        ({"putusan": "batal:x"}, "Pilih apa yang diputuskan"),
        ({"putusan": "gabung", "cerita": EVIL}, "Cerita itu tidak ditemukan"),
    ],
)
def test_what_cannot_be_decided_is_refused_beside_what_was_typed(
    client: TestClient, desk: Desk, form: dict[str, str], problem: str
) -> None:
    answer = client.post("/cerita/s1/keputusan", data=form)
    assert answer.status_code == 400
    assert problem in words(answer.text)
    assert_inert(answer.text)
    assert told(desk, "s1") == {FIRST.id, CHANGED.id}


def test_decisions_and_refusals_are_told_in_the_language_of_who_reads(client: TestClient) -> None:
    client.cookies[COOKIE] = "en"
    assert "Choose the articles to split off." in words(
        client.post("/cerita/s1/keputusan", data={"putusan": "pisah"}).text
    )
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "pisah", f"berita-{CHANGED.id}": "1"})
    assert "The articles are split off: this is their own story." in words(get(client, answer.headers["Location"]))
    assert "split 1 article off into a separate story" in words(get(client, "/cerita/s1"))


def test_who_may_only_read_is_offered_no_forms_and_decides_nothing(desk: Desk) -> None:
    reader = signed_in(desk, role="pembaca", follow_redirects=False)
    html = get(reader, "/cerita/s1")
    assert "keputusan" not in html.replace('id="keputusan"', "").replace("judul-keputusan", "")
    assert "Belum ada yang digabung" in words(html)
    assert reader.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2"}).status_code == 403
    assert told(desk, "s2") == {LIKE.id}


def test_a_decision_without_the_pages_own_token_is_refused(client: TestClient, desk: Desk) -> None:
    answer = client.post("/cerita/s1/keputusan", data={"putusan": "gabung:s2", "csrf": "x"}, headers={"X-Form": "x"})
    assert answer.status_code == 403
    assert told(desk, "s2") == {LIKE.id}


def test_titles_in_the_forms_are_inert(desk: Desk, client: TestClient) -> None:
    with desk.store.transaction() as transaction:
        transaction.add(replace(LIKE, title=EVIL))
        transaction.add(replace(FIRST, title=EVIL))
    assert_inert(get(client, "/cerita/s1"))


def test_deciding_on_an_unknown_story_is_not_found(client: TestClient) -> None:
    assert client.post("/cerita/tiada/keputusan", data={"putusan": "pisah"}).status_code == 404
