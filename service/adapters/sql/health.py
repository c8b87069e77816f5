"""What the database knows of the outlets: the state of their sources, and what each hour brought."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, String, and_, case, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from service.adapters.sql.schema import articles, failed_page, fetch_events, quarantine, sources
from service.domain.health import (
    DAY,
    FORTNIGHT,
    SHORT_WORDS,
    SURE,
    WALLS,
    Hour,
    OutletRecord,
    SourceState,
    new_source,
)
from service.ports import FetchEvent

_LONGEST_SOURCE = 2100
_STATE = [field.name for field in fields(SourceState)]


class hour_of(GenericFunction[str]):  # noqa: N801  (a function of SQL)
    """The hour of a time, in UTC, as "2026-11-23 01"."""

    type = String()
    inherit_cache = True


@compiles(hour_of, "sqlite")
def _hour_in_sqlite(element: hour_of, compiler: SQLCompiler, **options: Any) -> str:
    # Times are kept there as text, in UTC.
    return f"substr({compiler.process(element.clauses, **options)}, 1, 13)"


@compiles(hour_of, "postgresql")
def _hour_in_postgresql(element: hour_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


def keep_states(connection: Connection, events: Sequence[FetchEvent]) -> None:
    """Bring the states of the sources up to date with these events."""
    states = _states_of(connection, {_key(event) for event in events})
    for event in sorted(events, key=lambda event: event.at):
        before = states.get(_key(event)) or new_source(*_key(event), event.at)
        states[_key(event)] = before.after(
            event.outcome,
            event.at,
            reason=event.reason,
            detail=event.detail,
            found=event.found,
            retry_at=event.retry_at,
        )
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(sources)
    changed = {name: statement.excluded[name] for name in _STATE if name not in ("outlet", "kind", "source")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["outlet", "kind", "source"], set_=changed),
        [{name: getattr(state, name) for name in _STATE} for state in states.values()],
    )


def _key(event: FetchEvent) -> tuple[str, str, str]:
    """One state per document; the pages of an outlet have one together."""
    return event.outlet, event.kind, "" if event.kind == "page" else event.source[:_LONGEST_SOURCE]


def _states_of(connection: Connection, keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], SourceState]:
    of = sources.c
    known = select(sources).where(tuple_(of.outlet, of.kind, of.source).in_(sorted(keys)))
    found = (SourceState(**row) for row in connection.execute(known).mappings())
    return {(state.outlet, state.kind, state.source): state for state in found}


def outlet_records(connection: Connection, outlets: Sequence[str], now: datetime) -> list[OutletRecord]:
    """What is known of these outlets, in their order."""
    states: defaultdict[str, list[SourceState]] = defaultdict(list)
    known = select(sources).where(sources.c.outlet.in_(outlets), sources.c.at <= now)
    for row in connection.execute(known.order_by(sources.c.kind, sources.c.source)).mappings():
        states[row["outlet"]].append(SourceState(**row))
    since = now - DAY * (FORTNIGHT + 1)
    hours = _hours(connection, outlets, since, now)
    for outlet in outlets:
        newest = max(hours[outlet], default=None)
        if newest is None or now - newest > DAY:
            hours[outlet] = _hours_before(connection, outlet, since) | hours[outlet]
    return [
        OutletRecord(outlet, tuple(states[outlet]), tuple(hour for _, hour in sorted(hours[outlet].items())))
        for outlet in outlets
    ]


def found_hours(connection: Connection, since: datetime) -> list[datetime]:
    """The beginnings of the hours since then in which any article was collected, the earliest first."""
    hour = hour_of(articles.c.found).label("hour")
    begun = since.replace(minute=0, second=0, microsecond=0)
    found = select(hour).where(articles.c.found >= begun).group_by(hour).order_by(hour)
    return [_begun(it) for it in connection.scalars(found)]


_Hours = defaultdict[str, dict[datetime, Hour]]


def _hours_before(connection: Connection, outlet: str, until: datetime) -> dict[datetime, Hour]:
    """The hours of the fortnight before the outlet fell silent, as far as they are before `until`."""
    of = articles.c
    last = connection.scalar(select(func.max(of.found)).where(of.outlet == outlet))
    if last is None:
        return {}
    return _hours(connection, [outlet], last - DAY * (FORTNIGHT + 1), until - timedelta(microseconds=1))[outlet]


def _hours(connection: Connection, outlets: Sequence[str], since: datetime, until: datetime) -> _Hours:
    """What each hour between these brought."""
    hours: _Hours = defaultdict(dict)
    for query in (
        _articles(outlets, since, until),
        _quarantined(outlets, since, until),
        _kept_out(outlets, since, until),
    ):
        result = connection.execute(query)
        _, _, *counted = result.keys()
        for outlet, hour, *counts in result:
            begun = _begun(hour)
            brought = Hour(begun, **dict(zip(counted, counts, strict=True)))
            known = hours[outlet].get(begun)
            hours[outlet][begun] = known + brought if known else brought
    return hours


@lru_cache(maxsize=2_000)
def _begun(hour: str) -> datetime:
    """The beginning of the hour; every outlet has the same few hundred."""
    return datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)


def _articles(outlets: Sequence[str], since: datetime, until: datetime) -> Select[Any]:
    """Articles as they were stored; a reading that tells no words is of a time that did not count them."""
    of = articles.c
    hour = hour_of(of.found)
    words = of.reading_words
    return (
        select(
            of.outlet,
            hour.label("hour"),
            func.count().label("articles"),
            _count(of.relevance == "relevant").label("relevant"),
            _count(words.between(1, SHORT_WORDS - 1)).label("short"),
            _count(and_(words >= SHORT_WORDS, of.reading_confidence < SURE)).label("unsure"),
        )
        .where(of.outlet.in_(outlets), of.found.between(since, until))
        .group_by(of.outlet, hour)
    )


def _quarantined(outlets: Sequence[str], since: datetime, until: datetime) -> Select[Any]:
    """Pages that were fetched and say no article."""
    of = quarantine.c
    hour = hour_of(of.at)
    return (
        select(
            of.outlet,
            hour.label("hour"),
            _count(of.reason.not_in(WALLS)).label("unread"),
            _count(of.reason.in_(WALLS)).label("walled"),
        )
        .where(of.outlet.in_(outlets), of.at.between(since, until))
        .group_by(of.outlet, hour)
    )


def _kept_out(outlets: Sequence[str], since: datetime, until: datetime) -> Select[Any]:
    """Pages that the outlet did not give us; each once an hour, however often it was asked for."""
    of = fetch_events.c
    hour = hour_of(of.at)
    return (
        select(of.outlet, hour.label("hour"), func.count(of.source.distinct()).label("walled"))
        .where(failed_page, of.outlet.in_(outlets), of.at.between(since, until), of.reason.in_(WALLS))
        .group_by(of.outlet, hour)
    )


def _count(wanted: Any) -> Any:
    return func.count(case((wanted, 1)))
