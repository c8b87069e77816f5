"""Words as the Indonesian press prints them: amounts, abbreviations, hosts and reduplications stay whole.

One regular expression, read once from left to right: the time is linear in the text, whatever the text holds.
"""

import re
from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from nlp.tables import rows

PRESS_TOKENIZER = "pantau.PressTokenizer.v1"
"""The name under which spaCy's configurations know `PressTokenizer`."""

ABBREVIATIONS: dict[str, str] = {row[0]: row[1] for row in rows("abbreviations.tsv")}

_HOST_ENDINGS = r"(?:com|co|id|org|net|go|ac|or|info|news|tv|my|sch|web|io)"
# The longest first, or "No." would hide "Nov.".
_LISTED = "|".join(re.escape(word) for word in sorted(ABBREVIATIONS, key=lambda word: (-len(word), word)))

TOKEN = re.compile(
    rf"""
      https?://[^\s<>"”)]+                                        # address of a page
    | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.\w{{2,24}}){{1,4}}          # address of a mailbox
    | [@\#]\w+
    | (?:[A-Za-z0-9-]{{1,40}}\.){{1,4}}{_HOST_ENDINGS}\b            # KONTAN.CO.ID
    | (?<![^\W\d_])(?:{_LISTED})                                   # Jl. dr. PT.
    | \b(?:[A-Za-z]\.){{2,5}}(?![a-z])                              # S.H. a.n. K.H.
    | \b[A-Z][a-z]{{0,2}}\.[A-Z][A-Za-z]{{0,4}}\b\.?                  # S.Sos. M.Si Ph.D
    | \b[A-Z]\.(?=\s*[A-Z])                                        # M. Faisal
    | \d{{1,4}}(?:[./-]\d{{1,4}}){{2}}(?![.,]?\d)                    # 20/2/2025
    | \d+(?:[.,:/]\d+)*(?:,-|,--|,–)?                               # 1.608.431  10,97  500.000,-
    | [Rr][Pp](?=\.?\s?\d)
    | [^\W\d_]+\d*(?:[-'’][^\W_]+)*                                # orang-orang  BPJS-TK  Jum'at
    | \.{{2,}} | …
    | \S
    """,
    re.VERBOSE,
)


class PressTokenizer:
    """Text to Doc; the tokens and the white space between them give back the text exactly."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text's tokens, none of them annotated."""
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for match in TOKEN.finditer(text):
            _add_white_space(text[end : match.start()], words, spaces)
            words.append(match.group())
            spaces.append(False)
            end = match.end()
        _add_white_space(text[end:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing: the rules are code, and a pipeline on disk names them in its configuration."""

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> "PressTokenizer":
        """This tokenizer."""
        return self

    def to_bytes(self, exclude: tuple[str, ...] = ()) -> bytes:
        """Nothing, as on disk."""
        return b""

    def from_bytes(self, data: bytes, exclude: tuple[str, ...] = ()) -> "PressTokenizer":
        """This tokenizer."""
        return self


@registry.tokenizers(PRESS_TOKENIZER)  # type: ignore[untyped-decorator]
def create_press_tokenizer() -> Callable[[Language], PressTokenizer]:
    """The tokenizer by the name that a pipeline's configuration gives it."""
    return lambda nlp: PressTokenizer(nlp.vocab)


def _add_white_space(gap: str, words: list[str], spaces: list[bool]) -> None:
    """A single space belongs to the word before it; what is more becomes a token, as everywhere in spaCy."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
