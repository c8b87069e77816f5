"""The extractor in processes of its own: it uses every core, and a page that ends a process harms no other page."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from zoneinfo import ZoneInfo

from crawler.children import end_with_parent
from crawler.page import Extraction, Page
from service.errors import ArchiveDamaged
from service.ports import Extract, Unread
from service.usecases.reading import attempt

_CHUNK = 4
_AHEAD = 3
"""Chunks that are read ahead of their turn, for each process."""

Task = tuple[tuple[Page, ...], ZoneInfo]


class ExtractionPool:
    """`pool(articles)` reads articles in worker processes, some ahead of their turn, and gives them in their order.

    A worker process that dies is replaced; a page that kills its process alone too is given as unread.
    """

    def __init__(self, extract: Extract, processes: int) -> None:
        """`extract` must be picklable."""
        self._extract = extract
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def __call__(self, articles: Iterable[Task]) -> Iterator[tuple[tuple[Page, ...], Extraction | Unread]]:
        """The articles with what was read of each; what stands before damage comes before the error."""
        chunks = _Chunks(articles)
        waiting: deque[_Waiting] = deque()
        while True:
            while len(waiting) < self._processes * _AHEAD and (chunk := chunks.next()):
                waiting.append(_Waiting(chunk, *self._submit(chunk)))
            if not waiting:
                break
            first = waiting.popleft()
            for (pages, _), extracted in zip(first.tasks, self._result(first), strict=True):
                yield pages, extracted
        if chunks.damage is not None:
            raise chunks.damage

    def close(self) -> None:
        """End the worker processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _submit(self, tasks: Sequence[Task]) -> "tuple[ProcessPoolExecutor, Future[list[Extraction | Unread]]]":
        executor = self._executor or self._start()
        try:
            return executor, executor.submit(_work, self._extract, tasks)
        except BrokenProcessPool:
            self.close()
            executor = self._start()
            return executor, executor.submit(_work, self._extract, tasks)

    def _start(self) -> ProcessPoolExecutor:
        self._executor = _executor(self._processes)
        return self._executor

    def _result(self, waiting: "_Waiting") -> list[Extraction | Unread]:
        try:
            return waiting.future.result()
        except BrokenProcessPool:
            self._forget(waiting.executor)
            return list(_one_by_one(self._extract, waiting.tasks))

    def _forget(self, executor: ProcessPoolExecutor) -> None:
        """Others than the broken pool may have been started since."""
        if self._executor is executor:
            self.close()


class _Waiting:
    """Tasks that were given to a pool."""

    def __init__(
        self, tasks: Sequence[Task], executor: ProcessPoolExecutor, future: "Future[list[Extraction | Unread]]"
    ) -> None:
        self.tasks = tasks
        self.executor = executor
        self.future = future


class _Chunks:
    """Takes some articles at a time, up to the end or to damage."""

    def __init__(self, articles: Iterable[Task]) -> None:
        self._articles = iter(articles)
        self.damage: ArchiveDamaged | None = None

    def next(self) -> list[Task]:
        """The next ones; none at the end."""
        tasks: list[Task] = []
        try:
            while len(tasks) < _CHUNK and self.damage is None and (task := next(self._articles, None)) is not None:
                tasks.append(task)
        except ArchiveDamaged as damage:
            self.damage = damage
        return tasks


def _executor(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent)


def _one_by_one(extract: Extract, tasks: Sequence[Task]) -> Iterator[Extraction | Unread]:
    """The tasks in a process that reads nothing else, so that what kills it is known."""
    left = deque(tasks)
    while left:
        with _executor(1) as executor:
            try:
                while left:
                    yield executor.submit(_work, extract, [left[0]]).result()[0]
                    left.popleft()
            except BrokenProcessPool:
                left.popleft()
                yield Unread("crash", "the process that read it died")


def _work(extract: Extract, tasks: Sequence[Task]) -> list[Extraction | Unread]:
    return [attempt(extract, pages, zone) for pages, zone in tasks]
