"""Corrections: record what people decide about an article, and tell it as training data."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nlp.gazetteer import Gazetteer
from service.domain.article import Article
from service.domain.correction import (
    LONGEST_LABEL,
    LONGEST_NOTE_TEXT,
    MOST_LABELS,
    MOST_REGIONS,
    UNDERSTOOD_FIELDS,
    VALUES,
    CorrectedField,
    Correction,
    as_label,
    holding,
)
from service.domain.ledger.statement import Subject
from service.domain.wording.language import say
from service.domain.wording.names import CORRECTED_FIELDS, CORRECTED_VALUES
from service.errors import ReviewError, UnknownArticle
from service.ports import ArticleStore, Clock, Transaction
from service.usecases.alert_raising import CurrentRules, settle_alerts
from service.usecases.ledger import CHECKS, LedgerChecks, check_entered, signed
from service.usecases.stories import story_of

_AT_ONCE = 200
_BESIDE: frozenset[CorrectedField] = frozenset({"note"})
"""Fields of which neither the search nor anything that is counted knows."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """What is decided, without who and when."""

    field: CorrectedField
    value: str
    said: str | None = None
    note: str = ""
    undone: bool = False


RegionChange = Literal["add", "remove", "main", "undo"]


class CorrectArticle:
    """Records what a person decided about an article, and lets it hold at once.

    `index` is told the articles that changed, so that the search follows; where it fails, the worker's next turn does.
    Of `rules` the alerts are closed that no article of the story meets any more.
    Every decision answers with the article as it is after it. UnknownArticle where there is none of this id;
    ReviewError where the decision cannot be recorded.
    """

    def __init__(
        self,
        store: ArticleStore,
        clock: Clock,
        checks: LedgerChecks = CHECKS,
        index: Callable[[Sequence[Article]], None] = lambda articles: None,
        rules: CurrentRules = tuple,
    ) -> None:
        self._store = store
        self._clock = clock
        self._checks = checks
        self._index = index
        self._rules = rules

    def run(self, article_id: str, field: CorrectedField, value: str | None, by: str, note: str = "") -> Article:
        """Correct a field that has codes of its own; a `value` of None withdraws the correction that holds."""
        return self._record(article_id, by, note, lambda article: _coded(article, field, value))

    def story(self, story_id: str, field: CorrectedField, value: str | None, by: str, note: str = "") -> int:
        """Correct that field of every relevant article of the story that is not so yet, all or none; of how many.

        With a `value` of None every correction of it that holds is withdrawn.
        """
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            found = [it for it in transaction.story_articles(story_id) if _is_to_correct(it, field, value)]
            decided = [(it, self._correction(it, _coded(it, field, value), by, note)) for it in found]
            for _, correction in decided:
                transaction.record_correction(correction)
            self._follow(transaction, decided)
            after = transaction.articles([article.id for article in found])
        if after:
            self._index(after)
        return len(after)

    def region(self, article_id: str, change: RegionChange, code: str | None, by: str, note: str = "") -> Article:
        """Add, remove or choose as the main one the region of this official code, or return to what was understood."""
        return self._record(article_id, by, note, lambda article: _regions(article, change, code))

    def label(self, article_id: str, label: str, by: str, *, removed: bool = False) -> Article:
        """File the article under the label, or no longer."""
        return self._record(article_id, by, "", lambda article: _labelled(article, as_label(label), removed))

    def add_note(self, article_id: str, text: str, by: str) -> Article:
        """Write a note on the article."""
        text = text.strip()
        if not text:
            raise ReviewError(say("Isi catatannya."))
        if len(text) > LONGEST_NOTE_TEXT:
            raise ReviewError(say("Catatan paling banyak {count} huruf.", count=LONGEST_NOTE_TEXT))
        note_id = secrets.token_hex(6)
        return self._record(article_id, by, "", lambda article: _Decision("note", note_id, note=text))

    def remove_note(self, article_id: str, note_id: str, by: str) -> Article:
        """Withdraw the note of this id."""
        return self._record(article_id, by, "", lambda article: _without_note(article, note_id))

    def _record(self, article_id: str, by: str, note: str, decide: Callable[[Article], _Decision]) -> Article:
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            article = next(iter(transaction.articles([article_id])), None)
            if article is None:
                raise UnknownArticle(f"no such article: {article_id}")
            correction = self._correction(article, decide(article), by, note)
            transaction.record_correction(correction)
            if correction.field not in _BESIDE:
                self._follow(transaction, [(article, correction)])
            (after,) = transaction.articles([article_id])
        if correction.field not in _BESIDE:
            self._index([after])
        return after

    def _correction(self, article: Article, decision: _Decision, by: str, note: str) -> Correction:
        return Correction(
            article_id=article.id,
            field=decision.field,
            value=decision.value,
            by=by,
            # Never before the one it replaces, or that one would go on to hold.
            at=max([self._clock(), *(it.at for it in article.corrections)]),
            said=decision.said,
            note=decision.note or note,
            undone=decision.undone,
        )

    def _follow(self, transaction: Transaction, decided: Sequence[tuple[Article, Correction]]) -> None:
        """Enter what follows from these corrections, which one person has made."""
        if not decided:
            return
        stories: set[str | None] = set()
        touched: set[Subject] = set()
        for article, correction in decided:
            after = replace(article, corrections=(*article.corrections, correction))
            story = _story(after, transaction)
            touched |= transaction.add(replace(after, story_id=story))
            stories |= {article.story_id, story}
        check_entered(transaction, [article.id for article, _ in decided], touched, self._checks)
        last = max((correction for _, correction in decided), key=lambda it: it.at)
        settle_alerts(transaction, {it for it in stories if it is not None}, self._rules(), last.by, last.at)


def _coded(article: Article, field: CorrectedField, value: str | None) -> _Decision:
    held = article.corrected(field)
    name = say(CORRECTED_FIELDS[field])
    if value is None:
        return _withdrawn(article, field)
    if value not in VALUES.get(field, ()):
        raise ReviewError(say("{field} {value} tidak dikenal.", field=name, value=repr(value)))
    if held is not None and value == held.value:
        raise ReviewError(
            say(
                "{field} sudah dikoreksi menjadi {value} oleh {name}.",
                field=name,
                value=say(CORRECTED_VALUES[field][value]),
                name=held.by,
            )
        )
    return _Decision(field, value, _understood(article, field))


def _is_to_correct(article: Article, field: CorrectedField, value: str | None) -> bool:
    if value is None:
        return article.corrected(field) is not None
    return article.counted_as == "relevant" and _held_value(article, field) != value


def _held_value(article: Article, field: CorrectedField) -> str | None:
    """What holds of the field now."""
    held = article.corrected(field)
    return _understood(article, field) if held is None else held.value


def _withdrawn(article: Article, field: CorrectedField) -> _Decision:
    held = article.corrected(field)
    if held is None:
        raise ReviewError(
            say(
                "{field} berita ini tidak sedang dikoreksi; tidak ada yang dibatalkan.",
                field=say(CORRECTED_FIELDS[field]),
            )
        )
    return _Decision(field, held.value, _understood(article, field), undone=True)


def _regions(article: Article, change: RegionChange, code: str | None) -> _Decision:
    if change == "undo":
        return _withdrawn(article, "regions")
    if code is None or not _is_region(code):
        raise ReviewError(say("Wilayah tidak dikenal. Isi kode resmi atau nama lengkapnya, misalnya Kota Makassar."))
    codes = [region.code for region in article.regions]
    if change == "remove":
        if code not in codes:
            raise ReviewError(say("Berita ini tidak tercatat di wilayah itu."))
        after = [it for it in codes if it != code]
    elif change == "add":
        if code in codes:
            raise ReviewError(say("Berita ini sudah tercatat di wilayah itu."))
        after = [*codes, code]
    else:
        if codes[:1] == [code]:
            raise ReviewError(say("Itu sudah wilayah utama berita ini."))
        after = [code, *(it for it in codes if it != code)]
    if len(after) > MOST_REGIONS:
        raise ReviewError(say("Satu berita paling banyak {count} wilayah.", count=MOST_REGIONS))
    return _Decision("regions", " ".join(after), _understood(article, "regions"))


def _is_region(code: str) -> bool:
    try:
        Gazetteer.load().region(code)
    except KeyError:
        return False
    return True


def _labelled(article: Article, label: str, removed: bool) -> _Decision:
    if removed:
        if label not in article.labels:
            raise ReviewError(say("Label itu tidak ada pada berita ini."))
        return _Decision("label", label, undone=True)
    if not label:
        raise ReviewError(say("Isi label dengan huruf atau angka."))
    if len(label) > LONGEST_LABEL:
        raise ReviewError(say("Label paling banyak {count} huruf.", count=LONGEST_LABEL))
    if label in article.labels:
        raise ReviewError(say("Label itu sudah ada pada berita ini."))
    if len(article.labels) >= MOST_LABELS:
        raise ReviewError(say("Satu berita paling banyak {count} label.", count=MOST_LABELS))
    return _Decision("label", label)


def _without_note(article: Article, note_id: str) -> _Decision:
    held = next((note for note in article.notes if note.value == note_id), None)
    if held is None:
        raise ReviewError(say("Catatan itu sudah tidak ada."))
    return _Decision("note", note_id, note=held.note, undone=True)


def _understood(article: Article, field: CorrectedField) -> str | None:
    """What had been understood of the field, before any correction."""
    if field == "relevance":
        return article.analysis.relevance
    if field == "topic":
        return next(iter(article.analysis.topics), None)
    if field == "regions":
        return " ".join(region.code for region in article.analysis.regions) or None
    return article.analysis.sentiment.label if field == "sentiment" else None


def _story(article: Article, transaction: Transaction) -> str | None:
    """The story of an article after a correction: only relevant ones and those that mention the agency have one."""
    if article.relevance == "irrelevant":
        return None
    if article.relevance == "mention" or article.is_hidden:
        return article.story_id
    return story_of(article, transaction)


def passages(store: ArticleStore) -> Iterator[dict[str, Any]]:
    """Corrected articles as passages that a model can learn from, in the order of their ids.

    Values are the corrected ones where a person corrected them, else those understood; by whom and when is told of the
    newest decision that holds. An article whose decisions were all withdrawn is left out.
    """
    last: str | None = None
    while some := store.corrected(last, _AT_ONCE):
        yield from (_passage(article, learnt) for article in some if (learnt := _learnt(article)))
        last = some[-1].id


def _learnt(article: Article) -> list[Correction]:
    """The decisions that hold and that a model can learn from."""
    held = holding(article.corrections)
    return [held[field] for field in UNDERSTOOD_FIELDS if field in held]


def _passage(article: Article, learnt: Sequence[Correction]) -> dict[str, Any]:
    newest = max(learnt, key=lambda correction: correction.at)
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
