"""How fit an outlet's description is, judged by what a look at it brought back; and what a person is advised to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.outlets.outlet import Outlet, Source
from crawler.probe import ArticleEvidence, OutletEvidence, SourceEvidence
from crawler.urls import canonical_url

Verdict = Literal["ok", "problems", "broken"]
Weight = Literal["note", "problem", "broken"]

FEWEST_WORDS = 60
QUIET = timedelta(days=14)
"""An outlet whose sources name nothing newer has probably moved."""
_CLOCKS_DIFFER = timedelta(minutes=15)
_SAME_MINUTE = timedelta(minutes=5)
_ZONES = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}

# Faults that no waiting mends: the address is wrong, or may not be asked for.
_FOR_GOOD = frozenset({"http-404", "http-410", "bad-feed", "bad-sitemap", "not-html", "robots", "bad-url"})

_ADVICE = {
    "dns": "the host name leads nowhere: has the outlet moved? correct `home`",
    "refused": "the server refuses connections: try again later, then correct `home`",
    "timeout": "the server is too slow or drops us: try again later",
    "connection": "the connection breaks: try again later",
    "tls": "the certificate is not valid: try the other of http and https, or ask the outlet",
    "private-address": "the name leads into a private network: correct the address",
    "challenge": "the site asks for a robot check: ask the outlet to let our user agent pass, or use a feed of it",
    "paywall": "only subscribers see the text: ask for access, or leave the outlet to its free headlines",
    "login": "the site shows its articles to members only",
    "cookie-wall": "the site shows its articles only after consent",
    "javascript": "the page is empty without scripts: set `javascript = true` (needs the extra `browser`)",
    "needs-browser": "install the extra `browser` and set [crawl] browser in config/pantau.toml",
    "robots": "robots.txt forbids it: ask for permission, or use another source",
    "http-404": "the address leads nowhere: correct or remove it",
    "http-410": "the address is gone: remove it",
    "http-403": "the server refuses us: ask the outlet to let our user agent pass",
    "http-429": "the server wants fewer requests: try again later",
    "bad-feed": "what stands there is no feed: correct or remove it",
    "bad-sitemap": "what stands there is no sitemap: correct or remove it",
    "no-links": "no link there looks like an article: correct `article`, or remove the source",
    "not-html": "what stands there is no web page: correct the kind of the source",
    "no-text": "no text could be read: the layout may need a rule of its own",
    "not-article": "`article` matches pages that are none: make it narrower",
    "not-found": "the pages that it names are gone",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: `what` it is about, what was `told`, and what to do about it."""

    weight: Weight
    what: str
    told: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Mend:
    """What the outlets file should say of an outlet; `sources` is None where its own are right."""

    outlet: str
    verified: bool
    sources: tuple[Source, ...] | None = None

    @property
    def is_needed(self) -> bool:
        """Whether it changes anything."""
        return self.verified or self.sources is not None


@dataclass(frozen=True, slots=True)
class OutletCheck:
    """The verdict on one outlet, with what led to it and what mends it."""

    outlet: Outlet
    evidence: OutletEvidence
    verdict: Verdict
    findings: tuple[Finding, ...]
    mend: Mend


def check_outlet(outlet: Outlet, evidence: OutletEvidence) -> OutletCheck:
    """Judge what was seen of the outlet at the moment it was seen."""
    findings = (
        *_home(outlet, evidence),
        *_robots(outlet, evidence),
        *_sources(outlet, evidence),
        *_articles(evidence),
        *_times(outlet, evidence),
    )
    weights = {finding.weight for finding in findings}
    verdict: Verdict = "broken" if "broken" in weights else "problems" if "problem" in weights else "ok"
    return OutletCheck(outlet, evidence, verdict, findings, _mend(outlet, evidence, findings))


def has_no_network(checks: Sequence[OutletCheck]) -> bool:
    """Whether it is this machine that reaches nothing: not one of several host names could be found."""
    return len(checks) > 1 and all(check.evidence.home.answer.reason in {"dns", "connection"} for check in checks)


