"""Who is said to have said it: attributions in one sentence of the Indonesian (or English) press.

Three shapes are read, each from a table of verbs:
- speaker after the verb: "…," kata Abdul; demikian disampaikan Kepala Cabang Palu, Raden Harry
- speaker before the verb: Abdul mengatakan …; Raden Harry, pimpinan kantor Palu, menegaskan …; Data BPS mencatat …
- speaker after a preposition: menurut Abdul; berdasarkan data BPS; according to the ministry

Precision comes first: a speaker that the grammar of `nlp.naming` cannot read is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from nlp.naming.sources import Source, source_at
from nlp.naming.words import LONGEST_REMEMBERED, REACH, SENTENCES_REMEMBERED, Token, word_set, words

SAID_ANYWHERE = word_set("kata ujar ucap tutur beber imbuh pungkas tukas cetus")
"""Verbs before their speaker that need no mark before them."""

SAID_AFTER_MARK = word_set(
    """
    ralat seloroh celetuk canda guyon sesal puji tutup ulas kisah kelakar gumam ulang tekan usul dalih imbau ingat yakin
    ungkap papar said jelas tegas terang sambung lanjut tambah sebut rinci urai harap tandas kenang keluh timpal
    teriak omel curhat isak balas debat sanggah koar pekik rayu sela dalil tulis tepis janji bisik gerutu tegur
    kelit bantah tantang sapa jawab sahut sindir klaim aku kilah cerita nilai simpul tanya pinta ajak pesan seru
    kritik sergah cecar gurau ketus protes ancam saran usul duga taksir gugat kecam desak tuding hardik bentak lapor
    jamin nasihat sumpah batin pikir sentil prediksi ramal says added
    explained noted asserted
    """
)
"""Verbs before their speaker that are ordinary words too: they count only after a comma or a quotation mark."""

SAID_BY = word_set(
    """
    dikatakan diungkapkan disampaikan dijelaskan dituturkan ditegaskan dipaparkan disebutkan diakui dibenarkan
    diutarakan dilontarkan dinyatakan diterangkan dirinci dibeberkan ditambahkan dikemukakan diucapkan diingatkan
    diceritakan diamini ditekankan dipastikan diklaim dicontohkan
    """
)
"""Passive verbs before their speaker."""

SAYS = word_set(
    """
    mengatakan menyebut menyebutkan menjelaskan merinci memerinci mengungkap mengungkapkan menuturkan mengakui
    mengaku menegaskan menambahkan memaparkan menyampaikan menyatakan menerangkan membeberkan membenarkan
    membantah menilai mengklaim mengimbau menghimbau memastikan mengingatkan memperkirakan menyoroti
    mempertanyakan mengeluhkan menuding mencatat melaporkan mengumumkan mengemukakan mengutarakan melontarkan
    menceritakan menuntut mendesak menyarankan mengapresiasi menyayangkan menyesalkan menduga membeberkan menampik
    menepis menyimpulkan mengkritik menyindir meralat menginstruksikan memerintahkan menekankan memperingatkan
    mewanti-wanti menyerukan bilang mengamini meragukan mensinyalir
    menengarai menaksir mengestimasi memproyeksikan mengklarifikasi argued pledged promised conceded agreed suggested
    recalled disclosed announced estimated predicted complained demanded reported mengancam memohon menjanjikan
    menyanggah mengisyaratkan
    menggarisbawahi memberitahukan mengonfirmasi mengkonfirmasi menyangkal mengkritisi mempersoalkan
    menandaskan mengimbuhkan menimpali menjawab mengecam mengutuk called recorded clarified warned
    insisted confirmed said says
    noted added
    explained told stated stressed acknowledged
    admitted revealed claimed urged emphasized mendata menghitung menginventarisasi menghimpun menemukan melansir
    """
)
"""Verbs after their speaker, be it a person or an organisation."""

A_PERSON_SAYS = word_set(
    """
    menyanggupi menargetkan mematok membidik menghitung berharap mengharapkan berujar berkata bercerita berjanji
    optimistis
    meyakini meminta mengeluh menyatakan berkilah berdalih beralasan berkelit menuduh bersaksi
    mengajak mengucapkan memprediksi mengusulkan bersyukur memandang merasa menganggap berpendapat berpesan
    berpandangan beranggapan berkeyakinan bersikeras bersikukuh berseloroh yakin khawatir percaya minta mengira
    menyadari menjamin membayangkan meluruskan menyinggung mengisahkan bertutur menanggapi menyambut membandingkan
    mencontohkan melanjutkan membalas hopes expects
    believes estimates
    """
)
"""Verbs that make a person a speaker, but for an organisation tell what it does."""

DATA_SHOW = word_set("menunjukkan memperlihatkan menggambarkan mengindikasikan shows showed")
"""Verbs of an organisation's data."""

