"""Each check of the ledger from built statements: a slip, told in words, and its near miss, which passes."""

from decimal import Decimal
from typing import Any

import pytest

from service.domain.ledger.checks import check_article
from service.domain.ledger.statement import Statement
from service.domain.wording.findings import CHECKS, arithmetic
from tests.service.builders import a_statement

Figure = tuple[str, str, dict[str, Any]]
"""Surface, value and what else the statement says."""

PEOPLE = {"metric": "membership", "kind": "count", "unit": "people"}
PAID = {"metric": "claims_paid", "kind": "amount", "unit": "IDR"}
UP = {"kind": "change", "direction": "up"}
DOWN = {"kind": "change", "direction": "down"}


def told(*sentences: tuple[str, list[Figure]]) -> list[tuple[str, str]]:
    """What is found in an article of these sentences, each with its figures; one that begins with # is its title."""
    statements: list[Statement] = []
    for sentence, figures in sentences:
        field = "title" if sentence.startswith("#") else "text"
        for surface, low, changes in figures:
            position = len(statements)
            fields = {"id": f"st{position}", "position": position, "field": field, "low": low} | changes
            statements.append(a_statement(surface, sentence=sentence, **fields))
    return [(finding.check, arithmetic(finding)) for finding in check_article(statements)]


def pair(surface: str, low: str, origin: str, **fields: Any) -> Figure:
    """A figure that came from another value."""
    return surface, low, fields | {"from_": Decimal(origin), "to": Decimal(low)}


# --- sum -----------------------------------------------------------------------------------------------------------

SEGMENTS = "Peserta 40,10 juta orang, terdiri dari 25,43 juta PU, 8,99 juta BPU, 4,64 juta Jakon dan 0,64 juta PMI."
MILLIONS: list[Figure] = [
    (f"{number} juta", str(Decimal(number.replace(",", ".")) * 10**6), PEOPLE)
    for number in ("40,10", "25,43", "8,99", "4,64", "0,64")
]


def test_a_sum_is_told_in_the_scale_and_with_the_decimals_that_were_printed() -> None:
    assert told((SEGMENTS, MILLIONS)) == [
        (
            "sum",
            "25,43 + 8,99 + 4,64 + 0,64 = 39,70 juta orang, tertulis 40,10 juta orang: selisih 0,40 juta orang.",
        )
    ]


@pytest.mark.parametrize(
    "some", ["di antaranya", "antara lain", "termasuk", "sebagian besar terdiri dari 25 kantor dan di antaranya"]
)
def test_some_of_the_parts_need_not_make_the_whole(some: str) -> None:
    assert told((SEGMENTS.replace("terdiri dari", some), MILLIONS)) == []


def test_a_sum_of_different_scales_is_told_in_the_smallest() -> None:
    sentence = "Klaim Rp1,2 triliun, terdiri dari JHT Rp700,5 miliar, JKK Rp147 miliar, dan JKM Rp98 miliar."
    figures: list[Figure] = [
        ("Rp1,2 triliun", "1.2e12", PAID),
        ("Rp700,5 miliar", "700.5e9", PAID | {"program": "JHT"}),
        ("Rp147 miliar", "147e9", PAID | {"program": "JKK"}),
        ("Rp98 miliar", "98e9", PAID | {"program": "JKM"}),
    ]
    assert told((sentence, figures)) == [
        ("sum", "Rp700,5 + 147 + 98 = Rp945,5 miliar, tertulis Rp1.200,0 miliar: selisih Rp254,5 miliar.")
    ]


def test_a_total_may_close_its_parts() -> None:
    def closing(total: str) -> list[tuple[str, str]]:
        sentence = f"JHT 5.210 kasus, JKM 412 kasus, dan JKK 688 kasus, sehingga totalnya {total} kasus."
        count = {"metric": "claims_count", "kind": "count", "unit": "cases"}
        numbers = ("5.210", "412", "688", total)
        return told((sentence, [(it, it.replace(".", ""), count) for it in numbers]))

    assert closing("6.310") == []
    assert closing("6.410") == [
        ("sum", "5.210 + 412 + 688 = 6.310 kasus, tertulis 6.410 kasus: selisih 100 kasus."),
    ]


