"""A worker killed at random moments, then started again: the same counts, no alert twice."""

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.walk import DemoRun

pytestmark = pytest.mark.crash

KILLS = int(os.environ.get("PANTAU_TEST_KILLS", "2"))
COUNTED = ("articles", "relevant", "mention", "irrelevant", "figures", "negative", "stories", "alerts", "quarantined")


def test_kills_at_random_moments_change_no_count_and_repeat_no_alert(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    moments = random.Random(seed)
    undisturbed = DemoRun(tmp_path / "undisturbed")
    begun = time.monotonic()
    undisturbed.finish()
    duration = time.monotonic() - begun
    with undisturbed.store() as store:
        expected = store.counts()
        alerts = {
            (alert.rule_id, article.url.partition("/")[2]) for alert, article in store.alerts(limit=1000) if article
        }

    disturbed = DemoRun(tmp_path / "disturbed")
    for _ in range(KILLS):
        process = disturbed.start()
        with suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.5, duration))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    disturbed.finish()
    with disturbed.store() as store:
        counts = store.counts()
        raised = [(alert.rule_id, alert.about) for alert, _ in store.alerts(limit=1000)]
        sent = [entry for entry in store.outbox(limit=1000) if entry.cause == "alert"]
    assert {name: counts[name] for name in COUNTED} == {name: expected[name] for name in COUNTED}
    assert len(raised) == len(set(raised)) == expected["alerts"] == len(alerts)
    assert len(sent) == len({entry.message.id for entry in sent})
