"""Floors under the accuracy on the development sentences, measured by the published scorer."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from nlp.figures import StatedFigure, figures_in

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score_figures.py"

# A little under what is reached, so that a change that costs accuracy is seen.
FLOORS = {
    "press_dev": {
        "value_unit_f1": 0.99,
        "kind": 0.98,
        "metric": 0.96,
        "direction": 0.96,
        "comparator": 0.98,
        "period": 0.96,
        "region": 0.98,
        "speaker": 0.96,
        "tuple": 0.93,
    },
    "cases_dev": {
        "value_unit_f1": 0.98,
        "kind": 0.97,
        "metric": 0.96,
        "direction": 0.96,
        "comparator": 0.98,
        "period": 0.96,
        "region": 0.96,
        "tuple": 0.94,
    },
}


def as_json(figure: StatedFigure) -> dict[str, object]:
    names = (
        "start",
        "end",
        "value",
        "unit",
        "kind",
        "metric",
        "direction",
        "comparator",
        "period",
        "region",
        "speaker",
    )
    return {name: getattr(figure, name) for name in names} | {"from": figure.from_, "to": figure.to}


@pytest.mark.gold
@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_stays_above_its_floor(name: str, tmp_path: Path) -> None:
    gold = SHARED / "data" / "figures" / f"{name}.jsonl"
    if not gold.exists() or not SCORER.exists():
        pytest.skip(f"the development sentences are not here: {gold}")
    predicted = tmp_path / "predicted.jsonl"
    with gold.open(encoding="utf-8") as rows, predicted.open("w", encoding="utf-8") as out:
        for line in rows:
            row = json.loads(line)
            published = date.fromisoformat(row["pub"]) if row["pub"] else None
            figures = [as_json(figure) for figure in figures_in(row["text"], published=published)]
            out.write(json.dumps({"id": row["id"], "figures": figures}) + "\n")
    command = [sys.executable, str(SCORER), str(gold), str(predicted), "--json"]
    scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    short = {key: scores[key] for key, floor in FLOORS[name].items() if scores[key] < floor}
    assert short == {}
