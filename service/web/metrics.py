"""What a monitoring system is told, counted from the store when it asks: Prometheus' text format.

Names follow its conventions: base units, `_total` for what only grows, labels for what is told apart.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import product
from typing import get_args

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from service.domain.health import GENERAL, OF_ONE_OUTLET, OutletHealth, OutletRecord, PressHealth, judge
from service.domain.message import Cause, DeliveryState
from service.web.desk import Desk

_OUTCOMES = ("ok", "unchanged", "soft", "hard")


def make_metrics(desk: Desk) -> APIRouter:
    """The route `/metrics`."""
    router = APIRouter(include_in_schema=False)
    registry = CollectorRegistry()
    registry.register(StoreCollector(desk))

    @router.get("/metrics")
    def metrics() -> Response:
        """Every count of now."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


class StoreCollector(Collector):
    """Counts what the store, the outbox and the spool hold; keeps nothing between two questions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def describe(self) -> Iterable[Metric]:
        """Nothing: names are known without asking the store when the process starts."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every metric with its samples."""
        now = self._desk.clock()
        records = self._desk.store.outlet_records([outlet.id for outlet in self._desk.outlets], now)
        press = judge(records, now)
        yield from _queues(self._desk)
        yield from _volumes(press.outlets)
        yield from _times(press.outlets)
        yield from _alarms(press)
        yield _fetches(records)


def _queues(desk: Desk) -> Iterator[Metric]:
    counts = desk.store.counts()
    articles = GaugeMetricFamily("pantau_articles", "Articles stored, by relevance.", labels=["relevance"])
    for relevance in ("relevant", "mention", "irrelevant", "hidden"):
        articles.add_metric([relevance], counts[relevance])
    yield articles
    yield from _messages(desk)
    yield _single("pantau_articles_not_indexed", "Articles that wait for the search index.", counts["not_indexed"])
    yield _single("pantau_quarantined_pages", "Pages without an article that could be read.", counts["quarantined"])
    yield _single("pantau_spool_files", "Finished WARC files that wait to be read.", desk.spool_files())


def _messages(desk: Desk) -> Iterator[Metric]:
    tally = desk.outbox.tally()
    messages = GaugeMetricFamily("pantau_messages", "Messages in the outbox.", labels=["state", "cause", "channel"])
    seen = {channel for _, _, channel in tally} | set(desk.outbox.channels)
    for state, cause, channel in product(get_args(DeliveryState), get_args(Cause), sorted(seen)):
        messages.add_metric([state, cause, channel], tally.get((state, cause, channel), 0))
    yield messages
    now = desk.clock()
    oldest = desk.outbox.oldest_due(now)
    waits = (now - oldest).total_seconds() if oldest is not None else 0
    yield _single("pantau_oldest_due_message_seconds", "How long a message has been due that was not sent.", waits)


def _volumes(rows: Iterable[OutletHealth]) -> Iterator[Metric]:
    day = _gauge("pantau_outlet_articles_last_day", "Articles found in the last 24 hours.")
    usual = _gauge("pantau_outlet_articles_usual", "Articles that 24 hours usually bring, where that is known.")
    fortnight = GaugeMetricFamily(
        "pantau_outlet_pages_last_fortnight",
        "Pages of the last 14 days: articles, the relevant, short and unsurely read of them, and pages without any.",
        labels=["outlet", "what"],
    )
    for row in rows:
        day.add_metric([row.outlet], row.today)
        if row.usual is not None:
            usual.add_metric([row.outlet], row.usual)
        read = row.read
        counted = {
            "article": read.articles,
            "relevant": read.relevant,
            "short": read.short,
            "unsure": read.unsure,
            "unread": read.unread,
            "walled": read.walled,
        }
        for what, count in counted.items():
            fortnight.add_metric([row.outlet, what], count)
    yield from (day, usual, fortnight)


def _times(rows: Iterable[OutletHealth]) -> Iterator[Metric]:
    moments: tuple[tuple[str, str, Callable[[OutletHealth], datetime | None]], ...] = (
        ("last_ok", "When a source was last read.", lambda row: row.last_ok),
        ("last_article", "The hour in which the newest article was found.", lambda row: row.last_article),
    )
    rows = list(rows)
    for name, text, moment in moments:
        family = _gauge(f"pantau_outlet_{name}_timestamp_seconds", text)
        for row in rows:
            if (at := moment(row)) is not None:
                family.add_metric([row.outlet], at.timestamp())
        yield family


def _alarms(press: PressHealth) -> Iterator[Metric]:
    general = GaugeMetricFamily("pantau_alarm", "1 while most outlets at once are in trouble.", labels=["kind"])
    standing = {alarm.kind for alarm in press.alarms}
    for kind in GENERAL:
        general.add_metric([kind], kind in standing)
    yield general
    own = GaugeMetricFamily("pantau_outlet_alarm", "1 while the outlet is in trouble.", labels=["outlet", "kind"])
    for row in press.outlets:
        standing = {alarm.kind for alarm in row.alarms}
        for kind in OF_ONE_OUTLET:
            own.add_metric([row.outlet, kind], kind in standing)
    yield own


def _fetches(records: Iterable[OutletRecord]) -> Metric:
    fetches = CounterMetricFamily(
        "pantau_fetches",
        "What became of requests to the outlet's sources and articles.",
        labels=["outlet", "kind", "outcome"],
    )
    for record in records:
        for kind in sorted({source.kind for source in record.sources}):
            of_kind = [source for source in record.sources if source.kind == kind]
            for outcome in _OUTCOMES:
                fetches.add_metric([record.outlet, kind, outcome], sum(getattr(it, outcome) for it in of_kind))
    return fetches


def _gauge(name: str, text: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=["outlet"])


def _single(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
