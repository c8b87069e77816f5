"""What a person decides about an article holds at once, everywhere, and over every later analysis of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from crawler.page import Extraction, Page
from crawler.urls import article_id
from nlp.analysis import Analysis, ArticleText, Topic
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert import alert_for
from service.domain.alert_rule import rules_met
from service.domain.article import Article
from service.domain.correction import VALUES, CorrectedField, Correction, holding
from service.domain.ledger.checks import Finding
from service.domain.query import Query
from service.domain.wording.names import CORRECTED_FIELDS, CORRECTED_VALUES
from service.errors import ReviewError, UnknownArticle
from service.ports import ArticleStore, SearchIndex
from service.usecases.correcting import CorrectArticle, passages
from service.usecases.indexing import IndexArticles
from service.usecases.ingest import Ingest
from service.usecases.ledger import LONGEST_NAME, LONGEST_NOTE, LedgerChecks, check_ledger
from service.usecases.reading import read_each
from tests.service.builders import NOW, TEXT, TITLE, ManualClock, a_figure, a_page, a_rule, an_analysis, an_article
from tests.service.fake_index import FakeIndex
from tests.service.fakes import FakeStore


def a_correction(field: CorrectedField = "sentiment", value: str = "positive", **changes: Any) -> Correction:
    return replace(Correction("a1", field, value, "Rani", NOW), **changes)


# --- The rules


def test_the_newest_correction_of_each_field_holds_whatever_their_order() -> None:
    first, second = a_correction(), a_correction(value="neutral", at=NOW + timedelta(minutes=1))
    topic = a_correction("topic", "fraud")
    assert holding([second, topic, first]) == {"sentiment": second, "topic": topic}


def test_a_withdrawn_correction_holds_no_more_nor_does_any_before_it() -> None:
    log = [a_correction(at=NOW + number * timedelta(minutes=1), undone=number == 2) for number in range(3)]
    assert holding(log) == {}


def test_of_two_of_one_moment_the_later_recorded_holds() -> None:
    assert holding([a_correction(), a_correction(value="neutral")])["sentiment"].value == "neutral"


def test_an_article_is_what_a_person_said_it_is() -> None:
    article = an_article(tone="negative", relevance="mention", score=0.6)
    assert (article.sentiment.label, article.relevance, article.topic) == ("negative", "mention", None)
    log = (a_correction(), a_correction("relevance", "relevant"), a_correction("topic", "claims"))
    corrected = replace(article, corrections=log)
    assert (corrected.sentiment.label, corrected.sentiment.score) == ("positive", 1.0)
    assert (corrected.relevance, corrected.topic) == ("relevant", "claims")
    assert corrected.analysis == article.analysis
    told = corrected.corrected_analysis
    assert (told.relevance, told.sentiment.label) == ("relevant", "positive")


def test_sentences_that_decided_for_another_tone_explain_it_no_more() -> None:
    article = an_article(tone="negative")
    assert article.sentiment.evidence != ()
    assert replace(article, corrections=(a_correction(),)).sentiment.evidence == ()
    confirmed = replace(article, corrections=(a_correction(value="negative"),))
    assert confirmed.sentiment.evidence == article.sentiment.evidence


def test_alert_rules_look_at_what_holds() -> None:
    rule = replace(a_rule(), min_score=0.95)
    article = an_article(tone="neutral", score=0.5)
    assert rules_met(article, [rule], NOW) == []
    negative = replace(article, corrections=(a_correction(value="negative"),))
    assert rules_met(negative, [rule], NOW) == [rule]
    assert alert_for(rule, negative, NOW).reasons == ("negative",)
    no_business = replace(negative, corrections=(*negative.corrections, a_correction("relevance", "irrelevant")))
    assert rules_met(no_business, [rule], NOW) == []


def test_every_code_has_a_name_for_people() -> None:
    assert VALUES.keys() == CORRECTED_VALUES.keys()
    assert CORRECTED_FIELDS.keys() == set(get_args(CorrectedField))
    for field, codes in VALUES.items():
        assert set(CORRECTED_VALUES[field]) == set(codes)
    assert len(get_args(Topic)) == 10


# --- Recording


class Desk:
    """A store and an index with what a person uses."""

    def __init__(self, store: ArticleStore, index: SearchIndex) -> None:
        self.store = store
        self.index = index
        self.clock = ManualClock()
        self.correct = CorrectArticle(store, self.clock).run
        self._indexing = IndexArticles(store, index, self.clock)

    def keep(self, *articles: Article) -> None:
        for article in articles:
            with self.store.transaction() as transaction:
                check_ledger(transaction, article.id, transaction.add(article))
        self._indexing.run()

    def found(self, **asked: Any) -> list[str]:
        """The ids that a search finds after the index has caught up."""
        self._indexing.run()
        return [hit.article_id for hit in self.index.search(Query(**asked)).hits]

    def stored(self, identity: str) -> Article:
        article = self.store.get(identity)
        assert article is not None
        return article


@pytest.fixture(params=["fake", "real"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "fake":
        yield Desk(FakeStore(), FakeIndex())
        return
    store, index = SqlStore(f"sqlite:///{tmp_path / 'pantau.db'}"), TantivyIndex(tmp_path / "index")
    store.migrate()
    yield Desk(store, index)
    index.close()
    store.close()


ARTICLE = an_article(tone="neutral", figures=(a_figure(),))


def test_a_decision_is_kept_with_who_and_when_and_what_had_been_understood(desk: Desk) -> None:
    desk.keep(ARTICLE)
    after = desk.correct(ARTICLE.id, "sentiment", "negative", " Rani \x00", "tertunda dua pekan")
    expected = Correction(ARTICLE.id, "sentiment", "negative", "Rani", NOW, "neutral", "tertunda dua pekan")
    assert after.corrections == desk.stored(ARTICLE.id).corrections == (expected,)


def test_a_withdrawal_is_one_more_row_and_what_was_understood_holds_again(desk: Desk) -> None:
    desk.keep(ARTICLE)
    desk.correct(ARTICLE.id, "sentiment", "negative", "Rani")
    after = desk.correct(ARTICLE.id, "sentiment", None, "Budi", "keliru")
    assert [(it.by, it.value, it.undone) for it in after.corrections] == [
        ("Rani", "negative", False),
        ("Budi", "negative", True),
    ]
    assert after.sentiment == ARTICLE.analysis.sentiment
    assert desk.found(sentiments=frozenset({"neutral"})) == [ARTICLE.id]


def test_a_decision_on_a_clock_that_went_back_holds_nevertheless(desk: Desk) -> None:
    desk.keep(ARTICLE)
    desk.correct(ARTICLE.id, "sentiment", "negative", "Rani")
    desk.clock.advance(-timedelta(hours=1))
    assert desk.correct(ARTICLE.id, "sentiment", "positive", "Rani").sentiment.label == "positive"


@pytest.mark.parametrize(
    ("field", "value", "by", "note", "said"),
    [
        ("sentiment", "bagus", "Rani", "", "tidak dikenal"),
        ("topic", "negative", "Rani", "", "tidak dikenal"),
        ("sentiment", "negative", " \x00 ", "", "Isi nama"),
        ("sentiment", "negative", "r" * (LONGEST_NAME + 1), "", "paling banyak"),
        ("sentiment", "negative", "Rani", "n" * (LONGEST_NOTE + 1), "paling banyak"),
        ("topic", None, "Rani", "", "tidak ada yang dibatalkan"),
        ("relevance", "mention", "Rani", "", "sudah dikoreksi menjadi Hanya menyebut oleh Budi"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    desk: Desk, field: CorrectedField, value: str | None, by: str, note: str, said: str
) -> None:
    desk.keep(ARTICLE)
    before = desk.correct(ARTICLE.id, "relevance", "mention", "Budi").corrections
    with pytest.raises(ReviewError, match=said):
        desk.correct(ARTICLE.id, field, value, by, note)
    assert desk.stored(ARTICLE.id).corrections == before


def test_an_article_that_is_not_there_cannot_be_corrected(desk: Desk) -> None:
    with pytest.raises(UnknownArticle):
        desk.correct("tiada", "sentiment", "negative", "Rani")


# --- What follows


def test_a_story_is_corrected_as_a_whole_or_not_at_all(desk: Desk) -> None:
    story = [an_article(slug, tone="negative", story_id="s1") for slug in ("satu", "dua", "tiga")]
    desk.keep(*story)
    told: list[list[str]] = []
    checked: list[object] = []

    def fail_at_last(statements: object) -> list[Finding]:
        checked.append(statements)
        if len(checked) == len(story):
            raise ReviewError("no more")
        return []

    def correcting(checks: LedgerChecks) -> CorrectArticle:
        return CorrectArticle(desk.store, desk.clock, checks, lambda articles: told.append([it.id for it in articles]))

    with pytest.raises(ReviewError, match="no more"):
        correcting(LedgerChecks(article=fail_at_last)).story("s1", "sentiment", "neutral", "Rani")
    assert {it.sentiment.label for it in desk.store.story("s1")} == {"negative"}
    assert [it.corrections for it in desk.store.story("s1")] == [()] * len(story)
    assert told == []
    ids = [it.id for it in desk.store.story("s1")]
    assert correcting(LedgerChecks()).story("s1", "sentiment", "neutral", "Rani") == len(story)
    assert {it.sentiment.label for it in desk.store.story("s1")} == {"neutral"}
    assert told == [ids]
    assert correcting(LedgerChecks()).story("s1", "sentiment", "neutral", "Rani") == 0
    assert told == [ids]


def test_the_index_follows_a_corrected_tone(desk: Desk) -> None:
    desk.keep(ARTICLE)
    desk.correct(ARTICLE.id, "sentiment", "negative", "Rani")
    assert [article.id for article in desk.store.not_indexed(10)] == [ARTICLE.id]
    assert desk.found(sentiments=frozenset({"negative"})) == [ARTICLE.id]
    assert desk.found(sentiments=frozenset({"neutral"})) == []
    assert desk.store.counts()["negative"] == 1


def test_what_a_person_calls_irrelevant_leaves_search_digest_and_ledger_but_not_the_store(desk: Desk) -> None:
    other = an_article("lain", text="Kapal penyeberangan kembali berlayar.")
    desk.keep(ARTICLE, other)
    since = NOW - timedelta(days=1)
    assert {it.id for it in desk.store.indexed_between(since, NOW)} == {ARTICLE.id, other.id}
    after = desk.correct(ARTICLE.id, "relevance", "irrelevant", "Rani")
    assert (after.text, after.analysis) == (TEXT, ARTICLE.analysis)
    assert desk.found() == [other.id]
    assert [it.id for it in desk.store.indexed_between(since, NOW)] == [other.id]
    assert desk.store.story(ARTICLE.story_id or "") == []
    with desk.store.transaction() as transaction:
        assert transaction.statements(ARTICLE.id) == []


def test_it_comes_back_into_all_of_them_when_that_is_withdrawn(desk: Desk) -> None:
    desk.keep(ARTICLE)
    desk.correct(ARTICLE.id, "relevance", "irrelevant", "Rani")
    assert desk.found() == []
    after = desk.correct(ARTICLE.id, "relevance", None, "Rani")
    assert after.story_id == ARTICLE.story_id
    assert desk.found() == [ARTICLE.id]
    with desk.store.transaction() as transaction:
        assert len(transaction.statements(ARTICLE.id)) == 1
    # The digest told of it before, if at all.
    assert [it.id for it in desk.store.indexed_between(NOW - timedelta(days=1), NOW)] == [ARTICLE.id]


def test_what_had_been_irrelevant_is_found_once_a_person_says_it_is_about_the_agency(desk: Desk) -> None:
    passed_over = an_article(relevance="irrelevant", text="", story_id=None, evidence=())
    desk.keep(passed_over)
    after = desk.correct(passed_over.id, "relevance", "relevant", "Rani")
    assert after.story_id == f"s{passed_over.id}"
    assert not after.has_text
    assert desk.found(text="klaim") == [passed_over.id]
    assert [it.lacks_text for it in desk.store.understood(passed_over.archived_in)] == [True]


class Analyser:
    """Says of every text what it is told to."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {"tone": "neutral"}

    def __call__(self, texts: Sequence[ArticleText]) -> list[Analysis]:
        return [an_analysis(id=text.id, **self.says) for text in texts]


