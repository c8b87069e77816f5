"""What one digest tells: a pure value, composed of the articles that were indexed since the group's last one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from nlp.analysis import Figure
from service.domain.alert import Alert
from service.domain.article import WIB, Article
from service.domain.digest_group import DigestGroup
from service.domain.figure import is_news
from service.domain.health import Alarm, PressHealth
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Claim
from service.domain.ledger.official import Standing
from service.domain.ledger.statement import Statement
from service.domain.query import Query
from service.domain.search_address import SearchAddress
from service.domain.story import is_copy

MAX_STORIES = 8
MAX_FIGURES = 6
MAX_FIGURES_EACH = 2
"""Figures of one article, so that one report full of numbers does not fill the section."""
MAX_STATED = 3
"""Figures that are told with their story."""
MAX_CONFLICTS = 5
MAX_DISAGREEMENTS = 3
MAX_ALERTS = 4
MAX_REGIONS = 6
MAX_TROUBLES = 5
MAX_NEW_TROUBLES = 12
MAX_SENTENCE = 280

COMPARED_DAYS = 7
"""Days before the last one that it is compared with."""
DAY = timedelta(days=1)
LONGEST_DAY = timedelta(hours=36)
"""A digest of more time is not compared with a day."""

LATE_AFTER = timedelta(days=7)
"""What was printed before is an archive that was read today; it is counted, and not told as news. A digest of more time
tells all of it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was printed. `positive`, `neutral` and `negative` count articles."""

    articles: int = 0
    stories: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0


@dataclass(frozen=True, slots=True)
class IndexedMark:
    """What is counted of an article: when it was first indexed, when it was printed, its tone and its story."""

    article_id: str
    story_id: str
    at: datetime
    moment: datetime
    tone: str


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How much was told in twenty-four hours; `day` is the one on which they end."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class Average:
    """How many articles a day had, and how many of them negative, over so many days."""

    articles: float
    negative: float
    days: int


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that nobody has handled and that the digest does not tell otherwise; of no article, its rule alone."""

    rule_name: str
    title: str
    article_id: str | None
    outlet: str
    raised: datetime
    severity: str


@dataclass(frozen=True, slots=True)
class OutletLink:
    """Where an outlet printed the story."""

    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One story. `title`, `url` and `article_id` are those of its telling article, `links` one article per outlet.

    `sentence` is the one that decided the tone; `alert_classes` say what makes it urgent; `figures` are the stated
    numbers as printed, each with its metric.
    """

    story_id: str
    article_id: str
    title: str
    url: str
    links: tuple[OutletLink, ...]
    tone: str
    sentence: str
    moment: datetime
    regions: tuple[str, ...] = ()
    alert_classes: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure that no article indexed before states; `outlets` is how many state it, `standing` against the
    official series.
    """

    article_id: str
    url: str
    outlet: str
    outlets: int
    surface: str
    sentence: str
    offset: int
    metric: str
    period: str | None = None
    region: str | None = None
    speaker: str | None = None
    direction: str | None = None
    claim_id: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that does not add up, with where each number of it is printed."""

    finding: Finding
    metric: str
    period: str | None
    region: str | None
    claim_id: str
    stated: tuple[tuple[OutletLink, str], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Copies of one release that print different numbers."""

    story_id: str
    metric: str
    stated: tuple[tuple[OutletLink, str], ...]


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """How much was printed about one province, and how much of that is negative; in articles."""

    name: str
    articles: int
    negative: int


