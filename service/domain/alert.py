"""The alerts that a story newly deserves under the rules of the team."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from service.domain.alert_rule import AlertRule
from service.domain.article import Article


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


def alert_for(rule: AlertRule, article: Article, now: datetime) -> Alert:
    """The alert of the article's story under the rule. Its id follows from the two, so that a retry is the same alert.

    `reasons` are the codes that met the rule: alert classes first, then the tone.
    """
    story_id = article.story_id or article.id
    classes = tuple(code for code in article.analysis.alert_classes if code in rule.alert_classes)
    tone = (article.sentiment.label,) if rule.sentiments else ()
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
