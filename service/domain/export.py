"""A search as a file: what was asked for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from service.domain.clipping import ClipHeading
from service.domain.query import Query

ExportKind = Literal["csv", "xlsx", "pdf"]
ExportState = Literal["waiting", "gathering", "printing", "done", "failed"]

EXPORT_KINDS: tuple[ExportKind, ...] = get_args(ExportKind)
UNFINISHED: frozenset[ExportState] = frozenset({"waiting", "gathering", "printing"})

KEPT_EXPORTS = timedelta(days=1)
REUSED_WITHIN = timedelta(minutes=10)
"""How long a finished file answers the same request again; then the search may find other articles."""

MOST_WAITING = 5
"""Unfinished exports of one person."""

MOST_AT_ALL = 50
"""Unfinished exports of everybody."""


FAULT_KEPT = "Kesalahan ini sudah dicatat. Coba lagi; bila terulang, beri tahu pengelola."
"""Why there is no file, where nobody foresaw the error."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Who wants which search as what: `search` is the address that stands for it, `query` what it asks the index."""

    person_id: str
    kind: ExportKind
    search: str
    query: Query
    heading: ClipHeading


@dataclass(frozen=True, slots=True)
class Export:
    """One export: `done` of `total` articles are gathered; `problem` is why it failed, for the person."""

    id: str
    person_id: str
    kind: ExportKind
    search: str
    begun: datetime
    state: ExportState = "waiting"
    total: int = 0
    done: int = 0
    finished: datetime | None = None
    problem: str = ""

    @property
    def file_name(self) -> str:
        """Under which its file is kept."""
        return f"{self.id}.{self.kind}"

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state not in UNFINISHED

    def answers(self, order: ExportOrder, now: datetime) -> bool:
        """Whether it is what is ordered: not yet finished, or finished a short while ago."""
        same = (self.person_id, self.kind, self.search) == (order.person_id, order.kind, order.search)
        fresh = not self.is_over or (self.finished is not None and now - self.finished < REUSED_WITHIN)
        return same and fresh and self.state != "failed"
