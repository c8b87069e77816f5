"""A demo run as a process of its own on a data folder of its own, and what it left in the store."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from demo.manifest import Manifest, manifest
from demo.newsroom import Newsroom
from service.adapters.sql import SqlStore
from service.settings import ROOT
from tests.ports import free_port

MAX_SECONDS = 240


class DemoRun:
    """`pantau demo --no-serve` on one data folder and one port of the newsroom, as often as a test likes."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._port = free_port()

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "service", "demo", "--no-serve"]
        return subprocess.Popen(
            [*command, "--data", str(self.data), "--news-port", str(self._port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(self) -> str:
        """Run to the end; what it printed. The test fails where the exit code is not 0."""
        process = self.start()
        printed, _ = process.communicate(timeout=MAX_SECONDS)
        assert process.returncode == 0, printed
        return printed

    def manifest(self) -> Manifest:
        anchor = json.loads((self.data / "newsroom.json").read_text(encoding="utf-8"))["anchor"]
        return manifest(Newsroom(date.fromisoformat(anchor), self._port))

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        store = SqlStore(f"sqlite:///{self.data / 'pantau.sqlite'}")
        try:
            yield store
        finally:
            store.close()
