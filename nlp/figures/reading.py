"""From tokens to drafts: numeral expressions with unit and counted noun, before their meaning is decided."""

from dataclasses import dataclass, field
from datetime import date

from nlp.figures.cues import CUES, THEN
from nlp.figures.exclusions import find_exclusions, find_laws
from nlp.figures.lexicon import Hit, Lexicon, Token, tokenise, words
from nlp.figures.metrics import TOPICS
from nlp.figures.numerals import NUMERAL_OPENERS, Numeral, end_of_literal, numeral_at
from nlp.figures.periods import Period, find_periods
from nlp.figures.units import BRIDGES, MEASURE_LEXICON, NOUN_LEXICON, UNIT_CLASS, is_agentive, is_english_agentive

RANGE_LINKS = frozenset({"-", "–", "—", "hingga", "sampai", "s/d", "to", "~"})
RANK_HEADS = words("peringkat ranking rangking urutan posisi juara rank terbaik ranked nominasi")
RANK_NAMES = """
    pertama kesatu satu i first
    kedua dua ii second
    ketiga tiga iii third
    keempat empat iv
    kelima lima v
    keenam enam
    ketujuh tujuh
    kedelapan delapan
    kesembilan sembilan
    kesepuluh sepuluh
"""
RANKS = {name: rank for rank, names in enumerate(RANK_NAMES.strip().splitlines(), 1) for name in names.split()}
MONEY_SUBJECTS = words(
    """
    iuran santunan bayar membayar upah gaji biaya dana tunggakan piutang klaim manfaat beasiswa pemakaman
    berkala jht jp jkm jkk jkp senilai nilai premi nominal harga
    """
)
WAGE_WORDS = frozenset({"upah", "gaji", "umk", "ump", "umr", "penghasilan", "wages", "wage", "income"})
# A bare small number is a figure only when something announces a quantity.
ANNOUNCERS = words(
    """
    sebanyak sejumlah mencapai berjumlah tercatat yakni yaitu : totalnya total jumlahnya menjadi ada terdapat
    """
)
# Words that may follow a number whose noun was left out; any other lower-case word is a noun this field does not count.
FOLLOWERS = words(
    """
    yang di dan atau pada dari untuk per itu ini saja lagi telah sudah akan naik turun dengan terdiri sepanjang
    selama hingga sampai dalam ke se lebih kurang serta namun sedangkan sementara tapi tetapi dibanding
    dibandingkan setara senilai belum saat tahun pun kepada oleh sejak meningkat menurun bertambah berkurang
    jadi menjadi secara sebulan setahun setiap tiap nya karena atas in of by from as at and tersebut ribuan
    tumbuh hanya baru bukan tidak agar sehingga yakni yaitu sebelumnya aktif a this last or kata ujar tutur
    meninggal tewas luka cedera
    ungkap jelas sebut terbesar tertinggi masih juga kini adalah merupakan mereka kali sebagai berasal tersebar
    mendapat menerima unit buah terlindungi tercatat terdaftar ikut berlaku with sekitar sepertiga
    lain lainnya informal formal have has had are were is was
    """
)
_ENGLISH = words(
    """
    the of and was were has have for with its this that which from percent workers claims million billion paid
    fell rose is are had been by in on at to than said their who without months days employees
    """
)
_INDONESIAN = words(
    """
    yang dan di dari untuk dengan pada ini itu tidak persen orang peserta juta ribu miliar sebanyak adalah per
    akan sudah
    """
)
# Words that set a number against the one told before it: what it counts is what that one counted.
CONTRASTING = words("hanya baru cuma tinggal only just")
LARGEST_INDEX = 100
_NOUN_REACH = 4
_ENGLISH_MODIFIERS = 6
# English puts what describes a noun before it; these words end the search for the noun.
_NO_MODIFIERS = words(
    """
    a an the of in on at to for from by with and or but that which who is are was were has have had been be not as
    per this last until since percent times out
    """
)
# A "sentence" with more numbers is a table whose lines lost their ends.
MOST_FIGURES = 60

# Cues and topics are looked up together; "handover" is the name of one of each.
_TOPIC = "topic "
_PHRASES = Lexicon({**CUES, **{_TOPIC + name: {name: topic.words} for name, topic in TOPICS.items()}})

_MOVE_REACH = 5
_BEFORE_RANK = words("ke - nomor umum ke‑")
_NO_RANK_BEFORE = words("persen % juta ribu orang")
_LIST_OPENERS = words(", dan atau serta and / & menjadi jadi ke to")
_LIST_LINKS = words(", dan serta di and masing - disusul kemudian lalu atau sekitar menjadi jadi ke to")
# "Bontang 96, Berau 81, sedangkan Paser hanya 43 persen": between a number and the name of the next in a list of names.
_PARALLEL_LINKS = words(
    ", dan serta sedangkan sementara hanya cuma baru menyusul disusul diikuti kemudian lalu lantas di"
)
_RATIO_OF = ("people", "companies", "villages", "cases")
_WHOLES = words("yang dari target pekerja peserta lebih total")
_FILLERS = words("sekitar sebesar sebanyak lagi di angka")
_RETRACTING_MARKS = words("? , - – — .")
_RIGHTLY = words("seharusnya harusnya mestinya semestinya benar")
_AGAINST = words("sedangkan sementara padahal namun tetapi dibanding ketimbang daripada dari dan")
_LONGEST_COMPARISON = 16
_SHARED_PREPOSITIONS = words("ke di untuk bagi kepada")
_AIMED = words("kuota target sasaran targetnya kuotanya")
_TELLING = words("belum sudah langsung lapor masih tidak telah")
_HOLDING = words("punya pegang memegang mengantongi kantongi")
_STATING = words("sudah tersisa ada tinggal baru hanya cuma masih jadi tembus sampai")
_CLOSERS = words("saja lagi padahal sedangkan sementara namun tapi tetapi dan")
_LEAST_UNNAMED = 10
_OTHERS = words("lainnya lain lagi sisanya")
_NOW = words("kini sekarang")
_DONE = words("yang rampung tuntas selesai")
_HARMED = words("meninggal tewas luka cedera selamat sembuh cacat dirawat")
_SET_RIGHT = words("diralat dikoreksi keliru direvisi")
_DENIED_REACH = 6
_WHOLE = 100
_LEAST_RUPIAH = 1_000
_CALENDAR = frozenset({"years", "months"})
_RETRACTIONS = words("maksud ralat eh koreksi maaf")


