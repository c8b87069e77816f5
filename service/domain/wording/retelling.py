"""What was told in Indonesian and kept, told anew in the language of whoever reads it."""

import re
from collections.abc import Sequence

from service.domain.wording.language import INDONESIAN, language, say
from service.domain.wording.times import moment, read_moment

_LONGEST_TOLD = 1_000
"""A longer text is none of our messages, and matching it would take long."""

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_SENTENCES = re.compile(r"((?<=[.?!]) )")
_PARTS = re.compile(r"(, |; |(?<=[.?!]) )")


def retell(told: str) -> str | None:
    """What was told in Indonesian, in the language of the block; None where that is not one of its messages.

    Numbers stand in a message as {}, and places with names hold anything, also a time. A list, or several sentences,
    are told anew where all of them can be.
    """
    if len(told) > _LONGEST_TOLD:
        return None
    return (
        _retold_as_it_is(told)
        or _retold_moment(told)
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


def _retold_moment(told: str) -> str | None:
    then = read_moment(told)
    return moment(then) if then is not None and language() is not INDONESIAN else None


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
