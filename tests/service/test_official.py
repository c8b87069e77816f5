"""How stated figures stand to the agency's own series."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.domain.ledger.official import OfficialFigure, standing
from service.domain.ledger.periods import days_of
from service.domain.ledger.precision import printed_step
from tests.service.builders import a_statement


def official(period: str, value: str, **changes: str) -> OfficialFigure:
    fields = {"metric": "coverage", "region": "19.71", "unit": "percent", "source": "Laporan cabang"} | changes
    return OfficialFigure(period=period, value=Decimal(value), **fields)


SERIES = (official("2025-12", "36.90"), official("2026-06", "31.93"), official("2026-09", "34.10"))


@pytest.mark.parametrize(
    ("surface", "value", "step"),
    [
        ("31,93 persen", "31.93", "0.01"),
        ("9,04 miliar", "9040000000", "1E+7"),
        ("40 juta", "40000000", "1000000"),
        ("41.200", "41200", "1"),
        ("10, 97 persen", "10.97", "0.01"),
        ("Rp16.800,-", "16800", "1"),
        ("empat puluh juta", "40000000", "1E+7"),
        ("0 persen", "0", "1"),
    ],
)
def test_the_step_of_a_figure_is_the_worth_of_its_last_printed_digit(surface: str, value: str, step: str) -> None:
    assert printed_step(surface, Decimal(value)) == Decimal(step)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-06-30", date(2024, 6, 30), date(2024, 6, 30)),
        ("2024-01/2024-06", date(2024, 1, 1), date(2024, 6, 30)),
    ],
)
def test_a_period_is_its_days(period: str, first: date, last: date) -> None:
    days = days_of(period)
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize(
    "period", ["", "24", "2024-13", "2024-02-30", "2024-06/2024-01", "Juni 2024", "２０２４", "2024-6"]
)
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days_of(period)


def test_the_same_value_agrees() -> None:
    found = standing(a_statement(), SERIES)
    assert found is not None
    assert (found.verdict, found.official.period) == ("agrees", "2026-06")
    assert found.difference == 0


@pytest.mark.parametrize(
    ("surface", "low", "comparator", "verdict"),
    [
        ("31,9 persen", "31.9", "exact", "rounded"),
        ("32 persen", "32", "exact", "rounded"),
        ("31 persen", "31", "exact", "rounded"),  # cut off, as the press does
        ("33 persen", "33", "exact", "differs"),
        ("33 persen", "33", "about", "rounded"),
        ("30 persen", "30", "more_than", "rounded"),
        ("35 persen", "35", "more_than", "differs"),
        ("20 persen", "20", "more_than", "differs"),
        ("35 persen", "35", "less_than", "rounded"),
        ("30 persen", "30", "less_than", "differs"),
        ("31,39 persen", "31.39", "exact", "differs"),
    ],
)
def test_a_figure_agrees_as_precisely_as_it_was_stated(surface: str, low: str, comparator: str, verdict: str) -> None:
    found = standing(a_statement(surface, low=low, comparator=comparator), SERIES)
    assert found is not None
    assert found.verdict == verdict


def test_a_difference_is_told_as_stated_minus_official() -> None:
    found = standing(a_statement("33,43 persen", low="33.43"), SERIES)
    assert found is not None
    assert found.difference == Decimal("1.50")


def test_a_range_that_holds_the_official_value_is_rounded() -> None:
    found = standing(a_statement("30–35 persen", low=30, high=35), SERIES)
    assert found is not None
    assert found.verdict == "rounded"
    assert found.difference == 0


def test_a_figure_without_period_is_one_of_the_articles_day() -> None:
    found = standing(a_statement("34,10 persen", low="34.10", period=None), SERIES)
    assert found is not None
    assert (found.verdict, found.official.period) == ("agrees", "2026-09")


def test_a_figure_without_period_beside_another_time_is_none_of_todays() -> None:
    stated = a_statement("31,93 persen", low="31.93", period=None, sentence="Sebulan sebelumnya cakupan 31,93 persen.")
    assert standing(stated, SERIES) is None
    assert standing(replace(stated, sentence="Cakupan kini 31,93 persen."), SERIES) is not None


def test_an_earlier_value_told_as_todays_is_stale() -> None:
    found = standing(a_statement("36,90 persen", low="36.9", period=None), SERIES)
    assert found is not None
    assert (found.verdict, found.official.period) == ("stale", "2025-12")
    assert found.newer == SERIES[2]


def test_an_earlier_value_told_as_of_its_own_time_is_not_stale() -> None:
    found = standing(a_statement("36,90 persen", low="36.9", period="2025-12"), SERIES)
    assert found is not None
    assert found.verdict == "agrees"


def test_a_round_number_is_no_repetition_of_an_old_value() -> None:
    series = (official("2025-12", "37"), official("2026-09", "34.10"))
    found = standing(a_statement("37 persen", low=37, period=None), series)
    assert found is not None
    assert found.verdict == "differs"


def test_a_year_means_its_end_for_a_position() -> None:
    found = standing(a_statement("36,90 persen", low="36.9", period="2025"), SERIES)
    assert found is not None
    assert found.official.period == "2025-12"


def test_a_year_means_the_whole_of_it_for_a_flow() -> None:
    series = [official("2025-12", "9040000000", metric="claims_paid", unit="IDR")]
    stated = a_statement("Rp9,04 miliar", low=9_040_000_000, metric="claims_paid", kind="amount", unit="IDR")
    assert standing(replace(stated, period="2025"), series) is None
    assert standing(replace(stated, period="2025-12"), series) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "membership"},
        {"region_code": "19.01"},
        {"region_code": None},
        {"unit": "ratio"},
        {"kind": "target"},
        {"kind": "change"},
        {"segment": "BPU"},
        {"program": "JKK"},
        {"status": "inactive"},
        {"period": "2024-01"},
        {"tags": ("hypothetical",)},
        {"tags": ("from_to",)},
        {"period": None, "as_of": date(2029, 1, 1)},
    ],
)
def test_the_series_says_nothing_of_what_it_does_not_count(changes: dict[str, Any]) -> None:
    assert standing(a_statement(**changes), SERIES) is None


def test_a_series_of_a_segment_is_held_against_that_segment() -> None:
    found = standing(a_statement(segment="PU"), [official("2026-06", "70.10", segment="PU"), *SERIES])
    assert found is not None
    assert found.official.segment == "PU"