@dataclass(slots=True)
class Draft:
    """One numeral expression with its unit; the slots are filled by later steps."""

    numeral: Numeral
    first: int
    last: int
    low: float
    high: float
    unit: str | None = None
    noun: Hit | None = None
    tags: list[str] = field(default_factory=list)
    comparator: str = "exact"
    direction: str | None = None
    outlook: str | None = None
    changing: bool = False
    arriving: bool = False
    partitive: bool = False
    kind: str = ""
    metric: str = ""
    topic: str = ""
    from_: "Draft | None" = None
    to: bool = False
    period: str | None = None

    @property
    def unit_class(self) -> str:
        """The class of the unit in which metrics are decided."""
        return UNIT_CLASS[self.unit] if self.unit else ""

    @property
    def end(self) -> int:
        """The token after the expression and its counted noun."""
        return max(self.last, self.noun.last) if self.noun else self.last

    def tag(self, name: str) -> None:
        """Note a phenomenon once."""
        if name not in self.tags:
            self.tags.append(name)


@dataclass(slots=True)
class Sentence:
    """A sentence's tokens, what the tables found in it, and its drafts in order.

    `lows` and `hosts` are the tokens' folded forms with and without clitic, for questions asked of many at once.
    """

    text: str
    tokens: list[Token]
    lows: list[str]
    hosts: list[str]
    cues: dict[str, list[Hit]]
    topics: list[Hit]
    periods: list[Period]
    english: bool
    published: date | None
    drafts: list[Draft] = field(default_factory=list)

    def low(self, i: int) -> str:
        """Folded form of token `i`, empty outside the sentence."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def host(self, i: int) -> str:
        """Folded form without clitic of token `i`, empty outside the sentence."""
        return self.hosts[i] if 0 <= i < len(self.hosts) else ""

    def token(self, i: int) -> Token | None:
        """Token `i`, None behind the end of the sentence."""
        return self.tokens[i] if i < len(self.tokens) else None

    def reads(self, i: int, *expected: str) -> bool:
        """Whether these folded words stand one after the other from token `i` on."""
        return all(self.low(i + k) == word for k, word in enumerate(expected))

    def is_origin(self, draft: Draft) -> bool:
        """Whether another figure moved from this one."""
        return any(draft is other.from_ for other in self.drafts)

    def hits(self, category: str) -> list[Hit]:
        """Where a cue table spoke."""
        return self.cues.get(category, [])


def is_title(sentence: Sentence) -> bool:
    """Whether nearly every longer word has a capital, so that capitals tell no names."""
    longer = [token.text[0].isupper() for token in sentence.tokens if token.kind == "word" and len(token.text) > 3]
    return sum(longer) > 0.7 * len(longer)


def read_sentence(text: str, published: date | None) -> Sentence:
    """The sentence with its numeral expressions read, united with their units and cleared of what is no figure."""
    tokens = tokenise(text)
    lows, hosts = [token.low for token in tokens], [token.host for token in tokens]
    periods = find_periods(tokens, published)
    if periods:
        laws = find_laws(tokens)
        periods = [period for period in periods if not any(law.first <= period.first < law.last for law in laws)]
    sentence = Sentence(text, tokens, lows, hosts, {}, [], periods, _is_english(lows), published)
    drafts = _numerals(sentence)
    if not drafts:
        sentence.drafts = _ranks(sentence)
        if sentence.drafts:
            _find_phrases(sentence)
        return sentence
    _find_phrases(sentence)
    drafts = _formulas(sentence, _ranges(sentence, drafts))
    for draft in drafts:
        _attach_measure(sentence, draft)
        _attach_noun(sentence, draft)
    _count_members_of_segments(sentence, drafts)
    drafts = _ratios(sentence, drafts)
    drafts = [draft for draft in drafts if not _is_retracted(sentence, draft)]
    drafts = _without_repetitions(sentence, drafts)
    _fill_elided(sentence, drafts)
    _restore_scales(drafts[::-1])
    sentence.drafts = [draft for draft in drafts if _is_countable(draft)]
    ranks = _ranks(sentence)
    if ranks:
        sentence.drafts = sorted(sentence.drafts + ranks, key=lambda draft: draft.first)
    return sentence


def _is_english(lows: list[str]) -> bool:
    if _ENGLISH.isdisjoint(lows):
        return False
    return len([word for word in lows if word in _ENGLISH]) > len([word for word in lows if word in _INDONESIAN])


def _find_phrases(sentence: Sentence) -> None:
    """Look up cues and topics together, in one pass."""
    topics: list[Hit] = []
    for category, hits in _PHRASES.scan(sentence.tokens).items():
        if category.startswith(_TOPIC):
            topics += hits
        else:
            sentence.cues[category] = hits
    sentence.topics = _topics(sentence.tokens, topics)


def _topics(tokens: list[Token], found: list[Hit]) -> list[Hit]:
    """Topic words in order; a word inside an earlier phrase of another topic does not speak for itself."""
    found.sort(key=lambda hit: (hit.first, -hit.last))
    kept: list[Hit] = []
    reach: tuple[int, int] = (0, 0)
    for hit in found:
        if hit.value == "agent_fee" and _is_committee(tokens, hit):
            continue
        inside = reach[0] < hit.first < reach[1]
        if inside or (hit.last <= reach[1] and hit.last - hit.first < reach[1] - reach[0]):
            continue
        kept.append(hit)
        if hit.last > reach[1]:
            reach = (hit.first, hit.last)
    return kept


def _is_committee(tokens: list[Token], hit: Hit) -> bool:
    """`Komisi IX`, `Komisi D`: a committee of a parliament is no fee."""
    follower = tokens[hit.last] if hit.last < len(tokens) else None
    committee = tokens[hit.first].text == "Komisi" and follower is not None
    return committee and follower is not None and follower.text.isupper() and len(follower.text) <= 4


def _numerals(sentence: Sentence) -> list[Draft]:
    tokens = sentence.tokens
    excluded = find_exclusions(tokens, sentence.periods)
    skip = {i for span in excluded for i in range(span.first, span.last)}
    drafts: list[Draft] = []
    reach = 0
    for i in [i for i, token in enumerate(tokens) if token.kind == "digits" or token.low in NUMERAL_OPENERS]:
        if i < reach or i in skip:
            continue
        numeral = numeral_at(tokens, i, english=sentence.english)
        if numeral is None:
            reach = end_of_literal(tokens, i) if tokens[i].kind == "digits" else i + 1
            continue
        drafts.append(Draft(numeral, numeral.first, numeral.last, numeral.low, numeral.high, tags=list(numeral.tags)))
        reach = numeral.last
        if len(drafts) == MOST_FIGURES:
            break
    return drafts


# --- joining expressions -------------------------------------------------------------------------------------------


def _ranges(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Neighbours like `30-40 persen`, `5 hingga 7 persen`, `antara 5 dan 7 juta` become one draft."""
    joined: list[Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        if before is not None and _forms_range(sentence, before, draft):
            _merge_range(before, draft)
        else:
            joined.append(draft)
    return joined


def _forms_range(sentence: Sentence, before: Draft, after: Draft) -> bool:
    if before.numeral.is_range or after.numeral.is_range or before.numeral.fraction or after.numeral.fraction:
        return False
    gap = sentence.lows[before.last : after.first]
    own = MEASURE_LEXICON.at(sentence.tokens, before.last) if gap else []
    if own:
        gap = gap[max(hit.last for hit in own) - before.last :]
    if gap == ["sampai", "dengan"] or gap == ["s", "/", "d"] or gap == ["s", ".", "d", "."]:
        gap = ["sampai"]
    if len(gap) != 1:
        return False
    measured = MEASURE_LEXICON.at(sentence.tokens, after.last)
    if own and not measured:
        return False
    between = gap[0] in ("dan", "and") and sentence.low(before.first - 1) in ("antara", "between")
    if gap[0] not in RANGE_LINKS and not between:
        return False
    opener = sentence.low(before.first - 1)
    if opener in ("dari", "from") and own and gap[0] in ("hingga", "sampai", "to"):
        return False
    moved = [hit for hit in sentence.hits("direction") if 0 <= before.first - 1 - hit.last <= _MOVE_REACH]
    if opener == "from" and moved:  # "rose from 39 to 41 million", "rose 13.2 percent from 40.8 to 42.1 million"
        return False
    return _lower_end(before, after) < after.high


def _lower_end(before: Draft, after: Draft) -> float:
    """The lower end takes the scale of the upper one, "2-3 juta", unless it would overtake it: "800 sampai seribu"."""
    scaled = before.low * after.numeral.scale
    shared = before.numeral.scale == 1 < after.numeral.scale and before.low < 1000
    return scaled if shared and scaled < after.high else before.low


def _merge_range(before: Draft, after: Draft) -> None:
    numeral = before.numeral
    before.low = _lower_end(before, after)
    before.high, before.last = after.high, after.last
    numeral.scale = max(numeral.scale, after.numeral.scale)
    numeral.separated = numeral.separated or after.numeral.separated
    numeral.currency = numeral.currency or after.numeral.currency
    numeral.suffix_an = numeral.suffix_an or after.numeral.suffix_an
    numeral.last, numeral.low, numeral.high = after.last, before.low, before.high
    for name in ("range", *after.tags):
        before.tag(name)


def _formulas(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """`70% x 80 x upah`: factors multiplied into one multiple of the wage."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is not None and _is_factor(sentence, before, draft):
            share = before.low / 100 if sentence.host(before.last) in ("%", "persen") else before.low
            before.low = before.high = round(share * draft.low, 6)
            before.last = draft.last
            before.tag("formula")
        else:
            kept.append(draft)
    return kept


def _is_factor(sentence: Sentence, before: Draft, after: Draft) -> bool:
    gap = sentence.hosts[before.last : after.first]
    if gap not in (["%", "x"], ["persen", "x"], ["%", "×"], ["%", "kali"], ["persen", "kali"]):
        return False
    return sentence.low(after.last) in ("x", "×", "kali") and sentence.low(after.last + 1) in WAGE_WORDS | {"bulan"}


def _ratios(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """`dua dari tiga pekerja` is a ratio; `satu dari 12 kandidat` only says "one of"."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        links = sentence.lows[before.last : draft.first] if before is not None else []
        if before is None or links not in (["dari"], ["in"], ["out", "of"], ["of"], ["di", "antara"]):
            kept.append(draft)
            continue
        people = draft.noun is not None and draft.noun.value in _RATIO_OF
        whole = draft.low in range(2, 11) or draft.low in (100, 1000)
        small = before.unit is None and before.noun is None and draft.unit in (None, *_RATIO_OF)
        follower = sentence.token(draft.last)
        spelled = "spelled" in before.tags and "spelled" in draft.tags and draft.noun is None
        alone = spelled and (follower is None or follower.kind == "mark" or follower.low in FOLLOWERS)
        if small and (people or alone) and whole and before.low < draft.low and not draft.numeral.currency:
            ratio = before.low / draft.low
            before.last, before.low, before.high, before.unit = draft.last, ratio, ratio, "ratio"
            before.noun = draft.noun
            before.numeral.fraction = True
            before.tag("fraction")
            continue
        if before.low == 1 and small:
            kept.pop()
        elif (
            before.low > 1
            and before.unit is None
            and links == ["dari"]
            and draft.noun is not None
            and not draft.numeral.currency
        ):
            before.unit = draft.unit
        kept.append(draft)
    return kept


def _ranks(sentence: Sentence) -> list[Draft]:
    """`juara satu`, `urutan pertama`, `peringkat ke-3`."""
    if RANK_HEADS.isdisjoint(sentence.hosts):
        return []
    tokens = sentence.tokens
    taken = {i for draft in sentence.drafts for i in range(draft.first, draft.last)}
    found = []
    for i, token in enumerate(tokens):
        if token.host not in RANK_HEADS or i in taken:
            continue
        j = i + 1
        while sentence.low(j) in _BEFORE_RANK:
            j += 1
        value = RANKS.get(sentence.low(j), 0)
        if not value and j < len(tokens) and tokens[j].kind == "digits" and len(tokens[j].text) <= 3:
            value = int(tokens[j].text)
        if value and j not in taken and sentence.host(j + 1) not in _NO_RANK_BEFORE:
            numeral = Numeral(i, j + 1, value, value)
            tags = [] if tokens[j].kind == "digits" else ["spelled"]
            found.append(Draft(numeral, i, j + 1, value, value, unit="rank", tags=tags))
    return found


# --- units ---------------------------------------------------------------------------------------------------------


def _attach_measure(sentence: Sentence, draft: Draft) -> None:
    numeral = draft.numeral
    if numeral.currency:
        draft.unit = numeral.currency
        if sentence.low(draft.last) == "rupiah":
            draft.last += 1
        return
    hits = MEASURE_LEXICON.at(sentence.tokens, draft.last)
    if not hits and sentence.low(draft.last) in ("-", "") and sentence.host(draft.last + 1) in ("persen", "fold"):
        hits = MEASURE_LEXICON.at(sentence.tokens, draft.last + 1)
    if not hits or (hits[0].value in _CALENDAR and numeral.scale > 1):  # "79 ribu tahun lalu" counts no years
        return
    hit = hits[0]
    if hit.value == "times" and not _is_multiple(sentence, draft, hit):
        draft.unit = "repetition"
        return
    last = hit.last
    if hit.value == "times" and sentence.low(hit.first) in ("x", "×") and sentence.low(hit.last) in WAGE_WORDS:
        last += 1
    if sentence.tokens[hit.last - 1].low.endswith("nya"):
        draft.tag("suffix_nya")
    if sentence.tokens[hit.last - 1].low == "persenan":
        numeral.suffix_an = True
        draft.tag("suffix_an")
    draft.last = last
    draft.unit = hit.value
    if hit.value == "basis_point":
        draft.unit = "percentage_point"
        draft.low, draft.high = draft.low / 100, draft.high / 100
        draft.tag("basis_point")
    elif hit.value == "weeks":
        draft.unit = "days"
        draft.low, draft.high = draft.low * 7, draft.high * 7


def _is_multiple(sentence: Sentence, draft: Draft, hit: Hit) -> bool:
    if sentence.low(hit.last - 1) in ("lipat", "times", "fold") or sentence.low(hit.last - 1) in WAGE_WORDS:
        if sentence.low(hit.last - 1) == "lipat":
            draft.tag("multiple")
        return True
    follower = [sentence.host(hit.last + k) for k in range(3)]
    if any(word in WAGE_WORDS for word in follower):
        return True
    moved = any(hit.last - d.last <= 8 and d.last <= draft.first for d in sentence.hits("direction"))
    if moved and follower[0] not in ("dalam", "setahun", "sebulan", "sehari"):
        draft.tag("multiple")
        return True
    return False


def _attach_noun(sentence: Sentence, draft: Draft) -> None:
    j = draft.last + (_english_modifiers(sentence, draft.last) if sentence.english and draft.unit is None else 0)
    for _ in range(_NOUN_REACH):
        if j >= len(sentence.tokens) or sentence.tokens[j].kind == "mark":
            return
        hits = NOUN_LEXICON.at(sentence.tokens, j)
        word = sentence.low(j)
        if hits:
            longest = max(hits, key=lambda hit: hit.last)
            if draft.unit is None and longest.value == "regions" and sentence.low(longest.last) in ("orang",):
                return
            if _leads_to_money(sentence, longest):
                return
            draft.noun = longest
        elif is_english_agentive(word) if sentence.english else is_agentive(word):
            draft.noun = Hit("noun", "people", j, j + 1)
        elif word in BRIDGES:
            j += 1
            continue
        break
    if draft.noun is None:
        return
    if draft.unit is None:
        draft.unit = "ratio" if draft.numeral.fraction else draft.noun.value
    if draft.noun.value == "people" and sentence.low(draft.noun.first) in ("perserta", "peseta"):
        draft.tag("typo_unit")
    code = sentence.low(draft.noun.first)
    if code in ("pds", "pwbd"):
        draft.tag(code.upper())


def _count_members_of_segments(sentence: Sentence, drafts: list[Draft]) -> None:
    """`88.120 penerima upah, 41.560 BPU, dan 10.320 jasa konstruksi`: beside other segments it counts no companies."""
    for k, draft in enumerate(drafts):
        if draft.noun is None or draft.unit != "companies" or sentence.low(draft.noun.first) not in _SEGMENT_LABELS:
            continue
        divided = not _OTHER_SEGMENTS.isdisjoint(sentence.lows[: draft.first])
        if divided and any(before.unit == "people" for before in drafts[:k]):
            draft.unit = "people"


def _english_modifiers(sentence: Sentence, i: int) -> int:
    """How many words describe the counted noun, which comes last: "8,700 palm oil workers", "320 hotel workers"."""
    described = 0
    for n in range(_ENGLISH_MODIFIERS + 1):
        ended = i + n >= len(sentence.tokens) or sentence.tokens[i + n].kind == "digits"
        hyphen = not ended and sentence.low(i + n) == "-"
        compound = hyphen or sentence.low(i + n - 1) == "-"
        if ended or (sentence.tokens[i + n].kind == "mark" and not hyphen):
            break
        if sentence.low(i + n) in _NO_MODIFIERS and not (compound or sentence.low(i + n + 1) == "-"):
            break
        if NOUN_LEXICON.at(sentence.tokens, i + n):
            described = n
        elif is_english_agentive(sentence.low(i + n)):
            return n
    return described


def _leads_to_money(sentence: Sentence, noun: Hit) -> bool:
    """`854 ribu klaim` counts claims, `16 ribu iuran` would not; only proper counting nouns count."""
    return sentence.low(noun.first) in MONEY_SUBJECTS and noun.value not in ("cases", "people")


def _is_bare(draft: Draft) -> bool:
    numeral = draft.numeral
    return not (numeral.separated or numeral.scale > 1 or numeral.vague or numeral.suffix_an or draft.low >= 1000)


def _fill_elided(sentence: Sentence, drafts: list[Draft]) -> None:
    """Give units left out: by the next member of a list, by the subject, by the previous figure, by the field."""
    _fill_from_next(sentence, drafts)
    bracketed = _bracketed_shares(sentence, drafts)
    for k, draft in enumerate(drafts):
        if draft.unit is not None:
            continue
        before = drafts[k - 1] if k else None
        unit = _unit_of_fraction(sentence, draft)
        if unit is None:
            unit = "percent" if k in bracketed else _unit_of_contrast(sentence, drafts, k)
        if unit is None and _may_be_elided(sentence, draft, before):
            part = sentence.reads(draft.last, "di", "antaranya")
            named = before is not None and _goes_on_by_names(sentence, draft, before)
            others = before is not None and (part or named or sentence.low(draft.last) in _OTHERS)
            unit = (
                (_unit_of_previous(drafts, k) if others else None)
                or _unit_of_the_harmed(sentence, draft, before)
                or _unit_of_what_is_left(sentence, draft, before)
                or _unit_of_subject(sentence, draft, before)
                or _unit_of_previous(drafts, k)
                or _unit_of_the_field(draft)
            )
        _supply(draft, unit)
    _fill_from_next(sentence, drafts)


def _fill_from_next(sentence: Sentence, drafts: list[Draft]) -> None:
    """From the last member of a list back to the first."""
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        if draft.unit is None:
            unit = _unit_of_list(sentence, draft, following) or _unit_it_grew_to(sentence, draft, following)
            _supply(draft, unit)


def _unit_it_grew_to(sentence: Sentence, draft: Draft, following: Draft) -> str | None:
    """`dulunya 52, sekarang sudah 87 orang`, `tadinya 2.100, sekarang jadi 3.450 orang`."""
    gap = sentence.lows[draft.last : following.first]
    then = sentence.low(draft.first - 1) in THEN and gap[:1] == [","] and len(gap) <= _LONGEST_COMPARISON
    return following.unit if then and not _NOW.isdisjoint(gap) else None


def _supply(draft: Draft, unit: str | None) -> None:
    if unit is not None:
        draft.unit = unit
        draft.tag("missing_currency" if unit == "IDR" else "elided_unit")


def _unit_of_list(sentence: Sentence, draft: Draft, following: Draft) -> str | None:
    if following.unit in (None, "times", "repetition"):
        return None
    gap = sentence.tokens[draft.last : following.first]
    if not gap or len(gap) > 8:
        return None
    between = [token.low for token in gap]
    if between[0] == "atau" and following.unit == "percent":
        return following.noun.value if following.noun is not None else None
    if between[0] not in _LIST_OPENERS:
        return None
    if following.unit_class == "percent" and draft.numeral.scale > 1:
        return None
    links = _PARALLEL_LINKS if _is_named(sentence, draft) and _is_named(sentence, following) else _LIST_LINKS
    linking = all(token.low in links or token.text[0].isupper() for token in gap)
    if not linking or (following.unit in ("days", "months", "years") and len(between) > 2):
        return None
    return following.unit


def _is_named(sentence: Sentence, draft: Draft) -> bool:
    """Whether the name stands before the number whose it is: "Mahakam Ulu hanya 43 persen", "Bone Rp1,7 miliar"."""
    j = draft.first - 1
    while sentence.low(j) in CONTRASTING:
        j -= 1
    return j >= 0 and sentence.tokens[j].kind == "word" and sentence.tokens[j].text[0].isupper()


def _unit_of_contrast(sentence: Sentence, drafts: list[Draft], k: int) -> str | None:
    """A bare number told against a percentage is one too: nothing else in its clause is counted."""
    draft, before = drafts[k], drafts[k - 1] if k else None
    spelled = "spelled" in draft.tags or draft.numeral.fraction
    scaled = draft.numeral.scale > 1 or draft.numeral.currency is not None
    if before is None or before.unit != "percent" or scaled or draft.high > _WHOLE or spelled:
        return None
    follower = sentence.token(draft.last)
    closing = follower is None or follower.kind == "mark"
    gap = sentence.tokens[before.end : draft.first]
    counted = any(NOUN_LEXICON.at(sentence.tokens, j) for j in range(before.end, draft.first))
    listed = gap[:1] and gap[0].text == "," and len(gap) <= _LONGEST_LABEL and not counted
    return "percent" if closing and (listed or _is_contrasted(sentence, draft)) else None


def _bracketed_shares(sentence: Sentence, drafts: list[Draft]) -> set[int]:
    """`cakupan 48,6 persen, di bawah Banjarbaru (55,2) dan Kotabaru (51)`: compared with a percentage told before."""
    first = next((k for k, draft in enumerate(drafts) if draft.unit == "percent"), len(drafts))
    bracketed = {
        k
        for k, draft in enumerate(drafts)
        if k > first and draft.high <= _WHOLE and _is_bracketed_after_name(sentence, draft)
    }
    return bracketed if any(drafts[k].low != int(drafts[k].low) for k in bracketed) else set()


def _is_bracketed_after_name(sentence: Sentence, draft: Draft) -> bool:
    named = draft.first > 1 and sentence.tokens[draft.first - 2].text[0].isupper()
    return named and sentence.low(draft.first - 1) == "(" and sentence.low(draft.last) == ")"


def _unit_of_the_harmed(sentence: Sentence, draft: Draft, before: Draft | None) -> str | None:
    """`57 pekerja mengalami kecelakaan, 5 meninggal`: it is people who die or are hurt."""
    return "people" if before is not None and sentence.low(draft.last) in _HARMED else None


def _unit_of_what_is_left(sentence: Sentence, draft: Draft, before: Draft | None) -> str | None:
    """`143 perusahaan lalai mendaftarkan pekerjanya, kini tinggal 96`: what is left is of what there was."""
    if before is None or before.unit not in _COUNTED:
        return None
    alike = (
        draft.numeral.scale > 1 and draft.numeral.scale == before.numeral.scale
    )  # "2,05 jt, yang membayar cuma 1,6 jt"
    grown = sentence.low(draft.first - 1) in ("sudah", "jadi", "menjadi", "ada")
    grown = grown and not _NOW.isdisjoint(sentence.lows[before.end : draft.first])  # "kini per November sudah 13.700"
    left = (
        grown or sentence.low(draft.first - 1) == "tinggal" or (alike and sentence.low(draft.first - 1) in CONTRASTING)
    )
    return before.unit if left else None


def _unit_of_fraction(sentence: Sentence, draft: Draft) -> str | None:
    """`kurang dari separuh target`, `sepertiga dari total`: a part of something named."""
    if not draft.numeral.fraction:
        return None
    if sentence.low(draft.last - 1).endswith("nya"):
        return "ratio"
    word = sentence.host(draft.first)
    if word == "setengah" and sentence.low(draft.first) == word and sentence.host(draft.last) not in _WHOLES:
        return None
    follower = sentence.token(draft.last)
    compared = any(hit.last == draft.first for hit in sentence.hits("comparator"))
    if compared and sentence.low(draft.last) in (",", ".", ""):  # "lebih dari separuh, persisnya 53,7 persen"
        return "ratio"
    if (
        follower is None
        or follower.kind == "mark"
        or (draft.tags == ["fraction", "english"] and follower.low in ("a", "an"))
    ):
        return None
    return "ratio"


# What a number can be told of by a label before it: "PDS upah 28", "BPU 120".
_LABELS = words(
    """
    mikro kecil menengah besar kematian kecelakaan pensiun pds pwbd pu bpu jakon pmi jht jkk jkm jp jkp desa kelurahan
    laki-laki perempuan menunggak
    """
)
_FORMERLY = words("biasanya sebelumnya semula tadinya awalnya hanya sekitar")
_VERBAL = ("me", "di", "ter", "ber", "sudah", "belum")
_COUNTED_PLACES = words("provinsi kabupaten kota kecamatan daerah desa kelurahan nagari kampung gampong")
_SHORTEST_VERB = 5
_LONGEST_LABEL = 5
_TALLYING = words(", dan serta dari ;")
_COUNTED = frozenset({"people", "companies", "cases", "documents", "villages", "regions"})


def _may_be_elided(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    if draft.numeral.fraction:
        return False
    counted = before if before is not None and before.unit in _COUNTED else None
    if counted is not None and _unit_of_what_is_left(sentence, draft, counted) is not None:
        return True
    follower = sentence.token(draft.last)
    open_end = follower is None or follower.kind != "word" or _may_follow(follower)
    if not open_end and sentence.host(draft.last) not in ("beasiswa",):
        return False
    if sentence.low(draft.last) == "lainnya" or sentence.low(draft.first - 1) in ("sisanya", "selebihnya"):
        return True
    if counted is not None and _stands_against(sentence, draft, counted):
        return True
    if "spelled" in draft.tags and draft.numeral.scale == 1:
        return False
    opening = draft.first - 1
    while sentence.low(opening) in _FORMERLY:
        opening -= 1
    gap = sentence.lows[counted.end : draft.first] if counted is not None else []
    moved = gap and any(hit.last == draft.first for hit in sentence.hits("direction"))
    if moved and sentence.low(draft.last) in ("dari", "dibanding", ",", ".", ""):
        return True  # "1.206 unit, bertambah 87 dari hitungan lalu"
    if len(gap) > 1 and gap[-1] in ("ke", "menjadi", "jadi") and len(gap) <= _LONGEST_LABEL:
        return True  # "dari 312 kejadian pada 2022 ke 268 pada 2023"
    origin = sentence.low(opening) == "dari" and any(hit.last <= draft.first for hit in sentence.hits("direction"))
    part = sentence.reads(draft.last, "di", "antaranya")
    announced = sentence.low(draft.first - 1) in ANNOUNCERS or _is_contrasted(sentence, draft)
    compared = any(hit.last == draft.first for hit in sentence.hits("comparator"))
    if counted is not None and _goes_on_by_names(sentence, draft, counted):
        return True
    if _counts_its_subject(sentence, draft, before):
        return True
    return not _is_bare(draft) or origin or part or announced or compared or _goes_on(sentence, draft, before)


def _counts_its_subject(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    """`Perusahaan yang bandel tersisa 87, padahal …`, `kecelakaan sudah 418`: a verb, a number, the end."""
    word = sentence.low(draft.first - 1)
    stated = word in _STATING or (len(word) > _SHORTEST_VERB and word.startswith(_VERBAL[:4]))
    follower = sentence.token(draft.last)
    closing = follower is None or follower.kind == "mark" or follower.low in _CLOSERS
    if not (stated and closing) or draft.high < _LEAST_UNNAMED or draft.low != int(draft.low):
        return False
    return _unit_of_subject(sentence, draft, before) in _COUNTED


def _may_follow(follower: Token) -> bool:
    """Whether the word may stand behind a number whose noun was left out: a verb, a link, a name, but no noun."""
    verb = len(follower.low) > _SHORTEST_VERB and follower.low.startswith(_VERBAL)
    return follower.low in FOLLOWERS or follower.text[0].isupper() or verb


def _goes_on(sentence: Sentence, draft: Draft, before: Draft | None) -> bool:
    """`19 PWBD, 33 menunggak, dan 12 melaporkan`, `63 perusahaan, PDS upah 28`, `14 kota dari 24`: a tally goes on."""
    if before is None or before.unit not in _COUNTED:
        return False
    gap = sentence.lows[before.end : draft.first]
    onward = sentence.low(draft.last)
    if onward in _SHARED_PREPOSITIONS and onward in gap and gap[-1] == ",":  # "21 dilimpahkan ke Kejari A, 15 ke B"
        return True
    if len(gap) > 1 and sentence.tokens[before.end].text.isupper() and gap[0] != ",":
        gap.pop(0)  # "61 pelajar SD, 38 SMP"
    while gap and len(gap[0]) > _SHORTEST_VERB and gap[0].startswith(_VERBAL[:4]):
        gap.pop(0)
    if not gap:
        return False
    if gap[-1] == "," and sentence.low(draft.last).startswith(_VERBAL[:2]):  # "…, 12 diseret ke kejaksaan"
        return True
    if len(gap) > _LONGEST_LABEL or gap[0] not in _TALLYING:
        return False
    labels = [word for word in gap if word not in _TALLYING]
    return not labels or any(sentence.low(j) in _LABELS for j in range(before.end, draft.first))


def _stands_against(sentence: Sentence, draft: Draft, before: Draft) -> bool:
    """Whether a bare number goes on counting what the last one counted.

    `sedangkan tahun lalu 388`, `cuma dua`, `dan 19 lagi menyembunyikan …`, `antara lain 412 berskala besar`.
    """
    gap = sentence.lows[before.end : draft.first]
    if len(gap) > _LONGEST_COMPARISON or ";" in gap:
        return False
    if sentence.low(before.first - 1) == "dari" and gap[-1:] == [","] and sentence.low(draft.last) in _TELLING:
        return True  # "Dari 67 badan usaha yang dipanggil, 41 sudah melunasi"
    if gap[-1:] and gap[-1] in (",", "dan") and sentence.low(draft.last) in _TELLING and before.unit != "people":
        return True  # "14 perusahaan daftar sebagian, 9 lapor upah kurang, dan 23 belum daftar"
    then = sentence.low(draft.first - 1) in THEN
    if sentence.low(draft.last) == "lagi" or gap[-2:] in (["antara", "lain"], ["di", "antaranya"]):
        return True
    follower = sentence.token(draft.last)
    if sentence.low(draft.last) in _DONE and (_is_contrasted(sentence, draft) or gap[-1:] == [","]):
        return True  # "dari 52 surat kuasa, 38 rampung", "cuma tujuh yang ditolak"
    if sentence.reads(draft.last, "di", "antaranya"):
        return True
    if follower is not None and follower.kind == "word":
        return False
    if not _AIMED.isdisjoint(gap):
        return True  # "150 orang, padahal kuota loket sehari 120"
    dated = then or any(period.last == draft.first for period in sentence.periods)
    return (dated and (then or not _AGAINST.isdisjoint(gap))) or _is_contrasted(sentence, draft)


def _goes_on_by_names(sentence: Sentence, draft: Draft, before: Draft) -> bool:
    """`Wanasaba 412 orang, Aikmel 388, dan Masbagik 507`: each number has a name before it, and commas part them."""
    gap = sentence.tokens[before.end : draft.first]
    parted = bool(gap) and gap[0].low in _TALLYING
    named = _is_named(sentence, draft) and _is_named(sentence, before)
    return parted and named and all(token.low in _PARALLEL_LINKS or token.text[0].isupper() for token in gap)


def _is_contrasted(sentence: Sentence, draft: Draft) -> bool:
    """`1.870 klaim masuk, baru 640 dibayar`; `target 60 persen, kita baru sampai 49`."""
    j = draft.first - 1
    while sentence.low(j) in ("sekitar", "sampai", "mencapai", "about", "ada", "sebanyak"):
        j -= 1
    return sentence.low(j) in CONTRASTING


_SEGMENT_LABELS = frozenset({"jasa", "jakon", "konstruksi"})
_OTHER_SEGMENTS = frozenset({"upah", "pu", "bpu", "pbpu", "pmi"})


def _unit_of_subject(sentence: Sentence, draft: Draft, before: Draft | None) -> str | None:
    """The nearest countable noun to the left, not beyond the previous figure."""
    floor = before.last if before is not None else 0
    for j in range(draft.first - 1, floor - 1, -1):
        if sentence.low(j) in (";",):
            break
        if sentence.low(j) == "kartu" and sentence.low(j - 1) in _HOLDING:  # "yang punya kartu 38.214" counts people
            return "people"
        hits = [hit for hit in NOUN_LEXICON.at(sentence.tokens, j) if hit.last <= draft.first]
        if _is_sum(sentence, draft, j):
            return "IDR"
        if sentence.host(j) in ("indeks", "skor") and draft.high <= LARGEST_INDEX:
            return "points"
        if hits:
            longer = NOUN_LEXICON.at(sentence.tokens, j - 1) if j else []  # "perusahaan peserta" counts companies
            unit = max([*hits, *longer], key=lambda hit: (hit.last, -hit.first)).value
            if sentence.low(j) in _SEGMENT_LABELS:  # "BPU 9,58 juta, jasa konstruksi 5,53 juta" counts members
                return "people"
            proper = unit in ("regions", "villages") and sentence.low(j) not in _COUNTED_PLACES
            if unit in _COUNTED and not (proper or (sentence.tokens[j].text[0].isupper() and unit == "regions")):
                return unit
    return None


def _is_sum(sentence: Sentence, draft: Draft, j: int) -> bool:
    """Whether the word at `j` makes a number without a currency mark a sum of money."""
    word = sentence.host(j)
    if word not in MONEY_SUBJECTS or sentence.low(draft.first - 1) in ("sebanyak", "sejumlah", "berjumlah"):
        return False
    if word in ("iuran", "bayar", "membayar", "premi"):
        between = [sentence.low(i) for i in range(j + 1, draft.first)]
        return draft.first - j <= 4 and not {"dan", ",", "oleh"} & set(between)
    return draft.low >= 10_000_000 or (draft.low >= 1_000_000 and draft.numeral.scale == 1)


def _unit_of_the_field(draft: Draft) -> str | None:
    """What the agency's press counts when a sentence names nothing: rupiah by the billion, else people."""
    if draft.numeral.scale >= 10**9:
        return "IDR"
    return "people" if draft.numeral.scale >= 1000 and not draft.numeral.vague else None


def _unit_of_previous(drafts: list[Draft], k: int) -> str | None:
    if k == 0:
        return None
    unit = drafts[k - 1].unit
    if unit == "IDR":
        return "IDR" if drafts[k].low >= 10_000 else None
    if unit in _COUNTED or unit == "points":
        return unit
    for earlier in reversed(drafts[: k - 1]):
        if earlier.unit in _COUNTED:
            return earlier.unit
    return None


# --- what is no figure after all -----------------------------------------------------------------------------------


def _is_retracted(sentence: Sentence, draft: Draft) -> bool:
    """`bukan 12 persen, melainkan 9`; `Rp1,500 juta? Maksudnya Rp1,5 miliar`."""
    j = draft.first - 1
    while sentence.low(j) in _FILLERS:
        j -= 1
    if sentence.low(j) == "bukan" or (sentence.english and sentence.low(j) == "not"):
        return True
    moved = any(hit.last == j + 1 and sentence.low(hit.first - 1) == "bukan" for hit in sentence.hits("direction"))
    if moved and sentence.low(draft.end) == "," and sentence.low(draft.end + 1) == "melainkan":
        return True  # "bukan turun 2 persen, melainkan turun 2 poin persen"
    if _is_denied(sentence, draft) or _is_set_right(sentence, draft):
        return True
    if sentence.low(j) == "tertulis" and any(token.low in _RIGHTLY for token in sentence.tokens[draft.end :]):
        return True  # "tertulis 74 persen, seharusnya 47 persen"
    after = draft.end
    if sentence.low(after) in _RETRACTING_MARKS:
        return sentence.host(after + 1) in _RETRACTIONS or sentence.low(after + 1) == "maksudnya"
    return False


def _is_denied(sentence: Sentence, draft: Draft) -> bool:
    """`Tidak benar 800 buruh dicoret`, `Tidak benar bahwa tunggakan itu Rp3 miliar`."""
    if "benar" not in sentence.lows:
        return False
    for j in range(draft.first - 1, 0, -1):
        if sentence.tokens[j].kind == "mark":
            return False
        if sentence.low(j) == "benar" and sentence.low(j - 1) in ("tidak", "tak"):
            return draft.first - j <= _DENIED_REACH
    return False


def _is_set_right(sentence: Sentence, draft: Draft) -> bool:
    """`Angka 5.800 yang dirilis pekan lalu sudah diralat; yang benar 3.850`: the right number comes behind."""
    if _SET_RIGHT.isdisjoint(sentence.lows):
        return False
    for j in range(draft.end, len(sentence.tokens) - 1):
        if sentence.tokens[j].kind == "digits":
            return False
        if sentence.low(j) in _SET_RIGHT:
            return any(sentence.low(i) in _RIGHTLY for i in range(j + 1, len(sentence.tokens)))
    return False


def _without_repetitions(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """`Rp42.000.000 (empat puluh dua juta rupiah)`: the same value again in brackets."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        bracketed = sentence.low(draft.first - 1) == "(" and sentence.low(draft.end) in (")", "")
        if before is not None and bracketed and before.low == draft.low and before.high == draft.high:
            before.tag("restated_in_words")
            if before.unit is None:
                _take_unit_of_repetition(sentence, before, draft)
            continue
        kept.append(draft)
    return kept


def _take_unit_of_repetition(sentence: Sentence, draft: Draft, repetition: Draft) -> None:
    """`12 (dua belas) desa`, `12 (dua belas desa)`: what is counted is told behind or inside the brackets."""
    if repetition.unit is not None:
        draft.unit, draft.noun = repetition.unit, repetition.noun
        return
    last, behind = draft.last, repetition.end + 1
    draft.last = behind
    _attach_measure(sentence, draft)
    _attach_noun(sentence, draft)
    if draft.last == behind:  # a counted noun stands outside the surface
        draft.last = last


def _restore_scales(drafts: list[Draft]) -> None:
    """`18,27 juta, terdiri dari 17,64 peserta PU`: nobody counts in hundredths of a person, or pays "Bone 1,7"."""
    for k, draft in enumerate(drafts):
        if draft.unit == "IDR" and "missing_currency" in draft.tags and draft.high < _LEAST_RUPIAH:
            beside = drafts[k + 1 : k + 2] + drafts[max(0, k - 1) : k]
            scale = next((it.numeral.scale for it in beside if it.unit == "IDR" and it.numeral.scale > 1), 1)
            draft.low, draft.high, draft.numeral.scale = draft.low * scale, draft.high * scale, scale
        if draft.unit != "people" or draft.numeral.scale != 1 or draft.low == int(draft.low):
            continue
        scaled = next((other for other in drafts if other.unit == "people" and other.numeral.scale > 1), None)
        if scaled is not None:
            draft.low, draft.high = draft.low * scaled.numeral.scale, draft.high * scaled.numeral.scale
            draft.tag("missing_scale")


def _is_countable(draft: Draft) -> bool:
    if draft.unit is None or draft.unit not in UNIT_CLASS:
        return False
    if draft.unit == "ratio" and not draft.numeral.fraction:
        return False
    return draft.unit_class != "percent" or draft.low < 100_000
