"""The languages of the pages: Indonesian, in which they are written, and English by a catalogue.

Only pages that are wholly translated come in English; every other page stays Indonesian.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import negotiate_locale
from babel.dates import format_datetime
from babel.messages.pofile import read_po
from fastapi import Request
from jinja2 import pass_context
from jinja2.runtime import Context

from service.domain.article import WIB
from service.domain.wording.times import moment

SOURCE = "id"
LANGUAGES: Mapping[str, str] = {SOURCE: "Bahasa Indonesia", "en": "English"}
COOKIE = "bahasa"
CATALOGUES = Path(__file__).parent / "locale"
TRANSLATED = frozenset({"sign_in.html", "forgotten.html", "choose_password.html", "link_over.html"})
"""The templates of which every word is in the catalogues."""

_NUMBER = re.compile(r"\d+")


def preferred(request: Request) -> str:
    """The language that this browser chose here, else the one it asks for, else Indonesian."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return negotiate_locale(_asked_for(request.headers.get("accept-language", "")), list(LANGUAGES), sep="-") or SOURCE


def translated(message: str, language: str) -> str:
    """The message in that language; as it is where the catalogue has none. The catalogue has {} for numbers."""
    if language == SOURCE:
        return message
    known = catalogue(language)
    counted = known.get(_NUMBER.sub("{}", message))
    return known.get(message) or (counted.format(*_NUMBER.findall(message)) if counted else message)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The messages of that language by their Indonesian words."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return {str(it.id): str(it.string) for it in read_po(file) if it.id and it.string and not it.fuzzy}


@pass_context
def gettext(context: Context, message: str) -> str:
    """The message in the language of the page."""
    return translated(message, context.get("language", SOURCE))


@pass_context
def ngettext(context: Context, one: str, many: str, number: int) -> str:
    """The message for one or for many, in the language of the page."""
    return gettext(context, one if number == 1 else many)


@pass_context
def told_moment(context: Context, value: datetime) -> str:
    """An aware time as the page's language writes it, in WIB."""
    language: Any = context.get("language", SOURCE)
    if language == SOURCE:
        return moment(value)
    return f"{format_datetime(value.astimezone(WIB), 'EEE d MMM y, HH:mm', locale=language)} WIB"


def _asked_for(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        code, _, rest = part.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        wanted.append((-weight, code.strip()))
    # Sorted by weight alone: of equals the first is wanted more.
    return [code for weight, code in sorted(wanted, key=lambda it: it[0]) if weight and code]
