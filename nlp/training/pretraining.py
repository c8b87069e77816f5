"""Masked-language pre-training of the encoder on plain text, on the processor, in a given time.

Devlin et al., "BERT" (2019), with a fifth of the tokens to be guessed: 80 % of them masked, 10 % replaced, 10 % kept.
The run writes a checkpoint every few minutes and goes on from it after a break.
"""

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import BertConfig, BertForMaskedLM, PreTrainedTokenizerFast

WIDTH = 256
LAYERS = 4
LENGTH = 128  # tokens of a block
POSITIONS = 256  # every position is learnt: a block begins at a random one
SHARE_GUESSED = 0.2
HELD = LENGTH * 400  # tokens at the beginning of the text that the loss is measured on
_CHECKPOINT_SECONDS = 240.0
_IGNORED = -100
_DECAY = 0.01


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long to train: whichever of `minutes` and `epochs` ends first; the rate falls to nothing at the end."""

    minutes: float
    epochs: float
    peak_rate: float = 7e-4
    warm_up: float = 0.04
    batch: int = 16
    seed: int = 7


def encoder_config(tokenizer: PreTrainedTokenizerFast) -> BertConfig:
    """The encoder's shape. No dropout: no token is seen more than a few times."""
    return BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        intermediate_size=4 * WIDTH,
        max_position_embeddings=POSITIONS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=tokenizer.pad_token_id,
    )


def token_stream(tokenizer: PreTrainedTokenizerFast, texts: Iterator[str]) -> NDArray[np.int32]:
    """All texts as one run of tokens, a separator after each."""
    pieces: list[NDArray[np.int32]] = []
    chunk: list[str] = []

    def flush() -> None:
        encodings = tokenizer.backend_tokenizer.encode_batch(chunk, add_special_tokens=False)
        pieces.extend(np.asarray([*it.ids, tokenizer.sep_token_id], dtype=np.int32) for it in encodings)
        chunk.clear()

    for text in texts:
        chunk.append(text)
        if len(chunk) >= 1_000:
            flush()
    flush()
    return np.concatenate(pieces)


def new_model(tokenizer: PreTrainedTokenizerFast, vectors: NDArray[np.float32] | None, seed: int) -> BertForMaskedLM:
    """An untrained model, its word embeddings taken from `vectors` where there are some."""
    torch.manual_seed(seed)
    model = BertForMaskedLM._from_config(encoder_config(tokenizer), attn_implementation="eager")
    if vectors is not None:
        scale = model.config.initializer_range / max(float(vectors.std()), 1e-9)
        with torch.no_grad():
            known = torch.from_numpy(np.abs(vectors).sum(axis=1) > 0)
            model.bert.embeddings.word_embeddings.weight[known] = torch.from_numpy(vectors * scale)[known]
    return model


def load_model(folder: Path) -> BertForMaskedLM:
    """The model that was written to the folder, ready to be trained further."""
    return BertForMaskedLM.from_pretrained(folder, attn_implementation="eager")


