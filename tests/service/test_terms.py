from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.terms import LONGEST_TERM, cut, derivations, fold, stem, tokens


def exact(text: str) -> list[str]:
    return [token.exact for token in tokens(text)]


@pytest.mark.parametrize(
    ("root", "forms"),
    [
        ("turun", "menurun penurunan turun diturunkan menurunkan turunnya"),
        ("tingkat", "meningkat peningkatan tingkat ditingkatkan meningkatnya"),
        ("capai", "mencapai capaian pencapaian capai tercapai"),
        ("keluh", "keluhan mengeluh mengeluhkan dikeluhkan"),
        ("tunggak", "tunggakan menunggak penunggak tertunggak"),
        ("bayar", "dibayar pembayaran membayar dibayarkan membayarkan"),
        ("lapor", "laporan melapor dilaporkan pelapor melaporkan"),
        ("cair", "pencairan mencairkan dicairkan cair"),
        ("salur", "penyaluran menyalurkan disalurkan"),
        ("klaim", "klaim mengklaim klaimnya"),
        ("berita", "berita pemberitaan memberitakan beritanya"),
        ("peserta", "peserta kepesertaan pesertanya"),
        ("luas", "perluasan memperluas diperluas"),
    ],
)
def test_the_forms_of_a_root_share_one_term(root: str, forms: str) -> None:
    assert {stem(form) for form in forms.split()} == {root}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("peserta", "serta"),
        ("pekerja", "pekerjaan"),
        ("perusahaan", "usaha"),
        ("pemerintah", "perintah"),
        ("penerima", "menerima"),
        ("meninggal", "tinggal"),
        ("dirumahkan", "rumah"),
        ("perisai", "isi"),
    ],
)
def test_words_of_different_meaning_keep_different_terms(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("negation", ["tidak", "bukan", "belum", "tanpa", "jangan", "tak"])
def test_no_negation_is_a_stop_word(negation: str) -> None:
    assert not tokens(negation)[0].is_stop_word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31,93% dari", ["31,93", "persen", "dari"]),
        ("31.93 persen", ["31,93", "persen"]),
        ("1.608.431 orang", ["1.608.431", "orang"]),
        ("1,608,431 people", ["1.608.431", "people"]),
        ("Rp1,2 miliar", ["rp", "1,2", "miliar"]),
        ("Rp. 147.000.000,-", ["rp", "147.000.000"]),
        ("39juta", ["39", "juta"]),
        ("27,703 kasus", ["27,703", "kasus"]),
        ("BPJS-TK", ["bpjs", "tk"]),
        ("Jum’at Qur'an", ["jumat", "quran"]),
        ("Ketenaga\u00adkerjaan \u200bJHT", ["ketenagakerjaan", "jht"]),
        ("Café ＢＰＪＳ", ["cafe", "bpjs"]),
        ("'' -- …", []),
    ],
)
def test_text_is_cut_and_folded(text: str, expected: list[str]) -> None:
    assert exact(text) == expected


def test_a_word_without_end_is_cut() -> None:
    assert exact("x" * 10_000) == ["x" * LONGEST_TERM]


def test_the_override_table_maps_to_terms_that_map_to_themselves() -> None:
    table = derivations()
    assert all(table.get(root, root) == root for root in set(table.values()))


@given(st.text(max_size=80))
def test_tokens_lie_in_their_run_in_order_and_fold_to_single_terms(text: str) -> None:
    for run in text.split():
        read, places = cut(run)
        assert len(read) == len(places)
        assert all(0 <= start < end <= len(run) for start, end in places)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(places))
        assert [token.exact for token in read] == [fold(run[start:end]) for start, end in places]
        assert not any(character.isspace() for token in read for character in token.exact + token.stem)


@given(st.lists(st.text(max_size=8), max_size=20))
def test_blanks_part_tokens_and_nothing_else_changes_them(texts: list[str]) -> None:
    assert tokens(" ".join(texts)) == [token for text in texts for token in tokens(text)]
