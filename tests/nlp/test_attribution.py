import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.attribution import Attribution, attributions
from tests.nlp.attribution_cases import CASES, NOBODY

PRESS = Path(__file__).parents[2].parent / "shared" / "data" / "figures" / "press_dev.jsonl"


def speakers(sentence: str) -> list[tuple[str, str]]:
    return [(found.speaker, found.kind) for found in attributions(sentence)]


def only(sentence: str) -> Attribution:
    (found,) = attributions(sentence)
    return found


def test_speakers_are_found_with_an_f1_of_at_least_95_percent() -> None:
    right = missed = invented = 0
    for sentence, wanted in CASES:
        expected = [(name, kind) for name, _, kind in wanted]
        found = speakers(sentence)
        hits = sum(speaker in expected for speaker in found)
        right, missed, invented = right + hits, missed + len(expected) - hits, invented + len(found) - hits
    invented += sum(len(speakers(sentence)) for sentence in NOBODY)
    assert len(CASES) >= 60
    assert 2 * right / (2 * right + missed + invented) >= 0.95
    assert right / (right + invented) >= 0.97


def test_titles_are_read_wherever_a_speaker_with_a_title_is() -> None:
    wanted = {(sentence, name): title for sentence, expected in CASES for name, title, _ in expected if title}
    found = {(sentence, each.speaker): each.speaker_title for sentence, _ in CASES for each in attributions(sentence)}
    right = sum(found.get(key) == title for key, title in wanted.items())
    assert right / len(wanted) >= 0.95


@pytest.mark.parametrize("sentence", NOBODY)
def test_ordinary_words_attribute_nothing(sentence: str) -> None:
    assert [speaker for speaker in speakers(sentence) if speaker[1] != "pronoun"] == []


def test_offsets_point_at_the_name_and_at_the_clause() -> None:
    sentence = '"Kami siap," ujar Kepala Cabang Palu, Raden Wirya, S.E., M.M.'
    found = only(sentence)
    assert sentence[found.speaker_start : found.speaker_end] == found.speaker == "Raden Wirya"
    assert sentence[found.start : found.end].startswith("ujar Kepala Cabang Palu, Raden Wirya")


def test_a_suffixed_pronoun_stands_at_its_verb() -> None:
    found = only('"Kami siap," tuturnya.')
    assert (found.speaker, found.kind, found.speaker_start) == ("ia", "pronoun", 13)


def test_degrees_and_honourifics_are_not_part_of_a_name() -> None:
    assert only('"Benar," kata Prof. Dr. H. Budi Karya, S.H., M.Hum.').speaker == "Budi Karya"


def test_the_organisation_of_a_titled_speaker_is_told() -> None:
    assert only("Kepala BPJS Ketenagakerjaan Garut Tirta Mulya mengatakan itu.").organisation == (
        "BPJS Ketenagakerjaan Garut"
    )


def test_a_company_in_a_title_does_not_become_part_of_the_name() -> None:
    assert speakers("Direktur PT Maju Jaya Bagas Lurung mengatakan itu.") == []


def test_a_district_after_its_head_is_no_person() -> None:
    assert speakers("Kapolsek Tamalate mengatakan api sudah padam.") == []


def test_each_speaker_is_told_once_where_two_verbs_touch() -> None:
    assert speakers('"Siap," kata Bagas menambahkan.') == [("Bagas", "person")]


@given(st.text(max_size=300))
def test_no_text_crashes_and_offsets_stay_inside_it(text: str) -> None:
    for found in attributions(text):
        assert 0 <= found.start <= found.speaker_start <= found.speaker_end <= found.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "kata",
                "Kepala",
                "Bagas",
                ",",
                "menurut",
                "BPJS",
                "(",
                "57",
                ")",
                "M.",
                "dari",
                "mengatakan",
                '"',
                "Cabang",
                "SH",
                "bin",
            ]
        ),
        max_size=60,
    )
)
def test_no_chain_of_attribution_words_crashes(chain: list[str]) -> None:
    text = " ".join(chain)
    for found in attributions(text):
        assert text[found.speaker_start : found.speaker_end] == found.speaker or found.kind == "pronoun"


@pytest.mark.parametrize(
    "word", ["mengatakan ", "Kepala ", "Abdul ", "al Al ", "M.", '"kata ', "PT ", "Kepala Cabang, ", "(", " " * 5 + ","]
)
def test_a_hostile_line_is_read_in_one_go(word: str) -> None:
    line = word * 20_000  # minutes if the cost grew with the square of the length
    assert all(found.end <= len(line) for found in attributions(line))


def _press() -> Iterator[tuple[str, set[str]]]:
    with PRESS.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], {figure["speaker"] for figure in row["figures"] if figure["speaker"]}


@pytest.mark.gold
def test_speakers_of_press_figures_are_found() -> None:
    if not PRESS.is_file():
        pytest.skip("the press sentences are not part of the checkout")
    rows = list(_press())
    agreeing = sum(
        {name for name, kind in speakers(text) if kind != "pronoun"} == expected for text, expected in rows if expected
    )
    assert agreeing / sum(bool(expected) for _, expected in rows) >= 0.95
