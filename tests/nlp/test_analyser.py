import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.analyser import UNDETERMINED, Analyser
from nlp.analysis import Analysis, ArticleText, Span, Tone
from nlp.choice import ModelChoice
from nlp.lines import analyse_lines
from nlp.pipeline import MAX_TEXT_CHARACTERS
from nlp.serialise import analysis_from_json, analysis_to_json
from tests.nlp.builders import an_analyser, analysed, the_agency
from tests.nlp.test_sentiment_onnx import write_model

COVERAGE = Path(__file__).parents[3] / "shared" / "data" / "coverage" / "dev.jsonl"

TITLE = "BPJS Ketenagakerjaan Palu Bayar Klaim Rp3,2 Miliar"
TEXT = (
    "PALU, KABARSULTENG.ID - BPJS Ketenagakerjaan Palu membayar klaim Rp3,2 miliar kepada 120 ahli waris.\n"
    "“Dana itu hak keluarga peserta,” kata kepala cabang Rosmini Latjuba, Senin.\n"
)


def spans_of(analysis: Analysis) -> list[Span]:
    figures = [Span(figure.field, figure.start, figure.end, figure.surface) for figure in analysis.figures]
    regions = [span for region in analysis.regions for span in region.spans]
    return [*analysis.mentions, *analysis.entities, *analysis.quotes, *figures, *regions, *analysis.sentiment.evidence]


def test_an_article_is_understood_as_a_whole() -> None:
    analysis = analysed(TEXT, TITLE)
    assert (analysis.language, analysis.relevance, analysis.sentiment.label) == ("id", "relevant", "positive")
    assert analysis.regions[0].name == "Kota Palu"
    assert {3.2e9} <= {figure.value for figure in analysis.figures}
    assert any(quote.speaker == "Rosmini Latjuba" for quote in analysis.quotes)


def test_every_span_leads_back_to_its_words() -> None:
    analysis = analysed(TEXT, TITLE)
    fields = {"title": TITLE, "text": TEXT}
    assert spans_of(analysis)
    assert all(fields[span.field][span.start : span.end] == span.text for span in spans_of(analysis))


def test_articles_do_not_colour_each_other() -> None:
    texts = [ArticleText(str(n), TEXT if n % 2 else "Banjir surut.", TITLE if n % 2 else "") for n in range(70)]
    together = an_analyser().analyse(texts)
    assert [analysis.id for analysis in together] == [text.id for text in texts]
    assert together[:2] == [an_analyser().analyse([text])[0] for text in texts[:2]]


def test_no_articles_give_no_analyses() -> None:
    assert an_analyser().analyse([]) == []


def test_an_empty_article_is_irrelevant_and_of_no_language() -> None:
    analysis = analysed("")
    assert (analysis.relevance, analysis.language) == ("irrelevant", UNDETERMINED)


def test_only_a_relevant_article_is_alert_worthy() -> None:
    outage = "Situs BPJS Ketenagakerjaan lumpuh."
    about = analysed(f"{outage} Peserta tidak bisa membuka laman itu sejak pagi.", "Situs BPJS Ketenagakerjaan Lumpuh")
    assert (about.relevance, about.alert_classes) == ("relevant", ("outage",))
    aside = analysed(f"{'Warga Sukamaju menata taman kota. ' * 9}{outage}", "Warga Menata Taman")
    assert aside.relevance != "relevant"
    assert (aside.alert_classes, aside.topics) == ((), ())


def test_english_is_told_and_analysed() -> None:
    analysis = analysed("BPJS Employment paid benefits to the families of 20 workers in East Java, the agency said.")
    assert (analysis.language, analysis.relevance) == ("en", "relevant")


def test_the_version_changes_with_the_profile() -> None:
    profile = the_agency()
    other = replace(profile, names=(*profile.names, "BPJS Pekerja"))
    assert Analyser(profile).version == an_analyser().version
    assert Analyser(other).version != an_analyser().version


def test_the_version_begins_with_that_of_the_model_that_tells_the_tone() -> None:
    assert re.fullmatch(r"reader-[0-9a-f]{12}\+[0-9a-f]{12}", an_analyser().version)


def test_a_models_labels_are_read_through_the_settings(tmp_path: Path) -> None:
    path = write_model(tmp_path / "model", {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})
    labels: dict[str, Tone] = {"LABEL_0": "positive", "LABEL_1": "neutral", "LABEL_2": "negative"}
    analyser = Analyser(the_agency(), ModelChoice(sentiment=str(path), sentiment_labels=labels))
    [analysis] = analyser.analyse([ArticleText("a", "BPJS Ketenagakerjaan membayar santunan.")])
    assert analysis.sentiment.label == "positive"
    assert analyser.version.startswith("onnx-")


@pytest.mark.parametrize("piece", ["a", "BPJS ", "“", "Rp1,2 miliar ", "kata Budi di Palu. ", "(((", "\n", "\ud800"])
def test_ten_million_characters_in_one_line_are_cut_and_read(piece: str) -> None:
    analysis = analysed((piece * 10_000_000)[:10_000_000])
    assert all(span.end <= MAX_TEXT_CHARACTERS for span in spans_of(analysis))


def test_cutting_moves_no_offset() -> None:
    text = "Pembuka. " * 10 + TEXT
    long = text + "Penutup biasa. " * 20_000
    assert analysed(long).mentions == analysed(text).mentions


@settings(max_examples=40)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_gives_an_analysis_that_survives_json(text: str, title: str) -> None:
    analysis = analysed(text, title)
    assert analysis_from_json(json.loads(json.dumps(analysis_to_json(analysis)))) == analysis


def test_importing_the_values_loads_no_engine() -> None:
    code = "import nlp, nlp.serialise, nlp.lines, sys; assert not {'spacy', 'onnxruntime'} & set(sys.modules)"
    done = run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.gold
def test_labelled_coverage_is_told_relevant_and_placed() -> None:
    if not COVERAGE.exists():
        pytest.skip("the labelled coverage is not part of the checkout")
    gold = [json.loads(row) for row in COVERAGE.read_text(encoding="utf-8").splitlines()]
    found = list(analyse_lines(COVERAGE.read_text(encoding="utf-8").splitlines(), an_analyser().analyse))
    pairs = [(row["gold"]["relevant"] is True, result["relevance"] == "relevant")
             for row, result in zip(gold, found, strict=True)]  # fmt: skip
    right = sum(told and true for true, told in pairs)
    assert 2 * right / (sum(true for true, _ in pairs) + sum(told for _, told in pairs)) >= 0.95
    placed = [
        (result["regions"][0]["name"] if result["regions"] else "nasional") == row["gold"]["region"]
        for row, result in zip(gold, found, strict=True)
        if row["gold"]["relevant"] is True
    ]
    assert sum(placed) / len(placed) >= 0.9
