"""How often a source is read, by how often it publishes.

The aim is two readings for every article, within bounds: more would tell nobody anything sooner than it matters, fewer
would let news wait. A reading that brings something takes effect at once, one that brings nothing lengthens the
interval by half, so that a quiet night is slept through and the morning noticed. Because feeds drop their entries
after the last ten or twenty, no interval is longer than the source takes to renew half of what it lists at the busiest
pace seen of late; until a few days have shown that pace, it is taken to be high.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_GROWTH = 1.5
_FIRST = 3
"""So many times the shortest interval is the first one, and the longest until the source is known."""
_SHORTEST_SAMPLE = timedelta(minutes=30)
"""Three articles within a minute are no pace of 180 an hour."""
_FORGOTTEN_BY_HALF = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest time between two readings of a source."""

    shortest: timedelta
    longest: timedelta

    def hold(self, interval: timedelta) -> timedelta:
        """The interval, or the bound it crosses."""
        return min(max(interval, self.shortest), self.longest)


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of how a source publishes: it is read again `interval` after `read`.

    `listed` is how many entries it names at a time, `peak` how many new ones an hour at the busiest, of late.
    """

    interval: timedelta
    read: datetime
    listed: int
    peak: float

    @property
    def due(self) -> datetime:
        """When the source is to be read again."""
        return self.read + self.interval


def first_pace(listed: int, now: datetime, bounds: Bounds) -> Pace:
    """The pace of a source that was read for the first time: what it names then says nothing of how fast it came."""
    interval = bounds.hold(_FIRST * bounds.shortest)
    return Pace(interval, now, listed, listed / 2 / (interval / _HOUR))


def next_pace(before: Pace, listed: int, fresh: int, now: datetime, bounds: Bounds) -> Pace:
    """The pace after one more reading, in which `fresh` of the `listed` entries were not there the last time."""
    elapsed = max(now - before.read, timedelta(seconds=1))
    faded = before.peak * 0.5 ** (elapsed / _FORGOTTEN_BY_HALF)
    peak = max(fresh / (max(elapsed, _SHORTEST_SAMPLE) / _HOUR), faded)
    interval = _wanted(before.interval, elapsed, listed, fresh, bounds)
    if peak > 0 and listed > 0:
        interval = min(interval, listed / 2 / peak * _HOUR)
    return Pace(bounds.hold(interval), now, listed, peak)


def _wanted(interval: timedelta, elapsed: timedelta, listed: int, fresh: int, bounds: Bounds) -> timedelta:
    if fresh == 0:
        # Somebody who reads twice within a minute has learnt nothing about the source.
        return interval * _GROWTH if elapsed >= interval / 2 else interval
    if 2 * fresh >= listed:
        return bounds.shortest
    wanted = max(elapsed, bounds.shortest) / fresh / 2
    return wanted if wanted < interval else (interval + wanted) / 2
