from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.analysis import ArticleText, Span
from nlp.choice import READER, ModelError
from nlp.components.reader import AgencyReader, notice
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from nlp.reader.decisions import FEATURES, Decision, Decisions
from nlp.reader.encoder import Encoder
from nlp.reader.encoding import MOST_TOKENS, encode, in_batches
from nlp.reader.ngrams import Ngrams, occurrences
from nlp.reader.questions import ALERTS, OUTPUTS, QUESTIONS, TONES, columns
from nlp.reader.window import MarkedSentence, marked_sentences, most_needed
from tests.nlp.builders import an_analyser, analysed, the_agency

PIPELINE = build_pipeline(the_agency(), until="regions")
BENEFIT = "BPJS Ketenagakerjaan menyerahkan santunan kematian Rp42 juta kepada ahli waris nelayan di Jember, Senin."
COMPLAINT = (
    "Warga mengeluhkan antrean panjang di kantor BPJS Ketenagakerjaan Cabang Palu karena petugas tidak melayani."
)


class Words:
    """A word is a token; its number is its length."""

    start, separator, padding = 1001, 1002, 0

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        return [[len(word) for word in text.split()] for text in texts]


def a_sentence(text: str, start: int = 0, *, in_title: bool = False, rank: int = 0) -> MarkedSentence:
    return MarkedSentence(start, start + len(text), text, in_title, rank)


def sentences_of(text: str, title: str = "") -> list[MarkedSentence]:
    return marked_sentences(PIPELINE(make_doc(PIPELINE, ArticleText("a", text, title))))


def test_the_agency_and_its_look_alikes_are_marked() -> None:
    (found,) = sentences_of("BPJS-TK dan BPJS Kesehatan hadir.")
    assert found.text == "[AGENSI] dan [LAIN] hadir."


def test_what_names_the_agency_is_needed_before_what_does_not() -> None:
    found = sentences_of("Satu. Dua kali. Tiga kali. BPJS Ketenagakerjaan hadir. Lima kali. Enam kali.", "Judul")
    assert [(each.text, each.rank) for each in found] == [
        ("Judul", 0),
        ("Satu.", 0),
        ("Dua kali.", 0),
        ("Tiga kali.", 2),
        ("[AGENSI] hadir.", 0),
        ("Lima kali.", 1),
        ("Enam kali.", 2),
    ]


def test_link_lines_are_not_read() -> None:
    text = "BPJS Ketenagakerjaan hadir.\nBACA JUGA: Korupsi di BPJS Ketenagakerjaan\nSelesai."
    assert [each.text for each in sentences_of(text)] == ["[AGENSI] hadir.", "Selesai."]


def test_sentences_are_chosen_by_rank_and_kept_in_order() -> None:
    found = [a_sentence("a", rank=2), a_sentence("b"), a_sentence("c", rank=1), a_sentence("d")]
    assert most_needed(found, [5, 5, 5, 5], 15) == [1, 2, 3]
    assert most_needed(found, [5, 5, 5, 5], 4) == []


def test_each_token_knows_its_sentence() -> None:
    (window,) = encode(
        [[a_sentence("judul ini", in_title=True), a_sentence("satu dua tiga"), a_sentence("empat")]], Words()
    )
    assert window.tokens.tolist() == [1001, 5, 3, 1002, 4, 3, 4, 5, 1002]
    assert window.owners.tolist() == [-1, 0, 0, -1, 1, 1, 1, 2, -1]
    assert window.segments.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]


@given(st.lists(st.lists(st.integers(1, 400), min_size=1, max_size=60), max_size=6), st.booleans())
def test_no_window_is_longer_than_the_encoder_reads(lengths: list[list[int]], titled: bool) -> None:
    articles = [
        [a_sentence("kata " * length, in_title=titled and at == 0) for at, length in enumerate(some)]
        for some in lengths
    ]
    for window in encode(articles, Words()):
        assert len(window.tokens) <= MOST_TOKENS
        assert len(window.tokens) == len(window.segments) == len(window.owners)
        assert (window.owners >= 0).any()


def test_batches_give_back_every_window_once_padded_to_the_longest() -> None:
    windows = encode([[a_sentence("kata " * length)] for length in (5, 90, 1, 40, 7)], Words())
    seen = []
    for chosen, batch in in_batches(windows, 2, padding=0):
        seen += chosen
        for row, index in enumerate(chosen):
            length = len(windows[index].tokens)
            assert batch.tokens[row, :length].tolist() == windows[index].tokens.tolist()
            assert batch.attention[row].sum() == length
            assert (batch.owners[row, length:] == -1).all()
    assert sorted(seen) == [0, 1, 2, 3, 4]


def test_shares_of_the_sentences_do_not_depend_on_the_batch() -> None:
    encoder = Encoder(READER)
    articles = [sentences_of(BENEFIT * times, "Judul") for times in (1, 3, 2)] + [sentences_of(COMPLAINT)]
    together = encoder.read(articles)
    for article, shares in zip(articles, together, strict=True):
        (alone,) = encoder.read([article])
        assert shares.shape == (len(article), len(OUTPUTS))
        # int8 weights: activations are scaled per batch
        assert np.abs(alone.sum(axis=0) - shares.sum(axis=0)).max() < 0.6