def test_segments_and_programmes_are_two_breakdowns() -> None:
    sentence = "Peserta 150.000 orang, terdiri dari 98.000 PU, 52.000 BPU, 150.000 JKK dan 101.000 JHT."
    parts = (("98.000", {"segment": "PU"}), ("52.000", {"segment": "BPU"}), ("150.000", {"program": "JKK"}))
    figures: list[Figure] = [("150.000", "150000", PEOPLE)]
    figures += [(surface, surface.replace(".", ""), PEOPLE | part) for surface, part in parts]
    assert told((sentence, figures)) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Komposisi peserta terdiri dari PU 61,5 persen, BPU 24,3 persen, dan Jakon 12,2 persen.",
            [("sum", "61,5 + 24,3 + 12,2 = 98,0 persen, seharusnya 100 persen.")],
        ),
        ("Komposisi peserta terdiri dari PU 61,5 persen, BPU 24,3 persen, dan Jakon 14,1 persen.", []),
        ("Cakupan tiap segmen terdiri dari PU 61,5 persen, BPU 24,3 persen, dan Jakon 12,2 persen.", []),
        ("Peserta terbanyak adalah PU 61,5 persen, BPU 24,3 persen, dan Jakon 12,2 persen.", []),
        ("Komposisi peserta terdiri dari PU 61,5 persen, BPU 14,3 persen, dan PMI 2,2 persen.", []),
    ],
    ids=["lacks two", "rounding", "one of each segment", "no breakdown", "far from all"],
)
def test_percentages_of_one_whole_make_a_hundred(sentence: str, found: list[tuple[str, str]]) -> None:
    surfaces = [f"{part.split()[-1]} persen" for part in sentence.split(" persen")[:3]]
    figures: list[Figure] = [
        (it, it.split()[0].replace(",", "."), {"kind": "share", "metric": "membership"}) for it in surfaces
    ]
    assert told((sentence, figures)) == found


# --- change, points ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "low", "found"),
    [
        ("30 persen", "30", []),
        ("29,9 persen", "29.9", []),
        ("29,8 persen", "29.8", [("change", "29,8 persen")]),
        ("35 persen", "35", [("change", "35 persen")]),
    ],
)
def test_a_percent_change_fits_its_pair(surface: str, low: str, found: list[tuple[str, str]]) -> None:
    sentence = f"Peserta baru naik {surface}, dari 8.000 orang menjadi 10.400 orang."
    figures = [(surface, low, PEOPLE | UP | {"unit": "percent"}), ("8.000", "8000", PEOPLE)]
    assert told((sentence, [*figures, pair("10.400", "10400", "8000", **PEOPLE)])) == [
        (check, f"Dari 8.000 orang menjadi 10.400 orang adalah naik 30 persen, tertulis “{printed}”.")
        for check, printed in found
    ]


def test_rounding_of_the_pair_leaves_a_percent_change_open() -> None:
    sentence = "Peserta naik 5 persen, dari 1,5 juta menjadi 1,6 juta."
    figures: list[Figure] = [
        ("5 persen", "5", PEOPLE | UP | {"unit": "percent"}),
        ("1,5 juta", "1500000", PEOPLE),
        pair("1,6 juta", "1600000", "1500000", **PEOPLE),
    ]
    assert told((sentence, figures)) == []


def test_a_change_may_not_run_against_the_numbers() -> None:
    sentence = "Kasus turun 12,5 persen, dari 640 menjadi 720."
    count = {"metric": "work_accidents", "kind": "count", "unit": "cases"}
    figures = [("12,5 persen", "12.5", count | DOWN | {"unit": "percent"}), ("640", "640", count)]
    assert told((sentence, [*figures, pair("720", "720", "640", **count)])) == [
        ("change", "Dari 640 kasus menjadi 720 kasus adalah naik 12,5 persen, tertulis “12,5 persen”.")
    ]


@pytest.mark.parametrize(("surface", "low", "is_told"), [("45", "45", True), ("36", "36", False)])
def test_an_absolute_change_is_the_distance(surface: str, low: str, is_told: bool) -> None:
    agents = {"metric": "agents", "kind": "count", "unit": "people"}
    sentence = f"Agen bertambah {surface} orang, dari 120 menjadi 156."
    figures = [(surface, low, agents | UP), ("120", "120", agents), pair("156", "156", "120", **agents)]
    sentence_told = "Dari 120 orang menjadi 156 orang adalah naik 36 orang, tertulis “45”."
    assert told((sentence, figures)) == ([("change", sentence_told)] if is_told else [])


