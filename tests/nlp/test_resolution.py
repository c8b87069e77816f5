"""What the rest of an article adds to its figures, rule by rule."""

from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.analysis import ArticleText, Figure, Resolution, Slot, Span
from nlp.components.resolution import figure_resolution
from nlp.document import make_doc
from nlp.pipeline import COMPONENTS
from nlp.resolution.confidence import LEAST, confidence
from nlp.serialise import analysis_from_json, analysis_to_json
from tests.nlp.builders import PIPELINE, an_analyser
from tests.steps import steps

PUBLISHED = datetime(2024, 7, 9, 5, tzinfo=UTC)


def figures(text: str, title: str = "") -> tuple[Figure, ...]:
    (analysis,) = an_analyser().analyse([ArticleText("a", text, title, PUBLISHED)])
    return analysis.figures


def resolved(slot: Slot, text: str, title: str = "") -> list[tuple[str, str] | None]:
    """Value and origin of the slot for every figure of the text."""
    return [
        next(((it.value, it.origin) for it in figure.resolved if it.slot == slot), None)
        for figure in figures(text, title)
        if figure.field == "text"
    ]


# ---------------------------------------------------------------------------------------------------------- region


def test_the_headline_s_region_is_that_of_a_figure_without_one() -> None:
    assert resolved("region", "Cakupan baru 31 persen.", "Jamsostek Kota Bitung Berbenah") == [("Bitung", "headline")]


def test_the_lead_s_region_is_that_of_a_figure_without_one() -> None:
    text = "Pemkot Bitung melindungi pekerja rentan. Program itu berlanjut.\nSebanyak 300 orang menjadi peserta."
    assert resolved("region", text, "Pekerja Rentan Dilindungi") == [("Bitung", "lead")]


def test_the_figure_of_a_headline_takes_the_place_of_the_lead() -> None:
    text = "Cakupan pekerja di Kabupaten Tabalong masih rendah."
    (figure,) = figures(text, "40 Persen Pekerja Belum Ikut Jamsostek")
    assert (figure.region, figure.region_code, figure.resolved[0].origin) == (None, "63.09", "lead")


@pytest.mark.parametrize(
    "sentence",
    [
        "Iuran Rp16.800 per bulan.",  # a rule holds everywhere
        "Pemerintah pusat menyiapkan 10.000 agen.",
        "Menteri Ketenagakerjaan Rudi Hadi menyebut 12 persen peserta pindah.",
        "Gubernur menyiapkan Rp4 miliar untuk pekerja rentan.",  # of a province, in a story about a kota
        "Misalnya upah Rp3 juta.",
    ],
)
def test_what_is_no_figure_of_the_headline_s_region_gets_none(sentence: str) -> None:
    found = figures(f"Wali Kota Bitung membuka acara.\n{sentence}", "Jamsostek Kota Bitung Berbenah")
    assert [figure.resolved_as("region") for figure in found] == [None]


def test_a_dateline_is_not_the_place() -> None:
    assert resolved("region", "SEMARANG, Kabar Nusa - Sebanyak 300 orang menjadi peserta.") == [None]


def test_where_somebody_spoke_is_no_other_place() -> None:
    text = 'Pemkot Bitung mendaftarkan nelayan.\n"Cakupan baru 31 persen," kata Budi Santoso di Manado, Selasa.'
    assert resolved("region", text, "Jamsostek Kota Bitung Berbenah") == [("Bitung", "headline")]


def test_another_place_goes_on_in_its_paragraph_only() -> None:
    text = "Di Kota Tomohon ada 900 peserta. Sebanyak 300 peserta di antaranya nelayan.\nTotal peserta 5.000 orang."
    assert resolved("region", text, "Jamsostek Kota Bitung Berbenah") == [
        None,
        ("Tomohon", "previous_sentence"),
        ("Bitung", "headline"),
    ]


def test_the_rest_is_of_none_of_the_places_told() -> None:
    text = "Cakupan di Tomohon 24 persen.\nSisanya 20 persen."
    assert resolved("region", text, "Jamsostek Kota Bitung Berbenah") == [None, None]


def test_a_headline_about_two_regions_is_about_neither() -> None:
    assert resolved("region", "Cakupan baru 31 persen.", "Jamsostek Bitung dan Tomohon Berbenah") == [None]


