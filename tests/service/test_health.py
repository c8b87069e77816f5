"""How the outlets are judged: tables of what an outlet did, and what is said of it."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from service.domain.chance import at_least_so_uneven, at_most
from service.domain.health import (
    DAY,
    HOUR,
    Alarm,
    Hour,
    OutletHealth,
    OutletRecord,
    PressHealth,
    SourceState,
    judge,
    new_source,
)
from tests.service.builders import NOW


def a_source(outcome: str = "ok", ago: timedelta = HOUR, outlet: str = "kabar", **changes: object) -> SourceState:
    reason = "" if outcome in ("ok", "unchanged") else "timeout"
    first = new_source(outlet, "feed", f"https://{outlet}.example/feed", NOW - 60 * DAY)
    state = replace(first.after(outcome, NOW - ago, reason=reason), first=NOW - 60 * DAY)
    return replace(state, **changes)  # type: ignore[arg-type]


def a_past(per_day: Callable[[int], int], days: int = 15, until: datetime = NOW, **counted: int) -> tuple[Hour, ...]:
    """So many articles `per_day(days ago)`, spread over twelve hours of each day; `counted` of every article."""
    hours: dict[datetime, Hour] = {}
    for ago in range(days):
        for number in range(per_day(ago)):
            at = (until - ago * DAY - (number % 12 + 1) * HOUR).replace(minute=0)
            one = Hour(at, articles=1, **counted)
            hours[at] = hours[at] + one if at in hours else one
    return tuple(hours[at] for at in sorted(hours))


def an_outlet(
    hours: Sequence[Hour] = (), sources: Sequence[SourceState] | None = None, outlet: str = "kabar"
) -> OutletRecord:
    return OutletRecord(outlet, tuple([a_source(outlet=outlet)] if sources is None else sources), tuple(hours))


def told(record: OutletRecord, now: datetime = NOW) -> OutletHealth:
    return judge([record], now).outlets[0]


def the_alarm(record: OutletRecord, now: datetime = NOW) -> Alarm:
    (alarm,) = told(record, now).alarms
    return alarm


# Chance


@pytest.mark.parametrize(
    ("count", "mean", "variance", "expected"),
    [
        (0, 2.0, 2.0, 0.135335),
        (2, 2.0, 1.0, 0.676676),
        (0, 7.0, 7.0, 0.000912),
        (0, 10.0, 30.0, 0.004115),  # (1/3)^5: size 5, share of successes 1/3
        (5, 0.0, 0.0, 1.0),
    ],
)
def test_few_articles_are_as_likely_as_the_textbook_says(
    count: int, mean: float, variance: float, expected: float
) -> None:
    assert at_most(count, mean, variance) == pytest.approx(expected, abs=1e-6)


def test_an_uneven_share_is_as_likely_as_fishers_test_says() -> None:
    # The lady tasting tea: all four of four guessed, of eight cups.
    assert at_least_so_uneven(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert at_least_so_uneven(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert at_least_so_uneven(0, 4, 3, 4) == 1


# Status and reach


@pytest.mark.parametrize(
    ("sources", "status", "reason"),
    [
        pytest.param([], "unseen", "", id="never asked"),
        pytest.param([a_source()], "ok", "", id="read"),
        pytest.param([a_source("unchanged")], "ok", "", id="nothing new in it"),
        pytest.param([a_source("soft", last_ok=NOW - 3 * HOUR)], "failing", "timeout", id="a passing failure"),
        pytest.param(
            [a_source("hard", kind="sitemap", reason="http-404"), a_source()], "failing", "http-404", id="one of two"
        ),
        pytest.param(
            [a_source("soft", last_ok=NOW - 30 * HOUR)], "unreachable", "timeout", id="not read for more than a day"
        ),
        pytest.param(
            [a_source("hard", reason="http-404", last_ok=NOW - 2 * HOUR)],
            "unreachable",
            "http-404",
            id="needs a person",
        ),
        pytest.param([a_source("soft", reason="dns")], "unreachable", "dns", id="never read"),
        pytest.param([a_source("hard", reason="http-403")], "blocked", "http-403", id="the site keeps us out"),
        pytest.param(
            [a_source("hard", ago=5 * DAY, source="https://kabar.example/lama"), a_source()],
            "ok",
            "",
            id="a source that is not asked any more",
        ),
    ],
)
def test_the_state_of_its_sources_makes_an_outlets_status(sources: list[SourceState], status: str, reason: str) -> None:
    hours = a_past(lambda ago: 5) if sources else ()
    health = told(an_outlet(hours, sources))
    assert (health.status, health.reason) == (status, reason)
    assert bool(health.alarms) == (status in ("unreachable", "blocked"))


def test_an_outlet_that_cannot_be_reached_is_not_called_silent_too() -> None:
    record = an_outlet(a_past(lambda ago: 5 if ago > 4 else 0), [a_source("hard", reason="dns")])
    assert [alarm.kind for alarm in told(record).alarms] == ["unreachable"]


def test_a_source_keeps_account_of_what_happened_to_it() -> None:
    state = new_source("kabar", "feed", "https://kabar.example/feed", NOW)
    for hours, outcome, found in ((1, "ok", 3), (2, "unchanged", 0), (3, "soft", 0), (4, "hard", 0)):
        state = state.after(outcome, NOW + hours * HOUR, found=found, reason="dns", retry_at=NOW + DAY)
    assert (state.ok, state.unchanged, state.soft, state.hard) == (1, 1, 1, 1)
    assert (state.last_new, state.last_ok) == (NOW + HOUR, NOW + 2 * HOUR)
    assert (state.failures, state.failing_since, state.retry_at) == (2, NOW + 3 * HOUR, NOW + DAY)
    recovered = state.after("ok", NOW + 5 * HOUR)
    assert (recovered.failures, recovered.failing_since, recovered.last_new) == (0, None, NOW + HOUR)


# Silence


@pytest.mark.parametrize(
    ("hours", "silent"),
    [
        pytest.param(a_past(lambda ago: 24 if ago else 0), False, id="a busy outlet, twelve hours"),
        pytest.param(a_past(lambda ago: 6 if ago > 1 else 0), True, id="a daily outlet, two days"),
        pytest.param(a_past(lambda ago: 3 if ago % 7 == 2 else 0), False, id="a weekly outlet, two days"),
        pytest.param(a_past(lambda ago: 3 if ago % 7 != 1 else 0), False, id="closed on Sundays"),
        pytest.param(a_past(lambda ago: 1 if ago in (6, 9) else 0), False, id="one of rare words"),
        pytest.param(a_past(lambda ago: 6, until=NOW - 30 * DAY), True, id="for a month, by what it did before"),
    ],
)
def test_an_outlet_is_silent_by_its_own_rhythm(hours: tuple[Hour, ...], silent: bool) -> None:
    assert [alarm.kind for alarm in told(an_outlet(hours)).alarms if alarm.kind == "silent"] == ["silent"] * silent


@pytest.mark.parametrize(("days", "silent"), [(2, False), (4, True)])
def test_a_young_outlet_may_be_silent_for_three_days(days: int, silent: bool) -> None:
    hours = a_past(lambda ago: 6, days=3, until=NOW - days * DAY)
    record = an_outlet(hours, [a_source(first=hours[0].at)])
    assert (told(record).status == "silent") == silent


def test_silence_is_told_in_hours_against_the_longest_usual_pause() -> None:
    alarm = the_alarm(an_outlet(a_past(lambda ago: 6 if ago > 1 else 0)))
    assert (alarm.kind, alarm.count, alarm.usual) == ("silent", 48, 19)
    assert alarm.since == NOW - 2 * DAY
    assert alarm.raised == alarm.since + timedelta(hours=28.5)


def test_an_outlet_that_never_brought_a_page_is_silent_after_three_days() -> None:
    assert told(an_outlet(sources=[a_source(first=NOW - 2 * DAY)])).status == "ok"
    assert told(an_outlet(sources=[a_source(first=NOW - 4 * DAY)])).status == "silent"


# Volume


@pytest.mark.parametrize(
    ("per_day", "low"),
    [
        pytest.param(lambda ago: 40 if ago else 4, True, id="a tenth of forty"),
        pytest.param(lambda ago: 40 if ago else 24, False, id="a calm day"),
        pytest.param(lambda ago: 2 if ago else 0, False, id="none of two is chance"),
        pytest.param(lambda ago: 12 if ago else 1, True, id="one of twelve is not"),
        pytest.param(lambda ago: 40 if ago % 7 else 5, False, id="a Sunday like other Sundays"),
        pytest.param(lambda ago: (2, 60, 8, 45, 5, 30)[ago % 6], False, id="an outlet of ups and downs"),
        pytest.param(lambda ago: 40 if 0 < ago < 5 else 4 if ago == 0 else 0, False, id="young"),
    ],
)
def test_volume_is_low_against_the_outlets_own_fortnight(per_day: Callable[[int], int], low: bool) -> None:
    assert [alarm.kind for alarm in told(an_outlet(a_past(per_day))).alarms] == ["volume"] * low


def test_low_volume_says_how_much_how_much_is_usual_and_since_when() -> None:
    alarm = the_alarm(an_outlet(a_past(lambda ago: 40 if ago > 1 else 4)))
    assert (alarm.count, alarm.usual, alarm.since) == (4, 40, NOW - 2 * DAY)


def test_outlets_that_never_break_raise_few_false_alarms() -> None:
    """Outlets of every size: news by chance, little at night, half on Sundays, looked at once a day for a month."""
    dice = random.Random(20261123)
    kinds: list[str] = []
    for outlet in range(30):
        hours = list(_news(dice, 0.5 * 1.2**outlet, days=46))
        for days in range(30):
            now = NOW - days * DAY
            seen = [hour for hour in hours if now - 16 * DAY <= hour.at < now]
            kinds += [alarm.kind for alarm in told(an_outlet(seen), now).alarms]
    assert kinds.count("silent") <= 5
    assert kinds.count("volume") <= 1
    assert len(kinds) <= 5  # of 900 looks


@pytest.mark.parametrize(("per_day", "hours"), [(2.0, 144), (5.0, 72), (20.0, 36), (80.0, 24)])
def test_outlets_that_stop_are_found_the_sooner_the_more_they_print(per_day: float, hours: int) -> None:
    dice = random.Random(20261123)
    pasts = [[it for it in _news(dice, per_day, days=22) if it.at < NOW - hours * HOUR] for _ in range(20)]
    assert sum(told(an_outlet(past)).status in ("silent", "volume") for past in pasts) >= 19


def _news(dice: random.Random, per_day: float, days: int) -> Iterable[Hour]:
    for ago in range(days * 24, 0, -1):
        at = NOW - ago * HOUR
        is_night, is_sunday = at.hour in range(14, 23), at.weekday() == 6
        rate = per_day / 24 * (0.2 if is_night else 1.48) * (0.5 if is_sunday else 1.08)
        articles = sum(dice.random() < rate / 60 for _ in range(60))
        if articles:
            yield Hour(at, articles=articles)


# Layout


def with_newest(good: int, **poor: int) -> tuple[Hour, ...]:
    """Ten articles a day, read well; and today's hour with these."""
    return (*a_past(lambda ago: 10 if ago else 0), Hour(NOW - HOUR, articles=good, **poor))


