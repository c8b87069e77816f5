"""Accuracy on real pages whose text is known; they are not part of the checkout."""

import pytest

from benchmarks.extraction.scoring import (
    DEVELOPMENT_PAGES,
    GoldPage,
    gold_pages,
    leaked_pointers,
    same_title,
    token_f1,
)
from crawler.extract import extract, pages_from_files
from crawler.page import Extraction

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not DEVELOPMENT_PAGES.exists(), reason="the development pages are not part of the checkout"),
]


@pytest.fixture(scope="module")
def readings() -> list[tuple[GoldPage, Extraction]]:
    return [(page, extract(pages_from_files(page.url, page.bodies))) for page in gold_pages()]


def test_the_text_is_right_on_average_and_on_every_page(readings: list[tuple[GoldPage, Extraction]]) -> None:
    scores = {page.name: token_f1(found.text, page.text) for page, found in readings}
    assert sum(scores.values()) / len(scores) >= 0.97, scores
    assert min(scores.values()) >= 0.85, scores


def test_every_title_day_and_minute_is_right(readings: list[tuple[GoldPage, Extraction]]) -> None:
    for page, found in readings:
        assert same_title(found.title, page.title), page.name
        assert found.published is not None, page.name
        assert page.published is not None
        assert abs((found.published - page.published).total_seconds()) < 60, page.name


def test_every_page_is_an_article_of_one_page(readings: list[tuple[GoldPage, Extraction]]) -> None:
    assert all(found.is_article and not found.next_pages for _, found in readings)


def test_no_pointer_leaks_into_a_text(readings: list[tuple[GoldPage, Extraction]]) -> None:
    assert {page.name: leaked_pointers(found.text) for page, found in readings if leaked_pointers(found.text)} == {}