def advice_for(reason: str) -> str:
    """What to do about a fault."""
    return _ADVICE.get(reason, "look at it by hand")


def _home(outlet: Outlet, evidence: OutletEvidence) -> Iterator[Finding]:
    answer = evidence.home.answer
    if not answer.is_ok:
        weight: Weight = "problem" if _named_articles(evidence) else "broken"
        yield Finding(weight, "home", _told(answer.reason, answer.detail), advice_for(answer.reason))
        return
    host = urlsplit(canonical_url(answer.url)).netloc
    if host != outlet.host:
        yield Finding("problem", "home", f"leads to {host}", f'set home = "{answer.url}" if that is the outlet\'s')
    if not evidence.is_complete:
        yield Finding("problem", "time", "the look was cut short: the site is slow", "check it again by itself")


def _robots(outlet: Outlet, evidence: OutletEvidence) -> Iterator[Finding]:
    robots = evidence.robots
    if not robots.answer.is_ok:
        told = _told(robots.answer.reason, robots.answer.detail)
        if robots.answer.reason != evidence.home.answer.reason:
            yield Finding("problem", "robots.txt", told, "without it nothing of the site may be asked for")
    elif robots.forbids_all:
        yield Finding("broken", "robots.txt", "forbids us the whole site", advice_for("robots"))
    elif robots.forbidden:
        told = f"forbids us {len(robots.forbidden)} addresses, as {robots.forbidden[0]}"
        yield Finding("problem", "robots.txt", told, advice_for("robots"))
    if robots.crawl_delay and robots.crawl_delay > 10:
        yield Finding("note", "robots.txt", f"asks for {robots.crawl_delay:g} seconds between requests")


def _sources(outlet: Outlet, evidence: OutletEvidence) -> Iterator[Finding]:
    configured = [source for source in evidence.sources if source.origin == "configured"]
    for source in configured:
        if not source.answer.is_ok:
            advice = advice_for(source.answer.reason)
            yield Finding("problem", source.url, _told(source.answer.reason, source.answer.detail), advice)
        elif not source.links and source.foreign:
            told = f"its {source.foreign} links lead to other hosts"
            yield Finding("problem", source.url, told, "correct `home`, or remove the source")
        elif not source.links and source.kind == "feed":
            yield Finding("note", source.url, "names no article at the moment")
    if configured and not any(_names_articles(source) for source in configured):
        yield Finding("broken", "sources", "not one of them names an article", _instead(outlet, evidence))
    newest = max((source.newest for source in evidence.sources if source.newest is not None), default=None)
    if newest is not None and evidence.at - newest > QUIET:
        days = (evidence.at - newest).days
        yield Finding("problem", "sources", f"nothing newer than {days} days", "has the outlet moved or closed?")
    for source in _lacking(outlet, evidence):
        told = f"{source.kind} found by {source.origin}: {source.links} articles"
        yield Finding("note", source.url, told, f'add {{ kind = "{source.kind}", url = "{source.url}" }}')


def _articles(evidence: OutletEvidence) -> Iterator[Finding]:
    articles = evidence.articles
    if not articles:
        if _named_articles(evidence):
            yield Finding("problem", "articles", "none was looked at", "check it again by itself")
        return
    failed = [article for article in articles if not article.answer.is_ok]
    for article in failed:
        weight: Weight = "broken" if len(failed) == len(articles) else "problem"
        advice = advice_for(article.answer.reason)
        yield Finding(weight, article.url, _told(article.answer.reason, article.answer.detail), advice)
    for article in articles:
        if article.answer.is_ok and (lacks := ", ".join(_lacks(article))):
            yield Finding("problem", article.url, lacks, "the layout may need a rule of its own")
    if any(article.rule_failed for article in articles):
        yield Finding(
            "problem", "full_article", "the address of the whole article leads nowhere", "correct or remove it"
        )


def _lacks(article: ArticleEvidence) -> Iterator[str]:
    if not article.title:
        yield "no title"
    if article.published is None:
        yield "no date"
    elif article.published.second == 0 and _is_midnight(article.published):
        yield "a date without a time"
    if article.words < FEWEST_WORDS:
        yield f"only {article.words} words"
    if article.language not in {"id", "ms", "jv", "su", "en", ""}:
        yield f"its language seems to be {article.language!r}"


