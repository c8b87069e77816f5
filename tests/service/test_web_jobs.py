"""The page of the worker's jobs, and what tells that nobody does them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.domain.job import JobRun, JobState
from service.web.desk import Desk
from tests.service.builders import NOW, ManualClock
from tests.service.desk_sample import sample_desk
from tests.service.fake_index import FakeIndex
from tests.service.fake_jobs import FakeJobs
from tests.service.signed_in import signed_in

SILENCE = "Pekerja latar tidak berjalan sejak"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def desk(clock: ManualClock) -> Desk:
    jobs = FakeJobs(clock)
    worked = JobRun("ingest", NOW - MINUTE, 3.25, "ok", "12 berita baru, 2 peringatan")
    broken = JobRun("index", NOW - MINUTE, 0.4, "failed", "", "indeks <b>sedang</b> dibuat ulang")
    jobs.keep(
        [
            replace(JobState("ingest").after(worked), next=NOW + timedelta(seconds=5)),
            replace(JobState("index").after(broken), next=NOW + MINUTE),
            JobState("pekerjaan-masa-depan"),
        ],
        [worked, broken],
    )
    return replace(sample_desk(FakeIndex()), jobs=jobs, clock=clock)


def test_each_job_is_shown_with_its_last_run_its_result_and_its_next_turn(desk: Desk) -> None:
    desk.jobs.take("a", "kantor-pusat", 4711)
    text = signed_in(desk).get("/pekerjaan").text
    assert "kantor-pusat" in text
    assert "pid 4711" in text
    assert SILENCE not in text
    assert text.index("Memahami berita") < text.index("Mengindeks") < text.index("pekerjaan-masa-depan")
    for told in ("12 berita baru, 2 peringatan", "selama 3,2 detik", "gagal 1×", "Sen 23 Nov 2026, 08.01 WIB"):
        assert told in text
    assert "indeks &lt;b&gt;sedang&lt;/b&gt; dibuat ulang" in text


def test_the_log_of_one_job_can_be_read_alone(desk: Desk) -> None:
    text = signed_in(desk).get("/pekerjaan?pekerjaan=ingest").text
    log = text.partition('id="catatan"')[2]
    assert "12 berita baru" in log
    assert "dibuat ulang" not in log
    assert signed_in(desk).get("/pekerjaan?pekerjaan=lain").status_code == 200


def test_a_worker_that_never_ran_is_told_without_alarm(desk: Desk) -> None:
    client = signed_in(desk)
    assert "belum pernah berjalan" in client.get("/pekerjaan").text
    assert SILENCE not in client.get("/").text


def test_readers_see_no_jobs(desk: Desk) -> None:
    reader = signed_in(desk, "pembaca")
    assert reader.get("/pekerjaan").status_code == 403
    assert "/pekerjaan" not in reader.get("/cari").text
    assert signed_in(desk, "admin").get("/pekerjaan").status_code == 200


@pytest.mark.parametrize("role", ["pembaca", "analis"])
def test_the_dashboard_says_that_the_worker_does_not_run_and_since_when(
    desk: Desk, clock: ManualClock, role: str
) -> None:
    desk.jobs.take("a", "kantor-pusat", 4711)
    client = signed_in(desk, role)  # type: ignore[arg-type]
    assert SILENCE not in client.get("/").text
    clock.advance(3 * MINUTE)
    assert f"{SILENCE} Sen 23 Nov 2026, 08.00 WIB" in re.sub("</?time[^>]*>", "", client.get("/").text)


def test_a_worker_that_was_stopped_is_told_at_once(desk: Desk) -> None:
    desk.jobs.take("a", "kantor-pusat", 4711)
    desk.jobs.leave("a")
    client = signed_in(desk)
    for address in ("/", "/pekerjaan"):
        text = client.get(address).text
        assert SILENCE in text
        assert "dihentikan dengan sengaja di kantor-pusat" in text


def test_the_monitoring_system_is_told_of_jobs_and_worker(desk: Desk, clock: ManualClock) -> None:
    desk.jobs.take("a", "kantor-pusat", 4711)
    client = signed_in(desk)

    def sample(name: str, **labels: str) -> float:
        families = text_string_to_metric_families(client.get("/metrics").text)
        return next(it.value for family in families for it in family.samples if (it.name, it.labels) == (name, labels))

    assert sample("pantau_worker_up") == 1
    assert sample("pantau_job_runs_total", job="ingest", outcome="ok") == 1
    assert sample("pantau_job_runs_total", job="index", outcome="failed") == 1
    assert sample("pantau_job_failures", job="index") == 1
    assert sample("pantau_job_last_ok_timestamp_seconds", job="ingest") == (NOW - MINUTE).timestamp()
    clock.advance(3 * MINUTE)
    assert sample("pantau_worker_up") == 0
    assert sample("pantau_worker_heard_timestamp_seconds") == NOW.timestamp()
