"""Names of organisations: the word that opens one, and where it ends."""

from collections.abc import Sequence

from nlp.naming.places import after_sides, place_at, seat_end
from nlp.naming.vocabulary import FREE_NAMED, LONGEST_NAME, ORGANISATION_HEADS, TITLE_HEADS, TITLE_WORDS
from nlp.naming.words import REACH, Token, text_of, token_at, word_set

_UNIT_WORDS = TITLE_WORDS - TITLE_HEADS
_LAWS = word_set(
    """
    UU PP UMK UMP UMR KUHP UUD SK SE PMK RAPBN APBN APBD RKP RPJMN RPJPN RPJMD KTP NIK KPJ BUMN BUMD BSU
    """
) | word_set(
    """
    JKK JKM JHT JKP JP JMO PHK UCJ BPU PU PMI WIB WITA WIT HP SMS WA SPBU TPS ASN TNI PNS CEO RT RW HRD PWBD PDS
    DBH
    """
)
_STAND_ALONE = word_set(
    """
    BPJS BPJamsostek BPJAMSOSTEK Kemnaker Kemenaker Kemenkeu Kemenkes Kemensos Kemendagri Kementan Kemenhub
    Bappenas Bappeda Polri Kejagung Kadin Apindo Disnaker Disnakertrans Disnakerperin Dinkes Dinsos Ombudsman
    Bawaslu
    """
)
_ACRONYMS = word_set(
    """
    BPS KPK DPR DPRD DPD MPR OJK BPK BPKP BRI BNI BTN BSI KPU KSPI KSPSI SPSI KSBSI KSPN FSPMI HKTI HNSI PHRI ILO
    WHO DJKN KPKNL BKN BNPB BPBD PLN LPSK YLKI PGRI IDI REI INDEF LIPI BRIN DJSN
    """
)
_FREELY_NAMED_BODIES = word_set("Lembaga Komite Jaringan Dewan")


def is_known_organisation(token: Token) -> bool:
    """Whether the word opens an organisation's name by itself, so that nobody need speak to tell it from a product."""
    return token.text in ORGANISATION_HEADS or token.text in _ACRONYMS


def organisation_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where the organisation's name that begins at this word ends; None if none begins here."""
    if index >= len(tokens):
        return None
    head = tokens[index]
    known = head.text in ORGANISATION_HEADS
    seated = known or head.text in _ACRONYMS
    if not known and not (head.is_acronym and len(head.text) >= 3 and head.text not in _LAWS):
        return None
    if place_at(tokens, index) is not None and not known:
        return None
    end = index + 1
    while end < min(len(tokens), index + REACH):
        token = tokens[end]
        place = place_at(tokens, end)
        free = head.text in FREE_NAMED | _FREELY_NAMED_BODIES and token.is_capitalised and end < index + LONGEST_NAME
        following = token_at(tokens, end + 1)
        joined = token.text in {"dan", "&", "of"} and following[:1].isupper() and following not in ORGANISATION_HEADS
        in_brackets = token.text == "(" and token_at(tokens, end + 1).isupper() and token_at(tokens, end + 2) == ")"
        seat = seat_end(tokens, end) if seated and place is None else end
        if place is not None:
            end = after_sides(tokens, place)
        elif seat > end:
            end = seat
        elif in_brackets:
            end += 3
        elif free or joined or _continues_organisation(token):
            end += 1
        else:
            break
    if known and end == index + 1 and head.text not in _STAND_ALONE:
        return None
    return end


def _continues_organisation(token: Token) -> bool:
    if token.is_acronym:
        return token.text not in _LAWS and token.text not in FREE_NAMED
    return token.is_capitalised and token.lower in _UNIT_WORDS


def organisation_in(text: str, tokens: Sequence[Token], start: int, end: int) -> str | None:
    """The organisation named inside a title phrase."""
    for index in range(start, end):
        stop = organisation_end(tokens, index)
        if stop is not None:
            return text_of(text, tokens, index, min(stop, end))
    return None
