"""What every keeper of saved searches and of keys to feeds guarantees."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.saved_search import FeedKey, SavedSearch
from tests.service.builders import NOW, an_article
from tests.service.stores import STORES, AnyStore

MINUTE = timedelta(minutes=1)
OWN = SavedSearch("s-1", "p-rani", "klaim Palembang", "q=klaim&wilayah=16.71", False, NOW)
SHARED = SavedSearch("s-2", "p-budi", "Keluhan", "q=keluhan", True, NOW)
HIDDEN = SavedSearch("s-3", "p-budi", "Rahasia", "q=rahasia", False, NOW)
KEY = FeedKey("k-1", "p-rani", "klaim", "umpan_abc123", NOW)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    for search in (OWN, SHARED, HIDDEN):
        assert store.saved_searches.keep(search, 2) == search
    yield store
    store.close()


def test_people_see_their_own_searches_and_what_others_share_by_name(store: AnyStore) -> None:
    assert store.saved_searches.visible_to("p-rani") == [SHARED, OWN]
    assert store.saved_searches.visible_to("p-budi") == [SHARED, HIDDEN]
    assert store.saved_searches.visible_to("p-other") == [SHARED]
    assert store.saved_searches.search("s-3") == HIDDEN
    assert store.saved_searches.search("none") is None


def test_a_search_is_kept_once_and_at_most_so_many(store: AnyStore) -> None:
    again = replace(OWN, id="s-9", name="lagi")
    assert store.saved_searches.keep(again, 2) == OWN
    other = replace(OWN, id="s-9", address="q=lain")
    assert store.saved_searches.keep(other, 1) is None
    assert store.saved_searches.keep(other, 2) == other
    anothers = replace(OWN, id="s-10", person_id="p-other")
    assert store.saved_searches.keep(anothers, 2) == anothers


def test_only_its_person_changes_or_deletes_a_search(store: AnyStore) -> None:
    changed = replace(OWN, name="Klaim", shared=True)
    assert store.saved_searches.change(changed)
    assert not store.saved_searches.change(replace(SHARED, person_id="p-rani", name="curian"))
    assert store.saved_searches.visible_to("p-other") == [SHARED, changed]
    assert not store.saved_searches.delete("s-2", "p-rani")
    assert not store.saved_searches.delete("none", "p-rani")
    store.saved_searches.mark_opened("s-1", "p-budi", NOW)
    assert store.saved_searches.delete("s-1", "p-rani")
    assert store.saved_searches.visible_to("p-other") == [SHARED]
    assert store.saved_searches.opened("p-budi") == {}


def test_each_persons_last_opening_is_kept(store: AnyStore) -> None:
    store.saved_searches.mark_opened("s-2", "p-rani", NOW)
    store.saved_searches.mark_opened("s-2", "p-rani", NOW + MINUTE)
    store.saved_searches.mark_opened("s-2", "p-budi", NOW)
    store.saved_searches.mark_opened("none", "p-rani", NOW)
    assert store.saved_searches.opened("p-rani") == {"s-2": NOW + MINUTE}
    assert store.saved_searches.opened("p-budi") == {"s-2": NOW}


def test_keys_tell_their_last_use_are_counted_while_they_hold_and_revoked_once(store: AnyStore) -> None:
    newer = replace(KEY, id="k-2", created=NOW + MINUTE)
    assert store.saved_searches.add_key(KEY, "1" * 64, 2)
    assert store.saved_searches.add_key(newer, "2" * 64, 2)
    assert not store.saved_searches.add_key(replace(KEY, id="k-3"), "3" * 64, 2)
    assert store.saved_searches.key("3" * 64) is None
    store.saved_searches.mark_key_used("k-1", NOW)
    assert store.saved_searches.key("1" * 64) == replace(KEY, last_used=NOW)
    assert [it.id for it in store.saved_searches.keys("p-rani")] == ["k-2", "k-1"]
    assert store.saved_searches.revoke_key("k-2", "p-budi", NOW) is None
    assert store.saved_searches.revoke_key("k-2", "p-rani", NOW) == replace(newer, revoked=NOW)
    assert store.saved_searches.revoke_key("k-2", "p-rani", NOW) is None
    assert [it.id for it in store.saved_searches.keys("p-rani")] == ["k-1"]
    assert store.saved_searches.add_key(replace(KEY, id="k-3"), "3" * 64, 2)


def test_relevant_articles_are_new_once_in_the_order_in_which_they_came(store: AnyStore) -> None:
    articles = [an_article(f"berita-{number}", published=NOW - number * MINUTE) for number in range(4)]
    mention = an_article("menyebut", relevance="mention")
    with store.transaction() as transaction:
        for article in (*articles, mention):
            transaction.add(article)
    store.mark_indexed([articles[0].id], NOW)
    store.mark_indexed([articles[1].id, mention.id], NOW + MINUTE)
    store.mark_indexed([articles[2].id], NOW + 2 * MINUTE)
    store.mark_indexed([articles[1].id], NOW + 9 * MINUTE)
    found = store.first_indexed(NOW, 9)
    assert [(at, it.id) for at, it in found] == [
        (NOW + 2 * MINUTE, articles[2].id),
        (NOW + MINUTE, articles[1].id),
    ]
    assert store.first_indexed(NOW - MINUTE, 1) == found[:1]