@pytest.mark.parametrize(("arrival", "is_told"), [("12.000", True), ("8.300", False)])
def test_a_multiple_is_the_factor(arrival: str, is_told: bool) -> None:
    sentence = f"Peserta naik dua kali lipat dari 4.000 menjadi {arrival}."
    figures = [("dua kali lipat", "2", PEOPLE | UP | {"unit": "times"}), ("4.000", "4000", PEOPLE)]
    sentence_told = "Dari 4.000 orang menjadi 12.000 orang adalah naik 3 kali lipat, tertulis “dua kali lipat”."
    found = told((sentence, [*figures, pair(arrival, arrival.replace(".", ""), "4000", **PEOPLE)]))
    assert found == ([("change", sentence_told)] if is_told else [])


def test_a_change_against_another_time_is_left_alone() -> None:
    sentence = "Peserta dari 300.000 menjadi 420.000, atau naik 2 persen dibanding bulan lalu."
    figures = [("300.000", "300000", PEOPLE), pair("420.000", "420000", "300000", **PEOPLE)]
    assert told((sentence, [*figures, ("2 persen", "2", PEOPLE | UP | {"unit": "percent"})])) == []


def test_every_change_of_a_chain_has_its_own_pair() -> None:
    sentence = "Klaim Rp40 miliar, naik 25 persen menjadi Rp50 miliar, lalu naik 20 persen menjadi Rp60 miliar."
    figures = [
        ("Rp40 miliar", "40e9", PAID),
        ("25 persen", "25", PAID | UP | {"unit": "percent"}),
        pair("Rp50 miliar", "50e9", "40e9", **PAID),
        ("20 persen", "20", PAID | UP | {"unit": "percent"}),
        pair("Rp60 miliar", "60e9", "50e9", **PAID),
    ]
    assert told((sentence, figures)) == []


@pytest.mark.parametrize(
    ("surface", "low", "unit", "found"),
    [
        ("10,97 persen", "10.97", "percent", "points"),
        ("10,97 poin persen", "10.97", "percentage_point", None),
        ("25,57 persen", "25.57", "percent", None),
        ("12 poin persen", "12", "percentage_point", "change"),
    ],
)
def test_percent_is_told_from_points(surface: str, low: str, unit: str, found: str | None) -> None:
    sentence = f"Cakupan turun dari 42,90 persen menjadi 31,93 persen atau turun {surface}."
    figures = [("42,90 persen", "42.90", {}), pair("31,93 persen", "31.93", "42.90", direction="down")]
    sentences = {
        "points": (
            "Turun dari 42,90 persen menjadi 31,93 persen adalah 10,97 poin persen, atau 25,57 persen secara relatif; "
            "tertulis “10,97 persen”."
        ),
        "change": ("Dari 42,90 persen menjadi 31,93 persen adalah turun 10,97 poin persen, tertulis “12 poin persen”."),
    }
    expected = [] if found is None else [(found, sentences[found])]
    assert told((sentence, [*figures, (surface, low, DOWN | {"unit": unit})])) == expected


def test_a_headline_may_print_as_percent_what_the_body_tells_as_two_percentages() -> None:
    found = told(
        ("#Peserta Turun 10,97 Persen", [("10,97 Persen", "10.97", DOWN | {"metric": "membership"})]),
        ("Cakupan per Juni 2025 masih 42,90 persen.", [("42,90 persen", "42.90", {"period": "2025-06"})]),
        ("Kini baru 31,93 persen.", [("31,93 persen", "31.93", {})]),
    )
    assert [check for check, _ in found] == ["points"]


# --- base ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "low", "is_told"),
    [("38 persen", "38", True), ("13 persen", "13", False), ("13,3 persen", "13.3", False)],
)
def test_a_share_is_its_number_of_the_whole(surface: str, low: str, is_told: bool) -> None:
    sentence = f"Sebanyak {surface} atau 12.000 dari 90.000 pekerja terlindungi."
    figures: list[Figure] = [(surface, low, {}), ("12.000", "12000", PEOPLE), ("90.000", "90000", PEOPLE)]
    sentence_told = "12.000 dari 90.000 orang adalah 13,33 persen, tertulis “38 persen”."
    assert told((sentence, figures)) == ([("base", sentence_told)] if is_told else [])


