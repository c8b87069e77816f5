"""What stands between a number and what it counts, and which words mean something else than they seem to."""

import pytest

from nlp.figures import figures_in


def read(sentence: str) -> list[tuple[str, str, str]]:
    return [(figure.surface, figure.unit, figure.metric) for figure in figures_in(sentence)]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("12,400 tobacco workers have joined.", [("12,400", "people", "membership")]),
        ("About 320 hotel workers have filed claims.", [("320", "people", "claims_count")]),
        (
            "1,870 claims have been filed but only 640 have been paid.",
            [("1,870", "cases", "claims_count"), ("640", "cases", "claims_count")],
        ),
        ("Members pay 2 percent of their reported income.", [("2 percent", "percent", "contribution_rate")]),
        ("Old-age savings take 2 percent of the wage.", [("2 percent", "percent", "contribution_rate")]),
        ("Protection lapses after three months without payment.", [("three months", "months", "eligibility")]),
        ("Waktu penyelesaian klaim rata-rata tiga hari.", [("tiga hari", "days", "service")]),
    ],
)
def test_a_number_finds_its_noun(sentence: str, figures: list[tuple[str, str, str]]) -> None:
    assert read(sentence) == figures


def test_from_and_to_with_their_own_units_are_two_figures() -> None:
    earlier, later = figures_in("Coverage had risen from 31.5 percent to 34.8 percent.")
    assert (earlier.value, later.value, later.from_, later.direction) == (31.5, 34.8, 31.5, "up")


def test_a_level_is_paired_with_where_it_rose_from() -> None:
    later, earlier = figures_in("Tingkat kepatuhan 87 persen, naik dari 81 persen.")
    assert (later.from_, later.to, later.direction) == (81, 87, "up")
    assert earlier.direction is None


def test_weeks_are_told_in_days() -> None:
    (figure,) = figures_in("Waktu tunggu klaim bisa dua pekan.")
    assert (figure.value, figure.unit) == (14, "days")


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("Menyusut 3,74 Persen, Komisi IX Panggil Direksi", "coverage"),
        ("Komisi agen 7,5 persen dari iuran.", "agent_fee"),
        ("Surat utang menyerap 70 persen.", "fund"),
        ("Peserta penerima upah mencapai 81.200 orang.", "membership"),
        ("Angkatan kerja yang semestinya terlindungi 250 ribu orang.", "potential"),
        ("Iurannya ditanggung APBD dengan anggaran Rp1,4 miliar.", "contribution_budget"),
    ],
)
def test_a_word_is_read_in_its_phrase(sentence: str, metric: str) -> None:
    (figure,) = figures_in(sentence)
    assert figure.metric == metric
