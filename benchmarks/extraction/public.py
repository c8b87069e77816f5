"""The public article-extraction-benchmark, read from a checkout and scored as its own evaluation scores.

Its pages (`html/*.html.gz`) and texts (`ground-truth.json`) are not part of this repository. A page's text is compared
by its shingles, rows of four words: true and false positives and false negatives are scaled to sum to one on each page,
precision and recall are averaged over the pages for which they are defined, and F1 is that of the two averages.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction.readers import READERS, Stopwatch

SHINGLE = 4
_WORST = 15
WHERE = (
    "article-extraction-benchmark is no part of this checkout: clone scrapinghub/article-extraction-benchmark and pass "
    "the folder that holds its ground-truth.json and html/ as --aeb"
)


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page of the benchmark: its address, its bytes and the text that a person found there."""

    name: str
    url: str
    body: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """How the shingles of a reading and of the truth meet, in shares of all of them."""

    both: float
    only_found: float
    only_true: float

    @property
    def precision(self) -> float:
        """The share of what was found that is true; 1 when nothing is wrong."""
        return _share(self.both, self.only_found, self.only_true)

    @property
    def recall(self) -> float:
        """The share of what is true that was found; 1 when nothing is missing."""
        return _share(self.both, self.only_true, self.only_found)

    @property
    def f1(self) -> float:
        """The harmonic mean of both, for telling the worst pages."""
        total = 2 * self.both + self.only_found + self.only_true
        return 2 * self.both / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 over a set of pages."""

    precision: float
    recall: float
    f1: float


def public_pages(folder: Path) -> list[PublicPage]:
    """The pages of a checkout, by name; FileNotFoundError says what to do when there is none."""
    truth = folder / "ground-truth.json"
    if not truth.exists():
        raise FileNotFoundError(WHERE)
    rows = json.loads(truth.read_text(encoding="utf-8"))
    return [
        PublicPage(
            name=name,
            url=row.get("url") or f"https://page-{name}.example/",
            body=gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            text=row.get("articleBody") or "",
        )
        for name, row in sorted(rows.items())
    ]


def match(found: str, true: str) -> Match:
    """How much of `found` is in `true`, and the reverse."""
    ours, wanted = _shingles(found), _shingles(true)
    both = (ours & wanted).total()
    only_found = (ours - wanted).total()
    only_true = (wanted - ours).total()
    total = both + only_found + only_true
    return Match(both / total, only_found / total, only_true / total) if total else Match(0, 0, 0)


def score(matches: Sequence[Match]) -> Score:
    """The benchmark's figures for a reader that did `matches`."""
    precision = _mean(each.precision for each in matches if each.both + each.only_found > 0)
    recall = _mean(each.recall for each in matches if each.both + each.only_true > 0)
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0)


def print_public(folder: Path) -> None:
    """Print precision, recall, F1 and speed of every reader on the pages of `folder`, and our worst pages."""
    pages = public_pages(folder)
    print(f"{'reader':30} {'F1':>6} {'P':>6} {'R':>6} {'pages per CPU-second':>21}")
    for name, reader in READERS.items():
        reader(pages[0].body, pages[0].url)  # models are loaded on the first page
        watch = Stopwatch()
        matches = [match(watch.read(reader, page.body, page.url), page.text) for page in pages]
        got = score(matches)
        print(f"{name:30} {got.f1:6.3f} {got.precision:6.3f} {got.recall:6.3f} {len(pages) / watch.seconds:21.1f}")
        if name == "ours":
            worst = sorted(zip(matches, pages, strict=True), key=lambda pair: pair[0].f1)[:_WORST]
    print("\nour worst pages")
    for each, page in worst:
        print(f"{each.f1:6.3f} {each.precision:6.3f} {each.recall:6.3f}  {page.name}  {page.url[:100]}")


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    rows = (tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(row for row in rows if row)


def _share(right: float, wrong: float, other_wrong: float) -> float:
    if wrong == other_wrong == 0:
        return 1.0
    return right / (right + wrong) if right + wrong else 0.0


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0
