"""The pages of the outlets: how all of them are doing, and one of them.

The parameters of the list, in the words of those who share links: `q` (a part of the name), `provinsi`, `keadaan` (a
status) and `halaman`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import QueryParams

from service.domain.health import WORST_FIRST, OutletHealth
from service.domain.wording.language import say
from service.web.address import LONGEST_VALUE, BadAddress, address, read_text
from service.web.desk import Desk, NotFound, OutletInfo
from service.web.ledger_address import read_page

PAGE = "/sumber"
OUTLETS_PER_PAGE = 50
MOST_UNREAD = 100
MOST_EVENTS = 50
MOST_NEWEST = 15


@dataclass(frozen=True, slots=True)
class OutletsAddress:
    """Which outlets an address asks for; `page` counts from 1."""

    name: str = ""
    province: str = ""
    status: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether it asks for some outlets only."""
        return bool(self.name or self.province or self.status)

    def on_page(self, page: int) -> str:
        """The address of another page of the same outlets."""
        parts = {"q": self.name, "provinsi": self.province, "keadaan": self.status}
        return address(PAGE, parts | {"halaman": str(page) if page > 1 else None})

    def asks_for(self, row: OutletHealth, outlet: OutletInfo) -> bool:
        """Whether this outlet is one of them."""
        return (
            self.name.casefold() in outlet.name.casefold()
            and self.province in ("", outlet.province)
            and self.status in ("", row.status)
        )


def read_outlets(parameters: QueryParams, outlets: Iterable[OutletInfo]) -> OutletsAddress:
    """What the parameters ask for; BadAddress where that is no province of theirs, no status or no page."""
    name, province, status = (read_text(parameters, it, LONGEST_VALUE) for it in ("q", "provinsi", "keadaan"))
    if (province and province not in {outlet.province for outlet in outlets}) or (status and status not in WORST_FIRST):
        raise BadAddress(say("Pilihan saringan tidak dikenal."))
    return OutletsAddress(name, province, status, read_page(parameters) or 1)


def add_outlet_pages(router: APIRouter, desk: Desk, show: Callable[..., HTMLResponse]) -> None:
    """Add the routes."""
    by_id = {outlet.id: outlet for outlet in desk.outlets}

    @router.get(PAGE)
    def outlets(request: Request) -> HTMLResponse:
        """How the outlets are doing, the troubled first, and the pages that could not be read."""
        asked, press = read_outlets(request.query_params, desk.outlets), desk.press()
        found = [row for row in press.worst_first if asked.asks_for(row, by_id[row.outlet])]
        begin = (asked.page - 1) * OUTLETS_PER_PAGE
        return show(
            "outlets.html",
            press=press,
            by_id=by_id,
            asked=asked,
            found=found[begin : begin + OUTLETS_PER_PAGE],
            total=len(found),
            pages=max(1, -(-len(found) // OUTLETS_PER_PAGE)),
            provinces=sorted({outlet.province for outlet in desk.outlets if outlet.province}),
            quarantined=desk.store.quarantined(MOST_UNREAD),
        )

    @router.get(PAGE + "/{outlet_id}")
    def outlet(outlet_id: str) -> HTMLResponse:
        """One outlet: how it is doing and why, its sources, what happened last, its newest articles."""
        if outlet_id not in by_id:
            raise NotFound
        press = desk.press()
        return show(
            "outlet.html",
            outlet=by_id[outlet_id],
            press_alarms=press.alarms,
            row=next(row for row in press.outlets if row.outlet == outlet_id),
            events=desk.store.fetch_log(outlet_id, MOST_EVENTS),
            quarantined=desk.store.quarantined(MOST_UNREAD, outlet=outlet_id),
            articles=desk.store.newest_articles(outlet_id, MOST_NEWEST),
        )
