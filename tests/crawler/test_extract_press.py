"""Accuracy on the invented press: every layout with several articles, whose text and surroundings are known."""

import pytest

from benchmarks.extraction.press.articles import articles
from benchmarks.extraction.press.layouts import LAYOUTS
from benchmarks.extraction.press.printing import printed_pages
from benchmarks.extraction.press.reading import Reading, press_readings


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(press_readings())


def test_the_press_is_large_enough_to_judge_by(readings: list[Reading]) -> None:
    assert len(articles()) >= 60
    assert len(LAYOUTS) >= 12
    for layout in LAYOUTS:
        assert len({each.page.title for each in readings if each.layout == layout.name}) >= 5, layout.name


def test_the_text_is_right_in_every_layout(readings: list[Reading]) -> None:
    scores = {each.page.name: each.f1 for each in readings}
    assert sum(scores.values()) / len(scores) >= 0.985, scores
    assert min(scores.values()) >= 0.95, sorted(scores.items(), key=lambda item: item[1])[:5]


def test_no_sentence_of_another_report_or_of_a_reader_is_taken_in(readings: list[Reading]) -> None:
    assert {each.page.name: each.leaks for each in readings if each.leaks} == {}


def test_every_headline_and_minute_is_right(readings: list[Reading]) -> None:
    assert [each.page.name for each in readings if not each.is_titled] == []
    assert [each.page.name for each in readings if not each.is_dated] == []


def test_no_caption_stands_in_the_text(readings: list[Reading]) -> None:
    mixed = [each.page.name for each in readings for caption in each.page.captions if caption in each.text.splitlines()]
    assert mixed == []


def test_a_page_is_printed_the_same_every_time() -> None:
    first, second = (list(printed_pages(LAYOUTS[:2])) for _ in range(2))
    assert first == second


def test_pages_are_as_heavy_as_real_ones(readings: list[Reading]) -> None:
    sizes = [len(body) for each in readings for body in each.page.bodies]
    assert sum(sizes) / len(sizes) > 30_000
