"""Who is quoted how often, whatever keeps it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from nlp.analysis import Quote
from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.domain.speaker import speaker_key
from service.usecases.speakers import rebuild_speakers
from tests.service.builders import NOW, an_article
from tests.service.fakes import FakeStore


def said(words: str, speaker: str | None, title: str | None = None) -> Quote:
    return Quote("text", 0, len(words), words, "direct", speaker, title)


def told(words: str, speaker: str) -> Quote:
    return replace(said(words, speaker), kind="reported")


def quoting(slug: str, *quotes: Quote, hours: int = 1, **changes: Any) -> Article:
    return an_article(slug, quotes=quotes, published=NOW - timedelta(hours=hours), **changes)


ARTICLES = (
    quoting("satu", said("Maaf.", "Wulan Pratiwi", "Kepala cabang"), told("Loket ditambah.", "Wulan Pratiwi"), hours=9),
    quoting("dua", said("Tidak benar.", "WULAN PRATIWI"), said("Kami tunggu.", "Bupati Sukamaju"), tone="negative"),
    quoting("tiga", said("Terima kasih.", "Surya Wulandari", "Wali kota"), tone="positive", hours=3),
    quoting("empat", said("Lewat.", "Orang Lewat"), said("Entah.", None), relevance="mention"),
)


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeStore | SqlStore]:
    made: FakeStore | SqlStore = FakeStore()
    if request.param == "sqlite":
        made = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        made.migrate()
    with made.transaction() as transaction:
        for article in ARTICLES:
            transaction.add(article)
    yield made
    made.close()


def test_a_speaker_is_counted_in_relevant_articles_under_one_name(store: FakeStore | SqlStore) -> None:
    speaker = store.speakers.get("wulan pratiwi")
    assert speaker is not None
    assert (speaker.name, speaker.title) == ("WULAN PRATIWI", "Kepala cabang")
    assert (speaker.articles, speaker.quotes) == (2, 3)
    assert (speaker.positive, speaker.neutral, speaker.negative) == (0, 1, 1)
    assert speaker.last == NOW - timedelta(hours=1)
    assert store.speakers.get("orang lewat") is None


def test_those_in_most_articles_come_first_and_a_part_of_a_name_finds_them(store: FakeStore | SqlStore) -> None:
    page = store.speakers.page()
    assert (page.total, [it.key for it in page.speakers]) == (
        3,
        ["wulan pratiwi", "bupati sukamaju", "surya wulandari"],
    )
    assert [it.key for it in store.speakers.page("wulan").speakers] == ["wulan pratiwi", "surya wulandari"]
    assert [it.key for it in store.speakers.page("Wulan SURYA").speakers] == ["surya wulandari"]
    assert store.speakers.page("%").total == 0
    assert store.speakers.page("50%_").total == 0
    second = store.speakers.page(limit=1, offset=1)
    assert (second.total, [it.key for it in second.speakers]) == (3, ["bupati sukamaju"])


def test_what_was_said_is_told_newest_first_with_where_and_when(store: FakeStore | SqlStore) -> None:
    told = store.speakers.said("wulan pratiwi")
    assert [it.text for it in told] == ["Tidak benar.", "Maaf.", "Loket ditambah."]
    assert [it.verbatim for it in told] == [True, True, False]
    assert (told[0].article_id, told[0].tone, told[0].headline) == (ARTICLES[1].id, "negative", ARTICLES[1].title)
    assert [it.text for it in store.speakers.said("wulan pratiwi", limit=1, offset=1)] == ["Maaf."]
    assert store.speakers.titles("wulan pratiwi") == [("Kepala cabang", 1)]


def test_an_article_that_is_entered_anew_quotes_only_what_it_says_now(store: FakeStore | SqlStore) -> None:
    with store.transaction() as transaction:
        transaction.add(quoting("dua", said("Kami periksa.", "Bupati Sukamaju")))
    speaker = store.speakers.get("wulan pratiwi")
    assert speaker is not None
    assert (speaker.name, speaker.articles, speaker.negative) == ("Wulan Pratiwi", 1, 0)
    assert [it.text for it in store.speakers.said("bupati sukamaju")] == ["Kami periksa."]


def test_a_rebuild_fills_what_an_update_left_empty(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'pantau.db'}"
    store = SqlStore(address)
    store.migrate()
    with store.transaction() as transaction:
        for article in ARTICLES:
            transaction.add(article)
    before = store.speakers.page()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM quotes"))
        connection.execute(text("DELETE FROM speakers"))
    engine.dispose()
    assert store.speakers.page().total == 0
    progress: list[int] = []
    assert rebuild_speakers(store, progress.append) == 4
    assert rebuild_speakers(store) == 4
    assert store.speakers.page() == before
    assert progress == [4]
    store.close()


def test_a_name_is_known_whatever_its_capitals_and_marks() -> None:
    assert speaker_key("Dr. H. Anggoro  Eko-Cahyo") == speaker_key("dr h anggoro eko cahyo")
    assert speaker_key("…") == ""