def test_what_is_told_in_the_capital_is_not_of_the_capital() -> None:
    text = (
        "Peserta aktif turun menjadi 38,6 juta orang.\nPaparan itu dibahas dalam rapat.\n"
        "Serikat buruh menggelar aksi di Jakarta dan meminta penjelasan. Aksi di Jakarta berlanjut."
    )
    assert resolved("region", text, "Peserta BPJS Ketenagakerjaan Turun") == [None]


def test_a_headline_about_a_wider_part_of_the_country_is_not_about_the_lead_s_town() -> None:
    text = "Kantor wilayah di Makassar membayar klaim. Pembayaran lancar.\nSebanyak 300 orang menerima santunan."
    assert resolved("region", text, "Klaim Jamsostek di Sulawesi Naik") == [None]
    assert resolved("region", text, "Klaim Jamsostek Naik") == [("Makassar", "lead")]


def test_money_of_the_one_fund_is_of_no_region() -> None:
    assert resolved("region", "Dana kelolaan mencapai Rp894 triliun.", "Jamsostek Bitung Berbenah") == [None]


def test_that_kabupaten_is_not_the_province_of_the_sentence_before() -> None:
    text = "NTT mencatat 8.000 peserta baru. Cakupan kepesertaan di kabupaten itu 36,7 persen."
    assert resolved("region", text, "Jamsostek Kabupaten Belu Berbenah")[1] == ("Belu", "headline")


def test_the_country_goes_on_and_has_a_code() -> None:
    first, second = figures("Secara nasional cakupan 42 persen. Jumlah itu setara 40 juta pekerja.")
    assert (first.region, first.region_code) == ("Indonesia", "ID")
    assert (second.resolved_as("region"), second.region_code) == ("Indonesia", "ID")


def test_a_shared_name_has_the_code_of_the_one_that_stands_nearest() -> None:
    text = "Cakupan di Kota Malang 58 persen, sedangkan di Kabupaten Malang 33 persen."
    assert [figure.region_code for figure in figures(text)] == ["35.73", "35.07"]


def test_a_bare_shared_name_means_what_the_article_means() -> None:
    text = "Pemkab Malang mendata petani.\nCakupan di Malang 33 persen."
    assert [figure.region_code for figure in figures(text, "Kabupaten Malang Berbenah")] == ["35.07"]


# ---------------------------------------------------------------------------------------------------------- period


def test_a_period_goes_on_with_the_tally() -> None:
    text = "Klaim di Palu mencapai Rp20 miliar per Juni 2024. Nilainya naik. Jumlah kasusnya 900 klaim."
    assert resolved("period", text) == [None, None]  # a sentence stands between
    text = "Klaim di Palu mencapai Rp20 miliar per Juni 2024. Jumlah kasusnya 900 klaim. Disusul JKM 40 klaim."
    assert resolved("period", text) == [
        None,
        ("2024-06", "previous_sentence"),
        ("2024-06", "previous_sentence"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sebelumnya klaim Rp18 miliar.",  # another time
        "Klaim pada Mei Rp18 miliar.",
        "Bupati menyerahkan klaim Rp42 juta, Selasa (9/7/2024).",
        "Target klaim Rp30 miliar.",
        "Antrean 40 orang.",  # of another tally
    ],
)
def test_a_period_is_not_carried_to_another_time_or_subject(sentence: str) -> None:
    text = f"Klaim di Palu mencapai Rp20 miliar per Juni 2024. {sentence}"
    assert [figure.resolved_as("period") for figure in figures(text)[1:]] == [None] * len(figures(text)[1:])


def test_a_period_crosses_a_paragraph_only_where_the_number_is_pointed_at() -> None:
    first = "Klaim di Palu mencapai Rp20 miliar per Juni 2024.\n"
    assert resolved("period", f"{first}Klaim kematian 40 kasus.")[1] is None
    assert resolved("period", f"{first}Jumlah itu untuk 900 klaim.")[1] == ("2024-06", "previous_sentence")


def test_two_periods_hand_on_none() -> None:
    text = "Peserta 40.000 orang pada 2022 dan 45.000 orang pada 2023. Sebanyak 300 peserta di antaranya nelayan."
    assert resolved("period", text)[-1] is None


