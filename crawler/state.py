"""What the crawler remembers between crawls, in a SQLite file of its own.

A link is *pending* from the moment a source named it until its article is in a finished WARC file (*seen*) or will
not be tried for a while (*failed*). A source's validators and its links are written together: a feed that answers
"not modified" tomorrow has lost none of the articles that today's crawl did not get to.

A listing's next page that is worth reading is *unread* from the moment the page before it was read until it is read
itself, or never can be: an interrupted crawl through an archive goes on where it stopped.

A WARC file passes through three steps: *sealed* (complete on disk, still called .part), renamed, committed (its
articles are seen, or looked at again). A crash between any two is repaired by `recover` in crawler.pipelines.

An article worth a second look is *watched* until its last one. What a look found lies in a WARC file like the article
itself, and counts with it: a look that a crash wiped out is taken again.

Errors: StateError, StateUnwritable (crawler.state_schema).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crawler.link import Link
from crawler.polling import Pace
from crawler.state_schema import StateUnwritable, migrate
from crawler.watch import Watch

MAX_ATTEMPTS = 10
"""Soft failures of an article after which it is left alone for a month; with the usual back-off, after three days."""
_LONGEST_BACKOFF = timedelta(days=1)
_FAILED_PAGE_BACKOFF = timedelta(days=30)
_ROBOTS_KEPT = timedelta(hours=24)
"""RFC 9309, 2.4: a crawler should not use a copy for longer."""
_SEEN_KEPT = timedelta(days=400)
"""After a source last named an article; some sections list the articles of a whole year."""
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class SourceMemory:
    """What is known of a source from earlier crawls."""

    etag: str | None = None
    last_modified: str | None = None
    retry_at: datetime | None = None
    is_known: bool = True
    pace: Pace | None = None
    entries: frozenset[str] = frozenset()
    """The ids that the source named when it was last read."""

    def is_due(self, now: datetime) -> bool:
        """Whether the source is to be read again."""
        return self.pace is None or self.pace.due <= now

    def is_resting(self, now: datetime) -> bool:
        """Whether the source is left alone after a failure."""
        return self.retry_at is not None and self.retry_at > now


@dataclass(frozen=True, slots=True)
class HostMemory:
    """How a host was asked: `requests` on `day`, how often in a row it refused, and until when it is left alone."""

    day: date
    requests: int = 0
    refusals: int = 0
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """A host's robots.txt as it was fetched; None where it has none."""

    body: bytes | None


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
        with _unwritable():
            self._db = sqlite3.connect(path, isolation_level=None)
        try:
            with _unwritable():
                self._db.execute("PRAGMA journal_mode = WAL")
                # FULL: a WARC file counts as seen only once that is on disk, also when the power fails.
                self._db.execute("PRAGMA synchronous = FULL")
                migrate(self._db)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    def source(self, url: str) -> SourceMemory:
        """What is known of the source at `url`."""
        row = self._db.execute(
            "SELECT etag, last_modified, retry_at, interval, read_at, listed, peak, entries FROM source WHERE url = ?",
            (url,),
        ).fetchone()
        if row is None:
            return SourceMemory(is_known=False)
        etag, last_modified, retry_at, interval, read_at, listed, peak, entries = row
        pace = None
        if read_at is not None:
            pace = Pace(timedelta(seconds=interval), datetime.fromisoformat(read_at), listed, peak)
        return SourceMemory(etag, last_modified, _time(retry_at), True, pace, _unpacked(entries))

    def sitemaps_of(self, index: str) -> list[str]:
        """The sitemaps that the sitemap index at this URL named when it was last read."""
        return [url for (url,) in self._db.execute("SELECT url FROM source WHERE parent = ? ORDER BY url", (index,))]

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
        *,
        pace: Pace | None = None,
        entries: Sequence[str] = (),
        sitemaps: Sequence[str] = (),
    ) -> None:
        """The document at `source` is read: its `new` links are pending, it has these validators, `unread` are next.

        `entries` are the ids of all it names, `sitemaps` those of which it is the index.
        """
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
            db.execute("INSERT OR IGNORE INTO source (url) VALUES (?)", (source,))
            db.execute(
                "UPDATE source SET etag = ?, last_modified = ?, entries = ?, failures = 0, retry_at = NULL"
                " WHERE url = ?",
                (etag, last_modified, _packed(entries), source),
            )
            _keep_pace(db, source, pace)
            _keep_sitemaps(db, source, sitemaps)
            day = now.date().isoformat()
            db.executemany(
                "UPDATE seen SET named = ? WHERE id = ? AND (named IS NULL OR named < ?)",
                ((day, entry, day) for entry in entries),
            )

    def unread(self) -> list[Unread]:
        """The listing pages that earlier crawls did not get to."""
        return [Unread(*row) for row in self._db.execute("SELECT url, outlet, source, number FROM unread ORDER BY url")]

    def leave_unread(self, url: str) -> None:
        """The listing page can never be read, or is not wanted any more."""
        with self._transaction() as db:
            db.execute("DELETE FROM unread WHERE url = ?", (url,))

    def source_unchanged(self, url: str, pace: Pace | None = None) -> None:
        """The source answered well; its failures are over."""
        with self._transaction() as db:
            db.execute("UPDATE source SET failures = 0, retry_at = NULL WHERE url = ?", (url,))
            _keep_pace(db, url, pace)
            db.execute("DELETE FROM unread WHERE url = ?", (url,))

    def source_failed(
        self, url: str, backoff: timedelta, now: datetime, longest: timedelta = _LONGEST_BACKOFF
    ) -> datetime:
        """When the source may be asked again: later after every failure in a row."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO source (url) VALUES (?)", (url,))
            (failures,) = db.execute("SELECT failures FROM source WHERE url = ?", (url,)).fetchone()
            retry_at = now + grown(backoff, failures, longest)
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
        retry_at = now + grown(backoff, link.attempts)
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
                "INSERT OR REPLACE INTO seen (id, warc, at, named) SELECT ?, warc, ?, ? FROM seen WHERE id = ?",
                (link.id, now.isoformat(), now.date().isoformat(), article_id),
            )

    def seal(self, warc: str, ids: Iterable[str], watches: Mapping[str, Watch | None] | None = None) -> None:
        """The WARC file is complete on disk with these articles, and about to be renamed.

        `watches` says for articles by id how they are watched from then on; None: not any more.
        """
        with self._transaction() as db:
            db.executemany("INSERT OR IGNORE INTO sealed (warc, id) VALUES (?, ?)", ((warc, one) for one in ids))
            for article, watch in (watches or {}).items():
                row = (None, None, None) if watch is None else (watch.outlet, watch.due.isoformat(), watch.to_json())
                db.execute(
                    "INSERT OR REPLACE INTO sealed_watch (warc, id, outlet, due, watch) VALUES (?, ?, ?, ?, ?)",
                    (warc, article, *row),
                )

    def sealed(self) -> list[str]:
        """The names of WARC files that were sealed and not committed."""
        rows = self._db.execute("SELECT warc FROM sealed UNION SELECT warc FROM sealed_watch ORDER BY warc")
        return [name for (name,) in rows]

    def commit(self, warc: str, now: datetime) -> None:
        """The WARC file has its name: its articles are seen."""
        with self._transaction() as db:
            ids = "SELECT id FROM sealed WHERE warc = ?"
            db.execute(
                "INSERT OR REPLACE INTO seen (id, warc, at, named) SELECT id, warc, ?, ? FROM sealed WHERE warc = ?",
                (now.isoformat(), now.date().isoformat(), warc),
            )
            db.execute("DELETE FROM watched WHERE id IN (SELECT id FROM sealed_watch WHERE warc = ?)", (warc,))
            db.execute(
                "INSERT INTO watched (id, outlet, due, watch)"
                " SELECT id, outlet, due, watch FROM sealed_watch WHERE warc = ? AND watch IS NOT NULL",
                (warc,),
            )
            db.execute("DELETE FROM sealed_watch WHERE warc = ?", (warc,))
            db.execute(f"DELETE FROM pending WHERE id IN ({ids})", (warc,))  # noqa: S608 — a constant
            db.execute(f"DELETE FROM failed WHERE id IN ({ids})", (warc,))  # noqa: S608 — a constant
            db.execute("DELETE FROM sealed WHERE warc = ?", (warc,))

    def watched(self, outlets: Sequence[str], limit: int, now: datetime) -> list[Watch]:
        """The articles that are due for another look, at most `limit` an outlet, the longest due first."""
        watches: list[Watch] = []
        for outlet in outlets:
            rows = self._db.execute(
                "SELECT watch FROM watched WHERE due <= ? AND outlet = ? ORDER BY due, id LIMIT ?",
                (now.isoformat(), outlet, limit),
            )
            watches += [Watch.from_json(watch) for (watch,) in rows]
        return watches

    def watch(self, watch: Watch) -> None:
        """The article is watched like this from now on, without anything new in the archive."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO watched (id, outlet, due, watch) VALUES (?, ?, ?, ?)",
                (watch.id, watch.outlet, watch.due.isoformat(), watch.to_json()),
            )

    def unwatch(self, article_id: str) -> None:
        """The article is not looked at any more."""
        with self._transaction() as db:
            db.execute("DELETE FROM watched WHERE id = ?", (article_id,))

    def robots(self, root: str, now: datetime) -> RobotsCopy | None:
        """The robots.txt of this scheme and host, where it was fetched lately."""
        row = self._db.execute("SELECT fetched, body FROM robots WHERE root = ?", (root,)).fetchone()
        if row is None or datetime.fromisoformat(row[0]) + _ROBOTS_KEPT <= now:
            return None
        return RobotsCopy(row[1])

    def keep_robots(self, root: str, body: bytes | None, now: datetime) -> None:
        """The host's robots.txt was fetched; None where it has none."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO robots (root, fetched, body) VALUES (?, ?, ?)", (root, now.isoformat(), body)
            )

    def host(self, name: str, today: date) -> HostMemory:
        """How the host was asked, as of today."""
        row = self._db.execute(
            "SELECT day, requests, refusals, rests_until FROM host WHERE name = ?", (name,)
        ).fetchone()
        if row is None:
            return HostMemory(today)
        day, requests, refusals, rests_until = row
        return HostMemory(today, requests if day == today.isoformat() else 0, refusals, _time(rests_until))

    def keep_hosts(self, hosts: Mapping[str, HostMemory]) -> None:
        """These hosts were asked."""
        with self._transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO host (name, day, requests, refusals, rests_until) VALUES (?, ?, ?, ?, ?)",
                (
                    (name, one.day.isoformat(), one.requests, one.refusals, _text(one.rests_until))
                    for name, one in hosts.items()
                ),
            )

    def requests_on(self, day: date) -> int:
        """How many requests were made on this day, to all hosts."""
        (total,) = self._db.execute(
            "SELECT coalesce(sum(requests), 0) FROM host WHERE day = ?", (day.isoformat(),)
        ).fetchone()
        return int(total)

    def has_work(self, outlets: Mapping[str, Sequence[str]], now: datetime) -> bool:
        """Whether a crawl would have anything to do now for these outlets, by id with the URLs of their sources."""
        if self.sealed():
            return True
        resting = {
            name for (name,) in self._db.execute("SELECT name FROM host WHERE rests_until > ?", (now.isoformat(),))
        }
        return any(host_of(url) not in resting for url in self._due(outlets, now))

    def _due(self, outlets: Mapping[str, Sequence[str]], now: datetime) -> Iterator[str]:
        """The URLs of all that waits for a crawl."""
        for sources in outlets.values():
            for source in sources:
                for url in (source, *self.sitemaps_of(source)):
                    memory = self.source(url)
                    if memory.is_due(now) and not memory.is_resting(now):
                        yield url
        for page in self.unread():
            if page.outlet in outlets and not self.source(page.url).is_resting(now):
                yield page.url
        moment = now.isoformat()
        pending = "SELECT outlet, url FROM pending WHERE retry_at IS NULL OR retry_at <= ?"
        yield from (url for outlet, url in self._db.execute(pending, (moment,)) if outlet in outlets)
        watched = "SELECT outlet, json_extract(watch, '$.url') FROM watched WHERE due <= ?"
        yield from (url for outlet, url in self._db.execute(watched, (moment,)) if outlet in outlets)

    def tidy(self, now: datetime) -> bool:
        """Forget what will not be needed again, once a day; whether this was the time."""
        row = self._row("SELECT done FROM chore WHERE name = 'tidy'")
        if row is not None and datetime.fromisoformat(row[0]) + timedelta(days=1) > now:
            return False
        old = (now - _SEEN_KEPT).date().isoformat()
        with self._transaction() as db:
            # Articles of the first release bear no such day before a source names them again.
            db.execute("DELETE FROM seen WHERE coalesce(named, at) < ?", (old,))
            db.execute("DELETE FROM failed WHERE retry_at < ?", ((now - _FAILED_PAGE_BACKOFF).isoformat(),))
            db.execute("DELETE FROM source WHERE parent IS NULL AND coalesce(read_at, retry_at) < ?", (old,))
            # What is pending or watched for so long belongs to an outlet that nobody crawls any more.
            db.execute("DELETE FROM pending WHERE found < ?", (old,))
            db.execute("DELETE FROM watched WHERE due < ?", ((now - _FAILED_PAGE_BACKOFF).isoformat(),))
            db.execute("DELETE FROM robots WHERE fetched < ?", ((now - _ROBOTS_KEPT).isoformat(),))
            db.execute(
                "DELETE FROM host WHERE day < ? AND coalesce(rests_until, '') < ?",
                ((now.date() - timedelta(days=7)).isoformat(), now.isoformat()),
            )
            db.execute("INSERT OR REPLACE INTO chore (name, done) VALUES ('tidy', ?)", (now.isoformat(),))
        return True

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
        with _unwritable():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite itself takes back what a full disk stopped
                    self._db.execute("ROLLBACK")
                raise


@contextmanager
def _unwritable() -> Iterator[None]:
    """By its right name, what SQLite says where there is no room, no right to write, or a broken disk."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StateUnwritable(str(error)) from error