DATA_NOUNS = word_set(
    """
    data laporan catatan hasil survei riset penelitian studi rilis keterangan penjelasan dari resmi terbaru
    pengakuan kesaksian penuturan pengamatan pantauan
    angka paparan siaran pers tertulis terakhir perhitungan publikasi sumber informasi statistik sensus pernyataan
    milik yang
    dirilis dihimpun versi
    """
)
"""Words between a preposition of source and the source."""

ACCORDING_TO = word_set("menurut berdasarkan merujuk mengacu mengutip dikutip melansir dilansir bunyi versi hitungan")
"""Prepositions of source."""

NEEDS_DATA = ACCORDING_TO - {"menurut", "versi", "hitungan"}
"""Those that name a speaker only through data, a report or a statement of his."""

SAID_BY_PRONOUN = frozenset(
    f"{verb}nya"
    for verb in (SAID_ANYWHERE | SAID_AFTER_MARK | SAID_BY)
    - {
        *("said", "says", "nilai", "klaim", "pesan", "kritik", "aku", "saran", "usul", "protes", "nasihat", "sumpah"),
        *("batin", "pikir", "prediksi"),
    }
) | {"menurutnya", "akunya", "baginya"}
"""Verbs with the pronoun as a suffix: "katanya", "menurutnya"."""

ADVERBS = word_set(
    """
    juga pun turut kembali lantas lalu kemudian sebelumnya sempat sendiri sudah telah hanya langsung terus lebih
    lanjut pernah sekaligus secara tegas tidak pula already also then has had previously
    """
)
"""Words that may stand between a speaker and his verb."""

PREPOSITIONS = word_set(
    """
    di ke dari oleh dengan kepada terhadap untuk bersama tentang milik bagi pada dalam atas soal by to of for with
    from in on at
    """
)
"""Before a name these tell that it is not the subject."""

PEOPLE = word_set(
    """
    warga korban istri suami buruh pekerja peserta saksi rekan keponakan anak ibu ayah kakak adik dan sementara
    sedangkan namun tetapi karena sebab bahwa ketika saat setelah usai itu lain pria wanita sopir nelayan petani
    penulis pengacara pelapor
    """
)
"""Lower-case words after which a single capitalised word may be a person who speaks."""

_LEADING = SAID_ANYWHERE | SAID_AFTER_MARK | SAID_BY | SAID_BY_PRONOUN | ACCORDING_TO | {"according"}
_ACCOUNTS = word_set("paparan penjelasan keterangan penuturan pernyataan uraian catatan data laporan rilis")
_CUES = _LEADING | _ACCOUNTS | SAYS | A_PERSON_SAYS | DATA_SHOW
_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTES = frozenset("\"“”'‘’,?!:;…»«-–—.)")
_OCCASIONS = word_set(
    "saat ketika usai seusai sesudah setelah dalam kepada melalui lewat didampingi ditemani bersama on"
)
_CONJUNCTIONS = word_set(
    "sementara sedangkan namun tetapi tapi lalu kemudian lantas adapun karena sebab padahal meanwhile"
)
_ANSWERS = word_set("jawabnya sahutnya timpalnya balasnya")
_LONGEST_ASIDE = 14
_MOST_ADVERBS = 8
_MOST_BEGINS = 4
_LEAST_APPOSITION = 3
_ENDS_AN_ASIDE = frozenset('"“”?!:;.«»')
_NO_VERBS = PREPOSITIONS | PEOPLE | word_set("yang atau serta maupun hingga sampai sebagai karya antara")
_ENGLISH_AUXILIARIES = word_set("had has was is were did does would will could can should might")
_TIMES = word_set("ini lalu kemarin silam sebelumnya")
_AGAIN = word_set("lagi pula juga")
_TO = word_set("di ke lewat melalui pada")  # "menulis di Facebook:"
_VIEWS = word_set("pandangannya penilaiannya pendapatnya pengakuannya penuturannya pengamatannya hematnya")
_PREPOSED_NOT = word_set("dalam akar asal dari sepatah beberapa makna arti lain")  # "dalam kata", "lain kata"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in a sentence.

    `start`, `end` enclose verb, title and name; `speaker_start`, `speaker_end` the name alone, as written, without
    title and degrees. Of a pronoun the `speaker` is "ia", and its place is the pronoun or the verb that carries it.
    An unnamed speaker ("seorang warga") is never among `attributions`; `verb` is told of pronouns that it carries.
    """

    start: int
    end: int
    speaker: str
    speaker_start: int
    speaker_end: int
    speaker_title: str | None
    organisation: str | None
    kind: Literal["person", "organisation", "pronoun", "unnamed"]
    verb: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether a pronoun is that of somebody who was asked: "jawabnya"."""
        return self.verb in _ANSWERS


