from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import nlp.components.sentences  # noqa: F401  registers the component
from nlp.tokenizer import PRESS_TOKENIZER

TREEBANKS = Path(__file__).parents[3] / "shared" / "data" / "nlp" / "ud"


def press_pipeline() -> Language:
    pipeline = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": PRESS_TOKENIZER}}})
    pipeline.add_pipe("press_sentences")
    return pipeline


PRESS = press_pipeline()


# Sentences are separated by "¦".
HARD = [
    "Kantor di Jl. Sudirman No. 24 tutup.¦ Warga antre di Jln.Merdeka.",
    "Klaim Rp1,2 miliar, Rp500.000,- dan Rp. 147. 000.000,- dibayar.¦ Sisanya menyusul.",
    "Cakupan 31,93 persen.¦ Tahun lalu 42,90 persen.¦ Targetnya 1.608.431 orang.",
    "Palu (KABARKITA) - Kepala cabang dr. H. M. Yusuf, S.H., M.Si. membayar klaim.¦ Ia hadir di Sigi.",
    "KABARKITA.COM (Padang). Gubernur meragukan data itu.¦ Warga setuju.",
    "KABARKITA.CO.ID - JAKARTA. BPJS Ketenagakerjaan mencatat kenaikan.",
    "“Kami bayar. Semua lunas,” kata Rina.¦ “Kapan cair?” tanya Budi.¦ Tidak ada jawaban.",
    '"Silakan datang. Kantor buka pukul 08.00 WITA." ujar Dewi.¦ Hari libur tutup.',
    "PT. Maju Jaya Tbk. mendaftarkan nelayan, petani, dll.¦ Perusahaan lain, CV. Laut, menyusul.",
    "Peserta datang a.n. keluarga, s.d. pukul 10.30 WIB.¦ Besok libur.",
    "1. Buka aplikasi\n¦2. Masukkan NIK. ¦Tekan lanjut",
    "Judul tanpa titik\n\n¦Isi berita dimulai.¦ Lalu berakhir",
    "Layanan untuk golongan A.¦ Peserta lain menunggu.",
    "Benarkah?¦ Ya!¦ Lihat bpjsketenagakerjaan.go.id untuk rincian.",
    "Upahnya turun... lalu naik.¦ Iuran tetap.",
    "Antrean panjang.Warga kecewa.".replace(".W", ".¦W"),
    "Sidang (20/2/2025).¦ Hakim memutus denda.",
]


@pytest.mark.parametrize("marked", HARD)
def test_hard_sentences_of_the_press_are_cut_where_they_end(marked: str) -> None:
    doc = PRESS(marked.replace("¦", ""))
    assert [sent.text.strip() for sent in doc.sents] == [part.strip() for part in marked.split("¦")]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Rp1,2 miliar", ["Rp", "1,2", "miliar"]),
        ("Rp500.000,- tunai", ["Rp", "500.000,-", "tunai"]),
        ("Rp. 16.800", ["Rp.", "16.800"]),
        ("31,93% dari 1.608.431", ["31,93", "%", "dari", "1.608.431"]),
        ("(10,97 persen).", ["(", "10,97", "persen", ")", "."]),
        ("dr. Ani, S.H., M.Kes", ["dr.", "Ani", ",", "S.H.", ",", "M.Kes"]),
        ("PT.Guna di Jl.Melati No.5", ["PT.", "Guna", "di", "Jl.", "Melati", "No.", "5"]),
        ("BPJS-TK dan non-ASN", ["BPJS-TK", "dan", "non-ASN"]),
        ("pekerja-pekerja se-Jatim", ["pekerja-pekerja", "se-Jatim"]),
        ("akhir dll.", ["akhir", "dll."]),
        ("cadangan.", ["cadangan", "."]),
        ("lihat kabar.co.id/a?b=1", ["lihat", "kabar.co.id", "/", "a", "?", "b", "=", "1"]),
        ("20/2/2025", ["20/2/2025"]),
        ("“Baik,”", ["“", "Baik", ",", "”"]),
    ],
)
def test_amounts_and_abbreviations_are_one_token(text: str, tokens: list[str]) -> None:
    assert [token.text for token in PRESS.tokenizer(text)] == tokens


@given(st.text(max_size=200))
def test_tokens_give_back_the_text_exactly(text: str) -> None:
    assert PRESS.tokenizer(text).text == text


@given(st.text(alphabet="aA.!?\"“”' \n1,Jl", max_size=80))
def test_a_line_break_always_ends_the_sentence(text: str) -> None:
    assert all("\n" not in sent.text.strip() for sent in PRESS(text).sents)


@pytest.mark.parametrize("piece", ["a", "((", ".", '"', "1.", "A.", "a@", "-a", "Jl.", "\n", " "])
def test_a_hundred_thousand_characters_of_anything_are_read(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert PRESS(text).text == text


def treebank(path: Path) -> list[str]:
    prefix = "# text = "
    return [line.removeprefix(prefix) for line in path.read_text(encoding="utf-8").splitlines() if line[:9] == prefix]


def paragraphs(sentences: list[str]) -> Iterator[tuple[str, set[int]]]:
    """Ten sentences at a time as running text, with the offsets at which they end."""
    for first in range(0, len(sentences), 10):
        text, ends = "", set()
        for sentence in sentences[first : first + 10]:
            text += (" " if text else "") + sentence
            ends.add(len(text))
        yield text, ends


@pytest.mark.gold
@pytest.mark.parametrize(
    ("name", "floor"),
    [("id_csui-ud-test", 0.975), ("id_csui-ud-train", 0.965), ("id_pud-ud-test", 0.985), ("id_gsd-ud-test", 0.945)],
)
def test_sentence_boundaries_of_the_treebanks_are_found(name: str, floor: float) -> None:
    path = TREEBANKS / f"{name}.conllu"
    if not path.exists():
        pytest.skip("the treebanks are not part of the checkout")
    right = wrong = 0
    for text, ends in paragraphs(treebank(path)):
        found = {sent.end_char for sent in PRESS(text).sents}
        right += 2 * len(found & ends)
        wrong += len(found ^ ends)
    assert right / (right + wrong) >= floor
