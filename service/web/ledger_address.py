"""What an address of the ledger asks for, checked, and addresses that change one thing of it.

The parameters, in the words of those who share links: `metrik`, `wilayah` (official code, ID, or a part of a name),
`periode` (ISO), `media`, `status`, `jenis`, `dari`, `sampai`, `q`, `ketentuan` (1: also statutory constants),
`halaman`, `grafik` (the region whose chart is shown).
"""

import re
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from service.domain.ledger.claim import LedgerFilter, Status
from service.domain.wording.language import say
from service.domain.wording.names import KINDS, METRICS
from service.domain.wording.times import iso_period
from service.web.address import LONGEST_VALUE, BadAddress, address, read_day, read_text

PAGE = "/angka"

STATUSES: dict[str, Status] = {
    "beda": "conflict",
    "mungkin": "explained",
    "selisih": "differs",
    "lama": "stale",
    "sesuai": "agrees",
    "belum": "unreviewed",
    "benar": "confirmed",
    "koreksi": "corrected",
    "ditolak": "rejected",
}
"""The words of the address, and what they stand for."""

_WORDS = {code: word for word, code in STATUSES.items()}
_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?", re.ASCII)
_PAGE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LedgerAddress:
    """The part of the ledger that an address asks for; `page` counts from 1."""

    asked: LedgerFilter
    page: int = 1
    chart: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the ledger."""
        return self.asked != LedgerFilter(rules=self.asked.rules)

    @property
    def query(self) -> str:
        """The parameters behind "?", for the downloads of the same claims."""
        return address("", self.parts()).removeprefix("?")

    def on_page(self, page: int) -> str:
        """The address of another page of the same claims."""
        return address(PAGE, self.parts() | {"halaman": str(page) if page > 1 else None, "grafik": self.chart})

    def with_status(self, word: str) -> str:
        """The address with this status only, on its first page."""
        return address(PAGE, self.parts() | {"status": word, "grafik": self.chart})

    def parts(self) -> dict[str, str | list[str] | None]:
        """The parameters that stand for the filter."""
        asked = self.asked
        return {
            "metrik": asked.metric,
            "wilayah": asked.region,
            "periode": asked.period,
            "media": asked.outlet,
            "status": _WORDS.get(asked.status) if asked.status else None,
            "jenis": asked.kind,
            "dari": asked.since.isoformat() if asked.since else None,
            "sampai": asked.until.isoformat() if asked.until else None,
            "q": asked.text,
            "ketentuan": "1" if asked.rules else None,
        }


def read_ledger(parameters: QueryParams) -> LedgerAddress:
    """The part of the ledger that the parameters ask for; BadAddress where one cannot be read."""
    page = read_page(parameters) or 1
    period = iso_period(read_text(parameters, "periode", LONGEST_VALUE))
    if period and not _PERIOD.fullmatch(period):
        raise BadAddress(say("Periode ditulis 2026, 2026-06, Juni 2026, atau 2026-06-30."))
    status = read_text(parameters, "status", LONGEST_VALUE)
    if status and status not in STATUSES:
        raise BadAddress(say("Status tidak dikenal."))
    since, until = read_day(parameters, "dari"), read_day(parameters, "sampai")
    if since and until and since > until:
        since, until = until, since
    asked = LedgerFilter(
        metric=_code(parameters, "metrik", METRICS),
        region=read_text(parameters, "wilayah", LONGEST_VALUE) or None,
        period=period or None,
        outlet=read_text(parameters, "media", LONGEST_VALUE) or None,
        status=STATUSES.get(status),
        kind=_code(parameters, "jenis", KINDS),
        text=read_text(parameters, "q", LONGEST_VALUE) or None,
        since=since,
        until=until,
        rules=parameters.get("ketentuan") == "1",
    )
    return LedgerAddress(asked, page, read_text(parameters, "grafik", LONGEST_VALUE))


def read_page(parameters: QueryParams) -> int | None:
    """The number of the page, from 1, None where the address names none; BadAddress where it is no such number."""
    page = parameters.get("halaman") or ""
    if page and not _PAGE.fullmatch(page):
        raise BadAddress(say("Nomor halaman tidak dikenal."))
    return int(page) if page else None


def _code(parameters: QueryParams, name: str, known: dict[str, str]) -> str | None:
    value = read_text(parameters, name, LONGEST_VALUE)
    if value and value not in known:
        raise BadAddress(say("Pilihan saringan tidak dikenal."))
    return value or None
