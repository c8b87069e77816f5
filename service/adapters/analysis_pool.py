"""The analyser in processes of its own: the model's memory and time stay out of the process that serves."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from crawler.children import end_with_parent
from nlp.analysis import Analysis, ArticleText
from service.ports import Analyse

_analyse: Analyse | None = None


def _start(build: Callable[[], Analyse]) -> None:
    global _analyse
    end_with_parent()
    _analyse = build()


def _work(texts: list[ArticleText]) -> list[Analysis]:
    if _analyse is None:
        raise RuntimeError("the pool's initializer did not run")
    return _analyse(texts)


class AnalysisPool:
    """`pool(texts)` analyses in worker processes and gives the analyses in order; processes start at the first call.

    A worker process that dies is replaced once per call; a text that kills it twice raises BrokenProcessPool.
    """

    def __init__(self, build: Callable[[], Analyse], processes: int) -> None:
        """`build` makes the analyser; it is called in each worker process and must be picklable."""
        self._build = build
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def __call__(self, texts: Sequence[ArticleText]) -> list[Analysis]:
        """The analyses of the texts, in their order."""
        chunks = list(_chunks(texts, self._processes))
        try:
            return self._run(chunks)
        except BrokenProcessPool:
            self.close()
            return self._run(chunks)

    def _run(self, chunks: list[list[ArticleText]]) -> list[Analysis]:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start,
                initargs=(self._build,),
            )
        return [analysis for part in self._executor.map(_work, chunks) for analysis in part]

    def close(self) -> None:
        """End the worker processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _chunks(texts: Sequence[ArticleText], parts: int) -> Iterator[list[ArticleText]]:
    size = -(-len(texts) // parts) or 1
    for start in range(0, len(texts), size):
        yield list(texts[start : start + size])
