"""The pages of the desk."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from service.domain.query import Bucket, Query, SearchPage
from service.domain.wording.names import TIERS
from service.errors import IndexUnavailable, QueryError
from service.web.account_pages import add_account_pages
from service.web.address import SEARCH, read_search_as_far
from service.web.alert_pages import add_alert_pages
from service.web.archive_pages import add_archive_pages
from service.web.article_page import add_article_page
from service.web.asking import check_labels, question
from service.web.dashboard import add_dashboard
from service.web.desk import Desk
from service.web.digest_pages import add_digest_pages
from service.web.door_pages import add_door_pages
from service.web.export_pages import add_export_pages
from service.web.feed import add_feed
from service.web.histogram import bars
from service.web.irrelevant_page import add_irrelevant_page
from service.web.job_pages import add_job_pages
from service.web.language import LANGUAGES
from service.web.ledger_pages import add_ledger_pages
from service.web.ledger_view import region_name
from service.web.mistake import mistake_in_filters, mistake_of
from service.web.notification_pages import add_notification_pages
from service.web.outbox_pages import add_outbox_pages
from service.web.outlet_pages import add_outlet_pages
from service.web.people_pages import add_people_pages
from service.web.region_facet import by_province
from service.web.rule_pages import add_rule_pages
from service.web.saved_pages import add_saved_pages
from service.web.speaker_pages import add_speaker_pages
from service.web.story_page import add_story_page
from service.web.subscription_pages import add_subscription_pages
from service.web.visitor import telling_visitor, visitor

PAGE_SIZE = 20


def make_pages(desk: Desk, templates: Environment) -> APIRouter:
    """The routes of all pages."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    show = renderer(desk, templates)

    @router.get(SEARCH)
    def search(request: Request) -> HTMLResponse:
        """The search, or only the next results where the page asks for them."""
        asked, problems = read_search_as_far(request.query_params)
        if problems:
            return show("search.html", 400, asked=asked, page=None, mistake=mistake_in_filters(problems))
        part = "HX-Request" in request.headers and asked.cursor is not None
        query = replace(question(desk, asked), collapse=True)
        try:
            check_labels(desk, query.text)
            page = desk.index.search(query, size=PAGE_SIZE, cursor=asked.cursor)
            facets = {} if part else _facets(desk, query, page)
        except QueryError as error:
            return show("search.html", 400, asked=asked, page=None, mistake=mistake_of(asked, error))
        except IndexUnavailable:
            return show("search.html", 503, asked=asked, page=None, mistake=None)
        listed = [it for hit in page.hits for it in (hit.article_id, *(copy.article_id for copy in hit.copies))]
        answer = {
            "hits": page.hits,
            "more": asked.continued(page.cursor) if page.cursor else None,
            "gone": desk.store.gone(listed),
        }
        if part:
            shown = show("hits.html", **answer)
        else:
            provinces = by_province(facets["region"], query.regions)
            around = {
                "facets": facets,
                "provinces": provinces,
                "bars": bars(page.days),
                "mistake": None,
                "limits": desk.exports.limits,
            }
            shown = show("search.html", asked=asked, page=page, **around, **answer)
        shown.headers["Vary"] = "HX-Request"
        return shown

    add_dashboard(router, desk, show)
    add_alert_pages(router, desk, show)
    add_article_page(router, desk, show)
    add_irrelevant_page(router, desk, show)
    add_story_page(router, desk, show)
    add_speaker_pages(router, desk, show)
    add_ledger_pages(router, desk, show)
    add_outlet_pages(router, desk, show)
    add_archive_pages(router, desk, show)
    add_job_pages(router, desk, show)
    add_digest_pages(router, desk, show)
    add_subscription_pages(router, desk, show)
    add_door_pages(router, desk, show)
    add_account_pages(router, desk, show)
    add_people_pages(router, desk, show)
    add_notification_pages(router, desk, show)
    add_outbox_pages(router, desk, show)
    add_saved_pages(router, desk, show)
    add_export_pages(router, desk, show)
    add_rule_pages(router, desk, show)
    add_feed(router, desk)
    return router


def renderer(desk: Desk, templates: Environment) -> Callable[..., HTMLResponse]:
    """A function that renders a template with what every page needs."""

    def show(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        code = visitor().language
        everywhere = {
            "language": code,
            "other_languages": [it for it in LANGUAGES.items() if it[0] != code],
            "here_path": visitor().here,
            "agency_name": desk.agency_name,
            "outlet_name": desk.outlet_name,
            "region_name": desk.region_name,
            "region_of": partial(region_name, desk),
            "outlets": desk.outlets,
            "now": desk.clock(),
            "visitor": visitor(),
            "can_sign_in": desk.sign_in,
        }
        with telling_visitor():
            return HTMLResponse(templates.get_template(template).render(everywhere | values), status)

    return show


def _facets(desk: Desk, query: Query, page: SearchPage) -> dict[str, Sequence[Bucket]]:
    """The counts to choose from: a facet that is filtered is counted without its own filter, to offer the others."""
    lifted = {
        "outlet": replace(query, outlets=frozenset()),
        "region": replace(query, regions=frozenset()),
        "sentiment": replace(query, sentiments=frozenset()),
        "topic": replace(query, topics=frozenset()),
        "speaker": replace(query, speakers=frozenset()),
        "label": replace(query, labels=frozenset()),
    }
    counted = {name: _counted(desk, query, wider, page).get(name, ()) for name, wider in lifted.items()}
    by_outlet = _counted(desk, query, replace(query, among=None), page).get("outlet", ())
    return counted | {"tier": _by_tier(desk, by_outlet)}


def _counted(desk: Desk, query: Query, wider: Query, page: SearchPage) -> Mapping[str, Sequence[Bucket]]:
    return (page if wider == query else desk.index.search(replace(wider, collapse=False), size=1)).facets


def _by_tier(desk: Desk, by_outlet: Sequence[Bucket]) -> list[Bucket]:
    """The articles of each tier of outlets; outlets that the configuration does not know any more have none."""
    tiers = {outlet.id: outlet.tier for outlet in desk.outlets if outlet.tier}
    counted: Counter[str] = Counter()
    for bucket in by_outlet:
        if bucket.value in tiers:
            counted[tiers[bucket.value]] += bucket.count
    return [Bucket(tier, counted[tier]) for tier in TIERS if counted[tier]]
