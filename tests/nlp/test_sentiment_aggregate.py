import pytest

from nlp.sentiment import Passage, Scores, article_tone
from nlp.sentiment.aggregate import weight
from nlp.sentiment.model import Place

GOOD = Scores(0.8, 0.2, 0.0)
BAD = Scores(0.0, 0.2, 0.8)
SILENT = Scores(0.0, 1.0, 0.0)


def a_passage(place: Place = "lead", named: bool = True) -> Passage:
    return Passage("…", place, named)


def test_nothing_to_judge_is_neutral_and_unsure() -> None:
    verdict = article_tone([], [])
    assert (verdict.label, verdict.score, verdict.deciding) == ("neutral", 0.5, ())


def test_silence_is_surely_neutral() -> None:
    verdict = article_tone([a_passage()], [SILENT])
    assert (verdict.label, verdict.score) == ("neutral", 1.0)


def test_one_telling_passage_is_not_drowned_by_silent_ones() -> None:
    passages = [a_passage("title"), *[a_passage("rest")] * 30]
    assert article_tone(passages, [BAD, *[SILENT] * 30]).label == "negative"


def test_a_bad_headline_outweighs_a_defence_in_the_text() -> None:
    verdict = article_tone([a_passage("title"), *[a_passage("rest")] * 5], [BAD, *[GOOD] * 5])
    assert (verdict.label, verdict.deciding) == ("negative", (0,))


def test_balanced_news_is_neutral() -> None:
    verdict = article_tone([a_passage(), a_passage()], [GOOD, BAD])
    assert (verdict.label, verdict.deciding) == ("neutral", ())
    assert verdict.score < 0.5


def test_a_weak_tone_is_neutral() -> None:
    assert article_tone([a_passage()], [Scores(0.25, 0.75, 0.0)]).label == "neutral"


def test_a_passage_that_does_not_name_the_agency_weighs_less() -> None:
    assert weight(a_passage("lead", named=False)) < weight(a_passage("lead"))


@pytest.mark.parametrize(("heavier", "lighter"), [("title", "lead"), ("lead", "rest")])
def test_earlier_passages_weigh_more(heavier: Place, lighter: Place) -> None:
    assert weight(a_passage(heavier)) > weight(a_passage(lighter))


def test_at_most_three_passages_are_evidence_the_strongest_first() -> None:
    passages = [a_passage("rest"), a_passage("lead"), a_passage("title"), a_passage("rest"), a_passage("rest")]
    assert article_tone(passages, [GOOD] * 5).deciding == (2, 1, 0)


def test_scores_lie_between_a_half_and_one_for_a_clear_tone() -> None:
    assert 0.5 <= article_tone([a_passage()], [GOOD]).score <= 1.0
