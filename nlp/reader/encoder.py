"""The encoder at work: a transformers folder run by onnxruntime on the processor, without torch."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from nlp.choice import ModelError
from nlp.reader.encoding import Batch, encode, in_batches
from nlp.reader.ngrams import FILE as NGRAMS
from nlp.reader.questions import OUTPUTS
from nlp.reader.window import MarkedSentence

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BATCH = 16
WEIGHTS = "model.onnx"
FILES = ("config.json", "tokenizer.json", WEIGHTS, NGRAMS)


class Encoder:
    """Gives numbers for marked sentences. The weights are loaded with the first article, not before."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder} is no reader: {', '.join(missing)} missing; `make train` makes one")
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        outputs = tuple(config["id2label"][str(index)] for index in range(len(config["id2label"])))
        if outputs != OUTPUTS:
            raise ModelError(f"{folder}/config.json: id2label must list {', '.join(OUTPUTS)}")
        self._folder = folder
        self._threads = threads

    def __reduce__(self) -> tuple[type["Encoder"], tuple[Path, int]]:
        """A worker process loads the weights itself."""
        return Encoder, (self._folder, self._threads)

    @cached_property
    def version(self) -> str:
        """Changes with the weights beside it too, the vocabulary and the outputs."""
        digest = hashlib.sha256()
        for name in FILES:
            with (self._folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:12]

    def read(self, articles: Sequence[Sequence[MarkedSentence]]) -> list[NDArray[np.float32]]:
        """Each sentence's share in the outputs of its article, shape (sentences, outputs).

        The shares of an article's sentences add up to the mean of its tokens' outputs; a sentence that did not fit into
        the window has none.
        """
        windows = encode(articles, self._pieces)
        shares = [np.zeros((len(sentences), len(OUTPUTS)), dtype=np.float32) for sentences in articles]
        for chosen, batch in in_batches(windows, BATCH, self._pieces.padding):
            outputs = self._run(batch)
            for row, index in enumerate(chosen):
                owners = batch.owners[row]
                own = owners >= 0
                if own.any():
                    np.add.at(shares[index], owners[own], outputs[row][own] / own.sum())
        return shares

    def _run(self, batch: Batch) -> NDArray[np.float32]:
        feed = {"input_ids": batch.tokens, "attention_mask": batch.attention, "token_type_ids": batch.segments}
        return cast("NDArray[np.float32]", self._session.run(None, feed)[0])

    @cached_property
    def _pieces(self) -> "Pieces":
        # transformers needs three seconds to import; the tokenizer is the same file read by the same library.
        from tokenizers import Tokenizer

        return Pieces(Tokenizer.from_file(str(self._folder / "tokenizer.json")))

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        return InferenceSession(str(self._folder / WEIGHTS), options, providers=["CPUExecutionProvider"])


class Pieces:
    """A tokenizer's numbers, of texts without special tokens and of the special tokens themselves."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self.start, self.separator, self.padding, self.mask = (
            _number(tokenizer, token) for token in ("[CLS]", "[SEP]", "[PAD]", "[MASK]")
        )

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        """The token numbers of each text."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def _number(tokenizer: "Tokenizer", token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ModelError(f"tokenizer.json has no token {token}")
    return number
