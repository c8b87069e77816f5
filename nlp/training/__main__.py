"""`python -m nlp.training STAGE… | --from CORRECTIONS`: makes the shipped models from data, resumable and seeded.

Stages: tokenizer, vectors, encoder (pre-training), adapted, reader, names, cards; `all` is their order. What the first
four made lies in the work folder (`--work`, by default .data/train) and is not made again; delete it there to repeat.
"""

import argparse
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

from nlp.analysis import AgencyProfile
from nlp.choice import NAMES, READER
from nlp.profile import read_agency
from nlp.training import cards, corpus, packaging, pretraining
from nlp.training.passages import training_passages
from nlp.training.reader import prepare
from nlp.training.tokenizer import train_tokenizer
from nlp.training.vectors import cooccurrence_vectors

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
PRETRAINING = pretraining.Schedule(minutes=62, epochs=6, seed=SEED)
ADAPTING = pretraining.Schedule(minutes=8, epochs=4, peak_rate=4e-4, seed=SEED)
_TERMS = Path(__file__).parent / "terms.txt"
_REPEATED = 30  # how often the words of the field are told to the tokenizer: the corpus has few of them


def main() -> int:
    """Run the stages that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stages", nargs="*", choices=[*STAGES, "all"])
    parser.add_argument("--work", type=Path, default=ROOT / ".data" / "train", help="where half-made models lie")
    parser.add_argument("--from", dest="corrections", type=Path, help="train on with passages exported from the desk")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    if given.corrections is not None:
        return 0 if packaging.correct(given.corrections, profile(), tokenizer(given.work), say) else 1
    stages = list(STAGES) if "all" in given.stages else given.stages
    try:
        for stage in stages:
            say(f"stage {stage}")
            STAGES[stage](given.work)
    except corpus.TrainingDataError as error:
        say(str(error))
        return 1
    return 0


def say(message: str) -> None:
    """One line with the time of day."""
    print(time.strftime("%H:%M:%S"), message, flush=True)


def profile() -> AgencyProfile:
    """The agency that the models are made for."""
    path = ROOT / "config" / "agency.toml"
    return read_agency(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def make_tokenizer(work: Path) -> None:
    """The vocabulary, from the corpus and the words of the field."""
    if (work / "tokenizer" / "tokenizer.json").is_file():
        return
    told = profile()
    words = [told.name, *told.names, *told.bare, *told.lookalikes, *told.lookalike_context, *told.own_context]
    words += [*told.products, *told.programmes, *told.people_partners, *told.foreign_schemes]
    words += _TERMS.read_text(encoding="utf-8").split("\n")

    def texts() -> Iterator[str]:
        yield from corpus.corpus_lines(corpus.data_folder())
        for word in words:
            yield from [word] * _REPEATED

    train_tokenizer(texts(), work / "tokenizer")


def make_vectors(work: Path) -> None:
    """The corpus in tokens, and a co-occurrence vector per entry of the vocabulary."""
    if not (work / "tokens.npy").is_file():
        stream = pretraining.token_stream(tokenizer(work), corpus.corpus_lines(corpus.data_folder()))
        np.save(work / "tokens.npy", stream)
    if not (work / "vectors.npy").is_file():
        tokens = np.load(work / "tokens.npy")
        say(f"{len(tokens):,} tokens")
        vectors = cooccurrence_vectors(tokens, len(tokenizer(work)), pretraining.WIDTH, SEED)
        np.save(work / "vectors.npy", vectors)
        untrained = pretraining.new_model(tokenizer(work), vectors, SEED)  # what pre-training is compared with
        untrained.save_pretrained(work / "vectors")


def make_encoder(work: Path) -> None:
    """The encoder, pre-trained on the corpus."""
    if (work / "encoder" / "config.json").is_file():
        return
    words = tokenizer(work)
    model = pretraining.new_model(words, np.load(work / "vectors.npy"), SEED)
    pretraining.pretrain(model, words, np.load(work / "tokens.npy"), PRETRAINING, work / "encoder", say)


def make_adapted(work: Path) -> None:
    """The encoder, pre-trained further on the project's own passages, marks and all, among as much of the corpus."""
    if (work / "adapted" / "config.json").is_file():
        return
    words = tokenizer(work)
    sentences = prepare(training_passages(), profile()).sentences
    own = pretraining.token_stream(words, (" ".join(it.text for it in some) for some in sentences))
    corpus_part = np.load(work / "tokens.npy")[: pretraining.HELD + len(own)]
    model = pretraining.load_model(work / "encoder")
    pretraining.pretrain(model, words, np.concatenate([corpus_part, own]), ADAPTING, work / "adapted", say)


def make_reader(work: Path) -> None:
    """The reader, fine-tuned and packaged."""
    packaging.make_reader(training_passages(), profile(), tokenizer(work), str(work / "adapted"), READER, say)


def make_names(work: Path) -> None:
    """The recogniser of names, trained and packaged."""
    packaging.make_names(corpus.data_folder(), NAMES, say)


def make_cards(work: Path) -> None:
    """Measures of every model and of the simpler ways, on the sets in the project and, where there are, on others."""
    cards.write(work, profile(), tokenizer(work), say)


def tokenizer(work: Path) -> PreTrainedTokenizerFast:
    """The tokenizer that was made, or the shipped one."""
    folder = work / "tokenizer" if (work / "tokenizer").is_dir() else READER
    return PreTrainedTokenizerFast.from_pretrained(folder)


STAGES: dict[str, Callable[[Path], None]] = {
    "tokenizer": make_tokenizer,
    "vectors": make_vectors,
    "encoder": make_encoder,
    "adapted": make_adapted,
    "reader": make_reader,
    "names": make_names,
    "cards": make_cards,
}

if __name__ == "__main__":
    sys.exit(main())
