"""How the outlets are doing: what is known of each, and the alarms that follow from it.

Silence must mean that nothing happened, never that something broke. So an outlet is compared with its own past
fortnight, and where most outlets are in trouble at once the trouble is ours and is told once. The design is Media
Cloud's: events of every source, and an alarm when the volume of one falls.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median, variance
from typing import Literal

from service.domain.article import WIB
from service.domain.chance import at_least_so_uneven, at_most

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

FORTNIGHT = 14
"""Days of its own past that an outlet is compared with."""

SHORT_WORDS = 60
"""An article of fewer words is a caption, a teaser or the first paragraph of a page read badly."""

SURE = 0.7
"""A text of which two readers agree on less than this, or that one alone found, was read by the last resort."""

WALLS = frozenset(
    {
        *("challenge", "paywall", "login", "cookie-wall", "javascript", "needs-browser", "blocked", "robots"),
        *("http-401", "http-402", "http-403", "http-451"),
    }
)
"""Reasons by which a site keeps readers out: it stands, and we are not let in."""

NETWORK = frozenset({"dns", "timeout", "connection", "refused", "tls"})
"""Reasons that our own connection has as well as a broken outlet."""

SILENCE = timedelta(days=3)
"""How long an outlet may be silent whose rhythm is not known yet; one known to print rarely may for a fortnight."""

UNREACHABLE_AFTER = DAY
_FORGOTTEN_AFTER = timedelta(days=3)
_IDLE_AFTER = timedelta(hours=6)

_KNOWN_RHYTHM = timedelta(days=7)
_LONGEST_PAUSES = 1.5
_MEAN_PAUSES = 7.0
_BY_CHANCE = 0.001
_HALF = 0.5

_NEWEST = 12
_LEAST_NEWEST = 8
_LEAST_BEFORE = 20
_LEAST_POOR = 5
_LEAST_POOR_SHARE = 0.3

_MOST = 0.5
_LEAST_OUTLETS = 3

AlarmKind = Literal["unreachable", "blocked", "redesign", "silent", "volume", "network", "idle", "quiet"]
GENERAL: tuple[AlarmKind, ...] = ("idle", "network", "quiet")
OF_ONE_OUTLET: tuple[AlarmKind, ...] = ("unreachable", "blocked", "redesign", "silent", "volume")
WORST_FIRST = (*OF_ONE_OUTLET, "failing", "unseen", "ok")
"""Every status of an outlet."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of one feed, sitemap or listing; articles of an outlet are told together, under no address.

    The outcomes ("ok", "unchanged", "soft", "hard") are counted since the source is known. `failures` is how many of
    them were in a row up to now, the first of them at `failing_since`; `last_new` is when it last named an article
    that was not known.
    """

    outlet: str
    kind: str
    source: str
    first: datetime
    at: datetime
    outcome: str
    reason: str = ""
    detail: str = ""
    last_ok: datetime | None = None
    last_new: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    ok: int = 0
    unchanged: int = 0
    soft: int = 0
    hard: int = 0

    @property
    def failed(self) -> bool:
        """Whether it could not be read the last time."""
        return self.outcome in ("soft", "hard")

    def after(
        self,
        outcome: str,
        at: datetime,
        *,
        reason: str = "",
        detail: str = "",
        found: int = 0,
        retry_at: datetime | None = None,
    ) -> "SourceState":
        """The state once this has happened to it as well."""
        counted = replace(self, **{outcome: getattr(self, outcome) + 1})
        if at < self.at:
            return counted
        failed = outcome in ("soft", "hard")
        return replace(
            counted,
            at=at,
            outcome=outcome,
            reason=reason,
            detail=detail,
            retry_at=retry_at,
            last_ok=self.last_ok if failed else at,
            last_new=at if found and not failed else self.last_new,
            failing_since=(self.failing_since or at) if failed else None,
            failures=self.failures + 1 if failed else 0,
        )


def new_source(outlet: str, kind: str, source: str, at: datetime) -> SourceState:
    """The state of a source to which nothing has happened yet."""
    return SourceState(outlet, kind, source, first=at, at=at, outcome="ok")


@dataclass(frozen=True, slots=True)
class Hour:
    """What one hour brought of an outlet. `at` is its beginning; `articles` are those stored, `relevant` of them.

    Of the articles, `short` have few words and `unsure` were read with little confidence, none counted twice. `unread`
    are pages without an article that can be read, `walled` those behind a challenge, a paywall or a log-in.
    """

    at: datetime
    articles: int = 0
    relevant: int = 0
    short: int = 0
    unsure: int = 0
    unread: int = 0
    walled: int = 0

    @property
    def signs(self) -> int:
        """How many signs of life the outlet gave, readable or not."""
        return self.articles + self.unread + self.walled

    def __add__(self, other: "Hour") -> "Hour":
        """Both together, as of the earlier one."""
        return Hour(
            min(self.at, other.at),
            self.articles + other.articles,
            self.relevant + other.relevant,
            self.short + other.short,
            self.unsure + other.unsure,
            self.unread + other.unread,
            self.walled + other.walled,
        )


@dataclass(frozen=True)
class OutletRecord:
    """What the store knows of one outlet.

    `hours` are those that brought something, the oldest first: of the last fortnight and the day before, or of the
    fortnight up to the last of them, where that was longer ago. `sources` includes all that were asked of late.
    """

    outlet: str
    sources: tuple[SourceState, ...] = ()
    hours: tuple[Hour, ...] = ()

    @cached_property
    def documents(self) -> tuple[SourceState, ...]:
        """The feeds, sitemaps and listings that are still asked: one that was taken out of the file is not judged."""
        named = [source for source in self.sources if source.kind != "page"]
        newest = max((source.at for source in named), default=None)
        return tuple(source for source in named if newest is not None and newest - source.at <= _FORGOTTEN_AFTER)

    @property
    def last_ok(self) -> datetime | None:
        """When a source was last read."""
        return max((source.last_ok for source in self.documents if source.last_ok), default=None)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person should know of an outlet, or of all. `since` is when it began, as far as is known.

    `raised` is when it was grave enough to be told. `count` is what was counted `of` so many, against the `usual`: for
    "volume" and "quiet" articles in 24 hours (outlets for "quiet"), for "redesign" and "blocked" pages out of the
    newest and the usual share, for "silent" hours.
    """

    kind: AlarmKind
    since: datetime
    raised: datetime
    reason: str = ""
    count: int = 0
    of: int = 0
    usual: float = 0.0


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """How one outlet is doing. `status` is the kind of its gravest alarm, else "failing", "unseen" or "ok".

    "failing" says that some source could not be read the last time, which may pass. `days` are the articles of the last
    fourteen days in Asia/Jakarta, today last; `today` those of the last 24 hours and `usual` what they usually bring,
    None where that is not known yet; `read` adds up the fortnight.
    """

    outlet: str
    status: str
    reason: str
    alarms: tuple[Alarm, ...]
    last_ok: datetime | None
    last_event: datetime | None
    last_article: datetime | None
    days: tuple[int, ...]
    today: int
    usual: float | None
    read: Hour
    sources: tuple[SourceState, ...]
    retry_at: datetime | None = None

    @property
    def well_read(self) -> float | None:
        """The share of the fortnight's pages that were read as whole articles, None where there were none."""
        pages = _pages([self.read])
        return 1 - _poor([self.read]) / pages if pages else None


