import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import nlp.components.names
import nlp.components.quotes  # noqa: F401  both register components
from nlp.analysis import Quote
from tests.nlp.agency import analysed, pipeline
from tests.nlp.quote_cases import CASES

PIPELINE = pipeline("names", "quotes")


@pytest.fixture
def quoting() -> Language:
    return PIPELINE


def quotes(quoting: Language, text: str, title: str = "") -> tuple[Quote, ...]:
    found: tuple[Quote, ...] = analysed(quoting, text, title)._.quotes
    return found


def test_quotes_and_their_speakers_are_found_with_an_f1_of_at_least_90_percent(quoting: Language) -> None:
    right = wanted = found = 0
    for text, expected in CASES:
        got = [(quote.kind, quote.text, quote.speaker) for quote in quotes(quoting, text)]
        right += sum(quote in expected for quote in got)
        wanted, found = wanted + len(expected), found + len(got)
    assert wanted >= 60
    assert 2 * right / (wanted + found) >= 0.90


def test_a_quote_of_several_sentences_is_one_quote(quoting: Language) -> None:
    (quote,) = quotes(quoting, '"Kami datang. Kami mendata. Kami membayar," kata Bagas Lurung.')
    assert quote.text == "Kami datang. Kami mendata. Kami membayar"


def test_an_unclosed_quote_ends_with_its_paragraph(quoting: Language) -> None:
    found = quotes(quoting, 'Bagas Lurung mengatakan, "Semua klaim kami bayar hari ini juga\nHujan turun di Kenanga.')
    assert [(quote.text, quote.speaker) for quote in found] == [
        ("Semua klaim kami bayar hari ini juga", "Bagas Lurung")
    ]


def test_a_short_name_is_resolved_to_the_full_name_and_its_title(quoting: Language) -> None:
    text = 'Kepala Cabang Palu, Raden Wirya, mengatakan cakupan naik tahun ini.\n"Target kami 52 persen," kata Wirya.'
    last = quotes(quoting, text)[-1]
    assert (last.speaker, last.speaker_title) == ("Raden Wirya", "Kepala Cabang Palu")


def test_a_short_name_that_two_bear_stays_short(quoting: Language) -> None:
    text = (
        "Raden Wirya mengatakan cakupan naik tahun ini.\nBagus Wirya menyebut iuran tetap saja.\n"
        '"Target kami 52 persen," kata Wirya.'
    )
    assert quotes(quoting, text)[-1].speaker == "Wirya"


def test_a_pronoun_is_the_last_person_who_spoke(quoting: Language) -> None:
    text = '"Klaim sudah cair," kata Sari Wening.\n"Prosesnya lima belas menit," ujarnya.'
    assert [quote.speaker for quote in quotes(quoting, text)] == ["Sari Wening", "Sari Wening"]


def test_a_pronoun_without_anybody_before_it_has_no_speaker(quoting: Language) -> None:
    (quote,) = quotes(quoting, '"Prosesnya lima belas menit," ujarnya.')
    assert quote.speaker is None


def test_a_name_of_a_programme_in_marks_is_no_quote(quoting: Language) -> None:
    assert quotes(quoting, 'Program "Sertakan" diluncurkan di Kenanga.') == ()


def test_speech_is_told_as_direct_or_reported(quoting: Language) -> None:
    text = '"Kami siap membayar," kata Bagas Lurung. Sari Wening menilai layanan membaik.'
    assert [(quote.kind, quote.speaker) for quote in quotes(quoting, text)] == [
        ("direct", "Bagas Lurung"),
        ("reported", "Sari Wening"),
    ]


def test_a_report_that_its_attribution_interrupts_is_told_in_both_parts(quoting: Language) -> None:
    found = quotes(quoting, "Kenaikan itu, kata Bagas Lurung, untuk menampung tambahan peserta.")
    assert [quote.text for quote in found] == ["Kenaikan itu", "untuk menampung tambahan peserta."]


def test_a_word_that_only_joins_sentences_is_nobodys_report(quoting: Language) -> None:
    found = quotes(quoting, "Karena itu, kata Bagas Lurung, iuran ditanggung kas desa.")
    assert [quote.text for quote in found] == ["iuran ditanggung kas desa."]


def test_a_verb_of_no_table_after_a_spoken_comma_has_its_speaker(quoting: Language) -> None:
    text = '"Kami sudah menunggu lama," cibir Bagas Lurung. "Hak kami jelas," tandasnya.'
    assert [quote.speaker for quote in quotes(quoting, text)] == ["Bagas Lurung", "Bagas Lurung"]


