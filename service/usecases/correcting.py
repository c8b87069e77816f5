"""Corrections: record what people decide about an article, and tell it as training data."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from service.domain.article import Article
from service.domain.correction import VALUES, CorrectedField, Correction, holding
from service.domain.story import assign_story
from service.domain.wording.names import CORRECTED_FIELDS, CORRECTED_VALUES
from service.errors import ReviewError, UnknownArticle
from service.ports import ArticleStore, Clock, Transaction
from service.usecases.ledger import CHECKS, LedgerChecks, check_ledger, signed

_AT_ONCE = 200


class CorrectArticle:
    """Records what a person decided about an article, and lets it hold at once."""

    def __init__(self, store: ArticleStore, clock: Clock, checks: LedgerChecks = CHECKS) -> None:
        self._store = store
        self._clock = clock
        self._checks = checks

    def run(self, article_id: str, field: CorrectedField, value: str | None, by: str, note: str = "") -> Article:
        """Record the decision; the article as it is after it. A `value` of None withdraws the one that holds.

        The article waits for the index again. UnknownArticle where there is none of this id; ReviewError where the
        decision cannot be recorded.
        """
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            article = self._store.get(article_id)
            if article is None:
                raise UnknownArticle(f"no such article: {article_id}")
            correction = self._decision(article, field, value, by, note)
            transaction.record_correction(correction)
            after = replace(article, corrections=(*article.corrections, correction))
            story = _story(after, transaction)
            check_ledger(transaction, article.id, transaction.add(replace(after, story_id=story)), self._checks)
        return self._store.get(article_id) or after

    def _decision(self, article: Article, field: CorrectedField, value: str | None, by: str, note: str) -> Correction:
        held = article.corrected(field)
        name = CORRECTED_FIELDS[field]
        if value is None and held is None:
            raise ReviewError(f"{name} berita ini tidak sedang dikoreksi; tidak ada yang dibatalkan.")
        if value is not None and value not in VALUES[field]:
            raise ReviewError(f"{name} {value!r} tidak dikenal.")
        if held is not None and value == held.value:
            raise ReviewError(f"{name} sudah dikoreksi menjadi {CORRECTED_VALUES[field][value]} oleh {held.by}.")
        decided = value if value is not None or held is None else held.value
        return Correction(
            article_id=article.id,
            field=field,
            value=decided or "",
            by=by,
            # Never before the one it replaces, or that one would go on to hold.
            at=max([self._clock(), *(it.at for it in article.corrections)]),
            said=_understood(article, field),
            note=note,
            undone=value is None,
        )


def _understood(article: Article, field: CorrectedField) -> str | None:
    """What had been understood of the field, before any correction."""
    if field == "relevance":
        return article.analysis.relevance
    if field == "topic":
        return next(iter(article.analysis.topics), None)
    return article.analysis.sentiment.label


def _story(article: Article, transaction: Transaction) -> str | None:
    """The story of an article after a correction: only relevant ones and those that mention the agency have one."""
    if article.relevance == "irrelevant":
        return None
    if article.relevance == "mention":
        return article.story_id
    return assign_story(article, transaction.story_candidates(article))


def passages(store: ArticleStore) -> Iterator[dict[str, Any]]:
    """Corrected articles as passages that a model can learn from, in the order of their ids.

    Values are the corrected ones where a person corrected them, else those understood; by whom and when is told of the
    newest decision that holds. An article whose decisions were all withdrawn is left out.
    """
    last: str | None = None
    while some := store.corrected(last, _AT_ONCE):
        yield from (_passage(article) for article in some if holding(article.corrections))
        last = some[-1].id


def _passage(article: Article) -> dict[str, Any]:
    newest = max(holding(article.corrections).values(), key=lambda correction: correction.at)
    is_relevant = article.relevance == "relevant"
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "relevance": article.relevance,
        "sentiment": article.sentiment.label if is_relevant else None,
        "rule": None,
        "topic": article.topic or "other",
        "alerts": list(article.analysis.alert_classes) if is_relevant else [],
        "voice": "reported",
        "pair": None,
        "by": newest.by,
        "at": newest.at.isoformat(),
    }
