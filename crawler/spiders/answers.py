"""What the spider's callbacks have in common: a response as a page, or as the fault that it is."""

from datetime import datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from crawler.faults import Fault, fault_of_exception, fault_of_page
from crawler.headers import headers_of
from crawler.link import Link
from crawler.outlets.outlet import Outlet
from crawler.page import Page

UNASKED = frozenset({"budget", "resting"})
"""Reasons of faults that say nothing about what was asked for, and change nothing."""
OUT_OF_BUDGET = frozenset({"host-budget", "day-budget"})
"""Reasons of the first such fault of a host, which is told and changes nothing."""


def readable(response: Response, link: Link) -> HtmlResponse | Fault:
    """The response as a page of the article, or why it is none."""
    fault = fault_of_page(response)
    if fault is not None:
        return fault
    if not isinstance(response, HtmlResponse):
        return Fault("hard", "not-html", f"of type {response.headers.get('Content-Type')!r}")
    if not response.body:
        return Fault("soft", "empty", "an empty page")
    # Outlets send readers of a withdrawn article to their front page.
    if is_front_page(response):
        return Fault("hard", "not-article", f"{link.url} leads to a front page")
    return response


def is_front_page(response: Response) -> bool:
    """Whether the response came from the root of its host."""
    parts = urlsplit(response.url)
    return parts.path.strip("/") == "" and not parts.query


def page_of(response: Response, link: Link, owner: Outlet, number: int, fetched: datetime) -> Page:
    """The response as a page for the archive."""
    return Page(
        url=response.url,
        fetched=fetched,
        status=response.status,
        headers=headers_of(response),
        body=response.body,
        outlet=owner.id,
        discovery=link.discovery,
        via=link.via,
        number=number,
    )


def header_of(response: Response, name: str) -> str | None:
    """The header's value; no server needs a longer one."""
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")[:500]


def request_of(failure: Failure) -> Request:
    """Scrapy hangs the request on the failure it hands to an errback."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def fault_of(failure: Failure) -> Fault:
    """The fault behind what Scrapy hands to an errback."""
    assert failure.value is not None
    return fault_of_exception(failure.value)
