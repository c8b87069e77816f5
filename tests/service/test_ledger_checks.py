"""What does not add up: articles with one planted error each, articles that must pass, and each check alone."""

import json
import tomllib
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nlp.analyser import Analyser
from nlp.analysis import ArticleText
from nlp.profile import read_agency
from service.domain.article import Article
from service.domain.ledger.checks import Finding, check_article, check_subject
from service.domain.ledger.statement import Statement, Subject, statements_of
from service.domain.wording.findings import arithmetic, explanation
from service.settings import ROOT
from tests.service.builders import NOW, a_statement

DATA = Path(__file__).parent / "data"


def cases_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


CASES = cases_of("ledger_cases.jsonl")
MORE = cases_of("ledger_cases_more.jsonl")
"""Written after the checks, in four lots (M, N, K, J) that were each run once before anything was mended on them."""


@cache
def analyser() -> Analyser:
    return Analyser(read_agency(tomllib.loads((ROOT / "config" / "agency.toml").read_text("utf-8")), "agency.toml"))


def findings_in(case: dict[str, Any]) -> list[Finding]:
    """All that is found in the articles of a case, each alone and against each other."""
    found: list[Finding] = []
    subjects: defaultdict[Subject, list[Statement]] = defaultdict(list)
    for number, printed in enumerate(case["articles"]):
        moment = datetime.fromisoformat(printed["published"])
        text = ArticleText(f"{case['id']}-{number}", printed["text"], printed["title"], moment, printed["outlet"])
        (analysis,) = analyser().analyse([text])
        article = Article(
            id=text.id,
            url=f"https://{printed['outlet']}.example/{text.id}",
            outlet=printed["outlet"],
            title=printed["title"],
            text=printed["text"],
            found=moment,
            analysis=analysis,
            published=moment,
            story_id=case["id"],
        )
        statements = statements_of(article)
        found += check_article(statements)
        for statement in statements:
            if statement.subject is not None:
                subjects[statement.subject].append(statement)
    return found + [finding for group in subjects.values() for finding in check_subject(group)]


def test_the_table_holds_every_kind_of_error_and_as_many_articles_that_pass() -> None:
    planted = [case["expect"] for case in CASES if case["expect"]]
    assert {kind: planted.count(kind) for kind in set(planted)} == dict.fromkeys(
        ("sum", "change", "base", "points", "scale", "over_all", "headline", "outlets"), 4
    )
    assert len(CASES) - len(planted) == 32


@pytest.mark.parametrize("case", [*CASES, *MORE], ids=lambda case: f"{case['id']}-{case['expect'] or 'passes'}")
def test_a_planted_error_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    conflicts = [finding for finding in findings_in(case) if finding.is_conflict]
    wanted = {case["expect"]} if case["expect"] else set()
    assert {finding.check for finding in conflicts} == wanted, (case["why"], [arithmetic(it) for it in conflicts])


def test_definitions_are_offered_as_explanation_before_a_conflict_is_told() -> None:
    explained = {
        case["id"]: [explanation(it) for it in findings_in(case) if not it.is_conflict]
        for case in CASES
        if case["id"] in ("L08", "L34")
    }
    assert explained == {
        "L08": [
            "Mungkin bukan salah: segmen pesertanya berbeda dan persentasenya dari pembagi yang berbeda.",
        ],
        "L34": ["Mungkin bukan salah: segmen pesertanya berbeda."],
    }


def test_the_arithmetic_is_told_in_words() -> None:
    told = {
        case["id"]: arithmetic(findings_in(case)[0])
        for case in CASES
        if case["id"] in ("L22", "L62", "L59", "L47", "L23", "L45", "L31", "L28", "L06", "L03", "L36")
    }
    assert told == {
        "L22": "97.450 + 31.200 + 12.650 = 141.300 orang, tertulis 148.300 orang: selisih 7.000 orang.",
        "L62": "54 + 29 + 22 = 105 persen, seharusnya 100 persen.",
        "L59": "Dari 412.300 orang menjadi 486.700 orang adalah naik 18,05 persen, tertulis “6,5 persen”.",
        "L47": (
            "Turun dari 48,1 persen menjadi 44,2 persen adalah 3,9 poin persen, atau 8,11 persen secara relatif; "
            "tertulis “3,9 Persen”."
        ),
        "L23": "12.000 dari 90.000 orang adalah 13,33 persen, tertulis “38 persen”.",
        "L45": "24.000 orang adalah 4,2 persen dari 571.429 orang, padahal disebut 52.000 orang.",
        "L31": "Tertulis “412”, di isi berita “41,2 juta”: kata ribu, juta, atau miliar hilang.",
        "L28": "“Rp93,6” tidak mungkin: kata ribu, juta, atau miliar mungkin hilang.",
        "L06": "“120 persen” melebihi 100 persen: yang terlindungi tidak mungkin lebih banyak daripada semuanya.",
        "L03": "Judul menulis “18,6 Persen”, isi berita “16,8 persen”: selisih 1,8 poin persen.",
        "L36": "teluk-harian menulis 8.415 kasus; beruang-madu-news menulis 8.145 kasus: selisih 270 kasus.",
    }


