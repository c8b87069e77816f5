"""The page of one story: everything that the outlets made of one event."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.domain.article import WIB, Article
from service.domain.story_figures import differences
from service.web.address import SEARCH, address
from service.web.desk import Desk, NotFound
from service.web.tone_chart import StackedBars, stacked

MOST_SHOWN = 200
_MOST_BARS = 36
_STEPS = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 72, 168, 720))


@dataclass(frozen=True, slots=True)
class Spread:
    """A story over time: bars of equal steps with the moment that each begins at."""

    chart: StackedBars
    begins: tuple[datetime, ...]
    step: timedelta


@dataclass(frozen=True, slots=True)
class OutletRow:
    """What one outlet printed of the story, its first article and how many of each tone."""

    first: Article
    tones: Counter[str]


def add_story_page(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the route."""

    @router.get("/cerita/{story_id}")
    def story(story_id: str) -> HTMLResponse:
        """The articles of the story in the order of time, what people hid left out."""
        told = [it for it in desk.store.story(story_id) if it.counted_as != "hidden"]
        if not told:
            raise NotFound
        return show(
            "story.html",
            first=told[0],
            articles=told[:MOST_SHOWN],
            total=len(told),
            last=_moment(told[-1]),
            tones=Counter(article.sentiment.label for article in told),
            spread=spread(told),
            by_outlet=_by_outlet(told),
            differences=differences(told),
            around=_around(told),
        )


def spread(articles: Sequence[Article]) -> Spread:
    """The articles, the first printed first, by the hours or days in which they were printed."""
    first, last = _moment(articles[0]).astimezone(WIB), _moment(articles[-1]).astimezone(WIB)
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    step = next((it for it in _STEPS if (last - start) / it < _MOST_BARS), _STEPS[-1])
    start += (first - start) // step * step
    number = min((last - start) // step + 1, _MOST_BARS)
    columns = [Counter[str]() for _ in range(number)]
    for article in articles:
        columns[min((_moment(article) - start) // step, number - 1)][article.sentiment.label] += 1
    return Spread(stacked(columns), tuple(start + at * step for at in range(number)), step)


def _by_outlet(articles: Sequence[Article]) -> list[OutletRow]:
    """The outlets in the order in which they came to the story."""
    rows: dict[str, OutletRow] = {}
    for article in articles:
        row = rows.setdefault(article.outlet, OutletRow(article, Counter()))
        row.tones[article.sentiment.label] += 1
    return list(rows.values())


def _around(articles: Sequence[Article]) -> str:
    """The address of all news of the story's days in its main region."""
    regions = Counter(article.regions[0].code for article in articles if article.regions)
    days = [article.day for article in articles]
    code = regions.most_common(1)[0][0] if regions else None
    return address(SEARCH, {"wilayah": code, "dari": min(days).isoformat(), "sampai": max(days).isoformat()})


def _moment(article: Article) -> datetime:
    return article.published or article.found
