"""What the store keeps for a time, dropped some at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Engine, Table, and_, delete, func, select, true, tuple_

from service.adapters.sql.engine import transacting
from service.adapters.sql.schema import audit, fetch_events, job_runs, outbox, quarantine, sources
from service.ports import Fading


class _Kept(NamedTuple):
    table: Table
    at: Column[Any]
    which: ColumnElement[bool] = true()


_KEPT: Mapping[Fading, _Kept] = {
    "fetch_events": _Kept(fetch_events, fetch_events.c.at),
    "sources": _Kept(sources, sources.c.at),
    "quarantine": _Kept(quarantine, quarantine.c.at),
    "messages": _Kept(outbox, outbox.c.sent, outbox.c.state == "sent"),
    "job_runs": _Kept(job_runs, job_runs.c.started),
    "audit": _Kept(audit, audit.c.at),
}


class SqlFadingRows:
    """Counts and drops what is older than it should be."""

    def __init__(self, reader: Engine, writer: Engine) -> None:
        self._reader = reader
        self._writer = writer

    def count_before(self, kind: Fading, before: datetime) -> int:
        """How many of them are older than that."""
        kept = _KEPT[kind]
        counted = select(func.count()).select_from(kept.table).where(_is_old(kept, before))
        with transacting(self._reader) as connection:
            return connection.scalar(counted) or 0

    def drop_before(self, kind: Fading, before: datetime, limit: int) -> int:
        """Drop so many of them at most, the oldest first, in one short transaction; how many."""
        kept = _KEPT[kind]
        key = tuple_(*kept.table.primary_key.columns)
        oldest = select(*kept.table.primary_key.columns).where(_is_old(kept, before)).order_by(kept.at).limit(limit)
        with transacting(self._writer) as connection:
            return connection.execute(delete(kept.table).where(key.in_(oldest))).rowcount


def _is_old(kept: _Kept, before: datetime) -> ColumnElement[bool]:
    return and_(kept.at < before, kept.which)
