import pytest

from nlp.profile import read_agency
from nlp.vocabulary import AgencyVocabulary
from tests.nlp.builders import read

AGENCY = "BPJS Ketenagakerjaan"


def named(text: str, title: str = "") -> list[tuple[str, str, str]]:
    return [(mention.text, mention.kind, mention.name) for mention in read(text, title)._.mentions]


@pytest.mark.parametrize(
    "name",
    [
        "BPJS Ketenagakerjaan", "bpjs ketenagakerjaan", "BPJS KETENAGAKERJAAN", "BPJamsostek", "BPJAMSOSTEK",
        "BP Jamsostek", "BP JAMSOSTEK", "BPJS-TK", "BPJS TK", "BPJSTK", "Jamsostek", "BPJS Naker", "BPJS Employment",
        "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan", "BPJS Ketenagarakerjaan",
        "Badan Penyelenggara Jaminan Sosial (BPJS) Ketenagakerjaan",
        "BPJS (Badan Penyelenggara Jaminan Sosial) Ketenagakerjaan",
    ],
)  # fmt: skip
def test_every_name_of_the_agency_is_found(name: str) -> None:
    assert named(f"Kantor {name}, Senin.") == [(name, "agency", AGENCY)]


def test_both_bodies_in_one_breath_are_two_mentions() -> None:
    assert [kind for _, kind, _ in named("Iuran BPJS Ketenagakerjaan dan BPJS Kesehatan dibayar.")] == [
        "agency",
        "lookalike",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Pasien BPJS menunggu dokter di rumah sakit.", "lookalike", "BPJS Kesehatan"),
        ("Ahli waris menerima santunan BPJS.", "agency", AGENCY),
        ("Warga membahas BPJS.", "agency", "BPJS"),
        ("Karyawan itu menagih BPJS. Kartunya hilang.", "agency", AGENCY),
        ("Iuran BPJS naik. Peserta kelas III menunggu di puskesmas.", "lookalike", "BPJS Kesehatan"),
    ],
)
def test_the_words_around_a_bare_name_tell_whom_it_means(text: str, kind: str, name: str) -> None:
    assert named(text) == [("BPJS", kind, name)]


def test_a_bare_name_in_the_title_means_whom_the_text_names() -> None:
    assert named("BPJS Kesehatan menunda kenaikan.", "Iuran BPJS Ditunda")[0] == ("BPJS", "lookalike", "BPJS Kesehatan")
    assert named("BPJamsostek menunda kenaikan.", "Iuran BPJS Ditunda")[0] == ("BPJS", "agency", AGENCY)


def test_products_are_named_as_the_profile_writes_them() -> None:
    assert named("Unduh jmo atau BPJSTKU.") == [("jmo", "product", "JMO"), ("BPJSTKU", "product", "BPJSTKU")]


@pytest.mark.parametrize("text", ["astekno", "JMOX", "BPJ Sehat", "Ketenagakerjaan", "BPJSKetenagakerjaanku"])
def test_names_end_at_word_boundaries(text: str) -> None:
    assert named(text) == []


def test_offsets_lead_back_to_the_words_in_title_and_text() -> None:
    title, text = "JMO Tumbang", "Kata BPJamsostek, “maaf”."
    mentions = read(text, title)._.mentions
    assert [(mention.field, {"title": title, "text": text}[mention.field][mention.start : mention.end])
            for mention in mentions] == [("title", "JMO"), ("text", "BPJamsostek")]  # fmt: skip


def test_another_agency_is_another_profile() -> None:
    profile = read_agency({"name": "PLN", "names": ["PLN", "PT PLN (Persero)"]}, "agency.toml")
    hits = AgencyVocabulary(profile).find("PT PLN (Persero) dan pln")
    assert [hit.phrase for hit in hits] == ["PT PLN (Persero)", "PLN"]
