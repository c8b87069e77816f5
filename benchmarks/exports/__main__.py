"""`python -m benchmarks.exports`: files of a search and the digest, next to only reading their articles from the store.

Times are of the processor, that of the process which lays out the PDF among them, so that a busy machine shows the
same. Each is the best of some rounds; its ratio is to reading the same articles in the same run.
"""

import resource
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.exports.press import DAYS, HALF, write_press
from nlp.gazetteer import Gazetteer
from service.adapters.clip_book import ClipBook
from service.adapters.rendering import Renderer
from service.adapters.spreadsheets import write_clip_csv, write_clip_workbook
from service.adapters.sql import SqlStore
from service.domain.article import Article
from service.domain.clipping import Clip, ClipHeading, Clipper
from service.domain.digest_group import DigestGroup
from service.errors import ExportError
from service.ports import ClipWriter
from service.settings import ROOT
from service.usecases.digests import ComposeDigest
from service.usecases.exporting import PAGE
from service.usecases.subscriptions import Subscriptions

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
DESK = "https://pantau.agency.example"
HEADING = ClipHeading("BPJS Ketenagakerjaan", (("Kata", "klaim"),), "", NOW, "Rani Saputri", f"{DESK}/cari?q=klaim")
GROUPS = (DigestGroup("semua", "Kliping harian"), DigestGroup("klaim", "Kliping klaim", query=HALF))


def main(arguments: Sequence[str] | None = None) -> None:
    """Store the press, make every kind of file and digest, and print what each takes."""
    parser = ArgumentParser("python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--day", type=int, default=300, help="articles of a day, of which there are eight (300)")
    parser.add_argument("--rows", type=int, default=2_000, help="articles of a CSV or Excel file (2000)")
    parser.add_argument("--clips", type=int, default=100, help="articles of a clip book (100)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts (3)")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="exports") as folder:
        store = SqlStore(f"sqlite:///{Path(folder) / 'pantau.sqlite'}")
        store.migrate()
        ids = [article.id for article in write_press(store, options.day, NOW)]
        print(f"{DAYS} days of {options.day:,} articles; seconds of processor time, best of {options.rounds}")
        print(f"{'':40} {'articles':>9} {'reading':>8} {'seconds':>8} {'ratio':>6} {'MB':>6}")
        _print_files(store, ids, Path(folder), options.rows, options.clips, options.rounds)
        _print_digests(store, ids[-options.day :], options.rounds)
        store.close()


def _print_files(store: SqlStore, ids: Sequence[str], folder: Path, rows: int, clips: int, rounds: int) -> None:
    book = ClipBook(ROOT)
    kinds: list[tuple[str, ClipWriter, int]] = [
        ("CSV", write_clip_csv, rows),
        ("Excel", write_clip_workbook, rows),
        ("clip book (PDF)", book.write, clips),
    ]
    for name, write, most in kinds:
        chosen, path = ids[-most:], folder / "file.part"
        try:
            _print_row(store, name, chosen, partial(_write, store, write, path, chosen), rounds, path)
        except ExportError as error:
            print(f"{name:40} {error}")
    book.close()


def _print_digests(store: SqlStore, ids: Sequence[str], rounds: int) -> None:
    clock, renderer = lambda: NOW, Renderer(DESK, region_name=_region_name)
    subscriptions = Subscriptions(store.digests, GROUPS, clock, DESK)
    digests = ComposeDigest(
        store,
        store.digests,
        store.ledger,
        renderer.digest,
        groups=GROUPS,
        subscriptions=subscriptions,
        outlets={},
        clock=clock,
    )
    for group in GROUPS:
        name = "digest of a day" if not group.query else "digest of a day, by a query of its own"
        _print_row(store, name, ids, partial(digests.preview, group.id), rounds)


def _print_row(
    store: SqlStore, name: str, ids: Sequence[str], make: Callable[[], object], rounds: int, path: Path | None = None
) -> None:
    floor = _best(lambda: [article for some in _read(store, ids) for article in some], rounds)
    taken = _best(make, rounds)
    size = f"{path.stat().st_size / 1e6:.1f}" if path else ""
    print(f"{name:40} {len(ids):>9,} {floor:>8.2f} {taken:>8.2f} {taken / floor:>6.1f} {size:>6}", flush=True)


def _best(make: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        before = _processor_seconds()
        make()
        spent.append(_processor_seconds() - before)
    return min(spent)


def _processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(it.ru_utime + it.ru_stime for it in used)


def _read(store: SqlStore, ids: Sequence[str]) -> Iterator[list[Article]]:
    for at in range(0, len(ids), PAGE):
        yield store.articles(ids[at : at + PAGE])


def _write(store: SqlStore, write: ClipWriter, path: Path, ids: Sequence[str]) -> None:
    write(path, HEADING, _clips(store, ids))


def _clips(store: SqlStore, ids: Sequence[str]) -> Iterator[Clip]:
    clipper = Clipper(str, _region_name, lambda article_id: f"{DESK}/artikel/{article_id}")
    return (clipper.clip(article) for some in _read(store, ids) for article in some)


def _region_name(code: str) -> str:
    try:
        return Gazetteer.load().region(code).name
    except KeyError:
        return code


if __name__ == "__main__":
    main()
