"""A transformers model directory, run by onnxruntime on the processor; no torch.

The directory holds `config.json` (with `id2label`), `tokenizer.json` and `model.onnx`. Each passage is given in two
segments, as such models are trained for targets: the target with the headline, then the sentence.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from nlp.analysis import Tone
from nlp.choice import ModelError
from nlp.sentiment.model import TARGET, Passage, Scores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 16
MOST_TOKENS = 192  # a headline and a sentence; the whole page would cost four times as much and say less

TONE_NAMES: dict[str, Tone] = {
    "positive": "positive",
    "positif": "positive",
    "pos": "positive",
    "neutral": "neutral",
    "netral": "neutral",
    "neu": "neutral",
    "negative": "negative",
    "negatif": "negative",
    "neg": "negative",
}
"""Names that models give to the three tones, lower case."""

_FILES = ("config.json", "tokenizer.json", "model.onnx")


class OnnxSentiment:
    """Judges passages by a sequence classifier. The weights are loaded with the first passages, not before."""

    def __init__(self, path: Path, label_map: Mapping[str, str] | None = None) -> None:
        self._path = path
        self._label_map = dict(label_map or {})
        missing = [name for name in _FILES if not (path / name).is_file()]
        if missing:
            raise ModelError(f"{path} is no sentiment model: {', '.join(missing)} missing")
        self._config = _read_config(path / "config.json")
        self._tones = _tones(path, self._config, self._label_map)

    def __reduce__(self) -> tuple[type["OnnxSentiment"], tuple[Path, dict[str, str]]]:
        """A worker process loads the model itself."""
        return OnnxSentiment, (self._path, self._label_map)

    @cached_property
    def version(self) -> str:
        """Changes with the weights, the vocabulary, the labels and their map."""
        digest = hashlib.sha256(json.dumps(self._label_map, sort_keys=True).encode())
        for name in _FILES:
            with (self._path / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"onnx-{digest.hexdigest()[:12]}"

    def classify(self, passages: Sequence[Passage]) -> list[Scores]:
        """One judgement for each passage, in their order."""
        return [
            scores
            for start in range(0, len(passages), BATCH)
            for scores in self._classify_batch(passages[start : start + BATCH])
        ]

    def _classify_batch(self, passages: Sequence[Passage]) -> Iterator[Scores]:
        encoded = self._tokenizer(
            [TARGET if passage.place == "title" else f"{TARGET} {passage.title}".strip() for passage in passages],
            [passage.text for passage in passages],
            padding=True,
            truncation="longest_first",
            max_length=self._most_tokens,
            return_token_type_ids=True,
            return_attention_mask=True,
            return_tensors="np",
        )
        wanted = {declared.name for declared in self._session.get_inputs()}
        feed = {name: values.astype("int64") for name, values in encoded.items() if name in wanted}
        logits = cast("NDArray[np.float32]", self._session.run(None, feed)[0])
        if logits.ndim != 2 or logits.shape[1] != len(self._tones):
            raise ModelError(
                f"{self._path}: model.onnx answers with shape {logits.shape}, "
                f"config.json names {len(self._tones)} labels"
            )
        for row in logits:
            yield _scores(row, self._tones)

    @property
    def _most_tokens(self) -> int:
        positions = self._config.get("max_position_embeddings")
        # RoBERTa counts its positions from two on.
        return min(MOST_TOKENS, positions - 2) if isinstance(positions, int) else MOST_TOKENS

    @cached_property
    def _tokenizer(self) -> Any:
        # AutoTokenizer may pick a class that silently gets an empty vocabulary; this one reads tokenizer.json.
        from transformers import PreTrainedTokenizerFast

        tokenizer = PreTrainedTokenizerFast.from_pretrained(self._path, local_files_only=True)
        if tokenizer.pad_token is None:
            padding = tokenizer.convert_ids_to_tokens(int(self._config.get("pad_token_id") or 0))
            tokenizer.pad_token = padding
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import InferenceSession

        return InferenceSession(str(self._path / "model.onnx"), providers=["CPUExecutionProvider"])


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path} is not JSON: {error}") from error
    if not isinstance(config, dict) or not isinstance(config.get("id2label"), dict) or not config["id2label"]:
        raise ModelError(f"{path} has no id2label: only models that classify sequences judge sentiment")
    return config


def _tones(path: Path, config: Mapping[str, Any], label_map: Mapping[str, str]) -> list[Tone]:
    """The tone of each output of the model."""
    labels = config["id2label"]
    try:
        names = [str(labels[key]) for key in sorted(labels, key=int)]
    except ValueError as error:
        raise ModelError(f"{path}: id2label must be keyed by numbers, not {', '.join(labels)}") from error
    return tones_of(str(path), names, label_map)


def tones_of(model: str, names: Sequence[str], label_map: Mapping[str, str]) -> list[Tone]:
    """The tone that each of a model's labels means; ModelError where one says none."""
    tones = [TONE_NAMES.get(label_map.get(name, name).casefold()) for name in names]
    unknown = [name for name, tone in zip(names, tones, strict=True) if tone is None]
    if unknown:
        example = ", ".join(f'{name} = "positive"' for name in unknown[:1])
        raise ModelError(
            f"{model}: the labels {', '.join(unknown)} are none of positive, neutral, negative; "
            f"say in the label map of the sentiment model what each means, as in {{ {example} }}"
        )
    known = [tone for tone in tones if tone is not None]
    if not {"positive", "negative"} <= set(known):
        raise ModelError(f"{model}: the labels {', '.join(names)} hold no positive or no negative one")
    return known


def _scores(logits: "NDArray[np.float32]", tones: Sequence[Tone]) -> Scores:
    """The softmax of the logits, summed by tone."""
    import numpy as np

    exponents = np.exp(logits - logits.max())
    shares = exponents / exponents.sum()
    by_tone = {
        tone: float(sum(share for share, named in zip(shares, tones, strict=True) if named == tone))
        for tone in ("positive", "neutral", "negative")
    }
    return Scores(by_tone["positive"], by_tone["neutral"], by_tone["negative"])