def _is_midnight(moment: datetime) -> bool:
    """Whether it is midnight in one of the three zones: what remains of a date without a time."""
    return any(moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "00:00" for zone in _ZONES.values())


def _times(outlet: Outlet, evidence: OutletEvidence) -> Iterator[Finding]:
    """Times that lie ahead of us, or hours away from what the outlet's own feed says, are read in the wrong zone."""
    read = [article for article in evidence.articles if article.published is not None]
    if any(article.published > evidence.at + _CLOCKS_DIFFER for article in read if article.published is not None):
        yield Finding("problem", "timezone", "an article's time lies in the future", "correct `timezone`")
    shifts = [hours for article in read if (hours := _hours_apart(article)) is not None]
    if len(shifts) >= 2 and len(set(shifts)) == 1 and shifts[0] != 0:
        offset = ZoneInfo(outlet.timezone).utcoffset(evidence.at)
        assert offset is not None
        zone = _ZONES.get(int(offset.total_seconds() // 3600) + shifts[0])
        advice = f'try timezone = "{zone}"' if zone else "the feed or the page states a wrong zone"
        yield Finding("problem", "timezone", f"pages and feed differ by {shifts[0]:+d} hours", advice)


def _hours_apart(article: ArticleEvidence) -> int | None:
    """By how many whole hours the page is ahead of the feed; None where it is not a matter of hours."""
    if article.published is None or article.listed is None:
        return None
    apart = article.published - article.listed
    hours = round(apart / timedelta(hours=1))
    return hours if abs(apart - timedelta(hours=hours)) <= _SAME_MINUTE and abs(hours) <= 9 else None


def _names_articles(source: SourceEvidence) -> bool:
    return source.answer.is_ok and source.links > 0


def _named_articles(evidence: OutletEvidence) -> bool:
    return any(map(_names_articles, evidence.sources))


def _lacking(outlet: Outlet, evidence: OutletEvidence) -> list[SourceEvidence]:
    """The sources that work and the description lacks."""
    return [source for source in evidence.sources if source.origin != "configured" and _names_articles(source)]


def _instead(outlet: Outlet, evidence: OutletEvidence) -> str:
    found = _lacking(outlet, evidence)
    return "use those that were found" if found else "find its feed by hand; `pantau outlets add` may help"


def _mend(outlet: Outlet, evidence: OutletEvidence, findings: Sequence[Finding]) -> Mend:
    """Without sources that are wrong for good, with a found one where no feed is left; verified if no problem stays."""
    wrong = {
        source.url
        for source in evidence.sources
        if source.origin == "configured" and source.answer.reason in _FOR_GOOD and not source.answer.is_ok
    }
    kept = [source for source in outlet.sources if source.url not in wrong]
    works = {source.url for source in evidence.sources if _names_articles(source)}
    if not any(source.url in works and source.kind != "listing" for source in kept):
        kept += [Source(source.kind, source.url) for source in _best(_lacking(outlet, evidence))]
    is_changed = tuple(kept) != outlet.sources and any(source.url in works for source in kept)
    settled = wrong | ({"sources"} if is_changed else set())
    is_well = all(finding.weight == "note" or finding.what in settled for finding in findings)
    return Mend(
        outlet.id,
        verified=is_well and not outlet.verified and any(source.url in works for source in kept),
        sources=tuple(kept) if is_changed else None,
    )


def _best(found: Sequence[SourceEvidence]) -> list[SourceEvidence]:
    """The one feed, or else sitemap, that names most; its listings are of no use beside it."""
    order: Callable[[SourceEvidence], tuple[bool, int]] = lambda source: (source.kind == "feed", source.links)  # noqa: E731
    return sorted((source for source in found if source.kind != "listing"), key=order, reverse=True)[:1]


def _told(reason: str, detail: str) -> str:
    return f"{reason}: {detail}" if detail else reason
