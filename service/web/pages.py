"""The pages of the desk."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from service.domain.alert import Alert
from service.domain.article import WIB, Article
from service.domain.message import OutboxEntry
from service.domain.query import Bucket, Hit, Query, SearchPage
from service.errors import IndexUnavailable, QueryError
from service.ports import FigureRow
from service.web.address import FiguresAddress, read_figures, read_search
from service.web.desk import Desk, NotFound
from service.web.histogram import bars
from service.web.markup import LONGEST_SHOWN, anchors, paragraphs, shown_figures, title_segments
from service.web.security import MAIL_POLICY

PAGE_SIZE = 20
FIGURES_PER_PAGE = 50
MOST_SIMILAR = 20
MOST_ALERTS = 100
MOST_MESSAGES = 1_000
WORST_FIRST = ("unreachable", "failing", "silent", "unseen", "ok")


@dataclass(frozen=True, slots=True)
class Today:
    """The strip above the search: what this day brought. `articles` is None while the index cannot say."""

    day: date
    articles: int | None
    negative: int | None
    alerts: int


@dataclass(frozen=True, slots=True)
class FoundStory:
    """Hits of one page that tell the same story: the first in full, the others by name. `outlets` printed it in all."""

    lead: Hit
    others: tuple[Hit, ...]
    outlets: int


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert with its article and how its messages fare, by state.

    `told_together` where it has none of its own because another rule's alert told of the article.
    """

    alert: Alert
    article: Article
    deliveries: tuple[tuple[str, int], ...]
    told_together: bool


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """One row of the table of figures, its sentence cut around the figure."""

    row: FigureRow
    before: str
    after: str


def make_pages(desk: Desk, templates: Environment) -> APIRouter:
    """The routes of all pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    show = renderer(desk, templates)

    @router.get("/")
    def search(request: Request) -> HTMLResponse:
        """The search, or only the next results where the page asks for them."""
        asked = read_search(request.query_params)
        part = "HX-Request" in request.headers and asked.cursor is not None
        try:
            page = desk.index.search(asked.query, size=PAGE_SIZE, cursor=asked.cursor)
            facets = {} if part else _facets(desk, asked.query, page)
        except QueryError as error:
            return show("search.html", 400, asked=asked, today=_today(desk), page=None, problem=str(error))
        except IndexUnavailable:
            return show("search.html", 503, asked=asked, today=_today(desk), page=None, problem=None)
        answer = {
            "stories": _stories(desk, page.hits),
            "more": asked.continued(page.cursor) if page.cursor else None,
        }
        if part:
            shown = show("hits.html", **answer)
        else:
            around = {"today": _today(desk), "facets": facets, "bars": bars(page.days), "problem": None}
            shown = show("search.html", asked=asked, page=page, **around, **answer)
        shown.headers["Vary"] = "HX-Request"
        return shown

    @router.get("/artikel/{article_id}")
    def article(article_id: str) -> HTMLResponse:
        """One article with everything that was understood of it."""
        found = desk.store.get(article_id)
        if found is None:
            raise NotFound
        story = desk.store.story(found.story_id) if found.story_id else []
        figures = shown_figures(found.analysis)
        return show(
            "article.html",
            article=found,
            title=title_segments(found.title, found.analysis),
            paragraphs=paragraphs(found.text, found.analysis),
            is_cut=len(found.text) > LONGEST_SHOWN,
            figures=figures,
            anchors=anchors(figures),
            similar=[other for other in story if other.id != found.id][:MOST_SIMILAR],
            story_outlets=len({other.outlet for other in story}),
        )

    @router.get("/angka")
    def figures(request: Request) -> HTMLResponse:
        """The table of stated figures."""
        asked = read_figures(request.query_params)
        total, rows = _figures(desk, asked)
        pages = max(1, -(-total // FIGURES_PER_PAGE))
        return show("figures.html", asked=asked, total=total, rows=[_placed(row) for row in rows], pages=pages)

    @router.get("/peringatan")
    def alerts() -> HTMLResponse:
        """The newest alerts."""
        raised = desk.store.alerts(MOST_ALERTS)
        return show("alerts.html", rows=_alert_rows(raised, desk.store.outbox(MOST_MESSAGES)))

    @router.get("/ringkasan")
    def digest() -> HTMLResponse:
        """The digest as it would be sent now; the mail itself stands in a frame."""
        subject, text, _ = desk.digest_preview()
        return show("digest.html", subject=subject, text=text)

    @router.get("/ringkasan/html")
    def digest_mail() -> HTMLResponse:
        """The digest's HTML part alone, under a policy that lets nothing run or load."""
        headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
        _, _, html = desk.digest_preview()
        # Links open beside the desk: a frame may not lead to the outlets.
        mail = html.replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(mail, headers=headers)

    @router.get("/sumber")
    def outlets() -> HTMLResponse:
        """How the outlets are doing, the troubled first, and the pages that could not be read."""
        by_id = {outlet.id: outlet for outlet in desk.outlets}
        health = desk.store.health(list(by_id), desk.clock())
        health.sort(key=lambda row: WORST_FIRST.index(row.status) if row.status in WORST_FIRST else 0)
        return show("outlets.html", health=health, by_id=by_id, quarantined=desk.store.quarantined(100))

    return router


