import logging
from datetime import timedelta
from pathlib import Path

import pytest

from service.adapters.crawl_process import CrawlFailed
from service.app import App
from service.errors import PantauError, StoreError
from service.settings import load_settings
from service.usecases.alerting import DeliveryReport
from service.worker import Job, WorkerLock, jobs, run_job
from tests.service.builders import a_message


def test_a_second_worker_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    with WorkerLock(tmp_path / "worker.lock"), pytest.raises(PantauError, match="another worker is running"):
        WorkerLock(tmp_path / "worker.lock").__enter__()
    with WorkerLock(tmp_path / "worker.lock"):
        pass


@pytest.mark.parametrize(
    "error", [StoreError("the database is away"), CrawlFailed("ended with code 3"), ValueError("a fault of ours")]
)
def test_a_job_that_fails_is_logged_and_comes_round_again(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    runs = []

    def fail() -> None:
        runs.append(1)
        raise error

    job = Job("ingest", timedelta(seconds=1), fail)
    with caplog.at_level(logging.ERROR):
        run_job(job)
        run_job(job)
    assert len(runs) == 2
    assert all("ingest failed, will be tried again" in record.getMessage() for record in caplog.records)


def test_each_channel_is_delivered_by_a_job_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    for key, value in {"TYPE": "webhook", "ADDRESS": "https://crm.agency.example/", "SECRET": "k" * 32}.items():
        monkeypatch.setenv(f"PANTAU_CHANNELS__CRM__{key}", value)
    with App(load_settings()) as app:
        deliveries = {job.name: job for job in jobs(app) if job.name.startswith("alerts")}
        with app.store.transaction() as transaction:
            transaction.enqueue(a_message("m1"), "alert", app.clock())
        assert list(deliveries) == ["alerts", "alerts-crm"]
        assert deliveries["alerts-crm"].run() == DeliveryReport()
        assert deliveries["alerts"].run() == DeliveryReport(sent=1)
