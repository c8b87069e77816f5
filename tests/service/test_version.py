"""How two texts of one article differ, and that no text makes the comparison slow or wrong."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.article import ArticleVersion
from service.domain.version import Difference, Nature, as_version, difference, is_told, version_after
from service.domain.wording.changes import change
from tests.service.builders import NOW, TEXT, an_article

TITLE = "Peserta di Sukamaju turun"


@dataclass(frozen=True)
class Print:
    text: str
    title: str = TITLE


def changed(old: str, new: str, text: str = TEXT) -> Difference:
    assert old in text
    return difference(Print(text), Print(text.replace(old, new)))


def shown(found: Difference) -> list[tuple[str, str]]:
    """Kind and text of all that is not equal."""
    pieces = [piece for paragraph in found.paragraphs for piece in paragraph.pieces]
    return [(piece.kind, piece.text) for piece in pieces if piece.kind != "equal"]


def test_a_changed_word_is_marked_inside_its_paragraph() -> None:
    found = changed("loket tambahan", "dua petugas tambahan")
    assert [paragraph.kind for paragraph in found.paragraphs] == ["equal", "changed", "equal"]
    assert shown(found) == [("removed", "loket"), ("added", "dua petugas")]
    assert (found.nature, found.has_new_title) == ("content", False)


def test_paragraphs_that_were_added_and_removed_are_marked_whole() -> None:
    first, second, third = TEXT.split("\n")
    new = "Wali kota meninjau antrean pada hari yang sama."
    found = difference(Print(TEXT), Print("\n".join([first, new, third])))
    assert [paragraph.kind for paragraph in found.paragraphs] == ["equal", "removed", "added", "equal"]
    assert shown(found) == [("removed", second), ("added", new)]
    assert (found.count("removed"), found.count("added"), found.count("changed")) == (1, 1, 0)


def test_a_paragraph_is_found_again_beside_new_ones() -> None:
    first, second, third = TEXT.split("\n")
    found = difference(
        Print(TEXT), Print("\n".join([first, "Ini kalimat baru sekali.", second.replace("Wulan", "Wulandari"), third]))
    )
    assert [paragraph.kind for paragraph in found.paragraphs] == ["equal", "added", "changed", "equal"]


def test_an_unchanged_text_has_no_difference() -> None:
    found = difference(Print(TEXT), Print(TEXT))
    assert shown(found) == []
    assert (found.nature, found.notice, found.figures_removed) == ("cosmetic", "", ())


@pytest.mark.parametrize(
    "notice",
    [
        "Ralat: jumlah peserta yang benar adalah 41.200 orang.",
        "RALAT REDAKSI",
        "Koreksi redaksi: nama kepala cabang sudah dibetulkan.",
        "Redaksi memohon maaf atas kekeliruan ini.",
        "Redaksi mohon maaf kepada pembaca.",
        "Berita ini telah diperbarui pada bagian jumlah peserta.",
        "Artikel di atas sudah diperbaiki.",
        "Telah diperbarui dengan keterangan kepala cabang.",
        "Hak jawab BPJS Ketenagakerjaan Sukamaju dimuat di bawah ini.",
    ],
)
def test_a_correction_is_one_where_the_outlet_says_so(notice: str) -> None:
    found = difference(Print(TEXT), Print(f"{TEXT}\n{notice}"))
    assert (found.nature, found.notice) == ("correction", notice)
    assert difference(Print(f"{notice}\n{TEXT}"), Print(f"{TEXT}\n{notice}\nTambahan.")).nature == "content"


@pytest.mark.parametrize(
    "sentence",
    [
        "Harga saham mengalami koreksi tajam pekan lalu.",
        "Data peserta diperbarui setiap bulan.",
        "Perusahaan memohon maaf kepada buruh.",
        "Menteri mengoreksi kebijakan bawahannya.",
    ],
)
def test_words_that_also_mean_something_else_are_no_correction(sentence: str) -> None:
    assert difference(Print(TEXT), Print(f"{TEXT}\n{sentence}")).nature == "content"


def test_other_numbers_are_told_with_their_units_as_printed() -> None:
    found = changed("10,97 persen menjadi 41.200 orang", "9,7 persen menjadi 42.100 orang")
    assert found.nature == "figures"
    assert found.figures_removed == ("10,97 persen", "41.200 orang")
    assert found.figures_added == ("9,7 persen", "42.100 orang")


@pytest.mark.parametrize(
    ("old", "new", "nature"),
    [
        ("Rp1,2 miliar", "Rp1,4 miliar", "figures"),
        ("Rp1,2 miliar", "Rp1,2 triliun", "figures"),
        ("Rp1,2 miliar", "Rp. 1,2 miliar", "cosmetic"),
        ("11 orang", "11 kasus", "figures"),
        ("diunggah 22/11/2026 pukul 14.30 WIB", "diunggah 23/11/2026 pukul 15.05 WIB", "content"),
        ("BPJamsostek", "BPJAMSOSTEK", "cosmetic"),
        ("“Kami siap”", '"Kami siap".', "cosmetic"),
        ("tidak dibayar", "dibayar", "content"),
    ],
)
def test_a_change_is_of_the_gravest_nature_that_fits(old: str, new: str, nature: Nature) -> None:
    assert difference(Print(f"Dana {old} di Sukamaju."), Print(f"Dana {new} di Sukamaju.")).nature == nature


def test_a_number_in_the_title_counts() -> None:
    found = difference(Print(TEXT, "Turun 10 persen"), Print(TEXT, "Turun 11 persen"))
    assert (found.nature, found.has_new_title) == ("figures", True)
    assert [(piece.kind, piece.text) for piece in found.title] == [
        ("equal", "Turun"),
        ("removed", "10"),
        ("added", "11"),
        ("equal", "persen"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (Print(TEXT), Print(TEXT.replace("10,97", "9,7")), "Angka berubah dari 10,97 persen menjadi 9,7 persen."),
        (Print(TEXT), Print(TEXT + "\nAda 12 loket."), "Angka ditambahkan: 12."),
        (
            Print(TEXT),
            Print("\n".join(TEXT.split("\n")[:2])),
            "Angka dihapus: 10,97 persen, 41.200 orang, 2026.",
        ),
        (Print(TEXT), Print(TEXT.replace("rotan", "kayu")), "Isi berubah: 1 paragraf diubah."),
        (
            Print(TEXT),
            Print(TEXT + "\nTambahan dari wali kota.", "Judul lain"),
            "Isi berubah: 1 paragraf ditambahkan; judul juga diganti.",
        ),
        (Print(TEXT), Print(TEXT, "Judul lain"), "Judul diganti."),
        (Print(TEXT), Print(TEXT.upper()), "Hanya ejaan atau tanda baca yang berubah."),
        (
            Print(TEXT),
            Print(TEXT.replace("10,97", "9,7") + "\nRalat: angka penurunan keliru."),
            "Media menyatakan koreksi: “Ralat: angka penurunan keliru”; "
            "angka berubah dari 10,97 persen menjadi 9,7 persen.",
        ),
        (
            Print("Satu."),
            Print("Satu. 1 2 3 4 5 6"),
            "Angka ditambahkan: 1, 2, 3, 4, dan 2 angka lain.",
        ),
        (
            Print("Naik 3 persen.", "Naik 3 Persen"),
            Print("Naik 4 persen.", "Naik 4 Persen"),
            "Angka berubah dari 3 Persen menjadi 4 Persen; judul juga diganti.",
        ),
    ],
)
def test_a_change_is_said_in_one_sentence(old: Print, new: Print, said: str) -> None:
    assert change(difference(old, new)) == said


TEXTS = st.text(alphabet="ab 1.\n", max_size=80)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str, title: str, new_title: str) -> None:
    found = difference(Print(old, title), Print(new, new_title))

    def words(absent: str) -> list[str]:
        pieces = [piece for paragraph in found.paragraphs for piece in paragraph.pieces]
        return [word for piece in pieces if piece.kind != absent for word in piece.text.split()]

    assert words("added") == old.split()
    assert words("removed") == new.split()
    assert " ".join(piece.text for piece in found.title if piece.kind != "removed") == " ".join(new_title.split())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n" * 100_000, "b\n" * 100_000),
        ("a b " * 50_000, "b a " * 50_000),
        ("1 " * 100_000, "2 " * 100_000),
        ("\n".join("a b a a b " * 20 for _ in range(900)), "\n".join("b a b b a " * 20 for _ in range(900))),
        ("hak" + " " * 199_000, "ralat " * 33_000),
        ("1" * 200_000, "1," * 100_000),
    ],
)
def test_texts_longer_than_any_article_are_compared_in_bounded_work(old: str, new: str) -> None:
    found = difference(Print(old), Print(new))
    pieces = [piece for paragraph in found.paragraphs for piece in paragraph.pieces]
    assert sum(len(piece.text.split()) for piece in pieces if piece.kind != "added") == len(old.split())


def a_version(hour: int, text: str) -> ArticleVersion:
    at = NOW + timedelta(hours=hour)
    return ArticleVersion("a", at, at, TITLE, text)


def test_the_history_tells_what_was_printed_at_a_time() -> None:
    history = [a_version(1, "satu"), a_version(5, "dua")]
    three = NOW + timedelta(hours=3)
    assert is_told(history, Print("satu"), three)
    assert is_told(history, Print("dua"), three)
    assert not is_told(history, Print("tiga"), three)
    assert not is_told(history, Print("satu", "judul lain"), three)
    assert not is_told(history, Print("dua"), NOW)
    assert not is_told([], Print("satu"), NOW)
    assert version_after(history, three) == history[1]
    assert version_after(history, history[1].fetched) is None


def test_the_text_of_today_becomes_a_version() -> None:
    article = an_article(fetched=NOW - timedelta(hours=1), modified=NOW)
    version = as_version(article, NOW)
    assert (version.article_id, version.fetched, version.replaced) == (article.id, article.fetched, NOW)
    assert (version.title, version.text, version.archived_in) == (article.title, article.text, article.archived_in)
    assert (version.published, version.modified) == (article.published, NOW)
    assert as_version(an_article(), NOW).fetched == an_article().found