def renderer(desk: Desk, templates: Environment) -> Callable[..., HTMLResponse]:
    """A function that renders a template with what every page needs."""

    def show(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        everywhere = {
            "agency_name": desk.agency_name,
            "outlet_name": desk.outlet_name,
            "region_name": desk.region_name,
            "outlets": desk.outlets,
            "now": desk.clock(),
        }
        return HTMLResponse(templates.get_template(template).render(everywhere | values), status)

    return show


def _stories(desk: Desk, hits: Iterable[Hit]) -> list[FoundStory]:
    """The hits in their order, copies of one story gathered at the first of them."""
    gathered: dict[str, list[Hit]] = {}
    for hit in hits:
        gathered.setdefault(hit.story_id or hit.article_id, []).append(hit)
    return [
        FoundStory(lead, tuple(others), len({article.outlet for article in desk.store.story(key)}))
        for key, (lead, *others) in gathered.items()
    ]


def _facets(desk: Desk, query: Query, page: SearchPage) -> dict[str, Sequence[Bucket]]:
    """The counts to choose from: a facet that is filtered is counted without its own filter, to offer the others."""
    lifted = {
        "outlet": replace(query, outlets=frozenset()),
        "region": replace(query, regions=frozenset()),
        "sentiment": replace(query, sentiments=frozenset()),
    }
    counted = {
        name: (page if wider == query else desk.index.search(wider, size=1)).facets.get(name, ())
        for name, wider in lifted.items()
    }
    return counted | {"region": _by_province(counted["region"])}


def _by_province(buckets: Sequence[Bucket]) -> list[Bucket]:
    """The provinces in their order, each followed by its kabupaten and kota."""
    first: dict[str, int] = {}
    for at, bucket in enumerate(buckets):
        first.setdefault(bucket.value[:2], at)
    return sorted(buckets, key=lambda bucket: (first[bucket.value[:2]], len(bucket.value) > 2))


def _today(desk: Desk) -> Today:
    day = desk.clock().astimezone(WIB).date()
    alerts = sum(alert.raised.astimezone(WIB).date() == day for alert, _ in desk.store.alerts(MOST_ALERTS))
    try:
        page = desk.index.search(Query(since=day, until=day), size=1)
    except IndexUnavailable:
        return Today(day, None, None, alerts)
    tones = {bucket.value: bucket.count for bucket in page.facets["sentiment"]}
    return Today(day, page.total, tones.get("negative", 0), alerts)


def _figures(desk: Desk, asked: FiguresAddress) -> tuple[int, list[FigureRow]]:
    return desk.store.figures(
        metric=asked.metric or None,
        region=asked.region or None,
        outlet=asked.outlet or None,
        text=asked.text or None,
        rules=asked.rules,
        limit=FIGURES_PER_PAGE,
        offset=(asked.page - 1) * FIGURES_PER_PAGE,
    )


def _placed(row: FigureRow) -> PlacedFigure:
    start = row.sentence_offset
    if row.sentence[start : start + len(row.surface)] != row.surface or start < 0:
        return PlacedFigure(row, before=row.sentence, after="")
    return PlacedFigure(row, row.sentence[:start], row.sentence[start + len(row.surface) :])


def _alert_rows(raised: Sequence[tuple[Alert, Article]], outbox: Sequence[OutboxEntry]) -> list[AlertRow]:
    entries = [entry for entry in outbox if entry.cause == "alert"]
    deliveries = {alert.id: _states(entry for entry in entries if alert.id in entry.message.id) for alert, _ in raised}
    told = {article.id for alert, article in raised if deliveries[alert.id]}
    return [
        AlertRow(alert, article, deliveries[alert.id], not deliveries[alert.id] and article.id in told)
        for alert, article in raised
    ]


def _states(entries: Iterable[OutboxEntry]) -> tuple[tuple[str, int], ...]:
    """How many messages are in each state."""
    counted = Counter(entry.state for entry in entries)
    return tuple((state, counted[state]) for state in ("pending", "sent", "dead") if counted[state])
