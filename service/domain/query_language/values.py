"""The leaves of a query, read one by one: words and phrases, and the values of fields."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache

from nlp.gazetteer import Gazetteer
from service.domain.query_language.pieces import EXAMPLES, Leaf, Name
from service.domain.query_language.searchable import label_key
from service.domain.query_language.tree import (
    BOTH,
    Comparator,
    Days,
    Field,
    FigureCondition,
    Label,
    Near,
    Node,
    Outlet,
    Phrase,
    Prefix,
    Region,
    Speaker,
    Tone,
    Topic,
    Word,
)
from service.domain.terms import STOP_WORDS, tokens
from service.domain.wording.language import say
from service.domain.wording.names import METRICS, TONES, TOPICS
from service.domain.wording.numbers import SCALES, UNITS
from service.errors import QueryError

SHORTEST_PREFIX = 3
FARTHEST = 50
"""Words between two that may still be called near."""
MOST_NEAR = 6
"""Words of one proximity: every two of them are compared."""

_MOST_NAMED = 5
_LARGEST = 1e15
_PREFIX = re.compile(r"(?P<start>[^\W\d_][^\W_]*)\*")
_STAR_IN_WORD = re.compile(r"[^\W\d_]\*|\*[^\W\d_]")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_AMOUNT = re.compile(
    r"""(?P<money>rp\.?\s?|us\$\s?)? (?P<number>\d+(?:[.,]\d+)*) (?:\s*(?P<scale>ribu|juta|miliar|triliun)(?!\w))?
        \s* (?P<unit>%|[^\W\d_]+)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TONE_WORDS = {"jelek": "negatif", "buruk": "negatif", "baik": "positif", "bagus": "positif", "biasa": "netral"}
_COMPARATORS: dict[str, Comparator] = {
    "<": "<", "<=": "<=", "=<": "<=", "≤": "<=", "=": "=", "==": "=", ">=": ">=", "=>": ">=", "≥": ">=", ">": ">",
}  # fmt: skip
_UNIT_WORDS = {word: code for code, word in UNITS.items() if word and " " not in word} | {
    "%": "percent", "prosen": "percent", "peserta": "people", "pekerja": "people", "jiwa": "people", "idr": "IDR",
    "usd": "USD",
}  # fmt: skip


class _Wrong(Exception):
    """A value that cannot be, with the message and what may have been meant instead of it."""

    def __init__(self, message: str, meant: str | None = None) -> None:
        super().__init__(message)
        self.meant = meant


def read_leaf(leaf: Leaf, text: str, outlets: Mapping[str, str]) -> Node:
    """What one piece of the query `text` asks for; QueryError, with its place, where that cannot be."""
    read: dict[Name, Callable[[Leaf], Node]] = {
        "judul": lambda it: _words(it, ("title",)),
        "media": lambda it: _outlet(it, outlets),
        "wilayah": lambda it: _region(it, text),
        "sentimen": lambda it: Tone(_code(it, TONES, "Sentimen", _TONE_WORDS)),
        "topik": lambda it: Topic(_code(it, TOPICS, "Topik", {})),
        "narasumber": lambda it: Speaker(_folded(it)),
        "label": lambda it: Label(label_key(" ".join(_folded(it)))),
        "tanggal": _days,
        "angka": _figure,
    }
    try:
        if leaf.distance is not None and leaf.name not in (None, "judul"):
            raise _Wrong(say("~ hanya berlaku untuk frasa dalam berita."), _quoted(leaf.text))
        return _words(leaf, BOTH) if leaf.name is None else read[leaf.name](leaf)
    except _Wrong as wrong:
        suggestion = None if wrong.meant is None else text[: leaf.start] + wrong.meant + text[leaf.end :]
        raise QueryError(str(wrong), start=leaf.start, end=leaf.end, suggestion=suggestion) from wrong


def is_plain_stop_word(leaf: Leaf) -> bool:
    """Whether it is a function word, neither in quotes nor asked of a field."""
    if leaf.quoted or leaf.name is not None:
        return False
    words = [token.exact for token in tokens(leaf.text)]
    return len(words) == 1 and words[0] in STOP_WORDS