@pytest.mark.parametrize(
    ("hours", "jumped"),
    [
        pytest.param(with_newest(20), False, id="all well"),
        pytest.param(with_newest(20, short=15), True, id="most are short"),
        pytest.param(with_newest(20, unsure=15), True, id="most by the last resort"),
        pytest.param(with_newest(5, unread=15), True, id="most cannot be read"),
        pytest.param(with_newest(20, short=3), False, id="three short ones"),
        pytest.param(with_newest(4, unread=3), False, id="too few to say"),
        pytest.param(
            (*a_past(lambda ago: 10 if ago else 0, short=1), Hour(NOW - HOUR, articles=20, short=20)),
            False,
            id="an outlet that always writes short",
        ),
        pytest.param((Hour(NOW - HOUR, articles=2, unread=12),), True, id="a new outlet that is not read at all"),
    ],
)
def test_a_redesign_shows_in_how_the_newest_pages_are_read(hours: tuple[Hour, ...], jumped: bool) -> None:
    assert ("redesign" in [alarm.kind for alarm in told(an_outlet(hours)).alarms]) == jumped


def test_a_redesign_says_how_many_pages_of_how_many_and_since_when() -> None:
    good = a_past(lambda ago: 10 if ago > 2 else 0)
    bad = a_past(lambda ago: 10 if ago <= 2 else 0, short=1)
    alarm = the_alarm(an_outlet((*good, *bad)))
    assert (alarm.kind, alarm.count, alarm.of) == ("redesign", 12, 12)
    assert 0 < alarm.usual < 0.2
    assert NOW - 3 * DAY <= alarm.since <= NOW - 2 * DAY - 10 * HOUR


