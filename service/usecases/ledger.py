"""Buku Angka: check what articles state, record what people decide about it, take in the agency's own series."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nlp.analysis import Figure
from nlp.serialise import figure_to_json
from service.domain.ledger.checks import Finding, check_article, check_subject
from service.domain.ledger.correction import read_changes, typed
from service.domain.ledger.official import OfficialFigure, Standing, standing
from service.domain.ledger.review import Review, Verdict, newest, statement_ids
from service.domain.ledger.statement import Statement, Subject
from service.domain.wording.language import say
from service.errors import ReviewError, UnknownStatement
from service.ports import ArticleStore, Clock, Ledger, Transaction

MOST_ON_SUBJECT = 300
"""Statements about one subject that are held against each other; the newest tell what is said today."""

LONGEST_NAME = 60
LONGEST_NOTE = 500

_CLAIMS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LedgerChecks:
    """What looks for mistakes within an article, between outlets, and against the official series."""

    article: Callable[[Sequence[Statement]], list[Finding]] = check_article
    subject: Callable[[Sequence[Statement]], list[Finding]] = check_subject
    standing: Callable[[Statement, Sequence[OfficialFigure]], Standing | None] = standing


CHECKS = LedgerChecks()


def check_ledger(
    transaction: Transaction, article_id: str, touched: Collection[Subject], checks: LedgerChecks = CHECKS
) -> None:
    """Put what does not add up in a newly entered article and in the subjects that it touched."""
    check_entered(transaction, [article_id], touched, checks)


def check_entered(
    transaction: Transaction, articles: Sequence[str], touched: Collection[Subject], checks: LedgerChecks = CHECKS
) -> None:
    """Put what does not add up in newly entered articles, by their ids, and in the subjects that they touched.

    The article of another claim's newest statement need not be among them: that claim keeps its standing.
    """
    for article in articles:
        transaction.put_findings(article, checks.article(transaction.statements(article)))
    for subject in sorted(touched):
        found = checks.subject(transaction.statements_on(subject, MOST_ON_SUBJECT))
        transaction.put_findings(subject.key, found)
    stated = {claim.id: claim.statement for article in articles for claim in transaction.claims_in(article)}
    if stated:
        series = _by_place(transaction.official_on({it.metric for it in stated.values()}))
        transaction.put_standings({it: _stands(of, series, checks) for it, of in stated.items()})


def _by_place(official: Iterable[OfficialFigure]) -> Mapping[tuple[str, str | None], Sequence[OfficialFigure]]:
    series: defaultdict[tuple[str, str | None], list[OfficialFigure]] = defaultdict(list)
    for figure in official:
        series[figure.metric, figure.region].append(figure)
    return series


def _stands(
    statement: Statement,
    series: Mapping[tuple[str, str | None], Sequence[OfficialFigure]],
    checks: LedgerChecks,
) -> Standing | None:
    own = series.get((statement.metric, statement.region_code))
    return checks.standing(statement, own) if own else None


def signed(by: str, note: str) -> tuple[str, str]:
    """The name of who decides and the note, as they are kept; ReviewError where one is missing or too long."""
    by, note = typed(by), typed(note)
    if not by:
        raise ReviewError(say("Isi nama pemeriksa."))
    if len(by) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        raise ReviewError(
            say("Nama paling banyak {name} huruf, catatan paling banyak {note}.", name=LONGEST_NAME, note=LONGEST_NOTE)
        )
    return by, note


class ReviewFigure:
    """Records what a person decided about a figure, and lets it hold at once.

    `region_name` gives the official name of a code, the code itself where there is none such.
    """

    def __init__(
        self,
        store: ArticleStore,
        ledger: Ledger,
        clock: Clock,
        region_name: Callable[[str], str],
        checks: LedgerChecks = CHECKS,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._region_name = region_name
        self._checks = checks

    def run(
        self,
        statement_id: str,
        verdict: Verdict | None,
        by: str,
        changes: Mapping[str, Any] | None = None,
        note: str = "",
    ) -> Statement:
        """Record the decision; the statement as it is after it. A `verdict` of None takes the former ones back.

        `changes` are the corrected fields, "value" as a number, as a person writes it ("31,93"), or as a pair.
        UnknownStatement where there is none of this id; ReviewError where the decision cannot be recorded.
        """
        known = self._ledger.statement(statement_id)
        if known is None:
            raise UnknownStatement(f"no such figure: {statement_id}")
        by, note = signed(by, note)
        with self._store.transaction() as transaction:
            article = self._store.get(known.article_id)
            said = None if article is None else _said(article.id, article.analysis.figures, statement_id)
            if article is None or said is None:
                raise UnknownStatement(f"no such figure: {statement_id}")
            review = Review(
                statement_id=statement_id,
                article_id=article.id,
                verdict=verdict,
                by=by,
                at=self._clock(),
                changes=read_changes(verdict, changes or {}, said, self._region_name),
                said=figure_to_json(said),
                note=note,
            )
            transaction.record_review(review)
            check_ledger(transaction, article.id, transaction.enter(article), self._checks)
        after = self._ledger.statement(statement_id)
        if after is None:
            raise UnknownStatement(f"no such figure any more: {statement_id}")
        return after


def _said(article_id: str, figures: Sequence[Figure], statement_id: str) -> Figure | None:
    """The figure as it was read, before any review."""
    pairs = zip(statement_ids(article_id, figures), figures, strict=True)
    return next((figure for known, figure in pairs if known == statement_id), None)


@dataclass(frozen=True, slots=True)
class OfficialReport:
    """What an import brought: official figures entered, and how the claims of their metrics stand to the series now."""

    new: int = 0
    replaced: int = 0
    agrees: int = 0
    rounded: int = 0
    differs: int = 0
    stale: int = 0


class ImportOfficial:
    """Enters official figures and holds every claim of their metrics against the series."""

    def __init__(self, store: ArticleStore, ledger: Ledger, clock: Clock, checks: LedgerChecks = CHECKS) -> None:
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._checks = checks

    def run(self, figures: Iterable[OfficialFigure]) -> OfficialReport:
        """Enter the figures; what that changed. Run again after a crash, it ends what it began."""
        entered = {_place(figure): figure for figure in figures}
        metrics = {figure.metric for figure in entered.values()}
        with self._store.transaction() as transaction:
            known = {_place(figure) for figure in transaction.official_on(metrics)}
            transaction.put_official(entered.values(), self._clock())
            series = _by_place(transaction.official_on(metrics))
        verdicts: Counter[str] = Counter()
        claims = self._ledger.claims_on(metrics)
        while some := list(islice(claims, _CLAIMS_AT_ONCE)):
            standings = {claim.id: _stands(claim.statement, series, self._checks) for claim in some}
            changed = {claim.id: standings[claim.id] for claim in some if claim.standing != standings[claim.id]}
            if changed:
                with self._store.transaction() as transaction:
                    transaction.put_standings(changed)
            verdicts.update(it.verdict for it in standings.values() if it is not None)
        replaced = len(known & entered.keys())
        return OfficialReport(len(entered) - replaced, replaced, **verdicts)


def _place(figure: OfficialFigure) -> tuple[str, ...]:
    return (figure.metric, figure.region, figure.period, figure.unit, figure.segment or "")


def corrections(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """What people decided, as rows that a model can learn from, the oldest first; what was taken back is left out.

    `said` is the figure as it was read, `figure` as it should be read: None where it is none.
    """
    log = ledger.reviews()
    held = newest(log)
    for review in log:
        if held.get(review.statement_id) is not review:
            continue
        yield {
            "statement": review.statement_id,
            "article": review.article_id,
            "sentence": review.said["sentence"]["text"],
            "said": dict(review.said),
            "figure": None if review.verdict == "rejected" else {**review.said, **review.changes},
            "verdict": review.verdict,
            "by": review.by,
            "at": review.at.isoformat(),
            "note": review.note,
        }