# Words of title and text.


def _words(leaf: Leaf, fields: tuple[Field, ...]) -> Node:
    if leaf.distance is not None:
        return _near(leaf, fields)
    prefix = None if leaf.quoted else _PREFIX.fullmatch(leaf.text)
    if prefix is not None:
        return _prefix(prefix["start"], fields)
    if _STAR_IN_WORD.search(leaf.text):
        plain = leaf.text.replace("*", "")
        raise _Wrong(say("* hanya dapat berada di akhir satu kata, misalnya: kepeserta*."), _again(leaf, plain))
    read = tokens(leaf.text)
    exact = _folded(leaf)
    if leaf.quoted or len(read) > 1 or read[0].is_stop_word:
        return Phrase(exact, fields)
    return Word(read[0].stem, fields)


def _prefix(start: str, fields: tuple[Field, ...]) -> Node:
    read = [token.exact for token in tokens(start)]
    if len(read) != 1:
        raise _Wrong(say("* hanya dapat berada di akhir satu kata, misalnya: kepeserta*."), start)
    if len(read[0]) < SHORTEST_PREFIX:
        raise _Wrong(say("Tuliskan sedikitnya {fewest} huruf sebelum *.", fewest=SHORTEST_PREFIX), start)
    return Prefix(read[0], fields)


def _near(leaf: Leaf, fields: tuple[Field, ...]) -> Node:
    phrase = f'"{leaf.text}"'
    distance = leaf.distance or ""
    if not distance.isascii() or not distance.isdigit():
        message = say('Tuliskan jarak sebagai bilangan setelah ~, misalnya: "klaim ditolak"~5.')
        raise _Wrong(message, f"{phrase}~5")
    if len(distance) > 9 or int(distance) > FARTHEST:
        message = say("Jarak terlalu jauh: paling banyak {most} kata.", most=FARTHEST)
        raise _Wrong(message, f"{phrase}~{FARTHEST}")
    exact = _folded(leaf)
    terms = tuple(dict.fromkeys(exact))
    if len(terms) > MOST_NEAR:
        raise _Wrong(say("Jarak hanya dapat dihitung antara paling banyak {most} kata.", most=MOST_NEAR), phrase)
    if int(distance) == 0 or len(terms) == 1:
        return Phrase(exact if int(distance) == 0 else terms, fields)
    return Near(terms, int(distance), fields)


def _folded(leaf: Leaf) -> tuple[str, ...]:
    exact = tuple(token.exact for token in tokens(leaf.text))
    if not exact:
        raise _Wrong(say("Tidak ada kata atau angka yang dapat dicari di sini."))
    return exact


# Values that are chosen from a list.


def _code(leaf: Leaf, names: Mapping[str, str], title: str, meant: Mapping[str, str]) -> str:
    """The code of a listed name; the code itself counts too."""
    words = {name.casefold(): code for code, name in names.items()} | {code: code for code in names}
    typed = leaf.text.strip().casefold()
    if typed in words:
        return words[typed]
    known = [name.casefold() for name in names.values()]
    suggestion = meant.get(typed) or _nearest(typed, known, 1)
    message = say(
        "{title} “{typed}” tidak dikenal. Pilihannya: {choices}.",
        title=say(title),
        typed=_shown(leaf.text),
        choices=", ".join(known),
    )
    raise _Wrong(message, suggestion)


def _outlet(leaf: Leaf, outlets: Mapping[str, str]) -> Node:
    typed = leaf.text.strip()
    if not outlets:
        _folded(leaf)
        return Outlet(frozenset({typed}))
    if typed in outlets:
        return Outlet(frozenset({typed}))
    words = [token.exact for token in tokens(typed)]
    named = {outlet: [token.exact for token in tokens(f"{name} {outlet}")] for outlet, name in outlets.items()}
    same = [outlet for outlet, name in outlets.items() if [token.exact for token in tokens(name)] == words]
    having = same or [outlet for outlet, name in named.items() if words and set(words) <= set(name)]
    if having:
        return Outlet(frozenset(having))
    near = _nearest_of(typed.casefold(), _names_and_words(outlets.values()))
    message = say("Tidak ada media bernama “{typed}”.", typed=_shown(typed))
    raise _Wrong(message + _perhaps(near), _quoted(near[0]) if near else None)


