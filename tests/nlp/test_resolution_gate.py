"""Floors under what the rest of the article adds, on invented articles in two halves: one was never looked at.

A row of `resolution.jsonl` is an article with the figures of interest at their places. Each slot tells what a careful
reader takes from the whole article, "region" as an official code; null where nothing may be told, and the slots of
"open" are those on which readers may differ. A slot that its sentence fills is left to the sentence's own tests.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from nlp.analysis import ArticleText, Figure, Slot
from tests.nlp.builders import an_analyser

ARTICLES = Path(__file__).parent / "data" / "resolution.jsonl"
SLOTS: tuple[Slot, ...] = ("region", "period", "speaker", "base")


@cache
def rows() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines())


def analysed_figures(row: dict[str, Any]) -> tuple[Figure, ...]:
    published = datetime.fromisoformat(row["pub"]).replace(hour=5, tzinfo=UTC)
    (analysis,) = an_analyser().analyse([ArticleText(row["id"], row["text"], row["title"], published)])
    return analysis.figures


def found(gold: dict[str, Any], figures: tuple[Figure, ...]) -> Figure | None:
    """The figure that stands where the gold one does."""
    return next(
        (f for f in figures if f.field == gold["field"] and f.start < gold["end"] and gold["start"] < f.end), None
    )


def told(figure: Figure, slot: Slot) -> str | None:
    """What the sentence alone tells; a region as its code."""
    if slot == "region":
        return None if figure.region is None else figure.region_code or figure.region
    return None if slot == "base" else getattr(figure, slot)


def resolved(figure: Figure, slot: Slot) -> str | None:
    value = figure.resolved_as(slot)
    return figure.region_code or value if slot == "region" and value is not None else value


def judged(figure: Figure, gold: dict[str, Any], slot: Slot) -> str | None:
    """Whether a slot is rightly or wrongly resolved, or missed; None where there is nothing to judge."""
    said, own, wanted = resolved(figure, slot), told(figure, slot), gold[slot]
    if slot in gold["open"] or (said is None and (wanted is None or own == wanted)):
        return None
    if slot in ("region", "period") and own is not None:
        return None
    if said == wanted:
        return "right"
    return "missed" if said is None else "wrong"


@cache
def scores(half: str) -> dict[str, float]:
    """Precision and recall of each slot, and the share of codes and titles that are right."""
    counts = Counter[tuple[str, str | None]]()
    for row in (row for row in rows() if row["set"] == half):
        figures = analysed_figures(row)
        for gold in row["figures"]:
            figure = found(gold, figures)
            counts["figure", "found" if figure else "lost"] += 1
            if figure is None:
                continue
            for slot in SLOTS:
                counts[slot, judged(figure, gold, slot)] += 1
                counts[slot, "wanted"] += judged(figure, gold, slot) is not None and gold[slot] is not None
            if gold["region"] is not None:
                counts["code", "right" if figure.region_code == gold["region"] else "wrong"] += 1
            if gold["speaker_title"] is not None or figure.speaker_title is not None:
                counts["title", "right" if figure.speaker_title == gold["speaker_title"] else "wrong"] += 1
    result = {"found": counts["figure", "found"] / (counts["figure", "found"] + counts["figure", "lost"])}
    for slot in SLOTS:
        right, said = counts[slot, "right"], counts[slot, "right"] + counts[slot, "wrong"]
        result[f"{slot}_precision"] = right / said if said else 1.0
        result[f"{slot}_recall"] = right / counts[slot, "wanted"] if counts[slot, "wanted"] else 1.0
    for name in ("code", "title"):
        result[name] = counts[name, "right"] / (counts[name, "right"] + counts[name, "wrong"])
    return result
