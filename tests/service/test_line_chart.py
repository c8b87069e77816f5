"""The chart of stated figures: everything in its place, whatever is to be drawn."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ledger.claim import Chart, ChartPoint
from service.domain.ledger.official import OfficialFigure
from service.web.line_chart import BOTTOM, HEIGHT, LEFT, MOST_POINTS, RIGHT, TOP, WIDTH, draw
from tests.service.builders import NOW, a_statement


def a_point(day: date, value: str, role: str = "stated") -> ChartPoint:
    return ChartPoint(day, Decimal(value), "c1", a_statement(), 1, role)  # type: ignore[arg-type]


def a_chart(*points: ChartPoint, official: tuple[OfficialFigure, ...] = ()) -> Chart:
    return Chart("coverage", "19.71", "percent", points, official)


def an_official(period: str, value: str) -> OfficialFigure:
    return OfficialFigure("coverage", "19.71", period, Decimal(value), "percent", "Laporan")


def test_an_empty_chart_draws_nothing() -> None:
    assert draw(a_chart()).dots == ()


def test_time_goes_right_and_values_go_up() -> None:
    drawing = draw(a_chart(a_point(date(2026, 9, 1), "40"), a_point(date(2026, 3, 1), "30")))
    early, late = drawing.dots
    assert early.x < late.x
    assert early.y > late.y


def test_targets_are_apart_from_what_is_stated() -> None:
    drawing = draw(a_chart(a_point(date(2026, 3, 1), "30"), a_point(date(2026, 12, 31), "52", "target")))
    assert [dot.point.value for dot in drawing.dots] == [30]
    assert [dot.point.value for dot in drawing.targets] == [52]


def test_a_target_far_ahead_stands_at_the_end_of_the_axis_with_its_month() -> None:
    stated = [a_point(date(2026, 10, 31), "34"), a_point(date(2026, 11, 26), "35")]
    near, far = a_point(date(2026, 11, 29), "40", "target"), a_point(date(2027, 12, 31), "52", "target")
    drawing = draw(a_chart(*stated, near, far))
    assert [dot.x > WIDTH * 0.85 for dot in drawing.dots] == [False, True]
    assert drawing.dots[0].x > WIDTH * 0.5
    assert [dot.x < WIDTH - RIGHT for dot in drawing.targets] == [True, False]
    assert [(pin.x, pin.y, pin.label) for pin in drawing.pins] == [(WIDTH - RIGHT, drawing.targets[1].y, "Des 27")]
    assert drawing.x_ticks[-1].label == "Nov 26"


def test_months_of_far_targets_do_not_cover_each_other() -> None:
    far = [a_point(date(2027, month, 1), value, "target") for month, value in ((6, "52"), (7, "52"), (8, "90"))]
    assert [pin.label for pin in draw(a_chart(a_point(date(2026, 11, 26), "35"), *far)).pins] == ["Agu 27", "Jun 27"]


def test_targets_alone_are_drawn_at_their_days() -> None:
    drawing = draw(a_chart(a_point(date(2026, 12, 31), "40", "target"), a_point(date(2027, 12, 31), "52", "target")))
    assert [dot.x for dot in drawing.targets] == [LEFT, WIDTH - RIGHT]
    assert drawing.pins == ()


def test_targets_are_joined_by_steps_each_holding_until_its_day() -> None:
    aims = [a_point(date(2025, 12, 31), "30", "target"), a_point(date(2026, 12, 31), "52", "target")]
    first, last = (drawing := draw(a_chart(*aims))).targets
    assert drawing.aims == f"{first.x},{first.y} {first.x},{last.y} {last.x},{last.y}"
    assert draw(a_chart(aims[0])).aims == ""


def test_of_two_targets_of_one_day_the_newer_is_joined() -> None:
    older, newer = a_statement(moment=NOW - timedelta(days=9)), a_statement(moment=NOW)
    end = date(2026, 12, 31)
    aims = [
        a_point(date(2025, 12, 31), "30", "target"),
        replace(a_point(end, "52", "target"), statement=newer),
        replace(a_point(end, "45", "target"), statement=older),
    ]
    drawing = draw(a_chart(*aims))
    assert drawing.aims.endswith(f",{next(it.y for it in drawing.targets if it.point.value == 52)}")


def test_the_axis_begins_at_zero_and_ends_at_a_round_number_above_all() -> None:
    drawing = draw(a_chart(a_point(date(2026, 3, 1), "31.93"), a_point(date(2026, 12, 31), "52", "target")))
    assert [tick.label for tick in drawing.y_ticks] == ["0", "20", "40", "60"]


def test_large_numbers_are_told_in_short() -> None:
    drawing = draw(a_chart(a_point(date(2026, 3, 1), "9040000000")))
    assert drawing.y_ticks[-1].label == "10 M"


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 1, 1), date(2026, 4, 10), ["Jan 26", "Feb 26", "Mar 26", "Apr 26"]),
        (date(2024, 12, 31), date(2026, 11, 1), ["Jan 25", "Jul 25", "Jan 26", "Jul 26"]),
        (date(2016, 1, 1), date(2026, 11, 1), ["2016", "2018", "2020", "2022", "2024", "2026"]),
    ],
)
def test_months_or_years_are_marked_in_round_steps(first: date, last: date, labels: list[str]) -> None:
    drawing = draw(a_chart(a_point(first, "30"), a_point(last, "40")))
    marked = [tick.label for tick in drawing.x_ticks]
    assert marked == labels


def test_the_official_series_is_a_line_at_the_ends_of_its_periods() -> None:
    drawing = draw(a_chart(official=(an_official("2026-06", "31.93"), an_official("2025-12", "36.90"))))
    assert [row.period for _, _, row in drawing.marks] == ["2025-12", "2026-06"]
    assert len(drawing.official.split()) == 2


def test_a_single_official_value_is_a_mark_without_a_line() -> None:
    drawing = draw(a_chart(official=(an_official("2026-06", "31.93"),)))
    assert (drawing.official, len(drawing.marks)) == ("", 1)


def test_only_the_newest_of_many_points_are_drawn() -> None:
    many = [a_point(date(2020, 1, 1) + timedelta(days=n), "30") for n in range(MOST_POINTS + 5)]
    drawing = draw(a_chart(*many))
    assert len(drawing.dots) == MOST_POINTS
    assert drawing.dots[0].point.day == date(2020, 1, 6)


@given(
    st.lists(
        st.tuples(
            st.dates(date(1990, 1, 1), date(2100, 1, 1)),
            st.decimals(0, 10**15, places=2, allow_nan=False),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_everything_stays_inside_the_frame(values: list[tuple[date, Decimal]]) -> None:
    drawing = draw(a_chart(*(a_point(day, str(value)) for day, value in values)))
    assert len(drawing.dots) == len(values)
    for dot in drawing.dots:
        assert LEFT <= dot.x <= WIDTH - RIGHT
        assert TOP <= dot.y <= HEIGHT - BOTTOM
    assert 2 <= len(drawing.y_ticks) <= 6
    assert len(drawing.x_ticks) <= 8
