"""The crawl process and the one that started it."""

import subprocess
import sys
from pathlib import Path

from crawler.job import CrawlJob


def test_a_crawl_whose_starter_is_gone_before_it_could_ask_ends_at_once(tmp_path: Path) -> None:
    job = CrawlJob(outlets=(), spool=tmp_path / "spool", state=tmp_path / "state.sqlite")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    ended = subprocess.run(
        [sys.executable, "-m", "crawler", "--parent", str(gone.pid)],
        input=job.to_json(),
        text=True,
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == 4
