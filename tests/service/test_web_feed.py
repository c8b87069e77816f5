"""A search as RSS: for whoever has a key, a token or a session, and inert."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from service.domain.account import Actor, AuditFilter
from service.domain.query import Query
from service.domain.saved_search import MOST_FEEDS
from service.web.desk import Desk
from service.web.feed import MOST_ITEMS
from tests.service.builders import NOW, an_article
from tests.service.desk_sample import desk_over, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import ADMIN, a_person, client_of, signed_in

EVIL = "]]></title><script>alert(1)</script> \u202etxt\x00\x0b\ufffe &lt;img src=x onerror=alert(1)&gt; \"'"


@pytest.fixture
def desk() -> Desk:
    return sample_desk(FakeIndex())


def address_of_feed(client: TestClient, search: str) -> str:
    """The address that the desk makes for the search, as its page tells it once."""
    page = client.post(f"/pencarian?{search}", data={"aksi": "rss"})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    told = re.search(r'<pre class="secret"[^>]*>([^<]+)</pre>', page.text)
    assert told is not None
    address = urlsplit(told[1].replace("&amp;", "&"))
    return f"{address.path}?{address.query}"


def test_a_reader_without_a_session_gets_the_newest_articles_of_the_search(desk: Desk) -> None:
    address = address_of_feed(signed_in(desk), "q=klaim+OR+peserta&urut=relevansi")
    answer = client_of(desk, None).get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.version == "rss20"
    assert read.feed.title == "Pantau: klaim OR peserta"
    expected = desk.index.search(Query(text="klaim OR peserta"), size=MOST_ITEMS).hits
    assert [entry.id for entry in read.entries] == [f"urn:pantau:berita:{hit.article_id}" for hit in expected]
    first, hit = read.entries[0], expected[0]
    assert first.link == hit.url
    assert first.comments == f"{desk.base_url}/artikel/{hit.article_id}"
    assert f'<a href="{desk.base_url}/artikel/{hit.article_id}">Buka di Pantau</a>' in first.summary
    assert first.title == "".join(piece.text for piece in hit.title)
    assert hit.published is not None
    assert tuple(first.published_parsed)[:5] == hit.published.timetuple()[:5]


def test_at_most_fifty_the_newest_first_and_the_same_while_nothing_is_new(desk: Desk) -> None:
    index, store = FakeIndex(), FakeStore()
    index.put(
        [an_article(f"b-{number}", published=NOW - timedelta(minutes=number)) for number in range(MOST_ITEMS + 5)]
    )
    desk = desk_over(index, store, FakeArchive())
    reader = signed_in(desk)
    first = reader.get("/rss")
    read = feedparser.parse(first.content)
    assert len(read.entries) == MOST_ITEMS
    assert read.entries[0].link.endswith("/b-0")
    tag = first.headers["ETag"]
    assert reader.get("/rss", headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    index.put([an_article("baru", published=NOW + timedelta(minutes=1))])
    again = reader.get("/rss", headers={"If-None-Match": tag})
    assert again.status_code == 200
    newer = feedparser.parse(again.content)
    assert [entry.id for entry in newer.entries[1:]] == [entry.id for entry in read.entries[:-1]]


def test_a_key_reads_feeds_and_nothing_else(desk: Desk) -> None:
    address = address_of_feed(signed_in(desk), "q=klaim")
    secret = parse_qs(urlsplit(address).query)["kunci"][0]
    stranger = client_of(desk, None, follow_redirects=False)
    assert stranger.get(f"/?kunci={secret}").status_code == 303
    assert stranger.get(f"/api/v1/search?kunci={secret}").status_code == 401
    assert stranger.get("/api/v1/search", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert stranger.get(f"/rss?kunci={secret[:-1]}").status_code == 401
    assert stranger.get("/rss").status_code == 401
    assert secret not in stranger.get(address).text
    assert stranger.get(f"/rss?q=lain&kunci={secret}").status_code == 200


def test_tokens_and_sessions_read_feeds_too(desk: Desk) -> None:
    person = a_person(desk)
    secret, _ = desk.people.issue_token(person, "pembaca umpan", "pembaca", 30, "192.0.2.1")
    program = client_of(desk, None)
    assert program.get("/rss?q=klaim", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert client_of(desk, person).get("/rss?q=klaim").status_code == 200


def test_a_revoked_key_and_one_of_somebody_who_left_open_nothing(desk: Desk) -> None:
    person = a_person(desk)
    client, reader = client_of(desk, person), client_of(desk, None)
    first, second = (address_of_feed(client, f"q={word}") for word in ("klaim", "iuran"))
    page = client.get("/pencarian").text
    assert "klaim</bdi></b> <code>umpan_" in page
    by_name = {key.name: key.id for key in desk.feeds.keys(person.id)}
    other = signed_in(desk, "admin", name="Budi Hartono")
    other.post("/pencarian", data={"aksi": "cabut", "kunci": by_name["klaim"]})
    assert reader.get(first).status_code == 200
    client.post("/pencarian", data={"aksi": "cabut", "kunci": by_name["klaim"]})
    assert (reader.get(first).status_code, reader.get(second).status_code) == (401, 200)
    assert [it.about for it in desk.people.audit(AuditFilter(kind="token-revoked"), None, 9)] == ["RSS: klaim"]
    desk.people.deactivate(ADMIN, person.id)
    assert reader.get(second).status_code == 401


def test_guessing_keys_is_stopped(desk: Desk) -> None:
    reader = client_of(desk, None)
    answers = [reader.get(f"/rss?kunci=umpan_{number}") for number in range(60)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_person_has_only_so_many_keys(desk: Desk) -> None:
    person = a_person(desk)
    by = Actor(person.id, person.name)
    for _ in range(MOST_FEEDS):
        desk.feeds.issue(by, person, "klaim", "klaim")
    answer = client_of(desk, person).post("/pencarian", data={"aksi": "rss"})
    assert answer.status_code == 400
    assert f"Paling banyak {MOST_FEEDS}" in answer.text


def test_hostile_text_is_text_in_the_feed() -> None:
    index = FakeIndex()
    evil = an_article("jahat", title=EVIL, text=EVIL + "x" * 1_000_000, url="javascript:alert(1)", outlet="jahat")
    index.put([evil, replace(an_article("aman"), url="https://aman.example/?a=1&b=<")])
    desk = desk_over(index, FakeStore(), FakeArchive())
    body = signed_in(desk).get("/rss").content
    assert len(body) < 20_000
    items = etree.fromstring(body).findall("channel/item")
    assert len(items) == 2
    for item in items:
        assert {child.tag for child in item} <= {
            "title",
            "link",
            "description",
            "comments",
            "category",
            "guid",
            "pubDate",
        }
        assert (item.findtext("link") or "").startswith(desk.base_url)
        shown = item.findtext("description") or ""
        assert set(re.findall(r"<(\w+)", shown)) == {"p", "a"}
        assert "\u202e" not in shown + (item.findtext("title") or "")
    read = feedparser.parse(body)
    assert not read.bozo
    assert all("<script" not in entry.summary + entry.title for entry in read.entries)
    assert any("‹script›alert(1)‹/script›" in entry.title for entry in read.entries)


def test_a_search_that_cannot_be_read_and_an_index_that_is_down_are_told(desk: Desk) -> None:
    reader = signed_in(desk)
    assert reader.get("/rss?sentimen=marah").status_code == 400
    assert reader.get('/rss?q="klaim').status_code == 400
    assert isinstance(desk.index, FakeIndex)
    desk.index.unavailable = True
    assert reader.get("/rss").status_code == 503
