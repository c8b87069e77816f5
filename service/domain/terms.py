"""From printed text to search terms, the same for every search engine.

Engines receive terms that are already folded and stemmed, so that one question finds the same articles everywhere.
Why not an engine's own Indonesian analyser: its stop list drops *tidak, bukan, belum, tanpa* ("Pekerja Bukan Penerima
Upah" becomes "Pekerja Penerima Upah"), and its stemmer splits pairs that people search for (menurun → urun, penurunan →
turun; capaian → capai, mencapai → capa). Here the roots of this field come from a table that is built by the rules of
Indonesian affixation; all other words go to the Snowball stemmer.

`VERSION` changes with any rule below; an index of another version must be rebuilt.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import Stemmer

VERSION = 1

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

# Words that no rule may touch: names, and nouns whose root would join words of another meaning
# (pekerja/kerja, perusahaan/usaha, peserta/serta, pemerintah/perintah).
_FIXED = {
    word: stem
    for stem, words in {
        "antre": "antri antrian mengantri antriannya",
        "berita": "berita beritanya",
        "jamsostek": "jamsostek",
        "bpjamsostek": "bpjamsostek",
        "kabupaten": "kabupaten kab",
        "kecelakaan": "kecelakaan kecelakaannya",
        "kesehatan": "kesehatan",
        "meninggal": "meninggal meninggalnya",
        "dirumahkan": "dirumahkan merumahkan",
        "ketenagakerjaan": "ketenagakerjaan ketenagarakerjaan",
        "pekerja": "pekerja pekerjanya",
        "pemerintah": "pemerintah pemerintahan pemerintahnya",
        "perisai": "perisai",
        "persen": "persen persennya prosen",
        "perusahaan": "perusahaan perusahaannya",
        "penerima": "penerima penerimanya",
        "pengusaha": "pengusaha pengusahanya",
        "peserta": "peserta pesertanya kepesertaan kepesertaannya",
        "tenaga": "tenaga tenaganya",
        "perintah": "perintah perintahnya memerintahkan diperintahkan",
    }.items()
    for word in _words(words)
}

# Roots whose derivations people search for in this field; an earlier root wins a form that two could own.
_ROOTS = _words(
    """
    turun naik tingkat tumbuh capai cakup tembus susut merosot lonjak tambah kurang keluh tunggak berita bayar terima
    lapor lindung jamin daftar layan salur cair serah santun klaim aju urus tolak tunda lambat antre gelap korupsi
    duga selidik sidik periksa tangkap tahan sangka tuntut gugat adu somasi pecat mundur lantik angkat demo unjuk bocor
    retas curi palsu tipu tagih piutang awas patuh langgar sanksi hukum denda wajib putus phk rumah luas akuisisi target
    kelola investasi dana tabung manfaat iur setor potong subsidi bantu dukung dorong apresiasi sosialisasi edukasi
    gelar resmi luncur sepakat sinergi kolaborasi kunjung harga juara celaka tewas tinggal luka rawat sembuh cacat waris
    didik beasiswa nikah pensiun tua hari usaha nelayan tani buruh ojek dagang honor magang rentan aktif jadi hasil
    catat nilai ubah atur tetap lanjut cepat mudah sulit ganggu eror rusak pulih kritik protes puji janji
    jelas tegas sebut kata ungkap imbau ajak minta harap tuju laksana guna cegah jaga rasa alami hadap temu tanda
    anggar alokasi biaya bangun kembang proyek konstruksi migran tempat pulang kirim anggota gaji upah
    """
)

_SUFFIXES = ("", "an", "kan", "i", "nya", "annya", "kannya", "inya", "lah", "kah", "pun")
_PLAIN_PREFIXES = ("", "di", "ter", "ber", "be", "ke", "se", "per", "pe", "diper", "keber", "keter")
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
    """The search term of a folded token; numbers, names and short words are their own."""
    if len(exact) < 4 or any(character.isdigit() for character in exact):
        return exact
    known = _FIXED.get(exact) or derivations().get(exact)
    if known is not None:
        return known
    stemmed: str = _SNOWBALL.stemWord(exact)
    # A remainder of two letters names nothing any more and would join strangers.
    return stemmed if len(stemmed) > 2 else exact


def letters_of(term: str) -> str:
    """What every token that is folded to this term has in print, whatever its case, but for what `FOLDED` finds."""
    return term if term.isalpha() else max(_DIGITS.findall(term), key=len, default="")


@lru_cache(maxsize=10_000)
def letters_of_stem(wanted: str) -> str:
    """What every token of this stem has in print, whatever its case, but for what `FOLDED` finds; it may be empty."""
    # Snowball takes off what stands around the stem; only meny-, peny-, mem- and pem- also change its first letter.
    rest = wanted[1:] if wanted[:1] in ("s", "p") else wanted
    forms = _forms().get(wanted, ())
    lengths = range(len(rest), 0, -1)
    parts = (rest[at : at + length] for length in lengths for at in range(len(rest) - length + 1))
    return next((letters_of(part) for part in parts if all(part in form for form in forms)), "")


@cache
def _forms() -> dict[str, list[str]]:
    """The known derivations of every root."""
    forms: dict[str, list[str]] = {}
    for form, root in derivations().items():
        forms.setdefault(root, []).append(form)
    return forms


@cache
def derivations() -> dict[str, str]:
    """Every derivation of the roots of this field, mapped to its root; an engine's stemmer override takes it as is."""
    table: dict[str, str] = {root: root for root in _ROOTS}
    for root in _ROOTS:
        for prefixed, suffix in product(_prefixed(root), _SUFFIXES):
            table.setdefault(prefixed + suffix, root)
    return table | _FIXED


def _prefixed(root: str) -> Iterator[str]:
    for prefix in _PLAIN_PREFIXES:
        yield prefix + root
    for base in (root, "per" + root):
        nasal, rest = _nasal(base)
        for prefix in ("me", "pe"):
            yield prefix + nasal + rest
            # Loan words keep their consonant: memproses, mentransfer, mengklaim.
            yield prefix + nasal + base


def _nasal(base: str) -> tuple[str, str]:
    """The nasal that meN- and peN- take before `base`, and what remains of `base` after it."""
    first = base[0]
    if first in "lmnrwy":
        return "", base
    if first in "bfv":
        return "m", base
    if first in "djcz":
        return "n", base
    return {"p": ("m", base[1:]), "t": ("n", base[1:]), "s": ("ny", base[1:]), "k": ("ng", base[1:])}.get(
        first, ("ng", base)
    )
