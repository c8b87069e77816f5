"""Days, times and periods as newspapers print them. Times are shown in WIB."""

import re
from datetime import date, datetime, timedelta, tzinfo

from service.domain.article import WIB
from service.domain.wording.language import language, say

_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = re.compile(r"([A-Za-z]{3,9})\s+(\d{4})", re.ASCII)
_MOMENT = re.compile(r"[A-Z][a-z]{2} (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}), (\d{2})\.(\d{2}) WIB")
_FORMER_MOMENT = re.compile(r"(\d{2,4})-(\d{2})-(\d{2,4}) (\d{2})\.(\d{2}) WIB")
"""As the histories of alerts were once written: day or year first."""

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(value: date) -> str:
    """2026-11-23 → "Sen 23 Nov 2026"."""
    return f"{weekday(value)} {short_day(value)} {value.year}"


def weekday(value: date) -> str:
    """2026-11-23 → "Sen"."""
    return say(_WEEKDAYS[value.weekday()])[:3]


def long_day(value: date) -> str:
    """2026-11-23 → "Senin, 23 November 2026"."""
    return f"{say(_WEEKDAYS[value.weekday()])}, {value.day} {say(_MONTHS[value.month - 1])} {value.year}"


def short_day(value: date) -> str:
    """2026-11-23 → "23 Nov"."""
    return f"{value.day} {short_month(value)}"


def short_month(value: date) -> str:
    """2026-11-23 → "Nov"."""
    return say(_MONTHS[value.month - 1])[:3]


def moment(value: datetime, zone: tzinfo = WIB) -> str:
    """An aware time → "Sen 23 Nov 2026, 06.30 WIB", as the clocks of the zone show it."""
    local = value.astimezone(zone)
    return f"{day(local.date())}, {clock(local)}"


def read_moment(text: str) -> datetime | None:
    """The time that `moment` told in Indonesian and in WIB; None where it is none."""
    if told := _MOMENT.fullmatch(text):
        short = [name[:3] for name in _MONTHS]
        parts = [told[3], str(short.index(told[2]) + 1) if told[2] in short else "0", *told.group(1, 4, 5)]
    elif former := _FORMER_MOMENT.fullmatch(text):
        ends = [former[1], former[3]] if len(former[1]) == 4 else [former[3], former[1]]
        parts = [ends[0], former[2], ends[1], *former.group(4, 5)]
    else:
        return None
    year, month, day_of_month, hour, minute = map(int, parts)
    try:
        return datetime(year, month, day_of_month, hour, minute, tzinfo=WIB)
    except ValueError:
        return None


def brief(value: datetime, zone: tzinfo = WIB) -> str:
    """An aware time → "Sen 23 Nov, 06.30", where year and zone are told elsewhere."""
    local = value.astimezone(zone)
    return f"{weekday(local.date())} {short_day(local.date())}, {_time_of_day(local)}"


def clock(local: datetime) -> str:
    """The time of day with its zone: "06.30 WIB", "07.00 WITA"."""
    name = local.tzname() or ""
    # Zones without letters are called by their distance from UTC: "+08".
    return f"{_time_of_day(local)} {f'UTC{name}' if name[:1] in '+-' and name else name}"


def _time_of_day(local: datetime) -> str:
    return f"{local:%H}{language().clock_mark}{local:%M}"


def wib_clock(value: datetime) -> str:
    """The time of day in Asia/Jakarta: "06.30 WIB"."""
    return clock(value.astimezone(WIB))


def wib_day(value: datetime) -> str:
    """An aware time → the day it falls on in Jakarta, "Sen 23 Nov 2026"."""
    return day(value.astimezone(WIB).date())


def days(first: datetime, last: datetime) -> str:
    """The days in Jakarta from one time to another: "12 Nov 2026", "12–14 Nov 2026", "28 Okt – 3 Nov 2026"."""
    opening, closing = first.astimezone(WIB).date(), last.astimezone(WIB).date()
    end = f"{short_day(closing)} {closing.year}"
    if opening == closing:
        return end
    if opening.year != closing.year:
        return f"{short_day(opening)} {opening.year} – {end}"
    return f"{opening.day}–{end}" if opening.month == closing.month else f"{short_day(opening)} – {end}"


def since(value: datetime, now: datetime) -> str:
    """How long ago, in the words of a newsroom: "baru saja", "12 menit lalu", "3 jam lalu", else the moment."""
    passed = now - value
    if passed < timedelta(minutes=1) or passed >= timedelta(hours=24):
        return say("baru saja") if timedelta(0) <= passed < timedelta(minutes=1) else moment(value)
    minutes = int(passed.total_seconds()) // 60
    if minutes < 60:
        return say("{minutes} menit lalu", minutes=minutes)
    return say("{hours} jam lalu", hours=minutes // 60)


def period(value: str) -> str:
    """An ISO period → "2024", "Juni 2024", "30 Juni 2024"; an interval → "Januari–Juni 2024"."""
    first, slash, last = value.partition("/")
    if not slash:
        return _date(first)
    opening, closing = _date(first), _date(last)
    year = f" {last[:4]}"
    if first[:4] == last[:4] and opening.endswith(year) and closing.endswith(year):
        opening = opening.removesuffix(year)
    return f"{opening}–{closing}"


def iso_period(text: str) -> str:
    """A month as people type it, "Juni 2026", "Jun 2026" or "June 2026", in ISO; any other text as it is."""
    read = _MONTH.fullmatch(text.strip())
    if read is None:
        return text
    typed = read[1].casefold()
    names = [*enumerate(_MONTHS, start=1), *enumerate(_ENGLISH_MONTHS, start=1)]
    month = next((number for number, name in names if name.casefold().startswith(typed)), None)
    return text if month is None else f"{read[2]}-{month:02}"


def _date(value: str) -> str:
    read = _PERIOD.fullmatch(value)
    if read is None or (read[2] and not 1 <= int(read[2]) <= 12):
        return value
    parts = [str(int(read[3]))] if read[3] else []
    parts += [say(_MONTHS[int(read[2]) - 1])] if read[2] else []
    return " ".join([*parts, read[1]])
