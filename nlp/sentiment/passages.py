"""Which sentences of an article are judged, with the agency's names replaced by one target."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.document import body_start
from nlp.links import LinkLines
from nlp.sentiment.model import OTHER, TARGET, Passage, Place
from nlp.stretches import sentences

LEAD_SENTENCES = 2
MOST_PASSAGES = 120  # an article has fewer sentences about one agency; a page with more is hostile

_Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage and the characters of the Doc it stands for."""

    passage: Passage
    start: int
    end: int


def passages_about_agency(doc: Doc) -> list[PlacedPassage]:
    """Headline, lead, the sentences that name the agency and the sentence after each of these.

    Sentences that name only a look-alike are left out. Without any mention of the agency the result is empty.
    """
    marks = _marks(doc)
    if not any(mark == TARGET for _, _, mark in marks):
        return []
    offset = body_start(doc)
    text = doc.text
    links = LinkLines(text)
    bounds = [(start, end) for start, end in sentences(doc) if start not in links]
    marked = _marked_sentences(text, bounds, marks)
    title = " ".join(sentence for (start, _), sentence in zip(bounds, marked, strict=True) if start < offset)
    body = [index for index, (start, _) in enumerate(bounds) if start >= offset]
    lead = " ".join(marked[index] for index in body[:LEAD_SENTENCES])
    placed: list[PlacedPassage] = []
    for index, (start, end) in enumerate(bounds):
        named, other = TARGET in marked[index], OTHER in marked[index]
        place: Place = "title" if start < offset else "lead" if index in body[:LEAD_SENTENCES] else "rest"
        continues = index > 0 and TARGET in marked[index - 1]
        if named or (not other and (place != "rest" or continues)):
            placed.append(PlacedPassage(Passage(marked[index], place, named, title, lead), start, end))
    return placed[:MOST_PASSAGES]


def _marks(doc: Doc) -> list[_Mark]:
    """Where the agency and its look-alikes are named, in order, none overlapping."""
    offset = body_start(doc)
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


def _marked_sentences(text: str, bounds: Sequence[tuple[int, int]], marks: Sequence[_Mark]) -> list[str]:
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
