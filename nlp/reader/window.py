"""What of an article the encoder is given: the headline, the lead, and the sentences about the agency.

The agency's names are replaced by one mark and its look-alikes' by another, so that the encoder reads who is meant and
not how it is called.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.document import body_start, text_of
from nlp.links import LinkLines
from nlp.sentiment.model import OTHER, TARGET
from nlp.stretches import sentences

LEAD_SENTENCES = 2
LONGEST_SENTENCE = 600  # characters; what a hostile page prints without a full stop is cut
MOST_SENTENCES = 40

_Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence of the Doc at characters [start, end), with its mentions replaced by marks.

    `rank` says how much it is needed where there is no room for all, 0 the most.
    """

    start: int
    end: int
    text: str
    in_title: bool
    rank: int

    @property
    def names_agency(self) -> bool:
        """Whether the agency is named in it."""
        return TARGET in self.text


def marked_sentences(doc: Doc) -> list[MarkedSentence]:
    """The article's sentences without link lines, in order.

    Headline, lead and sentences that name the agency come first in rank, then those that follow them, then the rest.
    """
    text, offset = text_of(doc), body_start(doc)
    links = LinkLines(text)
    bounds = [(start, end) for start, end in sentences(doc) if start not in links]
    texts = _replaced(text, bounds, _marks(doc, offset))
    found: list[MarkedSentence] = []
    in_body = 0
    for (start, end), marked in zip(bounds, texts, strict=True):
        in_title = start < offset
        follows = bool(found) and found[-1].names_agency
        rank = 0 if in_title or in_body < LEAD_SENTENCES or TARGET in marked else 1 if follows else 2
        in_body += not in_title
        found.append(MarkedSentence(start, end, marked[:LONGEST_SENTENCE], in_title, rank))
    return found


def most_needed(found: Sequence[MarkedSentence], lengths: Sequence[int], room: int) -> list[int]:
    """The indices of the sentences that fit into `room`, chosen by rank and then by order, in document order."""
    chosen: list[int] = []
    for index in sorted(range(len(found)), key=lambda index: (found[index].rank, index))[:MOST_SENTENCES]:
        if lengths[index] <= room:
            chosen.append(index)
            room -= lengths[index]
    return sorted(chosen)


def _marks(doc: Doc, offset: int) -> list[_Mark]:
    """Where the agency and its look-alikes are named, in order, none overlapping."""
    found: list[_Mark] = []
    for mention in doc._.mentions:
        shift = 0 if mention.field == "title" else offset
        mark = OTHER if mention.kind == "lookalike" else TARGET
        found.append((mention.start + shift, mention.end + shift, mark))
    kept: list[_Mark] = []
    for place in sorted(found, key=lambda place: (place[0], -place[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _replaced(text: str, bounds: Sequence[tuple[int, int]], marks: Sequence[_Mark]) -> list[str]:
    """Each sentence with its mentions replaced; a mention belongs to the sentence it begins in."""
    result = []
    waiting = list(reversed(marks))
    for start, end in bounds:
        pieces, position = [], start
        while waiting and waiting[-1][0] < end:
            begin, stop, mark = waiting.pop()
            if begin >= position and begin >= start:
                pieces += [text[position:begin], mark]
                position = min(stop, end)
        result.append("".join([*pieces, text[position:end]]))
    return result