@dataclass(frozen=True, slots=True)
class OutletTrouble:
    """An outlet with an alarm. `is_new` where the last digest could not tell it yet; `id` leads to its page."""

    outlet: str
    id: str
    alarm: Alarm
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class PressState:
    """How completely the press was read, in outlets: `well` of `watched`; some `unseen` yet, some partly `failing`.

    `alarms` concern most outlets at once; of the `troubles` of single ones, the new come first.
    """

    watched: int = 0
    well: int = 0
    failing: int = 0
    unseen: int = 0
    alarms: tuple[Alarm, ...] = ()
    troubles: tuple[OutletTrouble, ...] = ()
    more_troubles: int = 0

    @property
    def is_blind(self) -> bool:
        """Whether nothing can be said of the press as a whole, for it was not read."""
        return any(alarm.kind in ("idle", "network") for alarm in self.alarms)


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest of a group, telling what was indexed in (since, until].

    `needs_answer` are the negative stories, `stories` the most printed others; `more_…` is how many found no room.
    `days` are counts of twenty-four hours each, the oldest first, the last ending at `until`. `late` counts articles
    printed long ago. `address` is the desk's search for all that is told, `notices` what the recipients must know.
    """

    group: DigestGroup
    day: date
    since: datetime
    until: datetime
    counts: Counts
    days: tuple[DayCounts, ...] = ()
    needs_answer: tuple[StoryEntry, ...] = ()
    stories: tuple[StoryEntry, ...] = ()
    more_stories: int = 0
    figures: tuple[FigureEntry, ...] = ()
    more_figures: int = 0
    conflicts: tuple[Conflict, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    more_differences: int = 0
    alerts: tuple[OpenAlert, ...] = ()
    more_alerts: int = 0
    regions: tuple[RegionEntry, ...] = ()
    late: int = 0
    press: PressState = PressState()
    address: str = ""
    notices: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was printed about what the group asks for."""
        return self.counts.articles == 0

    @property
    def differences(self) -> int:
        """How many numbers differ or do not add up."""
        return len(self.conflicts) + len(self.disagreements) + self.more_differences

    @property
    def is_daily(self) -> bool:
        """Whether it tells of about a day, so that it may be compared with one."""
        return self.until - self.since <= LONGEST_DAY

    @property
    def yesterday(self) -> Counts | None:
        """The counts of the twenty-four hours before the last; None where nobody was watching then."""
        return self.days[-2].counts if len(self.days) > 1 else None

    @property
    def average(self) -> Average | None:
        """What a day had on average before the last one; None where there was only one before, or none."""
        before = [it.counts for it in self.days[:-1]]
        if len(before) < 2:
            return None
        return Average(
            sum(it.articles for it in before) / len(before),
            sum(it.negative for it in before) / len(before),
            len(before),
        )


