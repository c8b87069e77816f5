"""Attribution of quotes on annotated passages; `python -m tests.nlp.test_quotes_gate` prints measures and errors.

A quote counts as found where at least half of the words of both readings are the same; its attribution is right where
the speaker is, too. The passages were annotated before the code was run on them; errors are looked at in the
development half (odd numbers) and in the further passages (`quotes_more.jsonl`), never in the held-out half.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nlp.analysis import ArticleText, Quote
from tests.nlp.builders import an_analyser

DATA = Path(__file__).parent / "data"
LOOKED_AT = ("development", "more")


@dataclass(frozen=True, slots=True)
class Gold:
    """Somebody's words in a passage, and who said them."""

    start: int
    end: int
    kind: str
    speaker: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its quotes, annotated and found."""

    id: str
    text: str
    gold: tuple[Gold, ...]
    found: tuple[Quote, ...]


@cache
def passages() -> tuple[Passage, ...]:
    files = [DATA / "quotes.jsonl", DATA / "quotes_more.jsonl"]
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    analyses = an_analyser().analyse([ArticleText(row["id"], row["text"]) for row in rows])
    return tuple(
        Passage(row["id"], row["text"], tuple(_gold(row["text"], row["quotes"])), analysis.quotes)
        for row, analysis in zip(rows, analyses, strict=True)
    )


def _gold(text: str, quotes: list[dict[str, str | None]]) -> list[Gold]:
    found, after = [], 0
    for quote in quotes:
        said = str(quote["text"])
        start = text.find(said, after)
        start = text.index(said) if start < 0 else start
        after = start + len(said)
        found.append(Gold(start, after, str(quote["kind"]), quote["speaker"], quote["title"]))
    return found


def overlap(gold: Gold, quote: Quote) -> float:
    """The share of the characters of both that both have."""
    common = min(gold.end, quote.end) - max(gold.start, quote.start)
    return max(0, common) / (max(gold.end, quote.end) - min(gold.start, quote.start))


def matches(passage: Passage) -> list[tuple[Gold, Quote]]:
    """Pairs of annotated and found quotes that are the same words, the best first, none twice."""
    ranked = sorted(
        ((overlap(gold, quote), g, q) for g, gold in enumerate(passage.gold) for q, quote in enumerate(passage.found)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for share, g, q in ranked:
        if share >= 0.5 and g not in pairs and q not in pairs.values():
            pairs[g] = q
    return [(passage.gold[g], passage.found[q]) for g, q in pairs.items()]


def part(name: str) -> list[Passage]:
    """The passages of one of the three sets."""
    return [passage for passage in passages() if _set_of(passage.id) == name]


def _set_of(id: str) -> str:
    if id.startswith("m"):
        return "more"
    return "development" if int(id[1:]) % 2 else "held-out"


def measures(name: str) -> dict[str, float]:
    """Precision, recall and F1 of quotes and of their attribution, in a set."""
    found = sum(len(passage.found) for passage in part(name))
    gold = sum(len(passage.gold) for passage in part(name))
    pairs = [pair for passage in part(name) for pair in matches(passage)]
    attributed = [(gold, quote) for gold, quote in pairs if gold.speaker == quote.speaker]
    named = [(gold, quote) for gold, quote in attributed if gold.speaker]
    return {
        "passages": len(part(name)),
        "quotes": gold,
        "quotes F1": 2 * len(pairs) / (found + gold),
        "attribution precision": len(attributed) / found,
        "attribution recall": len(attributed) / gold,
        "attribution F1": 2 * len(attributed) / (found + gold),
        "title accuracy": sum(gold.title == quote.speaker_title for gold, quote in named) / len(named),
        "kind accuracy": sum(gold.kind == quote.kind for gold, quote in pairs) / len(pairs),
    }


@pytest.mark.parametrize(
    ("name", "attribution", "titles"),
    [("development", 0.98, 0.99), ("held-out", 0.86, 0.94), ("more", 0.95, 0.95)],
)
def test_quotes_are_attributed_to_their_speakers(name: str, attribution: float, titles: float) -> None:
    reached = measures(name)
    assert reached["passages"] >= 60
    assert reached["attribution F1"] >= attribution
    assert reached["title accuracy"] >= titles


if __name__ == "__main__":
    for name in ("development", "held-out", "more"):
        print(name, *(f"{measure} {value:.3f}" for measure, value in measures(name).items()), sep="\n  ")
    for passage in (passage for name in LOOKED_AT for passage in part(name)):
        good = [(gold, quote) for gold, quote in matches(passage) if gold.speaker == quote.speaker]
        missed = [gold for gold in passage.gold if gold not in [pair[0] for pair in good]]
        extra = [quote for quote in passage.found if quote not in [pair[1] for pair in good]]
        titles = [pair for pair in good if pair[0].speaker and pair[0].title != pair[1].speaker_title]
        if missed or extra or titles:
            print(f"\n{passage.id} {passage.text}")
        for gold in missed:
            print(f"  MISSED {gold.kind} {passage.text[gold.start : gold.end]!r} – {gold.speaker} ({gold.title})")
        for quote in extra:
            print(f"  EXTRA  {quote.kind} {quote.text!r} – {quote.speaker} ({quote.speaker_title})")
        for gold, quote in titles:
            print(f"  TITLE  of {gold.speaker}: {gold.title} – found {quote.speaker_title}")
