"""An article's past as the page tells it: each text with when it was read, and what the next one changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from service.domain.article import Article, ArticleVersion
from service.domain.version import Paragraph, Piece, all_texts, difference
from service.domain.wording.changes import change
from service.web.markup import LONGEST_TITLE

MOST_TEXTS = 30
MOST_COMPARED = 8
"""Changes that are shown word by word, the newest; comparing costs time."""

MOST_CHARACTERS = 20_000
"""Of all changes together; whoever needs more has the archived copies."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: one paragraph that differs, or so many that stayed (`kept`) and are not shown."""

    kind: Literal["kept", "removed", "added", "changed"]
    pieces: tuple[Piece, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a text changed of the one before; `is_cut` where more differs than is shown."""

    said: str
    nature: str
    title: tuple[Piece, ...]
    passages: tuple[Passage, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the article. `number` names its archived copy, counted from 1."""

    number: int
    fetched: datetime
    change: Change | None
    is_irrelevant: bool = False


def entries(article: Article, versions: Sequence[ArticleVersion]) -> list[Entry]:
    """The texts of the article, the oldest first and today's last; of very many the newest."""
    texts = [replace(text, title=text.title[:LONGEST_TITLE]) for text in all_texts(article, versions)]
    is_irrelevant = not article.has_text
    left = MOST_CHARACTERS
    told: list[Entry] = []
    for number in range(len(texts), max(0, len(texts) - MOST_TEXTS), -1):
        text = texts[number - 1]
        is_without_text = is_irrelevant and number == len(texts)
        change_made = None
        if number > 1 and len(told) < MOST_COMPARED and not is_without_text:
            change_made, left = _change(texts[number - 2], text, left)
        told.append(Entry(number, text.fetched, change_made, is_without_text))
    return told[::-1]


def _change(older: ArticleVersion, newer: ArticleVersion, left: int) -> tuple[Change, int]:
    """What was changed, in at most so many characters, and how many are left."""
    found = difference(older, newer)
    shown: list[Passage] = []
    is_cut = False
    for passage in _passages(found.paragraphs):
        size = sum(len(piece.text) for piece in passage.pieces)
        if size > left:
            is_cut = True
            break
        left -= size
        shown.append(passage)
    title = found.title if found.has_new_title else ()
    return Change(change(found), found.nature, title, tuple(shown), is_cut), left


def _passages(paragraphs: Sequence[Paragraph]) -> Iterator[Passage]:
    for is_kept, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind == "equal"):
        if is_kept:
            yield Passage("kept", kept=len(list(group)))
        else:
            for paragraph in group:
                if paragraph.kind != "equal":
                    yield Passage(paragraph.kind, paragraph.pieces)
