"""The tables of the crawler's memory, and how a file of an earlier release becomes one of this release.

Errors: StateError, and of it StateUnwritable.
"""

import sqlite3

# Appended to, never edited: a file of version N has been through the first N.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    # Files of the first release bear no version; they have these tables already.
    (
        """CREATE TABLE IF NOT EXISTS source (
            url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE IF NOT EXISTS unread (
            url TEXT PRIMARY KEY, outlet TEXT NOT NULL, source TEXT NOT NULL, number INTEGER NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE IF NOT EXISTS pending (
            id TEXT PRIMARY KEY, url TEXT NOT NULL, outlet TEXT NOT NULL, discovery TEXT NOT NULL, via TEXT NOT NULL,
            first INTEGER NOT NULL, found TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT
        ) WITHOUT ROWID""",
        "CREATE INDEX IF NOT EXISTS pending_by_outlet ON pending (outlet, first DESC, found DESC)",
        """CREATE TABLE IF NOT EXISTS failed (
            id TEXT PRIMARY KEY, url TEXT NOT NULL, reason TEXT NOT NULL, failures INTEGER NOT NULL,
            retry_at TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE IF NOT EXISTS sealed (
            warc TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (warc, id)
        ) WITHOUT ROWID""",
        "CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, warc TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        # `parent` is the sitemap index that names a sitemap; `entries` are the ids a document last named, 8 bytes each.
        "ALTER TABLE source ADD COLUMN parent TEXT",
        "ALTER TABLE source ADD COLUMN interval REAL",
        "ALTER TABLE source ADD COLUMN read_at TEXT",
        "ALTER TABLE source ADD COLUMN listed INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE source ADD COLUMN peak REAL NOT NULL DEFAULT 0",
        "ALTER TABLE source ADD COLUMN entries BLOB NOT NULL DEFAULT x''",
        "CREATE INDEX source_by_parent ON source (parent) WHERE parent IS NOT NULL",
        # `named` is the last day on which a source named the article.
        "ALTER TABLE seen ADD COLUMN named TEXT",
        "CREATE TABLE robots (root TEXT PRIMARY KEY, fetched TEXT NOT NULL, body BLOB) WITHOUT ROWID",
        """CREATE TABLE host (
            name TEXT PRIMARY KEY, day TEXT NOT NULL, requests INTEGER NOT NULL, refusals INTEGER NOT NULL,
            rests_until TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE watched (
            id TEXT PRIMARY KEY, outlet TEXT NOT NULL, due TEXT NOT NULL, watch TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX watched_by_due ON watched (due)",
        # What a finished WARC file means for the watched articles; without a watch it is the last of an article.
        """CREATE TABLE sealed_watch (
            warc TEXT NOT NULL, id TEXT NOT NULL, outlet TEXT, due TEXT, watch TEXT, PRIMARY KEY (warc, id)
        ) WITHOUT ROWID""",
        "CREATE TABLE chore (name TEXT PRIMARY KEY, done TEXT NOT NULL) WITHOUT ROWID",
    ),
)

VERSION = len(_MIGRATIONS)


class StateError(Exception):
    """The file cannot be used; the message says why."""


class StateUnwritable(StateError):
    """The file takes nothing more, for want of room or of the right to write; what it holds stays as it was."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the file to this release's tables, in one transaction; StateError where a later release wrote it."""
    if _version(db) == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = _version(db)
        if version > VERSION:
            raise StateError(f"written by a later release (version {version}, this one knows {VERSION})")
        for statements in _MIGRATIONS[version:]:
            for statement in statements:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)
