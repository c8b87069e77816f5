"""The language in which words are told: Indonesian, in which they are written, unless a block tells otherwise."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

_LEAST_LETTERS = 8
"""A message with fewer of its own around its places is found in anything."""

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Language:
    """A language by its code, its messages by their Indonesian words, and how it writes numbers and times of day."""

    code: str
    messages: Mapping[str, str] = field(default_factory=dict)
    decimal_mark: str = ","
    thousands_mark: str = "."
    clock_mark: str = "."

    @cached_property
    def sentences(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The messages with places that have names, each behind the pattern of what it tells in Indonesian.

        Those with most words of their own come first.
        """
        named = [message for message in self.messages if _PLACE.search(message)]
        telling = [it for it in named if sum(map(str.isalpha, _PLACE.sub("", it))) >= _LEAST_LETTERS]
        telling.sort(key=lambda message: -len(_PLACE.sub("", message)))
        return tuple((_pattern(message), message) for message in telling)


INDONESIAN = Language("id")

_language: ContextVar[Language] = ContextVar("language", default=INDONESIAN)


def language() -> Language:
    """That of the block."""
    return _language.get()


@contextmanager
def telling_in(told: Language) -> Iterator[None]:
    """Words are told in that language while the block, or a function that this decorates, runs."""
    token = _language.set(told)
    try:
        yield
    finally:
        _language.reset(token)


def tell_in(told: Language) -> None:
    """From here on words are told in that language in this task alone."""
    _language.set(told)


def say(message: str, /, **values: object) -> str:
    """The message in the language of the block, with the values in the places that bear their names.

    A message without values is taken as it is, braces and all. One that the language lacks stays Indonesian.
    """
    told = _language.get().messages.get(message, message)
    return told.format(**values) if values else told


def _pattern(message: str) -> re.Pattern[str]:
    """What the message tells, with its values in groups by the names of their places."""
    written, *rest = _PLACE.split(message)
    pattern, seen = re.escape(written), set[str]()
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        pattern += (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)") + re.escape(text)
        seen.add(name)
    return re.compile(pattern, re.DOTALL)
