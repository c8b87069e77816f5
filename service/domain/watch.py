"""Watches: what no single article tells. A spike of coverage, an outlet that fell silent, no article at all.

Silence must mean that nothing happened, so each subject is told once: a spike once a day, a silence once for as long as
it lasts, a standstill once a day until it is over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from statistics import median

from service.domain.alert import Alert
from service.domain.alert_rule import AlertRule, is_within
from service.domain.article import WIB, Article
from service.domain.health import Alarm, PressHealth

SPIKE_DAYS = 14
"""Days before the one that is judged, whose median is what is usual."""

LEAST_DAYS = 7
"""Fewer days tell nothing of what is usual: a fresh archive would have a spike of everything."""

STANDSTILL = "pantauan"
"""The subject of a standstill, which concerns no region, topic or outlet."""

_SILENT = ("silent", "unreachable", "blocked")

Tally = Counter[tuple[str, date]]
"""Articles by subject and day in Asia/Jakarta."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that a watch saw under its rule.

    `subject` is "wilayah:16", "topik:claims", "media:ID" or "pantauan"; `day` the one to which it belongs. `count` are
    articles of that day against the `usual` ones, or hours without any; `alarm` tells what is wrong with the outlet.
    """

    rule: AlertRule
    subject: str
    day: date
    count: int = 0
    usual: float = 0.0
    alarm: Alarm | None = None

    @property
    def about(self) -> str:
        """Subject and day in one word: there is one alert of it under a rule."""
        return f"{self.subject}@{self.day.isoformat()}"

    def alert(self, sentence: str, now: datetime) -> Alert:
        """The alert of it, whose reason is the sentence that tells it. Its id follows from the rule and `about`."""
        return Alert(
            id=sha256(f"{self.rule.id}\n{self.about}".encode()).hexdigest()[:16],
            rule_id=self.rule.id,
            rule_name=self.rule.name,
            about=self.about,
            article_id=None,
            raised=now,
            severity=self.rule.severity,
            reasons=(sentence,),
            escalate_minutes=self.rule.escalate_minutes,
            overrides_quiet=self.rule.overrides_quiet,
        )


def region_of(about: str) -> str | None:
    """The code of the region that an alert of a watch is about, None where it is about anything else."""
    kind, _, key = about.partition("@")[0].partition(":")
    return key if kind == "wilayah" and key else None


def subject_of(rule: AlertRule, article: Article) -> str | None:
    """Under what the article is counted: its main topic, or its main region's province or watched part."""
    assert rule.spike is not None
    if rule.spike.of == "topic":
        return f"topik:{article.topic}" if article.topic is not None else None
    if not article.regions:
        return None
    code = article.regions[0].code
    if not rule.regions:
        return f"wilayah:{code.split('.')[0]}"
    # The narrower of two watched regions that both hold it.
    watched = [it for it in rule.regions if is_within(code, frozenset({it}))]
    return f"wilayah:{max(watched, key=len)}" if watched else None


def tally(rule: AlertRule, articles: Iterable[Article]) -> Tally:
    """The articles that the rule counts, by subject and day."""
    counted: Tally = Counter()
    for article in articles:
        if rule.is_about(article) and (subject := subject_of(rule, article)) is not None:
            counted[subject, article.day] += 1
    return counted


def spikes(rule: AlertRule, counted: Tally, day: date, known_since: date) -> list[Sighting]:
    """The subjects of which far more was printed on `day` than usually, the largest first.

    `known_since` is the first day of which there is anything: days before it are no quiet ones.
    """
    assert rule.spike is not None
    before = [past for past in _days_before(day) if past >= known_since]
    if len(before) < LEAST_DAYS:
        return []
    found = []
    for subject in {subject for subject, of in counted if of == day}:
        count = counted[subject, day]
        usual = float(median(counted[subject, past] for past in before))
        if count >= rule.spike.least and count >= rule.spike.factor * usual:
            found.append(Sighting(rule, subject, day, count, usual))
    return sorted(found, key=lambda it: (-it.count, it.subject))


def _days_before(day: date) -> list[date]:
    return [day - timedelta(days=ago) for ago in range(1, SPIKE_DAYS + 1)]


def fell_silent(rule: AlertRule, press: PressHealth, now: datetime) -> list[Sighting]:
    """The outlets, of those that the rule watches, that brought news and bring none any more, each by its first day.

    What was told longer ago than the rule's `max_age` is no news; what concerns most outlets at once is no outlet's.
    """
    return [
        Sighting(rule, f"media:{row.outlet}", alarm.since.astimezone(WIB).date(), alarm.count, alarm=alarm)
        for row in press.outlets
        for alarm in row.alarms[:1]
        if alarm.kind in _SILENT
        and row.last_article is not None
        and rule.watches(row.outlet)
        and now - alarm.raised <= rule.max_age
    ]


def standstill(rule: AlertRule, last: datetime, now: datetime) -> Sighting | None:
    """That no article was collected since `last`, where that is longer than the rule allows."""
    if rule.standstill is None or now - last <= rule.standstill:
        return None
    return Sighting(rule, STANDSTILL, now.astimezone(WIB).date(), int((now - last) / timedelta(hours=1)))


def standstills(rule: AlertRule, hours: Sequence[datetime], now: datetime) -> list[Sighting]:
    """What `standstill` would have told on each day, given the hours that brought articles, ascending."""
    found: dict[date, Sighting] = {}
    for hour, following in pairwise([*hours, now]):
        last = hour + timedelta(hours=1)
        for sighting in _during(rule, last, following):
            found[sighting.day] = sighting
    return list(found.values())


def _during(rule: AlertRule, last: datetime, until: datetime) -> Iterable[Sighting]:
    """The days of one pause on which it was told, each as of its end or the pause's."""
    assert rule.standstill is not None
    told = last + rule.standstill + timedelta(seconds=1)
    while told < until:
        midnight = told.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        if sighting := standstill(rule, last, min(midnight - timedelta(seconds=1), until)):
            yield sighting
        told = midnight