@pytest.mark.parametrize(
    ("total", "changes", "is_told"),
    [("52.000", {}, True), ("547.000", {}, False), ("571.000", {}, False), ("52.000", {"segment": "BPU"}, False)],
    ids=["another total", "the total after", "the total before", "the total of a segment"],
)
def test_a_change_told_twice_implies_the_total(total: str, changes: dict[str, Any], is_told: bool) -> None:
    found = told(
        (
            "Peserta turun 4,2 persen atau 24 ribu orang.",
            [("4,2 persen", "4.2", PEOPLE | DOWN | {"unit": "percent"}), ("24 ribu", "24000", PEOPLE | DOWN)],
        ),
        (f"Peserta {total} orang.", [(total, total.replace(".", ""), PEOPLE | changes)]),
    )
    sentence_told = "24.000 orang adalah 4,2 persen dari 571.429 orang, padahal disebut 52.000 orang."
    assert found == ([("base", sentence_told)] if is_told else [])


def test_a_percentage_of_another_whole_is_no_contradiction() -> None:
    sentence = "Cuma 12 juta dari 41,5 juta pekerja formal, atau 10 persen dari 117 juta angkatan kerja."
    figures: list[Figure] = [
        (surface, low, PEOPLE) for surface, low in (("12 juta", "12e6"), ("41,5 juta", "41.5e6"), ("117 juta", "117e6"))
    ]
    figures.insert(2, ("10 persen", "10", {}))
    assert told((sentence, figures)) == []


def test_the_whole_may_be_the_number_of_the_sentence_before() -> None:
    debt = {"metric": "arrears", "kind": "amount", "unit": "IDR"}
    sentence = "Sebesar Rp2,58 miliar atau 40 persen dari piutang tersebut lunas."
    found = told(
        ("Piutang Rp8,6 miliar.", [("Rp8,6 miliar", "8.6e9", debt)]),
        (
            sentence,
            [("Rp2,58 miliar", "2.58e9", debt), ("40 persen", "40", debt | {"unit": "percent", "kind": "share"})],
        ),
    )
    assert found == [("base", "Rp2,58 miliar dari Rp8,6 miliar adalah 30 persen, tertulis “40 persen”.")]


# --- scale, over_all -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "surface", "low", "changes", "is_told"),
    [
        ("Klaim Rp147,3 dibayarkan.", "Rp147,3", "147.3", PAID, True),
        ("Klaim Rp147,3 miliar dibayarkan.", "Rp147,3 miliar", "147.3e9", PAID, False),
        ("Baru 3,9 pekerja terdaftar.", "3,9", "3.9", PEOPLE, True),
        ("Rata-rata 3,9 pekerja terdaftar.", "3,9", "3.9", PEOPLE, False),
        ("Terdaftar 3,9 pekerja per desa.", "3,9", "3.9", PEOPLE, False),
        ("Sebanyak 3,9 dan 4,1 juta pekerja.", "3,9", "3.9", PEOPLE, False),
        (
            "Tunggakan 30 perusahaan Rp470.000.",
            "Rp470.000",
            "470000",
            {"unit": "IDR", "tags": ("source_error_suspected",)},
            True,
        ),
        ("Biaya Rp2.500 per transaksi.", "Rp2.500", "2500", PAID | {"metric": "other"}, False),
        ("Sepertiga pekerja.", "Sepertiga", "0.3333", PEOPLE, False),
    ],
)
def test_a_number_too_small_has_lost_its_scale_word(
    sentence: str, surface: str, low: str, changes: dict[str, Any], is_told: bool
) -> None:
    sentence_told = f"“{surface}” tidak mungkin: kata ribu, juta, atau miliar mungkin hilang."
    assert told((sentence, [(surface, low, changes)])) == ([("scale", sentence_told)] if is_told else [])


