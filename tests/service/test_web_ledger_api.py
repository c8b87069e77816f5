"""Buku Angka as JSON: what other programs of the agency build on."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.domain.ledger.claim import LedgerFilter
from service.web.desk import Desk
from service.web.security import LARGEST_BODY
from tests.service.ledger_sample import REVIEWER, small_desk
from tests.service.signed_in import signed_in
from tests.service.test_web_ledger import CROSS_SITE, PALEMBANG, stated

CLAIMS = "/api/v1/figures/claims"


@pytest.fixture(scope="module")
def desk() -> Desk:
    """For tests that only read."""
    return small_desk()


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


@pytest.fixture
def own() -> Desk:
    """For tests that decide."""
    return small_desk()


@pytest.fixture
def writer(own: Desk) -> TestClient:
    return signed_in(own, name=REVIEWER)


def asked(client: TestClient, address: str, **parameters: Any) -> Any:
    answer = client.get(address, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_statements_come_with_all_that_they_say(client: TestClient, desk: Desk) -> None:
    row = asked(client, "/api/v1/figures", region="35.09", text="penerima upah", limit=1)["figures"][0]
    statement = desk.ledger.statement(row["id"])
    assert statement is not None
    assert (row["claim_id"], row["region_code"], row["segment"]) == (statement.claim_id, "35.09", "PU")
    assert row["sentence"][row["sentence_offset"] :].startswith(row["surface"])
    assert row["resolved"] == [{"slot": "region", "value": "Jember", "origin": "headline", "source": "Jember"}]
    assert (row["confidence"], row["verdict"], row["speaker_title"]) == (0.71, None, None)


@pytest.mark.parametrize(
    ("parameters", "surfaces"),
    [
        ({"region": PALEMBANG, "period": "2026-10"}, {"31,93 persen", "35,06 persen"}),
        ({"region": "Kota Palembang", "period": "2026-10"}, {"31,93 persen", "35,06 persen"}),
        ({"status": "stale"}, {"31,93 persen"}),
        ({"status": "corrected"}, {"150 persen"}),
        ({"kind": "target", "since": "2026-10-01"}, {"52 persen"}),
        ({"metric": "claims_paid", "text": "garut"}, {"Rp27 Miliar", "Rp2,7 miliar"}),
        ({"outlet": "hariantimur", "until": "2026-02-28"}, {"28,9 persen"}),
    ],
)
def test_statements_are_filtered(client: TestClient, parameters: dict[str, str], surfaces: set[str]) -> None:
    answer = asked(client, "/api/v1/figures", **parameters)
    assert {row["surface"] for row in answer["figures"]} == surfaces
    assert answer["total"] == len(answer["figures"])


def test_claims_come_with_spread_findings_and_standing(client: TestClient) -> None:
    answer = asked(client, CLAIMS, region=PALEMBANG, period="2026-06")
    assert (answer["total"], answer["conflicts"]) == (2, 2)
    claim = next(it for it in answer["claims"] if it["outlets"] == 4)
    assert claim["first"] < claim["last"]
    finding = claim["findings"][0]
    assert (finding["check"], finding["is_conflict"], len(finding["statements"])) == ("outlets", True, 5)
    assert finding["arithmetic"].endswith("selisih 1,17 poin persen.")
    assert claim["standing"]["verdict"] == "agrees"
    assert claim["standing"]["official"]["source"] == "Laporan cabang"
    whole = asked(client, f"{CLAIMS}/{claim['id']}")
    assert [row["outlet"] for row in whole["restatements"]] == [
        "kabarsukamaju",
        "suarapesisir",
        "lensaborneo",
        "kilasnusantara",
    ]
    assert {name: whole[name] for name in claim} == claim


def test_a_stale_claim_comes_with_what_the_series_says_now(client: TestClient) -> None:
    claim = asked(client, CLAIMS, status="stale")["claims"][0]
    assert claim["standing"]["newer"]["value"] == 35.06
    assert claim["standing"]["difference"] == 0


def test_the_official_series_and_the_chart_are_told(client: TestClient) -> None:
    series = asked(client, "/api/v1/figures/official", metric="coverage", region=PALEMBANG)
    assert [row["period"] for row in series] == ["2025-12", "2026-03", "2026-06", "2026-09", "2026-10"]
    chart = asked(client, "/api/v1/figures/chart", metric="coverage", region=PALEMBANG)
    assert (chart["unit"], chart["official"]) == ("percent", series)
    assert {point["role"] for point in chart["points"]} == {"stated", "target"}
    assert sum(point["has_conflict"] for point in chart["points"]) == 4


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{CLAIMS}/none", 404),
        (f"{CLAIMS}/{'a' * 65}", 422),
        (f"{CLAIMS}?limit=1000", 422),
        (f"{CLAIMS}?status=zzz", 422),
        (f"{CLAIMS}?period=Juni", 422),
        (f"{CLAIMS}?region={'a' * 121}", 422),
        ("/api/v1/figures/chart?metric=coverage", 422),
        ("/api/v1/figures/chart?metric=coverage&region=99", 404),
    ],
)
def test_errors_are_problem_documents(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_figure_is_decided(writer: TestClient, own: Desk) -> None:
    statement = stated(own, "33,10 persen")
    decision = {"verdict": "corrected", "changes": {"value": 31.93}, "note": "Salah kutip."}
    answer = writer.post(f"/api/v1/figures/{statement.id}/review", json=decision)
    assert answer.status_code == 200
    row = answer.json()
    assert (row["id"], row["value"], row["verdict"]) == (statement.id, 31.93, "corrected")
    assert [it.by for it in own.ledger.reviews(statement_id=statement.id)] == [REVIEWER]
    assert row["claim_id"] == stated(own, "31,93 persen", region=PALEMBANG, period="2026-06").claim_id
    back = writer.post(f"/api/v1/figures/{statement.id}/review", json={"verdict": None})
    assert (back.json()["value"], back.json()["verdict"]) == (33.1, None)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ({"verdict": "confirmed", "note": "a" * 501}, 422),
        ({"verdict": "confirmed", "by": "Orang Lain"}, 422),
        ({"verdict": "confirmed", "changes": {"value": 1}}, 400),
        ({"verdict": "corrected", "changes": {"value": -1}}, 400),
        ({"verdict": "corrected", "changes": {"id": "x"}}, 400),
        ({"verdict": "corrected", "changes": {"region_code": "99.99"}}, 400),
        ({"verdict": "maybe"}, 422),
        ({}, 422),
        ({"verdict": "confirmed", "more": 1}, 422),
        ({"verdict": "confirmed", "note": "a" * LARGEST_BODY}, 413),
        ([], 422),
    ],
)
def test_a_decision_that_cannot_be_recorded_is_a_problem(
    writer: TestClient, own: Desk, decision: Any, status: int
) -> None:
    before = own.ledger.reviews()
    answer = writer.post(f"/api/v1/figures/{stated(own, '33,10 persen').id}/review", json=decision)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert own.ledger.reviews() == before


def test_a_decision_about_nothing_is_not_found(writer: TestClient) -> None:
    answer = writer.post("/api/v1/figures/none/review", json={"verdict": "confirmed"})
    assert answer.status_code == 404


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_other_sites_decide_nothing(writer: TestClient, own: Desk, headers: dict[str, str]) -> None:
    statement = stated(own, "33,10 persen")
    decision = {"verdict": "rejected"}
    answer = writer.post(f"/api/v1/figures/{statement.id}/review", json=decision, headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (403, "Forbidden")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert own.ledger.find(LedgerFilter(status="rejected"))[0] == 0
