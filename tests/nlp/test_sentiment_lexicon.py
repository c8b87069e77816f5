import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.sentiment import LexiconSentiment, Passage, Scores
from nlp.sentiment.lexicon import cues_in
from nlp.sentiment.model import TARGET


def judged(text: str, title: str = "", lead: str = "") -> Scores:
    (scores,) = LexiconSentiment().classify([Passage(text, "lead", TARGET in text, title, lead or text)])
    return scores


def test_the_version_says_that_it_is_a_lexicon() -> None:
    assert LexiconSentiment().version == "lexicon-1"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (1, "[AGENSI] menyerahkan santunan kepada ahli waris."),
        (2, "Pemkab Kenanga menganggarkan iuran [AGENSI] bagi petani."),
        (6, "[AGENSI] berhasil menagih tunggakan iuran Rp3 miliar."),
    ],
)
def test_good_news_for_the_agency_is_told_by_its_rule(rule: int, text: str) -> None:
    assert rule in {cue.rule for cue, tone, _ in cues_in(text) if tone == "positive"}
    assert judged(text).positive > judged(text).negative


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (3, "Jumlah peserta aktif [AGENSI] merosot."),
        (4, "Pemohon antre sejak subuh di [AGENSI] Kudus."),
        (5, "[AGENSI] membantah dugaan korupsi."),
        (7, "Ke mana dana buruh yang dikelola [AGENSI]?"),
    ],
)
def test_bad_news_for_the_agency_is_told_by_its_rule(rule: int, text: str) -> None:
    assert rule in {cue.rule for cue, tone, _ in cues_in(text) if tone == "negative"}
    assert judged(text).negative > judged(text).positive


def test_a_negation_turns_a_payment_into_a_refusal() -> None:
    assert judged("[AGENSI] belum membayar santunan keluarga itu.").negative > 0.5


def test_a_negation_takes_a_queue_away() -> None:
    assert judged("Kini tidak ada antrean di [AGENSI].").negative == 0.0


def test_a_denied_accusation_stays_negative() -> None:
    assert judged("[AGENSI] menegaskan tidak ada pungli.").negative > 0.5


def test_prevention_of_corruption_is_no_corruption() -> None:
    assert judged("[AGENSI] dan kejaksaan sepakat mencegah korupsi.").negative == 0.0


def test_a_how_to_headline_damps_the_tones_of_its_text() -> None:
    text = "Peserta [AGENSI] dapat mencairkan JHT setelah 10 tahun."
    assert judged(text, title="Cara Mencairkan JHT").positive < judged(text).positive / 2


def test_a_passage_without_cues_is_neutral() -> None:
    assert judged("Kantor [AGENSI] terletak di Jalan Melati.") == Scores(0.0, 1.0, 0.0)


def test_passages_are_judged_in_their_order() -> None:
    texts = ["[AGENSI] menyerahkan santunan.", "Hujan.", "Data peserta [AGENSI] bocor."]
    scores = LexiconSentiment().classify([Passage(text, "rest", True) for text in texts])
    assert [max(("positive", "neutral", "negative"), key=each.of) for each in scores] == [  # type: ignore[arg-type]
        "positive",
        "neutral",
        "negative",
    ]


@given(st.text(max_size=300))
def test_any_text_gets_probabilities(text: str) -> None:
    scores = judged(text, title=text[:50])
    assert scores.positive + scores.neutral + scores.negative == pytest.approx(1.0)
    assert min(scores.positive, scores.neutral, scores.negative) >= 0.0


@pytest.mark.parametrize(
    "word", ["perusahaan ", "klaim ", "demo ", "pakar ", "bayar ", "[AGENSI] ", "tidak ", "peserta turun "]
)
def test_a_hostile_passage_is_judged_in_one_go(word: str) -> None:
    assert judged(word * 20_000).neutral >= 0.0
