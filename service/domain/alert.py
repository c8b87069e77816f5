"""Alert rules, and the alerts that a story newly deserves under them.

Errors: ConfigError (a rule of config/rules.toml is wrong).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, get_args

from nlp.analysis import Tone
from nlp.reader.questions import ALERTS
from service.domain.article import Article
from service.errors import ConfigError

ALERT_CLASSES = frozenset(ALERTS)
SEVERITIES = ("high", "normal", "low")
"""The most urgent first."""

AlertState = Literal["open", "acknowledged", "closed"]
Standing = Literal["open", "acknowledged", "assigned", "snoozed", "closed"]
ClosedReason = Literal["handled", "corrected", "withdrawn"]


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
    escalate_minutes: int | None = None
    overrides_quiet: bool = False

    def matches(self, article: Article, now: datetime) -> bool:
        """Whether the article deserves an alert under this rule at `now`."""
        analysis = article.analysis
        if article.counted_as != "relevant" or now - (article.published or article.found) > self.max_age:
            return False
        codes = {region.code for region in article.regions}
        return (
            (not self.sentiments or article.sentiment.label in self.sentiments)
            and article.sentiment.score >= self.min_score
            and (not self.alert_classes or not self.alert_classes.isdisjoint(analysis.alert_classes))
            and (not self.outlets or article.outlet in self.outlets)
            and (not self.regions or any(_within(code, self.regions) for code in codes))
        )


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that was met: unique per rule and what it is `about`, which is a story's id or, of no article, a key such
    as "wilayah:16@2026-11-23".

    `escalate_minutes` and `overrides_quiet` are the rule's, as it was then. `outlets` is how many told the story, and
    `tone` what it was, when that was last noticed. `told_at` is when it first left for anybody. One closed with
    `by_correction` was closed because no article of its story met the rule any more.
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
    closed_reason: ClosedReason | None = None
    by_correction: bool = False
    outlets: int = 1
    tone: str = ""
    told_at: datetime | None = None
    escalated_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
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


def _within(code: str, wanted: frozenset[str]) -> bool:
    return code in wanted or code.split(".")[0] in wanted


def rules_met(article: Article, rules: Iterable[AlertRule], now: datetime) -> list[AlertRule]:
    """The rules under which the article deserves an alert, the most urgent first, else in the rules' order."""
    met = [rule for rule in rules if rule.matches(article, now)]
    return sorted(met, key=lambda rule: SEVERITIES.index(rule.severity))


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


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REGION = re.compile(r"\d\d(?:\.\d\d)?")
_CONDITIONS = ("sentiments", "alert_classes", "outlets", "regions")
_KEYS = frozenset({"id", "name", "min_score", "max_age_hours", "severity", *_CONDITIONS})
_LONGEST_AGE_HOURS = 24 * 365


def read_rules(table: Mapping[str, Any], origin: str) -> tuple[AlertRule, ...]:
    """The rules of a parsed rules.toml, in its order; ConfigError names every mistake, with `origin` as the file."""
    mistakes = [f"unknown key {key!r}; a rule begins with [[rule]]" for key in table if key != "rule"]
    rules: list[AlertRule] = []
    blocks = table.get("rule", [])
    if not isinstance(blocks, list) or not all(isinstance(block, Mapping) for block in blocks):
        mistakes.append("rule: each rule begins with [[rule]], in double brackets")
        blocks = []
    for number, block in enumerate(blocks, 1):
        wrong = _mistakes(block)
        name = block.get("id") if isinstance(block.get("id"), str) else f"number {number}"
        if not wrong and any(rule.id == name for rule in rules):
            wrong = ["id: is used by an earlier rule"]
        mistakes += [f"rule {name}: {mistake}" for mistake in wrong]
        if not wrong:
            rules.append(_rule(block))
    if mistakes:
        raise ConfigError("\n".join(f"{origin}: {mistake}" for mistake in mistakes))
    return tuple(rules)


def _mistakes(block: Mapping[str, Any]) -> list[str]:
    mistakes = [f"{key}: no such key; there are {', '.join(sorted(_KEYS))}" for key in block if key not in _KEYS]
    if not (isinstance(it := block.get("id"), str) and len(it) <= 40 and _ID.fullmatch(it)):
        mistakes.append("id: must be set, in lower-case letters, digits and hyphens, 40 at most")
    if not (isinstance(name := block.get("name"), str) and name.strip()):
        mistakes.append("name: must be set; it is what the team reads")
    mistakes += _words(block, "sentiments", get_args(Tone))
    mistakes += _words(block, "alert_classes", sorted(ALERT_CLASSES))
    mistakes += _words(block, "outlets")
    mistakes += _words(block, "regions")
    regions = block.get("regions", ())
    if isinstance(regions, list):
        wrong = [code for code in regions if isinstance(code, str) and not _REGION.fullmatch(code)]
        mistakes += [f"regions: {code!r} is no official code, such as 16 or 16.71" for code in wrong]
    mistakes += _number(block, "min_score", 0, 1)
    mistakes += _number(block, "max_age_hours", 1, _LONGEST_AGE_HOURS)
    if (severity := block.get("severity", "normal")) not in SEVERITIES:
        mistakes.append(f"severity: {severity!r} is none of {', '.join(SEVERITIES)}")
    if not any(block.get(condition) for condition in _CONDITIONS):
        mistakes.append(f"every relevant article would meet it; set one of {', '.join(_CONDITIONS)}")
    return mistakes


def _words(block: Mapping[str, Any], key: str, known: Sequence[str] = ()) -> list[str]:
    words = block.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return [f'{key}: must be a list of words, such as ["{known[0] if known else "…"}"]']
    return [f"{key}: {word!r} is none of {', '.join(known)}" for word in words if known and word not in known]


def _number(block: Mapping[str, Any], key: str, least: float, most: float) -> list[str]:
    number = block.get(key, least)
    if isinstance(number, bool) or not isinstance(number, int | float) or not least <= number <= most:
        return [f"{key}: must be a number from {least} to {most}"]
    return []


def _rule(block: Mapping[str, Any]) -> AlertRule:
    rule = AlertRule(
        id=block["id"],
        name=block["name"].strip(),
        sentiments=frozenset(block.get("sentiments", ())),
        min_score=float(block.get("min_score", 0)),
        alert_classes=frozenset(block.get("alert_classes", ())),
        outlets=frozenset(block.get("outlets", ())),
        regions=frozenset(block.get("regions", ())),
        severity=block.get("severity", "normal"),
    )
    return replace(rule, max_age=timedelta(hours=block["max_age_hours"])) if "max_age_hours" in block else rule