def pretrain(
    model: BertForMaskedLM,
    tokenizer: PreTrainedTokenizerFast,
    tokens: NDArray[np.int32],
    schedule: Schedule,
    folder: Path,
    say: Callable[[str], None],
) -> None:
    """Trains the model in place and writes it to `folder`; goes on from the checkpoint found there."""
    held, stream = tokens[:HELD], tokens[HELD:]
    blocks = len(stream) // LENGTH
    total = max(1, int(schedule.epochs * blocks / schedule.batch))
    optimiser = torch.optim.AdamW(weight_groups(model, _DECAY), lr=schedule.peak_rate, betas=(0.9, 0.98), fused=True)
    step, spent = _resume(model, optimiser, folder)
    began = saved = time.monotonic()
    losses: list[float] = []
    while step < total:
        done = max(step / total, (spent + time.monotonic() - began) / (60 * schedule.minutes))
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.peak_rate * min(done / schedule.warm_up, (1 - done) / (1 - schedule.warm_up))
        random = np.random.default_rng((schedule.seed, step))
        losses.append(_step(model, tokenizer, optimiser, _batch(stream, blocks, step, schedule), random))
        step += 1
        if step % 400 == 0:
            say(
                f"step {step:,}, {step * schedule.batch * LENGTH / 1e6:.1f} M tokens, {done:.0%} done, "
                f"loss {np.mean(losses[-400:]):.3f}"
            )
        if time.monotonic() - saved > _CHECKPOINT_SECONDS:
            saved = time.monotonic()
            _save(model, optimiser, folder, step, spent + saved - began)
    _save(model, optimiser, folder, step, spent + time.monotonic() - began)
    loss = validation_loss(model, tokenizer, held)
    record = {
        "tokens": step * schedule.batch * LENGTH,
        "minutes": round((spent + time.monotonic() - began) / 60, 1),
        "validation_loss": round(loss, 3),
        "perplexity": round(math.exp(loss), 1),
    }
    (folder / "pretraining.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    say(f"pre-trained: {record}")


@torch.no_grad()
def validation_loss(model: BertForMaskedLM, tokenizer: PreTrainedTokenizerFast, held: NDArray[np.int32]) -> float:
    """The mean loss per guessed token on text that was not trained on, always the same tokens guessed."""
    random = np.random.default_rng(0)
    model.eval()
    losses = []
    for start in range(0, len(held) - LENGTH * 50 + 1, LENGTH * 50):
        inputs, labels, positions = _masked(held[start : start + LENGTH * 50].reshape(-1, LENGTH), tokenizer, random)
        losses.append(float(_loss(model, inputs, labels, positions)))
    model.train()
    return float(np.mean(losses))


def _batch(stream: NDArray[np.int32], blocks: int, step: int, schedule: Schedule) -> NDArray[np.int32]:
    """The blocks of one step: each epoch in an order of its own, cut at an offset of its own."""
    rows = []
    for index in range(step * schedule.batch, (step + 1) * schedule.batch):
        epoch, at = divmod(index, blocks)
        shift, permutation = _order(schedule.seed, epoch, blocks)
        begin = min(int(permutation[at]) * LENGTH + shift, len(stream) - LENGTH)
        rows.append(stream[begin : begin + LENGTH])
    return np.stack(rows)


@lru_cache(maxsize=2)
def _order(seed: int, epoch: int, blocks: int) -> tuple[int, NDArray[np.int64]]:
    """Where an epoch's blocks begin to be cut, and their order."""
    random = np.random.default_rng((seed, epoch))
    shift = int(random.integers(LENGTH)) if epoch else 0
    return shift, random.permutation(blocks)


def _step(
    model: BertForMaskedLM,
    tokenizer: PreTrainedTokenizerFast,
    optimiser: torch.optim.Optimizer,
    batch: NDArray[np.int32],
    random: np.random.Generator,
) -> float:
    loss = _loss(model, *_masked(batch, tokenizer, random))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return float(loss.detach())


def _masked(
    batch: NDArray[np.int32], tokenizer: PreTrainedTokenizerFast, random: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs with tokens hidden, the labels of these (others ignored), and the positions."""
    guessed = random.random(batch.shape) < SHARE_GUESSED
    guessed &= batch != tokenizer.sep_token_id
    fate = random.random(batch.shape)
    inputs = batch.copy()
    inputs[guessed & (fate < 0.8)] = tokenizer.mask_token_id
    replaced = guessed & (fate >= 0.9)
    inputs[replaced] = random.integers(len(tokenizer), size=int(replaced.sum()))
    labels = np.where(guessed, batch, _IGNORED)
    starts = random.integers(POSITIONS - LENGTH + 1, size=(len(batch), 1))
    positions = starts + np.arange(LENGTH)
    return (
        torch.from_numpy(inputs.astype(np.int64)),
        torch.from_numpy(labels.astype(np.int64)),
        torch.from_numpy(positions),
    )


def _loss(model: BertForMaskedLM, inputs: torch.Tensor, labels: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """The loss over the guessed tokens only: the output layer is the costliest part."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.bert(inputs, position_ids=positions).last_hidden_state
        chosen = labels != _IGNORED
        logits = model.cls(hidden[chosen])
    return nn.functional.cross_entropy(logits.float(), labels[chosen])


def weight_groups(model: nn.Module, decay: float) -> list[dict[str, Any]]:
    """The optimiser's groups: matrices decay, biases and norms do not."""
    matrices = [weight for weight in model.parameters() if weight.ndim > 1]
    others = [weight for weight in model.parameters() if weight.ndim <= 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def _save(model: nn.Module, optimiser: torch.optim.Optimizer, folder: Path, step: int, spent: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": spent}
    torch.save(state, folder / "checkpoint.part")
    (folder / "checkpoint.part").replace(folder / "checkpoint.pt")


def _resume(model: nn.Module, optimiser: torch.optim.Optimizer, folder: Path) -> tuple[int, float]:
    """The step and the seconds already spent; zero where nothing was begun."""
    path = folder / "checkpoint.pt"
    if not path.is_file():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"]), float(state["spent"])
