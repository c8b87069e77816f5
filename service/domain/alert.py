"""The alerts that a story newly deserves under the rules of the team, and how each stands."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from service.domain.alert_rule import AlertRule
from service.domain.article import Article

AlertState = Literal["open", "acknowledged", "closed"]
AlertStanding = Literal["open", "acknowledged", "assigned", "snoozed", "closed"]
ClosedReason = Literal["handled", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that was met: unique per rule and what it is `about`, which is a story's id or, of no article, a key such
    as "wilayah:16@2026-11-23".

    `escalate_minutes` and `overrides_quiet` are the rule's, as it was then. `outlets` is how many told the story, and
    `tone` what it was, when that was last noticed. `told_at` is when it first left for anybody, and `waits_since` when
    it began to wait for somebody to acknowledge it. One closed `by_correction` was closed because no article of its
    story met the rule any more, or its story was merged: it opens again where that is taken back.
    """

    id: str
    rule_id: str
    rule_name: str
    about: str
    article_id: str | None
    raised: datetime
    severity: str = "normal"
    reasons: tuple[str, ...] = field(default=())
    escalate_minutes: int | None = None
    overrides_quiet: bool = False
    state: AlertState = "open"
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    assigned_to: str | None = None
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_reason: ClosedReason | None = None
    by_correction: bool = False
    outlets: int = 1
    tone: str = ""
    told_at: datetime | None = None
    waits_since: datetime | None = None
    escalated_at: datetime | None = None

    def standing(self, now: datetime) -> AlertStanding:
        """How it stands for whoever looks at it: closed, put off, somebody's, acknowledged, or waiting for anybody."""
        if self.state == "closed":
            return "closed"
        if self.is_snoozed(now):
            return "snoozed"
        return "assigned" if self.assigned_to is not None else self.state

    def is_snoozed(self, now: datetime) -> bool:
        """Whether a person put it off until later."""
        return self.snoozed_until is not None and now < self.snoozed_until

    @property
    def is_grave(self) -> bool:
        """Whether it waits for nothing: not for others to go with it, not for the end of quiet hours."""
        return self.severity == "high" and self.overrides_quiet


def alert_for(rule: AlertRule, article: Article, now: datetime) -> Alert:
    """The alert of the article's story under the rule. Its id follows from the two, so that a retry is the same alert.

    `reasons` are the codes that met the rule: alert classes first, then the tone.
    """
    about = article.story_id or article.id
    classes = tuple(code for code in article.analysis.alert_classes if code in rule.alert_classes)
    tone = (article.sentiment.label,) if rule.sentiments else ()
    return Alert(
        id=sha256(f"{rule.id}\n{about}".encode()).hexdigest()[:16],
        rule_id=rule.id,
        rule_name=rule.name,
        about=about,
        article_id=article.id,
        raised=now,
        severity=rule.severity,
        reasons=classes + tone,
        escalate_minutes=rule.escalate_minutes,
        overrides_quiet=rule.overrides_quiet,
        tone=article.sentiment.label,
    )
