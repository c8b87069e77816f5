"""Whatever the number and whatever the text: every form is read back, and nothing is too long or too strange."""

from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nlp.analysis import ArticleText
from nlp.components.figures import StatedFigures
from nlp.document import make_doc
from nlp.figures import figures_in
from tests.steps import steps

# --- writing numbers, without the grammar's own tables -------------------------------------------------------------


def listed(words: str) -> list[str]:
    """The words of a table that blanks separate."""
    return words.split()


ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
LARGE = [(10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu")]
ENGLISH_ONES = listed(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """
)
ENGLISH_TENS = listed("- - twenty thirty forty fifty sixty seventy eighty ninety")
ENGLISH_LARGE = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")]


def spelled(n: int, *, se: frozenset[int] = frozenset({10**3, 10**6})) -> str:
    """The Indonesian words of a number below a quadrillion; "se-" stands for one of the scales in `se`."""
    for scale, name in LARGE:
        if n >= scale:
            head = f"se{name}" if n // scale == 1 and scale in se else f"{spelled(n // scale)} {name}"
            return join(head, n % scale, se)
    if n >= 100:
        return join("seratus" if n // 100 == 1 else f"{ONES[n // 100]} ratus", n % 100, se)
    if n >= 20:
        return join(f"{ONES[n // 10]} puluh", n % 10, se)
    if n >= 12:
        return f"{ONES[n - 10]} belas"
    return {10: "sepuluh", 11: "sebelas"}.get(n) or ONES[n]


def join(head: str, rest: int, se: frozenset[int]) -> str:
    return f"{head} {spelled(rest, se=se)}" if rest else head


def in_english(n: int, *, linked: bool = False) -> str:
    """The English words of a number; `linked` puts "and" behind the hundreds."""
    for scale, name in ENGLISH_LARGE:
        if n >= scale:
            tail = f" {in_english(n % scale, linked=linked)}" if n % scale else ""
            return f"{in_english(n // scale, linked=linked)} {name}{tail}"
    if n >= 100:
        rest = f"{' and' if linked else ''} {in_english(n % 100)}" if n % 100 else ""
        return f"{ENGLISH_ONES[n // 100]} hundred{rest}"
    if n >= 20:
        return ENGLISH_TENS[n // 10] + (f"-{ENGLISH_ONES[n % 10]}" if n % 10 else "")
    return ENGLISH_ONES[n]


def dotted(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def decimal(hundredths: int, mark: str = ",") -> str:
    """A number of hundredths as the press prints it, without zeros that say nothing."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}{mark}{part:02d}".rstrip("0").rstrip(mark) if part else str(whole)


def read(text: str) -> list[tuple[float | tuple[float, float], str]]:
    return [(figure.value, figure.unit) for figure in figures_in(text)]


def reads(text: str, value: float, unit: str) -> None:
    """Assert that the text states this one figure."""
    found = read(text)
    assert len(found) == 1, (text, found)
    assert found[0][0] == pytest.approx(value, rel=1e-9), text
    assert found[0][1] == unit, text


def reads_all(text: str, expected: list[tuple[float, str]]) -> None:
    """Assert that the text states these figures in this order."""
    found = read(text)
    assert [unit for _, unit in found] == [unit for _, unit in expected], (text, found)
    assert [value for value, _ in found] == pytest.approx([value for value, _ in expected]), (text, found)


COUNTED = st.sampled_from(
    [
        ("pekerja", "people"),
        ("peserta", "people"),
        ("perusahaan", "companies"),
        ("desa", "villages"),
        ("kasus", "cases"),
    ]
)
SCALES = st.sampled_from([("ribu", 10**3), ("juta", 10**6), ("miliar", 10**9), ("triliun", 10**12)])
RANGE_LINKS = st.sampled_from(["-", "–", " - ", " – ", " hingga ", " sampai ", " s/d ", " sampai dengan "])


# --- digits --------------------------------------------------------------------------------------------------------


@given(st.integers(min_value=1000, max_value=999_999_999), COUNTED)
def test_a_count_with_thousands_dots_is_read_back(n: int, counted: tuple[str, str]) -> None:
    reads(f"Sebanyak {dotted(n)} {counted[0]} terdaftar.", n, counted[1])


@given(st.integers(min_value=1000, max_value=9_999_999), st.integers(min_value=1, max_value=99))
def test_thousands_and_decimals_together_are_read_back(n: int, part: int) -> None:
    reads(f"Rata-rata {dotted(n)},{part:02d} klaim per bulan.", n + part / 100, "cases")


@given(st.integers(min_value=1, max_value=99_999), st.sampled_from([" persen", "%", " %", " prosen"]))
def test_a_percentage_is_read_back(hundredths: int, unit: str) -> None:
    reads(f"Cakupan baru {decimal(hundredths)}{unit}.", hundredths / 100, "percent")


@given(st.integers(min_value=1, max_value=99_999), st.sampled_from([" persen", "%"]))
def test_a_percentage_with_a_dot_is_read_back(hundredths: int, unit: str) -> None:
    reads(f"Cakupan baru {decimal(hundredths, '.')}{unit}.", hundredths / 100, "percent")


@given(st.integers(min_value=1, max_value=99_999), SCALES)
def test_a_dot_before_two_digits_and_a_scale_is_a_decimal(hundredths: int, scale: tuple[str, int]) -> None:
    reads(f"Klaim Rp{decimal(hundredths, '.')} {scale[0]} dibayarkan.", hundredths / 100 * scale[1], "IDR")


@given(st.integers(min_value=1000, max_value=999_999_999), st.sampled_from([("kasus", "cases"), ("orang", "people")]))
def test_english_thousands_in_an_indonesian_sentence_are_read_back(n: int, counted: tuple[str, str]) -> None:
    reads(f"Tercatat {n:,} {counted[0]} di wilayah itu.", n, counted[1])


@given(st.integers(min_value=1000, max_value=999_999_999))
def test_thousands_of_the_english_press_are_read_back(n: int) -> None:
    reads(f"The agency said {n:,} workers were covered by the scheme.", n, "people")


@given(st.integers(min_value=1, max_value=9_999), st.sampled_from([" percent", "%", " per cent"]))
def test_percentages_of_the_english_press_are_read_back(hundredths: int, unit: str) -> None:
    reads(f"The coverage of the workers was {decimal(hundredths, '.')}{unit}.", hundredths / 100, "percent")


@given(st.integers(min_value=0, max_value=999), st.integers(min_value=1, max_value=99))
def test_a_decimal_comma_that_got_a_space_is_read_back(whole: int, part: int) -> None:
    reads(f"Kepesertaan turun {whole}, {part} persen.", float(f"{whole}.{part}"), "percent")


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999_999))
def test_thousands_that_got_a_space_are_read_back(millions: int, rest: int) -> None:
    text = f"Keluarga menerima Rp{millions}. {rest // 1000:03d}.{rest % 1000:03d} kemarin."
    reads(text, millions * 10**6 + rest, "IDR")


# --- scales and currencies -----------------------------------------------------------------------------------------

SPELLINGS = {
    "ribu": 10**3,
    "rb": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
}
TYPED = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


@given(st.integers(min_value=1, max_value=99_999), st.sampled_from(sorted(SPELLINGS)), st.booleans())
def test_a_scale_is_read_however_it_is_spelled(hundredths: int, scale: str, shouted: bool) -> None:
    word = scale.upper() if shouted else scale
    reads(f"Klaim Rp{decimal(hundredths)} {word} dibayarkan.", hundredths / 100 * SPELLINGS[scale], "IDR")


@given(st.integers(min_value=1, max_value=9_999), st.sampled_from([("M", 10**9), ("T", 10**12), ("jt", 10**6)]))
def test_an_abbreviated_scale_of_money_is_read(hundredths: int, scale: tuple[str, int]) -> None:
    for gap in ("", " "):
        reads(f"Piutang Rp {decimal(hundredths)}{gap}{scale[0]}.", hundredths / 100 * scale[1], "IDR")


@given(st.integers(min_value=2, max_value=999), st.sampled_from(sorted(TYPED)), st.integers(1, 5))
def test_a_scale_with_two_letters_swapped_is_read(n: int, scale: str, at: int) -> None:
    at = min(at, len(scale) - 2)
    assume(scale[at] != scale[at + 1])
    mistyped = scale[:at] + scale[at + 1] + scale[at] + scale[at + 2 :]
    reads(f"Ada {n} {mistyped} pekerja terdaftar.", n * TYPED[scale], "people")


@given(st.integers(min_value=2, max_value=999), st.sampled_from(["miliar", "triliun"]), st.integers(1, 5))
def test_a_scale_that_lost_a_letter_is_read(n: int, scale: str, at: int) -> None:
    mistyped = scale[:at] + scale[at + 1 :]
    reads(f"Klaim Rp{n} {mistyped} dibayarkan.", n * TYPED[scale], "IDR")


@given(
    st.integers(min_value=1, max_value=999),
    st.integers(min_value=0, max_value=999),
    SCALES,
    st.sampled_from(["Rp", "Rp ", "Rp. ", "Rp.", "IDR ", "RP", "rp "]),
)
def test_money_with_a_scale_is_read_back(whole: int, part: int, scale: tuple[str, int], mark: str) -> None:
    reads(f"Klaim {mark}{whole},{part:03d} {scale[0]} dibayarkan.", (whole + part / 1000) * scale[1], "IDR")


@given(
    st.integers(min_value=10_000, max_value=10**12),
    st.sampled_from(["", ",-", ",00", ",–", ".-"]),
    st.sampled_from(["Rp", "Rp. ", "Rp ", "IDR "]),
)
def test_money_in_full_is_read_back(n: int, tail: str, mark: str) -> None:
    reads(f"Santunan {mark}{dotted(n)}{tail} diserahkan.", n, "IDR")


@given(st.integers(min_value=1, max_value=9_999), st.sampled_from(["USD ", "US$", "US$ ", "$"]))
def test_dollars_are_read_back(hundredths: int, mark: str) -> None:
    reads(f"Beban turun menjadi {mark}{decimal(hundredths)} juta.", hundredths / 100 * 10**6, "USD")


@given(st.integers(min_value=1, max_value=9_999), st.sampled_from(["million", "billion", "trillion"]))
def test_money_of_the_english_press_is_read_back(hundredths: int, scale: str) -> None:
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    reads(f"The agency paid Rp {decimal(hundredths, '.')} {scale} to the workers.", hundredths / 100 * factor, "IDR")


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["rupiah", "dolar AS"]), SCALES)
def test_a_currency_behind_the_number_is_read_back(n: int, currency: str, scale: tuple[str, int]) -> None:
    unit = "IDR" if currency == "rupiah" else "USD"
    reads(f"Tunggakan senilai {n} {scale[0]} {currency}.", n * scale[1], unit)


