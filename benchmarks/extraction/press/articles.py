"""Articles as their desk wrote them, before any layout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

_FOLDER = Path(__file__).with_name("articles")
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_MARKS = {"## ": "heading", "### ": "heading", "> ": "quote", "- ": "bullets", "| ": "rows"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or quote of one line; or bullets, steps or table rows of several."""

    kind: str
    lines: tuple[str, ...]

    @property
    def gold(self) -> tuple[str, ...]:
        """The words as readers see them, one line for each paragraph, item or cell."""
        if self.kind == "rows":
            return tuple(cell for line in self.lines for cell in cells_of(line))
        return tuple(line.replace("**", "") for line in self.lines)


@dataclass(frozen=True, slots=True)
class Article:
    """One report: its head and its blocks. `published` carries the zone it was written in, `zone` its short name."""

    slug: str
    title: str
    published: datetime
    zone: str
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    caption: str
    place: str
    blocks: tuple[Block, ...]

    @property
    def lead(self) -> str:
        """The first paragraph, as other pages quote it."""
        return self.blocks[0].gold[0]


def cells_of(row: str) -> list[str]:
    """The cells of a table row as it is written down."""
    return [cell.strip() for cell in row.strip("|").split("|")]


@cache
def articles() -> tuple[Article, ...]:
    """Every article, in the order of files and of places in them."""
    return tuple(_articles())


def _articles() -> Iterator[Article]:
    for path in sorted(_FOLDER.glob("*.txt")):
        for entry in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield _article(entry)


def _article(entry: str) -> Article:
    head, _, body = entry.strip().partition("\n\n")
    slug, *fields = head.splitlines()
    values = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in fields)}
    clock, _, zone = values["published"].rpartition(" ")
    return Article(
        slug=slug.strip(),
        title=values["title"],
        published=datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(_ZONES[zone])),
        zone=zone,
        authors=_listed(values["authors"]),
        section=values["section"],
        tags=_listed(values["tags"]),
        caption=values["caption"],
        place=values["dateline"],
        blocks=tuple(_blocks(body.splitlines())),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _blocks(lines: list[str]) -> Iterator[Block]:
    """The blocks in order; neighbouring items of a list or rows of a table are one block."""
    kind = ""
    gathered: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        now, text = _kind(line)
        if gathered and (now != kind or now in {"paragraph", "heading", "quote"}):
            yield Block(kind, tuple(gathered))
            gathered = []
        kind = now
        gathered.append(text)
    if gathered:
        yield Block(kind, tuple(gathered))


def _kind(line: str) -> tuple[str, str]:
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return kind, line.removeprefix(mark).rstrip("|").strip()
    step = re.match(r"\d+\. (?=\S)", line)
    return ("steps", line[step.end() :]) if step else ("paragraph", line)
