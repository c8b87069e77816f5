"""From printed text to search terms, the same for every search engine.

Engines receive terms that are already folded and stemmed, so that one question finds the same articles everywhere.
Why not an engine's own Indonesian analyser: its stop list drops *tidak, bukan, belum, tanpa* ("Pekerja Bukan Penerima
Upah" becomes "Pekerja Penerima Upah"), and its stemmer splits pairs that people search for (menurun → urun, penurunan →
turun; capaian → capai, mencapai → capa). Here the roots of this field are listed (`roots`) and found by the rules of
Indonesian affixation (`affixes`); all other words go to the Snowball stemmer.

`VERSION` changes with any rule below; an index of another version must be rebuilt.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from service.domain.affixes import LOST, root_of

VERSION = 2

LONGEST_TERM = 64
"""Characters of a folded token that count; longer ones are no words."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Function words only. Negations (tidak, bukan, belum, tanpa, jangan, tak) carry meaning in this field and stay.
STOP_WORDS = frozenset(
    _words(
        """
    ada adalah agar akan antara atas atau bagi bahwa dalam dan dari daripada dengan di dia hal hingga ia ialah ini itu
    jika juga kami karena ke kepada kita lalu maka mereka merupakan namun oleh pada para pun saat sambil sampai sebagai
    sebuah secara sedangkan sehingga seorang seperti serta setelah sementara suatu tapi telah tentang terhadap tersebut
    tetapi untuk yaitu yakni yang
    """
    )
)

# Words that no rule may touch: names, nouns whose root would join words of another meaning (pekerja/kerja,
# perusahaan/usaha, peserta/serta, pemerintah/perintah), and derivations of what else is a function word.
FIXED = {
    word: stem
    for stem, words in {
        "adakan": "adakan mengadakan diadakan pengadaan",
        "ajar": "belajar pelajar pelajaran pembelajaran pelajari mempelajari dipelajari",
        "antre": "antri antrian mengantri",
        "awal": "mengawali diawali",
        "bagikan": "bagikan membagikan dibagikan membagi dibagi terbagi berbagi pembagian",
        "beri": "berikan",
        "berita": "berita",
        "jamsostek": "jamsostek",
        "bpjamsostek": "bpjamsostek",
        "dalami": "dalami mendalami didalami pendalaman",
        "kabupaten": "kabupaten",
        "kecelakaan": "kecelakaan",
        "kesehatan": "kesehatan",
        "lebar": "pelebaran",
        "meninggal": "meninggal",
        "dirumahkan": "dirumahkan merumahkan",
        "ketenagakerjaan": "ketenagakerjaan ketenagarakerjaan",
        "mengaji": "mengaji pengajian",
        "nasihat": "nasehat penasehat menasehati",
        "pekerja": "pekerja",
        "pemerintah": "pemerintah pemerintahan",
        "penghargaan": "penghargaan menghargai dihargai",
        "perayaan": "perayaan merayakan dirayakan rayakan",
        "perisai": "perisai",
        "persen": "persen prosen",
        "perusahaan": "perusahaan",
        "penerima": "penerima",
        "pengusaha": "pengusaha",
        "peserta": "peserta kepesertaan",
        "sampaikan": "sampaikan menyampaikan disampaikan tersampaikan penyampaian",
        "sertakan": "sertakan menyertakan disertakan penyertaan",
        "tahu": "ketahui mengetahui diketahui pengetahuan",
        "tangani": "tangani menangani ditangani tertangani penanganan",
        "tenaga": "tenaga",
        "tentangan": "tentangan menentang ditentang penentang penentangan bertentangan pertentangan",
        "wenang": "wewenang",
    }.items()
    for word in _words(words)
}

