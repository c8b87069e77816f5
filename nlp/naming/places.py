"""Places of the gazetteer within a sentence, and the seats and sides that go with them."""

from collections.abc import Sequence

from nlp.gazetteer import Gazetteer
from nlp.naming.vocabulary import GIVEN_NAMES, HONOURIFICS, TITLE_HEADS, UNMISTAKABLE_RANKS
from nlp.naming.words import Token, ends_a_naming, token_at, word_set

PLACES = Gazetteer.load().plain_names | frozenset(
    name.strip().casefold()
    for name in """
    Bangka, Banjar, Banuspa, Batam Nagoya, Batam Sekupang, Batang, Batu, Bekasi Cikarang, Bima, Bone, Buol, Buru, Curup,
    Dairi, Duri, Indonesia, Inhu, Jawa, Kalimantan, Kapuas, Karo, Kaur, Kota Jambi, Landak, Lodaya, Lombok, Madura,
    Malaka, Malang, Metro, Nagoya, Nias, Nusantara, OKI, OKU, PALI, PPU, Padang, Papua Jayapura, Pati, Sarmi, Serang,
    Soekarno Hatta, Solo, Sorong, Suci, Sulama, Sulawesi, Sumatera, Sumba, Sumbagsel, Sumbagut, Sumbarriau,
    Surabaya Darmo, Surabaya Karimunjawa, Surabaya Rungkut, Surabaya Tanjung Perak, Tanah Datar, Tapanuli, Toba
    """.replace("\n", " ").split(",")
)
"""Places that continue a title phrase or an organisation's name, lower case: the gazetteer's plain names, those of its
names that offices bear though they are ordinary words too, and islands, wider regions and branches."""

_LONGEST_BY_FIRST: dict[str, int] = {}
for _place in PLACES:
    _words = _place.split(" ")
    _LONGEST_BY_FIRST[_words[0]] = max(len(_words), _LONGEST_BY_FIRST.get(_words[0], 0))


def place_at(tokens: Sequence[Token], index: int) -> int | None:
    """Where the longest place that begins at this word ends."""
    if index >= len(tokens) or not tokens[index].is_capitalised:
        return None
    longest = _LONGEST_BY_FIRST.get(tokens[index].lower, 0)
    for length in range(min(longest, len(tokens) - index), 0, -1):
        if " ".join(token.lower for token in tokens[index : index + length]) in PLACES:
            return index + length
    return None


SIDES = word_set(
    """
    barat timur utara selatan tengah tenggara hulu hilir ilir ulu laut darat lor kidul wetan kulon raya
    pesisir pedalaman atas bawah
    """
)
"""Words that end a place and no person's name."""

SEATS = word_set(
    """
    cabang kota kabupaten kab kecamatan kelurahan desa kampung polres polsek polda polresta wilayah provinsi
    kejari kejati kepulauan
    kantor perwakilan lapas rutan camat lurah bupati gubernur kapolsek kapolres kades pn
    sekda wabup wagub walikota kajari dandim
    """
)
"""Words of an office or an organisation after which its seat stands, whether a gazetteer lists it or not."""

MOST_SEAT_WORDS = 3


def after_sides(tokens: Sequence[Token], index: int) -> int:
    """The index after words that continue a place: "Sulawesi Timur Raya"."""
    while index < len(tokens) and tokens[index].is_capitalised and tokens[index].lower in SIDES:
        index += 1
    return index


def place_with_side(tokens: Sequence[Token], index: int) -> int | None:
    """Where "Waropa Barat" ends, a place in no list after the word for an office or its area."""
    before = tokens[index - 1]
    if not (before.lower in SEATS or before.is_acronym or before.lower == "ketenagakerjaan"):
        return None
    for end in range(index, min(len(tokens), index + MOST_SEAT_WORDS)):
        if not tokens[end].is_capitalised or tokens[end].lower in TITLE_HEADS:
            return None
        if end > index and tokens[end].lower in SIDES:
            return end + 1
    return None


def is_form_of_address(tokens: Sequence[Token], index: int) -> bool:
    """Whether a rank stands here, or an abbreviation as "dr." or "H." before a name."""
    token = tokens[index]
    dotted = token_at(tokens, index + 1) == "." and tokens[index + 1].start == token.end
    if token.text in {"Bapak", "Ibu", "Nyai", "Kiai", "Ustaz"}:
        return True
    return token.lower in UNMISTAKABLE_RANKS or (token.lower in HONOURIFICS and (dotted or token.text == "KH"))


def seat_end(tokens: Sequence[Token], index: int) -> int:
    """Where an unlisted seat after "Cabang" or "Polres" ends; the word itself where none can be told from a name.

    The words after it decide: a seat is followed by a mark, a number or a word that is written small.
    """
    if index == 0 or index >= len(tokens) or tokens[index - 1].lower not in SEATS:
        return index
    end = index
    while (
        end < min(len(tokens), index + MOST_SEAT_WORDS)
        and tokens[end].text[0].isupper()
        and tokens[end].lower.isalpha()
    ):
        if end > index and tokens[end].lower in GIVEN_NAMES and token_at(tokens, end + 1)[:1].isupper():
            return end  # "Kejari Wonosegoro Setyo Utomo"
        end += 1
    return end if end > index and ends_a_naming(tokens, end) else index
