"""What backfills have done, in a SQLite file of its own, so that one goes on where it was interrupted.

The parts whose pages stand in one archive file are *sealed* with it (complete on disk, still called .part) and *done*
when the file has its name. A part that holds nothing to be kept is done at once.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from crawler.backfill.part import Part

_SCHEMA = """
CREATE TABLE IF NOT EXISTS part (
    source TEXT, wanted TEXT, start INTEGER, stop INTEGER, file TEXT NOT NULL, sealed_in TEXT, done TEXT,
    PRIMARY KEY (source, wanted, start, stop)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, sealed_in TEXT NOT NULL) WITHOUT ROWID;
"""


class Ledger:
    """The memory of all backfills into one data folder. One process at a time; every method is one transaction.

    `wanted` is the fingerprint of a choice of pages: what was read for one choice is unread for another.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a part counts as read only once that is on disk, also when the power fails.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def is_done(self, part: Part, wanted: str) -> bool:
        """Whether all that is wanted of the part is kept."""
        found = self._db.execute(
            "SELECT 1 FROM part WHERE source = ? AND wanted = ? AND start = ? AND stop = ? AND done IS NOT NULL",
            (part.source, wanted, part.start, part.stop),
        )
        return found.fetchone() is not None

    def forget(self, sources: Iterable[str], wanted: str) -> None:
        """These files were never read for this choice, and nothing of what was kept of them is known."""
        keys = [(source, wanted) for source in sources]
        with self._transaction():
            self._db.executemany(
                "DELETE FROM kept WHERE sealed_in IN (SELECT sealed_in FROM part WHERE source = ? AND wanted = ?)", keys
            )
            self._db.executemany("DELETE FROM part WHERE source = ? AND wanted = ?", keys)

    def knows(self, article: str) -> bool:
        """Whether the article of this id was kept."""
        return self._db.execute("SELECT 1 FROM kept WHERE id = ?", (article,)).fetchone() is not None

    def done(self, part: Part, wanted: str, now: datetime) -> None:
        """The part holds nothing that is to be kept."""
        self._note(part, wanted, None, now.isoformat())

    def seal(self, name: str, parts: Iterable[Part], wanted: str, articles: Iterable[str]) -> None:
        """The archive file of this name is complete on disk: it holds these articles, all that is kept of the parts."""
        with self._transaction():
            for part in parts:
                self._note(part, wanted, name, None)
            self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", [(article, name) for article in articles])

    def sealed(self) -> list[str]:
        """The archive files that are sealed and may not have their names yet."""
        return [name for (name,) in self._db.execute("SELECT DISTINCT sealed_in FROM part WHERE done IS NULL")]

    def publish(self, name: str, now: datetime) -> None:
        """The archive file has its name: its parts are done."""
        self._db.execute("UPDATE part SET done = ? WHERE sealed_in = ? AND done IS NULL", (now.isoformat(), name))

    def _note(self, part: Part, wanted: str, sealed_in: str | None, done: str | None) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?)",
            (part.source, wanted, part.start, part.stop, part.path.name, sealed_in, done),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
