"""The official series read from tables: every mistake is named by its line."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from service.domain.ledger.official_file import COLUMNS, EXAMPLES, MOST_LINES, read_official, read_value

GOOD = ("coverage", "19.71", "2026-06", "31,93", "percent", "Laporan cabang", "")


def region_code(name: str) -> str | None:
    return {"19.71": "19.71", "kota pangkalpinang": "19.71", "id": "ID", "19": "19"}.get(name.lower())


def table(*rows: Sequence[str]) -> list[Sequence[str]]:
    return [COLUMNS, *rows]


def messages(*rows: Sequence[str]) -> list[str]:
    return [f"{mistake.line}: {mistake.message}" for mistake in read_official(table(*rows), region_code).mistakes]


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, value) for name, value in zip(COLUMNS, GOOD, strict=True))


def test_a_line_is_an_official_figure() -> None:
    (figure,) = read_official(table(GOOD), region_code).figures
    assert (figure.metric, figure.region, figure.period, figure.value) == (
        "coverage", "19.71", "2026-06", Decimal("31.93"),
    )  # fmt: skip
    assert (figure.unit, figure.source, figure.segment) == ("percent", "Laporan cabang", None)


def test_columns_may_stand_in_any_order_and_others_beside_them() -> None:
    rows = [["Source", "catatan", *COLUMNS[:5]], ["Laporan", "x", *GOOD[:5]]]
    (figure,) = read_official(rows, region_code).figures
    assert (figure.source, figure.value) == ("Laporan", Decimal("31.93"))


def test_codes_may_be_told_by_their_names() -> None:
    named = changed(metric="Cakupan kepesertaan", region="Kota Pangkalpinang", unit="persen", segment="bpu")
    (figure,) = read_official(table(named), region_code).figures
    assert (figure.metric, figure.region, figure.unit, figure.segment) == ("coverage", "19.71", "percent", "BPU")


def test_empty_lines_and_the_examples_of_the_template_are_passed_over() -> None:
    found = read_official([[], *table(*EXAMPLES, (), ("", " "), GOOD)], region_code)
    assert (len(found.figures), found.mistakes) == (1, ())


def test_a_heading_that_lacks_columns_is_told_at_once() -> None:
    found = read_official([["metric", "nilai"], ["coverage", "31"]], region_code)
    assert [mistake.line for mistake in found.mistakes] == [1]
    assert found.mistakes[0].message == (
        "the heading lacks region, period, value, unit, source; "
        "the columns are metric, region, period, value, unit, source, segment"
    )
    assert read_official([], region_code).mistakes[0].line == 1


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"metric": "coverge"}, "2: metric: 'coverge' is unknown; did you mean coverage?"),
        ({"unit": "persn"}, "2: unit: 'persn' is unknown; did you mean percent?"),
        (
            {"region": "Atlantis"},
            "2: region: 'Atlantis' is no region; write its official code or full name, or ID",
        ),
        (
            {"period": "Juni 2026"},
            "2: period: 'Juni 2026' is no period; write 2026, 2026-06, 2026-06-30 or 2026-01/2026-06",
        ),
        ({"value": "banyak"}, "2: value: 'banyak' is no number; write it like 31,93 or 41250"),
        ({"value": "1.234"}, "2: value: '1.234' can be read in two ways; write 1234, or 1.2340 if it is a fraction"),
        ({"value": "-3"}, "2: value: -3 percent cannot be"),
        ({"source": ""}, "2: source: say where the value comes from"),
        ({"source": "x" * 201}, "2: source: longer than 200 characters"),
    ],
)
def test_a_mistake_says_what_to_write(cells: dict[str, str], message: str) -> None:
    assert messages(changed(**cells)) == [message]


def test_all_mistakes_of_all_lines_are_told() -> None:
    told = messages(changed(metric="", value=""), GOOD, changed(period="x"))
    assert [line.split(":")[0] for line in told] == ["2", "2", "4"]


def test_the_same_figure_twice_is_a_mistake() -> None:
    assert messages(GOOD, changed(value="32")) == ["3: states the same as line 2; keep one of them"]


def test_a_short_line_lacks_its_last_cells() -> None:
    assert messages(GOOD[:5]) == ["2: source: say where the value comes from"]


def test_a_table_without_end_is_read_up_to_its_bound() -> None:
    endless = ([COLUMNS], ([""] for _ in range(MOST_LINES + 1)), [GOOD])
    found = read_official((row for rows in endless for row in rows), region_code)
    assert found.mistakes[0].message == "more than 100,000 lines; split the file"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31,93", "31.93"), ("31.93", "31.93"), ("41250", "41250"), ("41.250,5", "41250.5"), ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"), ("9 040 000 000", "9040000000"), ("0,123", "0.123"), ("1,2340", "1.2340"),
        ("-4,2", "-4.2"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_either_style(text: str, value: str) -> None:
    assert read_value(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1.23.4", "1,2,3", "Rp5", "1e9", "٣", "--1", "1.000.00"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_value(text)
