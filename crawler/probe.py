"""A look at outlets without taking anything from them: the job of a probe, and the evidence it brings back.

Written as JSON on one line, read back the same. Errors: JobError for the job, ValueError for an event.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from crawler.job import DEFAULT_USER_AGENT, JobError, Limits, outlet_from
from crawler.outlets.outlet import Outlet, SourceKind

Origin = Literal["configured", "autodiscovery", "robots", "common-path", "agency"]
"""How a source became known: from the outlets file, a <link> of the home page, a Sitemap line of robots.txt, an address
where such sites have it, or an address where they list what they wrote about the agency."""

Outcome = Literal["ok", "soft", "hard"]


@dataclass(frozen=True, slots=True)
class ProbeJob:
    """Which outlets to look at, and how far.

    `articles` is how many articles of each are read; `agency_slugs` are the words by which tag pages name the agency
    ("bpjs-ketenagakerjaan"); `seconds` bounds the look at one outlet. An outlet without sources is one to be learnt.
    """

    outlets: tuple[Outlet, ...]
    user_agent: str = DEFAULT_USER_AGENT
    allow_loopback: bool = False
    limits: Limits = field(default_factory=lambda: Limits(retries=1))
    articles: int = 3
    agency_slugs: tuple[str, ...] = ()
    seconds: float = 180.0
    at_once: int = 12
    browser: str = ""

    def to_json(self) -> str:
        """The job as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "ProbeJob":
        """The job that `to_json` wrote; JobError when it is none."""
        try:
            body = json.loads(text)
            outlets = tuple(outlet_from(table, place) for place, table in enumerate(body.pop("outlets")))
            limits, slugs = Limits(**body.pop("limits", {})), tuple(body.pop("agency_slugs", ()))
            return cls(outlets=outlets, limits=limits, agency_slugs=slugs, **body)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise JobError(f"no probe can be read from this: {error}") from error


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request. `url` is where it ended, `reason` and `detail` say why it failed."""

    url: str
    outcome: Outcome = "ok"
    reason: str = ""
    detail: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether there was an answer to read."""
        return self.outcome == "ok"


@dataclass(frozen=True, slots=True)
class HomeEvidence:
    """What the home page says about its site."""

    answer: Answer
    name: str = ""
    title: str = ""
    generator: str = ""
    language: str = ""
    links: int = 0


@dataclass(frozen=True, slots=True)
class RobotsEvidence:
    """What robots.txt forbids us; `forbidden` are those of the outlet's own addresses that we may not ask for."""

    answer: Answer
    exists: bool = False
    forbids_all: bool = False
    forbidden: tuple[str, ...] = ()
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """What a source answered: how many articles of the outlet it names, how many of others, and its newest time.

    `on_agency` is how many of the articles speak of the agency by their address or words.
    """

    kind: SourceKind
    url: str
    origin: Origin
    answer: Answer
    links: int = 0
    foreign: int = 0
    on_agency: int = 0
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """What was read of one article.

    `listed` is the time its feed gives, `rule_failed` says that its whole-page URL leads nowhere.
    """

    url: str
    answer: Answer
    title: str = ""
    published: datetime | None = None
    listed: datetime | None = None
    words: int = 0
    language: str = ""
    is_whole: bool = True
    rule_failed: bool = False


@dataclass(frozen=True, slots=True)
class OutletEvidence:
    """All that was seen of one outlet.

    `article` is the pattern its article addresses share, `full_article` the rule by which it shows whole articles, as
    far as they could be learnt.
    """

    outlet: str
    at: datetime
    home: HomeEvidence
    robots: RobotsEvidence
    sources: tuple[SourceEvidence, ...] = ()
    articles: tuple[ArticleEvidence, ...] = ()
    family: str = ""
    family_by: str = ""
    article: str | None = None
    full_article: str | None = None
    seconds: float = 0.0
    is_complete: bool = True
    """False where the time for one outlet ran out."""


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """One address of an outlet was asked for: progress."""

    outlet: str
    url: str
    reason: str = ""


ProbeEvent = AskedEvent | OutletEvidence

_NAMES: dict[type[ProbeEvent], str] = {AskedEvent: "asked", OutletEvidence: "evidence"}


def write_probe_event(event: ProbeEvent) -> str:
    """The event as one line of JSON, without the line end."""
    return json.dumps({"event": _NAMES[type(event)], **asdict(event)}, default=_plain, ensure_ascii=False)


def read_probe_event(line: str) -> ProbeEvent:
    """The event of one line; ValueError when the line is none."""
    body = json.loads(line)
    kind = body.pop("event", None) if isinstance(body, dict) else None
    try:
        if kind == "asked":
            return AskedEvent(**body)
        if kind == "evidence":
            return evidence_from(body)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an event: {error}: {line[:200]!r}") from error
    raise ValueError(f"not an event: {line[:200]!r}")


def evidence_from(body: Mapping[str, Any]) -> OutletEvidence:
    """The evidence of an outlet, from its plain values."""
    table = dict(body)
    return OutletEvidence(
        at=datetime.fromisoformat(table.pop("at")),
        home=_answered(HomeEvidence, table.pop("home")),
        robots=_answered(RobotsEvidence, table.pop("robots")),
        sources=tuple(_answered(SourceEvidence, row) for row in table.pop("sources")),
        articles=tuple(_answered(ArticleEvidence, row) for row in table.pop("articles")),
        **table,
    )


def _answered(kind: type[Any], row: Mapping[str, Any]) -> Any:
    table = {**row, "answer": Answer(**row["answer"])}
    for entry in fields(kind):
        value = table.get(entry.name)
        if isinstance(value, list):
            table[entry.name] = tuple(value)
        elif entry.name in {"newest", "published", "listed"} and value is not None:
            table[entry.name] = datetime.fromisoformat(value)
    return kind(**table)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written")