# --- ranges, pairs, lists ------------------------------------------------------------------------------------------


@given(st.integers(min_value=1, max_value=60), st.integers(min_value=1, max_value=39), RANGE_LINKS)
def test_a_range_is_read_back(low: int, width: int, link: str) -> None:
    assert read(f"Cakupan diperkirakan {low}{link}{low + width} persen.") == [((low, low + width), "percent")]


@given(st.integers(min_value=1, max_value=60), st.integers(min_value=1, max_value=39))
def test_a_range_between_two_ends_is_read_back(low: int, width: int) -> None:
    for link in ("dan", "hingga", "sampai"):
        assert read(f"Kenaikan klaim antara {low} {link} {low + width} persen.") == [((low, low + width), "percent")]


@given(st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=500), SCALES, RANGE_LINKS)
def test_a_range_of_money_is_read_back(low: int, width: int, scale: tuple[str, int], link: str) -> None:
    ends = (low * scale[1], (low + width) * scale[1])
    assert read(f"Gaji mereka Rp{low} {scale[0]}{link}Rp{low + width} {scale[0]} sebulan.") == [(ends, "IDR")]
    assert read(f"Gaji mereka Rp{low}{link}{low + width} {scale[0]} sebulan.") == [(ends, "IDR")]


@given(st.integers(min_value=2, max_value=99_999), st.integers(min_value=1, max_value=99_999), RANGE_LINKS)
def test_a_spelled_range_is_read_back(low: int, width: int, link: str) -> None:
    assume(not (low < 1000 <= low + width and low * 1000 < low + width))  # "dua sampai lima ribu" begins with thousands
    text = f"Proses klaim memakan {spelled(low)}{link}{spelled(low + width)} hari kerja."
    assert read(text) == [((low, low + width), "days")], text


