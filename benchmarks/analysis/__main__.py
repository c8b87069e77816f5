"""Speed of the whole analysis: `python -m benchmarks.analysis [--runs N]`.

Stories on the agency from the sample newsroom, cut to 400 words, go through everything that reads an article (spaCy
pipeline, names, quotes, figures, reader) in batches, in as many worker processes as there are cores, as in the service.
The floor of the same run is the spaCy tokenizer over the same texts in one process. Then the time of each part in one
process, how long the models take to load, what a worker holds in memory, and the encoder with int8 weights next to the
same with full ones (only where torch is installed: full weights are not shipped as ONNX).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import spacy

from benchmarks.analysis.build import agency, build
from benchmarks.articles import agency_texts, cut
from nlp.analysis import ArticleText
from nlp.choice import READER
from nlp.document import make_doc
from nlp.pipeline import build_pipeline
from nlp.reader.encoder import Encoder
from nlp.reader.window import marked_sentences
from service.adapters.analysis_pool import AnalysisPool

ROOT = Path(__file__).resolve().parents[2]
GOAL = 60
"""Articles a second that two cores are to read."""
LOAD_GOAL, MEMORY_GOAL = 3.0, 900
_ARTICLES = 256
_PUBLISHED = datetime(2025, 3, 12, 9, tzinfo=UTC)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="how often each is timed; the median is shown")
    runs = parser.parse_args().runs
    texts = cut(agency_texts(date(2025, 3, 12)))
    articles = [
        ArticleText(str(number), texts[number % len(texts)], published=_PUBLISHED) for number in range(_ARTICLES)
    ]
    cores = os.cpu_count() or 1
    pool = AnalysisPool(partial(build, agency()), cores)
    pool(articles[: 4 * cores])
    seconds = _median(runs, lambda: pool(articles))
    pool.close()
    blank = spacy.blank("id").tokenizer
    floor = _median(runs, lambda: [blank(article.text) for article in articles])
    print(f"whole analysis, {cores} processes   {_ARTICLES / seconds:8.1f} articles/s (goal {GOAL}), "
          f"{seconds * cores / floor:.0f} times the CPU time of spaCy's tokenizer")  # fmt: skip
    _parts(articles[:64], runs)
    _loading()
    _int8(articles)


def _parts(articles: Sequence[ArticleText], runs: int) -> None:
    pipeline = build_pipeline(agency())
    times: dict[str, list[float]] = {name: [] for name in ("tokenizer", *pipeline.pipe_names)}
    for _ in range(runs):
        began = time.perf_counter()
        docs = [make_doc(pipeline, article) for article in articles]
        times["tokenizer"].append(time.perf_counter() - began)
        for name, component in pipeline.pipeline:
            began = time.perf_counter()
            pipe = getattr(component, "pipe", None)
            docs = list(pipe(docs, batch_size=32)) if pipe else [component(doc) for doc in docs]
            times[name].append(time.perf_counter() - began)
    print("milliseconds an article, one process:")
    for name, some in times.items():
        print(f"  {name:20} {1000 * median(some) / len(articles):7.2f}")


def _loading() -> None:
    code = (
        "import time, resource; began = time.perf_counter()\n"
        "from benchmarks.analysis.build import agency, build\n"
        "from nlp.analysis import ArticleText\n"
        "imported = time.perf_counter()\n"
        "analyse = build(agency()); analyse([ArticleText('a', 'BPJS Ketenagakerjaan membayar santunan.')])\n"
        "done = time.perf_counter()\n"
        "print(imported - began, done - imported, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run(  # noqa: S603  the code above, nothing from outside
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    imports, models, memory = map(float, done.stdout.split())
    print(f"packages imported in {imports:.1f} s, then models loaded and a first article read in {models:.1f} s "
          f"(goal {LOAD_GOAL:.0f}), {memory:.0f} MB (goal {MEMORY_GOAL})")  # fmt: skip


def _int8(articles: Sequence[ArticleText]) -> None:
    pipeline = build_pipeline(agency(), until="regions")
    windows = [marked_sentences(pipeline(make_doc(pipeline, article))) for article in articles]
    small = Encoder(READER)
    with tempfile.TemporaryDirectory() as folder:
        if not _export_full(Path(folder)):
            print("int8 against full weights: skipped, torch is not installed")
            return
        full = Encoder(Path(folder))
        quick, slow = (_median(3, lambda encoder=encoder: encoder.read(windows)) for encoder in (small, full))  # type: ignore[misc]
        print(f"encoder alone, one thread: int8 {len(windows) / quick:.0f} articles/s, full weights "
              f"{len(windows) / slow:.0f}, {slow / quick:.2f} times as fast")  # fmt: skip
        _accuracy(Path(folder))


def _export_full(folder: Path) -> bool:
    try:
        import torch  # noqa: F401
    except ImportError:
        return False
    import shutil

    from transformers import BertForTokenClassification

    from nlp.training.reader import export_onnx

    shutil.copytree(READER, folder, dirs_exist_ok=True)
    model = BertForTokenClassification.from_pretrained(READER, attn_implementation="eager").float()
    export_onnx(model, folder, keep_full=True)
    (folder / "model.fp32.onnx").replace(folder / "model.onnx")
    return True


def _accuracy(full: Path) -> None:
    from nlp.training.evaluation import measured

    small, whole = measured(READER, agency()), measured(full, agency())
    for name, value in small.measures.items():
        print(f"  held-out {name:20} int8 {value:.3f}  full {whole.measures[name]:.3f}")
    same = float(np.mean(small.told.tone == whole.told.tone))
    print(f"  the same tone for {same:.1%} of the passages")


def _median(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


if __name__ == "__main__":
    main()
