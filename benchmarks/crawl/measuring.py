"""A child process under measurement: how long it took, what it cost, how much memory it held on the way."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OnLine = Callable[[str, int], None]
"""Hears a line of the child's standard output, and the bytes of memory the child holds at that moment."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, in seconds."""

    wall: float
    cpu: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def run_measured(module: str, given: str, on_line: OnLine) -> Cost:
    """Run `python -m module` with this standard input to its end; RuntimeError where it fails."""
    begun = time.monotonic()
    child = _start(module, stdin=given)
    for line in child.stdout or ():
        on_line(line, _memory_of(child.pid))
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{module} ended with code {child.returncode}")
    return Cost(time.monotonic() - begun, usage.ru_utime + usage.ru_stime)


@contextmanager
def site_process(module: str, *arguments: str) -> Iterator[int]:
    """The port that a serving process prints; it ends with its standard input."""
    child = _start(module, *arguments)
    try:
        assert child.stdout is not None
        yield int(child.stdout.readline())
    finally:
        child.communicate()


def _start(module: str, *arguments: str, stdin: str | None = None) -> subprocess.Popen[str]:
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
        [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if stdin is not None and child.stdin is not None:
        child.stdin.write(stdin)
        child.stdin.close()
    return child


def _memory_of(pid: int) -> int:
    """Resident bytes of the process; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
