"""`quotes`: what somebody is said to have said, with speaker and title.

Direct quotes stand between quotation marks, may hold several sentences, and end with their paragraph where the
closing mark is missing. Reported speech is the rest of a sentence that has an attribution. A speaker named briefly
("Abdul") or by pronoun is resolved to the full name that the article gives, if only one fits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Quote
from nlp.attribution import Attribution, attributions, leads_with_verb
from nlp.document import body_start, locate
from nlp.linking import NameForms
from nlp.naming import SEATS, title_beside
from nlp.stretches import paragraphs, split

LEAST_REPORTED_WORDS = 2
LEAST_CONTINUED_WORDS = 3  # of a quote without attribution after one that has it, in the same paragraph
LEAST_UNATTRIBUTED_WORDS = 6  # shorter ones are names of programmes or words in doubt

_MOST_NAMINGS = 3  # of a person that are asked for the title
_TITLE_REACH = 200  # characters before a name in which a title may begin
_ONLY_WHEN = 3  # words after a verb that can only tell when it was said
_THANKS = frozenset({"apresiasi", "penghargaan", "selamat", "belasungkawa", "duka", "rasa", "terima", "ucapan"})
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
        goes_on = unclosed or _is_all_quoted(text, start, end, marked)
        carried = sayings[-1].attribution if goes_on and sayings else None
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


def _is_all_quoted(text: str, start: int, end: int, marked: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether the paragraph is one quote and nothing else: then who spoke before goes on."""
    return len(marked) == 1 and not text[start : marked[0][0]].strip() and not text[marked[0][1] + 1 : end].strip(" .")


def _opens_a_word(text: str, index: int, start: int, end: int) -> bool:
    before = text[index - 1] if index > start else " "
    after = text[index + 1] if index + 1 < end else " "
    return before.isspace() and not after.isspace()


def _direct(
    text: str, start: int, end: int, marked: Sequence[tuple[int, int, bool]], carried: Attribution | None
) -> Iterator[_Saying]:
    """The direct quotes of a paragraph; a quote without attribution continues the one before it there."""
    last = carried
    for number, (opening, closing, is_closed) in enumerate(marked):
        following = marked[number + 1][0] if number + 1 < len(marked) else end
        preceding = marked[number - 1][1] if number else start
        inside = None if is_closed else _inside(text, opening, closing)
        if inside is not None:
            closing, attribution = inside
        else:
            attribution = _just_after(text, closing, following) or _just_before(text, preceding, opening)
        begin, stop = _trimmed(text, opening + 1, closing)
        length = len(text[begin:stop].split())
        if attribution is None and length >= LEAST_CONTINUED_WORDS:
            attribution = last
        if length and (attribution is not None or length >= LEAST_UNATTRIBUTED_WORDS):
            yield _Saying(begin, stop, "direct", attribution)
            last = attribution


def _inside(text: str, opening: int, end: int) -> tuple[int, Attribution] | None:
    """Where the words end and whose they are, in a quote whose closing mark is missing: “… terulang, ujar Petrus."""
    for start, stop in split(text, opening + 1, end):
        for attribution in attributions(text[start:stop]):
            at = start + attribution.start
            if text[opening + 1 : at].rstrip()[-1:] == "," and leads_with_verb(text[start:stop], attribution):
                return at, attribution
    return None


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
            if _counts_words(sentence, said) >= LEAST_REPORTED_WORDS and not _is_thanks(sentence, said):
                yield _Saying(begin + said[0], begin + said[1], "reported", found[0])


def _content(sentence: str, attribution: Attribution) -> tuple[int, int]:
    """What is reported: after "Abdul mengatakan"; of what stands around "kata Abdul", the longer part."""
    before = _trimmed(sentence, 0, attribution.start)
    start, end = _trimmed(sentence, attribution.end, len(sentence))
    if leads_with_verb(sentence, attribution) and _counts_words(sentence, before) >= _counts_words(
        sentence, (start, end)
    ):
        return before
    if _counts_words(sentence, (start, end)) <= _ONLY_WHEN < _counts_words(sentence, before):
        return before  # "…, branch head Teguh Winarko said on Tuesday."
    for opener in ("bahwa ", "that "):
        if sentence.startswith(opener, start, end):
            start += len(opener)
    return start, end


