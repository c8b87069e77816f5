"""Which models understand the text: the shipped ones, or others that the configuration names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from nlp.analysis import Tone

_FOLDER = Path(str(files("nlp"))) / "models"
READER = _FOLDER / "reader"
NAMES = _FOLDER / "id_pantau_news"


class ModelError(Exception):
    """A configured model that cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The models of an analyser; an empty text means the shipped one.

    `sentiment` is "lexicon", a folder with an ONNX export, or a folder or hub id for `transformers`, which needs the
    extra `torch`; `names` a folder of a spaCy pipeline, or again a model for `transformers`. The labels say what a
    model's labels mean where its own configuration does not: a tone, or PER, ORG or LOC.
    """

    sentiment: str = ""
    sentiment_labels: Mapping[str, Tone] = field(default_factory=dict)
    names: str = ""
    names_labels: Mapping[str, str] = field(default_factory=dict)
