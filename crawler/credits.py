"""Who signed a report: the newsroom's marks at its end and the lines that name reporter and editor.

They are no sentences of the report, and yet a record of who wrote and who passed it: taken out of the text and kept.
"""

import re
from collections.abc import Iterable, Iterator

_ROLE = (
    r"(?:editor|redaktur|penyunting|pewarta|reporter|penulis|uploader|wartawan|kontributor|fotografer|jurnalis|oleh"
    r"|rep|red)"
)
_ROLES = rf"{_ROLE}(?:\s?[/&]\s?{_ROLE})?"
_CREDIT = re.compile(
    rf"\W{{0,3}}(?P<role>{_ROLES})\s?[:：]\s?(?P<names>[^\s:：|©][^:：|©]{{1,90}}?)"
    rf"\W{{0,3}}(?=\b{_ROLES}\s?[:：]|[|©]|\bcopyright\b|\bhak\s+cipta\b|$)",
    re.IGNORECASE,
)
_REST = re.compile(r"\W*(?:(?:copyright|hak\s+cipta|©).*)?", re.IGNORECASE | re.DOTALL)
_LONGEST_LINE = 250
_MOST_NAME_WORDS = 12
_MOST_CREDITS = 8


def credits_in(line: str) -> tuple[str, ...]:
    """The credits of a line that is nothing else: "Pewarta: Rina Editor: Budi COPYRIGHT © …" holds two."""
    if len(line) > _LONGEST_LINE or (":" not in line and "：" not in line):
        return ()
    found = []
    place = 0
    while match := _CREDIT.match(line, place):
        names = match["names"].strip(" .,;/()[]-–—")
        if not names or len(names.split()) > _MOST_NAME_WORDS:
            return ()
        found.append(f"{' '.join(match['role'].split()).capitalize()}: {names}")
        place = match.end()
    return tuple(found) if found and _REST.fullmatch(line, place) else ()


def mark_in(signature: str) -> str:
    """A signature without its brackets: "vyp/kna" of "(vyp/kna)", "E-2" of "(E-2)"; nothing for mere asterisks."""
    mark = signature.strip(" .()[]*/\u00a0")
    return mark if re.search(r"[A-Za-z]", mark) else ""


def unique(credits: Iterable[str]) -> tuple[str, ...]:
    """The credits, each once however it is spelt, in order."""
    return tuple(_unique(credits))[:_MOST_CREDITS]


def _unique(credits: Iterable[str]) -> Iterator[str]:
    seen = set()
    for credit in credits:
        letters = re.sub(r"[\W_]+", "", credit).casefold()
        if letters and letters not in seen:
            seen.add(letters)
            yield credit
