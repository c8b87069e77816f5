"""One worker at a time, by the data folder and by the database."""

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from service.app import App
from service.domain.job import DELIVERY, LEASE
from service.domain.wording.jobs import job_name
from service.errors import PantauError, StoreError
from service.settings import load_settings
from service.worker import Place, WorkerLock, jobs
from tests.service.builders import ManualClock, a_message
from tests.service.fake_jobs import FakeJobs

ELSEWHERE = "host gudang, pid 77, since 2026-11-23 01:00:00 UTC"


class AwayJobs(FakeJobs):
    """A database that stops answering."""

    is_away = False

    def hear(self, worker_id: str) -> bool:
        if self.is_away:
            raise StoreError("the database is away")
        return super().hear(worker_id)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def a_place(jobs: FakeJobs, folder: Path, clock: ManualClock) -> Place:
    return Place(jobs, WorkerLock(folder / "worker.lock"), now=lambda: clock().timestamp())


def test_a_second_worker_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    with WorkerLock(tmp_path / "worker.lock"), pytest.raises(PantauError, match="another worker is running"):
        WorkerLock(tmp_path / "worker.lock").__enter__()
    with WorkerLock(tmp_path / "worker.lock"):
        pass


def test_a_worker_that_shares_only_the_database_is_told_who_has_the_place(tmp_path: Path, clock: ManualClock) -> None:
    jobs = FakeJobs(clock)
    jobs.take("lain", "gudang", 77)
    place = a_place(jobs, tmp_path, clock)
    assert place.take() == ELSEWHERE
    assert not place.is_held()
    with WorkerLock(tmp_path / "worker.lock"):
        pass
    clock.advance(LEASE + timedelta(seconds=1))
    assert place.take() is None
    assert place.is_held()
    assert str(jobs.worker()).startswith(f"host {socket.gethostname()}, pid {os.getpid()}, since ")
    place.leave()


def test_a_worker_that_shares_the_data_folder_waits_also_for_one_that_stands_still(
    tmp_path: Path, clock: ManualClock
) -> None:
    jobs = FakeJobs(clock)
    first, second = a_place(jobs, tmp_path, clock), a_place(jobs, tmp_path, clock)
    assert first.take() is None
    clock.advance(2 * LEASE)
    holder = second.take()
    assert holder is not None
    assert f"pid {os.getpid()}" in holder
    assert "on this data folder" in holder
    first.leave()
    assert second.take() is None
    second.leave()


def test_a_worker_that_slept_knows_that_its_place_may_be_anothers(tmp_path: Path, clock: ManualClock) -> None:
    jobs = FakeJobs(clock)
    place, other = a_place(jobs, tmp_path / "a", clock), a_place(jobs, tmp_path / "b", clock)
    assert place.take() is None
    clock.advance(LEASE + timedelta(seconds=1))
    assert not place.is_held()
    assert other.take() is None
    assert not place.hear()
    place.leave()
    assert other.hear()
    other.leave()


def test_a_database_that_is_away_for_a_moment_costs_no_worker_its_place(tmp_path: Path, clock: ManualClock) -> None:
    jobs = AwayJobs(clock)
    place = a_place(jobs, tmp_path, clock)
    assert place.take() is None
    jobs.is_away = True
    clock.advance(LEASE / 2)
    assert place.hear()
    clock.advance(LEASE / 2)
    assert not place.hear()
    place.leave()


def test_each_channel_is_delivered_by_a_job_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_PATHS__DATA", str(tmp_path / "data"))
    for key, value in {"TYPE": "webhook", "ADDRESS": "https://crm.agency.example/", "SECRET": "k" * 32}.items():
        monkeypatch.setenv(f"PANTAU_CHANNELS__CRM__{key}", value)
    with App(load_settings()) as app:
        deliveries = {job.name: job for job in jobs(app) if job.name.startswith(DELIVERY)}
        with app.store.transaction() as transaction:
            transaction.enqueue(a_message("m1"), "alert", app.clock())
        assert [job_name(name) for name in deliveries] == ["Mengirim pesan", "Mengirim pesan lewat crm"]
        assert deliveries["deliver-crm"].run() == ""
        assert deliveries["deliver"].run() == "1 pesan terkirim"