def attributions(sentence: str, folded: Iterable[str] | None = None) -> list[Attribution]:
    """The attributions of a sentence in its order, one for each speaker named in one place.

    `folded` are the sentence's words in lower case, from a caller that has them at hand.
    """
    if _CUES.isdisjoint(_LETTERS.findall(sentence.casefold()) if folded is None else folded):
        return []  # most sentences report nobody, and cutting them into tokens costs more than this
    return list(_remembered(sentence) if len(sentence) <= LONGEST_REMEMBERED else _read(sentence))


@lru_cache(maxsize=SENTENCES_REMEMBERED)
def _remembered(sentence: str) -> Sequence[Attribution]:
    return _read(sentence)


def _read(sentence: str) -> Sequence[Attribution]:
    found: dict[tuple[int, int], Attribution] = {}
    for attribution in _readings(sentence, words(sentence)):
        found.setdefault((attribution.speaker_start, attribution.speaker_end), attribution)
    return sorted(found.values(), key=lambda attribution: (attribution.start, attribution.end))


def leads_with_verb(sentence: str, attribution: Attribution) -> bool:
    """Whether the verb or preposition stands before the speaker, so that the words said stand before both."""
    first = sentence[attribution.start : attribution.end].split(None, 1)[0].casefold()
    return first in _LEADING


def opens_with_verb(clause: str) -> bool:
    """Whether a clause after a quotation mark begins with a verb that is followed by its speaker."""
    first = clause.split(None, 1)[:1]
    return bool(first) and first[0].casefold() in SAID_ANYWHERE | SAID_AFTER_MARK


def spoken_with(clause: str) -> Attribution | None:
    """The attribution that begins the clause after a spoken comma, whatever its verb: "cecar Lestari", "ketusnya"."""
    tokens = words(clause)
    verb = next((at for at, token in enumerate(tokens) if token.text[0].isalnum()), len(tokens))
    if verb >= len(tokens) or not tokens[verb].text[0].islower() or tokens[verb].lower in _NO_VERBS:
        return None
    if tokens[verb].lower.endswith("nya"):
        it = tokens[verb]
        return Attribution(it.start, it.end, "ia", it.start, it.end, None, None, "pronoun", it.lower)
    through = verb + 1 < len(tokens) and tokens[verb + 1].lower in DATA_NOUNS  # "bunyi pernyataan Manajer …"
    found = source_at(clause, tokens, verb + 1 + through)
    if found is None or found[0].kind == "organisation":
        return None
    return _attribution(found[0], tokens[verb].start, found[0].end)


def opened_by(unfinished: str) -> Attribution | None:
    """Who opens a quote with a verb of no table: "Corporate Secretary Dodi Hermawan menulis, “…”"."""
    tokens = words(unfinished)
    if not tokens or tokens[-1].text not in {",", ":"}:
        return None
    begins = [0, *(at + 1 for at, token in enumerate(tokens[:-1]) if token.text == ",")]
    for begin in begins[:_MOST_BEGINS]:
        found = source_at(unfinished, tokens, begin)
        if found is None or found[0].kind == "organisation":
            continue
        begin = _after_apposition(tokens, found[1])
        begin += begin < len(tokens) and tokens[begin].text == ","
        between = tokens[begin:-1]
        small = all(it.text[0].islower() or before.lower in _TO for before, it in pairwise(tokens[begin - 1 : -1]))
        if 0 < len(between) <= _MOST_ADVERBS and between[0].text[0].islower() and small:
            return _attribution(found[0], found[0].start, tokens[-2].end)
    return None