def _region(leaf: Leaf, text: str) -> Node:
    gazetteer = Gazetteer.load()
    if not leaf.quoted:
        _check_longer_name(leaf, text, gazetteer)
    code = leaf.text.strip()
    regions = gazetteer.named(code) or tuple(region for region in gazetteer.regions() if region.code == code)
    if regions:
        return Region(frozenset(region.code for region in regions))
    near = _nearest_of(code.casefold(), _region_names())
    message = say("Tidak ada wilayah bernama “{typed}”.", typed=_shown(code))
    raise _Wrong(message + _perhaps(near), _quoted(near[0]) if near else None)


def _check_longer_name(leaf: Leaf, text: str, gazetteer: Gazetteer) -> None:
    """A name of several words without quotes would be cut after its first: wilayah:bandung barat."""
    following = text[leaf.end :].split()[:3]
    for count in range(len(following), 0, -1):
        longer = " ".join([leaf.text, *following[:count]]).rstrip(".,;:!?)")
        if gazetteer.named(longer) and gazetteer.named(longer) != gazetteer.named(leaf.text):
            end = leaf.end
            for word in following[:count]:
                end = text.index(word, end) + len(word)
            end -= len(text[leaf.start : end]) - len(text[leaf.start : end].rstrip(".,;:!?)"))
            raise QueryError(
                say('Nama wilayah yang lebih dari satu kata ditulis dalam tanda kutip: wilayah:"{name}".', name=longer),
                start=leaf.start,
                end=end,
                suggestion=f'{text[: leaf.start]}"{longer}"{text[end:]}',
            )


@cache
def _region_names() -> dict[str, str]:
    """What regions are officially called, by the lower case of the name and of the name without Kota or Kabupaten."""
    names: dict[str, str] = {}
    for region in Gazetteer.load().regions():
        names[region.name.casefold()] = region.name
        short = region.name.removeprefix("Kabupaten ").removeprefix("Kota ")
        names.setdefault(short.casefold(), short)
    return names


# Days.


def _days(leaf: Leaf) -> Node:
    value = leaf.text.strip().replace("…", "..")
    first, dots, last = value.partition("..")
    if not dots:
        return Days(*_stretch(value, value))
    if not first and not last:
        raise _Wrong(say("Tuliskan sedikitnya satu tanggal, misalnya {example}.", example=EXAMPLES["tanggal"]))
    since = _stretch(first, value)[0] if first else None
    until = _stretch(last, value)[1] if last else None
    if since and until and since > until:
        raise _Wrong(say("Tanggal awal berada setelah tanggal akhir."), f"{last}..{first}")
    return Days(since, until)


