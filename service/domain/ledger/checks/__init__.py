"""What does not add up: within one article, and between outlets that state the same thing differently.

`check_article` and `check_subject` are pure: statements in, findings out. One slip may show in several ways; the most
telling one is reported (see `PRECEDENCE`). docs/ledger.md says what each check tolerates and what it leaves alone.
"""

from collections.abc import Callable, Sequence

from service.domain.ledger.checks.bases import check_bases
from service.domain.ledger.checks.changes import check_changes
from service.domain.ledger.checks.finding import Check, Explanation, Finding, Term
from service.domain.ledger.checks.headlines import check_headlines
from service.domain.ledger.checks.outlets import check_subject
from service.domain.ledger.checks.plausibility import check_plausibility
from service.domain.ledger.checks.sums import check_sums
from service.domain.ledger.statement import Statement

__all__ = ["Check", "Explanation", "Finding", "Term", "check_article", "check_subject"]

PRECEDENCE: tuple[Callable[[Sequence[Statement]], list[Finding]], ...] = (
    check_plausibility,
    check_changes,
    check_sums,
    check_bases,
    check_headlines,
)
"""A number that cannot be printed rightly explains every sum it spoils; what the body contradicts itself in explains
the headline.
"""

MOST_STATEMENTS = 300
"""Of one article; what states more is a table, whose numbers have no neighbours to be held against."""


def check_article(statements: Sequence[Statement]) -> list[Finding]:
    """What does not add up within one article, given all its statements in their order; rejected ones are left out."""
    held = [it for it in statements if it.verdict != "rejected"][:MOST_STATEMENTS]
    findings: list[Finding] = []
    told: set[str] = set()
    for check in PRECEDENCE:
        new = [finding for finding in check(held) if told.isdisjoint(finding.statements)]
        findings += new
        told.update(statement for finding in new for statement in finding.statements)
    return findings
