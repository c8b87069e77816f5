"""Articles that arrive while the index is made anew: none is missing afterwards, whatever the engine."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from service.adapters.sql.store import SqlStore
from service.app import utc_now
from service.domain.article import Article
from service.domain.query import Query
from service.errors import IndexBusy
from service.ports import SearchIndex
from service.usecases.indexing import IndexArticles
from tests.service.builders import NOW, an_analysis, an_article
from tests.service.indexes import ENGINES, maker_of
from tests.service.stores import sqlite

ARRIVING = int(os.environ.get("PANTAU_TEST_REBUILD_ARTICLES", "60"))
STORED = max(ARRIVING, 300)
AT_ONCE = 10
GONE = ARRIVING // 5


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    made = maker_of(request)(tmp_path, None)
    yield made
    made.close()


def keep(store: SqlStore, *articles: Article) -> None:
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)


def printed(number: int, word: str = "klaim") -> Article:
    return an_article(f"n{number}", title=f"Berita {number}", text=f"{word} {number}", evidence=(), published=NOW)


def dropped(number: int) -> Article:
    """The article, judged again as irrelevant."""
    gone = printed(number)
    return replace(gone, analysis=replace(an_analysis(relevance="irrelevant"), id=gone.id), text="")


def found(index: SearchIndex, text: str = "") -> set[str]:
    urls: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = index.search(Query(text=text), size=1000, cursor=cursor)
        urls += [hit.url.rpartition("/")[2] for hit in page.hits]
        cursor = page.cursor
    assert len(urls) == len(set(urls))
    return set(urls)


def test_what_arrives_changes_and_goes_during_a_rebuild_is_right_afterwards(index: SearchIndex, tmp_path: Path) -> None:
    store = sqlite(tmp_path)
    for start in range(0, STORED, 500):
        keep(store, *map(printed, range(start, min(start + 500, STORED))))
    IndexArticles(store, index, utc_now).run()

    arrived = Event()

    def press() -> None:
        """A worker that stores and indexes as always; where the index takes nothing, the articles wait."""
        worker = IndexArticles(store, index, utc_now)
        for start in range(0, ARRIVING, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, ARRIVING))
            keep(store, *(printed(STORED + number, "santunan") for number in numbers))
            keep(store, *(dropped(STORED - 1 - number) for number in numbers if number < GONE))
            worker.run()
        arrived.set()

    def rebuild() -> None:
        """One rebuild after the other while articles arrive, each as soon as the worker leaves a gap to begin in."""
        while True:
            last = arrived.is_set()
            with suppress(IndexBusy):
                IndexArticles(store, index, utc_now).rebuild()
                if last:
                    return

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(press), threads.submit(rebuild)]:
            done.result()
    IndexArticles(store, index, utc_now).run()
    arrivals = {f"n{STORED + number}" for number in range(ARRIVING)}
    kept = {f"n{number}" for number in range(STORED - GONE)} | arrivals
    assert found(index) == kept
    assert found(index, "santunan") == arrivals
    assert index.count() == len(kept)
    assert store.counts()["not_indexed"] == 0
    store.close()
