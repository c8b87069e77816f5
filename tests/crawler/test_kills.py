"""A crawl killed (SIGKILL) at random moments, again and again, while its outlets go on publishing.

Half of the moments are drawn from the clock; half from the steps of the code that writes the archive and the state,
so that they also fall where a crawl spends little time: between a file that is complete and its name.
`PANTAU_TEST_KILLS` sets how many.
"""

import mmap
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

from crawler import archive, pipelines, state
from crawler.job import CrawlJob
from crawler.outlets.outlet import Source
from tests.crawler.press import FAST, Press, Running, a_job, a_press, an_outlet, as_usual, crawl, start
from tests.crawler.test_crawl import archived

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

KILLS = int(os.environ.get("PANTAU_TEST_KILLS", "6"))
PER_ROUND = 6
ON_A_PAGE = 20
"""So that fifty rounds fit into the twenty pages to which a listing is followed at most."""
_STEPS_OF = frozenset(str(module.__file__) for module in (archive, pipelines, state))
_COUNT = 8
_ROOM = 256


@pytest.fixture
def press() -> Iterator[Press]:
    with a_press() as press:
        yield press


class Newsroom:
    """Two outlets that publish a few articles a round: one tells of them in a feed, one in a listing with a pager."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self.urls: list[str] = []

    def publish(self) -> None:
        first = len(self.urls) // 2
        for n in range(first, first + PER_ROUND):
            for host in ("kabar.localhost", "indeks.localhost"):
                path = f"/berita/{host[0]}{n}"
                self._press.article(path)
                self.urls.append(self._press.url(path, host))
        count = first + PER_ROUND
        links = [(self._press.url(f"/berita/k{n}"), "Kabar") for n in reversed(range(count))]
        self._press.feed("/rss.xml", links, etag=f'"{count}"')
        newest = [f'<a href="/berita/i{n}">Kabar</a>' for n in reversed(range(count))]
        for page in range(1, len(newest) // ON_A_PAGE + 2):
            path = "/indeks" if page == 1 else f"/indeks?page={page}"
            here = "".join(newest[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
            self._press.page(path, f'{here}<a href="/indeks?page={page + 1}">{page + 1}</a>')

    def job(self, folder: Path) -> CrawlJob:
        feed = an_outlet(self._press, Source("feed", self._press.url("/rss.xml")))
        index = Source("listing", self._press.url("/indeks", "indeks.localhost"), 20)
        listing = an_outlet(self._press, index, host="indeks.localhost")
        return a_job(folder, feed, listing, limits=replace(FAST, warc_articles=2))


def die_at(step: int, told: Path) -> None:
    """Have this process count its steps in the archive's and the state's code in a file, and end at one of them."""
    with told.open("r+b") as file:
        memory = mmap.mmap(file.fileno(), _ROOM)
    count = 0

    def watch(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        is_step = event in {"call", "return"} and not frame.f_code.co_name.startswith("<")
        if is_step and frame.f_code.co_filename in _STEPS_OF:
            count += 1
            memory[:_COUNT] = count.to_bytes(_COUNT)
            if count == step:
                place = f"{event} {frame.f_code.co_qualname}".encode()
                memory[_COUNT : _COUNT + len(place)] = place
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def steps_taken(told: Path) -> tuple[int, str]:
    """How many steps a process took that `die_at` prepared, and where it ended."""
    content = told.read_bytes()
    return int.from_bytes(content[:_COUNT]), content[_COUNT:].rstrip(b"\0").decode()


def test_kills_at_random_moments_lose_nothing_and_store_nothing_twice(press: Press, tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    print(f"seed {seed}")
    newsroom, told = Newsroom(press), tmp_path / "told"
    job = newsroom.job(tmp_path)

    newsroom.publish()
    told.write_bytes(bytes(_ROOM))
    start(job, partial(die_at, 0, told)).end()
    steps, _ = steps_taken(told)
    newsroom.publish()
    begun = time.monotonic()
    crawl(job)
    duration = time.monotonic() - begun

    places = Counter[str]()
    for number in range(KILLS):
        newsroom.publish()
        told.write_bytes(bytes(_ROOM))
        if number % 2:
            process = start(job, partial(die_at, chance.randint(1, steps), told))
            process.end()
            places[steps_taken(told)[1] or "the end"] += 1
        else:
            places["the clock"] += _killed_after(start(job, as_usual), chance.uniform(0, duration))
        urls = [pages[0].url for pages in archived(tmp_path)]
        assert len(urls) == len(set(urls))
    print(f"killed at: {dict(places)}")
    crawl(job)
    assert sorted(pages[0].url for pages in archived(tmp_path)) == sorted(newsroom.urls)
    assert list((tmp_path / "spool").glob("*.part")) == []


def _killed_after(process: Running, seconds: float) -> bool:
    """Whether the crawl was still under way after so long; it is killed."""
    deadline = time.monotonic() + seconds
    while process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.005)
    was_alive = process.is_alive()
    process.kill()
    return was_alive


@pytest.mark.parametrize(
    "place", ["return CrawlState.seal", "call publish", "return publish", "call CrawlState.commit"]
)
def test_killed_between_a_complete_file_and_its_articles_being_seen_the_next_crawl_sees_them(
    press: Press, tmp_path: Path, place: str
) -> None:
    newsroom = Newsroom(press)
    newsroom.publish()
    job = newsroom.job(tmp_path)
    status, _, _ = start(job, partial(die_in, place)).end()
    assert status == -signal.SIGKILL
    crawl(job)
    assert sorted(pages[0].url for pages in archived(tmp_path)) == sorted(newsroom.urls)


def die_in(place: str) -> None:
    """Have this process end when it first comes to the call or return of the named function."""

    def watch(frame: FrameType, event: str, argument: object) -> None:
        if f"{event} {frame.f_code.co_qualname}" == place and frame.f_code.co_filename in _STEPS_OF:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
