"""The index comes to agree with the store, whatever happens in between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.article import Article
from service.errors import IndexBusy, IndexUnavailable
from service.usecases.indexing import IndexArticles
from tests.service.builders import NOW, ManualClock, an_analysis, an_article
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore


def a_store(*articles: Article) -> FakeStore:
    store = FakeStore()
    keep(store, *articles)
    return store


def keep(store: FakeStore, *articles: Article) -> None:
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)


def an_indexing(store: FakeStore, index: FakeIndex, clock: ManualClock | None = None) -> IndexArticles:
    return IndexArticles(store, index, clock or ManualClock(), batch_size=2)


def test_what_waits_is_put_in_batches_and_marked() -> None:
    articles = [an_article(f"berita-{number}") for number in range(5)]
    store, index = a_store(*articles, an_article("bola", relevance="irrelevant")), FakeIndex()
    assert an_indexing(store, index).run() == 5
    assert index.documents == {article.id: article for article in articles}
    assert store.not_indexed(10) == []
    assert len(store.indexed_between(NOW - timedelta(seconds=1), NOW)) == 5
    assert an_indexing(store, index).run() == 0


def test_an_unavailable_index_leaves_the_articles_waiting() -> None:
    store, index = a_store(an_article()), FakeIndex()
    index.unavailable = True
    with pytest.raises(IndexUnavailable):
        an_indexing(store, index).run()
    assert store.counts()["not_indexed"] == 1
    index.unavailable = False
    assert an_indexing(store, index).run() == 1


class RebuiltElsewhere(FakeIndex):
    """An index that another process begins to rebuild after so many changes."""

    def __init__(self, changes: int) -> None:
        super().__init__()
        self.changes = changes

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        if not self.changes:
            raise IndexBusy("another process rebuilds it")
        self.changes -= 1
        return super().put(articles)


def test_while_another_process_rebuilds_the_index_the_rest_goes_on_waiting() -> None:
    store, index = a_store(*(an_article(f"berita-{number}") for number in range(5))), RebuiltElsewhere(1)
    assert an_indexing(store, index).run() == 2
    assert store.counts()["not_indexed"] == 3
    index.changes = 9
    assert an_indexing(store, index).run() == 3


def test_what_the_engine_refuses_is_kept_in_mind_and_the_others_go_in() -> None:
    bad, good = an_article("rusak"), an_article("baik")
    store, index = a_store(bad, good), FakeIndex()
    index.refuses = {bad.id}
    assert an_indexing(store, index).run() == 2
    assert set(index.documents) == {good.id}
    assert store.refused(10) == [bad]
    assert an_indexing(store, index).run() == 0


def test_of_a_refused_article_no_former_version_is_found() -> None:
    article = an_article()
    store, index = a_store(article), FakeIndex()
    an_indexing(store, index).run()
    keep(store, replace(article, title="Ralat: pencairan tidak tertunda"))
    index.refuses = {article.id}
    an_indexing(store, index).run()
    assert index.count() == 0


def test_a_rebuild_tries_again_what_was_refused() -> None:
    bad, good = an_article("rusak"), an_article("baik")
    store, index, clock = a_store(bad, good), FakeIndex(), ManualClock()
    index.refuses = {bad.id}
    an_indexing(store, index, clock).run()
    clock.advance(timedelta(hours=1))
    assert an_indexing(store, index, clock).rebuild() == 1
    assert store.refused(10) == [bad]
    index.refuses = {good.id}
    assert an_indexing(store, index, clock).rebuild() == 1
    assert store.refused(10) == [good]
    assert set(index.documents) == {bad.id}


def test_a_crash_between_index_and_mark_is_a_harmless_second_put() -> None:
    article = an_article()
    store, index = a_store(article), FakeIndex()
    index.put([article])
    assert an_indexing(store, index).run() == 1
    assert index.count() == 1


def test_an_article_judged_irrelevant_is_taken_out() -> None:
    article = an_article()
    store, index = a_store(article), FakeIndex()
    an_indexing(store, index).run()
    keep(store, replace(article, analysis=an_analysis(relevance="irrelevant"), text=""))
    assert an_indexing(store, index).run() == 1
    assert index.count() == 0


class BusyIndex(FakeIndex):
    """An index during whose first put the article is corrected in the store."""

    def __init__(self, store: FakeStore, corrected: Article) -> None:
        super().__init__()
        self.store = store
        self.corrections = [corrected]

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        refused = super().put(articles)
        if self.corrections:
            keep(self.store, self.corrections.pop())
        return refused


def test_an_article_that_changes_while_it_is_indexed_is_indexed_as_it_is_now() -> None:
    article = an_article()
    corrected = replace(article, title="Ralat: pencairan tidak tertunda")
    store = a_store(article)
    index = BusyIndex(store, corrected)
    an_indexing(store, index).run()
    assert index.documents == {article.id: corrected}
    assert store.not_indexed(10) == []


class SlowlyRebuiltIndex(FakeIndex):
    """An index into whose old generation another process puts an article while the new one is written."""

    def __init__(self, store: FakeStore, clock: ManualClock, late: Article) -> None:
        super().__init__()
        self.store, self.clock, self.late = store, clock, late

    def rebuild(self, articles: Iterator[Article]) -> Sequence[str]:
        new = list(articles)
        self.clock.advance(timedelta(seconds=5))
        keep(self.store, self.late)
        an_indexing(self.store, self, self.clock).run()
        return super().rebuild(iter(new))


def test_a_rebuilt_index_holds_all_and_what_arrived_meanwhile() -> None:
    articles = [an_article(f"berita-{number}") for number in range(5)]
    store, clock, late = a_store(*articles), ManualClock(), an_article("susulan")
    index = SlowlyRebuiltIndex(store, clock, late)
    an_indexing(store, index, clock).run()
    index.documents["stale"] = an_article("usang")
    clock.advance(timedelta(hours=1))
    assert an_indexing(store, index, clock).rebuild() == 6
    assert set(index.documents) == {article.id for article in [*articles, late]}
    assert store.not_indexed(10) == []


def test_a_rebuilt_index_makes_no_news() -> None:
    store, index, clock = a_store(an_article()), FakeIndex(), ManualClock()
    an_indexing(store, index, clock).run()
    clock.advance(timedelta(days=2))
    an_indexing(store, index, clock).rebuild()
    assert store.indexed_between(NOW, clock()) == []
