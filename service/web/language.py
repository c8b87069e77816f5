"""The languages of the desk: Indonesian, in which it is written, and English by catalogues."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import Request

from service.domain.wording.language import INDONESIAN, Language, say
from service.domain.wording.retelling import retell
from service.errors import PantauError

LANGUAGES: Mapping[str, str] = {INDONESIAN.code: "Bahasa Indonesia", "en": "English"}
COOKIE = "bahasa"
CATALOGUES = Path(__file__).parent / "locale"

_MARKS = {"en": (".", ",", ":")}
"""The decimal mark, that of thousands and that between hours and minutes."""


def chosen(request: Request) -> str:
    """The code of the language that this browser chose here; Indonesian until it does.

    What a browser asks for by itself is not heeded: many in Indonesia ask for English, and nobody chose that.
    """
    code = request.cookies.get(COOKIE, "")
    return code if code in LANGUAGES else INDONESIAN.code


@cache
def language_of(code: str) -> Language:
    """The language with the messages of its catalogues, which lie in the folder of its code."""
    if code == INDONESIAN.code:
        return INDONESIAN
    messages: dict[str, str] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as file:
            messages |= {str(it.id): str(it.string) for it in read_po(file) if it.id and it.string and not it.fuzzy}
    return Language(code, messages, *_MARKS[code])


def ngettext(one: str, many: str, number: int) -> str:
    """The message for one or for many, in the language of the page."""
    return say(one if number == 1 else many)


def say_told(told: str | PantauError) -> str:
    """What was told in Indonesian, in the language of the page; what is told in that already stays."""
    text = str(told)
    return retell(text) or say(text)
