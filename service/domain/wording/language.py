"""The language in which words are told: Indonesian, in which they are written, unless a block tells otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, its messages by their Indonesian words, and how it writes numbers and times of day."""

    code: str
    messages: Mapping[str, str] = field(default_factory=dict)
    decimal_mark: str = ","
    thousands_mark: str = "."
    clock_mark: str = "."


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
