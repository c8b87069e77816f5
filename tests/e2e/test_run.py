"""`pantau run` without a network: it stays up, tells each outlet's trouble, and ends in order."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.wording.names import OUTLET_STATES, reason
from service.settings import ROOT
from tests.ports import free_port

pytestmark = pytest.mark.e2e

OUTLETS = """
[[outlet]]
id = "kota"
name = "Harian Kota"
home = "https://kota.invalid/"
tier = "local"
province = "72"
discover = [{ kind = "feed", url = "https://kota.invalid/feed" }]
"""
PATIENCE = 90


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    outlets = tmp_path / "outlets.toml"
    outlets.write_text(OUTLETS, encoding="utf-8")
    return {
        **os.environ,
        "PANTAU_PATHS__DATA": str(tmp_path / "data"),
        "PANTAU_PATHS__OUTLETS": str(outlets),
        "PANTAU_WEB__PORT": str(free_port()),
        "PANTAU_WEB__SIGN_IN": "false",
    }


@pytest.fixture
def running(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "service", "run"], cwd=ROOT, env=environment, stderr=log)
        yield process
        process.kill()
        process.wait()


def page(environment: dict[str, str], path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PANTAU_WEB__PORT']}{path}", timeout=5) as answer:
            text: str = answer.read().decode()
            return text
    except (urllib.error.URLError, TimeoutError):
        return ""


def test_an_unreachable_outlet_is_told_with_its_reason_and_the_next_try(
    running: subprocess.Popen[bytes], environment: dict[str, str], tmp_path: Path
) -> None:
    deadline = time.monotonic() + PATIENCE
    seen = ""
    while "Harian Kota" not in seen or reason("dns") not in seen:
        assert running.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < deadline, seen + (tmp_path / "log").read_text()
        seen = page(environment, "/sumber")
    assert OUTLET_STATES["unreachable"] in seen

    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=PATIENCE) == 0, (tmp_path / "log").read_text()