def test_a_figure_takes_the_period_of_the_headline_that_it_restates() -> None:
    title = "Per Juni 2024, Peserta Jamsostek Palu Turun 10,97 Persen"
    assert resolved("period", "Kepesertaan turun 10,97 persen.", title) == [("2024-06", "headline")]
    assert resolved("period", "Kepesertaan turun 4 persen.", title) == [None]


def test_a_headline_rounds() -> None:
    title = "Semester I 2024, Jamsostek Palu Bayar Klaim Rp90 Miliar"
    assert resolved("period", "Klaim yang dibayar Rp90,4 miliar.", title) == [("2024-01/2024-06", "headline")]
    assert resolved("period", "Klaim yang dibayar Rp87 miliar.", title) == [None]


def test_a_sentence_without_figures_dates_the_next() -> None:
    text = "Klaim itu dibayarkan dari Januari sampai Mei 2024. Palu mencatat klaim Rp20 miliar."
    assert resolved("period", text) == [("2024-01/2024-05", "previous_sentence")]


# --------------------------------------------------------------------------------------------------------- speaker

OPENING = "Kepala BPJS Ketenagakerjaan Palu Raden Wirya mengatakan cakupan masih rendah."


def test_a_pronoun_is_the_last_speaker() -> None:
    (figure,) = figures(f"{OPENING}\nIa mencatat 1.870 pekerja terkena PHK.")
    assert (figure.speaker, figure.resolved_as("speaker")) == (None, "Raden Wirya")
    assert figure.speaker_title == "Kepala BPJS Ketenagakerjaan Palu"
    assert next(it.origin for it in figure.resolved if it.slot == "speaker") == "pronoun"


def test_a_pronoun_after_an_office_whose_holder_is_not_read_is_nobody() -> None:
    text = (
        f"{OPENING}\nSementara Direktur PT Karya Palu Bersinar menilai berbeda. Ia mencatat 1.870 pekerja terkena PHK."
    )
    assert figures(text)[-1].resolved_as("speaker") is None


def test_a_pronoun_after_an_office_and_its_holder_is_the_holder() -> None:
    text = (
        f"{OPENING}\nSementara Ketua Apindo Palu Abdul Syukur menilai berbeda. Ia mencatat 1.870 pekerja terkena PHK."
    )
    assert figures(text)[-1].resolved_as("speaker") == "Abdul Syukur"


def test_a_short_name_is_told_in_full_with_its_place() -> None:
    text = f"{OPENING}\nMenurut Wirya, ada 300 perusahaan menunggak."
    (figure,) = figures(text)
    (found,) = (it for it in figure.resolved if it.slot == "speaker")
    assert (figure.speaker, found.value, found.origin) == ("Wirya", "Raden Wirya", "short_name")
    assert text[found.source.start : found.source.end] == "Raden Wirya"


def test_a_quotation_of_several_sentences_goes_on() -> None:
    long = (
        "Kami akan terus turun ke lapangan bersama pengawas dan kejaksaan negeri untuk menagih seluruh tunggakan. " * 4
    )
    text = f'"Ada 318 perusahaan yang menunggak. {long}Nilainya Rp41 miliar," kata Raden Wirya.'
    assert resolved("speaker", text)[0] == ("Raden Wirya", "continued_quote")


def test_a_full_name_is_not_resolved_but_has_its_title() -> None:
    (figure,) = figures("Kepala BPJS Ketenagakerjaan Palu Raden Wirya mengatakan cakupan 31 persen.")
    assert figure.resolved_as("speaker") is None
    assert (figure.speaker, figure.speaker_title) == ("Raden Wirya", "Kepala BPJS Ketenagakerjaan Palu")


def test_an_office_is_read_where_its_holder_is_named_without_speaking() -> None:
    text = 'Wakil Bupati Sigi Samuel Pongi memimpin rapat.\n"Cakupan kita 19 persen," kata Samuel.'
    (figure,) = figures(text)
    assert (figure.resolved_as("speaker"), figure.speaker_title) == ("Samuel Pongi", "Wakil Bupati Sigi")


def test_words_that_nobody_says_have_no_speaker() -> None:
    assert resolved("speaker", f"{OPENING}\nPeserta di Palu 40.000 orang.") == [None]


