"""A process that delivers an outbox until nothing is due, and may end itself (SIGKILL) at one of its steps.

Steps are the calls and returns of the code that claims, sends and marks; they are counted in a file, so that whoever
waits for the process knows how far it came.
"""

import mmap
import os
import signal
import smtplib
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from service.adapters.notifiers import SmtpNotifier, mail, smtp
from service.adapters.sql import SqlStore, outgoing, store
from service.usecases import alerting

LEASE = timedelta(seconds=1)
SENDER = "Pantau <pantau@agency.example>"
ROOM = 256
_COUNT = 8
_STEPS_OF = frozenset(str(module.__file__) for module in (alerting, mail, outgoing, smtp, smtplib, store))


def watch(end: str, told: Path) -> None:
    """Have this process count its steps in the file, and end at one of them: at its number, or at its first place.

    It ends at none where `end` is "0".
    """
    with told.open("r+b") as file:
        memory = mmap.mmap(file.fileno(), ROOM)
    count = 0

    def look(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in {"call", "return"} and frame.f_code.co_filename in _STEPS_OF:
            count += 1
            memory[:_COUNT] = count.to_bytes(_COUNT)
            place = f"{event} {frame.f_code.co_qualname}"
            if end in (str(count), place):
                written = place.encode()[: ROOM - _COUNT]
                memory[_COUNT : _COUNT + len(written)] = written
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


def steps_taken(told: Path) -> tuple[int, str]:
    """How many steps a process took, and where it ended."""
    content = told.read_bytes()
    return int.from_bytes(content[:_COUNT]), content[_COUNT:].rstrip(b"\0").decode()


def deliver(url: str, port: int, end: str, told: Path) -> None:
    """Deliver what is due; tell on the standard output that it begins."""
    kept = SqlStore(url)
    notifier = SmtpNotifier(host="127.0.0.1", port=port, security="none", username="", password="", sender=SENDER)
    delivery = alerting.Deliver(kept, notifier, lambda: datetime.now(UTC), jitter=lambda: 0.0, lease=LEASE)
    print("begun", flush=True)
    watch(end, told)
    delivery.run()
    sys.setprofile(None)
    kept.close()


if __name__ == "__main__":
    deliver(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
