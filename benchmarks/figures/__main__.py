"""Speed of the stated-figures component: `python -m benchmarks.figures [--runs N]`.

Articles of 400 words are cut from invented texts: the sample newsroom as it comes ("news"), its stories on the agency
alone ("agency"), and sentences that nearly all hold figures ("dense"). The component is timed in CPU time of one
process, next to two floors over the same articles in the same run: finding all digits and number words by one regular
expression, and spaCy's tokenizer.
"""

import argparse
import gc
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.analysis.build import agency
from benchmarks.articles import agency_texts, cut
from demo.newsroom import Newsroom
from nlp.analysis import ArticleText
from nlp.components.figures import StatedFigures
from nlp.components.resolution import figure_resolution
from nlp.document import make_doc
from nlp.pipeline import build_pipeline

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")

GOAL = 400
"""Articles a second that the component is to read on one core."""

_DAY = date(2025, 3, 12)
_PUBLISHED = datetime(2025, 3, 12, 9, tzinfo=UTC)
_FLOOR = re.compile(r"\d+|\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|se\w+|ribu|juta|miliar|persen)\b")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="how often each is timed; the median is shown")
    runs = parser.parse_args().runs
    pipeline = build_pipeline(agency())
    heading = ("articles", "figures each", "articles/s", "× regex", "× tokens", "with resolution")
    print(" " * 8 + "".join(f"{it:>16}" for it in heading))
    for name, texts in _texts().items():
        articles = cut(texts)
        docs = [
            _until(pipeline, ArticleText(str(number), text, published=_PUBLISHED))
            for number, text in enumerate(articles)
        ]
        # The documents are held for the measurement alone: the collector would walk through them again and again.
        gc.collect()
        gc.freeze()
        component, blank = StatedFigures(), spacy.blank("id").tokenizer
        own = _seconds(runs, docs, component)
        resolved = _seconds(runs, docs, figure_resolution)
        floor = _seconds(runs, articles, lambda text: _FLOOR.findall(text.lower()))
        tokens = _seconds(runs, articles, blank)
        figures = sum(len(doc._.figures) for doc in docs) / len(docs)
        row = (
            f"{len(docs)}",
            f"{figures:.1f}",
            f"{len(docs) / own:.0f}",
            f"{own / floor:.1f}",
            f"{own / tokens:.2f}",
            f"{len(docs) / (own + resolved):.0f}",
        )
        print(f"{name:8}" + "".join(f"{it:>16}" for it in row))
    print(f"goal: {GOAL} articles/s of the component on news; × says how many times the floor's time it takes")


def _texts() -> dict[str, list[str]]:
    """The texts from which articles are cut, by the name of their row."""
    printed = Newsroom(_DAY).articles
    sentences = (ROOT / "tests" / "nlp" / "data" / "figures.jsonl").read_text("utf-8").splitlines()
    return {
        "news": [article.text for article in printed],
        "agency": agency_texts(_DAY),
        "dense": [json.loads(line)["text"] for line in sentences],
    }


def _until(pipeline: Language, article: ArticleText) -> Doc:
    """The article with all that the component reads."""
    doc = make_doc(pipeline, article)
    for name, component in pipeline.pipeline:
        if name == "stated_figures":
            return doc
        doc = component(doc)
    raise LookupError("the pipeline has no stated_figures")


def _seconds(runs: int, items: Sequence[T], work: Callable[[T], object]) -> float:
    """CPU seconds of the work on all items, the median of the runs."""
    times = []
    for _ in range(runs):
        before = process_time()
        for item in items:
            work(item)
        times.append(process_time() - before)
    return median(times)


if __name__ == "__main__":
    main()
