"""Alert rules, and the alerts that a story newly deserves under them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from service.domain.article import Article


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When the team must know at once (config/rules.toml). All conditions that are set must hold.

    `max_age` is measured from publication, so that a backfill raises no stale alert.
    """

    id: str
    name: str
    sentiments: frozenset[str] = frozenset()
    min_score: float = 0.0
    alert_classes: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    max_age: timedelta = timedelta(days=3)
    severity: str = "normal"

    def matches(self, article: Article, now: datetime) -> bool:
        """Whether the article deserves an alert under this rule at `now`."""
        analysis = article.analysis
        if analysis.relevance != "relevant" or now - (article.published or article.found) > self.max_age:
            return False
        codes = {region.code for region in analysis.regions}
        return (
            (not self.sentiments or analysis.sentiment.label in self.sentiments)
            and analysis.sentiment.score >= self.min_score
            and (not self.alert_classes or not self.alert_classes.isdisjoint(analysis.alert_classes))
            and (not self.outlets or article.outlet in self.outlets)
            and (not self.regions or any(_within(code, self.regions) for code in codes))
        )


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule met by a story: unique per rule and story, delivered through the outbox."""

    id: str
    rule_id: str
    rule_name: str
    story_id: str
    article_id: str
    raised: datetime
    severity: str = "normal"
    reasons: tuple[str, ...] = field(default=())


def _within(code: str, wanted: frozenset[str]) -> bool:
    return code in wanted or code.split(".")[0] in wanted


def rules_met(article: Article, rules: Iterable[AlertRule], now: datetime) -> list[AlertRule]:
    """The rules under which the article deserves an alert, in the rules' order."""
    return [rule for rule in rules if rule.matches(article, now)]


def alert_for(rule: AlertRule, article: Article, now: datetime) -> Alert:
    """The alert of the article's story under the rule. Its id follows from the two, so that a retry is the same alert.

    `reasons` are the codes that met the rule: alert classes first, then the tone.
    """
    analysis = article.analysis
    story_id = article.story_id or article.id
    classes = tuple(code for code in analysis.alert_classes if code in rule.alert_classes)
    tone = (analysis.sentiment.label,) if rule.sentiments else ()
    return Alert(
        id=sha256(f"{rule.id}\n{story_id}".encode()).hexdigest()[:16],
        rule_id=rule.id,
        rule_name=rule.name,
        story_id=story_id,
        article_id=article.id,
        raised=now,
        severity=rule.severity,
        reasons=classes + tone,
    )
