"""Articles that are looked at again: which ones, when, and what is remembered of them meanwhile.

Corrections come within hours of an article and hardly ever after days, so the looks grow rarer. Only articles that name
one of the job's first words are looked at again: for the others nobody would read the difference.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from crawler.archive import Capture
from crawler.link import Link

MISSES = 2
"""So many looks in a row that find an article gone settle it; the first may be an accident of the server."""

_ANCHOR = re.compile(rb"<a[\s>]")


@dataclass(frozen=True, slots=True)
class Watch:
    """An archived article that is looked at again at `due`.

    `url` is where it is asked for, `captures` are its pages as last archived, `first` is when it was first fetched.
    `misses` counts the looks in a row that found it gone, `failures` those that found nothing out.
    """

    id: str
    url: str
    outlet: str
    discovery: str
    via: str
    captures: tuple[Capture, ...]
    first: datetime
    due: datetime
    etag: str | None = None
    last_modified: str | None = None
    misses: int = 0
    failures: int = 0

    @property
    def link(self) -> Link:
        """The article as a link, for what is done with new articles and with this one alike."""
        return Link(self.url, self.outlet, self.discovery, self.via)

    def seen(self, now: datetime, hours: Sequence[float]) -> "Watch | None":
        """The watch after a look that found the article as it was; None after the last one."""
        due = next_look(self.first, hours, now)
        return None if due is None else replace(self, due=due, misses=0, failures=0)

    def missed(self, now: datetime, hours: Sequence[float]) -> "Watch | None":
        """The watch after a look that found the article gone; None when that is settled."""
        if self.misses + 1 >= MISSES:
            return None
        return replace(self, due=now + timedelta(hours=hours[0] if hours else 0), misses=self.misses + 1, failures=0)

    def put_off(self, until: datetime) -> "Watch":
        """The watch after a look that came to nothing."""
        return replace(self, due=until, failures=self.failures + 1)

    def to_json(self) -> str:
        """The watch as JSON."""
        return json.dumps(asdict(self), default=datetime.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "Watch":
        """The watch that `to_json` wrote."""
        body = json.loads(text)
        captures = tuple(
            Capture(one["url"], datetime.fromisoformat(one["fetched"]), one["digest"]) for one in body["captures"]
        )
        times = {name: datetime.fromisoformat(body[name]) for name in ("first", "due")}
        return cls(**{**body, **times, "captures": captures})


def next_look(first: datetime, hours: Sequence[float], now: datetime) -> datetime | None:
    """The next moment of the schedule, which counts `hours` from `first`; what was missed is not made up for."""
    return next((due for hour in hours if (due := first + timedelta(hours=hour)) > now), None)


def names_any(bodies: Iterable[bytes], words: Sequence[str]) -> bool:
    """Whether one of the pages says one of the words outside its links and scripts; a cheap test, not a reading."""
    sought = [word.lower().encode() for word in words]
    for body in bodies:
        text = body.lower()
        if any(word in text for word in sought):
            plain = _without_links(_without_scripts(text))
            if any(word in plain for word in sought):
                return True
    return False


def _without_scripts(text: bytes) -> bytes:
    first, *rest = text.split(b"<script")
    return first + b" ".join(part.partition(b"</script")[2] for part in rest)


def _without_links(text: bytes) -> bytes:
    """Menus name everything an outlet ever wrote about. Links do not nest, so each part is looked through once."""
    first, *rest = _ANCHOR.split(text)
    return first + b" ".join(
        after if closed else part for part in rest for _, closed, after in [part.partition(b"</a")]
    )