def _readings(sentence: str, tokens: Sequence[Token]) -> Iterator[Attribution]:
    for index, token in enumerate(tokens):
        word = token.lower
        if word not in _CUES:
            continue
        attribution = None
        if word in SAID_BY_PRONOUN:
            attribution = _pronoun_suffix(tokens, index)
        elif word in ("data", "catatan") and index == 0:
            attribution = _data_of(sentence, tokens)
        elif word in ACCORDING_TO or word == "according":
            attribution = _according_to(sentence, tokens, index)
        elif word in SAID_BY or word in SAID_ANYWHERE or word in SAID_AFTER_MARK or _is_account(tokens, index):
            attribution = _speaker_after(sentence, tokens, index)
        if attribution is None and (word in SAYS or word in A_PERSON_SAYS or word in DATA_SHOW):
            attribution = _speaker_before(sentence, tokens, index)
        if attribution is not None:
            yield attribution


def _attribution(source: Source, start: int, end: int) -> Attribution:
    return Attribution(
        start, end, source.name, source.name_start, source.name_end, source.title, source.organisation, source.kind
    )


def _follows_a_mark(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or tokens[index - 1].text in _QUOTES or tokens[index - 1].lower in {"begitu", "demikian"}


def _pronoun_suffix(tokens: Sequence[Token], index: int) -> Attribution | None:
    token = tokens[index]
    hearsay = index == 0 and token.lower == "katanya" and [it.text for it in tokens[1:2]] != [","]
    if hearsay or not _follows_a_mark(tokens, index):
        return None
    return Attribution(token.start, token.end, "ia", token.start, token.end, None, None, "pronoun", token.lower)


def _is_account(tokens: Sequence[Token], index: int) -> bool:
    """`…, demikian paparan Iqbal Maulana`."""
    return tokens[index].lower in _ACCOUNTS and index > 0 and tokens[index - 1].lower in {"demikian", "begitu"}


def _data_of(sentence: str, tokens: Sequence[Token]) -> Attribution | None:
    """`Data Dinas Perikanan: 7.226 nelayan …`"""
    found = source_at(sentence, tokens, 1)
    if found is None or found[0].kind != "organisation" or found[1] >= len(tokens) or tokens[found[1]].text != ":":
        return None
    return _attribution(found[0], tokens[0].start, found[0].end)


def _speaker_after(sentence: str, tokens: Sequence[Token], index: int) -> Attribution | None:
    verb = tokens[index]
    if verb.lower in SAID_AFTER_MARK and not _follows_a_mark(tokens, index):
        return None
    if verb.lower in SAID_ANYWHERE and index and tokens[index - 1].lower in _PREPOSED_NOT:
        return None
    begin = index + 1
    while begin < min(len(tokens), index + 3) and tokens[begin].lower in {"oleh", "langsung", "lagi", "pula"}:
        begin += 1
    found = source_at(sentence, tokens, begin)
    if found is None:
        return _somebody_after(tokens, index, begin)
    if found[0].kind == "pronoun" and found[1] < len(tokens) and tokens[found[1]].lower in _ENGLISH_AUXILIARIES:
        return None  # "…, a seamstress, said she had never seen a payslip"
    again = found[1] < len(tokens) and tokens[found[1]].lower in _AGAIN
    return _attribution(found[0], verb.start, tokens[found[1]].end if again else found[0].end)


def _somebody_after(tokens: Sequence[Token], verb: int, begin: int) -> Attribution | None:
    """ "…," ujar politikus tiga periode itu: somebody named before, told by what he is."""
    if not _follows_a_mark(tokens, verb) or begin >= len(tokens) or not tokens[begin].text[0].islower():
        return None
    for at, token in enumerate(tokens[begin + 1 : begin + _LONGEST_ASIDE], begin + 1):
        if token.lower in {"itu", "tersebut"}:
            if any(it.lower in {"nama", "namanya", "identitas", "identitasnya"} for it in tokens[begin:at]):
                return None  # who does not want to be named was not named before
            start, end = tokens[begin].start, token.end
            return Attribution(tokens[verb].start, end, "ia", start, end, None, None, "pronoun")
        if not token.text[0].isalnum() or token.lower in PREPOSITIONS - {"di", "dari"}:
            return None
    return None


def _according_to(sentence: str, tokens: Sequence[Token], index: int) -> Attribution | None:
    begin = index + 1
    while begin < min(len(tokens), index + 6) and (
        tokens[begin].lower in DATA_NOUNS or tokens[begin].lower in {"to", "pada", "the"}
    ):
        begin += 1
    if begin < len(tokens) and tokens[begin].lower in _VIEWS:
        view = tokens[begin]
        return Attribution(tokens[index].start, view.end, "ia", view.start, view.end, None, None, "pronoun")
    through_data = any(token.lower in DATA_NOUNS - {"dari"} for token in tokens[index + 1 : begin])
    if tokens[index].lower in NEEDS_DATA and not through_data:
        return None
    found = source_at(sentence, tokens, begin)
    if found is None or (found[0].kind == "pronoun" and through_data):
        return None
    return _attribution(found[0], tokens[index].start, found[0].end)


def _speaker_before(sentence: str, tokens: Sequence[Token], index: int) -> Attribution | None:
    """The subject of the verb: the longest naming that ends just before it."""
    verb = tokens[index]
    for begin in range(max(0, index - REACH), index):
        if begin and not _may_precede_subject(tokens, begin):
            continue
        found = source_at(sentence, tokens, begin)
        if found is None or not _reaches(tokens, found[1], index):
            continue
        if _is_speaker(found[0], tokens, begin, verb.lower):
            return _attribution(found[0], found[0].start, verb.end)
    return None


def _may_precede_subject(tokens: Sequence[Token], begin: int) -> bool:
    before = tokens[begin - 1]
    if before.lower in {"dan", "&"} and begin > 1 and tokens[begin - 2].is_capitalised:
        return False  # inside "Kementerian Komunikasi dan Informatika"
    opens = begin == 1 or (begin > 1 and tokens[begin - 2].text in _QUOTES)
    if opens and before.lower in _CONJUNCTIONS:
        return True
    named = before.is_capitalised and before.lower not in _DATING
    return before.lower in DATA_NOUNS or not (named or before.lower in PREPOSITIONS)


def _reaches(tokens: Sequence[Token], after: int, verb: int) -> bool:
    """Whether only adverbs, a date, one comma or "saat ditemui" stand between a naming and the verb."""
    if after > verb or verb - after > _LONGEST_ASIDE:
        return False
    between = tokens[after:verb]
    aside = between[bool(between and between[0].text == ",") :]
    if aside and aside[0].lower in _OCCASIONS:
        return not any(token.text in _ENDS_AN_ASIDE or token.lower in SAYS for token in aside)
    if len(between) > _MOST_ADVERBS:
        return False
    if _is_apposition(between):
        return True
    if between and between[0].text == ",":
        # "Abdul, menegaskan" has its comma only after an apposition.
        between = between[1:]
    return all(token.lower in ADVERBS or token.text.isdigit() or token.lower in _DATING for token in between)


def _after_apposition(tokens: Sequence[Token], index: int) -> int:
    """The index after "…, sopir truk tangki," that begins at this comma; the comma where none does."""
    second = next((at for at in range(index + 1, len(tokens)) if tokens[at].text == ","), index)
    return second + 1 if _is_apposition(tokens[index : second + 1]) else index


def _is_apposition(between: Sequence[Token]) -> bool:
    """Whether small words between commas tell what somebody is: "Gilang Ramadhana, fotografer lepas, bercerita"."""
    if len(between) < _LEAST_APPOSITION or between[0].text != "," or between[-1].text != ",":
        return False
    return all(token.text[0].islower() and token.lower not in _CUES for token in between[1:-1])


_DATING = word_set(
    """
    pada lalu bulan akhir
    januari februari maret april mei juni juli agustus september oktober november desember per tahun
    """
)


def _is_speaker(source: Source, tokens: Sequence[Token], begin: int, verb: str) -> bool:
    before = tokens[begin - 1].lower if begin else ""
    after_word = before[:1].isalnum()
    through_data = before in DATA_NOUNS
    if source.kind == "organisation":
        dated = before in _TIMES or before in _DATING or before.isdigit()
        return (verb in SAYS or (verb in DATA_SHOW and through_data)) and (
            not after_word or through_data or dated or before in PEOPLE
        )
    if source.kind == "pronoun":
        return verb not in DATA_SHOW
    lone_before = PEOPLE | _CONJUNCTIONS | {"jauh", "lanjut"}
    one_word = " " not in source.name and source.title is None
    return verb not in DATA_SHOW and not through_data and not (one_word and after_word and before not in lone_before)
