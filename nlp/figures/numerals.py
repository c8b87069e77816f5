"""Numeral expressions: how Indonesian (and English-language Indonesian) newsrooms write numbers.

The tables come first; below them a reader that turns tokens into `Numeral` values in one pass from left to right.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from nlp.figures.lexicon import Token

UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9,
}  # fmt: skip
# "se-" is "one" in front of every multiplier.
SE_FORMS = {
    "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1_000, "sejuta": 1_000_000, "semiliar": 10**9,
    "setriliun": 10**12,
}  # fmt: skip
SCALES = {
    "ribu": 10**3, "rb": 10**3, "rbu": 10**3, "juta": 10**6, "jt": 10**6, "jta": 10**6, "miliar": 10**9,
    "milyar": 10**9, "miliyar": 10**9, "milliar": 10**9, "mlyr": 10**9, "triliun": 10**12, "trilyun": 10**12,
    "trilliun": 10**12, "trilun": 10**12,
}  # fmt: skip
# Read only after a currency mark ("Rp1,5 M") because a bare "M" is a metre or a name. Case matters.
MONEY_SCALES = {"M": 10**9, "T": 10**12, "Miliar": 10**9, "jt": 10**6, "rb": 10**3, "B": 10**9, "K": 10**3, "k": 10**3}
ENGLISH_SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "mln": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9,
    "bln": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12, "t": 10**12,
}  # fmt: skip
ENGLISH_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
ENGLISH_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
FRACTIONS = {
    "sepertiga": 1 / 3, "seperempat": 1 / 4, "seperlima": 1 / 5, "seperenam": 1 / 6, "seperdelapan": 1 / 8,
    "sepersepuluh": 1 / 10, "separuh": 1 / 2, "separo": 1 / 2, "setengah": 1 / 2,
}  # fmt: skip
DENOMINATORS = {"pertiga": 3, "perempat": 4, "perlima": 5, "perenam": 6, "perdelapan": 8, "persepuluh": 10}
ENGLISH_DENOMINATORS = {
    "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip
# What a speaker means who says only the order of magnitude.
VAGUE = {
    "belasan": (11, 19), "puluhan": (10, 100), "ratusan": (100, 1_000), "ribuan": (10**3, 10**4),
    "jutaan": (10**6, 10**7), "miliaran": (10**9, 10**10), "milyaran": (10**9, 10**10), "triliunan": (10**12, 10**13),
}  # fmt: skip
# After a digit in words: "lima ratusan" is about five hundred.
ROUND = {"puluhan": 10, "ratusan": 100}
ENGLISH_VAGUE = {
    "dozens": (10, 100), "tens": (10, 100), "hundreds": (100, 1_000), "thousands": (10**3, 10**4),
    "millions": (10**6, 10**7),
}  # fmt: skip
SPELLED_AN = {
    "sepuluhan": 10, "seratusan": 100, "seribuan": 1_000, "sejutaan": 1_000_000,
    **{f"{scale}an": value for scale, value in SCALES.items()},
}  # fmt: skip
CURRENCIES = {"rp": "IDR", "idr": "IDR", "usd": "USD", "us$": "USD", "$": "USD"}
# Every word that can begin a numeral; a sentence without digits and without these holds none.
NUMBER_WORDS = frozenset(
    {*UNITS, *SE_FORMS, *FRACTIONS, *(f"{fraction}nya" for fraction in FRACTIONS), *VAGUE, *SPELLED_AN}
)
ENGLISH_NUMBER_WORDS = frozenset({*ENGLISH_UNITS, *ENGLISH_TENS, *ENGLISH_VAGUE, "half", "a"})
ENGLISH_LARGE_NUMBERS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
# Ordinary words one letter away from a scale word.
NOT_SCALES = frozenset({"duta", "juga", "kuta", "buta", "ribut", "riba", "jura", "biru", "mulia", "rubu", "juru"})
NUMERAL_OPENERS = frozenset({*NUMBER_WORDS, *ENGLISH_NUMBER_WORDS, *CURRENCIES, "us", "s"})
_TYPO_TARGETS = ("ribu", "juta", "miliar", "milyar", "triliun", "trilyun")
_MOST_GROUPS = 7
_LONGEST_GROUP = 15
_HYPHENS = frozenset("-–—‑−~")


@dataclass(slots=True)
class Numeral:
    """A numeral expression at tokens [first, last): its value without unit, and how it was written."""

    first: int
    last: int
    low: float
    high: float
    currency: str | None = None
    scale: float = 1.0
    digits: bool = False
    separated: bool = False
    fraction: bool = False
    vague: bool = False
    suffix_an: bool = False
    tags: list[str] = field(default_factory=list)

    @property
    def is_range(self) -> bool:
        """Whether the expression names two ends."""
        return self.low != self.high


class _Literal(NamedTuple):
    groups: tuple[str, ...]
    marks: tuple[str, ...]
    last: int
    gap: bool = False


def numeral_at(tokens: list[Token], i: int, *, english: bool) -> Numeral | None:
    """The numeral expression that begins at token `i`, currency mark included; ranges are joined by the caller."""
    if tokens[i].kind != "digits" and tokens[i].low not in NUMERAL_OPENERS:
        return None
    currency, j = _currency_at(tokens, i)
    if j >= len(tokens):
        return None
    if tokens[j].kind == "digits":
        numeral = _from_digits(tokens, j, currency, english)
    elif tokens[j].low in NUMBER_WORDS or (english and tokens[j].low in ENGLISH_NUMBER_WORDS):
        numeral = _from_words(tokens, j, english)
    else:
        numeral = None
    if numeral is None:
        return None
    numeral.first, numeral.currency = i, currency
    if currency and not numeral.digits and not numeral.vague and numeral.scale == 1:
        return None
    return numeral


def end_of_literal(tokens: list[Token], i: int) -> int:
    """The token after the run of digits, dots and commas that begins at `i`, however long it is."""
    j = i + 1
    while j + 1 < len(tokens) and tokens[j].text in ".," and tokens[j + 1].kind == "digits":
        if tokens[j].start != tokens[j - 1].end or tokens[j + 1].start != tokens[j].end:
            break
        j += 2
    return j


def _currency_at(tokens: list[Token], i: int) -> tuple[str | None, int]:
    token = tokens[i]
    if token.low in ("us", "s") and i + 1 < len(tokens) and tokens[i + 1].text == "$":
        return "USD", i + 2
    code = CURRENCIES.get(token.low)
    if code is None:
        return None, i
    j = i + 1
    while j < len(tokens) and tokens[j].text in (".", ":") and j - i <= 2:
        j += 1
    return code, j


def _from_digits(tokens: list[Token], i: int, currency: str | None, english: bool) -> Numeral | None:
    literal = _literal_at(tokens, i, currency)
    if literal is None:
        return None
    j = literal.last
    suffix_an = _is_suffix_an(tokens, j)
    if suffix_an:
        j += suffix_an
    scale, after, scale_tags, scale_an = _scale_at(tokens, j, currency, english)
    percent = after < len(tokens) and tokens[after].host in ("%", "persen", "percent", "pct")
    value, tags = read_literal(
        literal.groups, literal.marks, scaled=scale != 1, percent=percent, money=currency is not None, english=english
    )
    if value is None:
        return None
    numeral = Numeral(i, after, value * scale, value * scale, digits=True, scale=scale, tags=tags + scale_tags)
    numeral.separated = bool(literal.marks)
    if literal.gap:
        numeral.tags.append("space_in_number")
    if scale != 1 and value >= 1000:
        numeral.tags.append("thousand_plus_scale")
    numeral.suffix_an = bool(suffix_an) or scale_an
    if numeral.suffix_an:
        numeral.tags.append("suffix_an")
    _add_smaller_scale(tokens, numeral, currency, english)
    if scale == 1:
        numeral.last = _after_trailing_dash(tokens, numeral.last)
    numeral.low, numeral.high = _tidy(numeral.low), _tidy(numeral.high)
    return numeral


def _tidy(value: float) -> float:
    """The value without the dust of binary multiplication (32.15 * 1e6)."""
    return value if value.is_integer() else round(value, 6)


def _literal_at(tokens: list[Token], i: int, currency: str | None) -> _Literal | None:
    end = end_of_literal(tokens, i)
    groups = [tokens[k].text for k in range(i, min(end, i + 2 * _MOST_GROUPS + 2), 2)]
    if len(groups) > _MOST_GROUPS or any(len(group) > _LONGEST_GROUP for group in groups):
        return None
    marks = [tokens[k].text for k in range(i + 1, end, 2)]
    gap = False
    if _is_split_decimal(tokens, i, end, marks):
        groups.append(tokens[end + 1].text)
        marks.append(",")
        end, gap = end + 2, True
    while currency and _continues_split_thousands(tokens, end):
        marks.append(".")
        groups.append(tokens[end + 1].text)
        end, gap = end + 2, True
        while _is_tight_group(tokens, end) and len(groups) <= _MOST_GROUPS:
            marks.append(tokens[end].text)
            groups.append(tokens[end + 1].text)
            end += 2
    return _Literal(tuple(groups), tuple(marks), end, gap)


def _is_split_decimal(tokens: list[Token], i: int, end: int, marks: list[str]) -> bool:
    """`10, 97 persen`: a decimal whose comma got a space, never two members of a list."""
    if marks or end + 2 >= len(tokens) or tokens[end].text != "," or tokens[end + 1].kind != "digits":
        return False
    if tokens[end + 1].start == tokens[end].end or tokens[end].start != tokens[end - 1].end:
        return False
    listed = i > 1 and tokens[i - 1].text == "," and tokens[i - 2].kind == "digits"
    short = len(tokens[i].text) <= 3 and len(tokens[end + 1].text) <= 2
    follower = tokens[end + 2].host
    return short and not listed and (follower in ("persen", "%", "percent") or follower in SCALES)


def _continues_split_thousands(tokens: list[Token], end: int) -> bool:
    """`Rp147. 000.000`: money whose thousands dot got a space."""
    return (
        end + 1 < len(tokens)
        and tokens[end].text == "."
        and tokens[end].start == tokens[end - 1].end
        and tokens[end + 1].kind == "digits"
        and len(tokens[end + 1].text) == 3
        and tokens[end + 1].start - tokens[end].end == 1
    )


def _is_tight_group(tokens: list[Token], end: int) -> bool:
    return (
        end + 1 < len(tokens)
        and tokens[end].text in ".,"
        and tokens[end + 1].kind == "digits"
        and tokens[end + 1].start == tokens[end].end
    )


def read_literal(
    groups: tuple[str, ...], marks: tuple[str, ...], *, scaled: bool, percent: bool, money: bool, english: bool
) -> tuple[float | None, list[str]]:
    """The value of digit groups and the marks between them, or None when no reading is lawful."""
    if not marks:
        return float(groups[0]), []
    if len(set(marks)) == 1 and len(marks) > 1:
        return _grouped(groups, marks[0], english)
    if len(marks) > 1:
        return _mixed(groups, marks)
    if marks[0] == ".":
        return _single_dot(groups[0], groups[1], percent, english)
    return _single_comma(groups[0], groups[1], scaled or percent, english)


def _grouped(groups: tuple[str, ...], mark: str, english: bool) -> tuple[float | None, list[str]]:
    whole, last = groups[:-1], groups[-1]
    if any(len(group) != 3 for group in whole[1:]) or len(whole[0]) > 3:
        return None, []
    if len(last) == 3:
        return float("".join(groups)), (["comma_thousand"] if mark == "," and not english else [])
    if len(last) == 2 and len(whole) > 1:  # cents after a repeated dot: Rp1.250.000.00
        return float("".join(whole) + "." + last), []
    return None, []


def _mixed(groups: tuple[str, ...], marks: tuple[str, ...]) -> tuple[float | None, list[str]]:
    if len(set(marks[:-1])) != 1 or any(len(group) != 3 for group in groups[1:-1]) or len(groups[0]) > 3:
        return None, []
    tags = ["comma_thousand"] if marks[0] == "," else []
    return float("".join(groups[:-1]) + "." + groups[-1]), tags


def _single_dot(whole: str, part: str, percent: bool, english: bool) -> tuple[float | None, list[str]]:
    decimal = float(f"{whole}.{part}")
    if len(part) == 3 and len(whole) <= 3 and not english and whole != "0":
        thousands = float(whole + part)
        return (decimal, ["dot_decimal"]) if percent and thousands > 1000 else (thousands, [])
    return decimal, ["dot_decimal"]


def _single_comma(whole: str, part: str, decimal_context: bool, english: bool) -> tuple[float | None, list[str]]:
    thousands = len(part) == 3 and len(whole) <= 3 and whole != "0"
    if thousands and (english or not decimal_context):
        return float(whole + part), ["comma_thousand"]
    return float(f"{whole}.{part}"), []


def _is_suffix_an(tokens: list[Token], j: int) -> int:
    """Tokens taken by `-an` or `an` glued to the digits: 60-an, 30an."""
    if j >= len(tokens) or tokens[j].start != tokens[j - 1].end:
        return 0
    if tokens[j].low == "an":
        return 1
    if tokens[j].text in _HYPHENS and j + 1 < len(tokens) and tokens[j + 1].low == "an":
        return 2
    return 0


def _scale_at(tokens: list[Token], j: int, currency: str | None, english: bool) -> tuple[float, int, list[str], bool]:
    """(factor, next token, tags, whether the scale carries -an) of the scale word at `j`."""
    if j >= len(tokens) or tokens[j].kind != "word":
        return 1.0, j, [], False
    token = tokens[j]
    if english and token.low in ENGLISH_SCALES:
        abbreviated = len(token.low) <= 3
        if len(token.low) > 1 or token.start == tokens[j - 1].end or currency:
            return float(ENGLISH_SCALES[token.low]), j + 1, (["abbrev_scale"] if abbreviated else []), False
    if currency and not english and token.text in MONEY_SCALES:
        return float(MONEY_SCALES[token.text]), j + 1, ["abbrev_scale"], False
    factor, tags, suffixed = _scale_word(token.low)
    if factor is None:
        return 1.0, j, [], False
    nxt = j + 1
    if factor == 10**3 and nxt < len(tokens):  # "Rp14 ribu triliun"
        upper, _, _ = _scale_word(tokens[nxt].low)
        if upper is not None and upper > 10**3 and not suffixed:
            return float(factor * upper), nxt + 1, tags, False
    if not suffixed and nxt + 1 < len(tokens) and tokens[nxt].text in _HYPHENS and tokens[nxt + 1].low == "an":
        return float(factor), nxt + 2, tags, True
    return float(factor), nxt, tags, suffixed


@lru_cache(maxsize=4096)
def _scale_word(word: str) -> tuple[int | None, list[str], bool]:
    """(factor, tags, carries -an) of a scale word, its abbreviations and its misspellings."""
    for form, suffixed in ((word, False), (word[:-2] if word.endswith("an") else "", True), (word[:-3], False)):
        if form in SCALES and (form == word or suffixed or word.endswith("nya")):
            tags = ["abbrev_scale"] if form in ("rb", "jt") else []
            if form in ("milyar", "trilyun"):
                tags = ["spelling_variant"]
            if form in ("rbu", "jta", "miliyar", "milliar", "mlyr", "trilliun", "trilun"):
                tags = ["typo_scale"]
            return SCALES[form], tags, suffixed
    if len(word) >= 4 and word not in NOT_SCALES:
        for target in _TYPO_TARGETS:
            if _is_one_slip_away(word, target):
                return SCALES[target], ["typo_scale"], False
    return None, [], False


def _is_one_slip_away(word: str, target: str) -> bool:
    """Whether one letter was dropped, doubled or mistyped, or two neighbours were swapped."""
    if abs(len(word) - len(target)) > 1:
        return False
    k = 0
    while k < min(len(word), len(target)) and word[k] == target[k]:
        k += 1
    if len(word) == len(target):
        swapped = word[k : k + 2] == target[k : k + 2][::-1] and word[k + 2 :] == target[k + 2 :]
        return swapped or word[k + 1 :] == target[k + 1 :]
    longer, shorter = (word, target) if len(word) > len(target) else (target, word)
    return longer[k + 1 :] == shorter[k:]


def _add_smaller_scale(tokens: list[Token], numeral: Numeral, currency: str | None, english: bool) -> None:
    """`1 juta 200 ribu`: a second, smaller part said without a conjunction."""
    j = numeral.last
    if numeral.scale < 10**6 or english or j + 1 >= len(tokens) or tokens[j].kind != "digits":
        return
    end = end_of_literal(tokens, j)
    scale, after, _, suffixed = _scale_at(tokens, end, currency, english)
    if end != j + 1 or not 1 < scale < numeral.scale or suffixed or len(tokens[j].text) > 3:
        return
    numeral.low += float(tokens[j].text) * scale
    numeral.high = numeral.low
    numeral.last = after


def _after_trailing_dash(tokens: list[Token], j: int) -> int:
    """`Rp16.800,-`: the sign that no cents follow belongs to the surface."""
    if j + 1 < len(tokens) and tokens[j].text in ".," and tokens[j + 1].text in _HYPHENS | {"="}:
        tight = tokens[j].start == tokens[j - 1].end and tokens[j + 1].start == tokens[j].end
        followed = j + 2 < len(tokens) and tokens[j + 2].kind == "digits"
        if tight and not followed:
            return j + 2
    return j


def _from_words(tokens: list[Token], i: int, english: bool) -> Numeral | None:
    if english:
        numeral = _english_words(tokens, i)
        if numeral is not None:
            return numeral
    return _vague_words(tokens, i) or _round_words(tokens, i) or _fraction_words(tokens, i) or _spelled_words(tokens, i)


def _vague_words(tokens: list[Token], i: int) -> Numeral | None:
    bounds = VAGUE.get(tokens[i].low)
    if bounds is None:
        return None
    j, factor = i + 1, 1.0
    while j < len(tokens) and tokens[j].low in SCALES and bounds[0] * factor < 10**13:
        factor *= SCALES[tokens[j].low]
        j += 1
    return Numeral(i, j, bounds[0] * factor, bounds[1] * factor, vague=True, scale=factor, tags=["vague"])


def _round_words(tokens: list[Token], i: int) -> Numeral | None:
    """`lima ratusan`, `dua puluhan`: a round number, said to be about."""
    size = ROUND.get(tokens[i + 1].low) if i + 1 < len(tokens) else None
    if size is None or UNITS.get(tokens[i].low, 0) < 2:
        return None
    j, factor = i + 2, 1.0
    if j < len(tokens) and tokens[j].low in SCALES:
        factor, j = float(SCALES[tokens[j].low]), j + 1
    value = UNITS[tokens[i].low] * size * factor
    return Numeral(i, j, value, value, scale=max(factor, 10.0), suffix_an=True, tags=["spelled", "suffix_an"])


def _fraction_words(tokens: list[Token], i: int) -> Numeral | None:
    word = tokens[i].host
    if word in FRACTIONS:
        value, j = FRACTIONS[word], i + 1
        factor = SCALES.get(tokens[j].low) if j < len(tokens) and word in ("setengah", "seperempat") else None
        if factor is not None:
            return Numeral(i, j + 1, value * factor, value * factor, scale=float(factor), tags=["fraction_scale"])
        return Numeral(i, j, value, value, fraction=True, tags=["fraction"])
    if word in UNITS and i + 1 < len(tokens):
        if tokens[i + 1].host in DENOMINATORS:
            value = UNITS[word] / DENOMINATORS[tokens[i + 1].host]
            return Numeral(i, i + 2, value, value, fraction=True, tags=["fraction", "spelled"])
        if tokens[i + 1].low == "per" and i + 2 < len(tokens) and tokens[i + 2].low in UNITS:
            bottom = UNITS[tokens[i + 2].low]
            if 0 < UNITS[word] < bottom:
                value = UNITS[word] / bottom
                return Numeral(i, i + 3, value, value, fraction=True, tags=["fraction", "spelled"])
    return None


def _spelled_words(tokens: list[Token], i: int) -> Numeral | None:
    if tokens[i].low in SPELLED_AN and tokens[i].low.startswith("se"):
        value = float(SPELLED_AN[tokens[i].low])
        return Numeral(i, i + 1, value, value, scale=value, suffix_an=True, tags=["spelled", "suffix_an"])
    total, j, smallest, largest = 0.0, i, float("inf"), 1.0
    tags = ["spelled"]
    suffixed = False
    while j < len(tokens):
        small, after = _below_thousand(tokens, j)
        if after == j:
            break
        small, after, half = _with_half_or_decimals(tokens, small, after)
        if half:
            tags = [half, "spelled"]
        factor, suffix = _spelled_scale(tokens, after)
        if small * factor >= smallest:
            break
        total += small * factor
        largest = max(largest, factor, small if small in SE_FORMS.values() and small >= 1000 else 1.0)
        j = after + (1 if factor != 1 else 0)
        suffixed = suffixed or suffix
        smallest = factor if factor != 1 else small if small >= 1000 else 1
        if smallest == 1 or suffix:
            break
    if j == i:
        return None
    if suffixed:
        tags.append("suffix_an")
    return Numeral(i, j, total, total, scale=largest, suffix_an=suffixed, tags=tags)


def _spelled_scale(tokens: list[Token], j: int) -> tuple[float, bool]:
    if j >= len(tokens):
        return 1.0, False
    word = tokens[j].low
    if word in SCALES:
        return float(SCALES[word]), False
    if word in SPELLED_AN and not word.startswith("se"):
        return float(SPELLED_AN[word]), True
    return 1.0, False


def _with_half_or_decimals(tokens: list[Token], small: float, j: int) -> tuple[float, int, str]:
    """`dua setengah`, `tiga koma lima`."""
    if j + 1 < len(tokens):
        follower = tokens[j + 1].low
        if tokens[j].low == "setengah" and (follower in SCALES or follower in ("persen", "bulan", "tahun")):
            return small + 0.5, j + 1, "fraction_scale"
        if tokens[j].low == "koma" and follower in UNITS:
            decimals, k = "", j + 1
            while k < len(tokens) and tokens[k].low in UNITS and len(decimals) < 4:
                decimals += str(UNITS[tokens[k].low])
                k += 1
            return float(f"{int(small)}.{decimals}"), k, "spelled"
    return small, j, ""


def _below_thousand(tokens: list[Token], i: int) -> tuple[float, int]:
    """Value and end of `dua ratus tiga puluh lima`, `sebelas`, `seribu`; end == i when nothing is there."""
    if tokens[i].low in SE_FORMS and SE_FORMS[tokens[i].low] >= 1000:
        return float(SE_FORMS[tokens[i].low]), i + 1
    value, j = 0, i
    hundreds, j = _hundreds(tokens, j)
    value += hundreds
    tens, j = _tens(tokens, j)
    value += tens
    if not 11 <= tens <= 19 and j < len(tokens) and tokens[j].low in UNITS and (tens or hundreds or j == i):
        value += UNITS[tokens[j].low]
        j += 1
    return float(value), j


def _hundreds(tokens: list[Token], j: int) -> tuple[int, int]:
    if j < len(tokens) and tokens[j].low == "seratus":
        return 100, j + 1
    if j + 1 < len(tokens) and tokens[j].low in UNITS and tokens[j + 1].low == "ratus":
        return UNITS[tokens[j].low] * 100, j + 2
    return 0, j


def _tens(tokens: list[Token], j: int) -> tuple[int, int]:
    if j < len(tokens) and tokens[j].low in ("sepuluh", "sebelas"):
        return SE_FORMS[tokens[j].low], j + 1
    if j + 1 < len(tokens) and tokens[j].low in UNITS:
        if tokens[j + 1].low == "belas":
            return UNITS[tokens[j].low] + 10, j + 2
        if tokens[j + 1].low == "puluh":
            return UNITS[tokens[j].low] * 10, j + 2
    return 0, j


def _english_words(tokens: list[Token], i: int) -> Numeral | None:
    word = tokens[i].low
    if word in ENGLISH_VAGUE and i + 1 < len(tokens) and tokens[i + 1].low == "of":
        bounds = ENGLISH_VAGUE[word]
        return Numeral(i, i + 1, bounds[0], bounds[1], vague=True, tags=["vague", "english"])
    if word == "half":
        factor, j = _english_scale(tokens, i + 2)
        if factor > 1 and tokens[i + 1].low == "a":  # "half a million"
            return Numeral(i, j, factor / 2, factor / 2, scale=factor, tags=["fraction_scale", "english"])
        return Numeral(i, i + 1, 0.5, 0.5, fraction=True, tags=["fraction", "english"])
    top, j = _english_below_hundred(tokens, i)
    if j == i:
        return None
    k = j + 1 if j < len(tokens) and tokens[j].text == "-" else j
    if k < len(tokens) and tokens[k].low in ENGLISH_DENOMINATORS:
        value = top / ENGLISH_DENOMINATORS[tokens[k].low]
        return Numeral(i, k + 1, value, value, fraction=True, tags=["fraction", "spelled", "english"])
    total, j, largest, smallest = 0.0, i, 1.0, float("inf")
    while j < len(tokens) and smallest > 1:
        start = j + 1 if tokens[j].low == "and" else j
        small, after = _english_below_thousand(tokens, start)
        factor, end = _english_scale(tokens, after)
        linked = start > j and (factor > 1 or small >= 100)  # "two thousand and five hundred" may be two numbers
        if after == start or factor >= smallest or linked:
            break
        total += small * factor
        largest = max(largest, factor * (100 if small >= 100 else 1))
        j, smallest = end, factor
    return Numeral(i, j, total, total, scale=largest, tags=["spelled", "english"]) if j > i else None


def _english_scale(tokens: list[Token], j: int) -> tuple[float, int]:
    """Factor and end of `thousand`, `thousand million`; abbreviations stand behind digits only."""
    factor = 1.0
    while j < len(tokens) and len(tokens[j].low) > 4 and tokens[j].low in ENGLISH_SCALES and factor < 10**12:
        factor *= ENGLISH_SCALES[tokens[j].low]
        j += 1
    return factor, j


def _english_below_thousand(tokens: list[Token], i: int) -> tuple[float, int]:
    """Value and end of `three hundred and twenty-one`, `a hundred`; end == i when nothing is there."""
    value, j = _english_below_hundred(tokens, i)
    if j == i or j >= len(tokens) or tokens[j].low != "hundred":
        article = j > i and tokens[i].low == "a" and _english_scale(tokens, j)[1] == j
        return (0.0, i) if article else (value, j)
    value, j = value * 100, j + 1
    start = j + 1 if j < len(tokens) and tokens[j].low == "and" else j
    rest, end = _english_below_hundred(tokens, start)
    alone = end > start and tokens[start].low != "a" and not (end < len(tokens) and tokens[end].low == "hundred")
    return (value + rest, end) if alone else (value, j)


def _english_below_hundred(tokens: list[Token], i: int) -> tuple[float, int]:
    """Value and end of `twenty-one`, `twelve` and of `a`, which is one before what it counts."""
    word = tokens[i].low if i < len(tokens) else ""
    if word in ENGLISH_TENS:
        j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "-" else i + 1
        ones = ENGLISH_UNITS.get(tokens[j].low, 0) if j < len(tokens) else 0
        return (ENGLISH_TENS[word] + ones, j + 1) if 0 < ones < 10 else (ENGLISH_TENS[word], i + 1)
    if word == "a":
        return 1.0, i + 1
    return (ENGLISH_UNITS[word], i + 1) if word in ENGLISH_UNITS else (0.0, i)