@given(st.integers(min_value=1, max_value=4_000), st.integers(min_value=1, max_value=4_000))
def test_a_range_of_the_english_press_is_read_back(low: int, width: int) -> None:
    for link in ("-", "–", " to "):
        text = f"The growth of claims was {decimal(low, '.')}{link}{decimal(low + width, '.')} percent in the year."
        assert read(text) == [((low / 100, (low + width) / 100), "percent")], text


FROM_TO = st.sampled_from(
    ["naik dari {} menjadi {}", "turun dari {} ke {}", "berubah dari {} menjadi {}", "semula {} kini {}"]
)


@given(st.integers(min_value=1, max_value=9_999), st.integers(min_value=1, max_value=9_999), FROM_TO)
def test_both_ends_of_a_move_are_read_back(earlier: int, later: int, wording: str) -> None:
    assume(earlier != later)
    text = f"Cakupan {wording.format(f'{decimal(earlier)} persen', f'{decimal(later)} persen')}."
    first, second = figures_in(text)
    assert (first.value, second.value) == (earlier / 100, later / 100), text
    assert (second.from_, second.to) == (earlier / 100, later / 100), text


@given(st.lists(st.integers(min_value=1_000, max_value=999_999), min_size=2, max_size=6))
def test_a_unit_told_once_holds_for_the_whole_list(counts: list[int]) -> None:
    places = ["Ampana", "Tentena", "Morowali", "Banggai", "Tojo", "Sigi"]
    *head, last = [f"{place} {dotted(count)}" for place, count in zip(places, counts, strict=False)]
    reads_all(f"Peserta di {', '.join(head)}, dan {last} orang.", [(count, "people") for count in counts])


