"""How often a source is read, by how often it publishes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from crawler.polling import Bounds, Pace, first_pace, next_pace

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = Bounds(5 * MINUTE, HOUR)


def a_pace(minutes: float = 30, *, listed: int = 20, peak: float = 0.0) -> Pace:
    return Pace(minutes * MINUTE, NOW, listed, peak)


def after(pace: Pace, fresh: int, minutes: float | None = None) -> Pace:
    return next_pace(
        pace, pace.listed, fresh, pace.read + (pace.interval if minutes is None else minutes * MINUTE), BOUNDS
    )


def test_a_source_is_read_closely_until_it_is_known() -> None:
    pace = first_pace(20, NOW, BOUNDS)
    assert pace.interval == 15 * MINUTE
    day_of: dict[int, timedelta] = {}
    while pace.read < NOW + 7 * DAY:
        pace = after(pace, 0)
        day_of.setdefault((pace.read - NOW) // DAY, pace.interval)
    assert [day_of[0] // MINUTE, day_of[3] // MINUTE, day_of[6] // MINUTE] == [15, 42, 60]


def test_nothing_new_lengthens_the_interval_by_half_within_its_bound() -> None:
    assert after(a_pace(20), 0).interval == 30 * MINUTE
    assert after(a_pace(50), 0).interval == HOUR


def test_a_reading_out_of_turn_that_brings_nothing_changes_nothing() -> None:
    assert after(a_pace(30), 0, minutes=1).interval == 30 * MINUTE


def test_news_shortens_the_interval_at_once_and_lengthens_it_slowly() -> None:
    assert after(a_pace(60), 3).interval == 10 * MINUTE
    assert after(a_pace(10), 1, minutes=50).interval == 17.5 * MINUTE


def test_a_source_most_of_whose_entries_are_new_is_read_as_often_as_allowed() -> None:
    assert after(a_pace(60, listed=20), 10).interval == 5 * MINUTE
    assert after(a_pace(60, listed=2), 1).interval == 5 * MINUTE


def test_the_busiest_pace_bounds_the_interval_of_a_quiet_night_and_fades() -> None:
    busy = a_pace(30, listed=20, peak=40.0)
    for _ in range(10):
        busy = after(busy, 0)
    assert 15 * MINUTE < busy.interval < 17 * MINUTE
    assert after(busy, 0, minutes=4 * 24 * 60).interval > 20 * MINUTE


@pytest.mark.parametrize("fresh", [0, 1, 7, 500])
@pytest.mark.parametrize("listed", [0, 1, 10, 500])
@pytest.mark.parametrize("minutes", [0, 0.01, 6, 60, 60 * 24 * 30])
def test_whatever_a_source_does_the_interval_keeps_its_bounds(fresh: int, listed: int, minutes: float) -> None:
    pace = after(a_pace(listed=listed, peak=1000.0), min(fresh, listed), minutes)
    assert BOUNDS.shortest <= pace.interval <= BOUNDS.longest


def read_along(arrivals: Iterable[datetime], listed: int, days: int) -> tuple[int, int, list[timedelta]]:
    """Readings, lost entries and delays when a source that lists its last `listed` entries publishes like this."""
    waiting = sorted(arrivals)
    pace, now = first_pace(listed, NOW, BOUNDS), NOW
    readings, lost, delays = 0, 0, list[timedelta]()
    while now < NOW + days * DAY:
        now = pace.due
        new = [at for at in waiting if at <= now]
        waiting = waiting[len(new) :]
        lost += max(0, len(new) - listed)
        delays += [now - at for at in new[-listed:]]
        pace = next_pace(pace, listed, min(len(new), listed), now, BOUNDS)
        readings += 1
    return readings, lost, delays


def test_a_feed_of_twenty_loses_nothing_of_busy_days_and_sleeps_at_night() -> None:
    chance = Random(7)
    days = 8
    # Three an hour from five in the morning on, in bursts of up to eight around noon; nothing from ten at night.
    arrivals = [
        NOW + day * DAY + hour * HOUR + chance.random() * HOUR
        for day in range(days)
        for hour in range(17)
        for _ in range(3 + (5 if hour in (6, 7) else 0))
    ]
    readings, lost, delays = read_along(arrivals, 20, days)
    assert lost == 0
    assert sorted(delays)[len(delays) // 2] < 10 * MINUTE
    assert readings / days < 150


def test_a_source_that_publishes_once_a_week_is_read_hourly() -> None:
    readings, lost, delays = read_along([NOW + 20 * DAY, NOW + 27 * DAY], 10, 28)
    assert lost == 0
    assert len(delays) == 2
    assert readings < 28 * 24 * 1.2
