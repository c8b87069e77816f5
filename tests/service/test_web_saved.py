"""Saved searches on the desk and in the API, and what is new in them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.domain.article import Article
from service.domain.saved_search import LONGEST_ADDRESS, MOST_SEARCHES, SavedSearch
from service.errors import SavedSearchError
from service.usecases.saved_searches import COUNTED_WITHIN, MOST_COUNTED
from service.web.address import read_saved
from service.web.desk import Desk
from tests.service.builders import NOW, ManualClock, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import a_person, client_of, signed_in

MINUTE = timedelta(minutes=1)
HOSTILE = '"><script>alert(1)</script>\u202etxt'
QUOTED = HOSTILE.replace('"', "")
SEARCHES = "/api/v1/saved-searches"


class Newsroom:
    """A desk, and a way for articles to come in."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.store = FakeStore()
        self.index = FakeIndex()
        self.desk: Desk = desk_over(self.index, self.store, FakeArchive(), self.clock)

    def print(self, *articles: Article) -> None:
        with self.store.transaction() as transaction:
            for article in articles:
                transaction.add(article)
        self.index.put(articles)
        self.store.mark_indexed([article.id for article in articles], self.clock())


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def rani(newsroom: Newsroom) -> TestClient:
    return signed_in(newsroom.desk, name="Rani Saputri")


