"""From marked sentences to the encoder's numbers: `[CLS] headline [SEP] sentences [SEP]`, and which token is whose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.reader.window import MarkedSentence, most_needed

MOST_TOKENS = 128
MOST_TITLE_TOKENS = 48
_SPECIAL = 3


class WordPieces(Protocol):
    """A text's token numbers, without special tokens; `tokenizers.Tokenizer` behind one method."""

    start: int
    separator: int
    padding: int

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        """The token numbers of each text."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window in tokens. `owners[i]` is the index of the sentence that token i belongs to, -1 for special tokens."""

    tokens: NDArray[np.int64]
    segments: NDArray[np.int64]
    owners: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one batch, padded: shapes (windows, longest); `owners` is -1 at padding too."""

    tokens: NDArray[np.int64]
    attention: NDArray[np.int64]
    segments: NDArray[np.int64]
    owners: NDArray[np.int64]


def encode(articles: Sequence[Sequence[MarkedSentence]], pieces: WordPieces) -> list[Encoded]:
    """One window per article; what does not fit is left out by rank, whole sentences at a time."""
    texts = [sentence.text for sentences in articles for sentence in sentences]
    numbers = iter(pieces.numbers(texts)) if texts else iter(())
    return [_window(sentences, [next(numbers) for _ in sentences], pieces) for sentences in articles]


def in_batches(windows: Sequence[Encoded], size: int, padding: int) -> Iterator[tuple[list[int], Batch]]:
    """The windows' indices and their batch, windows of like length together, which spares padding."""
    order = sorted(range(len(windows)), key=lambda index: len(windows[index].tokens))
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        yield chosen, pad([windows[index] for index in chosen], padding)


def pad(windows: Sequence[Encoded], padding: int) -> Batch:
    """The windows as one batch."""
    shape = (len(windows), max(len(window.tokens) for window in windows))
    tokens, attention = np.full(shape, padding, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    segments, owners = np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    for row, window in enumerate(windows):
        length = len(window.tokens)
        tokens[row, :length] = window.tokens
        attention[row, :length] = 1
        segments[row, :length] = window.segments
        owners[row, :length] = window.owners
    return Batch(tokens, attention, segments, owners)


def _window(sentences: Sequence[MarkedSentence], numbers: Sequence[Sequence[int]], pieces: WordPieces) -> Encoded:
    title = [
        (index, number) for index, sentence in enumerate(sentences) if sentence.in_title for number in numbers[index]
    ]
    title = title[:MOST_TITLE_TOKENS]
    body = [index for index, sentence in enumerate(sentences) if not sentence.in_title]
    room = MOST_TOKENS - _SPECIAL - len(title)
    # A first sentence that is longer than the room is cut, or nothing would be read.
    lengths = [min(len(numbers[index]), room) for index in body]
    kept = most_needed([sentences[index] for index in body], lengths, room)
    text = [(body[at], number) for at in kept for number in numbers[body[at]][:room]]
    tokens = [pieces.start, *(n for _, n in title), pieces.separator, *(n for _, n in text), pieces.separator]
    owners = [-1, *(index for index, _ in title), -1, *(index for index, _ in text), -1]
    segments = [0] * (len(title) + 2) + [1] * (len(text) + 1)
    return Encoded(np.asarray(tokens), np.asarray(segments), np.asarray(owners))
