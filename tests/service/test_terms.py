from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.affixes import root_of
from service.domain.roots import ROOTS
from service.domain.terms import FIXED, LONGEST_TERM, STOP_WORDS, cut, fold, stem, tokens


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
        # Roots that lose their first letter.
        ("tutup", "ditutup menutup penutupan tertutup tutupnya"),
        ("tindak", "ditindak penindakan menindak tindakan"),
        ("tarik", "ditarik penarikan menarik"),
        ("tanggung", "ditanggung menanggung pertanggungan"),
        ("tunjuk", "ditunjuk penunjukan menunjuk"),
        ("terbit", "diterbitkan menerbitkan penerbitan"),
        ("tuding", "dituding menuding tudingan"),
        ("kembali", "dikembalikan mengembalikan pengembalian kembalinya"),
        ("keluar", "dikeluarkan mengeluarkan pengeluaran keluar"),
        ("kecam", "dikecam mengecam kecaman"),
        ("pungut", "dipungut memungut pemungutan pungutan"),
        ("selesai", "diselesaikan menyelesaikan penyelesaian"),
        # meN- leaves m and n alone; ber- and per- lose their r; roots of one syllable take one more.
        ("milik", "dimiliki memiliki pemilik kepemilikan"),
        ("minat", "diminati meminati peminat"),
        ("rawat", "perawatan dirawat terawat merawat"),
        ("kerja", "bekerja pekerjaan dikerjakan"),
        ("cek", "mengecek dicek pengecekan"),
        # The longest root that explains the word.
        ("berangkat", "keberangkatan memberangkatkan diberangkatkan"),
        ("tuai", "menuai dituai"),
        ("setuju", "disetujui persetujuan menyetujui"),
        ("pengaruh", "memengaruhi mempengaruhi berpengaruh"),
        ("beri", "berikan diberikan memberikan pemberian"),
        ("tangani", "ditangani penanganan menangani penanganannya"),
        ("sampaikan", "disampaikan menyampaikan penyampaian"),
        ("kesehatan", "kesehatan kesehatannya"),
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
        ("ketua", "tua"),
        ("menuai", "tua"),
        ("perdana", "dana"),
        ("perdata", "data"),
        ("perangkat", "angkat"),
        ("berangkat", "angkat"),
        ("setempat", "tempat"),
        ("kejari", "jari"),
        ("kediri", "diri"),
        ("berikan", "ikan"),
        ("bekasi", "bekas"),
        ("kuningan", "kuning"),
        ("kerinci", "rinci"),
        ("sejarah", "jarah"),
        ("penghargaan", "harga"),
        ("menangani", "tangan"),
        ("pengadilan", "adil"),
        ("menurut", "turut"),
        ("pelebaran", "lebaran"),
        ("terhadap", "menghadapi"),
        ("tersebut", "menyebut"),
        ("memadai", "pada"),
    ],
)
def test_words_of_different_meaning_keep_different_terms(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_function_word_is_no_form_of_another_word(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("word", ["kesungai", "ketinggi", "disungaian", "ketutup", "memrawat", "pengesungai"])
def test_what_no_rule_makes_is_no_derivation(word: str) -> None:
    assert root_of(word) is None


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


def test_roots_and_fixed_terms_are_their_own_terms() -> None:
    terms = ROOTS.union(FIXED.values())
    assert {term for term in terms if stem(term) != term} == set()


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