@dataclass(frozen=True, slots=True)
class SentDigest:
    """A digest that was composed: for the moment `slot` of its group's schedule, of (since, until], as which messages.

    Of digests of former versions only group and times are known; their subject is "".
    """

    group: str
    slot: datetime
    since: datetime
    until: datetime
    counts: Counts
    differences: int
    subject: str
    messages: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands for its moment in ids and addresses: "20261122T2330Z"."""
        return slot_key(self.slot)


def slot_key(slot: datetime) -> str:
    """A moment of a schedule as a word."""
    return f"{slot.astimezone(UTC):%Y%m%dT%H%MZ}"


def compose_digest(
    group: DigestGroup,
    day: date,
    since: datetime,
    until: datetime,
    *,
    articles: Iterable[Article],
    press: PressState,
    outlet_names: Mapping[str, str],
    claims: Iterable[Claim] = (),
    conflicts: Iterable[tuple[Finding, Sequence[Statement]]] = (),
    alerts: Iterable[tuple[Alert, Article | None]] = (),
    days: Sequence[DayCounts] = (),
    query: Query | None = None,
    notices: Sequence[str] = (),
) -> Digest:
    """The digest of these relevant articles, which are all that the group's `query` asks for.

    `claims` are new ones, `conflicts` findings in which an article told here has part, with the statements they
    involve; `alerts` those that nobody has handled, with their articles.
    """
    oldest = oldest_news(since, until)
    told, late = _split_late(articles, oldest)
    stories = _stories(told)
    entries = [_story_entry(story, outlet_names) for story in stories]
    negative = [entry for entry in entries if entry.tone == "negative" and "answer" in group.sections]
    others = [entry for entry in entries if entry not in negative]
    stated = [claim for claim in claims if claim.last >= oldest]
    figures = [_figure_entry(claim, outlet_names) for claim in _varied(stated)]
    contradicted = [
        _conflict(found, stated, outlet_names) for found, stated in conflicts if found.is_conflict and stated
    ]
    known = {(it.metric, link.url) for it in contradicted for link, _ in it.stated}
    disagreements = [
        it
        for story in stories
        for it in _disagreements(story, outlet_names)
        if known.isdisjoint((it.metric, link.url) for link, _ in it.stated)
    ]
    answered = {entry.story_id for entry in negative}
    waiting = [
        _open_alert(alert, article, outlet_names)
        for alert, article in alerts
        if alert.raised <= until and (article is None or _story_of(article) not in answered)
    ]
    return Digest(
        group=group,
        day=day,
        since=since,
        until=until,
        counts=count(_mark(article, until) for article in told),
        days=tuple(days),
        # Every negative story: leaving one out silently is the one mistake a digest must not make.
        needs_answer=tuple(negative),
        stories=tuple(others[:MAX_STORIES]),
        more_stories=len(others[MAX_STORIES:]),
        figures=tuple(figures),
        more_figures=len(stated) - len(figures),
        conflicts=tuple(contradicted[:MAX_CONFLICTS]),
        disagreements=tuple(disagreements[:MAX_DISAGREEMENTS]),
        more_differences=len(contradicted[MAX_CONFLICTS:]) + len(disagreements[MAX_DISAGREEMENTS:]),
        alerts=tuple(waiting[:MAX_ALERTS]),
        more_alerts=len(waiting[MAX_ALERTS:]),
        regions=_regions(told),
        late=len(late),
        press=press,
        address=_address(query or Query(), told, since, until),
        notices=tuple(notices),
    )


def count_days(
    marks: Iterable[IndexedMark], until: datetime, watched_since: datetime | None, zone: ZoneInfo
) -> tuple[DayCounts, ...]:
    """The counts of each twenty-four hours of the last eight that end at `until`, the oldest first.

    Days that end before anything was ever indexed are left out: nothing was counted then. Old news is not counted.
    """
    by_day: defaultdict[int, list[IndexedMark]] = defaultdict(list)
    for mark in marks:
        ago = (until - mark.at) // DAY
        end = until - ago * DAY
        if mark.moment >= oldest_news(end - DAY, end):
            by_day[ago].append(mark)
    ends = [(ago, until - ago * DAY) for ago in range(COMPARED_DAYS, -1, -1)]
    return tuple(
        DayCounts(end.astimezone(zone).date(), count(by_day[ago]))
        for ago, end in ends
        if watched_since is not None and watched_since <= end
    )


def count(marks: Iterable[IndexedMark]) -> Counts:
    """How much these are."""
    counted = list(marks)
    tones = Counter(mark.tone for mark in counted)
    stories = {mark.story_id for mark in counted}
    return Counts(len(counted), len(stories), tones["positive"], tones["neutral"], tones["negative"])


def oldest_news(since: datetime, until: datetime) -> datetime:
    """What was printed before is no news any more in a digest of that time."""
    return min(since, until - LATE_AFTER)


def press_state(health: PressHealth, told: datetime, outlet_names: Mapping[str, str]) -> PressState:
    """The state of the press as a digest tells it, when the last one was `told`."""
    statuses = Counter(row.status for row in health.outlets)
    troubles = [
        OutletTrouble(outlet_names.get(row.outlet, row.outlet), row.outlet, alarm, alarm.raised > told)
        for row in health.worst_first
        for alarm in row.alarms
    ]
    troubles.sort(key=lambda trouble: not trouble.is_new)
    shown = max(MAX_TROUBLES, min(MAX_NEW_TROUBLES, sum(trouble.is_new for trouble in troubles)))
    return PressState(
        watched=len(health.outlets),
        well=statuses["ok"],
        failing=statuses["failing"],
        unseen=statuses["unseen"],
        alarms=health.alarms,
        troubles=tuple(troubles[:shown]),
        more_troubles=len(troubles[shown:]),
    )


def _split_late(articles: Iterable[Article], oldest: datetime) -> tuple[list[Article], list[Article]]:
    told: list[Article] = []
    late: list[Article] = []
    for article in articles:
        (told if _moment(article) >= oldest else late).append(article)
    return told, late


def _mark(article: Article, at: datetime) -> IndexedMark:
    return IndexedMark(article.id, _story_of(article), at, _moment(article), article.sentiment.label)


def _story_of(article: Article) -> str:
    return article.story_id or article.id


def _address(query: Query, told: Iterable[Article], since: datetime, until: datetime) -> str:
    """The desk's search for what is told; by day of print, so that late finds are among it."""
    first = min([since.astimezone(WIB).date(), *(article.day for article in told)])
    return SearchAddress(replace(query, since=first, until=until.astimezone(WIB).date())).path


