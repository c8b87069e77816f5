"""The versions of an article: which texts were printed when, and how one differs from the next.

Comparing costs the square of the length, and whoever prints the texts may choose them: what is longer than any honest
article is compared paragraph by paragraph, or shown as wholly removed and added.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal, Protocol

from service.domain.article import Article, ArticleVersion

Nature = Literal["correction", "figures", "content", "cosmetic"]
"""What a change amounts to, the gravest first: the outlet says that it corrects, numbers differ, words differ, or only
letters' case, spacing and punctuation do.
"""

_MOST_PARAGRAPHS = 400
_MOST_PAIRS = 2_500
_MOST_WORDS = 400
_ALIKE = 0.4
"""Share of words in common from which two paragraphs are one that was changed."""

# What newsrooms write when they correct; bare "koreksi" is also what share prices do, bare "diperbarui" what data are.
_NOTICE = re.compile(
    r"\b(?:meralat|diralat|ralat|koreksi(?=\s*(?::|redaksi\b|berita\b|judul\b))|hak\s+(?:jawab|koreksi)"
    r"|redaksi\s+(?:me)?mohon\s+maaf|permohonan\s+maaf\s+redaksi"
    r"|(?:berita|artikel|judul|naskah|tulisan)\b[^.!?\n]{0,40}\b(?:telah|sudah)\s+(?:diperbarui|diperbaiki|disunting))\b"
    r"|^\W*telah\s+diperbarui\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
_LONGEST_NOTICE = 300

# Days and times of day change with every update of a page and state nothing about the agency.
_DATE_OR_TIME = re.compile(
    r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\s*(?:WIB|WITA|WIT)\b"
)
_FIGURE = re.compile(
    r"(?:\bRp\.?\s?|(?<![\w.,]))\d{1,18}(?:[.,]\d{1,18}){0,6}"
    r"(?:\s?%|\s(?:persen|ribu|juta|miliar|triliun)\b)?(?:\s(?:orang|peserta|pekerja|perusahaan|kasus|klaim)\b)?",
    re.IGNORECASE,
)

_RUPIAH = re.compile(r"^Rp\.? ?", re.IGNORECASE)


class Printed(Protocol):
    """Anything with a title and a text that has one paragraph a line."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, only in the older or only in the newer."""

    kind: Literal["equal", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of both texts; in a changed one the pieces tell what became of its words."""

    kind: Literal["equal", "removed", "added", "changed"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a newer text differs from an older one.

    `notice` is the sentence with which the newer one says that it corrects; `figures_removed` and `figures_added` are
    the numbers that stand in only one of the two, as printed and in reading order.
    """

    nature: Nature
    title: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    notice: str = ""
    figures_removed: tuple[str, ...] = ()
    figures_added: tuple[str, ...] = ()

    @property
    def has_new_title(self) -> bool:
        """Whether the titles differ."""
        return any(piece.kind != "equal" for piece in self.title)

    def count(self, kind: Literal["removed", "added", "changed"]) -> int:
        """How many paragraphs were removed, added or changed."""
        return sum(paragraph.kind == kind for paragraph in self.paragraphs)


def as_version(article: Article, replaced: datetime) -> ArticleVersion:
    """The text the article has now, as the earlier text it becomes."""
    return ArticleVersion(
        article_id=article.id,
        fetched=article.fetched or article.found,
        replaced=replaced,
        title=article.title,
        text=article.text,
        published=article.published,
        modified=article.modified,
        archived_in=article.archived_in,
    )


def all_texts(article: Article, versions: Sequence[ArticleVersion]) -> list[ArticleVersion]:
    """The earlier texts and the one of today, the oldest first; they are counted from 1."""
    return [*versions, as_version(article, article.fetched or article.found)]


def version_after(history: Sequence[ArticleVersion], fetched: datetime) -> ArticleVersion | None:
    """The first of the versions, given the oldest first, that was fetched later."""
    return next((version for version in history if version.fetched > fetched), None)


def is_told(history: Sequence[ArticleVersion], page: Printed, fetched: datetime) -> bool:
    """Whether the versions, given the oldest first, tell already what the article said when this page was fetched.

    They do where the version before it or the one after it reads the same.
    """
    before = [version for version in history if version.fetched <= fetched][-1:]
    after = version_after(history, fetched)
    return any(reads_the_same(page, version) for version in (*before, after) if version is not None)


def reads_the_same(one: Printed, other: Printed) -> bool:
    """Whether title and text are the same."""
    return (one.title, one.text) == (other.title, other.text)


def difference(older: Printed, newer: Printed) -> Difference:
    """How the newer text differs from the older one."""
    removed, added = _figures_of_one_only(older, newer)
    notice = _new_notice(older.text, newer.text)
    return Difference(
        nature=_nature(older, newer, notice, bool(removed or added)),
        title=tuple(_words_compared(older.title, newer.title)),
        paragraphs=tuple(_paragraphs_compared(_lines(older.text), _lines(newer.text))),
        notice=notice,
        figures_removed=removed,
        figures_added=added,
    )


def _nature(older: Printed, newer: Printed, notice: str, has_other_figures: bool) -> Nature:
    if notice:
        return "correction"
    if has_other_figures:
        return "figures"
    return "cosmetic" if _letters(older) == _letters(newer) else "content"


def _letters(printed: Printed) -> str:
    """Title and text without case, accents, punctuation and spacing."""
    plain = unicodedata.normalize("NFKD", f"{printed.title}\n{printed.text}").casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _new_notice(older: str, newer: str) -> str:
    """The first sentence of the newer text that says it corrects, where the older text has no such sentence."""
    known = {_plain(sentence) for sentence in _notices(older)}
    return next((sentence for sentence in _notices(newer) if _plain(sentence) not in known), "")


def _notices(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        if _NOTICE.search(sentence):
            yield sentence.strip()[:_LONGEST_NOTICE]


def _figures_of_one_only(older: Printed, newer: Printed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before, after = _figures(older), _figures(newer)
    old, new = Counter(map(_plain, before)), Counter(map(_plain, after))
    return _left_over(before, old - new), _left_over(after, new - old)


def _figures(printed: Printed) -> list[str]:
    text = _DATE_OR_TIME.sub(" ", f"{printed.title}\n{printed.text}")
    return [_RUPIAH.sub("Rp", " ".join(found.group().split())) for found in _FIGURE.finditer(text)]


def _left_over(figures: Iterable[str], left: Counter[str]) -> tuple[str, ...]:
    """Each figure that the other text does not state at all or not so often, once."""
    kept: dict[str, str] = {}
    for figure in figures:
        if left[_plain(figure)] > 0:
            kept.setdefault(_plain(figure), figure)
    return tuple(kept.values())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _paragraphs_compared(older: Sequence[str], newer: Sequence[str]) -> Iterator[Paragraph]:
    first, last = _equal_ends(older, newer)
    older_rest, newer_rest = older[first : len(older) - last], newer[first : len(newer) - last]
    yield from (_whole("equal", line) for line in older[:first])
    if max(len(older_rest), len(newer_rest)) > _MOST_PARAGRAPHS:
        yield from _replaced(older_rest, newer_rest)
    else:
        matcher = SequenceMatcher(None, older_rest, newer_rest)
        for kind, start, end, newer_start, newer_end in matcher.get_opcodes():
            if kind == "equal":
                yield from (_whole("equal", line) for line in older_rest[start:end])
            else:
                yield from _replaced(older_rest[start:end], newer_rest[newer_start:newer_end])
    yield from (_whole("equal", line) for line in older[len(older) - last :])


def _replaced(older: Sequence[str], newer: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of both in reading order, those that are much alike as one that was changed."""
    left = newer_left = 0
    for at, newer_at in _alike(older, newer):
        yield from (_whole("removed", line) for line in older[left:at])
        yield from (_whole("added", line) for line in newer[newer_left:newer_at])
        yield Paragraph("changed", tuple(_words_compared(older[at], newer[newer_at])))
        left, newer_left = at + 1, newer_at + 1
    yield from (_whole("removed", line) for line in older[left:])
    yield from (_whole("added", line) for line in newer[newer_left:])


def _alike(older: Sequence[str], newer: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where paragraphs stand that share many words, each once and in order."""
    if len(older) * len(newer) > _MOST_PAIRS:
        return
    newer_words = [frozenset(_plain(line).split()) for line in newer]
    start = 0
    for at, line in enumerate(older):
        words = frozenset(_plain(line).split())
        likenesses = [(_likeness(words, other), -place) for place, other in enumerate(newer_words[start:], start)]
        likeness, place = max(likenesses, default=(0.0, 0))
        if likeness >= _ALIKE:
            yield at, -place
            start = 1 - place


def _likeness(words: frozenset[str], other: frozenset[str]) -> float:
    return len(words & other) / len(words | other)


def _words_compared(older: str, newer: str) -> Iterator[Piece]:
    """The words of both in reading order."""
    before, after = older.split(), newer.split()
    first, last = _equal_ends(before, after)
    before_rest, after_rest = before[first : len(before) - last], after[first : len(after) - last]
    yield from _piece("equal", before[:first])
    if max(len(before_rest), len(after_rest)) > _MOST_WORDS:
        yield from (*_piece("removed", before_rest), *_piece("added", after_rest))
    else:
        matcher = SequenceMatcher(None, before_rest, after_rest)
        for kind, start, end, newer_start, newer_end in matcher.get_opcodes():
            if kind == "equal":
                yield from _piece("equal", before_rest[start:end])
            else:
                yield from _piece("removed", before_rest[start:end])
                yield from _piece("added", after_rest[newer_start:newer_end])
    yield from _piece("equal", before[len(before) - last :])


def _equal_ends(older: Sequence[str], newer: Sequence[str]) -> tuple[int, int]:
    """How many items both begin with, and how many further ones both end with."""
    shorter = min(len(older), len(newer))
    first = next((at for at in range(shorter) if older[at] != newer[at]), shorter)
    rest = shorter - first
    last = next((at for at in range(rest) if older[-1 - at] != newer[-1 - at]), rest)
    return first, last


def _piece(kind: Literal["equal", "removed", "added"], words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, " ".join(words))


def _whole(kind: Literal["equal", "removed", "added"], line: str) -> Paragraph:
    return Paragraph(kind, (Piece(kind, line),))
