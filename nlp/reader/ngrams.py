"""The linear voice beside the encoder: words, word pairs and pieces of words, hashed into weighted buckets (TF-IDF).

It learns from few examples what the encoder needs many for, and errs elsewhere; the decisions weigh both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
        by_sentence = in_sentences(sentences)
        buckets, values = vector(by_sentence, self._rarity)
        if not len(buckets):
            return shares
        order = np.argsort(buckets)
        buckets, values = buckets[order], values[order]
        bearers = np.zeros(len(buckets))
        places = [np.searchsorted(buckets, np.unique(np.asarray(own, dtype=np.int64))) for own in by_sentence]
        for at in places:
            bearers[at] += 1
        each = (values / bearers).astype(np.float32)
        for number, at in enumerate(places):
            shares[number] = each[at] @ self._weights[buckets[at]]
        return shares


def in_sentences(sentences: Iterable[MarkedSentence]) -> list[list[int]]:
    """The buckets of each sentence's n-grams, as often as they occur; none beyond `MOST_WORDS` words of the article."""
    room = MOST_WORDS
    found = []
    for sentence in sentences:
        words = _WORD.findall(sentence.text.casefold())[:room]
        room -= len(words)
        found.append(list(_hashed(words)))
    return found


def counts(by_sentence: Iterable[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """An article's buckets and how often each occurs, damped: 1 + log of the count."""
    counted = Counter(bucket for buckets in by_sentence for bucket in buckets)
    buckets = np.fromiter(counted.keys(), dtype=np.int64, count=len(counted))
    return buckets, 1 + np.log(np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))


def vector(
    by_sentence: Iterable[Sequence[int]], rarity: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """An article's buckets and values: counts times rarity; words and pieces each of length one."""
    buckets, values = counts(by_sentence)
    values = values * rarity[buckets]
    for part in (buckets < BUCKETS, buckets >= BUCKETS):
        length = float(np.sqrt((values[part] ** 2).sum()))
        if length:
            values[part] /= length
    return buckets, values


def _hashed(words: Sequence[str]) -> Iterator[int]:
    before = ""
    for word in words:
        if len(word) > 1:
            yield crc32(word.encode()) % BUCKETS
            if before:
                yield crc32(f"{before} {word}".encode()) % BUCKETS
            before = word
        padded = f" {word} "
        for size in PIECES:
            for start in range(len(padded) - size + 1):
                yield BUCKETS + crc32(padded[start : start + size].encode()) % BUCKETS
