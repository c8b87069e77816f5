"""Text from the web and from people must stay text in the ledger, and large texts must not make large pages."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from nlp.analysis import Resolution, Span
from service.domain.ledger.checks import Finding, Term
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.official import OfficialFigure
from service.domain.ledger.review import Review
from service.domain.ledger.statement import Statement
from service.usecases.ledger import ImportOfficial
from service.web.desk import Desk, OutletInfo
from tests.service.builders import NOW, ManualClock
from tests.service.desk_sample import desk_over
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeArchive, FakeStore
from tests.service.signed_in import signed_in
from tests.service.test_ledger_contract import a_coverage, stating
from tests.service.test_web_hostile import EVIL, REVERSED, assert_inert
from tests.service.test_web_pages import assert_well_formed

FORMULA = '=HYPERLINK("https://evil.example";"klik")'
TEXTS = {
    "script": f"{EVIL} 31,93 persen {EVIL}",
    "reversed": f"{REVERSED} 31,93 persen {REVERSED}",
    "formula": f"{FORMULA} 31,93 persen",
    "ten megabytes": "klaim<i>&\"' " * 400_000 + "31,93 persen" + " klaim<i>&\"'" * 400_000,
    "without blanks": "a" * 50_000 + "31,93 persen" + "b" * 50_000,
}


@pytest.fixture(scope="module", params=TEXTS)
def desk(request: pytest.FixtureRequest) -> Desk:
    """Two outlets that state one claim, and one that states another of the same subject, all of them hostile."""
    text, outlet = TEXTS[request.param], '"><script>alert(5)</script>'
    store = FakeStore()
    origin: Any = EVIL
    figure = a_coverage(
        31.93, text, speaker=EVIL, speaker_title=EVIL, region=EVIL, segment=EVIL, program=EVIL, status=EVIL,
        resolved=(Resolution("region", EVIL, origin, Span("title", 0, 9, EVIL)),), comparator=EVIL, direction=EVIL,
    )  # fmt: skip
    aim = replace(figure, kind="target", value=52.0)
    with store.transaction() as transaction:
        for number in range(3):
            figures = (figure, aim) if number else (replace(figure, value=33.1),)
            scripted = f"javascript:alert({number})"
            transaction.add(
                stating(f"jahat-{number}", *figures, title=EVIL, outlet=outlet, url=scripted, id=f"j{number}")
            )
    series = [OfficialFigure("coverage", "19.71", f"2026-0{it}", Decimal(it), "percent", EVIL, EVIL) for it in (5, 6)]
    ImportOfficial(store, store.ledger, ManualClock()).run(series)
    statements = [it for it, _ in store.ledger.each(LedgerFilter())]
    terms = tuple(Term("stated", it.low, EVIL, EVIL, EVIL) for it in statements)
    with store.transaction() as transaction:
        transaction.put_findings("jahat", [Finding("outlets", tuple(it.id for it in statements), terms)])
        first, fields = statements[0], {"speaker": EVIL, "region": REVERSED, "value": 31.93}
        for number, verdict in enumerate(("confirmed", "corrected", None)):
            at, changes = NOW + number * timedelta(minutes=1), fields if verdict == "corrected" else {}
            transaction.record_review(Review(first.id, first.article_id, verdict, EVIL, at, changes, fields, EVIL))  # type: ignore[arg-type]
    known = desk_over(FakeIndex(), store, FakeArchive())
    outlets = (OutletInfo(outlet, EVIL, "javascript:alert(7)", EVIL, EVIL),)
    return replace(known, agency_name=EVIL, region_name=lambda code: f"{EVIL}{code}", outlets=outlets)


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    return signed_in(desk)


def everything(desk: Desk) -> list[Statement]:
    return [it for it, _ in desk.ledger.each(LedgerFilter())]


def test_nothing_hostile_acts_on_the_pages_of_the_ledger(client: TestClient, desk: Desk) -> None:
    statements = everything(desk)
    claims = {f"/angka/klaim/{it.claim_id}?angka={it.id}&dicatat=%3Cscript%3E" for it in statements}
    articles = {f"/artikel/{it.article_id}" for it in statements}
    for address in ("/angka", "/angka?grafik=19.71&wilayah=%22%3E%3Cscript%3E", *claims, *articles):
        answer = client.get(address)
        assert answer.status_code == 200
        assert_inert(answer.text)
        assert_well_formed(answer.text)
    assert '<circle class="stated"' in client.get("/angka").text


def test_what_people_type_stays_text(client: TestClient, desk: Desk) -> None:
    statement = everything(desk)[0]
    form = dict.fromkeys(("catatan", "nilai", "wilayah", "periode", "segmen", "narasumber"), EVIL + REVERSED)
    answer = client.post(f"/angka/{statement.id}/tinjau", data=form | {"putusan": "koreksi"})
    assert answer.status_code == 400
    assert_inert(answer.text)
    assert_well_formed(answer.text)


def test_a_hostile_cookie_stays_text(desk: Desk) -> None:
    client = signed_in(desk, cookies={"pantau-form": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%00%E2%80%AE"})
    assert_inert(client.get(f"/angka/klaim/{everything(desk)[0].claim_id}").text)


def test_no_cell_of_a_download_is_a_formula(client: TestClient) -> None:
    csv.field_size_limit(20_000_000)
    text = client.get("/angka/unduh.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 6
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))] == []
    sheet = load_workbook(io.BytesIO(client.get("/angka/unduh.xlsx").content)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_api_tells_it_as_json(client: TestClient) -> None:
    for address in ("/api/v1/figures", "/api/v1/figures/claims", "/api/v1/figures/official"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
