"""`quotes`: what somebody is said to have said, with speaker and title.

Direct quotes stand between quotation marks, may hold several sentences, and end with their paragraph where the
closing mark is missing. Reported speech is the rest of a sentence that has an attribution. A speaker named briefly
("Abdul") or by pronoun is resolved to the full name that the article gives, if only one fits.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Quote
from nlp.attribution import SAID_BY, Attribution, attributions, leads_with_verb, opened_by, opens_with_verb, spoken_with
from nlp.document import body_start, locate, text_of
from nlp.linking import MOST_NAMES, NameForms, Seats
from nlp.naming.persons import name_end
from nlp.naming.places import SEATS
from nlp.naming.sources import PERSON_NOUNS, Source, source_at, title_beside
from nlp.naming.titles import is_rank
from nlp.naming.vocabulary import GIVEN_NAMES
from nlp.naming.words import word_set, words
from nlp.stretches import paragraphs, sentences, split
from nlp.unnamed import unnamed_speaker

LEAST_REPORTED_WORDS = 2
LEAST_CONTINUED_WORDS = 3  # of a quote without attribution after one that has it, in the same paragraph
LEAST_UNATTRIBUTED_WORDS = 6  # shorter ones are names of programmes or words in doubt

_MOST_NAMINGS = 3  # of a person that are asked for the title
_TITLE_REACH = 200  # characters before a name in which a title may begin
_MOST_SPEAKERS_BACK = 10  # that are asked who a question was put to
_INTRODUCTION = 250  # characters from a sentence's begin in which its subject is introduced
_ONLY_WHEN = 3  # words after a verb that can only tell when it was said
_MENTIONED_WORDS = 4  # at most, of a subject that only points at what was said: "Hal senada", "Imbauan itu"
_BETWEEN_NAME_AND_NICKNAME = 20  # characters: ", S.H., yang akrab"
_NAMING_REACH = 60
_SENTENCE_REACH = 400
_NAMES_THINGS = word_set(
    """
    bertema bertajuk berjudul bertuliskan bertulisan bernama tema tajuk judul tagline slogan semboyan moto
    motto spanduk poster program lagu film buku titled themed
    """
)
_WHEN = word_set("kepada saat ketika usai seusai di pada kemarin senin selasa rabu kamis jumat sabtu minggu ahad")
_SMALL_IN_NAMES = word_set("dan di ke dari untuk bagi yang")
_AS_SAID = word_set("sebagaimana seperti")
_ENGLISH_SAID = ("said", "says", "added", "told")
_ROLES = word_set("terdakwa tersangka saksi korban pelapor penggugat tergugat pasien warga")
_AGENT = re.compile(r"pe(?:ng|ny|n|m|r|t|l)[a-z]{3,}(?<!an)")  # penenun, pemetik, petambak
_ADVERBIAL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,3}, ")
_BEFORE_PLACES = SEATS | word_set("di ke dari se jalan dusun distrik pasar pantai pulau sungai gunung gedung")
_FULL_NAME = re.compile(r"\b([A-Z]\w+)(?: [A-Z][a-z]+){1,4}")
_SUBJECT = re.compile(
    r"(?:[A-Z][a-z]+(?: [a-z]+){0,3}, |(?:Namun|Sementara|Tetapi|Tapi|Lalu) )?"
    r"(?P<name>[A-Z]\w+(?: [A-Z]\w+){0,4}|seorang)(?P<age>,? \(?\d\d(?: tahun|\)),?)?,? (?P<noun>[a-z]+)"
)
_NICKNAME = re.compile(r"\b(?:disapa|dipanggil|panggilan|sapaan)(?: akrab)? ([A-Z]\w+)")
_NOTHING_TOLD = word_set(
    """
    maaf
    apresiasi penghargaan selamat belasungkawa duka rasa terima ucapan sambutan materi laporan pidato arahan
    paparan aspirasi orasi pertanyaan permohonan
    """
)
"""What is given or made by speaking, after a verb of saying: nothing is told of what was said."""
_NEGATIONS = word_set("tidak tak belum enggan")
_DENIALS = word_set("membantah menampik menepis menyangkal")
_DOINGS = word_set("melanjutkan membandingkan menyambut menanggapi mengucapkan")
"""Verbs of `nlp.attribution` that tell rather what a person does."""
_SO = word_set("begitu demikian")
_LINKS = word_set(
    """
    sebab karena karenanya akibatnya sayangnya untungnya sebelumnya sebelum sesudah setelah selain selanjutnya
    kemudian lalu namun tetapi tapi padahal sementara sedangkan bahkan apalagi kini sekarang saat sejauh hingga sampai
    dulu nanti nantinya rencananya artinya intinya pasalnya jadi oleh untuk dengan meski meskipun walau begitu demikian
    misalnya contohnya ternyata terlebih justru memang juga terus maka sehingga
    """
)
"""Words that open what only joins a sentence to the one before, and tells nothing."""
_POINTERS = word_set("itu ini demikian begitu lagi")
_ASIDES = word_set(
    """
    dikutip dilansir seperti sebagaimana sambil seraya melalui lewat dalam yang selaku sebagai didampingi dan ditemani
    menanggapi menjawab mengutip merujuk dari setelah sebelum sesudah dihubungi ditemui tadi siang sore malam pagi
    asking declining speaking who adding referring its the a an
    """
)
"""Words with which something about the speaker or the occasion begins, after his name."""
_UNCOVERED = word_set("kasus praktik sindikat jaringan identitas modus peredaran")
_POINTING_WORDS = 2  # "hal itu"
_ACCUSATIONS = word_set("hal tudingan tuduhan anggapan kabar informasi")
_CLOSING = {"“": '”"', "„": '“”"', "«": "»", '"': '"”', "”": '”"'}  # by the mark that opens
_BEFORE_ATTRIBUTION = " \t,.!?:;-–—\"“”»…'’"
_ENDS = frozenset(".!?")
_SPOKEN_ENDS = frozenset(",!?")
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
    text = text_of(doc)
    sayings: list[_Saying] = []
    named: list[tuple[int, Attribution]] = []
    unclosed = False
    for start, end in paragraphs(doc):
        marked = list(_between_marks(text, start, end))
        goes_on = unclosed or _is_all_quoted(text, start, end, marked)
        carried = sayings[-1].attribution if goes_on and sayings else None
        direct = list(_direct(text, start, end, marked, carried))
        reported = list(
            _reported(text, start, end, [it[:2] for it in marked if not _is_named_within(text, start, *it)])
        )
        named += [(start + found.start, found) for found in attributions(text[start:end])]
        for saying in reported:
            if saying.attribution is not None and saying.attribution.kind == "unnamed":
                named.append((saying.start, saying.attribution))
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
        attribution: Attribution | None
        if inside is not None:
            closing, attribution = inside
        else:
            attribution = _just_after(text, closing, following) or _just_before(text, preceding, opening)
        begin, stop = _trimmed(text, opening + 1, closing)
        length = len(text[begin:stop].split())
        if attribution is None and _is_name_of_something(text, preceding, opening, closing):
            continue
        if attribution is not None and _is_named_within(text, start, opening, closing, is_closed):
            continue
        if attribution is None and (length >= LEAST_CONTINUED_WORDS or text[closing - 1] in _ENDS):
            attribution = _sentence_before(text, preceding, opening) or last
        if length and (attribution is not None or length >= LEAST_UNATTRIBUTED_WORDS):
            yield _Saying(begin, stop, "direct", attribution)
            last = attribution


def _is_name_of_something(text: str, preceding: int, opening: int, closing: int) -> bool:
    """Whether a motto, title or programme stands between the marks: bertema “Masa Depan Jaminan Sosial”."""
    before = text[max(preceding, opening - _NAMING_REACH) : opening].casefold().split()[-2:]
    inside = text[opening + 1 : closing].split()
    capitalised = sum(word[0].isupper() for word in inside)
    return not _NAMES_THINGS.isdisjoint(before) or 2 * capitalised > len(inside)


def _is_named_within(text: str, start: int, opening: int, closing: int, is_closed: bool) -> bool:
    """Whether a sentence that tells something else has a name between the marks: program “Satu Rumah” digagas."""
    goes_on = text[closing + 1 : closing + 2] == " " and text[closing + 2 : closing + 3].islower()
    noun = text[max(start, opening - _NAMING_REACH) : opening].rstrip()[-1:].isalpha()
    inside = text[opening + 1 : closing].split()
    capitalised = len(inside) > 1 and all(word[0].isupper() or word in _SMALL_IN_NAMES for word in inside)
    return is_closed and goes_on and noun and capitalised


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
    first: Attribution | None = next(iter(attributions(clause)), None)
    if _begins_a_sentence(text, closing, following) and not (first is not None and leads_with_verb(clause, first)):
        return None
    if first is not None and not clause[: first.start].strip(_BEFORE_ATTRIBUTION):
        return first
    spoken = _spoken_by_somebody(clause)
    if spoken is not None and not clause[: spoken.start].strip(_BEFORE_ATTRIBUTION):
        return spoken
    if text[closing - 1 : closing] in _SPOKEN_ENDS or text[closing + 1 : closing + 2] == ",":
        other = spoken_with(clause)
        if other is not None:
            return other
    at = len(clause) - len(clause.lstrip(_BEFORE_ATTRIBUTION))
    # "…," kata those whom the grammar cannot read: somebody else than who spoke before.
    return Attribution(at, at, "", at, at, None, None, "unnamed") if opens_with_verb(clause[at:]) else None


def _begins_a_sentence(text: str, closing: int, following: int) -> bool:
    """Whether a new sentence stands after the closing mark: “… masa depan.” Bupati mengatakan hal lain."""
    after = text[closing + 1 : following].lstrip()[:1]
    return text[closing - 1 : closing] in {".", "!", "?", "…"} and after.isupper()


def _spoken_by_somebody(clause: str) -> Attribution | None:
    """The attribution to a speaker without a name."""
    somebody = unnamed_speaker(clause)
    if somebody is None:
        return None
    return Attribution(somebody.start, somebody.end, "", somebody.end, somebody.end, somebody.title, None, "unnamed")


def _just_before(text: str, preceding: int, opening: int) -> Attribution | None:
    """The attribution of the unfinished sentence before the opening mark."""
    before = text[preceding:opening].rstrip()
    if not before or before[-1] in '.!?”"':
        return None
    sentence = max(split(before, 0, len(before)), default=(0, 0))
    found = attributions(before[sentence[0] : sentence[1]])
    said = before[sentence[0] : sentence[1]]
    return found[-1] if found else _before_colon(said) or _spoken_by_somebody(said) or opened_by(said)


def _sentence_before(text: str, preceding: int, opening: int) -> Attribution | None:
    """Who says something in the sentence before a quote that stands alone: "Abdul menjamin stok aman. “Cukup.”"."""
    before = text[max(preceding, opening - _SENTENCE_REACH) : opening].rstrip()
    sentence = max(split(before, 0, len(before)), default=(0, 0))
    said = before[sentence[0] : sentence[1]]
    found = attributions(said)
    by_person = bool(found) and found[-1].kind in ("person", "pronoun") and not leads_with_verb(said, found[-1])
    return found[-1] if by_person and before[-1:] == "." else None


def _before_colon(sentence: str) -> Attribution | None:
    """ "Kepala Cabang Palu, Raden Harry: “…”"."""
    tokens = words(sentence)
    found = source_at(sentence, tokens, 0) if tokens and tokens[-1].text == ":" else None
    if found is None or found[0].kind != "person" or found[1] != len(tokens) - 1:
        return None
    return _of_source(found[0])


def _of_source(it: Source) -> Attribution:
    return Attribution(it.start, it.end, it.name, it.name_start, it.name_end, it.title, it.organisation, "person")


def _reported(text: str, start: int, end: int, marked: Sequence[tuple[int, int]]) -> Iterator[_Saying]:
    """What sentences without quotation marks report."""
    marks = list(reversed(marked))
    for begin, stop in split(text, start, end):
        while marks and marks[-1][1] < begin:
            marks.pop()
        if marks and marks[-1][0] < stop:
            continue
        sentence = text[begin:stop]
        spoken = next(iter(attributions(sentence)), None) or _spoken_by_somebody(sentence)
        if spoken is None or _only_points_at_words(sentence, spoken):
            continue
        said = _content(sentence, spoken)
        opened = _opened(sentence, spoken, said)
        if opened is not None:
            yield _Saying(begin + opened[0], begin + opened[1], "reported", spoken)
        least = 1 if sentence[: spoken.end].endswith("mengaku") else LEAST_REPORTED_WORDS
        if _counts_words(sentence, said) >= least and not _tells_nothing(sentence, spoken, said):
            yield _Saying(begin + said[0], begin + said[1], "reported", spoken)


def _only_points_at_words(sentence: str, attribution: Attribution) -> bool:
    """Whether words that stand elsewhere are ascribed: "Hal senada dikatakan Abdul saat rapat"."""
    before = sentence[: attribution.start].casefold().split()
    if not before or not leads_with_verb(sentence, attribution):
        return False
    verb = sentence[attribution.start : attribution.end].split(None, 1)[0].casefold()
    mentioned = len(before) <= _MENTIONED_WORDS and before[-1][-1] != "," and before[0] not in _AS_SAID
    so = before[-1] in _SO
    return (verb in SAID_BY and mentioned) or (so and (len(before) <= _MENTIONED_WORDS or before[-2][-1] != ","))


def _opened(sentence: str, attribution: Attribution, said: tuple[int, int]) -> tuple[int, int] | None:
    """What stands before an attribution that interrupts a sentence: "Kenaikan itu" of "Kenaikan itu, kata Abdul, …"."""
    start, end = _trimmed(sentence, 0, attribution.start)
    before = sentence[start:end].casefold().split()
    interrupts = sentence[: attribution.start].rstrip().endswith(",") and said[0] > attribution.start
    if not before or not interrupts or not leads_with_verb(sentence, attribution):
        return None
    links = before[0].strip(",") in _LINKS and (len(before) == 1 or before[-1] in _POINTERS)
    return None if links else (start, end)


def _goes_on(sentence: str, attribution: Attribution) -> bool:
    """Whether the sentence goes on after the attribution inside it: "Rasionya, kata Desmond, sangat timpang"."""
    interrupts = sentence[: attribution.start].rstrip().endswith(",") and sentence.startswith(",", attribution.end)
    after = sentence[attribution.end + 1 :].split()
    first = after[0] if after else ""
    return interrupts and len(after) > 1 and first[:1].islower() and first not in _WHEN | _ASIDES | PERSON_NOUNS


def _start_of_so(sentence: str, attribution: Attribution) -> int:
    """Where the attribution begins with the "demikian" before its verb: "…, demikian disampaikan Kurnia"."""
    before = sentence[: attribution.start].rstrip()
    last = before.rpartition(" ")[2]
    return len(before) - len(last) if last.casefold() in _SO else attribution.start


def _content(sentence: str, attribution: Attribution) -> tuple[int, int]:
    """What is reported: after "Abdul mengatakan"; of what stands around "kata Abdul", the longer part."""
    before = _trimmed(sentence, 0, _start_of_so(sentence, attribution))
    start, end = _trimmed(sentence, attribution.end, len(sentence))
    longer_before = _counts_words(sentence, before) >= _counts_words(sentence, (start, end))
    if leads_with_verb(sentence, attribution) and longer_before and not _goes_on(sentence, attribution):
        return before
    says = sentence[: attribution.end].endswith(_ENGLISH_SAID)
    if (
        says
        and sentence[: attribution.start].rstrip().endswith(",")
        and _counts_words(sentence, before) > _counts_words(sentence, (start, end))
    ):
        return before  # "…, a ministry official said, declining to be named."
    after = sentence[start:end].casefold().split()
    only_when = len(after) <= _ONLY_WHEN and (says or not after or after[0] in _WHEN)
    if only_when and _counts_words(sentence, before) > _ONLY_WHEN:
        return before  # "…, branch head Teguh Winarko said on Tuesday."
    for opener in ("bahwa ", "that "):
        if sentence.startswith(opener, start, end):
            start += len(opener)
    return start, end


def _tells_nothing(sentence: str, attribution: Attribution, said: tuple[int, int]) -> bool:
    """Whether something is done and nothing said: "menyampaikan apresiasi", "tidak menjelaskan"."""
    words_said = sentence[said[0] : said[1]].casefold().split()
    if words_said[0] in _NOTHING_TOLD or words_said[:2] in (["hal", "itu"], ["hal", "tersebut"], ["hal", "senada"]):
        return True
    if leads_with_verb(sentence, attribution):
        return False
    clause = sentence[attribution.speaker_end : attribution.end].casefold().split()[-3:]
    verb = clause[-1] if clause else ""
    only_points = len(words_said) <= _POINTING_WORDS and words_said[0] in _ACCUSATIONS
    notes_down = (
        attribution.kind == "person" and verb == "mencatat" and not any(word[0].isdigit() for word in words_said)
    )
    negated = not _NEGATIONS.isdisjoint(clause) and verb not in _DENIALS
    acts = (verb == "mengungkap" and words_said[0] in _UNCOVERED) or (verb == "menuntut" and words_said[0] in _ROLES)
    does = verb in _DOINGS and sentence[attribution.end : attribution.end + 1] != ","
    return "apresiasi" in verb or does or acts or only_points or notes_down or negated


def _counts_words(text: str, bounds: tuple[int, int]) -> int:
    return len(text[bounds[0] : bounds[1]].split())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _CONTENT_EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _CONTENT_EDGES or text[end - 1].isspace()):
        end -= 1
    return start, end


def _resolved(doc: Doc, sayings: Sequence[_Saying], named: Sequence[tuple[int, Attribution]]) -> Iterator[Quote]:
    people = _People(doc, named)
    for number, saying in enumerate(sayings):
        before = sayings[number - 1] if number else None
        speaker, title = people.speaker_of(saying, before)
        span = locate(doc, saying.start, saying.end)
        yield Quote(span.field, span.start, span.end, span.text, saying.kind, speaker, title)


class _People:
    """The persons an article names, by the words of their names, with their offices and in their order."""

    def __init__(self, doc: Doc, named: Sequence[tuple[int, Attribution]]) -> None:
        offset = body_start(doc)
        self._text = text_of(doc)
        self._seats = Seats(self._text)
        self._sentences = sentences(doc)
        entities = [entity for entity in doc._.entities if entity.label == "PER"]
        self._places = [(it.start + (offset if it.field == "text" else 0), it.text) for it in entities]
        named = sorted(
            [(position, self._without_seat(attribution)) for position, attribution in named]
            + [*self._introduced(), *self._described()],
            key=lambda place: place[0],
        )
        self._persons = [(at, each) for at, each in named if each.kind in ("person", "unnamed")]
        speakers = [attribution.speaker for _, attribution in self._persons if attribution.speaker]
        self._forms = NameForms([entity.text for entity in entities] + speakers)
        self._persons = sorted(self._persons + list(self._subjects()), key=lambda place: place[0])
        self._continuations: dict[str, str] = {}
        self._titles: dict[str, list[str]] = {}
        for _, attribution in named:
            if attribution.kind == "person" and attribution.speaker_title:
                self._titles.setdefault(self._forms.full(attribution.speaker), []).append(attribution.speaker_title)
        self._nicknames = self._read_nicknames()
        self._beside: dict[str, str | None] = {}
        self._learn_offices(named)

    def speaker_of(self, saying: _Saying, before: _Saying | None) -> tuple[str | None, str | None]:
        """Full name and title of who said it, as far as the article tells them unambiguously."""
        attribution = saying.attribution
        if attribution is None:
            return None, None
        if attribution.kind == "organisation":
            return attribution.speaker, attribution.speaker_title
        if attribution.kind == "unnamed":
            return self._holder_of(attribution.speaker_title)
        if attribution.kind == "person":
            named = self._without_seat(attribution)
            speaker = self.full(named.speaker)
            return speaker, self._title(speaker, named.speaker_title)
        return self._meant(saying.start, attribution, before)

    def full(self, name: str) -> str:
        """The full name, where the article tells it of one person only."""
        name = self._nicknames.get(name, name)
        full = self._forms.full(name)
        return self._continued(full) if full == name and " " not in name else full

    def _meant(self, position: int, pronoun: Attribution, before: _Saying | None) -> tuple[str | None, str | None]:
        """Who a pronoun or "kepala cabang itu" is: who was named last, or in an answer who was so before the asker."""
        at = bisect_left(self._persons, position, key=lambda person: person[0])
        if pronoun.is_answer and before is not None and self._text[before.end - 1 : before.end] == "?":
            at = self._before_the_asker(at, self.speaker_of(before, None)[0])
        if at == 0:
            speaker = self._named_before(position) or self._spoken_of_before(position) or self._given_before(position)
            return speaker, pronoun.speaker_title or (self._title(speaker, None) if speaker else None)
        last = self._persons[at - 1][1]
        if last.kind == "unnamed":
            return self._holder_of(last.speaker_title)
        speaker = self.full(last.speaker)
        return speaker, self._title(speaker, last.speaker_title or pronoun.speaker_title)

    def _before_the_asker(self, at: int, asker: str | None) -> int:
        """The place in the order of persons after the last one who is not the asker, else the one named last."""
        named = self.full(self._persons[at - 1][1].speaker) if at else ""
        if asker not in (None, named):
            return at
        for earlier in range(at - 1, max(0, at - _MOST_SPEAKERS_BACK), -1):
            if self.full(self._persons[earlier - 1][1].speaker) != named:
                return earlier
        return at

    def _holder_of(self, title: str | None) -> tuple[str | None, str | None]:
        """The person of the article who alone has the office that is named without him."""
        if title is None:
            return None, None
        office = title.casefold()
        holders = {
            name for name, titles in self._titles.items() if any(it.casefold().startswith(office) for it in titles)
        }
        holders = holders or self._holders_beside(title)
        if len(holders) != 1:
            return None, title
        (holder,) = holders
        return holder, self._title(holder, title)

    def _holders_beside(self, title: str) -> set[str]:
        """Those whom the article names with the office, though never as a sentence's subject or speaker."""
        holders = set()
        for match in islice(re.finditer(re.escape(title) + r" [A-Z]", self._text), _MOST_NAMINGS):
            naming = self._text[match.start() : match.start() + _TITLE_REACH].partition("\n")[0]
            found = source_at(naming, words(naming), 0)
            if found is not None and found[0].kind == "person":
                holders.add(self.full(self._without_seat(_of_source(found[0])).speaker))
        return holders

    def _title(self, name: str, title: str | None) -> str | None:
        """The office, in the longest form that the article gives it."""
        told = self._titles.get(name, [])
        if title is None or is_rank(title):
            offices = [it for it in told if not is_rank(it)]
            return offices[0] if offices else self._title_beside(name) or title
        return max((it for it in told if it.casefold().startswith(title.casefold())), key=len, default=title)

    def _named_before(self, position: int) -> str | None:
        """The person who was named last before this place of the Doc."""
        earlier = bisect_left(self._places, position, key=lambda place: place[0])
        return self.full(self._places[earlier - 1][1]) if earlier else None

    def _spoken_of_before(self, position: int) -> str | None:
        """The first who is named as a speaker, if already the words before this place have a part of the name."""
        name = next((each.speaker for _, each in self._persons if each.speaker), None)
        known = name is not None and any(
            part in self._text[max(0, position - _INTRODUCTION) : position].split() for part in name.split()
        )
        return self.full(name) if name is not None and known else None

    def _given_before(self, position: int) -> str | None:
        """The last full name before this place that begins with a widely known one."""
        before = self._text[max(0, position - _INTRODUCTION) : position]
        names = [it for it in _FULL_NAME.finditer(before) if self._may_be_person(before, it)]
        known = [it for it in names if it[1].casefold() in GIVEN_NAMES]
        return self.full((known or names)[-1].group()) if names else None

    @staticmethod
    def _may_be_person(text: str, name: re.Match[str]) -> bool:
        """Whether capitalised words could be a person: they are no office, no place and stand after no word for one."""
        before = text[: name.start()].rstrip(" ")
        alone = not before or before[-1] in ".!?\n" or before.rpartition(" ")[2].islower()
        tokens = words(name.group())
        whole = name_end(name.group(), tokens, 0) == len(tokens)
        return alone and whole and before.rpartition(" ")[2].casefold() not in _BEFORE_PLACES

    def _title_beside(self, name: str) -> str | None:
        """The title that stands before or after one of the first places where the name does."""
        if name not in self._beside:
            self._beside[name] = self._look_beside(name)
        return self._beside[name]

    def _look_beside(self, name: str) -> str | None:
        at = self._text.find(name)
        for _ in range(_MOST_NAMINGS):
            if at < 0:
                return None
            before = self._text[max(0, at - _TITLE_REACH) : at].rpartition("\n")[2]
            after = self._text[at : at + _TITLE_REACH].partition("\n")[0]
            title = title_beside(before + after, name)
            if title is not None:
                return title
            at = self._text.find(name, at + 1)
        return None

    def _sentence_at(self, position: int) -> tuple[int, int]:
        number = bisect_right(self._sentences, position, key=lambda bounds: bounds[0]) - 1
        return self._sentences[number] if number >= 0 else (position, position)

    def _introduced(self) -> Iterator[tuple[int, Attribution]]:
        """The persons who are the subjects of sentences, though they say nothing there."""
        seen = -1
        for position, _ in self._places:
            begin, end = self._sentence_at(position)
            if begin == seen:
                continue
            seen = begin
            opening = self._text[begin : min(end, begin + _INTRODUCTION)]
            found = source_at(opening, words(opening), 0) or _after_role(opening)
            if found is not None and found[0].kind == "person":
                it, attribution = found[0], _of_source(found[0])
                if begin + it.name_start <= position < begin + it.name_end and (
                    it.title or (begin + it.name_start == position and " " in it.name)
                ):
                    yield position, self._without_seat(attribution)

    def _subjects(self) -> Iterator[tuple[int, Attribution]]:
        """Those of whom sentences tell something: known persons by a part of the name, and somebody unnamed."""
        for begin, end in self._sentences:
            opening = self._text[begin : min(end, begin + _INTRODUCTION)]
            match = _SUBJECT.match(opening)
            if match is None:
                continue
            at, name, noun = begin + match.start("name"), match["name"], match["noun"]
            if name.casefold() == "seorang":
                yield at, Attribution(0, 0, "", 0, 0, None, None, "unnamed")
            elif (
                name.split()[0].casefold() in GIVEN_NAMES
                or "(" in (match["age"] or "")
                or (" " in name and (match["age"] or noun in PERSON_NOUNS or _AGENT.fullmatch(noun)))
                or (" " not in name and " " in self._forms.full(name))
            ):
                yield at, Attribution(0, 0, name, 0, 0, None, None, "person")

    def _described(self) -> Iterator[tuple[int, Attribution]]:
        """Subjects with an office or a description: "Menyambut itu, Kepala Cabang Desy Ariani siap …"."""
        for begin, end in self._sentences:
            opening = self._text[begin : min(end, begin + _INTRODUCTION)]
            adverbial = _ADVERBIAL.match(opening)
            start = adverbial.end() if adverbial is not None else 0
            found = source_at(opening[start:], words(opening[start:]), 0)
            if found is not None and found[0].kind == "person" and found[0].name_start > found[0].start:
                yield begin + start + found[0].name_start, self._without_seat(_of_source(found[0]))

    def _read_nicknames(self) -> dict[str, str]:
        """ "Febriansyah … yang akrab disapa Febri": full names by the nicknames that the article tells."""
        nicknames: dict[str, str] = {}
        for match in _NICKNAME.finditer(self._text):
            at = bisect_left(self._places, match.start(), key=lambda place: place[0])
            place, name = self._places[at - 1] if at else (0, "")
            if place + len(name) + _BETWEEN_NAME_AND_NICKNAME < match.start():  # "pria yang akrab disapa Febri"
                at = bisect_left(self._persons, match.start(), key=lambda person: person[0])
                name = self._persons[at - 1][1].speaker if at else name
            if name and name != match[1]:
                nicknames.setdefault(match[1], self._forms.full(name))
        return nicknames

    def _learn_offices(self, named: Sequence[tuple[int, Attribution]]) -> None:
        """Offices by which a person without one is meant: "kata Teguh. Kepala bidang itu menjelaskan"."""
        for position, attribution in named:
            if attribution.kind == "pronoun" and attribution.speaker_title and " " in attribution.speaker_title:
                at = bisect_left(self._persons, position, key=lambda person: person[0])
                name = self.full(self._persons[at - 1][1].speaker) if at else ""
                if name and self._title(name, None) is None:
                    self._titles[name] = [attribution.speaker_title]

    def _without_seat(self, attribution: Attribution) -> Attribution:
        """The attribution with the seat, which no list has, as part of the title and not of the name."""
        seat = self._seats.before_name(attribution.speaker_title, attribution.speaker)
        if attribution.kind != "person" or not seat:
            return attribution
        name = attribution.speaker[len(seat) + 1 :]
        return replace(
            attribution,
            speaker=name,
            speaker_start=attribution.speaker_end - len(name),
            speaker_title=f"{attribution.speaker_title} {seat}",
        )

    def _continued(self, word: str) -> str:
        """The name that begins with this word elsewhere in the article, if there is one only."""
        if word not in self._continuations and len(self._continuations) < MOST_NAMES:
            longer = {
                match.group() for match in re.finditer(rf"\b{re.escape(word)}(?: [A-Z][a-z]+){{1,3}}", self._text)
            }
            self._continuations[word] = longer.pop() if len(longer) == 1 else word
        return self._continuations.get(word, word)


def _after_role(opening: str) -> tuple[Source, int] | None:
    """The person after a role at a sentence's begin: "Terdakwa Ronny Mulyadi"."""
    tokens = words(opening)
    return source_at(opening, tokens, 1) if len(tokens) > 1 and tokens[0].lower in _ROLES else None
