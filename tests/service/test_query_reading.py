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
        ("klaim NOT cair", "klaim -cair"),
        ("klaim –cair", "klaim -cair"),
        ("klaim −cair", "klaim -cair"),
        ("klaim -'cair'", "klaim -cair"),
        ("klaim -#cair", "klaim -cair"),
        ("klaim -‘cair’", "klaim -cair"),
        ("(klaim OR santunan)-cair", "(klaim OR santunan) -cair"),
        ("JUDUL:klaim", "judul:klaim"),
        ("judul: klaim", "judul:klaim"),
        ("angka:cakupan < 35 persen", "angka:cakupan<35%"),
        ("angka:cakupan<31.93", "angka:cakupan<31,93"),
        ("angka:cakupan<35.5%", "angka:cakupan<35,5%"),
        ("angka:klaim>1.2 miliar", "angka:klaim>1,2miliar"),
        ("angka:klaim>1.608.431,5", "angka:klaim>1608431,5"),
        ("angka:peserta>1000 orang", "angka:peserta>1000orang"),
        ("angka:peserta>1000 pekerja klaim", "angka:peserta>1000orang klaim"),
        ("angka:klaim>Rp5 miliar rupiah", "angka:klaim>Rp5miliar"),
        ("angka:klaim>Rp5 pekerja", "angka:klaim>Rp5 (pekerja)"),
        ("angka:klaim>1,2 miliar, cair", "angka:klaim>1,2miliar cair"),
        ("tanggal:2026-11", "tanggal:2026-11-01..2026-11-30"),
        ("tanggal:2026-11-01 .. 2026-11-30", "tanggal:2026-11"),
        ("tanggal:2026-11-01.. 2026-11-30", "tanggal:2026-11"),
        ("tanggal:2026-11-01 - 2026-11-30", "tanggal:2026-11"),
        ("tanggal:2026-11-01–2026-11-30", "tanggal:2026-11"),
        ("tanggal:2026-11-01 s.d. 2026-11-30", "tanggal:2026-11"),
        ("tanggal:2026-11-01 sampai 2026-11-30", "tanggal:2026-11"),
        ("tanggal:(2026-11-01 s/d 2026-11-30)", "tanggal:2026-11"),
        ("tanggal:2026-11-01 .. klaim", "tanggal:2026-11-01.. klaim"),
        ("tanggal:.. 2026-11-22", "tanggal:..2026-11-22"),
        ("tanggal:2026-11-01 - klaim", "tanggal:2026-11-01 klaim"),
        ("tanggal:2026-11-01 -2026", "tanggal:2026-11-01 NOT 2026"),
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
        # Numbers whose marks are not those of Indonesian.
        ("angka:cakupan<1,2.3", "cakupan<1,2.3", "Bilangan", "angka:cakupan<12,3"),
        ("angka:cakupan<1,234.5%", "cakupan<1,234.5%", "Bilangan", "angka:cakupan<1.234,5%"),
        ("angka:klaim>1,608,431", "klaim>1,608,431", "Bilangan", "angka:klaim>1.608.431"),
        ("angka:klaim>1608.431", "klaim>1608.431", "Bilangan", "angka:klaim>1.608.431"),
        ("angka:cakupan<31.9345", "cakupan<31.9345", "Bilangan", "angka:cakupan<31,9345"),
        ("angka:klaim>1 608 431", "klaim>1 608 431", "Bilangan", "angka:klaim>1.608.431"),
        # What is excluded in another way.
        ("klaim --cair", "--", "satu tanda minus", "klaim -cair"),
        ("klaim !cair", "!", "satu tanda minus", "klaim -cair"),
        ("klaim judul:-cair", "-", "di depan judul:", "klaim -judul:cair"),
        ("judul:-(cair OR klaim)", "-", "di depan judul:", "-judul:(cair OR klaim)"),
        ("label:-penting", "-", "di depan label:", "-label:penting"),
        ("media:–antara", "–", "di depan media:", "-media:antara"),
        ("wilayah: -jatim", "-", "di depan wilayah:", "-wilayah: jatim"),
        ("narasumber:!budi", "!", "di depan narasumber:", "-narasumber:budi"),
        ("-narasumber:-budi", "-", "di depan narasumber:", "narasumber:budi"),
        ("angka:cakupan!=35", "cakupan!=35", "Pembanding", "-angka:cakupan=35"),
        ('angka:"klaim dibayar" ≠ 35', '"klaim dibayar" ≠ 35', "Pembanding", '-angka:"klaim dibayar"=35'),
        ("angka:(cakupan!<35 OR phk)", "cakupan!<35", "Pembanding", "angka:(-cakupan<35 OR phk)"),
        ('-"..." klaim', '"..."', "dapat dicari di sini", "klaim"),
        ("-(😀) klaim", "(😀)", "dapat dicari di sini", "klaim"),
        ("NOT 😀 klaim", "😀", "dapat dicari di sini", "klaim"),
        ("klaim NOT ... santunan", "...", "dapat dicari di sini", "klaim santunan"),
        ("klaim OR ((😀)) santunan", "((😀))", "dapat dicari di sini", "klaim santunan"),
        ("santunan 😀 OR klaim", "😀", "dapat dicari di sini", "santunan OR klaim"),
        # Conditions cut by a blank.
        ("angka:klaim dibayar>16.800", "klaim dibayar", "tanda kutip", 'angka:"klaim dibayar">16.800'),
        ("angka:jumlah klaim > 1000", "jumlah klaim", "tanda kutip", 'angka:"jumlah klaim" > 1000'),
        ("angka:klaim dibayar, cair", "klaim dibayar", "tanda kutip", 'angka:"klaim dibayar", cair'),
        ("angka:cakupan>30 <35", "<35", "Pembanding", "angka:cakupan>30 angka:cakupan<35"),
        ("angka:phk klaim>1000", "klaim>1000", "Pembanding", "angka:phk angka:klaim>1000"),
        ("cakupan<35", "cakupan<35", "Pembanding", "angka:cakupan<35"),
        ("cakupan=35", "cakupan=35", "Pembanding", "angka:cakupan=35"),
        ("cakupan < 35", "<", "Pembanding", "angka:cakupan < 35"),
        ("Beranda > Ekonomi", ">", "Pembanding", "Beranda Ekonomi"),
        ("judul:a>b", "a>b", "Pembanding", 'judul:"a b"'),
        ("label:>penting", ">penting", "Pembanding", "label:penting"),
        ("angka:klaim>Rp1,2 M", "klaim>Rp1,2 M", "miliar", "angka:klaim>Rp1,2 miliar"),
        ("angka:klaim>1,2 milyar", "klaim>1,2 milyar", "miliar", "angka:klaim>1,2 miliar"),
        ("angka:klaim>5jt cair", "klaim>5jt", "juta", "angka:klaim>5 juta cair"),
        ("angka:klaim>Rp5orang", "klaim>Rp5orang", "rupiah", None),
        ("angka:klaim>5 miliar/tahun", "klaim>5 miliar/tahun", "bilangan", None),
        (
            "tanggal:2026-11-01 2026-11-22",
            "2026-11-01 2026-11-22",
            "Rentang",
            "tanggal:2026-11-01..2026-11-22",
        ),
        (
            "tanggal:2026-11-01 -2026-11-22 klaim",
            "2026-11-01 -2026-11-22",
            "Rentang",
            "tanggal:2026-11-01..2026-11-22 klaim",
        ),
        ("tanggal:2026–11–01", "2026–11–01", "TTTT-BB-HH", "tanggal:2026-11-01"),
        # Signs where they do not fit.
        ("2026*", "2026*", "akhir satu kata", "2026"),
        ("16.800*", "16.800*", "akhir satu kata", "16.800"),
        ("5*3", "5*3", "akhir satu kata", "5 3"),
        ("kepeserta*, klaim", "kepeserta*,", "akhir satu kata", "kepeserta* klaim"),
        ('"kepeserta"*', "*", "akhir satu kata", "kepeserta*"),
        ('judul:"kepeserta"*', "*", "akhir satu kata", "judul:kepeserta*"),
        ('"dua kata"* klaim', "*", "akhir satu kata", '"dua kata" klaim'),
        ("kepeserta *", "*", "akhir satu kata", "kepeserta*"),
        ("* klaim", "*", "akhir satu kata", "klaim"),
        ("*", "*", "akhir satu kata", None),
        ("label:pen*", "pen*", "kata dalam berita", "label:pen"),
        ('narasumber:"wul*"', '"wul*"', "kata dalam berita", 'narasumber:"wul"'),
        ("angka:klaim*>5", "klaim*>5", "kata dalam berita", "angka:klaim>5"),
        ('"klaim ditolak" ~5', "~5", "setelah frasa", '"klaim ditolak"~5'),
        ('"klaim ditolak"~ 5 cair', '"klaim ditolak"~ 5', "setelah frasa", '"klaim ditolak"~5 cair'),
        ("klaim~2", "klaim~2", "setelah frasa", "klaim"),
        ("klaim~", "klaim~", "setelah frasa", "klaim"),
        ("klaim ~2 cair", "~2", "setelah frasa", "klaim cair"),
        ("~2 juta", "~2", "setelah frasa", "2 juta"),
        ("narasumber:wulan~2", "wulan~2", "setelah frasa", "narasumber:wulan"),
        ('"klaim klaim"~5', '"klaim klaim"~5', "berbeda", '"klaim klaim"'),
        ('"klaim cair klaim"~5', '"klaim cair klaim"~5', "berbeda", '"klaim cair"~5'),
        ('"klaim"~5', '"klaim"~5', "berbeda", '"klaim"'),
        # Several mistakes are suggested away together.
        ("sentimen:jelek topik:keluan", "jelek", "tidak dikenal", "sentimen:negatif topik:keluhan"),
        ("sentimen:jelek wilayah:xyzzy", "jelek", "tidak dikenal", None),
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


