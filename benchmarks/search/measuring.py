"""What is measured of a search engine, the same way for each."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle, islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from os import getloadavg
from pathlib import Path

from benchmarks.search.press import phrases, press, vocabulary
from service.adapters.elasticsearch_index import ElasticsearchIndex
from service.adapters.tantivy_index import TantivyIndex
from service.domain.query import Query
from service.ports import SearchIndex
from tests.elasticsearch.client import a_cluster

NAME = "berita"
"""Of the index in the cluster."""

WRITTEN_AT_ONCE = 50
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one engine: articles a second, megabytes, and by kind of page [hits, p50, p95].

    `load` is the load average of the machine meanwhile; there is no `rate` where an index was used again.
    """

    load: float
    rate: float | None
    megabytes: float
    pages: Mapping[str, tuple[int, float, float]]


def questions(rounds: int) -> dict[str, list[Query]]:
    """So many questions of every kind of page."""
    of = vocabulary()
    rare, common = of.of_share(0.011, 100), of.of_share(0.48, 12)
    asked = {
        "rare word": [Query(text=word) for word in rare],
        "common word": [Query(text=word) for word in common],
        "common word, by relevance": [Query(text=word, sort="relevance") for word in common],
        "phrase": [Query(text=f'"{phrase}"') for phrase in phrases(of)],
        "collapsed stories, common word": [Query(text=word, collapse=True) for word in common],
    }
    return {kind: list(islice(cycle(some), rounds)) for kind, some in asked.items()}


def measured(place: str, articles: int, rounds: int) -> Measured:
    """The engine at this address or in this folder, filled with so many articles and asked so often."""
    index = _opened(place)
    rate = None if _is_filled(index, articles) else _filled(index, articles)
    kinds = questions(rounds)
    pages = {kind: _timed(index, asked) for kind, asked in kinds.items()}
    megabytes = (_size_at(place) if _is_address(place) else _size_of(Path(place))) / 1e6
    load = getloadavg()[0]
    with _written_to(place, articles):
        pages["common word while another process writes"] = _timed(index, kinds["common word"])
    index.close()
    return Measured(load, rate, megabytes, pages)


def _is_filled(index: SearchIndex, articles: int) -> bool:
    """Whether it holds so many, and the few that the other process wrote in a former run."""
    return articles <= index.count() < articles * 1.1


def _filled(index: SearchIndex, articles: int) -> float:
    """Articles written a second."""
    making = time.perf_counter()
    for _ in press(articles):
        pass
    made = time.perf_counter() - making
    started = time.perf_counter()
    index.rebuild(press(articles))
    # The press is written while it is printed; what that takes is not the engine's.
    return articles / (time.perf_counter() - started - made)


def _timed(index: SearchIndex, asked: Sequence[Query]) -> tuple[int, float, float]:
    """Hits of a page in the middle, and the milliseconds of half and of 95 in 100 pages."""
    for query in asked[:5]:
        index.search(query)
    spent, hits = [], []
    for query in asked:
        started = time.perf_counter()
        hits.append(index.search(query).total)
        spent.append((time.perf_counter() - started) * 1_000)
    spent.sort()
    return sorted(hits)[len(hits) // 2], spent[len(spent) // 2], spent[min(len(spent) - 1, int(len(spent) * 0.95))]


@contextmanager
def _written_to(place: str, first: int) -> Iterator[None]:
    """Another process puts articles in, without pause, while the block runs."""
    context = get_context("spawn")
    begun, enough = context.Event(), context.Event()
    writer = context.Process(target=_write, args=(place, first, begun, enough))
    writer.start()
    if not begun.wait(_PATIENCE):
        raise RuntimeError(f"no article could be written; the writer ended with {writer.exitcode}")
    try:
        yield
    finally:
        enough.set()
        writer.join()


def _write(place: str, first: int, begun: Event, enough: Event) -> None:
    index = _opened(place)
    for start in count(first, WRITTEN_AT_ONCE):
        index.put(list(press(WRITTEN_AT_ONCE, start)))
        begun.set()
        if enough.is_set():
            break
    index.close()


def _opened(place: str) -> SearchIndex:
    """The index at this address or in this folder."""
    if _is_address(place):
        return ElasticsearchIndex(a_cluster(place, timeout=60), NAME)
    return TantivyIndex(Path(place))


def _is_address(place: str) -> bool:
    return place.startswith("http")


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _size_at(url: str) -> int:
    cluster = a_cluster(url, timeout=60)
    cluster.write(lambda client: client.indices.flush(index=NAME))
    stats = cluster.read(lambda client: client.indices.stats(index=NAME))
    cluster.close()
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
