"""Alerts as articles come in and are corrected: raised, grown, turned, closed, opened again; within the transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from service.domain.alert import Alert, alert_for
from service.domain.alert_life import (
    GROWS_FOR,
    AlertEvent,
    AlertStep,
    close_by_correction,
    close_by_merging,
    grow,
    joins_snooze,
    reopen,
    turn,
)
from service.domain.alert_rule import AlertRule
from service.domain.article import Article
from service.domain.story_decision import StoryMove
from service.ports import Transaction

CurrentRules = Callable[[], Sequence[AlertRule]]
"""The rules that hold now."""


def raise_alerts(transaction: Transaction, article: Article, met: Sequence[AlertRule], now: datetime) -> int:
    """Raise what the article, which is stored, newly deserves under the rules that it meets; how many alerts.

    An alert that its story has already grows with the article, or is opened again where a correction had closed it.
    """
    if article.counted_as != "relevant":
        return 0
    known = transaction.alerts_about(article.story_id) if article.story_id is not None else []
    if not known and not met:
        return 0
    outlets = max(1, transaction.story_outlets(article.story_id)) if article.story_id is not None else 1
    by_rule = {alert.rule_id: alert for alert in known}
    raised = 0
    for rule in met:
        before = by_rule.get(rule.id)
        if before is None:
            alert = _under_a_free_id(transaction, alert_for(rule, article, now))
            alert = replace(joins_snooze(alert, known, now), outlets=outlets)
            raised += transaction.raise_alert(alert)
        elif before.by_correction:
            transaction.take_step(reopen(before, "", now, article.title))
    if now - (article.published or article.found) <= GROWS_FOR:
        for alert in known:
            _grow(transaction, alert, article, outlets, now)
    return raised


def _under_a_free_id(transaction: Transaction, alert: Alert) -> Alert:
    """The alert under another id where its own went with an article into another story."""
    while (kept := transaction.alert(alert.id)) is not None and kept.about != alert.about:
        alert = replace(alert, id=sha256(alert.id.encode()).hexdigest()[: len(alert.id)])
    return alert


def _grow(transaction: Transaction, alert: Alert, article: Article, outlets: int, now: datetime) -> None:
    steps: tuple[Callable[[Alert], AlertStep | None], ...] = (
        lambda it: grow(it, outlets, now),
        lambda it: turn(it, article, now),
    )
    for next_step in steps:
        step = next_step(alert)
        if step is not None:
            transaction.take_step(step)
            alert = step.alert


def take_alerts_along(transaction: Transaction, moves: Iterable[StoryMove], by: str, at: datetime) -> None:
    """The alerts that these articles raised go with them, unless the story they come to has one of the same rule."""
    ways: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for move in moves:
        ways[move.before, move.after].add(move.article_id)
    for (before, after), article_ids in ways.items():
        known = {alert.rule_id for alert in transaction.alerts_about(after)}
        for alert in transaction.alerts_about(before):
            if alert.article_id in article_ids and alert.rule_id not in known:
                _move(transaction, alert, after, by, at)


def merge_alerts(transaction: Transaction, story_id: str, into: str, by: str, at: datetime) -> None:
    """The alerts of a story that became part of another are alerts of that one, in the thread of each.

    One whose rule the other story had met as well is closed, until the two are apart again.
    """
    known = {alert.rule_id for alert in transaction.alerts_about(into)}
    for alert in transaction.alerts_about(story_id):
        if alert.rule_id not in known:
            _move(transaction, alert, into, by, at)
        elif alert.state != "closed":
            transaction.take_step(close_by_merging(alert, by, at))


def _move(transaction: Transaction, alert: Alert, into: str, by: str, at: datetime) -> None:
    transaction.take_step(AlertStep(replace(alert, about=into), AlertEvent(alert.id, "moved", at, by, alert.about)))


def settle_alerts(
    transaction: Transaction, story_ids: Collection[str], rules: Sequence[AlertRule], by: str, at: datetime
) -> None:
    """Close the alerts of these stories that no article meets any more, and open those again that one meets anew.

    Alerts of rules that there are not any more stay as they are, and so do those that people closed.
    """
    by_id = {rule.id: rule for rule in rules if rule.enabled and rule.kind == "article"}
    for story_id in story_ids:
        alerts = [alert for alert in transaction.alerts_about(story_id) if alert.rule_id in by_id]
        if not alerts:
            continue
        articles = transaction.story_articles(story_id)
        for alert in alerts:
            is_met = any(map(by_id[alert.rule_id].is_about, articles))
            if alert.state != "closed" and not is_met:
                transaction.take_step(close_by_correction(alert, by, at))
            elif alert.by_correction and is_met:
                transaction.take_step(reopen(alert, by, at))
