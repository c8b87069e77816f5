"""What the store keeps for a time only, on each database."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.adapters.sql.store import SqlStore
from service.domain.account import Actor, AuditEntry, AuditFilter
from service.domain.health import SourceState
from service.domain.job import JobRun
from service.ports import FetchEvent, Quarantined
from tests.service.builders import NOW, a_message, an_article
from tests.service.stores import STORES, AnyStore, fake

DAY = timedelta(days=1)
SQL = [store for store in STORES if store.values[0] is not fake]


@pytest.fixture(params=SQL)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    make: Callable[[Path], AnyStore] = request.param
    store = make(tmp_path)
    assert isinstance(store, SqlStore)
    yield store
    store.close()


def an_event(days: int, kind: str = "feed") -> FetchEvent:
    return FetchEvent("kota", f"https://kota.test/{kind}", kind, "ok", NOW - days * DAY)  # type: ignore[arg-type]


def sources(store: SqlStore) -> tuple[SourceState, ...]:
    return store.outlet_records(["kota"], NOW)[0].sources


def test_fetch_events_are_counted_and_dropped_some_at_a_time_the_oldest_first(store: SqlStore) -> None:
    store.record_events([an_event(days) for days in (50, 40, 31, 1)])
    month = NOW - 30 * DAY
    assert store.fading.count_before("fetch_events", month) == 3
    assert store.fading.drop_before("fetch_events", month, 2) == 2
    assert [event.at for event in store.fetch_log("kota")] == [NOW - DAY, NOW - 31 * DAY]
    assert store.fading.drop_before("fetch_events", month, 2) == 1
    assert store.fading.drop_before("fetch_events", month, 2) == 0
    assert len(store.fetch_log("kota")) == 1


def test_a_source_that_is_not_asked_any_more_is_dropped(store: SqlStore) -> None:
    store.record_events([an_event(40), an_event(20, "sitemap")])
    assert store.fading.drop_before("sources", NOW - 30 * DAY, 10) == 1
    assert [state.kind for state in sources(store)] == ["sitemap"]


def test_messages_that_were_sent_are_dropped_and_those_that_wait_or_failed_stay(store: SqlStore) -> None:
    with store.transaction() as transaction:
        for name in ("lama", "baru", "tunda", "mati"):
            transaction.enqueue(a_message(name), "alert", NOW - 400 * DAY)
    store.mark_sent("lama", NOW - 399 * DAY)
    store.mark_sent("baru", NOW - DAY)
    store.mark_failed("mati", "refused", None)
    assert store.fading.count_before("messages", NOW - 365 * DAY) == 1
    assert store.fading.drop_before("messages", NOW - 365 * DAY, 10) == 1
    assert sorted(entry.message.id for entry in store.outbox()) == ["baru", "mati", "tunda"]


def test_quarantine_runs_and_audit_fade_and_articles_stay(store: SqlStore) -> None:
    with store.transaction() as transaction:
        transaction.add(an_article())
        for days in (200, 1):
            page = Quarantined(f"https://kota.test/{days}", "kota", "a.warc.gz", "no-text", "", NOW - days * DAY)
            transaction.quarantine(page)
    store.jobs.keep([], [JobRun("ingest", NOW - days * DAY, 1, "ok", "1 berita baru") for days in (31, 1)])
    with store.accounts.transaction() as changes:
        for days in (800, 1):
            changes.record(AuditEntry(NOW - days * DAY, "signed-in", Actor(None, "Rani"), ""))
    assert store.fading.drop_before("quarantine", NOW - 180 * DAY, 10) == 1
    assert store.fading.drop_before("job_runs", NOW - 30 * DAY, 10) == 1
    assert store.fading.drop_before("audit", NOW - 730 * DAY, 10) == 1
    assert [page.url for page in store.quarantined()] == ["https://kota.test/1"]
    assert [run.started for run in store.jobs.runs()] == [NOW - DAY]
    assert [entry.at for entry in store.accounts.audit(AuditFilter())] == [NOW - DAY]
    assert store.counts()["articles"] == 1