@given(st.lists(st.integers(min_value=1_000, max_value=999_999), min_size=2, max_size=5))
def test_a_respectively_list_is_read_in_order(counts: list[int]) -> None:
    years = [str(2025 - len(counts) + n) for n in range(len(counts))]
    *head, last = years
    *first, final = [dotted(count) for count in counts]
    text = (
        f"Pada {', '.join(head)}, dan {last} jumlah peserta masing-masing {', '.join(first)}, dan {final} orang."
        if len(counts) > 2
        else f"Pada {head[0]} dan {last} jumlah peserta masing-masing {first[0]} dan {final} orang."
    )
    found = figures_in(text)
    assert [(f.value, f.unit) for f in found] == [(count, "people") for count in counts], text
    assert [f.period for f in found] == years, text


@given(st.integers(min_value=1_000, max_value=10**12 - 1))
def test_the_same_sum_again_in_words_is_one_figure(n: int) -> None:
    text = f"Santunan sebesar Rp{dotted(n)} ({spelled(n)} rupiah) diserahkan."
    (figure,) = figures_in(text)
    assert (figure.value, figure.unit) == (n, "IDR"), text
    assert "restated_in_words" in figure.tags


@given(st.integers(min_value=2, max_value=10**9), COUNTED, st.booleans())
def test_the_same_count_again_in_words_is_one_figure(n: int, counted: tuple[str, str], inside: bool) -> None:
    noun, unit = counted
    again = f"({spelled(n)} {noun})" if inside else f"({spelled(n)}) {noun}"
    reads(f"Sebanyak {dotted(n)} {again} terdaftar.", n, unit)


# --- words ---------------------------------------------------------------------------------------------------------

ANY_SIZE = st.integers(min_value=1, max_value=15).flatmap(lambda n: st.integers(min_value=2, max_value=10**n))


@given(ANY_SIZE, st.sampled_from([frozenset({10**3, 10**6}), frozenset({10**3}), frozenset(s for s, _ in LARGE)]))
def test_a_spelled_number_is_read_back(n: int, se: frozenset[int]) -> None:
    reads(f"Ada {spelled(n, se=se)} pekerja terlindungi.", n, "people")


