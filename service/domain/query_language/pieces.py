"""A typed query cut into its pieces: brackets, operators, and leaves with the field they are for.

People paste headlines and addresses, so that only what is meant as syntax is syntax: `07:30`, `https://…`, `BPJS-TK`,
`31,93%`, a dash between blanks and "Palu: " are text. Operators are AND, OR and NOT in capitals alone; Indonesian words
for them (dan, atau, bukan) are text, for "bukan penerima upah" names a group of people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from service.domain.query_language.amounts import COMPARING, FIGURE_EXAMPLE, TYPED_AMOUNT
from service.domain.terms import tokens
from service.domain.wording.language import say
from service.errors import QueryError

Operator: TypeAlias = Literal["(", ")", "AND", "OR", "NOT"]
Name: TypeAlias = Literal[
    "judul", "media", "wilayah", "sentimen", "topik", "narasumber", "label", "tanggal", "angka"
]  # fmt: skip
NAMES: tuple[Name, ...] = (
    "judul", "media", "wilayah", "sentimen", "topik", "narasumber", "label", "tanggal", "angka"
)  # fmt: skip
_MEANT = {
    "title": "judul", "headline": "judul", "outlet": "media", "koran": "media", "situs": "media", "region": "wilayah",
    "daerah": "wilayah", "kota": "wilayah", "kabupaten": "wilayah", "provinsi": "wilayah", "tone": "sentimen",
    "nada": "sentimen", "sentiment": "sentimen", "topic": "topik", "isu": "topik", "tema": "topik",
    "speaker": "narasumber", "tokoh": "narasumber", "tag": "label", "date": "tanggal", "hari": "tanggal",
    "tgl": "tanggal", "figure": "angka",
}  # fmt: skip
"""Words that people may take for the name of a field."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_BLANKS = re.compile(r"\s*")
_FIELD = re.compile(r"(?P<name>[^\W\d_]+):(?!//)")
_DASHES = "‐‑–−-"
_ATTACHED = rf'(?=[^\s\w"(){_DASHES}]*[\w"(%])'
_MINUS = re.compile(rf"[{_DASHES}]{_ATTACHED}")
"""A dash, also one that a text program made of it, right before what it excludes, or before the marks around that."""
_NEARLY_MINUS = re.compile(rf"(?:[{_DASHES}]{{2,}}|!+){_ATTACHED}")
_NEGATED_VALUE = re.compile(rf"[!{_DASHES}]+(?=\S)")
_PHRASE = re.compile(r'"(?P<words>[^"]*)"(?:~(?P<distance>\S*))?')
_CHUNK = re.compile(r'[^\s()"]+')
_FIGURE = re.compile(
    rf"""(?:"(?P<quoted>[^"]*)"|(?P<words>[^\s()"{COMPARING}]*[^\s()"{COMPARING}!]))"""
    rf"(?:\s*(?P<comparator>!?[{COMPARING}]+)\s*(?P<value>{TYPED_AMOUNT}))?",
    re.IGNORECASE,
)
_DATE = r"\d{1,4}(?:[-/.]\d{1,2}(?:[-/.]\d{1,4})?)?"
_UNTIL = r"(?:\s*(?:\.{2,3}|…)\s*|\s*[–—−]\s*|\s*-\s+|\s*(?:s\.?\s?d\.?|s/d|sampai|hingga)\s*)"
_STRETCH = re.compile(
    rf"""(?:(?P<first>{_DATE})(?:{_UNTIL}(?P<last>{_DATE})|\s+\.\.)|\.\.\s+(?P<until>{_DATE}))(?![^\s()"])""",
    re.IGNORECASE | re.ASCII,
)
"""Days from one to another, as they are written with blanks; `2026-11-01 -2026-11-22` is none: its dash excludes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An operator or a bracket at [start, end)."""

    kind: Operator
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word, a phrase or a field's value. [start, end) is its value as typed, quotes included; `name` its field.

    `opening` is where it begins with its field. `text` is the value without quotes; `distance` what stands behind `~`;
    `comparator` and `value` are the rest of a condition on figures.
    """

    start: int
    end: int
    text: str
    name: Name | None = None
    opening: int = 0
    quoted: bool = False
    distance: str | None = None
    comparator: str | None = None
    value: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether it is mere punctuation, which asks for nothing and was not meant as syntax either."""
        if self.name == "angka" or self.opening != self.start or self.distance is not None or tokens(self.text):
            return False
        return "*" not in self.text and self.text[:1] not in {*COMPARING} - {"="}


