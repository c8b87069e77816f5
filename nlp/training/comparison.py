"""The simpler ways, measured beside the shipped reader on the same passages: what each part of it is worth."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from transformers import PreTrainedTokenizerFast

from nlp.analysis import AgencyProfile, Tone
from nlp.choice import READER
from nlp.reader.encoder import Encoder
from nlp.reader.ngrams import Ngrams
from nlp.reader.questions import TONES, columns
from nlp.reader.window import MarkedSentence
from nlp.sentiment import LexiconSentiment, article_tone
from nlp.sentiment.passages import passages_about_agency
from nlp.training import corpus
from nlp.training.finetuning import Schedule
from nlp.training.ngrams import joined, train_linear
from nlp.training.passages import Passage, answers, held_out_passages, training_passages
from nlp.training.reader import Prepared, outputs_of, prepare, train_encoder
from nlp.training.scores import Labels, Measured, bootstrap, macro_f1

Say = Callable[[str], None]
GENERAL = Schedule(epochs=2)
SHORTER = Schedule(epochs=4)  # of what is compared only
_HELD_OF_HEADLINES = 5  # every fifth headline is tested on, as no split of theirs was published


def compare(work: Path, profile: AgencyProfile, tokenizer: PreTrainedTokenizerFast, say: Say) -> dict[str, Measured]:
    """Tone macro-F1 on the held-out passages of each simpler way; what was measured is kept in the work folder."""
    train = prepare([it for it in training_passages() if it.sentiment], profile)
    held = prepare([it for it in held_out_passages() if it.sentiment], profile)
    gold = answers(held.passages)["tone"]
    ways: dict[str, Callable[[], Labels]] = {
        "always the commonest tone": lambda: np.full(len(gold), np.bincount(answers(train.passages)["tone"]).argmax()),
        "lexicon": lambda: lexicon_tones(held),
        "TF-IDF and a linear model": lambda: linear_tones(train, held),
        "encoder without pre-training, from co-occurrence vectors": lambda: _encoder(
            str(work / "vectors"), tokenizer, train, held, say
        ),
        "pre-trained, general sets only": lambda: _encoder(
            str(work / "encoder"), tokenizer, general_passages(corpus.data_folder()), held, say, GENERAL
        ),
        "pre-trained, own passages (the shipped encoder alone)": lambda: shipped_encoder_tones(held),
        "n-grams alone, as shipped": lambda: shipped_ngrams_tones(held),
    }
    results: dict[str, Measured] = {}
    for name, way in ways.items():
        told = _kept(work / "comparison" / f"{name.replace(' ', '-')}.json", way)
        results[name] = bootstrap(_macro(gold, told), len(gold))
        say(f"{name}: {results[name]}")
    return results


def general_sets(work: Path, tokenizer: PreTrainedTokenizerFast, say: Say) -> dict[str, tuple[Measured, Measured]]:
    """Accuracy and macro-F1 of the encoder, fine-tuned on each general set, on that set's test part."""
    folder = corpus.data_folder()
    headlines = corpus.headlines(folder)
    sets = {
        "SmSA test": (corpus.reviews(folder, "train"), corpus.reviews(folder, "test")),
        "CNBCI, every fifth headline": (
            [it for n, it in enumerate(headlines) if n % _HELD_OF_HEADLINES],
            headlines[::_HELD_OF_HEADLINES],
        ),
    }
    results = {}
    for name, (train, test) in sets.items():
        gold = np.asarray([TONES.index(tone) for _, tone in test])

        def way(train: list[tuple[str, Tone]] = train, test: list[tuple[str, Tone]] = test) -> Labels:
            return _encoder(str(work / "encoder"), tokenizer, plain(train), plain(test), say, GENERAL)

        told = _kept(work / "comparison" / f"{name.replace(' ', '-')}.json", way)
        results[name] = (
            bootstrap(_accuracy(gold, told), len(gold)),
            bootstrap(_macro(gold, told), len(gold)),
        )
        say(f"{name}: accuracy {results[name][0]}, macro-F1 {results[name][1]}")
    return results


def lexicon_tones(prepared: Prepared) -> Labels:
    """The tones by the cues alone."""
    told = []
    for doc in prepared.docs:
        passages = [placed.passage for placed in passages_about_agency(doc)]
        told.append(TONES.index(article_tone(passages, LexiconSentiment().classify(passages)).label))
    return np.asarray(told)


def linear_tones(train: Prepared, held: Prepared) -> Labels:
    """The tones by n-grams in a linear model."""
    model = train_linear([joined(it) for it in train.sentences], answers(train.passages)["tone"])
    return np.asarray(model.predict([joined(it) for it in held.sentences]))


def shipped_encoder_tones(held: Prepared) -> Labels:
    """The tones by the shipped encoder without any other voice."""
    shares = Encoder(READER).read(held.sentences)
    return np.asarray([some.sum(axis=0)[columns("tone")].argmax() for some in shares])


def shipped_ngrams_tones(held: Prepared) -> Labels:
    """The tones by the shipped n-grams without any other voice."""
    ngrams = Ngrams.load(READER)
    return np.asarray([ngrams.shares(some).sum(axis=0)[columns("tone")].argmax() for some in held.sentences])


def general_passages(folder: Path) -> Prepared:
    """Both general sets as passages without an agency."""
    return plain([*corpus.reviews(folder, "train"), *corpus.headlines(folder)])


def plain(rows: Sequence[tuple[str, Tone]]) -> Prepared:
    """Texts and their tones as passages of one sentence each."""
    passages = [
        Passage(str(number), "", text, "relevant", tone, None, "other", (), "reported", None)
        for number, (text, tone) in enumerate(rows)
    ]
    sentences = [[MarkedSentence(0, len(text), text, in_title=False, rank=0)] for text, _ in rows]
    return Prepared(passages, [], sentences)


def _macro(gold: Labels, told: Labels) -> Callable[[Labels], float]:
    return lambda at: macro_f1(gold[at], told[at])


def _accuracy(gold: Labels, told: Labels) -> Callable[[Labels], float]:
    return lambda at: float((gold[at] == told[at]).mean())


def _encoder(
    encoder: str,
    tokenizer: PreTrainedTokenizerFast,
    train: Prepared,
    held: Prepared,
    say: Say,
    schedule: Schedule = SHORTER,
) -> Labels:
    model = train_encoder(encoder, tokenizer, train, schedule, say)
    return np.asarray(outputs_of(model, tokenizer, held)[:, columns("tone")].argmax(axis=1))


def _kept(path: Path, way: Callable[[], Labels]) -> Labels:
    """What a way told, from the file of an earlier run where there is one."""
    if path.is_file():
        return np.asarray(json.loads(path.read_text(encoding="utf-8")))
    told = way()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told.tolist()), encoding="utf-8")
    return told
