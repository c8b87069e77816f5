"""How the invented press is read: the scores of every page, for the benchmark and for the tests' floors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time
from zoneinfo import ZoneInfo

from benchmarks.extraction.press.layouts import LAYOUTS
from benchmarks.extraction.press.printing import Layout, printed_pages
from benchmarks.extraction.readers import plain_trafilatura
from benchmarks.extraction.scoring import GoldPage, leaked_pointers, leaked_sentences, same_title, token_f1
from crawler.extract import extract, pages_from_files
from crawler.page import Extraction, ExtractionError


@dataclass(frozen=True, slots=True)
class Reading:
    """One page of the press as it was read, and what it should have said."""

    page: GoldPage
    found: Extraction | None
    seconds: float

    @property
    def layout(self) -> str:
        """The layout's name."""
        return self.page.name.partition("/")[0]

    @property
    def text(self) -> str:
        """What was read; nothing where the page was refused."""
        return self.found.text if self.found else ""

    @property
    def f1(self) -> float:
        """F1 of the words."""
        return token_f1(self.text, self.page.text)

    @property
    def leaks(self) -> int:
        """Foreign sentences and pointers in the text."""
        return len(leaked_sentences(self.text, self.page.planted)) + leaked_pointers(self.text)

    @property
    def is_titled(self) -> bool:
        """Whether the headline is right."""
        return bool(self.found and same_title(self.found.title, self.page.title))

    @property
    def is_dated(self) -> bool:
        """Whether the time is right to the minute."""
        published = self.found.published if self.found else None
        return bool(published and self.page.published and abs((published - self.page.published).total_seconds()) < 60)

    @property
    def is_captioned(self) -> bool:
        """Whether the captions that the page prints were kept, and kept apart."""
        captions = self.found.captions if self.found else ()
        return all(any(wanted in caption for caption in captions) for wanted in self.page.captions)


def press_readings(layouts: Sequence[Layout] = LAYOUTS) -> Iterator[Reading]:
    """Every page of the press, read in the zone of its outlet."""
    for page in printed_pages(layouts):
        pages = pages_from_files(page.url, page.bodies)
        zone = page.published.tzinfo if page.published else None
        start = process_time()
        try:
            found = extract(pages, timezone=zone.key if isinstance(zone, ZoneInfo) else "Asia/Jakarta")
        except ExtractionError:
            found = None
        yield Reading(page, found, process_time() - start)


def print_press() -> None:
    """Print a row for each layout and one for all, next to trafilatura alone."""
    readings = list(press_readings())
    print(
        f"{'layout':22} {'pages':>5} {'KB':>4} {'F1':>6} {'lowest':>6} {'leaks':>5} {'title':>5} {'min':>4} "
        f"{'plain F1':>8}"
    )
    for name in (*dict.fromkeys(reading.layout for reading in readings), "all"):
        _print_row(name, [reading for reading in readings if name in {reading.layout, "all"}])
    seconds = sum(reading.seconds for reading in readings)
    print(f"{sum(len(reading.page.bodies) for reading in readings) / seconds:.1f} pages per CPU-second")


def _print_row(name: str, readings: Sequence[Reading]) -> None:
    count = len(readings)
    size = sum(len(body) for reading in readings for body in reading.page.bodies) // count // 1000
    plain = sum(token_f1(_plain(reading.page), reading.page.text) for reading in readings) / count
    print(
        f"{name:22} {count:>5} {size:>4} {sum(reading.f1 for reading in readings) / count:>6.3f} "
        f"{min(reading.f1 for reading in readings):>6.3f} {sum(reading.leaks for reading in readings):>5} "
        f"{sum(reading.is_titled for reading in readings):>5} {sum(reading.is_dated for reading in readings):>4} "
        f"{plain:>8.3f}"
    )


def _plain(page: GoldPage) -> str:
    return "\n".join(plain_trafilatura(body, page.url) for body in page.bodies)
