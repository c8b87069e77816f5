"""Who speaks without a name: "Bupati mengaku …", "menurut keluarga, …", "kata seorang warga", "an official said".

An office is told as the article prints it; of others only that somebody spoke. Every pattern has bounded repetitions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.attribution import A_PERSON_SAYS, SAID_AFTER_MARK, SAID_ANYWHERE, SAYS
from nlp.naming.sources import PERSON_NOUNS
from nlp.naming.titles import title_end
from nlp.naming.words import Token, word_set, words

_PEOPLE = PERSON_NOUNS | word_set(
    """
    keluarga orang sejumlah beberapa para sebagian sumber narasumber polisi panitia penyelenggara pengamat kalangan
    pihak petugas pejabat pegawai staf
    """
)
_ONE_OF_MANY = word_set("seorang salah sejumlah beberapa para a an the one")
_VERB_AFTER = word_set("juga pun pernah sempat lalu kemudian kembali")
_ASIDE = re.compile(
    r"(?:enggan|minta|meminta|menolak|tidak mau|tak mau|tidak ingin) (?:[a-z]+ ){0,2}(?:nama|identitas)"
)
_ENGLISH_SPEAKERS = word_set("official spokesperson spokesman spokeswoman officer worker resident lawyer")
_ENGLISH_SAID = word_set("said added told says")
_WHOSE = word_set("perusahaan yayasan serikat panitia keluarga kampus pabrik sekolah daerah setempat")
_MOST_WORDS = 16
_MOST_DESCRIBING = 4


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Where words are ascribed to somebody without a name; `title` is his office as printed."""

    start: int
    end: int
    title: str | None
    leads: bool


def unnamed_speaker(sentence: str) -> Unnamed | None:
    """The speaker without a name to whom a sentence or the clause after a quote ascribes words; None without one."""
    tokens = words(sentence)
    return next(_readings(sentence, tokens), None)


def _readings(sentence: str, tokens: Sequence[Token]) -> Iterator[Unnamed]:
    first = next((at for at, token in enumerate(tokens[:4]) if token.text[0].isalnum()), 0)
    for read in (_subject, _after_verb, _english):
        found = read(sentence, tokens, first)
        if found is not None:
            yield found
    for at, token in enumerate(tokens[:-2]):
        if token.text == "," and tokens[at + 1].lower in SAID_ANYWHERE:
            found = _after_verb(sentence, tokens, at + 1)  # "Pelaku, kata Kapolsek, terancam …"
            if found is not None:
                yield found


def _subject(sentence: str, tokens: Sequence[Token], first: int) -> Unnamed | None:
    """ "Bupati mengaku …", "Seorang pejabat Dinas Sosial yang meminta namanya dirahasiakan mengatakan …"."""
    begin = _after_article(tokens, _after_occasion(tokens, first))
    end = title_end(tokens, begin)
    if end is None and (begin >= len(tokens) or tokens[begin].lower not in _PEOPLE):
        return None
    noun = begin + 1 if end is None else end
    if end is None and begin > first and tokens[begin - 1].lower in _ONE_OF_MANY | {"satu"}:
        noun = _after_description(tokens, noun)
    verb = _verb_after(tokens, begin, noun)
    if verb is None:
        return None
    title = None
    if end is not None and _is_completed(tokens[end:verb]):
        end = verb
    if end is not None:
        stop = end + 1 if end < verb and tokens[end].lower == "setempat" else end
        title = sentence[tokens[begin].start : tokens[stop - 1].end]
    return Unnamed(tokens[begin].start, tokens[verb].end, title, leads=False)


def _after_description(tokens: Sequence[Token], index: int) -> int:
    """The index after the small words that tell more of somebody: "seorang peserta aksi"."""
    for at in range(index, min(len(tokens), index + _MOST_DESCRIBING)):
        if not tokens[at].text[0].islower() or tokens[at].lower in SAYS | A_PERSON_SAYS | {"yang"} | _VERB_AFTER:
            return at
    return index


def _verb_after(tokens: Sequence[Token], begin: int, end: int) -> int | None:
    """The verb of saying that follows an office, or an aside after it, without a name before."""
    at = end
    while at < min(len(tokens), begin + _MOST_WORDS):
        token = tokens[at]
        if token.lower in SAYS or token.lower in A_PERSON_SAYS & _STRONG:
            aside = " ".join(each.lower for each in tokens[end:at])
            small = all(each.lower in _VERB_AFTER | {"setempat", "itu", "tersebut"} for each in tokens[end:at])
            of_place = tokens[end].lower in {"di", "dari"} and tokens[begin].lower in {"sumber", "narasumber"}
            addressed = tokens[end].lower in {"kepada", "melalui", "lewat"}
            if small or addressed or _is_completed(tokens[end:at]) or of_place or _ASIDE.search(aside):
                return at
        if not token.text[0].isalnum() and token.text != ",":
            return None
        at += 1
    return None


_STRONG = word_set("meminta berharap berkata bercerita")


def _is_completed(between: Sequence[Token]) -> bool:
    """Whether one word more completes an office: "juru bicara perusahaan"."""
    return len(between) == 1 and between[0].lower in _WHOSE


def _after_verb(sentence: str, tokens: Sequence[Token], first: int) -> Unnamed | None:
    """ "menurut sejumlah warga, …", "…," kata seorang warga"."""
    if first >= len(tokens):
        return None
    verb = tokens[first].lower
    if verb not in SAID_ANYWHERE | SAID_AFTER_MARK | {"menurut"} or first + 1 >= len(tokens):
        return None
    begin = _after_article(tokens, first + 1)
    of_many = begin > first + 1
    if begin >= len(tokens):
        return None
    office = title_end(tokens, begin)
    if office is None and tokens[begin].lower not in _PEOPLE and not (of_many and tokens[begin].text[0].islower()):
        return None
    if office is not None:
        end = office
        title = sentence[tokens[begin].start : tokens[end - 1].end]
    else:
        title = None
        end = begin + 1
        while end < min(len(tokens), begin + _MOST_WORDS) and tokens[end].text[0].isalnum():
            end += 1
    if verb == "menurut" and (end >= len(tokens) or tokens[end].text != ","):
        return None
    return Unnamed(tokens[first].start, tokens[end - 1].end, title, leads=True)


def _english(sentence: str, tokens: Sequence[Token], first: int) -> Unnamed | None:
    """ "…, a ministry official said"."""
    for at, token in enumerate(tokens[:-1]):
        if token.lower not in _ENGLISH_SPEAKERS or tokens[at + 1].lower not in _ENGLISH_SAID:
            continue
        for begin in range(at, max(-1, at - 5), -1):
            if tokens[begin].lower in {"a", "an", "the"}:
                title = sentence[tokens[begin + 1].start : token.end] if begin < at else None
                return Unnamed(tokens[begin].start, tokens[at + 1].end, title, leads=False)
    return None


def _after_article(tokens: Sequence[Token], index: int) -> int:
    """The index after "seorang" or "salah satu"."""
    while index < len(tokens) and tokens[index].lower in _ONE_OF_MANY | {"satu"}:
        index += 1
    return index


def _after_occasion(tokens: Sequence[Token], first: int) -> int:
    """The index after "Saat dikonfirmasi terpisah," at the begin of a sentence."""
    if first >= len(tokens) or tokens[first].lower not in {
        "saat",
        "ketika",
        "dihubungi",
        "ditemui",
        "sementara",
        "sebelumnya",
    }:
        return first
    for at in range(first + 1, min(len(tokens), first + 8)):
        if tokens[at].text == ",":
            return at + 1
    return first + 1 if tokens[first].lower == "sementara" else first
