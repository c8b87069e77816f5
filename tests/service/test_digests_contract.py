"""What every keeper of digests guarantees: nothing is told twice, nothing is lost, and who left stays away."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from service.domain.article import Article
from service.domain.digest import Counts, IndexedMark, SentDigest
from service.domain.message import Attached
from service.domain.subscription import Absence
from tests.service.builders import NOW, a_message, an_article
from tests.service.stores import STORES, AnyStore

HOUR = timedelta(hours=1)
SENT = SentDigest(
    "harian", NOW, NOW - timedelta(days=1), NOW, Counts(42, 30, 5, 34, 3), 2, "[Kliping] 42 berita", ("m1", "m2")
)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    yield store
    store.close()


def keep(store: AnyStore, *articles: Article) -> None:
    with store.transaction() as transaction:
        for article in articles:
            transaction.add(article)


def record(store: AnyStore, sent: SentDigest) -> bool:
    assert store.digests.open(sent.group, sent.slot, sent.until) == sent.until
    with store.transaction() as transaction:
        return transaction.record_digest(sent)


def test_a_digest_is_composed_once_per_group_and_moment(store: AnyStore) -> None:
    assert store.digests.last("harian") is None
    assert record(store, SENT)
    with store.transaction() as transaction:
        assert not transaction.record_digest(SENT)
    assert store.digests.open("harian", NOW, NOW + HOUR) is None
    other = replace(SENT, group="mingguan", until=NOW - HOUR)
    assert record(store, other)
    assert (store.digests.last("harian"), store.digests.last("mingguan")) == (SENT, other)
    assert store.digests.last("bulanan") is None


def test_a_digest_that_was_opened_and_never_composed_keeps_its_end_and_is_none_yet(store: AnyStore) -> None:
    assert store.digests.open("harian", NOW, NOW) == NOW
    assert store.digests.open("harian", NOW, NOW + HOUR) == NOW
    assert (store.digests.last("harian"), store.digests.sent()) == (None, [])


def test_a_digest_that_was_never_opened_is_not_recorded(store: AnyStore) -> None:
    with store.transaction() as transaction:
        assert not transaction.record_digest(SENT)


def test_a_digest_is_recorded_with_its_messages_or_not_at_all(store: AnyStore) -> None:
    store.digests.open("harian", NOW, NOW)

    def record_half() -> None:
        with store.transaction() as transaction:
            transaction.record_digest(SENT)
            transaction.enqueue(a_message("m1"), "digest", NOW)
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError, match="power"):
        record_half()
    assert (store.digests.last("harian"), store.outbox()) == (None, [])
    assert store.digests.open("harian", NOW, NOW + HOUR) == NOW


def test_digests_come_newest_first_of_all_groups_or_one(store: AnyStore) -> None:
    older = replace(SENT, slot=NOW - timedelta(days=1), until=NOW - timedelta(days=1))
    other = replace(SENT, group="mingguan", until=NOW - HOUR)
    for sent in (older, SENT, other):
        record(store, sent)
    assert store.digests.sent() == [SENT, other, older]
    assert store.digests.sent(group="harian") == [SENT, older]
    assert store.digests.sent(1) == [SENT]


@pytest.mark.parametrize("is_composed", [False, True])
def test_what_is_marked_after_a_digest_was_opened_belongs_to_the_next(store: AnyStore, is_composed: bool) -> None:
    article = an_article()
    keep(store, article)
    store.digests.open("harian", NOW, NOW)
    if is_composed:
        with store.transaction() as transaction:
            transaction.record_digest(SENT)
    store.mark_indexed([article.id], NOW - timedelta(seconds=3))
    assert store.indexed_between(NOW - timedelta(days=1), NOW) == []
    assert store.indexed_between(NOW, NOW + timedelta(days=1)) == [article]


def test_articles_are_counted_without_being_read(store: AnyStore) -> None:
    one, copy = an_article("satu", story_id="s1", tone="negative"), an_article("dua", story_id="s1", published=None)
    noise = an_article("lain", relevance="irrelevant")
    keep(store, one, copy, noise)
    assert store.watched_since() is None
    store.mark_indexed([one.id, noise.id], NOW)
    store.mark_indexed([copy.id], NOW + HOUR)
    assert one.published is not None
    assert {it.article_id: it for it in store.indexed_marks(NOW - HOUR, NOW + HOUR)} == {
        one.id: IndexedMark(one.id, "s1", NOW, one.published, "negative"),
        copy.id: IndexedMark(copy.id, "s1", NOW + HOUR, copy.found, "neutral"),
    }
    assert store.indexed_marks(NOW, NOW + timedelta(minutes=59)) == []
    assert store.watched_since() == NOW


def test_deliveries_are_told_of_the_messages_that_there_are(store: AnyStore) -> None:
    picture = Attached("grafik", "image/png", b"\x89PNG")
    with store.transaction() as transaction:
        transaction.enqueue(a_message("m1", images=(picture,)), "digest", NOW)
        transaction.enqueue(a_message("m2"), "digest", NOW)
    store.mark_sent("m1", NOW)
    assert store.deliveries(["m1", "m2", "m3"]) == {"m1": "sent", "m2": "pending"}
    entry = store.message("m1")
    assert entry is not None
    assert entry.message.images == (picture,)
    assert store.message("m3") is None


def test_who_left_or_pauses_is_kept_once_per_group_and_forgotten_when_they_come_back(store: AnyStore) -> None:
    left = Absence("harian", "b@agency.example", NOW, "one-click", left=NOW)
    paused = Absence("mingguan", "a@agency.example", NOW, "page", paused_until=date(2026, 12, 1))
    store.digests.put_absences([left, paused])
    assert store.digests.absences() == [paused, left]
    longer = replace(paused, paused_until=date(2026, 12, 8))
    back = replace(left, left=None, way="page")
    store.digests.put_absences([longer, back])
    assert store.digests.absences() == [longer]


def test_the_signing_key_is_long_and_stays_the_same(store: AnyStore) -> None:
    key = store.digests.signing_key()
    assert len(key) >= 32
    assert store.digests.signing_key() == key
