"""Figures that changed between copies of one text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nlp.analysis import Figure
from service.domain.article import Article
from service.domain.figure import is_stated
from service.domain.story import is_copy
from service.domain.story_figures import StatedBy, Value

_CONTEXT_WORDS = 4
_LONGEST_CONTEXT = 120
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")

Context = tuple[str, str, str]
"""The unit of a figure, on which side of it words stand, and these words."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One place of a text in which its copies state different values.

    `values` are those that are printed, the one of most copies first and of as many the first printed; the articles of
    all others altered it, or the first did. `sentence` is the place as the first of them prints it.
    """

    metric: str
    kind: str
    sentence: str
    values: tuple[StatedBy, ...]


@dataclass(slots=True)
class _Place:
    """A figure's place in the copies of a text, with what each of them states there."""

    stated: dict[str, tuple[Article, Figure]] = field(default_factory=dict)


def alterations(articles: Sequence[Article]) -> list[Alteration]:
    """Where copies of one text state different values; `articles` are those of the story, the first printed first."""
    found = []
    for copies in _copies(articles):
        for place in _places(copies):
            told = list(place.stated.values())
            if len({figure.value for _, figure in told}) > 1:
                found.append(_alteration(told))
    return found


def _copies(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles by the text that they were taken from, texts of one article left out."""
    texts: list[list[Article]] = []
    for article in articles:
        same = next((copies for copies in texts if is_copy(copies[0], article)), None)
        if same is None:
            texts.append([article])
        else:
            same.append(article)
    return (copies for copies in texts if len(copies) > 1)


def _places(copies: Iterable[Article]) -> list[_Place]:
    """Where the copies state figures: a place is known again by the words before the figure or by those behind it."""
    places: list[_Place] = []
    known: dict[Context, _Place] = {}
    for article in copies:
        for figure in (it for it in article.figures if it.field == "text" and is_stated(it)):
            contexts = _contexts(article.text, figure)
            place = next((known[context] for context in contexts if context in known), None)
            if place is None:
                place = _Place()
                places.append(place)
            # Of a list in which the same words lead to two figures, only the first is compared.
            place.stated.setdefault(article.id, (article, figure))
            for context in contexts:
                known.setdefault(context, place)
    return places


def _contexts(text: str, figure: Figure) -> list[Context]:
    """The words on both sides of the figure without their digits, sides with fewer words left out."""
    before = _words(text[max(0, figure.start - _LONGEST_CONTEXT) : figure.start])[-_CONTEXT_WORDS:]
    behind = _words(text[figure.end : figure.end + _LONGEST_CONTEXT])[:_CONTEXT_WORDS]
    sides = (("before", before), ("behind", behind))
    return [(figure.unit, side, " ".join(words)) for side, words in sides if len(words) == _CONTEXT_WORDS]


def _words(text: str) -> list[str]:
    return _WORD.findall(_DIGIT.sub("0", text).casefold())


def _alteration(told: Sequence[tuple[Article, Figure]]) -> Alteration:
    by_value: dict[Value, list[tuple[Article, Figure]]] = {}
    for article, figure in told:
        by_value.setdefault(figure.value, []).append((article, figure))
    stated = [
        StatedBy(value, by[0][1].unit, by[0][1].surface, tuple(article for article, _ in by))
        for value, by in by_value.items()
    ]
    stated.sort(key=lambda it: -len(it.articles))
    first = told[0][1]
    return Alteration(first.metric, first.kind, first.sentence.text, tuple(stated))
