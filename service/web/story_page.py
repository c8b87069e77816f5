"""The page of one story: everything that the outlets made of one event, and what a person decides about it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, unquote, urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.domain.altered_copies import Alteration, alterations
from service.domain.article import WIB, Article
from service.domain.story import is_near
from service.domain.story_decision import undone
from service.domain.story_figures import Difference, differences
from service.domain.wording.language import say
from service.errors import ReviewError, UnknownStory
from service.web.address import SEARCH, address
from service.web.desk import Desk, NotFound
from service.web.forms import Refused, read_form
from service.web.tone_chart import StackedBars, stacked
from service.web.visitor import needs, visitor

MOST_SHOWN = 200
MOST_OFFERED = 6
"""Other stories that are offered to be merged."""

MOST_COMPARED = 20
MOST_READ = 5
"""Of how many stories with traces of this one so many articles are compared with its own."""

MOST_CHOSEN = 50
"""Articles that can be split out at once."""

_CHOSEN = "berita-"
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


@dataclass(frozen=True, slots=True)
class OfferedStory:
    """Another story that may be the same: its first article, and how many it has in how many outlets."""

    story_id: str
    first: Article
    articles: int
    outlets: int


def add_story_page(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes of the page and of its forms."""

    @router.get("/cerita/{story_id}")
    def story(story_id: str, request: Request) -> Response:
        """The articles of the story in the order of time; one that was merged leads to what it was merged into."""
        now = desk.store.resolve_story(story_id)
        if now != story_id:
            return RedirectResponse(_address(now, request.query_params.get("dicatat")), 302)
        return _story(desk, show, story_id, request)

    @router.post("/cerita/{story_id}/keputusan", dependencies=[needs("decide")])
    async def arrange(story_id: str, request: Request) -> Response:
        """Record what a person decided about the story, and show what came of it."""
        form = await read_form(request)
        return await run_in_threadpool(_arrange, desk, show, story_id, form, request)


def _story(
    desk: Desk,
    show: Callable[..., HTMLResponse],
    story_id: str,
    request: Request,
    refused: Refused | None = None,
) -> HTMLResponse:
    """The page, what people hid left out; after a refused decision with what is wrong and what was typed."""
    told = seen_articles(desk, story_id)
    if not told:
        raise NotFound
    decisions, altered = desk.store.story_decisions(story_id), alterations(told[:MOST_SHOWN])
    return show(
        "story.html",
        400 if refused else 200,
        story_id=story_id,
        first=told[0],
        articles=told[:MOST_SHOWN],
        total=len(told),
        last=told[-1].moment,
        tones=Counter(article.sentiment.label for article in told),
        spread=spread(told),
        by_outlet=_by_outlet(told),
        alterations=altered,
        differences=[it for it in differences(told) if not _is_told(it, altered)],
        around=_around(told),
        decisions=decisions,
        undone=undone(decisions),
        offered=_offered(desk, story_id, told) if visitor().may("decide") else (),
        most_chosen=MOST_CHOSEN,
        refused=refused,
        typed=refused.typed if refused else {},
        decided="" if refused else request.query_params.get("dicatat", ""),
    )


def seen_articles(desk: Desk, story_id: str) -> list[Article]:
    """The articles of the story in the order of time, what people hid left out."""
    return [article for article in desk.store.story(story_id) if article.counted_as != "hidden"]


def _is_told(difference: Difference, altered: Iterable[Alteration]) -> bool:
    """Whether the values differ because copies were altered."""
    values = {stated.value for stated in difference.values}
    return any(it.metric == difference.metric and values <= {stated.value for stated in it.values} for it in altered)


def _offered(desk: Desk, story_id: str, own: Sequence[Article]) -> list[OfferedStory]:
    offered = []
    for other_id in desk.store.similar_stories(story_id, MOST_COMPARED):
        told = seen_articles(desk, other_id)
        if any(is_near(it.text, other.text) for it in own[:MOST_READ] for other in told[:MOST_READ]):
            offered.append(OfferedStory(other_id, told[0], len(told), len({it.outlet for it in told})))
    return offered[:MOST_OFFERED]


def _arrange(
    desk: Desk, show: Callable[..., HTMLResponse], story_id: str, form: dict[str, str], request: Request
) -> Response:
    word, _, of = form.get("putusan", "").partition(":")
    by, note = visitor().name, form.get("catatan", "")
    try:
        if word == "gabung":
            other = of or named_story(desk, form.get("cerita", ""))
            after = desk.arranging.merge(story_id, other, by, note)
        elif word == "pisah":
            after = other = desk.arranging.split(story_id, _chosen(form), by, note)
        elif word == "batal" and of.isascii() and of.isdigit() and len(of) < 10:
            other = desk.arranging.undo(story_id, int(of), by, note)
            after = desk.store.resolve_story(story_id)
        else:
            raise ReviewError(say("Pilih apa yang diputuskan: gabungkan, pisahkan, atau batalkan."))
    except UnknownStory as error:
        if not desk.store.story(desk.store.resolve_story(story_id)):
            raise NotFound from error
        refused = Refused("Cerita yang mau digabung tidak ada lagi. Muat ulang halaman ini.", form)
        return _story(desk, show, desk.store.resolve_story(story_id), request, refused)
    except ReviewError as error:
        return _story(desk, show, desk.store.resolve_story(story_id), request, Refused(str(error), form))
    desk.people.record(visitor().actor, "story-arranged", f"{word}: cerita {story_id}, {other}"[:200])
    return RedirectResponse(_address(after, word), 303)


def _chosen(form: dict[str, str]) -> list[str]:
    chosen = [name.removeprefix(_CHOSEN) for name in form if name.startswith(_CHOSEN)]
    if len(chosen) > MOST_CHOSEN:
        raise ReviewError(say("Pilih paling banyak {count} berita sekali jalan.", count=MOST_CHOSEN))
    return chosen


def named_story(desk: Desk, typed: str) -> str:
    """The id of the story whose address, or that of one of whose articles, was typed; ReviewError where it is none."""
    path = unquote(urlsplit(typed).path) if len(typed) < 500 else ""
    kind, _, name = path.strip("/").rpartition("/")
    if kind.endswith("artikel"):
        article = desk.store.get(name)
        name = article.story_id or "" if article is not None else ""
    if not name or not desk.store.story(desk.store.resolve_story(name)):
        raise ReviewError(say("Cerita itu tidak ditemukan. Tempel alamat halaman cerita atau beritanya."))
    return name


def _address(story_id: str, decided: str | None) -> str:
    told = f"?dicatat={quote(decided, safe='')}#keputusan" if decided else ""
    return f"/cerita/{quote(story_id, safe='')}{told}"


def spread(articles: Sequence[Article]) -> Spread:
    """The articles, the first printed first, by the hours or days in which they were printed."""
    first, last = articles[0].moment.astimezone(WIB), articles[-1].moment.astimezone(WIB)
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    step = next((it for it in _STEPS if (last - start) / it < _MOST_BARS), _STEPS[-1])
    start += (first - start) // step * step
    number = min((last - start) // step + 1, _MOST_BARS)
    columns = [Counter[str]() for _ in range(number)]
    for article in articles:
        columns[min((article.moment - start) // step, number - 1)][article.sentiment.label] += 1
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
