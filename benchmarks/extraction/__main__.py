"""Scores of our extraction and of others, and pages per CPU-second, on one of three sets of pages.

`python -m benchmarks.extraction [--processes N]`: the real pages where they are at hand, then the speed;
`--press`: the invented press in all its layouts; `--aeb DIR`: a checkout of the public article-extraction-benchmark.
"""

import argparse
import sys
import time
from pathlib import Path

import trafilatura

from benchmarks.extraction.press.reading import print_press
from benchmarks.extraction.public import print_public
from benchmarks.extraction.scoring import GoldPage, gold_pages, leaked_pointers, same_title, token_f1
from benchmarks.extraction.speed import generated_pages, pages_per_cpu_second, pages_per_second
from crawler.extract import extract, pages_from_files
from crawler.page import Extraction, ExtractionError

_SCRIPT_WIDTH = 26
_GENERATED = 200


def main() -> None:
    """Print the table that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=2, help="processes of the last line (default 2)")
    parser.add_argument("--press", action="store_true", help="read the invented press instead")
    parser.add_argument("--aeb", type=Path, metavar="DIR", help="read the public article-extraction-benchmark instead")
    options = parser.parse_args()
    if options.press:
        print_press()
    elif options.aeb:
        try:
            print_public(options.aeb)
        except FileNotFoundError as error:
            sys.exit(str(error))
    else:
        _print_gold(options.processes)


def _print_gold(processes: int) -> None:
    pages = gold_pages()
    _row(pages[0])  # both readers load their models on the first page
    rows = [_row(page) for page in pages]
    print(
        f"{'page':{_SCRIPT_WIDTH}} {'F1':>6} {'leaks':>5} {'title':>5} {'day':>4} {'min':>4} "
        f"{'plain F1':>9} {'leaks':>5}"
    )
    for page, row in zip(pages, rows, strict=True):
        print(f"{page.name:{_SCRIPT_WIDTH}} " + " ".join(f"{value:>{width}}" for value, width in row.cells()))
    count = len(rows)
    print(
        f"\nours: mean token F1 {sum(row.f1 for row in rows) / count:.3f}, leaked {sum(row.leaks for row in rows)}, "
        f"title {sum(row.title for row in rows)}/{count}, day {sum(row.day for row in rows)}/{count}, "
        f"minute {sum(row.minute for row in rows)}/{count}, "
        f"{count / sum(row.seconds for row in rows):.1f} pages per CPU-second"
    )
    print(
        f"trafilatura, favor_precision: mean token F1 {sum(row.plain_f1 for row in rows) / count:.3f}, "
        f"leaked {sum(row.plain_leaks for row in rows)}, "
        f"{count / sum(row.plain_seconds for row in rows):.1f} pages per CPU-second"
    )
    _print_speed(processes)


def _print_speed(processes: int) -> None:
    pages = generated_pages(_GENERATED)
    size = sum(len(body) for _, body in pages) / len(pages) / 1000
    one = pages_per_second(pages, 1)
    print(
        f"generated pages of {size:.0f} KB: {pages_per_cpu_second(pages):.1f} per CPU-second; by the clock {one:.1f} "
        f"a second with --processes 1, {pages_per_second(pages, processes):.1f} with --processes {processes}"
    )


class _Row:
    """The scores of one page."""

    def __init__(self, page: GoldPage, extraction: Extraction | None, seconds: float, plain: str, plain_seconds: float):
        text = extraction.text if extraction else ""
        published = extraction.published if extraction else None
        self.f1 = token_f1(text, page.text)
        self.leaks = leaked_pointers(text)
        self.title = bool(extraction and same_title(extraction.title, page.title))
        self.day = bool(published and page.published and published.date() == page.published.date())
        self.minute = bool(published and page.published and abs((published - page.published).total_seconds()) < 60)
        self.seconds = seconds
        self.plain_f1 = token_f1(plain, page.text)
        self.plain_leaks = leaked_pointers(plain)
        self.plain_seconds = plain_seconds

    def cells(self) -> list[tuple[str, int]]:
        """The values as they are printed, with the widths of their columns."""
        marks = ["yes" if value else "NO" for value in (self.title, self.day, self.minute)]
        return [
            (f"{self.f1:.3f}", 6),
            (str(self.leaks), 5),
            (marks[0], 5),
            (marks[1], 4),
            (marks[2], 4),
            (f"{self.plain_f1:.3f}", 9),
            (str(self.plain_leaks), 5),
        ]


def _row(page: GoldPage) -> _Row:
    start = time.process_time()
    try:
        extraction = extract(pages_from_files(page.url, page.bodies))
    except ExtractionError as error:
        print(f"{page.name}: {error.reason}: {error}")
        extraction = None
    between = time.process_time()
    plain = "\n".join(
        trafilatura.extract(body, favor_precision=True, include_comments=False) or "" for body in page.bodies
    )
    return _Row(page, extraction, between - start, plain, time.process_time() - between)


if __name__ == "__main__":
    main()
