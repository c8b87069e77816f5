"""The process that delivers is killed (SIGKILL) at random moments, again and again, and nothing is lost or doubled.

Half of the moments are drawn from the clock; half from the steps of the code that claims, sends and marks, so that they
also fall between a message that was accepted and its mark. `PANTAU_TEST_KILLS` sets how many, `PANTAU_TEST_SEED` which.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.adapters.sql import SqlStore
from service.domain.message import Attached, Message
from tests.service.builders import a_message
from tests.service.delivering import LEASE, ROOM, steps_taken
from tests.service.mail_server import MoodyServer, serving

pytestmark = [pytest.mark.crash, pytest.mark.timeout(1800)]

KILLS = int(os.environ.get("PANTAU_TEST_KILLS", "6"))
SEED = os.environ.get("PANTAU_TEST_SEED")
ALERTS, DIGESTS = 200, 20
_TRIED = 10
"""Messages of the run by which steps and seconds are measured."""


def an_alert(number: int) -> Message:
    return a_message(f"alert-{number:03}", recipient=f"orang{number % 7}@agency.example")


def a_digest(number: int) -> Message:
    table = Attached("kliping.xlsx", "application/vnd.ms-excel", bytes(range(256)) * 200)
    return replace(a_message(f"digest-{number:03}", recipient=f"grup{number}@agency.example"), attachments=(table,))


@dataclass
class House:
    """A database with messages, the server that they are for, and what was seen of the kills."""

    url: str
    server: MoodyServer
    told: Path
    claims: set[tuple[str, str]] = field(default_factory=set)
    in_hand: Counter[str] = field(default_factory=Counter)

    def fill(self, alerts: int, digests: int) -> None:
        store, now = SqlStore(self.url), datetime.now(UTC)
        store.migrate()
        with store.transaction() as transaction:
            for number in range(alerts):
                transaction.enqueue(an_alert(number), "alert", now)
            for number in range(digests):
                transaction.enqueue(a_digest(number), "digest", now)
        store.close()

    def start(self, end: str = "0") -> subprocess.Popen[bytes]:
        """A process that has begun to deliver, and ends itself there."""
        self.told.write_bytes(bytes(ROOM))
        module = "tests.service.delivering"
        command = [sys.executable, "-m", module, self.url, str(self.server.port), end, str(self.told)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.stdout.close()
        return process

    def wait_for(self, messages: int) -> None:
        """Until so many more messages were accepted."""
        wanted = len(self.server.accepted) + messages
        while len(self.server.accepted) < wanted:
            time.sleep(0.001)

    def look(self) -> None:
        """Which message the killed process had in its hands: one at most."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            rows = connection.execute(
                text("SELECT id, claim FROM outbox WHERE claim IS NOT NULL AND state = 'pending'")
            )
            new = {(row.id, row.claim) for row in rows} - self.claims
        engine.dispose()
        assert len(new) <= 1
        self.claims |= new
        self.in_hand.update(name for name, _ in new)


def test_kills_at_random_moments_lose_no_message_and_double_at_most_the_one_in_hand(tmp_path: Path) -> None:
    seed = int(SEED) if SEED else random.randrange(1_000_000)
    chance = random.Random(seed)
    with serving(MoodyServer()) as server:
        trial = House(f"sqlite:///{tmp_path / 'trial.db'}", server, tmp_path / "told")
        trial.fill(_TRIED, 0)
        process, begun = trial.start(), time.monotonic()
        assert process.wait() == 0
        seconds, steps = (time.monotonic() - begun) / _TRIED, steps_taken(trial.told)[0] / _TRIED
        assert len(server.accepted) == _TRIED
        server.accepted.clear()

        house = House(f"sqlite:///{tmp_path / 'pantau.db'}", server, tmp_path / "told")
        house.fill(ALERTS, DIGESTS)
        # Some messages are left for the last run, however fast the machine is meanwhile.
        moments = sorted(chance.uniform(0, 0.8 * (ALERTS + DIGESTS)) for _ in range(KILLS))
        places = Counter[str]()
        for number, (before, moment) in enumerate(pairwise([0.0, *moments])):
            messages = moment - before
            if number % 2:
                process = house.start(str(max(round(messages * steps), 1)))
            else:
                process = house.start()
                house.wait_for(int(messages))
                time.sleep(chance.uniform(0, seconds))
                process.kill()
            assert process.wait() == -signal.SIGKILL
            places[steps_taken(house.told)[1] if number % 2 else "the clock"] += 1
            house.look()
        time.sleep(LEASE.total_seconds())
        assert house.start().wait() == 0

        sent = server.counted
        duplicates = sum(sent.values()) - len(sent)
        print(
            f"seed {seed}: {sum(sent.values())} accepted, {len(sent)} distinct, {duplicates} twice, {KILLS} kills; "
            f"killed at: {dict(places)}"
        )
        assert set(sent) == {
            *(f"<alert-{number:03}@agency.example>" for number in range(ALERTS)),
            *(f"<digest-{number:03}@agency.example>" for number in range(DIGESTS)),
        }
        assert duplicates <= KILLS
        for message_id, times in sent.items():
            assert times - 1 <= house.in_hand[message_id.strip("<>").partition("@")[0]]
    store = SqlStore(house.url)
    assert store.messages.tally() == {("sent", "alert", "mail"): ALERTS, ("sent", "digest", "mail"): DIGESTS}
    store.close()


@pytest.mark.parametrize(
    ("place", "times"),
    [
        ("return claim", 1),
        ("call SMTP.data", 1),
        ("return SMTP.data", 2),
        ("return SqlStore.mark_sent", 1),
    ],
)
def test_only_a_message_that_was_accepted_and_not_yet_marked_is_sent_twice(
    tmp_path: Path, place: str, times: int
) -> None:
    with serving(MoodyServer()) as server:
        house = House(f"sqlite:///{tmp_path / 'pantau.db'}", server, tmp_path / "told")
        house.fill(3, 0)
        assert house.start(place).wait() == -signal.SIGKILL
        time.sleep(LEASE.total_seconds())
        assert house.start().wait() == 0
        assert [server.counted[f"<alert-{n:03}@agency.example>"] for n in range(3)] == [times, 1, 1]
