"""Titles: the grammar of offices, from its head to the last word of its seat."""

import re
from collections.abc import Sequence

from nlp.naming.places import after_sides, is_form_of_address, place_at, place_with_side
from nlp.naming.vocabulary import (
    DETERMINERS,
    ENGLISH_MODIFIERS,
    FORMER,
    HONOURIFICS,
    NOT_IN_OFFICES,
    NOT_NAMES,
    ORGANISATION_HEADS,
    RANKS,
    ROLE_LINKS,
    TITLE_HEADS,
    TITLE_WORDS,
    TWO_WORD_HEADS,
    UNMISTAKABLE_RANKS,
)
from nlp.naming.words import REACH, ROMAN, Token, token_at, word_set

_ENGLISH_HEADS = word_set(
    """
    head chief leader director manager official spokesperson spokesman spokeswoman officer secretary lawyer chairman
    chairwoman chairperson coordinator commissioner economist analyst
    """
)
_MOST_MODIFIERS = 4
_LOOKS_LIKE_A_VERB = re.compile(r"(?:me[a-z]{4,}|di[a-z]{4,}|ber[a-z]{3,}|ter[a-z]{4,})")
_PARTIES = word_set("terdakwa tersangka tergugat terlapor terpidana bersama")
_MOST_SMALL_WORDS = 2  # of an office, in no table
_ABBREVIATED_TITLES = word_set("plt plh pj pjs kab kec kel prov")
_TASK = re.compile(r"(?:pe[a-z]{4,}an|ke[a-z]{4,}an|[a-z]{4,}(?:isasi|itas|ungan|atan))")


def title_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where a title phrase that begins at this word ends; None if none begins here."""
    if not _is_title_head(tokens, index):
        return _english_title_end(tokens, index)
    end = index + 1
    while end < min(len(tokens), index + REACH):
        following = _further_in_title(tokens, end)
        if following == end:
            break
        end = following
    return end


def _further_in_title(tokens: Sequence[Token], end: int) -> int:
    """The index after what continues a title phrase at this word; the word itself where nothing does."""
    place = place_at(tokens, end) or place_with_side(tokens, end)
    token = tokens[end]
    if place is not None:
        return after_sides(tokens, place)
    if token.lower in UNMISTAKABLE_RANKS:
        return end
    if token.lower in TITLE_WORDS or token.lower in TITLE_HEADS or _is_abbreviation(token) or token.text.isdigit():
        return end + 1
    if token.text in ORGANISATION_HEADS or _is_letter_of_committee(tokens, end) or _is_task(tokens, end):
        return end + 1
    if token.lower == "pada" and token_at(tokens, end + 1) in ORGANISATION_HEADS:
        return end + 2
    if token.lower.endswith("nya") and token.lower[:-3] in TITLE_WORDS:
        return end + 1
    if token.text == "(" and token_at(tokens, end + 2) == ")" and tokens[end + 1].text.isupper():
        return end + 3
    if _is_lettered_number(tokens, end):
        return end + 2
    if token.text in "/-." and token.start == tokens[end - 1].end and _continues(tokens, end):
        return end + 1
    return end


def _is_title_head(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word opens a title, be it with a suffix: "Ketuanya", "Penasihat hukumnya"."""
    if index >= len(tokens):
        return False
    word = tokens[index].lower
    if word in FORMER and index + 1 < len(tokens):
        return tokens[index + 1].lower in TITLE_HEADS
    suffixed = word.endswith("nya") and word[:-3] in TITLE_HEADS and word != "kepalanya"  # which is his own head
    return word in TITLE_HEADS or suffixed or (word, token_at(tokens, index + 1).casefold()) in TWO_WORD_HEADS


def _english_title_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where "branch head" or "Malandu Police chief" ends."""
    for at in range(index, min(len(tokens), index + _MOST_MODIFIERS + 1)):
        if at > index and tokens[at].lower in _ENGLISH_HEADS:
            return title_end(tokens, at) if tokens[at].lower in TITLE_HEADS else at + 1
        capitalised = tokens[at].is_capitalised and tokens[at].lower not in NOT_NAMES
        if not (capitalised or tokens[at].lower in ENGLISH_MODIFIERS):
            return None
    return None


def _is_lettered_number(tokens: Sequence[Token], index: int) -> bool:
    """Whether "K3" or "B2" stands here."""
    token, following = tokens[index], token_at(tokens, index + 1)
    return (
        len(token.text) == 1 and token.text.isupper() and following.isdigit() and tokens[index + 1].start == token.end
    )


def _is_letter_of_committee(tokens: Sequence[Token], index: int) -> bool:
    """Whether the E of "Komisi E" stands here, and no initial of a name."""
    token = tokens[index]
    return (
        len(token.text) == 1
        and token.is_capitalised
        and tokens[index - 1].lower == "komisi"
        and token_at(tokens, index + 1) != "."
    )


def _is_task(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun in no table tells what an office does, before other words of it or a name: "Bidang Penindakan"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    named = following is not None and following.is_capitalised
    return named and tokens[index].is_capitalised and _TASK.fullmatch(tokens[index].lower) is not None


def office_end(tokens: Sequence[Token], index: int, end: int) -> int | None:
    """Where an office ends that has words of no table: before a comma, or before a rank or "dr." of the name."""
    small = 0
    for at in range(end, min(len(tokens), index + REACH)):
        token = tokens[at]
        if token.text == "," or (
            (token.is_capitalised or token.lower in HONOURIFICS) and is_form_of_address(tokens, at)
        ):
            return at
        if token.text in "()":
            continue
        if not token.text[0].isalnum() or token.lower in NOT_IN_OFFICES:
            return None
        if token.text[0].islower() and token.lower not in TITLE_WORDS | DETERMINERS | ROLE_LINKS:
            small += 1
            if small > _MOST_SMALL_WORDS or (token.lower not in _PARTIES and _LOOKS_LIKE_A_VERB.fullmatch(token.lower)):
                return None
    return None


def _continues(tokens: Sequence[Token], index: int) -> bool:
    following = token_at(tokens, index + 1).casefold()
    if following not in TITLE_WORDS and following not in TITLE_HEADS:
        return False
    # "Plt. Kepala", but not the end of a sentence: "bupati. Sementara"
    touches = tokens[index + 1].start == tokens[index].end
    return touches or tokens[index].text != "." or tokens[index - 1].lower in _ABBREVIATED_TITLES


def _is_abbreviation(token: Token) -> bool:
    return token.is_acronym or (ROMAN.fullmatch(token.text) is not None and len(token.text) > 1)


def is_rank(title: str) -> bool:
    """Whether the title is a police or army rank and no office."""
    return all(word.strip(".").casefold() in RANKS for word in title.split())