def _is_thanks(sentence: str, said: tuple[int, int]) -> bool:
    """Whether thanks or praise is told and nothing said: "menyampaikan apresiasi kepada …", "mengapresiasi langkah itu"."""
    verb = sentence[: said[0]].split()[-1:]
    praises = bool(verb) and "apresiasi" in verb[0].casefold()
    return praises or sentence[said[0] : said[1]].split(None, 1)[0].casefold() in _THANKS


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
        office = None
        if attribution is not None and attribution.kind == "pronoun":
            office = attribution.speaker_title
            earlier = bisect_left(persons, saying.start, key=lambda person: person[0])
            attribution = persons[earlier - 1][1] if earlier else None
        if attribution is not None:
            speaker, title = people.full(attribution)
        else:
            speaker, title = people.named_before(saying.start) if saying.attribution is not None else None, None
        title = office or title or (people.title_of(speaker) if speaker else None)
        span = locate(doc, saying.start, saying.end)
        yield Quote(span.field, span.start, span.end, span.text, saying.kind, speaker, title)


class _People:
    """The persons an article names, by the words of their names."""

    def __init__(self, doc: Doc, named: Sequence[Attribution]) -> None:
        offset = body_start(doc)
        self._text = doc.text
        persons = [entity for entity in doc._.entities if entity.label == "PER"]
        self._places = [(it.start + (offset if it.field == "text" else 0), it.text) for it in persons]
        speakers = [attribution.speaker for attribution in named if attribution.kind == "person"]
        self._forms = NameForms([entity.text for entity in persons] + speakers)
        self._titles: dict[str, str] = {}
        for attribution in named:
            if attribution.speaker_title:
                self._titles.setdefault(attribution.speaker, attribution.speaker_title)

    def full(self, attribution: Attribution) -> tuple[str, str | None]:
        """Full name and title of a speaker, as far as the article tells them unambiguously."""
        if attribution.kind != "person":
            return attribution.speaker, attribution.speaker_title
        seat, speaker = self._without_seat(attribution)
        name = self._forms.full(speaker)
        if name == speaker and " " not in name:
            name = self._continued(name)
        title = attribution.speaker_title or self._titles.get(name) or self._titles.get(attribution.speaker)
        return name, f"{title} {seat}" if title and seat else title

    def named_before(self, position: int) -> str | None:
        """The person who was named last before this place of the Doc."""
        earlier = bisect_left(self._places, position, key=lambda place: place[0])
        return self._forms.full(self._places[earlier - 1][1]) if earlier else None

    def title_of(self, name: str) -> str | None:
        """The title that stands before or after one of the first places where the name does."""
        at = self._text.find(name)
        for _ in range(_MOST_NAMINGS):
            if at < 0:
                return None
            begin = max(self._text.rfind(mark, 0, at) for mark in ".!?\n") + 1
            end = min((found for mark in ".!?\n" if (found := self._text.find(mark, at + len(name))) >= 0), default=at)
            title = title_beside(self._text[max(begin, at - _TITLE_REACH) : max(end, at + len(name))], name)
            if title is not None:
                return title
            at = self._text.find(name, at + 1)
        return None

    def _without_seat(self, attribution: Attribution) -> tuple[str, str]:
        """What of "Telaga Biru Anwar Hippy" after "Wali Kota" is the seat and what the name.

        The seat of an office is named elsewhere too, after "Kota", "di" or the like.
        """
        parts = attribution.speaker.split()
        title = (attribution.speaker_title or "").split()
        if len(parts) < 2 or not title or not (title[-1].casefold() in SEATS or title[-1].isupper()):
            return "", attribution.speaker
        for cut in range(len(parts) - 1, 0, -1):
            seat = " ".join(parts[:cut])
            named = len(_seated(seat).findall(self._text))
            if named > (title[-1].casefold() in SEATS):  # once more than in this title
                return seat, " ".join(parts[cut:])
        return "", attribution.speaker

    def _continued(self, word: str) -> str:
        """The name that begins with this word elsewhere in the article, if there is one only."""
        longer = {match.group() for match in re.finditer(rf"\b{re.escape(word)}(?: [A-Z][a-z]+){{1,3}}", self._text)}
        return longer.pop() if len(longer) == 1 else word


def _seated(seat: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{'|'.join(sorted(SEATS))}|di|ke|dari|se)\s{re.escape(seat)}\b")
