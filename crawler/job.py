"""One crawl: which outlets, where the pages go, and within which bounds. Written as JSON, read back the same.

Errors: JobError.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.outlets.outlet import Outlet, Source

DEFAULT_USER_AGENT = "Pantau/0.1 (press monitoring for a public agency; set your contact address here)"


class JobError(Exception):
    """The description of a crawl cannot be read; the message names the key."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a crawl. Sizes in bytes, times in seconds.

    Polite by default; the numbers that others feel are `delay` (between two requests to a host; adapted to the host's
    own speed where `autothrottle` is on) and `per_host` (requests to a host at a time).
    """

    page_bytes: int = 5_000_000
    document_bytes: int = 20_000_000
    """The bound of sitemaps, also after decompression; all else keeps to `page_bytes`."""
    timeout: float = 30.0
    delay: float = 0.5
    autothrottle: bool = True
    per_host: int = 2
    concurrent: int = 32
    retries: int = 2
    retry_delay: float = 2.0
    """Before the first retry; doubled for every further one."""
    redirects: int = 5
    article_pages: int = 10
    articles_per_outlet: int = 300
    articles: int = 10_000
    seconds: float = 3000.0
    links_per_source: int = 500
    child_sitemaps: int = 10
    max_age_days: int = 14
    """Sitemap entries that say they are older are left alone."""
    backoff: float = 600.0
    """Before a source, article or host that failed is asked again; doubled with every failure in a row."""
    poll_shortest: float = 300.0
    """Between two readings of a feed or sitemap that publishes often; three times that for listings beside them."""
    poll_longest: float = 3600.0
    """Between two readings of a feed or sitemap that hardly publishes; three times that for listings beside them."""
    poll_unmodified: float = 3600.0
    """The same where the source has just said that nothing changed (304), which costs its host next to nothing."""
    requests_per_host_day: int = 3000
    requests_per_day: int = 200_000
    recheck_hours: tuple[float, ...] = (1.0, 4.0, 12.0, 24.0, 72.0)
    """After its first fetch, when an article that names one of the first words is looked at again."""
    warc_articles: int = 200
    warc_bytes: int = 50_000_000
    warc_seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """What one crawl process does.

    Finished WARC files appear in `spool`; `state` is the file that remembers what was seen. `allow_loopback` lets the
    crawler reach 127.0.0.1 and `*.localhost`, for the sample newsroom and for tests; all other private addresses stay
    out of reach. Links that speak of one of `first_words` are fetched before the others. With
    `only_due`, sources are read only where their time has come. `at` is the moment at which the crawl takes place to
    itself, the real time where it is None: a day can be replayed crawl by crawl. `browser` is the Chromium that shows
    the pages of outlets which need JavaScript, by path or name; none where it is empty.
    """

    outlets: tuple[Outlet, ...]
    spool: Path
    state: Path
    user_agent: str = DEFAULT_USER_AGENT
    allow_loopback: bool = False
    limits: Limits = field(default_factory=Limits)
    first_words: tuple[str, ...] = ()
    only_due: bool = False
    at: datetime | None = None
    browser: str = ""

    def to_json(self) -> str:
        """The job as JSON."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> "CrawlJob":
        """The job that `to_json` wrote; JobError when it is none."""
        try:
            body = json.loads(text)
        except ValueError as error:
            raise JobError(f"the job is no JSON: {error}") from error
        job = _build(cls, body, "job")
        return cls(
            outlets=tuple(outlet_from(table, place) for place, table in enumerate(job["outlets"])),
            spool=Path(job["spool"]),
            state=Path(job["state"]),
            user_agent=job.get("user_agent", DEFAULT_USER_AGENT),
            allow_loopback=job.get("allow_loopback", False) is True,
            limits=_limits(job.get("limits", {})),
            first_words=tuple(job.get("first_words", ())),
            only_due=job.get("only_due", False) is True,
            at=_moment(job.get("at")),
            browser=str(job.get("browser", "")),
        )


def _limits(table: object) -> Limits:
    limits = Limits(**_build(Limits, table, "limits"))
    return replace(limits, recheck_hours=tuple(limits.recheck_hours))


def _moment(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise JobError(f"at: {error}") from error
    if moment.tzinfo is None:
        raise JobError("at: a moment without a time zone")
    return moment


def outlet_from(table: object, place: int) -> Outlet:
    """The outlet that a job's JSON holds at `place`; JobError when it is none."""
    body = _build(Outlet, table, f"outlets[{place}]")
    sources = tuple(Source(**_build(Source, source, f"outlets[{place}].sources")) for source in body["sources"])
    return Outlet(**{**body, "sources": sources})


def _build(kind: type, table: object, place: str) -> dict[str, Any]:
    """The table's entries, when they are fit to be those of the dataclass `kind`."""
    if not isinstance(table, Mapping):
        raise JobError(f"{place}: must be an object")
    known = {entry.name for entry in fields(kind)}
    if unknown := sorted(set(table) - known):
        raise JobError(f"{place}: unknown {', '.join(unknown)}")
    try:
        kind(**table)
    except TypeError as error:
        raise JobError(f"{place}: {error}") from error
    return dict(table)
