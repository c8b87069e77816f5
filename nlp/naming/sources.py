"""Sources: a title, a person and an organisation put together, in whatever order the press names them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.naming.organisations import organisation_end, organisation_in
from nlp.naming.persons import is_degree, is_initials, name_end, skip_degrees, skip_honourifics, skip_ranks
from nlp.naming.places import MOST_SEAT_WORDS, SEATS, seat_end
from nlp.naming.titles import office_end, title_end
from nlp.naming.vocabulary import (
    DETERMINERS,
    ENGLISH_MODIFIERS,
    FORMER,
    FREE_NAMED,
    GIVEN_NAMES,
    HONOURIFICS,
    NOT_IN_OFFICES,
    ORGANISATION_HEADS,
    ROLE_LINKS,
    TITLE_HEADS,
    TWO_WORD_HEADS,
)
from nlp.naming.words import Token, ends_a_naming, text_of, token_at, word_set, words


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody named in a text. `start`, `end` are characters of the whole naming, the others of the name alone."""

    start: int
    end: int
    name: str
    name_start: int
    name_end: int
    kind: Literal["person", "organisation", "pronoun"]
    title: str | None = None
    organisation: str | None = None


_PRONOUNS = word_set("ia dia beliau he she")
_ROLES = word_set("terdakwa tersangka saksi korban pelapor terlapor penggugat tergugat terpidana")
"""Parts in a case, which are no offices either."""

PERSON_NOUNS = _ROLES | word_set(
    """
    istri suami anak putra putri ibu ayah bapak kakak adik paman bibi keponakan sepupu menantu mertua kerabat rekan
    teman kawan tetangga warga pedagang nelayan petani buruh pekerja sopir pengemudi peserta korban pasien penerima
    mahasiswa pelapor saksi penambang pemulung penjual pensiunan tukang salah seorang orangtua janda pelanggan
    pengunjung santri pelajar siswa kenek mandor kader kurir perawat penjahit perajin pengrajin kuli montir peternak
    operator kasir satpam pemandu pelaut penyadap pemilih pembeli pengungsi penyintas penumpang pengendara
    """
)
"""What somebody is to others or does for a living, without an office: "istrinya, Ribka"."""

_LEAST_UNLISTED_WORDS = 2
_LONGEST_APPOSITION = 14
_LONGEST_DESCRIPTION = 9
_ENDS_A_ROLE = word_set("yang saat ketika usai seusai kepada dalam pada sambil seraya melalui who while when")
_SOURCE_OPENERS = _PRONOUNS | TITLE_HEADS | HONOURIFICS | ENGLISH_MODIFIERS
"""Words that open the naming of a source though they may be written small."""

_NAMING_OPENERS = _SOURCE_OPENERS | PERSON_NOUNS | FORMER | {first for first, _ in TWO_WORD_HEADS}
_NOUNS_FOR_ONE = word_set(
    "pria wanita perempuan lelaki laki-laki ibu ayah bapak politikus politisi perwira lulusan alumnus"
)
_MANY = word_set("para sejumlah ratusan ribuan puluhan kaum seluruh semua beberapa dua tiga")
_GOVERNING_BODIES = word_set("pengurus manajemen pihak")
_ALSO = word_set("juga merupakan adalah menjabat merangkap kini sekaligus sebagai")
"""After "yang", before an office: "Junaedi yang juga Ketua Serikat"."""

_DISTRICT_HEADS = word_set("camat lurah kades kapolsek polsek kecamatan kelurahan desa")
_WEEKDAYS = word_set("senin selasa rabu kamis jumat sabtu minggu ahad monday tuesday wednesday thursday friday")
_DERIVED_NOUN = re.compile(
    r"(?:pe[a-z]{3,}an|ke[a-z]{3,}an|per[a-z]{3,}an|pe(?:ng|ny|n|m)[a-z]{5,}|[a-z]{4,}(?:nya|kan|isasi))"
)


def pronoun_at(tokens: Sequence[Token], index: int) -> Source | None:
    """The pronoun at this word as a source."""
    if index < len(tokens) and tokens[index].lower in _PRONOUNS:
        token = tokens[index]
        return Source(token.start, token.end, "ia", token.start, token.end, "pronoun")
    return None


