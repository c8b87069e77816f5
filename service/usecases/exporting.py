"""Make files of searches in the background: exactly the articles that the filter shows, all pages of them."""

import json
import logging
import secrets
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.domain.article import Article
from service.domain.clipping import Clip, Clipper
from service.domain.export import FAULT_KEPT, KEPT_EXPORTS, MOST_AT_ALL, MOST_WAITING, Export, ExportKind, ExportOrder
from service.domain.query import Query
from service.domain.wording.language import say
from service.domain.wording.numbers import number
from service.errors import ExportError, IndexUnavailable, StoreError
from service.ports import ArticleStore, ClipWriter, Clock, SearchIndex

logger = logging.getLogger(__name__)

PAGE = 500
_KIND_NAMES: Mapping[ExportKind, str] = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}


class Exports:
    """Takes orders, works on some at once, and keeps the files of a day in `folder`."""

    def __init__(
        self,
        index: SearchIndex,
        store: ArticleStore,
        clipper: Clipper,
        writers: Mapping[ExportKind, ClipWriter],
        limits: Mapping[ExportKind, int],
        folder: Path,
        executor: Executor,
        clock: Clock,
    ) -> None:
        """What is unfinished in the folder is of a process that ended, and is removed."""
        self._index = index
        self._store = store
        self._clipper = clipper
        self._writers = writers
        self.limits = limits
        self._folder = folder
        self._executor = executor
        self._clock = clock
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._exports: dict[str, Export] = {}
        self._reopen()

    def begin(self, order: ExportOrder, *, again: bool = False) -> Export:
        """The export that answers the order: one under way or just finished, unless `again`, else a new one.

        ExportError where the filter shows more than fits, or too many are waiting; QueryError and IndexUnavailable as
        `SearchIndex.search`.
        """
        forget_exports(self._folder, self._clock())
        running = self._answering(order, again=again)
        if running is not None:
            return running
        order = replace(order, query=replace(order.query, collapse=False))
        total = self._index.search(order.query, size=1).total
        self._check(order.kind, total)
        now = self._clock()
        with self._lock:
            waiting = [it for it in self._exports.values() if not it.is_over]
            same = next((it for it in waiting if it.answers(order, now)), None)
            if same is not None:
                return same
            own = sum(it.person_id == order.person_id for it in waiting)
            if own >= MOST_WAITING or len(waiting) >= MOST_AT_ALL:
                raise ExportError(
                    say("Terlalu banyak unduhan yang belum selesai. Tunggu sampai salah satunya selesai.")
                )
            export = Export(secrets.token_hex(16), order.person_id, order.kind, order.search, now, total=total)
            self._exports[export.id] = export
        self._executor.submit(self._work, export.id, order)
        return export

    def export(self, export_id: str, person_id: str) -> Export | None:
        """The person's export of this id; None where there is none, or its day is over."""
        with self._lock:
            found = self._exports.get(export_id)
        if found is None or found.person_id != person_id or _is_old(found, self._clock()):
            return None
        return found

    def file(self, export: Export) -> Path | None:
        """The finished file, None where there is none (any more)."""
        path = self._folder / export.file_name
        return path if export.state == "done" and path.is_file() else None

    def close(self) -> None:
        """Stop what is under way and begin nothing more."""
        self._closing.set()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _answering(self, order: ExportOrder, *, again: bool) -> Export | None:
        now = self._clock()
        with self._lock:
            self._exports = {key: it for key, it in self._exports.items() if not _is_old(it, now)}
            answers = [it for it in self._exports.values() if it.answers(order, now) and not (again and it.is_over)]
        kept = [it for it in answers if not it.is_over or self.file(it) is not None]
        return max(kept, key=lambda it: it.begun, default=None)

    def _check(self, kind: ExportKind, total: int) -> None:
        if total > self.limits[kind]:
            raise ExportError(
                say(
                    "Saringan ini menampilkan {count} berita; {kind} memuat paling banyak {most}. "
                    "Persempit saringannya, misalnya per bulan.",
                    count=number(total),
                    kind=_KIND_NAMES[kind],
                    most=number(self.limits[kind]),
                )
            )

    def _work(self, export_id: str, order: ExportOrder) -> None:
        """Make the file, in a thread of the executor; whatever goes wrong is told on the export's page."""
        part = self._folder / f"{export_id}.part"
        try:
            self._make(export_id, order, part)
            return
        except (ExportError, IndexUnavailable, StoreError) as error:
            logger.warning("an export failed", extra={"export": export_id, "error": str(error)})
            told = str(error) if isinstance(error, ExportError) else "Mesin pencari atau basis data tidak menjawab."
        except OSError as error:
            logger.error("an export cannot be written", extra={"export": export_id, "error": str(error)})
            told = "Berkas tidak dapat ditulis di server; ruangnya mungkin habis. Beri tahu pengelola."
        except Exception:
            logger.exception("an export failed", extra={"export": export_id})
            told = FAULT_KEPT
        self._set(export_id, state="failed", finished=self._clock(), problem=told)
        for left in self._folder.glob(f"{export_id}.*"):
            left.unlink(missing_ok=True)

    def _make(self, export_id: str, order: ExportOrder, part: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        first = self._index.search(order.query, size=1)
        self._check(order.kind, first.total)
        tones = {bucket.value: bucket.count for bucket in first.facets.get("sentiment", ())}
        heading = replace(order.heading, total=first.total, tones=tones)
        self._set(export_id, state="gathering", total=first.total)
        self._writers[order.kind](part, heading, self._clips(export_id, order))
        with self._lock:
            done = replace(self._exports[export_id], state="done", finished=self._clock())
        record = self._folder / f"{done.id}.json.part"
        record.write_text(json.dumps(asdict(done), default=datetime.isoformat))
        part.replace(self._folder / done.file_name)
        record.replace(self._folder / f"{done.id}.json")
        self._set(export_id, state="done", finished=done.finished)

    def _clips(self, export_id: str, order: ExportOrder) -> Iterator[Clip]:
        done = 0
        for articles in found_articles(self._index, self._store, order.query):
            for article in articles:
                done += 1
                # Articles that come in meanwhile stand before the first page; others could still be moved in.
                self._check(order.kind, done)
                yield self._clipper.clip(article)
            self._set(export_id, done=done)
            if self._closing.is_set():
                raise ExportError(say("Pantau sedang dimulai ulang. Minta lagi unduhan ini."))
        self._set(export_id, state="printing", total=done)

    def _set(self, export_id: str, **changes: Any) -> Export:
        with self._lock:
            self._exports[export_id] = replace(self._exports[export_id], **changes)
            return self._exports[export_id]

    def _reopen(self) -> None:
        """Know the finished exports of former processes."""
        forget_exports(self._folder, self._clock())
        for path in self._folder.glob("*.part"):
            path.unlink(missing_ok=True)
        for path in self._folder.glob("*.json"):
            export = _read(path)
            if export is not None:
                self._exports[export.id] = export


def found_articles(index: SearchIndex, store: ArticleStore, query: Query) -> Iterator[list[Article]]:
    """The articles that the query finds, in its order, each story's copies too, some hundreds at a time."""
    query = replace(query, collapse=False)
    cursor: str | None = None
    while True:
        page = index.search(query, size=PAGE, cursor=cursor)
        yield store.articles([hit.article_id for hit in page.hits])
        cursor = page.cursor
        if cursor is None:
            return


def forget_exports(folder: Path, now: datetime) -> int:
    """Remove the exports whose day is over, and what was left a day ago of some that broke off; of how many."""
    told = {path.stem: _read(path) for path in folder.glob("*.json")}
    gone = {export_id for export_id, export in told.items() if export is None or _is_old(export, now)}
    for path in folder.glob("*"):
        export_id = path.name.partition(".")[0]
        if export_id not in told and _written(path, now) <= now - KEPT_EXPORTS:
            gone.add(export_id)
        if export_id in gone:
            path.unlink(missing_ok=True)
    return len(gone)


def _is_old(export: Export, now: datetime) -> bool:
    return export.finished is not None and now - export.finished >= KEPT_EXPORTS


def _written(path: Path, now: datetime) -> datetime:
    """When the file was written last; now, where it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return now


def _read(path: Path) -> Export | None:
    """The export that the file tells of; None where it cannot be read."""
    try:
        told = json.loads(path.read_text())
        told["begun"], told["finished"] = (datetime.fromisoformat(told[name]) for name in ("begun", "finished"))
        export = Export(**told)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return export if export.id == path.stem else None
