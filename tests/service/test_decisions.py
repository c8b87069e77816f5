"""Regions, labels, notes and noise: what a person decides holds at once in search, digest, stories and counts."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from nlp.analysis import Quote
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.article import Article
from service.domain.correction import (
    LONGEST_LABEL,
    LONGEST_NOTE_TEXT,
    MOST_LABELS,
    Correction,
    as_label,
    holding_values,
)
from service.domain.query import Query
from service.errors import IndexUnavailable, ReviewError
from service.ports import SearchIndex
from service.usecases.correcting import CorrectArticle, passages
from service.usecases.indexing import IndexArticles
from service.usecases.ledger import check_ledger
from tests.service.builders import JEMBER, NOW, PALEMBANG, ManualClock, a_figure, an_alert, an_article
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore

QUOTE = Quote("text", 0, 5, "Loket ditambah,", "direct", "Wulan Pratiwi", "Kepala cabang")
ARTICLE = an_article(figures=(a_figure(),), quotes=(QUOTE,))
HIDDEN = frozenset({"hidden"})


class Team:
    """A store and an index with what the team uses; nothing indexes but the decisions themselves."""

    def __init__(self, store: FakeStore | SqlStore, index: SearchIndex) -> None:
        self.store, self.index, self.clock = store, index, ManualClock()
        self.indexing = IndexArticles(store, index, self.clock)
        self.correcting = CorrectArticle(store, self.clock, index=self.indexing.at_once)

    def keep(self, *articles: Article) -> None:
        for article in articles:
            with self.store.transaction() as transaction:
                check_ledger(transaction, article.id, transaction.add(article))
        self.indexing.run()

    def found(self, text: str = "", relevances: frozenset[str] = frozenset({"relevant"})) -> list[str]:
        return [hit.article_id for hit in self.index.search(Query(text, relevances=relevances)).hits]

    def codes(self) -> list[str]:
        article = self.store.get(ARTICLE.id)
        assert article is not None
        return [region.code for region in article.regions]


@pytest.fixture(params=["fake", "real"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Team]:
    if request.param == "fake":
        yield Team(FakeStore(), FakeIndex())
        return
    store, index = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}"), TantivyIndex(tmp_path / "index")
    store.migrate()
    yield Team(store, index)
    index.close()
    store.close()


def test_a_region_is_added_chosen_as_the_main_one_and_removed(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.region(ARTICLE.id, "add", "35.09", "Rani")
    assert team.codes() == ["16.71", "35.09"]
    team.correcting.region(ARTICLE.id, "main", "35.09", "Rani", "dateline keliru")
    assert team.codes() == ["35.09", "16.71"]
    after = team.correcting.region(ARTICLE.id, "remove", "16.71", "Budi")
    assert team.codes() == ["35.09"]
    assert after.regions == (JEMBER,)
    assert [(it.by, it.value, it.said) for it in after.corrections][-1] == ("Budi", "35.09", "16.71")


def test_the_search_knows_a_region_as_soon_as_it_is_corrected(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.region(ARTICLE.id, "main", "35.09", "Rani")
    assert team.found('wilayah:"jawa timur"') == [ARTICLE.id]
    team.correcting.region(ARTICLE.id, "undo", None, "Budi")
    assert team.found('wilayah:"jawa timur"') == []
    assert team.codes() == [PALEMBANG.code]


def test_all_regions_may_be_taken_from_an_article(team: Team) -> None:
    team.keep(ARTICLE)
    assert team.correcting.region(ARTICLE.id, "remove", "16.71", "Rani").regions == ()
    assert team.found("wilayah:palembang") == []


def test_a_label_is_searched_at_once_and_taken_away_again(team: Team) -> None:
    team.keep(ARTICLE)
    after = team.correcting.label(ARTICLE.id, "  Perlu   KLARIFIKASI ", "Rani")
    assert after.labels == ("perlu klarifikasi",)
    assert team.found('label:"perlu klarifikasi"') == [ARTICLE.id]
    facet = team.index.search(Query()).facets["label"]
    assert [(bucket.value, bucket.count) for bucket in facet] == [("perlu klarifikasi", 1)]
    after = team.correcting.label(ARTICLE.id, "Perlu klarifikasi", "Budi", removed=True)
    assert after.labels == ()
    assert team.found('label:"perlu klarifikasi"') == []
    assert [(it.by, it.undone) for it in after.corrections] == [("Rani", False), ("Budi", True)]


def test_a_note_is_kept_with_its_lines_until_it_is_withdrawn(team: Team) -> None:
    team.keep(ARTICLE)
    (note,) = team.correcting.add_note(ARTICLE.id, " Hubungi cabang.\nSebelum siang. ", "Rani").notes
    assert (note.note, note.by, note.at) == ("Hubungi cabang.\nSebelum siang.", "Rani", NOW)
    team.clock.advance(timedelta(minutes=1))
    after = team.correcting.add_note(ARTICLE.id, "Sudah.", "Budi")
    assert [it.note for it in after.notes] == ["Hubungi cabang.\nSebelum siang.", "Sudah."]
    after = team.correcting.remove_note(ARTICLE.id, note.value, "Budi")
    assert [it.note for it in after.notes] == ["Sudah."]


def test_what_is_hidden_is_out_of_everything_but_its_own_filter(team: Team) -> None:
    team.keep(ARTICLE)
    with team.store.transaction() as transaction:
        transaction.raise_alert(an_alert(ARTICLE))
    assert team.found("klaim") == [ARTICLE.id]
    after = team.correcting.run(ARTICLE.id, "visibility", "hidden", "Rani", "hanya jadwal")
    assert (after.is_hidden, after.counted_as, after.relevance) == (True, "hidden", "relevant")
    assert team.found("klaim") == []
    assert team.found("klaim", HIDDEN) == [ARTICLE.id]
    assert team.store.get(ARTICLE.id) == after
    counts = team.store.counts()
    assert (counts["relevant"], counts["hidden"], counts["figures"], counts["negative"]) == (0, 1, 0, 0)
    assert team.store.indexed_between(NOW - timedelta(days=1), NOW + timedelta(days=1)) == []
    assert team.store.top_stories(date(2026, 11, 1), 9) == []
    assert team.store.alarmed_since(NOW - timedelta(days=1)) == []


def test_what_is_shown_again_is_back_everywhere(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.run(ARTICLE.id, "visibility", "hidden", "Rani")
    after = team.correcting.run(ARTICLE.id, "visibility", None, "Budi")
    assert after.counted_as == "relevant"
    assert team.found("klaim") == [ARTICLE.id]
    assert team.found("klaim", HIDDEN) == []
    assert [it.id for it in team.store.indexed_between(NOW - timedelta(days=1), NOW + timedelta(days=1))] == [
        ARTICLE.id
    ]
    assert team.store.counts()["figures"] == 1
    assert after.story_id == ARTICLE.story_id


def test_what_is_irrelevant_stays_out_of_the_index_also_when_it_is_hidden(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.run(ARTICLE.id, "relevance", "irrelevant", "Rani")
    assert team.correcting.run(ARTICLE.id, "visibility", "hidden", "Rani").counted_as == "irrelevant"
    assert team.found("klaim", HIDDEN) == []


def test_a_hidden_article_that_is_understood_anew_stays_hidden(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.run(ARTICLE.id, "visibility", "hidden", "Rani")
    team.keep(ARTICLE)
    assert team.found("klaim") == []


def test_speakers_follow_what_is_hidden_and_how_the_tone_is_corrected(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.run(ARTICLE.id, "sentiment", "negative", "Rani")
    speaker = team.store.speakers.get("wulan pratiwi")
    assert speaker is not None
    assert (speaker.negative, speaker.neutral) == (1, 0)
    team.correcting.run(ARTICLE.id, "visibility", "hidden", "Rani")
    assert team.store.speakers.get("wulan pratiwi") is None


def test_labels_and_notes_are_nothing_to_learn_from(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.label(ARTICLE.id, "arsip", "Rani")
    team.correcting.add_note(ARTICLE.id, "Sudah.", "Rani")
    team.correcting.region(ARTICLE.id, "add", "35.09", "Rani")
    assert list(passages(team.store)) == []
    team.correcting.run(ARTICLE.id, "topic", "claims", "Rani")
    team.clock.advance(timedelta(hours=1))
    team.correcting.label(ARTICLE.id, "rapat", "Budi")
    (passage,) = passages(team.store)
    assert (passage["topic"], passage["by"], passage["at"]) == ("claims", "Rani", NOW.isoformat())


def test_what_cannot_be_decided_is_told_and_changes_nothing(team: Team) -> None:
    team.keep(ARTICLE)
    team.correcting.label(ARTICLE.id, "arsip", "Rani")
    of, decide = ARTICLE.id, team.correcting
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: decide.region(of, "add", "16.71", "Rani"), "sudah tercatat"),
        (lambda: decide.region(of, "main", "16.71", "Rani"), "sudah wilayah utama"),
        (lambda: decide.region(of, "remove", "35.09", "Rani"), "tidak tercatat"),
        (lambda: decide.region(of, "add", "00.00", "Rani"), "Wilayah tidak dikenal"),
        (lambda: decide.region(of, "undo", None, "Rani"), "tidak ada yang dibatalkan"),
        (lambda: decide.label(of, "ARSIP", "Rani"), "sudah ada"),
        (lambda: decide.label(of, " –!\u202e", "Rani"), "huruf atau angka"),
        (lambda: decide.label(of, "a" * (LONGEST_LABEL + 1), "Rani"), "paling banyak 40"),
        (lambda: decide.label(of, "rapat", "Rani", removed=True), "tidak ada pada"),
        (lambda: decide.add_note(of, " \n", "Rani"), "Isi catatannya"),
        (lambda: decide.add_note(of, "a" * (LONGEST_NOTE_TEXT + 1), "Rani"), "paling banyak 2000"),
        (lambda: decide.remove_note(of, "tiada", "Rani"), "sudah tidak ada"),
        (lambda: decide.run(of, "visibility", "seen", "Rani"), "tidak dikenal"),
        (lambda: decide.run(of, "visibility", None, "Rani"), "tidak ada yang dibatalkan"),
    ]
    before = team.store.get(of)
    for attempt, said in refused:
        with pytest.raises(ReviewError, match=said):
            attempt()
    assert team.store.get(of) == before


def test_an_article_has_only_so_many_labels(team: Team) -> None:
    team.keep(ARTICLE)
    for number in range(MOST_LABELS):
        team.correcting.label(ARTICLE.id, f"label {number}", "Rani")
    with pytest.raises(ReviewError, match="paling banyak 20 label"):
        team.correcting.label(ARTICLE.id, "satu lagi", "Rani")


def test_a_decision_is_kept_though_the_index_does_not_answer() -> None:
    index = FakeIndex()
    team = Team(FakeStore(), index)
    team.keep(ARTICLE)
    index.unavailable = True
    assert team.correcting.label(ARTICLE.id, "arsip", "Rani").labels == ("arsip",)
    with pytest.raises(IndexUnavailable):
        team.indexing.run()
    index.unavailable = False
    team.indexing.run()
    assert team.found("label:arsip") == [ARTICLE.id]


def test_a_label_that_is_given_again_stands_last() -> None:
    def log(value: str, minutes: int, *, undone: bool = False) -> Correction:
        return Correction("a1", "label", value, "Rani", NOW + timedelta(minutes=minutes), undone=undone)

    said = [log("satu", 0), log("dua", 1), log("satu", 2, undone=True), log("satu", 3)]
    assert [it.value for it in holding_values(said, "label")] == ["dua", "satu"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Rapat  Direksi ", "rapat direksi"),
        ("UCJ\u00a02026", "ucj 2026"),
        ("\u202erapat", "rapat"),
        ("–", ""),
        ("", ""),
    ],
)
def test_labels_are_kept_in_small_letters(typed: str, kept: str) -> None:
    assert as_label(typed) == kept