_JOINERS = "\u00ad\u200b-\u200d\u2060\ufeff"
_TOKEN = re.compile(
    rf"""
    [Rr][Pp](?=\.?\s?\d)                              # the currency mark stands alone: Rp1,2 and Rp 1,2 are one
    | \d+(?:[.,]\d+)*                                 # 31,93 and 1.608.431 stay whole
    | [^\W\d_][^\W_]*(?:(?:[\u0300-\u036f{_JOINERS}]|['’ʼ`](?=[^\W\d_]))[^\W_]*)*
    | %
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile(rf"[{_JOINERS}'’ʼ`]")
FOLDED = re.compile(r"[%'`\u0080-\U0010ffff]")
"""Characters beside which folding may change more than the case of letters and the points in numbers."""

_DIGITS = re.compile(r"\d+")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_DOT_DECIMAL = re.compile(r"\d+\.\d{1,2}")
_SNOWBALL = Stemmer.Stemmer("indonesian")


class Token(NamedTuple):
    """A word or number of a text: `exact` is folded, `stem` also reduced."""

    exact: str
    stem: str

    @property
    def is_stop_word(self) -> bool:
        """Whether it says nothing by itself."""
        return self.exact in STOP_WORDS


class Cut(NamedTuple):
    """A run of characters cut into its tokens, and the [start, end) characters of each."""

    tokens: tuple[Token, ...]
    places: tuple[tuple[int, int], ...]


def tokens(text: str) -> list[Token]:
    """The text's words and numbers in order; what is neither is skipped."""
    return [token for run in text.split() for token in cut(run).tokens]


def cut(run: str) -> Cut:
    """The tokens of characters without a blank among them, which no token crosses."""
    return _cut_word(run) if len(run) <= LONGEST_TERM else _cut_any(run)


def _cut_any(run: str) -> Cut:
    found = [(exact, match.span()) for match in _TOKEN.finditer(run) if (exact := fold(match.group()))]
    return Cut(tuple(Token(exact, stem(exact)) for exact, _ in found), tuple(place for _, place in found))


# A press repeats its words: every article that is indexed has hundreds of them.
_cut_word = lru_cache(maxsize=100_000)(_cut_any)


def fold(printed: str) -> str:
    """The printed token without case, accents and invisible joiners; `%` is "persen", decimals are written 31,93."""
    if printed == "%":
        return "persen"
    if printed[0].isdigit():
        return _folded_number(unicodedata.normalize("NFKC", printed))[:LONGEST_TERM]
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", printed)).casefold()
    letters = "".join(character for character in decomposed if character.isalnum())
    return letters[:LONGEST_TERM]


def _folded_number(number: str) -> str:
    if _ENGLISH_THOUSANDS.fullmatch(number):
        return number.replace(",", ".")
    # Outlets print 31.93 for 31,93; a dot before one or two last digits cannot divide thousands.
    return number.replace(".", ",") if _DOT_DECIMAL.fullmatch(number) else number


@lru_cache(maxsize=100_000)
def stem(exact: str) -> str:
    """The search term of a folded token; numbers, function words, names and short words are their own."""
    if len(exact) < 4 or exact in STOP_WORDS or any(character.isdigit() for character in exact):
        return exact
    known = FIXED.get(exact) or FIXED.get(exact.removesuffix("nya")) or root_of(exact)
    if known is not None:
        return known
    stemmed: str = _SNOWBALL.stemWord(exact)
    # A remainder of two letters or a function word names nothing any more and would join strangers.
    return stemmed if len(stemmed) > 2 and stemmed not in STOP_WORDS else exact


def letters_of(term: str) -> str:
    """What every token that is folded to this term has in print, whatever its case, but for what `FOLDED` finds."""
    return term if term.isalpha() else max(_DIGITS.findall(term), key=len, default="")


@lru_cache(maxsize=10_000)
def letters_of_stem(wanted: str) -> str:
    """What every token of this stem has in print, whatever its case, but for what `FOLDED` finds; it may be empty."""
    # What is taken off stands around the stem; beyond that only the first letter of some roots is lost behind a prefix.
    rest = wanted[1:] if wanted[:1] in LOST else wanted
    forms = [form for form, stem in FIXED.items() if stem == wanted]
    lengths = range(len(rest), 0, -1)
    parts = (rest[at : at + length] for length in lengths for at in range(len(rest) - length + 1))
    return next((letters_of(part) for part in parts if all(part in form for form in forms)), "")
