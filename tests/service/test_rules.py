"""The alert rules are read whole or not at all, and meet what they say."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.alert import alert_for
from service.domain.alert_rule import ALERT_CLASSES, read_rules, rules_met
from service.errors import ConfigError
from tests.service.builders import JEMBER, NOW, a_rule, an_article

RULES = Path(__file__).resolve().parents[2] / "config" / "rules.toml"


def test_the_default_rules_are_readable_and_cover_every_alert_class() -> None:
    rules = read_rules(tomllib.loads(RULES.read_text(encoding="utf-8")), str(RULES))
    assert frozenset().union(*(rule.alert_classes for rule in rules)) == ALERT_CLASSES
    assert any(rule.sentiments == {"negative"} and not rule.alert_classes for rule in rules)


def test_the_default_rules_leave_an_ordinary_positive_story_alone() -> None:
    rules = read_rules(tomllib.loads(RULES.read_text(encoding="utf-8")), str(RULES))
    assert rules_met(an_article(tone="positive"), rules, NOW) == []
    fraud = an_article(tone="negative", alert_classes=("fraud",))
    assert [rule.id for rule in rules_met(fraud, rules, NOW)] == ["integritas", "negatif"]


def test_a_rule_is_read_with_all_its_conditions() -> None:
    block = {
        "id": "jatim",
        "name": " Jawa Timur ",
        "sentiments": ["negative", "neutral"],
        "min_score": 0.5,
        "alert_classes": ["fraud"],
        "outlets": ["kabar-sukamaju"],
        "regions": ["35", "16.71"],
        "max_age_hours": 12,
        "severity": "high",
    }
    (rule,) = read_rules({"rule": [block]}, "rules.toml")
    assert (rule.id, rule.name, rule.severity) == ("jatim", "Jawa Timur", "high")
    assert rule.sentiments == {"negative", "neutral"}
    assert rule.regions == {"35", "16.71"}
    assert (rule.min_score, rule.max_age) == (0.5, timedelta(hours=12))


def test_no_rules_means_no_alerts() -> None:
    assert read_rules({}, "rules.toml") == ()


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"id": "Dua Kata"}, "id: must be set"),
        ({"id": 7}, "rule number 1: id: must be set"),
        ({"name": ""}, "name: must be set"),
        ({"sentiments": "negative"}, "sentiments: must be a list"),
        ({"sentiments": ["angry"]}, "sentiments: 'angry' is none of positive, neutral, negative"),
        ({"alert_classes": ["flood"]}, "alert_classes: 'flood' is none of"),
        ({"regions": ["Jawa Timur"]}, "regions: 'Jawa Timur' is no official code"),
        ({"min_score": 2}, "min_score: must be a number from 0 to 1"),
        ({"min_score": True}, "min_score"),
        ({"max_age_hours": 0}, "max_age_hours: must be a number from 1"),
        ({"severity": "panic"}, "severity: 'panic' is none of high, normal, low"),
        ({"sentiment": ["negative"]}, "sentiment: no such key"),
        ({"sentiments": []}, "every relevant article would meet it"),
    ],
)
def test_a_mistake_is_named_with_file_rule_and_key(change: dict[str, Any], mistake: str) -> None:
    block = {"id": "negatif", "name": "Berita negatif", "sentiments": ["negative"]} | change
    with pytest.raises(ConfigError) as caught:
        read_rules({"rule": [block]}, "config/rules.toml")
    assert mistake in str(caught.value)
    assert str(caught.value).startswith("config/rules.toml: rule ")


def test_all_mistakes_are_named_at_once() -> None:
    good = {"id": "a", "name": "A", "sentiments": ["negative"]}
    with pytest.raises(ConfigError) as caught:
        read_rules({"rules": [], "rule": [good, good, {"id": "b", "severity": "x"}]}, "rules.toml")
    assert len(str(caught.value).splitlines()) == 5


@pytest.mark.parametrize("table", [{"rule": {"id": "a"}}, {"rule": ["a"]}, {"rule": "a"}])
def test_a_rule_that_is_no_block_is_a_mistake(table: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"\[\[rule\]\]"):
        read_rules(table, "rules.toml")


def test_a_rule_meets_a_province_by_its_kabupaten() -> None:
    article = an_article(tone="negative", regions=(JEMBER,))
    assert a_rule(regions=frozenset({"35"})).matches(article, NOW)
    assert a_rule(regions=frozenset({"35.09"})).matches(article, NOW)
    assert not a_rule(regions=frozenset({"16"})).matches(article, NOW)


def test_a_passing_mention_meets_no_rule() -> None:
    assert not a_rule().matches(an_article(tone="negative", relevance="mention"), NOW)


def test_the_most_urgent_rule_comes_first() -> None:
    rules = [a_rule("biasa"), a_rule("genting", severity="high"), a_rule("ringan", severity="low")]
    assert [rule.id for rule in rules_met(an_article(tone="negative"), rules, NOW)] == ["genting", "biasa", "ringan"]


def test_an_alert_has_one_id_per_rule_and_story_and_tells_why() -> None:
    rule = a_rule(alert_classes=frozenset({"fraud", "leak"}))
    first = an_article(tone="negative", alert_classes=("complaint", "fraud"), story_id="s1")
    copy = an_article("salinan", tone="negative", alert_classes=("fraud",), story_id="s1")
    alert = alert_for(rule, first, NOW)
    assert alert.reasons == ("fraud", "negative")
    assert alert_for(rule, copy, NOW + timedelta(hours=1)).id == alert.id
    assert alert_for(a_rule("lain"), first, NOW).id != alert.id