@dataclass(frozen=True, slots=True)
class PressHealth:
    """How all outlets are doing, in the order they were asked for; `alarms` concern most of them at once."""

    alarms: tuple[Alarm, ...]
    outlets: tuple[OutletHealth, ...]

    @property
    def worst_first(self) -> list[OutletHealth]:
        """The outlets by the gravity of their status."""
        return sorted(self.outlets, key=lambda row: WORST_FIRST.index(row.status))

    @property
    def has_alarm(self) -> bool:
        """Whether anything needs a person."""
        return bool(self.alarms) or any(row.alarms for row in self.outlets)


def judge(records: Sequence[OutletRecord], now: datetime) -> PressHealth:
    """How the outlets of these records are doing."""
    alarms = {record.outlet: _alarms(record, now) for record in records}
    general, explained = _general(records, alarms, now)
    return PressHealth(
        tuple(general),
        tuple(_health(record, [it for it in alarms[record.outlet] if not explained(it)], now) for record in records),
    )


def _health(record: OutletRecord, alarms: Sequence[Alarm], now: datetime) -> OutletHealth:
    failed = _failed(record)
    status, reason = "ok", ""
    if alarms:
        status, reason = alarms[0].kind, alarms[0].reason
    elif failed:
        status, reason = "failing", failed[-1].reason
    elif not record.documents and not record.hours:
        status = "unseen"
    past = _windows(record, now)
    recent = [hour for hour in record.hours if hour.at > now - DAY * FORTNIGHT]
    return OutletHealth(
        outlet=record.outlet,
        status=status,
        reason=reason,
        alarms=tuple(alarms),
        last_ok=record.last_ok,
        last_event=max((source.at for source in record.sources), default=None),
        last_article=max((hour.at for hour in record.hours if hour.articles), default=None),
        days=_days(record, now),
        today=past[0] if past else 0,
        usual=_usual(past),
        read=sum(recent, start=Hour(now)),
        sources=record.documents,
        retry_at=min((source.retry_at for source in failed if source.retry_at), default=None),
    )


