"""What the crawler remembers between crawls, in a SQLite file of its own.

A link is *pending* from the moment a source named it until its article is in a finished WARC file (*seen*) or will
not be tried for a while (*failed*). A source's validators and its links are written together: a feed that answers
"not modified" tomorrow has lost none of the articles that today's crawl did not get to.

A listing's next page that is worth reading is *unread* from the moment the page before it was read until it is read
itself, or never can be: an interrupted crawl through an archive goes on where it stopped.

A WARC file passes through three steps: *sealed* (complete on disk, still called .part), renamed, committed (its
articles are seen). A crash between any two is repaired by `recover` in crawler.pipelines.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.link import Link

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unread (
    url TEXT PRIMARY KEY, outlet TEXT NOT NULL, source TEXT NOT NULL, number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, outlet TEXT NOT NULL, discovery TEXT NOT NULL, via TEXT NOT NULL,
    first INTEGER NOT NULL, found TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pending_by_outlet ON pending (outlet, first DESC, found DESC);
CREATE TABLE IF NOT EXISTS failed (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, reason TEXT NOT NULL, failures INTEGER NOT NULL, retry_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sealed (warc TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (warc, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, warc TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
"""

MAX_ATTEMPTS = 10
"""Soft failures of an article after which it is left alone for a month; with the usual back-off, after three days."""
_LONGEST_BACKOFF = timedelta(days=1)
_FAILED_PAGE_BACKOFF = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SourceMemory:
    """What is known of a source from earlier crawls."""

    etag: str | None = None
    last_modified: str | None = None
    retry_at: datetime | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Unread:
    """Page `number` of an outlet's listing, at `url`; `source` is the address of its first page."""

    url: str
    outlet: str
    source: str
    number: int


