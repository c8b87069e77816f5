import pytest
from fastapi.testclient import TestClient

from tests.service.desk_sample import CORRECTED, sample_articles, sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.signed_in import signed_in

LEDGER = ("claims", "claims/{claim_id}", "official", "chart", "{statement_id}/review")


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex()


@pytest.fixture
def client(index: FakeIndex) -> TestClient:
    return signed_in(sample_desk(index))


def test_search_answers_hits_facets_days_and_a_cursor(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "klaim", "size": 3, "region": "73"}).json()
    assert answer["total"] == 5
    assert len(answer["hits"]) == 3
    assert any(fragment["hit"] for fragment in answer["hits"][0]["snippet"])
    assert {"value": "73.71", "count": 5} in answer["facets"]["region"]
    assert sum(day["count"] for day in answer["days"]) == 5
    more = client.get("/api/v1/search", params={"q": "klaim", "size": 3, "region": "73", "cursor": answer["cursor"]})
    assert {hit["article_id"] for hit in more.json()["hits"]}.isdisjoint(hit["article_id"] for hit in answer["hits"])


def test_a_mistyped_query_is_told_with_its_place_and_a_suggestion(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "klaim sumber:wulan"})
    assert answer.status_code == 400
    told = answer.json()
    assert (told["start"], told["end"], told["suggestion"]) == (6, 13, "klaim narasumber:wulan")


def test_stories_are_collapsed_on_demand(client: TestClient) -> None:
    asked: dict[str, str | int] = {"q": "pangkalpinang", "since": "2026-11-22", "size": 50}
    apart = client.get("/api/v1/search", params=asked).json()
    together = client.get("/api/v1/search", params={**asked, "collapse": True}).json()
    assert together["total"] == apart["total"] == len(apart["hits"])
    lead = together["hits"][0]
    assert lead["other_outlets"] == len(lead["copies"]) == 3
    assert len(together["hits"]) == len(apart["hits"]) - 3


def test_an_article_comes_with_its_whole_analysis(client: TestClient) -> None:
    article = sample_articles()[0]
    answer = client.get(f"/api/v1/articles/{article.id}").json()
    assert answer["text"] == article.text
    figure = next(each for each in answer["analysis"]["figures"] if each["surface"] == "31,93 persen")
    assert (figure["value"], figure["unit"], figure["metric"]) == (31.93, "percent", "coverage")
    assert article.text[figure["start"] : figure["end"]] == figure["surface"]
    assert answer["published"].endswith("Z") or "+00:00" in answer["published"]


def test_an_article_comes_with_its_earlier_texts_and_its_removal(client: TestClient) -> None:
    corrected = client.get(f"/api/v1/articles/{sample_articles()[CORRECTED].id}").json()
    assert [version["fetched"] for version in corrected["versions"]] == ["2026-11-22T23:40:00Z", "2026-11-22T23:55:00Z"]
    assert "39,7 persen" in corrected["versions"][0]["text"]
    assert (corrected["fetched"], corrected["gone"]) == ("2026-11-23T00:10:00Z", "2026-11-23T00:40:00Z")
    other = client.get(f"/api/v1/articles/{sample_articles()[5].id}").json()
    assert (other["versions"], other["gone"]) == ([], None)


def test_figures_are_listed_with_their_sentences(client: TestClient) -> None:
    answer = client.get("/api/v1/figures", params={"metric": "coverage", "limit": 2}).json()
    assert answer["total"] > 2
    row = answer["figures"][0]
    assert row["sentence"][row["sentence_offset"] :].startswith(row["surface"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/search?q=%22offen", 400),
        ("/api/v1/search?cursor=zzz", 400),
        ("/api/v1/search?size=1000", 422),
        ("/api/v1/search?since=gestern", 422),
        ("/api/v1/search?since=0.0", 422),
        ("/api/v1/search?region=x", 422),
        ("/api/v1/search?q=" + "a" * 501, 400),
        ("/api/v1/search?q=" + "a" * 4_001, 422),
        ("/api/v1/figures?limit=100000", 422),
        ("/api/v1/articles/none", 404),
        ("/api/v1/nothing", 404),
    ],
)
def test_errors_are_problem_documents(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["title"]


def test_only_reading_is_offered(client: TestClient) -> None:
    assert client.post("/api/v1/search").status_code == 405
    assert client.delete("/artikel/x").status_code == 405


def test_an_index_that_is_down_is_a_503(client: TestClient, index: FakeIndex) -> None:
    index.unavailable = True
    assert client.get("/api/v1/search").status_code == 503


def test_health_and_schema_are_served(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "store": "ok", "index": "ok", "articles": 41}
    schema = client.get("/openapi.json").json()
    figures = "/api/v1/figures"
    assert set(schema["paths"]) == {
        *("/api/v1/alerts", "/api/v1/alerts/{alert_id}", "/api/v1/alerts/{alert_id}/decisions"),
        "/api/v1/search",
        "/api/v1/articles/{article_id}",
        "/api/v1/stories/{story_id}",
        "/api/v1/stories/{story_id}/decisions",
        figures,
        *(f"{figures}/{name}" for name in LEDGER),
        "/api/v1/saved-searches",
        "/api/v1/saved-searches/{search_id}",
        "/api/v1/saved-searches/{search_id}/opened",
        "/api/v1/labels",
        "/api/v1/exports",
        "/api/v1/exports/{export_id}",
        "/api/v1/exports/{export_id}/file",
        *(f"/api/v1/articles/{{article_id}}/{name}" for name in ("corrections", "regions", "labels", "notes")),
        "/api/v1/articles/{article_id}/labels/{label}",
        "/api/v1/articles/{article_id}/notes/{note_id}",
    }
