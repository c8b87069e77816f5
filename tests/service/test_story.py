"""Copies and edited releases are one story; what was written independently is not."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.domain.article import Article
from service.domain.story import BANDS, FACTS, Candidates, facts, is_copy, is_near, traces
from service.domain.story import assign_story as assign
from tests.service.builders import NOW, an_article

RELEASE = (
    "Ahli waris seorang penyadap karet di Kecamatan Rimbajaya menerima santunan jaminan kematian sebesar empat puluh "
    "dua juta rupiah yang diserahkan langsung oleh kepala cabang bersama camat setempat pada Senin pagi. Penyadap "
    "itu terdaftar sebagai peserta mandiri sejak dua tahun lalu dan rutin membayar iuran setiap bulan melalui agen di "
    "desanya. Camat berharap seluruh petani dan nelayan di wilayahnya segera terlindungi karena risiko kerja dapat "
    "menimpa siapa saja tanpa mengenal waktu. Hingga bulan ini tercatat dua ribu tiga ratus pekerja rentan di "
    "kecamatan tersebut telah terdaftar dengan iuran yang ditanggung anggaran desa dan sumbangan perusahaan kebun."
)
OWN_WORDS = (
    "Keluarga almarhum penyadap karet asal Rimbajaya akhirnya bernapas lega. Senin pagi, kepala cabang datang ke rumah "
    "mereka membawa kabar bahwa hak jaminan kematian sudah dapat dicairkan. Nilainya empat puluh dua juta rupiah. "
    "Menurut camat, masih banyak petani dan nelayan yang belum terdaftar, padahal bahaya mengintai setiap hari."
)
# One press conference, reported by two who were there, and another event in the same town with the same people.
REPORT = (
    "Kejaksaan Negeri Rimbajaya memulihkan tunggakan iuran senilai Rp1,87 miliar dari badan usaha yang menunggak.\n"
    "Kepala Kejari Rimbajaya Wisnu Dirgantara mengatakan pihaknya menangani 46 surat kuasa khusus sejak awal tahun. "
    "Dari jumlah itu, 31 perusahaan melunasi kewajibannya, katanya di Rimbajaya, Jumat (20/11/2026).\n"
    "Kepala cabang, Eka Suhendra, menyebut piutang iuran di wilayahnya mencapai Rp4,3 miliar."
)
RETOLD = (
    "Sebanyak 31 perusahaan di Rimbajaya melunasi tunggakan iuran setelah dipanggil Kejaksaan Negeri setempat. "
    "Nilainya mencapai Rp1,87 miliar.\nMenurut Kepala Kejari Wisnu Dirgantara, timnya menangani 46 surat kuasa khusus. "
    "Sisanya boleh mencicil.\nPiutang iuran di wilayah itu Rp4,3 miliar, kata Eka Suhendra. Perusahaan lain menyusul."
)
SAME_PEOPLE = (
    "Lomba gerak jalan di Rimbajaya diikuti 1.200 orang, Jumat (20/11/2026). Kepala Kejari Rimbajaya Wisnu Dirgantara "
    "melepas peserta bersama Eka Suhendra dan 46 panitia.\nPemenang putri, Laras Kinanti, menerima piala dan sepeda."
)


def assign_story(article: Article, others: list[Article]) -> str:
    return assign(article, Candidates(tuple(others)))


def test_an_article_alone_opens_its_own_story() -> None:
    article = an_article(story_id=None)
    assert assign_story(article, []) == f"s{article.id}"


def test_a_copy_joins_the_story_of_the_first() -> None:
    first = an_article("asli", text=RELEASE, story_id="s1")
    copy = an_article("salinan", text=f"RIMBAJAYA, Kabar — {RELEASE.upper()}", story_id=None)
    assert assign_story(copy, [first]) == "s1"


def test_a_lightly_edited_copy_joins_the_story() -> None:
    words = RELEASE.split()
    words[::17] = ["konon"] * len(words[::17])
    edited = an_article("suntingan", text=" ".join(words), story_id=None)
    assert assign_story(edited, [an_article("asli", text=RELEASE, story_id="s1")]) == "s1"


def test_a_cut_version_joins_the_story_from_either_side() -> None:
    whole, cut = RELEASE, RELEASE[: len(RELEASE) // 3]
    assert assign_story(an_article(text=cut, story_id=None), [an_article("a", text=whole, story_id="s1")]) == "s1"
    assert assign_story(an_article(text=whole, story_id=None), [an_article("a", text=cut, story_id="s1")]) == "s1"


def test_the_same_event_in_other_words_is_another_story() -> None:
    other = an_article("lain", text=OWN_WORDS, story_id=None)
    assert assign_story(other, [an_article("asli", text=RELEASE, story_id="s1")]) == f"s{other.id}"


def test_a_shared_boilerplate_sentence_makes_no_story() -> None:
    boilerplate = " Kantor cabang melayani peserta setiap hari kerja mulai pukul delapan pagi hingga pukul empat sore."
    other = an_article("lain", text=OWN_WORDS + boilerplate, story_id=None)
    first = an_article("asli", text=RELEASE + boilerplate, story_id="s1")
    assert assign_story(other, [first]) == f"s{other.id}"


def test_the_same_words_long_after_are_another_story() -> None:
    old = an_article("lama", text=RELEASE, story_id="s1", published=NOW - timedelta(days=5))
    article = an_article(text=RELEASE, story_id=None)
    assert assign_story(article, [old]) == f"s{article.id}"


def test_the_most_alike_story_is_joined() -> None:
    cut = an_article("potong", text=RELEASE[: len(RELEASE) // 2], story_id="s1")
    whole = an_article("asli", text=RELEASE, story_id="s2")
    assert assign_story(an_article(text=RELEASE, story_id=None), [cut, whole]) == "s2"


def test_of_equally_alike_stories_the_first_printed_is_joined() -> None:
    later = an_article("kedua", text=RELEASE, story_id="s2")
    first = an_article("pertama", text=RELEASE, story_id="s1", published=NOW - timedelta(hours=9))
    assert assign_story(an_article(text=RELEASE, story_id=None), [later, first]) == "s1"


def test_an_article_that_has_a_story_keeps_it() -> None:
    first = an_article("asli", text=RELEASE, story_id="s1")
    assert assign_story(an_article(text=RELEASE, story_id="s9"), [first]) == "s9"


def test_an_empty_text_is_alike_to_nothing() -> None:
    empty = an_article(text="", story_id=None)
    assert assign_story(empty, [an_article("lain", text="", story_id="s1")]) == f"s{empty.id}"


def test_reports_of_one_event_in_other_words_are_one_story() -> None:
    first = an_article("liputan", text=REPORT, story_id="s1")
    assert assign_story(an_article("liputan-lain", text=RETOLD, story_id=None), [first]) == "s1"


def test_another_event_with_the_same_people_in_the_same_town_is_another_story() -> None:
    other = an_article("lomba", text=SAME_PEOPLE, story_id=None)
    assert assign_story(other, [an_article("liputan", text=REPORT, story_id="s1")]) == f"s{other.id}"


def test_what_falls_little_short_of_a_retelling_or_a_copy_is_near() -> None:
    short = RETOLD.partition(" Sisanya")[0].replace("Kepala Kejari Wisnu Dirgantara", "Jaksa Hasan Basri")
    other = an_article("singkat", text=short, story_id=None)
    assert assign_story(other, [an_article("liputan", text=REPORT, story_id="s1")]) == f"s{other.id}"
    assert all(is_near(REPORT, text) for text in (REPORT, RETOLD, short))
    assert not any(is_near(REPORT, text) for text in (SAME_PEOPLE, OWN_WORDS, ""))
    assert not is_near("", "")


def test_a_retelling_is_no_copy() -> None:
    assert is_copy(an_article("a", text=REPORT), an_article("b", text=REPORT.replace("46", "64")))
    assert not is_copy(an_article("a", text=REPORT), an_article("b", text=RETOLD))


def test_a_copy_is_joined_before_a_retelling() -> None:
    retelling = an_article("liputan-lain", text=RETOLD, story_id="s1", published=NOW - timedelta(days=1))
    copy = an_article("salinan", text=REPORT, story_id="s2")
    assert assign_story(an_article(text=REPORT, story_id=None), [retelling, copy]) == "s2"


def test_facts_are_names_and_numbers_without_dates_and_sentence_starts() -> None:
    told = facts("Pada Jumat (20/11/2026) Wulan Pratiwi menyebut 31,93 persen. Cakupan Rimbajaya 2025 naik.")
    assert told == {"wulan", "pratiwi", "31,93", "rimbajaya"}


def test_copies_cuts_and_retellings_share_traces() -> None:
    assert traces(RELEASE).hashes & traces(RELEASE[: len(RELEASE) // 3]).hashes
    assert len(traces(REPORT).hashes & traces(RETOLD).hashes) >= 6
    assert len(traces(RELEASE).hashes & traces(SAME_PEOPLE).hashes) == 1  # the town


@given(st.text(max_size=400))
def test_any_text_leaves_a_bounded_number_of_storable_traces(text: str) -> None:
    hashes = traces(text).hashes
    assert len(hashes) <= 1 + BANDS + FACTS
    assert all(0 <= value < 2**63 for value in hashes)
