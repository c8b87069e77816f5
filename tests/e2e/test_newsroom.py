"""The whole newsroom through every stage, held against its manifest."""

import re
import sqlite3
from collections.abc import Iterator

import pytest

from crawler.urls import article_id, canonical_url
from demo.manifest import Manifest
from demo.newsroom import StatedFigure
from nlp.analysis import Figure
from service.adapters.sql import SqlStore
from service.adapters.tantivy_index import TantivyIndex
from service.domain.alert_rule import read_rules
from service.domain.article import WIB, Article
from service.domain.figure import is_stated
from service.domain.query import Query
from service.settings import Settings
from tests.e2e.walk import DemoRun

pytestmark = pytest.mark.e2e


MOST_MISREAD, MOST_MISJUDGED = 0.02, 0.12
"""Shares of the newsroom's articles: models read it, and models err."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoRun, str, str]:
    """A newsroom walked twice, and what each run printed."""
    run = DemoRun(tmp_path_factory.mktemp("demo"))
    return run, run.finish(), run.finish()


@pytest.fixture(scope="module")
def store(walked: tuple[DemoRun, str, str]) -> Iterator[SqlStore]:
    with walked[0].store() as store:
        yield store


@pytest.fixture(scope="module")
def expected(walked: tuple[DemoRun, str, str]) -> Manifest:
    return walked[0].manifest()


@pytest.fixture(scope="module")
def stored(store: SqlStore, expected: Manifest) -> dict[str, Article]:
    """The stored articles by the URL that the manifest names."""
    found = {it.url: store.get(article_id(canonical_url(it.url))) for it in expected.articles}
    return {url: article for url, article in found.items() if article is not None}


def test_the_newsroom_is_as_large_as_it_claims(expected: Manifest) -> None:
    assert expected.totals.articles >= 160
    assert expected.totals.relevant >= expected.totals.articles / 3


def test_every_article_is_stored_once_and_nothing_else_is(
    store: SqlStore, expected: Manifest, stored: dict[str, Article]
) -> None:
    assert stored.keys() == {it.url for it in expected.articles}
    assert store.counts()["articles"] == expected.totals.articles


def test_relevance_is_as_the_manifest_says_but_for_a_few(expected: Manifest, stored: dict[str, Article]) -> None:
    wrong = [
        (it.url, it.relevance, stored[it.url].analysis.relevance)
        for it in expected.articles
        if stored[it.url].analysis.relevance != it.relevance
    ]
    assert len(wrong) <= MOST_MISREAD * len(expected.articles), wrong


def test_title_and_body_are_exactly_what_was_printed(expected: Manifest, stored: dict[str, Article]) -> None:
    wrong = [
        (it.url, it.title, it.text, stored[it.url].title, stored[it.url].text)
        for it in expected.articles
        if "irrelevant" not in (it.relevance, stored[it.url].relevance)
        and (stored[it.url].title != it.title or not _is_printed(_words(it.text), _words(stored[it.url].text)))
    ]
    assert wrong == []


def test_every_time_of_publication_is_right_to_the_minute(expected: Manifest, stored: dict[str, Article]) -> None:
    wrong = [
        (it.url, it.published, stored[it.url].published)
        for it in expected.articles
        if stored[it.url].published != it.published
    ]
    assert wrong == []


def test_every_stated_figure_is_found_with_value_unit_and_sentence_and_no_other(
    expected: Manifest, stored: dict[str, Article]
) -> None:
    missed, false = [], []
    for it in expected.articles:
        if it.relevance == stored[it.url].relevance == "relevant":
            found = [figure for figure in stored[it.url].analysis.figures if is_stated(figure)]
            for wanted in it.figures:
                hit = next((figure for figure in found if _is_same(wanted, figure)), None)
                if hit is None:
                    missed.append((it.url, wanted.surface, wanted.unit, wanted.sentence))
                else:
                    found.remove(hit)
            false += [(it.url, figure.surface, figure.value, figure.unit, figure.sentence.text) for figure in found]
    assert (missed, false) == ([], [])


def test_tone_is_as_the_manifest_says_but_for_a_few(expected: Manifest, stored: dict[str, Article]) -> None:
    relevant = [it for it in expected.articles if it.relevance == "relevant"]
    wrong = [
        (it.url, it.sentiment, stored[it.url].analysis.sentiment.label)
        for it in relevant
        if stored[it.url].analysis.sentiment.label != it.sentiment
    ]
    assert len(wrong) <= MOST_MISJUDGED * len(relevant), wrong


def test_every_recent_story_that_deserves_an_alert_has_one_and_no_harmless_story_has(
    store: SqlStore, expected: Manifest, stored: dict[str, Article]
) -> None:
    rules = read_rules(*Settings().table("rules"))
    recent = max(article.found for article in stored.values()) - min(rule.max_age for rule in rules)
    grave = {
        url: it
        for url, it in stored.items()
        if it.relevance == "relevant" and (it.sentiment.label == "negative" or it.analysis.alerts)
    }
    by_tone_or_class = {rule.id for rule in rules if rule.sentiments or rule.alert_classes}
    alerts = [alert for alert, _ in store.alerts(limit=1000)]
    alerted = {alert.about for alert in alerts if alert.rule_id in by_tone_or_class}
    assert {it.story_id for it in grave.values() if it.published and it.published > recent} <= alerted
    assert alerted <= {it.story_id for it in grave.values()}
    told = {it.url for it in expected.articles if it.relevance == "relevant" and it.sentiment == "negative"}
    assert len(told & set(grave)) >= (1 - MOST_MISJUDGED) * len(told)


def test_every_alert_on_figures_is_about_a_story_that_states_them(store: SqlStore, stored: dict[str, Article]) -> None:
    by_figures = {rule.id: rule for rule in read_rules(*Settings().table("rules")) if rule.figures}
    alerts = [alert for alert, _ in store.alerts(limit=1000) if alert.rule_id in by_figures]
    for alert in alerts:
        rule, own = by_figures[alert.rule_id], [it for it in stored.values() if it.story_id == alert.about]
        assert any(rule.is_about(article) for article in own), alert
    assert {alert.rule_id for alert in alerts} == by_figures.keys()


def test_copies_of_a_release_are_one_story(expected: Manifest, stored: dict[str, Article]) -> None:
    relevant = [it for it in expected.articles if it.relevance == stored[it.url].relevance == "relevant"]
    stories: dict[str, set[str | None]] = {}
    for it in relevant:
        stories.setdefault(it.story, set()).add(stored[it.url].story_id)
    assert {story: len(ids) for story, ids in stories.items()} == dict.fromkeys(stories, 1)
    assert len({stored[it.url].story_id for it in relevant}) == len(stories)


def test_what_is_no_article_is_reported_as_that(
    walked: tuple[DemoRun, str, str], store: SqlStore, expected: Manifest
) -> None:
    with sqlite3.connect(walked[0].data / "pantau.sqlite") as database:
        events = dict(database.execute("SELECT source, reason FROM fetch_events WHERE outcome IN ('soft', 'hard')"))
    told = {canonical_url(page.url): "quarantined" for page in store.quarantined()}
    told |= {canonical_url(url): f"failed: {reason}" for url, reason in events.items()}
    for outcome in expected.outcomes:
        if outcome.outcome not in ("never-fetched", "not-an-article"):
            assert told.get(canonical_url(outcome.url)) == outcome.outcome, outcome


def test_the_main_region_is_as_the_manifest_says(expected: Manifest, stored: dict[str, Article]) -> None:
    wrong = []
    for it in expected.articles:
        if it.relevance == stored[it.url].relevance == "relevant":
            regions = stored[it.url].analysis.regions
            if it.region and (not regions or regions[0].code != it.region):
                wrong.append((it.url, it.region, [region.code for region in regions[:3]]))
    assert wrong == []


def test_every_relevant_article_is_found_by_searching(
    walked: tuple[DemoRun, str, str], stored: dict[str, Article]
) -> None:
    relevant = [article for article in stored.values() if article.relevance == "relevant"]
    index = TantivyIndex(walked[0].data / "index")
    try:
        assert index.search(Query(), size=1).total == len(relevant)
        negative = index.search(Query(sentiments=frozenset({"negative"})), size=1)
        assert negative.total == sum(article.sentiment.label == "negative" for article in relevant)
    finally:
        index.close()


def test_the_summary_states_what_is_stored(
    walked: tuple[DemoRun, str, str], expected: Manifest, stored: dict[str, Article]
) -> None:
    _, printed, _ = walked
    relevant = [article for article in stored.values() if article.relevance == "relevant"]
    for count, what in (
        (expected.totals.articles, "articles"),
        (len(relevant), "relevant to the agency"),
        (sum(article.sentiment.label == "negative" for article in relevant), "negative"),
        (len({article.story_id for article in relevant}), "stories"),
    ):
        assert re.search(rf"(?<!\d){count} +{what}", printed), (count, what, printed)


def test_a_second_run_finds_nothing_new_and_says_so(walked: tuple[DemoRun, str, str]) -> None:
    assert "0 new articles" in walked[2]


def test_alerts_and_the_digest_lie_in_the_outbox_once(walked: tuple[DemoRun, str, str], store: SqlStore) -> None:
    messages = store.outbox(limit=1000)
    assert {entry.state for entry in messages} == {"sent"}
    # One a day: two where the runs lie on both sides of midnight in Jakarta.
    digests = [entry for entry in messages if entry.cause == "digest"]
    assert len(digests) == len({entry.created.astimezone(WIB).date() for entry in digests}) >= 1
    assert 0 < sum(entry.cause == "alert" for entry in messages) <= store.counts()["alerts"]
    assert len(list((walked[0].data / "outbox").glob("*.eml"))) == len(messages)


def _words(text: str) -> str:
    return " ".join(text.split())


def _is_printed(wanted: str, stored: str) -> bool:
    """Whether the stored body is the printed one; the dateline before it belongs to the page and may stay."""
    return (
        stored.endswith(wanted) and re.fullmatch(r"[A-Z][^.!?\d]{0,60}[-–—] ", stored.removesuffix(wanted)) is not None
    ) or stored == wanted


def _is_same(wanted: StatedFigure, figure: Figure) -> bool:
    """Value, unit and sentence agree. A quotation of several sentences may be kept as one, a dateline may lead it."""
    sentence, printed = _words(figure.sentence.text), _words(wanted.sentence)
    return (
        figure.field == wanted.field
        and (_value(figure.value), figure.unit) == (_value(wanted.value), wanted.unit)
        and (printed in sentence or sentence in printed)
        and figure.surface in figure.sentence.text
    )


def _value(value: object) -> tuple[float, float]:
    low, high = value if isinstance(value, tuple) else (value, value)
    return round(float(low), 6), round(float(high), 6)
