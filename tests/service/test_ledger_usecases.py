"""Checking, reviewing, importing and exporting the ledger."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.domain.article import Article
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import LedgerFilter
from service.domain.ledger.official import OfficialFigure, Standing
from service.domain.ledger.review import Verdict
from service.domain.ledger.statement import Statement, statements_of
from service.errors import ReviewError, UnknownStatement
from service.usecases.ledger import (
    ImportOfficial,
    LedgerChecks,
    OfficialReport,
    ReviewFigure,
    check_entered,
    check_ledger,
    corrections,
)
from tests.service.builders import NOW, ManualClock, a_page
from tests.service.stores import STORES, AnyStore
from tests.service.test_ingest import Desk
from tests.service.test_ledger_contract import a_coverage, stating

NAMES = {"19.71": "Kota Pangkal Pinang", "19": "Kepulauan Bangka Belitung"}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    yield store
    store.close()


def over_hundred(statements: Sequence[Statement]) -> list[Finding]:
    return [Finding("over_all", (it.id,), ()) for it in statements if it.low > 100 and it.verdict != "rejected"]


def differing(statements: Sequence[Statement]) -> list[Finding]:
    if len({it.low for it in statements}) < 2:
        return []
    return [Finding("outlets", tuple(it.id for it in statements), ())]


def compared(statement: Statement, series: Sequence[OfficialFigure]) -> Standing | None:
    held = next((it for it in series if it.period == statement.period), None)
    if held is None:
        return None
    return Standing("agrees" if held.value == statement.low else "differs", held, statement.low - held.value)


CHECKS = LedgerChecks(over_hundred, differing, compared)


def enter(store: AnyStore, *articles: Article) -> None:
    for article in articles:
        with store.transaction() as transaction:
            check_ledger(transaction, article.id, transaction.add(article), CHECKS)


def reviewing(store: AnyStore) -> ReviewFigure:
    return ReviewFigure(store, store.ledger, ManualClock(), lambda code: NAMES.get(code, code), CHECKS)


def checks_of(store: AnyStore) -> list[str]:
    claims = store.ledger.claims(LedgerFilter()).claims
    return sorted({finding.check for claim in claims for finding in claim.findings})


def test_an_article_is_checked_when_it_is_entered(store: AnyStore) -> None:
    first = stating("satu")
    enter(store, first)
    assert checks_of(store) == []
    enter(store, stating("dua", a_coverage(131.93), outlet="lain.example"))
    assert checks_of(store) == ["outlets", "over_all"]
    enter(store, stating("dua", outlet="lain.example"))
    assert checks_of(store) == []


def test_the_subjects_an_article_left_are_checked_again(store: AnyStore) -> None:
    enter(store, stating("satu"), stating("dua", a_coverage(40.5)))
    assert checks_of(store) == ["outlets"]
    enter(store, stating("dua", a_coverage(40.5, period="2026-07")))
    assert checks_of(store) == []
    enter(store, stating("dua", a_coverage(40.5)), stating("dua", relevance="irrelevant"))
    assert checks_of(store) == []


def test_several_articles_are_checked_together(store: AnyStore) -> None:
    one, two = stating("satu"), stating("dua", a_coverage(140.5))
    with store.transaction() as transaction:
        touched = transaction.add(one) | transaction.add(two)
        check_entered(transaction, [one.id, two.id], touched, CHECKS)
    assert checks_of(store) == ["outlets", "over_all"]


def test_ingest_checks_what_it_stores(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def see(statements: Sequence[Statement]) -> list[Finding]:
        seen.append([statement.surface for statement in statements])
        return []

    desk = Desk(checks=LedgerChecks(see, see, compared))
    desk.take(a_page())
    assert seen == [["10,97 persen"]]


def test_a_replay_keeps_what_people_decided() -> None:
    desk, page = Desk(), a_page()
    desk.take(page)
    [statement] = statements_of(desk.stored(page))
    assert isinstance(desk.store, AnyStore)
    review = ReviewFigure(desk.store, desk.store.ledger, desk.clock, lambda code: code)
    review.run(statement.id, "corrected", "Rani", {"value": "9,7"})
    report = desk.take(page, again=True)
    assert (report.changed, report.figures) == (1, 1)
    assert [figure.value for figure in desk.stored(page).figures] == [9.7]
    review.run(statement.id, "rejected", "Rani")
    assert desk.take(page, again=True).figures == 0
    assert desk.stored(page).figures == ()


def test_a_correction_holds_at_once_everywhere(store: AnyStore) -> None:
    article, other = stating("satu"), stating("dua", a_coverage(39.13), outlet="lain.example")
    enter(store, article, other)
    store.mark_indexed([article.id, other.id], NOW)
    assert checks_of(store) == ["outlets"]
    [statement] = statements_of(other)
    after = reviewing(store).run(statement.id, "corrected", " Rani ", {"value": "31,93"}, note="salah ketik")
    assert (after.low, after.verdict) == (Decimal("31.93"), "corrected")
    assert checks_of(store) == []
    assert store.ledger.claims(LedgerFilter()).total == 1
    [review] = store.ledger.reviews()
    assert (review.by, review.changes, review.note, review.at) == ("Rani", {"value": 31.93}, "salah ketik", NOW)
    assert (review.said["value"], review.said["surface"]) == (39.13, "39,13 persen")
    assert store.not_indexed(10) == []
    before = reviewing(store).run(statement.id, None, "Rani")
    assert (before.low, before.verdict) == (Decimal("39.13"), None)
    assert checks_of(store) == ["outlets"]


def test_a_rejected_figure_is_in_no_finding(store: AnyStore) -> None:
    article = stating("satu", a_coverage(131.93))
    enter(store, article)
    [statement] = statements_of(article)
    assert reviewing(store).run(statement.id, "rejected", "Rani").verdict == "rejected"
    assert store.ledger.claims(LedgerFilter(status="rejected")).claims[0].findings == ()
    assert reviewing(store).run(statement.id, "confirmed", "Rani").verdict == "confirmed"
    assert checks_of(store) == ["over_all"]


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        ({"value": "1.608.431"}, {"value": 1_608_431.0}),
        ({"value": 40}, {"value": 40.0}),
        ({"value": ["30", "40,5"]}, {"value": [30.0, 40.5]}),
        ({"region_code": "19"}, {"region_code": "19", "region": "Kepulauan Bangka Belitung"}),
        ({"region_code": "ID"}, {"region_code": "ID", "region": "Indonesia"}),
        ({"region": " Pulau  Rotan "}, {"region": "Pulau Rotan", "region_code": None}),
        ({"region_code": ""}, {"region_code": None, "region": None}),
        ({"period": "2024-01/2024-06"}, {"period": "2024-01/2024-06"}),
        ({"period": ""}, {"period": None}),
        ({"metric": "membership", "unit": "people", "kind": "count"}, None),
        ({"direction": "up", "comparator": "about", "segment": "BPU", "program": "JHT", "status": "active"}, None),
        ({"from": "20,5", "to": None, "value": 31.5}, {"from": 20.5, "value": 31.5}),
        (
            {"speaker": "Wulan", "speaker_title": "Kepala cabang", "value": 31.93},
            {"speaker": "Wulan", "speaker_title": "Kepala cabang"},
        ),
    ],
)
def test_corrections_are_read_as_people_write_them(
    store: AnyStore, changes: dict[str, Any], read: dict[str, Any] | None
) -> None:
    article = stating("satu")
    enter(store, article)
    [statement] = statements_of(article)
    reviewing(store).run(statement.id, "corrected", "Rani", changes)
    assert store.ledger.reviews()[0].changes == (changes if read is None else read)
    again = store.get(article.id)
    assert again is not None
    assert again.judged_figures[0].verdict == "corrected"


@pytest.mark.parametrize(
    ("verdict", "changes", "message"),
    [
        ("corrected", {}, "setidaknya satu"),
        ("corrected", {"value": 31.93, "metric": "coverage"}, "setidaknya satu"),
        ("corrected", {"surface": "x"}, "tidak dapat dikoreksi"),
        ("corrected", {"value": "banyak"}, "bukan angka"),
        ("corrected", {"value": "31.930"}, "bukan angka"),
        ("corrected", {"value": -3}, "arah turun"),
        ("corrected", {"value": float("nan")}, "arah turun"),
        ("corrected", {"value": True}, "harus diisi dengan angka"),
        ("corrected", {"value": None}, "harus diisi dengan angka"),
        ("corrected", {"value": [4, 3]}, "lebih kecil"),
        ("corrected", {"value": [1, 2, 3]}, "dua nilai"),
        ("corrected", {"metric": "cuaca"}, "Metrik 'cuaca' tidak dikenal"),
        ("corrected", {"metric": ""}, "Metrik None tidak dikenal"),
        ("corrected", {"unit": ["percent"]}, "Satuan"),
        ("corrected", {"period": "Juni"}, "Periode 'Juni' tidak terbaca"),
        ("corrected", {"period": "2024-13"}, "tidak terbaca"),
        ("corrected", {"region_code": "99.99"}, "Kode wilayah '99.99' tidak dikenal"),
        ("corrected", {"region": 5}, "harus berupa teks"),
        ("corrected", {"speaker": "x" * 300}, "terlalu panjang"),
        ("corrected", {"metric": "cuaca", "unit": "karung"}, "Metrik .* Satuan"),
        ("confirmed", {"value": 3}, "Hanya koreksi"),
        ("rejected", {"value": 3}, "Hanya koreksi"),
        (None, {"value": 3}, "Hanya koreksi"),
    ],
)
def test_a_decision_that_cannot_be_says_why(
    store: AnyStore, verdict: Verdict | None, changes: dict[str, Any], message: str
) -> None:
    article = stating("satu")
    enter(store, article)
    [statement] = statements_of(article)
    with pytest.raises(ReviewError, match=message):
        reviewing(store).run(statement.id, verdict, "Rani", changes)
    assert store.ledger.reviews() == []


def test_a_decision_needs_a_name_and_a_figure(store: AnyStore) -> None:
    article = stating("satu")
    enter(store, article)
    [statement] = statements_of(article)
    with pytest.raises(ReviewError, match="nama"):
        reviewing(store).run(statement.id, "confirmed", " ")
    with pytest.raises(UnknownStatement):
        reviewing(store).run("nowhere", "confirmed", "Rani")


def an_official(value: str, period: str = "2026-06") -> OfficialFigure:
    return OfficialFigure("coverage", "19.71", period, Decimal(value), "percent", "laporan bulanan")


def test_an_import_holds_every_claim_of_its_metrics_against_the_series(store: AnyStore) -> None:
    enter(store, stating("satu"), stating("dua", a_coverage(40.5)), stating("lain", a_coverage(metric="fund")))
    enter(store, stating("mana", a_coverage(region_code=None)))
    importing = ImportOfficial(store, store.ledger, ManualClock(), CHECKS)
    assert importing.run([an_official("31.93"), an_official("30.1", "2026-05")]) == OfficialReport(
        new=2, agrees=1, differs=1
    )
    assert [claim.statement.low for claim in store.ledger.claims(LedgerFilter(status="differs")).claims] == [
        Decimal("40.5")
    ]
    enter(store, stating("tiga", a_coverage(30.5, period="2026-05")))
    assert store.ledger.counts()["differs"] == 2
    assert importing.run([an_official("40.5")]) == OfficialReport(replaced=1, agrees=1, differs=2)
    assert importing.run([an_official("40.5")]) == OfficialReport(replaced=1, agrees=1, differs=2)
    assert importing.run([]) == OfficialReport()


def test_corrections_are_told_as_pairs_to_learn_from(store: AnyStore) -> None:
    articles = [stating(f"berita-{at}", a_coverage(31.5 + at)) for at in range(4)]
    enter(store, *articles)
    clock = ManualClock()
    review = ReviewFigure(store, store.ledger, clock, lambda code: code, CHECKS)

    def decide(at: int, verdict: Verdict | None, **changes: Any) -> None:
        review.run(statements_of(articles[at])[0].id, verdict, "Rani", changes)
        clock.advance(timedelta(minutes=1))

    decide(0, "corrected", value=32)
    decide(1, "rejected")
    decide(2, "confirmed")
    decide(3, "rejected")
    decide(3, None)
    decide(0, "corrected", value=33)
    rows = list(corrections(store.ledger))
    assert [(row["verdict"], row["figure"] and row["figure"]["value"], row["said"]["value"]) for row in rows] == [
        ("rejected", None, 32.5),
        ("confirmed", 33.5, 33.5),
        ("corrected", 33.0, 31.5),
    ]
    assert rows[0]["sentence"] == "Cakupan di sana 32,5 persen per Juni."
    assert (rows[2]["by"], rows[2]["at"]) == ("Rani", (NOW + timedelta(minutes=5)).isoformat())
