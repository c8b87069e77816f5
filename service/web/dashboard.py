"""The start page: today against the week before, the last month by tone and province, and what needs a person.

What is counted comes from the index by facets and days, a question for each tone; stories, alerts, conflicts and the
hours of the week before come from tables of the store that are ordered for it. No article is read to be counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.article import WIB
from service.domain.health import OutletHealth, PressHealth
from service.domain.job import WorkerSign
from service.domain.ledger.claim import LedgerFilter
from service.domain.query import Query, SearchPage
from service.domain.story import StoryCount
from service.errors import IndexUnavailable
from service.web.address import SEARCH
from service.web.alert_view import Alerted, alerted
from service.web.desk import Desk
from service.web.ledger_view import ShownClaim, shown_claims
from service.web.tile_map import Tile, tiles
from service.web.tone_chart import TONES, StackedBars, stacked

DAYS = 30
WEEK = 7
SILENT_DAYS = 14
MOST_STORIES = 6
MOST_CONFLICTS = 4
MOST_OPEN_ALERTS = 6
MOST_OUTLETS = 6
MOST_REFUSED = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of today, and what it was at the same hour on a day of the week before, None where there was none."""

    today: int
    usual: float | None

    @property
    def change(self) -> str:
        """Which way it lies from the usual, by more than chance moves small numbers: "up", "down" or "same".

        "" where nothing is usual yet.
        """
        if self.usual is None:
            return ""
        margin = max(1.0, self.usual * 0.25)
        if abs(self.today - self.usual) < margin:
            return "same"
        return "up" if self.today > self.usual else "down"


@dataclass(frozen=True, slots=True)
class Month:
    """What the index counts of the last thirty days: the days with their bars, provinces, and which are silent."""

    articles: Measure
    negative: Measure
    days: tuple[date, ...]
    chart: StackedBars
    tiles: tuple[Tile, ...]
    silent: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """The articles of all days."""
        return sum(bar.total for bar in self.chart.bars)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the page shows; `month` is None while the index does not answer, `refused` ends at `MOST_REFUSED`."""

    day: date
    month: Month | None
    alerts: Measure
    open_alerts: tuple[Alerted, ...]
    open_count: int
    has_alerts: bool
    stories: tuple[StoryCount, ...]
    conflicts: tuple[ShownClaim, ...]
    conflict_count: int
    troubled: tuple[OutletHealth, ...]
    troubled_count: int
    unseen_count: int
    worker: WorkerSign | None
    refused: int


def add_dashboard(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the route of the start page."""

    @router.get("/")
    def start(request: Request) -> Response:
        """The dashboard; addresses of the search, which once was here, lead to where it is now."""
        if request.url.query:
            return RedirectResponse(f"{SEARCH}?{request.url.query}", 308)
        return show("dashboard.html", board=dashboard(desk))


def dashboard(desk: Desk) -> Dashboard:
    """The numbers of now."""
    now = desk.clock().astimezone(WIB)
    day = now.date()
    collected = _collected_days(desk, day)
    open_alerts = alerted(desk, desk.alerts.listed("open", now, MOST_OPEN_ALERTS))
    conflicts = desk.ledger.claims(LedgerFilter(status="conflict"), limit=MOST_CONFLICTS)
    counts = desk.alerts.counts(now)
    press = desk.press()
    troubled = [row for row in press.worst_first if row.alarms]
    return Dashboard(
        day=day,
        month=_month(desk, now, press, collected),
        alerts=_raised(desk, now, collected),
        open_alerts=tuple(open_alerts),
        open_count=counts["open"],
        has_alerts=any(counts.values()),
        stories=tuple(
            it for it in desk.store.top_stories(day - timedelta(days=WEEK - 1), MOST_STORIES) if it.outlets > 1
        ),
        conflicts=tuple(shown_claims(desk, conflicts.claims)),
        conflict_count=conflicts.total,
        troubled=tuple(troubled[:MOST_OUTLETS]),
        troubled_count=len(troubled),
        unseen_count=sum(row.status == "unseen" for row in press.outlets),
        worker=desk.jobs.worker(),
        refused=len(desk.store.refused(MOST_REFUSED)),
    )


def _raised(desk: Desk, now: datetime, collected: int) -> Measure:
    """What raised alerts."""
    raised = [moment.astimezone(WIB) for moment in desk.store.alarmed_since(_week_before(now))]
    return Measure(sum(moment.date() == now.date() for moment in raised), _usual(raised, now, collected))


def _month(desk: Desk, now: datetime, press: PressHealth, collected: int) -> Month | None:
    day = now.date()
    since = day - timedelta(days=DAYS - 1)
    try:
        by_tone = {tone: _ask(desk, day, since, frozenset({tone})) for tone in TONES}
        recent = _ask(desk, day, day - timedelta(days=SILENT_DAYS - 1))
    except IndexUnavailable:
        return None
    counted = {tone: _by_day(page) for tone, page in by_tone.items()}
    days = tuple(since + timedelta(days=at) for at in range(DAYS))
    printed = desk.store.printed_since(_week_before(now))
    usual = _usual((moment for moment, _ in printed), now, collected)
    usual_negative = _usual((moment for moment, tone in printed if tone == "negative"), now, collected)
    return Month(
        articles=Measure(sum(counted[tone][day] for tone in TONES), usual),
        negative=Measure(counted["negative"][day], usual_negative),
        days=days,
        chart=stacked([{tone: counted[tone][it] for tone in TONES} for it in days]),
        tiles=tuple(tiles(_by_province(by_tone))),
        silent=tuple(_silent(desk, recent)) if _asked_since(press, now - timedelta(days=SILENT_DAYS)) else (),
    )


def _asked_since(press: PressHealth, moment: datetime) -> bool:
    """Whether the outlets are asked for as long as that: before, silence says nothing."""
    return any(source.first <= moment for row in press.outlets for source in row.sources)


def _ask(desk: Desk, day: date, since: date, tones: frozenset[str] = frozenset()) -> SearchPage:
    return desk.index.search(Query(sentiments=tones, since=since, until=day), size=1)


def _by_day(page: SearchPage) -> Counter[date]:
    return Counter({date.fromisoformat(bucket.value): bucket.count for bucket in page.days})


def _week_before(now: datetime) -> datetime:
    return datetime.combine(now.date() - timedelta(days=WEEK), time(), WIB)


def _collected_days(desk: Desk, day: date) -> int:
    """How many days of the week before come after the first article; nothing was collected earlier."""
    first = desk.store.first_day()
    return min(WEEK, (day - first).days) if first is not None else 0


def _usual(moments: Iterable[datetime], now: datetime, collected: int) -> float | None:
    """How many of these moments lie on a day of the week before up to the hour of now, the average of its days."""
    if collected < 1:
        return None
    local = (moment.astimezone(WIB) for moment in moments)
    return sum(moment.date() < now.date() and moment.time() <= now.time() for moment in local) / collected


def _by_province(by_tone: Mapping[str, SearchPage]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for tone, page in by_tone.items():
        for bucket in page.facets["region"]:
            if len(bucket.value) == 2:
                counts.setdefault(bucket.value, {})[tone] = bucket.count
    return counts


def _silent(desk: Desk, recent: SearchPage) -> list[tuple[str, int]]:
    """The provinces that have outlets and of which nothing was printed, with how many outlets they have."""
    outlets = Counter(outlet.province for outlet in desk.outlets if outlet.province)
    told = {bucket.value for bucket in recent.facets["region"]}
    return [(name, outlets[name]) for name in sorted(outlets) if desk.region_code(name) not in told]
