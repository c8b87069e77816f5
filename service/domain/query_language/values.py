"""The leaves of a query, read one by one: words and phrases, and the values of fields."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache

from nlp.gazetteer import Gazetteer
from service.domain.query_language.figures import read_figure
from service.domain.query_language.longer_names import check_longer_name
from service.domain.query_language.mistakes import Wrong, names_and_words, nearest, nearest_of, perhaps, quoted, shown
from service.domain.query_language.pieces import EXAMPLES, Leaf, Name
from service.domain.query_language.searchable import label_key
from service.domain.query_language.signs import BEGINNING, check_signs
from service.domain.query_language.tree import (
    BOTH,
    Days,
    Field,
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
from service.domain.wording.names import TONES, TOPICS
from service.errors import QueryError

SHORTEST_PREFIX = 3
FARTHEST = 50
"""Words between two that may still be called near."""
MOST_NEAR = 6
"""Words of one proximity: every two of them are compared."""

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_STROKES = re.compile("[/.‐‑–−]")
_SECOND_DAY = re.compile(r'\s+-?(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?![^\s()"])', re.ASCII)
_TONE_WORDS = {"jelek": "negatif", "buruk": "negatif", "baik": "positif", "bagus": "positif", "biasa": "netral"}


def read_leaf(leaf: Leaf, text: str, outlets: Mapping[str, str], labels: Collection[str]) -> Node:
    """What one piece of the query `text` asks for; QueryError, with its place, where that cannot be."""
    read: dict[Name, Callable[[Leaf], Node]] = {
        "judul": lambda it: _words(it, ("title",)),
        "media": lambda it: _outlet(it, text, outlets),
        "wilayah": lambda it: _region(it, text),
        "sentimen": lambda it: Tone(_code(it, TONES, "Sentimen", _TONE_WORDS)),
        "topik": lambda it: Topic(_code(it, TOPICS, "Topik", {})),
        "narasumber": lambda it: Speaker(_folded(it)),
        "label": lambda it: _label(it, text, labels),
        "tanggal": lambda it: _days(it, text),
        "angka": lambda it: read_figure(it, text),
    }
    check_signs(leaf, text)
    try:
        if leaf.distance is not None and leaf.name not in (None, "judul"):
            raise Wrong(say("~ hanya berlaku untuk frasa dalam berita."), quoted(leaf.text))
        return _words(leaf, BOTH) if leaf.name is None else read[leaf.name](leaf)
    except Wrong as wrong:
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
    prefix = None if leaf.quoted else BEGINNING.fullmatch(leaf.text)
    if prefix is not None:
        return _prefix(prefix["start"], fields)
    read = tokens(leaf.text)
    exact = _folded(leaf)
    if leaf.quoted or len(read) > 1 or read[0].is_stop_word:
        return Phrase(exact, fields)
    return Word(read[0].stem, fields)


def _prefix(start: str, fields: tuple[Field, ...]) -> Node:
    read = [token.exact for token in tokens(start)]
    if len(read) != 1:
        raise Wrong(say("* hanya dapat berada di akhir satu kata, misalnya: kepeserta*."), start)
    if len(read[0]) < SHORTEST_PREFIX:
        raise Wrong(say("Tuliskan sedikitnya {fewest} huruf sebelum *.", fewest=SHORTEST_PREFIX), start)
    return Prefix(read[0], fields)


def _near(leaf: Leaf, fields: tuple[Field, ...]) -> Node:
    phrase = f'"{leaf.text}"'
    distance = leaf.distance or ""
    if not distance.isascii() or not distance.isdigit():
        message = say('Tuliskan jarak sebagai bilangan setelah ~, misalnya: "klaim ditolak"~5.')
        raise Wrong(message, f"{phrase}~5")
    if len(distance) > 9 or int(distance) > FARTHEST:
        message = say("Jarak terlalu jauh: paling banyak {most} kata.", most=FARTHEST)
        raise Wrong(message, f"{phrase}~{FARTHEST}")
    exact = _folded(leaf)
    terms = tuple(dict.fromkeys(exact))
    if int(distance) == 0:
        return Phrase(exact, fields)
    if len(terms) > MOST_NEAR:
        raise Wrong(say("Jarak hanya dapat dihitung antara paling banyak {most} kata.", most=MOST_NEAR), phrase)
    if len(terms) < max(len(exact), 2):
        meant = f'"{" ".join(terms)}"~{distance}' if len(terms) > 1 else phrase
        raise Wrong(say("Jarak dihitung antara dua kata atau lebih yang berbeda-beda."), meant)
    return Near(terms, int(distance), fields)


def _folded(leaf: Leaf) -> tuple[str, ...]:
    exact = tuple(token.exact for token in tokens(leaf.text))
    if not exact:
        raise Wrong(say("Tidak ada kata atau angka yang dapat dicari di sini."))
    return exact


# Values that are chosen from a list.


def _code(leaf: Leaf, names: Mapping[str, str], title: str, meant: Mapping[str, str]) -> str:
    """The code of a listed name; the code itself counts too."""
    words = {name.casefold(): code for code, name in names.items()} | {code: code for code in names}
    typed = leaf.text.strip().casefold()
    if typed in words:
        return words[typed]
    known = [name.casefold() for name in names.values()]
    suggestion = meant.get(typed) or nearest(typed, known)
    message = say(
        "{title} “{typed}” tidak dikenal. Pilihannya: {choices}.",
        title=say(title),
        typed=shown(leaf.text),
        choices=", ".join(known),
    )
    raise Wrong(message, suggestion)


def _outlet(leaf: Leaf, text: str, outlets: Mapping[str, str]) -> Node:
    named_so = {outlet: [token.exact for token in tokens(name)] for outlet, name in outlets.items()}
    check_longer_name(
        leaf,
        text,
        lambda name, _: [token.exact for token in tokens(name)] in named_so.values(),
        lambda name: say('Nama media yang lebih dari satu kata ditulis dalam tanda kutip: media:"{name}".', name=name),
    )
    typed = leaf.text.strip()
    if not outlets:
        _folded(leaf)
        return Outlet(frozenset({typed}))
    if typed in outlets:
        return Outlet(frozenset({typed}))
    words = [token.exact for token in tokens(typed)]
    named = {outlet: {*name, *(token.exact for token in tokens(outlet))} for outlet, name in named_so.items()}
    same = [outlet for outlet, name in named_so.items() if name == words]
    having = same or [outlet for outlet, name in named.items() if words and set(words) <= name]
    if having:
        return Outlet(frozenset(having))
    near = nearest_of(typed.casefold(), names_and_words(outlets.values()))
    message = say("Tidak ada media bernama “{typed}”.", typed=shown(typed))
    raise Wrong(message + perhaps(near), quoted(near[0]) if near else None)


def _region(leaf: Leaf, text: str) -> Node:
    gazetteer = Gazetteer.load()
    check_longer_name(
        leaf,
        text,
        lambda name, _: gazetteer.named(name) not in ((), gazetteer.named(leaf.text)),
        lambda name: say(
            'Nama wilayah yang lebih dari satu kata ditulis dalam tanda kutip: wilayah:"{name}".', name=name
        ),
    )
    code = leaf.text.strip()
    regions = gazetteer.named(code) or tuple(region for region in gazetteer.regions() if region.code == code)
    if regions:
        return Region(frozenset(region.code for region in regions))
    near = nearest_of(code.casefold(), _region_names())
    message = say("Tidak ada wilayah bernama “{typed}”.", typed=shown(code))
    raise Wrong(message + perhaps(near), quoted(near[0]) if near else None)


@cache
def _region_names() -> dict[str, str]:
    """What regions are officially called, by the lower case of the name and of the name without Kota or Kabupaten."""
    names: dict[str, str] = {}
    for region in Gazetteer.load().regions():
        names[region.name.casefold()] = region.name
        short = region.name.removeprefix("Kabupaten ").removeprefix("Kota ")
        names.setdefault(short.casefold(), short)
    return names


def _label(leaf: Leaf, text: str, labels: Collection[str]) -> Node:
    keys = set(map(label_key, labels))
    check_longer_name(
        leaf,
        text,
        lambda name, _: label_key(name) in keys,
        lambda name: say('Label yang lebih dari satu kata ditulis dalam tanda kutip: label:"{name}".', name=name),
    )
    return Label(label_key(" ".join(_folded(leaf))))


# Days.


def _days(leaf: Leaf, text: str) -> Node:
    _check_second_day(leaf, text)
    value = leaf.text.strip().replace("…", "..")
    first, dots, last = (part.strip() for part in value.partition(".."))
    if not dots:
        return Days(*_stretch(value, value))
    if not first and not last:
        raise Wrong(say("Tuliskan sedikitnya satu tanggal, misalnya {example}.", example=EXAMPLES["tanggal"]))
    since = _stretch(first, value)[0] if first else None
    until = _stretch(last, value)[1] if last else None
    if since and until and since > until:
        raise Wrong(say("Tanggal awal berada setelah tanggal akhir."), f"{last}..{first}")
    return Days(since, until)


def _check_second_day(leaf: Leaf, text: str) -> None:
    """Another day right behind one is the end of a stretch, hardly numbers that the article should print, or lack."""
    second = _SECOND_DAY.match(text, leaf.end)
    if second and not leaf.quoted and ".." not in leaf.text:
        raise QueryError(
            say("Rentang tanggal ditulis dengan dua titik, misalnya {example}.", example=EXAMPLES["tanggal"]),
            start=leaf.start,
            end=second.end(),
            suggestion=f"{text[: leaf.end]}..{second['day']}{text[second.end() :]}",
        )


def _stretch(typed: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    found = _DAY.fullmatch(typed)
    if found is None:
        meant = _written_otherwise(typed)
        message = say("Tanggal ditulis TTTT-BB-HH, misalnya 2026-11-22, atau TTTT-BB untuk sebulan.")
        raise Wrong(message, whole.replace(typed, meant, 1) if meant else None)
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        meant = _last_of_month(year, month) if month and day else None
        message = say("Tanggal {day} tidak ada.", day=typed)
        raise Wrong(message, whole.replace(typed, meant, 1) if meant else None) from error
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def _written_otherwise(typed: str) -> str | None:
    """The day that was written the other way round or with other strokes: 22/11/2026, 2026/11/22, 2026–11–22."""
    found = _DAY_FIRST.fullmatch(typed) or _DAY.fullmatch(_STROKES.sub("-", typed))
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
