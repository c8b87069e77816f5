"""Teaching the encoder the reader's questions on the project's own passages.

The encoder's output layer speaks about every token; what it says of a passage is the mean over the passage's tokens.
So each sentence's share in a verdict is known exactly, and needs no second model to explain it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

from nlp.reader.encoding import Batch, Encoded, encode, in_batches, pad
from nlp.reader.questions import ALERTS, OUTPUTS, RELEVANCES, TONES, TOPICS, columns
from nlp.reader.window import MarkedSentence
from nlp.training.passages import Passage

_UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to fine-tune; `masked` is the share of tokens hidden, which keeps names and places from being learnt."""

    epochs: int = 8
    batch: int = 32
    rate: float = 4e-4
    dropout: float = 0.0
    masked: float = 0.15
    warm_up: float = 0.1
    decay: float = 0.05
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """A window and its answers: indices into the answers of each question, -100 where a question does not apply."""

    window: Encoded
    relevance: int
    tone: int
    topic: int
    alerts: NDArray[np.float32]
    weight: float = 1.0


class Pieces:
    """A transformers tokenizer as the reader's `WordPieces`."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self._backend = tokenizer.backend_tokenizer
        self.start, self.separator = int(tokenizer.cls_token_id), int(tokenizer.sep_token_id)
        self.padding, self.mask = int(tokenizer.pad_token_id), int(tokenizer.mask_token_id)

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        """The token numbers of each text."""
        return [encoding.ids for encoding in self._backend.encode_batch(list(texts), add_special_tokens=False)]


def examples(
    passages: Sequence[Passage], sentences: Sequence[Sequence[MarkedSentence]], pieces: Pieces
) -> list[Example]:
    """The passages as the encoder sees them, with their answers."""
    found = []
    for passage, window in zip(passages, encode(sentences, pieces), strict=True):
        relevant = passage.relevance == "relevant"
        found.append(
            Example(
                window,
                RELEVANCES.index(passage.relevance),
                TONES.index(passage.sentiment) if relevant and passage.sentiment else _UNKNOWN,
                TOPICS.index(passage.topic) if relevant else _UNKNOWN,
                np.asarray([code in passage.alerts for code in ALERTS], dtype=np.float32),
            )
        )
    return found


def new_reader(encoder: str | None, config: BertConfig, schedule: Schedule) -> BertForTokenClassification:
    """The encoder with an untrained output layer; from random weights where no encoder is named."""
    torch.manual_seed(schedule.seed)
    settings: dict[str, Any] = {
        "num_labels": len(OUTPUTS),
        "id2label": dict(enumerate(OUTPUTS)),
        "label2id": {name: index for index, name in enumerate(OUTPUTS)},
        "hidden_dropout_prob": schedule.dropout,
        "attention_probs_dropout_prob": schedule.dropout,
    }
    if encoder is None:
        fresh = BertConfig.from_dict({**config.to_dict(), **settings})
        return BertForTokenClassification._from_config(fresh, attn_implementation="eager")
    return BertForTokenClassification.from_pretrained(encoder, attn_implementation="eager", **settings)


def finetune(
    model: BertForTokenClassification,
    train: Sequence[Example],
    pieces: Pieces,
    schedule: Schedule,
    say: Callable[[str], None],
    after_epoch: Callable[[int], None] = lambda epoch: None,
) -> None:
    """Trains the model in place."""
    random = np.random.default_rng(schedule.seed)
    torch.manual_seed(schedule.seed)
    matrices = [weight for weight in model.parameters() if weight.ndim > 1]
    others = [weight for weight in model.parameters() if weight.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": schedule.decay}, {"params": others, "weight_decay": 0.0}],
        lr=schedule.rate,
        fused=True,
    )
    total = schedule.epochs * -(-len(train) // schedule.batch)
    step = 0
    for epoch in range(schedule.epochs):
        model.train()
        losses = []
        for chosen in _shuffled(train, schedule.batch, random):
            rate = schedule.rate * min((step + 1) / (schedule.warm_up * total), 1 - step / total)
            for group in optimiser.param_groups:
                group["lr"] = rate
            batch = pad([example.window for example in chosen], pieces.padding)
            loss = _loss(_pooled(model, _hidden(batch, pieces.mask, schedule.masked, random)), chosen)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            losses.append(float(loss.detach()))
            step += 1
        say(f"epoch {epoch + 1} of {schedule.epochs}: loss {np.mean(losses):.3f}")
        after_epoch(epoch)


@torch.no_grad()
def predict(model: BertForTokenClassification, windows: Sequence[Encoded], padding: int) -> NDArray[np.float32]:
    """The mean outputs of each window, shape (windows, outputs)."""
    model.eval()
    result = np.zeros((len(windows), len(OUTPUTS)), dtype=np.float32)
    for chosen, batch in in_batches(windows, 64, padding):
        result[chosen] = _pooled(model, batch).float().numpy()
    return result


def _shuffled(train: Sequence[Example], size: int, random: np.random.Generator) -> list[list[Example]]:
    """Batches of like length in random order: padding costs as much as text."""
    keys = [len(example.window.tokens) + random.uniform(-12, 12) for example in train]
    order = np.argsort(keys)
    batches = [[train[index] for index in order[start : start + size]] for start in range(0, len(order), size)]
    random.shuffle(batches)
    return batches


def _hidden(batch: Batch, mask: int, share: float, random: np.random.Generator) -> Batch:
    """The batch with a share of its tokens masked."""
    hidden = (random.random(batch.tokens.shape) < share) & (batch.owners >= 0)
    return Batch(np.where(hidden, mask, batch.tokens), batch.attention, batch.segments, batch.owners)


def _pooled(model: BertForTokenClassification, batch: Batch) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=model.training):
        logits = model(
            input_ids=torch.from_numpy(batch.tokens),
            attention_mask=torch.from_numpy(batch.attention),
            token_type_ids=torch.from_numpy(batch.segments),
        ).logits.float()
    own = torch.from_numpy(batch.owners >= 0).unsqueeze(-1)
    pooled: torch.Tensor = (logits * own).sum(dim=1) / own.sum(dim=1).clamp(min=1)
    return pooled


def _loss(logits: torch.Tensor, chosen: Sequence[Example]) -> torch.Tensor:
    def single(question: str, answers: list[int]) -> torch.Tensor:
        wanted = torch.tensor(answers)
        if not bool((wanted != _UNKNOWN).any()):
            return logits.sum() * 0
        return nn.functional.cross_entropy(logits[:, columns(question)], wanted, ignore_index=_UNKNOWN)

    tone = single("tone", [example.tone for example in chosen])
    relevance = single("relevance", [example.relevance for example in chosen])
    topic = single("topic", [example.topic for example in chosen])
    told = torch.from_numpy(np.stack([example.alerts for example in chosen]))
    alerts = nn.functional.binary_cross_entropy_with_logits(logits[:, columns("alert")], told)
    # The alert classes are rare and nine: their mean would hardly be heard.
    return tone + 0.5 * relevance + 0.3 * topic + 6.0 * alerts