def test_walls_in_front_of_most_pages_are_told_as_walls() -> None:
    alarm = the_alarm(an_outlet((*a_past(lambda ago: 10 if ago else 0), Hour(NOW - HOUR, articles=4, walled=16))))
    assert (alarm.kind, alarm.count, alarm.of) == ("blocked", 16, 20)


# Most outlets at once


def a_press(number: int, make: Callable[[str, int], OutletRecord]) -> PressHealth:
    return judge([make(f"media{place}", place) for place in range(number)], NOW)


def test_when_most_outlets_cannot_be_connected_to_it_is_our_network() -> None:
    def outlet(name: str, place: int) -> OutletRecord:
        fails = place < 8
        state = a_source("soft", outlet=name, last_ok=NOW - 30 * HOUR, failing_since=NOW - 29 * HOUR, reason="dns")
        return an_outlet(a_past(lambda ago: 9 if ago > 1 else 0), [state] if fails else None, name)

    press = a_press(10, outlet)
    (alarm,) = press.alarms
    assert (alarm.kind, alarm.reason, alarm.count, alarm.of, alarm.since) == (
        *("network", "dns", 8, 10),
        NOW - 29 * HOUR,
    )
    assert not any(row.alarms for row in press.outlets)


def test_two_outlets_down_are_two_outlets_down() -> None:
    def outlet(name: str, place: int) -> OutletRecord:
        state = a_source("hard", outlet=name, reason="dns" if place < 2 else "")
        return an_outlet(a_past(lambda ago: 9), [state] if place < 2 else None, name)

    press = a_press(10, outlet)
    assert press.alarms == ()
    assert [row.status for row in press.worst_first] == ["unreachable"] * 2 + ["ok"] * 8


