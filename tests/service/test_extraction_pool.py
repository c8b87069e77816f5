"""Extraction in other processes: in order, ahead of its turn, and whatever a page does to the process."""

import os
import signal
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import pytest

from crawler.page import Extraction, ExtractionError, Page
from service.adapters.extraction_pool import ExtractionPool, Task
from service.domain.article import WIB
from service.errors import ArchiveDamaged
from service.ports import ExtractAll, Unread
from service.usecases.reading import read_each
from tests.service.builders import NOW


def tell(pages: Sequence[Page], zone: ZoneInfo) -> Extraction:
    """An extraction whose title is the page's body and whose text is the process that read it."""
    body = pages[0].body.decode()
    if body == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if body == "short":
        raise ExtractionError("no-text", "nothing to read")
    if body == "odd":
        raise ZeroDivisionError("nobody foresaw this")
    return Extraction(pages[0].url, pages[0].url, body, f"{os.getpid()} {zone.key}")


def tasks(*bodies: str) -> Iterator[Task]:
    for number, body in enumerate(bodies):
        yield (Page(f"https://kota.test/{number}", NOW, 200, {}, body.encode(), "kota"),), WIB


def said(result: Extraction | Unread) -> str:
    return result.reason if isinstance(result, Unread) else result.title


@pytest.fixture
def pool() -> Iterator[ExtractionPool]:
    pool = ExtractionPool(tell, processes=2)
    yield pool
    pool.close()


BODIES = [str(number) for number in range(50)]


def test_articles_come_in_order_from_other_processes(pool: ExtractionPool) -> None:
    read = list(pool(tasks(*BODIES)))
    assert [said(result) for _, result in read] == BODIES
    assert [pages[0].body.decode() for pages, _ in read] == BODIES
    processes = {result.text.split()[0] for _, result in read if isinstance(result, Extraction)}
    assert str(os.getpid()) not in processes


@pytest.mark.parametrize("way", [ExtractionPool(tell, processes=2), read_each(tell)], ids=["pool", "here"])
def test_a_page_that_cannot_be_read_is_told_and_the_next_one_is_read(way: ExtractAll) -> None:
    results = [result for _, result in way(tasks("a", "short", "odd", "b"))]
    assert [said(result) for result in results] == ["a", "no-text", "unexpected", "b"]
    assert isinstance(results[1], Unread)
    assert isinstance(results[2], Unread)
    assert (results[1].detail, results[1].trace) == ("nothing to read", "")
    assert results[2].detail == "ZeroDivisionError: nobody foresaw this"
    assert "in tell" in results[2].trace
    if isinstance(way, ExtractionPool):
        way.close()


def test_a_page_that_kills_its_process_harms_no_other_page(pool: ExtractionPool) -> None:
    bodies = [*BODIES[:9], "dies", *BODIES[9:14], "dies", *BODIES[14:16]]
    results = [said(result) for _, result in pool(tasks(*bodies))]
    assert results == ["crash" if body == "dies" else body for body in bodies]
    assert [said(result) for _, result in pool(tasks("lagi"))] == ["lagi"]


def test_what_stands_before_damage_comes_before_the_error(pool: ExtractionPool) -> None:
    def damaged() -> Iterator[Task]:
        yield from tasks("a", "b", "c", "d", "e")
        raise ArchiveDamaged("rusak")

    results: list[str] = []
    with pytest.raises(ArchiveDamaged):
        results.extend(said(result) for _, result in pool(damaged()))
    assert results == ["a", "b", "c", "d", "e"]


def test_only_a_few_articles_are_read_ahead(pool: ExtractionPool) -> None:
    taken = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in tasks(*BODIES * 20):
            taken += 1
            yield task

    reading = pool(counted())
    next(reading)
    assert taken < 60


def test_no_articles_start_no_process(pool: ExtractionPool) -> None:
    assert list(pool([])) == []
    assert pool._executor is None
