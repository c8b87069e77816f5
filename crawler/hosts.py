"""How each host may be asked: so often a day, and not at all while it rests.

A host rests when it says that it has too much to do (429, 503) or cannot be reached; longer after every time in a row,
and as long as it asked for where it did (Retry-After). What a host said holds for all that lives there, for the rest of
this crawl and for the next ones.
"""

import logging
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.clock import Clock
from crawler.faults import Fault
from crawler.job import Limits
from crawler.state import CrawlState, HostMemory, grown

logger = logging.getLogger(__name__)

LONGEST_HOLD = 30.0
"""Seconds for which a crawl itself waits for a host."""
_LONGEST_REST = timedelta(hours=1)
_LONGEST_ASKED_FOR = timedelta(days=1)
# A name without an address and a closed port are the same for every page; one page may be slow by itself.
_AT_ONCE = frozenset({"dns", "refused"})
_FAILURES_OF_A_HOST = 5
_REQUESTS_KEPT_BACK = 100
"""Requests that are counted in memory before the state learns of them; so many a crash forgets."""


class Hosts:
    """The hosts of one crawl."""

    def __init__(self, state: CrawlState, limits: Limits, clock: Clock) -> None:
        self._state = state
        self._limits = limits
        self._clock = clock
        self._known: dict[str, HostMemory] = {}
        self._strikes: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._held: dict[str, float] = {}
        self._unkept = 0
        self._day = clock().date()
        self._today = state.requests_on(self._day)

    def fault(self, host: str) -> Fault | None:
        """Why the host must not be asked now, or None where it may."""
        memory, now = self._memory(host), self._clock()
        if memory.rests_until is not None and memory.rests_until > now:
            return Fault("soft", "resting", f"{host} is left alone until {memory.rests_until:%Y-%m-%d %H:%M} UTC")
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
        if memory.requests >= self._limits.requests_per_host_day:
            self._rest(host, midnight)
            return Fault("soft", "host-budget", f"{memory.requests} requests to {host} today, no more before tomorrow")
        if self._today >= self._limits.requests_per_day:
            self._rest(host, midnight)
            return Fault("soft", "day-budget", f"{self._today} requests today, no more before tomorrow")
        return None

    def asked(self, host: str) -> None:
        """One more request goes to the host."""
        memory = self._memory(host)
        self._known[host] = replace(memory, requests=memory.requests + 1)
        self._today += 1
        self._unkept += 1
        if self._unkept >= _REQUESTS_KEPT_BACK:
            self.keep()

    def answered(self, host: str) -> None:
        """The host answered as a host does that is well."""
        self._strikes.pop(host, None)
        self._failures.pop(host, None)
        memory = self._memory(host)
        if memory.refusals:
            self._known[host] = replace(memory, refusals=0)

    def refused(self, host: str, retry_after: float) -> float | None:
        """The host has too much to do: the seconds until it may be asked again, or None where it rests from now on."""
        held = self._held.get(host, 0.0) - time.monotonic()
        if held > 0 and retry_after <= held:
            return held
        self._strikes[host] += 1
        hold = max(retry_after, self._limits.retry_delay * (1 << (self._strikes[host] - 1)))
        if hold > LONGEST_HOLD or self._strikes[host] > self._limits.retries:
            self._rest(host, self._clock() + self._pause(host, timedelta(seconds=retry_after)))
            return None
        self._held[host] = time.monotonic() + hold
        return hold

    def failed(self, host: str, reason: str) -> bool:
        """A request to the host came to nothing, with all its retries; whether the host rests from now on."""
        self._failures[host] += 1
        if reason not in _AT_ONCE and self._failures[host] < _FAILURES_OF_A_HOST:
            return False
        self._failures.pop(host)
        self._rest(host, self._clock() + self._pause(host, timedelta()))
        return True

    def rests_until(self, host: str) -> datetime | None:
        """Until when the host is left alone, where it is."""
        return self._memory(host).rests_until

    def keep(self) -> None:
        """Let the state know."""
        self._state.keep_hosts(self._known)
        self._unkept = 0

    def _pause(self, host: str, asked_for: timedelta) -> timedelta:
        backoff = timedelta(seconds=self._limits.backoff)
        return max(min(asked_for, _LONGEST_ASKED_FOR), grown(backoff, self._memory(host).refusals, _LONGEST_REST))

    def _rest(self, host: str, until: datetime) -> None:
        memory = self._memory(host)
        self._known[host] = replace(memory, refusals=memory.refusals + 1, rests_until=until)
        logger.warning("host rests host=%s until=%s", host, until.isoformat(timespec="seconds"))
        # At once: a crash must not make a host's wish forgotten.
        self.keep()

    def _memory(self, host: str) -> HostMemory:
        today = self._clock().date()
        if today != self._day:
            self._day, self._today = today, 0
        memory = self._known.get(host)
        if memory is None:
            memory = self._known[host] = self._state.host(host, today)
        elif memory.day != today:
            memory = self._known[host] = replace(memory, day=today, requests=0)
        return memory