def test_an_article_without_sentences_has_no_shares() -> None:
    (shares,) = Encoder(READER).read([[]])
    assert shares.shape == (0, len(OUTPUTS))


def test_the_parts_of_the_sentences_add_up_to_the_decision() -> None:
    random = np.random.default_rng(0)
    weights = random.normal(size=(3, len(FEATURES)))
    decision = Decision(TONES, weights, np.zeros(3))
    shares = random.normal(size=(4, 2 * len(OUTPUTS))).astype(np.float32)
    features = np.zeros(len(FEATURES))
    features[: 2 * len(OUTPUTS)] = shares.sum(axis=0)
    scores = np.log(decision.probabilities(features))
    for answer in range(3):
        others = [other for other in range(3) if other != answer]
        assert decision.pull(shares, answer).sum() == pytest.approx(scores[answer] - scores[others].mean(), abs=1e-4)


def test_decisions_survive_json() -> None:
    decisions = Decisions.load(READER)
    again = Decisions.from_json(decisions.to_json())
    features = np.random.default_rng(1).normal(size=len(FEATURES))
    for question in QUESTIONS:
        told = decisions.by_question[question].probabilities(features)
        assert again.by_question[question].probabilities(features) == pytest.approx(told, abs=1e-3)
    assert set(decisions.alert_from) == set(ALERTS)


def test_outputs_of_a_question_stand_together() -> None:
    for question, answers in QUESTIONS.items():
        assert [name.split(":")[1] for name in OUTPUTS[columns(question)]] == list(answers)


def test_features_are_named_one_by_one() -> None:
    doc = PIPELINE(make_doc(PIPELINE, ArticleText("a", BENEFIT)))
    shares = np.ones((1, 2 * len(OUTPUTS)), dtype=np.float32)
    assert notice(doc, shares).shape == (len(FEATURES),)


def test_tone_is_toward_the_agency_and_shows_the_sentence_that_decided() -> None:
    title, text = "Warga Palu Kecewa", f"{COMPLAINT} Hujan turun sejak pagi di kota itu."
    analysis = analysed(text, title)
    assert analysis.sentiment.label == "negative"
    assert Span("text", 0, len(COMPLAINT), COMPLAINT) in analysis.sentiment.evidence
    assert analysed(BENEFIT, "Ahli Waris Nelayan Terima Santunan").sentiment.label == "positive"


def test_alert_classes_come_with_evidence() -> None:
    text = (
        "Kejaksaan menahan dua pegawai BPJS Ketenagakerjaan Cabang Medan dalam kasus korupsi klaim fiktif Rp3 miliar."
    )
    (alert,) = [it for it in analysed(text, "Dua Pegawai Ditahan").alerts if it.code == "fraud"]
    assert alert.score >= 0.2
    assert alert.evidence


def test_what_does_not_concern_the_agency_is_not_read() -> None:
    analysis = analysed("Tim sepak bola Palu menang tiga gol di Stadion Gawalise.", "Palu Menang")
    assert (analysis.relevance, analysis.alerts, analysis.topics) == ("irrelevant", (), ())


def test_articles_read_together_are_told_as_when_read_alone() -> None:
    texts = [ArticleText(str(at), text) for at, text in enumerate([BENEFIT, COMPLAINT, "Bola.", BENEFIT * 4])]
    together = an_analyser().analyse(texts)
    for article, analysis in zip(texts, together, strict=True):
        (alone,) = an_analyser().analyse([article])
        assert (alone.relevance, alone.sentiment.label) == (analysis.relevance, analysis.sentiment.label)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx", "ngrams.npz"])
def test_a_folder_that_lacks_a_file_is_no_reader(tmp_path: Path, name: str) -> None:
    for other in {"config.json", "tokenizer.json", "model.onnx", "ngrams.npz"} - {name}:
        (tmp_path / other).write_text("{}")
    with pytest.raises(ModelError, match=name):
        Encoder(tmp_path)


def test_a_model_with_other_outputs_is_no_reader(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "model.onnx", "ngrams.npz"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "config.json").write_text('{"id2label": {"0": "positive"}}')
    with pytest.raises(ModelError, match="id2label"):
        Encoder(tmp_path)


def test_the_reader_tells_its_version() -> None:
    reader = AgencyReader(Encoder(READER), Ngrams.load(READER), Decisions.load(READER))
    assert reader.version == f"reader-{Encoder(READER).version}"


def test_n_grams_of_the_sentences_add_up_to_those_of_the_article() -> None:
    ngrams = Ngrams.load(READER)
    some = [a_sentence("Antrean panjang di kantor [AGENSI]."), a_sentence("Antrean itu dikeluhkan warga.")]
    whole = a_sentence(" ".join(sentence.text for sentence in some))
    apart, together = ngrams.shares(some), ngrams.shares([whole])
    assert apart.shape == (2, len(OUTPUTS))
    # the pair of words across the sentences is all that differs
    assert np.abs(apart.sum(axis=0) - together[0]).max() < 0.2
    assert ngrams.shares([]).shape == (0, len(OUTPUTS))
    assert not ngrams.shares([a_sentence("…")]).any()


def test_n_grams_beyond_the_bound_are_not_read() -> None:
    assert set(occurrences([a_sentence("kata " * 500), a_sentence("sesudahnya")]).sentences) == {0}