@pytest.mark.parametrize(
    ("title", "surface", "low", "sentence_told"),
    [
        (
            "#Peserta Tembus 412 Orang",
            "412",
            "412",
            "Tertulis “412”, di isi berita “41,2 juta”: kata ribu, juta, atau miliar hilang.",
        ),
        (
            "Peserta 41,2 ribu itu.",
            "41,2 ribu",
            "41200",
            "Tertulis “41,2 ribu”, di isi berita “41,2 juta”: kata ribu, juta, atau miliar tertukar.",
        ),
    ],
)
def test_a_restatement_shows_the_scale_word(title: str, surface: str, low: str, sentence_told: str) -> None:
    body = ("Peserta 41,2 juta orang.", [("41,2 juta", "41200000", PEOPLE)])
    assert told((title, [(surface, low, PEOPLE)]), body) == [("scale", sentence_told)]


def test_one_sum_for_each_of_a_thousand_is_no_lost_scale() -> None:
    heirs = {"metric": "beneficiaries", "kind": "count", "unit": "people"}
    paid = "Dibayar Rp42,5 miliar kepada 1.000 ahli waris."
    each = "Ahli waris menerima Rp42,5 juta."
    figures: list[Figure] = [("Rp42,5 miliar", "42.5e9", PAID), ("1.000", "1000", heirs)]
    assert told((paid, figures), (each, [("Rp42,5 juta", "42.5e6", PAID)])) == []


@pytest.mark.parametrize(
    ("sentence", "changes", "is_told"),
    [
        ("Cakupan 120 persen.", {}, True),
        ("Target cakupan 120 persen.", {"kind": "target"}, True),
        ("Capaian 120 persen.", {"tags": ("achievement",)}, False),
        ("Cakupan 120 persen dari target.", {}, False),
        ("Peserta tumbuh 120 persen.", {"kind": "change"}, False),
        ("Rasio klaim 120 persen.", {"metric": "claims_ratio"}, False),
    ],
)
def test_nobody_covers_more_than_all(sentence: str, changes: dict[str, Any], is_told: bool) -> None:
    sentence_told = "“120 persen” melebihi 100 persen: yang terlindungi tidak mungkin lebih banyak daripada semuanya."
    found = told((sentence, [("120 persen", "120", changes)]))
    assert found == ([("over_all", sentence_told)] if is_told else [])


# --- headline ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "low", "changes", "is_told"),
    [
        ("58,2 persen", "58.2", {}, True),
        ("31,9 persen", "31.9", {}, False),
        ("32 persen", "32", {}, False),
        ("33 persen", "33", {"comparator": "about"}, False),
        ("30 persen", "30", {"comparator": "more_than"}, False),
        ("58,2 persen", "58.2", {"kind": "target"}, False),
        ("58,2 persen", "58.2", {"region_code": "16.71"}, False),
        ("58,2 persen", "58.2", {"period": "2025-06"}, False),
        ("58,2 persen", "58.2", {"segment": "BPU"}, True),
    ],
)
def test_the_headline_is_what_the_body_says(surface: str, low: str, changes: dict[str, Any], is_told: bool) -> None:
    title = (f"#Cakupan {surface}", [(surface, low, changes)])
    found = told(title, ("Cakupan baru 31,93 persen.", [("31,93 persen", "31.93", {})]))
    sentence_told = "Judul menulis “58,2 persen”, isi berita “31,93 persen”: selisih 26,27 poin persen."
    assert found == ([("headline", sentence_told)] if is_told else [])


def test_of_several_numbers_only_a_slip_of_digits_is_the_headlines() -> None:
    body = ("Bantuan untuk 78.450 pekerja, tahun lalu 61.200 pekerja.", ["78.450", "61.200"])

    def under(title: str) -> list[str]:
        listed: list[Figure] = [(it, it.replace(".", ""), PEOPLE) for it in body[1]]
        return [
            it for it, _ in told((f"#{title} Pekerja", [(title, title.replace(".", ""), PEOPLE)]), (body[0], listed))
        ]

    assert under("87.450") == ["headline"]
    assert under("139.650") == []
    assert under("61.200") == []


def test_one_slip_is_told_once() -> None:
    """A lost scale word spoils the sum that its number stands in; only the scale is told."""
    sentence = SEGMENTS.replace("25,43 juta", "25,43").replace("40,10", "39,70")
    figures = [("39,70 juta", "39700000", PEOPLE), ("25,43", "25.43", PEOPLE), *MILLIONS[2:]]
    assert [check for check, _ in told((sentence, figures))] == ["scale"]


def test_every_check_has_a_heading() -> None:
    assert list(CHECKS) == ["sum", "change", "base", "points", "scale", "over_all", "headline", "outlets"]