class Replay:
    """Reads one page into the desk's store, as often as wanted."""

    def __init__(self, desk: Desk) -> None:
        self.page = a_page()
        self.analyser = Analyser()
        self._ingest = Ingest(
            desk.store,
            read_each(_read),
            self.analyser,
            rules=lambda: (),
            timezones={},
            clock=desk.clock,
        )
        self.id = article_id(self.page.url)

    def run(self, **says: Any) -> None:
        self.analyser.says = says
        self._ingest.batch([(self.page,)], "a.warc.gz", again=True)


def _read(pages: Sequence[Page], timezone: ZoneInfo) -> Extraction:
    return Extraction(url=pages[0].url, canonical_url=pages[0].url, title=TITLE, text=TEXT, published=NOW)


def test_a_correction_outlives_every_later_analysis(desk: Desk) -> None:
    replay = Replay(desk)
    replay.run(tone="neutral")
    desk.correct(replay.id, "sentiment", "negative", "Rani")
    replay.run(tone="positive", version="rules-2")
    article = desk.stored(replay.id)
    assert (article.analysis.version, article.analysis.sentiment.label) == ("rules-2", "positive")
    assert article.sentiment.label == "negative"
    assert desk.found(sentiments=frozenset({"negative"})) == [replay.id]


def test_a_text_is_kept_that_rules_and_people_disagree_about(desk: Desk) -> None:
    replay = Replay(desk)
    replay.run(tone="neutral")
    desk.correct(replay.id, "relevance", "irrelevant", "Rani")
    replay.run(tone="neutral", version="rules-2")
    assert (desk.stored(replay.id).text, desk.stored(replay.id).story_id) == (TEXT, None)
    replay.run(relevance="irrelevant", version="rules-3")
    assert desk.stored(replay.id).text == TEXT
    assert desk.found() == []


