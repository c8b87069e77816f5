"""What each shipped model is and how well it was measured: `card.json` beside its weights, written by training."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nlp.choice import NAMES, READER, ModelError

CARD = "card.json"
SHIPPED = (READER, NAMES)


@dataclass(frozen=True, slots=True)
class Card:
    """A shipped model. `accuracy` holds measures by name, each with its 95 % interval where one was computed."""

    name: str
    task: str
    version: str
    licence: str
    trained: str
    accuracy: Mapping[str, tuple[float, ...]]
    folder: Path

    @property
    def megabytes(self) -> float:
        """What its files weigh, in 10⁶ bytes."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()) / 1e6


def read_card(folder: Path) -> Card:
    """The card of a shipped model; ModelError where it is missing or damaged."""
    path = folder / CARD
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        accuracy = {name: tuple(map(float, value)) for name, value in row["accuracy"].items()}
        return Card(row["name"], row["task"], row["version"], row["licence"], row["trained"], accuracy, folder)
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); `make train` writes it") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is no model card: {error}") from error