def test_a_holiday_is_told_once() -> None:
    press = a_press(6, lambda name, place: an_outlet(a_past(lambda ago: 40 if ago else 3), outlet=name))
    assert [(alarm.kind, alarm.count, alarm.of) for alarm in press.alarms] == [("quiet", 6, 6)]
    assert not any(row.alarms for row in press.outlets)
    assert press.has_alarm


def test_nobody_is_called_silent_while_nobody_asks() -> None:
    def outlet(name: str, place: int) -> OutletRecord:
        return an_outlet(a_past(lambda ago: 9 if ago > 2 else 0), [a_source(outlet=name, ago=60 * HOUR)], name)

    press = a_press(4, outlet)
    assert [(alarm.kind, alarm.count) for alarm in press.alarms] == [("idle", 60)]
    assert not any(row.alarms for row in press.outlets)


def test_an_empty_press_is_well() -> None:
    assert judge([], NOW) == PressHealth((), ())
    assert not judge([OutletRecord("baru")], NOW).has_alarm


# What is told besides


def test_days_are_those_of_jakarta_with_today_last() -> None:
    midnight = NOW.replace(hour=17) - DAY  # the day in Jakarta begins at 17:00 UTC
    hours = (Hour(midnight - HOUR, articles=2), Hour(midnight, articles=3))
    health = told(an_outlet(hours))
    assert health.days[-2:] == (2, 3)
    assert (health.today, health.usual, health.last_article) == (5, None, midnight)
