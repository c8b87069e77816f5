"""Stated figures: a grammar of Indonesian numerals and what the press says with them.

The way of a sentence: `lexicon` (tokens, phrase tables) → `numerals`, `periods`, `exclusions` (what the digits and
number words are) → `units`, `reading` (drafts with unit and counted noun) → `movement` (comparator, direction,
from-to) → `metrics`, `meaning` (metric, kind) → `scope`, `places` (period, region) → `extract.figures_in`.
A linguist extends the tables at the top of `numerals`, `units`, `cues`, `metrics`, `periods` and `exclusions`.
"""

from nlp.figures.extract import StatedFigure, figures_in

__all__ = ["StatedFigure", "figures_in"]
