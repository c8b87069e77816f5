"""Who is quoted: a speaker with what the press printed of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain.terms import tokens

_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body that relevant articles quote, under one name whatever its capitals and marks.

    `name` and `title` are as printed last, `title` None where none was. `quotes` counts what is quoted, the others
    count articles: `positive`, `neutral` and `negative` by their tone toward the agency, not by what the speaker said.
    """

    key: str
    name: str
    title: str | None
    articles: int
    quotes: int
    positive: int
    neutral: int
    negative: int
    last: datetime


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Some of the speakers that were asked for, those in most articles first, and how many they are altogether."""

    total: int
    speakers: Sequence[Speaker]


@dataclass(frozen=True, slots=True)
class Said:
    """What a speaker said and the article that tells it; only a `verbatim` text is the speaker's own words."""

    text: str
    verbatim: bool
    title: str | None
    article_id: str
    headline: str
    outlet: str
    moment: datetime
    tone: str


def speaker_key(name: str) -> str:
    """The name's folded words, by which a speaker is known; "" for a name without any."""
    return " ".join(token.exact for token in tokens(name))[:_LONGEST_KEY].strip()
