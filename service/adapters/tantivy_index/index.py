"""`SearchIndex` on tantivy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from service.adapters.tantivy_index import documents
from service.adapters.tantivy_index.generations import REBUILD, Generations
from service.domain.article import Article
from service.domain.cursor import read_cursor, write_cursor
from service.domain.query import Bucket, Query, SearchPage
from service.domain.searching import Item, Wanted, read_query
from service.errors import IndexUnavailable

_WRITER_HEAP = 50_000_000
_TITLE_BOOST = 3.0
_FACETS = ("outlet", "region", "sentiment")
_MOST_BUCKETS = 1_000
_RANKED = 1_000
"""Articles that are ordered by relevance; whoever reads further wants another question."""


class TantivyIndex:
    """An index in a directory. Any number of processes may read while one writes; nothing is held between calls."""

    def __init__(self, path: Path, *, lock_timeout: float = 30.0) -> None:
        self._path = path
        self._generations = Generations(path, lock_timeout)
        self._schema = documents.schema()
        self._open: tuple[Path, tantivy.Index] | None = None

    def put(self, articles: Sequence[Article]) -> None:
        """Add or replace, durable and visible to the next search when it returns."""
        if not articles:
            return

        def replace(writer: tantivy.IndexWriter) -> None:
            for article in articles:
                writer.delete_documents_by_term("id", article.id)
                writer.add_document(documents.document(article))

        self._write(replace)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove these; unknown ids are no error."""
        if not ids or self._generations.current() is None:
            return

        def remove(writer: tantivy.IndexWriter) -> None:
            for article_id in ids:
                writer.delete_documents_by_term("id", article_id)

        self._write(remove)

    def rebuild(self, articles: Iterator[Article]) -> int:
        """Replace everything by these, atomically; how many. A failure leaves the former index in use."""

        def fill(directory: Path) -> int:
            built = 0
            with self._translated():
                index = documents.prepare(tantivy.Index(self._schema, str(directory)))
                writer = index.writer(_WRITER_HEAP, 1)
            try:
                for article in articles:
                    with self._translated():
                        writer.add_document(documents.document(article))
                    built += 1
                with self._translated():
                    writer.commit()
            finally:
                # Also after a failure: its threads must not write into the directory while it is removed.
                writer.wait_merging_threads()
            return built

        with self._generations.locked():
            built = self._generations.replace_by(fill)
        self._open = None
        return built

    def search(self, query: Query, *, size: int = 20, cursor: str | None = None) -> SearchPage:
        """One page of the answer; QueryError where the text or the cursor cannot be read."""
        wanted = read_query(query.text)
        after = read_cursor(cursor, query.sort) if cursor else None
        searcher = self._searcher()
        if searcher is None:
            return SearchPage(total=0, hits=(), facets=dict.fromkeys(_FACETS, ()))
        with self._translated():
            asked = self._asked(query, wanted)
            total, facets, days = _counts(searcher, asked)
            page = self._newest if query.sort == "newest" else self._ranked
            found, last = page(searcher, asked, size, after)
            hits = tuple(documents.hit(searcher.doc(address), score, wanted) for score, address in found)
        return SearchPage(total, hits, facets, days, write_cursor(query.sort, last) if last is not None else None)

    def count(self) -> int:
        """How many articles it holds."""
        searcher = self._searcher()
        return searcher.num_docs if searcher is not None else 0

    def close(self) -> None:
        """Release the files."""
        self._open = None

    def _newest(
        self, searcher: tantivy.Searcher, asked: tantivy.Query, size: int, after: int | None
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], int | None]:
        """A page by time; `after` is the last page's lowest order, so that new articles shift nothing."""
        if after is not None:
            earlier = tantivy.Query.range_query(
                self._schema, "newest", tantivy.FieldType.Unsigned, None, after, include_upper=False
            )
            asked = _all([asked, earlier])
        found = searcher.search(asked, size + 1, count=False, order_by_field="newest").hits
        last = found[size - 1][0] if len(found) > size else None
        return [(0.0, address) for _, address in found[:size]], last

    def _ranked(
        self, searcher: tantivy.Searcher, asked: tantivy.Query, size: int, after: int | None
    ) -> tuple[list[tuple[float, tantivy.DocAddress]], int | None]:
        """A page by score, the newer first among equals; `after` is the order of the last page's last article."""
        found = searcher.search(asked, _RANKED, count=False).hits
        orders = map(_whole, searcher.fast_field_values("newest", [address for _, address in found]))
        ranked = sorted(zip(found, orders, strict=True), key=lambda pair: (-pair[0][0], -pair[1]))
        start = 0
        if after is not None:
            # An article that was deleted or replaced meanwhile ends the list instead of starting it anew.
            start = next((at + 1 for at, (_, order) in enumerate(ranked) if order == after), len(ranked))
        page = ranked[start : start + size]
        last = page[-1][1] if page and start + size < len(ranked) else None
        return [pair for pair, _ in page], last

    def _asked(self, query: Query, wanted: Wanted) -> tantivy.Query:
        """The question in the engine's terms."""
        parts = [_any([self._item(item) for item in group]) for group in wanted.groups]
        filters = [
            self._any_of("outlet", query.outlets),
            self._any_of("region", query.regions),
            self._any_of("sentiment", query.sentiments),
            self._any_of("relevance", query.relevances),
        ]
        if query.since or query.until:
            since, until = (day.toordinal() if day else None for day in (query.since, query.until))
            filters.append(tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, since, until))
        silent = [tantivy.Query.const_score_query(part, 0.0) for part in filters if part is not None]
        asked = _all([*parts, *silent]) if parts or silent else tantivy.Query.all_query()
        unwanted = [self._item(item) for item in wanted.unwanted]
        if not unwanted:
            return asked
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, asked), *((tantivy.Occur.MustNot, part) for part in unwanted)]
        )

    def _item(self, item: Item) -> tantivy.Query:
        """The item in the title or in the text, the title counting more."""
        title, text = (self._in_field(item, name) for name in ("title", "text"))
        return _any([tantivy.Query.boost_query(title, _TITLE_BOOST), text])

    def _in_field(self, item: Item, field: str) -> tantivy.Query:
        name = f"{field}_exact" if item.exact else f"{field}_stems"
        if len(item.terms) == 1:
            return tantivy.Query.term_query(self._schema, name, item.terms[0])
        return tantivy.Query.phrase_query(self._schema, name, list(item.terms))

    def _any_of(self, field: str, values: Iterable[str]) -> tantivy.Query | None:
        wanted = sorted(values)
        return tantivy.Query.term_set_query(self._schema, field, wanted) if wanted else None

    def _searcher(self) -> tantivy.Searcher | None:
        """The newest committed state, also of other processes; None while there is no index yet."""
        directory = self._generations.current()
        while directory is not None:
            searcher = failure = None
            try:
                searcher = self._searcher_of(directory)
            except IndexUnavailable as error:
                failure = error
            # A rebuild removes the former generation after its swap. tantivy takes a file that is missing then for an
            # empty one, so that what was opened counts only while its generation is still the current one.
            newest = self._generations.current()
            if newest == directory:
                if failure is not None:
                    raise failure
                return searcher
            directory = newest
        return None

    def _searcher_of(self, directory: Path) -> tantivy.Searcher:
        with self._translated():
            opened = self._open
            if opened is None or opened[0] != directory:
                index = documents.prepare(tantivy.Index.open(str(directory)))
                # Every search looks itself (some 20 µs); a watcher thread would leave a gap after each commit.
                index.config_reader("manual")
                opened = self._open = (directory, index)
            opened[1].reload()
            return opened[1].searcher()

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

    def _create(self, directory: Path) -> int:
        with self._translated():
            tantivy.Index(self._schema, str(directory))
        return 0

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Engine errors inside the block, told as IndexUnavailable with what to do."""
        try:
            yield
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"The search index in {self._path} is damaged: {error}. {REBUILD}") from error


def _counts(
    searcher: tantivy.Searcher, asked: tantivy.Query
) -> tuple[int, dict[str, tuple[Bucket, ...]], tuple[Bucket, ...]]:
    """How many match, by facet and by day."""
    counted = searcher.aggregate(
        asked,
        {
            **{name: {"terms": {"field": name, "size": _MOST_BUCKETS}} for name in _FACETS},
            "day": {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}},
        },
    )
    facets = {
        name: tuple(
            sorted(
                (Bucket(bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]),
                key=lambda bucket: (-bucket.count, bucket.value),
            )
        )
        for name in _FACETS
    }
    days = tuple(Bucket(documents.iso_day(day["key"]), day["doc_count"]) for day in counted["day"]["buckets"])
    return sum(day.count for day in days), facets, days


def _whole(value: object) -> int:
    """The value of a field that every document has."""
    assert isinstance(value, int)
    return value


def _all(parts: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _any(parts: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
