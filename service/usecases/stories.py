"""Stories: which one an article tells, and what people decide about them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from service.domain.article import Article
from service.domain.story import Candidate, Candidates, assign_story
from service.domain.story_decision import MOST_MOVED, StoryDecision, StoryMove, undone
from service.domain.wording.language import say
from service.errors import ReviewError, UnknownStory
from service.ports import ArticleStore, Clock, Transaction
from service.usecases.alert_raising import CurrentRules, merge_alerts, settle_alerts, take_alerts_along
from service.usecases.ledger import CHECKS, LedgerChecks, check_ledger, signed


def story_of(article: Article, transaction: Transaction) -> str:
    """The story of a relevant article: where a person put it, else the one it has, else that of its best candidate."""
    held = transaction.standing_story(article.id, article.story_id)
    if held is not None:
        return held
    candidates = transaction.story_candidates(article)
    assigned = assign_story(article, candidates)
    if any(assigned == candidate.story_id for candidate in candidates.articles):
        return assigned
    # The story that it opened before may have been merged.
    return transaction.standing_story(article.id, assigned) or assigned


class ArrangeStories:
    """Records what a person decided about stories, and lets it hold at once, in the search too.

    Whatever copies come later follow: one of a merged story joins what it was merged into, and articles that were split
    apart never come together again by themselves. Every decision answers with the id of the story to look at next.
    UnknownStory where there is none of an id; ReviewError where the decision cannot be recorded.
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

    def merge(self, story_id: str, other_id: str, by: str, note: str = "") -> str:
        """Bring all articles of the other story into this one."""
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            kept, other = self._store.resolve_story(story_id), self._store.resolve_story(other_id)
            if kept == other:
                raise ReviewError(say("Keduanya sudah satu cerita."))
            stay, come = self._articles(kept), self._articles(other)
            if len(come) > MOST_MOVED:
                raise ReviewError(
                    say("Cerita itu lebih dari {count} berita. Gabungkan cerita ini ke sana.", count=MOST_MOVED)
                )
            moves = (*_moves(stay, kept), *_moves(come, kept))
            decision = StoryDecision("merge", kept, other, by, self._clock(), moves, note)
            self._record(transaction, decision, kept, come)
            merge_alerts(transaction, other, kept, by, decision.at)
        self._index_anew(come)
        return kept

    def split(self, story_id: str, article_ids: Collection[str], by: str, note: str = "") -> str:
        """Let these articles of the story tell one of their own; the id of the new story."""
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            kept = self._store.resolve_story(story_id)
            told = self._articles(kept)
            leave = [article for article in told if article.id in article_ids]
            stay = [article for article in told if article.id not in article_ids]
            if not leave:
                raise ReviewError(say("Pilih berita yang dipisahkan."))
            if not stay:
                raise ReviewError(say("Sisakan paling sedikit satu berita di cerita ini."))
            if len(leave) > MOST_MOVED:
                raise ReviewError(say("Paling banyak {count} berita dapat dipisahkan sekali jalan.", count=MOST_MOVED))
            new = transaction.open_story(leave[0])
            moves = (*_moves(stay, kept), *_moves(leave, new))
            decision = StoryDecision("split", kept, new, by, self._clock(), moves, note)
            self._record(transaction, decision, None, leave)
            take_alerts_along(transaction, decision.moved, by, decision.at)
        self._index_anew(leave)
        return new

    def undo(self, story_id: str, number: int, by: str, note: str = "") -> str:
        """Take back a decision on this story; what came to it since goes where it is likest."""
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            decision = self._store.story_decision(number)
            known = self._store.story_decisions(self._store.resolve_story(story_id))
            if decision is None or decision.kind == "undo" or decision.number not in {it.number for it in known}:
                raise ReviewError(say("Keputusan itu tidak ada pada cerita ini."))
            if number in undone(known):
                raise ReviewError(say("Keputusan itu sudah dibatalkan."))
            back = self._unmerged(decision) if decision.kind == "merge" else self._rejoined(decision)
            moved = [article for article, after in back if article.story_id != after]
            moves = tuple(StoryMove(article.id, article.story_id or after, after) for article, after in back)
            into = None if decision.kind == "merge" else self._store.resolve_story(decision.story_id)
            undoing = StoryDecision(
                "undo", decision.story_id, decision.other_id, by, self._clock(), moves, note, undoes=number
            )
            self._record(transaction, undoing, into, moved)
            if into is not None:
                merge_alerts(transaction, decision.other_id, into, by, undoing.at)
            else:
                take_alerts_along(transaction, undoing.moved, by, undoing.at)
                apart = {move.after for move in moves}
                settle_alerts(transaction, apart, self._rules(), by, undoing.at)
        self._index_anew(moved)
        return decision.other_id if decision.kind == "merge" else self._store.resolve_story(decision.story_id)

    def _unmerged(self, decision: StoryDecision) -> list[tuple[Article, str]]:
        """Where each article of a merged story belongs once the two are apart again."""
        now, again = self._store.resolve_story(decision.other_id), decision.other_id
        told = self._articles(now)
        decided = {move.article_id: again if move.before == again else now for move in decision.moves}
        known = Candidates(
            tuple(Candidate(it.id, decided[it.id], it.moment, it.text) for it in told if it.id in decided)
        )
        back = []
        for article in told:
            after = decided.get(article.id)
            if after is None:
                alike = assign_story(Candidate(article.id, None, article.moment, article.text), known)
                after = again if alike == again else now
            back.append((article, after))
        return back

    def _rejoined(self, decision: StoryDecision) -> list[tuple[Article, str]]:
        """Where each article of two stories belongs that are to be one again."""
        kept, other = (self._store.resolve_story(it) for it in (decision.story_id, decision.other_id))
        if kept == other:
            raise ReviewError(say("Keduanya sudah satu cerita lagi."))
        if other != decision.other_id:
            raise ReviewError(
                say("Cerita yang dipisahkan sudah digabung ke cerita lain. Batalkan penggabungan itu dulu.")
            )
        return [(article, kept) for article in (*self._articles(kept), *self._articles(other))]

    def _articles(self, story_id: str) -> list[Article]:
        told = self._store.story(story_id)
        if not told:
            raise UnknownStory(f"no such story: {story_id}")
        return told

    def _record(
        self, transaction: Transaction, decision: StoryDecision, merged_into: str | None, moved: Sequence[Article]
    ) -> None:
        transaction.record_story_decision(decision, merged_into)
        after: Mapping[str, str] = {move.article_id: move.after for move in decision.moves}
        for article in moved:
            touched = transaction.add(replace(article, story_id=after[article.id]))
            check_ledger(transaction, article.id, touched, self._checks)

    def _index_anew(self, moved: Sequence[Article]) -> None:
        if moved:
            self._index(self._store.articles([article.id for article in moved]))


def _moves(articles: Sequence[Article], after: str) -> tuple[StoryMove, ...]:
    return tuple(StoryMove(article.id, article.story_id or after, after) for article in articles)
