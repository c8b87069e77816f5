"""Replaying the simulated day: one crawl after the other, each at its moment, and the reckoning at the end."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.recall.day import DAWN, DAY, SimulatedDay, SimulatedOutlet, Story
from crawler.archive import read_articles
from crawler.events import DoneEvent, Event
from crawler.job import CrawlJob, Limits
from crawler.page import Page
from crawler.urls import article_id, canonical_url

RunCrawl = Callable[[CrawlJob], Sequence[Event]]
"""Runs the crawl to its end; its events."""

_AFTERWARDS = timedelta(hours=2)
"""How long the polls go on after midnight: what came last must still be had, also of an outlet that wants a rest."""

_AT_ONCE = Limits(delay=0.0, autothrottle=False, retry_delay=0.0, timeout=10.0)
"""The usual bounds without the pauses that are taken in real time."""


@dataclass(slots=True)
class Reckoning:
    """What the polls of a day brought and what they cost."""

    published: int
    polls: int = 0
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    lateness: list[timedelta] = field(default_factory=list)
    asked_twice: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Sources that were asked more than once in a poll, though nothing had gone wrong."""
    without_validator: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Requests to feeds with validators that carried none, beyond the first."""
    source_requests: int = 0
    article_requests: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    asked_while_resting: int = 0


def replay(day: SimulatedDay, folder: Path, every: timedelta, run: RunCrawl) -> Reckoning:
    """Poll the served day until it is over, and for a while after."""
    outcome = Reckoning(published=len(day.published()))
    job = CrawlJob(
        outlets=day.described(),
        spool=folder / "spool",
        state=folder / "state" / "crawl.sqlite",
        user_agent="PantauRecall/1.0",
        allow_loopback=True,
        limits=_AT_ONCE,
        first_words=("bpjs",),
        only_due=True,
    )
    for moment in _moments(every):
        day.now = moment
        day.polled.clear()
        day.unconditional.clear()
        events = run(replace(job, at=moment))
        assert isinstance(events[-1], DoneEvent)
        outcome.polls += 1
        _look_at_poll(day, outcome)
    _look_at_archive(day, folder, outcome)
    for outlet in day.outlets:
        outcome.article_requests += outlet.requests["article"]
        outcome.requests[outlet.name] = outlet.requests.total()
        outcome.asked_while_resting += outlet.asked_while_resting
    outcome.source_requests = sum(
        outlet.requests[path] for outlet in day.outlets for path in {path for _, path in outlet.source_paths()}
    )
    return outcome


def stored(spool: Path) -> Iterator[tuple[str, Page]]:
    """Id and first page of every article in the WARC files of the folder."""
    for path in sorted(spool.glob("*.warc.gz")):
        for pages in read_articles(path):
            yield article_id(canonical_url(pages[0].url)), pages[0]


def _moments(every: timedelta) -> Iterator[datetime]:
    moment = DAWN
    while moment < DAWN + DAY + _AFTERWARDS:
        yield moment
        moment += every


def _look_at_poll(day: SimulatedDay, outcome: Reckoning) -> None:
    """Note what the poll just made did to the sources."""
    for outlet in day.outlets:
        if outlet.is_down(day.now) or outlet.habits.patience:
            continue
        for kind, path in outlet.source_paths():
            source = (outlet.name, path)
            if day.polled[source] > 1:
                outcome.asked_twice[source] += 1
            has_validator = kind != "listing" and outlet.habits.validator
            if has_validator and outlet.requests[path] > day.polled[source] and day.unconditional[source]:
                outcome.without_validator[source] += 1


def _look_at_archive(day: SimulatedDay, folder: Path, outcome: Reckoning) -> None:
    """Hold what is archived against what was published."""
    published = day.published()
    found = Counter[str]()
    for article, page in stored(folder / "spool"):
        found[article] += 1
        if article not in published:
            outcome.strangers.append(page.url)
            continue
        outcome.lateness.append(page.fetched - published[article][1].shown)
    outcome.missing = [_name(*published[article]) for article in published if not found[article]]
    outcome.twice = [_name(*published[article]) for article in published if found[article] > 1]


def _name(outlet: SimulatedOutlet, story: Story) -> str:
    return f"{outlet.name} {story.number} shown {story.shown - DAWN} after dawn"
