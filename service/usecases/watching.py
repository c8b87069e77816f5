"""Watch: look at what no single article tells, and raise an alert of each thing once."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from service.domain.alert_rule import AlertRule
from service.domain.article import WIB, Article
from service.domain.health import judge
from service.domain.watch import SPIKE_DAYS, Sighting, Tally, fell_silent, spikes, standstill, tally
from service.ports import ArticleStore, Clock

MOST_COUNTED = 20_000
"""Articles that are looked at for the spikes of one day, the newest of the fortnight before."""

AT_ONCE = 200
_KNOWN = timedelta(days=45)
_FIRST_CRAWL = timedelta(minutes=30)
"""What was printed while the machine was off comes in with the first crawl; until then nothing stands still."""

Tell = Callable[[Sighting], str]
"""What was seen, in a sentence."""


class Watching:
    """Raises the alerts of the rules that watch many articles, or none. `outlets` are the ids of those read."""

    def __init__(
        self,
        store: ArticleStore,
        rules: Callable[[], Sequence[AlertRule]],
        outlets: Sequence[str],
        tell: Tell,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rules = rules
        self._outlets = outlets
        self._tell = tell
        self._clock = clock
        self._begun = clock()
        self._before: dict[tuple[AlertRule, date], Tally] = {}

    def run(self) -> int:
        """Look once; how many alerts were new."""
        now = self._clock()
        alerts = [sighting.alert(self._tell(sighting), now) for sighting in self.seen()]
        if not alerts:
            return 0
        with self._store.transaction() as transaction:
            return sum([transaction.raise_alert(alert) for alert in alerts])

    def seen(self) -> list[Sighting]:
        """Everything that the rules see at this moment, whether or not it was told before."""
        now = self._clock()
        rules = self._rules()
        hours = self._store.found_hours(now - _KNOWN)
        last = hours[-1] + timedelta(hours=1) if hours else self._begun
        return [
            *self._standstills([rule for rule in rules if rule.kind == "standstill"], last, now),
            *self._silent([rule for rule in rules if rule.kind == "silent_outlets"], now),
            *self._spikes([rule for rule in rules if rule.kind == "spike"], now, hours),
        ]

    def _standstills(self, rules: Sequence[AlertRule], last: datetime, now: datetime) -> list[Sighting]:
        if now - self._begun < _FIRST_CRAWL:
            return []
        return [sighting for rule in rules if (sighting := standstill(rule, last, now)) is not None]

    def _silent(self, rules: Sequence[AlertRule], now: datetime) -> Iterator[Sighting]:
        if not rules:
            return
        press = judge(self._store.outlet_records(self._outlets, now), now)
        for rule in rules:
            yield from fell_silent(rule, press, now)

    def _spikes(self, rules: Sequence[AlertRule], now: datetime, hours: Sequence[datetime]) -> Iterator[Sighting]:
        if not rules or not hours:
            return
        today, known_since = now.astimezone(WIB).date(), hours[0].astimezone(WIB).date()
        # What earlier days brought is counted once a day; a rule that changed is another rule.
        known = self._before
        self._before = {
            (rule, today): known[rule, today] if (rule, today) in known else self._past(rule, today) for rule in rules
        }
        for rule in rules:
            counted = self._before[rule, today] + self._counted(rule, today, today)
            yield from spikes(rule, counted, today, known_since)

    def _past(self, rule: AlertRule, today: date) -> Tally:
        return self._counted(rule, today - timedelta(days=SPIKE_DAYS), today - timedelta(days=1))

    def _counted(self, rule: AlertRule, first: date, last: date) -> Tally:
        """What the rule counts of these days."""
        counted: Tally = Counter()
        for some in printed(self._store, rule, beginning(first), ending(last), MOST_COUNTED):
            counted += tally(rule, some)
        return counted


def printed(
    store: ArticleStore, rule: AlertRule, since: datetime, until: datetime, most: int
) -> Iterator[list[Article]]:
    """The relevant articles of that time that may be what the rule is about, the newest first, some at a time."""
    outlets = rule.outlets if rule.among is None else (rule.outlets or rule.among) & rule.among
    wanted = outlets if rule.outlets or rule.among is not None else None
    ids = store.relevant_ids(since, until, most, tones=rule.sentiments, outlets=wanted)
    for at in range(0, len(ids), AT_ONCE):
        yield store.articles(ids[at : at + AT_ONCE])


def beginning(day: date) -> datetime:
    """The first moment of the day in Asia/Jakarta."""
    return datetime.combine(day, time(), WIB)


def ending(day: date) -> datetime:
    """The last moment of the day in Asia/Jakarta."""
    return beginning(day + timedelta(days=1)) - timedelta(microseconds=1)
