"""The model cards: `card.json` for programs and the measured part of `README.md` for people, beside the weights."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from spacy.language import Language
from transformers import PreTrainedTokenizerFast

from nlp.analysis import AgencyProfile
from nlp.cards import CARD
from nlp.choice import NAMES, READER
from nlp.reader.questions import ALERTS, TONES, TOPICS
from nlp.training import comparison, corpus, names
from nlp.training.evaluation import Report, measured
from nlp.training.packaging import NAMES_MODEL, NAMES_VERSION, READER_VERSION
from nlp.training.reliability import reliability_svg
from nlp.training.scores import Measured, calibration_error, f1

Say = Callable[[str], None]
_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"


def write(work: Path, profile: AgencyProfile, tokenizer: PreTrainedTokenizerFast, say: Say) -> None:
    """Measures everything that the cards tell, and writes them."""
    report = measured(READER, profile)
    accuracy = {f"held-out {name}": value for name, value in report.with_intervals().items()}
    relevant = report.relevant
    right = report.told.tone[relevant] == report.tone[relevant]
    diagram = reliability_svg(report.told.confidence[relevant], right)
    (READER / "reliability.svg").write_text(diagram, encoding="utf-8")
    ways = comparison.compare(work, profile, tokenizer, say)
    general = comparison.general_sets(work, tokenizer, say)
    _write(
        READER,
        {
            "name": "reader",
            "version": READER_VERSION,
            "task": "relevance, tone, alert classes, topics",
            "licence": "CC-BY-SA-4.0",
        },
        accuracy,
        "\n\n".join(
            [_reader_tables(report, accuracy), _ways(ways, accuracy["held-out tone macro-F1"]), _general(general)]
        ),
        _trained(work),
    )
    scores = _names_scores(work, say)
    _write(
        NAMES,
        {
            "name": "id_pantau_news",
            "version": NAMES_VERSION,
            "task": "persons, organisations, places",
            "licence": "CC-BY-SA-4.0",
        },
        {f"{name} F1": value for name, value in scores["joint"].items()},
        _names_table(scores),
        {},
    )


def _write(
    folder: Path,
    told: Mapping[str, str],
    accuracy: Mapping[str, Measured | float],
    tables: str,
    trained: Mapping[str, object],
) -> None:
    row = {
        **told,
        "trained": json.dumps(trained) if trained else "",
        "accuracy": {
            name: list(value.rounded) if isinstance(value, Measured) else [round(value, 4)]
            for name, value in accuracy.items()
        },
    }
    (folder / CARD).write_text(json.dumps(row, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = folder / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n\n{tables}\n\n{_END}{after}", encoding="utf-8")


def _reader_tables(report: Report, accuracy: Mapping[str, Measured]) -> str:
    relevant = report.relevant
    gold, told = report.tone[relevant], report.told.tone[relevant]
    lines = ["| on the held-out passages | measured (95 % interval) |", "|---|---|"]
    lines += [f"| {name.removeprefix('held-out ')} | {value} |" for name, value in accuracy.items()]
    probabilities = np.zeros((len(relevant), len(TONES)))
    probabilities[np.arange(len(relevant)), told] = report.told.confidence[relevant]
    lines += [f"| calibration error of the tone (ECE) | {calibration_error(probabilities, gold):.3f} |"]
    lines += ["", "| tone | F1 | passages |", "|---|---|---|"]
    lines += [f"| {tone} | {f1(gold, told, at):.3f} | {(gold == at).sum()} |" for at, tone in enumerate(TONES)]
    lines += [
        "",
        "| rule | right | passages |",
        "|---|---|---|",
        *_by(report, lambda at: str(report.passages[at].rule)),
    ]
    lines += ["", "| story type | right | passages |", "|---|---|---|"]
    lines += _by(report, lambda at: report.passages[at].topic)
    lines += ["", "| voice | right | passages |", "|---|---|---|", *_by(report, lambda at: report.passages[at].voice)]
    lines += ["", "| alert class | F1 | passages |", "|---|---|---|"]
    for at, code in enumerate(ALERTS):
        right, said = report.alerts[relevant][:, at], report.told.alerts[relevant][:, at]
        lines.append(f"| {code} | {f1(right.astype(np.int64), said.astype(np.int64), 1):.3f} | {right.sum()} |")
    lines += ["", "| topic | F1 | passages |", "|---|---|---|"]
    topics, told_topics = report.topic[relevant], report.told.topic[relevant]
    lines += [
        f"| {topic} | {f1(topics, told_topics, at):.3f} | {(topics == at).sum()} |" for at, topic in enumerate(TOPICS)
    ]
    return "\n".join(lines)


def _by(report: Report, key: Callable[[int], str]) -> list[str]:
    """How often the tone is right, by some property of the passage."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for at in report.relevant:
        right[key(int(at))].append(bool(report.tone[at] == report.told.tone[at]))
    return [f"| {name} | {np.mean(values):.3f} | {len(values)} |" for name, values in sorted(right.items())]


def _ways(ways: Mapping[str, Measured], shipped: Measured) -> str:
    lines = ["| tone macro-F1 on the held-out passages | measured (95 % interval) |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in ways.items()]
    return "\n".join([*lines, f"| **shipped: encoder and n-grams, decided together** | **{shipped}** |"])


def _general(general: Mapping[str, tuple[Measured, Measured]]) -> str:
    lines = ["| the encoder, fine-tuned on a general set | accuracy | macro-F1 |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {accuracy} | {macro} |" for name, (accuracy, macro) in general.items())])


def _trained(work: Path) -> dict[str, object]:
    path = work / "encoder" / "pretraining.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _names_scores(work: Path, say: Say) -> dict[str, dict[str, float]]:
    """F1 on each test set, by the shipped recogniser and by one trained on idner alone."""
    import spacy

    folder = corpus.data_folder()
    kept = work / "comparison" / "names-idner.json"
    if not kept.is_file():
        alone = names.train_names(folder, NAMES_MODEL, names.Schedule(), say, sets=("idner",))
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_on_tests(alone, folder)), encoding="utf-8")
    return {
        "joint": _on_tests(spacy.load(NAMES), folder),
        "idner alone": json.loads(kept.read_text(encoding="utf-8")),
    }


def _on_tests(nlp: Language, folder: Path) -> dict[str, float]:
    scores: dict[str, float] = {}
    docs = {name: list(names.as_docs(nlp, names.read_tagged(folder, name, "test"))) for name in names.SETS}
    for name, some in docs.items():
        told = names.score(nlp, some)
        scores[name] = told["ents_f"]
        if name == "idner":
            scores.update({f"idner {label}": one["f"] for label, one in told["ents_per_type"].items()})
    scores["all three"] = names.score(nlp, [doc for some in docs.values() for doc in some])["ents_f"]
    return scores


def _names_table(scores: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| F1 on the test part of | trained on all three | on idner alone |", "|---|---|---|"]
    joint, alone = scores["joint"], scores["idner alone"]
    return "\n".join(
        [*lines, *(f"| {name} | {value:.3f} | {alone.get(name, 0):.3f} |" for name, value in joint.items())]
    )