def _days(record: OutletRecord, now: datetime) -> tuple[int, ...]:
    """The articles of each of the last fourteen days in Asia/Jakarta."""
    midnight = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [0] * FORTNIGHT
    for hour in record.hours:
        ago = -((hour.at - midnight) // DAY)
        if 0 <= ago < FORTNIGHT:
            days[FORTNIGHT - 1 - ago] += hour.articles
    return tuple(days)


def _failed(record: OutletRecord) -> list[SourceState]:
    """The sources that could not be read the last time, the newest failure last."""
    return sorted((source for source in record.documents if source.failed), key=lambda source: source.at)


# The alarms of one outlet. Whoever cannot be read or lets us read nothing brings no articles: that is told once.


def _alarms(record: OutletRecord, now: datetime) -> list[Alarm]:
    if unreachable := _unreachable(record, now):
        return [unreachable]
    for rule in (_blocked, _redesign, _silent, _volume):
        if alarm := rule(record, now):
            return [alarm]
    return []


def _unreachable(record: OutletRecord, now: datetime) -> Alarm | None:
    """No source can be read, and that takes a person, has lasted a day, or was never different."""
    failed = _failed(record)
    if not failed or len(failed) < len(record.documents):
        return None
    raised = since = max(source.failing_since or source.at for source in failed)
    if record.last_ok is not None and not all(source.outcome == "hard" for source in failed):
        raised = max(since, record.last_ok + UNREACHABLE_AFTER)
    if raised > now:
        return None
    reason = failed[-1].reason
    kind: AlarmKind = "blocked" if all(source.reason in WALLS for source in failed) else "unreachable"
    return Alarm(kind, since, raised, reason)


def _blocked(record: OutletRecord, now: datetime) -> Alarm | None:
    """Of the newest pages, most stand behind a wall."""
    newest, _ = _newest(record, now)
    pages = sum(hour.signs for hour in newest)
    walled = sum(hour.walled for hour in newest)
    if walled < _LEAST_POOR or walled < pages * _HALF:
        return None
    since = _began(record.hours, lambda hour: (hour.walled, hour.signs), _HALF)
    return Alarm("blocked", since, since, "walls", walled, pages)


def _redesign(record: OutletRecord, now: datetime) -> Alarm | None:
    """The newest pages are read far worse than those before: empty, short or with little confidence.

    Told where chance alone would not bring it about once in a thousand times (Fisher's exact test), or where most pages
    give no article at all, whatever was before.
    """
    newest, before = _newest(record, now)
    pages, poor = _pages(newest), _poor(newest)
    if pages < _LEAST_NEWEST or poor < max(_LEAST_POOR, pages * _LEAST_POOR_SHARE):
        return None
    pages_before, poor_before = _pages(before), _poor(before)
    share_before = poor_before / pages_before if pages_before else 0.0
    jumped = (
        pages_before >= _LEAST_BEFORE
        and poor / pages >= 2 * share_before
        and at_least_so_uneven(poor, pages, poor_before, pages_before) < _BY_CHANCE
    )
    if not jumped and sum(hour.unread for hour in newest) <= pages * _HALF:
        return None
    middle = (poor / pages + share_before) / 2 if jumped else _HALF
    since = _began(record.hours, lambda hour: (_poor([hour]), _pages([hour])), middle)
    return Alarm("redesign", since, since, "layout", poor, pages, share_before)


def _newest(record: OutletRecord, now: datetime) -> tuple[list[Hour], list[Hour]]:
    """The hours of the newest pages, and those of the fortnight before."""
    since = now - DAY * (FORTNIGHT + 1)
    hours = [hour for hour in record.hours if hour.at > since]
    pages = 0
    for place in range(len(hours) - 1, -1, -1):
        pages += hours[place].signs
        if pages >= _NEWEST:
            return hours[place:], hours[:place]
    return hours, []


def _pages(hours: Iterable[Hour]) -> int:
    return sum(hour.articles + hour.unread for hour in hours)


def _poor(hours: Iterable[Hour]) -> int:
    return sum(hour.short + hour.unsure + hour.unread for hour in hours)


def _began(hours: Sequence[Hour], counted: Callable[[Hour], tuple[int, int]], share: float) -> datetime:
    """The earliest hour with a hit from which on so great a share were hits."""
    began = hours[-1].at
    hits = tries = 0
    for hour in reversed(hours):
        own_hits, own_tries = counted(hour)
        hits, tries = hits + own_hits, tries + own_tries
        if own_hits and hits >= share * tries:
            began = hour.at
    return began


def _silent(record: OutletRecord, now: datetime) -> Alarm | None:
    """Its sources answer, yet it has brought nothing for longer than its own rhythm explains, and at least a day."""
    signs = [hour.at for hour in record.hours if hour.signs]
    if not signs:
        first = min((source.first for source in record.documents), default=now)
        return Alarm("silent", first, first + SILENCE, "no-pages") if now - first > SILENCE else None
    last = signs[-1] + HOUR
    recent = [at for at in signs if at > signs[-1] - DAY * (FORTNIGHT + 1)]
    pause = max((later - earlier for earlier, later in pairwise(recent)), default=timedelta())
    limit = _patience(record, recent, pause)
    if now - last <= limit:
        return None
    return Alarm("silent", last, last + limit, "no-pages", int((now - last) / HOUR), usual=pause / HOUR)


def _patience(record: OutletRecord, signs: Sequence[datetime], pause: timedelta) -> timedelta:
    """How long the outlet may bring nothing: half as long again as its longest `pause` between these signs, and
    seven times the mean one.

    Of pauses between things that happen by chance, one in a thousand is seven times the mean.
    """
    span = signs[-1] - signs[0]
    if span >= _KNOWN_RHYTHM:
        return max(DAY, _LONGEST_PAUSES * pause, _MEAN_PAUSES * span / (len(signs) - 1))
    known_since = min((source.first for source in record.documents), default=signs[0])
    return SILENCE if signs[-1] - known_since < DAY * FORTNIGHT else DAY * FORTNIGHT


def _volume(record: OutletRecord, now: datetime) -> Alarm | None:
    """The last 24 hours brought less than half of what is usual, and far less than chance would."""
    windows = _windows(record, now)
    usual = _usual(windows)
    if usual is None or not _is_low(windows, usual):
        return None
    low = 1
    while low < len(windows) and windows[low] <= usual * _HALF:
        low += 1
    since = now - DAY * low
    return Alarm("volume", since, since + DAY, "few-articles", windows[0], usual=usual)


def _is_low(windows: Sequence[int], usual: float) -> bool:
    now, *past = windows
    return now <= usual * _HALF and at_most(now, usual, variance(past)) < _BY_CHANCE


def _usual(windows: Sequence[int]) -> float | None:
    """The articles that 24 hours bring: the median of the fortnight before, or the mean of these weekdays where less.

    So a Sunday is held against Sundays. None where less than a week is known.
    """
    past = windows[1:]
    if len(past) < _KNOWN_RHYTHM.days:
        return None
    weekdays = past[6::7]
    return float(min(median(past), sum(weekdays) / len(weekdays)))


def _windows(record: OutletRecord, now: datetime) -> list[int]:
    """The articles of the last 24 hours, the 24 before, and so on, as long as it was known for all of them."""
    end = now.replace(minute=0, second=0, microsecond=0)
    if not record.hours:
        return []
    known = min(FORTNIGHT + 1, max(1, (end + HOUR - record.hours[0].at) // DAY))
    windows = [0] * known
    for hour in record.hours:
        place = (end - hour.at) // DAY
        if 0 <= place < known:
            windows[place] += hour.articles
    return windows


# Trouble of most outlets at once is ours, or a holiday. It is told once and takes the place of what it explains.

Explained = Callable[[Alarm], bool]


def _general(
    records: Sequence[OutletRecord], alarms: dict[str, list[Alarm]], now: datetime
) -> tuple[list[Alarm], Explained]:
    newest = max((source.at for record in records for source in record.documents), default=None)
    if newest is not None and now - newest > _IDLE_AFTER:
        idle = Alarm("idle", newest, newest + _IDLE_AFTER, "not-asked", int((now - newest) / HOUR))
        return [idle], lambda alarm: alarm.kind in ("silent", "volume")
    if network := _network(records):
        return [network], lambda alarm: alarm.kind in ("silent", "volume") or alarm.reason in NETWORK
    if quiet := _quiet(records, alarms):
        return [quiet], lambda alarm: alarm.kind in ("silent", "volume")
    return [], lambda alarm: False


def _network(records: Sequence[OutletRecord]) -> Alarm | None:
    """Most outlets cannot be connected to: our own line is the likelier cause."""
    asked = [record for record in records if record.documents]
    down = [record for record in asked if all(it.failed and it.reason in NETWORK for it in record.documents)]
    if not _are_most(len(down), len(asked)):
        return None
    since = sorted(max(it.failing_since or it.at for it in record.documents) for record in down)
    began = since[len(since) // 2]
    reasons = [_failed(record)[-1].reason for record in down]
    return Alarm("network", began, began, max(set(reasons), key=reasons.count), len(down), len(asked))


def _quiet(records: Sequence[OutletRecord], alarms: dict[str, list[Alarm]]) -> Alarm | None:
    """Most outlets bring less than usual: a holiday, or a fault of ours that shows nowhere else."""
    quiet = [alarm for record in records for alarm in alarms[record.outlet] if alarm.kind in ("silent", "volume")]
    able = [record for record in records if record.hours]
    if not _are_most(len(quiet), len(able)):
        return None
    raised = sorted(alarm.raised for alarm in quiet)[len(quiet) // 2]
    since = sorted(alarm.since for alarm in quiet)[len(quiet) // 2]
    return Alarm("quiet", since, raised, "few-articles", len(quiet), len(able))


def _are_most(some: int, of: int) -> bool:
    return some >= max(_LEAST_OUTLETS, of * _MOST)