class CrawlState:
    """The crawler's memory. One process at a time; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # FULL: a WARC file counts as seen only once that is on disk, also when the power fails.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def source(self, url: str) -> SourceMemory:
        """What is known of the source at `url`."""
        row = self._row("SELECT etag, last_modified, retry_at FROM source WHERE url = ?", url)
        return SourceMemory(is_known=False) if row is None else SourceMemory(row[0], row[1], _time(row[2]))

    def is_seen(self, article_id: str) -> bool:
        """Whether the article lies in a finished WARC file."""
        return self._row("SELECT 1 FROM seen WHERE id = ?", article_id) is not None

    def unknown(self, links: Iterable[Link], now: datetime) -> list[Link]:
        """Those of the links that are neither seen nor pending nor lately failed, each article once."""
        by_id: dict[str, Link] = {}
        for link in links:
            by_id.setdefault(link.id, link)
        return [link for link in by_id.values() if not self._is_known(link.id, now)]

    def discovered(
        self,
        source: str,
        new: Iterable[Link],
        now: datetime,
        etag: str | None = None,
        last_modified: str | None = None,
        unread: Iterable[Unread] = (),
    ) -> None:
        """The document at `source` is read: its `new` links are pending, it has these validators, `unread` are next."""
        with self._transaction() as db:
            for link in new:
                db.execute(
                    "INSERT INTO pending (id, url, outlet, discovery, via, first, found) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (link.id, link.url, link.outlet, link.discovery, link.via, link.first, now.isoformat()),
                )
            db.execute("DELETE FROM unread WHERE url = ?", (source,))
            for page in unread:
                db.execute(
                    "INSERT OR REPLACE INTO unread (url, outlet, source, number) VALUES (?, ?, ?, ?)",
                    (page.url, page.outlet, page.source, page.number),
                )
            db.execute(
                "INSERT OR REPLACE INTO source (url, etag, last_modified) VALUES (?, ?, ?)",
                (source, etag, last_modified),
            )

    def unread(self) -> list[Unread]:
        """The listing pages that earlier crawls did not get to."""
        return [Unread(*row) for row in self._db.execute("SELECT url, outlet, source, number FROM unread ORDER BY url")]

    def leave_unread(self, url: str) -> None:
        """The listing page can never be read, or is not wanted any more."""
        with self._transaction() as db:
            db.execute("DELETE FROM unread WHERE url = ?", (url,))

    def source_unchanged(self, url: str) -> None:
        """The source answered well; its failures are over."""
        with self._transaction() as db:
            db.execute("UPDATE source SET failures = 0, retry_at = NULL WHERE url = ?", (url,))
            db.execute("DELETE FROM unread WHERE url = ?", (url,))

    def source_failed(self, url: str, backoff: timedelta, now: datetime) -> datetime:
        """When the source may be asked again: later after every failure in a row."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO source (url) VALUES (?)", (url,))
            (failures,) = db.execute("SELECT failures FROM source WHERE url = ?", (url,)).fetchone()
            retry_at = now + _grown(backoff, failures)
            db.execute(
                "UPDATE source SET failures = failures + 1, retry_at = ? WHERE url = ?", (retry_at.isoformat(), url)
            )
        return retry_at

    def pending(self, outlets: Sequence[str], limit: int, now: datetime) -> list[Link]:
        """Links that wait for a fetch, at most `limit` an outlet: those of the first words, then the newest."""
        links: list[Link] = []
        for outlet in outlets:
            rows = self._db.execute(
                "SELECT url, outlet, discovery, via, first, attempts FROM pending"
                " WHERE outlet = ? AND (retry_at IS NULL OR retry_at <= ?) ORDER BY first DESC, found DESC LIMIT ?",
                (outlet, now.isoformat(), limit),
            )
            links += [Link(url, name, how, via, bool(first), tries) for url, name, how, via, first, tries in rows]
        return links

    def page_failed_softly(self, link: Link, reason: str, backoff: timedelta, now: datetime) -> datetime:
        """When the article may be tried again; after many attempts it counts as failed for good."""
        if link.attempts + 1 >= MAX_ATTEMPTS:
            return self.page_failed(link, reason, now)
        retry_at = now + _grown(backoff, link.attempts)
        with self._transaction() as db:
            db.execute(
                "UPDATE pending SET attempts = attempts + 1, retry_at = ? WHERE id = ?", (retry_at.isoformat(), link.id)
            )
        return retry_at

    def page_failed(self, link: Link, reason: str, now: datetime) -> datetime:
        """The article cannot be had; until when it is left alone."""
        with self._transaction() as db:
            db.execute("DELETE FROM pending WHERE id = ?", (link.id,))
            row = db.execute("SELECT failures FROM failed WHERE id = ?", (link.id,)).fetchone()
            failures = 0 if row is None else int(row[0])
            retry_at = now + _FAILED_PAGE_BACKOFF * (1 << min(failures, 4))
            db.execute(
                "INSERT OR REPLACE INTO failed (id, url, reason, failures, retry_at) VALUES (?, ?, ?, ?, ?)",
                (link.id, link.url, reason, failures + 1, retry_at.isoformat()),
            )
        return retry_at

    def is_alias(self, link: Link, article_id: str, now: datetime) -> None:
        """The link leads to an article that is seen under another id: it need not be followed again."""
        with self._transaction() as db:
            db.execute("DELETE FROM pending WHERE id = ?", (link.id,))
            db.execute(
                "INSERT OR REPLACE INTO seen (id, warc, at) SELECT ?, warc, ? FROM seen WHERE id = ?",
                (link.id, now.isoformat(), article_id),
            )

    def seal(self, warc: str, ids: Iterable[str]) -> None:
        """The WARC file is complete on disk with these articles, and about to be renamed."""
        with self._transaction() as db:
            db.executemany("INSERT OR IGNORE INTO sealed (warc, id) VALUES (?, ?)", ((warc, one) for one in ids))

    def sealed(self) -> list[str]:
        """The names of WARC files that were sealed and not committed."""
        return [name for (name,) in self._db.execute("SELECT DISTINCT warc FROM sealed ORDER BY warc")]

    def commit(self, warc: str, now: datetime) -> None:
        """The WARC file has its name: its articles are seen."""
        with self._transaction() as db:
            ids = "SELECT id FROM sealed WHERE warc = ?"
            db.execute(
                "INSERT OR REPLACE INTO seen (id, warc, at) SELECT id, warc, ? FROM sealed WHERE warc = ?",
                (now.isoformat(), warc),
            )
            db.execute(f"DELETE FROM pending WHERE id IN ({ids})", (warc,))  # noqa: S608 — a constant
            db.execute(f"DELETE FROM failed WHERE id IN ({ids})", (warc,))  # noqa: S608 — a constant
            db.execute("DELETE FROM sealed WHERE warc = ?", (warc,))

    def _is_known(self, article_id: str, now: datetime) -> bool:
        known = self._row(
            "SELECT 1 FROM seen WHERE id = ?1 UNION ALL SELECT 1 FROM pending WHERE id = ?1"
            " UNION ALL SELECT 1 FROM failed WHERE id = ?1 AND retry_at > ?2",
            article_id,
            now.isoformat(),
        )
        return known is not None

    def _row(self, sql: str, *values: str) -> tuple[str, ...] | None:
        with closing(self._db.execute(sql, values)) as cursor:
            row: tuple[str, ...] | None = cursor.fetchone()
        return row

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Written together or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _grown(backoff: timedelta, failures: int) -> timedelta:
    return min(backoff * (1 << min(failures, 20)), _LONGEST_BACKOFF)


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
