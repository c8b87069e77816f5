"""Digests keep to the clocks on the walls of their recipients, whatever the machine and the year do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.domain.digest_group import DigestGroup
from tests.service.builders import ManualClock, an_article
from tests.service.digest_desk import DAILY, DUE, DigestDesk

MINUTE = timedelta(minutes=1)
JAKARTA, MAKASSAR, JAYAPURA = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SOUTH = DigestGroup("sulsel", "Kliping Sulsel", ("a@agency.example",), "30 6 * * *", MAKASSAR)
EAST = DigestGroup("papua", "Kliping Papua", ("b@agency.example",), "30 6 * * *", JAYAPURA)
ABROAD = DigestGroup("atase", "Kliping atase", ("c@agency.example",), "30 2 * * *", AMSTERDAM)


def moments(group: DigestGroup, first: datetime, count: int) -> list[str]:
    """The next moments of the group's schedule on the clocks of its zone."""
    found, now = [], first
    for _ in range(count):
        coming = group.next(now)
        assert coming is not None
        assert group.latest(coming) == coming
        assert group.latest(coming - MINUTE) != coming
        found.append(f"{coming.astimezone(group.zone):%m-%d %H:%M}")
        now = coming
    return found


@pytest.mark.parametrize(("group", "utc"), [(DAILY, "23:30"), (SOUTH, "22:30"), (EAST, "21:30")])
def test_half_past_six_comes_all_year_at_the_same_time_where_no_clock_is_ever_changed(
    group: DigestGroup, utc: str
) -> None:
    now, times = datetime(2026, 1, 1, tzinfo=UTC), set()
    for _ in range(366):
        now = group.next(now) or now
        times.add(f"{now:%H:%M}")
    assert times == {utc}


def test_the_three_zones_of_indonesia_get_their_digests_an_hour_apart() -> None:
    desk = DigestDesk(ManualClock(DUE - timedelta(days=1)), [DAILY, SOUTH, EAST])
    assert [desk.at(DUE - timedelta(hours=hours)) for hours in (3, 2, 1, 0)] == [0, 1, 1, 1]
    assert [digest.group.id for digest in desk.told] == ["papua", "sulsel", "harian"]
    assert {digest.day for digest in desk.told} == {date(2026, 11, 23)}


def test_a_clock_that_is_put_forward_leaves_no_digest_out_and_one_put_back_sends_none_twice() -> None:
    spring = moments(ABROAD, datetime(2026, 3, 27, 12, tzinfo=UTC), 3)
    assert spring == ["03-28 02:30", "03-29 03:00", "03-30 02:30"]
    autumn = moments(ABROAD, datetime(2026, 10, 23, 12, tzinfo=UTC), 3)
    assert autumn == ["10-24 02:30", "10-25 02:30", "10-26 02:30"]
    desk = DigestDesk(ManualClock(datetime(2026, 10, 24, 0, 0, tzinfo=UTC)), [ABROAD])
    desk.at(datetime(2026, 10, 24, 0, 30, tzinfo=UTC))
    composed = [
        desk.at(datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + quarter * timedelta(minutes=15)) for quarter in range(16)
    ]
    assert sum(composed) == 1


@pytest.mark.parametrize(
    ("schedule", "first", "expected"),
    [
        ("0 7 31 * *", datetime(2026, 1, 31, 1, tzinfo=UTC), ["03-31 07:00", "05-31 07:00", "07-31 07:00"]),
        ("0 7 1 * *", datetime(2026, 11, 30, 17, tzinfo=UTC), ["12-01 07:00", "01-01 07:00", "02-01 07:00"]),
        ("0 7 L * *", datetime(2027, 1, 31, 1, tzinfo=UTC), ["02-28 07:00", "03-31 07:00", "04-30 07:00"]),
        ("0 7 29 2 *", datetime(2026, 1, 1, tzinfo=UTC), ["02-29 07:00", "02-29 07:00", "02-29 07:00"]),
        ("30 6 * * 1-5", datetime(2026, 11, 26, 12, tzinfo=UTC), ["11-27 06:30", "11-30 06:30", "12-01 06:30"]),
        ("0 8 * * 0", datetime(2026, 11, 23, tzinfo=UTC), ["11-29 08:00", "12-06 08:00", "12-13 08:00"]),
    ],
)
def test_month_ends_leap_days_and_weekdays_are_those_of_the_calendar(
    schedule: str, first: datetime, expected: list[str]
) -> None:
    assert moments(replace(DAILY, schedule=schedule), first, 3) == expected


def test_the_leap_day_has_its_digest_and_the_day_after_tells_what_came_since() -> None:
    desk = DigestDesk(ManualClock(datetime(2028, 2, 28, 6, 30, tzinfo=JAKARTA).astimezone(UTC)))
    days = [datetime(2028, 2, 28, 6, 30, tzinfo=JAKARTA) + timedelta(days=ahead) for ahead in range(3)]
    assert [desk.at(day) for day in days] == [1, 1, 1]
    assert [f"{digest.day:%m-%d}" for digest in desk.told] == ["02-28", "02-29", "03-01"]
    assert [digest.since for digest in desk.told[1:]] == [digest.until for digest in desk.told[:-1]]


def test_a_machine_that_slept_over_many_moments_of_two_groups_sends_each_one_digest_of_all() -> None:
    hourly = DigestGroup("tiap-jam", "Tiap jam", ("a@agency.example",), "0 * * * *")
    desk = DigestDesk(groups=[DAILY, hourly])
    assert desk.at(DUE) == 2
    missed = [an_article(f"berita-{number}", published=DUE + timedelta(hours=number)) for number in range(5)]
    for number, article in enumerate(missed):
        desk.index(article, at=DUE + timedelta(hours=number, minutes=5))
    assert desk.at(DUE + timedelta(days=2, hours=5)) == 2
    assert desk.at(DUE + timedelta(days=2, hours=5, minutes=1)) == 0
    assert [digest.counts.articles for digest in desk.told[2:]] == [5, 5]
    assert desk.told[2].since == DUE


