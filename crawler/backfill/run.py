"""A backfill: the wanted pages of WARC files into the spool, read in parallel, resumable at any moment.

Processes read parts of the files; this one writes what they find, part after part in the order of the files, so that
what is kept does not depend on who was faster. The order of the steps is the guarantee, as in crawler.pipelines: the
archive file is complete on disk; the ledger says which parts and articles it holds; it gets its name, in the spool; the
ledger says that the parts are done. A crash between any two is repaired by the next start.

Errors: BackfillError; OSError where the archive cannot be written.
"""

import fcntl
import logging
import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from crawler.archive import PART, ArchiveWriter, leftovers, publish
from crawler.backfill.ledger import Ledger
from crawler.backfill.part import FoundArticle, Part, PartReading, read_part
from crawler.backfill.wanted import Wanted
from crawler.children import end_with_parent
from crawler.warc import Damage

logger = logging.getLogger(__name__)

PART_BYTES = 16_000_000
_FILE_BYTES = 64_000_000
_FILE_ARTICLES = 1_000
_FILE_SECONDS = 300
"""What is read within so much time is read again after a crash."""
_FINGERPRINTED = 1_000_000


class BackfillError(Exception):
    """The backfill cannot begin or go on; the message says what to do."""


@dataclass(slots=True)
class BackfillReport:
    """How far a backfill is. Bytes are those of the files as they lie; `before` are those an earlier run has read.

    `responses` are all that were read, `pages` those kept, of `articles`; `left_out` counts the others by reason.
    `damage` stands with the file's name.
    """

    bytes: int = 0
    before: int = 0
    read: int = 0
    responses: int = 0
    pages: int = 0
    articles: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    damage: list[tuple[str, Damage]] = field(default_factory=list)


OnPart = Callable[[BackfillReport], None]