def grown(backoff: timedelta, failures: int, longest: timedelta = _LONGEST_BACKOFF) -> timedelta:
    """The pause after so many failures before this one: twice as long after each, `longest` at most."""
    return min(backoff * (1 << min(failures, 20)), max(longest, backoff))


def host_of(url: str) -> str:
    """The host whose patience a request to this URL uses up; with its port, without the `www.` that leads to it."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _keep_pace(db: sqlite3.Connection, url: str, pace: Pace | None) -> None:
    if pace is not None:
        values = (pace.interval.total_seconds(), pace.read.isoformat(), pace.listed, pace.peak, url)
        db.execute("UPDATE source SET interval = ?, read_at = ?, listed = ?, peak = ? WHERE url = ?", values)


def _keep_sitemaps(db: sqlite3.Connection, index: str, sitemaps: Sequence[str]) -> None:
    db.execute("UPDATE source SET parent = NULL WHERE parent = ?", (index,))
    for url in sitemaps:
        db.execute("INSERT OR IGNORE INTO source (url) VALUES (?)", (url,))
        db.execute("UPDATE source SET parent = ? WHERE url = ?", (index, url))


def _packed(ids: Sequence[str]) -> bytes:
    return b"".join(bytes.fromhex(one) for one in ids)


def _unpacked(ids: bytes) -> frozenset[str]:
    return frozenset(ids[at : at + _ID_BYTES].hex() for at in range(0, len(ids), _ID_BYTES))


def _text(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
