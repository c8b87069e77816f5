"""The language in which words are told: Indonesian, in which they are written, unless a block tells otherwise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

_LEAST_LETTERS = 8
"""A message with fewer of its own around its places is found in anything."""

_LONGEST_TOLD = 1_000
"""A longer text is none of our messages, and matching it would take long."""

_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_SENTENCES = re.compile(r"((?<=[.?!]) )")
_PARTS = re.compile(r"(, |; |(?<=[.?!]) )")


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


def retell(told: str) -> str | None:
    """What was told in Indonesian, in the language of the block; None where that is not one of its messages.

    Numbers stand in a message as {}, and places with names hold anything. A list, or several sentences, are told anew
    where all of them can be.
    """
    if len(told) > _LONGEST_TOLD:
        return None
    return (
        _retold_as_it_is(told)
        or _retold_by_parts(_SENTENCES.split(told))
        or _retold_by_parts(_PARTS.split(told))
        or _retold_by_pattern(told)
    )


def _retold_as_it_is(told: str) -> str | None:
    messages = language().messages
    if told in messages:
        return say(told)
    counted = _NUMBER.sub("{}", told)
    if counted not in messages:
        return None
    return messages[counted].format(*map(_remarked, _NUMBER.findall(told)))


def _retold_by_parts(parts: Sequence[str]) -> str | None:
    """Texts and what stood between them in turn; None where one of the texts is not known."""
    texts = [_retold_as_it_is(part) or _retold_by_pattern(part) for part in parts[::2]] if len(parts) > 1 else []
    retold = [text for text in texts if text is not None]
    if not retold or len(retold) < len(texts):
        return None
    return "".join(it for pair in zip(retold, [*parts[1::2], ""], strict=True) for it in pair)


def _retold_by_pattern(told: str) -> str | None:
    for pattern, message in language().sentences:
        found = pattern.fullmatch(told)
        if found is not None:
            return say(message, **{name: _value(text) for name, text in found.groupdict().items()})
    return None


def _value(text: str) -> str:
    """What stood in a place: a number, words of ours, or what somebody typed, which stays."""
    if _NUMBER.fullmatch(text):
        return _remarked(text)
    may_be_ours = " " in text or text[:1].isupper()
    return (retell(text) if may_be_ours else None) or text


def _remarked(printed: str) -> str:
    """A number as Indonesian writes it, with the marks of the language of the block."""
    told = language()
    return printed.translate(str.maketrans(".,", told.thousands_mark + told.decimal_mark))


def _pattern(message: str) -> re.Pattern[str]:
    """What the message tells, with its values in groups by the names of their places."""
    written, *rest = _PLACE.split(message)
    pattern, seen = re.escape(written), set[str]()
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        pattern += (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)") + re.escape(text)
        seen.add(name)
    return re.compile(pattern, re.DOTALL)
