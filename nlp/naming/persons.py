"""Names of persons: where one begins, what goes before it and after it, and where it ends."""

import re
from collections.abc import Sequence

from nlp.naming.places import place_at
from nlp.naming.vocabulary import (
    HONOURIFICS,
    LONGEST_NAME,
    NOT_NAMES,
    ORGANISATION_HEADS,
    RANKS,
    TITLE_HEADS,
    TITLE_WORDS,
)
from nlp.naming.words import REACH, Token, is_spelled_out_abbreviation, token_at, word_set

PASSIVE = re.compile(r"di[a-z]{4,}kan(?:nya)?")  # "Dijelaskan Setyo, …"
PARTICLES = word_set("bin binti boru br van de al el von der bt")
"""Lower-case or abbreviated words that stand inside a person's name."""

ABBREVIATED_NAMES = word_set(
    "m md moh moch mohd muh much abd ach st sy dg a b c d e f g h i j k l n o p r s t u v w y z"
)
"""Abbreviations after which a full stop does not end a name."""

_DEGREE = (
    r"(?:[SMD]\.\s?(?:H|E|T|P|Sos|Si|Pd|Kom|Ak|Ag|IP|I\.P|Kes|Hum|Hut|Psi|Farm|STP|KM|AP|M|Ec|Eng|Sc|I\.Kom|H\.I|T\.P|Kp|Pt|Stat|"
    r"Ikom|AB|IKom|Ag)\b\.?|SH|SE|MM|MH|ST|MT|SKM|SIP|S\.?IP|SSos|SSTP|MSi|MAP|MBA|M\.?B\.?A\b\.?|MSc|MPd|SPd|SKom|CRMP|Ph\.?D\b\.?|"
    r"Lc|AAAIJ|QIA|CHRP|Sp\.\w{1,4}\b\.?|MPH|MKM|Ak|CA|CPA)"
)
_DOTTED_DEGREE = r"[A-Z]\w{0,4}\.\s?(?:[A-Z]\w{0,5}\b\.?){1,3}"  # M.Mar., S.Tr.Keb. and whatever is newly conferred
DEGREES = re.compile(
    rf"(?:\s{{0,3}},?\s{{0,3}}{_DEGREE}(?![a-z])|\s{{0,3}},\s?[A-Z]{{2,5}}(?=\s?,)|\s{{0,3}},\s{{0,3}}{_DOTTED_DEGREE}(?=\s?[,.;:)]|\s[a-z]))+"
)
"""Academic degrees after a name, with their commas; those in no list are known by a comma and their full stops."""


_SURNAMES = frozenset({"Hakim", "Islam"})  # though they are ordinary words too
_MOST_INITIALS = 3


def is_degree(text: str, token: Token) -> bool:
    """Whether an academic degree begins with this word."""
    return DEGREES.match(text, token.start) is not None


def _can_start_name(text: str, token: Token) -> bool:
    return (
        token.is_capitalised
        and token.lower not in NOT_NAMES
        and token.lower not in TITLE_HEADS
        and token.text not in ORGANISATION_HEADS
        and not (token.is_acronym and len(token.text) > 1)
        and not is_degree(text, token)
        and not PASSIVE.fullmatch(token.lower)
    )


def skip_honourifics(tokens: Sequence[Token], index: int) -> int:
    """The index after "H.", "Pak", "Dr." and their like."""
    for _ in range(4):
        if index + 1 >= len(tokens) or tokens[index].lower not in HONOURIFICS:
            break
        dotted = tokens[index + 1].text == "." and tokens[index + 1].start == tokens[index].end
        following = index + 2 if dotted else index + 1
        if following >= len(tokens) or not tokens[following].is_capitalised:
            break
        index = following
    return index


def name_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """Where the person's name that begins at this word ends; None if no name can begin here."""
    if index >= len(tokens):
        return None
    noble = _opens_with_rank_of_birth(tokens, index)
    if not noble and (tokens[index].lower in TITLE_WORDS or not _can_start_name(text, tokens[index])):
        return None
    end, counted = index + 1, 1
    while end < min(len(tokens), index + REACH) and counted <= LONGEST_NAME:
        token, before = tokens[end], tokens[end - 1]
        follower = tokens[end + 1] if end + 1 < len(tokens) else None
        if token.text == "." and before.lower in ABBREVIATED_NAMES and token.start == before.end and follower:
            if not follower.is_capitalised or is_degree(text, before):
                break
            end += 1
        elif token.lower in PARTICLES and follower is not None and follower.is_capitalised:
            end += 1
        elif _can_start_name(text, token) or token.text in _SURNAMES:
            end, counted = end + 1, counted + 1
        else:
            break
    place = place_at(tokens, index)
    if counted > LONGEST_NAME or (place is not None and (place == end or place > index + 1)):
        return None
    return None if is_spelled_out_abbreviation(tokens, end) else end


def _opens_with_rank_of_birth(tokens: Sequence[Token], index: int) -> bool:
    """Whether "Anak Agung" or "Lalu" opens a name, though both are ordinary words."""
    if tokens[index].text == "Lalu":
        inside = index > 0 and (tokens[index - 1].text == "," or tokens[index - 1].text[0].isalnum())
        return inside and token_at(tokens, index + 1).istitle()
    return [token.text for token in tokens[index : index + 2]] == ["Anak", "Agung"]


def skip_ranks(tokens: Sequence[Token], index: int) -> int:
    """The index after police and army ranks and honourifics."""
    for _ in range(3):
        if index + 1 < len(tokens) and tokens[index].lower in RANKS and tokens[index + 1].text != ",":
            index += 2 if tokens[index + 1].text == "." else 1
    return skip_honourifics(tokens, index)


def is_initials(tokens: Sequence[Token], index: int) -> bool:
    """Whether "AR (34)" stands here."""
    aged = (
        token_at(tokens, index + 1) == "("
        and token_at(tokens, index + 2).isdecimal()
        and token_at(tokens, index + 3) == ")"
    )
    return aged and tokens[index].is_acronym and len(tokens[index].text) <= _MOST_INITIALS


def skip_degrees(text: str, tokens: Sequence[Token], position: int, index: int) -> int:
    """The index of the first word after the degrees that begin at this position of the text; `index` where none do."""
    degrees = DEGREES.match(text, position)
    if degrees is not None:
        while index < len(tokens) and tokens[index].end <= degrees.end():
            index += 1
    return index
