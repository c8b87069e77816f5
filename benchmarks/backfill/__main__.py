"""`python -m benchmarks.backfill`: how fast an archive is read, filtered and taken in, and whether all is found."""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.backfill.press import Archive, write_archive
from crawler.warc import Record, read_records
from service.app import App
from service.domain.article import Article
from service.settings import load_settings

_MEGABYTE = 1_000_000


@dataclass(slots=True)
class Stopwatch:
    """Seconds of wall and of all processors."""

    wall: float = 0.0
    cpu: float = 0.0


def main() -> None:
    """Write the archive, read it three ways and print how each did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--archive", type=Path, help="keep the archive here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-backfill-") as folder:
        path = given.archive or Path(folder) / "news.warc.gz"
        archive = write_archive(path, given.responses)
        size = path.stat().st_size / _MEGABYTE
        print(f"{archive.responses:,} responses, {len(archive.relevant)} articles to be found, {size:,.0f} MB packed\n")
        print(f"{'':34} {'responses/s':>12} {'per CPU-s':>10} {'MB/s':>7}")
        _floor(path, archive, size)
        _whole_path(path, archive, size, Path(folder) / "data", given.processes)


def _floor(path: Path, archive: Archive, size: float) -> None:
    """The same reader with nothing to do: every record unpacked and let go."""
    with _timed() as spent, path.open("rb") as file:
        responses = sum(record.kind == "response" for record in read_records(file) if isinstance(record, Record))
    assert responses == archive.responses
    _print("plain iteration, one process", archive.responses, size, spent)


def _whole_path(path: Path, archive: Archive, size: float, data: Path, processes: int) -> None:
    settings = load_settings(paths={"data": data}, analysis={"processes": processes})
    with App(settings) as app:
        with _timed() as filtering:
            kept = app.backfill([path], processes=processes)
        _print(f"filter, {processes} processes", archive.responses, size, filtering)
    with App(settings) as app:
        with _timed() as ingesting:
            report = app.ingest()
            app.close()
        whole = Stopwatch(filtering.wall + ingesting.wall, filtering.cpu + ingesting.cpu)
        _print(f"filter and ingest, {processes} processes", archive.responses, size, whole)
        print(
            f"\n{kept.articles} articles of {kept.pages} pages kept, {dict(kept.left_out)}\n"
            f"ingested {report.read} in {ingesting.wall:.1f} s ({report.read / ingesting.cpu:.1f} per CPU-second): "
            f"{report.new} new, {report.skipped} no articles, {report.quarantined} put aside, {report.alerts} alerts"
        )
        found = {article.url: article.title for article in app.store.indexable(None, 10_000) if _is_relevant(article)}
    hits = found.keys() & archive.relevant.keys()
    print(f"found {len(hits)} of {len(archive.relevant)}: recall {len(hits) / len(archive.relevant):.4f}", end=", ")
    print(f"precision {len(hits) / max(1, len(found)):.4f}")
    for url in sorted(archive.relevant.keys() - found.keys()):
        print(f"  missed: {archive.relevant[url]} <{url}>")
    for url in sorted(found.keys() - archive.relevant.keys()):
        print(f"  found beside them: {found[url]} <{url}>")


def _is_relevant(article: Article) -> bool:
    return article.analysis.relevance == "relevant"


@contextmanager
def _timed() -> Iterator[Stopwatch]:
    """Measures the block with the processes it starts and ends."""
    spent = Stopwatch()
    wall, cpu = time.perf_counter(), _cpu()
    yield spent
    spent.wall, spent.cpu = time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _print(what: str, responses: int, size: float, spent: Stopwatch) -> None:
    print(f"{what:34} {responses / spent.wall:12,.0f} {responses / spent.cpu:10,.0f} {size / spent.wall:7,.1f}")


if __name__ == "__main__":
    main()
