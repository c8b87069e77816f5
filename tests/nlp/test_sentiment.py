import json
from pathlib import Path

import pytest
from spacy.language import Language

import nlp.components.sentiment  # noqa: F401  registers the component
from nlp.sentiment.passages import passages_about_agency
from tests.nlp.agency import a_doc, analysed, pipeline
from tests.nlp.sentiment_cases import CASES, FURTHER

COVERAGE = Path(__file__).parents[2].parent / "shared" / "data" / "coverage" / "dev.jsonl"

PIPELINE = pipeline("agency_sentiment")


@pytest.fixture
def judging() -> Language:
    return PIPELINE


def test_invented_articles_are_judged_with_an_accuracy_of_at_least_90_percent(judging: Language) -> None:
    right = sum(analysed(judging, case.text, case.title)._.sentiment.label == case.tone for case in CASES)
    assert len(CASES) >= 60
    assert right / len(CASES) >= 0.90


def test_further_invented_articles_are_judged_with_an_accuracy_of_at_least_80_percent(judging: Language) -> None:
    right = sum(analysed(judging, text, title)._.sentiment.label == tone for tone, title, text in FURTHER)
    assert right / len(FURTHER) >= 0.80


def test_bad_news_in_invented_articles_is_found(judging: Language) -> None:
    bad = [case for case in CASES if case.tone == "negative"]
    found = sum(analysed(judging, case.text, case.title)._.sentiment.label == "negative" for case in bad)
    assert found / len(bad) >= 0.9


def test_the_deciding_sentence_is_the_evidence(judging: Language) -> None:
    text = "Hujan turun di Kenanga. BPJS Ketenagakerjaan menyerahkan santunan kepada ahli waris. Acara bubar."
    (evidence,) = analysed(judging, text)._.sentiment.evidence
    assert evidence.text == "BPJS Ketenagakerjaan menyerahkan santunan kepada ahli waris."
    assert text[evidence.start : evidence.end] == evidence.text


def test_an_article_without_the_agency_is_neutral_without_evidence(judging: Language) -> None:
    doc = analysed(judging, "BPJS Kesehatan diduga korupsi klaim fiktif.")
    assert (doc._.sentiment.label, doc._.sentiment.evidence) == ("neutral", ())


def test_a_sentence_about_a_look_alike_does_not_count(judging: Language) -> None:
    text = "BPJS Ketenagakerjaan menyerahkan santunan. Sementara itu BPJS Kesehatan diguncang korupsi."
    assert analysed(judging, text)._.sentiment.label == "positive"


def test_links_to_other_stories_do_not_count(judging: Language) -> None:
    text = "BPJS Ketenagakerjaan menyerahkan santunan.\nBACA JUGA: Korupsi Dana BPJS Ketenagakerjaan Disidik\nSelesai."
    doc = analysed(judging, text)
    assert doc._.sentiment.label == "positive"


def test_passages_are_headline_lead_and_sentences_about_the_agency() -> None:
    text = "Satu kalimat. Dua kalimat. Tiga kalimat. BPJS Ketenagakerjaan hadir. Lima kalimat. Enam kalimat."
    placed = passages_about_agency(a_doc(PIPELINE, text, "Judul"))
    assert [(each.passage.text, each.passage.place) for each in placed] == [
        ("Judul", "title"),
        ("Satu kalimat.", "lead"),
        ("Dua kalimat.", "lead"),
        ("[AGENSI] hadir.", "rest"),
        ("Lima kalimat.", "rest"),
    ]


def test_a_fall_at_one_branch_is_negative(judging: Language) -> None:
    doc = analysed(judging, "", "Peserta BPJS Ketenagakerjaan Pangkalpinang Turun 10,97 Persen")
    assert doc._.sentiment.label == "negative"


def test_the_component_tells_its_models_version(judging: Language) -> None:
    assert judging.get_pipe("agency_sentiment").version == "lexicon-1"  # type: ignore[attr-defined]


@pytest.mark.gold
def test_labelled_coverage_is_judged_with_an_accuracy_of_at_least_85_percent(judging: Language) -> None:
    if not COVERAGE.is_file():
        pytest.skip("the labelled coverage is not part of the checkout")
    rows = [json.loads(line) for line in COVERAGE.read_text(encoding="utf-8").splitlines()]
    relevant = [row for row in rows if row["gold"]["relevant"] is True]
    docs = [analysed(judging, row["text"], row["title"] or "") for row in relevant]
    tones = [(row["gold"]["sentiment"], doc._.sentiment.label) for row, doc in zip(relevant, docs, strict=True)]
    assert sum(gold == said for gold, said in tones) / len(tones) >= 0.85
