"""Teaching the encoder the reader's questions on the project's own passages.

The encoder's output layer speaks about every token; what it says of a passage is the mean over the passage's tokens.
So each sentence's share in a verdict is known exactly, and needs no second model to explain it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import BertForTokenClassification

from nlp.reader.encoder import Pieces
from nlp.reader.encoding import Batch, Encoded, encode, in_batches, pad
from nlp.reader.questions import ALERTS, OUTPUTS, RELEVANCES, TONES, TOPICS, columns
from nlp.reader.window import MarkedSentence
from nlp.training.passages import Passage
from nlp.training.pretraining import weight_groups

WEIGHT_OF_PAIRS = 0.5
"""How much a passage by a writer of hard pairs alone counts by itself: print is not like that."""

_UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to fine-tune.

    `masked` is the share of tokens hidden, which keeps names and places from being learnt; `contrast` the weight of
    telling the halves of a hard pair apart, beside answering for each.
    """

    epochs: int = 8
    batch: int = 32
    rate: float = 4e-4
    dropout: float = 0.0
    masked: float = 0.15
    warm_up: float = 0.1
    decay: float = 0.05
    contrast: float = 1.0
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """A window and its answers: indices into the answers of each question, -100 where a question does not apply.

    `weight` is how much it counts by itself, whatever it counts as the half of a pair.
    """

    window: Encoded
    relevance: int
    tone: int
    topic: int
    alerts: NDArray[np.float32]
    pair: str | None = None
    weight: float = 1.0


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
                passage.pair,
                WEIGHT_OF_PAIRS if passage.is_of_pairs_only else 1.0,
            )
        )
    return found


def new_reader(encoder: str, schedule: Schedule) -> BertForTokenClassification:
    """The encoder with an output layer for the reader's questions, untrained where the encoder has none."""
    torch.manual_seed(schedule.seed)
    model = BertForTokenClassification.from_pretrained(
        encoder,
        attn_implementation="eager",
        num_labels=len(OUTPUTS),
        id2label=dict(enumerate(OUTPUTS)),
        label2id={name: index for index, name in enumerate(OUTPUTS)},
        hidden_dropout_prob=schedule.dropout,
        attention_probs_dropout_prob=schedule.dropout,
    )
    return model.float()  # the shipped weights are of half precision, which cannot be trained


def finetune(
    model: BertForTokenClassification,
    train: Sequence[Example],
    pieces: Pieces,
    schedule: Schedule,
    say: Callable[[str], None],
) -> None:
    """Trains the model in place."""
    random = np.random.default_rng(schedule.seed)
    torch.manual_seed(schedule.seed)
    optimiser = torch.optim.AdamW(weight_groups(model, schedule.decay), lr=schedule.rate, fused=True)
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
            logits = _pooled(model, _hidden(batch, pieces.mask, schedule.masked, random))
            loss = _loss(logits, chosen) + schedule.contrast * _contrast(logits, chosen)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            losses.append(float(loss.detach()))
            step += 1
        say(f"epoch {epoch + 1} of {schedule.epochs}: loss {np.mean(losses):.3f}")


@torch.no_grad()
def predict(model: BertForTokenClassification, windows: Sequence[Encoded], padding: int) -> NDArray[np.float32]:
    """The mean outputs of each window, shape (windows, outputs)."""
    model.eval()
    result = np.zeros((len(windows), len(OUTPUTS)), dtype=np.float32)
    for chosen, batch in in_batches(windows, 64, padding):
        result[chosen] = _pooled(model, batch).float().numpy()
    return result


def _shuffled(train: Sequence[Example], size: int, random: np.random.Generator) -> list[list[Example]]:
    """Batches of like length in random order, for padding costs as much as text; the halves of a pair stay together."""
    units: dict[str, list[Example]] = {}
    for number, example in enumerate(train):
        units.setdefault(example.pair or str(number), []).append(example)
    keys = {name: len(unit[0].window.tokens) + random.uniform(-12, 12) for name, unit in units.items()}
    batches: list[list[Example]] = [[]]
    for name in sorted(units, key=lambda name: keys[name]):
        if len(batches[-1]) >= size:
            batches.append([])
        batches[-1] += units[name]
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
    weights = torch.tensor([example.weight for example in chosen])

    def single(question: str, answers: list[int]) -> torch.Tensor:
        wanted = torch.tensor(answers)
        if not bool((wanted != _UNKNOWN).any()):
            return logits.sum() * 0
        losses = nn.functional.cross_entropy(
            logits[:, columns(question)], wanted, ignore_index=_UNKNOWN, reduction="none"
        )
        return (losses * weights).sum() / (weights * (wanted != _UNKNOWN)).sum()

    tone = single("tone", [example.tone for example in chosen])
    relevance = single("relevance", [example.relevance for example in chosen])
    topic = single("topic", [example.topic for example in chosen])
    told = torch.from_numpy(np.stack([example.alerts for example in chosen]))
    alerts = nn.functional.binary_cross_entropy_with_logits(logits[:, columns("alert")], told)
    # The alert classes are rare and nine: their mean would hardly be heard.
    return tone + 0.5 * relevance + 0.3 * topic + 6.0 * alerts


def _contrast(logits: torch.Tensor, chosen: Sequence[Example]) -> torch.Tensor:
    """How badly the halves of the batch's hard pairs are told apart.

    Of halves with the answers a and b, what speaks for a rather than b must be more in the one than in the other
    (the logistic loss of RankNet, Burges et al., 2005), whatever both have in common.
    """
    halves: dict[str, list[int]] = {}
    for number, example in enumerate(chosen):
        if example.pair is not None:
            halves.setdefault(example.pair, []).append(number)
    losses = [
        nn.functional.softplus((logits[one, b] - logits[one, a]) - (logits[other, b] - logits[other, a]))
        for one, other in (pair for pair in halves.values() if len(pair) == 2)
        for a, b in _different(chosen[one], chosen[other])
    ]
    return torch.stack(losses).mean() if losses else logits.sum() * 0


def _different(one: Example, other: Example) -> Iterator[tuple[int, int]]:
    """The outputs of the answers in which two examples differ, tone and relevance, where both have one."""
    for question, a, b in (("tone", one.tone, other.tone), ("relevance", one.relevance, other.relevance)):
        if _UNKNOWN not in (a, b) and a != b:
            first = columns(question).start
            yield first + a, first + b
