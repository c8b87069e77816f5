"""What a monitoring system reads under /metrics."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service.web.app import create_app
from service.web.desk import Desk
from tests.service.builders import NOW, a_message
from tests.service.desk_sample import SILENT, sample_desk
from tests.service.fake_index import FakeIndex

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture(scope="module")
def desk() -> Desk:
    desk = replace(sample_desk(FakeIndex()), spool_files=lambda: 4)
    with desk.store.transaction() as transaction:
        transaction.enqueue(a_message("tunda"), "digest", NOW)
    desk.store.mark_failed("tunda", "refused", None)
    return desk


@pytest.fixture(scope="module")
def samples(desk: Desk) -> Samples:
    answer = TestClient(create_app(desk)).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def of(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, tuple(sorted(labels.items()))]


def test_every_outlet_tells_how_much_it_printed_and_when(samples: Samples) -> None:
    quiet = "suarapesisir"
    assert of(samples, "pantau_outlet_articles_last_day", outlet=quiet) == 3
    assert of(samples, "pantau_outlet_articles_usual", outlet=quiet) > 10
    assert of(samples, "pantau_outlet_last_article_timestamp_seconds", outlet=quiet) == NOW.timestamp() - 3600
    assert of(samples, "pantau_outlet_last_ok_timestamp_seconds", outlet=quiet) == NOW.timestamp() - 3600
    assert of(samples, "pantau_outlet_pages_last_fortnight", outlet="hariantimur", what="short") == 10
    assert of(samples, "pantau_outlet_pages_last_fortnight", outlet="balikini", what="unread") == 1


def test_alarms_are_told_by_outlet_and_kind_also_where_there_is_none(samples: Samples) -> None:
    assert of(samples, "pantau_outlet_alarm", outlet="hariantimur", kind="redesign") == 1
    assert of(samples, "pantau_outlet_alarm", outlet=SILENT.id, kind="silent") == 1
    assert of(samples, "pantau_outlet_alarm", outlet="lensaborneo", kind="silent") == 0
    assert of(samples, "pantau_alarm", kind="network") == 0


def test_fetches_are_counted_by_outlet_kind_and_outcome(samples: Samples) -> None:
    told = {"outlet": "kabarsukamaju", "kind": "sitemap"}
    assert of(samples, "pantau_fetches_total", **told, outcome="soft") == 2
    assert of(samples, "pantau_fetches_total", **told, outcome="ok") == 0
    assert of(samples, "pantau_fetches_total", outlet="kilasnusantara", kind="feed", outcome="hard") == 1


def test_queues_are_told(samples: Samples) -> None:
    assert of(samples, "pantau_spool_files") == 4
    assert of(samples, "pantau_articles_not_indexed") == 0
    assert of(samples, "pantau_messages", state="dead", cause="digest", channel="mail") == 1
    assert of(samples, "pantau_messages", state="pending", cause="alert", channel="mail") == 1
    assert of(samples, "pantau_messages", state="pending", cause="alert", channel="telegram") == 0
    assert of(samples, "pantau_oldest_due_message_seconds") >= 0
    assert of(samples, "pantau_quarantined_pages") == 1
    assert of(samples, "pantau_articles", relevance="relevant") > 30


def test_a_strange_host_learns_no_counts_and_metrics_can_be_switched_off(desk: Desk) -> None:
    assert TestClient(create_app(desk)).get("/metrics", headers={"Host": "evil.example"}).status_code == 400
    assert TestClient(create_app(replace(desk, metrics=False))).get("/metrics").status_code == 404