def _stretch(typed: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    found = _DAY.fullmatch(typed)
    if found is None:
        meant = _written_otherwise(typed)
        message = say("Tanggal ditulis TTTT-BB-HH, misalnya 2026-11-22, atau TTTT-BB untuk sebulan.")
        raise _Wrong(message, whole.replace(typed, meant, 1) if meant else None)
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        meant = _last_of_month(year, month) if month and day else None
        message = say("Tanggal {day} tidak ada.", day=typed)
        raise _Wrong(message, whole.replace(typed, meant, 1) if meant else None) from error
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def _written_otherwise(typed: str) -> str | None:
    """The day that was written the other way round or with strokes: 22/11/2026, 2026/11/22."""
    found = _DAY_FIRST.fullmatch(typed) or _DAY.fullmatch(typed.replace("/", "-").replace(".", "-"))
    if found is None or not found["month"] or not found["day"]:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def _last_of_month(year: int, month: int) -> str | None:
    if not 1 <= month <= 12 or year < 1:
        return None
    return date(year, month, monthrange(year, month)[1]).isoformat()


# Figures.


def _figure(leaf: Leaf) -> Node:
    metrics = _metrics(leaf)
    if leaf.comparator is None:
        return FigureCondition(metrics)
    comparator = _COMPARATORS.get(leaf.comparator)
    name = _quoted(leaf.text) if leaf.quoted else leaf.text
    if comparator is None:
        message = say("Pembanding angka adalah <, <=, =, >=, atau >.")
        raise _Wrong(message, f"{name}{leaf.comparator[0]}{leaf.value}")
    value, unit = _amount(leaf.value)
    return FigureCondition(metrics, comparator, value, unit)


def _metrics(leaf: Leaf) -> frozenset[str]:
    """The metrics that are called so: one by its whole name or code, else all whose names have the words."""
    words = _metric_words(leaf.text)
    if not words:
        raise _Wrong(say("Tuliskan nama angka setelah angka:, misalnya {example}.", example=EXAMPLES["angka"]))
    names = {code: _metric_words(name) for code, name in METRICS.items()}
    for code, name in names.items():
        if words in (name, _metric_words(code)):
            return frozenset({code})
    having = frozenset(code for code, name in names.items() if set(words) <= set(name))
    if having:
        return having
    rest = f"{leaf.comparator or ''}{leaf.value}"
    near = _nearest_of(" ".join(words), _names_and_words(METRICS.values()))
    meant = f"{_quoted(near[0].casefold())}{rest}" if near else None
    raise _Wrong(say("Tidak ada angka bernama “{typed}”.", typed=_shown(leaf.text)) + _perhaps(near), meant)


def _metric_words(name: str) -> list[str]:
    return [token.exact for token in tokens(name.replace("_", " "))]


def _amount(typed: str) -> tuple[float, str | None]:
    """A number in base units and its unit, None where any may be meant."""
    found = _AMOUNT.fullmatch(typed.strip())
    if found is None:
        message = say(
            "Tuliskan bilangan setelah pembanding, misalnya {example} atau angka:klaim>1,2miliar.",
            example=EXAMPLES["angka"],
        )
        raise _Wrong(message)
    try:
        number = Decimal(found["number"].replace(".", "").replace(",", "."))
    except InvalidOperation as error:
        raise _Wrong(say("Bilangan ditulis 31,93 atau 1.608.431.")) from error
    if found["scale"]:
        number *= next(size for size, word in SCALES if word == found["scale"].casefold())
    value = float(number)
    if value >= _LARGEST:
        raise _Wrong(say("Bilangan ini terlalu besar."))
    return value, _unit(found["money"], found["unit"])


def _unit(money: str | None, word: str | None) -> str | None:
    if money:
        return "IDR" if money.casefold().startswith("rp") else "USD"
    if word is None:
        return None
    if word.casefold() in _UNIT_WORDS:
        return _UNIT_WORDS[word.casefold()]
    choices = ", ".join(sorted(_UNIT_WORDS))
    raise _Wrong(say("Satuan “{typed}” tidak dikenal. Pilihannya: {choices}.", typed=_shown(word), choices=choices))


# Words of messages and suggestions.


def _nearest(typed: str, known: Iterable[str], count: int) -> str | None:
    return next(iter(get_close_matches(typed, list(known), count, 0.6)), None)


def _nearest_of(typed: str, names: Mapping[str, str]) -> list[str]:
    """The most similar names, the best first."""
    close = get_close_matches(typed[:80], list(names), _MOST_NAMED, 0.6)
    return list(dict.fromkeys(names[it] for it in close))


def _names_and_words(names: Iterable[str]) -> dict[str, str]:
    """The names and the longer words of them, as they may be typed, by their lower case."""
    whole = {name.casefold(): name for name in names}
    return {token.exact: token.exact for name in whole for token in tokens(name) if len(token.exact) > 3} | whole


def _perhaps(names: Sequence[str]) -> str:
    return " " + say("Mungkin maksudnya: {names}.", names=", ".join(names)) if names else ""


def _quoted(name: str) -> str:
    plain = name.replace('"', "")
    return plain if plain.isalnum() else f'"{plain}"'


def _again(leaf: Leaf, text: str) -> str:
    return f'"{text}"' if leaf.quoted else text


def _shown(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:40]}…"
