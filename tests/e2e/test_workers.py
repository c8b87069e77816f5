"""Two workers as processes of their own: the second waits, and takes over when the first ends, however it ends."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.adapters.sql import SqlStore
from service.domain.job import LEASE, WorkerSign
from service.settings import ROOT
from tests.e2e.test_run import OUTLETS
from tests.service.stores import postgres_server

pytestmark = pytest.mark.e2e

PATIENCE = 90.0
NOTICED = LEASE.total_seconds() + 30
"""In which a dead worker is followed; a busy machine needs a while to start anything."""


@dataclass
class Started:
    """A worker process and its log."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self, what: str) -> bool:
        return what in " ".join(self.log.read_text(encoding="utf-8").split())


def a_postgres(_folder: Path) -> str:
    return postgres_server().migrated()


DATABASES = [
    pytest.param(lambda folder: f"sqlite:///{folder / 'pantau.sqlite'}", id="sqlite"),
    pytest.param(a_postgres, id="postgres"),
]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    make: Callable[[Path], str] = request.param
    return make(tmp_path)


@pytest.fixture
def start(url: str, tmp_path: Path) -> Iterator[Callable[..., Started]]:
    """Starts a worker on a data folder of this name and on the one database."""
    outlets = tmp_path / "outlets.toml"
    outlets.write_text(OUTLETS, encoding="utf-8")
    with ExitStack() as stack:

        def start(name: str, folder: str = "") -> Started:
            environment = {
                **os.environ,
                "PANTAU_PATHS__DATA": str(tmp_path / (folder or name)),
                "PANTAU_PATHS__OUTLETS": str(outlets),
                "PANTAU_STORE__URL": url,
            }
            log = tmp_path / f"{name}.log"
            file = stack.enter_context(log.open("wb"))
            command = [sys.executable, "-m", "service", "worker"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=file)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return Started(process, log)

        yield start


@pytest.fixture
def worker(url: str) -> Iterator[Callable[[], WorkerSign | None]]:
    """Who has the place."""
    store = SqlStore(url)
    store.migrate()
    yield store.jobs.worker
    store.close()


def wait_for(what: Callable[[], bool], seconds: float = PATIENCE, *started: Started) -> float:
    """Until it is so; how long that took."""
    began = time.monotonic()
    while not what():
        for one in started:
            assert one.process.poll() is None, one.log.read_text()
        assert time.monotonic() - began < seconds, [one.log.read_text() for one in started]
        time.sleep(0.2)
    return time.monotonic() - began


def has(worker: Callable[[], WorkerSign | None], started: Started) -> bool:
    sign = worker()
    return sign is not None and not sign.ended and sign.pid == started.process.pid


def test_a_worker_that_shares_only_the_database_waits_and_follows_one_that_was_killed(
    start: Callable[..., Started], worker: Callable[[], WorkerSign | None]
) -> None:
    first = start("pertama")
    wait_for(lambda: has(worker, first), PATIENCE, first)
    second = start("kedua")
    holder = f"host {socket.gethostname()}, pid {first.process.pid}, since "
    wait_for(lambda: second.said(f"Another worker does the jobs ({holder}"), PATIENCE, first, second)
    assert has(worker, first)
    assert not (second.log.parent / "kedua" / "spool").exists()

    first.process.kill()
    first.process.wait()
    took = wait_for(lambda: has(worker, second), NOTICED, second)
    print(f"followed after {took:.1f} s")
    wait_for(lambda: second.said("this one takes over"), PATIENCE, second)


@pytest.mark.parametrize("url", DATABASES[:1], indirect=True)
def test_a_worker_that_is_stopped_ends_within_its_bound_and_is_followed_at_once(
    start: Callable[..., Started], worker: Callable[[], WorkerSign | None]
) -> None:
    first = start("pertama", "bersama")
    wait_for(lambda: has(worker, first), PATIENCE, first)
    second = start("kedua", "bersama")
    wait_for(lambda: second.said("on this data folder"), PATIENCE, first, second)
    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(timeout=PATIENCE) == 0, first.log.read_text()
    # Nothing of its time is waited for: it has said that it ended, or is followed already.
    sign = worker()
    assert sign is not None
    assert sign.ended or sign.pid == second.process.pid
    wait_for(lambda: has(worker, second), PATIENCE, second)
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(timeout=PATIENCE) == 0, second.log.read_text()
    left = worker()
    assert left is not None
    assert left.ended


def stand_still(worker: Started, url: str) -> None:
    """Stop the process at a moment in which it holds no lock of the database."""
    for _ in range(50):
        worker.process.send_signal(signal.SIGSTOP)
        if not url.startswith("sqlite"):
            return
        try:
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=1)) as connection:
                connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError:
            worker.process.send_signal(signal.SIGCONT)
            time.sleep(0.2)
    pytest.fail("the worker never lets go of the database")


def test_a_worker_that_stood_still_lets_its_follower_work(
    start: Callable[..., Started], worker: Callable[[], WorkerSign | None], url: str
) -> None:
    first = start("pertama")
    wait_for(lambda: has(worker, first), PATIENCE, first)
    stand_still(first, url)
    second = start("kedua")
    wait_for(lambda: has(worker, second), PATIENCE + NOTICED, second)
    first.process.send_signal(signal.SIGCONT)
    wait_for(lambda: first.said("this worker has lost its place"), PATIENCE, first, second)
    wait_for(lambda: first.said(f"another worker has taken the place: host {socket.gethostname()}"), PATIENCE, first)
    assert has(worker, second)