Piece: TypeAlias = Mark | Leaf


def plain_quotes(text: str) -> str:
    """The text with straight quotation marks in place of curly ones, character by character."""
    return text.translate(_QUOTES)


def excluded(text: str, opening: int) -> str:
    """What stands before the piece of the query that begins there, with a minus for it, or without the one it has."""
    before = text[:opening]
    return before[:-1] if before.endswith(tuple(_DASHES)) else f"{before}-"


def cut(text: str) -> list[Piece]:
    """The pieces of a query with straight quotes, in order; QueryError where one is not complete."""
    return list(_Cutter(text).pieces())


class _Cutter:
    """Reads from left to right; `_inside` has for each open bracket the field it belongs to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._inside: list[Name | None] = []

    def pieces(self) -> Iterator[Piece]:
        while self._skip_blanks():
            yield from self._next()

    def _skip_blanks(self) -> bool:
        blanks = _BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
        return self._at < len(self._text)

    def _next(self) -> Iterator[Piece]:
        start = self._at
        character = self._text[start]
        if character == "(":
            yield self._open(start, self._around())
        elif character == ")":
            self._at += 1
            if self._inside:
                self._inside.pop()
            yield Mark(")", start, self._at)
        elif _MINUS.match(self._text, start) and self._stands_alone(start):
            self._at += 1
            yield Mark("NOT", start, self._at)
        elif (nearly := _NEARLY_MINUS.match(self._text, start)) and self._stands_alone(start):
            raise QueryError(
                say("Yang tidak boleh ada ditulis dengan satu tanda minus, misalnya: klaim -kesehatan."),
                start=start,
                end=nearly.end(),
                suggestion=f"{self._text[:start]}-{self._text[nearly.end() :]}",
            )
        else:
            named = _FIELD.match(self._text, start)
            yield from self._field(named["name"], named.end()) if named else self._value(start, self._around())

    def _stands_alone(self, at: int) -> bool:
        return at == 0 or self._text[at - 1].isspace() or self._text[at - 1] in '()"'

    def _around(self) -> Name | None:
        """The field whose bracket is open here."""
        return next((name for name in reversed(self._inside) if name), None)

    def _open(self, start: int, name: Name | None) -> Mark:
        self._inside.append(name)
        self._at = self._text.index("(", start) + 1
        return Mark("(", start, self._at)

    def _field(self, typed: str, colon: int) -> Iterator[Piece]:
        start = self._at
        name = next((name for name in NAMES if name == typed.casefold()), None)
        followed = colon < len(self._text) and not self._text[colon].isspace()
        if name is None and not followed:
            self._at = colon
            yield Leaf(start, colon, typed, opening=start, name=self._around())
            return
        if name is None:
            raise self._unknown(typed, start, colon)
        if self._around() is not None:
            raise QueryError(
                say("{name}: tidak dapat berada di dalam {around}:(…).", name=name, around=self._around()),
                start=start,
                end=colon,
                suggestion=self._text[:start] + self._text[colon:],
            )
        self._at = colon
        if not self._skip_blanks() or self._text[self._at] == ")":
            raise QueryError(
                say("Tuliskan nilai setelah {name}:, misalnya {example}.", name=name, example=EXAMPLES[name]),
                start=start,
                end=colon,
                suggestion=_without(self._text, start, colon),
            )
        if negated := _NEGATED_VALUE.match(self._text, self._at):
            raise self._negated(name, start, negated)
        if self._text[self._at] == "(":
            yield self._open(start, name)
        else:
            yield from self._value(start, name)

    def _negated(self, name: Name, opening: int, sign: re.Match[str]) -> QueryError:
        message = say("Tanda minus ditulis di depan {name}:, misalnya -{example}.", name=name, example=EXAMPLES[name])
        field = self._text[opening : sign.start()]
        meant = excluded(self._text, opening) + field + self._text[sign.end() :]
        return QueryError(message, start=sign.start(), end=sign.end(), suggestion=meant)

    def _unknown(self, typed: str, start: int, colon: int) -> QueryError:
        word = typed.casefold()
        meant = _MEANT.get(word) or next(iter(get_close_matches(word, NAMES, 1, 0.6)), None)
        known = ", ".join(f"{name}:" for name in NAMES)
        replacement = f"{meant}:" if meant else f"{typed}: "
        lacking = say("Tidak ada saringan bernama {typed}:.", typed=typed)
        question = say("Mungkin maksudnya {meant}:?", meant=meant) if meant else ""
        return QueryError(
            " ".join(it for it in (lacking, question, say("Yang ada: {known}.", known=known)) if it),
            start=start,
            end=colon,
            suggestion=self._text[:start] + replacement + self._text[colon:],
        )

    def _value(self, opening: int, name: Name | None) -> Iterator[Piece]:
        """The leaf or operator that begins here."""
        start = self._at
        stretch = _STRETCH.match(self._text, start) if name == "tanggal" else None
        chunk = _CHUNK.match(self._text, start)
        text = chunk.group() if chunk else ""
        if text in _OPERATORS and opening == start:
            self._at += len(text)
            yield Mark(_OPERATORS[text], start, self._at)
        elif name == "angka":
            yield self._figure(opening)
        elif stretch:
            self._at = stretch.end()
            days = f"{stretch['first'] or ''}..{stretch['last'] or stretch['until'] or ''}"
            yield Leaf(start, self._at, days, name, opening)
        elif not text:
            yield from self._phrase(opening, name)
        else:
            self._at += len(text)
            yield Leaf(start, self._at, text, name, opening)

    def _phrase(self, opening: int, name: Name | None) -> Iterator[Piece]:
        start = self._at
        phrase = _PHRASE.match(self._text, start)
        if phrase is None:
            raise QueryError(
                say('Tanda kutip belum ditutup. Tambahkan " di akhir frasa.'),
                start=start,
                end=len(self._text),
                suggestion=f'{self._text.rstrip()}"',
            )
        self._at = phrase.end()
        if phrase["distance"] is not None:
            # A bracket or quote behind the distance is the next piece.
            distance = re.match(r'[^\s()"]*', phrase["distance"])
            kept = distance.group() if distance else ""
            self._at = phrase.start("distance") + len(kept)
            yield Leaf(start, self._at, phrase["words"], name, opening, quoted=True, distance=kept)
        else:
            yield Leaf(start, self._at, phrase["words"], name, opening, quoted=True)

    def _figure(self, opening: int) -> Leaf:
        start = self._at
        found = _FIGURE.match(self._text, start)
        if found is None:
            end = start + 1
            suggestion = _without(self._text, opening, end)
            raise QueryError(
                say("Tuliskan nama angka setelah angka:, misalnya {example}.", example=EXAMPLES["angka"]),
                start=start,
                end=end,
                suggestion=suggestion,
            )
        self._at = found.end()
        words = found["words"] if found["quoted"] is None else found["quoted"]
        return Leaf(
            start,
            self._at,
            words,
            "angka",
            opening,
            quoted=found["quoted"] is not None,
            comparator=found["comparator"],
            value=found["value"] or "",
        )


_OPERATORS: dict[str, Operator] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}

EXAMPLES: dict[Name, str] = {
    "judul": "judul:klaim",
    "media": "media:antara",
    "wilayah": 'wilayah:"jawa timur"',
    "sentimen": "sentimen:negatif",
    "topik": "topik:keluhan",
    "narasumber": 'narasumber:"nama orang"',
    "label": "label:penting",
    "tanggal": "tanggal:2026-11-01..2026-11-22",
    "angka": FIGURE_EXAMPLE,
}
"""One right value of every field, for messages."""


def _without(text: str, start: int, end: int) -> str | None:
    """The query without these characters, None where nothing would be left of it."""
    left = " ".join(part for part in (text[:start].strip(), text[end:].strip()) if part)
    return left or None
