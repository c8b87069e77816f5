"""A story as JSON, and what programs decide about it for a person."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.domain.account import AuditFilter
from service.web.desk import Desk
from tests.service.builders import TEXT, an_article
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import a_person, client_of, signed_in

FIRST = an_article("pertama", outlet="kabarsukamaju", story_id="s1")
SECOND = an_article("kedua", outlet="beritarotan", story_id="s1")
LIKE = an_article("mirip", outlet="posmuara", story_id="s2", text=TEXT.replace("Wulan", "Rahmi"))


@pytest.fixture
def desk() -> Desk:
    store = FakeStore()
    with store.transaction() as transaction:
        for article in (FIRST, SECOND, LIKE):
            transaction.add(article)
    return desk_over(FakeIndex(), store, FakeArchive())


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


def decide(client: TestClient, story_id: str, **decision: object) -> Any:
    answer = client.post(f"/api/v1/stories/{story_id}/decisions", json=decision)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(told: Any) -> set[str]:
    return {article["id"] for article in told["articles"]}


def test_a_story_is_told_with_its_articles_but_not_what_people_hid(client: TestClient, desk: Desk) -> None:
    told = client.get("/api/v1/stories/s1").json()
    assert ids(told) == {FIRST.id, SECOND.id}
    assert (told["id"], told["total"], told["outlets"], told["decisions"]) == ("s1", 2, 2, [])
    desk.correcting.run(SECOND.id, "visibility", "hidden", "Rani")
    assert ids(client.get("/api/v1/stories/s1").json()) == {FIRST.id}


def test_stories_are_merged_and_taken_apart_again_under_the_persons_name(client: TestClient, desk: Desk) -> None:
    merged = decide(client, "s1", decision="merge", story="https://pantau.example/cerita/s2", note="Satu peristiwa")
    assert (merged["id"], ids(merged)) == ("s1", {FIRST.id, SECOND.id, LIKE.id})
    assert client.get("/api/v1/stories/s2").json()["id"] == "s1"
    [kept] = merged["decisions"]
    by = desk.people.everybody()[0].name
    assert (kept["kind"], kept["by"], kept["note"], kept["undone"]) == ("merge", by, "Satu peristiwa", False)
    apart = decide(client, "s1", decision="undo", number=kept["number"])
    assert (apart["id"], ids(apart)) == ("s2", {LIKE.id})
    assert {it["kind"]: it["undone"] for it in client.get("/api/v1/stories/s1").json()["decisions"]} == {
        "merge": True,
        "undo": False,
    }
    audited = [entry.about for entry in desk.people.audit(AuditFilter(kind="story-arranged"), None, 9)]
    assert audited == ["undo: cerita s1, s2", "merge: cerita s1, s2"]


def test_articles_are_split_out_into_a_story_of_their_own(client: TestClient) -> None:
    split = decide(client, "s1", decision="split", articles=[SECOND.id])
    assert split["id"] not in ("s1", "s2")
    assert ids(split) == {SECOND.id}
    assert ids(client.get("/api/v1/stories/s1").json()) == {FIRST.id}


@pytest.mark.parametrize(
    ("story_id", "decision", "status", "told"),
    [
        ("s1", {"decision": "merge", "story": "tiada"}, 400, "Cerita itu tidak ditemukan"),
        ("s1", {"decision": "merge", "story": "s1"}, 400, "sudah satu cerita"),
        ("s1", {"decision": "split", "articles": [LIKE.id]}, 400, "Pilih berita"),
        ("s1", {"decision": "undo"}, 400, "Isi number"),
        ("s1", {"decision": "undo", "number": 7}, 400, "tidak ada pada cerita ini"),
        ("s1", {"decision": "burn"}, 422, ""),
        ("tiada", {"decision": "split", "articles": [LIKE.id]}, 404, ""),
    ],
)
def test_what_cannot_be_decided_is_a_problem_that_says_why(
    client: TestClient, story_id: str, decision: dict[str, object], status: int, told: str
) -> None:
    answer = client.post(f"/api/v1/stories/{story_id}/decisions", json=decision)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json().get("detail", "")


def test_whoever_may_only_read_decides_nothing(desk: Desk) -> None:
    reader = client_of(desk, a_person(desk, "pembaca"))
    assert reader.get("/api/v1/stories/s1").status_code == 200
    answer = reader.post("/api/v1/stories/s1/decisions", json={"decision": "merge", "story": "s2"})
    assert answer.status_code == 403
    assert reader.get("/api/v1/stories/tiada").status_code == 404
