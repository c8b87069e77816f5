"""What one morning's digest tells: a pure value, composed of the articles that were indexed since the last one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nlp.analysis import Figure
from service.domain.article import Article
from service.domain.figure import is_news
from service.domain.health import Alarm, PressHealth
from service.domain.ledger.checks import Finding
from service.domain.ledger.claim import Claim
from service.domain.ledger.official import Standing
from service.domain.ledger.statement import Statement
from service.domain.story import is_copy

MAX_STORIES = 12
MAX_FIGURES = 10
MAX_CONFLICTS = 15
MAX_REGIONS = 8
MAX_TROUBLES = 10
MAX_SENTENCE = 320

LATE_AFTER = timedelta(days=7)
"""What was printed before is an archive that was read today; it is counted, and not told as news."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was printed. `positive`, `neutral` and `negative` count articles."""

    articles: int = 0
    stories: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0


@dataclass(frozen=True, slots=True)
class OutletLink:
    """Where an outlet printed the story."""

    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One story. `title`, `url` and `article_id` are those of its telling article, `links` one article per outlet.

    `sentence` is the one that decided the tone; `alert_classes` say what makes it urgent.
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
    """One day's digest, telling what was indexed in (since, until].

    `needs_answer` are the negative stories, `stories` the most printed others; `more_stories` and `more_figures` is how
    many of each found no room. `previous` counts an equally long time before. `late` counts articles printed long ago.
    """

    name: str
    day: date
    since: datetime
    until: datetime
    counts: Counts
    previous: Counts | None
    needs_answer: tuple[StoryEntry, ...] = ()
    stories: tuple[StoryEntry, ...] = ()
    more_stories: int = 0
    figures: tuple[FigureEntry, ...] = ()
    more_figures: int = 0
    conflicts: tuple[Conflict, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    regions: tuple[RegionEntry, ...] = ()
    late: int = 0
    press: PressState = PressState()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was printed about the agency."""
        return self.counts.articles == 0

    @property
    def differences(self) -> int:
        """How many numbers differ or do not add up."""
        return len(self.conflicts) + len(self.disagreements)


def compose_digest(
    name: str,
    day: date,
    since: datetime,
    until: datetime,
    *,
    articles: Iterable[Article],
    before: Iterable[Article] | None,
    press: PressState,
    outlet_names: Mapping[str, str],
    claims: Iterable[Claim] = (),
    conflicts: Iterable[tuple[Finding, Sequence[Statement]]] = (),
) -> Digest:
    """The digest of these relevant articles; `before` are those of the equally long time before `since`.

    None stands for a first digest, which has nothing to compare with. `claims` are new ones, `conflicts` findings in
    which an article told here has part, with the statements they involve.
    """
    told, late = _split_late(articles, until)
    stories = _stories(told)
    entries = [_story_entry(story, outlet_names) for story in stories]
    negative = [entry for entry in entries if entry.tone == "negative"]
    others = [entry for entry in entries if entry.tone != "negative"]
    figures = [_figure_entry(claim, outlet_names) for claim in claims if until - claim.last <= LATE_AFTER]
    contradicted = [
        _conflict(found, stated, outlet_names) for found, stated in conflicts if found.is_conflict and stated
    ]
    known = {(it.metric, link.url) for it in contradicted for link, _ in it.stated}
    return Digest(
        name=name,
        day=day,
        since=since,
        until=until,
        counts=_counts(told),
        previous=None if before is None else _counts(_split_late(before, since)[0]),
        # Every negative story is told: leaving one out is the one mistake a morning digest must not make.
        needs_answer=tuple(negative),
        stories=tuple(others[:MAX_STORIES]),
        more_stories=len(others[MAX_STORIES:]),
        figures=tuple(figures[:MAX_FIGURES]),
        more_figures=len(figures[MAX_FIGURES:]),
        conflicts=tuple(contradicted[:MAX_CONFLICTS]),
        disagreements=tuple(
            it
            for story in stories
            for it in _disagreements(story, outlet_names)
            if known.isdisjoint((it.metric, link.url) for link, _ in it.stated)
        ),
        regions=_regions(told),
        late=len(late),
        press=press,
    )


def press_state(health: PressHealth, told: datetime, outlet_names: Mapping[str, str]) -> PressState:
    """The state of the press as a digest tells it, when the last one was `told`."""
    statuses = Counter(row.status for row in health.outlets)
    troubles = [
        OutletTrouble(outlet_names.get(row.outlet, row.outlet), row.outlet, alarm, alarm.raised > told)
        for row in health.worst_first
        for alarm in row.alarms
    ]
    troubles.sort(key=lambda trouble: not trouble.is_new)
    shown = max(MAX_TROUBLES, sum(trouble.is_new for trouble in troubles))
    return PressState(
        watched=len(health.outlets),
        well=statuses["ok"],
        failing=statuses["failing"],
        unseen=statuses["unseen"],
        alarms=health.alarms,
        troubles=tuple(troubles[:shown]),
        more_troubles=len(troubles[shown:]),
    )


def _split_late(articles: Iterable[Article], until: datetime) -> tuple[list[Article], list[Article]]:
    told: list[Article] = []
    late: list[Article] = []
    for article in articles:
        (late if until - _moment(article) > LATE_AFTER else told).append(article)
    return told, late


def _stories(articles: Iterable[Article]) -> list[list[Article]]:
    """The articles by story, each in order of print: the most printed story first, then the newest."""
    by_story: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_story[article.story_id or article.id].append(article)
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
        story_id=teller.story_id or teller.id,
        article_id=teller.id,
        title=teller.title,
        url=teller.url,
        links=tuple(links.values()),
        tone=tone,
        sentence=_telling_sentence(teller),
        moment=_moment(story[0]),
        regions=tuple(region.name for region in teller.regions[:2]),
        alert_classes=tuple(classes),
    )


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
            story_id=story[0].story_id or story[0].id,
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


def _counts(articles: Sequence[Article]) -> Counts:
    tones = Counter(article.sentiment.label for article in articles)
    stories = {article.story_id or article.id for article in articles}
    return Counts(len(articles), len(stories), tones["positive"], tones["neutral"], tones["negative"])


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
