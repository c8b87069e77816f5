"""What people type: what is understood as syntax, and how mistakes are told."""

import string
import threading
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.query_language.pieces import EXAMPLES, NAMES
from service.domain.query_language.reading import DEEPEST, LONGEST_QUERY, MOST_ITEMS, read_query
from service.domain.query_language.tree import (
    EVERYTHING,
    And,
    FigureCondition,
    Node,
    Not,
    Or,
    Outlet,
    Phrase,
    Word,
    matches_in,
)
from service.errors import QueryError
from tests.steps import steps

OUTLETS = {"antara-sulteng": "ANTARA Sulteng", "antara-bali": "ANTARA Bali", "kabar": "Kabar Rakyat"}


def word(text: str) -> Node:
    return Word(text)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("klaim) cair", "klaim cair"),
        ("((klaim cair", "klaim cair"),
        ("BPJS (BPJAMSOSTEK)", "BPJS BPJAMSOSTEK"),
        ("klaim (…) cair", "klaim cair"),
        ("klaim - cair", "klaim cair"),
        ("klaim – cair", "klaim cair"),
        ("Palu: klaim cair", "Palu klaim cair"),
        ("klaim & cair?", "klaim cair"),
        ("“klaim cair”", '"klaim cair"'),
        ("BPJS-TK", '"BPJS TK"'),
        ("07:30", '"07 30"'),
        ("https://a.example/x", '"https a example x"'),
        ("klaim dan bukan cair", "klaim bukan cair"),
        ("klaim atau santunan", "klaim santunan"),
        ("5*3", '"5 3"'),
        ("klaim NOT cair", "klaim -cair"),
        ("JUDUL:klaim", "judul:klaim"),
        ("judul: klaim", "judul:klaim"),
        ("angka:cakupan < 35 persen", "angka:cakupan<35%"),
        ("tanggal:2026-11", "tanggal:2026-11-01..2026-11-30"),
        ("tanggal:2026", "tanggal:2026-01-01..2026-12-31"),
        ("wilayah:jatim", "wilayah:35"),
        ("NOT NOT klaim", "klaim"),
        ('"klaim cair"~0', '"klaim cair"'),
    ],
)
def test_two_ways_to_say_the_same(typed: str, same: str) -> None:
    assert read_query(typed) == read_query(same)


def test_or_joins_its_neighbours_and_and_joins_before_it() -> None:
    klaim, cair, iuran = word("klaim"), word("cair"), word("iur")
    assert read_query("klaim cair OR iuran") == And((klaim, Or((cair, iuran))))
    assert read_query("klaim AND cair OR iuran") == Or((And((klaim, cair)), iuran))
    assert read_query("klaim OR cair -iuran") == And((Or((klaim, cair)), Not(iuran)))
    assert read_query("klaim OR -(cair iuran)") == Or((klaim, Not(And((cair, iuran)))))


def test_nothing_typed_asks_for_everything() -> None:
    assert read_query("") == read_query("  ") == EVERYTHING


def test_an_outlet_is_named_by_its_id_or_by_words_of_its_name() -> None:
    assert read_query("media:antara", OUTLETS) == Outlet(frozenset({"antara-sulteng", "antara-bali"}))
    assert read_query('media:"antara bali"', OUTLETS) == Outlet(frozenset({"antara-bali"}))
    assert read_query("media:kabar", OUTLETS) == Outlet(frozenset({"kabar"}))


def test_a_metric_is_its_whole_name_or_every_one_with_these_words() -> None:
    assert read_query("angka:peserta") == FigureCondition(frozenset({"membership"}))
    assert read_query("angka:rasio-klaim>1") == FigureCondition(frozenset({"claims_ratio"}), ">", 1.0)
    claims = frozenset({"claims_paid", "claims_count", "claims_ratio"})
    assert read_query("angka:klaim>=Rp1,5 miliar") == FigureCondition(claims, ">=", 1.5e9, "IDR")


def test_only_what_is_wanted_is_marked() -> None:
    assert matches_in(read_query('klaim -cair -(-"dua kata")')) == (word("klaim"), Phrase(("dua", "kata")))