# --- from built statements -----------------------------------------------------------------------------------------


def people(surface: str, low: int | str, sentence: str, position: int, **changes: Any) -> Statement:
    fields: dict[str, Any] = {"metric": "membership", "kind": "count", "unit": "people", "id": f"st{position}"}
    return a_statement(surface, low=low, sentence=sentence, position=position, **fields | changes)


BREAKDOWN = (
    "Peserta aktif 39,70 juta orang, terdiri dari 25,43 juta PU, 8,99 juta BPU, 4,64 juta Jakon dan 0,64 juta PMI."
)


def breakdown(whole: str = "39,70", sentence: str = BREAKDOWN) -> list[Statement]:
    sentence = sentence.replace("39,70", whole)
    numbers = [whole, "25,43", "8,99", "4,64", "0,64"]
    return [
        people(f"{number} juta", Decimal(number.replace(",", ".")) * 1_000_000, sentence, position)  # type: ignore[arg-type]
        for position, number in enumerate(numbers)
    ]


def test_parts_that_make_their_whole_pass() -> None:
    assert check_article(breakdown()) == []


def test_parts_may_miss_their_whole_by_rounding() -> None:
    assert check_article(breakdown("39,72")) == []
    assert [finding.check for finding in check_article(breakdown("39,80"))] == ["sum"]


def test_parts_that_are_only_some_need_not_make_the_whole() -> None:
    assert check_article(breakdown("48,00", BREAKDOWN.replace("terdiri dari", "di antaranya"))) == []


def test_a_rejected_statement_is_held_against_nothing() -> None:
    wrong = breakdown("44,70")
    assert check_article([replace(wrong[0], verdict="rejected"), *wrong[1:]]) == []


def level(surface: str, outlet: str, **changes: Any) -> Statement:
    low = surface.split()[0].replace(",", ".")
    fields = {"id": f"{outlet}-{surface}", "outlet": outlet, "article_id": f"a-{outlet}", "low": low} | changes
    return a_statement(surface, **fields)


def test_two_outlets_with_different_values_conflict() -> None:
    (finding,) = check_subject([level("31,93 persen", "a"), level("33,10 persen", "b"), level("31,93 persen", "c")])
    assert finding.is_conflict
    assert {term.outlet for term in finding.terms} == {"a", "b", "c"}


@pytest.mark.parametrize("surface", ["31,9 persen", "32 persen", "31,93 persen"])
def test_rounding_is_no_conflict(surface: str) -> None:
    assert check_subject([level("31,93 persen", "a"), level(surface, "b")]) == []


def test_one_outlet_may_state_several_values() -> None:
    listed = [level("31,93 persen", "a"), level("45,10 persen", "a"), level("33,10 persen", "b")]
    assert check_subject(listed) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"segment": "BPU"}, "Mungkin bukan salah: segmen pesertanya berbeda."),
        ({"program": "JKK"}, "Mungkin bukan salah: programnya berbeda."),
        ({"status": "inactive"}, "Mungkin bukan salah: yang satu menghitung peserta aktif saja."),
        ({"comparator": "about"}, "Mungkin bukan salah: salah satunya angka kira-kira."),
        (
            {"sentence": "Secara kumulatif cakupan kepesertaan 35,10 persen."},
            "Mungkin bukan salah: yang satu angka kumulatif, yang lain tidak.",
        ),
        (
            {"sentence": "Cakupan kepesertaan 35,10 persen dari angkatan kerja."},
            "Mungkin bukan salah: persentasenya dari pembagi yang berbeda.",
        ),
    ],
)
def test_a_difference_of_definition_explains(changes: dict[str, Any], told: str) -> None:
    (finding,) = check_subject([level("31,93 persen", "a"), level("35,10 persen", "b", **changes)])
    assert not finding.is_conflict
    assert explanation(finding) == told


