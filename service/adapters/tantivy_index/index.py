"""`SearchIndex` on tantivy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from service.adapters.tantivy_index import documents
from service.adapters.tantivy_index.answering import Answer
from service.adapters.tantivy_index.generations import REBUILD, Generations
from service.domain.article import Article
from service.domain.cursor import read_cursor
from service.domain.query import NOTHING_FOUND, Query, SearchPage
from service.domain.query_language.reading import read_query
from service.errors import IndexUnavailable

_WRITER_HEAP = 50_000_000


class TantivyIndex:
    """An index in a directory. Any number of processes may read while one writes; nothing is held between calls.

    `outlets` are the names of the outlets by id, as queries name them.
    """

    def __init__(self, path: Path, *, outlets: Mapping[str, str] | None = None, lock_timeout: float = 30.0) -> None:
        self._path = path
        self._outlets = outlets
        self._generations = Generations(path, lock_timeout)
        self._schema = documents.schema()
        self._open: tuple[Path, tantivy.Index] | None = None

    def put(self, articles: Sequence[Article]) -> Sequence[str]:
        """Add or replace, durable and visible to the next search when it returns; it refuses none."""
        if not articles:
            return ()

        def replace(writer: tantivy.IndexWriter) -> None:
            for article in articles:
                writer.delete_documents_by_term("id", article.id)
                writer.add_document(documents.document(article))

        self._write(replace)
        return ()

    def delete(self, ids: Sequence[str]) -> None:
        """Remove these; unknown ids are no error."""
        if not ids or self._generations.current() is None:
            return

        def remove(writer: tantivy.IndexWriter) -> None:
            for article_id in ids:
                writer.delete_documents_by_term("id", article_id)

        self._write(remove)

    def rebuild(self, articles: Iterator[Article]) -> Sequence[str]:
        """Replace everything by these, atomically; it refuses none. A failure leaves the former index in use."""

        def fill(directory: Path) -> None:
            with self._translated():
                index = documents.prepare(tantivy.Index(self._schema, str(directory)))
                writer = index.writer(_WRITER_HEAP, 1)
            try:
                for article in articles:
                    with self._translated():
                        writer.add_document(documents.document(article))
                with self._translated():
                    writer.commit()
            finally:
                # Also after a failure: its threads must not write into the directory while it is removed.
                writer.wait_merging_threads()

        with self._generations.locked():
            self._generations.replace_by(fill)
        self._open = None
        return ()

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        """One page of the answer; QueryError where the text or the cursor cannot be read."""
        node = read_query(query.text, self._outlets)
        after = read_cursor(cursor, query.sort) if cursor else None
        opened = self._newest_state()
        if opened is None:
            return NOTHING_FOUND
        with self._translated():
            return Answer(*opened, query, node).page(size, after)

    def count(self) -> int:
        """How many articles it holds."""
        opened = self._newest_state()
        return opened[1].num_docs if opened is not None else 0

    def close(self) -> None:
        """Release the files."""
        self._open = None

    def _newest_state(self) -> tuple[tantivy.Index, tantivy.Searcher] | None:
        """The newest committed state, also of other processes; None while there is no index yet."""
        directory = self._generations.current()
        while directory is not None:
            opened = failure = None
            try:
                opened = self._state_of(directory)
            except IndexUnavailable as error:
                failure = error
            # A rebuild removes the former generation after its swap. tantivy takes a file that is missing then for an
            # empty one, so that what was opened counts only while its generation is still the current one.
            newest = self._generations.current()
            if newest == directory:
                if failure is not None:
                    raise failure
                return opened
            directory = newest
        return None

    def _state_of(self, directory: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
        with self._translated():
            opened = self._open
            if opened is None or opened[0] != directory:
                index = documents.prepare(tantivy.Index.open(str(directory)))
                # Every search looks itself (some 20 µs); a watcher thread would leave a gap after each commit.
                index.config_reader("manual")
                opened = self._open = (directory, index)
            opened[1].reload()
            return opened[1], opened[1].searcher()

    def _write(self, change: Callable[[tantivy.IndexWriter], None]) -> None:
        with self._generations.locked():
            if self._generations.current() is None:
                self._generations.replace_by(self._create)
            directory = self._generations.current()
            with self._translated():
                index = documents.prepare(tantivy.Index.open(str(directory)))
                writer = index.writer(_WRITER_HEAP, 1)
                change(writer)
                writer.commit()
                writer.wait_merging_threads()

    def _create(self, directory: Path) -> None:
        with self._translated():
            tantivy.Index(self._schema, str(directory))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Engine errors inside the block, told as IndexUnavailable with what to do."""
        try:
            yield
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"The search index in {self._path} is damaged: {error}. {REBUILD}") from error
