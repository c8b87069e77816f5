"""The general language data, read from a folder that is not part of the project (docs/models.md says what it holds)."""

import csv
import lzma
import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from nlp.analysis import Tone

FOLDER_VARIABLE = "PANTAU_TRAINING_DATA"


class TrainingDataError(Exception):
    """Data for training that cannot be used; the message says what to do."""


def data_folder() -> Path:
    """The folder with the language data; TrainingDataError where it is not there."""
    named = os.environ.get(FOLDER_VARIABLE, "")
    folder = Path(named)
    if not named or not folder.is_dir():
        raise TrainingDataError(
            f"set {FOLDER_VARIABLE} to the folder with the language data (corpus.txt.xz, smsa/, cnbci/, idner/, "
            "nergrit/, nerugm/); docs/models.md lists each set and its source"
        )
    return folder


def corpus_lines(folder: Path) -> Iterator[str]:
    """The documents of the plain-text corpus, one a line."""
    with lzma.open(folder / "corpus.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if text := line.strip():
                yield text


def reviews(folder: Path, split: str) -> list[tuple[str, Tone]]:
    """SmSA's (text, tone) of "train", "valid" or "test": reviews and comments."""
    path = folder / "smsa" / f"{split}_preprocess.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row[0], cast("Tone", row[1].strip()))
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row
        ]


def headlines(folder: Path) -> list[tuple[str, Tone]]:
    """CNBCI's (headline, tone): stock news, in the order of the file."""
    tones: dict[str, Tone] = {"positif": "positive", "netral": "neutral", "negatif": "negative"}
    with (folder / "cnbci" / "dataset.csv").open(encoding="utf-8", newline="") as file:
        return [(row["judul"], tones[row["sentimen"]]) for row in csv.DictReader(file) if row["sentimen"] in tones]