@pytest.mark.parametrize(
    ("surface", "comparator"),
    [("45,10 persen", "about"), ("35,10 persen", "more_than"), ("25,10 persen", "less_than")],
)
def test_a_loose_word_does_not_explain_what_it_contradicts(surface: str, comparator: str) -> None:
    (finding,) = check_subject([level("31,93 persen", "a"), level(surface, "b", comparator=comparator)])
    assert finding.is_conflict


def test_a_headline_of_no_one_place_is_not_held_against_one_of_a_list() -> None:
    sentence = "Cakupan Kota Gorontalo 62,1 persen, Kabupaten Boalemo 28,4 persen."
    title = level("41 persen", "a", field="title", sentence="Cakupan Gorontalo 41 persen", region_code="75.71")
    listed = [
        level("62,1 persen", "a", sentence=sentence, region_code="75.71", position=1),
        level("28,4 persen", "a", sentence=sentence, region_code="75.02", position=2),
    ]
    assert check_article([title, *listed]) == []
    assert [it.check for it in check_article([title, listed[0]])] == ["headline"]


def test_the_end_of_a_year_may_be_told_at_different_times_of_it() -> None:
    early = level("31,93 persen", "a", period="2026")
    late = level("40,10 persen", "b", period="2026", moment=NOW + timedelta(days=60))
    (finding,) = check_subject([early, late])
    assert explanation(finding) == "Mungkin bukan salah: tanggalnya berbeda di tahun yang sama."


def test_claims_up_to_a_month_are_not_those_of_the_month() -> None:
    fields: dict[str, Any] = {"metric": "claims_paid", "kind": "amount", "unit": "IDR", "period": "2026-06"}
    until = level("Rp30,1 miliar", "a", low="30.1e9", sentence="Hingga Juni 2026 klaim Rp30,1 miliar.", **fields)
    within = level("Rp5,2 miliar", "b", low="5.2e9", sentence="Pada Juni 2026 klaim Rp5,2 miliar.", **fields)
    assert [finding.explanations for finding in check_subject([until, within])] == [("cumulative",)]
    assert check_subject([within, replace(until, sentence="Klaim Rp30,1 miliar.", offset=6)])[0].is_conflict


def test_what_a_person_confirmed_or_most_outlets_print_is_told_first_and_looked_at_last() -> None:
    rare, usual = level("33,10 persen", "c"), [level("31,93 persen", "a"), level("31,93 persen", "b")]
    (finding,) = check_subject([rare, *usual])
    assert [term.outlet for term in finding.terms] == ["a", "b", "c"]
    assert finding.statements[0] == rare.id
    (finding,) = check_subject([replace(rare, verdict="confirmed"), *usual])
    assert finding.terms[0].outlet == "c"
    assert finding.statements[-1] == rare.id


def test_averages_are_held_against_nothing() -> None:
    per_day = level("12 persen", "b", sentence="Klaim rata-rata 12 persen.")
    assert check_subject([level("31,93 persen", "a"), per_day]) == []


def test_targets_and_levels_are_not_held_against_each_other() -> None:
    assert check_subject([level("31,93 persen", "a"), level("52,00 persen", "b", kind="target")]) == []


def test_hundreds_of_statements_are_a_table_and_end_the_check() -> None:
    many = [people("100", 100, "Peserta 100 orang.", position) for position in range(5_000)]
    assert check_article(many) == []


def test_many_outlets_are_told_in_one_sentence() -> None:
    restated = [level("31,93 persen", f"o{number:03}") for number in range(150)]
    (finding,) = check_subject([*restated, level("39,13 persen", "x")])
    told = arithmetic(finding)
    assert told.startswith("o000, o001, o002, o003 dan 146 media lain menulis 31,93 persen; x menulis 39,13 persen")


def test_thousands_of_values_end_the_check() -> None:
    many = [level(f"{number},5 persen", f"o{number}", segment=f"S{number}") for number in range(1, 3_000)]
    assert [finding.is_conflict for finding in check_subject(many)] == [False]