def test_an_hour_after_it_slept_a_machine_is_on_time_again() -> None:
    desk = DigestDesk()
    desk.at(DUE)
    assert desk.at(DUE + timedelta(days=1, hours=9)) == 1
    assert desk.at(DUE + timedelta(days=2) - MINUTE) == 0
    assert desk.at(DUE + timedelta(days=2)) == 1
    assert desk.told[2].since == DUE + timedelta(days=1, hours=9)


@pytest.mark.parametrize(
    ("schedule", "asked", "composed"),
    [
        pytest.param("0 5 * * *", timedelta(hours=1), 0, id="an earlier time does not repeat today's"),
        pytest.param("0 17 * * *", timedelta(hours=1), 0, id="a later time waits"),
        pytest.param("0 17 * * *", timedelta(hours=10, minutes=30), 1, id="and comes"),
        pytest.param("0 8 * * 0", timedelta(days=6, hours=1), 0, id="a weekly one waits for its day"),
        pytest.param("0 8 * * 0", timedelta(days=6, hours=2), 1, id="and tells of the week"),
    ],
)
def test_a_changed_schedule_repeats_nothing_and_loses_nothing(schedule: str, asked: timedelta, composed: int) -> None:
    before = DigestDesk()
    before.at(DUE)
    after = DigestDesk(before.clock, [replace(DAILY, schedule=schedule)], store=before.store)
    assert after.at(DUE + MINUTE) == 0
    after.index(an_article(published=DUE + MINUTE), at=DUE + timedelta(minutes=2))
    assert after.at(DUE + asked) == composed
    assert [(digest.since, digest.counts.articles) for digest in after.told] == [(DUE, 1)] * composed


def test_two_groups_tell_the_same_news_each_since_its_own_last_digest() -> None:
    evening = DigestGroup("sore", "Kliping sore", ("a@agency.example",), "0 17 * * *")
    desk = DigestDesk(ManualClock(DUE), [DAILY, evening])
    desk.at(DUE)
    noon = an_article("siang", published=DUE + timedelta(hours=5))
    desk.index(noon, at=DUE + timedelta(hours=5))
    assert desk.at(DUE + timedelta(hours=10, minutes=30)) == 1
    late = an_article("malam", published=DUE + timedelta(hours=15))
    desk.index(late, at=DUE + timedelta(hours=15))
    desk.at(DUE + timedelta(days=1))
    told = [(digest.group.id, {entry.article_id for entry in digest.stories}) for digest in desk.told[1:]]
    assert told == [("sore", {noon.id}), ("harian", {noon.id, late.id})]


def test_a_new_group_begins_on_a_day_of_its_schedule_with_the_time_between_two_of_its_digests() -> None:
    weekly = DigestGroup("sepekan", "Kliping sepekan", ("a@agency.example",), "0 8 * * 1")
    desk = DigestDesk(groups=[weekly])
    assert desk.at(DUE + timedelta(days=2)) == 0
    monday = DUE + timedelta(days=7, hours=1, minutes=30)
    assert desk.at(monday) == 1
    assert (desk.told[0].since, desk.told[0].is_daily) == (monday - timedelta(days=7), False)


def test_a_machine_that_slept_for_a_fortnight_tells_all_of_it_and_no_archive() -> None:
    desk = DigestDesk()
    desk.at(DUE)
    desk.index(an_article("terlewat", published=DUE + timedelta(hours=2)), at=DUE + timedelta(hours=3))
    desk.index(an_article("arsip", published=DUE - timedelta(days=30)), at=DUE + timedelta(hours=3))
    desk.at(DUE + timedelta(days=14))
    assert (desk.told[1].counts.articles, desk.told[1].late) == (1, 1)


def test_a_group_that_fails_does_not_keep_the_others_waiting(caplog: pytest.LogCaptureFixture) -> None:
    desk = DigestDesk(groups=[DAILY, replace(DAILY, id="kedua")])
    desk.failures.append(ValueError("no room"))
    with pytest.raises(ValueError, match="no room"):
        desk.digests.due()
    assert [digest.group.id for digest in desk.told] == ["kedua"]
    assert "ValueError: no room" in caplog.text
    assert desk.digests.due() == 1
    assert [digest.group.id for digest in desk.told] == ["kedua", "harian"]


def test_the_next_digest_of_every_group_is_known() -> None:
    desk = DigestDesk(
        ManualClock(DUE - timedelta(hours=1)), [DAILY, ABROAD, replace(DAILY, id="tak-pernah", schedule="0 0 29 2 1")]
    )
    told = {it.group.id: it.next for it in desk.digests.upcoming()}
    assert told["harian"] == DUE
    assert told["atase"] == datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    desk.digests.run("harian")
    assert {it.group.id: it.next for it in desk.digests.upcoming()}["harian"] == DUE + timedelta(days=1)


def test_the_digest_of_a_past_day_can_be_looked_at_again() -> None:
    desk = DigestDesk()
    for number in range(3):
        desk.index(an_article(f"hari-{number}", published=desk.clock()), at=desk.clock() - MINUTE)
        desk.digests.due()
        desk.clock.advance(timedelta(days=1))
    told, desk.told = desk.told, []
    desk.digests.preview("harian", date(2026, 11, 24))
    assert [(it.since, it.until, it.stories) for it in desk.told] == [(told[1].since, told[1].until, told[1].stories)]