# ------------------------------------------------------------------------------------------------------------ base


@pytest.mark.parametrize(
    ("text", "base", "origin"),
    [
        ("Sebanyak 68,05 persen atau 41,56 juta dari 61,08 juta peserta masih aktif.", "61,08 juta", "pair"),
        ("Dari 92.000 pekerja di Palu, baru 35 persen yang terlindungi.", "92.000", "pair"),
        ("Sebanyak 1.400 orang terdaftar, 45 persen di antaranya buruh tani.", "1.400", "pair"),
        ("Ada 9.300 nelayan di Palu. Dari jumlah itu, baru 41 persen menjadi peserta.", "9.300", "previous_sentence"),
        ("Ada 9.300 nelayan di Palu. Sebanyak 41 persen di antaranya peserta.", "9.300", "previous_sentence"),
    ],
)
def test_a_percentage_is_a_part_of_the_number_told(text: str, base: str, origin: str) -> None:
    (found,) = (it for figure in figures(text) for it in figure.resolved if it.slot == "base")
    assert (found.value, found.origin) == (base, origin)
    assert text[found.source.start : found.source.end] == base


@pytest.mark.parametrize(
    "text",
    [
        "Ada 9.300 nelayan di Palu. Cakupan baru 41 persen.",
        "Ada 9.300 nelayan dan 200 petani di Palu. Sebanyak 41 persen di antaranya peserta.",  # of which?
        "Piutangnya Rp8,4 miliar.\nSebanyak 63 persen di antaranya usaha perhotelan.",
        "Cakupan turun 10 persen dari 45.000 peserta.",  # a change has an origin, no base
    ],
)
def test_other_percentages_have_no_base(text: str) -> None:
    assert [figure.resolved_as("base") for figure in figures(text)] == [None] * len(figures(text))


# ------------------------------------------------------------------------------------------------------ confidence


def a_figure(metric: str = "membership", tags: tuple[str, ...] = ()) -> Figure:
    return Figure("text", 0, 5, "1.200", 1200.0, "people", "count", metric, Span("text", 0, 5, "1.200"), tags=tags)


@pytest.mark.parametrize(
    ("figure", "origins", "expected"),
    [
        (a_figure(), (), 1.0),
        (a_figure(tags=("spelled",)), (), 1.0),
        (a_figure(tags=("elided_unit",)), (), 0.9),
        (a_figure(tags=("missing_scale",)), (), 0.7),
        (a_figure(tags=("typo_scale",)), (), 0.85),
        (a_figure(tags=("source_error_suspected",)), (), 0.7),
        (a_figure(tags=("hypothetical",)), (), 0.5),
        (a_figure(metric="other"), (), 0.8),
        (a_figure(), ("headline",), 0.95),
        (a_figure(), ("article", "previous_sentence"), 0.75),
        (a_figure(), ("pair", "short_name"), 1.0),
        (a_figure("other", ("hypothetical", "missing_scale", "vague")), ("article",), LEAST),
    ],
)
def test_doubts_add_up(figure: Figure, origins: tuple[str, ...], expected: float) -> None:
    place = Span("title", 0, 4, "Palu")
    found = [Resolution("region", "Palu", origin, place) for origin in origins]  # type: ignore[arg-type]
    assert confidence(figure, found) == expected


# -------------------------------------------------------------------------------------------------------- component

STORY = (
    "Kepala BPJS Ketenagakerjaan Palu Raden Wirya mengatakan cakupan 31 persen per Juni 2024. "
    "Jumlah itu setara 61.000 pekerja.\n"
    "Ia mencatat 300 perusahaan menunggak. Sebanyak 40 persen di antaranya toko."
)
TITLE = "Cakupan Jamsostek Kota Palu 31 Persen"


def test_resolution_runs_after_all_that_it_reads() -> None:
    order = [name for name, _ in COMPONENTS]
    assert order.index("figure_resolution") > max(
        order.index(it) for it in ("regions", "names", "quotes", "stated_figures")
    )