def test_a_text_that_was_not_kept_comes_with_the_next_analysis(desk: Desk) -> None:
    replay = Replay(desk)
    replay.run(relevance="irrelevant")
    assert desk.stored(replay.id).text == ""
    desk.correct(replay.id, "relevance", "relevant", "Rani")
    replay.run(relevance="irrelevant")
    article = desk.stored(replay.id)
    assert (article.text, article.relevance, article.story_id) == (TEXT, "relevant", f"s{replay.id}")
    assert desk.store.versions(replay.id) == []
    assert desk.found(text="rotan") == [replay.id]


# --- For training


def test_corrected_articles_are_told_as_passages(desk: Desk) -> None:
    one = an_article("satu", tone="negative", alert_classes=("complaint",))
    two, three, four = (an_article(slug, tone="positive") for slug in ("dua", "tiga", "empat"))
    desk.keep(one, two, three, four)
    desk.correct(one.id, "sentiment", "neutral", "Rani")
    desk.clock.advance(timedelta(minutes=5))
    desk.correct(one.id, "topic", "claims", "Budi")
    desk.correct(two.id, "relevance", "mention", "Rani")
    desk.correct(three.id, "topic", "award", "Rani")
    desk.correct(three.id, "topic", None, "Rani")
    told = {row["id"]: row for row in passages(desk.store)}
    assert told.keys() == {one.id, two.id}
    assert told[one.id] == {
        "id": one.id,
        "title": TITLE,
        "text": TEXT,
        "relevance": "relevant",
        "sentiment": "neutral",
        "rule": None,
        "topic": "claims",
        "alerts": ["complaint"],
        "voice": "reported",
        "pair": None,
        "by": "Budi",
        "at": "2026-11-23T01:05:00+00:00",
    }
    assert (told[two.id]["relevance"], told[two.id]["sentiment"], told[two.id]["topic"]) == ("mention", None, "other")
