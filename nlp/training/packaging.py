"""From trained weights to the folders of `nlp/models`, and the check that nothing worse is shipped."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from transformers import PreTrainedTokenizerFast

from nlp.analysis import AgencyProfile
from nlp.choice import READER
from nlp.reader.decisions import Decisions
from nlp.training.evaluation import Report, measured
from nlp.training.finetuning import Schedule
from nlp.training.names import Schedule as NamesSchedule
from nlp.training.names import train_names
from nlp.training.ngrams import train_ngrams
from nlp.training.passages import Passage, read_passages, training_passages
from nlp.training.reader import (
    empty_part,
    export,
    features_unseen,
    fit_decisions,
    prepare,
    put_in_place,
    train_encoder,
)

Say = Callable[[str], None]
READER_VERSION, NAMES_VERSION = "1.1.0", "1.0.0"
# On these writers' passages the decisions are learnt: two hands that the encoder has not seen at that time.
UNSEEN = ("w5", "w7")
SCHEDULE = Schedule()
ON_TOP = Schedule(epochs=2, rate=1e-4)  # what was learnt before is not to be forgotten
CORRECTED_COUNTS = 3  # how often a corrected passage counts: it is real, and there are few
WORSE_BY = 0.005  # what a corrected model may lose on a held-out measure: less than a passage in 200
NAMES_MODEL = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [5000, 1000, 2500, 2500],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
}


def make_reader(
    passages: Sequence[Passage],
    profile: AgencyProfile,
    tokenizer: PreTrainedTokenizerFast,
    encoder: str,
    folder: Path,
    say: Say,
) -> None:
    """Fine-tunes the encoder on the passages and packages it with its decisions."""
    prepared = prepare(passages, profile)
    say(f"{len(passages):,} passages of {len({passage.writer for passage in passages})} writers")
    unseen, features = features_unseen(encoder, tokenizer, prepared, UNSEEN, SCHEDULE, say)
    decisions = fit_decisions(unseen.passages, features)
    model = train_encoder(encoder, tokenizer, prepared, SCHEDULE, say)
    export(model, tokenizer, train_ngrams(prepared.passages, prepared.sentences), decisions, folder)


def make_names(data: Path, folder: Path, say: Say) -> None:
    """Trains the recogniser of names and packages it as a spaCy pipeline."""
    nlp = train_names(data, NAMES_MODEL, NamesSchedule(), say)
    told = "Sentences and names of Indonesian news"
    nlp.meta.update(name="pantau_news", version=NAMES_VERSION, license="CC-BY-SA-4.0", description=told)
    part = empty_part(folder)
    nlp.to_disk(part)
    put_in_place(part, folder)


def correct(corrections: Path, profile: AgencyProfile, tokenizer: PreTrainedTokenizerFast, say: Say) -> bool:
    """Trains the shipped reader on with what people corrected, and ships it unless it is worse on the held-out sets.

    The corrected passages count three times, beside all others; the decisions stay. Whether it was shipped.
    """
    corrected = list(read_passages([corrections]))
    say(f"{len(corrected)} corrected passages")
    before = measured(READER, profile)
    candidate = READER.with_name("reader.candidate")
    shutil.copytree(READER, candidate, dirs_exist_ok=True)
    prepared = prepare([*training_passages(), *corrected * CORRECTED_COUNTS], profile)
    model = train_encoder(str(READER), tokenizer, prepared, ON_TOP, say)
    ngrams = train_ngrams(prepared.passages, prepared.sentences)
    export(model, tokenizer, ngrams, Decisions.load(READER), candidate)
    after = measured(candidate, profile)
    worse = losses(before, after)
    for line in worse:
        say(line)
    if worse:
        say(f"not shipped: worse on the held-out passages; the candidate lies in {candidate}")
        return False
    shutil.rmtree(READER)
    candidate.rename(READER)
    say("shipped: " + ", ".join(f"{name} {value:.3f}" for name, value in after.measures.items()))
    return True


def losses(before: Report, after: Report) -> list[str]:
    """What the second report is worse in, one line each."""
    return [
        f"{name}: {before.measures[name]:.3f} before, {value:.3f} now"
        for name, value in after.measures.items()
        if value < before.measures[name] - WORSE_BY
    ]
