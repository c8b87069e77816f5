"""What a rule would have raised in the days before, within bounds."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from service.domain.alert_rule import AlertRule, Spike, rule_of
from service.domain.article import Article
from service.ports import FetchEvent
from service.usecases import back_test
from service.usecases.back_test import BackTest, TryRule
from service.usecases.ledger import check_ledger
from tests.service.builders import NOW, ManualClock, a_figure, a_rule, an_article
from tests.service.stores import STORES, AnyStore

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 23)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    opened = request.param(tmp_path)
    yield opened
    opened.close()


def add(store: AnyStore, *articles: Article) -> None:
    with store.transaction() as transaction:
        for article in articles:
            check_ledger(transaction, article.id, transaction.add(article))


def told(slug: str, days_ago: float, **changes: object) -> Article:
    """A negative article that came in so many days ago, an hour after it was printed."""
    found = NOW - days_ago * DAY
    return an_article(slug, **{"tone": "negative", "found": found, "published": found - HOUR, **changes})


def tried(store: AnyStore, rule: AlertRule, days: int = 30) -> BackTest:
    return TryRule(store, store.ledger, ["kabarsukamaju"], ManualClock()).run(rule, days)


def by_day(tested: BackTest) -> dict[date, int]:
    return {day: count for day, count in tested.days if count}


def test_a_story_is_counted_once_on_the_day_on_which_it_first_met_the_rule(store: AnyStore) -> None:
    first, copy = told("asal", 3, story_id="s1"), told("salinan", 2, story_id="s1")
    add(store, first, copy, told("lain", 1), told("senang", 1, tone="positive"), told("kemarin-dulu", 31))
    tested = tried(store, a_rule())
    assert [(it.article.id, it.others) for it in tested.stories] == [(told("lain", 1).id, 0), (first.id, 1)]
    assert by_day(tested) == {TODAY - DAY: 1, TODAY - 3 * DAY: 1}
    assert (tested.total, tested.most, tested.since) == (2, 1, None)
    assert [len(tested.days), tested.days[0][0], tested.days[-1][0]] == [30, TODAY - 29 * DAY, TODAY]
    assert [tried(store, a_rule(), days).total for days in (2, 40)] == [1, 3]


def test_what_came_in_old_would_have_raised_nothing(store: AnyStore) -> None:
    late = told("arsip", 1, published=NOW - 6 * DAY)
    add(store, late)
    assert tried(store, a_rule()).total == 0
    assert tried(store, a_rule(max_age=7 * DAY)).total == 1


def test_a_rule_that_is_off_is_tried_as_if_it_were_on(store: AnyStore) -> None:
    add(store, told("satu", 1))
    assert tried(store, a_rule(enabled=False)).total == 1


def test_a_conflict_is_asked_of_the_ledger(store: AnyStore) -> None:
    wrong = told(
        "cakupan",
        1,
        text="Cakupan kepesertaan di Sukamaju 150 persen per Juni 2026.",
        figures=(
            a_figure(
                "150 persen",
                "Cakupan kepesertaan di Sukamaju 150 persen per Juni 2026.",
                value=150.0,
                kind="level",
                metric="coverage",
                direction=None,
                region_code="16.71",
            ),
        ),
    )
    add(store, wrong, told("benar", 1))
    assert store.ledger.in_conflict([wrong.id, told("benar", 1).id]) == {wrong.id}
    rule = rule_of({"id": "beda", "name": "Beda", "conflict": True})
    assert [it.article.id for it in tried(store, rule).stories] == [wrong.id]


def test_the_newest_are_listed_and_the_rest_is_counted(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_test, "MOST_SHOWN", 2)
    add(store, *(told(f"b{n}", n) for n in range(1, 6)))
    tested = tried(store, a_rule())
    assert [it.article.id for it in tested.stories] == [told("b1", 1).id, told("b2", 2).id]
    assert tested.total == 5


def test_the_work_is_bounded_and_says_up_to_when_it_looked(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_test, "MOST_TESTED", 3)
    add(store, *(told(f"b{n}", n) for n in range(1, 6)))
    tested = tried(store, a_rule())
    assert (tested.read, tested.total, tested.since) == (3, 3, TODAY - 3 * DAY)
    assert tried(store, a_rule(), days=3).since is None


def test_a_spike_is_found_on_each_day_that_had_one(store: AnyStore) -> None:
    rule = a_rule(spike=Spike("region", 3, 4))
    usual = [told(f"u{ago}", ago) for ago in range(40)]
    add(store, *usual, *(told(f"l{ago}-{n}", ago) for ago in (0, 9) for n in range(4)))
    tested = tried(store, rule)
    assert [(it.about, it.count, it.usual) for it in tested.sightings] == [
        ("wilayah:16@2026-11-23", 5, 1.0),
        ("wilayah:16@2026-11-14", 5, 1.0),
    ]
    assert by_day(tested) == {TODAY: 1, TODAY - 9 * DAY: 1}


def test_a_spike_is_not_found_where_the_days_before_could_not_all_be_looked_at(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(back_test, "MOST_TALLIED", 10)
    add(store, *(told(f"u{ago}", ago) for ago in range(40)), *(told(f"l{n}", 3) for n in range(5)))
    tested = tried(store, a_rule(spike=Spike("region", 3, 4)))
    assert (tested.total, tested.since) == (0, TODAY - 4 * DAY)


def test_a_standstill_is_found_on_each_day_of_a_pause(store: AnyStore) -> None:
    hours = [*range(24), *range(24 + 40, 24 * 20)]
    add(store, *(told(f"j{ago}", ago / 24, relevance="irrelevant", story_id=None) for ago in hours))
    rule = rule_of({"id": "henti", "name": "Terhenti", "nothing_for_hours": 6})
    tested = tried(store, rule)
    # From 17.00 on the 20th in Jakarta until 09.00 on the 22nd.
    assert [(it.day, it.count) for it in tested.sightings] == [
        (TODAY - DAY, 40),
        (TODAY - 2 * DAY, 30),
        (TODAY - 3 * DAY, 6),
    ]
    assert by_day(tested) == {TODAY - ago * DAY: 1 for ago in (1, 2, 3)}


def test_an_empty_archive_raises_nothing(store: AnyStore) -> None:
    for block in ({"nothing_for_hours": 6}, {"spike": {"of": "region"}}, {"silent_outlets": True}, {"conflict": True}):
        assert tried(store, rule_of({"id": "a", "name": "A", **block})).total == 0


def test_of_silent_outlets_only_today_is_known(store: AnyStore) -> None:
    outlet = "kabarsukamaju"
    add(store, *(told(f"s{ago}", ago / 24, outlet=outlet) for ago in range(48, 16 * 24, 2)))
    store.record_events(
        FetchEvent(outlet, "https://kabarsukamaju.example/feed", "feed", "ok", NOW - ago * HOUR) for ago in (400, 1)
    )
    tested = tried(store, rule_of({"id": "diam", "name": "Diam", "silent_outlets": True}))
    assert tested.only_now
    assert [it.subject for it in tested.sightings] == ["media:kabarsukamaju"]