class Backfill:
    """Backfills into one spool. `folder` is the backfill's own, on the spool's file system."""

    def __init__(
        self,
        folder: Path,
        spool: Path,
        software: str,
        clock: Callable[[], datetime],
        *,
        processes: int = 1,
        part_bytes: int = PART_BYTES,
    ) -> None:
        self._folder = folder
        self._spool = spool
        self._software = software
        self._clock = clock
        self._processes = processes
        self._part_bytes = part_bytes

    def run(
        self, files: Sequence[Path], wanted: Wanted, on_part: OnPart = lambda report: None, *, again: bool = False
    ) -> BackfillReport:
        """Keep what is wanted of the files and was not kept before; `again` also what was."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._spool.mkdir(parents=True, exist_ok=True)
        with self._alone(), closing(Ledger(self._folder / "ledger.sqlite")) as ledger:
            self._recover(ledger)
            parts = list({(part.source, part.start): part for path in files for part in self._parts(path)}.values())
            if again:
                ledger.forget({part.source for part in parts}, wanted.fingerprint)
            left = [part for part in parts if not ledger.is_done(part, wanted.fingerprint)]
            report = BackfillReport(bytes=_bytes(parts), before=_bytes(parts) - _bytes(left))
            on_part(report)
            keeping = _Keeping(self._folder, self._spool, self._software, ledger, wanted.fingerprint, self._clock)
            with keeping.finishing():
                for part, reading in self._readings(left, wanted):
                    articles = keeping.add(part, reading.articles)
                    _count(report, part, reading, articles)
                    on_part(report)
            return report

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two backfills at once would take each other's unfinished files for leftovers."""
        with (self._folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BackfillError("another backfill into this data folder is running; wait for its end") from error
            yield

    def _recover(self, ledger: Ledger) -> None:
        """Put right what a crash left: finish sealed files, remove all other `.part` files."""
        for name in ledger.sealed():
            if (self._folder / (name + PART)).exists():
                publish(self._folder, name, into=self._spool)
                logger.info("finished archive of an earlier backfill file=%s", name)
            ledger.publish(name, self._clock())
        for part in leftovers(self._folder):
            part.unlink()

    def _parts(self, path: Path) -> Iterator[Part]:
        """The file cut into parts of about the same size."""
        try:
            size, source = path.stat().st_size, _fingerprint(path)
        except OSError as error:
            raise BackfillError(f"{path}: cannot be read ({error.strerror})") from error
        for start in range(0, size, self._part_bytes):
            yield Part(path, source, start, min(start + self._part_bytes, size))

    def _readings(self, parts: Sequence[Part], wanted: Wanted) -> Iterator[tuple[Part, PartReading]]:
        """The parts as they were read, in their order; only a few wait in memory for their turn."""
        if self._processes <= 1:
            for part in parts:
                yield part, _read(part, wanted)
            return
        pool = ProcessPoolExecutor(self._processes, mp_context=multiprocessing.get_context("spawn"), initializer=_start)
        try:
            left = iter(parts)
            running = deque((part, pool.submit(_read, part, wanted)) for part in islice(left, self._processes + 1))
            while running:
                part, future = running.popleft()
                reading = future.result()
                running.extend((part, pool.submit(_read, part, wanted)) for part in islice(left, 1))
                yield part, reading
        except BrokenProcessPool as error:
            raise BackfillError("a reading process was ended from outside; run the same command to go on") from error
        finally:
            pool.shutdown(cancel_futures=True)


class _Keeping:
    """Writes found articles into archive files and keeps the ledger in step."""

    def __init__(
        self, folder: Path, spool: Path, software: str, ledger: Ledger, wanted: str, clock: Callable[[], datetime]
    ) -> None:
        self._writer = ArchiveWriter(folder, software, prefix="backfill")
        self._folder = folder
        self._spool = spool
        self._ledger = ledger
        self._wanted = wanted
        self._clock = clock
        self._parts: list[Part] = []
        self._open: set[str] = set()

    def add(self, part: Part, found: Sequence[FoundArticle]) -> list[FoundArticle]:
        """Keep the part's articles; those that were not kept before."""
        now = self._clock()
        fresh = [article for article in found if not self._knows(article.id)]
        if not fresh:
            self._ledger.done(part, self._wanted, now)
            return []
        for article in fresh:
            self._writer.add(article.id, article.pages, now)
            self._open.add(article.id)
        self._parts.append(part)
        writer = self._writer
        if writer.articles >= _FILE_ARTICLES or writer.size >= _FILE_BYTES or writer.age(now) >= _FILE_SECONDS:
            self._finish()
        return fresh

    def _knows(self, article: str) -> bool:
        return article in self._open or self._ledger.knows(article)

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Finish the last file when the block ends, also where reading cannot go on; give it up after any other error.

        An interruption may have left half a record at the end of it, which would hide all that is written after.
        """
        try:
            try:
                yield
            except BackfillError:
                self._finish()
                raise
            self._finish()
        except BaseException:
            self._writer.discard()
            raise

    def _finish(self) -> None:
        name = self._writer.seal()
        if name is None:
            return
        self._ledger.seal(name, self._parts, self._wanted, self._open)
        publish(self._folder, name, into=self._spool)
        self._ledger.publish(name, self._clock())
        self._parts, self._open = [], set()


def _start() -> None:
    """Begin a reading process: it ends with this one, and leaves an interruption to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _read(part: Part, wanted: Wanted) -> PartReading:
    try:
        return read_part(part, wanted)
    except OSError as error:
        raise BackfillError(f"{part.path}: cannot be read ({error.strerror})") from error


def _fingerprint(path: Path) -> str:
    """The same for a file that was moved or renamed, another one for a file that has grown."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        digest = sha256(str(size).encode())
        for start in (0, max(0, size - _FINGERPRINTED)):
            file.seek(start)
            digest.update(file.read(_FINGERPRINTED))
    return digest.hexdigest()[:32]


def _bytes(parts: Sequence[Part]) -> int:
    return sum(part.stop - part.start for part in parts)


def _count(report: BackfillReport, part: Part, reading: PartReading, kept: Sequence[FoundArticle]) -> None:
    report.read += part.stop - part.start
    report.responses += reading.responses
    report.articles += len(kept)
    report.pages += sum(len(article.pages) for article in kept)
    report.left_out.update(reading.left_out)
    report.left_out["kept-before"] += sum(len(article.pages) for article in reading.articles) - sum(
        len(article.pages) for article in kept
    )
    report.damage += [(part.path.name, damage) for damage in reading.damage]