def source_at(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """The source whose naming begins at this word, and the index after it.

    Read are "Kepala Cabang Palu, Raden Harry", "Raden Harry, kepala cabang Palu,", "Raden Harry dari BPJS" and an
    organisation alone. A title without a name is no source.
    """
    if index >= len(tokens) or not (tokens[index].is_capitalised or _may_open_small(tokens, index)):
        return None
    pronoun = pronoun_at(tokens, index)
    if pronoun is not None:
        return pronoun, index + 1
    meant = _somebody_meant(tokens, index)
    if meant is not None:
        return meant
    end_of_title = title_end(tokens, index)
    referred = _referred_to(text, tokens, index, end_of_title)
    if referred is not None:
        return referred
    if token_at(tokens, _skip_governing_body(tokens, index)) in ORGANISATION_HEADS and not end_of_title:
        person = None
    elif end_of_title:
        person = _titled_person(text, tokens, index, end_of_title)
    else:
        person = described_person(text, tokens, index) or _bare_person(text, tokens, index)
    if person is not None:
        return _with_trailing_role(text, tokens, *person)
    begin = _skip_governing_body(tokens, index)
    stop = organisation_end(tokens, begin) if end_of_title is None or begin > index else None
    if stop is None:
        return None
    start, end = tokens[begin].start, tokens[stop - 1].end
    name = text[start:end]
    return Source(tokens[index].start, end, name, start, end, "organisation", organisation=name), stop


def _somebody_meant(tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """ "pria yang akrab disapa Wili itu", "Ibu dua anak itu": somebody named before."""
    if (
        _is_proper(tokens, index)
        or tokens[index].lower not in _NOUNS_FOR_ONE | PERSON_NOUNS
        or (index and tokens[index - 1].lower in _MANY)
    ):
        return None
    for at in range(index + 1, min(len(tokens), index + _LONGEST_DESCRIPTION)):
        if tokens[at].lower in {"itu", "tersebut"}:
            start, end = tokens[index].start, tokens[at].end
            return Source(start, end, "ia", start, end, "pronoun"), at + 1
        if not tokens[at].text[0].isalnum():
            return None
    return None


def _is_proper(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word has its capital from nothing but being a name."""
    return index > 0 and tokens[index].is_capitalised and tokens[index - 1].text[0].isalnum()


def may_open_naming(token: Token) -> bool:
    """Whether a title, an honourific, a person or an organisation can begin at this word; most words are soon told."""
    if token.is_capitalised or token.lower in _NAMING_OPENERS:
        return True
    stem = token.lower.removesuffix("nya")
    return stem != token.lower and (stem in PERSON_NOUNS or stem in TITLE_HEADS)


def _may_open_small(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word may open a naming though it is written small."""
    word = tokens[index].lower
    stem = word.removesuffix("nya")
    return (
        word in _SOURCE_OPENERS
        or word in _NOUNS_FOR_ONE
        or stem in PERSON_NOUNS
        or (word != stem and stem in TITLE_HEADS)
    )


def _skip_governing_body(tokens: Sequence[Token], index: int) -> int:
    """The index after "Pengurus Cabang" and the like, whose words are their organisation's."""
    if tokens[index].lower not in _GOVERNING_BODIES:
        return index
    return (
        index + 2 if token_at(tokens, index + 1).casefold() in {"cabang", "daerah", "pusat", "wilayah"} else index + 1
    )


def described_person(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    """ "istrinya, Ribka", "salah seorang warga Dusun Mekar, Budi": somebody without an office, named after a comma."""
    word = tokens[index].lower
    if word.removesuffix("nya") not in PERSON_NOUNS or _is_proper(tokens, index):
        return None
    named_next = word.endswith("nya") or word in _ROLES
    for at in range(index + 1, min(len(tokens), index + _LONGEST_DESCRIPTION)):
        called = tokens[at - 1].lower == "bernama" or (at == index + 1 and named_next)
        begin = skip_honourifics(tokens, at)
        end = name_end(text, tokens, begin) if called else None
        if end is not None and ends_a_naming(tokens, end):
            return _person(text, tokens, index, begin, end, None, None), end
        if tokens[at].text == ",":
            begin = skip_honourifics(tokens, at + 1)
            end = name_end(text, tokens, begin)
            if end is None or not ends_a_naming(tokens, end):
                return None
            return _person(text, tokens, index, begin, end, None, None), end
        if not tokens[at].text[0].isalnum() or tokens[at].lower in NOT_IN_OFFICES:
            return None
    return None


def _referred_to(text: str, tokens: Sequence[Token], index: int, end_of_title: int | None) -> tuple[Source, int] | None:
    """ "Kepala Cabang Palu itu": somebody named before, told by the office alone."""
    if end_of_title is None:
        return None
    end = max(end_of_title, seat_end(tokens, end_of_title))
    while end < min(len(tokens), end_of_title + MOST_SEAT_WORDS) and tokens[end].is_capitalised:
        end += 1
    named = skip_honourifics(tokens, end + 2) if token_at(tokens, end + 1) == "," else len(tokens)
    if token_at(tokens, end) not in {"itu", "tersebut"} or name_end(text, tokens, named) is not None:
        return None
    title = text_of(text, tokens, index, end)
    start, stop = tokens[index].start, tokens[end].end
    return Source(start, stop, "ia", start, stop, "pronoun", title), end + 1


def _bare_person(text: str, tokens: Sequence[Token], index: int) -> tuple[Source, int] | None:
    begin = skip_honourifics(tokens, index)
    end = index + 1 if is_initials(tokens, index) else name_end(text, tokens, begin)
    if end is None or (end == begin + 1 and begin == index and _DERIVED_NOUN.fullmatch(tokens[begin].lower)):
        return None
    return _person(text, tokens, index, begin, end, None, None), end


def _titled_person(text: str, tokens: Sequence[Token], index: int, end_of_title: int) -> tuple[Source, int] | None:
    begin = skip_ranks(tokens, end_of_title)
    end = name_end(text, tokens, begin)
    office = office_end(tokens, index, end_of_title)
    if office is not None:
        # "Kepala Cabang Tanjung Mulia, Raden Harry": words unknown to the title grammar belong to the office.
        after = skip_ranks(tokens, office + (tokens[office].text == ","))
        later = name_end(text, tokens, after)
        if later is not None and not is_degree(text, tokens[after]) and _ends_with_degrees(text, tokens, later):
            begin, end, end_of_title = after, later, office
    if end is not None and begin == end_of_title and _is_free_named(tokens[index:begin]):
        begin = end_of_title = _given_name_in(tokens, begin, end) or begin
    elif office is None and (given := _given_name_behind(tokens, end_of_title)) is not None:
        begin = end_of_title = given
        end = name_end(text, tokens, begin)
    if end is None or (begin == end_of_title and _may_be_part_of_title(tokens, index, begin, end)):
        return None
    end_of_title = next((at for at in range(index, end_of_title) if _leaves_office(tokens, at)), end_of_title)
    title = text_of(text, tokens, index, end_of_title)
    return _person(text, tokens, index, begin, end, title, organisation_in(text, tokens, index, end_of_title)), end


def _leaves_office(tokens: Sequence[Token], index: int) -> bool:
    """Whether "dari Fraksi …" stands here, which tells the party and not the office."""
    return tokens[index].lower == "dari" and token_at(tokens, index + 1) in {"Fraksi", "Partai", "Dapil", "daerah"}


def _is_free_named(title: Sequence[Token]) -> bool:
    """Whether the title has a company or body whose name may be any words: "Direktur PT …"."""
    return any(token.text in FREE_NAMED for token in title)


def _given_name_in(tokens: Sequence[Token], begin: int, end: int) -> int | None:
    """Where after the words of a company the person's name begins: "Kereta Wisata Nusa Didik Purnomo"."""
    return next((at for at in range(begin, end - 1) if tokens[at].lower in GIVEN_NAMES), None)


def _given_name_behind(tokens: Sequence[Token], index: int) -> int | None:
    """Where the person's name begins behind words that no table has: "Kepala Unit Muara Tiga Sri Mulyati".

    One such word is enough where it must be the name of a seat or body, else it could be part of the person's.
    """
    stop = next((at for at in range(index, len(tokens)) if not tokens[at].is_capitalised), len(tokens))
    if index >= stop or tokens[index].lower in GIVEN_NAMES:
        return None
    before = tokens[index - 1]
    least = 1 if before.lower in SEATS or before.text in ORGANISATION_HEADS else _LEAST_UNLISTED_WORDS
    return next((at for at in range(index + least, stop - 1) if tokens[at].lower in GIVEN_NAMES), None)


def _may_be_part_of_title(tokens: Sequence[Token], start: int, begin: int, end: int) -> bool:
    """Whether the words after a title could still be company ("PT Maju Jaya") or district ("Camat Tamalate")."""
    company = _is_free_named(tokens[start:begin]) and tokens[begin].lower not in GIVEN_NAMES
    return company or (end == begin + 1 and tokens[begin - 1].lower in _DISTRICT_HEADS)


def _ends_with_degrees(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a naming ends before this word or after the degrees that begin there: "Agus Supriyadi SH MH"."""
    return ends_a_naming(tokens, skip_degrees(text, tokens, tokens[index - 1].end, index))


def _person(
    text: str, tokens: Sequence[Token], start: int, begin: int, end: int, title: str | None, organisation: str | None
) -> Source:
    name_start, name_stop = tokens[begin].start, tokens[end - 1].end
    return Source(
        tokens[start].start, name_stop, text[name_start:name_stop], name_start, name_stop, "person", title, organisation
    )


def _with_trailing_role(text: str, tokens: Sequence[Token], source: Source, index: int) -> tuple[Source, int]:
    """The source with what follows its name: degrees, age, "(kiri)", ", kepala cabang Palu," or "dari BPJS"."""
    index = skip_degrees(text, tokens, source.name_end, index)
    title, organisation = source.title, source.organisation
    for _ in range(4):
        skipped = _skip_insertion(tokens, index)
        if skipped is not None:
            index = skipped
            continue
        role = _role_at(text, tokens, index)
        if role is None:
            apposition = _apposition_end(tokens, index)
            if apposition is None:
                break
            index = apposition
            continue
        role_title, role_organisation, index = role
        title, organisation = title or role_title, organisation or role_organisation
    end = max(source.end, tokens[index - 1].end)
    whole = Source(source.start, end, source.name, source.name_start, source.name_end, source.kind, title, organisation)
    return whole, index


def _apposition_end(tokens: Sequence[Token], index: int) -> int | None:
    """The comma that ends ", selaku mediator sengketa," or ", warga Dusun Mekar,"; None where nothing such stands."""
    if token_at(tokens, index) != "," or index + 1 >= len(tokens):
        return None
    opener = tokens[index + 1].lower
    if opener not in {"selaku", "sebagai", "yang", "who", "a", "an"} and opener.removesuffix("nya") not in PERSON_NOUNS:
        return None
    for end in range(index + 2, min(len(tokens), index + _LONGEST_APPOSITION)):
        if not tokens[end].text[0].isalnum():
            return end if tokens[end].text == "," else None
    return None


def title_beside(sentence: str, name: str) -> str | None:
    """The title that the sentence gives to the person of that name; None where it gives none."""
    tokens = words(sentence)
    at = sentence.find(name)
    for index, token in enumerate(tokens):
        if token.start > at:
            return None
        found = source_at(sentence, tokens, index)
        if found is not None and found[0].kind == "person" and found[0].name == name and found[0].title:
            return found[0].title
    return None


def _skip_insertion(tokens: Sequence[Token], index: int) -> int | None:
    """The index after "(57)" or ", Senin (5/6)"; None where neither stands."""
    if token_at(tokens, index) == "," and token_at(tokens, index + 1).casefold() in _WEEKDAYS:
        return index + 2
    if token_at(tokens, index) != "(":
        return None
    for end in range(index + 1, min(len(tokens), index + 10)):
        if tokens[end].text == ")":
            return end + 1
    return None


def _role_at(text: str, tokens: Sequence[Token], index: int) -> tuple[str | None, str | None, int] | None:
    """Title, organisation and end of a role that follows a name."""
    link = token_at(tokens, index)
    if link == "yang" and token_at(tokens, index + 1) in _ALSO:
        index = next(at for at in range(index + 1, len(tokens) + 1) if token_at(tokens, at) not in _ALSO) - 1
        link = "sebagai"
    if link.casefold() in ROLE_LINKS:
        role = title_end(tokens, index + 1)
        if role is not None:
            role = _end_of_linked_role(tokens, role)
            title = text_of(text, tokens, index + 1, role)
            after = role + (token_at(tokens, role) in DETERMINERS)  # "X yang juga Ketua Serikat itu"
            return title, organisation_in(text, tokens, index + 1, role), after
        stop = organisation_end(tokens, index + 1)
        return (None, text_of(text, tokens, index + 1, stop), stop) if stop is not None else None
    start = index + 1 if link == "," else index
    if start == index and token_at(tokens, index)[:1].islower():
        return None
    if link == "," and token_at(tokens, start).casefold() in {"selaku", "yang", "sebagai", "the"}:
        start += 1
    role = title_end(tokens, start)
    if role is None or (start == index and name_end(text, tokens, role) is not None):
        return None
    stop = next((end for end in range(role, min(len(tokens), role + 8)) if tokens[end].text in ',.;:"”'), role)
    if any(token.lower.startswith(("men", "mem")) for token in tokens[role:stop]):
        stop = role
    stop = next((end for end in range(role, stop) if tokens[end].lower in _ENDS_A_ROLE), stop)
    return text_of(text, tokens, start, stop), organisation_in(text, tokens, start, stop), stop


def _end_of_linked_role(tokens: Sequence[Token], index: int) -> int:
    """Where a role ends that no name can follow: "yang juga Ketua Serikat Pekerja Bandar Laksa itu"."""
    end = index
    while end < min(len(tokens), index + MOST_SEAT_WORDS) and tokens[end].text.istitle():
        end += 1
    return end if ends_a_naming(tokens, end) else index