def test_the_slots_of_the_sentence_stay_as_they_are() -> None:
    doc = make_doc(PIPELINE, ArticleText("a", STORY, TITLE, PUBLISHED))
    for name, component in PIPELINE.pipeline:
        if name == "figure_resolution":
            break
        doc = component(doc)
    before = doc._.figures
    after = figure_resolution(doc)._.figures
    told = ("field", "start", "end", "value", "kind", "metric", "period", "region", "speaker", "tags", "sentence")
    assert [[getattr(it, slot) for slot in told] for it in after] == [[getattr(it, s) for s in told] for it in before]
    assert any(it.resolved for it in after)


def test_the_example_of_the_documentation_is_read_as_it_says() -> None:
    text = (
        "Klaim yang dibayar Rp20 miliar per Juni 2024. Sebanyak 900 klaim diajukan lewat aplikasi, 40 persen di "
        "antaranya JHT.\nKepala BPJS Ketenagakerjaan Bitung Markus Lontoh berharap layanan makin cepat. Ia mencatat "
        "1.870 pekerja terkena PHK."
    )
    found = figures(text, "Klaim Jamsostek Kota Bitung Naik")
    region, period = ("region", "Bitung", "headline"), ("period", "2024-06", "previous_sentence")
    assert [(it.surface, [(of.slot, of.value, of.origin) for of in it.resolved]) for it in found] == [
        ("Rp20 miliar", [region]),
        ("900", [region, period]),
        ("40 persen", [region, period, ("base", "900", "pair")]),
        ("1.870", [region, ("speaker", "Markus Lontoh", "pronoun")]),
    ]
    assert {it.region_code for it in found} == {"71.72"}
    assert found[-1].speaker_title == "Kepala BPJS Ketenagakerjaan Bitung"


def test_every_resolution_says_where_it_was_read() -> None:
    for figure in figures(STORY, TITLE):
        for found in figure.resolved:
            field = TITLE if found.source.field == "title" else STORY
            assert field[found.source.start : found.source.end] == found.source.text


def test_a_resolved_analysis_survives_json() -> None:
    (analysis,) = an_analyser().analyse([ArticleText("a", STORY, TITLE, PUBLISHED)])
    assert {found.slot for figure in analysis.figures for found in figure.resolved} >= {"region", "period", "speaker"}
    assert analysis_from_json(analysis_to_json(analysis)) == analysis


def test_an_article_without_figures_is_left_alone() -> None:
    assert figures("Petugas menyapa warga Palu.") == ()


PIECES = [
    "Peserta di Palu 1.200 orang per Juni 2024.", "Jumlah itu naik 30 persen.", "Ia menyebut 40 kasus.", "\n",
    "BACA JUGA: Tunggakan di Bitung", "Kata Budi Santoso, 3 dari 10.", "Secara nasional 42 persen.", '"Ada 5 desa.',
    "Sisanya Rp3 miliar,\" ujarnya.", "Separuhnya nelayan.",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", "Palu Naik 30 Persen"]))
@settings(max_examples=60)
def test_no_order_of_sentences_loses_a_figure_or_a_place(pieces: list[str], title: str) -> None:
    text = " ".join(pieces)
    found = figures(text, title)
    assert found == figures(text, title)
    for figure in found:
        assert 0 < figure.confidence <= 1
        for it in figure.resolved:
            field = title if it.source.field == "title" else text
            assert field[it.source.start : it.source.end] == it.source.text


@pytest.mark.parametrize(
    "piece",
    [
        "Peserta di Palu 1.200 orang, 30 persen di antaranya BPU. Jumlah itu naik. Ia mengatakan 40 persen. ",
        "peserta 1.200 orang dan klaim 40 persen, ",
        "Di Palu, Bitung, Kota Malang dan Ambon ada 120 orang, kata Budi Santoso di Jakarta. ",
        "Klaim Rp3 miliar per Juni 2024.\nNilainya Rp4 miliar.\n",
    ],
)
def test_ten_times_the_text_is_ten_times_the_work(piece: str) -> None:
    taken = []
    for length in (10_000, 100_000):
        doc = make_doc(PIPELINE, ArticleText("a", piece * (length // len(piece)), TITLE))
        for name, component in PIPELINE.pipeline:
            if name == "figure_resolution":
                break
            doc = component(doc)
        taken.append(steps(partial(figure_resolution, doc)))
    assert 1000 < taken[0] <= taken[1] < 11 * taken[0]
