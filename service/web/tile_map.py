"""Indonesia as a grid of tiles, one for each province, near where it lies: small ones are seen as well as large."""

from collections.abc import Mapping
from dataclasses import dataclass

TILE_WIDTH, TILE_HEIGHT, GAP = 62, 50, 4
_STEP_X, _STEP_Y = TILE_WIDTH + GAP, TILE_HEIGHT + GAP

MOST_NEGATIVE_FROM = 2
"""Articles below which nothing is said of the tone of a province."""

# Code, short name, column and row.
_GRID = (
    ("11", "Aceh", 0, 0),
    ("12", "Sumut", 1, 1),
    ("14", "Riau", 2, 1),
    ("21", "Kepri", 3, 1),
    ("13", "Sumbar", 1, 2),
    ("15", "Jambi", 2, 2),
    ("19", "Babel", 4, 2),
    ("17", "Bengkulu", 2, 3),
    ("16", "Sumsel", 3, 3),
    ("18", "Lampung", 3, 4),
    ("36", "Banten", 4, 5),
    ("31", "Jakarta", 5, 5),
    ("33", "Jateng", 6, 5),
    ("35", "Jatim", 7, 5),
    ("51", "Bali", 8, 5),
    ("52", "NTB", 9, 5),
    ("53", "NTT", 10, 5),
    ("32", "Jabar", 5, 6),
    ("34", "DIY", 6, 6),
    ("65", "Kaltara", 7, 0),
    ("61", "Kalbar", 6, 1),
    ("64", "Kaltim", 7, 1),
    ("62", "Kalteng", 6, 2),
    ("63", "Kalsel", 7, 2),
    ("75", "Gorontalo", 9, 1),
    ("71", "Sulut", 10, 1),
    ("76", "Sulbar", 9, 2),
    ("72", "Sulteng", 10, 2),
    ("73", "Sulsel", 9, 3),
    ("74", "Sultra", 10, 3),
    ("82", "Malut", 11, 2),
    ("81", "Maluku", 11, 3),
    ("96", "PB Daya", 12, 2),
    ("92", "Pabar", 13, 2),
    ("94", "Pateng", 13, 3),
    ("91", "Papua", 14, 3),
    ("93", "Pasel", 13, 4),
    ("95", "Papeg", 14, 4),
)
WIDTH = 15 * _STEP_X - GAP
HEIGHT = 7 * _STEP_Y - GAP

PROVINCES = tuple(code for code, _, _, _ in _GRID)


@dataclass(frozen=True, slots=True)
class Tile:
    """One province: its place, its articles by tone, and `step`, 0 for none to 4 for as many as anywhere."""

    code: str
    short: str
    x: int
    y: int
    counts: Mapping[str, int]
    step: int

    @property
    def total(self) -> int:
        """The articles of all tones."""
        return sum(self.counts.values())

    @property
    def is_mostly_negative(self) -> bool:
        """Whether more of its articles are negative than of any other tone."""
        negative = self.counts.get("negative", 0)
        others = (self.counts.get(tone, 0) for tone in ("positive", "neutral"))
        return self.total >= MOST_NEGATIVE_FROM and all(negative > other for other in others)


def tiles(counts: Mapping[str, Mapping[str, int]]) -> list[Tile]:
    """A tile for every province; `counts` are articles by tone, by the province's code."""
    most = max((sum(counts.get(code, {}).values()) for code in PROVINCES), default=0)
    return [
        Tile(code, short, column * _STEP_X, row * _STEP_Y, counts.get(code, {}), _step(counts.get(code, {}), most))
        for code, short, column, row in _GRID
    ]


def _step(counts: Mapping[str, int], most: int) -> int:
    """By roots, for a few provinces have most of the press: an even scale would leave all others pale."""
    total = sum(counts.values())
    return min(4, 1 + int(4 * (total / most) ** 0.5 * 0.999)) if total else 0
