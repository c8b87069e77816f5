"""`quotes`: what somebody is said to have said, with speaker and title.

Direct quotes stand between quotation marks, may hold several sentences, and end with their paragraph where the
closing mark is missing. Reported speech is the rest of a sentence that has an attribution. A speaker named briefly
("Abdul") or by pronoun is resolved to the full name that the article gives, if only one fits.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Quote
from nlp.attribution import Attribution, attributions, leads_with_verb
from nlp.document import locate
from nlp.linking import NameForms
from nlp.stretches import paragraphs, split

LEAST_REPORTED_WORDS = 2
LEAST_CONTINUED_WORDS = 3  # of a quote without attribution after one that has it, in the same paragraph
LEAST_UNATTRIBUTED_WORDS = 6  # shorter ones are names of programmes or words in doubt

_CLOSING = {"“": '”"', "„": '“”"', "«": "»", '"': '"”', "”": '”"'}  # by the mark that opens
_BEFORE_ATTRIBUTION = " \t,.!?:;-–—\"“”»…'’"
_CONTENT_EDGES = " \t,:;-–—\"“”'"


@dataclass(frozen=True, slots=True)
class _Saying:
    """A quote before its speaker is resolved; offsets are the Doc's."""

    start: int
    end: int
    kind: Literal["direct", "reported"]
    attribution: Attribution | None


@Language.component("quotes", assigns=["doc._.quotes"])
def quotes(doc: Doc) -> Doc:
    """The Doc with its quotes in order."""
    text = doc.text
    sayings: list[_Saying] = []
    named: list[tuple[int, Attribution]] = []
    unclosed = False
    for start, end in paragraphs(doc):
        marked = list(_between_marks(text, start, end))
        carried = sayings[-1].attribution if unclosed and sayings else None
        direct = list(_direct(text, start, end, marked, carried))
        reported = list(_reported(text, start, end, [(opening, closing) for opening, closing, _ in marked]))
        named += [(start + found.start, found) for found in attributions(text[start:end])]
        sayings += sorted(direct + reported, key=lambda saying: saying.start)
        unclosed = bool(marked) and not marked[-1][2]
    doc._.quotes = tuple(_resolved(doc, sayings, named))
    return doc


def _between_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Places of the opening and closing marks of a paragraph, and whether the closing one is there."""
    opening: int | None = None
    for index in range(start, end):
        mark = text[index]
        if opening is None:
            # A closing mark that opens is a slip of the newsroom, and only at a word's start.
            if mark in _CLOSING and (mark != "”" or _opens_a_word(text, index, start, end)):
                opening = index
        elif mark in _CLOSING[text[opening]]:
            yield opening, index, True
            opening = None
    if opening is not None:
        yield opening, end, False


def _opens_a_word(text: str, index: int, start: int, end: int) -> bool:
    before = text[index - 1] if index > start else " "
    after = text[index + 1] if index + 1 < end else " "
    return before.isspace() and not after.isspace()


def _direct(
    text: str, start: int, end: int, marked: Sequence[tuple[int, int, bool]], carried: Attribution | None
) -> Iterator[_Saying]:
    """The direct quotes of a paragraph; a quote without attribution continues the one before it there."""
    last = carried
    for number, (opening, closing, _) in enumerate(marked):
        following = marked[number + 1][0] if number + 1 < len(marked) else end
        preceding = marked[number - 1][1] if number else start
        attribution = _just_after(text, closing, following) or _just_before(text, preceding, opening)
        begin, stop = _trimmed(text, opening + 1, closing)
        length = len(text[begin:stop].split())
        if attribution is None and length >= LEAST_CONTINUED_WORDS:
            attribution = last
        if length and (attribution is not None or length >= LEAST_UNATTRIBUTED_WORDS):
            yield _Saying(begin, stop, "direct", attribution)
            last = attribution


def _just_after(text: str, closing: int, following: int) -> Attribution | None:
    """The attribution that begins right after the closing mark."""
    clause = text[closing:following]
    first = next(iter(attributions(clause)), None)
    if first is None or clause[: first.start].strip(_BEFORE_ATTRIBUTION):
        return None
    return first


def _just_before(text: str, preceding: int, opening: int) -> Attribution | None:
    """The attribution of the unfinished sentence before the opening mark."""
    before = text[preceding:opening].rstrip()
    if not before or before[-1] in '.!?”"':
        return None
    sentence = max(split(before, 0, len(before)), default=(0, 0))
    found = attributions(before[sentence[0] : sentence[1]])
    return found[-1] if found else None


def _reported(text: str, start: int, end: int, marked: Sequence[tuple[int, int]]) -> Iterator[_Saying]:
    """What sentences without quotation marks report."""
    marks = list(reversed(marked))
    for begin, stop in split(text, start, end):
        while marks and marks[-1][1] < begin:
            marks.pop()
        if marks and marks[-1][0] < stop:
            continue
        sentence = text[begin:stop]
        found = attributions(sentence)
        if found:
            said = _content(sentence, found[0])
            if _counts_words(sentence, said) >= LEAST_REPORTED_WORDS:
                yield _Saying(begin + said[0], begin + said[1], "reported", found[0])


def _content(sentence: str, attribution: Attribution) -> tuple[int, int]:
    """What is reported: after "Abdul mengatakan"; of what stands around "kata Abdul", the longer part."""
    before = _trimmed(sentence, 0, attribution.start)
    start, end = _trimmed(sentence, attribution.end, len(sentence))
    if leads_with_verb(sentence, attribution) and _counts_words(sentence, before) >= _counts_words(
        sentence, (start, end)
    ):
        return before
    for opener in ("bahwa ", "that "):
        if sentence.startswith(opener, start, end):
            start += len(opener)
    return start, end


def _counts_words(text: str, bounds: tuple[int, int]) -> int:
    return len(text[bounds[0] : bounds[1]].split())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _CONTENT_EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _CONTENT_EDGES or text[end - 1].isspace()):
        end -= 1
    return start, end


def _resolved(doc: Doc, sayings: Sequence[_Saying], named: Sequence[tuple[int, Attribution]]) -> Iterator[Quote]:
    people = _People(doc, [attribution for _, attribution in named])
    persons = [(position, attribution) for position, attribution in named if attribution.kind == "person"]
    for saying in sayings:
        attribution = saying.attribution
        if attribution is not None and attribution.kind == "pronoun":
            earlier = bisect_left(persons, saying.start, key=lambda person: person[0])
            attribution = persons[earlier - 1][1] if earlier else None
        speaker, title = people.full(attribution) if attribution is not None else (None, None)
        span = locate(doc, saying.start, saying.end)
        yield Quote(span.field, span.start, span.end, span.text, saying.kind, speaker, title)


class _People:
    """The persons an article names, by the words of their names."""

    def __init__(self, doc: Doc, named: Sequence[Attribution]) -> None:
        entities = [entity.text for entity in doc._.entities if entity.label == "PER"]
        speakers = [attribution.speaker for attribution in named if attribution.kind == "person"]
        self._forms = NameForms(entities + speakers)
        self._titles: dict[str, str] = {}
        for attribution in named:
            if attribution.speaker_title:
                self._titles.setdefault(attribution.speaker, attribution.speaker_title)

    def full(self, attribution: Attribution) -> tuple[str, str | None]:
        """Full name and title of a speaker, as far as the article tells them unambiguously."""
        if attribution.kind != "person":
            return attribution.speaker, attribution.speaker_title
        name = self._forms.full(attribution.speaker)
        return name, attribution.speaker_title or self._titles.get(name) or self._titles.get(attribution.speaker)
