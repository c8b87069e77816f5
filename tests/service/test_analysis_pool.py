import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from nlp.analysis import Analysis, ArticleText, Sentiment
from service.adapters.analysis_pool import AnalysisPool
from service.ports import Analyse


def tell_process(texts: Sequence[ArticleText]) -> list[Analysis]:
    """Analyses whose version is the process that made them."""
    return [
        Analysis(text.id, "id", "irrelevant", Sentiment("neutral", 0.0), version=str(os.getpid())) for text in texts
    ]


def a_teller() -> Analyse:
    return tell_process


def die_once(marker: Path, texts: Sequence[ArticleText]) -> list[Analysis]:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return tell_process(texts)


def one_that_dies_once(marker: Path) -> Analyse:
    return partial(die_once, marker)


def die(texts: Sequence[ArticleText]) -> list[Analysis]:
    os.kill(os.getpid(), signal.SIGKILL)
    return tell_process(texts)


def one_that_dies() -> Analyse:
    return die


TEXTS = [ArticleText(str(number), "teks") for number in range(7)]


@pytest.fixture
def pool() -> Iterator[AnalysisPool]:
    pool = AnalysisPool(a_teller, processes=2)
    yield pool
    pool.close()


def test_analyses_come_in_the_order_of_the_texts_from_other_processes(pool: AnalysisPool) -> None:
    analyses = pool(TEXTS)
    assert [analysis.id for analysis in analyses] == [text.id for text in TEXTS]
    assert str(os.getpid()) not in {analysis.version for analysis in analyses}


def test_no_texts_give_no_analyses(pool: AnalysisPool) -> None:
    assert pool([]) == []


def test_a_worker_process_that_dies_is_replaced(tmp_path: Path) -> None:
    pool = AnalysisPool(partial(one_that_dies_once, tmp_path / "died"), processes=1)
    assert [analysis.id for analysis in pool(TEXTS)] == [text.id for text in TEXTS]
    pool.close()


def test_a_text_that_kills_every_worker_is_told(tmp_path: Path) -> None:
    pool = AnalysisPool(one_that_dies, processes=1)
    with pytest.raises(BrokenProcessPool):
        pool(TEXTS[:1])
    pool.close()