@pytest.mark.parametrize(
    ("typed", "wrong", "says", "suggestion"),
    [
        ('klaim "belum cair', '"belum cair', "kutip", 'klaim "belum cair"'),
        ("sumber:wulan klaim", "sumber:", "narasumber:", "narasumber:wulan klaim"),
        ("klaim region:palu", "region:", "wilayah:", "klaim wilayah:palu"),
        ("foo:bar", "foo:", "Yang ada: judul:", "foo: bar"),
        ("klaim sentimen:jelek", "jelek", "positif, netral, negatif", "klaim sentimen:negatif"),
        ("topik:keluan", "keluan", "keluhan", "topik:keluhan"),
        ("wilayah:palmbang klaim", "palmbang", "Palembang", "wilayah:Palembang klaim"),
        ("wilayah:jawa timur klaim", "jawa timur", "tanda kutip", 'wilayah:"jawa timur" klaim'),
        ("wilayah:bandung barat", "bandung barat", "tanda kutip", 'wilayah:"bandung barat"'),
        ("wilayah:xyzzy", "xyzzy", "Tidak ada wilayah", None),
        ("media:kabr", "kabr", "kabar", "media:kabar"),
        ("tanggal:22-11-2026", "22-11-2026", "TTTT-BB-HH", "tanggal:2026-11-22"),
        ("tanggal:2026-11-01..22/11/2026", "2026-11-01..22/11/2026", "TTTT", "tanggal:2026-11-01..2026-11-22"),
        ("tanggal:2026-02-30", "2026-02-30", "tidak ada", "tanggal:2026-02-28"),
        ("tanggal:2026-11-22..2026-11-01", "2026-11-22..2026-11-01", "setelah", "tanggal:2026-11-01..2026-11-22"),
        ("tanggal:kemarin", "kemarin", "TTTT-BB-HH", None),
        ("klaim OR", "OR", "di antara", "klaim"),
        ("OR klaim", "OR", "di antara", "klaim"),
        ("klaim OR OR cair", "OR", "di antara", "klaim OR cair"),
        ("klaim AND", "AND", "di antara", "klaim"),
        ("klaim NOT", "NOT", "setelah NOT", "klaim"),
        ("klaim () cair", "()", "kosong", "klaim cair"),
        ("klaim judul:()", "judul:()", "kosong", "klaim"),
        ("(klaim OR cair", "(", "belum ditutup", "(klaim OR cair)"),
        ("klaim OR cair)", ")", "pembukanya", "klaim OR cair"),
        ("klaim judul:", "judul:", "judul:klaim", "klaim"),
        ("judul:(media:kabar)", "media:", "di dalam", "judul:(kabar)"),
        ("ka*", "ka*", "3 huruf", "ka"),
        ("kla*m", "kla*m", "akhir", "klam"),
        ('"klaim cair"~x', '"klaim cair"~x', "~5", '"klaim cair"~5'),
        ('"klaim cair"~500', '"klaim cair"~500', "50", '"klaim cair"~50'),
        ("angka:cakpan<35", "cakpan<35", "cakupan", "angka:cakupan<35"),
        ("angka:cakupan<sedikit", "cakupan<sedikit", "bilangan", None),
        ("angka:cakupan<>35", "cakupan<>35", "Pembanding", "angka:cakupan<35"),
        ("angka:cakupan<35kodi", "cakupan<35kodi", "Satuan", None),
        ("???", "???", "satu kata", None),
    ],
)
def test_a_mistake_is_shown_in_place_with_what_was_probably_meant(
    typed: str, wrong: str, says: str, suggestion: str | None
) -> None:
    with pytest.raises(QueryError) as caught:
        read_query(typed, OUTLETS)
    error = caught.value
    assert typed[error.start : error.end] == wrong
    assert says in str(error)
    assert error.suggestion == suggestion
    if suggestion is not None:
        read_query(suggestion)


def test_too_many_words_are_cut_by_the_suggestion() -> None:
    with pytest.raises(QueryError) as caught:
        read_query("kata " * (MOST_ITEMS + 3))
    assert read_query(caught.value.suggestion or "") == word("kata")


def test_brackets_may_be_nested_so_deep_and_no_deeper() -> None:
    assert read_query("(" * DEEPEST + "klaim" + ")" * DEEPEST) == word("klaim")
    with pytest.raises(QueryError, match="paling banyak"):
        read_query("(" * (DEEPEST + 1) + "klaim" + ")" * (DEEPEST + 1))


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_every_field_is_right(name: str) -> None:
    read_query(EXAMPLES[name])  # type: ignore[index]


PARTS = [
    "klaim", "OR", "AND", "NOT", "-", '"', "“", "(", ")", "~5", "*", "kata*", "yang", "31,93%", ":", "07:30",
    *(f"{name}:" for name in NAMES), "sumber:", "2026-11-01..", "..", "cakupan<", "<=35", "jawa timur", "https://a",
    "\x00", "\\", "[", "{", "^2", "/x/", "+", "TO", "\ud83d",
]  # fmt: skip


@settings(max_examples=400)
@given(
    st.one_of(
        st.text(max_size=LONGEST_QUERY + 20),
        st.text(alphabet=string.punctuation + " aO1R\"'", max_size=80),
        st.lists(st.sampled_from(PARTS), max_size=40).map(" ".join),
        st.lists(st.sampled_from(PARTS), max_size=40).map("".join),
    )
)
def test_whatever_is_typed_is_read_or_explained_in_place(text: str) -> None:
    try:
        read_query(text, OUTLETS)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)  # noqa: PT017
        assert len(str(error)) < 400  # noqa: PT017


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500,
        ")" * 500,
        "-" * 500,
        '"' * 500,
        "NOT " * 124,
        "a:" * 250,
        "wilayah:x " * 31,
        "(a OR " * 80,
        "a*" * 250,
    ],
)
def test_the_worst_queries_are_little_work(text: str) -> None:
    def read() -> None:
        with suppress(QueryError):
            read_query(text, OUTLETS)

    # Four thousand for each character that a query may have: less than a second.
    assert 0 < steps(read) < 4000 * LONGEST_QUERY


def test_many_threads_may_read_queries() -> None:
    wrong: list[str] = []

    def read() -> None:
        wrong.extend(typed for typed in ("klaim OR cair", "(klaim cair)") * 100 if not matches_in(read_query(typed)))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
