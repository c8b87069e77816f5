"""Amounts as people type them behind a comparator: `31,93`, `31.93%`, `Rp1,2 miliar`, `16.800 orang`."""

import re
from collections.abc import Iterable
from decimal import Decimal

from service.domain.query_language.mistakes import Wrong, shown
from service.domain.wording.language import say
from service.domain.wording.numbers import SCALES, UNITS

FIGURE_EXAMPLE = "angka:cakupan<35"
COMPARING = "<>=≤≥≠≈"
"""What comparators are written with, also those that there are not."""

_LARGEST = 1e15
_UNIT_WORDS = {word.casefold(): code for code, word in UNITS.items() if word} | {
    "%": "percent", "prosen": "percent", "peserta": "people", "pekerja": "people", "jiwa": "people", "idr": "IDR",
    "usd": "USD", "dolar": "USD",
}  # fmt: skip
_CURRENCIES = [word for word, code in _UNIT_WORDS.items() if code in ("IDR", "USD")]
_SCALE_WORDS = {word: size for size, word in SCALES}
_MEANT = {
    "rb": "ribu", "k": "ribu", "jt": "juta", "m": "miliar", "milyar": "miliar", "t": "triliun", "trilyun": "triliun",
}  # fmt: skip
"""Words that people take for those of scales. M is a thousand times as much in Indonesian as in English."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))


_SCALE = _any_of([*_SCALE_WORDS, *_MEANT])
_PRINTED = r'(?:\d{1,3}(?:\s\d{3})+(?![^\s()"])|[^\s()"]*)'
_SCALED = rf'{_PRINTED}(?:\s+(?:{_SCALE})(?![\w:])(?:[^\s()".,;!?][^\s()"]*)?)?'
_ENDS = r"(?![\w:*~-])"
TYPED_AMOUNT = (
    rf"(?:(?:rp\.?|us\$)\s?{_SCALED}(?:\s+(?:{_any_of(_CURRENCIES)}){_ENDS})?"
    rf"|{_SCALED}(?:\s*%|\s+(?:{_any_of(_UNIT_WORDS)}){_ENDS})?)"
)
"""All characters that belong to an amount where one begins, right or wrong; case is to be ignored."""

_AMOUNT = re.compile(
    rf"""(?P<money>rp\.?\s?|us\$\s?)? (?P<number>\d+(?:[.,]\d+|\s\d{{3}})*) (?:\s*(?P<scale>{_SCALE})(?![^\W\d_]))?
        \s* (?P<unit>%|[^\W\d_]+(?:\s+[^\W\d_]+)?)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# A dot before one or two last digits cannot divide thousands: 31.93 is 31,93, as in the words of an article.
_DOT_DECIMAL = re.compile(r"\d+\.\d{1,2}", re.ASCII)
_NUMBER = re.compile(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_MARK = re.compile(r"[.,]")


def read_amount(typed: str) -> tuple[float, str | None]:
    """A number in base units and its unit, None where any may be meant; Wrong, about all of it, where it is none."""
    typed = typed.strip()
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        message = say(
            "Tuliskan bilangan setelah pembanding, misalnya {example} atau angka:klaim>1,2miliar.",
            example=FIGURE_EXAMPLE,
        )
        raise Wrong(message)
    number = _number(found["number"], found.start("number"), typed)
    if found["scale"]:
        number *= _scale(found["scale"], found.start("scale"), typed)
    value = float(number)
    if value >= _LARGEST:
        raise Wrong(say("Bilangan ini terlalu besar."))
    return value, _unit(found["money"], found["unit"])


def _number(printed: str, at: int, typed: str) -> Decimal:
    if _DOT_DECIMAL.fullmatch(printed):
        return Decimal(printed)
    if _NUMBER.fullmatch(printed):
        return Decimal(printed.replace(".", "").replace(",", "."))
    meant = typed[:at] + _marked_again(printed) + typed[at + len(printed) :]
    raise Wrong(say("Bilangan ditulis 31,93 atau 1.608.431."), meant)


def _marked_again(number: str) -> str:
    """The number with the marks of Indonesian, where they stand in another way or divide nothing: 1,608,431 or 1,234.5.

    Of two kinds of marks the last one divides the decimals, and so does a single dot that divides no thousands.
    """
    marks = _MARK.findall(number)
    whole, decimals = number, ""
    if len(set(marks)) == 2 or (marks == ["."] and len(number.rpartition(".")[2]) != 3):
        whole, _, decimals = number.rpartition(marks[-1])
    digits = int(re.sub(r"\D", "", whole))
    grouped = f"{digits:,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped


def _scale(word: str, at: int, typed: str) -> int:
    if word.casefold() in _SCALE_WORDS:
        return _SCALE_WORDS[word.casefold()]
    meant = f"{typed[:at].rstrip()} {_MEANT[word.casefold()]}{typed[at + len(word) :]}"
    raise Wrong(say("Tuliskan ribu, juta, miliar, atau triliun; “{typed}” tidak dikenal.", typed=word), meant)


def _unit(money: str | None, word: str | None) -> str | None:
    currency = None if money is None else "IDR" if money.casefold().startswith("rp") else "USD"
    if word is None:
        return currency
    unit = _UNIT_WORDS.get(" ".join(word.casefold().split()))
    if unit is not None and currency in (None, unit):
        return unit
    choices = ", ".join(sorted(_CURRENCIES if currency else _UNIT_WORDS))
    raise Wrong(say("Satuan “{typed}” tidak dikenal. Pilihannya: {choices}.", typed=shown(word), choices=choices))
