"""The index's directory: one generation is current, a rebuild makes the next one and swaps it in atomically.

<root>/current               name of the current generation, replaced in one step
<root>/generation-…/         a complete tantivy index
<root>/generation-….part/    one being built; left behind only by a crash
<root>/lock                  held while somebody writes
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.domain import terms
from service.errors import IndexBusy, IndexUnavailable

REBUILD = "Rebuild it with `pantau index --rebuild`; the articles are safe in the store."
_FORMAT = f"4.{terms.VERSION}"
_PAUSE = 0.05


class Generations:
    """The generations under `root`; every name carries the format, so that an older program's index is noticed."""

    def __init__(self, root: Path, lock_timeout: float) -> None:
        self._root = root
        self._lock_timeout = lock_timeout

    def current(self) -> Path | None:
        """The directory of the current generation; None while nothing was ever indexed."""
        try:
            name = (self._root / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            if self._complete():
                raise IndexUnavailable(f"The search index in {self._root} has lost its pointer. {REBUILD}") from None
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnavailable(f"The search index in {self._root} cannot be read: {error}. {REBUILD}") from error
        if not name.startswith(f"generation-{_FORMAT}-") or "/" in name:
            raise IndexUnavailable(f"The search index in {self._root} is of another version. {REBUILD}")
        return self._root / name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among all writing processes while the block runs; the kernel frees the lock of a killed process."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            handle = (self._root / "lock").open("w")
        except OSError as error:
            raise IndexUnavailable(f"The search index in {self._root} cannot be written: {error}.") from error
        with handle:
            deadline = time.monotonic() + self._lock_timeout
            while not _try_lock(handle.fileno()):
                if time.monotonic() >= deadline:
                    raise IndexBusy(f"Another process writes the search index in {self._root}. Try again later.")
                time.sleep(_PAUSE)
            yield

    def replace_by(self, build: Callable[[Path], None]) -> None:
        """Let `build` fill a new directory, make it current and remove the others. Call it while `locked`."""
        name = f"generation-{_FORMAT}-{secrets.token_hex(6)}"
        part = self._root / f"{name}.part"
        try:
            part.mkdir()
            build(part)
            part.rename(self._root / name)
            self._point_to(name)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        for other in self._root.glob("generation-*"):
            if other.name != name:
                # Readers that still have the old files open keep them until they look again.
                shutil.rmtree(other, ignore_errors=True)

    def _point_to(self, name: str) -> None:
        """Make the generation current, also after a power cut."""
        pointer = self._root / "current.part"
        with pointer.open("w", encoding="ascii") as handle:
            handle.write(name)
            handle.flush()
            os.fsync(handle.fileno())
        pointer.replace(self._root / "current")
        directory = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def _complete(self) -> list[Path]:
        return [found for found in self._root.glob("generation-*") if found.suffix != ".part"]


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
