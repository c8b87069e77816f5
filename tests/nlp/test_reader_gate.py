"""The shipped reader on the held-out passages: two writers' styles that nothing was trained or tuned on.

`python -m tests.nlp.test_reader_gate` prints the measures. The floors lie a little below what is reached (a passage in
fifty), so that a change of code cannot quietly cost accuracy.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from nlp.analysis import ArticleText
from nlp.choice import READER
from nlp.training.evaluation import Report, measured
from nlp.training.passages import HELD_OUT, held_out_passages, training_passages
from nlp.training.scores import calibration_error
from tests.nlp.builders import an_analyser, the_agency

COVERAGE = Path(__file__).parents[2].parent / "shared" / "data" / "coverage" / "dev.jsonl"

FLOORS = {
    "relevance F1": 0.98,
    "tone macro-F1": 0.86,
    "negative precision": 0.85,
    "negative recall": 0.86,
    "hard pairs": 0.58,
    "alerts F1": 0.69,
    "topic accuracy": 0.76,
}


@cache
def report() -> Report:
    return measured(READER, the_agency())


def test_enough_passages_are_held_out_by_writer() -> None:
    assert len(held_out_passages()) >= 600
    assert len(held_out_passages()) + len(training_passages()) >= 3_000
    assert not {passage.writer for passage in training_passages()} & set(HELD_OUT)
    assert {passage.rule for passage in held_out_passages() if passage.rule} == set(range(1, 9))


def test_no_passage_is_told_twice() -> None:
    passages = [*training_passages(), *held_out_passages()]
    assert len({passage.id for passage in passages}) == len(passages)
    assert len({(passage.title, passage.text) for passage in passages}) == len(passages)


@pytest.mark.parametrize("measure", FLOORS)
def test_the_reader_keeps_its_accuracy(measure: str) -> None:
    assert report().measures[measure] >= FLOORS[measure]


def test_the_score_of_a_tone_is_how_often_it_is_right() -> None:
    relevant = report().relevant
    told = report().told.tone[relevant]
    probabilities = np.zeros((len(relevant), 3))
    probabilities[np.arange(len(relevant)), told] = report().told.confidence[relevant]
    assert calibration_error(probabilities, report().tone[relevant]) <= 0.10


@pytest.mark.gold
def test_labelled_coverage_is_read() -> None:
    if not COVERAGE.is_file():
        pytest.skip("the labelled coverage is not part of the checkout")
    rows = [json.loads(line) for line in COVERAGE.read_text(encoding="utf-8").splitlines()]
    articles = [ArticleText(row["id"], row["text"] or "", row["title"] or "") for row in rows]
    told = [(row["gold"], analysis) for row, analysis in zip(rows, an_analyser().analyse(articles), strict=True)]
    hits = sum(gold["relevant"] is True and it.relevance == "relevant" for gold, it in told)
    both = sum(gold["relevant"] is True for gold, _ in told) + sum(it.relevance == "relevant" for _, it in told)
    assert 2 * hits / both >= 0.96
    relevant = [(gold, it) for gold, it in told if gold["relevant"] is True]
    assert sum(gold["sentiment"] == it.sentiment.label for gold, it in relevant) / len(relevant) >= 0.84


if __name__ == "__main__":
    for name, value in report().with_intervals().items():
        print(f"{name:20} {value}")