@given(ANY_SIZE)
def test_a_spelled_sum_is_read_back(n: int) -> None:
    reads(f"Piutangnya {spelled(n)} rupiah.", n, "IDR")


@given(st.integers(min_value=1, max_value=99), st.lists(st.integers(0, 9), min_size=1, max_size=3))
def test_a_spelled_percentage_is_read_back(whole: int, decimals: list[int]) -> None:
    words = " ".join(ONES[d] or "nol" for d in decimals)
    value = float(f"{whole}.{''.join(map(str, decimals))}")
    reads(f"Cakupannya {spelled(whole)} koma {words} persen.", value, "percent")


@given(ANY_SIZE, st.booleans())
def test_a_spelled_english_number_is_read_back(n: int, linked: bool) -> None:
    reads(f"The agency said that {in_english(n, linked=linked)} workers were covered by the scheme.", n, "people")


@given(st.sampled_from([3, 4, 5, 6, 8, 10]), st.integers(min_value=2, max_value=9))
def test_a_fraction_in_words_is_read_back(below: int, above: int) -> None:
    parts = {3: "pertiga", 4: "perempat", 5: "perlima", 6: "perenam", 8: "perdelapan", 10: "persepuluh"}
    reads(f"Baru se{parts[below]} pekerja yang terlindungi.", 1 / below, "ratio")
    if above < below:
        reads(f"Baru {ONES[above]} {parts[below]} pekerja yang terlindungi.", above / below, "ratio")


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=2, max_value=10))
def test_so_many_of_so_many_is_a_ratio(above: int, below: int) -> None:
    assume(above < below)
    reads(f"Hanya {spelled(above)} dari {spelled(below)} pekerja terlindungi.", above / below, "ratio")
    reads(f"Hanya {above} dari {below} pekerja terlindungi.", above / below, "ratio")


VAGUE = {"belasan": (11, 19), "puluhan": (10, 100), "ratusan": (100, 1000), "ribuan": (1000, 10_000)}


@given(st.sampled_from(sorted(VAGUE)), st.sampled_from([("", 1), (" ribu", 10**3), (" juta", 10**6)]), COUNTED)
def test_an_order_of_magnitude_is_read_as_its_bounds(
    word: str, scale: tuple[str, int], counted: tuple[str, str]
) -> None:
    low, high = VAGUE[word]
    (figure,) = figures_in(f"Sekarang {word}{scale[0]} {counted[0]} terdaftar.")
    assert (figure.value, figure.unit, figure.comparator) == (
        (low * scale[1], high * scale[1]),
        counted[1],
        "about",
    )


# --- units ---------------------------------------------------------------------------------------------------------

POINTS = st.sampled_from(["poin persen", "poin persentase", "percentage points"])


@given(st.integers(min_value=1, max_value=9_999), POINTS)
def test_points_are_no_percentages(hundredths: int, unit: str) -> None:
    reads(f"Kepatuhan naik {decimal(hundredths)} {unit}.", hundredths / 100, "percentage_point")


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["basis poin", "bps", "bp"]))
def test_basis_points_are_hundredths_of_a_point(n: int, unit: str) -> None:
    reads(f"Imbal hasil turun {n} {unit}.", n / 100, "percentage_point")


@given(st.integers(min_value=2, max_value=40), st.booleans())
def test_a_multiple_is_read_back(n: int, written: bool) -> None:
    number = spelled(n) if written else str(n)
    (figure,) = figures_in(f"Klaim melonjak {number} kali lipat.")
    assert (figure.value, figure.unit, figure.kind) == (n, "times", "change")


@given(st.integers(min_value=2, max_value=900), SCALES)
def test_the_ending_an_says_about(n: int, scale: tuple[str, int]) -> None:
    (figure,) = figures_in(f"Klaim Rp{n} {scale[0]}an dibayarkan.")
    assert (figure.value, figure.unit, figure.comparator) == (n * scale[1], "IDR", "about")


@given(st.integers(min_value=20, max_value=999), st.sampled_from(["-an", "an"]))
def test_the_ending_an_behind_digits_says_about(n: int, ending: str) -> None:
    (figure,) = figures_in(f"Ada {n}{ending} nelayan terdaftar.")
    assert (figure.value, figure.unit, figure.comparator) == (n, "people", "about")