def test_somebody_unnamed_who_does_something_is_not_the_speaker_before(quoting: Language) -> None:
    text = '"Tidak ada pungutan," kata Bagas Lurung. Namun seorang warga menyodorkan kuitansi. "Ini buktinya," katanya.'
    assert [quote.speaker for quote in quotes(quoting, text)] == ["Bagas Lurung", None]


def test_an_unlisted_seat_ends_where_a_given_name_begins(quoting: Language) -> None:
    (quote,) = quotes(quoting, "Wakil Bupati Lowara Stefanus Bulu menegaskan iuran sudah dianggarkan.")
    assert (quote.speaker, quote.speaker_title) == ("Stefanus Bulu", "Wakil Bupati Lowara")


def test_a_name_begins_behind_a_body_that_no_list_has(quoting: Language) -> None:
    (quote,) = quotes(quoting, "Manajer Kasus Yayasan Buruh Pulang Irfan Lurung menyebut kartunya palsu.")
    assert (quote.speaker, quote.speaker_title) == ("Irfan Lurung", "Manajer Kasus Yayasan Buruh Pulang")


def test_what_somebody_is_may_stand_between_the_name_and_the_verb(quoting: Language) -> None:
    text = "Bagas Lurung, fotografer lepas, bercerita iurannya dibayar sendiri."
    assert [(quote.speaker, quote.text) for quote in quotes(quoting, text)] == [
        ("Bagas Lurung", "iurannya dibayar sendiri.")
    ]


def test_an_apology_is_no_report(quoting: Language) -> None:
    assert not quotes(quoting, "Bagas Lurung meminta maaf atas kejadian itu.")


def test_an_office_named_after_somebody_without_a_name_is_nobodys(quoting: Language) -> None:
    text = (
        'Mantan kepala cabang, seorang akuntan, ditahan. "Berkasnya kami teliti," ujar asisten pidana khusus. '
        "Pengacara mantan pejabat itu menyebut kliennya tidak bersalah."
    )
    assert [(quote.kind, quote.speaker) for quote in quotes(quoting, text)] == [("direct", None), ("reported", None)]


def test_who_answers_is_not_who_asked(quoting: Language) -> None:
    text = '"Begitu saja?" kata Bagas Lurung heran. Petugas Hesti Anggraini tersenyum. "Datanya lengkap," sahutnya.'
    assert [quote.speaker for quote in quotes(quoting, text)] == ["Bagas Lurung", "Hesti Anggraini"]


@settings(max_examples=60)
@given(st.text(alphabet='ab "“”.,\n«»Kata ujarnya', max_size=300), st.text(max_size=40))
def test_no_article_crashes_and_offsets_are_right(text: str, title: str) -> None:
    for quote in quotes(PIPELINE, text, title):
        assert (title if quote.field == "title" else text)[quote.start : quote.end] == quote.text


SAYINGS = (
    "Mantan kepala cabang, seorang akuntan, ditahan.",
    '"Berkasnya kami teliti," ujar asisten pidana khusus.',
    "Pengacara mantan pejabat itu menyebut kliennya tidak bersalah.",
    "Kepala bidang itu mengatakan datanya lengkap.",
    "Kepala Cabang Palu, Raden Wirya, mengatakan cakupan naik.",
    '"Begitu saja?" tanya wartawan.',
    '"Tentu," jawab Wirya.',
    "Ia menambahkan antrean sudah pendek.",
    "Raden Wirya yang akrab disapa Denwir itu tersenyum.",
    "Menurut pengamat, iurannya terlambat.",
    "Dia, kata Hesti Anggraini, sudah pulang.",
)


@given(st.lists(st.sampled_from(SAYINGS), max_size=8).map(" ".join))
def test_no_order_of_speakers_crashes(text: str) -> None:
    for quote in quotes(PIPELINE, text):
        assert text[quote.start : quote.end] == quote.text
        assert quote.speaker != ""


@pytest.mark.parametrize(
    "piece", ['"', '"a. ', "“kata Bagas ”", '" kata Abdul. ', "Bagas mengatakan. ", "\n", '"a"\n', "."]
)
def test_a_hostile_page_is_read_in_one_go(quoting: Language, piece: str) -> None:
    assert isinstance(quotes(quoting, piece * 2_000), tuple)
