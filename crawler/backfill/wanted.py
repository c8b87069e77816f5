"""Which pages of a foreign archive are kept."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from crawler.backfill.names import Names
from crawler.outlets.outlet import Outlet
from crawler.outlets.owners import Owners
from crawler.page import Page
from crawler.pager import is_listing_address, names_an_article
from crawler.response import HttpResponse, UnreadableBody, read_response
from crawler.urls import canonical_url
from crawler.warc import Record

DISCOVERY = "backfill"

Reason = Literal["not-html", "too-large", "unreadable", "no-address", "other-time", "other-outlet", "not-named"]
"""Why a response is left out."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True)
class Wanted:
    """Which pages are kept.

    `names`: a page must name one of them; any text will do where there are none. `only`: it must be an article of one
    of these outlets (by id); None where any host will do. `outlets` are all that are known: the pages of any other host
    get the host for an outlet. `since`, `until`: the page was fetched then or between. Larger pages are left out.
    """

    outlets: tuple[Outlet, ...] = ()
    names: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    max_bytes: int = 5_000_000

    @property
    def fingerprint(self) -> str:
        """Tells one choice of pages from another."""
        outlets = sorted((outlet.id, outlet.host, outlet.article or "") for outlet in self.outlets)
        only = None if self.only is None else sorted(self.only)
        choice = (sorted(self.names), outlets, only, self.since, self.until, self.max_bytes)
        return sha256(repr(choice).encode()).hexdigest()[:16]

    @cached_property
    def _finder(self) -> Names:
        return Names(self.names)

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.outlets)

    def page(self, record: Record, source: str) -> Page | Reason | None:
        """The page that the record holds, why it is left out, or None where the record is no response.

        `source` names the file the record stands in.
        """
        if record.kind != "response":
            return None
        if record.block is None:
            return "too-large"
        response = read_response(record.block)
        if response is None or response.status != 200 or not _is_html(response):
            return "not-html"
        return self._refused(record) or self._read(record, response, source)

    def _refused(self, record: Record) -> Reason | None:
        """Why the page is left out, as far as its address and its date tell."""
        fetched = record.date
        if fetched is None or (self.since and fetched < self.since) or (self.until and fetched > self.until):
            return "other-time"
        if self.only is None:
            return None
        outlet = self._owners.of(record.url)
        return None if outlet and outlet.id in self.only and _is_article(record.url, outlet) else "other-outlet"

    def _read(self, record: Record, response: HttpResponse, source: str) -> Page | Reason:
        try:
            body = response.body(self.max_bytes)
        except UnreadableBody as error:
            return "too-large" if error.reason == "too-large" else "unreadable"
        if self.names and not self._finder.stand_in(body):
            return "not-named"
        try:
            host = urlsplit(canonical_url(record.url)).netloc
        except ValueError:
            return "no-address"
        assert record.date is not None
        outlet = self._owners.of(record.url)
        return Page(
            url=record.url,
            fetched=record.date,
            status=response.status,
            headers=response.headers,
            body=body,
            outlet=outlet.id if outlet else host,
            discovery=DISCOVERY,
            via=source,
            origin=record.field("WARC-Record-ID"),
        )


def _is_html(response: HttpResponse) -> bool:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in _HTML or (not kind and response.raw[:1_000].lstrip().startswith(b"<"))


def _is_article(url: str, outlet: Outlet) -> bool:
    parts = urlsplit(url)
    if outlet.article is not None:
        return re.search(outlet.article, parts.path) is not None
    return names_an_article(parts) and not is_listing_address(parts)