def _open_alert(alert: Alert, article: Article | None, names: Mapping[str, str]) -> OpenAlert:
    if article is None:
        return OpenAlert(alert.rule_name, alert.rule_name, None, "", alert.raised, alert.severity)
    outlet = names.get(article.outlet, article.outlet)
    return OpenAlert(alert.rule_name, article.title, article.id, outlet, alert.raised, alert.severity)


def _stories(articles: Iterable[Article]) -> list[list[Article]]:
    """The articles by story, each in order of print: the most printed story first, then the newest."""
    by_story: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_story[_story_of(article)].append(article)
    stories = [sorted(story, key=lambda it: (_moment(it), it.id)) for story in by_story.values()]
    return sorted(stories, key=lambda story: (-_outlets(story), -_moment(story[-1]).timestamp(), story[0].id))


def _story_entry(story: Sequence[Article], names: Mapping[str, str]) -> StoryEntry:
    tone = _tone(story)
    # The surest article of that tone tells the story; of equals the first printed.
    teller = max(
        (article for article in story if article.sentiment.label == tone),
        key=lambda article: article.sentiment.score,
    )
    links: dict[str, OutletLink] = {}
    for article in [teller, *story]:
        links.setdefault(article.outlet, _link(article, names))
    classes = dict.fromkeys(code for article in story for code in article.analysis.alert_classes)
    return StoryEntry(
        story_id=_story_of(teller),
        article_id=teller.id,
        title=teller.title,
        url=teller.url,
        links=tuple(links.values()),
        tone=tone,
        sentence=_telling_sentence(teller),
        moment=_moment(teller),
        regions=tuple(region.name for region in teller.regions[:2]),
        alert_classes=tuple(classes),
        figures=_stated(teller),
    )


def _varied(claims: Iterable[Claim]) -> list[Claim]:
    """The first claims, but only so many of each article."""
    chosen: list[Claim] = []
    told: Counter[str] = Counter()
    for claim in claims:
        if told[claim.statement.article_id] < MAX_FIGURES_EACH and len(chosen) < MAX_FIGURES:
            told[claim.statement.article_id] += 1
            chosen.append(claim)
    return chosen


def _stated(article: Article) -> tuple[tuple[str, str], ...]:
    """The first figures of the article as printed, each with its metric."""
    stated: dict[str, tuple[str, str]] = {}
    for figure in article.figures:
        if is_news(figure):
            stated.setdefault(figure.surface.casefold(), (figure.surface, figure.metric))
    return tuple(stated.values())[:MAX_STATED]


def _tone(story: Sequence[Article]) -> str:
    """Negative if any outlet tells it so, since that is the one to answer; else what most outlets tell."""
    tones = Counter(article.sentiment.label for article in story)
    return "negative" if tones["negative"] else tones.most_common(1)[0][0]


