"""When an article appeared: what machines are told, checked against the line that readers see.

Content systems of Indonesian outlets often stamp the local clock with `Z`: seven to nine hours wrong. The date line
beside the headline is written for people and is right, so it decides whenever the two disagree in this way.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

ZONES = {
    "wib": ZoneInfo("Asia/Jakarta"),
    "wita": ZoneInfo("Asia/Makassar"),
    "wit": ZoneInfo("Asia/Jayapura"),
    "gmt": UTC,
    "utc": UTC,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agus",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = (
    r"(?:[\s,|•·–—-]|pukul|jam|at|@|/){0,8}?\(?(?<![\d.])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)"
    r"(?:[:.](?P<second>[0-5]\d))?(?![\d.]\d)\s*(?P<half>[ap]m\b)?\s*\(?(?P<zone>WIB|WITA|WIT|GMT|UTC)?"
    r"(?P<shift>[+-]\d{1,2}(?::?\d\d)?(?!\d))?"
)
_SPELT = re.compile(
    rf"(?<!\d)(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s./-]{{0,3}}(?P<month>{_MONTH})\b"
    rf"|(?P<us_month>{_MONTH})\.?\s(?P<us_day>[0-3]?\d)(?:st|nd|rd|th)?),?"
    rf"[\s./'-]{{0,3}}(?P<year>(?:19|20)\d\d|\d\d(?=\s*[,|]?\s*\d\d?[:.]\d\d))(?!\d)(?:{_CLOCK})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?P<day>[0-3]?\d)(?P<sep>[/.-])(?P<number>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)(?:{_CLOCK})?",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)[-/](?P<number>[01]\d)[-/](?P<day>[0-3]\d)(?:T|\b)(?:{_CLOCK})?", re.IGNORECASE
)
_MACHINE = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:\s*[T ]\s*(?P<clock>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_YEAR = re.compile(r"\d\d")
_UPDATED = re.compile(
    r"\b(?:updated?|diperbarui|diperbaharui|pembaruan|perbarui|diedit|diubah|last modified)\b", re.IGNORECASE
)
_SAME_CLOCK = timedelta(minutes=3)
_OLDEST = 1990
LONGEST_AHEAD = timedelta(days=2)
"""By how much a page may be dated after its fetch: clocks are wrong by a zone or a day, tomorrow is printed today."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written: the wall clock it shows, and what it says of the zone."""

    clock: datetime
    """Naive: the digits as they stand."""
    zone: tzinfo | None = None
    has_time: bool = True
    is_update: bool = False

    def instant(self, default: tzinfo) -> datetime:
        """The moment in UTC; a stamp that names no zone is read in `default`."""
        return self.clock.replace(tzinfo=self.zone or default).astimezone(UTC)

    def is_possible(self, default: tzinfo, latest: datetime) -> bool:
        """Whether an article can have appeared then: not before there was news on the web, nor later than `latest`."""
        return self.clock.year >= _OLDEST and self.clock.replace(tzinfo=self.zone or default) <= latest


def read_machine_date(value: str) -> Stamp | None:
    """The stamp in an ISO 8601 value as JSON-LD and meta tags carry it, or in the prose that some of them hold."""
    match = _MACHINE.match(value.strip())
    if match is None:
        return read_date_line(value)
    try:
        clock = datetime.fromisoformat(f"{match['date']}T{(match['clock'] or '00:00').zfill(5)}")
        zone = _offset(match["zone"]) if match["zone"] else None
    except ValueError:
        return None
    return Stamp(clock, zone, has_time=match["clock"] is not None)


def _offset(written: str) -> tzinfo:
    if written == "Z":
        return UTC
    return datetime.strptime(written if len(written) > 3 else f"{written}00", "%z").tzinfo or UTC


def read_date_line(line: str) -> Stamp | None:
    """The first date in a line for readers, day before month: "Jum'at, 06 Nop 2015 | 10:08 WIB"."""
    if _YEAR.search(line) is None:
        return None  # most lines of a page, told at a tenth of the cost
    found = [match for pattern in (_SPELT, _NUMERIC, _ISO) if (match := pattern.search(line[:300]))]
    for match in sorted(found, key=lambda match: match.start()):
        if stamp := _stamp(match.groupdict(), is_update=bool(_UPDATED.search(line[: match.start()]))):
            return stamp
    return None


def _stamp(parts: dict[str, str | None], *, is_update: bool) -> Stamp | None:
    month = parts.get("month") or parts.get("us_month")
    year = int(parts["year"] or 0)
    hour = int(parts["hour"] or 0)
    if parts.get("half"):
        hour = hour % 12 + (12 if str(parts["half"]).lower() == "pm" else 0)
    try:
        clock = datetime(  # noqa: DTZ001
            year + 2000 if year < 100 else year,
            _MONTHS[month.lower()] if month else int(parts.get("number") or 0),
            int(parts.get("day") or parts.get("us_day") or 0),
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
        )
    except ValueError:
        return None
    return Stamp(clock, _named_zone(parts), has_time=parts["hour"] is not None, is_update=is_update)


def _named_zone(parts: dict[str, str | None]) -> tzinfo | None:
    shift, name = parts.get("shift"), (parts.get("zone") or "").lower()
    if shift and name in {"", "gmt", "utc"}:
        hours = int(re.match(r"[+-]\d{1,2}", shift)[0])  # type: ignore[index]
        return {7: ZONES["wib"], 8: ZONES["wita"], 9: ZONES["wit"]}.get(hours, UTC if hours == 0 else None)
    return ZONES.get(name)


def settle(declared: Stamp | None, visible: Stamp | None, timezone: str) -> datetime | None:
    """The moment that a machine's stamp and the readers' line tell together."""
    default = ZoneInfo(timezone)
    if declared is None:
        return visible.instant(default) if visible else None
    if visible is None:
        return declared.instant(default)
    if not declared.has_time:
        return visible.instant(default) if visible.has_time else declared.instant(default)
    if not visible.has_time:
        return declared.instant(default)
    claims_utc = declared.zone is not None and not declared.zone.utcoffset(declared.clock)
    if (claims_utc or declared.zone is None) and abs(declared.clock - visible.clock) <= _SAME_CLOCK:
        # The same digits in both: one of them names the wrong zone, and it is not the one that readers would notice.
        return Stamp(declared.clock, visible.zone).instant(default)
    return declared.instant(default)


def tells(stamp: Stamp, moment: datetime, timezone: str) -> bool:
    """Whether the stamp names `moment`, be it a day or a minute, in the zone it names or in `timezone`."""
    default = ZoneInfo(timezone)
    if not stamp.has_time:
        return stamp.clock.date() == moment.astimezone(stamp.zone or default).date()
    return abs(stamp.instant(default) - moment) <= _SAME_CLOCK


def stamps_in(values: Iterable[str]) -> Iterator[Stamp]:
    """Those of `values` that are dates."""
    return (stamp for value in values if (stamp := read_machine_date(value[:60])))
