"""What a crawl tells whoever started it: one event a line, as JSON.

`write_event` and `read_event` are each other's reverse; a reader ignores no line, an unknown one is a ValueError.
"""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

Outcome = Literal["ok", "unchanged", "soft", "hard"]
"""soft: will be tried again by itself; hard: needs a person, or will never be."""


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """A feed, sitemap, listing or robots file was asked for; `found` is how many articles of it were not known."""

    outlet: str
    source: str
    kind: Literal["feed", "sitemap", "listing", "robots"]
    outcome: Outcome
    at: datetime
    reason: str = ""
    detail: str = ""
    found: int = 0
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageEvent:
    """An article was asked for; `pages` is how many pages of it were archived.

    `again` says that it was archived before and looked at once more: then "unchanged" means the same page, and the
    reason "gone" that the outlet has taken it down.
    """

    outlet: str
    url: str
    outcome: Outcome
    at: datetime
    reason: str = ""
    detail: str = ""
    pages: int = 0
    retry_at: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class WarcEvent:
    """A WARC file is finished and lies in the spool.

    `articles` are the new ones in it, `pages` all pages of new and changed ones.
    """

    path: str
    articles: int
    pages: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """The crawl is over. `reason` is "finished", or what ended it early ("shutdown", "closespider_timeout", …)."""

    reason: str
    at: datetime
    seconds: float
    sources: int
    sources_failed: int
    sources_waiting: int
    found: int
    articles: int
    pages: int
    failed: int
    warcs: int
    again: int = 0
    """Articles that were looked at again, however that ended; the others count new articles only."""


Event = SourceEvent | PageEvent | WarcEvent | DoneEvent

_NAMES: dict[type[Event], str] = {SourceEvent: "source", PageEvent: "page", WarcEvent: "warc", DoneEvent: "done"}
_TYPES: dict[str, type[Event]] = {name: kind for kind, name in _NAMES.items()}
_KEYS: dict[type[Event], tuple[str, ...]] = {kind: tuple(field.name for field in fields(kind)) for kind in _NAMES}
_TIMES = frozenset({"at", "retry_at"})


def write_event(event: Event) -> str:
    """The event as one line of JSON, without the line end."""
    body: dict[str, object] = {"event": _NAMES[type(event)]}
    for key in _KEYS[type(event)]:
        value = getattr(event, key)
        body[key] = value.isoformat() if isinstance(value, datetime) else value
    return json.dumps(body, ensure_ascii=False)


def read_event(line: str) -> Event:
    """The event of one line; ValueError when the line is none."""
    body = json.loads(line)
    if not isinstance(body, dict) or body.get("event") not in _TYPES:
        raise ValueError(f"not an event: {line[:200]!r}")
    kind = _TYPES[body.pop("event")]
    if unknown := body.keys() - {field.name for field in fields(kind)}:
        raise ValueError(f"unknown keys {sorted(unknown)} in event: {line[:200]!r}")
    for key in _TIMES & body.keys():
        body[key] = datetime.fromisoformat(body[key]) if body[key] is not None else None
    try:
        return kind(**body)
    except TypeError as error:
        raise ValueError(f"keys are missing in event: {line[:200]!r}") from error