def _telling_sentence(article: Article) -> str:
    """The sentence of the text that decided the tone, or how the text begins; the headline is told anyway."""
    evidence = (span.text for span in article.sentiment.evidence if span.field == "text")
    sentence = next(evidence, None) or next((line for line in article.text.split("\n") if line.strip()), "")
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= MAX_SENTENCE else sentence[: MAX_SENTENCE - 1].rsplit(" ", 1)[0] + "…"


def _figure_entry(claim: Claim, names: Mapping[str, str]) -> FigureEntry:
    of = claim.statement
    sentence, offset = of.sentence, of.offset
    if len(sentence) > MAX_SENTENCE:
        start = max(0, offset - MAX_SENTENCE // 2)
        sentence, offset = sentence[start : start + MAX_SENTENCE], offset - start
    return FigureEntry(
        article_id=of.article_id,
        url=of.url,
        outlet=names.get(of.outlet, of.outlet),
        outlets=claim.outlets,
        surface=of.surface,
        sentence=sentence,
        offset=offset,
        metric=of.metric,
        period=of.period,
        region=of.region,
        speaker=of.speaker,
        direction=of.direction,
        claim_id=claim.id,
        standing=claim.standing,
    )


def _conflict(finding: Finding, stated: Sequence[Statement], names: Mapping[str, str]) -> Conflict:
    first = stated[0]
    links = {
        (it.outlet, it.surface): (OutletLink(names.get(it.outlet, it.outlet), it.url), it.surface) for it in stated
    }
    return Conflict(finding, first.metric, first.period, first.region, first.claim_id, tuple(links.values()))


def _disagreements(story: Sequence[Article], names: Mapping[str, str]) -> list[Disagreement]:
    """Where outlets print the one release with different numbers: a slip of the pen that wants a correction.

    Only copies are compared, since two reporters may well tell of two numbers; and only figures that each of them
    states once, since a list of figures has no pairs.
    """
    stated: defaultdict[tuple[object, ...], dict[str, tuple[Article, Figure]]] = defaultdict(dict)
    for article in (it for it in story if it is story[0] or is_copy(story[0], it)):
        figures = [figure for figure in article.figures if is_news(figure) and figure.comparator == "exact"]
        times = Counter(_what(figure) for figure in figures)
        for figure in figures:
            if times[_what(figure)] == 1:
                stated[_what(figure)].setdefault(article.outlet, (article, figure))
    return [
        Disagreement(
            story_id=_story_of(story[0]),
            metric=next(iter(by_outlet.values()))[1].metric,
            stated=tuple((_link(article, names), figure.surface) for article, figure in by_outlet.values()),
        )
        for by_outlet in stated.values()
        if len({figure.value for _, figure in by_outlet.values()}) > 1
    ]


def _what(figure: Figure) -> tuple[object, ...]:
    """What a figure is about: two that agree in this should agree in value."""
    return (
        figure.metric,
        figure.unit,
        figure.kind,
        figure.direction,
        figure.period,
        figure.region and figure.region.casefold(),
        figure.segment,
        figure.program,
        figure.status,
    )


def _regions(articles: Iterable[Article]) -> tuple[RegionEntry, ...]:
    """The provinces of the articles' main regions, the most printed first."""
    printed: Counter[str] = Counter()
    negative: Counter[str] = Counter()
    for article in articles:
        for region in article.regions[:1]:
            printed[region.province] += 1
            negative[region.province] += article.sentiment.label == "negative"
    ranked = sorted(printed, key=lambda name: (-printed[name], name))
    return tuple(RegionEntry(name, printed[name], negative[name]) for name in ranked[:MAX_REGIONS])


def _outlets(story: Sequence[Article]) -> int:
    return len({article.outlet for article in story})


def _link(article: Article, names: Mapping[str, str]) -> OutletLink:
    return OutletLink(names.get(article.outlet, article.outlet), article.url)


def _moment(article: Article) -> datetime:
    return article.published or article.found
