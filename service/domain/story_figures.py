"""What the articles of one story state differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.analysis import Figure
from service.domain.article import Article
from service.domain.figure import is_news

Value = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class StatedBy:
    """A value as it is printed, and the articles that state it, the first printed first."""

    value: Value
    unit: str
    surface: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the outlets of a story state with different values, that of most articles first."""

    metric: str
    kind: str
    region: str | None
    period: str | None
    values: tuple[StatedBy, ...]


def differences(articles: Sequence[Article]) -> list[Difference]:
    """Where outlets differ on one thing; `articles` are those of the story, the first printed first.

    Compared is what has one exact value in each article: two values of a kind in one text are of different things.
    """
    told: dict[tuple[str | None, ...], list[tuple[Article, Figure]]] = {}
    for article in articles:
        for what, figures in _by_thing(article.figures).items():
            if len({figure.value for figure in figures}) == 1:
                told.setdefault(what, []).append((article, figures[0]))
    found = [_difference(figures) for figures in told.values()]
    return [it for it in found if len(it.values) > 1 and len(_outlets(it)) > 1]


def _by_thing(figures: Iterable[Figure]) -> dict[tuple[str | None, ...], list[Figure]]:
    """The exact news among the figures by what they are about."""
    things: dict[tuple[str | None, ...], list[Figure]] = {}
    for figure in figures:
        if is_news(figure) and figure.comparator == "exact" and figure.metric != "other":
            of = (figure.segment, figure.program, figure.status, figure.region, figure.period, figure.direction)
            things.setdefault((figure.metric, figure.kind, figure.unit, *of), []).append(figure)
    return things


def _difference(told: Sequence[tuple[Article, Figure]]) -> Difference:
    values: dict[Value, list[tuple[Article, Figure]]] = {}
    for article, figure in told:
        values.setdefault(figure.value, []).append((article, figure))
    first = told[0][1]
    stated = [
        StatedBy(value, first.unit, by[0][1].surface, tuple(article for article, _ in by))
        for value, by in values.items()
    ]
    stated.sort(key=lambda it: -len(it.articles))
    return Difference(first.metric, first.kind, first.region, first.period, tuple(stated))


def _outlets(difference: Difference) -> set[str]:
    return {article.outlet for stated in difference.values for article in stated.articles}