@given(st.sampled_from([("thousand", 10**3), ("million", 10**6)]))
def test_an_article_counts_one_of_what_follows(scale: tuple[str, int]) -> None:
    reads(f"The scheme covers a {scale[0]} workers.", scale[1], "people")
    reads(f"The scheme covers half a {scale[0]} workers.", scale[1] / 2, "people")


# --- robustness ----------------------------------------------------------------------------------------------------

NASTY = "0123456789.,-–—/()[]%$+×xX ‑−~:;'\"“”?!\n\t\u00a0\u200b\u0660²½ßİıſΣςé\U0001f600RrPpdDaAnNkKmMtTsSeEuUiI"


def check_whole(text: str) -> None:
    """Assert that figures stand in order, apart from each other, where they say, with every slot that must be there."""
    figures = figures_in(text, published=date(2025, 1, 1))
    assert all(text[figure.start : figure.end] == figure.surface for figure in figures)
    assert all(first.end <= second.start for first, second in pairwise(figures))
    assert all(figure.unit and figure.kind and figure.metric for figure in figures)


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    check_whole(text)


@given(st.text(alphabet=NASTY, max_size=200))
@settings(max_examples=300)
def test_no_text_of_digits_and_marks_is_too_strange(text: str) -> None:
    check_whole(text)


FRAGMENTS = listed(
    """
    1 12 2024 30 1.234 5,6 Rp Rp. USD $ persen % juta ribu miliar M dua puluh sepuluh separuh setengah sejuta belasan
    dari menjadi naik turun hingga - – , . ; : ( ) [ ] Januari Mei pukul Pasal No. Tahun usia ke per kali lipat x upah
    bulan tahun lalu terakhir peserta pekerja perusahaan klaim cakupan target tidak belum terlindungi di Palu Cabang
    kata Budi bukan sekitar lebih minimal atau dan masing-masing an nya / koma sampai dengan antara semula kini
    triwulan II akhir juara peringkat one twenty hundred thousand million and half a of the workers third basis poin
    satu pun
    """
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.sampled_from([" ", "", "\u00a0"]))
@settings(max_examples=300)
def test_no_order_of_its_own_words_breaks_the_grammar(fragments: list[str], gap: str) -> None:
    check_whole(gap.join(fragments))


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(alphabet=NASTY, max_size=8), max_size=40).map(" ".join))
@settings(max_examples=300)
def test_no_mixture_breaks_the_grammar(text: str) -> None:
    check_whole(text)


PIECES = [
    "1,2.", "9", "1 ", "1-", "Rp. 1. 000 ", "Rp", "Rp ", "dua puluh ", "satu juta ", "1 dari ", "12/5/", "10 x ",
    "5 persen ", "( ", "1-1-", "dari 5 persen menjadi 6 persen ", "dari ", "menjadi 7 ", "(", ")(", "[1](", "1.",
    "1, ", ",", ".", "ratus ", "seribu ", "12 orang, ", "2024 ", "Mei ", "hingga ", "kata Budi ", "Cabang Palu ",
    "Kepala Cabang ", "one hundred ", "twenty-", "a ", "Pasal 1 ", "baca juga ", "tidak ", "atau 5 ",
    "masing-masing 5, ", "upah 2 kali ", "A (", "A(1",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_a_hundred_thousand_characters_costs_what_a_page_costs(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    figures = figures_in(line)
    assert len(figures) <= 60
    assert all(figure.end <= 5_000 for figure in figures)


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    once, twice = piece * (2_400 // len(piece)), piece * (4_800 // len(piece))
    assert steps(lambda: figures_in(twice)) <= 2.3 * steps(lambda: figures_in(once)) + 2_000


def test_the_component_reads_a_line_of_a_hundred_thousand_characters() -> None:
    component = StatedFigures()
    language = spacy.blank("id")
    language.add_pipe("sentencizer")
    text = "Cakupan naik dari 5 persen menjadi 6 persen " * 2_300
    doc = component(language(make_doc(language, ArticleText("a", text))))
    assert len(doc._.figures) == 60
    assert all(text[figure.start : figure.end] == figure.surface for figure in doc._.figures)
