"""What every store tells the rules: which articles were printed when, and when anything was collected."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.ports import ArticleStore
from tests.service.builders import NOW, an_article
from tests.service.stores import STORES

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ArticleStore]:
    opened = request.param(tmp_path)
    yield opened
    opened.close()


def test_relevant_articles_of_a_time_are_named_newest_first(store: ArticleStore) -> None:
    ids = {}
    printed: list[tuple[str, float, dict[str, Any]]] = [
        ("baru", 0.1, {"tone": "negative"}),
        ("kemarin", 1, {"outlet": "suarapesisir.example"}),
        ("lusa", 2, {"tone": "negative"}),
        ("lama", 9, {"tone": "negative"}),
        ("sebut", 1, {"relevance": "mention"}),
    ]
    with store.transaction() as transaction:
        for slug, ago, changes in printed:
            article = an_article(slug, published=NOW - ago * DAY, **changes)
            transaction.add(article)
            ids[slug] = article.id
    week = (NOW - 7 * DAY, NOW)
    assert store.relevant_ids(*week, 10) == [ids["baru"], ids["kemarin"], ids["lusa"]]
    assert store.relevant_ids(*week, 2) == [ids["baru"], ids["kemarin"]]
    assert store.relevant_ids(*week, 10, tones={"negative"}) == [ids["baru"], ids["lusa"]]
    assert store.relevant_ids(*week, 10, outlets={"suarapesisir.example"}) == [ids["kemarin"]]
    assert store.relevant_ids(*week, 10, outlets=()) == []
    assert store.relevant_ids(NOW - 10 * DAY, NOW - 2 * DAY, 10) == [ids["lusa"], ids["lama"]]


def test_the_hours_in_which_anything_was_collected_are_known(store: ArticleStore) -> None:
    with store.transaction() as transaction:
        for slug, found in (("a", NOW), ("b", NOW + HOUR / 2), ("c", NOW + 3 * HOUR), ("d", NOW - 50 * HOUR)):
            transaction.add(an_article(slug, found=found, relevance="irrelevant", story_id=None))
    assert store.found_hours(NOW - HOUR) == [NOW, NOW + 3 * HOUR]
    assert store.found_hours(NOW - 60 * HOUR)[0] == NOW - 50 * HOUR
    assert store.found_hours(NOW + 9 * HOUR) == []
