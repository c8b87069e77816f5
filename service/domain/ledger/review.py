"""What a person decided about a figure: that it was read rightly, what it should say, or that it is none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from nlp.analysis import Figure
from service.domain.ledger.identity import stable_id

Verdict = Literal["confirmed", "corrected", "rejected"]


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one person; the newest about a statement holds. A `verdict` of None takes the former ones back.

    `changes` are the corrected fields, as the analysis' JSON writes them ("value": 31.93 or [30, 40], "metric",
    "region", "region_code", "period", …). `said` is what had been read, in the same form, so that a pair of both can
    teach a model.
    """

    statement_id: str
    article_id: str
    verdict: Verdict | None
    by: str
    at: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure of an article with its id in the ledger, as it is after the reviews."""

    id: str
    figure: Figure
    verdict: Verdict | None = None


def newest(reviews: Iterable[Review]) -> dict[str, Review]:
    """The review that holds of each statement, by its id; those taken back are left out."""
    held: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        held[review.statement_id] = review
    return {statement: review for statement, review in held.items() if review.verdict is not None}


def statement_ids(article_id: str, figures: Iterable[Figure]) -> list[str]:
    """The figures' ids in their order: they stay when the article is read anew, as long as the sentence stands."""
    seen: Counter[tuple[str, str, str]] = Counter()
    ids = []
    for figure in figures:
        place = (figure.field, " ".join(figure.sentence.text.split()), figure.surface)
        ids.append(stable_id(article_id, *place, str(seen[place])))
        seen[place] += 1
    return ids


def judged(article_id: str, figures: Sequence[Figure], reviews: Iterable[Review]) -> list[JudgedFigure]:
    """The figures of an article in their order, with what the reviews make of them."""
    held = newest(reviews)
    pairs = zip(statement_ids(article_id, figures), figures, strict=True)
    return [_judged(statement, figure, held.get(statement)) for statement, figure in pairs]


def _judged(statement: str, figure: Figure, review: Review | None) -> JudgedFigure:
    if review is None:
        return JudgedFigure(statement, figure)
    return JudgedFigure(statement, corrected(figure, review.changes), review.verdict)


def corrected(figure: Figure, changes: Mapping[str, Any]) -> Figure:
    """The figure with these fields in the place of its own; a corrected slot is no longer resolved from elsewhere."""
    if not changes:
        return figure
    fields = dict(changes)
    if "from" in fields:
        fields["from_"] = fields.pop("from")
    if "value" in fields:
        value = fields["value"]
        fields["value"] = (float(value[0]), float(value[1])) if isinstance(value, list) else float(value)
    resolved = tuple(found for found in figure.resolved if found.slot not in fields)
    return replace(figure, **fields, resolved=resolved)
