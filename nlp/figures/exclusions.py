"""Numbers that are no stated figures: dates, times, laws, ages, telephone numbers, names, ordinals and their like.

Every frame looks at a few tokens around one number and answers with the span it takes and a type. Order matters
only where two frames could claim the same digits; the first in `_FRAMES` wins.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from nlp.figures.lexicon import Token, phrases, words
from nlp.figures.numerals import CURRENCIES, ENGLISH_SCALES, MONEY_SCALES, SCALES, SE_FORMS, UNITS, end_of_literal
from nlp.figures.periods import WEEKDAYS, Period, is_year

LINK_LINES = phrases(
    """
    baca juga | baca: | baca : | artikel terkait | berita terkait | lihat juga | simak juga | berita lainnya |
    baca selengkapnya | artikel lainnya | read also | also read | baca pula | berita terkini
    """
)
_LONGEST_LINK = max(map(len, LINK_LINES))
# The same inside a line, where the newsroom's system lost the break before it.
_INNER_LINK = re.compile(
    r"(?:baca juga|baca pula|simak juga|lihat juga|artikel terkait|berita terkait)\s*:", re.IGNORECASE
)
LAW_HEADS = words(
    """
    uu undang perpu perppu pp perpres inpres permenaker permen permenkes permendagri permenko kepmen kepmenaker
    perda pergub perbup perwali perwal keppres pasal ayat huruf pmk sk se pojk perban peraturan instruksi
    keputusan edaran article law regulation qanun perdirjen kepgub butir act
    """
)
NUMBERED_BY = frozenset({"bernomor", "nomor", "no", "nomer", "number", "nmr"})
AGE_CUES = frozenset({"usia", "berusia", "umur", "berumur", "aged", "age"})
PHONE_CUES = words("hubungi telepon telp tlp whatsapp wa hotline center call kontak sms fax")
PAGE_CUES = frozenset({"halaman", "hal", "hlm", "page"})
ADDRESS_CUES = words(
    """
    rt rw km lantai lt blok kav kavling gang gg floor kilometer jl jln jalan kodepos pos
    """
)
IDENTIFIER_CUES = words("kpj nik npwp rekening va nip nib kk resi polisi kode")
PRODUCT_HEADS = words(
    """
    playstation iphone galaxy redmi windows android boeing airbus watch note ios versi pixel gta
    """
)
TERM_CUES = frozenset({"deposito", "tenor", "cicilan", "kredit", "obligasi", "sukuk", "angsuran"})
NAME_HEADS = words(
    """
    sman sma smk smkn smp smpn sdn sd min mtsn komisi kodim korem dapil liga piala gate gedung tower yonif
    batalyon divisi seri resimen polda distrik zona pasangan paslon terminal pilar ring wilayah regional kelas
    deputi asisten staf kloter studio formula moto tol rute dermaga puskesmas posko pos
    """
)
ORDINAL_HEADS = words(
    """
    tahap gelombang batch termin kloter edisi angkatan sesi babak jilid volume ronde musim season episode bagian
    bab poin point hut tahapan sila opsi step langkah
    """
)
CATEGORY_HEADS = words("desil golongan kategori tipe level kuintil grade type kelompok stadium")
SCORE_CUES = words(
    """
    memperkecil menyamakan kedudukan skor menang kalah imbang unggul takluk score agregat gol
    """
)
LIST_NOUNS = words(
    """
    cara langkah fakta tips syarat alasan hal jenis macam aspek tahapan kriteria ciri pertanyaan faktor tahap
    pilar isu metode opsi pilihan kategori kelompok skema pihak sisi bidang tugas strategi model tujuan
    bentuk komponen variabel indikator unsur fungsi prinsip ways things reasons steps tempat momen agenda
    """
)
# Measures this field does not count in.
FOREIGN_MEASURES = words(
    """
    jam menit detik km kilometer meter cm kg kilogram gram ton hektare hektar ha liter derajat magnitudo gb mb
    watt mw gol set halaman hours minutes mm abad kuintal barel megawatt inci cc mg
    """
)
SATU_IDIOMS = words("pun sama per sisi saat satunya hati suara atap pintu lagi hal bentuk kesatuan")
BEFORE_SATU = frozenset({"salah", "nomor", "number"})
# Places whose names are made of number words.
NUMBER_NAMES = (
    ("lima", "puluh", "kota"),
    ("empat", "lawang"),
    ("tiga", "raksa"),
    ("kepulauan", "seribu"),
    ("pulau", "seribu"),
    ("nusa", "dua"),
    ("simpang", "lima"),
    ("seribu", "sungai"),
    ("seribu", "pulau"),
    ("dua", "koto"),
    ("sembilan", "bahan"),
    ("tanah", "lima"),
    ("kaki", "lima"),
    ("sejuta", "pohon"),
    ("sembilan", "naga"),
    ("segi", "empat"),
    ("seribu", "langkah"),
    ("empat", "mata"),
    ("roda", "dua"),
    ("roda", "empat"),
    ("roda", "tiga"),
    ("hari", "satu"),
    ("kota", "seribu"),
    ("satu", "data"),
    ("setengah", "hati"),
    ("satu", "desa"),
    ("setengah", "mati"),
    ("dua", "sisi"),
)
_NAMES_BY_WORD: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
for _name in NUMBER_NAMES:
    for _place, _word in enumerate(_name):
        _NAMES_BY_WORD.setdefault(_word, []).append((_place, _name))
DURATION_TAILS = words(
    """
    terakhir lalu silam mendatang kemudian belakangan sebelumnya ke ago lamanya
    """
)
_CLOCKS = frozenset({"wib", "wita", "wit", "am", "pm"})
_HEADINGS = frozenset({"ini", "inilah", "simak", "daftar", "deretan", "intip"})
_LONG_IDENTIFIER = 10
_MOST_DIALLED_GROUPS = 7
_PERSONS = words("perempuan pria lelaki wanita laki-laki ibu bapak janda duda pemuda gadis nenek kakek")
_BRACKETS_APART = 8
_NAMED_BEHIND = 14
_LISTED_PLACES = words("daerah provinsi kabupaten kota kecamatan desa kelurahan wilayah")
_LONGEST_SPELLED = 12  # words of an age or a duration; what goes on for longer is no number

_NUMBERS_IN_WORDS = frozenset({*UNITS, *SE_FORMS, "ke", "setengah", "half"})
_BETWEEN_HEAD_AND_NUMBER = NUMBERED_BY | {".", "(", "ke", "-", "tahun"}
_DAY_HEADS = WEEKDAYS | {"tanggal", "tgl"}
_CLOCK_LINKS = words("- – — hingga sampai")
_COUNTING_FOLLOWERS = words("persen % orang peserta perusahaan")
_COUNTED_BEHIND_NAMES = words("orang peserta kasus perusahaan pekerja klaim desa kabupaten")
_HYPHENATED_UNITS = words("persen bulan hari tahun rp")
_DAY_LINKS = words("- / dan hingga sampai")
_NUMBER_PARTS = words("puluh belas - hingga sampai")
_LAW_WORDS = LAW_HEADS | NUMBERED_BY
_HEADS = frozenset({"desa"}) | PAGE_CUES | ORDINAL_HEADS | CATEGORY_HEADS | PRODUCT_HEADS | ADDRESS_CUES | NAME_HEADS
_ERAS = frozenset({"tahun", "era", "dekade", "periode"})
_TIME_UNITS = words("hari bulan tahun minggu pekan months years days dekade")


class Excluded(NamedTuple):
    """Tokens [first, last) that hold a number but no figure."""

    first: int
    last: int
    type: str


_Frame = Callable[[list[Token], int], Excluded | None]


def without_link(text: str) -> str:
    """The text before a link to another story, whatever that counts; nothing of a line that begins with one."""
    if text.lstrip(" -•*>»|[(")[:_LONGEST_LINK].lower().startswith(LINK_LINES):
        return ""
    found = _INNER_LINK.search(text) if ":" in text else None
    return text[: found.start()] if found is not None else text


def find_exclusions(tokens: list[Token], periods: list[Period]) -> list[Excluded]:
    """The spans of the sentence that hold numbers but no figures, in order, without overlaps."""
    found: list[Excluded] = [Excluded(p.first, p.last, "date") for p in periods if _holds_digits(tokens, p)]
    taken = {i for span in found for i in range(span.first, span.last)}
    numbers = [i for i, token in enumerate(tokens) if token.kind == "digits" or token.low in _NUMBERS_IN_WORDS]
    frames: list[_Frame] = []
    inside = 0  # the literal whose first group was judged; its other groups are no numbers of their own
    for i in numbers:
        if i in taken or i < inside:
            continue
        if tokens[i].kind == "digits":
            inside = end_of_literal(tokens, i)
            if _is_plain_amount(tokens, i, inside):
                continue
        else:
            inside = i
        frames = frames or _frames_of(tokens)
        for frame in frames:
            span = frame(tokens, i)
            if span is not None:
                found.append(span)
                taken.update(range(span.first, span.last))
                break
    return sorted(found)


def _frames_of(tokens: list[Token]) -> list[_Frame]:
    """The frames of which a sentence holds a trigger; the others need not look at its numbers."""
    present = {token.low for token in tokens} & _TRIGGERS
    return [frame for frame, triggers in _FRAMES if triggers is None or not triggers.isdisjoint(present)]


def _is_plain_amount(tokens: list[Token], first: int, last: int) -> bool:
    """`Rp1.250.000`, `31,93 persen`: a third of all numbers, which no frame needs to look at."""
    paid = first > 0 and tokens[first - 1].low in CURRENCIES
    return paid or (last < len(tokens) and tokens[last].low in ("persen", "%"))


def find_laws(tokens: list[Token]) -> list[Excluded]:
    """The numbers and years of laws, which must not be read as dates."""
    if _LAW_WORDS.isdisjoint([token.low for token in tokens]):
        return []
    found = (_law(tokens, i) for i, token in enumerate(tokens) if token.kind == "digits")
    return [span for span in found if span is not None and span.type == "law"]


def _holds_digits(tokens: list[Token], period: Period) -> bool:
    return any(tokens[i].kind == "digits" or tokens[i].low in UNITS for i in range(period.first, period.last))


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _glued(tokens: list[Token], i: int) -> bool:
    """Whether token `i` follows token `i - 1` without a space."""
    return 0 < i < len(tokens) and tokens[i].start == tokens[i - 1].end


def _time(tokens: list[Token], i: int, *, linked: bool = False) -> Excluded | None:
    if tokens[i].kind != "digits" or len(tokens[i].text) > 2:
        return None
    j = i + 1
    clock = _low(tokens, j) in (".", ":") and _glued(tokens, j) and j + 1 < len(tokens) and len(tokens[j + 1].text) == 2
    if clock and tokens[j + 1].kind == "digits":
        j += 2
    else:
        clock = False
    cued = _low(tokens, i - 1) in ("pukul", "jam")
    colon = clock and tokens[i + 1].text == ":"
    link = _low(tokens, j) in _CLOCK_LINKS
    if (cued or colon) and not (link and clock):
        return Excluded(i, j + (_low(tokens, j) in _CLOCKS), "time")
    if link and clock and not linked:
        later = _time(tokens, j + 1, linked=True) if j + 1 < len(tokens) else None
        if later is not None:
            return Excluded(i, later.last, "time")
        return Excluded(i, j, "time") if cued or colon else None
    return Excluded(i, j + 1, "time") if _low(tokens, j) in _CLOCKS else None


def _law(tokens: list[Token], i: int) -> Excluded | None:
    if tokens[i].kind != "digits":
        return None
    j = i - 1
    while j >= 0 and i - j <= 5 and tokens[j].low in _BETWEEN_HEAD_AND_NUMBER:
        j -= 1
    numbered = any(_low(tokens, k) in NUMBERED_BY for k in range(max(0, i - 3), i))
    after = i + 1
    while _low(tokens, after) == "/" and after + 1 < len(tokens) and tokens[after + 1].kind in ("digits", "word"):
        after += 2
    with_year = _low(tokens, after) == "tahun" and after + 1 < len(tokens) and is_year(tokens[after + 1])
    if j >= 0 and tokens[j].low in LAW_HEADS and not _is_measure(tokens, i + 1):
        return Excluded(i, after + 2 if with_year else after, "law")
    if numbered and (with_year or after > i + 1):
        return Excluded(i, after + 2 if with_year else after, "law")
    if numbered:
        return Excluded(i, end_of_literal(tokens, i), "identifier")
    return None


def _is_measure(tokens: list[Token], i: int) -> bool:
    return _low(tokens, i) in SCALES or _low(tokens, i) in _COUNTING_FOLLOWERS


def _age(tokens: list[Token], i: int) -> Excluded | None:
    after = i + 1
    if tokens[i].kind == "word":
        while after - i < _LONGEST_SPELLED and (
            _low(tokens, after) in UNITS or _low(tokens, after) in ("puluh", "belas")
        ):
            after += 1
    years = _low(tokens, after) in ("tahun", "thn", "th", "years")
    for back in range(1, 5):
        if _low(tokens, i - back) in AGE_CUES and _low(tokens, i - back - 1) != "-":  # never "old-age savings"
            last = after + years
            if _low(tokens, after) in ("-", "–", "hingga", "sampai") and after + 1 < len(tokens):
                last = after + 2 + (_low(tokens, after + 2) in ("tahun", "th"))
            return Excluded(i, last, "age")
        if _low(tokens, i - back) in (",", ".", ";"):
            break
    alone = tokens[i].kind == "digits" and len(tokens[i].text) <= 2 and end_of_literal(tokens, i) == i + 1
    if alone and _is_capitalised(tokens, i - 2) and not _is_bracketed_list(tokens, i):
        opened, closed = _low(tokens, i - 1), _low(tokens, after + years)
        if (opened == "(" and closed == ")") or (opened == "," and closed == "," and int(tokens[i].text) > 14):
            return Excluded(i, after + years, "age")
    if years and tokens[i].kind == "digits" and _low(tokens, i - 1) in _PERSONS and len(tokens[i].text) == 2:
        return Excluded(i, after + 1, "age")  # "Perempuan 38 tahun itu"
    if years and (_low(tokens, after + 1) == "old" or (_low(tokens, i - 1) == "(" and _low(tokens, after + 1) == ")")):
        return Excluded(i, after + 1, "age")
    return None


def _is_bracketed_list(tokens: list[Token], i: int) -> bool:
    """`Banjarbaru (55,2) dan Kotabaru (51)`: no ages where another such bracket holds a decimal."""
    near = range(max(0, i - _BRACKETS_APART), min(len(tokens) - 4, i + _BRACKETS_APART))
    return any(
        [tokens[j].text, tokens[j + 2].text, tokens[j + 4].text] == ["(", ",", ")"] and _glued(tokens, j + 2)
        for j in near
    )


def _is_capitalised(tokens: list[Token], i: int) -> bool:
    return 0 <= i < len(tokens) and tokens[i].kind == "word" and tokens[i].text[0].isupper()


def _phone(tokens: list[Token], i: int) -> Excluded | None:
    if tokens[i].kind != "digits":
        return None
    j = i + 1
    most = min(len(tokens), i + 2 * _MOST_DIALLED_GROUPS)
    while j + 1 < most and tokens[j].text in "-.–" and tokens[j + 1].kind == "digits" and _glued(tokens, j + 1):
        j += 2
    digits = sum(len(tokens[k].text) for k in range(i, j, 2))
    decimal = tokens[i].text == "0" and _low(tokens, i + 1) == "."  # "0.52-19.45 percent"
    dialled = tokens[i].text.startswith("0") and digits >= 7 and not decimal
    if dialled or (_low(tokens, i - 1) == "+" and tokens[i].text.startswith("62")):
        return Excluded(i, j, "phone")
    for back in range(1, 4):
        if _low(tokens, i - back) in PHONE_CUES and not _is_measure(tokens, j):
            return Excluded(i, j, "phone") if j == i + 1 or digits >= 5 else None
    return None


def _identifier(tokens: list[Token], i: int) -> Excluded | None:
    if tokens[i].kind != "digits":
        return None
    alone = end_of_literal(tokens, i) == i + 1
    if (
        alone
        and len(tokens[i].text) >= _LONG_IDENTIFIER
        and _low(tokens, i - 1) not in CURRENCIES
        and _low(tokens, i - 1) != "."
    ):
        return Excluded(i, i + 1, "identifier")
    counted = _low(tokens, end_of_literal(tokens, i)) in _COUNTED_BEHIND_NAMES
    if (_low(tokens, i - 1) in IDENTIFIER_CUES and not counted) or (
        _low(tokens, i - 1) == ":" and _low(tokens, i - 2) in IDENTIFIER_CUES
    ):
        return Excluded(i, end_of_literal(tokens, i), "identifier")
    return None


def _headed(tokens: list[Token], i: int) -> Excluded | None:
    """A number that only says which one: halaman 2, RT 05, SMAN 3, tahap 1, desil 1, PlayStation 5."""
    j = i - 1
    if _low(tokens, j) in (".", "-", "/") and j > 0 and tokens[i].kind == "digits":
        j -= 1
    head = _low(tokens, j)
    if head == "desa" and _low(tokens, j - 1) == "satu" and tokens[j].text[0].isupper():
        return Excluded(i, i + 1, "name")  # "Satu Desa 100 Pekerja Rentan"
    small = tokens[i].kind == "word" or (len(tokens[i].text) <= 4 and end_of_literal(tokens, i) == i + 1)
    if not small or _low(tokens, i + 1) in SCALES or _low(tokens, i + 1) in ("%", "persen"):
        return None
    for heads, kind in (
        (PAGE_CUES, "page"),
        (ORDINAL_HEADS, "ordinal"),
        (CATEGORY_HEADS, "category"),
        (PRODUCT_HEADS, "product"),
    ):
        if head in heads:
            return Excluded(i, i + 1, kind)
    if head in ADDRESS_CUES and tokens[i].kind == "digits":
        return Excluded(i, i + 1, "address")
    if head in NAME_HEADS and (tokens[j].text[0].isupper() or tokens[i].kind == "digits"):
        follower = _low(tokens, i + 1)
        counted = follower in _COUNTED_BEHIND_NAMES
        return None if counted else Excluded(i, i + 1, "name")
    return None


def _plate(tokens: list[Token], i: int) -> Excluded | None:
    """`DD 4412 KX`, `B 1234 ABC`: the number of a vehicle, between two short words in capitals."""
    if tokens[i].kind != "digits" or not 1 <= i < len(tokens) - 1 or len(tokens[i].text) > 4:
        return None
    before, after = tokens[i - 1], tokens[i + 1]
    area = before.kind == "word" and len(before.text) <= 2 and before.text.isupper() and before.low not in CURRENCIES
    series = after.kind == "word" and len(after.text) <= 3 and after.text.isupper() and after.low not in _CLOCKS
    return Excluded(i - 1, i + 2, "identifier") if area and series else None


def _decade(tokens: list[Token], i: int) -> Excluded | None:
    """`tahun 80-an`, `era 1990-an`, `the first half of the match`."""
    if tokens[i].kind == "word":
        halved = tokens[i].low == "half" and _low(tokens, i - 1) in ("first", "second")
        return Excluded(i - 1, i + 1, "ordinal") if halved else None
    decade = _low(tokens, i + 1) == "-" and _low(tokens, i + 2) == "an" and _low(tokens, i - 1) in _ERAS
    return Excluded(i, i + 3, "date") if decade else None


def _glued_name(tokens: list[Token], i: int) -> Excluded | None:
    """Watch7, Covid-19, G20, 4G, ke-48."""
    if tokens[i].kind != "digits":
        return None
    if _glued(tokens, i) and tokens[i - 1].kind == "word" and tokens[i - 1].low not in CURRENCIES:
        return Excluded(i - 1, i + 1, "product")
    hyphen = _low(tokens, i - 1) in ("-", "–", "‑") and i >= 2
    if hyphen and tokens[i - 2].low == "ke":
        return Excluded(i - 2, i + 1, "ordinal")
    if hyphen and _glued(tokens, i) and _glued(tokens, i - 1) and tokens[i - 2].kind == "word":
        before = tokens[i - 2].low
        if before not in SCALES and before not in UNITS and before not in _HYPHENATED_UNITS:
            return Excluded(i - 2, i + 1, "name")
    if _glued(tokens, i + 1) and tokens[i + 1].kind == "word" and end_of_literal(tokens, i) == i + 1:
        tail = tokens[i + 1]
        known = (
            tail.low in SCALES
            or tail.low in ENGLISH_SCALES
            or tail.text in MONEY_SCALES
            or tail.low in ("an", "x", "persen")
        )
        if not known and len(tail.low) <= 2 and _low(tokens, i - 1) not in CURRENCIES:
            return Excluded(i, i + 2, "product")
    return None


def _ordinal_ke(tokens: list[Token], i: int) -> Excluded | None:
    """`ke-48`, `ke 48`, `ke -5` (never `ke 45 persen`, `melonjak ke 7.653`)."""
    if tokens[i].low != "ke" or i + 1 >= len(tokens):
        return None
    j = i + 2 if _low(tokens, i + 1) in ("-", "–", "‑") else i + 1
    if j == i + 2 and j < len(tokens) and (tokens[j].kind == "digits" or tokens[j].low in UNITS):
        return Excluded(i, j + 1, "ordinal")
    return None


def _idiom(tokens: list[Token], i: int) -> Excluded | None:
    """Number words that count nothing: salah satu, satu pun, Lima Puluh Kota, seribu sungai."""
    for shift, name in _NAMES_BY_WORD.get(tokens[i].low, ()):
        start = i - shift
        if start >= 0 and all(_low(tokens, start + k) == part for k, part in enumerate(name)):
            return Excluded(start, start + len(name), "name")
    if tokens[i].low == "satu":
        one_by_one = _low(tokens, i - 1) == "per" and _low(tokens, i - 2) == "satu"
        if one_by_one or _low(tokens, i - 1) in BEFORE_SATU or _low(tokens, i + 1) in SATU_IDIOMS:
            return Excluded(i, i + 1, "quantifier")
        if _low(tokens, i + 1) == "-" and _low(tokens, i + 2).startswith("satu"):
            return Excluded(i, i + 3, "quantifier")
    return None


def _listed(tokens: list[Token], i: int) -> Excluded | None:
    """`berikut 10 provinsi`, `5 cara mencairkan JHT`."""
    if tokens[i].kind == "digits" and end_of_literal(tokens, i) > i + 1:
        return None
    heading = i == 1 and tokens[0].low in _HEADINGS
    named_behind = i == 0 and any(token.low in ("yaitu", "yakni") for token in tokens[i + 2 : i + _NAMED_BEHIND])
    announced = (
        heading
        or (named_behind and _low(tokens, i + 1) in _LISTED_PLACES)
        or _low(tokens, i - 1) == "berikut"
        or (_low(tokens, i - 1) in ("ini", "adalah") and _low(tokens, i - 2) == "berikut")
    )
    if announced or _low(tokens, i + 1) in LIST_NOUNS or _low(tokens, i + 2) == "berikut":
        return Excluded(i, i + 1, "list_size")
    return None


def _foreign(tokens: list[Token], i: int) -> Excluded | None:
    last = end_of_literal(tokens, i) if tokens[i].kind == "digits" else i + 1
    if _low(tokens, last) in SCALES:
        last += 1
    if _low(tokens, last) in FOREIGN_MEASURES and _low(tokens, i - 1) not in CURRENCIES:
        return Excluded(i, last + 1, "measure")
    return None


def _score(tokens: list[Token], i: int) -> Excluded | None:
    paired = tokens[i].kind == "digits" and _low(tokens, i + 1) in ("-", "–") and _low(tokens, i + 2).isdecimal()
    cued = paired and any(_low(tokens, i - back) in SCORE_CUES for back in range(1, 5))
    return Excluded(i, i + 3, "score") if cued else None


def _weekday(tokens: list[Token], i: int) -> Excluded | None:
    """`Rabu 8`, `Selasa (12)`, `tanggal 8`: a day whose month stands elsewhere or nowhere."""
    if tokens[i].kind != "digits" or len(tokens[i].text) > 2:
        return None
    before = i - 2 if _low(tokens, i - 1) == "(" else i - 1
    if _low(tokens, before) in _DAY_HEADS:
        j = i + 1
        if _low(tokens, j) in _DAY_LINKS and j + 1 < len(tokens) and tokens[j + 1].kind == "digits":
            j += 2
        return Excluded(i, j, "date")
    return None


def _duration(tokens: list[Token], i: int) -> Excluded | None:
    """`empat bulan terakhir`, `dua tahun lalu`, `deposito 12 bulan`."""
    j = i + 1
    while j - i < _LONGEST_SPELLED and (_low(tokens, j) in UNITS or _low(tokens, j) in _NUMBER_PARTS):
        j += 1
    if _low(tokens, j) not in _TIME_UNITS:
        return None
    if any(_low(tokens, i - back) in TERM_CUES for back in (1, 2)):
        return Excluded(i, j + 1, "product_term")
    opening = i == 1 and tokens[0].low in ("dalam", "selama", "within", "in") and _low(tokens, j + 1) == ","
    tail = _low(tokens, j + 1)
    onward = tail == "ke" and _low(tokens, j + 2) not in ("depan", "muka", "belakang")  # "dari 6 hari ke 2 hari"
    return Excluded(i, j + 1, "duration") if opening or (tail in DURATION_TAILS and not onward) else None


# Each frame with the words of which a sentence must hold one for the frame to apply; None where digits alone suffice.
_FRAMES: tuple[tuple[_Frame, frozenset[str] | None], ...] = (
    (_time, None),
    (_law, _LAW_WORDS),
    (_age, None),
    (_phone, None),
    (_identifier, None),
    (_weekday, _DAY_HEADS),
    (_headed, _HEADS),
    (_plate, None),
    (_decade, _ERAS | {"half"}),
    (_glued_name, None),
    (_ordinal_ke, frozenset({"ke"})),
    (_idiom, frozenset({"satu", *_NAMES_BY_WORD})),
    (_score, SCORE_CUES),
    (_listed, LIST_NOUNS | _HEADINGS | {"berikut", "yaitu", "yakni"}),
    (_duration, _TIME_UNITS),
    (_foreign, FOREIGN_MEASURES),
)
_TRIGGERS = frozenset[str]().union(*(triggers for _, triggers in _FRAMES if triggers is not None))
