"""The project's own passages about the agency: invented, labelled by the rules of docs/models.md, split by writer."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from nlp.analysis import Relevance, Tone, Topic
from nlp.reader.questions import ALERTS, RELEVANCES, TONES, TOPICS

FOLDER = Path(str(files("nlp.training"))) / "passages"
# Whole styles are held out: a passage by a hand that was trained on tells too little about the next newsroom.
HELD_OUT = ("h1", "h2")
# These wrote hard pairs alone. What a word tells by itself cannot be learnt from them: both halves have it.
PAIRS_ONLY = ("w11", "w12", "w13", "w14", "w15")


@dataclass(frozen=True, slots=True)
class Passage:
    """An invented news passage and what a careful reader says of it.

    `rule` is the label rule (1 to 8) that gives its tone, `pair` the name that the two halves of a hard pair share.
    """

    id: str
    title: str
    text: str
    relevance: Relevance
    sentiment: Tone | None
    rule: int | None
    topic: Topic
    alerts: tuple[str, ...]
    voice: Literal["quoted", "reported"]
    pair: str | None

    @property
    def writer(self) -> str:
        """The style it is written in: the first part of its id."""
        return self.id.partition("-")[0]

    @property
    def is_of_pairs_only(self) -> bool:
        """Whether its writer wrote hard pairs alone."""
        return self.writer in PAIRS_ONLY


def read_passages(paths: Iterable[Path]) -> Iterator[Passage]:
    """The passages of JSON-lines files; ValueError naming file and line where one is not as it must be."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    yield as_passage(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path}:{number}: {error}") from error


def training_passages(folder: Path = FOLDER) -> list[Passage]:
    """What is trained on."""
    return list(read_passages(path for path in sorted(folder.glob("*.jsonl")) if path.stem not in HELD_OUT))


def held_out_passages(folder: Path = FOLDER) -> list[Passage]:
    """What nothing is ever trained or tuned on."""
    return list(read_passages(folder / f"{writer}.jsonl" for writer in HELD_OUT))


def answers(passages: Sequence[Passage]) -> dict[str, NDArray[np.int64]]:
    """The right answer of each passage to each question with one answer; -1 where it has no tone."""
    return {
        "relevance": np.asarray([RELEVANCES.index(passage.relevance) for passage in passages]),
        "tone": np.asarray([TONES.index(it.sentiment) if it.sentiment else -1 for it in passages]),
        "topic": np.asarray([TOPICS.index(passage.topic) for passage in passages]),
    }


def alerts_of(passages: Sequence[Passage]) -> NDArray[np.bool_]:
    """Which alert classes each passage has, shape (passages, classes)."""
    return np.asarray([[code in passage.alerts for code in ALERTS] for passage in passages])


def as_passage(row: dict[str, Any]) -> Passage:
    """The passage in a row; KeyError or ValueError where it is not as it must be."""
    relevance = row["relevance"]
    if relevance == "relevant" and row["sentiment"] is None:
        raise ValueError("a relevant passage needs its sentiment")
    return Passage(
        id=str(row["id"]),
        title=str(row["title"]),
        text=str(row["text"]),
        relevance=cast("Relevance", relevance),
        sentiment=cast("Tone | None", row["sentiment"]),
        rule=row["rule"],
        topic=cast("Topic", row["topic"]),
        alerts=tuple(row["alerts"]),
        voice=row["voice"],
        pair=row["pair"],
    )
