"""What ingest makes of the alert rules: those that hold when an article comes in, and what the ledger found in it."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.alert_rule import AlertRule
from service.domain.ledger.checks import Finding
from service.domain.ledger.statement import Statement
from service.usecases.ledger import CHECKS
from tests.service.builders import a_page, a_rule
from tests.service.test_ingest import Desk


def test_a_rule_that_is_changed_holds_for_the_next_article() -> None:
    rules: list[AlertRule] = []
    desk = Desk(rules=rules)
    pages = [a_page("satu"), a_page("dua", outlet="beritarotan.example"), a_page("tiga")]
    assert desk.take(pages[0]).alerts == 0
    rules.append(a_rule())
    assert desk.take(pages[1]).alerts == 1
    rules[0] = a_rule("lain", enabled=False)
    desk.reader.reads(pages[2], text="Warga mengeluhkan antrean panjang di kantor cabang Muara Rimba sejak pagi.")
    assert desk.take(pages[2]).alerts == 0


def test_an_article_whose_figures_do_not_add_up_raises_the_rule_that_asks_for_it() -> None:
    def found(statements: Sequence[Statement]) -> list[Finding]:
        return [Finding("scale", (statements[0].id,), ())] if statements else []

    def explained(statements: Sequence[Statement]) -> list[Finding]:
        return [replace(finding, explanations=("date",)) for finding in found(statements)]

    rule = a_rule("beda", sentiments=frozenset(), conflict=True)
    raised = [
        Desk(rules=[rule], checks=replace(CHECKS, article=check)).take(a_page()).alerts
        for check in (found, explained, CHECKS.article)
    ]
    assert raised == [1, 0, 0]
