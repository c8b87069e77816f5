"""Spikes, silent outlets and standstills: what no single article tells, told once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nlp.analysis import Region
from service.adapters.rendering import Renderer
from service.domain.alert_life import TellingRules
from service.domain.alert_rule import AlertRule, KnownOutlets, Spike
from service.domain.article import Article
from service.domain.recipient import Recipient
from service.domain.watch import Sighting, spikes, tally
from service.domain.wording.rules import conditions, sentence
from service.ports import FetchEvent
from service.usecases.notifying import TellAlerts
from service.usecases.watching import Watching
from tests.service.builders import JEMBER, NOW, PALEMBANG, ManualClock, a_rule, an_analysis, an_article
from tests.service.fake_alerts import ListedRecipients
from tests.service.stores import STORES, AnyStore

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 23)
OGAN_ILIR = Region("Kabupaten Ogan Ilir", "16.10", "kabupaten", "Sumatera Selatan")
NAMES = {"16": "Sumatera Selatan", "kabarsukamaju": "Kabar Sukamaju"}


def a_watch(**changes: Any) -> AlertRule:
    return a_rule(**{"sentiments": frozenset(), **changes})


REGION = a_watch(id="lonjakan", spike=Spike("region", 3, 5))
SILENT = a_watch(id="diam", silent_outlets=True)
STILL = a_watch(id="terhenti", standstill=timedelta(hours=6))


def printed(days_ago: int, count: int, **changes: object) -> list[Article]:
    """So many articles on Palembang of that day."""
    found = NOW - days_ago * DAY
    number = changes.pop("number", 0)
    return [
        an_article(
            f"berita-{days_ago}-{number}-{each}", found=found, published=found - HOUR / 2, story_id=None, **changes
        )
        for each in range(count)
    ]


def a_fortnight(usual: int, today: int, **changes: object) -> list[Article]:
    before = [article for ago in range(1, 15) for article in printed(ago, usual, **changes)]
    return [*before, *printed(0, today, **changes)]


def seen(rule: AlertRule, articles: Sequence[Article], known_since: date = TODAY - 14 * DAY) -> list[tuple[str, int]]:
    return [(it.subject, it.count) for it in spikes(rule, tally(rule, articles), TODAY, known_since)]


@pytest.mark.parametrize(
    ("usual", "today", "is_spike"),
    [(2, 6, True), (2, 5, False), (0, 5, True), (0, 4, False), (1, 4, False), (1, 5, True), (4, 11, False)],
)
def test_a_spike_is_far_more_than_the_median_of_the_fortnight_and_not_a_handful(
    usual: int, today: int, is_spike: bool
) -> None:
    assert seen(REGION, a_fortnight(usual, today)) == ([("wilayah:16", today)] if is_spike else [])


def test_one_wild_day_before_does_not_hide_a_spike() -> None:
    articles = [*a_fortnight(1, 6), *printed(3, 40, number=1)]
    assert seen(REGION, articles) == [("wilayah:16", 6)]


@pytest.mark.parametrize(("days", "is_known"), [(7, True), (6, False)])
def test_nothing_is_usual_before_a_week_is_known(days: int, is_known: bool) -> None:
    assert bool(seen(REGION, printed(0, 9), TODAY - days * DAY)) == is_known


def test_an_article_counts_for_its_main_region_and_topic_alone() -> None:
    both = printed(0, 5, regions=(JEMBER, PALEMBANG))
    assert seen(REGION, both) == [("wilayah:35", 5)]
    topic = a_watch(spike=Spike("topic", 3, 5))
    articles = [an_article(f"k{n}", analysis=an_analysis(topics=("claims", "complaint"))) for n in range(5)]
    assert seen(topic, articles) == [("topik:claims", 5)]
    assert seen(topic, printed(0, 9)) == []


def test_the_regions_of_a_rule_are_watched_each_by_itself() -> None:
    rule = a_watch(spike=Spike("region", 3, 5), regions=frozenset({"16", "16.71"}))
    articles = [
        *printed(0, 5),
        *printed(0, 6, number=1, regions=(OGAN_ILIR,)),
        *printed(0, 9, number=2, regions=(JEMBER,)),
    ]
    assert seen(rule, articles) == [("wilayah:16", 6), ("wilayah:16.71", 5)]


def test_only_articles_that_meet_the_conditions_are_counted() -> None:
    rule = a_rule(spike=Spike("region", 3, 5))
    assert seen(rule, [*printed(0, 4, tone="negative"), *printed(0, 9, number=1)]) == []
    assert seen(rule, printed(0, 5, tone="negative")) == [("wilayah:16", 5)]
    assert seen(rule, printed(0, 9, tone="negative", relevance="mention")) == []


def test_what_is_seen_is_told_in_words() -> None:
    def name(code: str) -> str:
        return NAMES.get(code, code)

    spike = Sighting(REGION, "wilayah:16", TODAY, 14, 3.5)
    assert sentence(spike, name, name) == (
        "Sumatera Selatan: 14 berita dalam sehari; biasanya 3,5 sehari (median 14 hari)."
    )
    assert sentence(Sighting(REGION, "topik:claims", TODAY, 5), name, name) == (
        "Klaim: 5 berita dalam sehari; biasanya hampir tidak ada (median 14 hari)."
    )
    assert sentence(Sighting(STILL, "pantauan", TODAY, 7), name, name) == (
        "Sudah 7 jam tidak ada artikel yang terkumpul dari media mana pun."
    )
    assert spike.about == "wilayah:16@2026-11-23"
    assert dict(conditions(REGION, name, name)) == {
        "Memantau": "sehari sedikitnya 5 berita tentang satu wilayah, dan 3 kali median 14 hari"
    }


# --- The use case, over each store


class Watch:
    """A watch over a store whose worker has run for an hour."""

    def __init__(self, store: AnyStore) -> None:
        self.store = store
        self.clock = ManualClock(NOW - HOUR)
        self.rules: list[AlertRule] = []
        outlets = ["kabarsukamaju", "suarapesisir", "hariantimur"]
        tell: Callable[[Sighting], str] = lambda it: f"{it.subject}: {it.count}"  # noqa: E731
        self.watching = Watching(store, lambda: self.rules, outlets, tell, self.clock)
        self.clock.advance(HOUR)

    def add(self, *articles: Article) -> None:
        with self.store.transaction() as transaction:
            for article in articles:
                transaction.add(article)

    def raised(self) -> list[tuple[str, str]]:
        return sorted((alert.rule_id, alert.about) for alert, _ in self.store.alerts())


@pytest.fixture(params=STORES)
def watch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watch]:
    store = request.param(tmp_path)
    yield Watch(store)
    store.close()


def test_a_spike_is_told_once_a_day_and_again_on_another_day(watch: Watch) -> None:
    watch.rules = [REGION]
    watch.add(*a_fortnight(1, 5))
    assert watch.watching.run() == 1
    (alert, article), *_ = watch.store.alerts()
    assert (alert.about, alert.article_id, article) == ("wilayah:16@2026-11-23", None, None)
    assert alert.reasons == ("wilayah:16: 5",)
    watch.add(*printed(0, 4, number=1))
    watch.clock.advance(HOUR)
    assert watch.watching.run() == 0
    watch.clock.advance(DAY)
    watch.add(*printed(-1, 9))
    assert watch.watching.run() == 1
    assert watch.raised() == [("lonjakan", "wilayah:16@2026-11-23"), ("lonjakan", "wilayah:16@2026-11-24")]


def test_a_changed_rule_counts_the_past_anew(watch: Watch) -> None:
    watch.add(*a_fortnight(2, 5))
    watch.rules = [REGION]
    assert watch.watching.run() == 0
    watch.rules = [a_watch(id="lonjakan", spike=Spike("region", 2, 5))]
    assert watch.watching.run() == 1


def test_no_article_for_hours_is_told_once_a_day_until_it_is_over(watch: Watch) -> None:
    watch.rules = [STILL]
    watch.add(an_article("terakhir", found=NOW - HOUR, relevance="irrelevant", story_id=None))
    assert watch.watching.run() == 0
    watch.clock.advance(timedelta(hours=7))
    assert watch.watching.run() == 1
    assert watch.watching.run() == 0
    watch.clock.advance(DAY)
    assert watch.watching.run() == 1
    assert watch.raised() == [("terhenti", "pantauan@2026-11-23"), ("terhenti", "pantauan@2026-11-24")]
    watch.add(an_article("lagi", found=watch.clock.now, relevance="irrelevant", story_id=None))
    watch.clock.advance(HOUR)
    assert watch.watching.seen() == []


def test_a_fresh_installation_that_collects_nothing_is_told_after_the_hours_of_the_rule(watch: Watch) -> None:
    watch.rules = [STILL]
    watch.clock.advance(timedelta(hours=5))
    assert watch.watching.seen() == []
    watch.clock.advance(HOUR)
    assert [it.subject for it in watch.watching.seen()] == ["pantauan"]


def test_a_machine_that_was_off_gets_time_for_its_first_crawl(watch: Watch) -> None:
    watch.rules = [STILL]
    watch.add(an_article("terakhir", found=NOW - 2 * DAY))
    started = Watching(watch.store, lambda: [STILL], [], lambda it: "", watch.clock)
    watch.clock.advance(timedelta(minutes=29))
    assert started.seen() == []
    watch.clock.advance(timedelta(minutes=1))
    assert [it.count for it in started.seen()] == [47]


def an_outlet_that_fell_silent(watch: Watch, outlet: str, days: int) -> None:
    """It brought an article every two hours until so many days ago; its feed is read all the time."""
    hours = range(days * 24, 16 * 24, 2)
    watch.add(*(an_article(f"s{ago}", outlet=outlet, found=NOW - ago * HOUR, story_id=None) for ago in hours))
    watch.store.record_events(
        FetchEvent(outlet, f"https://{outlet}.example/feed", "feed", "ok", NOW - ago * HOUR) for ago in (400, 1)
    )


def test_an_outlet_that_brought_news_and_brings_none_is_told_once_however_long_it_lasts(watch: Watch) -> None:
    watch.rules = [SILENT]
    an_outlet_that_fell_silent(watch, "kabarsukamaju", 2)
    for outlet in ("suarapesisir", "hariantimur"):
        an_outlet_that_fell_silent(watch, outlet, 0)
    assert watch.watching.run() == 1
    assert watch.raised() == [("diam", "media:kabarsukamaju@2026-11-21")]
    watch.clock.advance(5 * HOUR)
    assert watch.watching.run() == 0


def test_a_rule_on_some_outlets_says_nothing_of_others(watch: Watch) -> None:
    an_outlet_that_fell_silent(watch, "kabarsukamaju", 2)
    known = KnownOutlets({"kabarsukamaju": "Kabar Sukamaju"}, {"kabarsukamaju": "local"})
    watch.rules = [a_watch(silent_outlets=True, tiers=frozenset({"national"}), among=known.of(["national"]))]
    assert watch.watching.seen() == []
    watch.rules = [a_watch(silent_outlets=True, tiers=frozenset({"local"}), among=known.of(["local"]))]
    assert [it.subject for it in watch.watching.seen()] == ["media:kabarsukamaju"]


def test_an_outlet_that_is_silent_for_longer_than_the_age_of_the_rule_or_never_spoke_is_no_news(watch: Watch) -> None:
    watch.rules = [SILENT]
    an_outlet_that_fell_silent(watch, "kabarsukamaju", 6)
    feed = "https://suarapesisir.example/feed"
    watch.store.record_events(
        [FetchEvent("suarapesisir", feed, "feed", "ok", NOW - ago * HOUR) for ago in (300, 200, 1)]
    )
    assert watch.watching.seen() == []


def test_a_rule_that_looks_at_articles_is_no_watch(watch: Watch) -> None:
    watch.rules = [a_rule()]
    watch.add(*printed(0, 9, tone="negative"))
    assert watch.watching.run() == 0


def test_a_spike_is_told_in_its_own_words_to_whoever_looks_after_the_region(watch: Watch) -> None:
    def name(code: str) -> str:
        return NAMES.get(code, code)

    watch.rules = [REGION]
    watch.add(*a_fortnight(1, 5))
    telling = Watching(watch.store, lambda: watch.rules, [], lambda it: sentence(it, name, name), watch.clock)
    assert telling.run() == 1
    here = Recipient("r16", "Palembang", address="sumsel@agency.example", regions=frozenset({"16"}))
    elsewhere = Recipient("r35", "Surabaya", address="jatim@agency.example", regions=frozenset({"35"}))
    renderer = Renderer("https://pantau.agency.example")
    watch.clock.advance(HOUR)
    TellAlerts(watch.store, ListedRecipients([here, elsewhere]), renderer, watch.clock, rules=TellingRules()).run()
    (entry,) = watch.store.outbox()
    assert entry.message.recipient == "sumsel@agency.example"
    assert "Sumatera Selatan: 5 berita dalam sehari; biasanya 1 sehari (median 14 hari)." in entry.message.text
