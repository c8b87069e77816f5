"""How a host may be asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.hosts import Hosts
from crawler.job import Limits
from crawler.state import CrawlState, host_of

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = Limits(backoff=600.0, retry_delay=2.0, retries=2)


@dataclass
class SetClock:
    now: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def state(tmp_path: Path) -> Iterator[CrawlState]:
    state = CrawlState(tmp_path / "state.sqlite")
    yield state
    state.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def rest(hosts: Hosts, clock: SetClock, host: str = "x.id") -> timedelta | None:
    until = hosts.rests_until(host)
    return None if until is None else until - clock.now


def test_a_host_that_asks_for_a_short_pause_gets_it_within_the_crawl(state: CrawlState, clock: SetClock) -> None:
    hosts = Hosts(state, LIMITS, clock)
    assert hosts.refused("x.id", 5.0) == 5.0
    assert hosts.fault("x.id") is None


def test_what_was_under_way_when_a_host_refused_is_no_further_refusal(state: CrawlState, clock: SetClock) -> None:
    hosts = Hosts(state, LIMITS, clock)
    hosts.refused("x.id", 20.0)
    for _ in range(9):
        held = hosts.refused("x.id", 0.0)
        assert held is not None
        assert held <= 20.0


def test_a_host_that_asks_for_a_long_pause_gets_it_and_at_most_a_day(state: CrawlState, clock: SetClock) -> None:
    hosts = Hosts(state, LIMITS, clock)
    assert hosts.refused("x.id", 7200.0) is None
    assert rest(hosts, clock) == 2 * HOUR
    fault = hosts.fault("x.id")
    assert fault is not None
    assert fault.reason == "resting"
    hosts.refused("y.id", 1e9)
    assert rest(hosts, clock, "y.id") == 24 * HOUR


def test_a_host_that_keeps_refusing_rests_longer_every_time_and_an_answer_ends_that(
    state: CrawlState, clock: SetClock
) -> None:
    limits, rests = replace(LIMITS, retries=0), []
    for _ in range(5):
        hosts = Hosts(state, limits, clock)
        assert hosts.fault("x.id") is None
        assert hosts.refused("x.id", 0.0) is None
        rests.append(rest(hosts, clock))
        clock.now += rests[-1] or MINUTE
    assert rests == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, HOUR, HOUR]
    hosts = Hosts(state, limits, clock)
    hosts.answered("x.id")
    hosts.keep()
    hosts = Hosts(state, limits, clock)
    hosts.refused("x.id", 0.0)
    assert rest(hosts, clock) == 10 * MINUTE


def test_a_name_without_an_address_is_not_asked_twice_but_a_slow_page_is_no_slow_host(
    state: CrawlState, clock: SetClock
) -> None:
    hosts = Hosts(state, LIMITS, clock)
    assert hosts.failed("x.id", "dns")
    assert rest(hosts, clock) == 10 * MINUTE
    assert [hosts.failed("y.id", "timeout") for _ in range(5)] == [False] * 4 + [True]
    for _ in range(20):
        assert not hosts.failed("z.id", "timeout")
        hosts.answered("z.id")


def test_a_host_is_one_with_and_without_www() -> None:
    urls = ("https://www.x.id/a", "http://X.id/b", "https://palu.x.id/", "https://x.id:8443/")
    assert [host_of(url) for url in urls] == ["x.id", "x.id", "palu.x.id", "x.id:8443"]


def test_a_port_is_a_host_of_its_own(state: CrawlState, clock: SetClock) -> None:
    hosts = Hosts(state, LIMITS, clock)
    hosts.failed("x.id:8080", "refused")
    assert hosts.fault("x.id") is None


def test_the_budget_of_a_day_is_told_once_and_ends_at_midnight(state: CrawlState, clock: SetClock) -> None:
    limits = replace(LIMITS, requests_per_host_day=3)
    hosts = Hosts(state, limits, clock)
    for _ in range(3):
        assert hosts.fault("x.id") is None
        hosts.asked("x.id")
    told = [fault.reason for _ in range(3) if (fault := hosts.fault("x.id")) is not None]
    assert told == ["host-budget", "resting", "resting"]
    clock.now = datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC)
    for again in (hosts, Hosts(state, limits, clock)):
        assert again.fault("x.id") is None


def test_requests_count_across_crawls_and_through_a_crash(state: CrawlState, clock: SetClock) -> None:
    limits = replace(LIMITS, requests_per_host_day=250)
    hosts = Hosts(state, limits, clock)
    for _ in range(199):
        hosts.asked("x.id")
    crashed = Hosts(state, limits, clock)
    for _ in range(149):
        assert crashed.fault("x.id") is None
        crashed.asked("x.id")
    crashed.asked("x.id")
    assert crashed.fault("x.id") is not None


def test_a_rest_outlives_a_crash(state: CrawlState, clock: SetClock) -> None:
    Hosts(state, LIMITS, clock).refused("x.id", 600.0)
    fault = Hosts(state, LIMITS, clock).fault("x.id")
    assert fault is not None
    assert fault.reason == "resting"
