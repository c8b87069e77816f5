"""What time it is to a crawl."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Now, aware UTC."""


def clock_from(at: datetime | None) -> Clock:
    """A clock that stands at `at` now and goes on from there at its usual pace; the real time where `at` is None."""
    if at is None:
        return lambda: datetime.now(UTC)
    start, begun = at.astimezone(UTC), time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - begun)
