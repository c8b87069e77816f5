import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import nlp.components.names  # noqa: F401  registers the component
from tests.nlp.agency import a_doc, analysed, pipeline

PIPELINE = pipeline("names")


@pytest.fixture
def naming() -> Language:
    return PIPELINE


def named(naming: Language, text: str, title: str = "") -> list[tuple[str, str]]:
    return [(entity.text, entity.label) for entity in analysed(naming, text, title)._.entities]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Santunan diserahkan Bupati Arga Prabaswara kemarin.", "Arga Prabaswara"),
        ("Kartu itu diterima dari Wali Kota Palu Hadi Sasmita.", "Hadi Sasmita"),
        ("Ahli waris Darsono (57) menerima santunan.", "Darsono"),
        ("Korban bernama Hj. Siti Melati sudah lansia.", "Siti Melati"),
        ("Rapat dibuka Sekda Denpasar I Wayan Lintang Wardana.", "I Wayan Lintang Wardana"),
        ('"Siap," kata Bagas Lurung.', "Bagas Lurung"),
        ("Suami Rukmini (41 tahun) jatuh dari perancah.", "Rukmini"),
        ("Undangan dikirim kepada Menaker Surya Dirga dan stafnya.", "Surya Dirga"),
    ],
)
def test_a_person_is_named_by_title_honourific_age_or_attribution(naming: Language, text: str, name: str) -> None:
    assert [entity for entity in named(naming, text) if entity[1] == "PER"] == [(name, "PER")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Berkas dikirim ke Dinas Tenaga Kerja Kota Palu hari ini.", "Dinas Tenaga Kerja Kota Palu"),
        ("Buruh PT Samudra Lestari mogok.", "PT Samudra Lestari"),
        ("Iuran ditanggung Pemkab Jember.", "Pemkab Jember"),
        ("Aturan dibahas Kementerian Ketenagakerjaan.", "Kementerian Ketenagakerjaan"),
        ("Kasus ditangani Kejari Jakarta Barat.", "Kejari Jakarta Barat"),
        ("Rapat digelar di kantor BPJS Ketenagakerjaan Gresik.", "BPJS Ketenagakerjaan Gresik"),
        ("Menurut data BPS, angka itu naik.", "BPS"),
    ],
)
def test_an_organisation_is_named_by_its_first_word(naming: Language, text: str, name: str) -> None:
    assert (name, "ORG") in named(naming, text)


@pytest.mark.parametrize(
    "text",
    [
        "BACA JUGA: Tips Merawat Sepeda Motor",
        "Program JKK dan JKM dikenalkan kepada UMKM.",
        "Pada Senin (14) Juni warga berkumpul.",
        "Peserta diminta membawa KTP ke kantor cabang.",
        "Cuaca cerah sejak pagi.",
    ],
)
def test_ordinary_text_names_nobody(naming: Language, text: str) -> None:
    assert named(naming, text) == []


def test_a_headline_repeats_only_names_of_the_text(naming: Language) -> None:
    found = analysed(naming, "Bupati Arga Prabaswara hadir.", "Bupati Arga Prabaswara Serahkan Kartu")._.entities
    assert [(entity.field, entity.text) for entity in found] == [
        ("title", "Arga Prabaswara"),
        ("text", "Arga Prabaswara"),
    ]


def test_entities_do_not_overlap_and_their_text_is_where_they_say(naming: Language) -> None:
    title, text = "Arga Prabaswara", "Kepala Dinas Sosial Kota Palu, Arga Prabaswara, mengatakan PT Rimba Elok patuh."
    found = analysed(naming, text, title)._.entities
    assert found
    ends: dict[str, int] = {}
    for entity in found:
        assert (title if entity.field == "title" else text)[entity.start : entity.end] == entity.text
        assert entity.start >= ends.get(entity.field, 0)
        ends[entity.field] = entity.end


def test_listed_places_are_names_whether_the_article_is_about_them_or_not(naming: Language) -> None:
    doc = a_doc(naming, "Warga Kenanga berkumpul.")
    doc._.places = ((6, 13),)
    (analysed_doc,) = naming.pipe([doc])
    assert [(entity.text, entity.label) for entity in analysed_doc._.entities] == [("Kenanga", "LOC")]


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=80))
def test_no_article_crashes(text: str, title: str) -> None:
    doc = analysed(PIPELINE, text, title)
    for entity in doc._.entities:
        assert (title if entity.field == "title" else text)[entity.start : entity.end] == entity.text


@pytest.mark.parametrize("word", ["Bupati Arga ", "PT Maju ", "H. ", "(57) ", "Budi Santoso (57) ", "Dinas dan "])
def test_a_hostile_page_is_named_in_one_go(naming: Language, word: str) -> None:
    assert isinstance(analysed(naming, word * 2_000)._.entities, tuple)
