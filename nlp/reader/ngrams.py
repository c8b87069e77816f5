"""The linear voice beside the encoder: words, word pairs and pieces of words, hashed into weighted buckets (TF-IDF).

It learns from few examples what the encoder needs many for, and errs elsewhere; the decisions weigh both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlp.choice import ModelError
from nlp.reader.window import MarkedSentence

FILE = "ngrams.npz"
BUCKETS = 1 << 18  # of words and pairs, and as many of pieces
PIECES = (3, 4, 5)  # characters of a piece of a word
MOST_WORDS = 200  # of an article, a little more than the encoder's window holds

_WORD = re.compile(r"\[agensi\]|\[lain\]|\w+")
_BLANK = ord(" ")
# The piece abc is a·p² + b·p + c modulo 2^64, of which a product's upper bits are taken: every bit of it counts there.
_PRIME, _SPREAD = np.uint64(1_099_511_628_211), np.uint64(0x9E37_79B9_7F4A_7C15)
_SHIFT = np.uint64(64 - 18)
assert BUCKETS == 1 << 18


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The n-grams of an article as they occur: the bucket of each, and the number of the sentence it stands in."""

    buckets: NDArray[np.int64]
    sentences: NDArray[np.int64]


class Ngrams:
    """Answers the reader's questions by an article's n-grams.

    `weights` has shape (2 · buckets, outputs); `rarity` is the inverse document frequency of each bucket, zero for
    those that were hardly ever seen.
    """

    def __init__(self, weights: NDArray[np.float32], rarity: NDArray[np.float32]) -> None:
        self._weights = weights
        self._rarity = rarity

    @classmethod
    def load(cls, folder: Path) -> "Ngrams":
        """The weights of a reader's folder; ModelError where they are missing."""
        if not (folder / FILE).is_file():
            raise ModelError(f"{folder} is no reader: {FILE} missing; `make train` makes one")
        with np.load(folder / FILE) as stored:
            weights = np.zeros((2 * BUCKETS, stored["weights"].shape[1]), dtype=np.float32)
            rarity = np.zeros(2 * BUCKETS, dtype=np.float32)
            weights[stored["buckets"]] = stored["weights"]
            rarity[stored["buckets"]] = stored["rarity"]
            return cls(weights, rarity)

    def save(self, folder: Path) -> None:
        """Writes the buckets that say anything, in half precision."""
        used = np.flatnonzero(self._rarity)
        np.savez_compressed(
            folder / FILE,
            buckets=used.astype(np.int32),
            weights=self._weights[used].astype(np.float16),
            rarity=self._rarity[used].astype(np.float16),
        )

    def shares(self, sentences: Sequence[MarkedSentence]) -> NDArray[np.float32]:
        """Each sentence's share in the article's scores, shape (sentences, outputs); they add up to the scores.

        An n-gram that several sentences have is shared among them.
        """
        shares = np.zeros((len(sentences), self._weights.shape[1]), dtype=np.float32)
        found = occurrences(sentences)
        buckets, values = vector(found, self._rarity)
        if not len(buckets):
            return shares
        own = np.unique(found.sentences * (2 * BUCKETS) + found.buckets)
        at = np.searchsorted(buckets, own % (2 * BUCKETS))
        each = values / np.bincount(at, minlength=len(buckets))
        ends = np.searchsorted(own // (2 * BUCKETS), np.arange(len(sentences) + 1))
        weights = self._weights[buckets]
        for number, (begin, end) in enumerate(pairwise(ends)):
            here = at[begin:end]
            shares[number] = each[here] @ weights[here]
        return shares


def occurrences(sentences: Iterable[MarkedSentence]) -> Occurrences:
    """The n-grams of the sentences, none beyond `MOST_WORDS` words of the article."""
    room = MOST_WORDS
    words: list[str] = []
    owners: list[int] = []
    buckets: list[int] = []
    lengths: list[int] = []
    for number, sentence in enumerate(sentences):
        own = _WORD.findall(sentence.text.casefold())[:room]
        room -= len(own)
        words += own
        owners += [number] * len(own)
        of_words = list(_words_and_pairs(own))
        buckets += of_words
        lengths.append(len(of_words))
    pieces, bearers = _pieces(words, owners)
    return Occurrences(
        np.concatenate([np.asarray(buckets, dtype=np.int64), pieces]),
        np.concatenate([np.repeat(np.arange(len(lengths)), lengths), bearers]),
    )


def counts(found: Occurrences) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """An article's buckets in order and how often each occurs, damped: 1 + log of the count."""
    buckets, times = np.unique(found.buckets, return_counts=True)
    return buckets, 1 + np.log(times.astype(np.float32))


def vector(found: Occurrences, rarity: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """An article's buckets in order and their values: counts times rarity; words and pieces each of length one."""
    buckets, values = counts(found)
    values = values * rarity[buckets]
    for part in (buckets < BUCKETS, buckets >= BUCKETS):
        length = float(np.sqrt((values[part] ** 2).sum()))
        if length:
            values[part] /= length
    return buckets, values


def _words_and_pairs(words: Sequence[str]) -> Iterator[int]:
    before = ""
    for word in words:
        if len(word) > 1:
            yield crc32(word.encode()) % BUCKETS
            if before:
                yield crc32(f"{before} {word}".encode()) % BUCKETS
            before = word


def _pieces(words: Sequence[str], owners: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The buckets of the words' pieces, a blank before and after each word counted in, and the owner of each."""
    text = np.frombuffer(f" {'  '.join(words)} ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    blank = text == _BLANK
    # " a  b ": blank by blank a new word begins after every second one.
    owner = np.repeat(np.asarray(owners, dtype=np.int64), [len(word) + 2 for word in words])
    edge = np.append(blank[:-1] & blank[1:], True)  # the last place of each word
    word = np.cumsum(edge) - edge
    letters = text.astype(np.uint64)
    found, bearers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for size in PIECES if words else ():
        count = len(text) - size + 1
        if count < 1:
            break
        mixed = np.zeros(count, dtype=np.uint64)
        for step in range(size):
            mixed = mixed * _PRIME + letters[step : step + count]
        within = word[:count] == word[size - 1 : size - 1 + count]
        found.append(BUCKETS + ((mixed[within] * _SPREAD) >> _SHIFT).astype(np.int64))
        bearers.append(owner[:count][within])
    return np.concatenate(found), np.concatenate(bearers)