def save(client: TestClient, name: str, search: str, **more: Any) -> dict[str, Any]:
    answer = client.post(SEARCHES, json={"name": name, "search": search, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_search_is_saved_from_its_page_in_one_form_and_opened_from_the_list(rani: TestClient) -> None:
    page = rani.get("/cari?q=klaim&wilayah=16.71&sentimen=negatif").text
    assert "Simpan pencarian" in page
    assert 'action="/pencarian?q=klaim&amp;wilayah=16.71&amp;sentimen=negatif"' in page
    answer = rani.post("/pencarian?sentimen=negatif&kursor=x&q=%20klaim%20", data={"aksi": "simpan", "nama": "Klaim"})
    assert "Pencarian disimpan." in answer.text
    assert "klaim; Negatif" in answer.text
    [kept] = rani.get(SEARCHES).json()
    assert (kept["name"], kept["search"], kept["shared"], kept["own"]) == (
        "Klaim",
        "q=klaim&sentimen=negatif",
        False,
        True,
    )
    opened = rani.get(f"/pencarian/{kept['id']}", follow_redirects=False)
    assert (opened.status_code, opened.headers["Location"]) == (303, "/cari?q=klaim&sentimen=negatif")


def test_the_same_search_in_another_writing_is_known_to_be_saved(rani: TestClient) -> None:
    save(rani, "Klaim", "https://pantau.agency.example/?wilayah=35&q=klaim&wilayah=16")
    answer = rani.post("/pencarian?q=klaim&wilayah=16&wilayah=35", data={"aksi": "simpan", "nama": "Lagi"})
    assert answer.status_code == 400
    assert "sudah Anda simpan sebagai “Klaim”" in answer.text


@pytest.mark.parametrize(
    "text", ["q=apa%3F&urut=relevansi", "/cari?q=apa%3F&urut=relevansi", "?q=apa?&urut=relevansi&kursor=x"]
)
def test_an_address_is_read_with_or_without_its_path(text: str) -> None:
    assert read_saved(text).normalised == "q=apa%3F&urut=relevansi"


def test_new_counts_what_came_in_since_the_person_opened_it_whenever_it_was_printed(
    newsroom: Newsroom, rani: TestClient
) -> None:
    newsroom.print(an_article("lama"))
    newsroom.clock.advance(MINUTE)
    kept = save(rani, "Klaim negatif", "q=klaim&sentimen=negatif", shared=True)
    assert (kept["new"], kept["at_least"]) == (0, False)
    budi = signed_in(newsroom.desk, name="Budi Hartono")
    assert budi.get(SEARCHES).json()[0]["new"] is None
    newsroom.clock.advance(MINUTE)
    budi.post(f"{SEARCHES}/{kept['id']}/opened")
    newsroom.clock.advance(MINUTE)
    newsroom.print(
        an_article("terlambat", tone="negative", published=NOW - timedelta(days=9)),
        an_article("netral", tone="neutral"),
        an_article("lain", tone="negative", title="Kapal", text="Kapal berangkat."),
    )
    assert [it["new"] for it in rani.get(SEARCHES).json()] == [1]
    assert "1 baru" in rani.get("/pencarian").text
    newsroom.clock.advance(MINUTE)
    rani.get(f"/pencarian/{kept['id']}", follow_redirects=False)
    assert rani.get(SEARCHES).json()[0]["new"] == 0
    assert budi.get(SEARCHES).json()[0]["new"] == 1


def test_counting_is_bounded_and_says_so(newsroom: Newsroom, rani: TestClient) -> None:
    save(rani, "Semua", "")
    newsroom.clock.advance(MINUTE)
    newsroom.print(*(an_article(f"berita-{number}", text="", title="Klaim") for number in range(MOST_COUNTED + 1)))
    [kept] = rani.get(SEARCHES).json()
    assert (kept["new"], kept["at_least"]) == (MOST_COUNTED, True)
    assert f"lebih dari {MOST_COUNTED} baru" in rani.get("/pencarian").text


def test_what_was_not_opened_for_long_may_have_more_than_is_counted(newsroom: Newsroom) -> None:
    person = a_person(newsroom.desk)
    newsroom.desk.saved_searches.save(person.id, "Semua", "")
    newsroom.clock.advance(COUNTED_WITHIN + MINUTE)
    [listed] = newsroom.desk.saved_searches.listed(person.id, lambda search: read_saved(search.address).query)
    assert (listed.new, listed.at_least) == (0, True)


def test_shared_searches_are_seen_by_all_and_changed_by_their_person_alone(
    newsroom: Newsroom, rani: TestClient
) -> None:
    kept = save(rani, "Keluhan", "q=keluhan")
    budi = signed_in(newsroom.desk, "admin", name="Budi Hartono")
    address = f"{SEARCHES}/{kept['id']}"
    assert budi.get(SEARCHES).json() == []
    assert budi.get(f"/pencarian/{kept['id']}").status_code == 404
    assert rani.post("/pencarian", data={"aksi": "bagikan", "pencarian": kept["id"]}).status_code == 200
    [shared] = budi.get(SEARCHES).json()
    assert (shared["name"], shared["own"], shared["owner"]) == ("Keluhan", False, "Rani Saputri")
    page = budi.get("/pencarian").text
    assert "Dibagikan oleh rekan" in page
    assert "Rani Saputri" in page
    assert "Ganti nama" not in page
    for answer in (
        budi.patch(address, json={"name": "Curian"}),
        budi.delete(address),
        budi.post("/pencarian", data={"aksi": "hapus", "pencarian": kept["id"]}),
        budi.post("/pencarian", data={"aksi": "tutup", "pencarian": kept["id"]}),
    ):
        assert answer.status_code == 404
    assert rani.patch(address, json={"shared": False, "name": " Keluhan  kantor "}).json()["name"] == "Keluhan kantor"
    assert budi.get(SEARCHES).json() == []
    assert rani.delete(address).status_code == 204
    assert rani.get(SEARCHES).json() == []
    assert rani.delete(address).status_code == 404


@pytest.mark.parametrize("name", ["", " \t ", "x" * 81])
def test_a_name_is_needed_and_not_endless(newsroom: Newsroom, rani: TestClient, name: str) -> None:
    assert rani.post("/pencarian?q=a", data={"aksi": "simpan", "nama": name}).status_code == 400
    assert rani.post(SEARCHES, json={"name": name, "search": "q=a"}).status_code in (400, 422)
    assert rani.get(SEARCHES).json() == []


@pytest.mark.parametrize("search", ["sentimen=marah", "dari=kemarin", "q=" + "x" * 501, "q=%22klaim", "q=judul:-a"])
def test_a_search_that_cannot_be_read_is_not_saved(rani: TestClient, search: str) -> None:
    answer = rani.post(SEARCHES, json={"name": "Salah", "search": search})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert rani.get(SEARCHES).json() == []


@pytest.mark.parametrize("form", [{"aksi": "simpan", "nama": "Salah"}, {"aksi": "rss"}])
def test_a_mistyped_search_is_told_in_place_instead_of_saved(
    newsroom: Newsroom, rani: TestClient, form: dict[str, str]
) -> None:
    answer = rani.post("/pencarian?q=%22klaim&wilayah=35", data=form, follow_redirects=False)
    assert answer.status_code == 400
    assert '<mark class="wrong">&#34;klaim</mark>' in answer.text
    assert "/cari?q=%22klaim%22&amp;wilayah=35" in answer.text
    person = newsroom.desk.people.everybody()[0]
    assert newsroom.desk.feeds.keys(person.id) == []
    assert rani.get(SEARCHES).json() == []


def test_a_label_of_several_words_without_quotes_is_not_saved(newsroom: Newsroom, rani: TestClient) -> None:
    newsroom.print(an_article("a", labels=("Perlu jawab",)))
    told = rani.post(SEARCHES, json={"name": "Label", "search": "q=label:perlu+jawab"})
    assert (told.status_code, told.json()["suggestion"]) == (400, 'label:"perlu jawab"')
    assert "tanda kutip" in rani.post("/pencarian?q=label:perlu+jawab", data={"aksi": "rss"}).text


def test_people_keep_only_so_many_and_no_endless_ones(newsroom: Newsroom) -> None:
    person = a_person(newsroom.desk)
    for number in range(MOST_SEARCHES):
        newsroom.desk.saved_searches.save(person.id, "Nama", f"q={number}")
    with pytest.raises(SavedSearchError, match=f"Paling banyak {MOST_SEARCHES}"):
        newsroom.desk.saved_searches.save(person.id, "Nama", "q=lagi")
    with pytest.raises(SavedSearchError, match="terlalu panjang"):
        newsroom.desk.saved_searches.save(person.id, "Nama", "q" * (LONGEST_ADDRESS + 1))


def test_hostile_names_and_words_are_text(newsroom: Newsroom, rani: TestClient) -> None:
    save(rani, HOSTILE, urlencode({"q": f'"{QUOTED}"'}), shared=True)
    for client in (rani, signed_in(newsroom.desk, name="Budi Hartono")):
        page = client.get("/pencarian").text
        assert "<script>alert" not in page
        assert "\u202e" not in page


def test_a_search_that_the_desk_no_longer_understands_is_listed_and_can_be_deleted(
    newsroom: Newsroom, rani: TestClient
) -> None:
    person = newsroom.desk.people.everybody()[0]
    kept = SavedSearch("s-1", person.id, "Topik lama", "topik=dihapus", shared=False, created=NOW)
    newsroom.store.saved_searches.keep(kept, MOST_SEARCHES)
    assert "tidak dikenal lagi" in rani.get("/pencarian").text
    assert rani.get(SEARCHES).json()[0]["new"] is None
    assert rani.delete(f"{SEARCHES}/{kept.id}").status_code == 204


def test_a_token_keeps_searches_of_its_person(newsroom: Newsroom) -> None:
    person = a_person(newsroom.desk)
    secret, _ = newsroom.desk.people.issue_token(person, "laporan", "pembaca", 30, "192.0.2.1")
    program = client_of(newsroom.desk, None, headers={"Authorization": f"Bearer {secret}"})
    save(program, "Klaim", "q=klaim")
    assert [it["name"] for it in client_of(newsroom.desk, person).get(SEARCHES).json()] == ["Klaim"]
    assert newsroom.desk.people.audit(AuditFilter(kind="token-issued"), None, 1)[0].about.startswith("laporan")
