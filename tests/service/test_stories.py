"""What people decide about stories holds at once and for good, whatever is printed or understood later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.errors import ReviewError, UnknownStory
from service.ports import ArticleStore
from service.usecases.ledger import check_ledger
from service.usecases.stories import ArrangeStories, story_of
from tests.service.builders import NOW, TEXT, ManualClock, a_rule, an_alert, an_article
from tests.service.fakes import FakeStore

OTHER_TEXT = (
    "Perahu penyeberangan Teluk Kuning terbalik dan dua pekerja bengkel kapal hilang, kata Laras Kinanti dari tim "
    "penyelamat. Keluarga mereka menunggu kabar di dermaga Rimbajaya sejak Minggu malam bersama 46 kerabat. Perusahaan "
    "pemilik bengkel, PT Samudra Elok, menyatakan kedua pekerja terdaftar sejak 2021 dan upahnya Rp3,7 juta sebulan."
)
DELAYED = an_article("tertunda", story_id="s1", outlet="kabarsukamaju")
DELAYED_TOO = an_article("tertunda-lagi", story_id="s1", outlet="beritarotan", published=NOW - timedelta(hours=1))
SUNK = an_article("perahu", story_id="s2", outlet="posmuara", text=OTHER_TEXT)
SUNK_TOO = an_article("perahu-lagi", story_id="s2", outlet="radarteluk", text=OTHER_TEXT)
ALL = (DELAYED, DELAYED_TOO, SUNK, SUNK_TOO)
BY = "Rani Saputri"


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeStore | SqlStore]:
    kept: FakeStore | SqlStore = FakeStore()
    if request.param == "sqlite":
        kept = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}")
        kept.migrate()
    with kept.transaction() as transaction:
        for article in ALL:
            transaction.add(article)
    kept.mark_indexed([it.id for it in ALL], NOW)
    yield kept
    kept.close()


@pytest.fixture
def indexed() -> list[Article]:
    return []


@pytest.fixture
def arrange(store: ArticleStore, indexed: list[Article]) -> ArrangeStories:
    return ArrangeStories(store, ManualClock(), index=indexed.extend)


def told(store: ArticleStore, story_id: str) -> set[str]:
    return {article.id for article in store.story(story_id)}


def print_one(store: ArticleStore, article: Article) -> str:
    """The story into which a newly printed article comes."""
    with store.transaction() as transaction:
        story = story_of(article, transaction)
        check_ledger(transaction, article.id, transaction.add(replace(article, story_id=story)))
    return story


def test_merged_stories_are_one_and_the_search_learns_it_at_once(
    store: ArticleStore, arrange: ArrangeStories, indexed: list[Article]
) -> None:
    assert arrange.merge("s1", "s2", BY, "peristiwa yang sama") == "s1"
    assert told(store, "s1") == {it.id for it in ALL}
    assert told(store, "s2") == set()
    assert [(it.id, it.story_id) for it in indexed] == [(SUNK.id, "s1"), (SUNK_TOO.id, "s1")]
    assert store.resolve_story("s2") == "s1"
    # What a digest tells.
    assert {it.story_id for it in store.indexed_between(NOW - timedelta(days=1), NOW)} == {"s1"}
    (decision,) = store.story_decisions("s1")
    assert (decision.kind, decision.by, decision.at, decision.note) == ("merge", BY, NOW, "peristiwa yang sama")
    assert {move.article_id for move in decision.moved} == {SUNK.id, SUNK_TOO.id}


def test_what_moves_waits_for_the_index_where_that_did_not_answer(store: ArticleStore, arrange: ArrangeStories) -> None:
    arrange.merge("s1", "s2", BY)
    assert {it.id for it in store.not_indexed(9)} == {SUNK.id, SUNK_TOO.id}


def test_a_later_copy_of_a_merged_story_joins_what_it_was_merged_into(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    arrange.merge("s1", "s2", BY)
    assert print_one(store, an_article("perahu-ketiga", story_id=None, text=OTHER_TEXT, outlet="jurnalhulu")) == "s1"


def test_articles_that_were_split_are_a_story_of_their_own(store: ArticleStore, arrange: ArrangeStories) -> None:
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    assert new == f"s{DELAYED_TOO.id}"
    assert (told(store, "s1"), told(store, new)) == ({DELAYED.id}, {DELAYED_TOO.id})


def test_a_story_keeps_its_id_when_the_article_that_opened_it_is_split_out(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    opener = an_article("pembuka", text=TEXT.replace("dua pekan", "enam hari"))
    follower = an_article("penerus", story_id=opener.story_id)
    with store.transaction() as transaction:
        transaction.add(opener)
        transaction.add(follower)
    assert arrange.split(opener.story_id or "", [opener.id], BY) == f"{opener.story_id}-2"
    assert told(store, opener.story_id or "") == {follower.id}


def test_a_split_pair_never_comes_together_again_by_itself(store: ArticleStore, arrange: ArrangeStories) -> None:
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    for article, its in ((DELAYED, "s1"), (DELAYED_TOO, new)):
        # Judged irrelevant and relevant again, it is looked for a story anew, and both have the same text.
        with store.transaction() as transaction:
            transaction.add(replace(article, story_id=None))
        assert print_one(store, replace(article, story_id=None)) == its


def test_what_is_understood_anew_stays_where_a_person_put_it(store: ArticleStore, arrange: ArrangeStories) -> None:
    arrange.merge("s1", "s2", BY)
    # As it was read before the decision.
    assert print_one(store, SUNK) == "s1"
    assert print_one(store, replace(SUNK, story_id=None)) == "s1"


def test_a_merge_is_undone_and_later_copies_go_with_what_they_were_copied_from(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    arrange.merge("s1", "s2", BY)
    late = an_article("perahu-ketiga", story_id=None, text=OTHER_TEXT, outlet="jurnalhulu")
    too = an_article("tertunda-ketiga", story_id=None, outlet="jurnalhulu")
    for article in (late, too):
        print_one(store, article)
    assert arrange.undo("s1", 1, "Budi", "ternyata lain") == "s2"
    assert told(store, "s1") == {DELAYED.id, DELAYED_TOO.id, too.id}
    assert told(store, "s2") == {SUNK.id, SUNK_TOO.id, late.id}
    assert store.resolve_story("s2") == "s2"
    assert [(it.kind, it.by, it.undoes) for it in store.story_decisions("s2")] == [
        ("undo", "Budi", 1),
        ("merge", BY, None),
    ]


def test_a_split_is_undone_and_the_address_of_the_new_story_leads_back(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    assert arrange.undo(new, 1, BY) == "s1"
    assert told(store, "s1") == {DELAYED.id, DELAYED_TOO.id}
    assert store.resolve_story(new) == "s1"
    again = arrange.split("s1", [DELAYED_TOO.id], BY)
    assert again == f"{new}-2"
    assert told(store, again) == {DELAYED_TOO.id}


def test_merging_goes_on_through_what_was_merged_before(store: ArticleStore, arrange: ArrangeStories) -> None:
    third = an_article(
        "pasar", story_id="s3", text="Pasar ikan di tepi sungai dibuka pada hari Minggu pagi oleh camat."
    )
    with store.transaction() as transaction:
        transaction.add(third)
    arrange.merge("s1", "s2", BY)
    assert arrange.merge("s3", "s2", BY) == "s3"
    assert told(store, "s3") == {third.id, *(it.id for it in ALL)}
    assert [store.resolve_story(it) for it in ("s1", "s2", "s3")] == ["s3", "s3", "s3"]
    arrange.undo("s3", 1, BY)
    assert told(store, "s2") == {SUNK.id, SUNK_TOO.id}
    assert told(store, "s3") == {third.id, DELAYED.id, DELAYED_TOO.id}


def test_an_alert_goes_with_the_article_that_raised_it_and_its_history_tells(
    store: FakeStore | SqlStore, arrange: ArrangeStories
) -> None:
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(SUNK))
    arrange.merge("s1", "s2", BY)
    assert [alert.about for alert, _ in store.alerts()] == ["s1"]
    with store.transaction() as transaction:
        assert not transaction.raise_alert(an_alert(DELAYED, id="lain"))
    arrange.undo("s1", 1, BY)
    assert [alert.about for alert, _ in store.alerts()] == ["s2"]
    moved = [it for it in store.alert_book.history("s2") if it.kind == "moved"]
    assert [(it.by, it.note) for it in moved] == [(BY, "s2"), (BY, "s1")]


def test_of_a_split_story_only_the_alert_of_what_leaves_it_leaves_too(
    store: FakeStore | SqlStore, arrange: ArrangeStories
) -> None:
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(DELAYED, id="tetap"))
        transaction.raise_alert(an_alert(DELAYED_TOO, "bocor", id="pergi"))
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    assert {alert.id: alert.about for alert, _ in store.alerts()} == {"tetap": "s1", "pergi": new}
    assert [it.note for it in store.alert_book.history(new) if it.kind == "moved"] == ["s1"]


def test_of_two_alerts_of_one_rule_that_of_the_merged_story_is_settled(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(SUNK, id="satu"))
        transaction.raise_alert(an_alert(DELAYED, id="dua"))
    arrange.merge("s1", "s2", BY)
    assert {(alert.id, alert.about, alert.state, alert.closed_reason) for alert, _ in store.alerts()} == {
        ("dua", "s1", "open", None),
        ("satu", "s2", "closed", "withdrawn"),
    }


def test_the_alert_of_a_merged_story_waits_for_somebody_again_once_the_stories_are_apart(
    store: FakeStore | SqlStore,
) -> None:
    arrange = ArrangeStories(
        store, ManualClock(), rules=lambda: [a_rule(sentiments=frozenset({DELAYED.sentiment.label}))]
    )
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(SUNK, id="satu"))
        transaction.raise_alert(an_alert(DELAYED, id="dua"))
    arrange.merge("s1", "s2", BY)
    arrange.undo("s1", 1, BY)
    assert {(alert.id, alert.about, alert.state) for alert, _ in store.alerts()} == {
        ("dua", "s1", "open"),
        ("satu", "s2", "open"),
    }
    assert [it.kind for it in store.alert_book.history("s2")] == ["raised", "closed", "reopened"]


def test_the_alert_of_a_split_story_is_closed_once_the_stories_are_one_again(
    store: ArticleStore, arrange: ArrangeStories
) -> None:
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    with store.transaction() as transaction:
        transaction.raise_alert(an_alert(DELAYED, id="satu"))
        transaction.raise_alert(an_alert(DELAYED_TOO, id="dua", about=new))
    arrange.undo("s1", 1, BY)
    assert {(alert.id, alert.about, alert.state) for alert, _ in store.alerts()} == {
        ("satu", "s1", "open"),
        ("dua", new, "closed"),
    }


def test_what_cannot_be_decided_is_refused_in_words(store: ArticleStore, arrange: ArrangeStories) -> None:
    with pytest.raises(ReviewError, match="sudah satu cerita"):
        arrange.merge("s1", "s1", BY)
    with pytest.raises(UnknownStory):
        arrange.merge("s1", "s9", BY)
    with pytest.raises(ReviewError, match="Pilih berita"):
        arrange.split("s1", [SUNK.id], BY)
    with pytest.raises(ReviewError, match="Sisakan"):
        arrange.split("s1", [DELAYED.id, DELAYED_TOO.id], BY)
    with pytest.raises(ReviewError, match="tidak ada pada cerita ini"):
        arrange.undo("s1", 7, BY)
    new = arrange.split("s1", [DELAYED_TOO.id], BY)
    with pytest.raises(ReviewError, match="tidak ada pada cerita ini"):
        arrange.undo("s2", 1, BY)
    arrange.merge("s2", new, BY)
    with pytest.raises(ReviewError, match="Batalkan penggabungan itu dulu"):
        arrange.undo("s1", 1, BY)
    arrange.undo("s2", 2, BY)
    with pytest.raises(ReviewError, match="sudah dibatalkan"):
        arrange.undo("s2", 2, BY)
    assert told(store, "s1") == {DELAYED.id}


def test_stories_that_share_most_are_offered_first(store: ArticleStore) -> None:
    like = an_article("mirip", story_id="s3", text=TEXT.replace("Wulan Pratiwi", "Eka Suhendra"))
    far = an_article("jauh", story_id="s4", text=OTHER_TEXT, published=NOW - timedelta(days=30))
    with store.transaction() as transaction:
        for article in (like, far):
            transaction.add(article)
    assert store.similar_stories("s1")[0] == "s3"
    assert "s4" not in store.similar_stories("s2")
    assert store.similar_stories("s9") == []