@pytest.mark.parametrize("dash", ["-", "–", "−", "‑", "--", "!", "-–", "NOT "])
@pytest.mark.parametrize(
    "typed", ["cair", "'cair'", "#cair", '"cair"', "(cair)", "😀cair", "judul:cair", "“cair", "‘cair’"]
)
@pytest.mark.parametrize("before", ["klaim ", "(klaim OR santunan)", '"klaim"', "klaim OR "])
def test_what_is_typed_behind_a_dash_is_never_asked_for(before: str, dash: str, typed: str) -> None:
    with suppress(QueryError):
        assert not {leaf for leaf in matches_in(read_query(before + dash + typed)) if "cair" in repr(leaf)}


def test_a_label_of_several_words_is_known_where_the_labels_are() -> None:
    assert read_query("label:perlu jawab klaim") == read_query('label:"perlu" jawab klaim')
    with pytest.raises(QueryError, match="tanda kutip") as caught:
        read_query("klaim label:PERLU jawab, klaim", labels=["Perlu jawab", "arsip"])
    assert (caught.value.start, caught.value.end) == (12, 23)
    assert caught.value.suggestion == 'klaim label:"PERLU jawab", klaim'
    assert read_query("label:arsip jawab", labels=["Perlu jawab", "arsip"]) == read_query("label:arsip jawab")


def test_an_outlet_s_name_of_several_words_is_never_cut_after_its_first() -> None:
    with pytest.raises(QueryError, match="tanda kutip") as caught:
        read_query("klaim media:kabar rakyat cair", OUTLETS)
    assert (caught.value.start, caught.value.end) == (12, 24)
    assert caught.value.suggestion == 'klaim media:"kabar rakyat" cair'
    assert read_query("media:antara klaim", OUTLETS) == read_query('media:"antara" klaim', OUTLETS)


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
    "–", "−", "--", "!", "!=", "≠", "😀", "...", "31.93", "1 000", " M", " orang", "~", "* ", "angka:cakupan>30",
    "s.d.", "\x00", "\\", "[", "{", "^2", "/x/", "+", "TO", "\ud83d",
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
        if error.suggestion is not None:
            assert error.suggestion.strip()  # noqa: PT017
            read_query(error.suggestion, OUTLETS)


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
