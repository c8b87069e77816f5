"""What a rule would have raised lately, so that whoever writes it sees its volume before it holds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from service.domain.alert_rule import AlertRule
from service.domain.article import WIB, Article
from service.domain.health import judge
from service.domain.watch import SPIKE_DAYS, Sighting, Tally, fell_silent, spikes, standstills, tally
from service.ports import ArticleStore, Clock, Ledger
from service.usecases.watching import beginning, ending, printed

TEST_DAYS = 30
LONGEST_TEST_DAYS = 90
MOST_TESTED = 3_000
"""Articles that one test reads, the newest first."""

MOST_TALLIED = 9_000
"""Articles that one test of a spike counts; it asks less of each, and needs the fortnight before as well."""

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class TestedStory:
    """A story that would have been alerted: the article that raised it first, and how many others met the rule."""

    story_id: str
    article: Article
    others: int = 0


@dataclass(frozen=True, slots=True)
class BackTest:
    """What a rule would have raised.

    `days` counts alerts by day in Asia/Jakarta, the oldest first. `stories` (of a rule on articles) or `sightings` (of
    a watch) are the newest first, at most `MOST_SHOWN` of `total`. `read` articles were looked at; where not all could
    be, `since` is the day back to which they were, and days up to it count too little. With `only_now` no past is
    known to look at, and the answer is of this moment.
    """

    days: tuple[tuple[date, int], ...]
    total: int
    stories: tuple[TestedStory, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    read: int = 0
    since: date | None = None
    only_now: bool = False

    @property
    def most(self) -> int:
        """How many alerts the fullest day has."""
        return max((count for _, count in self.days), default=0)


class TryRule:
    """Tries a rule on what is stored. `outlets` are the ids of those that are read."""

    def __init__(self, store: ArticleStore, ledger: Ledger, outlets: Sequence[str], clock: Clock) -> None:
        self._store = store
        self._ledger = ledger
        self._outlets = outlets
        self._clock = clock

    def run(self, rule: AlertRule, days: int = TEST_DAYS) -> BackTest:
        """What the rule would have raised in so many days up to now, as if it were on; the work is bounded."""
        rule = replace(rule, enabled=True)
        today = self._clock().astimezone(WIB).date()
        first = today - timedelta(days=days - 1)
        match rule.kind:
            case "article":
                return self._articles(rule, first, today)
            case "spike":
                return self._spikes(rule, first, today)
            case "standstill":
                hours = self._store.found_hours(beginning(first))
                return _of_sightings(standstills(rule, hours, self._clock()), first, today)
            case "silent_outlets":
                return self._silent(rule, first, today)

    def _articles(self, rule: AlertRule, first: date, today: date) -> BackTest:
        stories: dict[str, TestedStory] = {}
        read, reached = 0, today
        for some in printed(self._store, rule, beginning(first), self._clock(), MOST_TESTED):
            in_conflict = self._ledger.in_conflict([it.id for it in some]) if rule.conflict else frozenset()
            for article in some:
                # An alert is raised when the article comes in.
                if rule.matches(article, article.found, has_conflict=article.id in in_conflict):
                    _tell(stories, article)
            read, reached = read + len(some), some[-1].day
        newest = sorted(stories.values(), key=lambda it: (it.article.found, it.story_id), reverse=True)
        return BackTest(
            _by_day((_day(it.article.found) for it in newest), first, today),
            len(newest),
            stories=tuple(newest[:MOST_SHOWN]),
            read=read,
            since=reached if read >= MOST_TESTED else None,
        )

    def _spikes(self, rule: AlertRule, first: date, today: date) -> BackTest:
        counted: Tally = Counter()
        read, reached = 0, today
        for some in printed(
            self._store, rule, beginning(first - timedelta(days=SPIKE_DAYS)), ending(today), MOST_TALLIED
        ):
            counted += tally(rule, some)
            read, reached = read + len(some), some[-1].day
        is_cut = read >= MOST_TALLIED
        hours = self._store.found_hours(beginning(first) - timedelta(days=SPIKE_DAYS))
        known_since = hours[0].astimezone(WIB).date() if hours else today
        if is_cut:
            known_since = max(known_since, reached + timedelta(days=1))
        found = [it for day in _days(first, today) for it in spikes(rule, counted, day, known_since)]
        answer = _of_sightings(found, first, today)
        return replace(answer, read=read, since=reached if is_cut else None)

    def _silent(self, rule: AlertRule, first: date, today: date) -> BackTest:
        now = self._clock()
        press = judge(self._store.outlet_records(self._outlets, now), now)
        return replace(_of_sightings(fell_silent(rule, press, now), first, today), only_now=True)


def _tell(stories: dict[str, TestedStory], article: Article) -> None:
    """Enter one more article that meets the rule into its story, which the one that came in first has raised."""
    story_id = article.story_id or article.id
    known = stories.get(story_id)
    if known is None:
        stories[story_id] = TestedStory(story_id, article)
        return
    earliest = min(known.article, article, key=lambda it: (it.found, it.id))
    stories[story_id] = TestedStory(story_id, earliest, known.others + 1)


def _of_sightings(found: Sequence[Sighting], first: date, today: date) -> BackTest:
    newest = sorted(found, key=lambda it: (-it.day.toordinal(), -it.count, it.subject))
    return BackTest(_by_day((it.day for it in newest), first, today), len(newest), sightings=tuple(newest[:MOST_SHOWN]))


def _by_day(found: Iterable[date], first: date, today: date) -> tuple[tuple[date, int], ...]:
    counted = Counter(found)
    return tuple((day, counted[day]) for day in _days(first, today))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _day(moment: datetime) -> date:
    return moment.astimezone(WIB).date()
