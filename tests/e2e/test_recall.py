"""A simulated day of 40 outlets, polled crawl by crawl: every article is stored once, at a bearable price.

`PANTAU_TEST_POLL_MINUTES` sets the minutes between two polls; `python -m benchmarks.recall` is the full edition.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.recall.day import HABITS, SimulatedDay
from benchmarks.recall.replay import Reckoning, replay, stored
from benchmarks.served import serving
from crawler.extract import extract
from tests.crawler.press import crawl

pytestmark = pytest.mark.e2e

EVERY = timedelta(minutes=float(os.environ.get("PANTAU_TEST_POLL_MINUTES", "40")))


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("day")


@pytest.fixture(scope="module")
def day() -> SimulatedDay:
    return SimulatedDay()


@pytest.fixture(scope="module")
def outcome(day: SimulatedDay, spool: Path) -> Iterator[Reckoning]:
    with serving(day) as port:
        day.port = port
        yield replay(day, spool, EVERY, lambda job: crawl(job).events)


def test_the_day_has_forty_outlets_with_every_habit(day: SimulatedDay) -> None:
    assert len(day.outlets) == 40
    assert {outlet.name.rpartition("-")[0] for outlet in day.outlets} == HABITS.keys()
    assert len(day.published()) > 1000


def test_every_published_article_is_stored_exactly_once(outcome: Reckoning) -> None:
    assert outcome.missing == []
    assert outcome.twice == []
    assert outcome.strangers == []


def test_a_source_costs_one_request_a_poll_and_a_conditional_one_where_it_can(outcome: Reckoning) -> None:
    assert outcome.asked_twice == {}
    assert outcome.without_validator == {}


def test_times_are_right_to_the_minute_in_every_time_zone(outcome: Reckoning, day: SimulatedDay, spool: Path) -> None:
    published, seen, wrong = day.published(), set(), []
    for article, page in stored(spool / "spool"):
        outlet, story = published[article]
        if outlet.zone not in seen:
            extraction = extract([page], timezone=outlet.zone)
            if extraction.published != story.dated or extraction.title != story.title:
                wrong.append((page.url, story.dated, extraction.published, extraction.title))
            seen.add(outlet.zone)
    assert wrong == []
    assert len(seen) == 3
