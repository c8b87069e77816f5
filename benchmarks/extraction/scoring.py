"""Scores of an extraction against a page whose text is known."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_ROOT = Path(__file__).parents[2]
DEVELOPMENT_PAGES = _ROOT.parent / "shared" / "data" / "pages"
FIXTURES = _ROOT / "tests" / "crawler" / "pages"
_POINTER = re.compile(
    r"^\s*(?:baca(?:\s+juga)?\s*:|(?:berita|artikel)\s+terkait|lihat\s+juga\s*:|simak\s+(?:juga|video)|\[gambas|advertisement"
    r"|scroll\s+to|cek berita dan artikel)|\bbaca juga\s*:",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page (or the pages of one article) and what it says."""

    name: str
    url: str
    bodies: tuple[bytes, ...]
    title: str
    text: str
    published: datetime | None
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()
    """Sentences of others that the page prints; none belongs into the article."""


def gold_pages() -> list[GoldPage]:
    """The development pages where they are at hand, else the invented pages of the tests."""
    return list(_development_pages() if (DEVELOPMENT_PAGES / "index.jsonl").exists() else _fixtures())


def _development_pages() -> Iterator[GoldPage]:
    for line in (DEVELOPMENT_PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield GoldPage(
            name=Path(row["file"]).stem.removeprefix("anpandu__"),
            url=row["url"],
            bodies=((DEVELOPMENT_PAGES / row["file"]).read_bytes(),),
            title=row["title"],
            text=row["text"],
            published=datetime.fromtimestamp(row["published_ms"] / 1000, UTC),
        )


def _fixtures() -> Iterator[GoldPage]:
    for path in sorted(FIXTURES.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        published = row.get("published")
        yield GoldPage(
            name=path.stem,
            url=row["url"],
            bodies=tuple((FIXTURES / name).read_bytes() for name in row["files"]),
            title=row["title"],
            text=row["text"],
            published=datetime.fromisoformat(published) if published else None,
        )


def token_f1(text: str, gold: str) -> float:
    """F1 over the words of both texts, counted with their repetitions."""
    found, wanted = (Counter(re.findall(r"\w+", each.lower())) for each in (text, gold))
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


def leaked_pointers(text: str) -> int:
    """How many lines of `text` point readers to something else."""
    return sum(1 for line in text.splitlines() if _POINTER.search(line))


def leaked_sentences(text: str, planted: Iterable[str]) -> list[str]:
    """Those of the planted sentences that stand in `text`."""
    return [sentence for sentence in planted if sentence in text]


def same_title(title: str, gold: str) -> bool:
    """Whether both are the same words, whatever quotes and blanks they are printed with."""
    return re.findall(r"\w+", title.lower()) == re.findall(r"\w+", gold.lower())
