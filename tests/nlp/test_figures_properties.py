"""Whatever the number and whatever the text: forms are read back, and nothing is too long or too strange."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.figures import figures_in

ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spelled(n: int) -> str:
    """The Indonesian words of a number below a billion."""
    if n >= 1_000_000:
        return join("sejuta" if n // 1_000_000 == 1 else f"{spelled(n // 1_000_000)} juta", n % 1_000_000)
    if n >= 1_000:
        return join("seribu" if n // 1_000 == 1 else f"{spelled(n // 1_000)} ribu", n % 1_000)
    if n >= 100:
        return join("seratus" if n // 100 == 1 else f"{ONES[n // 100]} ratus", n % 100)
    if n >= 20:
        return join(f"{ONES[n // 10]} puluh", n % 10)
    if n >= 12:
        return f"{ONES[n - 10]} belas"
    return {10: "sepuluh", 11: "sebelas"}.get(n) or ONES[n]


def join(head: str, rest: int) -> str:
    return f"{head} {spelled(rest)}" if rest else head


def dotted(n: int) -> str:
    return f"{n:,}".replace(",", ".")


@given(st.integers(min_value=1000, max_value=999_999_999))
def test_a_count_with_thousands_dots_is_read_back(n: int) -> None:
    assert [f.value for f in figures_in(f"Sebanyak {dotted(n)} pekerja terlindungi.")] == [n]


@given(st.integers(min_value=1000, max_value=9_999_999), st.integers(min_value=1, max_value=99))
def test_thousands_and_decimals_together_are_read_back(n: int, part: int) -> None:
    (figure,) = figures_in(f"Rata-rata {dotted(n)},{part:02d} klaim per bulan.")
    assert figure.value == pytest.approx(n + part / 100)


@given(st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=99))
def test_a_percentage_is_read_back(whole: int, part: int) -> None:
    (figure,) = figures_in(f"Cakupan baru {whole},{part:02d} persen.")
    assert figure.unit == "percent"
    assert figure.value == pytest.approx(whole + part / 100)


@given(
    st.integers(min_value=1, max_value=999),
    st.integers(min_value=0, max_value=999),
    st.sampled_from([("ribu", 10**3), ("juta", 10**6), ("miliar", 10**9), ("triliun", 10**12)]),
    st.sampled_from(["Rp", "Rp ", "Rp. "]),
)
def test_money_with_a_scale_is_read_back(whole: int, part: int, scale: tuple[str, int], mark: str) -> None:
    (figure,) = figures_in(f"Klaim {mark}{whole},{part:03d} {scale[0]} dibayarkan.")
    assert figure.unit == "IDR"
    assert figure.value == pytest.approx((whole + part / 1000) * scale[1])


@given(st.integers(min_value=10_000, max_value=10**12), st.sampled_from(["", ",-", ",00"]))
def test_money_in_full_is_read_back(n: int, tail: str) -> None:
    assert [f.value for f in figures_in(f"Santunan Rp{dotted(n)}{tail} diserahkan.")] == [n]


@given(st.integers(min_value=2, max_value=999_999_999))
def test_a_spelled_number_is_read_back(n: int) -> None:
    assert [f.value for f in figures_in(f"Ada {spelled(n)} pekerja terlindungi.")] == [n]


@given(st.integers(min_value=1, max_value=60), st.integers(min_value=1, max_value=39))
def test_a_range_is_read_back(low: int, width: int) -> None:
    (figure,) = figures_in(f"Cakupan {low}-{low + width} persen.")
    assert figure.value == (low, low + width)


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    for figure in figures_in(text, published=date(2025, 1, 1)):
        assert text[figure.start : figure.end] == figure.surface


VOCABULARY = """
    1 12 2024 30 1.234 5,6 Rp Rp. persen % juta ribu miliar dua puluh sepuluh separuh dari menjadi naik turun hingga
    - – , . ; : ( ) Januari Mei pukul Pasal No. Tahun usia ke per kali lipat x upah bulan tahun lalu terakhir peserta
    pekerja perusahaan klaim cakupan target tidak belum terlindungi di Palu Cabang kata Budi bukan sekitar lebih
    minimal atau dan masing-masing an nya /
"""


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=40).map(" ".join))
@settings(max_examples=300)
def test_no_order_of_its_own_words_breaks_the_grammar(text: str) -> None:
    figures = figures_in(text, published=date(2025, 1, 1))
    spans = [(figure.start, figure.end) for figure in figures]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(figure.unit and figure.kind and figure.metric for figure in figures)


@pytest.mark.parametrize(
    "piece",
    [
        "1,2.",
        "9",
        "1 ",
        "1-",
        "Rp. 1. 000 ",
        "dua puluh ",
        "satu juta ",
        "1 dari ",
        "12/5/",
        "10 x ",
        "5 persen ",
        "( ",
        "1-1-",
    ],
)
def test_a_line_of_a_hundred_thousand_characters_costs_what_a_page_costs(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    figures = figures_in(line)
    assert len(figures) <= 60
    assert all(figure.end <= 5_000 for figure in figures)
