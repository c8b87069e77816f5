"""`python -m benchmarks.crawl`: plain fetching, our crawl, our crawl with extraction, on one served site in one run.

Then, on fewer articles, what a host feels of the crawl with its polite defaults.
"""

import json
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benchmarks.crawl.extracting import Extracted, extract_file, load
from benchmarks.crawl.measuring import Cost, run_measured, site_process
from benchmarks.crawl.site import COUNTS, HOSTS, articles_of, path_of
from crawler.events import DoneEvent, PageEvent, WarcEvent, read_event
from crawler.job import CrawlJob, Limits
from crawler.outlets.outlet import Outlet, Source

_CONCURRENT, _PER_HOST = 32, 2
_MARKS = (0.25, 0.5, 1.0)
_POLITE_SECONDS = 60.0


@dataclass(slots=True)
class CrawlFigures:
    """What a crawl told of itself while it ran."""

    articles: int = 0
    failed: int = 0
    memory: dict[int, int] = field(default_factory=dict)
    warcs: list[Path] = field(default_factory=list)
    reason: str = ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = ArgumentParser("python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="articles on all hosts together (10000)")
    parser.add_argument("--polite-seconds", type=float, default=_POLITE_SECONDS, help="length of the polite crawl (60)")
    parser.add_argument("--rounds", type=int, default=2, help="fetches and crawls, turn by turn (2)")
    options = parser.parse_args(arguments)
    articles: int = options.articles
    with TemporaryDirectory(prefix="crawl") as folder, site_process("benchmarks.crawl.site", str(articles)) as port:
        print(f"{len(HOSTS)} hosts, {articles} articles of about 60 KB, {options.rounds} rounds\n")
        print(f"{'':28}{'articles/s':>11}{'per CPU-s':>11}{'wall s':>8}{'CPU s':>8}{'of wall':>9}{'of CPU':>8}")
        peer, ours = Cost(0.0, 0.0), Cost(0.0, 0.0)
        figures = CrawlFigures()
        for number in range(options.rounds):  # by turns, so that both have the machine's good and bad minutes
            peer += _plain(port, articles)
            figures, cost = _crawl(port, articles, Path(folder) / f"crawl{number}")
            ours += cost
        total = articles * options.rounds
        _print_row("Scrapy, fetch only", total, peer, peer.wall / total, peer.cpu / total)
        _print_row("our crawl into WARC files", total, ours, peer.wall / total, peer.cpu / total)
        both = _crawl_and_extract(port, articles, Path(folder) / "both")
        _print_row("our crawl and extraction", articles, both, peer.wall / total, peer.cpu / total)
        print(f"\nthe crawl ended: {figures.reason}; not archived: {articles - figures.articles}")
        memory = ", ".join(f"{size / 2**20:.0f} MB after {count}" for count, size in sorted(figures.memory.items()))
        print(f"resident memory of the crawl: {memory}")
        stored = sum(path.stat().st_size for path in figures.warcs)
        print(f"archive: {len(figures.warcs)} files, {stored / articles / 1000:.1f} KB an article\n")
        for processes in (1, 2):
            _print_extraction(figures.warcs, processes)
        if options.polite_seconds:
            _print_politeness(port, articles, Path(folder) / "polite", options.polite_seconds)


def _plain(port: int, articles: int) -> Cost:
    """What plain Scrapy takes for all articles."""
    # Round the hosts, as a list of what many outlets published in an hour would go.
    urls = [
        f"http://{host}:{port}{path_of(host, number)}"
        for number in range(articles_of(0, articles))
        for place, host in enumerate(HOSTS)
        if number < articles_of(place, articles)
    ]
    fetched: list[int] = []
    job = {"urls": urls, "concurrent": _CONCURRENT, "per_host": _PER_HOST}
    cost = run_measured("benchmarks.crawl.plain", json.dumps(job), lambda line, memory: fetched.append(int(line)))
    if fetched != [articles]:
        raise RuntimeError(f"plain Scrapy got {fetched} of {articles} articles")
    return cost


def _crawl(
    port: int, articles: int, folder: Path, executor: ProcessPoolExecutor | None = None
) -> tuple[CrawlFigures, Cost]:
    """A crawl of the whole site at full speed; with an executor every file is extracted as soon as it is finished."""
    figures, waiting = CrawlFigures(), list[Future[Extracted]]()
    marks = {round(articles * mark) for mark in _MARKS}

    def hear(line: str, memory: int) -> None:
        match read_event(line):
            case PageEvent(outcome="ok"):
                figures.articles += 1
                if figures.articles in marks:
                    figures.memory[figures.articles] = memory
            case PageEvent():
                figures.failed += 1
            case WarcEvent(path=path):
                figures.warcs.append(Path(path))
                if executor is not None:
                    waiting.append(executor.submit(extract_file, Path(path)))
            case DoneEvent(reason=reason):
                figures.reason = reason

    full_speed = Limits(
        delay=0.0, autothrottle=False, concurrent=_CONCURRENT, per_host=_PER_HOST, articles=articles + 1,
        articles_per_outlet=articles, links_per_source=articles,
    )  # fmt: skip
    cost = run_measured("crawler", _job(port, folder, full_speed).to_json(), hear)
    extracted = [future.result() for future in waiting]
    return figures, Cost(cost.wall, cost.cpu + sum(one.reading + one.extracting for one in extracted))


def _crawl_and_extract(port: int, articles: int, folder: Path) -> Cost:
    """The crawl beside as many extracting processes as leave it room, to the last extraction."""
    begun = time.monotonic()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        _, cost = _crawl(port, articles, folder, executor)
    return Cost(time.monotonic() - begun, cost.cpu)


def _print_extraction(warcs: Iterable[Path], processes: int) -> None:
    """The rate of so many processes on the archive alone."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as executor:
        list(executor.map(load, range(processes)))
        begun = time.monotonic()
        results = list(executor.map(extract_file, warcs))
        wall = time.monotonic() - begun
    articles = sum(one.articles for one in results)
    extracting, reading = sum(one.extracting for one in results), sum(one.reading for one in results)
    print(
        f"extraction with {processes} process{'es' if processes > 1 else ''}: {articles / wall:.1f} articles/s,"
        f" {articles / extracting:.1f} per CPU-second ({articles / (extracting + reading):.1f} with reading the"
        f" archive), not extracted: {sum(one.unread for one in results)}"
    )


def _print_politeness(port: int, articles: int, folder: Path, seconds: float) -> None:
    """How many requests a host sees in a minute of a crawl with default limits."""
    before = _counts(port)
    limits = Limits(seconds=seconds, articles=articles)
    cost = run_measured("crawler", _job(port, folder, limits).to_json(), lambda line, memory: None)
    felt = sorted((count - before[host]) * 60 / cost.wall for host, count in _counts(port).items())
    print(
        f"\nwith the polite defaults ({limits.delay} s between two requests to a host, {limits.per_host} at a time),"
        f" {cost.wall:.0f} s: requests per host and minute {felt[0]:.0f} at least, {felt[len(felt) // 2]:.0f} in the"
        f" middle, {felt[-1]:.0f} at most"
    )


def _counts(port: int) -> Counter[str]:
    with urlopen(f"http://127.0.0.1:{port}{COUNTS}") as answer:
        return Counter(json.load(answer))


def _job(port: int, folder: Path, limits: Limits) -> CrawlJob:
    """The crawl of the whole site: half of the hosts by their feed, half by their sitemap."""
    return CrawlJob(
        outlets=tuple(_outlet(host, port, place % 2 == 0) for place, host in enumerate(HOSTS)),
        spool=folder / "spool",
        state=folder / "state" / "crawl.sqlite",
        user_agent="PantauBenchmark/1.0",
        allow_loopback=True,
        limits=limits,
    )


def _outlet(host: str, port: int, has_feed: bool) -> Outlet:
    home = f"http://{host}:{port}/"
    source = Source("feed", f"{home}rss.xml") if has_feed else Source("sitemap", f"{home}sitemap.xml")
    name = host.partition(".")[0]
    return Outlet(name, name.title(), home, "local", "72", "Asia/Makassar", (source,), article="/berita/")


def _print_row(name: str, articles: int, cost: Cost, peer_wall: float, peer_cpu: float) -> None:
    """A line of the table; the peer's seconds of wall and CPU are those of one article."""
    print(
        f"{name:28}{articles / cost.wall:>11.1f}{articles / cost.cpu:>11.1f}{cost.wall:>8.1f}{cost.cpu:>8.1f}"
        f"{peer_wall * articles / cost.wall:>9.2f}{peer_cpu * articles / cost.cpu:>8.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
